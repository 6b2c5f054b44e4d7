/* protocol: the protocol of a competition, as it is signed and filed: programme, grant, call, dates, the judges, the criteria with their weights, the table of
 * the ranking with each criterion's mean and the sum, the decisions with their reasons, how it was computed, and a line for each judge to sign on. */
#ifndef DOCUMENTS_PROTOCOL_H
#define DOCUMENTS_PROTOCOL_H

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

/* As PDF. ERR_REFUSED: the call is open; its protocol is made once it is closed. */
int protocol_make(struct store *s, const char *call, struct buf *out, struct err *e);

/* «protocol-2019-12-01.pdf», from the day when the call was closed. */
void protocol_file_name(struct store *s, const char *call, struct buf *out);

#endif
