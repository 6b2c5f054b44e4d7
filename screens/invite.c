#include "screens/invite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/attendance.h"
#include "listings/listing.h"
#include "screens/parts/pick.h"
#include "screens/parts/several.h"

#define SEMINARS_MOST 400	/* on offer */

struct invite {
	struct loop *loop;
	const char **person;
	int count, added, waiting;
	char seminar[RECORD_ID_SIZE];
};

static void invite_free(void *context)
{
	struct invite *t = context;

	free(t->person);
	free(t);
}

static const struct attendance_row *on_sheet(const struct attendance_rows *sheet, const char *person)
{
	for (int i = 0; i < sheet->count; i++)
		if (strcmp(sheet->row[i].person, person) == 0)
			return &sheet->row[i];
	return NULL;
}

static int register_all(void *context, struct err *e)
{
	struct invite *t = context;
	struct attendance_rows before, after;
	int status = 0;

	if (attendance_rows(t->loop->store, t->seminar, &before, e) != 0)
		return -1;
	for (int i = 0; i < t->count && status == 0; i++) {
		if (on_sheet(&before, t->person[i]) != NULL)
			continue;
		status = attendance_mark(t->loop->store, t->seminar, t->person[i], ATTENDANCE_REGISTERED, e);
		t->added++;
	}
	if (status == 0 && (status = attendance_rows(t->loop->store, t->seminar, &after, e)) == 0) {
		for (int i = 0; i < t->count; i++) {
			const struct attendance_row *row = on_sheet(&after, t->person[i]);

			t->waiting += row != NULL && row->waiting;
		}
		attendance_rows_release(&after);
	}
	attendance_rows_release(&before);
	return status;
}

/* «отмечено: 5, записано: 4, были в листе: 1, в листе ожидания: 2» */
static void tell(const void *context, struct buf *out)
{
	const struct invite *t = context;

	several_whom(t->loop, t->person, t->count, out);
	if (t->count == 1 && t->added == 0)
		/* TRANSLATORS: behind a name */
		buf_adds(out, _(": is on the sheet already"));
	else if (t->count == 1 && t->waiting > 0)
		buf_adds(out, _(": on the waiting list"));
	else if (t->count == 1)
		buf_adds(out, _(": registered"));
	if (t->count == 1)
		return;
	/* TRANSLATORS: stands behind «отмечено: 5» */
	buf_addf(out, _(", registered: %d"), t->added);
	if (t->added < t->count)
		buf_addf(out, _(", on the sheet already: %d"), t->count - t->added);
	if (t->waiting > 0)
		buf_addf(out, _(", on the waiting list: %d"), t->waiting);
}

static const struct several_work work = { .run = register_all, .tell = tell, .release = invite_free };

static unsigned chosen(void *context, const char *const *values, int count)
{
	struct invite *t = context;
	struct buf question = BUF_INIT, name = BUF_INIT;
	unsigned did;

	if (count == 0) {
		invite_free(t);
		return DID_CHANGE;
	}
	snprintf(t->seminar, sizeof t->seminar, "%s", values[0]);
	record_name(t->loop->store, &seminar_type, t->seminar, &name);
	buf_addf(&question, P_("Put %d person on the sheet of “%s”?", "Put %d people on the sheet of “%s”?", t->count), t->count, name.data);
	did = several_do(t->loop, t->count, question.data, &work, t);
	buf_release(&question);
	buf_release(&name);
	return did;
}

static void offer(const struct listing_view *v, int row, struct screen *pick)
{
	const char *place = listing_cell(v, row, SEMINARS_PLACE);
	struct buf text = BUF_INIT;
	char day[DATE_SIZE];

	date_show(listing_cell(v, row, SEMINARS_DATE), day);
	buf_addf(&text, "%s %s", day, listing_cell(v, row, SEMINARS_TITLE));
	pick_add(pick, listing_id(v, row), text.data, place[0] != '\0' ? place : listing_cell(v, row, SEMINARS_MUNICIPALITY));
	buf_release(&text);
}

/* The nearest first: those to come, then those whose day has passed and that nobody called held yet. */
static int offer_planned(struct loop *l, struct screen *pick, int *offered, struct err *e)
{
	struct listing_view *v = listing_open(l->store, &seminars_listing);
	char today[DATE_SIZE];
	int64_t count = 0;
	int first = 0, status;

	date_today(today);
	listing_facet(v, SEMINARS_BY_STATUS, "planned");
	listing_order(v, SEMINARS_DATE, false);
	status = listing_count(v, &count, e);
	*offered = count < SEMINARS_MOST ? (int)count : SEMINARS_MOST;
	if (status == 0)
		status = listing_window(v, count - *offered, *offered, e);
	if (status == 0) {
		while (first < *offered && strcmp(listing_cell(v, first, SEMINARS_DATE), today) < 0)
			first++;
		for (int i = first; i < *offered; i++)
			offer(v, i, pick);
		for (int i = first - 1; i >= 0; i--)
			offer(v, i, pick);
	}
	listing_close(v);
	return status;
}

void invite_ask(struct loop *l, const char *const *persons, int count)
{
	struct invite *t = mem_zero(1, sizeof *t);
	struct buf title = BUF_INIT;
	struct err e = ERR_INIT;
	struct screen *pick;
	int offered = 0;

	t->loop = l;
	t->person = several_copy(persons, count);
	t->count = count;
	/* TRANSLATORS: title of a choice of seminars; a name or «отмечено: 5» follows */
	buf_addf(&title, "%s · ", _("To which seminar"));
	several_whom(l, persons, count, &title);
	pick = pick_open(title.data, chosen, t);
	if (offer_planned(l, pick, &offered, &e) != 0)
		loop_problem(l, &e);
	else if (offered == 0)
		loop_message(l, "%s", _("no seminar is planned: F3, and n enters one"));
	loop_push(l, pick);
	if (offered == 0)
		loop_close(pick);
	buf_release(&title);
}
