#include "screens/attendance_draw.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "screens/parts/words.h"

#define BAR_CELLS 10
#define WIDE 60			/* from so many columns on, words are whole sentences */

void attendance_title(const char *words, const struct seminar_row *r, struct title *t)
{
	char day[DATE_SIZE];

	t->whole = true;
	buf_adds(&t->place, words);
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

static void add_bar(const struct attendance_rows *r, const struct glyphs *glyphs, struct buf *out)
{
	int full = r->capacity > 0 ? r->present * BAR_CELLS / r->capacity : 0;

	buf_addc(out, ' ');
	for (int i = 0; i < BAR_CELLS; i++)
		buf_adds(out, i < full ? glyphs->bar_full : glyphs->bar_empty);
}

/* From the longest form to the shortest. */
enum form { WITH_LONG_WORDS, WITH_BAR, WITH_PLACES, IN_SHORT, BARELY, FORMS };

static void add_places(const struct attendance_rows *r, enum form form, struct buf *out)
{
	if (form >= IN_SHORT)
		/* TRANSLATORS: places that are taken: «мест 3/10»; the second form where there is no limit */
		buf_addf(out, r->limited ? _("places %d/%d") : _("on the sheet %d"), r->registered, r->capacity);
	else if (r->limited)
		buf_addf(out, _("Registered %d of %d places"), r->registered, r->capacity);
	else
		buf_addf(out, _("Registered %d"), r->registered);
	/* TRANSLATORS: the long form where there is room for it, the short one at 80 columns */
	if (r->waiting > 0)
		buf_addf(out, form == WITH_LONG_WORDS ? _(", on the waiting list %d") : _(", waiting %d"), r->waiting);
}

static void add_came(const struct attendance_rows *r, enum form form, const struct glyphs *glyphs, struct buf *out)
{
	buf_addf(out, _("came %d"), r->present);
	if (form <= WITH_BAR && r->capacity > 0)
		add_bar(r, glyphs, out);
	buf_addf(out, _(" · unnamed %d"), r->unnamed);
}

/* «Записано 10 из 10 мест, в листе ожидания 1 · пришли 8 ████████░░ · без имени 0 · без согласия 3» */
static void compose(const struct attendance_rows *r, bool registration, enum form form, const struct glyphs *glyphs, struct buf *out)
{
	buf_reset(out);
	if (form < BARELY || registration)
		add_places(r, form, out);
	if (form < BARELY)
		buf_adds(out, " · ");
	if (form < BARELY || !registration)
		add_came(r, form, glyphs, out);
	/* TRANSLATORS: people whose consent to the use of their data is missing: «без согласия 3»; then the same for a small terminal: «без согл. 3» */
	if (r->count > 0)
		buf_addf(out, form < BARELY ? _(" · no consent %d") : _(" · unsigned %d"), r->without_consent);
}

void attendance_draw_counts(const struct attendance_rows *r, bool registration, struct loop *l, struct canvas *c, int y)
{
	struct buf words = BUF_INIT, unsent = BUF_INIT;
	int room = c->width - 2, beside, form;

	loop_unsent(l, &unsent);
	beside = room - text_width(unsent.data, unsent.len) - 2;
	for (form = 0; form < FORMS; form++) {
		compose(r, registration, form, c->glyphs, &words);
		if (text_width(words.data, words.len) <= (form < IN_SHORT ? beside : room))
			break;
	}
	canvas_fit(c, y, 1, room, ROLE_TEXT, words.data);
	if (unsent.len > 0 && text_width(words.data, words.len) <= beside)
		canvas_right(c, y, 0, c->width - 1, ROLE_TEXT, unsent.data);
	buf_release(&words);
	buf_release(&unsent);
}

void attendance_draw_search(const struct list *list, const struct attendance_find *f, const char *brief, const char *words, struct canvas *c, int y)
{
	bool typing = list->filter.text.len > 0;
	int half = c->width / 2, x = 1 + canvas_text(c, y, 1, half, ROLE_TEXT, _("Find:")) + 1;
	struct buf meant = BUF_INIT;

	if (f->meant.len > 0)
		/* TRANSLATORS: how letters of the Latin layout were read: «читается: галим» */
		buf_addf(&meant, _("read as “%s”"), f->meant.data);
	if (meant.len > 0)
		canvas_fit(c, y, half + 1, c->width - half - 2, ROLE_TITLE, meant.data);
	else
		canvas_right(c, y, half + 1, c->width - half - 2, ROLE_MUTED, c->width >= WIDE ? words : brief);
	line_draw(&list->filter, c, y, x, half - x, typing ? ROLE_CURRENT : ROLE_FIELD, typing, false);
	buf_release(&meant);
}

void attendance_from(const char *organisation, const char *post, struct buf *out)
{
	buf_adds(out, organisation);
	if (organisation[0] != '\0' && post[0] != '\0')
		buf_adds(out, ", ");
	buf_adds(out, post);
}

void attendance_phone(const char *phone, struct buf *out)
{
	if (phone[0] != '\0')
		text_phone_pretty(phone, out);
	else
		buf_adds(out, "—");
}
