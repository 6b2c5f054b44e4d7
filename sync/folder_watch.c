#include "sync/folder_watch.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"

#define THERE_MS 3000		/* so often it is looked whether the folder is there, and the same one */
#define QUIET_MS 500		/* after a file that is complete */
#define WRITING_MS 10000	/* after one that is being written: then its writer has died, or made a link */
#define QUIET_MOST_MS 60000	/* a folder in which something always moves is looked at all the same */

#define EVENTS (IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MODIFY | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW)

struct folder_watch {
	char *folder, *hub;
	int signals, inotify;		/* inotify: -1 when the system gives none */
	bool there;			/* the folder was there when the watches were set, */
	dev_t device;			/* and this one */
	ino_t inode;
	bool ended;
};

/* What woke us. */
enum woken { WOKEN_TIME, WOKEN_COMPLETE, WOKEN_WRITING, WOKEN_END };

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct folder_watch *folder_watch_new(const char *folder, struct err *e)
{
	struct folder_watch *w = mem_zero(1, sizeof *w);
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	w->folder = mem_dup(folder);
	w->inotify = -1;
	w->signals = sigprocmask(SIG_BLOCK, &set, NULL) == 0 ? signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK) : -1;
	if (w->signals >= 0)
		return w;
	err_sys(e, ERR_REFUSED, "%s", _("the program cannot be told to end"));
	folder_watch_free(w);
	return NULL;
}

void folder_watch_free(struct folder_watch *w)
{
	if (w == NULL)
		return;
	if (w->signals >= 0)
		close(w->signals);
	if (w->inotify >= 0)
		close(w->inotify);
	free(w->folder);
	free(w->hub);
	free(w);
}

/* --- the watches --- */

static bool look(const struct folder_watch *w, struct stat *st)
{
	return stat(w->folder, st) == 0 && S_ISDIR(st->st_mode);
}

/* What is not there yet is made within something that is watched. */
static int watch_one(struct folder_watch *w, const char *path, struct err *e)
{
	if (inotify_add_watch(w->inotify, path, EVENTS) >= 0 || errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP)
		return 0;
	return err_sys(e, ERR_REFUSED, "%s", path);
}

static int watch_inboxes(struct folder_watch *w, const char *inbox, struct err *e)
{
	char **names;
	size_t count;
	int result = 0;

	if (!fs_is_dir(inbox) || fs_list(inbox, &names, &count, NULL) != 0)
		return 0;
	for (size_t i = 0; i < count && result == 0; i++) {
		char *path = fs_join(inbox, names[i]);

		result = watch_one(w, path, e);
		free(path);
	}
	fs_list_free(names, count);
	return result;
}

static int watch_all(struct folder_watch *w, struct err *e)
{
	char *own = fs_join(w->folder, w->hub), *inbox = fs_join(own, "inbox");
	/* A folder that a person named may be a link. */
	int result = inotify_add_watch(w->inotify, w->folder, EVENTS & ~IN_DONT_FOLLOW) < 0 ? err_sys(e, ERR_REFUSED, "%s", w->folder) : 0;

	if (result == 0)
		result = watch_one(w, own, e);
	if (result == 0)
		result = watch_one(w, inbox, e);
	if (result == 0)
		result = watch_inboxes(w, inbox, e);
	free(own);
	free(inbox);
	return result;
}

/* All anew each time: what a watch was set on may have gone, or lie under something that was mounted since. */
bool folder_watch_arm(struct folder_watch *w, const char *hub, struct err *e)
{
	struct stat st;

	if (w->hub == NULL)
		w->hub = mem_dup(hub);
	if (w->inotify >= 0)
		close(w->inotify);
	w->inotify = -1;
	w->there = look(w, &st);
	if (!w->there)
		return true;
	w->device = st.st_dev;
	w->inode = st.st_ino;
	w->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->inotify < 0) {
		err_sys(e, ERR_REFUSED, "%s", w->folder);
		return false;
	}
	if (watch_all(w, e) == 0)
		return true;
	if (look(w, &st))
		return false;		/* what could be watched stays so */
	w->there = false;
	err_clear(e);
	return true;
}

/* --- waiting --- */

/* Another folder than before, or one where there was none. One that went away tells by this when it comes back. */
static bool is_another(struct folder_watch *w)
{
	struct stat st;
	bool there = look(w, &st);
	bool another = there && (!w->there || st.st_dev != w->device || st.st_ino != w->inode);

	w->there = there;
	if (there) {
		w->device = st.st_dev;
		w->inode = st.st_ino;
	}
	return another;
}

static enum woken read_events(struct folder_watch *w)
{
	char data[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
	enum woken woken = WOKEN_TIME;
	ssize_t n;

	while ((n = read(w->inotify, data, sizeof data)) > 0) {
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *event = (const struct inotify_event *)(const void *)(data + at);
			bool file = (event->mask & IN_ISDIR) == 0 && event->len > 0;

			at += (ssize_t)(sizeof *event + event->len);
			if (event->len > 0 && event->name[0] == '.')
				continue;		/* not complete, and not looked at (fs_list) */
			woken = file && (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) == 0 ? WOKEN_WRITING : WOKEN_COMPLETE;
		}
	}
	return woken;
}

static enum woken wait_once(struct folder_watch *w, int ms)
{
	struct pollfd fds[2] = { { .fd = w->signals, .events = POLLIN }, { .fd = w->inotify, .events = POLLIN } };
	int n = poll(fds, 2, ms);

	if (n > 0 && (fds[0].revents & POLLIN) != 0) {
		w->ended = true;
		return WOKEN_END;
	}
	return n > 0 && (fds[1].revents & POLLIN) != 0 ? read_events(w) : WOKEN_TIME;
}

/* Something came; it may be the first of many, or not complete. */
static void settle(struct folder_watch *w, enum woken woken)
{
	int64_t most = now_ms() + QUIET_MOST_MS;

	while (woken == WOKEN_COMPLETE || woken == WOKEN_WRITING) {
		int64_t until = now_ms() + (woken == WOKEN_WRITING ? WRITING_MS : QUIET_MS), now;

		woken = WOKEN_TIME;
		while ((now = now_ms()) < until && now < most && woken == WOKEN_TIME)
			woken = wait_once(w, (int)(until - now));
		if (now >= most)
			return;
	}
}

bool folder_watch_wait(struct folder_watch *w, int seconds)
{
	int64_t until = now_ms() + (int64_t)seconds * 1000, now;

	while (!w->ended && (now = now_ms()) < until) {
		enum woken woken = wait_once(w, (int)(until - now < THERE_MS ? until - now : THERE_MS));

		if (woken == WOKEN_TIME && is_another(w))
			woken = WOKEN_COMPLETE;
		if (woken == WOKEN_COMPLETE || woken == WOKEN_WRITING) {
			settle(w, woken);
			break;
		}
	}
	return !w->ended;
}

bool folder_watch_pause(struct folder_watch *w, int ms)
{
	struct pollfd fd = { .fd = w->signals, .events = POLLIN };

	if (!w->ended && poll(&fd, 1, ms) > 0)
		w->ended = true;
	return !w->ended;
}
