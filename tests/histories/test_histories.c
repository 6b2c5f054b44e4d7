/* Random histories of three to eight devices and a hub with real stores: what people do and what goes wrong on the way, in any order. After all have met
 * they hold the same, and nothing that anybody wrote is missing.
 *
 * A seed gives the same history again: TEST_SEED=… repeats one, HISTORIES=… says how many, from a seed that the time of day gives or FIRST_SEED says. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store/journal.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "tests/histories/agree.h"
#include "tests/histories/chance.h"
#include "tests/histories/first.h"
#include "tests/histories/post.h"
#include "tests/histories/steps.h"
#include "tests/unit/test.h"

enum { STEPS_LEAST = 20, STEPS_SPREAD = 30 };

static long number_of(const char *name, long otherwise)
{
	const char *given = getenv(name);

	return given != NULL && *given != '\0' ? strtol(given, NULL, 10) : otherwise;
}

/* Few devices more often than many. */
static int some_devices(void)
{
	int one = chance_below(WORLD_MOST - WORLD_FEWEST + 1), other = chance_below(WORLD_MOST - WORLD_FEWEST + 1);

	return WORLD_FEWEST + (one < other ? one : other);
}

/* The first stores, and what the judges prepare in each. */
static bool prepare(void)
{
	static const struct model nothing;
	struct world w;

	if (!first_prepare())
		return false;
	w = *first_world();
	return agree_judge(&w, &nothing) == 0;
}

static bool play(uint64_t seed)
{
	struct world w;
	struct model m = { NULL, 0 };
	bool good, told = getenv("HISTORY_TOLD") != NULL;

	chance_seed(seed);
	post_begin();
	good = world_begin(&w, some_devices());
	w.years = chance_in(4);
	w.copies = chance_in(3);
	for (int steps = STEPS_LEAST + chance_below(STEPS_SPREAD); steps > 0 && good; steps--) {
		good = steps_one(&w, &m);
		if (told)
			test_note("%s", w.words);
	}
	good = good && agree_meet(&w) && agree_judge(&w, &m) == 0;
	world_end(&w);
	model_release(&m);
	return good;
}

/* Under the sanitizers each costs several times as much. */
#if defined __SANITIZE_ADDRESS__
#define HISTORIES 40
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define HISTORIES 40
#endif
#endif
#ifndef HISTORIES
#define HISTORIES 200
#endif

static void test_histories(void)
{
	const char *given = getenv("TEST_SEED");
	bool one = given != NULL && *given != '\0';
	long first = one ? strtol(given, NULL, 10) : number_of("FIRST_SEED", (long)(time(NULL) % 1000000000)), count = one ? 1 : number_of("HISTORIES", HISTORIES);

	REQUIRE(prepare());
	for (long seed = first; seed < first + count; seed++)
		if (!(one ? play((uint64_t)seed) : first_play(play, (uint64_t)seed))) {
			test_note("seed %ld failed; again: TEST_SEED=%ld tests/histories/test_histories", seed, seed);
			return;
		}
	test_note("%ld histories from seed %ld", count, first);
}

/* --- one by name: a at 1 by A; b at 5 by B, who saw a; c at 3 by C, who saw nothing: b and c remain everywhere, whoever comes first */

static bool set_note(struct world *w, int device, const char *sql)
{
	struct store *s = w->device[device].s;
	struct err e = ERR_INIT;

	world_clock(w, &w->device[device]);
	return (store_begin(s, &e) == 0 && store_exec(s, sql, &e) == 0 && store_commit(s, &e) == 0) || world_fail(w, &e);
}

static bool exchange(struct world *w, int device, bool collect)
{
	struct sync_report report;
	struct hub_collected got;
	struct err e = ERR_INIT;

	w->now += 10;
	world_clock(w, &w->device[device]);
	if (sync_run(w->device[device].s, w->device[device].stick, &report, &e) != 0)
		return world_fail(w, &e);
	post_faithfully(w, device);
	if (collect && hub_collect(w->hub.s, w->hub.stick, &got, NULL, NULL, &e) != 0)
		return world_fail(w, &e);
	post_faithfully(w, device);
	return true;
}

static bool play_named(uint64_t number)
{
	static const int orders[6][3] = { { 0, 1, 4 }, { 0, 4, 1 }, { 1, 0, 4 }, { 1, 4, 0 }, { 4, 0, 1 }, { 4, 1, 0 } };
	const int *order = orders[number / 2];
	bool at_once = number % 2 != 0;
	static const char heads[] = "SELECT group_concat(value) FROM (SELECT h.value FROM head h JOIN dict_column c ON c.tbl = h.tbl AND c.no = h.col"
	    " WHERE c.name = 'note' AND h.pk = (SELECT id FROM person WHERE name = 'Имя') ORDER BY 1)";
	static const int three[] = { 0, 1, 4 };
	struct world w;
	struct member *a = &w.device[0];
	bool good = world_begin(&w, 5);
	char sql[300], id[RECORD_ID_SIZE];
	struct model none = { NULL, 0 };

	chance_seed(1);
	post_begin();
	journal_new_id(store_journal(a->s), id);
	snprintf(sql, sizeof sql, "INSERT INTO person(id, name, municipality) VALUES('%s', 'Имя', '%s')", id, BURAEVO);
	good = good && set_note(&w, 0, sql) && agree_meet(&w);
	w.now += 1000;
	good = good && set_note(&w, 0, "UPDATE person SET note = 'a' WHERE name = 'Имя'") && exchange(&w, 0, true) && exchange(&w, 1, true) && exchange(&w, 1, true) &&
	    CHECK_STR(world_value(w.device[1].s, "SELECT note FROM person WHERE name = 'Имя'"), "a");
	w.now += 1000;
	good = good && set_note(&w, 4, "UPDATE person SET note = 'c' WHERE name = 'Имя'");
	w.now += 1000;
	good = good && set_note(&w, 1, "UPDATE person SET note = 'b' WHERE name = 'Имя'");
	for (int i = 0; i < 3; i++)
		good = good && exchange(&w, order[i], !at_once || i == 2);
	good = good && agree_meet(&w) && agree_judge(&w, &none) == 0 && CHECK_STR(world_value(w.hub.s, heads), "b,c");
	for (int i = 0; i < 3 && good; i++)
		good = CHECK_STR(world_value(w.device[three[i]].s, heads), "b,c") &&
		    CHECK_STR(world_value(w.device[three[i]].s, "SELECT note FROM person WHERE name = 'Имя'"), "b");
	world_end(&w);
	return good;
}

static void test_named_case(void)
{
	REQUIRE(prepare());
	for (uint64_t i = 0; i < 12; i++)
		if (!first_play(play_named, i)) {
			test_note("order %d", (int)i);
			return;
		}
}

static const struct test all_tests[] = { TEST(test_named_case), TEST(test_histories), TEST_END };

/* Each history is a process, which would fill the sanitizer's quarantine anew, with pages of its own. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=8";
}

int main(int argc, char **argv)
{
	return test_main(argc, argv, all_tests);
}
