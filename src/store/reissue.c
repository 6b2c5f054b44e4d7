#include "store/reissue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "store/journal_clock.h"
#include "store/journal_private.h"
#include "store/merge.h"

enum { STAMP_ADD, STAMP_FIND, ID_ADD, ID_FIND, RETURNED, STATEMENTS };

/* `returned`: what the feed brought of devices that this store was, by record. `given`: the new stamp of an operation that was given anew, and the tag of the
 * device that gave it; `given_record`: the records that such ones insert, and their new ids. */
static const char tables_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS given(tag TEXT NOT NULL, old INTEGER NOT NULL, new INTEGER NOT NULL, by TEXT NOT NULL,"
	" PRIMARY KEY(tag, old)) WITHOUT ROWID;"
	"CREATE TEMP TABLE IF NOT EXISTS given_record(id TEXT PRIMARY KEY NOT NULL, new TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE TEMP TABLE IF NOT EXISTS returned(tag TEXT NOT NULL, tbl INTEGER NOT NULL, pk TEXT NOT NULL, kind INTEGER NOT NULL, dev INTEGER NOT NULL, seq INTEGER NOT NULL,"
	" PRIMARY KEY(tag, tbl, pk, kind, dev, seq)) WITHOUT ROWID;"
	"DELETE FROM temp.given; DELETE FROM temp.given_record; DELETE FROM temp.returned;"
	"INSERT INTO temp.returned SELECT d.tag, o.tbl, o.pk, o.kind, o.dev, o.seq FROM device d CROSS JOIN oplog o ON o.dev = d.no"
	" WHERE d.no > 1 AND d.tag IN (SELECT tag FROM aside) AND " OPERATION_COUNTS;

#define RETURNED_SQL "SELECT o.hlc FROM temp.returned w CROSS JOIN oplog o ON o.dev = w.dev AND o.seq = w.seq" \
	" WHERE w.tag = ? AND w.tbl = ? AND w.pk = ? AND w.kind = ? AND o.body IS ? LIMIT 1"

static const char *const statements[STATEMENTS] = {
	[STAMP_ADD] = "INSERT OR REPLACE INTO temp.given(tag, old, new, by) VALUES(?, ?, ?, ?)",
	[STAMP_FIND] = "SELECT new, by FROM temp.given WHERE tag = ? AND old = ?",
	[ID_ADD] = "INSERT OR REPLACE INTO temp.given_record(id, new) VALUES(?, ?)",
	[ID_FIND] = "SELECT new FROM temp.given_record WHERE id = ?",
	[RETURNED] = RETURNED_SQL,
};

struct reissue {
	struct journal *j;
	sqlite3_stmt *st[STATEMENTS];
	struct body *body;
	struct buf text, id;
	uint64_t past;		/* the greatest stamp that the operation being translated names, and the journal's clock */
};

struct reissue *reissue_new(struct journal *j, struct err *e)
{
	struct reissue *r = mem_zero(1, sizeof *r);
	bool good = sqlite3_exec(j->db, tables_sql, NULL, NULL, NULL) == SQLITE_OK;

	r->j = j;
	r->body = mem_zero(1, sizeof *r->body);
	body_init(r->body);
	buf_init(&r->text);
	buf_init(&r->id);
	for (int i = 0; i < STATEMENTS && good; i++)
		good = sqlite3_prepare_v2(j->db, statements[i], -1, &r->st[i], NULL) == SQLITE_OK;
	if (good)
		return r;
	journal_fail(j, e);
	reissue_free(r);
	return NULL;
}

void reissue_free(struct reissue *r)
{
	if (r == NULL)
		return;
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(r->st[i]);
	body_release(r->body);
	free(r->body);
	buf_release(&r->text);
	buf_release(&r->id);
	free(r);
}

/* 1 found, 0 not, -1. */
static int find_stamp(struct reissue *r, const char *tag, uint64_t old, uint64_t *new, char by[TAG_LENGTH + 1], struct err *e)
{
	sqlite3_stmt *st = r->st[STAMP_FIND];
	int rc;

	sqlite3_bind_text(st, 1, tag, TAG_LENGTH, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, (int64_t)old);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		*new = (uint64_t)sqlite3_column_int64(st, 0);
		snprintf(by, TAG_LENGTH + 1, "%s", (const char *)sqlite3_column_text(st, 1));
	} else if (rc != SQLITE_DONE)
		journal_fail(r->j, e);
	sqlite3_reset(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

static int add_stamp(struct reissue *r, const char *tag, uint64_t old, uint64_t new, const char *by, struct err *e)
{
	sqlite3_stmt *st = r->st[STAMP_ADD];

	sqlite3_bind_text(st, 1, tag, TAG_LENGTH, SQLITE_STATIC);
	sqlite3_bind_int64(st, 2, (int64_t)old);
	sqlite3_bind_int64(st, 3, (int64_t)new);
	sqlite3_bind_text(st, 4, by, TAG_LENGTH, SQLITE_STATIC);
	return journal_run(r->j, st, e);
}

static int add_id(struct reissue *r, const char *old, const char *new, struct err *e)
{
	sqlite3_stmt *st = r->st[ID_ADD];

	sqlite3_bind_text(st, 1, old, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, new, -1, SQLITE_STATIC);
	return journal_run(r->j, st, e);
}

/* Appends the new id of a record, or the id itself. 1: it was given anew; 0; -1. */
static int find_id(struct reissue *r, const char *id, size_t len, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = r->st[ID_FIND];
	int rc;

	sqlite3_bind_text(st, 1, id, (int)len, SQLITE_STATIC);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		buf_add(out, (const char *)sqlite3_column_text(st, 0), (size_t)sqlite3_column_bytes(st, 0));
	else
		buf_add(out, id, len);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(r->j, e);
	sqlite3_reset(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

/* An id that is made of others has each of them renamed. 1 when it, or one of them, was given anew. */
static int translate_id(struct reissue *r, const char *id, size_t len, struct buf *out, struct err *e)
{
	size_t before = out->len;
	int any = find_id(r, id, len, out, e);

	if (any != 0 || memchr(id, '/', len) == NULL)
		return any;
	buf_cut(out, before);
	for (size_t from = 0; from <= len;) {
		const char *slash = memchr(id + from, '/', len - from);
		size_t part = slash != NULL ? (size_t)(slash - id) - from : len - from;
		int found = find_id(r, id + from, part, out, e);

		if (found < 0)
			return -1;
		any |= found;
		from += part + 1;
		if (slash != NULL)
			buf_addc(out, '/');
	}
	return any;
}

/* The id of a link between two people is the smaller of theirs, then the greater: new ids may change the order. True when it did. */
static bool turn_link(const struct kind *k, struct buf *id)
{
	char parts[2][RECORD_ID_SIZE];
	const char *slash = strchr(id->data, '/');
	size_t len = slash != NULL ? (size_t)(slash - id->data) : 0;

	if (strcmp(k->name, "person_link") != 0 || len == 0 || id->len >= RECORD_ID_SIZE)
		return false;
	memcpy(parts[0], id->data, len);
	parts[0][len] = '\0';
	snprintf(parts[1], sizeof parts[1], "%s", slash + 1);
	if (strcmp(parts[0], parts[1]) <= 0)
		return false;
	buf_reset(id);
	buf_addf(id, "%s/%s", parts[1], parts[0]);
	return true;
}

static const struct column *column_of(const struct kind *k, int col)
{
	int place = col >= 1 && col <= k->count ? k->places[col - 1] : -1;

	return place >= 0 ? &k->known->columns[place] : NULL;
}

static int put_value(struct reissue *r, const struct kind *k, int col, const struct value *v, struct err *e)
{
	const struct column *c = column_of(k, col);
	struct value other = *v;
	struct buf id = BUF_INIT;
	int rc = 0;

	if (c != NULL && c->kind == COLUMN_REFERENCE && v->type == VALUE_TEXT) {
		rc = translate_id(r, v->text, v->len, &id, e) < 0 ? -1 : 0;
		other.text = id.data;
		other.len = id.len;
	}
	if (rc == 0 && body_add_value(&r->text, &other, true) != NULL)
		rc = err_set(e, ERR_DAMAGED, _("the journal of the store is damaged"));
	buf_release(&id);
	return rc;
}

static int translate_insert(struct reissue *r, const struct kind *k, bool turned, struct err *e)
{
	struct body *b = r->body;
	int person = dictionary_column(r->j, k->number, "person") - 1, other = dictionary_column(r->j, k->number, "other") - 1;

	if (turned && person < b->value_count && other < b->value_count) {
		struct value v = b->values[person];

		b->values[person] = b->values[other];
		b->values[other] = v;
	}
	buf_addc(&r->text, '[');
	for (int i = 0; i < b->value_count; i++) {
		if (i > 0)
			buf_addc(&r->text, ',');
		if (put_value(r, k, i + 1, &b->values[i], e) != 0)
			return -1;
	}
	buf_addc(&r->text, ']');
	return 0;
}

/* A stamp that was seen and has no new one was taken, or was refused and is not given anew. The clock may have fallen back behind such a one (reissue_refused):
 * then it goes past it again, as the clock of whoever sees a stamp does; but not past the time that the hub takes. What is later than that nobody else will
 * ever have, and nothing needs to name it. */
static bool follow(struct reissue *r, uint64_t hlc)
{
	if (hlc <= r->past)
		return true;
	if (clock_ms(hlc) > journal_now_ms(r->j) + CLOCK_AHEAD_MAX_MS)
		return false;
	r->past = hlc;
	return true;
}

static int put_seen(struct reissue *r, const struct change *c, struct err *e)
{
	int put = 0;

	for (int i = 0; i < c->seen_count; i++) {
		const char *tag = r->body->tags[c->seen + i - r->body->seen];
		uint64_t hlc = c->seen[i].hlc;
		char by[TAG_LENGTH + 1];
		int found = find_stamp(r, tag, hlc, &hlc, by, e);

		if (found < 0)
			return -1;
		if (found == 0 && !follow(r, hlc))
			continue;
		buf_adds(&r->text, put++ > 0 ? ",[" : "[");
		buf_addi(&r->text, (long long)hlc);
		buf_addf(&r->text, ",\"%.*s\"]", TAG_LENGTH, found == 1 ? by : tag);
	}
	return 0;
}

static int translate_update(struct reissue *r, const struct kind *k, struct err *e)
{
	const struct body *b = r->body;

	buf_addc(&r->text, '[');
	for (int i = 0; i < b->change_count; i++) {
		buf_adds(&r->text, i > 0 ? ",[" : "[");
		buf_addi(&r->text, b->changes[i].col);
		buf_addc(&r->text, ',');
		if (put_value(r, k, b->changes[i].col, &b->changes[i].value, e) != 0)
			return -1;
		buf_adds(&r->text, ",[");
		if (put_seen(r, &b->changes[i], e) != 0)
			return -1;
		buf_adds(&r->text, "]]");
	}
	buf_addc(&r->text, ']');
	return 0;
}

static struct kind *own_kind(struct reissue *r, const struct operation *op, struct err *e)
{
	struct kind *k = dictionary_kind(r->j, op->tbl);

	if (k == NULL || k->known == NULL)
		err_set(e, ERR_DAMAGED, _("the journal of the store is damaged"));
	return k != NULL && k->known != NULL ? k : NULL;
}

/* The id that the operation is about from now on, in r->id. *turned: the order of a link's two. */
static int choose_id(struct reissue *r, const struct kind *k, const char *tag, const struct operation *op, bool rename, bool *turned, struct err *e)
{
	bool own = op->pk_len > TAG_LENGTH && memcmp(op->pk, tag, TAG_LENGTH) == 0 && op->pk[TAG_LENGTH] == '-' && memchr(op->pk, '/', op->pk_len) == NULL;
	char old[RECORD_ID_SIZE], id[RECORD_ID_SIZE];

	*turned = false;
	buf_reset(&r->id);
	if (op->kind != OPERATION_INSERT || op->pk_len >= sizeof old) {
		if (translate_id(r, op->pk, op->pk_len, &r->id, e) < 0)
			return -1;
		*turned = turn_link(k, &r->id);
		return 0;
	}
	memcpy(old, op->pk, op->pk_len);
	old[op->pk_len] = '\0';
	/* The erasure of a person bears the person's id. */
	if (rename && own && strcmp(k->name, "erasure") != 0) {
		journal_new_id(r->j, id);
		buf_adds(&r->id, id);
		return add_id(r, old, id, e);
	}
	if (translate_id(r, op->pk, op->pk_len, &r->id, e) < 0)
		return -1;
	*turned = turn_link(k, &r->id);
	return strcmp(k->name, "erasure") == 0 ? 0 : add_id(r, old, r->id.data, e);
}

static int write_own(struct reissue *r, const char *tag, const struct operation *op, struct err *e)
{
	struct operation new = *op;
	enum merge_result result;

	r->j->last_stamp = r->past;
	new.dev = 1;
	new.seq = r->j->now.seq + 1;
	new.hlc = journal_next_stamp(r->j);
	new.pk = r->id.data;
	new.pk_len = r->id.len;
	new.body = op->body != NULL ? r->text.data : NULL;
	new.body_len = op->body != NULL ? r->text.len : 0;
	if (merge_operation(r->j, &new, &result, e) != 0)
		return -1;
	if (result == MERGE_KNOWN)
		return err_set(e, ERR_DAMAGED, _("a number of an own operation is taken"));
	r->j->now.seq++;
	return add_stamp(r, tag, op->hlc, new.hlc, r->j->tag, e);
}

/* Its record in r->id and its body in r->text, with what they name as it is called now. */
static int translate(struct reissue *r, const char *tag, const struct operation *op, bool rename, struct err *e)
{
	struct kind *k = own_kind(r, op, e);
	bool turned;
	int rc;

	if (k == NULL || choose_id(r, k, tag, op, rename, &turned, e) != 0)
		return -1;
	buf_reset(&r->text);
	r->past = r->j->last_stamp;
	if (op->body != NULL && op->kind == OPERATION_INSERT)
		rc = body_read_insert(r->body, op->body, op->body_len, e) != 0 ? -1 : translate_insert(r, k, turned, e);
	else if (op->body != NULL && op->kind == OPERATION_UPDATE)
		rc = body_read_update(r->body, op->body, op->body_len, e) != 0 ? -1 : translate_update(r, k, e);
	else
		rc = 0;
	return rc;
}

int reissue_write(struct reissue *r, const char *tag, const struct operation *op, bool rename, struct err *e)
{
	return translate(r, tag, op, rename, e) == 0 ? write_own(r, tag, op, e) : -1;
}

int reissue_expect(struct reissue *r, const char *tag, const struct operation *op, struct err *e)
{
	char id[RECORD_ID_SIZE];

	if (add_stamp(r, tag, op->hlc, op->hlc, tag, e) != 0)
		return -1;
	if (op->kind != OPERATION_INSERT || op->pk_len >= sizeof id)
		return 0;
	memcpy(id, op->pk, op->pk_len);
	id[op->pk_len] = '\0';
	return add_id(r, id, id, e);
}

int reissue_returned(struct reissue *r, const char *tag, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = r->st[RETURNED];
	int rc;

	if (translate(r, tag, op, false, e) != 0)
		return -1;
	sqlite3_bind_text(st, 1, tag, TAG_LENGTH, SQLITE_STATIC);
	sqlite3_bind_int(st, 2, op->tbl);
	sqlite3_bind_text(st, 3, r->id.data, (int)r->id.len, SQLITE_STATIC);
	sqlite3_bind_int(st, 4, op->kind);
	if (op->body != NULL)
		sqlite3_bind_text(st, 5, r->text.data, (int)r->text.len, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, 5);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW && add_stamp(r, tag, op->hlc, (uint64_t)sqlite3_column_int64(st, 0), tag, e) != 0)
		rc = SQLITE_ERROR;
	else if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(r->j, e);
	sqlite3_reset(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

int reissue_reword(struct reissue *r, const char *tag, const struct operation *op, const struct buf **id, const struct buf **body, struct err *e)
{
	*id = &r->id;
	*body = &r->text;
	return translate(r, tag, op, false, e);
}

int reissue_id(struct reissue *r, const char *id, size_t len, struct buf *out, struct err *e)
{
	return translate_id(r, id, len, out, e);
}

static int rests_on_id(struct reissue *r, const char *id, size_t len, struct err *e)
{
	buf_reset(&r->id);
	return translate_id(r, id, len, &r->id, e);
}

static int rests_on_values(struct reissue *r, const struct kind *k, int kind, struct err *e)
{
	const struct body *b = r->body;
	int count = kind == OPERATION_INSERT ? b->value_count : b->change_count, rc = 0;

	for (int i = 0; i < count && rc == 0; i++) {
		const struct value *v = kind == OPERATION_INSERT ? &b->values[i] : &b->changes[i].value;
		const struct column *c = column_of(k, kind == OPERATION_INSERT ? i + 1 : b->changes[i].col);

		if (c != NULL && c->kind == COLUMN_REFERENCE && v->type == VALUE_TEXT)
			rc = rests_on_id(r, v->text, v->len, e);
	}
	return rc;
}

int reissue_rests(struct reissue *r, const char *tag, const struct operation *op, struct err *e)
{
	struct kind *k = own_kind(r, op, e);
	int rc = k != NULL ? rests_on_id(r, op->pk, op->pk_len, e) : -1;
	char by[TAG_LENGTH + 1];
	uint64_t new;

	if (rc != 0 || op->body == NULL)
		return rc;
	if (op->kind == OPERATION_INSERT)
		return body_read_insert(r->body, op->body, op->body_len, e) != 0 ? -1 : rests_on_values(r, k, op->kind, e);
	if (op->kind != OPERATION_UPDATE)
		return 0;
	if (body_read_update(r->body, op->body, op->body_len, e) != 0)
		return -1;
	for (int i = 0; i < r->body->seen_count && rc == 0; i++)
		if (memcmp(r->body->tags[i], tag, TAG_LENGTH) == 0)
			rc = find_stamp(r, tag, r->body->seen[i].hlc, &new, by, e);
	return rc != 0 ? rc : rests_on_values(r, k, op->kind, e);
}
