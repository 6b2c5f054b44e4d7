#include "sync/op_fields.h"

#include "store/dictionary.h"

void op_fields_init(struct op_fields *f)
{
	body_init(&f->body);
	buf_init(&f->text);
}

void op_fields_release(struct op_fields *f)
{
	body_release(&f->body);
	buf_release(&f->text);
}

/* Keeps a value as text at a place in f->text, which may still move. */
static void keep(struct op_fields *f, struct journal *j, int tbl, int col, const struct value *v,
    size_t *places)
{
	const char *name = dictionary_column_name(j, tbl, col);
	int column = name != NULL ? table_column(f->table, name) : -1;

	if (column < 0)
		return;
	f->set[column] = true;
	if (v->type == VALUE_NULL)
		return;
	places[column] = f->text.len + 1;
	if (v->type == VALUE_INTEGER)
		buf_addi(&f->text, v->number);
	else
		buf_add(&f->text, v->text, v->len);
	buf_addc(&f->text, '\0');
}

int op_fields_read(struct op_fields *f, struct journal *j, const struct table *t, const struct operation *op,
    struct err *e)
{
	size_t places[TABLE_COLUMNS_MAX] = { 0 };
	struct body *b = &f->body;
	const char *text = op->body != NULL ? op->body : "";

	f->table = t;
	buf_reset(&f->text);
	for (int i = 0; i < t->count; i++)
		f->set[i] = false;
	b->seen_count = b->value_count = b->change_count = 0;
	if (op->kind == OPERATION_INSERT ? body_read_insert(b, text, op->body_len, e) != 0 : body_read_update(b,
	    text, op->body_len, e) != 0)
		return -1;
	for (int i = 0; op->kind == OPERATION_INSERT && i < b->value_count; i++)
		keep(f, j, op->tbl, i + 1, &b->values[i], places);
	for (int i = 0; op->kind == OPERATION_UPDATE && i < b->change_count; i++)
		keep(f, j, op->tbl, b->changes[i].col, &b->changes[i].value, places);
	for (int i = 0; i < t->count; i++)
		f->value[i] = places[i] > 0 ? f->text.data + places[i] - 1 : NULL;
	return 0;
}

const char *op_field(const struct op_fields *f, const char *column)
{
	int i = table_column(f->table, column);

	return i >= 0 && f->value[i] != NULL ? f->value[i] : "";
}

bool op_sets(const struct op_fields *f, const char *column)
{
	int i = table_column(f->table, column);

	return i >= 0 && f->set[i];
}
