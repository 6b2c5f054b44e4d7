/* consent: a person's consent to the use of personal data, a document of its own for each purpose. It is valid until it is withdrawn (or its record
 * removed); who withdraws is to be erased. */
#ifndef RECORDS_CONSENT_H
#define RECORDS_CONSENT_H

#include "records/record.h"

#define CONSENT_PARTICIPATION "participation"	/* the purpose that a seminar's sheet asks for */

extern const struct choice consent_purposes[];	/* participation publication */
extern const struct choice consent_forms[];	/* paper electronic */

/* SQL: whether the person of the expression has a valid consent for the purpose. One range of an index. */
#define CONSENT_VALID "consent.deleted = 0 AND coalesce(consent.withdrawn, '') = ''"
#define CONSENT_EXISTS(person_, purpose_) "EXISTS (SELECT 1 FROM consent WHERE consent.person = " person_ \
	" AND consent.purpose = " purpose_ " AND " CONSENT_VALID ")"

/* Writes down for each of these people (ids) that a paper was signed on a day (as typed; NULL or "": today), in one transaction: all of them or none. Who has a
 * valid consent for the purpose keeps it. `purpose`: a code or a word for one. */
int consent_sign(struct store *s, const char *const *persons, int count, const char *purpose, const char *date, struct err *e);

int consent_valid(struct store *s, const char *person, const char *purpose, bool *valid, struct err *e);

#endif
