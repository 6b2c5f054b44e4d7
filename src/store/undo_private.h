/* undo_private: what the capture and the journal tell the undo log, and what its files share. */
#ifndef STORE_UNDO_PRIVATE_H
#define STORE_UNDO_PRIVATE_H

#include "store/journal_private.h"
#include "store/state.h"
#include "store/undo.h"

struct undo_group {
	uint64_t id;
	int64_t ms, entries;
	bool whole;
	char *reason;
	struct buf data;		/* its entries, one after the other */
};

struct undo_list {
	struct undo_group **group;	/* the oldest first */
	int count;
};

/* `pending` is the transaction that runs, as far as counters.undo_kept says: what lies behind it was rolled back. */
struct undo_log {
	struct buf pending;
	struct undo_list list[2];	/* by enum undo_way */
	size_t bytes;
	uint64_t last_id;
};

/* By the capture, after the operation was logged. `old` and `new` by place. */
void undo_keep_insert(struct journal *j, const struct kind *k, const char *pk, size_t pk_len);
void undo_keep_update(struct journal *j, const struct state *s, const int *places, int count, const struct value *new);

/* By the journal, when the outermost transaction has ended. */
void undo_committed(struct journal *j);
void undo_release(struct journal *j);

/* The entry at *at, which moves on behind it; -1: there is none. Values point into the group. */
int undo_read(const struct undo_group *g, size_t *at, struct undo_entry *out);

#endif
