#include "sync/hub_round.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "sync/anew.h"
#include "sync/closing.h"
#include "sync/feed.h"
#include "sync/feed_bundle.h"
#include "sync/feed_rest.h"
#include "sync/fold_round.h"
#include "sync/hold.h"
#include "sync/hub_numbers.h"
#include "sync/tidy.h"

/* --- words --- */

/* A line about one file, its name and what became of it; or about the folder as a whole. */
void hub_round_note(struct hub_round *r, const char *path, const char *line)
{
	const char *name = path + strlen(r->folder);
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

void hub_round_notef(struct hub_round *r, const char *path, const char *fmt, ...)
{
	char line[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	hub_round_note(r, path, line);
}

/* --- files --- */

static void heard_from(struct hub_round *r, const char *device)
{
	if (strcmp(r->last_sender, device) == 0)
		return;
	memcpy(r->last_sender, device, DEVICE_ID_SIZE);
	r->out->devices++;
}

static void note_fork(struct hub_round *r, const char *device)
{
	r->forked = mem_resize(r->forked, r->forks + 1, sizeof *r->forked);
	memcpy(r->forked[r->forks++], device, DEVICE_ID_SIZE);
}

static void note_taken(struct hub_round *r, const char *path, const struct intake *in)
{
	r->out->bundles_taken++;
	r->out->operations += in->accepted;
	r->out->operations_refused += in->refused;
	heard_from(r, in->meta.from);
	if (*in->asked != '\0')
		/* TRANSLATORS: after the number and sender of a bundle: deletions, so many that a coordinator is asked first; how many records by kind («Person: 30») */
		hub_round_notef(r, path, _("bundle %lld of %s: deletions wait for a coordinator (%s)"), (long long)in->meta.seq, in->label, in->asked);
	else if (in->waiting > 0)
		hub_round_notef(r, path, P_("bundle %lld of %s: %lld change rests on deletions that wait for a coordinator",
		    "bundle %lld of %s: %lld changes rest on deletions that wait for a coordinator", in->waiting), (long long)in->meta.seq, in->label,
		    (long long)in->waiting);
	if (in->refused > 0)
		hub_round_notef(r, path, _("bundle %lld of %s: taken, %lld changes, %lld of them not accepted"),
		    (long long)in->meta.seq, in->label,
		    (long long)(in->accepted + in->refused), (long long)in->refused);
	else
		hub_round_notef(r, path, _("bundle %lld of %s: taken, %lld changes"), (long long)in->meta.seq, in->label,
		    (long long)in->accepted);
}

/* Counts and tells what became of a file; true when the folder need not keep it. */
static bool tell(struct hub_round *r, const char *path, const struct intake *in)
{
	switch (in->outcome) {
	case INTAKE_TAKEN:
		note_taken(r, path, in);
		return true;
	case INTAKE_KNOWN:
		r->out->bundles_known++;
		heard_from(r, in->meta.from);
		hub_round_notef(r, path, _("bundle %lld of %s: known already"), (long long)in->meta.seq, in->label);
		return true;
	case INTAKE_PARKED:
	case INTAKE_FULL:
		r->out->bundles_parked++;
		heard_from(r, in->meta.from);
		hub_round_notef(r, path, _("bundle %lld of %s waits: bundle %lld of device %s is missing"),
		    (long long)in->meta.seq, in->label,
		    (long long)in->missing, in->meta.from);
		return in->outcome == INTAKE_PARKED;
	case INTAKE_REFUSED:
		r->out->bundles_refused++;
		if (in->fork)
			note_fork(r, in->meta.from);
		hub_round_notef(r, path, _("refused: %s"), in->problem);
		return !in->stays;
	case INTAKE_UNREAD:
		r->out->bundles_unread++;
		hub_round_notef(r, path, _("left where it is: %s"), in->problem);
		return false;
	case INTAKE_STALE:
		r->out->bundles_unread++;
		hub_round_notef(r, path, _("left where it is: device %s has heard more from this hub than the hub's store knows. If the store was put back from a backup,"
		    " say so first: livenet-hub restored"), in->meta.from);
		return false;
	case INTAKE_REQUEST:
		hub_round_note(r, path, _("a request to join; it waits for approval"));
		return true;
	}
	return false;
}

static int take_parked(struct hub_round *r, const char *path, const char *from, struct err *e)
{
	struct intake in = { .seen = NULL };
	int more;

	while ((more = intake_parked(r->s, from, &in, e)) == 1)
		tell(r, path, &in);
	return more;
}

int hub_round_file(struct hub_round *r, const char *path, struct intake *in, struct err *e)
{
	*in = (struct intake){ .seen = NULL };
	if (intake_file(r->s, path, in, e) != 0)
		return -1;
	if (tell(r, path, in))
		unlink(path);
	return in->outcome == INTAKE_TAKEN ? take_parked(r, path, in->meta.from, e) : 0;
}

/* --- what follows from them --- */

/* A cloned disk, or an older copy: the store that wrote first goes on, and the other one learns by the next bundle that it is not that one (twin.h). Both have the
 * same keys, so both read it. */
static int tell_forked(struct hub_round *r, struct err *e)
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
		hub_round_notef(r, r->folder, _("two copies of the store of device %s (%s) are in use, or an older copy of it was put back: the one that is behind gets new keys and asks to join anew"), p.pub.id, p.label);
	}
	return 0;
}

static int update_feeds(struct hub_round *r, struct err *e)
{
	if (store_begin(r->s, e) != 0)
		return -1;
	if (hub_numbers_refill(r->s, e) != 0 || hold_carry_out(r->s, e) != 0 || closing_carry_out(r->s, e) != 0 || feed_update(r->s, e) != 0) {
		store_rollback(r->s);
		return -1;
	}
	return store_commit(r->s, e);
}

static int give_up(void *context, struct peer *p, struct err *e)
{
	struct hub_round *r = context;

	return anew_give_up(r->s, p, e);
}

int hub_round_feeds(struct hub_round *r, struct err *e)
{
	if (tell_forked(r, e) != 0)
		return -1;
	store_bound_cache(r->s, CACHE_WRITING);
	if (update_feeds(r, e) != 0 || peer_each(r->s, NULL, give_up, r, e) != 0)
		return -1;
	/* Before the bundles are written: they tell which replicas have confirmed an erasure, this one among them. */
	if (tidy(r->s, e) != 0)
		return -1;
	store_bound_cache(r->s, CACHE_WRITING);	/* once more: what the feeds took is given back */
	return 0;
}

int hub_round_make(struct hub_round *r, struct peer *p, struct err *e)
{
	int made = peer_in_state(p, "approved") ? 0 : closing_told(r->s, p, e);
	int rests = feed_rests(r->s, p, e);
	bool told = made == 1;

	made = made < 0 || rests < 0 ? -1 : 0;
	while (made >= 0 && told && rests == 0 && (made = feed_bundle_next(r->s, p, e)) == 1)
		rests = feed_rests(r->s, p, e);
	return made < 0 || rests < 0 ? -1 : 0;
}

int hub_round_end(struct hub_round *r, struct err *e)
{
	return fold_round(r->s, NULL, e);
}

void hub_round_release(struct hub_round *r)
{
	free(r->forked);
	r->forked = NULL;
	r->forks = 0;
}
