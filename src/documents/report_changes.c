/* What changed since the report that was filed last. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "documents/report_private.h"
#include "figures/filing.h"

static const char *change_words(int kind)
{
	switch (kind) {
	/* TRANSLATORS: of a line in a list: it came since */
	case FILING_ADDED: return _("added");
	case FILING_REMOVED: return _("gone");
	default: return _("changed");
	}
}

static void add_number(struct report *r, const struct filing_difference *d)
{
	char before[24], after[24], gone[24], added[24];
	int counts[3] = { 0 };
	for (int i = 0; i < d->count; i++)
		counts[d->change[i].kind]++;
	snprintf(before, sizeof before, "%lld", (long long)d->before);
	snprintf(after, sizeof after, "%lld", (long long)d->after);
	snprintf(added, sizeof added, "%d", counts[FILING_ADDED]);
	snprintf(gone, sizeof gone, "%d", counts[FILING_REMOVED]);
	outline_row(r->out, (const char *const[]){ d->known ? _(d->known->title) : d->figure, before, d->known ? after : "", added, gone });
}

/* The lines come into an outline of their own, which stands behind the numbers. */
struct changes { struct report *r; struct outline *lines; };

static void add_line(struct changes *t, const char *title, const struct filing_change *c)
{
	char when[17] = "";
	date_local(c->ms, when);
	if (c->withheld && !strchr(c->id, '/')) {
		report_withhold(t->r, c->id);
		report_withhold(t->r, " ");
	}
	outline_row(t->lines, (const char *const[]){ title, change_words((int)c->kind), c->name, c->by, c->ms > 0 ? when : "" });
}

static int add_difference(void *context, const struct filing_difference *d, struct err *e)
{
	struct changes *t = context;
	struct buf words = BUF_INIT;
	(void)e;
	add_number(t->r, d);
	for (int i = 0; i < d->count && i < REPORT_CHANGES_MOST; i++)
		add_line(t, _(d->known->title), &d->change[i]);
	if (d->count > REPORT_CHANGES_MOST) {
		buf_addf(&words, P_("%d more", "%d more", d->count - REPORT_CHANGES_MOST), d->count - REPORT_CHANGES_MOST);
		outline_row(t->lines, (const char *const[]){ _(d->known->title), "", words.data, "", "" });
	}
	buf_release(&words);
	return 0;
}

static int compare(struct report *r, const struct filing *f, struct err *e)
{
	const struct outline_column numbers[] = {
		/* TRANSLATORS: of a figure: as it was filed, as it is now; so many lines came, so many are gone */
		{ _("What is counted"), TYPESET_TEXT, 8 }, { _("As filed"), TYPESET_NUMBER, 2 }, { _("Now"), TYPESET_NUMBER, 2 }, { _("Added"), TYPESET_NUMBER, 2 },
		{ _("Gone"), TYPESET_NUMBER, 2 }
	};
	const struct outline_column lines[] = {
		{ _("What is counted"), TYPESET_TEXT, 6 }, { _("Change"), TYPESET_TEXT, 2 }, { _("Name"), TYPESET_TEXT, 8 },
		/* TRANSLATORS: whose device made the change, and when */
		{ _("By whom"), TYPESET_TEXT, 5 }, { _("When"), TYPESET_TEXT, 4 }
	};
	struct changes t = { r, outline_new("", "") };
	outline_table(r->out, _("Changes"), numbers, 5, false);
	outline_table(t.lines, _("Changed lines"), lines, 5, true);
	int rc = filing_compare(r->store, f, r->query.gated, add_difference, &t, e);
	outline_append(r->out, t.lines);
	outline_free(t.lines);
	return rc;
}

int report_changes(struct report *r, struct err *e)
{
	char id[RECORD_ID_SIZE], day[DATE_SIZE];
	struct buf words = BUF_INIT;
	struct err problem = ERR_INIT;
	struct filing f;
	int rc = filing_last(r->store, id, e);
	if (rc <= 0)
		return rc;
	outline_break(r->out);
	outline_heading(r->out, 1, _("What changed since the last filed report"));
	if (filing_read(r->store, id, &f, &problem) != 0) {
		outline_warning(r->out, problem.text);
		buf_release(&words);
		return 0;
	}
	date_show(f.head.date, day);
	buf_addf(&words, _("“%s”, filed on %s"), f.head.name, day);
	buf_adds(&words, ", ");
	report_period_words(f.head.since, f.head.until, &words);
	outline_field(r->out, _("Filed report"), words.data);
	outline_field(r->out, _("Hash"), f.head.hash);
	outline_note(r->out, _("Figures over the period of the filed report, then and now. Who is named did the latest thing that bears on the line."));
	rc = compare(r, &f, e);
	filing_release(&f);
	buf_release(&words);
	return rc;
}
