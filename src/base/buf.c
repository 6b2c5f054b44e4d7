#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

#define FIRST_CAPACITY 64

/* Never written to while it is empty: every writer reserves first, and cap is 0 here. */
char buf_empty[1];

void buf_init(struct buf *b)
{
	*b = (struct buf)BUF_INIT;
}

void buf_release(struct buf *b)
{
	if (b->cap > 0)
		free(b->data);
	buf_init(b);
}

void buf_reset(struct buf *b)
{
	buf_cut(b, 0);
}

static void grow(struct buf *b, size_t more)
{
	size_t need, cap;

	if (more >= SIZE_MAX / 2 - b->len)
		mem_resize(NULL, SIZE_MAX, 2);		/* ends the program as memory that ran out does */
	need = b->len + more + 1;
	cap = b->cap > 0 ? b->cap + b->cap / 2 : FIRST_CAPACITY;
	if (cap < need)
		cap = need;
	b->data = mem_resize(b->cap > 0 ? b->data : NULL, cap, 1);
	b->cap = cap;
	b->data[b->len] = '\0';
}

void buf_reserve(struct buf *b, size_t more)
{
	if (more >= b->cap - b->len)		/* len < cap, or both are 0 */
		grow(b, more);
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	if (len == 0)
		return;
	buf_reserve(b, len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_addc(struct buf *b, char c)
{
	buf_reserve(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	int len;

	buf_reserve(b, FIRST_CAPACITY);
	va_start(args, fmt);
	len = vsnprintf(b->data + b->len, b->cap - b->len, fmt, args);
	va_end(args);
	bug_if(len < 0);
	if ((size_t)len >= b->cap - b->len) {
		buf_reserve(b, (size_t)len);
		va_start(args, fmt);
		vsnprintf(b->data + b->len, b->cap - b->len, fmt, args);
		va_end(args);
	}
	b->len += (size_t)len;
}

void buf_addi(struct buf *b, long long number)
{
	unsigned long long rest = number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
	char digits[24], *p = digits + sizeof digits;

	do {
		*--p = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		*--p = '-';
	buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

void buf_grown(struct buf *b, size_t len)
{
	bug_if(b->cap == 0 ? len > 0 : len >= b->cap - b->len);
	if (len == 0)
		return;
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_cut(struct buf *b, size_t len)
{
	bug_if(len > b->len);
	b->len = len;
	if (b->cap > 0)
		b->data[len] = '\0';
}

void buf_drop(struct buf *b, size_t len)
{
	bug_if(len > b->len);
	if (len == 0)
		return;
	memmove(b->data, b->data + len, b->len - len + 1);
	b->len -= len;
}

char *buf_detach(struct buf *b)
{
	char *data = b->cap > 0 ? b->data : mem_dupn("", 0);

	buf_init(b);
	return data;
}
