/* text: UTF-8 as people write it here: Russian, Tatar and Bashkir, with some English.
 *
 * Everything takes bytes that may be hostile; nothing depends on the locale. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* Decodes one character at s[0..len) (len > 0) strictly (RFC 3629: no surrogates, no overlong forms). Returns
 * its length in bytes; for a byte that is not valid UTF-8 returns 1 and sets *cp to 0xFFFD with *valid false.
 * `valid` may be NULL. */
size_t text_next(const char *s, size_t len, uint32_t *cp, bool *valid);

/* Appends one character as UTF-8. text_encode writes its 1 to 4 bytes at p and returns their end. */
void text_put(struct buf *out, uint32_t cp);
char *text_encode(char *p, uint32_t cp);

bool text_utf8_valid(const char *s, size_t len);

/* Refuses invalid UTF-8, NUL, C0, DEL and C1 controls; LF and TAB pass where `multiline`. Returns 0, or -1 with
 * a text that says what is wrong (ERR_REFUSED). */
int text_check(const char *s, size_t len, bool multiline, struct err *e);

/* Appends s with surrounding white space removed, inner runs of blanks folded to one space (not line feeds when
 * `multiline`), no-break spaces made plain, and е+◌̈, и+◌̆ (and capitals) composed as keyboards type them. */
void text_clean(const char *s, size_t len, bool multiline, struct buf *out);

/* Columns a character takes on a terminal: 0 for combining marks and zero-width, 2 for wide and emoji, else 1. */
int text_char_width(uint32_t cp);
int text_width(const char *s, size_t len);

/* How many bytes of s fit in `width` columns; combining marks stay with their letter. */
size_t text_fit(const char *s, size_t len, int width);

/* Number of characters. */
size_t text_length(const char *s, size_t len);

/* White space of any kind: blanks, tab, line feed, no-break and typographic spaces. */
bool text_char_blank(uint32_t cp);

/* Simple case mapping for Latin and Cyrillic (with the Bashkir and Tatar letters). */
uint32_t text_char_lower(uint32_t cp);
uint32_t text_char_upper(uint32_t cp);
void text_lower(const char *s, size_t len, struct buf *out);

/* Appends the form used for searching: lower case; ё and э as е; ә and я as а; ө as о; ү and ю as у; ғ as г; ҡ
 * as к; ҙ as з; ҫ as с; ң as н; һ as х; җ as ж; accents away; punctuation other than + @ . - _ to a space, runs
 * of spaces to one and none at the ends; so that "галия" finds «Ғәлиә» and "ооо родник" finds «ООО „Родник“». */
void text_fold(const char *s, size_t len, struct buf *out);

/* Appends what the names of one person have in common however they are written down: the surname without its vowels (but a first one), letters that are
 * confused taken for one, and the initial of the given name: «Ғәлимова Айгөл Рөстәм ҡыҙы», «Галимова А. Р.» and «Галлимова Айгуль» have one key. Different
 * people have the same one as well: it finds who is to be compared (records/double.h). */
void text_double_key(const char *s, size_t len, struct buf *out);

/* Appends s with the Latin letters that look like Russian ones («Cидоpов») made Russian, in words that have Russian letters besides; a word
 * with any other Latin letter stays. */
void text_one_script(const char *s, size_t len, struct buf *out);

/* Appends a key that memcmp orders as the alphabet with the Bashkir letters in their places does (А Б В Г Ғ Д Ҙ
 * Е Ё Ж Җ З И Й К Ҡ Л М Н Ң О Ө П Р С Ҫ Т У Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы Ь Э Ә Ю Я; Latin after Cyrillic, digits before
 * letters, space and hyphen before all), case only when all else is equal; quotes and other punctuation count
 * as a space. The key is printable ASCII without NUL, so that it can stand in a TEXT column, and has one byte a
 * letter; a name written as names are («Галимова Айгуль») costs nothing for its case. */
void text_sort_key(const char *s, size_t len, struct buf *out);

/* True for what no terminal, log or JSON may get as it is: controls (C0, DEL, C1), bidi controls, U+2028/9,
 * zero-width characters and U+FEFF. All of them are below U+10000. */
bool text_char_unsafe(uint32_t cp);

/* Appends s made safe for a terminal or a log, on one line: controls (C0, DEL, C1), bidi controls U+202A–202E and
 * U+2066–2069, U+2028/9, zero-width characters, U+FEFF and invalid bytes as \n, \t, \xHH or \u{HHHH}; a
 * backslash itself is left alone. */
void text_escape(const char *s, size_t len, struct buf *out);

/* The same for a value in a tab-separated line: besides, a backslash is doubled. */
void text_escape_tsv(const char *s, size_t len, struct buf *out);

/* Windows-1251 to UTF-8. Returns -1 (ERR_REFUSED) at byte 0x98, which the table does not define. */
int text_from_cp1251(const char *s, size_t len, struct buf *out, struct err *e);

/* True when a and b name the same thing for a person who types: equal after cleaning and folding of case and ё. */
bool text_same(const char *a, const char *b);

/* A telephone number as typed → +79170000001: 8 or 7 before ten digits become +7; ten digits get +7; other
 * countries keep their + and 7 to 15 digits. Blanks, hyphens, dots, brackets are skipped. Appends to out. -1
 * (ERR_REFUSED) with words; what Excel made of a number (8,91701E+10) is named as such, with how to mend the
 * column. */
int text_phone(const char *s, size_t len, struct buf *out, struct err *e);

/* For display: +79170000001 → "+7 917 000-00-01"; others unchanged. */
void text_phone_pretty(const char *phone, struct buf *out);

/* An e-mail address: one @, something on both sides, a dot on the right, no blanks, at most 254 bytes; the
 * domain becomes lower case. Appends to out; -1 with words. */
int text_email(const char *s, size_t len, struct buf *out, struct err *e);

#endif
