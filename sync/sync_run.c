/* One exchange of a device with its hub through a folder: first what came is read, then what is unsent is
 * written. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/journal.h"
#include "sync/again.h"
#include "sync/fold_round.h"
#include "sync/hold.h"
#include "sync/hub.h"
#include "sync/intake.h"
#include "sync/outbox.h"
#include "sync/sync.h"
#include "sync/tidy.h"
#include "sync/transport_dir.h"
#include "sync/twin.h"
#include "sync/upload.h"

struct exchange {
	struct store *s;
	struct transport t;
	struct sync_report *report;
	const char *box;		/* our folder in the inbox */
	struct peer peer;		/* the hub, while we write */
};

static void note_problem(struct sync_report *r, const char *path, const char *problem)
{
	const char *name = strrchr(path, '/');
	struct buf text = BUF_INIT;

	name = name != NULL ? name + 1 : path;
	text_escape(name, strlen(name), &text);
	buf_adds(&text, ": ");
	text_escape(problem, strlen(problem), &text);
	snprintf(r->problem, sizeof r->problem, "%s", text.data);
	buf_release(&text);
}

/* Counts what became of a file; true when the folder need not keep it. */
static bool count(struct sync_report *r, const struct intake *in, const char *path)
{
	switch (in->outcome) {
	case INTAKE_TAKEN:
		r->bundles_read++;
		r->operations_received += in->accepted;
		r->missing = 0;
		return true;
	case INTAKE_KNOWN:
		return false;		/* the hub removes it once it is confirmed; until then a second copy of this store, if there is one, can learn from it (twin.h) */
	case INTAKE_PARKED:
		r->bundles_parked++;
		r->missing = (int)in->missing;
		return true;
	case INTAKE_FULL:
		r->missing = (int)in->missing;
		return false;
	case INTAKE_REFUSED:
		r->bundles_refused++;
		note_problem(r, path, in->problem);
		return !in->stays;
	case INTAKE_UNREAD:
		r->bundles_unread++;
		note_problem(r, path, in->problem);
		return false;
	case INTAKE_STALE:
		r->anew = true;
		return false;
	case INTAKE_REQUEST:
		note_problem(r, path, in->problem);
		return false;
	}
	return false;
}

static int read_parked(struct exchange *x, const char *path, struct err *e)
{
	struct intake in = { .seen = &x->report->operations_seen };
	int more;

	while ((more = intake_parked(x->s, x->t.hub, &in, e)) == 1)
		count(x->report, &in, path);
	return more;
}

static int read_file(void *context, const char *path, struct err *e)
{
	struct exchange *x = context;
	struct intake in = { .seen = &x->report->operations_seen };

	if (x->report->anew)
		return 0;
	if (intake_file(x->s, path, &in, e) != 0)
		return -1;
	if (count(x->report, &in, path))
		unlink(path);
	return in.outcome == INTAKE_TAKEN ? read_parked(x, path, e) : 0;
}

static int read_all(struct exchange *x, struct err *e)
{
	char *path = transport_path(&x->t, "outbox", store_identity(x->s)->pub.id, e);
	int result = path != NULL ? transport_each(path, read_file, x, e) : -1;

	free(path);
	return result;
}

/* Our own bundles that have their receipt need not lie there any more. */
static int remove_receipted(void *context, const char *path, struct err *e)
{
	struct exchange *x = context;
	struct metadata m;
	int done = intake_claims(path, &m) ? outbox_is_done(x->s, &x->peer, &m, e) : 0;

	if (done == 1)
		unlink(path);
	return done < 0 ? -1 : 0;
}

static int put(void *context, int64_t seq, const void *file, size_t len, struct err *e)
{
	struct exchange *x = context;
	bool written;

	if (transport_put(&x->t, x->box, seq, file, len, &written, e) != 0)
		return -1;
	x->report->bundles_written += written;
	return 0;
}

static int write_all(struct exchange *x, struct err *e)
{
	struct peer *hub = &x->peer;
	int64_t operations;
	int made, waits, result = -1;
	char *box;

	if (peer_hub(x->s, hub, e) != 1 || again_give(x->s, hub, &x->report->operations_again, e) != 0 || (waits = again_waits(x->s, e)) < 0)
		return -1;
	x->report->clock = waits == 1;
	while ((made = upload_next(x->s, hub, &operations, e)) == 1) {
		x->report->operations_sent += operations;
		x->report->operations_seen += operations;
	}
	if (made < 0)
		return -1;
	box = transport_make(&x->t, "inbox", store_identity(x->s)->pub.id, e);
	x->box = box;
	if (box != NULL)
		transport_tidy(box);
	if (box != NULL && transport_each(box, remove_receipted, x, e) == 0)
		result = outbox_each(x->s, hub, put, x, e);
	free(box);
	return result;
}

struct receipted { int64_t accepted, refused, waiting; };

/* What the hub accepted and refused so far: the difference over a run is what its receipts brought. What waits is not refused; agreed to, it was not before. */
static int receipted(struct store *s, struct receipted *out, struct err *e)
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

static int remember(struct store *s, const char *via, struct err *e)
{
	char now[24], whole[PATH_MAX];		/* the next time may begin in another folder */

	if (realpath(via, whole) != NULL)
		via = whole;
	snprintf(now, sizeof now, "%lld", (long long)clock_wall_ms());
	return store_set_setting(s, "last_sync", now, e) != 0 || store_set_setting(s, "last_via", via,
	    e) != 0 ? -1 : 0;
}

/* What was set aside, once the feed was read from its start. */
static int finish_anew(struct exchange *x, struct err *e)
{
	int64_t given;

	if (peer_hub(x->s, &x->peer, e) != 1 || twin_finish(x->s, &x->peer, &given, e) != 0)
		return -1;
	x->report->operations_again += given;
	return 0;
}

/* The request lies in the folder, where the hub looks for it. */
static int ask_anew(struct exchange *x, struct err *e)
{
	struct buf request = BUF_INIT, name = BUF_INIT;
	char *path;
	int result;

	buf_addf(&name, "%s.join", store_identity(x->s)->pub.tag);
	path = fs_join(x->t.folder, name.data);
	result = sync_join_anew(x->s, &request, e);
	if (result == 0)
		result = fs_write(path, request.data, request.len, 0644, e);
	free(path);
	buf_release(&name);
	buf_release(&request);
	x->report->anew = true;
	return result;
}

static int exchange(struct exchange *x, const char *via, struct err *e)
{
	struct sync_report *r = x->report;
	struct receipted before, after;

	if (receipted(x->s, &before, e) != 0 || read_all(x, e) != 0)
		return -1;
	if (r->anew)
		return twin_begin(x->s, e) != 0 || ask_anew(x, e) != 0 ? -1 : remember(x->s, via, e);
	if (finish_anew(x, e) != 0 || receipted(x->s, &after, e) != 0)
		return -1;
	store_bound_cache(x->s, CACHE_WRITING);
	if (write_all(x, e) != 0 || tidy(x->s, e) != 0)
		return -1;
	r->accepted = gained(before.accepted, after.accepted);
	r->refused = gained(before.refused, after.refused);
	r->waiting = gained(before.waiting, after.waiting);
	return remember(x->s, via, e) != 0 ? -1 : fold_round(x->s, NULL, e);
}

int sync_run(struct store *s, const char *via, struct sync_report *report, struct err *e)
{
	struct exchange x = { .s = s, .report = report };
	struct peer hub;
	int found = hub_is(s) ? 0 : peer_hub(s, &hub, e);

	memset(report, 0, sizeof *report);
	if (found < 0)
		return -1;
	if (found == 0)
		return err_set(e, ERR_REFUSED, _("this store has not joined a hub: begin with join"));
	if (!peer_in_state(&hub, "active") && !twin_is(s))
		return err_set(e, ERR_REFUSED,
		    _("the hub has not welcomed this store yet: read its welcome first"));
	if (transport_open(&x.t, via, hub.pub.id, e) != 0)
		return -1;
	if (!peer_in_state(&hub, "active"))
		return ask_anew(&x, e);
	store_bound_cache(s, CACHE_READING);
	found = exchange(&x, via, e);
	store_shrink_cache(s);
	return found;
}
