/* Another program beside ours: much goes both ways at once; it hangs, dies, floods, does not read, does not end, is not there; and it gets nothing of ours. */
#include "base/child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/unit/test.h"

#define MUCH ((size_t)5 << 20)

static struct child *start(const char *script, int patience_ms, size_t most, struct err *e)
{
	const char *const argv[] = { "helper", "-c", script, NULL };
	const struct child_way way = { .path = "/bin/sh", .argv = argv, .patience_ms = patience_ms, .most = most };

	return child_start(&way, e);
}

/* Runs a script with an input; -1 with words. */
static int run(const char *script, const char *data, size_t len, int patience_ms, size_t most, struct buf *out, struct err *e)
{
	struct child *c = start(script, patience_ms, most, e);

	if (c == NULL)
		return -1;
	child_send(c, data, len);
	return child_finish(c, out, e);
}

static void both_ways(void)
{
	char *data = mem_alloc(MUCH);
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	for (size_t i = 0; i < MUCH; i++)
		data[i] = (char)(i * 7 + i / 251);
	buf_adds(&out, ">");
	REQUIRE_OK(run("cat", data, MUCH, 20000, 2 * MUCH, &out, &e));
	CHECK_INT((int64_t)out.len, (int64_t)MUCH + 1);
	CHECK_MEM(out.data + 1, out.len - 1, data, MUCH);
	buf_release(&out);
	free(data);
}

static void hangs(void)
{
	int64_t begun = clock_monotonic_ms();
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char *data = mem_zero(1, MUCH);

	CHECK_INT(run("exec sleep 1000", data, MUCH, 300, MUCH, &out, &e), -1);	/* takes nothing */
	CHECK_STR(e.text, "helper did not move for 1 seconds and was ended");
	CHECK_INT(run("cat > /dev/null; exec sleep 1000", data, MUCH, 300, MUCH, &out, &e), -1);	/* gives nothing */
	CHECK_INT(run("exec > /dev/null 2> /dev/null; sleep 1000", "", 0, 300, MUCH, &out, &e), -1);	/* does not end */
	CHECK_STR(e.text, "helper did not move for 1 seconds and was ended");
	CHECK(clock_monotonic_ms() - begun < 60000);
	CHECK_INT((int64_t)out.len, 0);
	free(data);
	buf_release(&out);
}

static void dies(void)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char *data = mem_zero(1, MUCH);

	CHECK_INT(run("echo half; echo 'helper: line 3: not so' >&2; echo more >&2; exit 1", data, MUCH, 20000, MUCH, &out, &e), -1);
	CHECK_STR(e.text, "line 3: not so");
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(run("exit 7", data, MUCH, 20000, MUCH, &out, &e), -1);
	CHECK_STR(e.text, "helper ended with status 7 and did not say why");
	CHECK_INT(run("kill -9 $$", data, MUCH, 20000, MUCH, &out, &e), -1);
	CHECK_STR(e.text, "helper was ended by signal 9");
	CHECK_INT((int64_t)out.len, 0);			/* half of something is nothing */
	free(data);
	buf_release(&out);
}

static void floods(void)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	CHECK_INT(run("exec yes", "", 0, 20000, (size_t)2 << 20, &out, &e), -1);
	CHECK_STR(e.text, "helper gave more than 2 MiB and was ended");
	CHECK_INT(run("yes | head -c 3000000 >&2; echo done", "", 0, 20000, MUCH, &out, &e), 0);	/* words are read and mostly forgotten */
	CHECK_STR(out.data, "done\n");
	buf_release(&out);
}

/* One that does not want its input: we are told, and no signal ends us. */
static void does_not_read(void)
{
	struct err e = ERR_INIT;
	char *data = mem_zero(1, MUCH);
	struct buf out = BUF_INIT;
	struct child *c = start("exec <&-; echo enough", 20000, MUCH, &e);

	signal(SIGPIPE, SIG_DFL);
	REQUIRE(c != NULL);
	CHECK_INT(child_send(c, data, MUCH), -1);
	CHECK_INT(child_send(c, data, MUCH), -1);
	CHECK_INT(child_finish(c, &out, &e), 0);
	CHECK_STR(out.data, "enough\n");
	buf_release(&out);
	free(data);
}

static void is_not_there(void)
{
	const char *const argv[] = { "nobody", NULL };
	const struct child_way way = { .path = "/nowhere/nobody", .argv = argv, .patience_ms = 1000, .most = 1 };
	struct err e = ERR_INIT;

	CHECK(child_start(&way, &e) == NULL);
	CHECK_STR(e.text, "/nowhere/nobody cannot be started: No such file or directory");
	child_abandon(NULL);
}

static void abandoned(void)
{
	struct err e = ERR_INIT;
	struct child *c = start("exec sleep 1000", 20000, 1, &e);

	REQUIRE(c != NULL);
	child_abandon(c);
}

/* Open files, signals and the environment. */
static void gets_nothing_of_ours(void)
{
	const char *const variables[] = { "LIVENET_TEST_YES", NULL }, *const set[] = { "LANG=xx", NULL };
	const char *const argv[] = { "sh", "-c", "ls /proc/self/fd | sort -n | tr '\\n' ' '; kill -TERM $$; echo alive", NULL };
	const char *const env[] = { "env", NULL };
	struct child_way way = { .path = "sh", .argv = argv, .variables = variables, .set = set, .patience_ms = 20000, .most = 65536 };
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	struct child *c;
	sigset_t term;
	int fd = open("/dev/null", O_RDONLY);		/* no FD_CLOEXEC */

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	c = child_start(&way, &e);
	sigprocmask(SIG_UNBLOCK, &term, NULL);
	REQUIRE(c != NULL);
	CHECK_INT(child_finish(c, &out, &e), -1);
	CHECK_STR(e.text, "sh was ended by signal 15");
	way.argv = env;
	way.path = "env";
	setenv("LIVENET_TEST_YES", "1", 1);
	setenv("LIVENET_TEST_NO", "secret", 1);
	c = child_start(&way, &e);
	REQUIRE(c != NULL);
	REQUIRE_OK(child_finish(c, &out, &e));
	CHECK(strstr(out.data, "LIVENET_TEST_YES=1") != NULL);
	CHECK(strstr(out.data, "secret") == NULL);
	CHECK(strstr(out.data, "LANG=xx") != NULL);
	buf_reset(&out);
	REQUIRE_OK(run("ls /proc/self/fd | sort -n | tr '\\n' ' '", "", 0, 20000, 65536, &out, &e));
	CHECK_STR(out.data, "0 1 2 3 ");			/* 3 is the folder that ls reads */
	close(fd);
	buf_release(&out);
}

static const struct test tests[] = {
	TEST(both_ways), TEST(hangs), TEST(dies), TEST(floods), TEST(does_not_read), TEST(is_not_there), TEST(abandoned), TEST(gets_nothing_of_ours), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
