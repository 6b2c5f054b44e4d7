/* A round of the hub with a folder: takes what is in the inboxes and leaves receipts and feeds in the outboxes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "sync/closing.h"
#include "sync/hub.h"
#include "sync/hub_round.h"
#include "sync/intake.h"
#include "sync/outbox.h"
#include "sync/peer.h"
#include "sync/request.h"
#include "sync/transport_dir.h"

struct folder {
	struct hub_round r;
	struct transport t;
	const char *box;			/* the outbox that is written to, */
	const struct peer *peer;		/* and whose it is */
	int looked;				/* files of the inbox that were looked at whole */
	struct err unwritten;			/* why one could not be */
};

static int take_file(void *context, const char *path, struct err *e)
{
	struct folder *f = context;
	struct intake in;

	if (fs_is_dir(path)) {
		hub_round_note(&f->r, path, _("a folder, left where it is"));
		return 0;
	}
	if (f->looked >= ROUND_FILES) {
		f->r.out->files_left++;
		return 0;
	}
	if (hub_round_file(&f->r, path, &in, e) != 0)
		return -1;
	/* What is known by its four lines, or must stay, would else keep everything behind it from its turn for ever. */
	f->looked += in.outcome != INTAKE_KNOWN && in.outcome != INTAKE_FULL && !in.stays;
	return 0;
}

static int take_device(struct folder *f, const char *path, struct err *e)
{
	int left = f->r.out->files_left;

	f->looked = 0;
	if (transport_each(path, take_file, f, e) != 0)
		return -1;
	left = f->r.out->files_left - left;
	if (left > 0)
		hub_round_notef(&f->r, path, P_("%d more file is looked at in the next round", "%d more files are looked at in the next round", left), left);
	return 0;
}

/* What lies in the inbox: a device's folder, or something that no program of ours put there. */
static int take_inbox(struct folder *f, const char *path, struct err *e)
{
	if (transport_is_link(path))
		hub_round_note(&f->r, path, _("a symbolic link, left as it is"));
	else if (!fs_is_dir(path))
		hub_round_note(&f->r, path, _("in no device's folder, left where it is"));
	else if (access(path, R_OK | X_OK) != 0)
		hub_round_note(&f->r, path, _("a folder that cannot be read, left as it is"));
	else
		return take_device(f, path, e);
	return 0;
}

static int take_inboxes(struct folder *f, struct err *e)
{
	char *inbox = transport_make(&f->t, "inbox", NULL, e), **names;
	size_t count;
	int result;

	if (inbox == NULL)
		return -1;
	result = fs_list(inbox, &names, &count, e);
	if (result == 0) {
		for (size_t i = 0; i < count && result == 0; i++) {
			char *path = fs_join(inbox, names[i]);

			result = take_inbox(f, path, e);
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
	struct folder *f = context;
	struct buf file = BUF_INIT;
	struct err why = ERR_INIT;
	struct metadata m;

	(void)e;
	if (intake_claims(path, &m) && m.kind == METADATA_JOIN && strcmp(m.to, f->t.hub) == 0 && fs_read(path,
	    REQUEST_MAX, true, &file, &why) == 0 &&
	    request_add(f->r.s, file.data, file.len, &why) != 0)
		hub_round_notef(&f->r, path, _("refused: %s"), why.text);
	buf_release(&file);
	return 0;
}

static int put(void *context, int64_t seq, const void *file, size_t len, struct err *e)
{
	struct folder *f = context;
	bool written;

	if (transport_put(&f->t, f->box, seq, file, len, &written, e) != 0)
		return -1;
	f->r.out->bundles_written += written;
	return 0;
}

/* What is confirmed need not lie there any more; a device that may not remove what it reads would read it for ever. */
static int remove_done(void *context, const char *path, struct err *e)
{
	struct folder *f = context;
	struct metadata m;
	int done = intake_claims(path, &m) ? outbox_is_done(f->r.s, f->peer, &m, e) : 0;

	if (done == 1)
		unlink(path);
	return done < 0 ? -1 : 0;
}

/* Everything that the device has not acknowledged, made now or before. */
static int write_outbox(struct folder *f, const struct peer *p, struct err *e)
{
	int result = -1;
	char *inbox, *outbox;

	inbox = transport_make(&f->t, "inbox", p->pub.id, e);
	outbox = transport_make(&f->t, "outbox", p->pub.id, e);
	f->box = outbox;
	f->peer = p;
	if (inbox != NULL && outbox != NULL) {
		transport_tidy(outbox);
		result = transport_each(outbox, remove_done, f, e);
		if (result == 0)
			result = outbox_each(f->r.s, p, put, f, e);
	}
	free(inbox);
	free(outbox);
	return result;
}

/* A device that was not heard since its welcome gets nothing yet, and nothing of before lies there any more. One that leaves gets its entry (closing.h).
 * A folder that cannot be written to keeps nobody else from getting theirs; that it could not is the round's
 * result. */
static int write_device(void *context, struct peer *p, struct err *e)
{
	struct folder *f = context;
	struct err why = ERR_INIT;
	int told = closing_told(f->r.s, p, e);

	if (told != 1)
		return told;
	if (hub_round_make(&f->r, p, e) != 0)
		return -1;
	if (write_outbox(f, p, &why) != 0) {
		hub_round_notef(&f->r, f->t.folder, _("nothing could be written for %s: %s"), p->label, why.text);
		if (f->unwritten.code == ERR_NONE)
			f->unwritten = why;
	}
	return 0;
}

static int collect(struct folder *f, struct err *e)
{
	if (transport_each(f->t.folder, note_request, f, e) != 0 || take_inboxes(f, e) != 0 || hub_round_feeds(&f->r, e) != 0 ||
	    peer_each(f->r.s, NULL, write_device, f, e) != 0 || hub_round_end(&f->r, e) != 0)
		return -1;
	return f->unwritten.code != ERR_NONE ? err_set(e, f->unwritten.code, "%s", f->unwritten.text) : 0;
}

int hub_collect(struct store *s, const char *dir, struct hub_collected *out, hub_note_fn note, void *context, struct err *e)
{
	struct folder f = { .r = { .s = s, .out = out, .note = note, .context = context, .folder = dir } };
	int result;

	memset(out, 0, sizeof *out);
	if (!hub_is(s))
		return err_set(e, ERR_REFUSED, _("this store is not that of a hub"));
	if (transport_open(&f.t, dir, store_identity(s)->pub.id, e) != 0)
		return -1;
	store_bound_cache(s, CACHE_READING);
	result = collect(&f, e);
	store_shrink_cache(s);
	hub_round_release(&f.r);
	return result;
}
