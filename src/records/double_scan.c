/* All pairs of cards that may be of one person: every card is put under several keys (its sound, with each letter left out; its telephone; its e-mail), the keys are
 * sorted, and cards that meet under one are compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "records/double.h"
#include "records/joined.h"

enum { FEW = 64, MANY = 400, NEXT = 8, SKELETON_LEAST = 4 };

struct card {
	uint32_t id, shown, name, phone, email, organisation, municipality;	/* places in the texts */
	uint64_t place, work;							/* hashes of the municipality and the organisation; 0: none */
	struct double_name parts;
};

struct entry { uint64_t key; uint32_t card; };
struct met { uint32_t a, b; unsigned why; int score; };		/* cards */

struct scan {
	struct store *s;
	struct buf texts;
	struct card *card;
	size_t cards, card_room;
	struct entry *entry;
	size_t entries, entry_room;
	struct met *met;
	size_t mets, met_room;
};

static const char *text(const struct scan *c, uint32_t place)
{
	return c->texts.data + place;
}

/* FNV-1a; what meets under one hash is compared by its texts. Never 0. */
static uint64_t key_hash(char kind, const char *p, size_t len)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (unsigned char)kind;
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)p[i]) * UINT64_C(0x100000001b3);
	h ^= h >> 29;
	return h ? h : 1;
}

static uint64_t value_hash(char kind, const char *p)
{
	return *p ? key_hash(kind, p, strlen(p)) : 0;
}

/* --- reading --- */

static uint32_t keep(struct scan *c, sqlite3_stmt *st, int column)
{
	const char *value = store_text(st, column);
	if (!*value)
		return 0;			/* the texts begin with an empty one */
	uint32_t at = (uint32_t)c->texts.len;
	buf_add(&c->texts, value, strlen(value) + 1);
	return at;
}

static void add_entry(struct scan *c, uint64_t key)
{
	if (c->entries == c->entry_room) {
		c->entry_room = c->entry_room ? 2 * c->entry_room : 4096;
		c->entry = mem_resize(c->entry, c->entry_room, sizeof *c->entry);
	}
	c->entry[c->entries++] = (struct entry){ key, (uint32_t)c->cards - 1 };
}

/* The key, and the key with each letter of a surname of some length left out: keys that differ in one letter have one of these in common. */
static void add_keys(struct scan *c, const char *key)
{
	size_t len = strlen(key), surname = strcspn(key, " ");
	char less[128];
	if (len == 0 || len >= sizeof less)
		return;
	add_entry(c, key_hash('k', key, len));
	if (text_length(key, surname) < SKELETON_LEAST)
		return;
	for (size_t i = 0; i < surname; ) {
		uint32_t cp;
		size_t n = text_next(key + i, surname - i, &cp, NULL);
		memcpy(less, key, i);
		memcpy(less + i, key + i + n, len - i - n);
		add_entry(c, key_hash('k', less, len - n));
		i += n;
	}
}

static void add_card(struct scan *c, sqlite3_stmt *st, struct buf *begin, struct buf *key)
{
	if (c->cards == c->card_room) {
		c->card_room = c->card_room ? 2 * c->card_room : 1024;
		c->card = mem_resize(c->card, c->card_room, sizeof *c->card);
	}
	struct card *card = &c->card[c->cards++];
	*card = (struct card){ .id = keep(c, st, 0), .name = keep(c, st, 1), .phone = keep(c, st, 2), .email = keep(c, st, 3), .organisation = keep(c, st, 4),
		.municipality = keep(c, st, 5), .shown = keep(c, st, 6) };
	card->work = value_hash('o', text(c, card->organisation));
	card->place = value_hash('m', text(c, card->municipality));
	double_name_read(&card->parts, text(c, card->name));
	buf_reset(begin);
	buf_reset(key);
	double_name_begin(&card->parts, begin);
	text_double_key(begin->data, begin->len, key);
	if (card->work || card->place || card->phone || card->email)
		add_keys(c, key->data);
	if (card->phone)
		add_entry(c, value_hash('p', text(c, card->phone)));
	if (card->email)
		add_entry(c, value_hash('e', text(c, card->email)));
}

static int read_cards(struct scan *c, int64_t *read, struct err *e)
{
	struct buf begin = BUF_INIT, key = BUF_INIT;
	int rc = -1;
	/* In the table's own order: an index would open a sealed page for each card. */
	sqlite3_stmt *st = store_prepare_once(c->s, "SELECT p.id, p.name, p.phone, p.email, p.organisation, p.municipality, " JOINED_PERSON("p.id")
	    " FROM person p WHERE coalesce(p.deleted, p.name) = 0", e);
	buf_addc(&c->texts, '\0');
	while (st && (rc = store_step(c->s, st, e)) == 1) {
		add_card(c, st, &begin, &key);
		if (read)
			++*read;
	}
	sqlite3_finalize(st);
	buf_release(&begin);
	buf_release(&key);
	return rc;
}

/* --- comparing --- */

static struct double_card values(const struct scan *c, const struct card *x)
{
	return (struct double_card){ text(c, x->name), text(c, x->phone), text(c, x->email), text(c, x->organisation), text(c, x->municipality) };
}

static void compare(struct scan *c, uint32_t i, uint32_t k)
{
	const struct card *x = &c->card[i], *y = &c->card[k];
	unsigned why;
	if (!(x->place && x->place == y->place) && !(x->work && x->work == y->work) && !(x->phone && y->phone) && !(x->email && y->email))
		return;
	struct double_card a = values(c, x), b = values(c, y);
	int score = double_judge(&x->parts, &a, &y->parts, &b, &why);
	if (score == 0 || strcmp(text(c, x->shown), text(c, y->shown)) == 0)
		return;
	if (c->mets == c->met_room) {
		c->met_room = c->met_room ? 2 * c->met_room : 256;
		c->met = mem_resize(c->met, c->met_room, sizeof *c->met);
	}
	bool turned = strcmp(text(c, x->shown), text(c, y->shown)) > 0;
	c->met[c->mets++] = (struct met){ turned ? k : i, turned ? i : k, why, score };
}

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	return x->key != y->key ? (x->key < y->key ? -1 : 1) : x->card < y->card ? -1 : x->card > y->card;
}

/* Of a name that hundreds bear in one place each is compared with the next few: that they are alike is seen of those, and telephones and e-mails are runs of their
 * own. */
static void compare_each(struct scan *c, const struct entry *run, size_t count)
{
	size_t far = count > MANY ? NEXT : count;
	for (size_t i = 0; i + 1 < count; i++)
		for (size_t k = i + 1; k < count && k <= i + far; k++)
			compare(c, run[i].card, run[k].card);
}

/* Cards of a run that have one of their values in common, value by value. `of`: the value of a card, 0: none. */
static void compare_by(struct scan *c, const struct entry *run, size_t count, uint64_t (*of)(const struct scan *c, const struct card *x))
{
	struct entry *sorted = mem_alloc(count * sizeof *sorted);
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		uint64_t value = of(c, &c->card[run[i].card]);
		if (value)
			sorted[n++] = (struct entry){ value, run[i].card };
	}
	qsort(sorted, n, sizeof *sorted, by_key);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && sorted[end].key == sorted[i].key; )
			end++;
		compare_each(c, sorted + i, end - i);
	}
	free(sorted);
}

static uint64_t place_of(const struct scan *c, const struct card *x) { (void)c; return x->place; }
static uint64_t work_of(const struct scan *c, const struct card *x) { (void)c; return x->work; }

/* Telephones and e-mails are runs of their own: of many who sound alike only those of one place or one organisation are compared. */
static void compare_run(struct scan *c, const struct entry *run, size_t count)
{
	if (count <= FEW) {
		compare_each(c, run, count);
		return;
	}
	compare_by(c, run, count, place_of);
	compare_by(c, run, count, work_of);
}

static void compare_all(struct scan *c)
{
	if (c->entries > 0)
		qsort(c->entry, c->entries, sizeof *c->entry, by_key);
	for (size_t i = 0, end; i < c->entries; i = end) {
		for (end = i + 1; end < c->entries && c->entry[end].key == c->entry[i].key; )
			end++;
		if (end - i > 1)
			compare_run(c, c->entry + i, end - i);
	}
}

/* --- what is decided --- */

struct decided { char (*pair)[2 * RECORD_ID_SIZE]; size_t count, room; };

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static int read_decided(struct store *s, struct decided *d, struct err *e)
{
	int rc = -1;
	sqlite3_stmt *st = store_prepare_once(s, "SELECT min(a, b), max(a, b) FROM (SELECT " JOINED_PERSON("l.person") " AS a, " JOINED_PERSON("l.other") " AS b"
	    " FROM person_link l WHERE l.deleted = 0 AND l.verdict = 'different' AND l.person IS NOT NULL AND l.other IS NOT NULL)", e);
	while (st && (rc = store_step(s, st, e)) == 1) {
		if (d->count == d->room) {
			d->room = d->room ? 2 * d->room : 64;
			d->pair = mem_resize(d->pair, d->room, sizeof *d->pair);
		}
		snprintf(d->pair[d->count++], sizeof *d->pair, "%s/%s", store_text(st, 0), store_text(st, 1));
	}
	sqlite3_finalize(st);
	if (d->count > 1)
		qsort(d->pair, d->count, sizeof *d->pair, by_text);
	return rc;
}

static bool is_decided(const struct decided *d, const char *a, const char *b)
{
	char pair[2 * RECORD_ID_SIZE];
	snprintf(pair, sizeof pair, "%s/%s", a, b);
	return d->count > 0 && bsearch(pair, d->pair, d->count, sizeof *d->pair, by_text) != NULL;
}

/* --- the list --- */

/* Cards of one person met several times, as different cards or under several keys: the likeliest stays. */
static int by_pair(const void *a, const void *b)
{
	const struct double_pair *x = a, *y = b;
	int order = strcmp(x->a, y->a);
	order = order ? order : strcmp(x->b, y->b);
	return order ? order : y->score - x->score;
}

static int by_score(const void *a, const void *b)
{
	const struct double_pair *x = a, *y = b;
	return x->score != y->score ? y->score - x->score : by_pair(a, b);
}

static void list_pairs(struct scan *c, const struct decided *d, struct doubles *out)
{
	size_t n = 0, kept = 0;
	out->pair = mem_zero(c->mets + 1, sizeof *out->pair);
	for (size_t i = 0; i < c->mets; i++) {
		const char *a = text(c, c->card[c->met[i].a].shown), *b = text(c, c->card[c->met[i].b].shown);
		if (is_decided(d, a, b))
			continue;
		out->pair[n] = (struct double_pair){ .why = c->met[i].why, .score = c->met[i].score };
		snprintf(out->pair[n].a, RECORD_ID_SIZE, "%s", a);
		snprintf(out->pair[n++].b, RECORD_ID_SIZE, "%s", b);
	}
	if (n > 1)
		qsort(out->pair, n, sizeof *out->pair, by_pair);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || strcmp(out->pair[kept - 1].a, out->pair[i].a) != 0 || strcmp(out->pair[kept - 1].b, out->pair[i].b) != 0)
			out->pair[kept++] = out->pair[i];
	if (kept > 1)
		qsort(out->pair, kept, sizeof *out->pair, by_score);
	out->total = (int64_t)kept;
	out->count = kept < DOUBLES_MOST ? (int)kept : DOUBLES_MOST;
	out->pair = mem_resize(out->pair, (size_t)out->count + 1, sizeof *out->pair);
}

int doubles_find(struct store *s, struct doubles *out, int64_t *read, struct err *e)
{
	struct scan c = { .s = s, .texts = BUF_INIT };
	struct decided d = { .pair = NULL };
	*out = (struct doubles){ .pair = NULL };
	int rc = read_decided(s, &d, e);
	if (rc == 0)
		rc = read_cards(&c, read, e);
	if (rc == 0) {
		compare_all(&c);
		list_pairs(&c, &d, out);
	}
	free(d.pair);
	free(c.card);
	free(c.entry);
	free(c.met);
	buf_release(&c.texts);
	return rc;
}

void doubles_release(struct doubles *d)
{
	free(d->pair);
	*d = (struct doubles){ .pair = NULL };
}
