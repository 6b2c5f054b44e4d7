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
	struct indicators got, want = { { 0 }, 0, 0, 0, 0, 0, 0, 0 };
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	make_people(&g);
	make_seminars(&g);
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
	CHECK(want.visits > want.reached && want.reached > 0);
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
		TEST(test_empty), TEST(test_small), TEST(test_random_region), TEST(test_programmes), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
