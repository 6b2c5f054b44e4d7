#include "screens/attendance_draw.h"

#include "base/date.h"
#include "base/i18n.h"
#include "screens/words.h"

#define BAR_CELLS 10

void attendance_title(const struct seminar_row *r, struct title *t)
{
	char day[DATE_SIZE];

	t->whole = true;
	buf_adds(&t->place, _("Participants"));
	if (r == NULL)
		return;
	date_show(r->date, day);
	buf_addf(&t->place, _(" · %s “%s”"), day, r->title);
	if (r->place[0] != '\0')
		buf_addf(&t->place, " · %s", r->place);
	if (r->lead[0] != '\0') {
		struct buf lead = BUF_INIT;

		words_initials(r->lead, &lead);
		/* TRANSLATORS: who leads the seminar: a name follows */
		buf_addf(&t->place, _(" · led by %s"), lead.data);
		buf_release(&lead);
	}
}

static void draw_bar(const struct attendance_rows *r, struct canvas *c, int y, int x)
{
	int full = r->capacity > 0 ? r->present * BAR_CELLS / r->capacity : 0;

	for (int i = 0; i < BAR_CELLS; i++)
		canvas_text(c, y, x + i, 1, ROLE_TEXT, i < full ? c->glyphs->bar_full : c->glyphs->bar_empty);
}

/* «Записано 10 из 10 мест, в листе ожидания 1 · пришли 8 ████████░░ · без имени 0           всё отправлено» */
void attendance_draw_counts(const struct attendance_rows *r, struct loop *l, struct canvas *c, int y)
{
	struct buf words = BUF_INIT, unsent = BUF_INIT;
	int x = 1, end = c->width - 1;

	loop_unsent(l, &unsent);
	if (unsent.len > 0 && c->width >= 70)
		end = canvas_right(c, y, 0, end, ROLE_TEXT, unsent.data) - 2;
	if (c->width >= 60) {
		if (r->capacity > 0)
			buf_addf(&words, _("Registered %d of %d places"), r->registered, r->capacity);
		else
			buf_addf(&words, _("Registered %d"), r->registered);
		/* TRANSLATORS: the long form where there is room for it, the short one at 80 columns */
		if (r->waiting > 0)
			buf_addf(&words, c->width >= 100 ? _(", on the waiting list %d") : _(", waiting %d"), r->waiting);
		buf_adds(&words, " · ");
	}
	buf_addf(&words, _("came %d "), r->present);
	x += canvas_fit(c, y, x, end - x, ROLE_TEXT, words.data);
	if (x + BAR_CELLS < end && c->width >= 100) {
		draw_bar(r, c, y, x);
		x += BAR_CELLS + 1;
	}
	buf_reset(&words);
	buf_addf(&words, _("· unnamed %d"), r->unnamed);
	canvas_fit(c, y, x, end - x, ROLE_TEXT, words.data);
	buf_release(&words);
	buf_release(&unsent);
}
