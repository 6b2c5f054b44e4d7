/* Text made safe for a terminal, a log or a tab-separated line. */
#include "base/text.h"

bool text_char_unsafe(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return true;
	if (cp < 0x061C)
		return false;
	return cp == 0x061C				/* Arabic letter mark */
		|| cp == 0x180E				/* Mongolian vowel separator: of no width */
		|| (cp >= 0x200B && cp <= 0x200F)	/* zero-width space and joiners, direction marks */
		/* line and paragraph separators, bidi embeddings and overrides */
		|| (cp >= 0x2028 && cp <= 0x202E)
		|| (cp >= 0x2060 && cp <= 0x206F)	/* word joiner, invisible operators, bidi isolates */
		|| cp == 0xFEFF;
}

static void add_escaped(struct buf *out, uint32_t cp)
{
	if (cp == '\n')
		buf_add(out, "\\n", 2);
	else if (cp == '\t')
		buf_add(out, "\\t", 2);
	else if (cp < 0x80)
		buf_addf(out, "\\x%02X", (unsigned)cp);
	else
		buf_addf(out, "\\u{%04X}", (unsigned)cp);
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '\\';
}

/* U+00C0 to U+05FF, Cyrillic among them: nothing there is unsafe, so it need not be looked at closer. */
static bool is_plain_pair(const unsigned char *s, size_t len)
{
	return len >= 2 && s[0] >= 0xC3 && s[0] <= 0xD7 && (s[1] & 0xC0) == 0x80;
}

static void escape(const char *s, size_t len, bool double_backslash, struct buf *out)
{
	size_t run = 0, n;
	uint32_t cp;
	bool valid;

	for (size_t i = 0; i < len; i += n) {
		n = 1;
		if (is_plain((unsigned char)s[i]))
			continue;
		n = 2;
		if (is_plain_pair((const unsigned char *)s + i, len - i))
			continue;
		n = text_next(s + i, len - i, &cp, &valid);
		if (valid && !text_char_unsafe(cp) && !(double_backslash && cp == '\\'))
			continue;
		buf_add(out, s + run, i - run);
		if (!valid)
			buf_addf(out, "\\x%02X", (unsigned char)s[i]);
		else if (cp == '\\')
			buf_add(out, "\\\\", 2);
		else
			add_escaped(out, cp);
		run = i + n;
	}
	buf_add(out, s + run, len - run);
}

void text_escape(const char *s, size_t len, struct buf *out)
{
	escape(s, len, false, out);
}

void text_escape_tsv(const char *s, size_t len, struct buf *out)
{
	escape(s, len, true, out);
}
