/* exchange_line: the hub's end of a line as bytes: words and raw bytes to and fro, with patience. */
#ifndef SYNC_EXCHANGE_LINE_H
#define SYNC_EXCHANGE_LINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/err.h"
#include "sync/wire.h"

struct exchange_line {
	int in, out, silence_ms;
	int flags_in, flags_out;	/* as they were */
	bool ended;			/* the other end says no more, */
	bool deaf;			/* or hears no more */
	struct wire got;
	struct buf out_buf;
};

void exchange_line_open(struct exchange_line *l, int in, int out, int silence_ms);
void exchange_line_close(struct exchange_line *l);			/* sends what it still can without waiting */

void exchange_line_say(struct exchange_line *l, const struct wire_line *word);	/* kept until exchange_line_flush, exchange_line_read or exchange_line_try */
int exchange_line_flush(struct exchange_line *l, struct err *e);		/* until everything went */
void exchange_line_try(struct exchange_line *l);				/* what goes without waiting */
/* The next line: 1; 0: the other end ended before its first byte; -1: silence, an end in the middle, or no such word. Sends what was said meanwhile. */
int exchange_line_read(struct exchange_line *l, struct wire_line *out, struct err *e);
/* Some of `most` raw bytes, at least one; 0 and *e: silence, or the end. */
size_t exchange_line_raw(struct exchange_line *l, size_t most, const char **data, struct err *e);
/* Bytes of a file, from `at` on. */
int exchange_line_send_file(struct exchange_line *l, int fd, off_t at, int64_t size, struct err *e);

#endif
