#include "tests/unit/test.h"

#include <ftw.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool failed;		/* some check of the running test */

void test_note(const char *fmt, ...)
{
	va_list args;

	fputs("# ", stdout);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
}

bool test_check(bool ok, const char *file, int line, const char *what)
{
	if (!ok) {
		test_note("%s:%d: %s", file, line, what);
		failed = true;
	}
	return ok;
}

bool test_check_int(int64_t got, int64_t want, const char *file, int line, const char *what)
{
	if (!test_check(got == want, file, line, what))
		test_note("  got %" PRId64 ", not %" PRId64, got, want);
	return got == want;
}

/* Bytes on one line: what is not printable ASCII or the beginning of UTF-8 as \xHH, the rest cut. */
static void print_bytes(const char *label, const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t shown = len < 400 ? len : 400;

	printf("#   %s \"", label);
	for (size_t i = 0; i < shown; i++) {
		if (p[i] < 0x20 || p[i] == 0x7F || p[i] == '"' || p[i] == '\\')
			printf("\\x%02X", p[i]);
		else
			putchar(p[i]);
	}
	printf("\"%s (%zu bytes)\n", shown < len ? "…" : "", len);
}

bool test_check_mem(const void *got, size_t got_len, const void *want, size_t want_len, const char *file,
	int line, const char *what)
{
	bool ok = got_len == want_len && (got_len == 0 || memcmp(got, want, got_len) == 0);

	if (!test_check(ok, file, line, what)) {
		print_bytes("got", got, got_len);
		print_bytes("not", want, want_len);
	}
	return ok;
}

bool test_check_str(const char *got, const char *want, const char *file, int line, const char *what)
{
	if (got != NULL && want != NULL)
		return test_check_mem(got, strlen(got), want, strlen(want), file, line, what);
	if (!test_check(got == want, file, line, what))
		test_note("  got %s, not %s", got != NULL ? got : "NULL", want != NULL ? want : "NULL");
	return got == want;
}

static struct { char path[512]; pid_t owner; } folder;

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

/* A child that was forked by a test leaves the folder to its parent. */
static void remove_folder(void)
{
	if (folder.path[0] != '\0' && getpid() == folder.owner)
		nftw(folder.path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *test_folder(void)
{
	const char *base = getenv("TMPDIR");

	if (folder.path[0] != '\0')
		return folder.path;
	if (base == NULL || *base == '\0')
		base = "/tmp";
	snprintf(folder.path, sizeof folder.path, "%s/livenet-test-XXXXXX", base);
	if (mkdtemp(folder.path) == NULL) {
		perror(folder.path);
		exit(1);
	}
	folder.owner = getpid();
	atexit(remove_folder);
	return folder.path;
}

static uint64_t first_state(void)
{
	const char *given = getenv("TEST_SEED");
	struct timespec now;
	uint64_t seed;

	clock_gettime(CLOCK_REALTIME, &now);
	seed = given != NULL && *given != '\0' ? strtoull(given, NULL, 10)
		: ((uint64_t)now.tv_sec * 1000003u + (uint64_t)now.tv_nsec) % 1000000000u;
	test_note("seed %" PRIu64, seed);
	return seed;
}

/* splitmix64 (Steele, Lea, Flood, 2014) */
uint64_t test_random(void)
{
	static uint64_t state;
	static bool begun;
	uint64_t z;

	if (!begun) {
		state = first_state();
		begun = true;
	}
	state += UINT64_C(0x9E3779B97F4A7C15);
	z = state;
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static bool chosen(int argc, char **argv, const char *name)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], name) == 0)
			return true;
	return argc <= 1;
}

int test_main(int argc, char **argv, const struct test *tests)
{
	int number = 0, bad = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct test *t = tests; t->name != NULL; t++) {
		if (!chosen(argc, argv, t->name))
			continue;
		failed = false;
		t->run();
		printf("%s %d - %s\n", failed ? "not ok" : "ok", ++number, t->name);
		bad += failed;
	}
	printf("1..%d\n", number);
	if (number == 0)
		test_note("no test has such a name");
	return bad > 0 || number == 0;
}
