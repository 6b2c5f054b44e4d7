/* record: one record of any type, read, changed and saved. The one way in which a record is changed: forms, subcommands and the import all come
 * through here (the merge comes through store/merge.h, and both end in the same tables with the same triggers).
 *
 * Values are text as kept (dates ISO, choices as codes, references as ids, municipality as code), "" for nothing. */
#ifndef RECORDS_RECORD_H
#define RECORDS_RECORD_H

#include "records/field.h"
#include "store/journal.h"

struct record;

/* The statements of a type. "The fields" are those of the type in order; `update` and `insert` leave out the fields that are in_programme. */
struct record_sql {
	const char *load;	/* ?1 id, ?2 programme → the fields of a visible record */
	const char *list;	/* ?2 programme → id and the fields of every visible record, in the type's order */
	const char *insert;	/* ?1 id, ?2 … the fields */
	const char *update;	/* the same; a removed record becomes visible again */
	const char *remove;	/* ?1 id */
	const char *name;	/* ?1 id → the name, of removed ones too */
	const char *begins;	/* ids from ?1 up to ?2 → id and name, the first few visible ones */
	const char *named;	/* ?1 folded name → id and name, the first few visible ones */
};

/* The common form: `table`, `columns` and `marks` ("?2,?3,?4") without the in_programme fields; `name` is an SQL expression over the table. */
#define RECORD_SQL_LOAD(table, columns) "SELECT " columns " FROM " table " WHERE id = ?1 AND deleted = 0 AND ?2 IS NOT NULL"
#define RECORD_SQL_LIST(table, columns, order) \
	"SELECT id, " columns " FROM " table " WHERE deleted = 0 AND ?2 IS NOT NULL ORDER BY " order
#define RECORD_SQL_REST(table, name_, columns, marks) \
	.insert = "INSERT INTO " table "(id, deleted, " columns ") VALUES (?1, 0, " marks ")", \
	.update = "UPDATE " table " SET (deleted, " columns ") = (0, " marks ") WHERE id = ?1", \
	.remove = "UPDATE " table " SET deleted = 1 WHERE id = ?1", \
	.name = "SELECT " name_ " FROM " table " WHERE id = ?1", \
	.begins = "SELECT id, " name_ " FROM " table " WHERE id >= ?1 AND id < ?2 AND deleted = 0 ORDER BY id LIMIT 6", \
	.named = "SELECT id, " name_ " FROM " table " WHERE +deleted = 0 AND search_fold(" name_ ") = ?1 ORDER BY id LIMIT 6"

struct record_type {
	const char *name;		/* the subcommand and JSON word: "person" */
	const char *title;		/* N_(): «Человек» */
	const char *table;
	const struct field *fields;
	int count;
	struct record_sql sql;
	/* Fills empty fields of a new record that nobody has set from what the store knows. NULL: nothing to fill. */
	int (*defaults)(struct store *s, struct record *r, struct err *e);
	/* Fills what follows from the other fields, of a new record and of an edited one, before the rules are checked. NULL: nothing follows. */
	int (*complete)(struct store *s, struct record *r, struct err *e);
	/* Whole-record rules after the fields are parsed (dates in order, mentor is not the mentee …). NULL: none. */
	int (*check)(struct store *s, const struct record *r, struct err *e);
	/* The id of a new record when it is not tag-counter (attendance). NULL: tag-counter. */
	int (*make_id)(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e);
	/* 0 when the record may be removed; -1 with words. NULL: always. */
	int (*may_remove)(struct store *s, const char *id, struct err *e);
	/* Saves the in_programme fields. NULL: there are none. */
	int (*save_participation)(struct store *s, const struct record *r, struct err *e);
	/* What a new record brings about, after its row is written and in the same transaction (erasure). NULL: nothing. */
	int (*follow)(struct store *s, const struct record *r, struct err *e);
};

extern const struct record_type programme_type, person_type, organisation_type, mentorship_type, seminar_type, attendance_type;
extern const struct record_type seminar_staff_type, consultation_type, consent_type, template_type;
extern const struct record_type indicator_type, filing_type, filing_part_type;
extern const struct record_type story_type, directory_type, question_type;
extern const struct record_type course_type, group_type, enrolment_type, study_day_type, certificate_type, award_rule_type, award_type;
extern const struct record_type call_type, criterion_type, judge_type, application_type, score_type;
extern const struct record_type deletion_hold_type, territory_type, person_link_type, erasure_type;
extern const struct record_type *const record_types[];		/* NULL-terminated */
const struct record_type *record_type_find(const char *name);
int record_field(const struct record_type *t, const char *name);	/* index or -1 */

#define RECORD_FIELDS_MAX 24

struct record {
	const struct record_type *type;
	char id[RECORD_ID_SIZE];		/* "" until saved */
	char *value[RECORD_FIELDS_MAX];		/* owned; never NULL between init and release */
	bool changed[RECORD_FIELDS_MAX];	/* set by record_set since it was loaded */
	char *seen[RECORD_FIELDS_MAX];		/* the value before the change, as its author saw it; NULL where nothing changed */
};

void record_init(struct record *r, const struct record_type *t);	/* initial values that need no store */
/* The same with the defaults of this store (current programme, own municipality …), as a form shows them. record_save fills in what record_init
 * left out, so that both ways end in the same record. */
int record_new(struct store *s, struct record *r, const struct record_type *t, struct err *e);
void record_release(struct record *r);
/* Inits r, and releases it again on failure (ERR_REFUSED: no such). */
int record_load(struct store *s, struct record *r, const struct record_type *t, const char *id, struct err *e);

const char *record_get(const struct record *r, const char *field);

/* Parses, normalises and checks one field as typed. On failure the record keeps its value. */
int record_set(struct store *s, struct record *r, const char *field, const char *typed, struct err *e);

/* Inserts (id is then filled) or updates the changed fields, in one transaction with all rules checked. Saving nothing changed is fine. Where a sync brought
 * another value of a changed field meanwhile, the first save is refused and names it; a second one replaces it. */
int record_save(struct store *s, struct record *r, struct err *e);

/* Sets the deleted mark. */
int record_remove(struct store *s, const struct record_type *t, const char *id, struct err *e);

/* 0; -1 where the hub takes such records from a coordinator alone and this device is none's. Saving and removing ask it themselves. */
int record_check_right(struct store *s, const struct record_type *t, struct err *e);

/* What several types share: the defaults of the field "programme" and of a day, and the rule that an end does not lie before its beginning. */
int record_default_programme(struct store *s, struct record *r, struct err *e);
void record_default_today(struct record *r, const char *field);
int record_check_period(const struct record *r, const char *since, const char *until, struct err *e);

/* True when nobody has set the field and it is empty: where a default may stand. */
bool record_untouched(const struct record *r, const char *field);

/* Sets one field without parsing: `value` as kept. For defaults and tests of rules; people's input comes through record_set. */
void record_put(struct record *r, const char *field, const char *value);

/* An id, an unambiguous beginning of one, or an exact name (after folding) → the id; the whole id or the name also of a record that is not held here but known
 * by name. ERR_REFUSED: none, or several (with the first few named). */
int record_resolve(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE], struct err *e);
/* The same where it is fine that there is none: 1 found, 0 none, -1 several or failed. */
int record_lookup(struct store *s, const struct record_type *t, const char *typed, char id[RECORD_ID_SIZE], struct err *e);

/* The whole id of a record of any type, also of one that was removed, or an unambiguous beginning of one that is there. ERR_REFUSED: none, or several. */
int record_resolve_any(struct store *s, const char *typed, const struct record_type **type, char id[RECORD_ID_SIZE], struct err *e);

/* The id that a statement of ours gives first, its ?1, ?2 … bound to these texts (NULL ends them): 1 found, 0 none and id "", -1. */
int record_query_id(struct store *s, const char *sql, const char *const *texts, char id[RECORD_ID_SIZE], struct err *e);

/* Fills *e with "there is no such record"; `typed` is escaped. Returns -1. */
int record_unknown(const struct record_type *t, const char *typed, struct err *e);

/* The name of a record ("" when unknown). A reference to a record that this store does not hold: the name that travelled with it, else the id. */
void record_name(struct store *s, const struct record_type *t, const char *id, struct buf *out);

/* The name of a record that this store does not hold and others refer to; false when none came. */
bool record_known_name(struct store *s, const struct record_type *t, const char *id, struct buf *out);

/* Each visible record whose folded text contains every word of `filter` (NULL: all), in the type's order. The record is the callback's to read. */
typedef int (*record_fn)(void *context, const struct record *r, struct err *e);	/* 0 goes on, -1 stops */
int record_each(struct store *s, const struct record_type *t, const char *filter, record_fn each, void *context, struct err *e);
/* Of what belongs to a programme (programme.h) only the current one's are walked; here those of the one named, "": of all. */
int record_each_in(struct store *s, const struct record_type *t, const char *programme, const char *filter, record_fn each, void *context, struct err *e);

/* The programme that counts now: the setting "programme", else the one that every store begins with while it is open, else the first open one. */
int programme_current(struct store *s, char id[RECORD_ID_SIZE], struct err *e);

#endif
