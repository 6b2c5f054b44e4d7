/* rows: what the row sets of the screens share. The texts of all rows stand one after the other, each with its NUL, in one allocation; the
 * pointers are set when it grows no more, in the order in which the texts were added. */
#ifndef RECORDS_ROWS_H
#define RECORDS_ROWS_H

#include <string.h>

#include "base/buf.h"
#include "store/store.h"

static inline void rows_add(struct buf *text, const char *s)
{
	buf_add(text, s, strlen(s) + 1);
}

static inline void rows_end(struct buf *text)	/* ends a text that was appended in pieces */
{
	buf_addc(text, '\0');
}

static inline const char *rows_next(const char **p)
{
	const char *s = *p;
	*p += strlen(s) + 1;
	return s;
}

#endif
