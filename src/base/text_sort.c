/* Keys that memcmp sorts as the alphabet does. One byte a character, in this order: space, hyphen, digits,
 * Cyrillic, Latin, the rest; then, only where capitals stand elsewhere than at the beginning of words, a blank
 * (lower than any of them) and the differences, six a byte. So a name's key is as long as the name has letters. */
#include "base/text.h"

#include <uchar.h>

enum place {
	KEY_SEPARATOR = ' ',
	KEY_SPACE = '!',
	KEY_HYPHEN,
	KEY_DIGIT,
	KEY_CYRILLIC = KEY_DIGIT + 10,
	KEY_LATIN = KEY_CYRILLIC + 43,
	KEY_OTHER = '~',		/* followed by the code point, six bits a byte */
	KEY_CASE = '0',			/* first of the 64 bytes that hold six bits */
	IGNORED = 0,
	CAPITAL = 0x80			/* added to a key byte in the tables */
};
_Static_assert(KEY_LATIN + 26 <= KEY_OTHER, "the key bytes are printable ASCII");

#define CYRILLIC_FIRST 0x0400
#define L(capital, small, place) \
	[(capital) - CYRILLIC_FIRST] = (KEY_CYRILLIC + (place)) | CAPITAL, \
	[(small) - CYRILLIC_FIRST] = KEY_CYRILLIC + (place)

/* U+0400 to U+04FF; what is not named here goes with the rest. */
static const unsigned char cyrillic[256] = {
	L(u'А', u'а', 0), L(u'Б', u'б', 1), L(u'В', u'в', 2), L(u'Г', u'г', 3),
	L(u'Ғ', u'ғ', 4), L(u'Д', u'д', 5), L(u'Ҙ', u'ҙ', 6), L(u'Е', u'е', 7),
	L(u'Ё', u'ё', 8), L(u'Ж', u'ж', 9), L(u'Җ', u'җ', 10), L(u'З', u'з', 11),
	L(u'И', u'и', 12), L(u'Й', u'й', 13), L(u'К', u'к', 14), L(u'Ҡ', u'ҡ', 15),
	L(u'Л', u'л', 16), L(u'М', u'м', 17), L(u'Н', u'н', 18), L(u'Ң', u'ң', 19),
	L(u'О', u'о', 20), L(u'Ө', u'ө', 21), L(u'П', u'п', 22), L(u'Р', u'р', 23),
	L(u'С', u'с', 24), L(u'Ҫ', u'ҫ', 25), L(u'Т', u'т', 26), L(u'У', u'у', 27),
	L(u'Ү', u'ү', 28), L(u'Ф', u'ф', 29), L(u'Х', u'х', 30), L(u'Һ', u'һ', 31),
	L(u'Ц', u'ц', 32), L(u'Ч', u'ч', 33), L(u'Ш', u'ш', 34), L(u'Щ', u'щ', 35),
	L(u'Ъ', u'ъ', 36), L(u'Ы', u'ы', 37), L(u'Ь', u'ь', 38), L(u'Э', u'э', 39),
	L(u'Ә', u'ә', 40), L(u'Ю', u'ю', 41), L(u'Я', u'я', 42),

	/* Letters of the neighbours, beside the letter that they are made from. */
	L(u'Ӑ', u'ӑ', 0), L(u'Ӓ', u'ӓ', 0), L(u'Ѓ', u'ѓ', 3), L(u'Ґ', u'ґ', 3),
	L(u'Ҕ', u'ҕ', 3), L(u'Ӷ', u'ӷ', 3), L(u'Ӻ', u'ӻ', 3), L(u'Ђ', u'ђ', 5),
	L(u'Ѐ', u'ѐ', 7), L(u'Ӗ', u'ӗ', 7), L(u'Ӂ', u'ӂ', 9), L(u'Ӝ', u'ӝ', 9),
	L(u'Ѕ', u'ѕ', 11), L(u'Ӟ', u'ӟ', 11), L(u'Ӡ', u'ӡ', 11), L(u'І', u'і', 12),
	L(u'Ї', u'ї', 12), L(u'Ѝ', u'ѝ', 12), L(u'Ӣ', u'ӣ', 12), L(u'Ӥ', u'ӥ', 12),
	L(u'Ј', u'ј', 13), L(u'Ҋ', u'ҋ', 13), L(u'Ќ', u'ќ', 14), L(u'Қ', u'қ', 14),
	L(u'Ҝ', u'ҝ', 14), L(u'Ҟ', u'ҟ', 14), L(u'Ӄ', u'ӄ', 14), L(u'Љ', u'љ', 16),
	L(u'Ӆ', u'ӆ', 16), L(u'Ӎ', u'ӎ', 17), L(u'Њ', u'њ', 18), L(u'Ҥ', u'ҥ', 18),
	L(u'Ӈ', u'ӈ', 18), L(u'Ӊ', u'ӊ', 18), L(u'Ӧ', u'ӧ', 20), L(u'Ӫ', u'ӫ', 21),
	L(u'Ҧ', u'ҧ', 22), L(u'Ҏ', u'ҏ', 23), L(u'Ҭ', u'ҭ', 26), L(u'Ў', u'ў', 27),
	L(u'Ұ', u'ұ', 27), L(u'Ӯ', u'ӯ', 27), L(u'Ӱ', u'ӱ', 27), L(u'Ӳ', u'ӳ', 27),
	L(u'Ҳ', u'ҳ', 30), L(u'Ӽ', u'ӽ', 30), L(u'Ӿ', u'ӿ', 30), L(u'Ҵ', u'ҵ', 32),
	L(u'Ћ', u'ћ', 33), L(u'Џ', u'џ', 33), L(u'Ҷ', u'ҷ', 33), L(u'Ҹ', u'ҹ', 33),
	L(u'Ӌ', u'ӌ', 33), L(u'Ӵ', u'ӵ', 33), L(u'Ӹ', u'ӹ', 37), L(u'Ҍ', u'ҍ', 38),
	L(u'Є', u'є', 39), L(u'Ӭ', u'ӭ', 39), L(u'Ӛ', u'ӛ', 40),
};

/* U+00C0 to U+00FF: accented letters with their letter; a blank is no letter, another dash goes with the rest. */
static const char latin[] =
	"AAAAAA-CEEEEIIII" "-NOOOOO OUUUUY--"
	"aaaaaa-ceeeeiiii" "-nooooo ouuuuy-y";

static unsigned char key_ascii(uint32_t cp)
{
	if (cp >= 'a' && cp <= 'z')
		return (unsigned char)(KEY_LATIN + (cp - 'a'));
	if (cp >= 'A' && cp <= 'Z')
		return (unsigned char)((KEY_LATIN + (cp - 'A')) | CAPITAL);
	if (cp >= '0' && cp <= '9')
		return (unsigned char)(KEY_DIGIT + (cp - '0'));
	return cp == '-' ? KEY_HYPHEN : cp == '\'' ? IGNORED : KEY_SPACE;
}

/* The key byte of a character, with CAPITAL. */
static unsigned char key_of(uint32_t cp)
{
	unsigned char key;

	if (cp < 0x80)
		return key_ascii(cp);
	if (cp >= CYRILLIC_FIRST && cp < CYRILLIC_FIRST + 256) {
		key = cyrillic[cp - CYRILLIC_FIRST];
		return key != 0 ? key : cp >= 0x0483 && cp <= 0x0489 ? IGNORED : KEY_OTHER;
	}
	if (cp >= 0xC0 && cp <= 0xFF)
		return latin[cp - 0xC0] != '-' ? key_ascii((unsigned char)latin[cp - 0xC0]) : KEY_OTHER;
	if (cp == 0x2010 || cp == 0x2011)
		return KEY_HYPHEN;
	if (cp == 0x2019 || cp == 0x02BC)			/* apostrophes */
		return IGNORED;
	if (cp < 0xC0 || (cp >= 0x2000 && cp <= 0x206F) || cp == 0x2116 || cp == 0x3000)
		return KEY_SPACE;
	return text_char_width(cp) == 0 ? IGNORED : KEY_OTHER;
}

static char *put_code(char *p, uint32_t cp)
{
	for (int shift = 18; shift >= 0; shift -= 6)
		*p++ = (char)(KEY_CASE + (cp >> shift & 0x3F));
	return p;
}

/* The differences from "a capital begins each word, the rest is small", behind the separator; ends with the
 * last one. */
static char *put_case(const char *s, size_t len, char *p)
{
	bool begins = true;
	char *last = p, *start;
	unsigned bits = 0;
	size_t letter = 0;
	uint32_t cp;

	*p++ = KEY_SEPARATOR;
	start = p;
	for (size_t i = 0; i < len;) {
		unsigned char key;

		i += text_next(s + i, len - i, &cp, NULL);
		key = key_of(cp);
		if ((key & ~CAPITAL) >= KEY_CYRILLIC && key != KEY_OTHER) {
			bits |= (unsigned)(((key & CAPITAL) != 0) != begins) << (5 - letter % 6);
			start[letter / 6] = (char)(KEY_CASE + bits);
			if (bits != 0)
				last = start + letter / 6 + 1;
			if (++letter % 6 == 0)
				bits = 0;
		}
		if (key != IGNORED)
			begins = key == KEY_SPACE || key == KEY_HYPHEN;
	}
	return last;
}

/* Writes past out's end without asking for each byte: at most five bytes a character, and the case. */
void text_sort_key(const char *s, size_t len, struct buf *out)
{
	bool gap = false, begins = true, differs = false;
	char *first, *p;
	uint32_t cp;

	buf_reserve(out, len * 5 + len / 6 + 8);
	first = p = out->data + out->len;
	for (size_t i = 0; i < len;) {
		unsigned char key;

		i += text_next(s + i, len - i, &cp, NULL);
		key = key_of(cp);
		if (key == KEY_SPACE)
			gap = true;
		if (key == KEY_SPACE || key == IGNORED)
			continue;
		if (gap && p > first) {
			*p++ = KEY_SPACE;
			begins = true;
		}
		gap = false;
		*p++ = (char)(key & ~CAPITAL);
		if (key == KEY_OTHER)
			p = put_code(p, cp);
		else if ((key & ~CAPITAL) >= KEY_CYRILLIC)
			differs |= ((key & CAPITAL) != 0) != begins;
		begins = key == KEY_HYPHEN;
	}
	if (differs)
		p = put_case(s, len, p);
	buf_grown(out, (size_t)(p - first));
}
