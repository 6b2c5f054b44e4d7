/* The lists that prove the figures. */
#include <string.h>

#include "base/i18n.h"
#include "documents/report_private.h"

static int add_line(void *context, const struct figure_line *l, struct err *e)
{
	struct report *r = context;
	struct buf number = BUF_INIT;
	(void)e;
	buf_addi(&number, l->number);
	outline_row(r->out, (const char *const[]){ l->name, l->detail, number.data, l->id });
	report_withhold(r, l->withheld);
	buf_release(&number);
	return 0;
}

static int add_list(struct report *r, const struct figure *f, struct err *e)
{
	const struct outline_column columns[] = {
		/* TRANSLATORS: of a line that proves a figure: what it rests on (a date, a place, how many); what it adds; the record's id */
		{ _("Name"), TYPESET_TEXT, 6 }, { _("What it rests on"), TYPESET_TEXT, 9 }, { _("Number"), TYPESET_NUMBER, 2 }, { _("Id"), TYPESET_TEXT, 4 }
	};
	static const bool sum[] = { false, false, true, false };
	struct buf words = BUF_INIT;
	int64_t value = r->value[f - figure_list];
	outline_heading(r->out, 2, _(f->title));
	outline_note(r->out, _(f->computed));
	outline_table(r->out, _(f->title), columns, 4, true);
	outline_aside(r->out, 3);
	int rc = figure_each(r->store, f, &r->query, add_line, r, e);
	buf_addi(&words, value);
	outline_total(r->out, (const char *const[]){ _("Together"), "", words.data, "" }, sum);
	buf_release(&words);
	return rc;
}

/* What stands in another table already, or in the list of those who are counted one by one, is not listed again. */
static bool is_listed(const struct figure *f, int64_t value)
{
	static const char *const elsewhere[] = { "people_with_role", "seminars_planned", "seminars_cancelled", "seminars_held", "consultation_minutes", "courses", "stories" };
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		if (strcmp(f->name, elsewhere[i]) == 0)
			return false;
	return value > 0;
}

int report_lists(struct report *r, struct err *e)
{
	outline_break(r->out);
	outline_heading(r->out, 1, _("The lists behind the figures"));
	outline_note(r->out, _("Each figure with the lines that prove it; the numbers add up to it. Who gave no consent to taking part stands here by the id."));
	for (const struct figure *f = figure_list; f->name; f++)
		if (is_listed(f, r->value[f - figure_list]) && add_list(r, f, e) != 0)
			return -1;
	return 0;
}
