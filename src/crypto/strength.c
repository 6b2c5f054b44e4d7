#include "crypto/strength.h"

#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "crypto/secret.h"

enum { CHARACTERS_MOST = 256, WORD_LEAST = 4 };

/* What is tried first. */
static const char *const tried_first[] = {
	"пароль", "password", "passw0rd", "qwerty", "йцукен", "asdfgh", "фывапр", "zxcvbn", "ячсмит", "parol", "gfhjkm", "livenet", "живая сеть", "admin", "админ",
	"letmein", "welcome", "привет", "hello", "люблю", "love", "master", "dragon", "monkey", "secret", "секрет", "россия", "russia", "башкирия",
	"башкортостан", "bashkortostan", "родник", "солнышко", "наташа", "марина", "1q2w3e", "abc123", NULL
};

struct word { uint32_t at[CHARACTERS_MOST]; int count; };

/* In small letters; what is beyond the room counts for nothing. */
static void take(struct word *w, const char *text)
{
	size_t len = strlen(text);

	w->count = 0;
	for (size_t i = 0; i < len && w->count < CHARACTERS_MOST;) {
		uint32_t cp;

		i += text_next(text + i, len - i, &cp, NULL);
		w->at[w->count++] = text_char_lower(cp);
	}
}

/* Takes every occurrence of `part` out: one mark stays in its place. */
static void take_out(struct word *w, const uint32_t *part, int len)
{
	for (int i = 0; i + len <= w->count; i++) {
		if (memcmp(w->at + i, part, (size_t)len * sizeof *part) != 0)
			continue;
		memmove(w->at + i + 1, w->at + i + len, (size_t)(w->count - i - len) * sizeof *part);
		w->at[i] = 0;
		w->count -= len - 1;
	}
}

static void take_out_words(struct word *w, const char *text)
{
	struct word known;

	take(&known, text);
	for (int from = 0, i = 0; i <= known.count; i++) {
		if (i < known.count && known.at[i] != ' ')
			continue;
		if (i - from >= WORD_LEAST)
			take_out(w, known.at + from, i - from);
		from = i + 1;
	}
}

static bool is_letter(uint32_t c)
{
	return text_char_upper(c) != c;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Neighbours in the alphabet, among digits, or on a row of keys. */
static bool goes_on(uint32_t before, uint32_t c)
{
	static const char *const rows[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm" };
	static const uint32_t russian[] = { 'q', 0x439, 'w', 0x446, 'e', 0x443, 'r', 0x43a, 't', 0x435, 'y', 0x43d, 'u', 0x433, 'i', 0x448, 'o', 0x449, 'p', 0x437,
		'a', 0x444, 's', 0x44b, 'd', 0x432, 'f', 0x430, 'g', 0x43f, 'h', 0x440, 'j', 0x43e, 'k', 0x43b, 'l', 0x434,
		'z', 0x44f, 'x', 0x447, 'c', 0x441, 'v', 0x43c, 'b', 0x438, 'n', 0x442, 'm', 0x44c, 0 };

	if (c == before || c == before + 1 || c + 1 == before)
		return true;
	for (int i = 0; russian[i] != 0; i += 2) {
		if (russian[i + 1] == before)
			before = russian[i];
		if (russian[i + 1] == c)
			c = russian[i];
	}
	for (int i = 0; i < 3; i++) {
		const char *one = before < 128 && before > 0 ? strchr(rows[i], (int)before) : NULL, *other = c < 128 && c > 0 ? strchr(rows[i], (int)c) : NULL;

		if (one != NULL && other != NULL && (other == one + 1 || one == other + 1))
			return true;
	}
	return false;
}

static bool pair_before(const struct word *w, int i)
{
	for (int k = 1; k < i; k++)
		if (w->at[k] == w->at[i] && w->at[k - 1] == w->at[i - 1])
			return true;
	return false;
}

/* Tenths of a bit: the first letters of a word tell most. */
static int worth(const struct word *w, int i, int place)
{
	static const int letters[] = { 48, 35, 24, 20 };
	uint32_t c = w->at[i];

	if (c == 0)
		return 30;			/* one of what is tried first, or of what is known */
	if (i > 0 && (goes_on(w->at[i - 1], c) || pair_before(w, i)))
		return 8;
	if (is_letter(c))
		return place < 4 ? letters[place] : 16;
	if (is_digit(c))
		return 26;
	if (c == ' ')
		return 5;
	/* What stands between digits belongs to a date or a telephone. */
	return i > 0 && i + 1 < w->count && is_digit(w->at[i - 1]) && is_digit(w->at[i + 1]) ? 10 : 45;
}

static int count_bits(const struct word *w)
{
	int sum = 0, place = 0;

	for (int i = 0; i < w->count; i++) {
		place = i > 0 && is_letter(w->at[i]) && is_letter(w->at[i - 1]) ? place + 1 : 0;
		sum += worth(w, i, place);
	}
	return sum / 10;
}

int strength_bits(const char *passphrase, const char *known)
{
	struct word w, first;
	int bits;

	take(&w, passphrase);
	for (int i = 0; tried_first[i] != NULL; i++) {
		take(&first, tried_first[i]);
		take_out(&w, first.at, first.count);
	}
	if (known != NULL)
		take_out_words(&w, known);
	bits = count_bits(&w);
	secret_wipe(&w, sizeof w);
	return bits;
}

int strength_check(const char *passphrase, const char *known, struct err *e)
{
	if (text_length(passphrase, strlen(passphrase)) < STRENGTH_CHARACTERS)
		return err_set(e, ERR_PASSPHRASE, _("the passphrase is too short: at least %d characters; four words are easy to keep in mind"), STRENGTH_CHARACTERS);
	if (strength_bits(passphrase, known) < STRENGTH_LEAST)
		return err_set(e, ERR_PASSPHRASE, _("the passphrase is too easy to guess; take three or four words that do not belong together"));
	return 0;
}
