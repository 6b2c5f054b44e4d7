#include "records/namesake.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "records/joined.h"

/* The sorting key has one byte a letter, and behind a blank where its capitals stand (base/text.h); е and ё differ in it. So the key without its
 * capitals is a prefix to look for, and at each е or ё both are tried, where the index has a name that begins so. */
struct search {
	struct store *s;
	const char *begins, *same;		/* statements of the type */
	struct buf key;
	struct buf plain;			/* the key with every ё as е: what two equal names have in common */
	char ye, yo;				/* their bytes in a key */
	namesake_fn each;
	void *context;
	struct err *e;
};

/* The key without its capitals. */
static void letters_key(const char *name, struct buf *key)
{
	text_sort_key(name, strlen(name), key);
	buf_cut(key, strcspn(key->data, " "));
}

void namesake_key(const char *name, struct buf *key)
{
	struct buf plain = BUF_INIT;
	static const char yo[] = "ё", capital_yo[] = "Ё";
	for (const char *p = name; *p; ) {
		bool is_yo = strncmp(p, yo, sizeof yo - 1) == 0 || strncmp(p, capital_yo, sizeof capital_yo - 1) == 0;
		buf_add(&plain, is_yo ? "е" : p, is_yo ? sizeof yo - 1 : 1);
		p += is_yo ? sizeof yo - 1 : 1;
	}
	letters_key(plain.data, key);
	buf_release(&plain);
}

static bool same_name(const struct search *f, const char *name)
{
	struct buf key = BUF_INIT;
	namesake_key(name, &key);
	bool same = strcmp(key.data, f->plain.data) == 0;
	buf_release(&key);
	return same;
}

static const char person_begins[] = "SELECT 1 FROM person WHERE deleted = 0 AND sort >= ?1 AND sort < ?2 LIMIT 1";
static const char person_same_sql[] =
	"SELECT p.id, p.name, p.phone, p.municipality, " JOINED_PERSON("p.id") " FROM person p WHERE p.deleted = 0 AND p.sort >= ?1 AND p.sort < ?2";
static const char organisation_begins[] = "SELECT 1 FROM organisation WHERE deleted = 0 AND sort >= ?1 AND sort < ?2 LIMIT 1";
static const char organisation_same_sql[] =
	"SELECT id, name, phone, municipality, id FROM organisation WHERE deleted = 0 AND sort >= ?1 AND sort < ?2";

/* Keys that begin with the first `len` bytes, up to `after` behind them. */
static sqlite3_stmt *range(const struct search *f, const char *sql, size_t len, const char *after, struct buf *low, struct buf *high)
{
	sqlite3_stmt *st = store_prepare(f->s, sql, f->e);
	if (!st)
		return NULL;
	buf_add(low, f->key.data, len);
	buf_add(high, f->key.data, len);
	buf_adds(high, after);
	store_bind_text(st, 1, low->data);
	store_bind_text(st, 2, high->data);
	return st;
}

static int anybody_begins(const struct search *f, size_t len)
{
	struct buf low = BUF_INIT, high = BUF_INIT;
	sqlite3_stmt *st = range(f, f->begins, len, "\x7f", &low, &high);
	int rc = st ? store_step(f->s, st, f->e) : -1;
	if (rc >= 0)
		sqlite3_reset(st);
	buf_release(&low);
	buf_release(&high);
	return rc;
}

static int report(const struct search *f)
{
	struct buf low = BUF_INIT, high = BUF_INIT;
	/* '!' is what a key has for a blank between words: names that go on are out, capitals behind a ' ' are in. */
	sqlite3_stmt *st = range(f, f->same, f->key.len, "!", &low, &high);
	int rc = st ? 0 : -1, stopped = 0;
	while (st && !stopped && (rc = store_step(f->s, st, f->e)) == 1) {
		struct namesake n = { store_text(st, 4), store_text(st, 0), store_text(st, 1), store_text(st, 2), store_text(st, 3) };
		if (same_name(f, n.name))
			stopped = f->each(f->context, &n);
	}
	if (st && rc >= 0)
		sqlite3_reset(st);
	buf_release(&low);
	buf_release(&high);
	return stopped ? stopped : rc;
}

/* Tries е and ё at each of their places from `i` on. */
static int descend(struct search *f, size_t i)
{
	while (i < f->key.len && f->key.data[i] != f->ye && f->key.data[i] != f->yo)
		i++;
	if (i == f->key.len)
		return report(f);
	char typed = f->key.data[i];
	for (int k = 0; k < 2; k++) {
		f->key.data[i] = k ? f->yo : f->ye;
		int rc = anybody_begins(f, i + 1);
		if (rc == 1)
			rc = descend(f, i + 1);
		if (rc != 0)
			return rc;
	}
	f->key.data[i] = typed;
	return 0;
}

static char key_byte(const char *letter)
{
	struct buf key = BUF_INIT;
	text_sort_key(letter, strlen(letter), &key);
	char byte = key.data[0];
	buf_release(&key);
	return byte;
}

int namesake_each(struct store *s, const struct record_type *t, const char *name, namesake_fn each, void *context, struct err *e)
{
	bool person = t == &person_type;
	bug_if(!person && t != &organisation_type);
	struct search f = {
		.s = s, .key = BUF_INIT, .plain = BUF_INIT, .each = each, .context = context, .e = e,
		.begins = person ? person_begins : organisation_begins,
		.same = person ? person_same_sql : organisation_same_sql,
		.ye = key_byte("Е"), .yo = key_byte("Ё"),
	};
	letters_key(name, &f.key);
	namesake_key(name, &f.plain);
	int rc = f.key.len > 0 ? descend(&f, 0) : 0;
	buf_release(&f.key);
	buf_release(&f.plain);
	return rc;
}
