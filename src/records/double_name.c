#include "records/double_name.h"

#include <string.h>
#include <uchar.h>

#include "base/text.h"

enum { LONG = 9, MIDDLE = 5 };		/* letters from which on two slips are forgiven, and one */
enum { WORDS = 6 };

/* --- reading --- */

/* «кызы», «улы», «оглы»: daughter, son of. */
static bool is_particle(const struct double_word *w)
{
	static const char16_t *const particles[] = { u"кизи", u"гизи", u"ули", u"угли" };
	for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
		int k = 0;
		while (particles[i][k] && k < w->count && w->letter[k] == particles[i][k])
			k++;
		if (!particles[i][k] && k == w->count)
			return true;
	}
	return false;
}

static uint16_t sound(uint32_t cp)
{
	return cp == U'о' ? U'у' : cp == U'ы' || cp == U'й' ? U'и' : (uint16_t)cp;
}

static int split(const struct buf *folded, struct double_word *words)
{
	int count = 0;
	struct double_word w = { .count = 0 };
	for (size_t i = 0; i <= folded->len; ) {
		uint32_t cp = ' ';
		i += i < folded->len ? text_next(folded->data + i, folded->len - i, &cp, NULL) : 1;
		if (cp != ' ' && cp != '.') {
			if (w.count == 0)
				w.first = (uint16_t)(cp <= UINT16_MAX ? cp : '?');
			if (w.count < DOUBLE_WORD_MAX && cp <= UINT16_MAX && cp != U'ь' && cp != U'ъ')
				w.letter[w.count++] = sound(cp);
			continue;
		}
		if (w.count > 0 && count < WORDS && !is_particle(&w))
			words[count++] = w;
		w.count = 0;
	}
	return count;
}

/* The first whole word is the surname, the others follow in their order. */
void double_name_read(struct double_name *n, const char *name)
{
	struct buf folded = BUF_INIT;
	struct double_word words[WORDS];
	memset(n, 0, sizeof *n);
	text_fold(name, strlen(name), &folded);
	int count = split(&folded, words), at = 0, taken = 0;
	buf_release(&folded);
	while (at < count && words[at].count < 2)
		at++;
	if (at == count)
		return;
	n->surname = words[at];
	for (int i = 0; i < count && taken < 2; i++)
		if (i != at)
			*(taken++ == 0 ? &n->given : &n->patronymic) = words[i];
}

void double_name_begin(const struct double_name *n, struct buf *out)
{
	for (int i = 0; i < n->surname.count; i++)
		text_put(out, n->surname.letter[i]);
	if (n->surname.count > 0 && n->given.count > 0) {
		buf_addc(out, ' ');
		for (int i = 0; i < n->given.count; i++)
			text_put(out, n->given.letter[i]);
	}
}

/* --- comparing words --- */

static bool equal(const struct double_word *a, const struct double_word *b)
{
	return a->count == b->count && memcmp(a->letter, b->letter, a->count * sizeof *a->letter) == 0;
}

/* Letters put in, left out, changed, or two beside each other exchanged; never more than `most` + 1 is told. */
static int slips(const struct double_word *a, const struct double_word *b, int most)
{
	int row[3][DOUBLE_WORD_MAX + 1];
	if (a->count - b->count > most || b->count - a->count > most)
		return most + 1;
	for (int k = 0; k <= b->count; k++)
		row[0][k] = k;
	for (int i = 1; i <= a->count; i++) {
		int *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3], least = now[0] = i;
		for (int k = 1; k <= b->count; k++) {
			bool same = a->letter[i - 1] == b->letter[k - 1];
			now[k] = last[k - 1] + !same;
			now[k] = last[k] + 1 < now[k] ? last[k] + 1 : now[k];
			now[k] = now[k - 1] + 1 < now[k] ? now[k - 1] + 1 : now[k];
			if (i > 1 && k > 1 && a->letter[i - 1] == b->letter[k - 2] && a->letter[i - 2] == b->letter[k - 1] && before[k - 2] + 1 < now[k])
				now[k] = before[k - 2] + 1;
			least = now[k] < least ? now[k] : least;
		}
		if (least > most)
			return most + 1;
	}
	return row[a->count % 3][b->count];
}

static bool near(const struct double_word *a, const struct double_word *b)
{
	int shorter = a->count < b->count ? a->count : b->count, most = shorter >= LONG ? 2 : shorter >= MIDDLE ? 1 : 0;
	return slips(a, b, most) <= most;
}

static bool initials_agree(const struct double_word *a, const struct double_word *b)
{
	return (a->count == 1 || b->count == 1) && a->first == b->first;
}

/* --- surnames --- */

static bool next_part(const struct double_word *w, int *at, struct double_word *part)
{
	part->count = 0;
	while (*at < w->count && w->letter[*at] != '-')
		part->letter[part->count++] = w->letter[(*at)++];
	*at += *at < w->count;
	return part->count > 0;
}

/* «Иванова-Петрова» and either of the two. */
static bool share_part(const struct double_word *a, const struct double_word *b)
{
	struct double_word x, y;
	for (int i = 0; next_part(a, &i, &x); )
		for (int k = 0; next_part(b, &k, &y); )
			if (x.count > 1 && equal(&x, &y))
				return true;
	return false;
}

/* «Галимов» and «Галимова» are a brother and a sister rather than a slip. */
static bool other_gender(const struct double_word *a, const struct double_word *b)
{
	return (a->letter[a->count - 1] == u'а') != (b->letter[b->count - 1] == u'а');
}

static int surnames(const struct double_name *a, const struct double_name *b)
{
	bool given = a->given.count > 1 && equal(&a->given, &b->given);
	if (equal(&a->surname, &b->surname))
		return 0;
	if (share_part(&a->surname, &b->surname))
		return 1;
	if (near(&a->surname, &b->surname) && (given || !other_gender(&a->surname, &b->surname)))
		return 1;
	/* Who married has another surname and the rest of the name as before. */
	return given && a->patronymic.count > 1 && equal(&a->patronymic, &b->patronymic) ? 3 : DOUBLE_OTHER;
}

/* --- given names and patronymics --- */

static int given_names(const struct double_word *a, const struct double_word *b)
{
	if (a->count == 0 || b->count == 0)
		return a->count == b->count ? 1 : 2;
	if (a->count > 1 && equal(a, b))
		return 0;
	if (initials_agree(a, b))
		return 1;
	return a->count > 1 && b->count > 1 && near(a, b) ? 2 : DOUBLE_OTHER;
}

static bool strip(struct double_word *w, const char16_t *end)
{
	int n = 0;
	while (end[n])
		n++;
	if (w->count < n + 2)
		return false;
	for (int i = 0; i < n; i++)
		if (w->letter[w->count - n + i] != end[i])
			return false;
	w->count = (uint8_t)(w->count - n);
	return true;
}

/* «Рустамовна» and «Рөстәм (ҡыҙы)» have one stem. */
static struct double_word stem(const struct double_word *patronymic)
{
	static const char16_t *const ends[] = { u"увич", u"евич", u"увна", u"евна", u"инична", u"ична", u"ич" };
	struct double_word w = *patronymic;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (strip(&w, ends[i]))
			break;
	return w;
}

static int patronymics(const struct double_word *a, const struct double_word *b)
{
	if (a->count == 0 || b->count == 0)
		return a->count != b->count;
	if ((a->count > 1 && equal(a, b)) || initials_agree(a, b))
		return 0;
	if (a->count == 1 || b->count == 1)
		return DOUBLE_OTHER;
	struct double_word x = stem(a), y = stem(b);
	return near(&x, &y) ? 1 : DOUBLE_OTHER;
}

int double_name_differ(const struct double_name *a, const struct double_name *b)
{
	if (a->surname.count == 0 || b->surname.count == 0)
		return DOUBLE_OTHER;
	int all = given_names(&a->given, &b->given);
	if (all < DOUBLE_OTHER)
		all += patronymics(&a->patronymic, &b->patronymic);
	if (all < DOUBLE_OTHER)
		all += surnames(a, b);
	return all < DOUBLE_OTHER ? all : DOUBLE_OTHER;
}
