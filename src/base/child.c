/* closefrom among the actions of posix_spawn is of GNU. */
#define _GNU_SOURCE 1

#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"

#define WORDS_MAX 4096		/* of what it says on standard error, the beginning */

struct child {
	pid_t pid;
	char *name;
	int to, from, words;	/* -1: closed */
	int patience_ms;
	size_t most;
	struct buf got, said;
	enum { FINE, STUCK, TOO_MUCH } trouble;
};

/* --- the start --- */

static bool replaced(const char *name, const char *const *set)
{
	size_t len = strlen(name);

	for (; set != NULL && *set != NULL; set++)
		if (strncmp(*set, name, len) == 0 && (*set)[len] == '=')
			return true;
	return false;
}

static size_t length(const char *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
}

static size_t pass_on(char **env, size_t n, const char *const *names, const char *const *set)
{
	for (; names != NULL && *names != NULL; names++) {
		const char *value = getenv(*names);
		struct buf line = BUF_INIT;

		if (value == NULL || replaced(*names, set))
			continue;
		buf_addf(&line, "%s=%s", *names, value);
		env[n++] = buf_detach(&line);
	}
	return n;
}

/* What it needs to find its language and its files; names of stores, passphrase files and keys stay here. */
static char **environment(const struct child_way *way)
{
	static const char *const usual[] = { "ASAN_OPTIONS", "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "PATH", "TZ", "UBSAN_OPTIONS",
		"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", NULL };
	char **env = mem_zero(length(usual) + length(way->variables) + length(way->set) + 1, sizeof *env);
	size_t n = pass_on(env, 0, usual, way->set);

	n = pass_on(env, n, way->variables, way->set);
	for (const char *const *set = way->set; set != NULL && *set != NULL; set++)
		env[n++] = mem_dup(*set);
	return env;
}

static void free_list(char **list)
{
	for (size_t i = 0; list[i] != NULL; i++)
		free(list[i]);
	free(list);
}

/* Above the three that are given away, whatever of ours is closed; and not inherited. */
static int lift(int *fd)
{
	int higher;

	if (*fd < 0)
		return -1;
	higher = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
	close(*fd);
	*fd = higher;
	return higher < 0 ? -1 : 0;
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A socket goes down, since a write to it can go without SIGPIPE. ours[] and its[]: in, out, errors. */
static int make_ways(int ours[3], int its[3])
{
	int pair[2], rc;

	for (int i = 0; i < 3; i++)
		ours[i] = its[i] = -1;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		return -1;
	ours[0] = pair[0];
	its[0] = pair[1];
	for (int i = 1; i < 3; i++) {
		if (pipe(pair) != 0)
			return -1;
		ours[i] = pair[0];
		its[i] = pair[1];
	}
	rc = 0;
	for (int i = 0; i < 3; i++)
		if (lift(&ours[i]) != 0 || lift(&its[i]) != 0 || fcntl(ours[i], F_SETFL, O_NONBLOCK) != 0)
			rc = -1;
	return rc;
}

/* The words of the program are not changed by it; its interface is older than const. */
static char **words_of(const char *const *argv)
{
	char **copy = mem_zero(length(argv) + 1, sizeof *copy);

	for (size_t i = 0; argv[i] != NULL; i++)
		copy[i] = mem_dup(argv[i]);
	return copy;
}

static int spawn(const struct child_way *way, const int its[3], pid_t *pid)
{
	char **argv = words_of(way->argv), **env = environment(way);
	posix_spawn_file_actions_t ways;
	posix_spawnattr_t how;
	sigset_t none, all;
	int rc;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&ways);
	posix_spawnattr_init(&how);
	for (int i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&ways, its[i], i);
	posix_spawn_file_actions_addclosefrom_np(&ways, 3);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &all);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	rc = posix_spawnp(pid, way->path, &ways, &how, argv, env);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&ways);
	free_list(env);
	free_list(argv);
	return rc;
}

static struct child *new_child(const struct child_way *way, pid_t pid, const int ours[3])
{
	struct child *c = mem_zero(1, sizeof *c);

	*c = (struct child){ .pid = pid, .name = mem_dup(way->argv[0]), .to = ours[0], .from = ours[1], .words = ours[2], .patience_ms = way->patience_ms,
		.most = way->most, .got = BUF_INIT, .said = BUF_INIT };
	return c;
}

struct child *child_start(const struct child_way *way, struct err *e)
{
	int ours[3], its[3], rc;
	pid_t pid = -1;

	rc = make_ways(ours, its) != 0 ? errno : spawn(way, its, &pid);
	for (int i = 0; i < 3; i++)
		shut(&its[i]);
	if (rc == 0)
		return new_child(way, pid, ours);
	for (int i = 0; i < 3; i++)
		shut(&ours[i]);
	errno = rc;
	err_sys(e, ERR_REFUSED, _("%s cannot be started"), way->path);
	return NULL;
}

/* --- to and fro --- */

static bool retry(void)
{
	return errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK;
}

/* Takes what is there. */
static void take_output(struct child *c)
{
	ssize_t n;

	buf_reserve(&c->got, 65536);
	n = read(c->from, c->got.data + c->got.len, 65536);
	if (n > 0)
		buf_grown(&c->got, (size_t)n);
	else if (n == 0 || !retry())
		shut(&c->from);
	if (c->got.len > c->most)
		c->trouble = TOO_MUCH;
}

static void take_words(struct child *c)
{
	char some[1024];
	ssize_t n = read(c->words, some, sizeof some);

	if (n > 0 && c->said.len < WORDS_MAX)
		buf_add(&c->said, some, (size_t)n);
	else if (n == 0 || (n < 0 && !retry()))
		shut(&c->words);
}

/* Sends some; a program that takes no more gets no more. Returns the bytes sent. */
static size_t give(struct child *c, const char *data, size_t len)
{
	ssize_t n = send(c->to, data, len, MSG_NOSIGNAL);

	if (n >= 0)
		return (size_t)n;
	if (!retry())
		shut(&c->to);
	return 0;
}

/* One round: waits until something moves. -1: nothing did for too long, or too much came. */
static int move(struct child *c, const char **data, size_t *len)
{
	struct pollfd ways[3] = { { c->from, POLLIN, 0 }, { c->words, POLLIN, 0 }, { *len > 0 ? c->to : -1, POLLOUT, 0 } };
	int64_t until = clock_monotonic_ms() + c->patience_ms, left;
	int n;

	while ((n = poll(ways, 3, (left = until - clock_monotonic_ms()) > 0 ? (int)left : 0)) < 0 && errno == EINTR)
		;
	if (n <= 0) {
		c->trouble = STUCK;
		return -1;
	}
	if (ways[0].revents != 0)
		take_output(c);
	if (ways[1].revents != 0)
		take_words(c);
	if (ways[2].revents != 0) {
		size_t sent = give(c, *data, *len);

		*data += sent;
		*len -= sent;
	}
	return c->trouble == FINE ? 0 : -1;
}

int child_send(struct child *c, const char *data, size_t len)
{
	while (len > 0 && c->to >= 0)
		if (move(c, &data, &len) != 0)
			break;
	return len == 0 ? 0 : -1;
}

/* --- the end --- */

/* Its status; one that does not end by itself is ended. */
static int await(struct child *c)
{
	const struct timespec moment = { 0, 1000000 };
	int64_t until = clock_monotonic_ms() + c->patience_ms;
	int status = 0;
	pid_t got;

	while ((got = waitpid(c->pid, &status, WNOHANG)) == 0 || (got < 0 && errno == EINTR)) {
		if (c->trouble == FINE && clock_monotonic_ms() > until)
			c->trouble = STUCK;
		if (c->trouble != FINE)
			kill(c->pid, SIGKILL);
		nanosleep(&moment, NULL);
	}
	return got == c->pid ? status : -1;
}

/* Its first line, without its name before it. */
static const char *first_words(struct child *c)
{
	size_t name = strlen(c->name);

	buf_cut(&c->said, strcspn(c->said.data, "\n"));
	return strncmp(c->said.data, c->name, name) == 0 && strncmp(c->said.data + name, ": ", 2) == 0 ? c->said.data + name + 2 : c->said.data;
}

static int judge(struct child *c, int status, struct err *e)
{
	const char *words = first_words(c);

	if (c->trouble == STUCK)
		return err_set(e, ERR_REFUSED, _("%s did not move for %d seconds and was ended"), c->name, (c->patience_ms + 999) / 1000);
	if (c->trouble == TOO_MUCH)
		return err_set(e, ERR_REFUSED, _("%s gave more than %zu MiB and was ended"), c->name, c->most >> 20);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (*words != '\0')
		return err_set(e, ERR_REFUSED, "%s", words);
	if (WIFSIGNALED(status))
		return err_set(e, ERR_REFUSED, _("%s was ended by signal %d"), c->name, WTERMSIG(status));
	return err_set(e, ERR_REFUSED, _("%s ended with status %d and did not say why"), c->name, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void release(struct child *c)
{
	shut(&c->to);
	shut(&c->from);
	shut(&c->words);
	buf_release(&c->got);
	buf_release(&c->said);
	free(c->name);
	free(c);
}

int child_finish(struct child *c, struct buf *out, struct err *e)
{
	const char *nothing = NULL;
	size_t none = 0;
	int rc;

	shut(&c->to);
	while (c->trouble == FINE && (c->from >= 0 || c->words >= 0))
		if (move(c, &nothing, &none) != 0)
			break;
	rc = judge(c, await(c), e);
	if (rc == 0)
		buf_add(out, c->got.data, c->got.len);
	release(c);
	return rc;
}

void child_abandon(struct child *c)
{
	if (c == NULL)
		return;
	if (c->pid > 0) {
		kill(c->pid, SIGKILL);
		while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	release(c);
}

/* --- piece by piece --- */

void child_fds(const struct child *c, int *to, int *from, int *words)
{
	*to = c->to;
	*from = c->from;
	*words = c->words;
}

void child_hear(struct child *c)
{
	size_t before;

	do {
		before = c->said.len;
		if (c->words >= 0)
			take_words(c);
	} while (c->words >= 0 && c->said.len > before);
}

const char *child_words(const struct child *c)
{
	return c->said.data;
}

int child_await(struct child *c, int patience_ms)
{
	int status;

	shut(&c->to);
	shut(&c->from);
	c->patience_ms = patience_ms;
	status = await(c);
	child_hear(c);
	c->pid = -1;
	return status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
