/* pieces: files that come over a line and may stop in the middle. They lie beside the store, in a folder of the one whom they come from:
 *
 *     <store>.spool/<id>/<hash>            whole: its bytes have this hash
 *     <store>.spool/<id>/.part-<hash>      the beginning of one; the next run goes on from its end
 *
 * The hash is that which the other end claims, so two runs that write the same part at once write the same bytes to the same places. What is in them is
 * sealed; the folder is 0700. A beginning that nobody went on with for 30 days is removed. */
#ifndef SYNC_PIECES_H
#define SYNC_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct pieces {
	char *folder;
	int fd;				/* the part that is written now; -1: none */
	const char *hash;		/* its hash: the caller's, until pieces_end */
	int64_t size, at;
};

/* Makes the folders where they are missing. */
int pieces_open(struct pieces *p, const char *store_path, const char *id, struct err *e);
void pieces_close(struct pieces *p);

bool pieces_whole(const struct pieces *p, const char *hash);
int64_t pieces_held(const struct pieces *p, const char *hash);		/* bytes of the beginning; 0: none */
int64_t pieces_total(const struct pieces *p);				/* bytes of all that lies there */
typedef void (*pieces_fn)(void *context, const char *hash, int64_t held);
void pieces_each_part(const struct pieces *p, pieces_fn each, void *context);
char *pieces_path(const struct pieces *p, const char *hash);		/* of a whole one; the caller frees */
void pieces_drop(const struct pieces *p, const char *hash);

/* Goes on at `offset`, which is not behind what is held. */
int pieces_begin(struct pieces *p, const char *hash, int64_t size, int64_t offset, struct err *e);
int pieces_add(struct pieces *p, const void *data, size_t len, struct err *e);
/* All bytes are there: the part is whole now. -1, ERR_DAMAGED: they are others than the hash says, and are removed. */
int pieces_end(struct pieces *p, struct err *e);
/* The line dropped: what is there stays. */
void pieces_stop(struct pieces *p);

#endif
