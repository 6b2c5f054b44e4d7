#include "records/bearers.h"

#include <stdio.h>
#include <string.h>

#include "records/joined.h"
#include "records/namesake.h"

#define MANY 16		/* so many bearers are worth a table */

int bearers_begin(struct store *s, struct err *e)
{
	return store_exec(s, "CREATE TEMP TABLE IF NOT EXISTS bearer_name(key TEXT PRIMARY KEY) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS bearer(id TEXT PRIMARY KEY, key TEXT NOT NULL, phone TEXT NOT NULL, municipality TEXT NOT NULL) WITHOUT ROWID;"
	    "CREATE INDEX IF NOT EXISTS temp.bearer_phone ON bearer(key, phone, municipality);"
	    "CREATE INDEX IF NOT EXISTS temp.bearer_municipality ON bearer(key, municipality);"
	    "DELETE FROM temp.bearer_name; DELETE FROM temp.bearer", e);
}

int bearers_end(struct store *s, struct err *e)
{
	return store_exec(s, "DELETE FROM temp.bearer_name; DELETE FROM temp.bearer", e);
}

/* 1: the bearers of this name stand in the table. */
static int held(struct store *s, const char *key, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM temp.bearer_name WHERE key = ?1", e);
	int found;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, key);
	found = store_step(s, st, e);
	sqlite3_reset(st);
	return found;
}

static int put(struct store *s, const char *id, const char *key, const char *phone, const char *municipality, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "INSERT OR REPLACE INTO temp.bearer(id, key, phone, municipality) VALUES(?1, ?2, ?3, ?4)", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	store_bind_text(st, 2, key);
	store_bind_text(st, 3, phone);
	store_bind_text(st, 4, municipality);
	return store_run(s, st, e);
}

struct reading {
	struct store *s;
	const char *key;
	int status;
	struct err *e;
};

static int put_one(void *context, const struct namesake *n)
{
	struct reading *r = context;

	r->status = put(r->s, n->card, r->key, n->phone, n->municipality, r->e);
	return r->status;
}

static int hold(struct store *s, const char *name, const char *key, struct err *e)
{
	struct reading r = { s, key, 0, e };
	sqlite3_stmt *st = store_prepare(s, "INSERT INTO temp.bearer_name(key) VALUES(?1)", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, key);
	if (store_run(s, st, e) != 0 || namesake_each(s, &person_type, name, put_one, &r, e) < 0)
		return -1;
	return r.status;
}

/* The one who fits; *several where there is another. */
static int take_id(struct store *s, sqlite3_stmt *st, char id[RECORD_ID_SIZE], bool *several, struct err *e)
{
	int found = store_step(s, st, e);

	if (found == 1)
		snprintf(id, RECORD_ID_SIZE, "%s", store_text(st, 0));
	if (found == 1 && (found = store_step(s, st, e)) == 1) {
		*several = true;
		*id = '\0';
	}
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

struct wanted {
	const char *phone, *municipality;
	char phone_id[RECORD_ID_SIZE], place_id[RECORD_ID_SIZE];
	int by_phone, by_place, looked_at;
};

/* The cards of one person are one of those who fit. */
#define FOUND "SELECT DISTINCT " JOINED_PERSON("b.id") " FROM temp.bearer b WHERE b.key = ?1 "

static int look_up(struct store *s, const char *key, const struct wanted *w, char id[RECORD_ID_SIZE], bool *several, struct err *e)
{
	sqlite3_stmt *st;

	if (*w->phone != '\0') {
		st = store_prepare(s, FOUND "AND b.phone = ?2 LIMIT 2", e);
		if (st == NULL)
			return -1;
		store_bind_text(st, 1, key);
		store_bind_text(st, 2, w->phone);
		if (take_id(s, st, id, several, e) != 0)
			return -1;
		if (*several || *id != '\0')
			return 0;
		st = store_prepare(s, FOUND "AND b.phone = '' AND b.municipality = ?2 LIMIT 2", e);
	} else {
		st = store_prepare(s, FOUND "AND b.municipality = ?2 LIMIT 2", e);
	}
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, key);
	store_bind_text(st, 2, w->municipality);
	return take_id(s, st, id, several, e);
}

/* Goes on until there are too many of them: then they are looked up. */
static int note(void *context, const struct namesake *n)
{
	struct wanted *w = context;

	w->looked_at++;
	if (person_fits(n->phone, n->municipality, w->phone, w->municipality)) {
		bool phone = *n->phone != '\0' && *w->phone != '\0';
		char *last = phone ? w->phone_id : w->place_id;

		*(phone ? &w->by_phone : &w->by_place) += strcmp(last, n->id) != 0;
		snprintf(last, RECORD_ID_SIZE, "%s", n->id);
	}
	return w->looked_at > MANY;
}

static int find(struct store *s, const char *name, const char *key, struct wanted *w, char id[RECORD_ID_SIZE], bool *several, struct err *e)
{
	int known = held(s, key, e), fit;

	if (known < 0 || (known == 0 && namesake_each(s, &person_type, name, note, w, e) < 0))
		return -1;
	if (known == 0 && w->looked_at <= MANY) {
		fit = w->by_phone > 0 ? w->by_phone : w->by_place;
		*several = fit > 1;
		if (fit == 1)
			snprintf(id, RECORD_ID_SIZE, "%s", w->by_phone > 0 ? w->phone_id : w->place_id);
		return 0;
	}
	if (known == 0 && hold(s, name, key, e) != 0)
		return -1;
	return look_up(s, key, w, id, several, e);
}

int bearers_find(struct store *s, const char *name, const char *phone, const char *municipality, char id[RECORD_ID_SIZE], bool *several, struct err *e)
{
	struct wanted w = { .phone = phone, .municipality = municipality };
	struct buf key = BUF_INIT;
	int status;

	*id = '\0';
	*several = false;
	namesake_key(name, &key);
	status = find(s, name, key.data, &w, id, several, e);
	buf_release(&key);
	return status;
}

int bearers_saved(struct store *s, const struct record *person, struct err *e)
{
	struct buf key = BUF_INIT;
	int status;

	namesake_key(record_get(person, "name"), &key);
	status = held(s, key.data, e);
	if (status == 1)
		status = put(s, person->id, key.data, record_get(person, "phone"), record_get(person, "municipality"), e);
	buf_release(&key);
	return status;
}
