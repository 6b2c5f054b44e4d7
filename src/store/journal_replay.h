/* journal_replay: operations of the log played into a state. Shared by the rebuilding and the check; nobody else includes this. */
#ifndef STORE_JOURNAL_REPLAY_H
#define STORE_JOURNAL_REPLAY_H

#include "store/state.h"

/* Rows (tbl, pk, dev, seq) of operations that are not refused, record after record, each record's by (hlc, tag). `where` begins with " AND";
 * the caller binds what it has parameters for, and finalises. */
sqlite3_stmt *journal_select_operations(struct journal *j, const char *where, struct err *e);

/* Fills what belongs to op->dev and op->seq. Its texts live until the statement SQL_OPERATION is reset, which is the caller's to do. */
int journal_read_operation(struct journal *j, struct operation *op, struct err *e);

/* Adds one operation to the state of its record; erases and unknown kinds add nothing. */
int journal_replay_one(struct journal *j, struct state *s, int dev, int64_t seq, struct err *e);

#endif
