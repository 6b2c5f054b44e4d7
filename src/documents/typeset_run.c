/* closefrom among the actions of posix_spawn is of GNU. */
#define _GNU_SOURCE 1

#include "documents/typeset_run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"

#define PROGRAM "livenet-document"
#define WORDS_MAX 4096		/* of what it says on standard error, the beginning */

struct typeset_run {
	pid_t pid;
	int to, from, words;	/* -1: closed */
	int patience_ms;
	struct buf file, said;
	enum { FINE, STUCK, TOO_LARGE } trouble;
};

/* --- where it is --- */

static bool runs(const char *path)
{
	return access(path, X_OK) == 0 && !fs_is_dir(path);
}

static bool beside(struct buf *path)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *folder;

	if (n <= 0)
		return false;
	exe[n] = '\0';
	folder = fs_dirname(exe);
	buf_addf(path, "%s/%s", folder, PROGRAM);
	free(folder);
	return runs(path->data);
}

int typeset_program(struct buf *path, struct err *e)
{
	const char *named = getenv("LIVENET_DOCUMENT");
	struct buf found = BUF_INIT;
	bool ok;

	if (named != NULL && *named != '\0') {
		buf_adds(&found, named);
		ok = runs(named);
	} else if (!(ok = beside(&found))) {
		buf_reset(&found);
		buf_adds(&found, LIBEXECDIR "/livenet/" PROGRAM);
		ok = runs(found.data);
	}
	if (ok)
		buf_add(path, found.data, found.len);
	else
		err_set(e, ERR_REFUSED, _("PDF, XLSX and the book are made by the program livenet-document, which is not there (%s); it is built where the packages "
		    "libpango1.0-dev, libxlsxwriter-dev, libcmark-dev and libqrencode-dev are, and needs a font (fonts-paratype)"), found.data);
	buf_release(&found);
	return ok ? 0 : -1;
}

/* --- the start --- */

/* What it needs to find its language, its fonts and what it loads; names of stores, passphrase files and keys stay here. */
static char **environment(void)
{
	static const char *const names[] = { "ASAN_OPTIONS", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES",
		"PATH", "SOURCE_DATE_EPOCH", "UBSAN_OPTIONS", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME" };
	size_t count = sizeof names / sizeof names[0], n = 0;
	char **list = mem_zero(count + 1, sizeof *list);

	for (size_t i = 0; i < count; i++) {
		const char *value = getenv(names[i]);
		struct buf line = BUF_INIT;

		if (value == NULL)
			continue;
		buf_addf(&line, "%s=%s", names[i], value);
		list[n++] = buf_detach(&line);
	}
	return list;
}

static void free_environment(char **list)
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

static int spawn(const char *path, const int its[3], pid_t *pid)
{
	char *name = mem_dup(PROGRAM), *argv[] = { name, NULL }, **env = environment();
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
	rc = posix_spawn(pid, path, &ways, &how, argv, env);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&ways);
	free_environment(env);
	free(name);
	return rc;
}

struct typeset_run *typeset_run_start(const char *path, int patience_ms, struct err *e)
{
	struct typeset_run *run;
	int ours[3], its[3], rc = errno;
	pid_t pid = -1;

	rc = make_ways(ours, its) != 0 ? errno : spawn(path, its, &pid);
	for (int i = 0; i < 3; i++)
		shut(&its[i]);
	if (rc != 0) {
		for (int i = 0; i < 3; i++)
			shut(&ours[i]);
		errno = rc;
		err_sys(e, ERR_REFUSED, _("%s cannot be started"), path);
		return NULL;
	}
	run = mem_zero(1, sizeof *run);
	*run = (struct typeset_run){ .pid = pid, .to = ours[0], .from = ours[1], .words = ours[2], .patience_ms = patience_ms, .file = BUF_INIT, .said = BUF_INIT };
	return run;
}

/* --- to and fro --- */

static bool retry(void)
{
	return errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK;
}

/* Takes what is there. */
static void take_file(struct typeset_run *run)
{
	ssize_t n;

	buf_reserve(&run->file, 65536);
	n = read(run->from, run->file.data + run->file.len, 65536);
	if (n > 0)
		buf_grown(&run->file, (size_t)n);
	else if (n == 0 || !retry())
		shut(&run->from);
	if (run->file.len > TYPESET_FILE_MAX)
		run->trouble = TOO_LARGE;
}

static void take_words(struct typeset_run *run)
{
	char some[1024];
	ssize_t n = read(run->words, some, sizeof some);

	if (n > 0 && run->said.len < WORDS_MAX)
		buf_add(&run->said, some, (size_t)n);
	else if (n == 0 || (n < 0 && !retry()))
		shut(&run->words);
}

/* Sends some; a program that takes no more gets no more. Returns the bytes sent. */
static size_t give(struct typeset_run *run, const char *data, size_t len)
{
	ssize_t n = send(run->to, data, len, MSG_NOSIGNAL);

	if (n >= 0)
		return (size_t)n;
	if (!retry())
		shut(&run->to);
	return 0;
}

/* One round: waits until something moves. -1: nothing did for too long, or too much came. */
static int move(struct typeset_run *run, const char **data, size_t *len)
{
	struct pollfd ways[3] = { { run->from, POLLIN, 0 }, { run->words, POLLIN, 0 }, { *len > 0 ? run->to : -1, POLLOUT, 0 } };
	int64_t until = clock_monotonic_ms() + run->patience_ms, left;
	int n;

	while ((n = poll(ways, 3, (left = until - clock_monotonic_ms()) > 0 ? (int)left : 0)) < 0 && errno == EINTR)
		;
	if (n <= 0) {
		run->trouble = STUCK;
		return -1;
	}
	if (ways[0].revents != 0)
		take_file(run);
	if (ways[1].revents != 0)
		take_words(run);
	if (ways[2].revents != 0) {
		size_t sent = give(run, *data, *len);

		*data += sent;
		*len -= sent;
	}
	return run->trouble == FINE ? 0 : -1;
}

int typeset_run_send(struct typeset_run *run, const char *data, size_t len)
{
	while (len > 0 && run->to >= 0)
		if (move(run, &data, &len) != 0)
			break;
	return len == 0 ? 0 : -1;
}

/* --- the end --- */

/* Its status; one that does not end by itself is ended. */
static int await(struct typeset_run *run)
{
	const struct timespec moment = { 0, 5000000 };
	int64_t until = clock_monotonic_ms() + run->patience_ms;
	int status = 0;
	pid_t got;

	while ((got = waitpid(run->pid, &status, WNOHANG)) == 0 || (got < 0 && errno == EINTR)) {
		if (run->trouble == FINE && clock_monotonic_ms() > until)
			run->trouble = STUCK;
		if (run->trouble != FINE)
			kill(run->pid, SIGKILL);
		nanosleep(&moment, NULL);
	}
	return got == run->pid ? status : -1;
}

/* Its first line, without its name before it. */
static const char *first_words(struct buf *said)
{
	const char *text = said->data;

	buf_cut(said, strcspn(said->data, "\n"));
	if (strncmp(text, PROGRAM ": ", sizeof PROGRAM + 1) == 0)
		text += sizeof PROGRAM + 1;
	return text;
}

static int judge(struct typeset_run *run, int status, struct err *e)
{
	const char *words = first_words(&run->said);

	if (run->trouble == STUCK)
		return err_set(e, ERR_REFUSED, _("livenet-document did not move for %d seconds and was ended"), (run->patience_ms + 999) / 1000);
	if (run->trouble == TOO_LARGE)
		return err_set(e, ERR_REFUSED, _("livenet-document gave more than %d MiB and was ended"), (int)(TYPESET_FILE_MAX >> 20));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && run->file.len > 0)
		return 0;
	if (*words != '\0')
		return err_set(e, ERR_REFUSED, "%s", words);
	if (WIFSIGNALED(status))
		return err_set(e, ERR_REFUSED, _("livenet-document was ended by signal %d"), WTERMSIG(status));
	return err_set(e, ERR_REFUSED, _("livenet-document made no file and did not say why (status %d)"), WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void release(struct typeset_run *run)
{
	shut(&run->to);
	shut(&run->from);
	shut(&run->words);
	buf_release(&run->file);
	buf_release(&run->said);
	free(run);
}

int typeset_run_finish(struct typeset_run *run, struct buf *out, struct err *e)
{
	const char *nothing = NULL;
	size_t none = 0;
	int rc;

	shut(&run->to);
	while (run->trouble == FINE && (run->from >= 0 || run->words >= 0))
		if (move(run, &nothing, &none) != 0)
			break;
	rc = judge(run, await(run), e);
	if (rc == 0)
		buf_add(out, run->file.data, run->file.len);
	release(run);
	return rc;
}

void typeset_run_abandon(struct typeset_run *run)
{
	if (run == NULL)
		return;
	kill(run->pid, SIGKILL);
	while (waitpid(run->pid, NULL, 0) < 0 && errno == EINTR)
		;
	release(run);
}
