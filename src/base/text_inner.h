/* text_inner: the letters that most texts are made of, without a call for each; for the functions that every row written goes through. */
#ifndef BASE_TEXT_INNER_H
#define BASE_TEXT_INNER_H

#include "base/text.h"

/* text_next() with a short way for ASCII and Cyrillic (U+0400 to U+04FF, of which no form is overlong). */
static inline size_t text_step(const char *s, size_t len, uint32_t *cp, bool *valid)
{
	const unsigned char *p = (const unsigned char *)s;

	*valid = true;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if ((p[0] & 0xFC) == 0xD0 && len > 1 && (p[1] & 0xC0) == 0x80) {
		*cp = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
		return 2;
	}
	return text_next(s, len, cp, valid);
}

/* text_encode() likewise. */
static inline char *text_write(char *p, uint32_t cp)
{
	if (cp < 0x80) {
		*p++ = (char)cp;
		return p;
	}
	if (cp >= 0x800)
		return text_encode(p, cp);
	*p++ = (char)(0xC0 | cp >> 6);
	*p++ = (char)(0x80 | (cp & 0x3F));
	return p;
}

#endif
