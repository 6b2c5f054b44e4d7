/* joined: two or more cards of one person, as pieces of SQL. The table joined has a row for each card of a set that links make (records/person_link.h): its id
 * and the id that the set is shown under, the smallest of its visible cards (schema/schema_journal.c keeps it by triggers). A card in no set has no row: then every
 * piece below costs one look into an index. Nothing is moved: what refers to a card goes on to refer to it, and who parts two cards has every count as before.
 *
 * What is counted and listed once, and what is not
 *  - People: the register, its finder, names that are typed, an export of people, the people of an organisation or municipality show the shown card alone, with what
 *    that card says (its municipality, its organisation, its telephone). The others are opened from it, or by their whole id.
 *  - A person is removed when the shown card is; a removed card in a set whose other cards stand leaves its marks and roles to the person.
 *  - Sheets, counts of a seminar, visits: one mark of a person at a seminar: present goes before registered, registered before absent, then the smallest id. Who
 *    marks or takes off somebody does so with every mark of that person on the sheet.
 *  - Every figure that counts people (FIGURE_PERSON), coverage, activity for letters of thanks, leads, mentors and mentees: the person once. A mentorship between two
 *    cards of one person is no pair.
 *  - Role and stage: those of any card count; the register shows the shown card's.
 *  - Applications: of two that one person sent to one call the one that stands counts and is ranked: not the withdrawn one, the decided one first, then the smallest
 *    id. Enrolments in one course likewise: the completed one first; of two days of study on one date the one with the smallest id.
 *  - Consents: one on any card is the person's; a withdrawal on any card takes back what was signed before it on all of them.
 *  - Consultations, texts, questions, certificates, letters are things, not people: each counts, whichever card it names, and the names in them are the person's.
 *  - Judges keep their cards apart, because scores bear their ids; but nobody judges a call to which another card of the same person applied.
 *  - The directory lists an entry of a person once in a programme, the one with the smallest id.
 *  - Scope: who holds a card of a set holds all of them with what follows them (sync/scope_statements.c); "mine" means what names any card of this device's person.
 *
 * A column is given with its table's alias ("a.person"): a bare name would be looked for in joined first. */
#ifndef RECORDS_JOINED_H
#define RECORDS_JOINED_H

/* The id that a person is shown under. */
#define JOINED_PERSON(column) "coalesce((SELECT jp.shown FROM joined jp WHERE jp.id = " column "), " column ")"

/* That a card is one of several and not the shown one. */
#define JOINED_HIDDEN(column) "EXISTS (SELECT 1 FROM joined jh WHERE jh.id = " column " AND jh.shown <> jh.id)"

/* Behind IN: all cards of the person, itself included. */
#define JOINED_IDS(parameter) \
	"(SELECT " parameter " UNION ALL SELECT jb.id FROM joined ja CROSS JOIN joined jb ON jb.shown = ja.shown WHERE ja.id = " parameter " AND jb.id <> ja.id)"

/* How many cards one person would have if the two of ?1 and ?2 were joined. */
#define JOINED_COUNT_OF_BOTH "SELECT count(*) AS n FROM (SELECT id FROM joined WHERE shown IN (SELECT shown FROM joined WHERE id IN (?1, ?2)) UNION SELECT ?1 UNION SELECT ?2)"
enum { JOINED_MOST = 50 };	/* cards in one set: making the set anew takes the square of it, and nobody has so many */

/* From each other card of the person in `column`, to be followed by joins and conditions: jn.id is the card. */
#define JOINED_OTHERS(column, table) \
	"FROM joined jm CROSS JOIN joined jn ON jn.shown = jm.shown AND jn.id <> jm.id CROSS JOIN " table " jo WHERE jm.id = " column

/* That of what `table` has of one person, and is the same thing by the condition `same` (of the other one, jo), the row of alias `a` is the one that counts. */
#define JOINED_FIRST(table, a, same, rank) \
	"NOT EXISTS (SELECT 1 " JOINED_OTHERS(a ".person", table) " AND jo.deleted = 0 AND " same \
	" AND (" rank("jo") ", jo.id) < (" rank(a) ", " a ".id))"

#define JOINED_RANK_NONE(a) "0"
#define JOINED_RANK_MARK(a) "CASE " a ".state WHEN 'present' THEN 0 WHEN 'absent' THEN 2 ELSE 1 END"
#define JOINED_RANK_APPLICATION(a) "(" a ".state IS 'withdrawn') * 2 + (" a ".decision IS NULL)"
#define JOINED_RANK_ENROLMENT(a) "(" a ".state IS NOT 'completed' AND " a ".completed IS NULL)"

#define JOINED_FIRST_MARK(a) JOINED_FIRST("attendance", a, "jo.id = " a ".seminar || '/' || jn.id", JOINED_RANK_MARK)
#define JOINED_FIRST_APPLICATION(a) JOINED_FIRST("application", a, "jo.person = jn.id AND jo.call IS " a ".call", JOINED_RANK_APPLICATION)
#define JOINED_FIRST_ENROLMENT(a) JOINED_FIRST("enrolment", a, "jo.id = " a ".course || '/' || jn.id", JOINED_RANK_ENROLMENT)
#define JOINED_FIRST_DAY(a) JOINED_FIRST("study_day", a, "jo.id = " a ".course || '/' || jn.id || '/' || " a ".date", JOINED_RANK_NONE)
#define JOINED_FIRST_ENTRY(a) JOINED_FIRST("directory_entry", a, "jo.person = jn.id AND jo.programme IS " a ".programme", JOINED_RANK_NONE)

#endif
