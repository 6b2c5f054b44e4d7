/* Simple case mapping: Latin (with its supplement and extension A) and Cyrillic. */
#include "base/text.h"

/* In these ranges a capital is even and its small letter the odd one after it. */
static bool is_paired(uint32_t cp)
{
	return (cp >= 0x0100 && cp <= 0x0137 && cp != 0x0130 && cp != 0x0131) || (cp >= 0x014A && cp <= 0x0177)
		|| (cp >= 0x0460 && cp <= 0x0481) || (cp >= 0x048A && cp <= 0x04BF)
		|| (cp >= 0x04D0 && cp <= 0x052F)
		|| (cp >= 0x1E00 && cp <= 0x1E95) || (cp >= 0x1EA0 && cp <= 0x1EFF);
}

/* And in these the capital is odd. */
static bool is_paired_odd(uint32_t cp)
{
	return (cp >= 0x0139 && cp <= 0x0148) || (cp >= 0x0179 && cp <= 0x017E) || (cp >= 0x04C1 && cp <= 0x04CE);
}

uint32_t text_char_lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	if (cp >= 0x0410 && cp <= 0x042F)
		return cp + 32;
	if (cp >= 0x0400 && cp <= 0x040F)
		return cp + 80;
	if (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7)
		return cp + 32;
	if (is_paired(cp))
		return cp | 1;
	if (is_paired_odd(cp))
		return cp + (cp & 1);
	if (cp == 0x04C0)
		return 0x04CF;
	if (cp == 0x0178)
		return 0xFF;
	return cp;
}

uint32_t text_char_upper(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z' ? cp - 32 : cp;
	if (cp >= 0x0430 && cp <= 0x044F)
		return cp - 32;
	if (cp >= 0x0450 && cp <= 0x045F)
		return cp - 80;
	if (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7)
		return cp - 32;
	if (is_paired(cp))
		return cp & ~UINT32_C(1);
	if (is_paired_odd(cp))
		return cp - !(cp & 1);
	if (cp == 0x04CF)
		return 0x04C0;
	if (cp == 0xFF)
		return 0x0178;
	return cp;
}

/* Written past out's end without asking for each byte: in both cases a letter has the same length. */
void text_lower(const char *s, size_t len, struct buf *out)
{
	char *first, *p;
	uint32_t cp;
	bool valid;
	size_t n;

	buf_reserve(out, len);
	first = p = out->data + out->len;
	for (size_t i = 0; i < len; i += n) {
		n = text_next(s + i, len - i, &cp, &valid);
		if (valid)
			p = text_encode(p, text_char_lower(cp));
		else
			*p++ = s[i];
	}
	buf_grown(out, (size_t)(p - first));
}
