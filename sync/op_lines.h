/* op_lines: operations as lines of a bundle. A run of one device's operations with consecutive numbers begins
 * with a record that says whose they are, the first number, the stamp that the first line counts from and the
 * position; then a line an operation, with the difference of its stamp to the one before. */
#ifndef SYNC_OP_LINES_H
#define SYNC_OP_LINES_H

#include <stdbool.h>

#include "base/buf.h"
#include "store/journal.h"

struct op_lines {
	struct buf *out;
	int dev;		/* of the run; 0: none yet */
	int64_t next, pos;
	uint64_t hlc;
	int64_t count;
};

void op_lines_begin(struct op_lines *w, struct buf *out);
void op_lines_add(struct op_lines *w, const struct operation *op, const char *tag, int64_t pos);

#endif
