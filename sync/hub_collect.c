/* One round of the hub: takes what is in the inboxes, brings the feeds up to date, and leaves receipts and
 * feeds in the outboxes. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "sync/anew.h"
#include "sync/feed.h"
#include "sync/feed_bundle.h"
#include "sync/fold_round.h"
#include "sync/hub.h"
#include "sync/hold.h"
#include "sync/hub_numbers.h"
#include "sync/intake.h"
#include "sync/outbox.h"
#include "sync/peer.h"
#include "sync/request.h"
#include "sync/tidy.h"
#include "sync/transport_dir.h"

struct round {
	struct store *s;
	struct transport t;
	struct hub_collected *out;
	hub_note_fn note;
	void *context;
	char (*forked)[DEVICE_ID_SIZE];		/* devices of which bundles came that do not continue theirs */
	size_t forks;
	char last_sender[DEVICE_ID_SIZE];
	const char *box;			/* the outbox that is written to, */
	const struct peer *peer;		/* and whose it is */
	struct err unwritten;			/* why one could not be */
};

/* A line about one file, its name and what became of it; or about the folder as a whole. */
static void note(struct round *r, const char *path, const char *line)
{
	const char *name = path + strlen(r->t.folder);
	struct buf text = BUF_INIT;

	while (*name == '/')
		name++;
	text_escape(name, strlen(name), &text);
	if (text.len > 0)
		buf_adds(&text, ": ");
	text_escape(line, strlen(line), &text);
	if (r->note != NULL)
		r->note(r->context, text.data);
	buf_release(&text);
}

static void notef(struct round *r, const char *path, const char *fmt, ...) __attribute__((format(printf, 3,
    4)));

static void notef(struct round *r, const char *path, const char *fmt, ...)
{
	char line[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	note(r, path, line);
}

static void heard_from(struct round *r, const char *device)
{
	if (strcmp(r->last_sender, device) == 0)
		return;
	memcpy(r->last_sender, device, DEVICE_ID_SIZE);
	r->out->devices++;
}

static void note_fork(struct round *r, const char *device)
{
	r->forked = mem_resize(r->forked, r->forks + 1, sizeof *r->forked);
	memcpy(r->forked[r->forks++], device, DEVICE_ID_SIZE);
}

static void note_taken(struct round *r, const char *path, const struct intake *in)
{
	r->out->bundles_taken++;
	r->out->operations += in->accepted;
	r->out->operations_refused += in->refused;
	heard_from(r, in->meta.from);
	if (*in->asked != '\0')
		/* TRANSLATORS: after the number and sender of a bundle: deletions, so many that a coordinator is asked first; how many records by kind («Person: 30») */
		notef(r, path, _("bundle %lld of %s: deletions wait for a coordinator (%s)"), (long long)in->meta.seq, in->label, in->asked);
	else if (in->waiting > 0)
		notef(r, path, P_("bundle %lld of %s: %lld change rests on deletions that wait for a coordinator",
		    "bundle %lld of %s: %lld changes rest on deletions that wait for a coordinator", in->waiting), (long long)in->meta.seq, in->label,
		    (long long)in->waiting);
	if (in->refused > 0)
		notef(r, path, _("bundle %lld of %s: taken, %lld changes, %lld of them not accepted"),
		    (long long)in->meta.seq, in->label,
		    (long long)(in->accepted + in->refused), (long long)in->refused);
	else
		notef(r, path, _("bundle %lld of %s: taken, %lld changes"), (long long)in->meta.seq, in->label,
		    (long long)in->accepted);
}

/* Counts and tells what became of a file; true when the folder need not keep it. */
static bool tell(struct round *r, const char *path, const struct intake *in)
{
	switch (in->outcome) {
	case INTAKE_TAKEN:
		note_taken(r, path, in);
		return true;
	case INTAKE_KNOWN:
		r->out->bundles_known++;
		heard_from(r, in->meta.from);
		notef(r, path, _("bundle %lld of %s: known already"), (long long)in->meta.seq, in->label);
		return true;
	case INTAKE_PARKED:
	case INTAKE_FULL:
		r->out->bundles_parked++;
		heard_from(r, in->meta.from);
		notef(r, path, _("bundle %lld of %s waits: bundle %lld of device %s is missing"),
		    (long long)in->meta.seq, in->label,
		    (long long)in->missing, in->meta.from);
		return in->outcome == INTAKE_PARKED;
	case INTAKE_REFUSED:
		r->out->bundles_refused++;
		if (in->fork)
			note_fork(r, in->meta.from);
		notef(r, path, _("refused: %s"), in->problem);
		return !in->stays;
	case INTAKE_UNREAD:
		r->out->bundles_unread++;
		notef(r, path, _("left where it is: %s"), in->problem);
		return false;
	case INTAKE_STALE:
		return false;
	case INTAKE_REQUEST:
		note(r, path, _("a request to join; it waits for approval"));
		return true;
	}
	return false;
}

static int take_parked(struct round *r, const char *path, const char *from, struct err *e)
{
	struct intake in = { .seen = NULL };
	int more;

	while ((more = intake_parked(r->s, from, &in, e)) == 1)
		tell(r, path, &in);
	return more;
}

static int take_file(void *context, const char *path, struct err *e)
{
	struct round *r = context;
	struct intake in = { .seen = NULL };

	if (fs_is_dir(path)) {
		note(r, path, _("a folder, left where it is"));
		return 0;
	}
	if (intake_file(r->s, path, &in, e) != 0)
		return -1;
	if (tell(r, path, &in))
		unlink(path);
	return in.outcome == INTAKE_TAKEN ? take_parked(r, path, in.meta.from, e) : 0;
}

/* What lies in the inbox: a device's folder, or something that no program of ours put there. */
static int take_inbox(struct round *r, const char *path, struct err *e)
{
	if (transport_is_link(path))
		note(r, path, _("a symbolic link, left as it is"));
	else if (!fs_is_dir(path))
		note(r, path, _("in no device's folder, left where it is"));
	else if (access(path, R_OK | X_OK) != 0)
		note(r, path, _("a folder that cannot be read, left as it is"));
	else
		return transport_each(path, take_file, r, e);
	return 0;
}

static int take_inboxes(struct round *r, struct err *e)
{
	char *inbox = transport_make(&r->t, "inbox", NULL, e), **names;
	size_t count;
	int result;

	if (inbox == NULL)
		return -1;
	result = fs_list(inbox, &names, &count, e);
	if (result == 0) {
		for (size_t i = 0; i < count && result == 0; i++) {
			char *path = fs_join(inbox, names[i]);

			result = take_inbox(r, path, e);
			free(path);
		}
		fs_list_free(names, count);
	}
	free(inbox);
	return result;
}

/* Requests that lie in the folder itself, where a person put them; they are noted and left. */
static int note_request(void *context, const char *path, struct err *e)
{
	struct round *r = context;
	struct buf file = BUF_INIT;
	struct err why = ERR_INIT;
	struct metadata m;

	(void)e;
	if (intake_claims(path, &m) && m.kind == METADATA_JOIN && strcmp(m.to, r->t.hub) == 0 && fs_read(path,
	    REQUEST_MAX, true, &file, &why) == 0 &&
	    request_add(r->s, file.data, file.len, &why) != 0)
		notef(r, path, _("refused: %s"), why.text);
	buf_release(&file);
	return 0;
}

/* A cloned disk, or an older copy: the store that wrote first goes on, and the other one learns by the next bundle that it is not that one (twin.h). Both have the
 * same keys, so both read it. */
static int tell_forked(struct round *r, struct err *e)
{
	for (size_t i = 0; i < r->forks; i++) {
		struct peer p;
		int found = peer_find(r->s, r->forked[i], &p, e);

		if (found < 0)
			return -1;
		if (found == 0 || p.roster_told < p.roster)
			continue;
		p.roster_told = p.roster - 1;
		if (peer_save(r->s, &p, e) != 0)
			return -1;
		notef(r, r->t.folder, _("two copies of the store of device %s (%s) are in use, or an older copy of it was put back: the one that is behind gets new keys and asks to join anew"), p.pub.id, p.label);
	}
	return 0;
}

static int update_feeds(struct round *r, struct err *e)
{
	if (store_begin(r->s, e) != 0)
		return -1;
	if (hub_numbers_refill(r->s, e) != 0 || hold_carry_out(r->s, e) != 0 || feed_update(r->s, e) != 0) {
		store_rollback(r->s);
		return -1;
	}
	return store_commit(r->s, e);
}

static int put(void *context, int64_t seq, const void *file, size_t len, struct err *e)
{
	struct round *r = context;
	bool written;

	if (transport_put(&r->t, r->box, seq, file, len, &written, e) != 0)
		return -1;
	r->out->bundles_written += written;
	return 0;
}

/* What is confirmed need not lie there any more; a device that may not remove what it reads would read it for ever. */
static int remove_done(void *context, const char *path, struct err *e)
{
	struct round *r = context;
	struct metadata m;
	int done = intake_claims(path, &m) ? outbox_is_done(r->s, r->peer, &m, e) : 0;

	if (done == 1)
		unlink(path);
	return done < 0 ? -1 : 0;
}

/* Everything that the device has not acknowledged, made now or before. */
static int write_outbox(struct round *r, const struct peer *p, struct err *e)
{
	int result = -1;
	char *inbox, *outbox;

	inbox = transport_make(&r->t, "inbox", p->pub.id, e);
	outbox = transport_make(&r->t, "outbox", p->pub.id, e);
	r->box = outbox;
	r->peer = p;
	if (inbox != NULL && outbox != NULL) {
		transport_tidy(outbox);
		result = transport_each(outbox, remove_done, r, e);
		if (result == 0)
			result = outbox_each(r->s, p, put, r, e);
	}
	free(inbox);
	free(outbox);
	return result;
}

/* A device that was not heard since its welcome gets nothing yet, and nothing of before lies there any more.
 * A folder that cannot be written to keeps nobody else from getting theirs; that it could not is the round's
 * result. */
static int write_device(void *context, struct peer *p, struct err *e)
{
	struct round *r = context;
	struct err why = ERR_INIT;
	bool active = peer_in_state(p, "active");
	int made = 0;

	if (!active && !peer_in_state(p, "approved"))
		return 0;
	while (active && (made = feed_bundle_next(r->s, p, e)) == 1)
		;
	if (made < 0)
		return -1;
	if (write_outbox(r, p, &why) != 0) {
		notef(r, r->t.folder, _("nothing could be written for %s: %s"), p->label, why.text);
		if (r->unwritten.code == ERR_NONE)
			r->unwritten = why;
	}
	return 0;
}

static int give_up(void *context, struct peer *p, struct err *e)
{
	struct round *r = context;

	return anew_give_up(r->s, p, e);
}

static int collect(struct round *r, struct err *e)
{
	int result = transport_each(r->t.folder, note_request, r, e);

	if (result == 0)
		result = take_inboxes(r, e);
	if (result == 0)
		result = tell_forked(r, e);
	store_bound_cache(r->s, CACHE_WRITING);
	if (result == 0)
		result = update_feeds(r, e);
	if (result == 0)
		result = peer_each(r->s, NULL, give_up, r, e);
	/* Before the bundles are written: they tell which replicas have confirmed an erasure, this one among them. */
	if (result == 0)
		result = tidy(r->s, e);
	store_bound_cache(r->s, CACHE_WRITING);	/* once more: what the feeds took is given back */
	if (result != 0 || peer_each(r->s, NULL, write_device, r, e) != 0 || fold_round(r->s, NULL, e) != 0)
		return -1;
	return r->unwritten.code != ERR_NONE ? err_set(e, r->unwritten.code, "%s", r->unwritten.text) : 0;
}

int hub_collect(struct store *s, const char *dir, struct hub_collected *out, hub_note_fn notes, void *context,
    struct err *e)
{
	struct round r = { .s = s, .out = out, .note = notes, .context = context };
	int result;

	memset(out, 0, sizeof *out);
	if (!hub_is(s))
		return err_set(e, ERR_REFUSED, _("this store is not that of a hub"));
	if (transport_open(&r.t, dir, store_identity(s)->pub.id, e) != 0)
		return -1;
	store_bound_cache(s, CACHE_READING);
	result = collect(&r, e);
	store_shrink_cache(s);
	free(r.forked);
	return result;
}
