#include "seal/holder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

struct holder {
	int fd;
	char *path;
};

static char *holder_path(const char *store)
{
	size_t size = strlen(store) + sizeof "-holder";
	char *path = mem_alloc(size);

	snprintf(path, size, "%s-holder", store);
	return path;
}

/* Whether the name still leads to what is open. */
static bool still_there(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static void write_name(int fd)
{
	char program[32] = "?", text[160], *terminal = NULL;
	int len;

	prctl(PR_GET_NAME, program);
	for (int i = 0; i < 3 && terminal == NULL; i++)
		terminal = ttyname(i);
	len = snprintf(text, sizeof text, "%.31s\n%ld\n%.63s\n%lld\n", program, (long)getpid(), terminal != NULL ? terminal : "",
	    (long long)clock_wall_ms());
	/* A courtesy: when it cannot be written, the lock still holds and nobody is named. */
	if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)len, 0) < 0)
		return;
}

/* One line without its end; only what a person may see safely. */
static bool take_line(const char **p, char *out, size_t size)
{
	size_t len = strcspn(*p, "\n");

	if ((*p)[len] != '\n' || len >= size || text_check(*p, len, false, NULL) != 0)
		return false;
	memcpy(out, *p, len);
	out[len] = '\0';
	*p += len + 1;
	return true;
}

/* Who has just taken the lock writes its name in the next moment: an empty file is worth a short wait. */
static ssize_t read_text(int fd, char *text, size_t size)
{
	const struct timespec moment = { 0, 2000000 };
	ssize_t n = pread(fd, text, size, 0);

	for (int i = 0; n == 0 && i < 100; i++) {
		nanosleep(&moment, NULL);
		n = pread(fd, text, size, 0);
	}
	return n;
}

static bool read_name(int fd, struct holder_name *who)
{
	char text[256], number[24];
	const char *p = text;
	ssize_t n = read_text(fd, text, sizeof text - 1);

	if (n <= 0)
		return false;
	text[n] = '\0';
	if (!take_line(&p, who->program, sizeof who->program) || !take_line(&p, number, sizeof number))
		return false;
	who->pid = strtol(number, NULL, 10);
	if (!take_line(&p, who->terminal, sizeof who->terminal) || !take_line(&p, number, sizeof number))
		return false;
	who->since_ms = strtoll(number, NULL, 10);
	return who->pid > 0 && who->since_ms > 0 && who->since_ms < INT64_C(253402300800000);
}

static int used_by(const char *store, const struct holder_name *who, struct err *e)
{
	char since[32];

	date_local(who->since_ms, since);
	/* TRANSLATORS: file, program, process number, terminal or "no terminal", date and time */
	return err_set(e, ERR_IN_USE, _("%s is in use: %s, process %ld, %s, since %s"), store, who->program, who->pid,
	    who->terminal[0] != '\0' ? who->terminal : _("no terminal"), since);
}

static int in_use(const char *store, int fd, struct err *e)
{
	struct holder_name who;

	if (!read_name(fd, &who))
		return err_set(e, ERR_IN_USE, _("%s is in use by another program"), store);
	return used_by(store, &who, e);
}

/* What a crash left behind is removed rather than written over: nobody must read its text while the lock is ours, and signal a process
 * that has long been another. Then, and when the holder before removed the file between our open and our lock, a new one is to be made. */
static bool is_fresh(const struct holder *h)
{
	struct stat st;

	if (!still_there(h->fd, h->path))
		return false;
	if (fstat(h->fd, &st) == 0 && st.st_size > 0)
		return unlink(h->path) != 0;
	return true;
}

/* 0 taken; 1 try again; -1. */
static int try_take(const char *store, struct holder *h, struct err *e)
{
	bool asked;

	h->fd = open(h->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
	if (h->fd < 0)
		return err_sys(e, ERR_REFUSED, _("%s cannot be made, and a store is not opened without it"), h->path);
	if (flock(h->fd, LOCK_EX | LOCK_NB) != 0) {
		/* Somebody who only asks (holder_who) has it for a moment, and shares it. */
		asked = errno == EWOULDBLOCK && flock(h->fd, LOCK_SH | LOCK_NB) == 0;
		if (!asked && errno == EWOULDBLOCK)
			in_use(store, h->fd, e);
		else if (!asked)
			err_sys(e, ERR_REFUSED, _("%s cannot be locked"), h->path);
		close(h->fd);
		return asked ? 1 : -1;
	}
	if (is_fresh(h))
		return 0;
	close(h->fd);
	return 1;
}

int holder_take(const char *path, struct holder **out, struct err *e)
{
	struct holder *h = mem_zero(1, sizeof *h);
	int rc;

	*out = NULL;
	h->path = holder_path(path);
	do
		rc = try_take(path, h, e);
	while (rc > 0);
	if (rc < 0) {
		free(h->path);
		free(h);
		return -1;
	}
	(void)fchmod(h->fd, 0600);
	write_name(h->fd);
	*out = h;
	return 0;
}

void holder_release(struct holder *h)
{
	if (h == NULL)
		return;
	unlink(h->path);		/* while the lock is held: who opened it meanwhile sees that it is gone, and tries again */
	close(h->fd);
	free(h->path);
	free(h);
}

int holder_who(const char *path, struct holder_name *who)
{
	char *name = holder_path(path);
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK), result = -1;

	free(name);
	memset(who, 0, sizeof *who);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (flock(fd, LOCK_SH | LOCK_NB) == 0)
		result = 0;
	else if (errno == EWOULDBLOCK && read_name(fd, who))
		result = 1;
	close(fd);
	return result;
}

int holder_check(const char *path, struct err *e)
{
	struct holder_name who;

	return holder_who(path, &who) == 1 ? used_by(path, &who, e) : 0;
}
