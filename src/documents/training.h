/* training: the papers of a course: the register of those who are on it, with hours by day, the provider's document and a signature; and the fund's own
 * certificates of participation. */
#ifndef DOCUMENTS_TRAINING_H
#define DOCUMENTS_TRAINING_H

#include "base/buf.h"
#include "base/err.h"
#include "records/record.h"

/* A part for each group, with its days. */
int training_register(struct store *s, const char *course, struct buf *pdf, struct err *e);

/* Who gets certificates: the given people, who must be on the course and not have left it; count 0: everybody who has completed it. Those of the fund are
 * issued where there is none yet. Ids of certificates by name of the person; the caller frees. Refused where there is nobody. */
int training_certify(struct store *s, const char *course, const char *const *persons, int count, char (**ids)[RECORD_ID_SIZE], int *found, struct err *e);

/* Certificates, a page each. */
int training_certificates(struct store *s, const char (*ids)[RECORD_ID_SIZE], int count, struct buf *pdf, struct err *e);

#endif
