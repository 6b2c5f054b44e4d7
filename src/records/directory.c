#include "records/directory.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "records/joined.h"
#include "records/person.h"

static const struct field directory_fields[] = {
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	/* TRANSLATORS: of an entry in the directory: what this person can be asked about */
	{ .name = "topics", .label = N_("Topics"), .kind = FIELD_LONG_TEXT, .max = 2000, .required = true },
	{ .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE },
	{ .name = "email", .label = N_("E-mail"), .kind = FIELD_EMAIL },
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
	{ .name = "role", .label = N_("Role"), .kind = FIELD_CHOICE, .choices = person_roles },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

/* The entry of a person in the current programme; "" where there is none. */
static int entry_of(struct store *s, const char *person, char id[RECORD_ID_SIZE], struct err *e)
{
	char programme[RECORD_ID_SIZE];
	if (programme_current(s, programme, e) != 0)
		return -1;
	int rc = record_query_id(s, "SELECT id FROM directory_entry WHERE person IN " JOINED_IDS("?1") " AND programme = ?2 AND deleted = 0 ORDER BY id LIMIT 1",
	    (const char *const[]){ person, programme, NULL }, id, e);
	return rc < 0 ? -1 : 0;
}

static int directory_defaults(struct store *s, struct record *r, struct err *e)
{
	char me[RECORD_ID_SIZE], entry[RECORD_ID_SIZE];
	if (record_untouched(r, "person") && *person_me(s, me)) {
		if (entry_of(s, me, entry, e) != 0)
			return -1;
		record_put(r, "person", *entry ? "" : me);
	}
	return record_default_programme(s, r, e);
}

/* A new entry takes from the card what nobody said otherwise. Who leaves both contacts of a form empty means those of the card. */
static int directory_complete(struct store *s, struct record *r, struct err *e)
{
	struct record card;
	bool reachable = *record_get(r, "phone") || *record_get(r, "email");
	(void)e;
	if (*r->id || record_load(s, &card, &person_type, record_get(r, "person"), NULL) != 0)
		return 0;
	if (!reachable || record_untouched(r, "phone"))
		record_put(r, "phone", record_get(&card, "phone"));
	if (!reachable || record_untouched(r, "email"))
		record_put(r, "email", record_get(&card, "email"));
	if (!*record_get(r, "municipality"))
		record_put(r, "municipality", record_get(&card, "municipality"));
	if (!*record_get(r, "role"))
		record_put(r, "role", record_get(&card, "role"));
	record_release(&card);
	return 0;
}

static int directory_check(struct store *s, const struct record *r, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id FROM directory_entry WHERE person IN " JOINED_IDS("?1") " AND programme = ?2 AND deleted = 0 AND id <> ?3", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, record_get(r, "person"));
	store_bind_text(st, 2, record_get(r, "programme"));
	store_bind_text(st, 3, r->id);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		err_set(e, ERR_REFUSED, _("this person has an entry already (%s); edit it"), store_text(st, 0));
		field_blame(&r->type->fields[record_field(r->type, "person")], e);
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 0 ? 0 : -1;
}

#define COLUMNS "person, topics, phone, email, municipality, role, note, programme"
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = " JOINED_PERSON("directory_entry.person") ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = person), person)"

const struct record_type directory_type = {
	.name = "directory",
	.title = N_("Entry in the directory"),
	.table = "directory_entry",
	.fields = directory_fields,
	.count = sizeof directory_fields / sizeof *directory_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("directory_entry", COLUMNS),
		.list = RECORD_SQL_LIST("directory_entry", COLUMNS, "sort_key(" NAME "), id"),
		RECORD_SQL_REST("directory_entry", NAME, COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9")
	},
	.defaults = directory_defaults,
	.complete = directory_complete,
	.check = directory_check,
};

int directory_open(struct store *s, const char *id, bool *open, struct err *e)
{
	*open = false;
	sqlite3_stmt *st = store_prepare(s, "SELECT " DIRECTORY_OPEN("r") " FROM directory_entry r WHERE r.id = ?1 AND r.deleted = 0", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	if (rc == 1)
		*open = sqlite3_column_int(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

struct showing {
	struct store *s;
	struct filter topic;
	char programme[RECORD_ID_SIZE];
	record_fn each;
	void *context;
	struct directory_left_out *left_out;
};

static bool about(struct showing *w, const struct record *r)
{
	struct buf text = BUF_INIT, folded = BUF_INIT;
	record_name(w->s, &person_type, record_get(r, "person"), &text);
	buf_addc(&text, ' ');
	buf_adds(&text, record_get(r, "topics"));
	text_fold(text.data, text.len, &folded);
	bool is = filter_matches(&w->topic, folded.data);
	buf_release(&text);
	buf_release(&folded);
	return is;
}

static int show(void *context, const struct record *r, struct err *e)
{
	struct showing *w = context;
	bool open;
	if (strcmp(record_get(r, "programme"), w->programme) != 0 || !about(w, r))
		return 0;
	if (directory_open(w->s, r->id, &open, e) != 0)
		return -1;
	if (open)
		return w->each(w->context, r, e);
	if (w->left_out->count++ > 0)
		buf_adds(&w->left_out->names, ", ");
	record_name(w->s, &person_type, record_get(r, "person"), &w->left_out->names);
	return 0;
}

int directory_each(struct store *s, const char *topic, record_fn each, void *context, struct directory_left_out *left_out, struct err *e)
{
	struct showing w = { .s = s, .each = each, .context = context, .left_out = left_out };
	*left_out = (struct directory_left_out){ 0, BUF_INIT };
	if (programme_current(s, w.programme, e) != 0)
		return -1;
	filter_init(&w.topic, topic);
	int rc = record_each(s, &directory_type, NULL, show, &w, e);
	filter_release(&w.topic);
	return rc;
}
