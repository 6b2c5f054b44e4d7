#include "screens/seminar_page.h"

#include "base/i18n.h"
#include "records/attendance.h"
#include "records/person.h"
#include "screens/attendance.h"
#include "screens/loop.h"
#include "screens/page.h"
#include "screens/page_changes.h"
#include "screens/page_links.h"
#include "screens/words.h"

static const char *id_of(const struct page *p)
{
	const char *id;

	page_record(p, &id);
	return id;
}

static void show_counts(struct page *p, const struct attendance_rows *r)
{
	struct buf words = BUF_INIT;

	page_heading(p, _("Participants"));
	if (r->limited)
		/* TRANSLATORS: how many are registered, of so many places */
		buf_addf(&words, _("%d of %d places"), r->registered, r->capacity);
	else
		buf_addi(&words, r->registered);
	page_field(p, _("Registered"), words.data);
	if (r->waiting > 0)
		page_number(p, _("On the waiting list"), r->waiting);
	page_number(p, _("Came"), r->present);
	/* TRANSLATORS: how many came without being listed by name */
	page_number(p, _("Without a name"), r->unnamed);
	if (r->without_consent > 0) {
		buf_reset(&words);
		buf_addf(&words, "! %d", r->without_consent);
		/* TRANSLATORS: on a seminar's sheet: how many people have signed no consent */
		page_field_as(p, _("Without a consent"), ROLE_WARNING, words.data);
	}
	buf_release(&words);
}

static void show_person(struct page *p, const struct attendance_row *a)
{
	struct buf hint = BUF_INIT;

	if (a->organisation[0] != '\0')
		buf_addf(&hint, "%s", a->organisation);
	if (a->waiting)
		buf_addf(&hint, "%s%s", hint.len > 0 ? " · " : "", _("on the waiting list"));
	if (!a->consent && a->state != ATTENDANCE_ABSENT)
		buf_addf(&hint, "%s%s", hint.len > 0 ? " · " : "", _("no consent"));
	page_link(p, a->name, hint.data, &person_type, a->person);
	buf_release(&hint);
}

static void show_people(struct page *p, const struct attendance_rows *r, enum attendance_state state, const char *heading)
{
	int64_t shown = 0, total = 0;

	for (int i = 0; i < r->count; i++) {
		if (r->row[i].state != state || total++ >= PAGE_LINKS_MOST)
			continue;
		if (shown++ == 0)
			page_heading(p, heading);
		show_person(p, &r->row[i]);
	}
	page_more(p, shown, total);
}

static int fill(struct page *p, struct err *e)
{
	struct attendance_rows rows;
	struct record r;

	if (record_load(page_store(p), &r, &seminar_type, id_of(p), e) != 0)
		return -1;
	page_title(p, record_get(&r, "title"));
	page_fields(p, &r, "title", "status");
	page_fields(p, &r, "unnamed_basis", "programme");
	record_release(&r);
	if (attendance_rows(page_store(p), id_of(p), &rows, e) != 0)
		return -1;
	show_counts(p, &rows);
	show_people(p, &rows, ATTENDANCE_PRESENT, _("Who came"));
	show_people(p, &rows, ATTENDANCE_REGISTERED, _("Registered"));
	show_people(p, &rows, ATTENDANCE_ABSENT, _("Were absent"));
	attendance_rows_release(&rows);
	return page_changes(p, e);
}

static unsigned act(struct page *p, enum action action)
{
	if (action != ACTION_SHEET)
		return DID_NOTHING;
	loop_push(page_loop(p), attendance_open(page_store(p), id_of(p)));
	return DID_CHANGE;
}

static const struct page_class seminar_class = {
	.name = "seminar", .where = IN_MAIN | IN_RECORD | IN_SEMINAR, .fill = fill, .act = act,
};

struct screen *seminar_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &seminar_class, NULL);

	page_about(page_of(page), &seminar_type, id);
	return page;
}
