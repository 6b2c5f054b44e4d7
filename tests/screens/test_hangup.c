/* The line drops while somebody types: the real program in a pseudo-terminal, ended at each of 200 moments of filling in a form, by SIGHUP, by
 * SIGTERM, or by the terminal going away. Every time the draft holds what had been typed, and the store is whole. */
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "records/record.h"
#include "screens/parts/draft.h"
#include "store/store.h"
#include "tests/unit/test.h"

#define MOMENTS 200
#define LAST_OF_NAME 24	/* after so many keys the last letters of the name come unread, and SIGHUP behind them */
#define WAIT_MS 30000	/* for a program that hangs; nothing is decided by it otherwise */

/* What is typed into the form of a new person, field after field. */
static const struct { const char *field, *text; } script[] = {
	{ "name", "Ғәлиева Сәлимә Ғәбит ҡыҙы" },
	{ "phone", "+7 917 000-00-04" },
	{ "email", "salima.galieva@example.org" },
	{ "organisation", "" },
	{ "post", "председатель совета «Дуҫлыҡ»" },
	{ "municipality", "" },
	{ "role", "" },
	{ "stage", "" },
	{ "note", "Пришла на семинар в Бураево с двумя соседками; хочет открыть ТОС и спрашивает, с чего начать. Просила позвонить после праздников, лучше вечером." },
};
enum { FIELDS = sizeof script / sizeof *script };

static char file_path[4096], key_file_path[4096];

struct terminal { int fd; pid_t pid; struct buf seen; };

/* Waits for more output; false at the end of it. */
static bool more(struct terminal *t)
{
	struct pollfd p = { t->fd, POLLIN, 0 };
	char bytes[65536];
	ssize_t n;

	if (poll(&p, 1, WAIT_MS) <= 0)
		return CHECK(!"output in time");
	n = read(t->fd, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	buf_add(&t->seen, bytes, (size_t)n);
	return true;
}

static bool wait_for(struct terminal *t, const char *text)
{
	while (t->seen.len == 0 || memmem(t->seen.data, t->seen.len, text, strlen(text)) == NULL)
		if (!more(t))
			return CHECK(!"the awaited text");
	buf_reset(&t->seen);
	return true;
}

/* One key, and the picture after it. */
static bool send(struct terminal *t, const char *bytes, size_t len)
{
	return write(t->fd, bytes, len) == (ssize_t)len && more(t);
}

static bool start(struct terminal *t)
{
	struct winsize size = { 24, 80, 0, 0 };
	const char *build = getenv("BUILD");
	char program[4096];

	snprintf(program, sizeof program, "%s/livenet", build != NULL ? build : ".");
	*t = (struct terminal){ .seen = BUF_INIT };
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		setenv("LANGUAGE", "en", 1);
		setenv("XDG_CONFIG_HOME", test_folder(), 1);
		execl(program, "livenet", "--store", file_path, "--key-file", key_file_path, (char *)NULL);
		_exit(127);
	}
	return t->pid > 0 && wait_for(t, "livenet") && send(t, "\033OQ", 3) && wait_for(t, "Full name") && send(t, "n", 1) &&
	    wait_for(t, "Phone");
}

/* Goes through the script for so many keys; what each field then holds comes into `typed`. Tab goes on to the next field and counts as a key. */
static bool type_so_far(struct terminal *t, int keys, struct buf typed[FIELDS])
{
	for (int f = 0; f < FIELDS; f++) {
		const char *p = script[f].text;

		while (*p != '\0') {
			uint32_t cp;
			size_t n = text_next(p, strlen(p), &cp, NULL);

			if (keys-- == 0)
				return true;
			if (!send(t, p, n))
				return false;
			buf_add(&typed[f], p, n);
			p += n;
		}
		if (keys-- == 0)
			return true;
		if (!send(t, "\t", 1))
			return false;
	}
	return true;
}

/* Sends bytes and returns when they stand in the program's terminal, unread, or have been read and answered: what a signal overtakes on its way there
 * nobody could save. */
static void leave_unread(struct terminal *t, const char *bytes)
{
	struct pollfd answer = { t->fd, POLLIN, 0 };
	int other = open(ptsname(t->fd), O_RDWR | O_NOCTTY), waiting = 0;

	if (!CHECK(other >= 0) || !CHECK(write(t->fd, bytes, strlen(bytes)) == (ssize_t)strlen(bytes)))
		return;
	while (waiting == 0 && poll(&answer, 1, 1) == 0 && ioctl(other, FIONREAD, &waiting) == 0)
		;
	close(other);
}

/* The three ways in which a session ends without being asked, now and then with letters that the program has not read yet, or half a letter. */
static void end(struct terminal *t, int way, const char *unread, bool half_a_letter)
{
	struct pollfd p = { t->fd, POLLIN, 0 };
	char bytes[4096];
	int status = -1;

	if (unread[0] != '\0')
		leave_unread(t, unread);
	if (half_a_letter)
		CHECK(write(t->fd, "\xd2", 1) == 1);
	if (way == 2)
		close(t->fd);
	else
		kill(t->pid, way == 0 ? SIGHUP : SIGTERM);
	for (; way != 2 && poll(&p, 1, WAIT_MS) > 0 && read(t->fd, bytes, sizeof bytes) > 0;)
		;
	CHECK(waitpid(t->pid, &status, 0) == t->pid);
	CHECK(WIFEXITED(status));
	if (way != 2)
		close(t->fd);
	buf_release(&t->seen);
}

static void check_draft(int keys, const struct buf typed[FIELDS])
{
	struct store_key key = { NULL, key_file_path };
	struct store *s;
	struct draft d;
	struct err e = ERR_INIT;
	bool any = false;

	REQUIRE_OK(store_open(file_path, &key, &s, &e));
	draft_init(&d);
	for (int f = 0; f < FIELDS; f++)
		any = any || typed[f].len > 0;
	if (CHECK_INT(draft_find(s, &d), any ? 1 : 0)) {
		for (int f = 0; f < FIELDS; f++) {
			struct buf want = BUF_INIT;

			if (typed[f].len > 0) {
				buf_addf(&want, "\"%s\":[\"%s\",", script[f].field, typed[f].data);
				if (!CHECK(strstr(d.fields.data, want.data) != NULL))
					test_note("after %d keys: no %s in %s", keys, want.data, d.fields.data);
			}
			buf_release(&want);
		}
	}
	draft_release(&d);
	if (keys % 20 == 0)
		CHECK_INT(store_check(s, &e), 0);
	CHECK_INT(draft_drop(s, 1, &e), 0);
	store_close(s);
}

static void new_file(const char *name)
{
	struct store_key key = { NULL, key_file_path };
	struct store *s;
	struct err e = ERR_INIT;

	snprintf(file_path, sizeof file_path, "%s/%s.ldb", test_folder(), name);
	snprintf(key_file_path, sizeof key_file_path, "%s/%s.key", test_folder(), name);
	REQUIRE(crypto_start(&e) == 0);
	REQUIRE_OK(store_create(file_path, &key, &s, &e));
	store_close(s);
}

static void every_moment(void)
{
	new_file("hangup");
	for (int keys = 0; keys < MOMENTS; keys++) {
		struct buf typed[FIELDS] = { BUF_INIT };
		struct terminal t;
		bool ready = start(&t) && type_so_far(&t, keys, typed);

		/* A terminal that is gone takes along what nobody has read; a signal does not. */
		end(&t, keys % 3, keys == LAST_OF_NAME && ready ? "ысы" : "", keys % 4 == 1);
		if (keys == LAST_OF_NAME && ready)
			buf_adds(&typed[0], "ысы");
		if (CHECK(ready))
			check_draft(keys, typed);
		for (int f = 0; f < FIELDS; f++)
			buf_release(&typed[f]);
		if (!ready)
			return;
	}
}

/* Nobody reads what the program paints: the line stands still, and a write waits. Who ends it then loses nothing all the same. */
static void line_stands_still(void)
{
	struct buf typed[FIELDS] = { BUF_INIT };
	struct terminal t;
	int status = -1, tries = 0;

	new_file("still");
	if (!CHECK(start(&t)) || !CHECK(type_so_far(&t, 20, typed)))
		return;
	/* A whole picture for each, until the line takes no more. */
	for (int i = 0; i < 200; i++) {
		CHECK(write(t.fd, "\014", 1) == 1);
		poll(NULL, 0, 5);
	}
	/* The signal may come while nothing is written, for once. */
	for (; tries < WAIT_MS / 100 && waitpid(t.pid, &status, WNOHANG) == 0; tries++) {
		kill(t.pid, SIGTERM);
		poll(NULL, 0, 100);
	}
	if (!CHECK(tries < WAIT_MS / 100)) {
		kill(t.pid, SIGKILL);
		waitpid(t.pid, &status, 0);
	}
	CHECK(WIFEXITED(status));
	close(t.fd);
	buf_release(&t.seen);
	check_draft(20, typed);
	buf_release(&typed[0]);
}

/* True when the program's output to its end has this text. */
static bool says(struct terminal *t, const char *text)
{
	while (more(t))
		;
	return t->seen.len > 0 && memmem(t->seen.data, t->seen.len, text, strlen(text)) != NULL;
}

/* What stands around a paste is asked for, and given back to the shell: at the end, and while the program is stopped. A tabulator and an end of line in what is
 * pasted leave neither the field nor the form, and no letter of it is a command. */
static void pasted(void)
{
	static const char paste[] = "\033[200~Ғәлиева\tСәлимә\r\nҒәбит ҡыҙы\r\033[201~", want[] = "Ғәлиева Сәлимә Ғәбит ҡыҙы";
	struct buf typed[FIELDS] = { BUF_INIT };
	struct terminal t;
	int status = -1;

	new_file("paste");
	if (!CHECK(start(&t)) || !CHECK(send(&t, paste, sizeof paste - 1)) || !CHECK(wait_for(&t, "ҡыҙы")))
		return;
	/* A session of its own has no shell to stop for: it goes on at once, with all that stopping does. */
	kill(t.pid, SIGTSTP);
	CHECK(wait_for(&t, "\033[?2004l"));
	kill(t.pid, SIGCONT);
	CHECK(wait_for(&t, "\033[?2004h"));
	kill(t.pid, SIGTERM);
	CHECK(says(&t, "\033[?2004l"));
	CHECK(waitpid(t.pid, &status, 0) == t.pid && WIFEXITED(status));
	close(t.fd);
	buf_release(&t.seen);
	buf_adds(&typed[0], want);
	check_draft(20, typed);
	buf_release(&typed[0]);
}

static const struct test tests[] = {
	TEST(every_moment),
	TEST(line_stands_still),
	TEST(pasted),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
