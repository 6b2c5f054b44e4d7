/* test: what a unit test is written with. A test program is one file with test_*() functions and
 *     int main(int argc, char **argv) { return test_main(argc, argv, tests); }
 * It prints one TAP line a test ("ok 1 - name", "not ok 2 - name") and "# file:line: what" for each failed check, and takes names of
 * tests as arguments to run only those. */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct test { const char *name; void (*run)(void); };
#define TEST(function) { #function, function }
#define TEST_END { NULL, NULL }

int test_main(int argc, char **argv, const struct test *tests);

/* Checks: a failed one is reported and the test goes on; the REQUIRE forms leave the test function. */
bool test_check(bool ok, const char *file, int line, const char *what);
bool test_check_int(int64_t got, int64_t want, const char *file, int line, const char *what);
bool test_check_str(const char *got, const char *want, const char *file, int line, const char *what);
bool test_check_mem(const void *got, size_t got_len, const void *want, size_t want_len, const char *file, int line, const char *what);
void test_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));	/* "# …" */

#define CHECK(condition) test_check((condition), __FILE__, __LINE__, #condition)
#define CHECK_INT(got, want) test_check_int((got), (want), __FILE__, __LINE__, #got)
#define CHECK_STR(got, want) test_check_str((got), (want), __FILE__, __LINE__, #got)
#define CHECK_MEM(got, n, want, m) test_check_mem((got), (n), (want), (m), __FILE__, __LINE__, #got)
#define REQUIRE(condition) do { if (!CHECK(condition)) return; } while (0)
/* A call that must succeed, with a `struct err e` in reach whose text is shown when it does not. */
#define REQUIRE_OK(call) do { if ((call) != 0) { test_note("%s", e.text); CHECK(!#call); return; } } while (0)

/* A folder of the test's own, removed at the end of the program. The string stays valid. */
const char *test_folder(void);
/* A pseudo-random number from a printed seed (TEST_SEED in the environment repeats a run). */
uint64_t test_random(void);

#endif
