/* op_fields: what one operation says, read out of its body by the names of columns: the values that it sets and
 * the stamps that its author saw. */
#ifndef SYNC_OP_FIELDS_H
#define SYNC_OP_FIELDS_H

#include "base/buf.h"
#include "store/body.h"
#include "store/journal.h"
#include "schema/table.h"

struct op_fields {
	const struct table *table;
	const char *value[TABLE_COLUMNS_MAX];	/* by the program's column; NULL: not set, or empty; NUL-terminated */
	bool set[TABLE_COLUMNS_MAX];
	struct body body;			/* seen, tags, seen_count: the heads that an update names */
	struct buf text;
};

void op_fields_init(struct op_fields *f);
void op_fields_release(struct op_fields *f);

/* Reads an insert or an update of a table that this program knows. -1 (ERR_DAMAGED) when the body has not the
 * form of one. */
int op_fields_read(struct op_fields *f, struct journal *j, const struct table *t, const struct operation *op,
    struct err *e);

/* The value of a column, "" when it is not set. */
const char *op_field(const struct op_fields *f, const char *column);
bool op_sets(const struct op_fields *f, const char *column);

#endif
