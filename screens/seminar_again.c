#include "screens/seminar_again.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/seminar.h"
#include "screens/cards.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"

#define ADD "+"

struct again {
	struct loop *loop;
	char seminar[RECORD_ID_SIZE];
	bool list;
	int days;
};

static unsigned finish(struct again *a, unsigned did)
{
	free(a);
	return did;
}

static struct again *again_new(struct loop *l, const char *seminar)
{
	struct again *a = mem_zero(1, sizeof *a);

	a->loop = l;
	snprintf(a->seminar, sizeof a->seminar, "%s", seminar);
	return a;
}

static unsigned once_more(struct again *a, const struct err *e, bool *again)
{
	loop_problem(a->loop, e);
	*again = true;
	return DID_CHANGE;
}

/* --- a copy --- */

static unsigned day_typed(void *context, const char *typed, bool *again)
{
	struct again *a = context;
	char today[DATE_SIZE], date[DATE_SIZE], id[RECORD_ID_SIZE], shown[DATE_SIZE];
	struct err e = ERR_INIT;

	if (typed == NULL)
		return finish(a, DID_CHANGE);
	date_today(today);
	if (date_parse(typed, today, date, &e) != 0 || seminar_copy(a->loop->store, a->seminar, date, a->list, id, &e) != 0)
		return once_more(a, &e, again);
	date_show(date, shown);
	/* TRANSLATORS: a date follows */
	loop_message(a->loop, _("the copy is planned for %s; e edits it"), shown);
	cards_show(a->loop, &seminar_type, id);
	return finish(a, DID_SAVE);
}

/* A week after the seminar, or after today where that is over. */
static void ask_day(struct again *a)
{
	char today[DATE_SIZE], date[DATE_SIZE], shown[DATE_SIZE];
	struct record r;

	date_today(today);
	snprintf(date, sizeof date, "%s", today);
	if (record_load(a->loop->store, &r, &seminar_type, a->seminar, NULL) == 0 && date_valid(record_get(&r, "date")) &&
	    strcmp(record_get(&r, "date"), today) > 0)
		snprintf(date, sizeof date, "%s", record_get(&r, "date"));
	record_release(&r);
	if (strcmp(date, "2199-12-24") < 0)
		date_from_days(date_to_days(date) + 7, date);
	date_show(date, shown);
	loop_push(a->loop, prompt_line(_("Held again on:"), shown, day_typed, a));
}

/* --- a series --- */

/* A whole number of at most three digits; 0: none. */
static int small_number(const char *typed)
{
	return *typed != '\0' && strlen(typed) <= 3 && typed[strspn(typed, "0123456789")] == '\0' ? atoi(typed) : 0;
}

static unsigned count_typed(void *context, const char *typed, bool *again)
{
	struct again *a = context;
	struct err e = ERR_INIT;
	int count = typed != NULL ? small_number(typed) : 0;

	if (typed == NULL)
		return finish(a, DID_CHANGE);
	if (seminar_repeat(a->loop->store, a->seminar, a->days, count, a->list, NULL, NULL, &e) != 0)
		return once_more(a, &e, again);
	loop_message(a->loop, P_("%d more seminar of the series is planned", "%d more seminars of the series are planned", count), count);
	return finish(a, DID_SAVE);
}

static unsigned days_typed(void *context, const char *typed, bool *again)
{
	struct again *a = context;

	if (typed == NULL)
		return finish(a, DID_CHANGE);
	a->days = small_number(typed);
	if (a->days == 0) {
		loop_message(a->loop, "%s", _("type a number of days: 7 is every week"));
		*again = true;
		return DID_CHANGE;
	}
	loop_push(a->loop, prompt_line(_("How many more times?"), "4", count_typed, a));
	return DID_CHANGE;
}

static unsigned way_chosen(void *context, const char *const *values, int count)
{
	struct again *a = context;

	if (count == 0)
		return finish(a, DID_CHANGE);
	a->list = strstr(values[0], "list") != NULL;
	if (strncmp(values[0], "series", 6) == 0)
		loop_push(a->loop, prompt_line(_("Every how many days?"), "7", days_typed, a));
	else
		ask_day(a);
	return DID_CHANGE;
}

void seminar_again_ask(struct loop *l, const char *seminar)
{
	struct screen *pick = pick_open(_("The seminar again"), way_chosen, again_new(l, seminar));

	pick_add(pick, "copy", _("on another day"), "");
	pick_add(pick, "copy-list", _("on another day, with the people on its sheet"), "");
	pick_add(pick, "series", _("a series: every so many days"), "");
	pick_add(pick, "series-list", _("a series, with the people on its sheet"), "");
	loop_push(l, pick);
}

/* --- who else leads it --- */

static unsigned staff_chosen(void *context, const char *const *values, int count)
{
	struct again *a = context;
	struct err e = ERR_INIT;

	if (count == 0)
		return finish(a, DID_CHANGE);
	if (strcmp(values[0], ADD) == 0) {
		const struct card_start start[] = { { "seminar", a->seminar }, { NULL, NULL } };

		cards_edit(a->loop, &seminar_staff_type, "", start);
		return finish(a, DID_CHANGE);
	}
	if (seminar_staff_remove(a->loop->store, a->seminar, values[0], &e) != 0) {
		loop_problem(a->loop, &e);
		return finish(a, DID_CHANGE);
	}
	return finish(a, DID_SAVE);
}

struct offer { struct screen *pick; struct store *s; const char *seminar; };

static int offer_part(void *context, const struct record *r, struct err *e)
{
	const struct offer *o = context;
	struct buf text = BUF_INIT, part = BUF_INIT;

	(void)e;
	if (strcmp(record_get(r, "seminar"), o->seminar) != 0)
		return 0;
	/* TRANSLATORS: takes somebody's part in a seminar away; a name follows */
	buf_addf(&text, "%s ", _("take away:"));
	record_name(o->s, &person_type, record_get(r, "person"), &text);
	words_choice(seminar_parts, record_get(r, "part"), &part);
	pick_add(o->pick, record_get(r, "person"), text.data, part.data);
	buf_release(&text);
	buf_release(&part);
	return 0;
}

void seminar_staff_ask(struct loop *l, const char *seminar)
{
	struct again *a = again_new(l, seminar);
	struct offer o = { pick_open(_("Who else leads it, trains or is a guest"), staff_chosen, a), l->store, a->seminar };
	struct err e = ERR_INIT;

	pick_add(o.pick, ADD, _("add somebody"), "");
	if (record_each(l->store, &seminar_staff_type, NULL, offer_part, &o, &e) != 0)
		loop_problem(l, &e);
	loop_push(l, o.pick);
}
