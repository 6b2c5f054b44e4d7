#include "screens/import_preview.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/list.h"
#include "screens/parts/progress.h"
#include "screens/undo_page.h"

static uint64_t where(const struct screen *s)
{
	(void)s;
	return IN_ROWS | IN_IMPORT;
}

static unsigned has(const struct screen *s)
{
	return ((const struct preview *)s)->shown.count > 0 ? HAS_ROW : 0;
}

static void tell_done(struct loop *l, const struct import_result *r)
{
	loop_message(l, _("imported: new %d, filled in %d, known already %d, not taken %d"), r->taken, r->changed, r->known, r->problems);
	undo_tell_key(l);
	l->warning = r->problems > 0;
}

static unsigned go_ahead(struct preview *p)
{
	struct loop *l = p->screen.loop;
	struct import_result result = { 0 };
	struct err e = ERR_INIT;
	int status;

	if (p->problem != NULL || p->result.taken + p->result.changed == 0) {
		loop_message(l, _("there is nothing in this list to take"));
		return DID_CHANGE;
	}
	progress_begin(l, _("Importing"), &result.seen);
	status = import_list_run(p->store, p->list, false, NULL, NULL, &result, &e);
	if (progress_end(l)) {
		loop_message(l, _("interrupted: nothing was changed"));
		return DID_SAVE;
	}
	if (status != 0) {
		loop_problem(l, &e);
		return DID_SAVE;
	}
	tell_done(l, &result);
	import_result_release(&result);
	return DID_SAVE | DID_CLOSE;
}

/* What the row asks; else the row whole, where the columns are too narrow for it. */
static unsigned open_row(struct preview *p)
{
	struct import_row row;
	struct buf words = BUF_INIT;
	struct err e = ERR_INIT;
	const char *id = list_selected(&p->shown, &e);

	if (*id == '\0')
		return DID_CHANGE;
	import_rows_get(&p->rows, p->shown.cursor, &row);
	if (row.question != NULL)
		return import_settle_row(p, row.question, row.line);
	buf_addf(&words, _("line %d: "), row.line);
	text_escape(row.name, strlen(row.name), &words);
	buf_addf(&words, " · %s", _(import_fate_words(row.fate)));
	if (*row.words != '\0') {
		buf_adds(&words, " · ");
		text_escape(row.words, strlen(row.words), &words);
	}
	loop_message(p->screen.loop, "%s", words.data);
	buf_release(&words);
	return DID_CHANGE;
}

static unsigned next_part(struct preview *p)
{
	struct err e = ERR_INIT;

	import_rows_next_part(&p->rows);
	if (list_restart(&p->shown, &e) != 0)
		loop_problem(p->screen.loop, &e);
	return DID_CHANGE;
}

static unsigned act(struct screen *s, enum action action)
{
	struct preview *p = (struct preview *)s;
	unsigned did;

	switch (action) {
	case ACTION_GO_AHEAD: return go_ahead(p);
	case ACTION_IMPORT_PART: return next_part(p);
	case ACTION_OPEN: return open_row(p);
	case ACTION_IMPORT_COLUMNS: return import_settle_columns(p);
	case ACTION_IMPORT_NEW_PEOPLE: return import_settle_people(p, false);
	case ACTION_BACK:
	case ACTION_QUIT:
		loop_message(s->loop, _("not imported: nothing was changed"));
		return DID_CLOSE;
	default: return list_act(&p->shown, s->loop, action, &did) ? did : DID_NOTHING;
	}
}

static int reload(struct screen *s, struct err *e)
{
	return list_reload(&((struct preview *)s)->shown, e);
}

static void title(struct screen *s, struct title *t)
{
	struct preview *p = (struct preview *)s;

	/* TRANSLATORS: an import that is not done yet, and the file's name */
	buf_addf(&t->place, _("Import of %s"), p->name);
	buf_addf(&t->counts, P_("%d row", "%d rows", p->result.rows), p->result.rows);
}

/* What would happen, in one line; how the file was read, in another. */
static void describe(const struct preview *p, struct buf *counts, struct buf *file)
{
	const struct import_result *r = &p->result;

	/* TRANSLATORS: counts of rows of a list that is about to be imported */
	buf_addf(counts, _("new: %d · to fill in: %d · known already: %d · refused: %d"), r->taken, r->changed, r->known, r->problems);
	if (r->asked > 0)
		/* TRANSLATORS: of the refused rows of a list: so many ask which of several people is meant */
		buf_addf(counts, _(" · ask: %d"), r->asked);
	buf_addf(file, _("Charset: %s"), strcmp(r->charset, "utf-8") == 0 ? "UTF-8" : "Windows-1251");
	for (int i = 0; i < r->ignored_count; i++) {
		buf_adds(file, i == 0 ? _(" · columns not understood: ") : ", ");
		text_escape(r->ignored[i], strlen(r->ignored[i]), file);
	}
}

/* No row is understood: what is to be done stands there instead. */
static void draw_problem(const struct preview *p, struct canvas *c, int top, int bottom)
{
	const char *text = p->problem;

	for (int y = top; *text != '\0' && y < bottom - 1; y++) {
		size_t n = text_fit(text, strlen(text), c->width - 2), blank = n;

		while (text[n] != '\0' && blank > 0 && text[blank] != ' ')
			blank--;
		n = text[n] != '\0' && blank > 0 ? blank : n;
		char *line = mem_dupn(text, n);
		canvas_text(c, y, 1, c->width - 2, ROLE_WARNING, line);
		free(line);
		text += n + strspn(text + n, " ");
	}
	canvas_fit(c, bottom - 1, 1, c->width - 2, ROLE_TEXT, _("c: say what the columns mean"));
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct preview *p = (struct preview *)s;
	struct buf counts = BUF_INIT, file = BUF_INIT;
	int end;

	if (p->problem != NULL) {
		draw_problem(p, c, top, bottom);
		return;
	}
	describe(p, &counts, &file);
	end = canvas_right(c, top, 0, c->width - 1, ROLE_TEXT, import_rows_part(&p->rows));
	canvas_fit(c, top, 1, end - 3, ROLE_TITLE, counts.data);
	top++;
	if (bottom - top > 6)
		canvas_fit(c, top++, 1, c->width - 2, p->result.ignored_count > 0 ? ROLE_TEXT : ROLE_MUTED, file.data);
	list_draw(&p->shown, s->loop, c, top, bottom, _("There are no such rows."));
	buf_release(&counts);
	buf_release(&file);
}

static void release(struct screen *s)
{
	struct preview *p = (struct preview *)s;

	list_release(&p->shown);
	import_rows_release(&p->rows);
	import_result_release(&p->result);
	import_list_close(p->list);
	free(p->name);
	free(p->problem);
}

static const struct screen_class preview_class = {
	.name = "import", .where = where, .has = has, .act = act, .reload = reload, .title = title, .draw = draw, .release = release,
};

static struct preview *make(struct store *s, const char *path)
{
	struct preview *p = mem_zero(1, sizeof *p);
	const char *slash = strrchr(path, '/');
	struct buf name = BUF_INIT;

	p->screen.class = &preview_class;
	p->store = s;
	text_escape(slash != NULL ? slash + 1 : path, strlen(slash != NULL ? slash + 1 : path), &name);
	p->name = buf_detach(&name);
	import_rows_init(&p->rows);
	list_init(&p->shown, &import_rows_class, &p->rows);
	return p;
}

/* Nothing of the rows is known before; a list that cannot be taken as its columns are is a problem that can be solved here. */
static int try_list(struct preview *p, struct loop *l, struct err *e)
{
	struct import_told_columns columns;
	int status;

	free(p->problem);
	p->problem = NULL;
	progress_begin(l, _("Reading the list"), &p->result.seen);
	status = import_list_run(p->store, p->list, true, import_rows_add, &p->rows, &p->result, e);
	if (progress_end(l) || status == 0)
		return status;
	if (import_list_columns(p->list, p->store, true, &columns, NULL) == 0) {
		p->problem = mem_dup(e->text);
		status = 0;
	}
	import_told_columns_release(&columns);
	return status;
}

struct preview *import_preview_open(struct loop *l, enum import_kind kind, const char *path, const char *about, struct err *e)
{
	struct preview *p = make(l->store, path);

	p->list = import_list_open(kind, path, NULL, e);
	if (p->list != NULL)
		import_list_say(p->list, kind == IMPORT_ATTENDANCE ? COLUMN_SEMINAR : COLUMN_CALL, about);
	if (p->list != NULL && try_list(p, l, e) == 0)
		return p;
	release(&p->screen);
	free(p);
	return NULL;
}

void import_preview_again(struct preview *p)
{
	struct err e = ERR_INIT;

	import_rows_release(&p->rows);
	import_rows_init(&p->rows);
	import_result_release(&p->result);
	if (try_list(p, p->screen.loop, &e) != 0 || list_reload(&p->shown, &e) != 0)
		loop_problem(p->screen.loop, &e);
}
