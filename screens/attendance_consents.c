/* Consents that were signed at the door: for which purpose, by whom of those who have none, on which day; then they are written down, all of them or none. */
#include "screens/attendance_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/consent.h"
#include "screens/parts/loop.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"

#define ALL "*"

struct signing {
	struct loop *loop;
	char seminar[RECORD_ID_SIZE];
	const struct choice *purpose;
	char (*person)[RECORD_ID_SIZE];	/* who has none; after the choice: who signed */
	int count;
};

static unsigned finish(struct signing *g)
{
	free(g->person);
	free(g);
	return DID_CHANGE;
}

static unsigned stop(struct signing *g, const struct err *e)
{
	loop_problem(g->loop, e);
	return finish(g);
}

static void tell(struct signing *g)
{
	struct buf name = BUF_INIT, initials = BUF_INIT;

	record_name(g->loop->store, &person_type, g->person[0], &name);
	words_initials(name.data, &initials);
	if (g->count == 1)
		/* TRANSLATORS: who signed: «Галимова А. Р.» */
		loop_message(g->loop, _("%s: the consent is noted"), initials.data);
	else
		loop_message(g->loop, P_("%d consent is noted", "%d consents are noted", g->count), g->count);
	buf_release(&name);
	buf_release(&initials);
}

static unsigned day_typed(void *context, const char *typed, bool *again)
{
	struct signing *g = context;
	const char **persons;
	struct err e = ERR_INIT;
	int status;

	if (typed == NULL)
		return finish(g);
	persons = mem_zero((size_t)g->count, sizeof *persons);
	for (int i = 0; i < g->count; i++)
		persons[i] = g->person[i];
	status = consent_sign(g->loop->store, persons, g->count, g->purpose->code, typed, &e);
	free(persons);
	if (status != 0) {
		loop_problem(g->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	tell(g);
	return finish(g) | DID_SAVE;
}

static void take(struct signing *g, const char *const *values, int count)
{
	for (int i = 0; i < count; i++)
		if (strcmp(values[i], ALL) == 0)
			return;
	for (int i = 0; i < count; i++)
		snprintf(g->person[i], sizeof g->person[i], "%s", values[i]);
	g->count = count;
}

static unsigned people_chosen(void *context, const char *const *values, int count)
{
	struct signing *g = context;
	char today[DATE_SIZE], shown[DATE_SIZE];

	if (count == 0)
		return finish(g);
	take(g, values, count);
	date_today(today);
	date_show(today, shown);
	loop_push(g->loop, prompt_line(_("Signed on:"), shown, day_typed, g));
	return DID_CHANGE;
}

/* Who is not absent and has none for the purpose. Of the usual one the sheet knows it already. */
static int find_missing(struct signing *g, const struct attendance_rows *sheet, struct err *e)
{
	bool usual = strcmp(g->purpose->code, CONSENT_PARTICIPATION) == 0;

	g->person = mem_zero((size_t)sheet->count + 1, sizeof *g->person);
	for (int i = 0; i < sheet->count; i++) {
		const struct attendance_row *r = &sheet->row[i];
		bool valid = r->consent;

		if (r->state == ATTENDANCE_ABSENT)
			continue;
		if (!usual && consent_valid(g->loop->store, r->person, g->purpose->code, &valid, e) != 0)
			return -1;
		if (!valid)
			memcpy(g->person[g->count++], r->person, sizeof *g->person);
	}
	return 0;
}

static void ask_people(struct signing *g, const struct attendance_rows *sheet)
{
	struct screen *pick = pick_open(_("Who signed?"), people_chosen, g);
	struct buf all = BUF_INIT;

	pick_several(pick);
	for (int i = 0; i < g->count; i++) {
		const struct attendance_row *r = attendance_rows_find(sheet, g->person[i]);

		pick_add(pick, r->person, r->name, r->organisation);
	}
	if (g->count > 1) {
		buf_addf(&all, _("all of them: %d"), g->count);
		pick_add(pick, ALL, all.data, "");
	}
	buf_release(&all);
	loop_push(g->loop, pick);
}

static unsigned purpose_chosen(void *context, const char *const *values, int count)
{
	struct signing *g = context;
	struct attendance_rows sheet;
	struct err e = ERR_INIT;

	if (count == 0)
		return finish(g);
	for (g->purpose = consent_purposes; strcmp(g->purpose->code, values[0]) != 0;)
		g->purpose++;
	if (attendance_rows(g->loop->store, g->seminar, &sheet, &e) != 0)
		return stop(g, &e);
	if (find_missing(g, &sheet, &e) != 0) {
		attendance_rows_release(&sheet);
		return stop(g, &e);
	}
	if (g->count > 0)
		ask_people(g, &sheet);
	attendance_rows_release(&sheet);
	if (g->count > 0)
		return DID_CHANGE;
	loop_message(g->loop, _("everybody on the sheet has signed this consent"));
	return finish(g);
}

unsigned sheet_consents(struct sheet *p)
{
	struct signing *g = mem_zero(1, sizeof *g);
	struct screen *pick = pick_open(_("Consent to what?"), purpose_chosen, g);

	g->loop = p->screen.loop;
	memcpy(g->seminar, p->seminar, sizeof g->seminar);
	for (const struct choice *c = consent_purposes; c->code != NULL; c++)
		pick_add(pick, c->code, _(c->label), "");
	pick_start(pick, CONSENT_PARTICIPATION);
	loop_push(g->loop, pick);
	return DID_CHANGE;
}
