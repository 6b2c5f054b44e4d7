/* The form of a text that is searched in: what a person types without looking for the right letter finds it. */
#include "base/text.h"

#include <uchar.h>

/* U+00C0 to U+00FF: accents away. */
static const char16_t latin[] =
	u"aaaaaaæceeeeiiii" u"ðnooooo ouuuuyþß"
	u"aaaaaaæceeeeiiii" u"ðnooooo ouuuuyþy";

/* U+0400 to U+04FF, sixteen letters in each pair of quotes. Besides Bashkir and Tatar, the letters of the
 * neighbours lose what a Russian keyboard does not have: Chuvash ӑ ӗ ӳ, Mari ӓ ҥ ӧ ӱ, Udmurt ӝ ӟ ӥ ӵ, Kazakh қ
 * ұ. */
static const char16_t cyrillic[] =
	u"ееђгєѕіијљњћкиуџ" u"абвгдежзийклмноп"
	u"рстуфхцчшщъыьеуа" u"абвгдежзийклмноп"
	u"рстуфхцчшщъыьеуа" u"ееђгєѕіијљњћкиуџ"
	u"ѡѡѣѣѥѥѧѧѩѩѫѫѭѭѯѯ" u"ѱѱѳѳѵѵѵѵѹѹѻѻѽѽѿѿ"
	u"ҁҁ        ййььрр" u"ггггггжжззкккккк"
	u"ккннннппҩҩссттуу" u"ууххццччччххҽҽҿҿ"
	u"ӏжжккллннннччммӏ" u"ааааӕӕееаааажжзз"
	u"ззииииооооооееуу" u"ууууччггыыггхххх";

static uint32_t fold_ascii(uint32_t cp)
{
	if (cp >= 'A' && cp <= 'Z')
		return cp + 32;
	if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') || cp == '+' || cp == '@' || cp == '.'
			|| cp == '-' || cp == '_')
		return cp;
	return ' ';
}

/* What remains of a character: a letter, a space, or 0 where nothing does. */
static uint32_t fold_char(uint32_t cp)
{
	if (cp < 0x80)
		return fold_ascii(cp);
	if (cp >= 0x0400 && cp <= 0x04FF)
		return cp >= 0x0483 && cp <= 0x0489 ? 0 : cyrillic[cp - 0x0400];
	if (cp >= 0x00C0 && cp <= 0x00FF)
		return latin[cp - 0x00C0];
	if (cp == 0x0178)			/* Ÿ, whose small letter stands in the table */
		return 'y';
	if (cp == 0x2010 || cp == 0x2011)
		return '-';
	if (cp < 0x00C0)
		return cp == 0xAA || cp == 0xB5 || cp == 0xBA ? cp : ' ';
	if ((cp >= 0x2000 && cp <= 0x206F) || cp == 0x2116 || cp == 0x3000 || cp == 0xFEFF)
		return ' ';
	return text_char_width(cp) == 0 ? 0 : text_char_lower(cp);
}

/* Writes past out's end without asking for each byte: no character becomes longer by folding. */
void text_fold(const char *s, size_t len, struct buf *out)
{
	bool gap = false, valid;
	char *first, *p;
	uint32_t cp;

	buf_reserve(out, len + 1);
	first = p = out->data + out->len;
	for (size_t i = 0; i < len;) {
		i += text_next(s + i, len - i, &cp, &valid);
		cp = valid ? fold_char(cp) : ' ';
		if (cp == ' ')
			gap = true;
		if (cp == ' ' || cp == 0)
			continue;
		if (gap && p > first)
			*p++ = ' ';
		gap = false;
		p = text_encode(p, cp);
	}
	buf_grown(out, (size_t)(p - first));
}

/* --- letters of one look --- */

static uint32_t russian_look(uint32_t cp)
{
	static const struct { char latin; char16_t russian; } pairs[] = {
		{ 'A', u'А' }, { 'B', u'В' }, { 'C', u'С' }, { 'E', u'Е' }, { 'H', u'Н' }, { 'K', u'К' }, { 'M', u'М' },
		{ 'O', u'О' }, { 'P', u'Р' }, { 'T', u'Т' }, { 'X', u'Х' }, { 'Y', u'У' }, { 'a', u'а' }, { 'c', u'с' },
		{ 'e', u'е' }, { 'o', u'о' }, { 'p', u'р' }, { 'x', u'х' }, { 'y', u'у' },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if ((uint32_t)pairs[i].latin == cp)
			return pairs[i].russian;
	return 0;
}

static bool is_letter(uint32_t cp)
{
	return text_char_lower(cp) != cp || text_char_upper(cp) != cp;
}

/* Length of the word at s (0 when none begins there); *mixed when it is a Russian one with Latin letters that look so. */
static size_t word_at(const char *s, size_t len, bool *mixed)
{
	bool russian = false, alike = false, foreign = false;
	size_t i, n;
	uint32_t cp;

	for (i = 0; i < len; i += n) {
		n = text_next(s + i, len - i, &cp, NULL);
		if (!is_letter(cp))
			break;
		if (cp >= 0x0400 && cp < 0x0530)
			russian = true;
		else if (russian_look(cp) != 0)
			alike = true;
		else
			foreign = true;
	}
	*mixed = russian && alike && !foreign;
	return i;
}

void text_one_script(const char *s, size_t len, struct buf *out)
{
	size_t word, i = 0, n;
	uint32_t cp;
	bool mixed;

	while (i < len) {
		word = word_at(s + i, len - i, &mixed);
		for (size_t end = i + (word ? word : 1); i < end; i += n) {
			n = text_next(s + i, len - i, &cp, NULL);
			if (mixed && russian_look(cp) != 0)
				text_put(out, russian_look(cp));
			else
				buf_add(out, s + i, n);
		}
	}
}
