#include "records/person.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/programme.h"
#include "base/text.h"
#include "records/joined.h"
#include "records/namesake.h"

const struct choice person_roles[] = {
	{ "coordinator", N_("coordinator"), "координатор|координатор проекта|сотрудник фонда" },
	{ "expert", N_("expert"), "эксперт|региональный эксперт|эксперт-наставник|региональный эксперт-наставник|наставник" },
	{ "consultant", N_("consultant"), "консультант|местный консультант|муниципальный консультант" },
	{ "activist", N_("activist"), "активист|участник|участница|слушатель|местный активист" },
	{ "official", N_("official"), "специалист администрации|специалист|представитель администрации|администрация" },
	{ NULL, NULL, NULL }
};

const struct choice person_stages[] = {
	{ "candidate", N_("candidate"), "кандидат|заявка|подана заявка|отбор" },
	{ "selected", N_("selected"), "отобран|отобрана|отбор пройден|прошёл отбор|прошла отбор" },
	{ "training", N_("in training"), "обучение|обучается|на обучении" },
	{ "trained", N_("trained"), "обучение пройдено|обучен|обучена|прошёл обучение|прошла обучение" },
	{ "working", N_("holds seminars"), "работает|ведёт семинары|проводит семинары" },
	{ "finished", N_("finished"), "завершил|завершила|завершено|окончил|окончила" },
	{ "left", N_("left"), "выбыл|выбыла|отказ|отказался|отказалась" },
	{ NULL, NULL, NULL }
};

static const struct field person_fields[] = {
	{ .name = "name", .label = N_("Full name"), .kind = FIELD_TEXT, .required = true },
	{ .name = "phone", .label = N_("Phone"), .kind = FIELD_PHONE },
	{ .name = "email", .label = N_("Email"), .kind = FIELD_EMAIL },
	{ .name = "organisation", .label = N_("Organisation"), .kind = FIELD_REFERENCE, .references = "organisation" },
	{ .name = "post", .label = N_("Post"), .kind = FIELD_TEXT },
	{ .name = "municipality", .label = N_("Municipality"), .kind = FIELD_MUNICIPALITY },
	{ .name = "role", .label = N_("Role"), .kind = FIELD_CHOICE, .choices = person_roles, .initial = "activist", .in_programme = true },
	{ .name = "stage", .label = N_("Stage"), .kind = FIELD_CHOICE, .choices = person_stages, .in_programme = true },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
};

static bool has_letter(const char *text)
{
	size_t len = strlen(text);
	uint32_t cp;
	for (size_t i = 0; i < len; ) {
		i += text_next(text + i, len - i, &cp, NULL);
		if (text_char_lower(cp) != cp || text_char_upper(cp) != cp)
			return true;
	}
	return false;
}

static int person_check(struct store *s, const struct record *r, struct err *e)
{
	(void)s;
	if (has_letter(record_get(r, "name")))
		return 0;
	err_set(e, ERR_REFUSED, _("a name has letters"));
	return field_blame(&r->type->fields[record_field(r->type, "name")], e);
}

/* Everything that this device writes is written by that person. */
static int person_may_remove(struct store *s, const char *id, struct err *e)
{
	char me[RECORD_ID_SIZE];

	if (strcmp(person_me(s, me), id) != 0)
		return 0;
	return err_set(e, ERR_REFUSED, _("this is your own card, of the person whose device this is; it stays"));
}

/* 1: the person has a row in the programme. */
static int participates(struct store *s, const char *id, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM participation WHERE id = ?1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

static void bind_empty_null(sqlite3_stmt *st, int index, const char *text)
{
	store_bind_text(st, index, *text ? text : NULL);
}

static int same_participation(struct store *s, const char *id, const char *role, const char *stage, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM participation WHERE id = ?1 AND coalesce(role, '') = ?2 AND coalesce(stage, '') = ?3 AND deleted = 0", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	store_bind_text(st, 2, role);
	store_bind_text(st, 3, stage);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

/* The register stays writable when the programme is closed, and whoever is new in it then has no role in that programme. 1: nothing is to be written. */
static int participation_stays(struct store *s, const struct record *r, const char *programme, const char *id, bool there, struct err *e)
{
	const char *role = record_get(r, "role"), *stage = record_get(r, "stage");
	const struct field *f = &r->type->fields[record_field(r->type, "role")];
	bool closed;
	if (programme_closed(s, programme, &closed, e) != 0)
		return -1;
	if (!closed)
		return 0;
	int same = there ? same_participation(s, id, role, stage, e) : !*stage && (!*role || (f->initial && strcmp(role, f->initial) == 0));
	return same == 0 ? programme_must_be_open(s, programme, e) : same;
}

/* A person who only stands in the register and has neither role nor stage leaves no row in a programme. */
static int person_save_participation(struct store *s, const struct record *r, struct err *e)
{
	char programme[RECORD_ID_SIZE], id[2 * RECORD_ID_SIZE];
	const char *role = record_get(r, "role"), *stage = record_get(r, "stage");
	if (programme_current(s, programme, e) != 0)
		return -1;
	snprintf(id, sizeof id, "%s/%s", programme, r->id);
	int there = participates(s, id, e);
	if (there < 0 || (there == 0 && !*role && !*stage))
		return there;
	int rc = participation_stays(s, r, programme, id, there, e);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	sqlite3_stmt *st = there ?
	    store_prepare(s, "UPDATE participation SET deleted = 0, role = ?4, stage = ?5 WHERE id = ?1", e) :
	    store_prepare(s, "INSERT INTO participation(id, programme, person, role, stage) VALUES (?1, ?2, ?3, ?4, ?5)", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	if (!there) {
		store_bind_text(st, 2, programme);
		store_bind_text(st, 3, r->id);
	}
	bind_empty_null(st, 4, role);
	bind_empty_null(st, 5, stage);
	return store_run(s, st, e);
}

#define COLUMNS "name, phone, email, organisation, post, municipality, note"
/* Not a join: for one of all rows SQLite would walk the people by some index, and so open a sealed page for each. */
#define IN_PROGRAMME(column) \
	"(SELECT " column " FROM participation t WHERE t.id = ?2 || '/' || person.id AND t.deleted = 0) AS " column
#define SELECTED "name, phone, email, organisation, post, municipality, " IN_PROGRAMME("role") ", " IN_PROGRAMME("stage") ", note FROM person"

const struct record_type person_type = {
	.name = "person",
	.title = N_("Person"),
	.table = "person",
	.fields = person_fields,
	.count = sizeof person_fields / sizeof *person_fields,
	.sql = {
		.load = "SELECT " SELECTED " WHERE id = ?1 AND deleted = 0",
		.list = "SELECT id, " SELECTED " WHERE +deleted = 0 AND NOT " JOINED_HIDDEN("person.id") " ORDER BY sort, id",
		.insert = "INSERT INTO person(id, deleted, " COLUMNS ") VALUES (?1, 0, ?2,?3,?4,?5,?6,?7,?8)",
		.update = "UPDATE person SET (deleted, " COLUMNS ") = (0, ?2,?3,?4,?5,?6,?7,?8) WHERE id = ?1",
		.remove = "UPDATE person SET deleted = 1 WHERE id = ?1",
		/* Of joined cards (joined.h) the shown one gives the name, and is found by it: by that of any. */
		.name = "SELECT coalesce((SELECT q.name FROM joined j JOIN person q ON q.id = j.shown WHERE j.id = person.id), name) FROM person WHERE id = ?1",
		.begins = "SELECT id, name FROM person WHERE id >= ?1 AND id < ?2 AND deleted = 0 AND NOT " JOINED_HIDDEN("person.id") " ORDER BY id LIMIT 6",
		.named = "SELECT DISTINCT s.id, s.name FROM person p JOIN person s ON s.id = " JOINED_PERSON("p.id")
		    " WHERE +p.deleted = 0 AND search_fold(p.name) = ?1 AND s.deleted = 0 ORDER BY s.id LIMIT 6"
	},
	.check = person_check,
	.may_remove = person_may_remove,
	.save_participation = person_save_participation,
};

const char *person_me(struct store *s, char id[RECORD_ID_SIZE])
{
	char *me = store_setting(s, "person");
	snprintf(id, RECORD_ID_SIZE, "%s", me ? me : "");
	free(me);
	return id;
}

bool person_coordinates(struct store *s)
{
	char *role = store_setting(s, "role");
	bool coordinates = role && strcmp(role, "coordinator") == 0;
	free(role);
	if (coordinates)
		return true;
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM peer WHERE state = 'active' LIMIT 1", NULL);
	int rc = st ? store_step(s, st, NULL) : -1;
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 0;
}

struct wanted {
	const char *phone, *municipality;
	char *id;
};

bool person_fits(const char *phone, const char *municipality, const char *asked_phone, const char *asked_municipality)
{
	bool phones = *phone && *asked_phone;
	return strcmp(phones ? phone : municipality, phones ? asked_phone : asked_municipality) == 0;
}

static int is_same(void *context, const struct namesake *n)
{
	const struct wanted *w = context;
	if (!person_fits(n->phone, n->municipality, w->phone, w->municipality))
		return 0;
	snprintf(w->id, RECORD_ID_SIZE, "%s", n->id);
	return 1;
}

int person_same(struct store *s, const char *name, const char *phone, const char *municipality, char id[RECORD_ID_SIZE], struct err *e)
{
	struct wanted w = { phone, municipality, id };
	*id = '\0';
	return namesake_each(s, &person_type, name, is_same, &w, e) < 0 ? -1 : 0;
}

int person_visits(struct store *s, const char *id, struct person_visits *out, struct err *e)
{
	*out = (struct person_visits){ 0 };
	sqlite3_stmt *st = store_prepare(s, "SELECT count(*), count(*) FILTER (WHERE a.state = 'present') FROM attendance a"
	    " JOIN seminar s ON s.id = a.seminar WHERE a.person IN " JOINED_IDS("?1") " AND a.deleted = 0 AND s.deleted = 0 AND " JOINED_FIRST_MARK("a"), e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	if (rc == 1) {
		out->sheets = sqlite3_column_int64(st, 0);
		out->came = sqlite3_column_int64(st, 1);
		sqlite3_reset(st);
	}
	return rc < 0 ? -1 : 0;
}
