/* From what a person types to a record's id. */
#include "records/record.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

int record_query_id(struct store *s, const char *sql, const char *const *texts, char id[RECORD_ID_SIZE], struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	*id = '\0';
	if (!st)
		return -1;
	for (int i = 0; texts[i]; i++)
		store_bind_text(st, i + 1, texts[i]);
	int rc = store_step(s, st, e);
	if (rc == 1)
		snprintf(id, RECORD_ID_SIZE, "%s", store_text(st, 0));
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

int record_unknown(const struct record_type *t, const char *typed, struct err *e)
{
	struct buf safe = BUF_INIT;
	text_escape(typed, strlen(typed), &safe);
	err_set(e, ERR_REFUSED, _("there is no “%s” (%s)"), safe.data, _(t->title));
	buf_release(&safe);
	return -1;
}

enum { FEW = 5 };		/* the statements give one more, so that "and others" can be said */

/* Runs a statement that gives id and name. Returns the number of rows, or -1; one row fills id, several are named in *e. */
static int take_one(struct store *s, sqlite3_stmt *st, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	struct buf found = BUF_INIT, safe = BUF_INIT;
	int rows = 0, rc;
	while ((rc = store_step(s, st, e)) == 1) {
		const char *name = store_text(st, 1);
		if (rows == 0)
			snprintf(id, RECORD_ID_SIZE, "%s", store_text(st, 0));
		if (rows < FEW) {
			buf_addf(&found, "%s%s ", rows ? "; " : "", store_text(st, 0));
			text_escape(name, strlen(name), &found);
		} else if (rows == FEW) {
			buf_adds(&found, "; …");
		}
		rows++;
	}
	if (rc == 0)
		sqlite3_reset(st);
	if (rc == 0 && rows > 1) {
		text_escape(typed, strlen(typed), &safe);
		err_set(e, ERR_REFUSED, _("“%s” can be several: %s; give the id"), safe.data, found.data);
	}
	buf_release(&found);
	buf_release(&safe);
	return rc < 0 ? -1 : rows;
}

static bool looks_like_id(const char *typed)
{
	size_t n = strspn(typed, "abcdefghijklmnopqrstuvwxyz0123456789-/");
	return n > 0 && n < RECORD_ID_SIZE && typed[n] == '\0';
}

static int by_id(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	struct record r;
	int rc = record_load(s, &r, t, typed, NULL);
	record_release(&r);
	if (rc == 0) {
		snprintf(id, RECORD_ID_SIZE, "%s", typed);
		return 1;
	}
	char end[RECORD_ID_SIZE + 1];
	snprintf(end, sizeof end, "%s\x7f", typed);	/* after every character of an id */
	sqlite3_stmt *st = store_prepare(s, t->sql.begins, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, typed);
	store_bind_text(st, 2, end);
	return take_one(s, st, typed, id, e);
}

static int by_name(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	struct buf clean = BUF_INIT, folded = BUF_INIT;
	text_clean(typed, strlen(typed), false, &clean);
	text_fold(clean.data, clean.len, &folded);
	sqlite3_stmt *st = store_prepare(s, t->sql.named, e);
	int rows = -1;
	if (st) {
		store_bind_text(st, 1, folded.data);
		rows = take_one(s, st, typed, id, e);
	}
	buf_release(&clean);
	buf_release(&folded);
	return rows;
}

static bool not_held(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE])
{
	struct buf name = BUF_INIT;
	bool known = record_known_name(s, t, typed, &name);
	buf_release(&name);
	if (known)
		snprintf(id, RECORD_ID_SIZE, "%s", typed);
	return known;
}

int record_lookup(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	int rows = 0;
	if (text_check(typed, strlen(typed), false, e) != 0)
		return -1;
	if (looks_like_id(typed)) {
		rows = by_id(s, t, typed, id, e);
		if (rows == 0 && not_held(s, t, typed, id))
			return 1;
	}
	if (rows == 0 && *typed)
		rows = by_name(s, t, typed, id, e);
	return rows > 1 ? -1 : rows;
}

/* Somebody whose card is not held here, by the name that travelled: an expert out of the directory. */
static int by_known_name(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	struct buf clean = BUF_INIT, folded = BUF_INIT;
	text_clean(typed, strlen(typed), false, &clean);
	text_fold(clean.data, clean.len, &folded);
	sqlite3_stmt *st = store_prepare(s, "SELECT id, name FROM known_name WHERE tbl = ?2 AND search_fold(name) = ?1 ORDER BY id LIMIT 6", e);
	int rows = -1;
	if (st) {
		store_bind_text(st, 1, folded.data);
		store_bind_text(st, 2, t->table);
		rows = take_one(s, st, typed, id, e);
	}
	buf_release(&clean);
	buf_release(&folded);
	return rows > 1 ? -1 : rows;
}

int record_resolve(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE], struct err *e)
{
	int found = record_lookup(s, t, typed, id, e);
	if (found == 0 && *typed)
		found = by_known_name(s, t, typed, id, e);
	if (found == 0)
		return record_unknown(t, typed, e);
	return found == 1 ? 0 : -1;
}

/* --- of any type --- */

/* Removed ones too; a mark on a sheet by its whole id, as its seminar's is the beginning of it. */
static bool is_there(struct store *s, const struct record_type *t, const char *id)
{
	sqlite3_stmt *st = store_prepare(s, t->sql.name, NULL);
	if (!st)
		return false;
	store_bind_text(st, 1, id);
	bool there = store_step(s, st, NULL) == 1;
	sqlite3_reset(st);
	return there;
}

static bool whole_id(struct store *s, const char *typed, const struct record_type **type)
{
	for (const struct record_type *const *t = record_types; *t; t++)
		if (is_there(s, *t, typed)) {
			*type = *t;
			return true;
		}
	return false;
}

/* The number of types that have a record whose id begins so; -1 where one has several, or two have one each. */
static int beginning(struct store *s, const char *typed, const struct record_type **type, char id[RECORD_ID_SIZE], struct err *e)
{
	char found[RECORD_ID_SIZE];
	int types = 0;
	for (const struct record_type *const *t = record_types; *t; t++) {
		/* What is made of other ids begins as the first of them does. */
		int rows = (*t)->make_id && !strchr(typed, '/') ? 0 : by_id(s, *t, typed, found, e);
		if (rows < 0 || rows > 1)
			return -1;
		if (rows == 0)
			continue;
		if (types++ > 0)
			return err_set(e, ERR_REFUSED, _("“%s” can be several: %s; %s; give the id"), typed, id, found);
		snprintf(id, RECORD_ID_SIZE, "%s", found);
		*type = *t;
	}
	return types;
}

int record_resolve_any(struct store *s, const char *typed, const struct record_type **type, char id[RECORD_ID_SIZE], struct err *e)
{
	struct buf safe = BUF_INIT;
	int found = 0;
	if (text_check(typed, strlen(typed), false, e) != 0)
		return -1;
	if (looks_like_id(typed) && whole_id(s, typed, type)) {
		snprintf(id, RECORD_ID_SIZE, "%s", typed);
		return 0;
	}
	if (looks_like_id(typed))
		found = beginning(s, typed, type, id, e);
	if (found != 0)
		return found > 0 ? 0 : -1;
	text_escape(typed, strlen(typed), &safe);
	err_set(e, ERR_REFUSED, _("there is no record with the id “%s”"), safe.data);
	buf_release(&safe);
	return -1;
}
