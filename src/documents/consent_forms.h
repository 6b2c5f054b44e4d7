/* consent_forms: forms to be signed, two to a page, from the text that is in force today (records/template.h): for people, with what their card says filled in, and
 * blank ones with lines to write on. */
#ifndef DOCUMENTS_CONSENT_FORMS_H
#define DOCUMENTS_CONSENT_FORMS_H

#include "records/record.h"

#define CONSENT_FORMS_MAX 1000

/* `purpose`: a code of consent_purposes. Refused where there is nothing to print. */
int consent_forms_make(struct store *s, const char *purpose, const char *const *persons, int count, int blank, struct buf *pdf, struct err *e);

/* Who stands on a seminar's sheet, is not absent and has no valid consent for the purpose: ids, to be freed; *signed_: how many have one. */
int consent_forms_missing(struct store *s, const char *seminar, const char *purpose, char (**persons)[RECORD_ID_SIZE], int *count, int *signed_, struct err *e);

#endif
