#include "sync/twin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "records/renamed.h"
#include "store/aside.h"
#include "sync/bundle_head.h"
#include "sync/bundle_stream.h"
#include "sync/hub.h"
#include "sync/outbox.h"

/* Setting: "join" while nothing was read with the new keys, then the position at which the feed ended when it began. */
#define ANEW "anew"
#define ANEW_JOIN "join"

void twin_write_chain(const struct peer *p, struct buf *out)
{
	buf_addf(out, "{\"rec\":\"chain\",\"optional\":true,\"seq\":%lld,\"hash\":\"%s\",\"feed\":%lld}\n", (long long)p->in_seq, p->in_hash, (long long)p->feed_pos);
}

struct chain { int64_t seq, feed; char hash[HASH_HEX_SIZE]; };

static int read_chain(struct chain *c, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "optional", "seq", "hash", "feed", NULL };
	struct json_span v[5];

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[2].p == NULL || json_span_int(v[2], &c->seq) != 0 || c->seq < 0 || v[4].p == NULL || json_span_int(v[4], &c->feed) != 0 || c->feed < 0 ||
	    v[3].p == NULL || v[3].len != HASH_HEX_SIZE + 1)
		return apply_wrong(e, _("a record has a field wrong"));
	memcpy(c->hash, v[3].p + 1, HASH_HEX_SIZE - 1);
	c->hash[HASH_HEX_SIZE - 1] = '\0';
	return 0;
}

/* Whether the hub's chain of this device goes through what this store wrote. An outbox that does not know the number any more says nothing. */
static int goes_elsewhere(struct store *s, const struct peer *hub, const struct chain *c, bool *elsewhere, struct err *e)
{
	struct outbox_bundle b;
	bool kept;
	int found;

	*elsewhere = c->seq > hub->out_seq;
	if (*elsewhere)
		return 0;
	found = outbox_find(s, hub, c->seq, &b, &kept, e);
	*elsewhere = found == 1 && strcmp(b.hash, c->hash) != 0;
	return found < 0 ? -1 : 0;
}

static int say_stale(struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("the hub knows of bundles that this store never wrote: the store is an older copy, or another copy of it is in use"));
}

int twin_take_chain(struct apply *a, const char *line, size_t len, struct err *e)
{
	struct chain c;
	char feed[24];

	if (read_chain(&c, line, len, e) != 0 || goes_elsewhere(a->s, a->peer, &c, &a->stale, e) != 0)
		return -1;
	if (a->stale)
		return say_stale(e);
	if (!a->feed_begins)
		return 0;
	snprintf(feed, sizeof feed, "%lld", (long long)c.feed);
	return store_set_setting(a->s, ANEW, feed, e);
}

/* --- a bundle ahead of its turn --- */

struct peek {
	struct store *s;
	const struct peer *hub;
	const struct metadata *meta;
	int lines;
	bool stale, done;
};

static int peek_line(void *context, const char *line, size_t len, struct err *e)
{
	static const char begins[] = "{\"rec\":\"chain\"", given_up[] = "{\"rec\":\"anew\"";
	struct peek *p = context;
	struct bundle_head h;
	struct chain c;

	if (p->lines++ == 0) {
		if (bundle_head_read(&h, line, len, p->meta, e) != 0)
			return -1;
		p->stale = h.ack_seq > p->hub->out_seq || (!hub_is(p->s) && h.ack_pos > p->hub->out_op);
		if (hub_is(p->s)) {
			p->done = true;
			return -1;
		}
		p->done = p->stale;
		return p->done ? -1 : 0;
	}
	if (p->lines == 2 && len > sizeof given_up && memcmp(line, given_up, sizeof given_up - 1) == 0)
		return 0;		/* anew.h: it stands before the chain */
	if (len > sizeof begins && memcmp(line, begins, sizeof begins - 1) == 0 &&
	    (read_chain(&c, line, len, e) != 0 || goes_elsewhere(p->s, p->hub, &c, &p->stale, e) != 0))
		return -1;
	p->done = true;
	return -1;
}

int twin_peek(struct store *s, const struct peer *hub, const struct metadata *m, const struct spool *sp, size_t payload, bool *stale, struct err *e)
{
	struct peek p = { .s = s, .hub = hub, .meta = m };
	struct err why = ERR_INIT;

	if (bundle_lines(sp, (off_t)payload, store_identity(s)->open_key, peek_line, &p, &why) != 0 && !p.done)
		return err_set(e, why.code, "%s", why.text);
	*stale = p.stale;
	return 0;
}

/* --- what is done then --- */

/* Numbers of what was not accepted are those of the former device: the new one counts from 1 again. */
static const char cleanup[] =
	"DELETE FROM outbox; DELETE FROM parked; DELETE FROM position; DELETE FROM leaving;"
	"CREATE TEMP TABLE IF NOT EXISTS renumbered(seq INTEGER PRIMARY KEY, new INTEGER NOT NULL); DELETE FROM temp.renumbered;"
	"INSERT INTO temp.renumbered SELECT seq, (SELECT min(0, min(seq)) FROM not_accepted) - row_number() OVER (ORDER BY seq) FROM not_accepted WHERE seq > 0;"
	"UPDATE not_accepted SET seq = (SELECT new FROM temp.renumbered n WHERE n.seq = not_accepted.seq) WHERE seq > 0;"
	"UPDATE peer SET state = 'pinned', epoch = 0, request = '', in_seq = 0, in_hash = '', in_op = 0, out_seq = 0, out_hash = '', out_op = 0,"
	" done_op = 0, feed_pos = 0, roster = 0, roster_told = 0";

static int begin(struct store *s, struct err *e)
{
	struct peer hub;

	if (peer_hub(s, &hub, e) != 1)
		return -1;
	if (aside_take(store_journal(s), hub.done_op, e) != 0 || store_exec(s, cleanup, e) != 0)
		return -1;
	return store_set_setting(s, ANEW, ANEW_JOIN, e) != 0 ? -1 : store_renew(s, e);
}

int twin_begin(struct store *s, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	if (begin(s, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

bool twin_is(struct store *s)
{
	char *value = store_setting(s, ANEW);
	bool is = value != NULL;

	free(value);
	return is;
}

int twin_feed_begins(struct apply *a, struct err *e)
{
	char *value = store_setting(a->s, ANEW);

	a->feed_begins = value != NULL && strcmp(value, ANEW_JOIN) == 0;
	free(value);
	if (!a->feed_begins)
		return 0;
	/* A hub that does not say where the feed ends: what was read in one go is all of it. */
	return store_set_setting(a->s, ANEW, "0", e) != 0 ? -1 : aside_begin_feed(a->j, e);
}

static int finish(struct store *s, int64_t *given, struct err *e)
{
	int64_t dropped;

	if (store_begin(s, e) != 0)
		return -1;
	if (aside_give(store_journal(s), renamed_settings, s, given, &dropped, e) != 0 || store_set_setting(s, ANEW, NULL, e) != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

int twin_finish(struct store *s, const struct peer *hub, int64_t *given, struct err *e)
{
	char *value = store_setting(s, ANEW);
	bool read = value != NULL && strcmp(value, ANEW_JOIN) != 0 && hub->in_op >= atoll(value);

	free(value);
	*given = 0;
	return read ? finish(s, given, e) : 0;
}
