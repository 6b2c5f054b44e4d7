/* Strings: checked in one pass, and copied only where something in them is escaped. */
#include "base/json.h"

#include "base/i18n.h"
#include "base/json_inner.h"
#include "base/text.h"

#define NOT_UTF8 N_("a string is not valid UTF-8")
#define CONTROL N_("a string holds a control character")

static const char *wrong(struct json *j, const char *problem)
{
	json_wrong(j, problem);
	return NULL;
}

/* Bytes of a string that need no look: printable ASCII but the quote and the backslash. */
static bool plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* Checks the string from p up to its next quote or backslash and returns where that is; NULL when it is wrong. */
static const char *scan(struct json *j, const char *p)
{
	const char *end = j->end;

	for (;;) {
		unsigned char c;
		uint32_t cp;
		bool valid;
		size_t n;

		while (p < end && plain((unsigned char)*p))
			p++;
		if (p == end)
			return wrong(j, JSON_TEXT_ENDS);
		c = (unsigned char)*p;
		if (c == '"' || c == '\\')
			return p;
		/* Cyrillic: two bytes, of which nothing can be wrong but the second. */
		if (c >= 0xC3 && c <= 0xDF && end - p > 1 && ((unsigned char)p[1] & 0xC0) == 0x80) {
			p += 2;
			continue;
		}
		n = text_next(p, (size_t)(end - p), &cp, &valid);
		if (!valid || cp < 0x20 || (cp >= 0x7F && cp < 0xA0)) {
			j->p = p;
			return wrong(j, valid ? CONTROL : NOT_UTF8);
		}
		p += n;
	}
}

/* The value of a hexadecimal digit, 16 for anything else. */
static unsigned hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a' + 10);
	return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10) : 16;
}

static bool read_hex4(const char *p, const char *end, uint32_t *value)
{
	if (end - p < 4)
		return false;
	*value = 0;
	for (int i = 0; i < 4; i++) {
		unsigned digit = hex_digit(p[i]);

		if (digit == 16)
			return false;
		*value = *value << 4 | digit;
	}
	return true;
}

/* Decodes the \uXXXX at p (after the u) into the scratch; a pair of surrogates is one character. */
static const char *unescape_unicode(struct json *j, const char *p)
{
	uint32_t cp, low;

	if (!read_hex4(p, j->end, &cp))
		return wrong(j, N_("an escape is written wrongly"));
	p += 4;
	if (cp >= 0xD800 && cp < 0xDC00 && j->end - p >= 6 && p[0] == '\\' && p[1] == 'u'
			&& read_hex4(p + 2, j->end, &low) && low >= 0xDC00 && low < 0xE000) {
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
		p += 6;
	}
	if (cp >= 0xD800 && cp < 0xE000)
		return wrong(j, N_("half a character is escaped"));
	if ((cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0))
		return wrong(j, CONTROL);
	text_put(&j->scratch, cp);
	return p;
}

/* Decodes the escape at p, which stands on the backslash; returns where it ends, NULL when it is wrong. */
static const char *unescape(struct json *j, const char *p)
{
	j->p = p;
	if (j->end - p < 2)
		return wrong(j, JSON_TEXT_ENDS);
	switch (p[1]) {
	case '"': case '\\': case '/':
		buf_addc(&j->scratch, p[1]);
		return p + 2;
	case 'n':
		buf_addc(&j->scratch, '\n');
		return p + 2;
	case 't':
		buf_addc(&j->scratch, '\t');
		return p + 2;
	case 'u':
		return unescape_unicode(j, p + 2);
	case 'b': case 'f': case 'r':
		return wrong(j, CONTROL);
	default:
		return wrong(j, N_("an escape is written wrongly"));
	}
}

int json_quoted(struct json *j, const char **s, size_t *len)
{
	const char *p = j->p + 1, *q = scan(j, p);

	if (q == NULL)
		return -1;
	if (*q == '"') {
		*s = p;
		*len = (size_t)(q - p);
		j->p = q + 1;
		return 0;
	}
	buf_reset(&j->scratch);
	for (;;) {
		buf_add(&j->scratch, p, (size_t)(q - p));
		if (*q == '"')
			break;
		p = unescape(j, q);
		q = p != NULL ? scan(j, p) : NULL;
		if (q == NULL)
			return -1;
	}
	*s = j->scratch.data;
	*len = j->scratch.len;
	j->p = q + 1;
	return 0;
}
