/* A bundle's dictionary against this store's, and operation lines translated by it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "store/journal_private.h"

struct table_map {
	int tbl;			/* this store's number */
	int count;
	bool same;			/* columns have the same numbers here */
	int cols[BODY_COLUMNS_MAX];	/* by the bundle's number - 1: this store's */
};

struct dictionary_map {
	struct table_map *tables[TABLES_MAX];
	int count;
	struct body body;
};

static int wrong(struct err *e, const char *what)
{
	return err_set(e, ERR_DAMAGED, _("the bundle's dictionary is not well-formed: %s"), what);
}

/* A name as a C string, or -1. */
static int read_name(struct json *in, char name[64], struct err *e)
{
	const char *s;
	size_t len;

	if (json_peek(in) != JSON_STRING || json_read_string(in, &s, &len) != 0)
		return wrong(e, _("a name is missing"));
	if (!dictionary_name_valid(s, len))
		return wrong(e, _("a name is not made of the letters a-z, digits and underscores"));
	memcpy(name, s, len);
	name[len] = '\0';
	return 0;
}

/* What this program knows is numbered already; so every new name is a stranger's. The program's own names of a later version find room whatever
 * came: a store that had none for them would not open again. */
static bool room_for_table(const struct journal *j)
{
	return j->kind_count < TABLES_MAX - KNOWN_TABLES_MAX;
}

static bool room_for_column(const struct kind *k)
{
	return k->count < BODY_COLUMNS_MAX - TABLE_COLUMNS_MAX;
}

static int read_column(struct journal *j, struct table_map *t, const char *name, bool *used, struct err *e)
{
	struct kind *k = dictionary_kind(j, t->tbl);
	int col = dictionary_column(j, t->tbl, name);

	if (t->count == BODY_COLUMNS_MAX)
		return wrong(e, _("too many columns"));
	if (col == 0)
		col = room_for_column(k) ? dictionary_add_column(j, k, name, e) : wrong(e, _("too many columns"));
	if (col < 0)
		return -1;
	if (used[col - 1])
		return wrong(e, _("a name stands there twice"));
	used[col - 1] = true;
	t->cols[t->count++] = col;
	t->same = t->same && col == t->count;
	return 0;
}

/* ["person","deleted","name",…] */
static int read_table(struct dictionary_map *m, struct journal *j, struct json *in, struct err *e)
{
	bool used[BODY_COLUMNS_MAX] = { false };
	struct table_map *t;
	char name[64];
	int tbl;

	if (m->count == TABLES_MAX)
		return wrong(e, _("too many tables"));
	if (json_enter(in, JSON_ARRAY) != 0 || read_name(in, name, e) != 0)
		return wrong(e, _("a table is missing"));
	tbl = dictionary_table(j, name);
	if (tbl == 0)
		tbl = room_for_table(j) ? dictionary_add_table(j, name, e) : wrong(e, _("too many tables"));
	if (tbl < 0)
		return -1;
	for (int i = 0; i < m->count; i++)
		if (m->tables[i]->tbl == tbl)
			return wrong(e, _("a name stands there twice"));
	t = m->tables[m->count++] = mem_zero(1, sizeof *t);
	t->tbl = tbl;
	t->same = true;
	while (json_peek(in) != JSON_END)
		if (read_name(in, name, e) != 0 || read_column(j, t, name, used, e) != 0)
			return -1;
	return json_leave(in) == 0 ? 0 : wrong(e, _("a bracket is missing"));
}

struct dictionary_map *dictionary_map_read(struct journal *j, const char *text, size_t len, struct err *e)
{
	struct dictionary_map *m = mem_zero(1, sizeof *m);
	struct json in;
	int rc;

	body_init(&m->body);
	json_open(&in, text, len);
	rc = json_enter(&in, JSON_ARRAY) == 0 ? 0 : wrong(e, _("a bracket is missing"));
	while (rc == 0 && json_peek(&in) != JSON_END)
		rc = read_table(m, j, &in, e);
	if (rc == 0 && (json_leave(&in) != 0 || json_finish(&in) != 0))
		rc = wrong(e, _("a bracket is missing"));
	json_close(&in);
	if (rc == 0)
		return m;
	dictionary_map_free(m);
	return NULL;
}

void dictionary_map_free(struct dictionary_map *m)
{
	if (m == NULL)
		return;
	for (int i = 0; i < m->count; i++)
		free(m->tables[i]);
	body_release(&m->body);
	free(m);
}

static bool take_integer(const char **p, const char *end, int64_t *out)
{
	bool negative = *p < end && **p == '-';
	const char *start = *p += negative;
	int64_t n = 0;

	for (; *p < end && **p >= '0' && **p <= '9' && *p - start < 18; (*p)++)
		n = n * 10 + (**p - '0');
	*out = negative ? -n : n;
	return *p > start && !(*start == '0' && *p - start > 1);
}

static bool take(const char **p, const char *end, char c)
{
	if (*p == end || **p != c)
		return false;
	(*p)++;
	return true;
}

/* [dhlc,tbl,kind,"pk",body]: everything but the body, which is only cut out. */
static bool split(const char *line, size_t len, struct operation *op, int64_t *dhlc)
{
	const char *p = line, *end = line + len;
	int64_t tbl, kind;

	if (!take(&p, end, '[') || !take_integer(&p, end, dhlc) || !take(&p, end, ',') || !take_integer(&p, end, &tbl) ||
	    !take(&p, end, ',') || !take_integer(&p, end, &kind) || !take(&p, end, ',') || !take(&p, end, '"') ||
	    tbl < 1 || tbl > TABLES_MAX || kind < 0 || kind > 99)
		return false;
	op->tbl = (int)tbl;
	op->kind = (int)kind;
	op->pk = p;
	while (p < end && *p != '"')
		p++;
	op->pk_len = (size_t)(p - op->pk);
	if (!body_id_valid(op->pk, op->pk_len) || !take(&p, end, '"') || p == end || end[-1] != ']')
		return false;
	op->body = NULL;
	op->body_len = 0;
	if (p == end - 1)
		return true;
	if (!take(&p, end, ',') || p >= end - 1)
		return false;
	op->body = p;
	op->body_len = (size_t)(end - 1 - p);
	return true;
}

static int translate_insert(struct body *b, const struct table_map *t, struct operation *op, struct buf *out, struct err *e)
{
	int from[BODY_COLUMNS_MAX] = { 0 };	/* by this store's number - 1: the bundle's */
	int last = 0;

	if (body_read_insert(b, op->body, op->body_len, e) != 0)
		return -1;
	if (b->value_count > t->count)
		return err_set(e, ERR_DAMAGED, _("an operation of the journal names a column that its dictionary does not have"));
	for (int i = 0; i < b->value_count; i++) {
		from[t->cols[i] - 1] = i + 1;
		if (t->cols[i] > last && b->values[i].type != VALUE_NULL)
			last = t->cols[i];
	}
	buf_addc(out, '[');
	for (int col = 1; col <= last; col++) {
		if (col > 1)
			buf_addc(out, ',');
		if (from[col - 1] > 0)
			buf_add(out, b->raw[from[col - 1] - 1].p, b->raw[from[col - 1] - 1].len);
		else
			buf_adds(out, "null");
	}
	buf_addc(out, ']');
	return 0;
}

static int translate_update(struct body *b, const struct table_map *t, struct operation *op, struct buf *out, struct err *e)
{
	if (body_read_update(b, op->body, op->body_len, e) != 0)
		return -1;
	buf_addc(out, '[');
	for (int i = 0; i < b->change_count; i++) {
		if (b->changes[i].col > t->count)
			return err_set(e, ERR_DAMAGED, _("an operation of the journal names a column that its dictionary does not have"));
		buf_adds(out, i > 0 ? ",[" : "[");
		buf_addi(out, t->cols[b->changes[i].col - 1]);
		buf_addc(out, ',');
		buf_add(out, b->raw[i].p, b->raw[i].len);
		buf_addc(out, ']');
	}
	buf_addc(out, ']');
	return 0;
}

int dictionary_translate(struct dictionary_map *m, const char *line, size_t len, struct operation *op, int64_t *dhlc, struct buf *scratch,
    struct err *e)
{
	struct body *b = &m->body;
	const struct table_map *t;
	int rc;

	if (!split(line, len, op, dhlc) || op->tbl > m->count)
		return err_set(e, ERR_DAMAGED, _("an operation of the journal is not well-formed"));
	t = m->tables[op->tbl - 1];
	op->tbl = t->tbl;
	if (t->same || op->body == NULL || (op->kind != OPERATION_INSERT && op->kind != OPERATION_UPDATE))
		return 0;
	buf_reset(scratch);
	rc = op->kind == OPERATION_INSERT ? translate_insert(b, t, op, scratch, e) : translate_update(b, t, op, scratch, e);
	op->body = scratch->data;
	op->body_len = scratch->len;
	return rc;
}
