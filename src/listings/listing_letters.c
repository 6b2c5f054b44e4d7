/* Rows that begin with letters, by the index alone. What a person types is folded, and the index is in the alphabet's order: «га» is ГА, ГӘ, ГЯ, ҒА, ҒӘ
 * and ҒЯ, with other names between them. So each letter is the set of the key's bytes that it may be, and whatever lies between two combinations of
 * them is leapt over. */
#include "listings/listing_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { LETTERS_MAX = 16, BYTES_MAX = 16, CYRILLIC_FIRST = 0x400, CYRILLIC_LAST = 0x4ff, HIGHEST = 0x7f, OTHER = '~' };

struct letters {
	unsigned char byte[LETTERS_MAX][BYTES_MAX];	/* ascending, 0 ends */
	int count;
};

static void add_byte(unsigned char *set, unsigned char byte)
{
	int n = 0, at = 0;
	while (set[n])
		n++;
	while (at < n && set[at] < byte)
		at++;
	if (set[at] == byte || n == BYTES_MAX - 1)
		return;
	memmove(set + at + 1, set + at, (size_t)(n - at));
	set[at] = byte;
}

/* Where the character folds to the wanted one: the first byte of its key. */
static void add_character(unsigned char *set, uint32_t cp, const char *wanted, size_t len)
{
	char text[8];
	struct buf folded = BUF_INIT, key = BUF_INIT;
	size_t size = (size_t)(text_encode(text, cp) - text);
	text_fold(text, size, &folded);
	if (folded.len == len && memcmp(folded.data, wanted, len) == 0) {
		text_sort_key(text, size, &key);
		if (key.len > 0)
			add_byte(set, (unsigned char)key.data[0]);
	}
	buf_release(&folded);
	buf_release(&key);
}

/* The sets of the first letters; they end before what has no one byte of its own in a key. */
static void letters_init(struct letters *l, const char *folded)
{
	size_t len = strlen(folded), n;
	*l = (struct letters){ .count = 0 };
	for (size_t i = 0; i < len && l->count < LETTERS_MAX; i += n) {
		unsigned char *set = l->byte[l->count];
		uint32_t cp;
		n = text_next(folded + i, len - i, &cp, NULL);
		if (cp == ' ') {
			struct buf key = BUF_INIT;
			text_sort_key("а б", strlen("а б"), &key);
			add_byte(set, (unsigned char)key.data[1]);
			buf_release(&key);
		}
		add_character(set, cp, folded + i, n);
		for (uint32_t c = CYRILLIC_FIRST; c <= CYRILLIC_LAST && n > 1; c++)
			add_character(set, c, folded + i, n);
		if (!set[0] || set[0] == OTHER)
			break;
		l->count++;
	}
}

/* The next byte of a set behind `byte` in the direction; 0: none. */
static unsigned char next_byte(const unsigned char *set, unsigned char byte, bool down)
{
	unsigned char best = 0;
	for (; *set; set++)
		if (down ? *set < byte : *set > byte) {
			best = *set;
			if (!down)
				break;
		}
	return best;
}

/* How many of the key's first bytes are in their sets. */
static int matching(const struct letters *l, const char *key)
{
	int i = 0;
	while (i < l->count && key[i] && strchr((const char *)l->byte[i], key[i]))
		i++;
	return i;
}

/* Where to look on: the first combination behind the key, of which `same` bytes match. False: there is none. */
static bool leap(const struct letters *l, const char *key, int same, bool down, char to[LETTERS_MAX + 2])
{
	unsigned char byte = 0;
	int i = same;
	for (; i >= 0 && !byte; i--)
		byte = i < l->count ? next_byte(l->byte[i], (unsigned char)key[i], down) : 0;
	if (!byte)
		return false;
	i++;
	memcpy(to, key, (size_t)i);
	to[i++] = (char)byte;
	for (; i < l->count; i++)
		to[i] = (char)(down ? next_byte(l->byte[i], HIGHEST + 1, true) : l->byte[i][0]);
	to[i] = down ? HIGHEST : '\0';
	to[i + 1] = '\0';
	return true;
}

static void first_combination(const struct letters *l, bool down, char to[LETTERS_MAX + 2])
{
	int i = 0;
	for (; i < l->count; i++)
		to[i] = (char)(down ? next_byte(l->byte[i], HIGHEST + 1, true) : l->byte[i][0]);
	to[i] = down ? HIGHEST : '\0';
	to[i + 1] = '\0';
}

/* From `at` on as long as the keys match. 1: on from `to`. */
static int walk(struct listing_view *v, sqlite3_stmt *st, const struct letters *l, const char *folded, bool down, char to[LETTERS_MAX + 2], int most,
    char (*ids)[RECORD_ID_SIZE], int *count, struct err *e)
{
	int rc = 0;
	sqlite3_reset(st);
	sqlite3_bind_text(st, 6, to, -1, SQLITE_TRANSIENT);
	while (*count < most && (rc = store_step(v->store, st, e)) == 1) {
		const char *key = store_text(st, 1);
		int same = matching(l, key);
		if (same < l->count)
			return leap(l, key, same, down, to);
		if (strncmp(store_text(st, 2), folded, strlen(folded)) == 0)
			snprintf(ids[(*count)++], RECORD_ID_SIZE, "%s", store_text(st, 0));
	}
	return rc < 0 ? -1 : 0;
}

int listing_letters(struct listing_view *v, const char *folded, bool down, int most, char (*ids)[RECORD_ID_SIZE], int *count, struct err *e)
{
	const struct listing *l = v->listing;
	struct buf sql = BUF_INIT;
	struct letters letters;
	char to[LETTERS_MAX + 2];
	int rc = 1;
	*count = 0;
	letters_init(&letters, folded);
	if (letters.count == 0 || !l->letters)
		return 0;
	buf_addf(&sql, "SELECT r.id, %s, %s FROM %s WHERE r.deleted = 0%s%s AND %s %s " LISTING_KEY " ORDER BY %s %s", l->key, l->letters, l->index,
	    l->left_out ? " AND NOT " : "", l->left_out ? l->left_out : "", l->key, down ? "<=" : ">=", l->key, down ? "DESC" : "ASC");
	sqlite3_stmt *st = listing_prepare_sql(v, sql.data, e);
	buf_release(&sql);
	first_combination(&letters, down, to);
	while (st && rc == 1)
		rc = walk(v, st, &letters, folded, down, to, most, ids, count, e);
	sqlite3_finalize(st);
	return st ? rc : -1;
}
