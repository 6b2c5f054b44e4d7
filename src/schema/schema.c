#include "schema/schema.h"

#include <stddef.h>

#include "base/i18n.h"
#include "schema/schema_ddl.h"

#define REGISTERS \
	"CREATE TABLE municipality(code TEXT PRIMARY KEY NOT NULL, kind TEXT, name TEXT, centre TEXT," \
	" sort TEXT AS (sort_key(name)) STORED, find TEXT AS (search_fold(name, centre)) STORED) WITHOUT ROWID;" \
	"CREATE TABLE programme(" REPLICATED \
	" title TEXT, \"grant\" TEXT, since TEXT, until TEXT, state TEXT," ORIGIN ") WITHOUT ROWID;" \
	"CREATE TABLE organisation(" REPLICATED \
	" name TEXT, municipality TEXT, phone TEXT, email TEXT, note TEXT," ORIGIN "," \
	" sort TEXT AS (sort_key(name)) STORED, find TEXT AS (search_fold(name, phone, email, note)) STORED) WITHOUT ROWID;" \
	"CREATE INDEX organisation_sort ON organisation(sort) WHERE deleted = 0;" \
	"CREATE TABLE person(" REPLICATED \
	" name TEXT, phone TEXT, email TEXT, organisation TEXT, post TEXT, municipality TEXT, note TEXT," ORIGIN "," \
	" sort TEXT AS (sort_key(name)) STORED, find TEXT AS (search_fold(name, phone, post, email, note)) STORED) WITHOUT ROWID;" \
	"CREATE INDEX person_sort ON person(sort, deleted) WHERE deleted = 0;" \
	"CREATE INDEX person_municipality ON person(municipality);" \
	"CREATE TABLE participation(" REPLICATED \
	" programme TEXT, person TEXT, role TEXT, stage TEXT," ORIGIN ") WITHOUT ROWID;" \
	"CREATE INDEX participation_person ON participation(person);" \
	"CREATE TABLE mentorship(" REPLICATED \
	" programme TEXT, mentor TEXT, mentee TEXT, since TEXT, until TEXT, goal TEXT," ORIGIN ") WITHOUT ROWID;" \
	"CREATE INDEX mentorship_mentor ON mentorship(mentor);" \
	"CREATE INDEX mentorship_mentee ON mentorship(mentee);"

#define SEMINARS \
	"CREATE TABLE seminar(" REPLICATED \
	" programme TEXT, title TEXT, kind TEXT, date TEXT, place TEXT, municipality TEXT, lead TEXT, mentor TEXT, capacity INTEGER," \
	" status TEXT, unnamed INTEGER, unnamed_basis TEXT, summary TEXT," ORIGIN "," \
	" find TEXT AS (search_fold(title, place, summary)) STORED) WITHOUT ROWID;" \
	"CREATE INDEX seminar_date ON seminar(date);" \
	"CREATE TABLE attendance(" REPLICATED \
	" seminar TEXT, person TEXT, state TEXT, note TEXT," ORIGIN ") WITHOUT ROWID;" \
	"CREATE INDEX attendance_person ON attendance(person);"

/* The journal. `seen` keeps stamps that an operation here named as seen and that cannot be forgotten yet: of a field those that have not
 * arrived; of the mark `deleted` all, with the operation's own. */
#define JOURNAL \
	"CREATE TABLE oplog(dev INTEGER NOT NULL, seq INTEGER NOT NULL, hlc INTEGER NOT NULL, tbl INTEGER NOT NULL," \
	" kind INTEGER NOT NULL, pk TEXT NOT NULL, body TEXT, PRIMARY KEY(dev, seq)) WITHOUT ROWID;" \
	"CREATE TABLE head(tbl INTEGER NOT NULL, pk TEXT NOT NULL, col INTEGER NOT NULL, hlc INTEGER NOT NULL," \
	" dev INTEGER NOT NULL, value, PRIMARY KEY(tbl, pk, col, hlc, dev)) WITHOUT ROWID;" \
	"CREATE TABLE seen(tbl INTEGER NOT NULL, pk TEXT NOT NULL, col INTEGER NOT NULL, hlc INTEGER NOT NULL," \
	" dev INTEGER NOT NULL, PRIMARY KEY(tbl, pk, col, hlc, dev)) WITHOUT ROWID;" \
	"CREATE TABLE refused(dev INTEGER NOT NULL, seq INTEGER NOT NULL, reason TEXT, PRIMARY KEY(dev, seq)) WITHOUT ROWID;" \
	"CREATE TABLE device(no INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, device_id TEXT, person TEXT, person_name TEXT," \
	" label TEXT, max_seq INTEGER NOT NULL DEFAULT 0, max_hlc INTEGER NOT NULL DEFAULT 0);" \
	"CREATE TABLE counter(name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) WITHOUT ROWID;" \
	"CREATE TABLE tally(name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) WITHOUT ROWID;" \
	"CREATE TABLE dict_table(no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, known INTEGER NOT NULL);" \
	"CREATE TABLE dict_column(tbl INTEGER NOT NULL, no INTEGER NOT NULL, name TEXT NOT NULL, known INTEGER NOT NULL," \
	" PRIMARY KEY(tbl, no), UNIQUE(tbl, name)) WITHOUT ROWID;"

/* What stays in this store: position says that own operations from `seq` on were made at feed position `pos`. */
#define LOCAL \
	"CREATE TABLE identity(id INTEGER PRIMARY KEY CHECK (id = 1), secret BLOB NOT NULL);" \
	"CREATE TABLE setting(key TEXT PRIMARY KEY NOT NULL, value TEXT) WITHOUT ROWID;" \
	"CREATE TABLE position(seq INTEGER PRIMARY KEY, pos INTEGER NOT NULL);"

/* What is due is asked for by its person, every time the first screen opens: of consultations only open steps stand in those
 * indexes, and all that is asked stands there, so that no row is opened to be left out. */
#define OPEN_STEP "next_date IS NOT NULL AND next_done IS NULL AND deleted = 0"
#define CONSULTATIONS \
	"CREATE TABLE consultation(" REPLICATED \
	" programme TEXT, mentor TEXT, mentee TEXT, date TEXT, form TEXT, minutes INTEGER, topic TEXT, advice TEXT, next_step TEXT," \
	" next_date TEXT, next_done TEXT," ORIGIN "," \
	" find TEXT AS (search_fold(topic, advice, next_step)) STORED) WITHOUT ROWID;" \
	"CREATE INDEX consultation_date ON consultation(date);" \
	"CREATE INDEX consultation_mentor ON consultation(mentor, date);" \
	"CREATE INDEX consultation_mentee ON consultation(mentee, date);" \
	"CREATE INDEX consultation_next_mentor ON consultation(mentor, next_date, next_done, deleted) WHERE " OPEN_STEP ";" \
	"CREATE INDEX consultation_next_mentee ON consultation(mentee, next_date, next_done, deleted) WHERE " OPEN_STEP ";" \
	"CREATE TABLE consent(" REPLICATED \
	" person TEXT, programme TEXT, purpose TEXT, version TEXT, date TEXT, form TEXT, withdrawn TEXT, note TEXT," ORIGIN ") WITHOUT ROWID;" \
	"CREATE INDEX consent_person ON consent(person, purpose, deleted, withdrawn);"

#define SEMINARS_OF_A_PERSON \
	"CREATE INDEX seminar_lead ON seminar(lead, date, status, deleted) WHERE deleted = 0;" \
	"CREATE INDEX seminar_mentor ON seminar(mentor, date, status, deleted) WHERE deleted = 0;"

/* What the cards of an organisation and of a municipality count and list: of a city with its ten thousands only those who work. */
#define PLACES \
	"CREATE INDEX person_organisation ON person(organisation, deleted) WHERE organisation IS NOT NULL;" \
	"DROP INDEX person_municipality;" \
	"CREATE INDEX person_municipality ON person(municipality, deleted);" \
	"CREATE INDEX seminar_municipality ON seminar(municipality);" \
	"CREATE INDEX participation_staff ON participation(programme, person, role) WHERE deleted = 0 AND role IS NOT 'activist';"

static int insert_municipalities(sqlite3 *db)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(db, "INSERT INTO municipality(code, kind, name, centre) VALUES(?, ?, ?, ?)", -1, &st, NULL);

	for (const struct schema_municipality *m = schema_municipalities; rc == SQLITE_OK && m->code != NULL; m++) {
		sqlite3_bind_text(st, 1, m->code, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 2, m->kind, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 3, m->name, -1, SQLITE_STATIC);
		sqlite3_bind_text(st, 4, m->centre, -1, SQLITE_STATIC);
		sqlite3_step(st);
		rc = sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	return rc;
}

static int first_rows(sqlite3 *db, struct err *e)
{
	if (sqlite3_exec(db, schema_sync_sql, NULL, NULL, NULL) != SQLITE_OK ||
	    schema_builtin_insert(db, 1) != SQLITE_OK || insert_municipalities(db) != SQLITE_OK)
		return err_set(e, ERR_REFUSED, _("the tables of the store cannot be made: %s"), sqlite3_errmsg(db));
	return 0;
}

static int rows_of_the_programme(sqlite3 *db, struct err *e)
{
	if (schema_builtin_insert(db, 3) != SQLITE_OK)
		return err_set(e, ERR_REFUSED, _("the tables of the store cannot be made: %s"), sqlite3_errmsg(db));
	return 0;
}

const struct migration migrations[] = {
	{ 1, REGISTERS SEMINARS JOURNAL LOCAL, first_rows },
	{ 2, CONSULTATIONS SEMINARS_OF_A_PERSON PLACES, NULL },
	{ 3, schema_programme_sql, rows_of_the_programme },
	{ 4, schema_journal_sql, NULL },
	{ 5, schema_exchange_sql, NULL },
	{ 0, NULL, NULL }
};

const int schema_version = 5;
