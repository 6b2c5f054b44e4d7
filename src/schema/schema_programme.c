/* Migration 3: the whole programme. Selection (calls, criteria, judges, applications, scores), training (courses, groups, enrolments, hours by day,
 * certificates and the blocks that their numbers come from), who else led a seminar, texts, the collection, the directory and its questions, thanks,
 * the programme's targets, reports as they were filed, and the municipalities as the hub has them. */
#include "schema/schema.h"
#include "schema/schema_ddl.h"

#define TERRITORY_TAKES_EFFECT \
	"INSERT INTO municipality(code, kind, name, centre, successor)" \
	" SELECT NEW.id, NEW.kind, NEW.name, NEW.centre, NEW.successor WHERE NEW.deleted = 0 AND NEW.name IS NOT NULL" \
	" ON CONFLICT(code) DO UPDATE SET kind = excluded.kind, name = excluded.name, centre = excluded.centre, successor = excluded.successor;" \
	"UPDATE municipality SET gone = NEW.deleted WHERE code = NEW.id;"

const char schema_programme_sql[] =
	"ALTER TABLE programme ADD COLUMN organiser TEXT;"
	"ALTER TABLE programme ADD COLUMN city TEXT;"
	"ALTER TABLE programme ADD COLUMN signatory TEXT;"
	"ALTER TABLE programme ADD COLUMN signatory_post TEXT;"
	"ALTER TABLE seminar ADD COLUMN planned_date TEXT;"
	"ALTER TABLE seminar ADD COLUMN planned_place TEXT;"
	"ALTER TABLE seminar ADD COLUMN planned_number INTEGER;"
	"ALTER TABLE seminar ADD COLUMN series TEXT;"
	"ALTER TABLE seminar ADD COLUMN remarks TEXT;"
	"ALTER TABLE seminar ADD COLUMN materials TEXT;"
	"ALTER TABLE seminar ADD COLUMN press TEXT;"
	"ALTER TABLE seminar ADD COLUMN sheet_number TEXT;"
	"ALTER TABLE seminar ADD COLUMN sheet_pages INTEGER;"
	"ALTER TABLE seminar ADD COLUMN sheet_place TEXT;"
	"ALTER TABLE consultation ADD COLUMN kind TEXT;"
	"ALTER TABLE consultation ADD COLUMN municipality TEXT;"
	"CREATE TABLE call(" REPLICATED
	" programme TEXT, title TEXT, role TEXT, places INTEGER, since TEXT, deadline TEXT, state TEXT,"
	" closed TEXT, note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE criterion(" REPLICATED
	" programme TEXT, call TEXT, title TEXT, weight INTEGER, maximum INTEGER, position INTEGER,"
	" note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE judge(" REPLICATED
	" call TEXT, person TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE application(" REPLICATED
	" programme TEXT, call TEXT, person TEXT, organisation TEXT, municipality TEXT, date TEXT,"
	" motivation TEXT, experience TEXT, state TEXT, decision TEXT, decided TEXT, reason TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE score(" REPLICATED
	" application TEXT, criterion TEXT, judge TEXT, points INTEGER, remark TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE course(" REPLICATED
	" programme TEXT, title TEXT, hours INTEGER, provider TEXT, document_kind TEXT, note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE course_group(" REPLICATED
	" course TEXT, title TEXT, since TEXT, until TEXT, place TEXT, municipality TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE enrolment(" REPLICATED
	" course TEXT, person TEXT, course_group TEXT, state TEXT, completed TEXT, document TEXT,"
	" document_date TEXT, document_kind TEXT, note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE study_day(" REPLICATED
	" course TEXT, person TEXT, date TEXT, hours INTEGER," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE certificate(" REPLICATED
	" programme TEXT, person TEXT, course TEXT, number TEXT, date TEXT, hours INTEGER, title TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE number_block(" REPLICATED
	" device TEXT, series TEXT, first INTEGER, last INTEGER," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE seminar_staff(" REPLICATED
	" seminar TEXT, person TEXT, part TEXT, note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE template(" REPLICATED
	" programme TEXT, kind TEXT, version TEXT, title TEXT, body TEXT, since TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE story(" REPLICATED
	" programme TEXT, author TEXT, organisation TEXT, kind TEXT, title TEXT, body TEXT, state TEXT,"
	" section TEXT, position INTEGER, note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE directory_entry(" REPLICATED
	" programme TEXT, person TEXT, topics TEXT, phone TEXT, email TEXT, municipality TEXT, role TEXT, note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE question(" REPLICATED
	" programme TEXT, author TEXT, expert TEXT, topic TEXT, body TEXT, date TEXT, answer TEXT,"
	" answered TEXT, answered_by TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE award_rule(" REPLICATED
	" programme TEXT, measure TEXT, points INTEGER, position INTEGER," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE award(" REPLICATED
	" programme TEXT, person TEXT, number TEXT, date TEXT, points INTEGER, reason TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE indicator(" REPLICATED
	" programme TEXT, key TEXT, title TEXT, kind TEXT, role TEXT, seminar_kind TEXT,"
	" municipality TEXT, stage TEXT, target INTEGER, since TEXT, until TEXT, position INTEGER," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE filing(" REPLICATED
	" programme TEXT, name TEXT, since TEXT, until TEXT, date TEXT, hash TEXT, summary TEXT,"
	" note TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE filing_part(" REPLICATED
	" filing TEXT, figure TEXT, part INTEGER, body TEXT," ORIGIN ") WITHOUT ROWID;"
	"CREATE TABLE territory(" REPLICATED
	" kind TEXT, name TEXT, centre TEXT, successor TEXT, letters TEXT, grid_row INTEGER,"
	" grid_column INTEGER," ORIGIN ") WITHOUT ROWID;"
	/* Lists show one programme, the newest first; what is due on the first screen is asked by person and programme. */
	"DROP INDEX seminar_date;"
	"CREATE INDEX seminar_programme ON seminar(programme, date, deleted) WHERE deleted = 0;"
	"DROP INDEX consultation_date;"
	"CREATE INDEX consultation_programme ON consultation(programme, date, deleted) WHERE deleted = 0;"
	"CREATE INDEX application_call ON application(call);"
	"CREATE INDEX application_person ON application(person);"
	"CREATE INDEX criterion_call ON criterion(call);"
	"CREATE INDEX judge_person ON judge(person);"
	"CREATE INDEX course_group_course ON course_group(course);"
	"CREATE INDEX enrolment_person ON enrolment(person);"
	"CREATE INDEX study_day_person ON study_day(person);"
	"CREATE INDEX certificate_person ON certificate(person);"
	"CREATE INDEX certificate_course ON certificate(course);"
	"CREATE INDEX seminar_staff_person ON seminar_staff(person);"
	"CREATE INDEX consultation_municipality ON consultation(municipality, date) WHERE municipality IS NOT NULL;"
	"CREATE INDEX story_author ON story(author);"
	"CREATE INDEX directory_entry_person ON directory_entry(person);"
	"CREATE INDEX question_expert ON question(expert, answered);"
	"CREATE INDEX question_author ON question(author);"
	"CREATE INDEX award_person ON award(person);"
	"CREATE INDEX filing_part_filing ON filing_part(filing);"
	/* What the hub says of a municipality stands in the list that everything looks names up in; a code that is gone stays known, with its successor. */
	"ALTER TABLE municipality ADD COLUMN successor TEXT;"
	"ALTER TABLE municipality ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;"
	"CREATE TRIGGER territory_insert AFTER INSERT ON territory BEGIN " TERRITORY_TAKES_EFFECT " END;"
	"CREATE TRIGGER territory_update AFTER UPDATE ON territory BEGIN " TERRITORY_TAKES_EFFECT " END;";
