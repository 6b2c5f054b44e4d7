/* bearers: who of a list's people stands in the register already. Most names are borne by one or two, and are found by index one by one
 * (person_same). A list may also bear one name twenty thousand times: a name that many bear is read once, and looked up by its telephones and
 * municipalities in tables of memory from then on.
 *
 * Life, inside one transaction: bearers_begin → bearers_find, bearers_saved … → bearers_end. A rollback of a row takes back what it told. */
#ifndef RECORDS_BEARERS_H
#define RECORDS_BEARERS_H

#include "records/person.h"

int bearers_begin(struct store *s, struct err *e);
int bearers_end(struct store *s, struct err *e);

/* As person_same(): whose telephone it is, else whose municipality. Of several who fit alike it is not known which: *several, and "". */
int bearers_find(struct store *s, const char *name, const char *phone, const char *municipality, char id[RECORD_ID_SIZE], bool *several, struct err *e);

/* A person was entered, or got a telephone or a municipality. */
int bearers_saved(struct store *s, const struct record *person, struct err *e);

#endif
