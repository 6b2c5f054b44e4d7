/* Random histories of three to eight devices and a hub with real stores: what people do and what goes wrong on the way, in any order. After all have met
 * they hold the same, and nothing that anybody wrote is missing.
 *
 * A seed gives the same history again: TEST_SEED=… repeats one, HISTORIES=… says how many, from a seed that the time of day gives or FIRST_SEED says. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "tests/histories/agree.h"
#include "tests/histories/chance.h"
#include "tests/histories/post.h"
#include "tests/histories/steps.h"
#include "tests/unit/test.h"

enum { STEPS_LEAST = 20, STEPS_SPREAD = 50 };

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
	good = good && agree_meet(&w) && agree_all(&w, &m);
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

	REQUIRE(world_prepare());
	for (long seed = first; seed < first + count; seed++)
		if (!play((uint64_t)seed)) {
			test_note("seed %ld failed; again: TEST_SEED=%ld tests/histories/test_histories", seed, seed);
			return;
		}
	test_note("%ld histories from seed %ld", count, first);
}

static const struct test all_tests[] = { TEST(test_histories), TEST_END };

/* Nothing here has to outlive the power, so that the files may be in memory. */
static void choose_folder(void)
{
	const char *given = getenv("TMPDIR");

	if ((given == NULL || *given == '\0') && access("/dev/shm", W_OK | X_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
}

int main(int argc, char **argv)
{
	choose_folder();
	chance_install();
	return test_main(argc, argv, all_tests);
}
