#include "records/label.h"

#include <string.h>

#include "base/i18n.h"

static bool is_participation(const char *table)
{
	return strcmp(table, LABEL_PARTICIPATION) == 0;
}

const struct record_type *label_type(const char *table)
{
	if (is_participation(table))
		return &person_type;
	for (const struct record_type *const *t = record_types; *t; t++)
		if (strcmp((*t)->table, table) == 0)
			return *t;
	return NULL;
}

const char *label_record(const char *table, const char *pk)
{
	const char *slash = is_participation(table) ? strchr(pk, '/') : NULL;
	return slash ? slash + 1 : pk;
}

const struct field *label_field(const char *table, const char *column)
{
	const struct record_type *t = label_type(table);
	int i = t ? record_field(t, column) : -1;
	return i >= 0 && t->fields[i].in_programme == is_participation(table) ? &t->fields[i] : NULL;
}

const char *label_column(const char *table, const char *column)
{
	const struct field *f = label_field(table, column);
	if (f)
		return _(f->label);
	if (strcmp(column, "deleted") != 0)
		return column;
	/* TRANSLATORS: in a record's history, the name of the mark whose values are "there" and "removed" */
	return _("Record");
}

void label_value(struct store *s, const char *table, const char *column, const char *value, struct buf *out)
{
	const struct field *f = label_field(table, column);
	if (f)
		field_show(s, f, value, out);
	else if (strcmp(column, "deleted") != 0)
		buf_adds(out, value);
	else
		/* TRANSLATORS: of a record («запись») */
		buf_adds(out, strcmp(value, "1") == 0 ? _("removed") : _("there"));
}
