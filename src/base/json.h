/* json: RFC 8259, the strict part of it that bundles and --json need: a writer that appends to a buffer, and a
 * pull reader over one value in memory that never recurses and never allocates more than the text is long.
 *
 * Refused: invalid UTF-8, C0 controls unescaped, DEL and C1 (escaped or not) and escaped controls other than \n
 * and \t, lone surrogates, NUL, numbers that are not 64-bit integers (no fraction, no exponent), depth over 32,
 * trailing bytes. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Writing. Values are appended bare; the caller writes brackets and commas, or uses json_key() for `"key":`.
 * What could play with a terminal (controls, bidi controls, zero-width characters) is written as \uXXXX, which
 * loses nothing. */
/* quoted and escaped; input is valid UTF-8 */
void json_string(struct buf *out, const char *s, size_t len);
void json_strings(struct buf *out, const char *s);			/* NUL-terminated; NULL gives null */
void json_int(struct buf *out, int64_t v);
/* ,"key": after a value, "key": after an opening bracket */
void json_key(struct buf *out, const char *key);

/* Reading: json_open, then a walk. Every call returns 0, or -1 once the text is wrong (sticky: err says where
 * and what). */
enum json_type { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_INT, JSON_STRING, JSON_ARRAY, JSON_OBJECT, JSON_END };

struct json {
	const char *start, *p, *end;
	int depth;
	uint32_t object;		/* bit d - 1: what stands at depth d is an object */
	bool fresh;			/* just after an opening bracket or at the start */
	bool ready;			/* p stands where a value must begin: its comma, or its key, was read */
	bool failed;
	const char *problem;		/* static text once failed */
	struct buf scratch;		/* decoded strings live here until the next string is read */
};

void json_open(struct json *j, const char *text, size_t len);
void json_close(struct json *j);		/* releases the scratch */

/* Once j has failed: fills e with "byte N: what is wrong". Returns -1. */
int json_error(const struct json *j, enum err_code code, struct err *e);

/* Type of the next value in the current array or object (after its key was read), JSON_END at the closing
 * bracket or at the end of the text. On a failure JSON_END with j->failed. null, true and false are taken by
 * json_skip. */
enum json_type json_peek(struct json *j);

int json_enter(struct json *j, enum json_type what);		/* [ or { */
/* the closing bracket; anything still before it is an error */
int json_leave(struct json *j);
int json_read_int(struct json *j, int64_t *v);
/* Valid until the next string or key is read, and not NUL-terminated: a string without escapes points into the
 * text. */
int json_read_string(struct json *j, const char **s, size_t *len);
int json_read_key(struct json *j, const char **s, size_t *len);	/* 0 read; 1 at the closing bracket; -1 wrong */
/* any value, checked; raw text span when raw is not NULL */
int json_skip(struct json *j, const char **raw, size_t *len);
int json_finish(struct json *j);		/* nothing but white space may follow */

/* Objects with few, known keys: reads the object at the reader's position. `keys` is a NULL-terminated list;
 * values[i] gets the raw span of keys[i] (NULL when absent). Duplicate keys are refused; unknown keys are
 * refused unless `others`, and more than JSON_OTHERS_MAX of them always. */
#define JSON_OTHERS_MAX 64
struct json_span { const char *p; size_t len; };
int json_object(struct json *j, const char *const *keys, struct json_span *values, bool others);

/* Reading one span as a value. */
int json_span_int(struct json_span s, int64_t *v);
int json_span_string(struct json_span s, struct buf *out);	/* decoded, replaces out's content */

#endif
