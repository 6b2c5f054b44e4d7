#include "screens/seminar_page.h"

#include <string.h>

#include "base/i18n.h"
#include "records/attendance.h"
#include "records/person.h"
#include "records/seminar.h"
#include "records/seminar_links.h"
#include "screens/attendance.h"
#include "screens/import.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/parts/page_links.h"
#include "screens/seminar_again.h"
#include "screens/seminar_papers.h"
#include "screens/parts/words.h"

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

/* What was planned and has become something else: «14.02.2020 → 21.02.2020». */
static void show_change(struct page *p, const struct record *r, const char *planned, const char *fact, const char *label, int *shown)
{
	struct store *s = page_store(p);
	struct buf words = BUF_INIT;

	if (record_get(r, planned)[0] == '\0' || strcmp(record_get(r, planned), record_get(r, fact)) == 0)
		return;
	if ((*shown)++ == 0)
		page_heading(p, _("Planned otherwise"));
	field_show(s, &r->type->fields[record_field(r->type, planned)], record_get(r, planned), &words);
	buf_adds(&words, " → ");
	field_show(s, &r->type->fields[record_field(r->type, fact)], record_get(r, fact), &words);
	page_field(p, label, words.data);
	buf_release(&words);
}

static void show_plan(struct page *p, const struct record *r)
{
	int shown = 0;

	show_change(p, r, "planned_date", "date", _("Date"), &shown);
	show_change(p, r, "planned_place", "place", _("Place"), &shown);
	show_change(p, r, "planned_number", "capacity", _("Number"), &shown);
}

static void staff_words(const struct link *l, struct buf *text, struct buf *hint)
{
	buf_adds(text, l->name);
	words_choice(seminar_parts, l->code, hint);
	if (l->other[0] != '\0')
		buf_addf(hint, ", %s", l->other);
}

static int show_staff(struct page *p, struct err *e)
{
	const struct page_links staff = { _("Leads and trainers besides"), NULL, seminar_staff_links, &person_type, staff_words };

	return page_links(p, &staff, id_of(p), e);
}

/* By municipality: whose officials came, and at the end how many municipalities have heard nothing yet in the programme. */
static void official_words(const struct link *l, struct buf *text, struct buf *hint)
{
	buf_addf(text, "%s  %s", l->other[0] != '\0' ? l->other : _("municipality not known"), l->name);
	buf_adds(hint, l->code);
}

static int add_missing(void *context, const char *code, const char *name, struct err *e)
{
	struct buf *names = context;

	(void)code;
	(void)e;
	buf_addf(names, "%s%s", names->len > 0 ? ", " : "", name);
	return 0;
}

static int show_officials(struct page *p, struct err *e)
{
	const struct page_links came = { _("Officials who came"), _("none yet"), seminar_officials, &person_type, official_words };
	struct buf names = BUF_INIT, words = BUF_INIT;
	int count, rc = page_links(p, &came, id_of(p), e);

	if (rc == 0)
		rc = seminar_uninformed(page_store(p), add_missing, &names, &count, e);
	if (rc == 0 && count > 0) {
		buf_addf(&words, P_("%d municipality has had no official at an information seminar: %s",
		    "%d municipalities have had no official at an information seminar: %s", count), count, names.data);
		page_text(p, ROLE_TEXT, words.data);
	}
	buf_release(&names);
	buf_release(&words);
	return rc;
}

static int fill(struct page *p, struct err *e)
{
	struct attendance_rows rows;
	struct record r;

	if (record_load(page_store(p), &r, &seminar_type, id_of(p), e) != 0)
		return -1;
	page_title(p, record_get(&r, "title"));
	page_fields(p, &r, "title", "status");
	page_fields(p, &r, "unnamed_basis", "series");
	page_fields(p, &r, "sheet_number", "programme");
	show_plan(p, &r);
	if (show_staff(p, e) != 0 || (strcmp(record_get(&r, "kind"), "information") == 0 && show_officials(p, e) != 0)) {
		record_release(&r);
		return -1;
	}
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
	switch (action) {
	case ACTION_SHEET: loop_push(page_loop(p), attendance_open(page_store(p), id_of(p))); break;
	case ACTION_IMPORT: import_ask_file(page_loop(p), IMPORT_ATTENDANCE, id_of(p)); break;
	case ACTION_AGAIN: seminar_again_ask(page_loop(p), id_of(p)); break;
	case ACTION_STAFF: seminar_staff_ask(page_loop(p), id_of(p)); break;
	case ACTION_PAPER: seminar_papers_ask(page_loop(p), id_of(p)); break;
	default: return DID_NOTHING;
	}
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
