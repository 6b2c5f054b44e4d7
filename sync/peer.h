/* peer: the other side of a chain of bundles: for the hub each device on its roster, for a device its hub.
 *
 * in_*: the last bundle that came from it and was applied; out_*: the last one made for it (number 0 stands for
 * the welcome file, whose hash begins both chains). What *_op counts differs with the direction: from a device
 * to the hub its own operations, from the hub to a device positions of that device's feed. */
#ifndef SYNC_PEER_H
#define SYNC_PEER_H

#include <stddef.h>
#include <stdint.h>

#include "crypto/identity.h"
#include "store/journal.h"
#include "store/store.h"
#include "sync/metadata.h"

#define LABEL_SIZE 256

struct peer {
	struct public_identity pub;
	char label[LABEL_SIZE];
	char state[16];			/* hub: approved (welcome given) active suspended retired revoked; device: pinned active */
	char role[16], municipality[16], person[RECORD_ID_SIZE];
	char request[REQUEST_SIZE];
	int64_t epoch;
	int64_t in_seq, in_op, out_seq, out_op;
	char in_hash[HASH_HEX_SIZE], out_hash[HASH_HEX_SIZE];
	int64_t done_op;		/* of out_op: confirmed by the other side */
	int64_t feed_pos;		/* hub: last number given in the device's feed; device: in_seq as it was acknowledged last */
	int64_t roster, roster_told;
	int64_t heard;			/* ms; 0: never */
};

/* 1 found, 0 not, -1 failure. */
int peer_find(struct store *s, const char *id, struct peer *p, struct err *e);
/* A device's hub, if it has pinned one. */
int peer_hub(struct store *s, struct peer *p, struct err *e);
/* Writes everything but the welcome file. */
int peer_save(struct store *s, const struct peer *p, struct err *e);

/* Calls each() for every peer, or those in one state, by id. The rows are read before the first call, so that
 * each() may change them. */
typedef int (*peer_fn)(void *context, struct peer *p, struct err *e);
int peer_each(struct store *s, const char *state, peer_fn each, void *context, struct err *e);

int peer_in_state(const struct peer *p, const char *state);

#endif
