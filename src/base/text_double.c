/* What the names of one person written down twice have in common. An index holds these keys (schema_journal.c): whoever changes one letter here makes
 * the index anew in a migration. */
#include "base/text.h"

#define SKELETON_MAX 8		/* letters of the surname */

/* Which letters are confused in names: a vowel is any vowel, г is х and the Bashkir letters that stand for either, в is ф, ж is ш is щ. 0: a sign that
 * says nothing (ь, ъ, a stop). Others are themselves. */
static uint32_t confused(uint32_t cp)
{
	switch (cp) {
	case U'а': case U'е': case U'и': case U'о': case U'у': case U'ы': case U'э': case U'ю': case U'я': case U'й':
	case 'a': case 'e': case 'i': case 'o': case 'u': case 'y':
		return U'а';
	case U'ь': case U'ъ': case '.': case '\'':
		return 0;
	case U'х':
		return U'г';
	case U'ф':
		return U'в';
	case U'ш': case U'щ':
		return U'ж';
	default:
		return cp;
	}
}

static size_t after_blank(const char *s, size_t len, size_t i)
{
	while (i < len && s[i] != ' ')
		i++;
	return i < len ? i + 1 : len;
}

void text_double_key(const char *s, size_t len, struct buf *out)
{
	struct buf folded = BUF_INIT;
	uint32_t cp, last = 0;
	size_t i = 0, n, count = 0;

	text_fold(s, len, &folded);
	for (; i < folded.len && folded.data[i] != ' ' && folded.data[i] != '-' && count < SKELETON_MAX; i += n) {
		n = text_next(folded.data + i, folded.len - i, &cp, NULL);
		cp = confused(cp);
		if (cp == 0 || cp == last)
			continue;
		if (cp != U'а' || count == 0) {		/* of the vowels only a first one */
			text_put(out, cp);
			count++;
		}
		last = cp;
	}
	i = after_blank(folded.data, folded.len, i);
	if (i < folded.len) {
		text_next(folded.data + i, folded.len - i, &cp, NULL);
		if (confused(cp) != 0) {
			buf_addc(out, ' ');
			text_put(out, confused(cp));
		}
	}
	buf_release(&folded);
}
