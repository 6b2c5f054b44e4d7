/* metadata: the signed line that says what a file of the exchange is: the trusted comment of its minisign
 * block.
 *
 *     bundle/1 from=<32 hex> to=<32 hex> epoch=<dec> seq=<dec> prev=<64 hex> created=<YYYY-MM-DDTHH:MM:SSZ>
 *     join/1 from=<32 hex> to=<32 hex> req=<32 hex> created=<…>
 *     welcome/1 from=<32 hex> to=<32 hex> req=<32 hex> epoch=<dec> created=<…>
 *
 * One space between fields, this order, lower-case hex, decimals from 1 without leading zero, nothing else. The
 * tag at the front keeps a signature made for one purpose from being used for another. `created` is information
 * for people and decides nothing but whether a device asks what day it is. */
#ifndef SYNC_METADATA_H
#define SYNC_METADATA_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"
#include "crypto/identity.h"

#define REQUEST_SIZE 33		/* 16 random bytes in hex and a NUL */
#define CREATED_SIZE 21

enum metadata_kind { METADATA_BUNDLE, METADATA_JOIN, METADATA_WELCOME };

struct metadata {
	enum metadata_kind kind;
	char from[DEVICE_ID_SIZE], to[DEVICE_ID_SIZE];
	char req[REQUEST_SIZE];		/* join, welcome */
	int64_t epoch;			/* bundle, welcome */
	int64_t seq;			/* bundle */
	char prev[HASH_HEX_SIZE];	/* bundle */
	char created[CREATED_SIZE];
};

/* The whole line; -1 (ERR_DAMAGED) for any other spelling. */
int metadata_read(struct metadata *m, const char *line, size_t len,
    struct err *e) __attribute__((warn_unused_result));

void metadata_write(const struct metadata *m, struct buf *out);

/* `created` of a file that is made now, rounded down to the minute. */
void metadata_now(char created[CREATED_SIZE]);

#endif
