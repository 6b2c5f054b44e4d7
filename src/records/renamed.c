#include "records/renamed.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "records/record.h"

/* --- drafts: {"type":…,"record":ID,"seminar":ID,"ms":…,"fields":…} (screens/parts/draft.h) --- */

struct rewriting {
	struct reissue *r;
	struct buf out, id;
	struct err *e;
	bool any, failed;		/* an id is another one now; the store failed */
};

static const char *translated(struct rewriting *w, const char *id, size_t len)
{
	int rc;

	buf_reset(&w->id);
	rc = reissue_id(w->r, id, len, &w->id, w->e);
	w->any = w->any || rc > 0;
	w->failed = w->failed || rc < 0;
	return w->id.data;
}

/* The value at the reader's place as it stands; a text that is an id, as it is now. */
static int copy_value(struct rewriting *w, struct json *j, bool is_id)
{
	const char *text;
	size_t len;

	if (is_id && json_peek(j) == JSON_STRING) {
		if (json_read_string(j, &text, &len) != 0)
			return -1;
		json_strings(&w->out, translated(w, text, len));
		return 0;
	}
	if (json_skip(j, &text, &len) != 0)
		return -1;
	buf_add(&w->out, text, len);
	return 0;
}

/* The key at the reader's place; 1 at the end. A field is called by its column, a score by its criterion's id. */
static int copy_key(struct rewriting *w, struct json *j, char name[RECORD_ID_SIZE])
{
	const char *key;
	size_t len;
	int rc = json_read_key(j, &key, &len);

	if (rc != 0)
		return rc;
	if (len >= RECORD_ID_SIZE)
		return -1;
	memcpy(name, key, len);
	name[len] = '\0';
	json_key(&w->out, translated(w, name, len));
	return 0;
}

/* ["typed", "picked" or null]: who types an id means a record only where the field is a reference. */
static int copy_field(struct rewriting *w, struct json *j, bool reference)
{

	if (json_enter(j, JSON_ARRAY) != 0)
		return -1;
	buf_addc(&w->out, '[');
	for (int i = 0; json_peek(j) != JSON_END; i++) {
		if (i > 0)
			buf_addc(&w->out, ',');
		if (copy_value(w, j, i > 0 || reference) != 0)
			return -1;
	}
	buf_addc(&w->out, ']');
	return json_leave(j);
}

static int copy_form(struct rewriting *w, struct json *j, const struct record_type *type)
{
	char name[RECORD_ID_SIZE];
	int rc = json_enter(j, JSON_OBJECT);

	buf_addc(&w->out, '{');
	while (rc == 0 && (rc = copy_key(w, j, name)) == 0) {
		int field = type ? record_field(type, name) : -1;
		rc = copy_field(w, j, field >= 0 && type->fields[field].kind == FIELD_REFERENCE);
	}
	buf_addc(&w->out, '}');
	return rc == 1 ? json_leave(j) : -1;
}

/* {"unnamed":…,"lines":[ID, ["name as noted"], …]} (records/paper.h) */
static int copy_paper(struct rewriting *w, struct json *j)
{
	char name[RECORD_ID_SIZE];
	int rc = json_enter(j, JSON_OBJECT);

	buf_addc(&w->out, '{');
	while (rc == 0 && (rc = copy_key(w, j, name)) == 0) {
		if (json_peek(j) != JSON_ARRAY) {
			rc = copy_value(w, j, false);
			continue;
		}
		rc = json_enter(j, JSON_ARRAY);
		buf_addc(&w->out, '[');
		for (int i = 0; rc == 0 && json_peek(j) != JSON_END; i++) {
			if (i > 0)
				buf_addc(&w->out, ',');
			rc = copy_value(w, j, true);
		}
		buf_addc(&w->out, ']');
		if (rc == 0)
			rc = json_leave(j);
	}
	buf_addc(&w->out, '}');
	return rc == 1 ? json_leave(j) : -1;
}

static int copy_draft(struct rewriting *w, struct json *j, const char *type)
{
	char name[RECORD_ID_SIZE];
	int rc = json_enter(j, JSON_OBJECT);

	buf_addc(&w->out, '{');
	while (rc == 0 && (rc = copy_key(w, j, name)) == 0) {
		if (strcmp(name, "fields") != 0)
			rc = copy_value(w, j, strcmp(name, "record") == 0 || strcmp(name, "seminar") == 0);
		else if (strcmp(type, "verification") == 0)
			rc = copy_paper(w, j);
		else
			rc = copy_form(w, j, record_type_find(type));
	}
	buf_addc(&w->out, '}');
	return rc == 1 && json_leave(j) == 0 ? json_finish(j) : -1;
}

/* What is in it, for the fields can only be read by one who knows whose they are. */
static bool draft_type(const char *text, struct buf *type)
{
	static const char *const keys[] = { "type", NULL };
	struct json_span value;
	struct json j;
	bool good;

	json_open(&j, text, strlen(text));
	good = json_object(&j, keys, &value, true) == 0 && value.p && json_span_string(value, type) == 0;
	json_close(&j);
	return good;
}

/* True when w->out is the draft as it is from now on. */
static bool rewrite(struct rewriting *w, const char *text)
{
	struct buf type = BUF_INIT;
	struct json j;
	bool good;

	w->any = false;
	buf_reset(&w->out);
	json_open(&j, text, strlen(text));
	good = draft_type(text, &type) && copy_draft(w, &j, type.data) == 0 && w->any;
	json_close(&j);
	buf_release(&type);
	return good;
}

/* --- the settings --- */

/* Key and value of each, one after the other, each with its NUL: a setting cannot be changed while they are read. */
static int gather(struct store *s, const char *sql, struct buf *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int rc = -1;

	while (st && (rc = store_step(s, st, e)) == 1)
		for (int i = 0; i < 2; i++)
			buf_add(out, store_text(st, i), strlen(store_text(st, i)) + 1);
	if (st)
		sqlite3_reset(st);
	return rc;
}

/* The paper of a seminar stands under the seminar's id. */
static int rename_draft(struct store *s, struct rewriting *w, const char *key, const char *value)
{
	static const char paper[] = "verification/";
	bool changed = rewrite(w, value);
	struct buf place = BUF_INIT;
	int rc = w->failed ? -1 : 0;

	if (rc == 0 && strncmp(key, paper, sizeof paper - 1) == 0) {
		buf_addf(&place, "%s%s", paper, translated(w, key + sizeof paper - 1, strlen(key) - (sizeof paper - 1)));
		rc = w->failed ? -1 : strcmp(place.data, key) != 0 ? store_set_setting(s, key, NULL, w->e) : 0;
	} else {
		buf_adds(&place, key);
	}
	if (rc == 0 && (changed || strcmp(place.data, key) != 0))
		rc = store_set_setting(s, place.data, changed ? w->out.data : value, w->e);
	buf_release(&place);
	return rc;
}

static int rename_value(struct store *s, struct rewriting *w, const char *key, const char *value)
{
	const char *now = translated(w, value, strlen(value));

	return w->failed ? -1 : strcmp(now, value) != 0 ? store_set_setting(s, key, now, w->e) : 0;
}

static int each(struct store *s, struct rewriting *w, const char *sql, int (*rename)(struct store *s, struct rewriting *w, const char *key, const char *value))
{
	struct buf found = BUF_INIT;
	int rc = gather(s, sql, &found, w->e);

	for (size_t at = 0; rc == 0 && at < found.len; ) {
		const char *key = found.data + at, *value = key + strlen(key) + 1;
		rc = rename(s, w, key, value);
		at = (size_t)(value - found.data) + strlen(value) + 1;
	}
	buf_release(&found);
	return rc;
}

int renamed_settings(void *context, struct reissue *r, struct err *e)
{
	struct rewriting w = { .r = r, .out = BUF_INIT, .id = BUF_INIT, .e = e };
	int rc = each(context, &w, "SELECT key, value FROM setting WHERE key IN ('person', 'programme', 'verification')", rename_value);

	if (rc == 0)
		rc = each(context, &w, "SELECT key, value FROM setting WHERE key = 'draft' OR key LIKE 'draft/%' OR key LIKE 'verification/%'", rename_draft);
	buf_release(&w.out);
	buf_release(&w.id);
	return rc;
}
