#include "store/erase.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "store/state.h"
#include "store/undo.h"

/* --- marks: two bits in memory say that a record is not among the erased, which most are not --- */

#define BITS (1u << 18)

static void places_of(int tbl, const char *pk, size_t len, uint32_t at[2])
{
	uint64_t h = UINT64_C(14695981039346656037) ^ (uint64_t)tbl;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)pk[i]) * UINT64_C(1099511628211);
	at[0] = (uint32_t)(h >> 40) % BITS;
	at[1] = (uint32_t)(h >> 13) % BITS;
}

static void set_bits(struct journal *j, int tbl, const char *pk, size_t len)
{
	uint32_t at[2];

	places_of(tbl, pk, len, at);
	for (int i = 0; i < 2; i++)
		j->erased_bits[at[i] / 8] |= (unsigned char)(1u << at[i] % 8);
}

static bool has_bits(const struct journal *j, int tbl, const char *pk, size_t len)
{
	uint32_t at[2];

	places_of(tbl, pk, len, at);
	return (j->erased_bits[at[0] / 8] >> at[0] % 8 & 1) != 0 && (j->erased_bits[at[1] / 8] >> at[1] % 8 & 1) != 0;
}

/* A rollback leaves bits of what is not there any more: they cost a look into the table. */
static int load_bits(struct journal *j, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (j->erased_bits != NULL)
		return 0;
	if (sqlite3_prepare_v2(j->db, "SELECT tbl, pk FROM erased", -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	j->erased_bits = mem_zero(1, BITS / 8);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		set_bits(j, sqlite3_column_int(st, 0), (const char *)sqlite3_column_text(st, 1), (size_t)sqlite3_column_bytes(st, 1));
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

int erase_marked(struct journal *j, int tbl, const char *pk, size_t pk_len, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (j->now.erased == 0)
		return 0;
	if (load_bits(j, e) != 0)
		return -1;
	if (!has_bits(j, tbl, pk, pk_len))
		return 0;
	st = journal_sql(j, SQL_ERASED, e);
	if (st == NULL)
		return -1;
	journal_bind_record(st, tbl, pk, pk_len);
	rc = sqlite3_step(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_reset(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

int erase_count(struct journal *j, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, "SELECT count(*) FROM erased", -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		j->now.erased = sqlite3_column_int64(st, 0);
	else
		journal_fail(j, e);
	sqlite3_finalize(st);
	j->dirty = true;
	return rc == SQLITE_ROW ? 0 : -1;
}

static int add(struct journal *j, enum journal_sql which, int tbl, const char *pk, size_t pk_len, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, which, e);

	if (st == NULL)
		return -1;
	journal_bind_record(st, tbl, pk, pk_len);
	return journal_run(j, st, e);
}

int erase_mark(struct journal *j, struct kind *k, const char *pk, size_t pk_len, bool past, struct err *e)
{
	if (load_bits(j, e) != 0 || add(j, SQL_ERASED_ADD, k->number, pk, pk_len, e) != 0)
		return -1;
	set_bits(j, k->number, pk, pk_len);
	undo_forget_record(j, k->name, pk, pk_len);
	j->now.erased = j->now.erased > 0 ? j->now.erased + 1 : 1;
	j->now.erasing |= ERASING_REFUSED | (past ? ERASING_PAST : 0) | (erase_is_whole(k) ? ERASING_SEARCH : 0);
	j->dirty = true;
	return past ? add(j, SQL_ERASING_ADD, k->number, pk, pk_len, e) : 0;
}

int erase_person(struct journal *j, struct kind *k, const char *pk, size_t pk_len, struct err *e)
{
	int marked = erase_marked(j, k->number, pk, pk_len, e);

	return marked != 0 ? (marked < 0 ? -1 : 0) : erase_mark(j, k, pk, pk_len, true, e);
}

/* --- what the columns mean --- */

bool erase_is_person(const struct kind *k)
{
	return k != NULL && k->known != NULL && strcmp(k->name, "person") == 0;
}

static bool is_sought(const struct column *c)
{
	return c->kind == COLUMN_REFERENCE && c->references != NULL && ((c->flags & COLUMN_PART) != 0 || strcmp(c->references, "person") == 0);
}

bool erase_is_whole(const struct kind *k)
{
	if (k->known == NULL)
		return false;
	if (erase_is_person(k))
		return true;
	for (int i = 0; tables[i] != NULL; i++)
		for (int p = 0; p < tables[i]->count; p++)
			if ((tables[i]->columns[p].flags & COLUMN_PART) != 0 && strcmp(tables[i]->columns[p].references, k->name) == 0)
				return true;
	return false;
}

int erase_sought(struct journal *j, struct kind *k, int place)
{
	for (int p = 0; !k->sought_read && p < k->known->count; p++)
		if (is_sought(&k->known->columns[p]))
			k->sought[p] = dictionary_table(j, k->known->columns[p].references);
	k->sought_read = true;
	return k->sought[place];
}

static bool is_personal(const struct kind *k, int col)
{
	int place = col <= k->count ? k->places[col - 1] : -1;

	return place > 0 && (k->known->columns[place].flags & COLUMN_PERSONAL) != 0;
}

/* --- bodies --- */

static int names(struct journal *j, struct kind *k, int place, const struct value *v, struct err *e)
{
	int tbl = place > 0 && v->type == VALUE_TEXT ? erase_sought(j, k, place) : 0;

	return tbl == 0 ? 0 : erase_marked(j, tbl, v->text, v->len, e);
}

int erase_names(struct journal *j, struct kind *k, int kind, const struct body *b, struct err *e)
{
	int count = kind == OPERATION_INSERT ? b->value_count : b->change_count, named = 0;

	for (int i = 0; i < count && named == 0; i++) {
		int col = kind == OPERATION_INSERT ? i + 1 : b->changes[i].col;

		named = names(j, k, col <= k->count ? k->places[col - 1] : -1, kind == OPERATION_INSERT ? &b->values[i] : &b->changes[i].value, e);
	}
	return named;
}

bool erase_empty(const struct kind *k, int kind, struct body *b)
{
	int count = kind == OPERATION_INSERT ? b->value_count : b->change_count;
	bool any = false;

	for (int i = 0; i < count; i++) {
		struct value *v = kind == OPERATION_INSERT ? &b->values[i] : &b->changes[i].value;

		if (v->type == VALUE_NULL || !is_personal(k, kind == OPERATION_INSERT ? i + 1 : b->changes[i].col))
			continue;
		v->type = VALUE_NULL;
		any = true;
	}
	return any;
}

/* What is null was so before or is now; everything else stays byte for byte. */
static void write_insert(const struct body *b, struct buf *out)
{
	int last = b->value_count;

	while (last > 0 && b->values[last - 1].type == VALUE_NULL)
		last--;
	buf_addc(out, '[');
	for (int i = 0; i < last; i++) {
		if (i > 0)
			buf_addc(out, ',');
		if (b->values[i].type == VALUE_NULL)
			buf_add(out, "null", 4);
		else
			buf_add(out, b->raw[i].p, b->raw[i].len);
	}
	buf_addc(out, ']');
}

static void write_seen(const struct body *b, const struct change *c, struct buf *out)
{
	buf_adds(out, "null,[");
	for (int i = 0; i < c->seen_count; i++) {
		buf_adds(out, i > 0 ? ",[" : "[");
		buf_addi(out, (long long)c->seen[i].hlc);
		buf_adds(out, ",\"");
		buf_add(out, b->tags[c->seen - b->seen + i], TAG_LENGTH);
		buf_adds(out, "\"]");
	}
	buf_addc(out, ']');
}

static void write_update(const struct body *b, struct buf *out)
{
	buf_addc(out, '[');
	for (int i = 0; i < b->change_count; i++) {
		buf_adds(out, i > 0 ? ",[" : "[");
		buf_addi(out, b->changes[i].col);
		buf_addc(out, ',');
		if (b->changes[i].value.type == VALUE_NULL)
			write_seen(b, &b->changes[i], out);
		else
			buf_add(out, b->raw[i].p, b->raw[i].len);
		buf_addc(out, ']');
	}
	buf_addc(out, ']');
}

void erase_write(int kind, const struct body *b, struct buf *out)
{
	buf_reset(out);
	if (kind == OPERATION_INSERT)
		write_insert(b, out);
	else
		write_update(b, out);
}

/* --- what arrives --- */

/* Whether there may be operations of the record before this one. Refused ones are looked at in any case. */
static int has_past(struct journal *j, struct kind *k, const struct operation *op, bool *past, struct err *e)
{
	*past = true;
	if (op->kind != OPERATION_INSERT)
		return 0;
	if (state_load(j->state, k, op->pk, op->pk_len, e) != 0)
		return -1;
	*past = j->state->exists || j->state->head_count > 0 || j->state->seen_count > 0;
	return 0;
}

int erase_arriving(struct journal *j, struct kind *k, struct operation *op, struct err *e)
{
	bool past;
	int marked;

	if (j->now.erased == 0)
		return 0;
	marked = erase_marked(j, k->number, op->pk, op->pk_len, e);
	if (marked == 0) {
		marked = erase_names(j, k, op->kind, &j->body, e);
		if (marked > 0 && (has_past(j, k, op, &past, e) != 0 || erase_mark(j, k, op->pk, op->pk_len, past, e) != 0))
			return -1;
	}
	if (marked > 0 && erase_empty(k, op->kind, &j->body)) {
		erase_write(op->kind, &j->body, &j->text);
		op->body = j->text.data;
		op->body_len = j->text.len;
	}
	return marked < 0 ? -1 : 0;
}

int erase_local(struct journal *j, struct kind *k, const char *pk, size_t pk_len, bool insert, const int *places, int count,
    const struct value *row, struct err *e)
{
	int marked, named = 0;

	if (j->now.erased == 0)
		return 0;
	marked = erase_marked(j, k->number, pk, pk_len, e);
	for (int i = 0; i < count && marked == 0 && named == 0; i++)
		named = names(j, k, places[i], &row[places[i]], e);
	if (marked < 0 || named < 0)
		return -1;
	if (marked == 0 && named == 0)
		return 0;
	for (int i = 0; i < count; i++)
		if ((k->known->columns[places[i]].flags & COLUMN_PERSONAL) != 0 && row[places[i]].type != VALUE_NULL)
			return err_set(e, ERR_REFUSED, _("whoever was erased is not written about any more: %s.%s stays empty"), k->name,
			    k->known->columns[places[i]].name);
	return marked != 0 ? 0 : erase_mark(j, k, pk, pk_len, !insert || j->now.orphans > 0, e);
}

/* --- a person is erased --- */

/* 1 when an operation that counts erased the person, 0, -1. */
static int is_logged(struct journal *j, int tbl, const char *pk, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, "SELECT 1 FROM oplog o WHERE o.tbl = ? AND o.pk = ? AND o.kind = 3"
	    " AND " OPERATION_COUNTS, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	journal_bind_record(st, tbl, pk, strlen(pk));
	rc = sqlite3_step(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		journal_fail(j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_ROW ? 1 : rc == SQLITE_DONE ? 0 : -1;
}

static int log_erase(struct journal *j, struct kind *k, const char *pk, struct err *e)
{
	struct operation op = { .dev = 1, .seq = j->now.seq + 1, .hlc = journal_next_stamp(j), .tbl = k->number, .kind = OPERATION_ERASE,
		.pk = pk, .pk_len = strlen(pk) };

	if (journal_log(j, &op, e) != 0)
		return -1;
	j->now.seq++;
	return 0;
}

int journal_erase(struct journal *j, const char *table, const char *pk, struct err *e)
{
	struct kind *k = dictionary_kind(j, dictionary_table(j, table));
	int marked;

	if (!erase_is_person(k))
		return err_set(e, ERR_REFUSED, _("only people are erased"));
	if (j->now.silent || j->mode != JOURNAL_LOCAL)
		return err_set(e, ERR_REFUSED, _("nobody is erased in the middle of a merge"));
	if (!body_id_valid(pk, strlen(pk)))
		return err_set(e, ERR_REFUSED, _("there is no record %s"), pk);
	if (journal_join(j, e) != 0 || journal_fresh_devices(j, e) != 0 || state_load(j->state, k, pk, strlen(pk), e) != 0)
		return -1;
	if (!j->state->exists)
		return err_set(e, ERR_REFUSED, _("there is no record %s"), pk);
	marked = erase_marked(j, k->number, pk, strlen(pk), e);
	if (marked == 1)
		marked = is_logged(j, k->number, pk, e);
	if (marked != 0)
		return marked < 0 ? -1 : 0;
	return log_erase(j, k, pk, e) == 0 && erase_person(j, k, pk, strlen(pk), e) == 0 ? erase_flush(j, e) : -1;
}

int journal_erased(struct journal *j, const char *table, const char *pk, struct err *e)
{
	return erase_marked(j, dictionary_table(j, table), pk, strlen(pk), e);
}
