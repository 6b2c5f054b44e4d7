/* The lists that prove the figures. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "documents/report_private.h"

struct listing_out { struct report *r; struct outline *out; int64_t sum; };

static int add_line(void *context, const struct figure_line *l, struct err *e)
{
	struct listing_out *t = context;
	char number[24];
	(void)e;
	snprintf(number, sizeof number, "%lld", (long long)l->number);
	outline_row(t->out, (const char *const[]){ l->name, l->detail, number, l->id });
	report_withhold(t->r, l->withheld);
	t->sum += l->number;
	return 0;
}

/* What stands in another table already, or in the list of those who are counted one by one, is not listed again. */
static bool is_listed(const struct figure *f)
{
	static const char *const elsewhere[] = { "people_with_role", "seminars_planned", "seminars_cancelled", "seminars_held", "consultation_minutes", "courses", "stories" };
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		if (strcmp(f->name, elsewhere[i]) == 0)
			return false;
	return true;
}

static int add_list(struct report *r, const struct figure *f, int64_t *value, struct err *e)
{
	const struct outline_column columns[] = {
		/* TRANSLATORS: of a line that proves a figure: what it rests on (a date, a place, how many); how many it adds to the figure («Сколько»); the record's id
		 * («Номер записи») */
		{ _("Name"), TYPESET_TEXT, 6 }, { _("What it rests on"), TYPESET_TEXT, 9 }, { _("How many"), TYPESET_NUMBER, 2 }, { _("Record id"), TYPESET_TEXT, 4 }
	};
	static const bool sum[] = { false, false, true, false };
	struct listing_out t = { r, outline_new("", ""), 0 };
	char number[24];
	outline_heading(t.out, 2, _(f->title));
	outline_note(t.out, _(f->computed));
	outline_table(t.out, _(f->title), columns, 4, true);
	outline_aside(t.out, 3);
	int rc = figure_each(r->store, f, &r->query, add_line, &t, e);
	*value = t.sum;
	snprintf(number, sizeof number, "%lld", (long long)t.sum);
	outline_total(t.out, (const char *const[]){ _("Together"), "", number, "" }, sum);
	if (t.sum > 0)
		outline_append(r->lists, t.out);
	outline_free(t.out);
	return rc;
}

int report_lists_read(struct report *r, struct err *e)
{
	int rc = 0;
	for (const struct figure *f = figure_list; f->name && rc == 0; f++) {
		int64_t *value = &r->value[f - figure_list];
		bug_if(f - figure_list == REPORT_FIGURES_MAX);
		rc = r->lists && is_listed(f) ? add_list(r, f, value, e) : figure_value(r->store, f, &r->query, value, e);
	}
	return rc;
}

void report_lists(struct report *r)
{
	outline_break(r->out);
	outline_heading(r->out, 1, _("The lists behind the figures"));
	outline_note(r->out, _("Each figure with the lines that prove it; the numbers add up to it. Who gave no consent to taking part stands here by the id."));
	outline_append(r->out, r->lists);
}
