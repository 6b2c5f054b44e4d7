#include "records/double.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/joined.h"

/* --- two cards --- */

static bool agree(const char *a, const char *b)
{
	return *a && strcmp(a, b) == 0;
}

static int weight_of(unsigned why)
{
	int weight = why & DOUBLE_MUNICIPALITY ? 1 : 0;
	if (why & DOUBLE_ORGANISATION)
		weight += 2;
	return weight + (why & DOUBLE_PHONE ? 3 : 0) + (why & DOUBLE_EMAIL ? 3 : 0);
}

int double_judge(const struct double_name *a, const struct double_card *x, const struct double_name *b, const struct double_card *y, unsigned *why)
{
	enum { WEIGHT = 10, DIFFERENCE = 3 };
	*why = (agree(x->phone, y->phone) ? DOUBLE_PHONE : 0) | (agree(x->email, y->email) ? DOUBLE_EMAIL : 0) |
	    (agree(x->organisation, y->organisation) ? DOUBLE_ORGANISATION : 0) | (agree(x->municipality, y->municipality) ? DOUBLE_MUNICIPALITY : 0);
	int weight = weight_of(*why), differ = weight > 0 ? double_name_differ(a, b) : DOUBLE_OTHER;
	if (differ == DOUBLE_OTHER)
		return 0;
	/* Two telephones say that they are two, where the names are not quite the same. */
	differ += differ > 0 && *x->phone && *y->phone && !(*why & (DOUBLE_PHONE | DOUBLE_EMAIL));
	if (differ > 1 && weight < differ)
		return 0;
	*why |= differ == 0 ? DOUBLE_NAME : 0;
	return WEIGHT * weight + WEIGHT - DIFFERENCE * differ;
}

void double_why(unsigned why, struct buf *out)
{
	static const struct { unsigned bit; const char *label; } words[] = {
		/* TRANSLATORS: what two cards have in common, in a list of words: «имя, телефон, муниципалитет» */
		{ DOUBLE_NAME, N_("name") }, { DOUBLE_PHONE, N_("telephone") }, { DOUBLE_EMAIL, N_("e-mail") }, { DOUBLE_ORGANISATION, N_("organisation") },
		{ DOUBLE_MUNICIPALITY, N_("municipality") },
	};
	bool first = true;
	if (!(why & DOUBLE_NAME)) {
		/* TRANSLATORS: in the same list: the names of two cards are alike and not the same */
		buf_adds(out, _("a like name"));
		first = false;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (why & words[i].bit) {
			buf_addf(out, "%s%s", first ? "" : ", ", _(words[i].label));
			first = false;
		}
}

/* --- the likeliest --- */

struct finding {
	struct store *s;
	const char *id;
	struct double_name name;
	const struct double_card *card;
	struct double_found *found;
	int *count;
	int room;		/* cards that may still be read */
	struct err *e;
};

/* Of two that go for one person, and of two that are as likely, the first. */
static void keep(struct finding *f, const char *id, const char *name, unsigned why, int score)
{
	int at = 0;
	for (int i = 0; i < *f->count; i++)
		if (strcmp(f->found[i].id, id) == 0) {
			if (f->found[i].score >= score)
				return;
			free(f->found[i].name);
			memmove(&f->found[i], &f->found[i + 1], (size_t)(*f->count - i - 1) * sizeof *f->found);
			(*f->count)--;
		}
	while (at < *f->count && f->found[at].score >= score)
		at++;
	if (at == DOUBLES_FOUND)
		return;
	if (*f->count == DOUBLES_FOUND)
		free(f->found[--(*f->count)].name);
	memmove(&f->found[at + 1], &f->found[at], (size_t)(*f->count - at) * sizeof *f->found);
	f->found[at] = (struct double_found){ .name = mem_dup(name), .why = why, .score = score };
	snprintf(f->found[at].id, RECORD_ID_SIZE, "%s", id);
	(*f->count)++;
}

#define CARDS \
	"SELECT p.id, p.name, p.phone, p.email, p.organisation, p.municipality, " JOINED_PERSON("p.id") " FROM person p INDEXED BY person_double" \
	" WHERE p.deleted = 0 AND double_key(p.name) "

static const char cards_of_key[] = CARDS "= ?1 LIMIT ?2";
/* Whose given name is not known: all of the surname. ' ' stands before the initial, and '!' behind ' '. */
static const char cards_of_surname[] = CARDS ">= ?1 AND double_key(p.name) < ?1 || '!' LIMIT ?2";

static int compare_card(struct finding *f, sqlite3_stmt *st)
{
	const struct double_card c = { store_text(st, 1), store_text(st, 2), store_text(st, 3), store_text(st, 4), store_text(st, 5) };
	struct double_name name;
	unsigned why;
	f->room--;
	if (strcmp(store_text(st, 0), f->id) == 0)
		return 0;
	double_name_read(&name, c.name);
	int score = double_judge(&f->name, f->card, &name, &c, &why);
	if (score > 0)
		keep(f, store_text(st, 6), c.name, why, score);
	return 0;
}

static int look_up(struct finding *f, const char *sql, const char *key)
{
	int rc;
	sqlite3_stmt *st = f->room > 0 ? store_prepare(f->s, sql, f->e) : NULL;
	if (!st)
		return f->room > 0 ? -1 : 0;
	store_bind_text(st, 1, key);
	sqlite3_bind_int(st, 2, f->room);
	while ((rc = store_step(f->s, st, f->e)) == 1)
		compare_card(f, st);
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

/* --- keys that differ in one letter --- */

enum { SKELETON_LETTERS = 16, LETTER_BYTES = 4 };

/* A key in letters: the surname's skeleton, and from `surname` on a blank and the initial. */
struct key { uint32_t letter[SKELETON_LETTERS]; int count, surname; };

static void key_read(struct key *k, const char *text)
{
	size_t len = strlen(text);
	*k = (struct key){ .count = 0, .surname = -1 };
	for (size_t i = 0; i < len && k->count < SKELETON_LETTERS; k->count++) {
		i += text_next(text + i, len - i, &k->letter[k->count], NULL);
		if (k->letter[k->count] == ' ' && k->surname < 0)
			k->surname = k->count;
	}
	k->surname = k->surname < 0 ? k->count : k->surname;
}

/* The key without the letter at `leave` (-1: with all), with `put` before `at` (0: none). */
static int try_key(struct finding *f, const struct key *k, int leave, int at, uint32_t put)
{
	struct buf text = BUF_INIT;
	for (int i = 0; i <= k->count; i++) {
		if (i == at && put)
			text_put(&text, put);
		if (i < k->count && i != leave)
			text_put(&text, k->letter[i]);
	}
	int rc = look_up(f, cards_of_key, text.data);
	buf_release(&text);
	return rc;
}

static int near_keys(struct finding *f, const char *text)
{
	static const char32_t consonants[] = U"бвгджзклмнпрстцч";
	struct key k;
	int rc = 0;
	key_read(&k, text);
	for (int i = 0; i < k.surname && k.surname > 3 && rc == 0; i++)
		rc = try_key(f, &k, i, -1, 0);
	/* Of a short skeleton one letter is half a name. */
	for (int i = 0; i <= k.surname && k.surname > 2 && rc == 0; i++)
		for (const char32_t *c = consonants; *c && rc == 0; c++) {
			if (i < k.surname && k.letter[i] != *c)
				rc = try_key(f, &k, i, i, *c);
			if (rc == 0 && k.surname < 8)
				rc = try_key(f, &k, -1, i, *c);
		}
	return rc;
}

/* --- verdicts --- */

int double_decided(struct store *s, const char *a, const char *b, bool *decided, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM person_link l WHERE l.deleted = 0 AND l.verdict = 'different'"
	    " AND ((l.person IN " JOINED_IDS("?1") " AND l.other IN " JOINED_IDS("?2") ") OR (l.person IN " JOINED_IDS("?2") " AND l.other IN " JOINED_IDS("?1") "))"
	    " UNION ALL SELECT 1 WHERE " JOINED_PERSON("?1") " = " JOINED_PERSON("?2") " LIMIT 1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, a);
	store_bind_text(st, 2, b);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	*decided = rc == 1;
	return rc < 0 ? -1 : 0;
}

static int drop_decided(struct finding *f)
{
	for (int i = 0; i < *f->count; ) {
		bool decided;
		if (double_decided(f->s, f->id, f->found[i].id, &decided, f->e) != 0)
			return -1;
		if (!decided) {
			i++;
			continue;
		}
		free(f->found[i].name);
		memmove(&f->found[i], &f->found[i + 1], (size_t)(*f->count - i - 1) * sizeof *f->found);
		(*f->count)--;
	}
	return 0;
}

int double_find(struct store *s, const char *id, const struct double_card *c, struct double_found found[DOUBLES_FOUND], int *count, struct err *e)
{
	enum { CARDS_MOST = 300, NEAR_MOST = 100 };
	struct finding f = { .s = s, .id = id, .card = c, .found = found, .count = count, .room = CARDS_MOST, .e = e };
	struct buf begin = BUF_INIT, key = BUF_INIT;
	int rc = 0;
	*count = 0;
	double_name_read(&f.name, c->name);
	if (!*c->phone && !*c->email && !*c->organisation && !*c->municipality)
		return 0;
	double_name_begin(&f.name, &begin);
	text_double_key(begin.data, begin.len, &key);
	if (key.len > 0 && f.name.given.count == 0)
		rc = look_up(&f, cards_of_surname, key.data);
	else if (key.len > 0 && (rc = look_up(&f, cards_of_key, key.data)) == 0) {
		f.room = NEAR_MOST;
		rc = near_keys(&f, key.data);
	}
	if (rc == 0 && *id)
		rc = drop_decided(&f);
	buf_release(&begin);
	buf_release(&key);
	if (rc != 0)
		double_found_release(found, *count);
	return rc;
}

void double_found_release(struct double_found *found, int count)
{
	for (int i = 0; i < count; i++)
		free(found[i].name);
}
