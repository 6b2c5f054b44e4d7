/* label: what the columns of the journal are called and how their values are shown, for who tells of operations rather than of records. A person's
 * role and stage stand in a table of their own, and are fields of the person all the same. */
#ifndef RECORDS_LABEL_H
#define RECORDS_LABEL_H

#include "records/record.h"

#define LABEL_PARTICIPATION "participation"

/* The type whose records a table holds; of a participation the person. NULL: a newer program's. */
const struct record_type *label_type(const char *table);
/* The record of that type that an operation is about: of a participation "programme/person" the person. Points into `pk`. */
const char *label_record(const char *table, const char *pk);

/* NULL: no field of any form. The mark `deleted` has a label and words for its two values, but no field. */
const struct field *label_field(const char *table, const char *column);
const char *label_column(const char *table, const char *column);	/* translated; "" for a column that this program does not know */
void label_value(struct store *s, const char *table, const char *column, const char *value, struct buf *out);

#endif
