/* How far an erasure has come, and what the act of destruction lists. */
#include "records/erasure.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/joined.h"
#include "records/label.h"
#include "store/author.h"
#include "store/dictionary.h"
#include "store/erase.h"
#include "store/history.h"

static sqlite3_stmt *prepare(struct store *s, const char *sql, const char *person, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (st)
		store_bind_text(st, 1, person);
	return st;
}

/* --- replicas --- */

#define REPLICAS "FROM erasure_replica r WHERE r.person = ?1 AND r.listed = 1"

/* A store that belongs to no hub and is none is the only one. */
static int is_alone(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM peer) AND NOT EXISTS (SELECT 1 FROM setting WHERE key = 'hub')", e);
	int rc = st ? store_step(s, st, e) : -1;
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

int erasure_state(struct store *s, const char *person, struct erasure_state *out, struct err *e)
{
	int alone = is_alone(s, e);
	*out = (struct erasure_state){ .here = erasure_done(s, person) };
	sqlite3_stmt *st = alone < 0 ? NULL : prepare(s, "SELECT count(*), count(*) FILTER (WHERE r.confirmed > 0),"
	    " count(*) FILTER (WHERE r.confirmed = 0 AND r.unreachable IS NOT NULL), EXISTS (SELECT 1 FROM erasure e WHERE e.id = ?1 AND e.deleted = 0) " REPLICAS, person, e);
	if (!st || store_step(s, st, e) != 1)
		return -1;
	out->replicas = sqlite3_column_int(st, 0);
	out->confirmed = sqlite3_column_int(st, 1);
	out->unreachable = sqlite3_column_int(st, 2);
	out->known = sqlite3_column_int(st, 3);
	sqlite3_reset(st);
	out->final = out->here && (alone || (out->replicas > 0 && out->confirmed + out->unreachable == out->replicas));
	return 0;
}

void erasure_words(const struct erasure_state *state, struct buf *out)
{
	if (state->final && state->replicas == 0)
		buf_adds(out, _("destroyed; there is no other replica"));
	else if (state->final && state->unreachable == 0)
		buf_addf(out, P_("confirmed by the only replica", "confirmed by all %d replicas", state->replicas), state->replicas);
	else if (state->replicas == 0)
		/* TRANSLATORS: of an erasure: which devices have confirmed it is not known yet */
		buf_adds(out, _("destroyed here; the hub has not told yet who has confirmed"));
	else
		/* TRANSLATORS: of an erasure: how many devices have confirmed it */
		buf_addf(out, _("confirmed by %d of %d replicas"), state->confirmed, state->replicas);
	if (state->unreachable > 0)
		/* TRANSLATORS: of an erasure, behind "confirmed by 3 of 5 replicas": devices that nobody can reach any more */
		buf_addf(out, _(", unreachable: %d"), state->unreachable);
}

int erasure_replicas(struct store *s, const char *person, erasure_replica_fn each, void *context, struct err *e)
{
	struct buf owner = BUF_INIT;
	/* Not the kept statement: the callback may ask for a name. */
	sqlite3_stmt *st = store_prepare_once(s, "SELECT r.tag, r.label, r.owner, r.confirmed, r.unreachable " REPLICAS
	    " ORDER BY r.confirmed > 0, r.unreachable IS NOT NULL, r.confirmed, r.tag", e);
	int rc = -1;
	if (st)
		store_bind_text(st, 1, person);
	while (st && (rc = store_step(s, st, e)) == 1) {
		buf_reset(&owner);
		if (*store_text(st, 2) && !erasure_done(s, store_text(st, 2)))
			record_name(s, &person_type, store_text(st, 2), &owner);
		struct erasure_replica r = { store_text(st, 0), store_text(st, 1), owner.data, sqlite3_column_int64(st, 3), (const char *)sqlite3_column_text(st, 4) };
		if (each(context, &r, e) != 0) {
			rc = -1;
			break;
		}
	}
	sqlite3_finalize(st);
	buf_release(&owner);
	return rc;
}

/* --- what was emptied --- */

/* "column IN (…)" for each reference to a person, or to something that the record is a part of and that refers to one. */
static void add_conditions(const struct table *t, const char *alias, struct buf *out)
{
	for (int i = 0; i < t->count; i++) {
		const struct column *c = &t->columns[i];
		if (!c->references)
			continue;
		if (strcmp(c->references, "person") == 0) {
			buf_addf(out, "%s%s.\"%s\" IN (SELECT id FROM cards)", out->len > 0 ? " OR " : "", alias, c->name);
		} else if (c->flags & COLUMN_PART) {
			struct buf inner = BUF_INIT;
			add_conditions(table_find(c->references), "w", &inner);
			if (inner.len > 0)
				buf_addf(out, "%s%s.\"%s\" IN (SELECT w.id FROM \"%s\" w WHERE %s)", out->len > 0 ? " OR " : "", alias, c->name, c->references, inner.data);
			buf_release(&inner);
		}
	}
}

static void add_fields(const struct table *t, struct buf *out)
{
	for (int i = 0; i < t->count; i++)
		if (t->columns[i].flags & COLUMN_PERSONAL)
			buf_addf(out, "%s%s", out->len > 0 ? ", " : "", label_column(t->name, t->columns[i].name));
}

/* Names of tables and columns are the program's own. */
static int count_part(struct store *s, const struct table *t, const char *person, int64_t *count, struct err *e)
{
	struct buf sql = BUF_INIT, where = BUF_INIT;
	add_conditions(t, "t", &where);
	if (strcmp(t->name, "person") == 0)
		buf_adds(&where, "t.id IN (SELECT id FROM cards)");
	buf_addf(&sql, "WITH cards(id) AS MATERIALIZED (SELECT p.id FROM person p WHERE p.id IN " JOINED_IDS("?1") " AND EXISTS (SELECT 1 FROM erased x WHERE x.pk = p.id"
	    " AND x.tbl = %d)) SELECT count(*) FROM \"%s\" t WHERE %s", dictionary_table(store_journal(s), "person"), t->name, where.len > 0 ? where.data : "0");
	sqlite3_stmt *st = store_prepare_once(s, sql.data, e);
	int rc = -1;
	if (st) {
		store_bind_text(st, 1, person);
		rc = store_step(s, st, e);
	}
	if (rc == 1)
		*count = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	buf_release(&sql);
	buf_release(&where);
	return rc == 1 ? 0 : -1;
}

int erasure_parts(struct store *s, const char *person, erasure_part_fn each, void *context, struct err *e)
{
	struct buf fields = BUF_INIT;
	int rc = 0;
	for (int i = 0; tables[i] && rc == 0; i++) {
		const struct record_type *type = label_type(tables[i]->name);
		struct erasure_part part = { .table = tables[i]->name, .title = type ? _(type->title) : tables[i]->name };
		buf_reset(&fields);
		add_fields(tables[i], &fields);
		if (fields.len == 0)
			continue;
		rc = count_part(s, tables[i], person, &part.records, e);
		part.fields = fields.data;
		if (rc == 0 && part.records > 0)
			rc = each(context, &part, e);
	}
	buf_release(&fields);
	return rc;
}

/* --- the log --- */

struct log { erasure_entry_fn each; void *context; };

static int log_entry(void *context, const struct history_entry *h, struct err *e)
{
	const struct log *l = context;
	if (h->kind != OPERATION_ERASE || h->refused)
		return 0;
	return l->each(l->context, &(struct erasure_entry){ .person = h->pk, .tag = h->tag, .label = h->label, .author = h->person, .ms = h->ms, .seq = h->seq }, e);
}

int erasure_log(struct store *s, const char *person, erasure_entry_fn each, void *context, struct err *e)
{
	enum { CARDS_MOST = 100 };
	struct log l = { each, context };
	char ids[CARDS_MOST][RECORD_ID_SIZE];
	struct history_record records[CARDS_MOST];
	sqlite3_stmt *st = prepare(s, "SELECT p.id FROM person p WHERE p.id IN " JOINED_IDS("?1") " ORDER BY p.id", person, e);
	int count = 0, rc = -1;
	while (st && (rc = store_step(s, st, e)) == 1 && count < CARDS_MOST) {
		snprintf(ids[count], RECORD_ID_SIZE, "%s", store_text(st, 0));
		records[count] = (struct history_record){ "person", ids[count] };
		count++;
	}
	if (st && rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : history_each_of(store_journal(s), records, count, log_entry, &l, e);
}
