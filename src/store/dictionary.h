/* dictionary: numbers for table and column names. A store numbers the names that its program knows when it is made, and names that arrive
 * in bundles when they arrive; a bundle carries its writer's dictionary, and the reader translates. So what a newer program writes stays in the
 * journal of an older one unharmed and is replayed after an upgrade. Bundle form: [["person","deleted","name",…],["seminar",…],…]: the index of
 * a table, from 1, is its number in this bundle, the index of a column in it, from 1, the column's. */
#ifndef STORE_DICTIONARY_H
#define STORE_DICTIONARY_H

#include "base/buf.h"
#include "base/err.h"
#include "store/journal.h"
#include "schema/table.h"

/* Number of a table or column, or 0 when the store never heard of it. */
int dictionary_table(struct journal *j, const char *name);
int dictionary_column(struct journal *j, int tbl, const char *name);
const char *dictionary_table_name(struct journal *j, int tbl);
const char *dictionary_column_name(struct journal *j, int tbl, int col);
/* The program's own description of a table number; NULL when this program does not know it. */
const struct table *dictionary_known(struct journal *j, int tbl);

void dictionary_write(struct journal *j, struct buf *out);

/* A bundle's dictionary against this store's: new names are numbered. Limits: 200 tables, 200 columns each, names [a-z][a-z0-9_]{0,62}. */
struct dictionary_map;
struct dictionary_map *dictionary_map_read(struct journal *j, const char *text, size_t len, struct err *e);
void dictionary_map_free(struct dictionary_map *m);

/* One operation line `[dhlc,tbl,kind,"pk",body]` of a bundle → an operation in this store's numbers (tbl, kind, pk, body; the caller adds dev, seq
 * and hlc, dhlc is given apart). Where the numbers agree the body is the line's own text, without a copy; else it is written to `scratch`. */
int dictionary_translate(struct dictionary_map *m, const char *line, size_t len, struct operation *op, int64_t *dhlc, struct buf *scratch,
    struct err *e);

#endif
