#include "tests/unit/stores.h"

#include "base/clock.h"
#include "base/date.h"
#include "records/agenda.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/programme.h"
#include "records/seminar.h"

#define DAY 86400000LL

static struct store *s;
static char me[RECORD_ID_SIZE], other[RECORD_ID_SIZE];

/* 14 February 2020, noon in Ufa. */
static void today(int days)
{
	clock_set((date_to_days("2020-02-14") + days) * DAY + 7 * 3600 * 1000LL);
}

static bool begin(void)
{
	struct err e = ERR_INIT;

	today(0);
	s = new_store();
	if (s == NULL)
		return false;
	make(s, &person_type, me, "name", "Хасанова Гузель", "role", "consultant", NULL);
	make(s, &person_type, other, "name", "Галимова Айгуль", NULL);
	return CHECK(store_set_setting(s, "person", me, &e) == 0);
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

static int dump(void *context, const struct agenda_item *i, struct err *e)
{
	static const char *const kinds[] = { "erasure", "step", "question", "answer", "seminar", "unmarked", "consents" };
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%s %s %s: %s", kinds[i->kind], i->type->name, i->date, i->text);
	if (i->number > 0)
		buf_addf(out, " (%lld)", (long long)i->number);
	buf_addc(out, '\n');
	return 0;
}

static const char *agenda(int most, int64_t totals[AGENDA_KINDS])
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(&out);
	if (agenda_each(s, most, dump, &out, totals, &e) != 0)
		test_note("%s", e.text);
	return out.data;
}

static void seminar(const char *title, const char *date, const char *lead, const char *mentor, const char *status)
{
	char id[RECORD_ID_SIZE];

	make(s, &seminar_type, id, "title", title, "date", date, "lead", lead, "mentor", mentor, "status", status, NULL);
}

static void consultation(const char *mentor, const char *mentee, const char *date, const char *step, const char *next, const char *done)
{
	char id[RECORD_ID_SIZE];

	make(s, &consultation_type, id, "mentor", mentor, "mentee", mentee, "date", date, "topic", "устав", "next_step", step, "next_date", next,
	    "next_done", done, NULL);
}

static void test_empty(void)
{
	int64_t totals[AGENDA_KINDS];

	if (!begin())
		return;
	CHECK_STR(agenda(10, totals), "");
	CHECK_INT(totals[0] + totals[1] + totals[2] + totals[3], 0);
	end();
}

static void test_steps(void)
{
	int64_t totals[AGENDA_KINDS];
	char third[RECORD_ID_SIZE];

	if (!begin())
		return;
	make(s, &person_type, third, "name", "Третий", NULL);
	consultation(me, other, "2020-02-01", "написать устав", "2020-02-14", "");
	consultation(other, me, "2020-01-01", "", "2020-01-10", "");			/* without words: the topic */
	consultation(me, other, "2020-02-01", "сделано", "2020-02-10", "2020-02-11");
	consultation(me, other, "2020-02-01", "завтра", "2020-02-15", "");
	consultation(me, other, "2020-02-01", "без срока", "", "");
	consultation(third, other, "2020-02-01", "чужое", "2020-02-10", "");
	CHECK_STR(agenda(10, totals),
	    "step consultation 2020-02-14: написать устав — Галимова Айгуль\n"
	    "step consultation 2020-01-10: устав — Галимова Айгуль\n");
	CHECK_INT(totals[AGENDA_STEP], 2);
	CHECK_STR(agenda(1, totals), "step consultation 2020-02-14: написать устав — Галимова Айгуль\n");
	CHECK_INT(totals[AGENDA_STEP], 2);
	agenda(0, totals);
	CHECK_INT(totals[AGENDA_STEP], 2);
	today(1);
	agenda(9, totals);
	CHECK_INT(totals[AGENDA_STEP], 3);
	end();
}

static void test_seminars(void)
{
	int64_t totals[AGENDA_KINDS];
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	seminar("сегодня", "2020-02-14", me, other, "planned");
	seminar("наставник", "2020-02-28", other, me, "planned");
	seminar("оба", "2020-02-20", me, me, "planned");
	seminar("через пятнадцать дней", "2020-02-29", me, "", "planned");
	seminar("отменён", "2020-02-20", me, "", "cancelled");
	seminar("проведён", "2020-02-14", me, "", "held");
	seminar("чужой", "2020-02-20", other, "", "planned");
	/* Who leads it with another one has it too, once; a guest has not. */
	make(s, &seminar_type, id, "title", "вдвоём", "date", "2020-02-15", "lead", other, "mentor", me, NULL);
	REQUIRE_OK(seminar_staff_set(s, id, me, "lead", &e));
	make(s, &seminar_type, id, "title", "вторая ведущая", "date", "2020-02-16", "lead", other, NULL);
	REQUIRE_OK(seminar_staff_set(s, id, me, "lead", &e));
	make(s, &seminar_type, id, "title", "гостья", "date", "2020-02-17", "lead", other, NULL);
	REQUIRE_OK(seminar_staff_set(s, id, me, "guest", &e));
	CHECK_STR(agenda(10, totals),
	    "seminar seminar 2020-02-14: сегодня\n"
	    "seminar seminar 2020-02-15: вдвоём\n"
	    "seminar seminar 2020-02-16: вторая ведущая\n"
	    "seminar seminar 2020-02-20: оба\n"
	    "seminar seminar 2020-02-28: наставник\n");
	CHECK_INT(totals[AGENDA_SEMINAR], 5);
	end();
}

static void test_unmarked(void)
{
	int64_t totals[AGENDA_KINDS];
	char id[RECORD_ID_SIZE], old[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(s, &programme_type, old, "title", "Старая", NULL);
	make(s, &seminar_type, id, "title", "в закрытой", "date", "2020-02-12", "lead", me, "programme", old, NULL);
	edit(s, &programme_type, old, "state", "closed");
	seminar("вчера", "2020-02-13", me, "", "planned");
	seminar("год назад", "2019-02-13", other, me, "planned");
	seminar("проведён", "2020-02-13", me, "", "held");
	make(s, &seminar_type, id, "title", "отмечен", "date", "2020-02-12", "lead", me, NULL);
	CHECK_INT(consent_sign(s, (const char *const[]){ other }, 1, "participation", NULL, &e), 0);
	CHECK_INT(attendance_mark(s, id, other, ATTENDANCE_PRESENT, &e), 0);
	make(s, &seminar_type, id, "title", "только записаны", "date", "2020-02-11", "lead", me, NULL);
	CHECK_INT(attendance_mark(s, id, other, ATTENDANCE_REGISTERED, &e), 0);
	CHECK_STR(agenda(10, totals),
	    "unmarked seminar 2020-02-13: вчера\n"
	    "unmarked seminar 2020-02-11: только записаны\n"
	    "unmarked seminar 2019-02-13: год назад\n");
	CHECK_INT(totals[AGENDA_UNMARKED], 3);
	/* In the closed one nothing is due, for nothing may be entered; opened again it is. */
	REQUIRE_OK(programme_use(s, old, &e));
	CHECK_STR(agenda(10, totals), "");
	CHECK_INT(totals[AGENDA_UNMARKED], 0);
	edit(s, &programme_type, old, "state", "open");
	CHECK_STR(agenda(10, totals), "unmarked seminar 2020-02-12: в закрытой\n");
	/* … and there alone. */
	REQUIRE_OK(programme_use(s, "", &e));
	agenda(10, totals);
	CHECK_INT(totals[AGENDA_UNMARKED], 3);
	end();
}

static void test_consents(void)
{
	int64_t totals[AGENDA_KINDS];
	char id[RECORD_ID_SIZE], third[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(s, &person_type, third, "name", "Третий", NULL);
	make(s, &seminar_type, id, "title", "был", "date", "2020-02-10", "lead", me, "status", "held", NULL);
	CHECK_INT(attendance_mark(s, id, other, ATTENDANCE_PRESENT, &e), 0);
	CHECK_INT(attendance_mark(s, id, third, ATTENDANCE_PRESENT, &e), 0);
	CHECK_INT(attendance_mark(s, id, me, ATTENDANCE_ABSENT, &e), 0);
	CHECK_STR(agenda(10, totals), "consents seminar 2020-02-10: был (2)\n");
	CHECK_INT(consent_sign(s, (const char *const[]){ other }, 1, "participation", NULL, &e), 0);
	CHECK_INT(consent_sign(s, (const char *const[]){ third }, 1, "publication", NULL, &e), 0);
	CHECK_STR(agenda(10, totals), "consents seminar 2020-02-10: был (1)\n");
	CHECK_INT(totals[AGENDA_CONSENTS], 1);
	today(57);
	CHECK_STR(agenda(10, totals), "");
	end();
}

static void withdraw(const char *consent, const char *date)
{
	struct record r;
	struct err e = ERR_INIT;

	REQUIRE_OK(record_load(s, &r, &consent_type, consent, &e));
	CHECK_INT(record_set(s, &r, "withdrawn", date, &e), 0);
	CHECK_INT(record_save(s, &r, &e), 0);
	record_release(&r);
}

/* Thirty days from a withdrawal, which a new consent takes back and the erasure ends; a coordinator's alone, and due in a closed programme, too. */
static void test_erasures(void)
{
	int64_t totals[AGENDA_KINDS];
	char first[RECORD_ID_SIZE], third[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(s, &person_type, third, "name", "Третий", NULL);
	make(s, &consent_type, first, "person", other, "date", "2020-01-10", NULL);
	CHECK_STR(agenda(10, totals), "");
	withdraw(first, "2020-02-01");
	CHECK_STR(agenda(10, totals), "erasure person 2020-03-02: Галимова Айгуль\n");
	make(s, &consent_type, id, "person", third, "date", "2020-01-10", NULL);
	withdraw(id, "2020-01-12");
	CHECK_STR(agenda(1, totals), "erasure person 2020-02-11: Третий\n");
	CHECK_INT(totals[AGENDA_ERASURE], 2);
	make(s, &consent_type, id, "person", third, "date", "2020-02-02", NULL);
	CHECK_STR(agenda(10, totals), "erasure person 2020-03-02: Галимова Айгуль\n");
	belong(s);
	CHECK_STR(agenda(10, totals), "");
	CHECK_INT(store_exec(s, "DELETE FROM peer", &e), 0);
	make(s, &consent_type, id, "person", third, "purpose", "publication", "date", "2020-01-10", NULL);
	withdraw(id, "2020-01-12");
	CHECK_INT(totals[AGENDA_ERASURE], 0);
	make(s, &erasure_type, id, "person", other, NULL);
	CHECK_STR(agenda(10, totals), "");
	end();
}

/* --- news --- */

static int dump_news(void *context, const struct agenda_news *n, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%s %s%s%s\n", n->type->name, n->name, n->created ? " new" : "", n->removed ? " removed" : "");
	return 0;
}

static const char *news(int most, int64_t *total)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(&out);
	if (agenda_news(s, most, dump_news, &out, total, &e) != 0)
		test_note("%s", e.text);
	return out.data;
}

static void test_news(void)
{
	struct store *there;
	char id[RECORD_ID_SIZE], course[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	int64_t total;

	if (!begin() || (there = new_store()) == NULL)
		return;
	CHECK(bring(there, s) > 0);
	make(there, &person_type, id, "name", "Первая", NULL);
	CHECK(bring(s, there) > 0);
	CHECK_STR(news(10, &total), "");		/* the first time everything is seen */
	CHECK_INT(total, 0);
	CHECK_INT(agenda_seen(s, &e), 0);
	make(s, &person_type, id, "name", "Своя", NULL);	/* is no news */
	CHECK_STR(news(10, &total), "");

	today(1);
	make(there, &person_type, id, "name", "Вторая", NULL);
	edit(there, &person_type, id, "phone", "89170000001");
	make(there, &seminar_type, course, "title", "Раз", "date", "2020-02-15", NULL);
	CHECK(bring(s, there) > 0);
	CHECK_STR(news(10, &total), "seminar Раз new\nperson Вторая new\n");
	CHECK_INT(total, 2);
	CHECK_STR(news(1, &total), "seminar Раз new\n");
	CHECK_INT(total, 2);
	CHECK_STR(news(10, &total), "seminar Раз new\nperson Вторая new\n");	/* until they are seen */
	CHECK_INT(agenda_seen(s, &e), 0);
	CHECK_STR(news(10, &total), "");

	/* A mark is told as its seminar, a role as its person. */
	CHECK_INT(attendance_mark(there, course, other, ATTENDANCE_PRESENT, &e), 0);
	CHECK_INT(attendance_mark(there, course, id, ATTENDANCE_PRESENT, &e), 0);
	edit(there, &person_type, other, "role", "consultant");
	CHECK_INT(record_remove(there, &person_type, id, &e), 0);
	CHECK(bring(s, there) > 0);
	CHECK_STR(news(10, &total), "person Вторая removed\nperson Галимова Айгуль\nseminar Раз\n");
	CHECK_INT(total, 3);
	store_close(there);
	end();
}

/* A first sync brings more than anybody reads: the latest are told all the same. */
static void test_many_news(void)
{
	struct store *there;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], name[32];
	int64_t total;

	if (!begin() || (there = new_store()) == NULL)
		return;
	CHECK_INT(agenda_seen(s, &e), 0);
	CHECK_INT(store_begin(there, &e), 0);
	for (int i = 0; i < 1500; i++) {
		snprintf(name, sizeof name, "Человек %d", i);
		make(there, &organisation_type, id, "name", name, NULL);
	}
	CHECK_INT(store_commit(there, &e), 0);
	CHECK_INT(bring(s, there), 1500);
	CHECK_STR(news(2, &total), "organisation Человек 1499 new\norganisation Человек 1498 new\n");
	CHECK_INT(total, 1000);
	store_close(there);
	end();
}

static const struct test tests[] = {
	TEST(test_empty), TEST(test_steps), TEST(test_seminars), TEST(test_unmarked), TEST(test_consents), TEST(test_erasures), TEST(test_news), TEST(test_many_news),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
