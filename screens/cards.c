#include "screens/cards.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/person_link.h"
#include "records/place_links.h"
#include "screens/application_page.h"
#include "screens/attendance.h"
#include "screens/call_page.h"
#include "screens/card.h"
#include "screens/consultation_page.h"
#include "screens/criterion_page.h"
#include "screens/course_page.h"
#include "screens/directory_page.h"
#include "screens/history_page.h"
#include "screens/municipality_page.h"
#include "screens/organisation_page.h"
#include "screens/parts/page.h"
#include "screens/person_page.h"
#include "screens/places.h"
#include "screens/programme_page.h"
#include "screens/question_page.h"
#include "screens/scoring.h"
#include "screens/seminar_page.h"
#include "screens/texts.h"
#include "screens/story_page.h"

/* The types with a page of their own, and the place of their list. */
static const struct {
	const struct record_type *type;
	struct screen *(*open)(struct store *s, const char *id);
	enum action place;
} pages[] = {
	{ &person_type, person_page_open, ACTION_PEOPLE },
	{ &seminar_type, seminar_page_open, ACTION_SEMINARS },
	{ &programme_type, programme_page_open, ACTION_PROGRAMMES },
	{ &organisation_type, organisation_page_open, ACTION_ORGANISATIONS },
	{ &consultation_type, consultation_page_open, ACTION_CONSULTATIONS },
	{ &template_type, text_page_open, ACTION_PROGRAMMES },
	{ &call_type, call_page_open, ACTION_CALLS },
	{ &criterion_type, criterion_page_open, ACTION_CALLS },
	{ &application_type, application_page_open, ACTION_CALLS },
	{ &course_type, course_page_open, ACTION_COURSES },
	{ &story_type, story_page_open, ACTION_STORIES },
	{ &directory_type, directory_page_open, ACTION_DIRECTORY },
	{ &question_type, question_page_open, ACTION_QUESTIONS },
};
enum { PAGES = sizeof pages / sizeof pages[0] };

/* Of the others: the field that names the record on whose page they are seen. */
static const struct { const struct record_type *type; const char *field; } seen_on[] = {
	{ &attendance_type, "seminar" },
	{ &seminar_staff_type, "seminar" },
	{ &mentorship_type, "mentee" },
	{ &consent_type, "person" },
	{ &judge_type, "call" },
	{ &person_link_type, "person" },
	{ &erasure_type, "person" },
	{ &score_type, "application" },
	{ &group_type, "course" },
	{ &enrolment_type, "course" },
	{ &study_day_type, "course" },
	{ &certificate_type, "person" },
	{ &award_type, "person" },
};

static int find_page(const struct record_type *type)
{
	for (int i = 0; i < PAGES; i++)
		if (pages[i].type == type)
			return i;
	return -1;
}

bool cards_has(const struct record_type *type)
{
	return find_page(type) >= 0;
}

/* The record on whose page this one is seen, and the line of it. */
static int resolve(struct store *s, const struct record_type **type, char id[RECORD_ID_SIZE], struct err *e)
{
	for (size_t i = 0; i < sizeof seen_on / sizeof seen_on[0]; i++) {
		struct record r;
		int field;

		if (seen_on[i].type != *type)
			continue;
		if (record_load(s, &r, *type, id, e) != 0)
			return -1;
		field = record_field(*type, seen_on[i].field);
		snprintf(id, RECORD_ID_SIZE, "%s", r.value[field]);
		*type = record_type_find((*type)->fields[field].references);
		record_release(&r);
		return 0;
	}
	return 0;
}

/* Others may name a record that is not in this device's scope: its name alone travelled. */
static int not_held(struct store *s, const struct record_type *type, const char *id, struct err *e)
{
	struct buf name = BUF_INIT;
	int rc = -1;

	if (e->code == ERR_REFUSED && record_known_name(s, type, id, &name))
		rc = err_set(e, ERR_REFUSED, _("“%s”: this device knows the name alone, the card is kept elsewhere"), name.data);
	buf_release(&name);
	return rc;
}

static int show(struct loop *l, const struct record_type *type, const char *wanted, struct err *e)
{
	char id[RECORD_ID_SIZE], shown[RECORD_ID_SIZE];
	struct record r;

	snprintf(id, sizeof id, "%s", wanted);
	if (resolve(l->store, &type, id, e) != 0)
		return -1;
	/* A person is shown under one card; the others are opened from it. */
	if (type == &person_type) {
		if (joined_shown(l->store, id, shown, e) != 0)
			return -1;
		memcpy(id, shown, sizeof id);
	}
	if (!cards_has(type))
		return err_set(e, ERR_REFUSED, _("there is no card for this kind of record"));
	if (record_load(l->store, &r, type, id, e) != 0)
		return not_held(l->store, type, id, e);
	record_release(&r);
	loop_push(l, pages[find_page(type)].open(l->store, id));
	return 0;
}

bool cards_show(struct loop *l, const struct record_type *type, const char *id)
{
	struct err e = ERR_INIT;
	bool shown = show(l, type, id, &e) == 0;

	if (!shown)
		loop_problem(l, &e);
	return shown;
}

bool cards_show_municipality(struct loop *l, const char *code)
{
	struct municipality_facts facts;
	struct err e = ERR_INIT;

	if (municipality_facts(l->store, code, &facts, &e) != 0) {
		loop_problem(l, &e);
		return false;
	}
	loop_push(l, municipality_page_open(l->store, code));
	return true;
}

/* NULL, and told, when the record cannot be read. */
static struct screen *open_form(struct loop *l, const struct record_type *type, const char *id, const struct card_start *start)
{
	struct err e = ERR_INIT;
	struct screen *card = card_open(l->store, type, id, start, &e);

	if (card != NULL)
		loop_push(l, card);
	else
		loop_problem(l, &e);
	return card;
}

bool cards_edit(struct loop *l, const struct record_type *type, const char *id, const struct card_start *start)
{
	return open_form(l, type, id, start) != NULL;
}

bool cards_history(struct loop *l, const struct record_type *type, const char *id)
{
	loop_push(l, history_page_open(l->store, type, id));
	return true;
}

/* A walk-in's draft opens the sheet of its seminar. */
static int restore_walk_in(struct loop *l, const struct draft *d, struct err *e)
{
	struct screen *sheet = attendance_open(l->store, d->seminar);

	places_go(l, ACTION_SEMINARS);
	loop_push(l, sheet);
	return attendance_restore(sheet, d, e);
}

/* A judge's draft is of the scores of one application. */
static int restore_scores(struct loop *l, const struct draft *d, struct err *e)
{
	places_go(l, ACTION_CALLS);
	return show(l, &application_type, d->record, e) == 0 ? scoring_restore(l, d, e) : -1;
}

int cards_restore(struct loop *l, const struct draft *d, struct err *e)
{
	const struct record_type *type = record_type_find(d->type);
	struct screen *card;

	if (d->seminar[0] != '\0')
		return restore_walk_in(l, d, e);
	if (type == NULL)
		return err_set(e, ERR_REFUSED, _("the draft is of a kind that this program does not know"));
	if (type == &score_type)
		return restore_scores(l, d, e);
	if (cards_has(type))
		places_go(l, pages[find_page(type)].place);
	if (d->record[0] != '\0' && cards_has(type) && show(l, type, d->record, e) != 0)
		return -1;
	card = open_form(l, type, d->record, NULL);
	return card != NULL ? card_restore(card, d, e) : 0;
}
