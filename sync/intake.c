#include "sync/intake.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "crypto/minisig.h"
#include "sync/apply.h"
#include "sync/bundle_stream.h"
#include "sync/closing.h"
#include "sync/hold.h"
#include "sync/hub.h"
#include "sync/parked.h"
#include "sync/quarantine.h"
#include "sync/receipts.h"
#include "sync/request.h"
#include "sync/restored.h"
#include "sync/twin.h"

/* What the steps hand on. */
struct file {
	struct store *s;
	const struct spool *sp;
	char block[MINISIG_BLOCK_MAX];
	struct minisig sig;
	struct metadata meta;
	struct peer peer;
	bool proved;			/* its first lines are this peer's */
	bool malformed;			/* genuine, in its turn, and not well-formed inside */
	bool stale;			/* it says that this store is not the one that its sender knows */
	bool ours;			/* this store or machine failed, not the file */
	int64_t first_op;		/* number of its first operation */
	bool restored;			/* the hub's, of a later epoch than ours (restored.h) */
	bool before;			/* a device's, of an epoch before this hub was restored */
	bool ahead;			/* read before its turn, and did not say that it stands for those before it */
};

static int refuse(struct err *e, const char *why)
{
	return err_set(e, ERR_DAMAGED, "%s", why);
}

/* Steps 2 to 4. */
static int read_block(struct file *f, struct err *e)
{
	ssize_t n = spool_read(f->sp, 0, f->block, sizeof f->block, e);

	if (n < 0 || minisig_read(&f->sig, f->block, (size_t)n, e) != 0)
		return -1;
	return metadata_read(&f->meta, f->sig.trusted, f->sig.trusted_len, e);
}

/* A hub that was put back from its backup will have it once more, in the new epoch. */
static int other_epoch(struct file *f, bool hub, struct err *e)
{
	int64_t pos = -1;

	if (hub && f->meta.epoch < f->peer.epoch && restored_position(f->s, &f->peer, &pos, e) != 0)
		return -1;
	f->before = pos >= 0;
	return refuse(e, f->before ? _("it was written before this hub was restored from its backup; its device writes it again") : _("it belongs to another enrolment of its sender"));
}

/* Step 5. */
static int find_sender(struct file *f, struct err *e)
{
	bool hub = hub_is(f->s), takes = true;
	int found;

	if (strcmp(f->meta.to, store_identity(f->s)->pub.id) != 0)
		return refuse(e, hub ? _("it is for another hub") : _("it is for another device"));
	found = peer_find(f->s, f->meta.from, &f->peer, e);
	if (found < 0)
		return -1;
	if (found == 0)
		return refuse(e, hub ? _("it comes from a device that is not on the roster") : _("it does not come from this device's hub"));
	if (!hub && !peer_in_state(&f->peer, "active"))
		return refuse(e, _("this device has not been welcomed by the hub yet"));
	if (!hub && f->meta.kind == METADATA_BUNDLE && f->meta.epoch > f->peer.epoch) {
		f->restored = true;
		restored_peer(f->s, &f->peer, f->meta.epoch);
	}
	if (f->meta.epoch != f->peer.epoch)
		return other_epoch(f, hub, e);
	if (hub && (closing_takes(f->s, &f->peer, f->meta.seq, &takes, e) != 0 || !takes))
		return -1;
	if (memcmp(f->sig.key_id, f->peer.pub.key_id, sizeof f->sig.key_id) != 0)
		return refuse(e, _("it is signed with another key than its sender's"));
	return 0;
}

/* Steps 6 and 8. */
static int check_line(struct file *f, struct err *e)
{
	f->proved = minisig_verify_comment(&f->sig, &f->peer.pub) == 0;
	return f->proved ? 0 : refuse(e, _("the signature over its first lines is not its sender's"));
}

static int check_payload(struct file *f, struct err *e)
{
	unsigned char hash[HASH_LONG_SIZE];

	if (spool_payload_hash(f->sp, (off_t)f->sig.block_len, hash, e) != 0)
		return -1;
	return minisig_verify_payload(&f->sig, &f->peer.pub, hash) == 0 ? 0 : refuse(e,
	    _("the signature over its contents is not its sender's"));
}

enum place { PLACE_NEXT, PLACE_KNOWN, PLACE_AHEAD, PLACE_FORK, PLACE_BROKEN, PLACE_FAILED };

/* Step 7. */
static enum place find_place(struct file *f, struct err *e)
{
	sqlite3_stmt *st;
	enum place place = PLACE_FAILED;
	int found;

	if (f->meta.seq > f->peer.in_seq + 1)
		return PLACE_AHEAD;
	if (f->meta.seq == f->peer.in_seq + 1)
		return strcmp(f->meta.prev, f->peer.in_hash) == 0 ? PLACE_NEXT : PLACE_BROKEN;
	st = store_prepare(f->s, "SELECT hash FROM bundle_in WHERE peer = ?1 AND epoch = ?2 AND seq = ?3", e);
	if (st == NULL)
		return PLACE_FAILED;
	store_bind_text(st, 1, f->peer.pub.id);
	sqlite3_bind_int64(st, 2, f->peer.epoch);
	sqlite3_bind_int64(st, 3, f->meta.seq);
	found = store_step(f->s, st, e);
	if (found >= 0)
		place = found == 1 && strcmp(store_text(st, 0), f->sp->hash) == 0 ? PLACE_KNOWN : PLACE_FORK;
	sqlite3_reset(st);
	return place;
}

/* Steps 9 to 15, inside a transaction. */
static int apply_all(struct file *f, struct intake *in, struct hold *hold, struct err *e)
{
	struct apply a;
	int result;

	apply_init(&a, f->s, hub_is(f->s) ? &apply_hub : &apply_device, &f->peer, &f->meta, f->sp->hash);
	a.block = f->block;
	a.block_len = f->sig.block_len;
	a.seen = in->seen;
	a.ahead = f->ahead;
	a.restored = f->restored;
	a.hold = hold;
	result = bundle_lines(f->sp, (off_t)f->sig.block_len, store_identity(f->s)->open_key, apply_line, &a,
	    e);
	if (result == 0)
		result = apply_finish(&a, e);
	f->stale = a.stale;
	in->accepted = a.accepted;
	in->refused = a.refused;
	in->waiting = a.waiting;
	f->first_op = a.head.first_op;
	f->ahead = a.ahead;
	apply_release(&a);
	return result;
}

/* A failure that the file is to blame for, not this machine. */
static bool blames_file(struct store *s, const struct err *e)
{
	int code = sqlite3_errcode(store_db(s)) & 0xff;

	if (store_damaged(s, NULL) != 0 || code == SQLITE_CORRUPT || code == SQLITE_NOTADB ||
	    code == SQLITE_IOERR || code == SQLITE_FULL)
		return false;
	return e->code == ERR_DAMAGED || (e->code >= ERR_AGE_HEADER && e->code <= ERR_AGE_PAYLOAD);
}

/* 1: it was read, and has to be read again (hold.h). After a failure nothing of it is left. */
static int take_once(struct file *f, struct intake *in, struct hold *hold, struct err *e)
{
	int result = apply_all(f, in, hold, e);

	if (result == 0 && hold != NULL)
		result = hold_measure(hold, f->first_op, e);
	if (result >= 0)
		return result;
	f->ours = !blames_file(f->s, e);	/* now: the rollback forgets what went wrong */
	f->malformed = !f->ours;
	store_rollback(f->s);
	return -1;
}

/* The same bundle from its beginning, as if it had not been read. */
static int take_again(struct file *f, struct intake *in, struct hold *hold, struct err *e)
{
	store_rollback(f->s);
	if (in->seen != NULL)
		*in->seen -= in->accepted + in->refused + in->waiting;
	if (peer_find(f->s, f->meta.from, &f->peer, e) != 1 || store_begin(f->s, e) != 0)
		return -1;
	return take_once(f, in, hold, e);
}

static void tell_asked(const struct hold *hold, struct intake *in)
{
	struct buf words = BUF_INIT;

	hold_words(hold, &words);
	if (words.len >= sizeof in->asked) {
		/* Whole kinds only; the room holds one in any language. */
		buf_cut(&words, sizeof in->asked - sizeof " …");
		buf_cut(&words, (size_t)(strrchr(words.data, ',') - words.data) + 1);
		buf_adds(&words, " …");
	}
	snprintf(in->asked, sizeof in->asked, "%s", words.len > 0 ? words.data : "");
	buf_release(&words);
}

static int take(struct file *f, struct intake *in, struct err *e)
{
	struct hold *hold = hub_is(f->s) ? hold_new(f->s) : NULL;
	int result = store_begin(f->s, e);

	if (result == 0)
		result = take_once(f, in, hold, e);
	if (result == 1)
		result = take_again(f, in, hold, e);
	if (result == 0 && hold != NULL)
		tell_asked(hold, in);
	hold_free(hold);
	if (result != 0)
		return -1;
	in->outcome = INTAKE_TAKEN;
	return store_commit(f->s, e);
}

static int park(struct file *f, struct intake *in, struct err *e)
{
	int result = parked_add(f->s, &f->peer, f->meta.seq, f->sp, e);

	in->outcome = result == 0 ? INTAKE_PARKED : INTAKE_FULL;
	in->missing = f->peer.in_seq + 1;
	return result < 0 ? -1 : 0;
}

/* What is missing does not come where this hub forgot that it had it. */
static int park_ahead(struct file *f, struct intake *in, struct err *e)
{
	if (twin_peek(f->s, &f->peer, &f->meta, f->sp, f->sig.block_len, &f->stale, e) != 0 || f->stale)
		return -1;
	return park(f, in, e);
}

/* A hub's bundle ahead of its turn may stand for those before it (anew.h); else it waits. */
static int take_ahead(struct file *f, struct intake *in, struct err *e)
{
	/* Perhaps this store is behind what it was: then what is missing will not come. */
	if (twin_peek(f->s, &f->peer, &f->meta, f->sp, f->sig.block_len, &f->stale, e) != 0 || f->stale)
		return -1;
	f->ahead = true;
	if (take(f, in, e) == 0)
		return 0;
	if (f->ours || !f->ahead)
		return -1;
	f->malformed = false;
	err_clear(e);
	return park(f, in, e);
}

static int judge_bundle(struct file *f, struct intake *in, struct err *e)
{
	enum place place;

	if (find_sender(f, e) != 0 || check_line(f, e) != 0)
		return -1;
	memcpy(in->label, f->peer.label, sizeof in->label);
	place = find_place(f, e);
	if (place == PLACE_FAILED)
		return -1;
	if (place == PLACE_KNOWN) {
		in->outcome = INTAKE_KNOWN;
		return 0;
	}
	if (check_payload(f, e) != 0)
		return -1;
	if (place == PLACE_AHEAD)
		return hub_is(f->s) ? park_ahead(f, in, e) : take_ahead(f, in, e);
	if (place == PLACE_NEXT)
		return take(f, in, e);
	in->fork = true;
	return refuse(e, place == PLACE_FORK ? _("its number was accepted before with other contents: its sender's store was copied or is an older copy")
	    : _("it does not continue the chain of its sender's bundles"));
}

static int judge_file(struct file *f, struct intake *in, struct err *e)
{
	if (read_block(f, e) != 0)
		return -1;
	in->known_line = true;
	in->meta = f->meta;
	if (f->meta.kind == METADATA_BUNDLE)
		return judge_bundle(f, in, e);
	if (f->meta.kind == METADATA_JOIN && hub_is(f->s)) {
		in->outcome = INTAKE_REQUEST;
		return request_add_spool(f->s, f->sp, e);
	}
	return refuse(e, _("it is not a bundle"));
}

static int refused(struct store *s, const struct spool *sp, const char *path, const struct file *f, struct intake *in, struct err *e)
{
	struct quarantine_origin origin = { .path = path, .proved = f != NULL && f->proved, .answered = f != NULL && f->malformed && hub_is(s) };
	int result;

	if (!blames_file(s, e))
		return -1;
	if (in->known_line) {
		origin.sender = in->meta.from;
		origin.seq = in->meta.seq;
	}
	in->outcome = INTAKE_REFUSED;
	snprintf(in->problem, sizeof in->problem, "%s", e->text);
	err_clear(e);
	result = quarantine_add(s, sp, &origin, in->problem, e);
	in->stays = in->stays || result == 1;
	return result < 0 ? -1 : 0;
}

/* Not now; it stays where it is. */
static void unread(struct intake *in, struct err *e)
{
	in->outcome = INTAKE_UNREAD;
	snprintf(in->problem, sizeof in->problem, "%s", e->text);
	err_clear(e);
}

int intake(struct store *s, const struct spool *sp, const char *origin, struct intake *in, struct err *e)
{
	struct file f = { .s = s, .sp = sp };

	*in = (struct intake){ .outcome = INTAKE_REFUSED, .seen = in->seen };
	if (hub_is(s) && limits_room(s, e) != 0) {
		unread(in, e);
		return 0;
	}
	if (judge_file(&f, in, e) == 0)
		return 0;
	if (f.stale) {
		in->outcome = INTAKE_STALE;
		err_clear(e);
		return 0;
	}
	if (f.before) {
		unread(in, e);
		return 0;
	}
	if (f.ours || refused(s, sp, origin, &f, in, e) != 0)
		return -1;
	/* A device is told, so that it can write another bundle with this number. */
	return f.malformed && hub_is(s) ? refusal_note(s, &f.peer, f.meta.seq, sp->hash, e) : 0;
}

static int spool_and(struct store *s, struct spool *sp, const char *path, struct err *e)
{
	char *folder = fs_dirname(store_path(s));
	int result = spool_file(sp, path, folder, e);

	free(folder);
	return result;
}

static bool is_regular(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* The four lines at the beginning of a file, read without taking the file in; false: it does not begin so. */
static bool peek_block(const char *path, char block[MINISIG_BLOCK_MAX], struct minisig *sig, struct metadata *m)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? fs_read_full(fd, block, MINISIG_BLOCK_MAX) : -1;

	if (fd >= 0)
		close(fd);
	return n > 0 && minisig_read(sig, block, (size_t)n, NULL) == 0 && metadata_read(m, sig->trusted, sig->trusted_len, NULL) == 0;
}

/* 1: its four lines are those of a bundle that was applied. The signature over its contents is among them, so that nothing behind them need be read: a bundle
 * that comes again costs the same, whatever its size. 0: it has to be judged. */
static int is_known(struct store *s, const char *path, struct intake *in, struct err *e)
{
	struct file f = { .s = s };
	struct err why = ERR_INIT;
	sqlite3_stmt *st;
	int found;

	if (!is_regular(path) || !peek_block(path, f.block, &f.sig, &f.meta) || f.meta.kind != METADATA_BUNDLE || find_sender(&f, &why) != 0)
		return 0;
	st = store_prepare(s, "SELECT block FROM bundle_in WHERE peer = ?1 AND epoch = ?2 AND seq = ?3 AND block IS NOT NULL", e);
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, f.peer.pub.id);
	sqlite3_bind_int64(st, 2, f.peer.epoch);
	sqlite3_bind_int64(st, 3, f.meta.seq);
	found = store_step(s, st, e);
	if (found == 1 && ((size_t)sqlite3_column_bytes(st, 0) != f.sig.block_len || memcmp(sqlite3_column_text(st, 0), f.block, f.sig.block_len) != 0))
		found = 0;
	sqlite3_reset(st);
	if (found == 1) {
		in->outcome = INTAKE_KNOWN;
		in->known_line = true;
		in->meta = f.meta;
		memcpy(in->label, f.peer.label, sizeof in->label);
	}
	return found;
}

int intake_file(struct store *s, const char *path, struct intake *in, struct err *e)
{
	struct spool sp;
	int result;

	*in = (struct intake){ .outcome = INTAKE_REFUSED, .seen = in->seen };
	result = is_known(s, path, in, e);
	if (result != 0)
		return result < 0 ? -1 : 0;
	if (spool_and(s, &sp, path, e) != 0) {
		if (blames_file(s, e)) {
			in->stays = is_regular(path);
			return refused(s, NULL, path, NULL, in, e);
		}
		unread(in, e);
		return 0;
	}
	result = intake(s, &sp, path, in, e);
	spool_close(&sp);
	return result;
}

int intake_parked(struct store *s, const char *from, struct intake *in, struct err *e)
{
	struct buf file = BUF_INIT;
	struct spool sp;
	struct peer p;
	char *folder = fs_dirname(store_path(s));
	int result = peer_find(s, from, &p, e);

	if (result == 1)
		result = parked_next(s, &p, &file, e);
	if (result == 1 && spool_bytes(&sp, file.data, file.len, folder, e) == 0) {
		result = intake(s, &sp, from, in, e) == 0 ? 1 : -1;
		if (result == 1 && in->outcome == INTAKE_UNREAD)
			result = 0;		/* it waits on */
		if (result == 1 && in->outcome != INTAKE_TAKEN && parked_drop(s, &p, p.in_seq + 1, sp.hash, e) != 0)
			result = -1;
		spool_close(&sp);
	} else if (result == 1) {
		result = -1;
	}
	buf_release(&file);
	free(folder);
	return result;
}

bool intake_claims(const char *path, struct metadata *m)
{
	char block[MINISIG_BLOCK_MAX];
	struct minisig sig;

	return peek_block(path, block, &sig, m);
}

/* --- what can be said of a file without taking it --- */

static const char *place_words(enum place place)
{
	switch (place) {
	case PLACE_NEXT:
		return _("the next one of its sender");
	case PLACE_KNOWN:
		return _("taken already");
	case PLACE_AHEAD:
		return _("ahead of its turn");
	case PLACE_FORK:
		return _("its number was taken before with other contents");
	default:
		return _("it does not continue what its sender sent before");
	}
}

struct checks { intake_check_fn each; void *context; };

/* Passes one step on with its verdict; 1: it held. */
static int check_one(const struct checks *c, const char *what, int result, struct err *e)
{
	struct err why = ERR_INIT;

	if (result == 0)
		return c->each(c->context, what, true, "", e) != 0 ? -1 : 1;
	why = *e;
	err_clear(e);
	return c->each(c->context, what, false, why.text, e) != 0 ? -1 : 0;
}

static int check_sender(struct file *f, const struct checks *c, bool whole, struct err *e)
{
	bool known;
	int good = check_one(c, _("sender"), find_sender(f, e), e);

	if (good < 0)
		return -1;
	known = *f->peer.pub.id != '\0';
	/* Of somebody whom we know, but take nothing from, the signature may be genuine all the same. */
	if (!known || check_one(c, _("signature of the first lines"), check_line(f, e), e) < 0)
		return known ? -1 : 0;
	if (whole && check_one(c, _("signature of the contents"), check_payload(f, e), e) < 0)
		return -1;
	if (good == 1 && whole) {
		enum place place = find_place(f, e);

		if (place == PLACE_FAILED)
			return -1;
		return c->each(c->context, _("its place"), place == PLACE_NEXT || place == PLACE_KNOWN || place == PLACE_AHEAD, place_words(place), e);
	}
	return 0;
}

int intake_checks(struct store *s, const struct spool *sp, bool whole, intake_check_fn each, void *context, struct err *e)
{
	struct file f = { .s = s, .sp = sp };
	struct checks c = { each, context };
	int good = check_one(&c, _("first lines"), read_block(&f, e), e);

	if (good <= 0 || f.meta.kind != METADATA_BUNDLE)
		return good < 0 ? -1 : 0;
	return check_sender(&f, &c, whole, e);
}
