#include "base/clock.h"

#include <string.h>

#include "base/date.h"
#include "store/journal_clock.h"
#include "tests/unit/replica.h"

static void wall_time_freezes(void)
{
	int64_t before = clock_wall_ms();

	CHECK(before > INT64_C(1577836800000));		/* 2020 */
	clock_set(1581670800000);
	CHECK_INT(clock_wall_ms(), 1581670800000);
	clock_set(0);
	CHECK(clock_wall_ms() >= before);
	CHECK(clock_monotonic_ms() <= clock_monotonic_ms());
	CHECK(clock_cpu_us() <= clock_cpu_us());
}

static void a_stamp_starts_at_wall_time(void)
{
	uint64_t s = clock_next(0, 1581670800000);

	CHECK_INT(clock_ms(s), 1581670800000);
	CHECK_INT(s & 0xFFFF, 0);
	CHECK(clock_next(s, 1581670800000) == s + 1);
	CHECK(clock_next(s + 5, 1581670800001) == (uint64_t)1581670800001 << 16);
}

static void wall_time_may_go_back(void)
{
	uint64_t s = clock_next(0, 2000000);

	CHECK(clock_next(s, 1000000) == s + 1);
	CHECK(clock_next(s, -5) == s + 1);
	CHECK(clock_next(0, -5) == 1);
}

static void a_full_counter_carries(void)
{
	uint64_t s = UINT64_C(1000) << 16 | 0xFFFF;

	CHECK_INT(clock_ms(clock_next(s, 1000)), 1001);
	CHECK(clock_next(s, 1000) > s);
}

static void wild_wall_times(void)
{
	CHECK_INT(clock_ms(clock_next(0, INT64_MAX)), (INT64_C(1) << 48) - 1);
	CHECK(clock_next(UINT64_MAX, 5) == UINT64_MAX);
}

static void always_grows(void)
{
	uint64_t last = 0;
	int64_t ms = 1581670800000;

	for (int i = 0; i < 100000; i++) {
		uint64_t s;

		ms += (int64_t)(test_random() % 7) - 3;
		s = clock_next(last, ms);
		if (s <= last || clock_ms(s) < ms) {
			CHECK(!"each stamp is greater than the last and not behind wall time");
			return;
		}
		last = s;
	}
}

#define NOW INT64_C(1581670800000)		/* 2020-02-14 09:00 UTC */

/* What a person says holds whatever happens to the computer's clock, and until the computer starts anew. */
static void a_word_holds_until_the_start(void)
{
	struct replica r;
	struct err e = ERR_INIT;

	clock_set(INT64_C(1262304000000));		/* 2010 */
	REQUIRE(replica_open(&r, "aaaaaaaa"));
	sqlite3_exec(r.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_clock_set(r.j, NOW, &e), 0);
	CHECK_INT(journal_before_commit(r.j, &e), 0);
	sqlite3_exec(r.db, "COMMIT", NULL, NULL, NULL);
	CHECK_INT(journal_now_ms(r.j), NOW);
	clock_set(INT64_C(1262304000000) + 5000);
	CHECK_INT(journal_now_ms(r.j), NOW + 5000);
	journal_detach(r.j);
	REQUIRE(journal_attach(r.db, "aaaaaaaa", &r.j, &e) == 0);
	CHECK_INT(journal_now_ms(r.j), NOW + 5000);	/* it is kept in the store */
	clock_reboot();
	CHECK_INT(journal_now_ms(r.j), INT64_C(1262304000000) + 5000);
	replica_close(&r);
	clock_set(0);
}

static enum clock_doubt doubt(struct replica *r)
{
	int64_t known;

	return journal_clock_doubt(r->j, &known);
}

static const char *add(struct replica *r)
{
	static int number;
	char sql[128];

	snprintf(sql, sizeof sql, "INSERT INTO person(id, name) VALUES('aaaaaaaa-%d', 'A')", ++number);
	return replica_try(r, sql);
}

static void say(struct replica *r, int64_t ms)
{
	struct err e = ERR_INIT;

	sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_clock_set(r->j, ms, &e), 0);
	CHECK_INT(journal_before_commit(r->j, &e), 0);
	sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
}

/* A guarded journal takes no change while the clock is in doubt, and its stamps do not follow the doubtful time. */
static void a_jump_is_asked_about(void)
{
	struct replica r;
	uint64_t last;

	clock_set(INT64_C(1262304000000));
	REQUIRE(replica_open(&r, "aaaaaaaa"));
	journal_clock_guard(r.j);
	CHECK_INT(doubt(&r), CLOCK_BACK);		/* 2010: before there was such a program */
	CHECK(strstr(add(&r), "01.01.2010") != NULL);
	clock_set(NOW);
	CHECK_INT(doubt(&r), CLOCK_FINE);
	CHECK_STR(add(&r), "");
	clock_set(NOW - DATE_DAY_MS / 2);			/* hours back: the stamps go on */
	CHECK_STR(add(&r), "");
	clock_set(NOW + 80 * DATE_DAY_MS);			/* a long leave */
	CHECK_STR(add(&r), "");
	last = journal_last_stamp(r.j);
	clock_set(NOW + 80 * DATE_DAY_MS + 91 * DATE_DAY_MS);
	CHECK_INT(doubt(&r), CLOCK_AHEAD);
	CHECK(strstr(add(&r), "04.05.2020") != NULL);
	CHECK(journal_last_stamp(r.j) < last + 100);
	clock_set(NOW);
	CHECK_INT(doubt(&r), CLOCK_BACK);
	CHECK(*add(&r) != '\0');
	say(&r, NOW);					/* it is so: then the last stamp was wrong */
	CHECK_INT(doubt(&r), CLOCK_FINE);
	CHECK_STR(add(&r), "");
	clock_set(NOW + 3 * DATE_DAY_MS);
	CHECK_STR(add(&r), "");
	clock_set(NOW + 200 * DATE_DAY_MS);
	CHECK_INT(doubt(&r), CLOCK_AHEAD);
	say(&r, 0);					/* half a year passed, indeed */
	CHECK_STR(add(&r), "");
	CHECK_INT(clock_ms(journal_last_stamp(r.j)), NOW + 200 * DATE_DAY_MS);
	replica_close(&r);
	clock_keep(0);
	clock_set(0);
}

/* The hub's word: its bundles tell how late it is at least, and its refusals that the clock is ahead. */
static void the_hub_knows_the_time(void)
{
	struct replica r;
	struct err e = ERR_INIT;

	clock_set(NOW);
	REQUIRE(replica_open(&r, "aaaaaaaa"));
	sqlite3_exec(r.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_clock_heard(r.j, NOW + 2 * DATE_DAY_MS, &e), 0);
	CHECK_INT(journal_clock_heard(r.j, NOW, &e), 0);
	sqlite3_exec(r.db, "COMMIT", NULL, NULL, NULL);
	CHECK_INT(doubt(&r), CLOCK_BACK);
	clock_set(NOW + 4 * DATE_DAY_MS);
	CHECK_INT(doubt(&r), CLOCK_FINE);
	sqlite3_exec(r.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_clock_refused(r.j, true, &e), 0);
	sqlite3_exec(r.db, "COMMIT", NULL, NULL, NULL);
	CHECK_INT(doubt(&r), CLOCK_REFUSED);
	clock_set(NOW + 2 * DATE_DAY_MS + 3600000);		/* put right meanwhile: the hub says so */
	CHECK_INT(doubt(&r), CLOCK_FINE);
	clock_set(NOW + 4 * DATE_DAY_MS);
	say(&r, NOW + 3 * DATE_DAY_MS);
	CHECK_INT(doubt(&r), CLOCK_FINE);
	CHECK_INT(journal_now_ms(r.j), NOW + 3 * DATE_DAY_MS);
	CHECK_STR(add(&r), "");
	say(&r, NOW - 9 * DATE_DAY_MS);			/* the hub's clock may be the wrong one */
	CHECK_INT(doubt(&r), CLOCK_FINE);
	replica_close(&r);
	clock_set(0);
}

static void moments(void)
{
	struct err e = ERR_INIT;
	int64_t ms = 0;

	REQUIRE_OK(date_moment("14.02.2020", NOW + DATE_DAY_MS, &ms, &e));
	CHECK_INT(ms, NOW);
	REQUIRE_OK(date_moment("14.02.2020 14:01", 0, &ms, &e));
	CHECK_INT(ms, NOW + 60000);
	REQUIRE_OK(date_moment("yesterday", NOW, &ms, &e));
	CHECK_INT(ms, NOW - DATE_DAY_MS);
	CHECK_INT(date_moment("14.02.2020 25:00", NOW, &ms, &e), -1);
	CHECK_INT(date_moment("", NOW, &ms, &e), -1);
}

static const struct test tests[] = {
	TEST(wall_time_freezes), TEST(a_stamp_starts_at_wall_time), TEST(wall_time_may_go_back),
	TEST(a_full_counter_carries),
	TEST(wild_wall_times), TEST(always_grows), TEST(a_word_holds_until_the_start),
	TEST(a_jump_is_asked_about), TEST(the_hub_knows_the_time), TEST(moments), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
