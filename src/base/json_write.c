#include "base/json.h"

#include <string.h>

#include "base/text.h"

/* Bytes that json_string must look at: what JSON escapes, and the first bytes of characters that a terminal obeys
 * (0xC2: C1; 0xD8: U+061C; 0xE2: zero-width, bidi and line separators; 0xEF: U+FEFF). */
static const bool special[256] = {
	[0x00] = 1, [0x01] = 1, [0x02] = 1, [0x03] = 1, [0x04] = 1, [0x05] = 1, [0x06] = 1, [0x07] = 1,
	[0x08] = 1, [0x09] = 1, [0x0A] = 1, [0x0B] = 1, [0x0C] = 1, [0x0D] = 1, [0x0E] = 1, [0x0F] = 1,
	[0x10] = 1, [0x11] = 1, [0x12] = 1, [0x13] = 1, [0x14] = 1, [0x15] = 1, [0x16] = 1, [0x17] = 1,
	[0x18] = 1, [0x19] = 1, [0x1A] = 1, [0x1B] = 1, [0x1C] = 1, [0x1D] = 1, [0x1E] = 1, [0x1F] = 1,
	['"'] = 1, ['\\'] = 1, [0x7F] = 1, [0xC2] = 1, [0xD8] = 1, [0xE2] = 1, [0xEF] = 1,
};

/* Appends the character at s, which begins with a special byte; returns its length. */
static size_t add_special(struct buf *out, const char *s, size_t len)
{
	uint32_t cp;
	size_t n = text_next(s, len, &cp, NULL);

	if (cp == '"' || cp == '\\') {
		buf_addc(out, '\\');
		buf_addc(out, (char)cp);
	} else if (cp == '\n') {
		buf_add(out, "\\n", 2);
	} else if (cp == '\t') {
		buf_add(out, "\\t", 2);
	} else if (text_char_unsafe(cp)) {
		buf_addf(out, "\\u%04x", (unsigned)cp);
	} else {
		text_put(out, cp);
	}
	return n;
}

void json_string(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len, *run = s;

	buf_reserve(out, len + 2);
	buf_addc(out, '"');
	for (const char *p = s; p < end;) {
		if (!special[(unsigned char)*p]) {
			p++;
			continue;
		}
		buf_add(out, run, (size_t)(p - run));
		p += add_special(out, p, (size_t)(end - p));
		run = p;
	}
	buf_add(out, run, (size_t)(end - run));
	buf_addc(out, '"');
}

void json_strings(struct buf *out, const char *s)
{
	if (s == NULL)
		buf_add(out, "null", 4);
	else
		json_string(out, s, strlen(s));
}

void json_int(struct buf *out, int64_t v)
{
	buf_addi(out, v);
}

void json_key(struct buf *out, const char *key)
{
	char last = out->len > 0 ? out->data[out->len - 1] : '{';

	if (last != '{' && last != '[' && last != ',')
		buf_addc(out, ',');
	json_strings(out, key);
	buf_addc(out, ':');
}
