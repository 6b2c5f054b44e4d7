/* bundle_head: the first record of a bundle. It repeats the signed line, and must equal it: without that,
 * anybody enrolled could take another device's ciphertext, strip the signature and sign it as his own.
 *
 *     {"rec":"bundle","v":1,"from":"…","to":"…","epoch":1,"seq":7,"prev":"…","created":"…","schema":1,"first_op":101,"last_op":140,"ops":40,
 *      "ack":{"seq":6,"pos":2034},"tables":[["person","deleted",…],…]}
 *
 * From a device first_op and last_op are the numbers of its operations, and ack names the hub's last bundle
 * that was applied and the feed position that it brought; from the hub they are the positions of the device's
 * feed (last_op = first_op − 1 when there are none), and ack names the device's last bundle and operation. ops
 * is the number of operation lines. */
#ifndef SYNC_BUNDLE_HEAD_H
#define SYNC_BUNDLE_HEAD_H

#include "store/journal.h"
#include "sync/metadata.h"

#define NUMBER_END ((int64_t)1000000000000000)	/* positions and numbers of operations and bundles stay under it */

struct bundle_head {
	struct metadata meta;
	int64_t schema, first_op, last_op, ops, ack_seq, ack_pos;
	const char *tables;		/* the dictionary, raw JSON; reading only, points into the line */
	size_t tables_len;
};

/* Appends the record and its LF; the dictionary is the journal's. */
void bundle_head_write(const struct bundle_head *h, struct journal *j, struct buf *out);

/* -1, ERR_DAMAGED: not a first record, or one that differs from the signed line. */
int bundle_head_read(struct bundle_head *h, const char *line, size_t len, const struct metadata *outer,
    struct err *e);

#endif
