/* How a record gets into the store: rules, then one statement, in one transaction. */
#include "records/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/person.h"
#include "records/programme.h"

static int check_required(const struct record *r, struct err *e)
{
	for (int i = 0; i < r->type->count; i++)
		if (r->type->fields[i].required && !*r->value[i]) {
			err_set(e, ERR_REFUSED, _("this must not be empty"));
			return field_blame(&r->type->fields[i], e);
		}
	return 0;
}

/* What the hub takes from a coordinator alone: told before the work is done, not by a receipt after it. (Of the selection call_coordinator says so.) */
int record_check_right(struct store *s, const struct record_type *t, struct err *e)
{
	static const char *const theirs[] = { "programme", "course", "course_group", "enrolment", "study_day", "certificate", "template", "award_rule",
	    "award", "indicator", "filing", "filing_part", "erasure" };
	for (size_t i = 0; i < sizeof theirs / sizeof *theirs; i++)
		if (strcmp(theirs[i], t->table) == 0 && !person_coordinates(s))
			return err_set(e, ERR_REFUSED, _("this is a coordinator's work: the hub would not accept it from this device; ask a coordinator"));
	return 0;
}

static int check_rules(struct store *s, struct record *r, struct err *e)
{
	if (record_check_right(s, r->type, e) != 0)
		return -1;
	if (r->type->complete && r->type->complete(s, r, e) != 0)
		return -1;
	if (check_required(r, e) != 0)
		return -1;
	return r->type->check ? r->type->check(s, r, e) : 0;
}

/* insert and update take the same parameters. */
static int write_row(struct store *s, const struct record *r, const char *sql, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (!st)
		return -1;
	int p = 1;
	sqlite3_bind_text(st, p++, r->id, -1, SQLITE_STATIC);
	for (int i = 0; i < r->type->count; i++) {
		const struct field *f = &r->type->fields[i];
		const char *v = r->value[i];
		if (f->in_programme)
			continue;
		if (!*v)
			sqlite3_bind_null(st, p++);
		else if (f->kind == FIELD_NUMBER)
			sqlite3_bind_int64(st, p++, strtoll(v, NULL, 10));
		else
			sqlite3_bind_text(st, p++, v, -1, SQLITE_STATIC);
	}
	return store_run(s, st, e);
}

static int save_participation(struct store *s, const struct record *r, struct err *e)
{
	return r->type->save_participation ? r->type->save_participation(s, r, e) : 0;
}

/* 1: a row with this id is there, visible or removed. */
static int row_exists(struct store *s, const struct record *r, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, r->type->sql.name, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, r->id);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

static int refuse_visible(struct store *s, const struct record *r, struct err *e)
{
	struct record there;
	if (record_load(s, &there, r->type, r->id, NULL) != 0)
		return 0;
	record_release(&there);
	return err_set(e, ERR_REFUSED, _("%s is there already (%s); edit it"), r->id, _(r->type->title));
}

/* *exists: a removed row has this id, and becomes visible again. */
static int make_id(struct store *s, struct record *r, bool *exists, struct err *e)
{
	*exists = false;
	if (!r->type->make_id) {
		journal_new_id(store_journal(s), r->id);
		return 0;
	}
	if (r->type->make_id(s, r, r->id, e) != 0)
		return -1;
	int rc = row_exists(s, r, e);
	*exists = rc == 1;
	return rc == 1 ? refuse_visible(s, r, e) : rc;
}

static int insert(struct store *s, struct record *r, struct err *e)
{
	bool exists;
	if (r->type->defaults && r->type->defaults(s, r, e) != 0)
		return -1;
	if (record_must_be_open(s, r, e) != 0)
		return -1;
	if (check_rules(s, r, e) != 0 || make_id(s, r, &exists, e) != 0)
		return -1;
	if (write_row(s, r, exists ? r->type->sql.update : r->type->sql.insert, e) != 0 || save_participation(s, r, e) != 0)
		return -1;
	return r->type->follow ? r->type->follow(s, r, e) : 0;
}

/* Another value came between what the author saw and this save. */
static int changed_meanwhile(struct store *s, struct record *r, int i, const char *now, struct err *e)
{
	struct buf shown = BUF_INIT, safe = BUF_INIT;
	field_show(s, &r->type->fields[i], now, &shown);
	text_escape(shown.data, shown.len, &safe);
	if (safe.len)
		err_set(e, ERR_REFUSED, _("meanwhile “%s” was received here; save again to replace it"), safe.data);
	else
		err_set(e, ERR_REFUSED, _("meanwhile this was emptied elsewhere; save again to replace it"));
	buf_release(&shown);
	buf_release(&safe);
	free(r->seen[i]);
	r->seen[i] = mem_dup(now);
	return field_blame(&r->type->fields[i], e);
}

static int overlay(struct store *s, struct record *now, struct record *r, bool *different, struct err *e)
{
	*different = false;
	for (int i = 0; i < r->type->count; i++) {
		if (!r->changed[i] || strcmp(now->value[i], r->value[i]) == 0)
			continue;
		if (r->seen[i] && strcmp(now->value[i], r->seen[i]) != 0)
			return changed_meanwhile(s, r, i, now->value[i], e);
		free(now->value[i]);
		now->value[i] = mem_dup(r->value[i]);
		now->changed[i] = true;
		*different = true;
	}
	return 0;
}

/* The changes are laid over what the store holds now, so that the rules see the record as it will be and nothing else is written back. */
static int update(struct store *s, struct record *r, struct err *e)
{
	struct record now;
	bool different;
	int rc = record_load(s, &now, r->type, r->id, e);
	bool open = rc == 0 && record_must_be_open(s, &now, e) == 0;	/* where it belongs now, and where it would */
	if (rc == 0)
		rc = overlay(s, &now, r, &different, e);
	if (rc == 0 && different && !open)
		rc = -1;
	if (rc == 0 && different) {
		rc = record_must_be_open(s, &now, e);
		if (rc == 0)
			rc = check_rules(s, &now, e);
		if (rc == 0)
			rc = write_row(s, &now, r->type->sql.update, e);
		if (rc == 0)
			rc = save_participation(s, &now, e);
	}
	for (int i = 0; rc == 0 && i < r->type->count; i++) {
		char *v = r->value[i];
		r->value[i] = now.value[i];
		now.value[i] = v;
	}
	record_release(&now);
	return rc;
}

static void forget_changes(struct record *r)
{
	for (int i = 0; i < r->type->count; i++) {
		r->changed[i] = false;
		free(r->seen[i]);
		r->seen[i] = NULL;
	}
}

int record_save(struct store *s, struct record *r, struct err *e)
{
	bool is_new = !*r->id;
	if (store_begin(s, e) != 0)
		return -1;
	int rc = is_new ? insert(s, r, e) : update(s, r, e);
	if (rc != 0)
		store_rollback(s);
	else
		rc = store_commit(s, e);
	if (rc == 0)
		forget_changes(r);
	else if (is_new)
		*r->id = '\0';
	return rc;
}

int record_remove(struct store *s, const struct record_type *t, const char *id, struct err *e)
{
	struct record r;
	if (store_begin(s, e) != 0)
		return -1;
	int rc = record_load(s, &r, t, id, e);
	if (rc == 0)
		rc = record_must_be_open(s, &r, e);
	record_release(&r);
	if (rc == 0)
		rc = record_check_right(s, t, e);
	if (rc == 0 && t->may_remove)
		rc = t->may_remove(s, id, e);
	sqlite3_stmt *st = rc == 0 ? store_prepare(s, t->sql.remove, e) : NULL;
	if (st) {
		store_bind_text(st, 1, id);
		rc = store_run(s, st, e);
	} else {
		rc = -1;
	}
	if (rc != 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}
