/* welcome: the hub's answer to a request to join: sealed to the device, signed by the hub (metadata.h:
 * welcome/1). Its hash is the `prev` of the first bundle in both directions, which ties the chains to this
 * enrolment.
 *
 * Inside, one line:
 * {"v":1,"role":"…","municipality":"…","person":"…","hub":"…","roster":3,"first_op":1,"epoch":1} */
#ifndef SYNC_WELCOME_H
#define SYNC_WELCOME_H

#include "base/buf.h"
#include "sync/peer.h"

#define WELCOME_MAX 8192

struct welcome {
	struct metadata meta;
	char role[16], municipality[16], person[RECORD_ID_SIZE], hub[LABEL_SIZE];
	int64_t roster;
	int64_t first_op;		/* the first of the device's operations that the hub does not hold yet */
};

int welcome_write(const struct identity *hub, const struct public_identity *to, const struct welcome *w,
    struct buf *out, struct err *e);

/* Opens and checks a welcome that must come from `hub` to this device. `hash`: of the file. */
int welcome_read(struct welcome *w, const struct identity *me, const struct public_identity *hub,
    const char *data, size_t len,
    char hash[HASH_HEX_SIZE], struct err *e) __attribute__((warn_unused_result));

#endif
