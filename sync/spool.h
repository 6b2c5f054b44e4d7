/* spool: a private copy of a file that came from outside. A shared folder can change between two looks, and a
 * bundle is looked at more than once (hash, signature, contents); so it is copied first, to a file without a
 * name, and only the copy is believed. */
#ifndef SYNC_SPOOL_H
#define SYNC_SPOOL_H

#include <sys/types.h>

#include "base/err.h"
#include "crypto/hash.h"
#include "sync/limits.h"

struct spool {
	int fd;				/* -1: closed */
	off_t size;
	char hash[HASH_HEX_SIZE];	/* BLAKE2b-256 of all bytes */
};

/* `folder`: where the copy is made (that of the store). The file must be regular, not a link, not larger than
 * BUNDLE_FILE_MAX: ERR_DAMAGED otherwise; ERR_REFUSED when the copy cannot be made. */
int spool_file(struct spool *sp, const char *path, const char *folder,
    struct err *e) __attribute__((warn_unused_result));
int spool_bytes(struct spool *sp, const void *data, size_t len, const char *folder,
    struct err *e) __attribute__((warn_unused_result));
void spool_close(struct spool *sp);

/* Up to len bytes from `offset`; fewer only at the end. -1 with *e filled. */
ssize_t spool_read(const struct spool *sp, off_t offset, void *data, size_t len, struct err *e);

/* BLAKE2b-512 of everything from `offset` on: what a signature signs. */
int spool_payload_hash(const struct spool *sp, off_t offset, unsigned char out[HASH_LONG_SIZE], struct err *e);

#endif
