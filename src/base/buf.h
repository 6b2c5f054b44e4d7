/* buf: bytes that grow. `data` is always followed by a NUL that does not count, so that a buffer can be read as a string;
 * an empty one that never held anything points to a static "". */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

struct buf {
	char *data;
	size_t len, cap;
};

extern char buf_empty[1];
#define BUF_INIT { buf_empty, 0, 0 }

void buf_init(struct buf *b);
void buf_release(struct buf *b);			/* frees; usable again afterwards */
void buf_reset(struct buf *b);				/* empties, keeps the memory */
void buf_reserve(struct buf *b, size_t more);		/* room for `more` further bytes */
void buf_add(struct buf *b, const void *data, size_t len);
void buf_adds(struct buf *b, const char *text);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_addi(struct buf *b, long long number);		/* decimal, without printf's cost */
void buf_grown(struct buf *b, size_t len);		/* len bytes were written at data + len, into reserved room */
void buf_cut(struct buf *b, size_t len);		/* shortens to len */
void buf_drop(struct buf *b, size_t len);		/* removes len bytes at the front */
char *buf_detach(struct buf *b);			/* the caller frees; b is empty afterwards */

#endif
