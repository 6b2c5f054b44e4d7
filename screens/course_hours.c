#include "screens/course_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/course.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"
#include "screens/parts/several.h"

#define USUAL_HOURS "8"

struct hours {
	struct loop *loop;
	const char **person;
	int count, hours;
	char course[RECORD_ID_SIZE], date[DATE_SIZE];
	struct buf told;
};

static void hours_free(void *context)
{
	struct hours *t = context;

	free(t->person);
	buf_release(&t->told);
	free(t);
}

static unsigned give_up(struct hours *t)
{
	hours_free(t);
	return DID_CHANGE;
}

static int set_all(void *context, struct err *e)
{
	struct hours *t = context;

	return course_hours(t->loop->store, t->course, t->person, t->count, t->date, t->hours, &t->told, e);
}

/* «10.02.2020, 8 ч: отмечено 25», and the first sentence about what does not fit. */
static void tell(const void *context, struct buf *out)
{
	const struct hours *t = context;
	char day[DATE_SIZE];

	date_show(t->date, day);
	several_whom(t->loop, t->person, t->count, out);
	/* TRANSLATORS: stands behind a name or «отмечено: 5»: day and hours of a training */
	buf_addf(out, _(", %s: %d h"), day, t->hours);
	if (t->told.len > 0)
		buf_addf(out, "; ! %.*s", (int)strcspn(t->told.data, "\n"), t->told.data);
}

static const struct several_work work = { .run = set_all, .tell = tell, .release = hours_free };

/* What was marked is what was meant: no question. */
static unsigned people_chosen(void *context, const char *const *values, int count)
{
	struct hours *t = context;
	struct buf question = BUF_INIT;
	unsigned did;

	if (count == 0)
		return give_up(t);
	t->person = several_copy(values, count);
	t->count = count;
	buf_addf(&question, P_("Write down the hours of %d person?", "Write down the hours of %d people?", count), count);
	did = several_do(t->loop, count, question.data, &work, t);
	buf_release(&question);
	return did;
}

static const struct course_group *group_of(const struct course_groups *groups, const struct course_person *p)
{
	for (int i = 0; i < groups->count; i++)
		if (strcmp(groups->row[i].id, p->group) == 0)
			return &groups->row[i];
	return NULL;
}

static bool meets(const struct course_group *g, const char *date)
{
	return (g->since[0] == '\0' || strcmp(g->since, date) <= 0) && (g->until[0] == '\0' || strcmp(date, g->until) <= 0);
}

/* True when some group meets on the day and this person's is another. */
static bool elsewhere(const struct course_groups *groups, const struct course_person *p, const char *date)
{
	const struct course_group *own = group_of(groups, p);

	if (own == NULL || meets(own, date))
		return false;
	for (int i = 0; i < groups->count; i++)
		if (meets(&groups->row[i], date))
			return true;
	return false;
}

static int offer(const struct hours *t, struct screen *pick, int *offered, struct err *e)
{
	struct course_people all;
	struct course_groups groups;

	if (course_people(t->loop->store, t->course, &all, e) != 0)
		return -1;
	if (course_groups(t->loop->store, t->course, &groups, e) != 0) {
		course_people_release(&all);
		return -1;
	}
	for (int i = 0; i < all.count; i++) {
		const struct course_person *p = &all.row[i];
		const struct course_group *g = group_of(&groups, p);

		if (p->state == ENROLMENT_LEFT)
			continue;
		pick_add(pick, p->person, p->name, g != NULL ? g->title : "");
		if (!elsewhere(&groups, p, t->date))
			pick_mark(pick);
		(*offered)++;
	}
	course_people_release(&all);
	course_groups_release(&groups);
	return 0;
}

static void ask_people(struct hours *t)
{
	struct buf title = BUF_INIT;
	struct err e = ERR_INIT;
	struct loop *l = t->loop;
	struct screen *pick;
	char day[DATE_SIZE];
	int offered = 0;

	date_show(t->date, day);
	/* TRANSLATORS: title of a choice of people: day and hours of a training; Tab takes the mark from who was absent */
	buf_addf(&title, _("%s, %d h · Tab: was absent"), day, t->hours);
	pick = pick_open(title.data, people_chosen, t);
	pick_several(pick);
	if (offer(t, pick, &offered, &e) != 0)
		loop_problem(l, &e);
	else if (offered == 0)
		loop_message(l, "%s", _("nobody is enrolled in this course yet"));
	loop_push(l, pick);
	if (offered == 0)
		loop_close(pick);
	buf_release(&title);
}

static unsigned hours_typed(void *context, const char *typed, bool *again)
{
	struct hours *t = context;
	char *end;
	long n;

	if (typed == NULL)
		return give_up(t);
	n = strtol(typed, &end, 10);
	if (typed[0] == '\0' || *end != '\0' || n < 0 || n > STUDY_DAY_MOST) {
		loop_message(t->loop, _("hours: a number from 0 to %d"), STUDY_DAY_MOST);
		*again = true;
		return DID_CHANGE;
	}
	t->hours = (int)n;
	ask_people(t);
	return DID_CHANGE;
}

static unsigned day_typed(void *context, const char *typed, bool *again)
{
	struct hours *t = context;
	struct err e = ERR_INIT;
	char today[DATE_SIZE];

	if (typed == NULL)
		return give_up(t);
	date_today(today);
	if (date_parse(typed, today, t->date, &e) != 0) {
		loop_problem(t->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	loop_push(t->loop, prompt_line(_("Hours on that day:"), USUAL_HOURS, hours_typed, t));
	return DID_CHANGE;
}

void course_hours_ask(struct loop *l, const char *course)
{
	struct hours *t = mem_zero(1, sizeof *t);
	struct err e = ERR_INIT;
	char next[DATE_SIZE], day[DATE_SIZE];

	t->loop = l;
	buf_init(&t->told);
	snprintf(t->course, sizeof t->course, "%s", course);
	if (course_next_day(l->store, course, next, &e) != 0) {
		loop_problem(l, &e);
		hours_free(t);
		return;
	}
	date_show(next, day);
	loop_push(l, prompt_line(_("Day of the training:"), day, day_typed, t));
}
