#include "screens/reports.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "records/figure.h"
#include "records/record.h"
#include "screens/loop.h"
#include "screens/page.h"
#include "screens/path.h"
#include "screens/proof_page.h"
#include "screens/prompt.h"

static void add_figure(struct page *p, int64_t value, const struct figure *which)
{
	struct buf words = BUF_INIT;

	buf_addf(&words, "%s: ", _(which->title));
	figure_show(which, value, &words);
	page_choice(p, words.data, NULL, which->name);
	page_note(p, _(which->computed));
	buf_release(&words);
}

static int fill(struct page *p, struct err *e)
{
	const struct figure_query all = { .role = NULL };
	int64_t value;

	page_text(p, ROLE_TEXT, _("Of what this device holds. People by name, visits and those without a name are never added up."));
	for (const struct figure *which = figure_list; which->name != NULL; which++)
		if (figure_value(page_store(p), which, &all, &value, e) != 0)
			return -1;
		else
			add_figure(p, value, which);
	return 0;
}

static unsigned open_figure(struct page *p, const char *key)
{
	loop_push(page_loop(p), proof_page_open(page_store(p), figure_find(key)));
	return DID_CHANGE;
}

/* --- to a file --- */

/* The whole report as text: programme, day, each figure and how it was computed. */
static int write_text(struct store *s, struct buf *out, struct err *e)
{
	char programme[RECORD_ID_SIZE], today[DATE_SIZE], day[DATE_SIZE];
	const struct figure_query all = { .role = NULL };
	int64_t value;

	if (programme_current(s, programme, e) != 0)
		return -1;
	date_today(today);
	date_show(today, day);
	record_name(s, &programme_type, programme, out);
	buf_addf(out, "\n%s\n\n", day);
	for (const struct figure *which = figure_list; which->name != NULL; which++) {
		if (figure_value(s, which, &all, &value, e) != 0)
			return -1;
		buf_addf(out, "%s: ", _(which->title));
		figure_show(which, value, out);
		buf_addf(out, "\n    %s\n", _(which->computed));
	}
	return 0;
}

static int write_file(struct loop *l, const char *path, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc = fs_exists(path) ? err_set(e, ERR_REFUSED, _("%s is there already: give another name"), path) : write_text(l->store, &text, e);

	if (rc == 0)
		rc = fs_write_new(path, text.data, text.len, 0600, e);
	buf_release(&text);
	return rc;
}

/* The whole path: who typed only a name finds the file again. */
static void tell_where(struct loop *l, const char *path)
{
	char *whole = realpath(path, NULL);

	loop_message(l, _("written: %s"), whole != NULL ? whole : path);
	free(whole);
}

static unsigned path_typed(void *context, const char *typed, bool *again)
{
	struct loop *l = context;
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return DID_CHANGE;
	path_expand(typed, &path);
	*again = path.len == 0 || write_file(l, path.data, &e) != 0;
	if (!*again)
		tell_where(l, path.data);
	else if (path.len > 0)
		loop_problem(l, &e);
	buf_release(&path);
	return DID_CHANGE;
}

static void ask_path(struct loop *l)
{
	char today[DATE_SIZE];
	struct buf name = BUF_INIT;

	date_today(today);
	/* TRANSLATORS: the beginning of a file's name */
	buf_addf(&name, "%s-%s.txt", _("report"), today);
	loop_push(l, prompt_path(_("File:"), name.data, false, path_typed, l));
	buf_release(&name);
}

static unsigned act(struct page *p, enum action action)
{
	if (action != ACTION_WRITE_OUT)
		return DID_NOTHING;
	ask_path(page_loop(p));
	return DID_CHANGE;
}

static void title(struct page *p, struct title *t)
{
	(void)p;
	buf_adds(&t->place, _("Report"));
}

static const struct page_class reports_class = {
	.name = "reports", .where = IN_MAIN | IN_REPORTS, .fill = fill, .title = title, .open = open_figure, .act = act,
};

struct screen *reports_open(struct store *s)
{
	return page_open(s, &reports_class, NULL);
}
