#include "tests/unit/records.h"

#include "base/mem.h"
#include "records/attendance.h"
#include "records/indicator.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/seminar.h"

static struct store *s;

static void test_empty(void)
{
	struct store *whole = s;
	struct indicators i;
	struct err e = ERR_INIT;
	s = new_store();
	REQUIRE_OK(indicators_compute(s, &i, &e));
	CHECK_INT(i.people[0] + i.people[1] + i.people[2] + i.people[3] + i.people[4], 0);
	CHECK_INT(i.seminars_planned + i.seminars_held + i.visits + i.reached + i.unnamed, 0);
	CHECK_INT(i.municipalities_with_consultant + i.municipalities_with_seminar, 0);
	store_close(s);
	s = whole;
}

/* By hand: two people at two seminars, one of them at both. */
static void test_small(void)
{
	struct store *whole = s;
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], one[RECORD_ID_SIZE], two[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct indicators i;
	struct err e = ERR_INIT;
	s = new_store();
	make(s, &person_type, a, "name", "Ахметов", "role", "consultant", "municipality", "80618000", NULL);
	make(s, &person_type, b, "name", "Валеева", NULL);
	make(s, &seminar_type, one, "title", "Раз", "date", "2020-02-14", "municipality", "80618000", "unnamed", "100", "unnamed_basis", "счёт", NULL);
	make(s, &seminar_type, two, "title", "Два", "date", "2020-02-15", "status", "cancelled", "municipality", "80701000", NULL);
	make(s, &seminar_type, id, "title", "Три", "date", "2020-03-15", "municipality", "80739000", NULL);
	make(s, &seminar_type, id, "title", "Отменён", "date", "2020-03-16", "status", "cancelled", "unnamed", "5", "unnamed_basis", "ждали", NULL);
	REQUIRE_OK(attendance_mark(s, one, a, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, one, b, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, two, b, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, id, a, ATTENDANCE_ABSENT, &e));
	REQUIRE_OK(indicators_compute(s, &i, &e));
	CHECK_INT(i.people[2], 1);
	CHECK_INT(i.people[3], 1);
	CHECK_INT(i.seminars_held, 2);			/* one by marks, one though cancelled: somebody was there */
	CHECK_INT(i.seminars_planned, 1);
	CHECK_INT(i.visits, 3);
	CHECK_INT(i.reached, 2);
	CHECK_INT(i.unnamed, 100);
	CHECK_INT(i.municipalities_with_consultant, 1);
	CHECK_INT(i.municipalities_with_seminar, 2);
	REQUIRE_OK(record_remove(s, &person_type, b, &e));
	REQUIRE_OK(record_remove(s, &seminar_type, one, &e));
	REQUIRE_OK(indicators_compute(s, &i, &e));
	CHECK_INT(i.people[3], 0);
	CHECK_INT(i.visits, 0);
	CHECK_INT(i.reached, 0);
	CHECK_INT(i.unnamed, 0);
	CHECK_INT(i.seminars_held, 0);			/* the cancelled one: its only visitor was removed */
	store_close(s);
	s = whole;
}

/* --- a random region, counted anew without SQL --- */

enum { PEOPLE = 80, SEMINARS = 30, MARKS = 400, MUNICIPALITIES = 7 };

struct region {
	char person[PEOPLE][RECORD_ID_SIZE], seminar[SEMINARS][RECORD_ID_SIZE];
	int role[PEOPLE], home[PEOPLE], where[SEMINARS], status[SEMINARS], unnamed[SEMINARS];
	bool gone[PEOPLE], dropped[SEMINARS], present[SEMINARS][PEOPLE];
};

static const char *const homes[MUNICIPALITIES] = { "", "80601000", "80618000", "80649000", "80701000", "80739000", "80745000" };

static int pick(int n)
{
	return (int)(test_random() % (uint64_t)n);
}

static void make_people(struct region *g)
{
	char name[32];
	for (int i = 0; i < PEOPLE; i++) {
		g->role[i] = pick(INDICATOR_ROLES);
		g->home[i] = pick(MUNICIPALITIES);
		snprintf(name, sizeof name, "Человек %d", i);
		make(s, &person_type, g->person[i], "name", name, "role", person_roles[g->role[i]].code, "municipality", homes[g->home[i]], NULL);
	}
}

static void make_seminars(struct region *g)
{
	char title[32], unnamed[16];
	for (int i = 0; i < SEMINARS; i++) {
		g->where[i] = pick(MUNICIPALITIES);
		g->status[i] = pick(3);
		g->unnamed[i] = pick(3) == 0 ? pick(200) : 0;
		snprintf(title, sizeof title, "Семинар %d", i);
		snprintf(unnamed, sizeof unnamed, "%d", g->unnamed[i]);
		make(s, &seminar_type, g->seminar[i], "title", title, "date", "2020-03-01", "municipality", homes[g->where[i]],
		    "status", seminar_statuses[g->status[i]].code, "unnamed", unnamed, "unnamed_basis", "счёт", NULL);
	}
}

static void make_marks(struct region *g)
{
	struct err e = ERR_INIT;
	for (int i = 0; i < MARKS; i++) {
		int where = pick(SEMINARS), who = pick(PEOPLE), state = pick(3);
		if (where % 3 == 0)
			continue;			/* some seminars stay empty */
		REQUIRE_OK(attendance_mark(s, g->seminar[where], g->person[who], (enum attendance_state)state, &e));
		g->present[where][who] = state == ATTENDANCE_PRESENT;
		if (pick(10) == 0) {
			REQUIRE_OK(attendance_remove(s, g->seminar[where], g->person[who], &e));
			g->present[where][who] = false;
		}
	}
	for (int i = 0; i < PEOPLE; i += 9) {
		REQUIRE_OK(record_remove(s, &person_type, g->person[i], &e));
		g->gone[i] = true;
	}
	for (int i = 1; i < SEMINARS; i += 7) {
		REQUIRE_OK(record_remove(s, &seminar_type, g->seminar[i], &e));
		g->dropped[i] = true;
	}
}

static bool anybody(const struct region *g, int seminar)
{
	for (int k = 0; k < PEOPLE; k++)
		if (g->present[seminar][k] && !g->gone[k])
			return true;
	return false;
}

/* Mentors, mentees and minutes of consultations, some of them removed. */
static void make_consultations(struct region *g, struct indicators *want)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], minutes[16];
	for (int i = 0; i < 40; i++) {
		int mentor = pick(PEOPLE), length = pick(3) == 0 ? 0 : pick(120) + 1;
		snprintf(minutes, sizeof minutes, "%d", length);
		make(s, &consultation_type, id, "mentor", g->person[mentor], "mentee", g->person[(mentor + 1) % PEOPLE], "date", "2020-03-02",
		    "topic", "устав", "minutes", length ? minutes : "", NULL);
		if (pick(5) == 0) {
			REQUIRE_OK(record_remove(s, &consultation_type, id, &e));
			continue;
		}
		want->consultations++;
		want->consultation_minutes += length;
	}
}

static void count_people(const struct region *g, struct indicators *want)
{
	bool consultant[MUNICIPALITIES] = { false };
	for (int i = 0; i < PEOPLE; i++) {
		bool reached = false;
		if (g->gone[i])
			continue;
		want->people[g->role[i]]++;
		consultant[g->home[i]] |= g->role[i] == 2;
		for (int k = 0; k < SEMINARS; k++)
			if (!g->dropped[k] && g->present[k][i]) {
				want->visits++;
				reached = true;
			}
		want->reached += reached;
	}
	for (int i = 1; i < MUNICIPALITIES; i++)
		want->municipalities_with_consultant += consultant[i];
}

static void count_seminars(const struct region *g, struct indicators *want)
{
	bool seminar[MUNICIPALITIES] = { false };
	for (int i = 0; i < SEMINARS; i++) {
		bool held = g->status[i] == 1 || anybody(g, i), cancelled = g->status[i] == 2;
		if (g->dropped[i])
			continue;
		want->seminars_held += held;
		want->seminars_planned += !held && !cancelled;
		want->unnamed += held || !cancelled ? g->unnamed[i] : 0;
		seminar[g->where[i]] |= held;
	}
	for (int i = 1; i < MUNICIPALITIES; i++)
		want->municipalities_with_seminar += seminar[i];
}

static void test_random_region(void)
{
	static struct region g;
	struct indicators got, want = { .visits = 0 };
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	make_people(&g);
	make_seminars(&g);
	make_consultations(&g, &want);
	make_marks(&g);
	REQUIRE_OK(store_commit(s, &e));
	count_people(&g, &want);
	count_seminars(&g, &want);
	REQUIRE_OK(indicators_compute(s, &got, &e));
	for (int i = 0; i < INDICATOR_ROLES; i++)
		CHECK_INT(got.people[i], want.people[i]);
	CHECK_INT(got.seminars_planned, want.seminars_planned);
	CHECK_INT(got.seminars_held, want.seminars_held);
	CHECK_INT(got.visits, want.visits);
	CHECK_INT(got.reached, want.reached);
	CHECK_INT(got.unnamed, want.unnamed);
	CHECK_INT(got.municipalities_with_consultant, want.municipalities_with_consultant);
	CHECK_INT(got.municipalities_with_seminar, want.municipalities_with_seminar);
	CHECK_INT(got.consultations, want.consultations);
	CHECK_INT(got.consultation_minutes, want.consultation_minutes);
	CHECK(want.visits > want.reached && want.reached > 0);
}

static int add_line(void *context, const struct indicator_line *l, struct err *e)
{
	(void)e;
	CHECK(*l->id && *l->name);
	CHECK(l->number > 0 || l->type == &consultation_type);
	*(int64_t *)context += l->number;
	return 0;
}

/* Each figure is what its list adds up to. */
static void test_proofs(void)
{
	struct indicators got;
	struct err e = ERR_INIT;
	REQUIRE_OK(indicators_compute(s, &got, &e));
	for (const struct indicator *i = indicator_list; i->name; i++) {
		int64_t sum = 0;
		REQUIRE_OK(indicator_each_proof(s, i, add_line, &sum, &e));
		if (!CHECK_INT(sum, indicator_value(&got, i)))
			test_note("%s", i->name);
		CHECK(sum > 0);
		CHECK(indicator_find(i->name) == i);
	}
	CHECK(indicator_find("nonsense") == NULL);
}

static int dump_line(void *context, const struct indicator_line *l, struct err *e)
{
	(void)e;
	buf_addf(context, "%s %s: %s = %lld\n", l->type ? l->type->name : "-", l->name, l->detail, (long long)l->number);
	return 0;
}

static const char *proof(const char *name)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	buf_reset(&out);
	CHECK(indicator_each_proof(s, indicator_find(name), dump_line, &out, &e) == 0);
	return out.data;
}

static void test_proof_lines(void)
{
	struct store *whole = s;
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], one[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct indicators i;
	struct buf shown = BUF_INIT;
	s = new_store();
	make(s, &person_type, a, "name", "Ахметов", "role", "consultant", "municipality", "80618000", NULL);
	make(s, &person_type, b, "name", "Валеева", NULL);
	make(s, &seminar_type, one, "title", "Раз", "date", "2020-02-14", "municipality", "80618000", "place", "библиотека", "unnamed", "100",
	    "unnamed_basis", "счёт", NULL);
	REQUIRE_OK(attendance_mark(s, one, a, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, one, b, ATTENDANCE_PRESENT, &e));
	make(s, &consultation_type, one, "mentor", a, "mentee", b, "date", "2020-02-15", "topic", "устав", "minutes", "725", NULL);
	CHECK_STR(proof("consultant"), "person Ахметов: Бураевский = 1\n");
	CHECK_STR(proof("seminars_held"), "seminar Раз: 14.02.2020, Бураевский, библиотека, 2 came = 1\n");
	CHECK_STR(proof("seminars_planned"), "");
	CHECK_STR(proof("visits"), "attendance Ахметов: 14.02.2020, Бураевский, Раз = 1\nattendance Валеева: 14.02.2020, Бураевский, Раз = 1\n");
	CHECK_STR(proof("reached"), "person Ахметов: Бураевский, 1 visit = 1\nperson Валеева: 1 visit = 1\n");
	CHECK_STR(proof("unnamed"), "seminar Раз: 14.02.2020, Бураевский, счёт, 100 without a name = 100\n");
	CHECK_STR(proof("municipalities_with_consultant"), "- Бураевский район: 1 consultant = 1\n");
	CHECK_STR(proof("consultation_minutes"), "consultation устав: 15.02.2020, Ахметов → Валеева, 725 min = 725\n");
	REQUIRE_OK(indicators_compute(s, &i, &e));
	indicator_show(&i, indicator_find("consultation_minutes"), &shown);
	CHECK_STR(shown.data, "12 h 05 min");
	buf_release(&shown);
	store_close(s);
	s = whole;
}

/* What no form takes may still come from a device, and the report must not fail of it. */
static void test_nonsense(void)
{
	struct store *whole = s;
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct indicators i;
	s = new_store();
	make(s, &person_type, a, "name", "Ахметов", NULL);
	make(s, &person_type, b, "name", "Валеева", NULL);
	for (int k = 0; k < 3; k++) {
		make(s, &consultation_type, id, "mentor", a, "mentee", b, "date", "2020-02-15", "minutes", "40", NULL);
		make(s, &seminar_type, id, "title", "Раз", "date", "2020-02-14", "unnamed", "10", "unnamed_basis", "счёт", NULL);
		if (k == 0)
			continue;
		REQUIRE_OK(store_begin(s, &e));
		REQUIRE_OK(store_exec(s, k == 1 ? "UPDATE consultation SET minutes = 9223372036854775807; UPDATE seminar SET unnamed = 9223372036854775807" :
		    "UPDATE consultation SET minutes = -5 WHERE minutes = 40; UPDATE seminar SET unnamed = -5 WHERE unnamed = 10", &e));
		REQUIRE_OK(store_commit(s, &e));
	}
	make(s, &consultation_type, id, "mentor", a, "mentee", b, "date", "2020-02-15", "minutes", "30", NULL);
	make(s, &seminar_type, id, "title", "Раз", "date", "2020-02-14", "unnamed", "7", "unnamed_basis", "счёт", NULL);
	if (!CHECK_INT(indicators_compute(s, &i, &e), 0))
		test_note("%s", e.text);
	CHECK_INT(i.consultations, 4);
	CHECK_INT(i.consultation_minutes, 30);
	CHECK_INT(i.unnamed, 7);
	CHECK_STR(proof("unnamed"), "seminar Раз: 14.02.2020, счёт, 7 without a name = 7\n");
	CHECK(strstr(proof("consultation_minutes"), "= 30\n") != NULL && strstr(proof("consultation_minutes"), "= -5\n") == NULL);
	store_close(s);
	s = whole;
}

/* The next programme starts with the registers and no counts; the old one is counted when it is chosen. */
static void test_programmes(void)
{
	char next[RECORD_ID_SIZE];
	struct indicators before, i;
	struct err e = ERR_INIT;
	REQUIRE_OK(indicators_compute(s, &before, &e));
	make(s, &programme_type, next, "title", "Следующая", NULL);
	REQUIRE_OK(store_set_setting(s, "programme", next, &e));
	REQUIRE_OK(indicators_compute(s, &i, &e));
	CHECK_INT(i.visits + i.reached + i.seminars_held + i.seminars_planned + i.unnamed + i.people[3], 0);
	REQUIRE_OK(store_set_setting(s, "programme", NULL, &e));
	REQUIRE_OK(indicators_compute(s, &i, &e));
	CHECK_MEM(&i, sizeof i, &before, sizeof before);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_empty), TEST(test_small), TEST(test_random_region), TEST(test_proofs), TEST(test_proof_lines), TEST(test_nonsense), TEST(test_programmes),
		TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
