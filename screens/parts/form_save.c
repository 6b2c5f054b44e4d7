/* From a form into a record, and into a draft and back. */
#include "screens/parts/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

/* The organisation that the person wrote and nobody has entered yet: its name, and the municipality that stands in the same form. */
static int enter_organisation(struct form *f, int field, char id[RECORD_ID_SIZE], struct err *e)
{
	int place = form_find(f, "municipality");
	struct record r;
	int status;

	record_init(&r, &organisation_type);
	status = record_set(f->store, &r, "name", f->field[field].line.text.data, e);
	if (status == 0 && place >= 0)
		status = record_set(f->store, &r, "municipality", form_value(f, place), e);
	if (status == 0)
		status = record_save(f->store, &r, e);
	memcpy(id, r.id, RECORD_ID_SIZE);
	record_release(&r);
	return status;
}

static int carry(struct form *f, struct record *r, int *wrong, struct err *e)
{
	char id[RECORD_ID_SIZE];

	for (int i = 0; i < f->count; i++) {
		const char *value = form_value(f, i);

		if (strcmp(f->field[i].line.text.data, f->field[i].start) == 0 && r->id[0] != '\0')
			continue;
		*wrong = i;
		if (f->field[i].picked != NULL && strcmp(value, COMPLETION_CREATE) == 0) {
			if (enter_organisation(f, i, id, e) != 0)
				return -1;
			value = id;
		}
		if (record_set(f->store, r, f->field[i].field->name, value, e) != 0)
			return -1;
	}
	*wrong = -1;
	return record_save(f->store, r, e);
}

/* The field that a rule of the whole record blames: its label begins the sentence. */
static int blamed(const struct form *f, const char *text)
{
	const char *sentence;

	for (int i = 0; i < f->count; i++)
		if (form_blames(f->field[i].field, text, &sentence))
			return i;
	return -1;
}

int form_save(struct form *f, struct record *r, struct err *e)
{
	char id[RECORD_ID_SIZE];
	int wrong = -1;

	memcpy(id, r->id, sizeof id);
	if (store_begin(f->store, e) != 0)
		return -1;
	if (carry(f, r, &wrong, e) != 0) {
		store_rollback(f->store);
		memcpy(r->id, id, sizeof id);	/* a new record is new again */
		if (wrong < 0)
			wrong = blamed(f, e->text);
		if (wrong >= 0)
			form_blame(f, wrong, e->text);
		return -1;
	}
	return store_commit(f->store, e);
}

void form_write(const struct form *f, struct buf *out)
{
	buf_addc(out, '{');
	for (int i = 0; i < f->count; i++) {
		const struct form_field *p = &f->field[i];

		if (p->secret || (!f->whole && strcmp(p->line.text.data, p->start) == 0))
			continue;
		json_key(out, p->field->name);
		buf_addc(out, '[');
		json_string(out, p->line.text.data, p->line.text.len);
		buf_addc(out, ',');
		json_strings(out, p->picked);
		buf_addc(out, ']');
	}
	buf_addc(out, '}');
}

/* ["typed", "picked" or null] into a field. */
static int read_field(struct form_field *p, struct json *j)
{
	struct buf text = BUF_INIT;
	const char *s;
	size_t len;
	int status = json_enter(j, JSON_ARRAY);

	if (status == 0 && (status = json_read_string(j, &s, &len)) == 0)
		buf_add(&text, s, len);
	if (status == 0 && json_peek(j) == JSON_STRING) {
		status = json_read_string(j, &s, &len);
		if (status == 0 && p != NULL) {
			free(p->picked);
			p->picked = mem_dupn(s, len);
		}
	} else if (status == 0) {
		status = json_skip(j, NULL, NULL);
		if (p != NULL) {
			free(p->picked);
			p->picked = NULL;
		}
	}
	if (status == 0 && p != NULL)
		line_set(&p->line, text.data);
	buf_release(&text);
	return status == 0 ? json_leave(j) : -1;
}

int form_read(struct form *f, const char *json, size_t len, struct err *e)
{
	struct json j;
	const char *key;
	size_t key_len;
	int status;

	json_open(&j, json, len);
	status = json_enter(&j, JSON_OBJECT);
	while (status == 0 && (status = json_read_key(&j, &key, &key_len)) == 0) {
		char *name = mem_dupn(key, key_len);
		int i = form_find(f, name);

		free(name);
		status = read_field(i >= 0 && !f->field[i].secret ? &f->field[i] : NULL, &j);
		if (i >= 0 && status == 0)
			f->at = i;		/* the last of them is where the person was, as a rule */
	}
	json_close(&j);
	f->touched = true;
	return status < 0 ? err_set(e, ERR_DAMAGED, _("the draft cannot be read")) : 0;
}
