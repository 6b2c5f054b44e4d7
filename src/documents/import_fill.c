#include "documents/import_register.h"

#include <string.h>

#include "base/i18n.h"

int import_set_fields(struct store *s, struct record *r, const struct import_entry *n, const struct import_field *fields, int count, bool blank,
    struct err *e)
{
	for (int i = 0; i < count; i++) {
		const struct buf *text = &n->text[fields[i].column];
		const struct field *f = &r->type->fields[record_field(r->type, fields[i].field)];
		bool emptied = blank && n->there[fields[i].column] && !f->required && !f->initial;
		if ((text->len || emptied) && record_set(s, r, fields[i].field, text->data, e) != 0)
			return -1;
	}
	return 0;
}

void import_note_field(struct buf *labels, const struct record_type *t, const char *field)
{
	if (labels->len)
		buf_adds(labels, ", ");
	buf_adds(labels, _(t->fields[record_field(t, field)].label));
}

static bool says_the_same(const struct field *f, const char *card, const char *list)
{
	return strcmp(card, list) == 0 || (f->kind == FIELD_LONG_TEXT && strstr(card, list));
}

int import_fill_fields(struct store *s, struct record *card, const struct record *list, const struct import_entry *n, const struct import_field *fields,
    int count, struct import_differences *d, struct err *e)
{
	for (int i = 0; i < count; i++) {
		const char *field = fields[i].field, *there = record_get(card, field), *said = record_get(list, field);
		const struct field *f = &card->type->fields[record_field(card->type, field)];
		if (n->text[fields[i].column].len == 0 || says_the_same(f, there, said))
			continue;
		/* A number that nobody entered is a gap too. */
		bool gap = !*there || (f->kind == FIELD_NUMBER && f->initial && strcmp(there, f->initial) == 0);
		import_note_field(gap ? &d->filled : &d->otherwise, card->type, field);
		if (gap && record_set(s, card, field, said, e) != 0)
			return -1;
	}
	return 0;
}

void import_tell_differences(struct import_differences *d, struct buf *words)
{
	if (words->len && (d->filled.len || d->otherwise.len))
		buf_adds(words, "; ");
	if (d->filled.len)
		/* TRANSLATORS: names of fields that an import fills in a card */
		buf_addf(words, _("fills in: %s"), d->filled.data);
	if (d->filled.len && d->otherwise.len)
		buf_adds(words, "; ");
	if (d->otherwise.len)
		/* TRANSLATORS: names of fields where a list says something else than the card, which stays */
		buf_addf(words, _("stays as in the card: %s"), d->otherwise.data);
	buf_release(&d->filled);
	buf_release(&d->otherwise);
}
