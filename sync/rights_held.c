/* What the author of an operation held when it was made. */
#include "sync/rights_private.h"

#include <string.h>

#include "store/dictionary.h"

static const struct rights_made_of made_of[] = {
	{ "attendance", { "seminar", "person" }, true, false },
	{ "participation", { "programme", "person" }, true, false },
	{ "seminar_staff", { "seminar", "person" }, true, true },
	{ "judge", { "call", "person" }, false, false },
	{ "enrolment", { "course", "person" }, false, false },
	{ "score", { "application", "criterion", "judge" }, false, false },
	{ "study_day", { "course", "person", "date" }, false, false },
	{ "person_link", { "person", "other" }, true, false },
	{ "erasure", { "person" }, false, false },
};

const struct rights_made_of *rights_made_of(const char *table)
{
	for (size_t i = 0; i < sizeof made_of / sizeof *made_of; i++)
		if (strcmp(made_of[i].table, table) == 0)
			return &made_of[i];
	return NULL;
}

bool rights_ask(struct rights *r, sqlite3_stmt *st)
{
	int got = st == NULL ? -1 : store_step(r->s, st, r->e);

	if (st != NULL)
		sqlite3_reset(st);
	if (got < 0)
		r->failed = true;
	return got == 1;
}

bool rights_ask_of(struct rights *r, const char *sql, const char *pk, size_t len)
{
	sqlite3_stmt *st = store_prepare(r->s, sql, r->e);

	if (st != NULL) {
		sqlite3_bind_text(st, 1, pk, (int)len, SQLITE_STATIC);
		if (sqlite3_bind_parameter_count(st) > 1)
			store_bind_text(st, 2, r->peer.person);
	}
	return rights_ask(r, st);
}

bool rights_entered(struct rights *r, int tbl, const char *pk, size_t len, bool own)
{
	sqlite3_stmt *st = store_prepare(r->s,
	    "SELECT 1 FROM scope WHERE device = ?1 AND tbl = ?2 AND pk = ?3 AND entered <= ?4"
	    " AND (gone IS NULL OR gone > ?4) AND own >= ?5", r->e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, r->device);
		sqlite3_bind_int(st, 2, tbl);
		sqlite3_bind_text(st, 3, pk, (int)len, SQLITE_STATIC);
		sqlite3_bind_int64(st, 4, r->pos);
		sqlite3_bind_int(st, 5, own);
	}
	return rights_ask(r, st);
}

bool rights_named(struct rights *r, int tbl, const char *pk, size_t len)
{
	sqlite3_stmt *st = store_prepare(r->s,
	    "SELECT 1 FROM named WHERE device = ?1 AND tbl = ?2 AND pk = ?3 AND pos <= ?4", r->e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, r->device);
		sqlite3_bind_int(st, 2, tbl);
		sqlite3_bind_text(st, 3, pk, (int)len, SQLITE_STATIC);
		sqlite3_bind_int64(st, 4, r->pos);
	}
	return rights_ask(r, st);
}

bool rights_carries(const char *pk, size_t len, const char *tag)
{
	return len > DEVICE_TAG_SIZE && memcmp(pk, tag, DEVICE_TAG_SIZE - 1) == 0 &&
	    pk[DEVICE_TAG_SIZE - 1] == '-' &&
	    memchr(pk, '/', len) == NULL;
}

static bool created(const struct rights *r, const char *pk, size_t len)
{
	for (int i = 0; i < r->device_count; i++)
		if (rights_carries(pk, len, r->devices[i].tag))
			return true;
	return false;
}

bool rights_parts_held(struct rights *r, const struct rights_made_of *made, const char *pk, size_t len)
{
	const struct table *t = table_find(made->table);
	const char *end = pk + len;

	for (int i = 0; made->column[i] != NULL; i++) {
		const char *to = t->columns[table_column(t, made->column[i])].references;
		bool last = made->column[i + 1] == NULL;
		const char *stop = last ? end : memchr(pk, '/', (size_t)(end - pk));

		if (stop == NULL || to == NULL)
			return false;
		if (!rights_held(r, to, pk, (size_t)(stop - pk), false) &&
		    !(last && made->by_name && rights_named(r, dictionary_table(r->j, to), pk, (size_t)(stop - pk))))
			return false;
		pk = last ? end : stop + 1;
	}
	return true;
}

bool rights_held(struct rights *r, const char *table, const char *pk, size_t len, bool own)
{
	const struct rights_made_of *made = rights_made_of(table);

	if (r->role == ROLE_COORDINATOR || r->pos <= r->restored || strcmp(table, "programme") == 0)
		return true;
	if (created(r, pk, len) || rights_entered(r, dictionary_table(r->j, table), pk, len, own))
		return true;
	if (strcmp(table, "person") == 0 && len == strlen(r->peer.person) && memcmp(pk, r->peer.person,
	    len) == 0)
		return true;
	return made != NULL && made->held_by_parts && rights_parts_held(r, made, pk, len);
}

bool rights_is_me(const struct rights *r, const char *person)
{
	return *person != '\0' && strcmp(person, r->peer.person) == 0;
}
