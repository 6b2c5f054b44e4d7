#include "base/text.h"

#include <string.h>

#include "base/i18n.h"

#define REPLACEMENT 0xFFFD

static size_t invalid(uint32_t *cp, bool *valid)
{
	*cp = REPLACEMENT;
	if (valid != NULL)
		*valid = false;
	return 1;
}

size_t text_next(const char *s, size_t len, uint32_t *cp, bool *valid)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned char c = p[0];
	size_t need;

	if (valid != NULL)
		*valid = true;
	if (c < 0x80) {
		*cp = c;
		return 1;
	}
	/* The narrower bounds of the second byte refuse overlong forms, surrogates and what lies over U+10FFFF. */
	need = c >= 0xC2 && c <= 0xDF ? 2 : c >= 0xE0 && c <= 0xEF ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
	if (need == 0 || len < need || (p[1] & 0xC0) != 0x80)
		return invalid(cp, valid);
	if (need == 2) {
		*cp = (uint32_t)(c & 0x1F) << 6 | (p[1] & 0x3F);
		return 2;
	}
	if ((c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F) || (c == 0xF0 && p[1] < 0x90)
			|| (c == 0xF4 && p[1] > 0x8F)
			|| (p[2] & 0xC0) != 0x80)
		return invalid(cp, valid);
	if (need == 3) {
		*cp = (uint32_t)(c & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
		return 3;
	}
	if ((p[3] & 0xC0) != 0x80)
		return invalid(cp, valid);
	*cp = (uint32_t)(c & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
	return 4;
}

char *text_encode(char *p, uint32_t cp)
{
	if (cp < 0x80) {
		*p++ = (char)cp;
	} else if (cp < 0x800) {
		*p++ = (char)(0xC0 | cp >> 6);
		*p++ = (char)(0x80 | (cp & 0x3F));
	} else if (cp < 0x10000) {
		*p++ = (char)(0xE0 | cp >> 12);
		*p++ = (char)(0x80 | (cp >> 6 & 0x3F));
		*p++ = (char)(0x80 | (cp & 0x3F));
	} else {
		*p++ = (char)(0xF0 | cp >> 18);
		*p++ = (char)(0x80 | (cp >> 12 & 0x3F));
		*p++ = (char)(0x80 | (cp >> 6 & 0x3F));
		*p++ = (char)(0x80 | (cp & 0x3F));
	}
	return p;
}

void text_put(struct buf *out, uint32_t cp)
{
	char *end;

	buf_reserve(out, 4);
	end = text_encode(out->data + out->len, cp);
	buf_grown(out, (size_t)(end - (out->data + out->len)));
}

bool text_utf8_valid(const char *s, size_t len)
{
	bool valid = true;
	uint32_t cp;

	for (size_t i = 0; i < len && valid;)
		i += text_next(s + i, len - i, &cp, &valid);
	return valid;
}

size_t text_length(const char *s, size_t len)
{
	size_t count = 0;
	uint32_t cp;

	for (size_t i = 0; i < len; count++)
		i += text_next(s + i, len - i, &cp, NULL);
	return count;
}

static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

int text_check(const char *s, size_t len, bool multiline, struct err *e)
{
	size_t character = 0;
	uint32_t cp;
	bool valid;

	for (size_t i = 0; i < len; character++) {
		i += text_next(s + i, len - i, &cp, &valid);
		if (!valid)
			return err_set(e, ERR_REFUSED, _("character %zu is not valid UTF-8"), character + 1);
		if (!is_control(cp) || (multiline && (cp == '\n' || cp == '\t')))
			continue;
		if (cp == '\n')
			return err_set(e, ERR_REFUSED, _("a line break does not belong here"));
		return err_set(e, ERR_REFUSED, _("character %zu is a control character (U+%04X)"),
			character + 1, (unsigned)cp);
	}
	return 0;
}

bool text_char_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 || cp == 0x202F || cp == 0x3000
		|| (cp >= 0x2000 && cp <= 0x200A);
}

/* A letter and the accent that follows it, as the one letter that a keyboard types; 0 when they make none. */
static uint32_t compose(uint32_t letter, uint32_t accent)
{
	static const struct { uint16_t letter, accent, composed; } pairs[] = {
		{ 0x0415, 0x0308, 0x0401 }, { 0x0435, 0x0308, 0x0451 },		/* Ё ё */
		{ 0x0418, 0x0306, 0x0419 }, { 0x0438, 0x0306, 0x0439 },		/* Й й */
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i].letter == letter && pairs[i].accent == accent)
			return pairs[i].composed;
	return 0;
}

/* What text_clean has seen but not yet written: blanks (or line feeds) between two things that stay. */
struct gap { size_t feeds; bool blank; };

static void close_gap(struct gap *g, bool first, struct buf *out)
{
	if (!first) {
		for (size_t i = 0; i < g->feeds; i++)
			buf_addc(out, '\n');
		if (g->feeds == 0 && g->blank)
			buf_addc(out, ' ');
	}
	*g = (struct gap){ 0, false };
}

void text_clean(const char *s, size_t len, bool multiline, struct buf *out)
{
	struct gap gap = { 0, false };
	size_t had = out->len, n, more;
	uint32_t cp, accent, composed;
	bool valid;

	for (size_t i = 0; i < len; i += n) {
		n = text_next(s + i, len - i, &cp, &valid);
		if (valid && text_char_blank(cp)) {
			gap.feeds += multiline && cp == '\n';
			gap.blank = true;
			continue;
		}
		close_gap(&gap, out->len == had, out);
		if (i + n < len && cp >= 0x0415 && cp <= 0x0438) {
			more = text_next(s + i + n, len - i - n, &accent, NULL);
			composed = compose(cp, accent);
			if (composed != 0) {
				text_put(out, composed);
				n += more;
				continue;
			}
		}
		buf_add(out, s + i, n);		/* an invalid byte stays what it is, for text_check to find */
	}
}

/* Cleaned and in lower case, with ё as е. */
static void same_form(const char *text, struct buf *out)
{
	struct buf cleaned = BUF_INIT;
	uint32_t cp;
	size_t n;

	text_clean(text, strlen(text), false, &cleaned);
	for (size_t i = 0; i < cleaned.len; i += n) {
		n = text_next(cleaned.data + i, cleaned.len - i, &cp, NULL);
		cp = text_char_lower(cp);
		text_put(out, cp == 0x0451 ? 0x0435 : cp);
	}
	buf_release(&cleaned);
}

bool text_same(const char *a, const char *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool same;

	same_form(a, &x);
	same_form(b, &y);
	same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	buf_release(&x);
	buf_release(&y);
	return same;
}
