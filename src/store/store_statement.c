/* Statements, settings and errors of a store. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/journal.h"
#include "store/store_internal.h"

static int damaged(struct store *s, struct err *e)
{
	s->damaged = true;
	return err_set(e, ERR_DAMAGED, _("%s is damaged or was tampered with"), vfs_path(s->vfs));
}

int store_damaged(struct store *s, struct err *e)
{
	return s->damaged ? damaged(s, e) : 0;
}

int store_error(struct store *s, struct err *e)
{
	const char *path = vfs_path(s->vfs);
	int code = sqlite3_extended_errcode(s->db);

	if (store_gate(s, e) != 0)
		return -1;
	if (code == SQLITE_IOERR_DATA || code == SQLITE_IOERR_SHORT_READ || code == SQLITE_IOERR_CORRUPTFS)
		return damaged(s, e);
	switch (code & 0xff) {
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return damaged(s, e);
	case SQLITE_FULL:
		return err_set(e, ERR_REFUSED, _("%s cannot be written: the disk is full"), path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, ERR_REFUSED, _("%s is busy"), path);
	case SQLITE_READONLY:
		return err_set(e, ERR_REFUSED, _("%s cannot be written to"), path);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		errno = sqlite3_system_errno(s->db);
		if (errno == ENOSPC || errno == EDQUOT)
			return err_set(e, ERR_REFUSED, _("%s cannot be written: the disk is full"), path);
		if (errno != 0)
			return err_sys(e, ERR_REFUSED, _("%s cannot be read or written"), path);
		return err_set(e, ERR_REFUSED, _("%s cannot be read or written"), path);
	case SQLITE_NOMEM:
		return err_set(e, ERR_REFUSED, _("there is not enough memory"));
	case SQLITE_ABORT:
		/* The journal refuses a change in words of its own (journal_capture.c). */
		if (code == SQLITE_ABORT && sqlite3_errmsg(s->db)[0] != '\0')
			return err_set(e, ERR_REFUSED, "%s", sqlite3_errmsg(s->db));
		return err_set(e, ERR_REFUSED, _("the store refuses: %s"), sqlite3_errmsg(s->db));
	default:
		return err_set(e, ERR_REFUSED, _("the store refuses: %s"), sqlite3_errmsg(s->db));
	}
}

static size_t find(const struct statements *t, const char *sql)
{
	size_t i = ((uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15)) >> 32 & (t->room - 1);

	while (t->slots[i].sql != NULL && t->slots[i].sql != sql)
		i = (i + 1) & (t->room - 1);
	return i;
}

static void grow(struct statements *t)
{
	struct statements bigger = { .count = t->count, .room = t->room != 0 ? 2 * t->room : 64 };

	bigger.slots = mem_zero(bigger.room, sizeof *bigger.slots);
	for (size_t i = 0; i < t->room; i++)
		if (t->slots[i].sql != NULL)
			bigger.slots[find(&bigger, t->slots[i].sql)] = t->slots[i];
	free(t->slots);
	*t = bigger;
}

sqlite3_stmt *store_prepare(struct store *s, const char *sql, struct err *e)
{
	struct statements *t = &s->statements;
	struct statement *slot;

	if (2 * t->count >= t->room)
		grow(t);
	slot = &t->slots[find(t, sql)];
	if (slot->sql != NULL) {
		sqlite3_reset(slot->st);
		sqlite3_clear_bindings(slot->st);
		return slot->st;
	}
	if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &slot->st, NULL) != SQLITE_OK) {
		store_error(s, e);
		return NULL;
	}
	slot->sql = sql;
	t->count++;
	return slot->st;
}

sqlite3_stmt *store_prepare_once(struct store *s, const char *sql, struct err *e)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
		store_error(s, e);
	return st;
}

void store_finalize_all(struct store *s)
{
	for (size_t i = 0; i < s->statements.room; i++)
		sqlite3_finalize(s->statements.slots[i].st);
	free(s->statements.slots);
	s->statements = (struct statements){ 0 };
}

/* After SQLite rolled a transaction back by itself, a statement would run outside of it and stay when the caller rolls back. */
int store_step(struct store *s, sqlite3_stmt *st, struct err *e)
{
	int rc;

	if (store_gate(s, e) != 0) {
		sqlite3_reset(st);
		return -1;
	}
	if (s->depth > 0 && sqlite3_get_autocommit(s->db)) {
		sqlite3_reset(st);
		return err_set(e, ERR_REFUSED, _("the change was undone because of the failure before"));
	}
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	store_error(s, e);
	sqlite3_reset(st);
	return -1;
}

int store_run(struct store *s, sqlite3_stmt *st, struct err *e)
{
	int rc;

	do
		rc = store_step(s, st, e);
	while (rc > 0);
	sqlite3_reset(st);
	return rc;
}

void store_bind_text(sqlite3_stmt *st, int index, const char *text)
{
	if (text == NULL)
		sqlite3_bind_null(st, index);
	else
		sqlite3_bind_text(st, index, text, -1, SQLITE_STATIC);
}

const char *store_text(sqlite3_stmt *st, int column)
{
	const unsigned char *text = sqlite3_column_text(st, column);

	return text != NULL ? (const char *)text : "";
}

int store_exec(struct store *s, const char *sql, struct err *e)
{
	if (store_gate(s, e) != 0)
		return -1;
	if (s->depth > 0 && sqlite3_get_autocommit(s->db))
		return err_set(e, ERR_REFUSED, _("the change was undone because of the failure before"));
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : store_error(s, e);
}

char *store_setting(struct store *s, const char *key)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT value FROM setting WHERE key = ?1", NULL);
	char *value = NULL;

	if (st == NULL)
		return NULL;
	store_bind_text(st, 1, key);
	if (store_step(s, st, NULL) == 1 && sqlite3_column_type(st, 0) != SQLITE_NULL)
		value = mem_dup(store_text(st, 0));
	sqlite3_reset(st);
	return value;
}

int store_set_setting(struct store *s, const char *key, const char *value, struct err *e)
{
	sqlite3_stmt *st = value != NULL ? store_prepare(s, "INSERT OR REPLACE INTO setting(key, value) VALUES(?1, ?2)", e)
	    : store_prepare(s, "DELETE FROM setting WHERE key = ?1", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, key);
	if (value != NULL)
		store_bind_text(st, 2, value);
	return store_run(s, st, e);
}
