/* bundle_write: from records to the file: JSON lines → one zstd frame → age to the receiver → signed by the
 * sender. The writer seals for the receiver alone and never for itself: who takes a device gets what is on it,
 * not what it sent. */
#ifndef SYNC_BUNDLE_WRITE_H
#define SYNC_BUNDLE_WRITE_H

#include <stddef.h>

#include "base/buf.h"
#include "crypto/identity.h"
#include "sync/metadata.h"

/* A bundle is closed when it holds so much; one record's history may go past it. */
#define BUNDLE_OPERATIONS 50000
#define BUNDLE_PLAIN (16 << 20)

struct bundle_part { const void *data; size_t len; };

/* Appends the whole bundle with these lines in it; `hash` gets the BLAKE2b-256 of the file when it is not NULL
 * and `file` was empty. */
int bundle_seal(const struct identity *from, const struct public_identity *to, const struct metadata *m,
    const struct bundle_part *parts,
    int count, struct buf *file, char hash[HASH_HEX_SIZE], struct err *e) __attribute__((warn_unused_result));

/* The signature block over any payload (join, welcome). */
void signed_file(const struct identity *from, const struct metadata *m, const void *payload, size_t len,
    struct buf *file);

#endif
