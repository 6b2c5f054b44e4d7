/* chain: the bundles that came and went, followed by their signatures. Of each the store keeps its hash and the four lines before its payload; in these the
 * sender signed its number and the hash of the bundle before, so that none can be left out, put in or exchanged without a signature that nobody
 * else can make. The hash of the newest of each chain is signed by none yet; the store's own word stands for it.
 *
 * Which operations came in a bundle, and that they are still what came, is the business of store/provenance.h, whose check is a part of this one.
 * What this does not find: whoever has the store open holds this side's keys and may write its own bundles, sums and unsent operations anew; the other
 * side has what was really sent. */
#ifndef SYNC_CHAIN_H
#define SYNC_CHAIN_H

#include "store/store.h"

struct chain_report {
	int64_t received, sent;		/* bundles whose signatures were followed */
	int64_t bare;			/* of which only hash and number are known: a program before kept no more, or they were given up */
	int64_t foreign;		/* own ones that were signed with keys that this store had before */
};

/* 0, or -1 ERR_DAMAGED naming the bundle and what is wrong with it. Counts what it saw either way. */
int chain_check(struct store *s, struct chain_report *r, struct err *e);

#endif
