/* request: a device's wish to join, as a file that it signs with its own new key (metadata.h: join/1), and the
 * hub's list of those that wait. It holds no secret and proves nothing but that its sender has the keys; who
 * that is, a person says by the fingerprint.
 *
 * Payload, one line: {"v":1,"minisign":"…","age":"…","label":"…","person":"…","name":"…"} */
#ifndef SYNC_REQUEST_H
#define SYNC_REQUEST_H

#include "base/buf.h"
#include "store/store.h"
#include "sync/limits.h"
#include "sync/peer.h"
#include "sync/spool.h"

struct join_request {
	struct metadata meta;
	struct public_identity pub;
	char label[LABEL_SIZE], name[LABEL_SIZE];	/* UTF-8, no control characters */
	char person[RECORD_ID_SIZE];			/* the card that the device made at init, or "" */
};

void request_write(const struct identity *id, const struct join_request *r, struct buf *out);
/* -1: not a request, or not signed by the keys that it names. */
int request_read(struct join_request *r, const char *data, size_t len,
    struct err *e) __attribute__((warn_unused_result));

/* Hub: puts a request on the list. The same again changes nothing; another of the same device replaces it. */
int request_add(struct store *s, const char *data, size_t len, struct err *e);
int request_add_spool(struct store *s, const struct spool *sp, struct err *e);
int request_drop(struct store *s, const char *device, struct err *e);

#endif
