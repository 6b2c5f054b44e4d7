/* One exchange of a device with its hub, step by step: first what came is read, then what is unsent is carried there. */
#include "sync/sync.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "sync/again.h"
#include "sync/fold_round.h"
#include "sync/hold.h"
#include "sync/hub.h"
#include "sync/outbox.h"
#include "sync/sync_job.h"
#include "sync/tidy.h"
#include "sync/transport_ssh.h"
#include "sync/twin.h"
#include "sync/upload.h"

#define ROUNDS_MAX 3		/* over one line: what was given anew, or refused and written anew, goes at once; but not for ever */

/* --- what the receipts brought --- */

/* What the hub accepted and refused so far: the difference over a run is what its receipts brought. What waits is not refused; agreed to, it was not before. */
static int receipted(struct store *s, struct sync_receipted *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT coalesce(sum(accepted), 0), coalesce(sum(refused), 0),"
	    " (SELECT count(*) FROM not_accepted WHERE reason = '" HOLD_WAITS "') FROM outbox", e);

	if (st == NULL || store_step(s, st, e) != 1)
		return -1;
	out->accepted = sqlite3_column_int64(st, 0);
	out->waiting = sqlite3_column_int64(st, 2);
	out->refused = sqlite3_column_int64(st, 1) - out->waiting;
	sqlite3_reset(st);
	return 0;
}

static int64_t gained(int64_t before, int64_t after)
{
	return after > before ? after - before : 0;
}

static int tell_receipted(struct sync_job *j, struct err *e)
{
	struct sync_receipted after;

	if (receipted(j->s, &after, e) != 0)
		return -1;
	j->report->accepted = gained(j->before.accepted, after.accepted);
	j->report->refused = gained(j->before.refused, after.refused);
	j->report->waiting = gained(j->before.waiting, after.waiting);
	return 0;
}

/* --- the phases --- */

static int remember(struct sync_job *j, struct err *e)
{
	char now[24], whole[PATH_MAX];
	const char *via = j->via;

	if (*via == '\0')
		return 0;
	if (j->way == &sync_dir && realpath(via, whole) != NULL)	/* the next time may begin in another folder */
		via = whole;
	snprintf(now, sizeof now, "%lld", (long long)clock_wall_ms());
	if (j->request && !twin_is(j->s))	/* nothing was exchanged yet */
		return store_set_setting(j->s, "last_via", via, e);
	return store_set_setting(j->s, "last_sync", now, e) != 0 || store_set_setting(j->s, "last_via", via, e) != 0 ? -1 : 0;
}

static enum sync_state go(struct sync_job *j, enum sync_phase phase)
{
	j->phase = phase;
	return SYNC_MORE;
}

static enum sync_state list(struct sync_job *j, struct err *e)
{
	char *folder = j->way->arrived(j, e);
	int result = -1;

	j->report->stage = SYNC_READING;
	transport_list_free(&j->files);
	j->next = 0;
	if (folder != NULL)
		result = transport_list(folder, &j->files, e);
	free(folder);
	if (!j->way->answers)
		j->report->bytes_in_total += j->files.bytes;
	return result == 0 ? go(j, PHASE_READ) : SYNC_FAILED;
}

static int64_t size_of(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : 0;
}

static enum sync_state read_one(struct sync_job *j, struct err *e)
{
	const char *path;
	int64_t size;
	bool taken;

	if (j->report->anew || j->next == j->files.count)
		return go(j, PHASE_TURN);
	path = j->files.paths[j->next++];
	size = size_of(path);
	if (sync_take(j, path, &taken, e) != 0)
		return SYNC_FAILED;
	if (!j->way->answers)
		j->report->bytes_in += size;
	return go(j, taken ? PHASE_PARKED : PHASE_READ);
}

static enum sync_state read_parked(struct sync_job *j, struct err *e)
{
	int more = sync_take_parked(j, e);

	return more < 0 ? SYNC_FAILED : more == 1 && !j->report->anew ? SYNC_MORE : go(j, PHASE_READ);
}

/* The request to join travels. Over a line the welcome may come back at once: then the exchange begins. */
static enum sync_state ask(struct sync_job *j, struct err *e)
{
	enum sync_state state = j->way->request(j, e);

	if (state != SYNC_DONE)
		return state;
	if (peer_hub(j->s, &j->hub, e) != 1)
		return SYNC_FAILED;
	if (peer_in_state(&j->hub, "active")) {
		j->request = false;
		j->report->anew = false;
		return go(j, PHASE_LIST);
	}
	return remember(j, e) == 0 ? SYNC_DONE : SYNC_FAILED;
}

/* This store is an older copy, or one of two: what came was not applied, and it asks to join anew. */
static enum sync_state turn_away(struct sync_job *j, struct err *e)
{
	if (twin_begin(j->s, e) != 0 || peer_hub(j->s, &j->hub, e) != 1)
		return SYNC_FAILED;
	j->request = true;
	return SYNC_MORE;
}

/* Everything that came was read: what it changes for what is to be sent. */
static enum sync_state turn(struct sync_job *j, struct err *e)
{
	int64_t given = 0;
	int waits;

	if (j->report->anew)
		return turn_away(j, e);
	/* What was set aside, once the feed was read from its start. */
	if (peer_hub(j->s, &j->hub, e) != 1 || twin_finish(j->s, &j->hub, &given, e) != 0)
		return SYNC_FAILED;
	j->report->operations_again += given;
	if (tell_receipted(j, e) != 0 || peer_hub(j->s, &j->hub, e) != 1 || again_give(j->s, &j->hub, &j->report->operations_again, e) != 0 ||
	    (waits = again_waits(j->s, e)) < 0)
		return SYNC_FAILED;
	j->report->clock = waits == 1;
	j->made = false;
	return go(j, PHASE_MAKE);
}

static enum sync_state make(struct sync_job *j, struct err *e)
{
	struct sync_report *r = j->report;
	int64_t operations, bytes;
	int bundles, made;

	r->stage = SYNC_MAKING;
	made = upload_next(j->s, &j->hub, &operations, e);
	if (made == 1) {
		r->operations_sent += operations;
		r->operations_seen += operations;
		j->made = true;
		return SYNC_MORE;
	}
	if (made < 0)
		return SYNC_FAILED;
	if (j->rounds > 0 && (!j->made || j->rounds >= ROUNDS_MAX))
		return go(j, PHASE_END);
	if (outbox_total(j->s, &j->hub, &bundles, &bytes, e) != 0)
		return SYNC_FAILED;
	r->bytes_out_total = r->bytes_out + bytes;
	j->known = true;
	return go(j, PHASE_CARRY);
}

static enum sync_state carry(struct sync_job *j, struct err *e)
{
	enum sync_state state = j->way->carry(j, e);

	if (state != SYNC_DONE)
		return state;
	j->rounds++;
	return go(j, j->way->answers ? PHASE_LIST : PHASE_END);
}

static enum sync_state end(struct sync_job *j, struct err *e)
{
	j->report->stage = SYNC_ENDING;
	return tidy(j->s, e) == 0 && remember(j, e) == 0 && fold_round(j->s, NULL, e) == 0 ? SYNC_DONE : SYNC_FAILED;
}

static enum sync_state step(struct sync_job *j, struct err *e)
{
	switch (j->phase) {
	case PHASE_LIST:
		return list(j, e);
	case PHASE_READ:
		return read_one(j, e);
	case PHASE_PARKED:
		return read_parked(j, e);
	case PHASE_TURN:
		return turn(j, e);
	case PHASE_MAKE:
		return make(j, e);
	case PHASE_CARRY:
		return carry(j, e);
	case PHASE_END:
		return end(j, e);
	}
	return SYNC_FAILED;
}

/* --- from outside --- */

static int find_hub(struct sync_job *j, struct err *e)
{
	int found = hub_is(j->s) ? 0 : peer_hub(j->s, &j->hub, e);

	if (found < 0)
		return -1;
	if (found == 0)
		return err_set(e, ERR_REFUSED, _("this store has not joined a hub: begin with join"));
	/* Over a line the request goes by itself. */
	if (!peer_in_state(&j->hub, "active") && !twin_is(j->s) && !j->way->answers)
		return err_set(e, ERR_REFUSED,
		    _("the hub has not welcomed this store yet: read its welcome first"));
	j->request = !peer_in_state(&j->hub, "active");
	return 0;
}

static int open_job(struct sync_job *j, struct store *s, const char *via, struct sync_report *report, struct sync_job **job, struct err *e)
{
	*job = NULL;
	memset(report, 0, sizeof *report);
	j->s = s;
	j->report = report;
	j->via = mem_dup(via);
	j->way = j->socket >= 0 || ssh_is_address(via) ? &sync_ssh : &sync_dir;
	if (find_hub(j, e) != 0 || j->way->open(j, e) != 0 || receipted(s, &j->before, e) != 0) {
		sync_close(j);
		return -1;
	}
	*job = j;
	return 0;
}

static struct sync_job *new_job(bool quiet, int socket)
{
	struct sync_job *j = mem_zero(1, sizeof *j);

	j->quiet = quiet;
	j->socket = socket;
	return j;
}

int sync_open(struct store *s, const char *via, struct sync_report *report, struct sync_job **job, struct err *e)
{
	return open_job(new_job(true, -1), s, via, report, job, e);
}

int sync_open_socket(struct store *s, int fd, struct sync_report *report, struct sync_job **job, struct err *e)
{
	return open_job(new_job(true, fd), s, "", report, job, e);
}

void sync_close(struct sync_job *j)
{
	if (j == NULL)
		return;
	j->way->close(j);
	transport_list_free(&j->files);
	free(j->via);
	free(j);
}

/* Reading comes back to pages, making and sending read once and in order; and what SQLite changed beyond the bound goes to the log. */
static enum sync_state bounded_step(struct sync_job *j, bool alone, struct err *e)
{
	enum sync_phase before = j->phase;
	enum sync_state state;

	if (j->request) {
		j->report->anew = twin_is(j->s);
		return ask(j, e);
	}
	if (alone)
		store_bound_cache(j->s, before < PHASE_TURN ? CACHE_READING : CACHE_WRITING);
	state = step(j, e);
	if (alone)
		store_shrink_cache(j->s);
	else if (j->phase != before && (j->phase == PHASE_MAKE || j->phase == PHASE_LIST))
		store_bound_cache(j->s, j->phase == PHASE_MAKE ? CACHE_WRITING : CACHE_READING);
	return state;
}

enum sync_state sync_step(struct sync_job *j, struct err *e)
{
	return bounded_step(j, true, e);
}

int64_t sync_cost(const struct sync_job *j)
{
	return j->known ? j->report->bytes_out_total : -1;
}

int sync_waits(const struct sync_job *j, struct pollfd *fds, int *timeout_ms)
{
	*timeout_ms = 0;
	return j->way->waits != NULL ? j->way->waits(j, fds, timeout_ms) : 0;
}

static void await(const struct sync_job *j)
{
	struct pollfd fds[SYNC_FDS];
	int timeout, count = sync_waits(j, fds, &timeout);

	(void)poll(fds, (nfds_t)count, timeout);	/* a signal ends it as well, and the next step looks */
}

int sync_run_telling(struct store *s, const char *via, struct sync_report *report, sync_tell_fn tell, void *context, struct err *e)
{
	struct sync_job *j;
	enum sync_state state;

	if (open_job(new_job(false, -1), s, via, report, &j, e) != 0)
		return -1;
	store_bound_cache(s, CACHE_READING);
	while ((state = bounded_step(j, false, e)) == SYNC_MORE || state == SYNC_WAITS) {
		if (tell != NULL)
			tell(context, report);
		if (state == SYNC_WAITS)
			await(j);
	}
	store_shrink_cache(s);
	sync_close(j);
	return state == SYNC_DONE ? 0 : -1;
}

int sync_run(struct store *s, const char *via, struct sync_report *report, struct err *e)
{
	return sync_run_telling(s, via, report, NULL, NULL, e);
}
