/* apply: the lines of a bundle, one after the other, become part of the store, inside the caller's transaction.
 * Here is what both sides share; what a hub does with a device's bundle stands in apply_hub.c, what a device
 * does with the hub's in apply_device.c.
 *
 * Records: bundle (first), ops followed by operation lines, end (last); from the hub also roster, receipt,
 * device, name, enter, leave. An unknown one is refused unless it says "optional":true. */
#ifndef SYNC_APPLY_H
#define SYNC_APPLY_H

#include "base/json.h"
#include "store/dictionary.h"
#include "store/journal.h"
#include "sync/bundle_head.h"
#include "sync/peer.h"

struct apply;
struct hold;
struct rights;

struct apply_side {
	int (*begin)(struct apply *a, struct err *e);		/* the first record is read */
	/* A record that only this side knows: 1 taken, 0 not known, -1 wrong. */
	int (*record)(struct apply *a, const char *rec, const char *line, size_t len, struct err *e);
	int (*run)(struct apply *a, struct err *e);		/* an ops record: a->tag, seq, hlc, pos are set */
	int (*operation)(struct apply *a, const struct operation *op, struct err *e);
	int (*end)(struct apply *a, struct err *e);		/* the end record: totals agree */
	void (*release)(struct apply *a);
};
extern const struct apply_side apply_hub, apply_device;

struct apply {
	struct store *s;
	struct journal *j;
	const struct apply_side *side;
	struct peer *peer;			/* changed, and saved at the end */
	const struct metadata *meta;
	const char *hash;			/* of the whole bundle */
	const char *block;			/* its four lines before the payload */
	size_t block_len;
	int64_t no;				/* under which its operations keep where they came from (store/provenance.h) */

	struct bundle_head head;		/* without tables, once the line is gone */
	struct dictionary_map *map;
	bool begun, ended;
	bool many;				/* enough operations to merge them in bulk */
	struct buf scratch;

	char tag[DEVICE_TAG_SIZE];		/* the run that is read: whose operations, */
	int dev;
	int64_t seq, pos;			/* the next one's number, and the position said */
	uint64_t hlc;				/* the last one's stamp */
	bool running;

	int64_t ops, accepted, refused, waiting;
	int64_t *seen;				/* raised with every operation; NULL: nobody looks */
	uint64_t newest;			/* greatest stamp taken */
	struct rights *rights;			/* hub */
	struct hold *hold;			/* hub: the caller's, over both readings of a bundle */
	int64_t sent;				/* hub: the furthest position that was ever sent */
	bool ahead;				/* device: read before its turn; its first record must say that it stands for those before it (anew.h) */
	bool restored;				/* device: the hub begins a new epoch by itself (restored.h) */
	bool withdrawn;				/* hub: the device said that some of its operations are refused (restored.h) */
	bool stale;				/* device: this store is not where the hub's chain of it is (twin.h) */
	bool feed_begins;			/* device: with this bundle, after the store got new keys */
	bool reenters, reentered;		/* device: records come anew and whole (reenter.h), and what was here of them is gone */
	bool taken_back;			/* device: own operations were, and their records wait in the table `wanted` */
};

void apply_init(struct apply *a, struct store *s, const struct apply_side *side, struct peer *p,
    const struct metadata *m, const char *hash);
void apply_release(struct apply *a);

/* A bundle_line_fn. */
int apply_line(void *context, const char *line, size_t len, struct err *e);
/* After the last line: that there was an end; moves the chain on and saves the peer. */
int apply_finish(struct apply *a, struct err *e);

/* Merges the erasure of a person, and forgets what stands of the person beside the records. */
int apply_erase(struct apply *a, const struct operation *op, struct err *e);

/* Reads a record with exactly these keys (and perhaps "optional"). Absent ones have p == NULL. */
int apply_keys(const char *line, size_t len, const char *const *keys, struct json_span *values, struct err *e);
/* -1 ERR_DAMAGED, "a record is not well-formed: …". */
int apply_wrong(struct err *e, const char *what);

#endif
