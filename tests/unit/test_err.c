#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "tests/unit/test.h"

static void set_and_clear(void)
{
	struct err e = ERR_INIT;

	CHECK_INT(err_set(&e, ERR_DAMAGED, "page %d of %s", 7, "a.ldb"), -1);
	CHECK_INT(e.code, ERR_DAMAGED);
	CHECK_STR(e.text, "page 7 of a.ldb");
	CHECK_INT(err_prefix(&e, "%s", "check"), -1);
	CHECK_STR(e.text, "check: page 7 of a.ldb");
	CHECK_INT(e.code, ERR_DAMAGED);
	err_clear(&e);
	CHECK_INT(e.code, ERR_NONE);
	CHECK_STR(e.text, "");
}

static void nobody_wants_to_know(void)
{
	CHECK_INT(err_set(NULL, ERR_USAGE, "x"), -1);
	CHECK_INT(err_sys(NULL, ERR_USAGE, "x"), -1);
	CHECK_INT(err_prefix(NULL, "x"), -1);
	err_clear(NULL);
}

static void sys_tells_errno(void)
{
	struct err e = ERR_INIT;

	errno = ENOENT;
	CHECK_INT(err_sys(&e, ERR_REFUSED, "%s", "list.csv"), -1);
	CHECK(strncmp(e.text, "list.csv: ", 10) == 0 && strlen(e.text) > 10);
	CHECK_INT(errno, ENOENT);
}

static void text_may_be_its_own_argument(void)
{
	struct err e = ERR_INIT;

	err_set(&e, ERR_REFUSED, "inner");
	err_set(&e, ERR_DAMAGED, "<%s>", e.text);
	CHECK_STR(e.text, "<inner>");
	err_prefix(&e, "%s", e.text);
	CHECK_STR(e.text, "<inner>: <inner>");
}

/* Every offset of the cut against a character of each length. */
static void cut_at_characters(void)
{
	static const char *const letters[] = { "a", "ә", "№", "😀" };
	char text[3000];
	struct err e = ERR_INIT;

	for (size_t l = 0; l < 4; l++) {
		for (size_t shift = 0; shift < 4; shift++) {
			size_t n = shift, len;

			memset(text, '.', shift);
			while (n < 2000) {
				memcpy(text + n, letters[l], strlen(letters[l]));
				n += strlen(letters[l]);
			}
			text[n] = '\0';
			err_set(&e, ERR_REFUSED, "%s", text);
			len = strlen(e.text);
			CHECK(len < sizeof e.text && len > sizeof e.text - 1 - strlen(letters[l]));
			CHECK(text_utf8_valid(e.text, len));
			CHECK(strncmp(e.text, text, len) == 0);
			err_prefix(&e, "ң");
			CHECK(text_utf8_valid(e.text, strlen(e.text)));
		}
	}
}

static void exact_fit_is_not_cut(void)
{
	char text[sizeof ((struct err *)0)->text];
	struct err e = ERR_INIT;

	memset(text, 'x', sizeof text);
	memcpy(text + sizeof text - 3, "я", 2);
	text[sizeof text - 1] = '\0';
	err_set(&e, ERR_REFUSED, "%s", text);
	CHECK_STR(e.text, text);
}

/* Runs a function in a child without its words on standard error; returns the status of waitpid. */
static int in_child(void (*run)(void))
{
	int status = -1;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(99);
		run();
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		return -1;
	return status;
}

static void do_bug(void)
{
	bug("a test");
}

static void do_overflow(void)
{
	mem_resize(NULL, (size_t)-1, 16);
}

static void leave_77(void)
{
	_exit(77);
}

static void do_overflow_handled(void)
{
	mem_on_exhaustion(leave_77);
	mem_resize(NULL, (size_t)-1 / 2, 3);
}

static void bug_aborts(void)
{
	int status = in_child(do_bug);

	CHECK(WIFSIGNALED(status));
	bug_if(1 + 1 == 3);
}

static void memory(void)
{
	char *p = mem_zero(3, 5), *q;
	int status;

	for (int i = 0; i < 15; i++)
		CHECK(p[i] == 0);
	p = mem_resize(p, 100, 10);
	p[999] = 1;
	free(p);
	q = mem_dupn("ab\0cd", 5);
	CHECK_MEM(q, 6, "ab\0cd", 6);
	free(q);
	free(mem_alloc(0));
	free(mem_zero(0, 8));
	CHECK(mem_dup(NULL) == NULL);
	status = in_child(do_overflow);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	status = in_child(do_overflow_handled);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 77);
}

static const struct test tests[] = {
	TEST(set_and_clear), TEST(nobody_wants_to_know), TEST(sys_tells_errno), TEST(text_may_be_its_own_argument),
	TEST(cut_at_characters), TEST(exact_fit_is_not_cut), TEST(bug_aborts), TEST(memory), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
