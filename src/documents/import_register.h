/* import_register: what the rows of a list share while they are taken, and how a row asks what it cannot know: which person of this name, which seminar. */
#ifndef DOCUMENTS_IMPORT_REGISTER_H
#define DOCUMENTS_IMPORT_REGISTER_H

#include "documents/import.h"
#include "documents/import_entry.h"
#include "records/municipality.h"

enum { IMPORT_SPELLINGS = 512, IMPORT_CANDIDATES = 24 };

/* What a person answered. line 0: every row with this text in that column. */
struct import_answer { int line; enum import_column column; char *typed, *value; };
struct import_answers { struct import_answer *answer; int count; };

/* Inside the transaction of the import. */
struct import_register {
	struct store *s;
	struct { char *typed; char code[MUNICIPALITY_CODE_SIZE]; } spelling[IMPORT_SPELLINGS];	/* a list repeats a few */
	int spellings;
	bool new_people;			/* people whom no register has are entered */
	const struct import_answers *answers;
	struct import_question question;	/* of the row that was refused for want of an answer: count > 0, or may_be_new */
};

int import_register_begin(struct import_register *m, struct store *s, struct err *e);
int import_register_end(struct import_register *m, struct err *e);	/* after a failure too */

/* --- a row's question (import_question.c) --- */

void import_question_clear(struct import_question *q);
bool import_question_asked(const struct import_question *q);
void import_question_begin(struct import_question *q, enum import_column column, const char *typed);
void import_question_add(struct import_question *q, const char *id, const char *text);		/* no more than IMPORT_CANDIDATES are kept */
/* The refusal of a row that asks: who could be meant, and how to say which. -1. */
int import_question_refuse(const struct import_question *q, const char *how, struct err *e);
/* The answer for a line, or for all that have this text in the column; NULL: none. `a` may be NULL. */
const char *import_answer_find(const struct import_answers *a, int line, enum import_column column, const char *typed);

/* Spelled otherwise → its code; one that is not found stays, to be refused in the words of its field. */
void import_spell_municipality(struct import_register *m, struct buf *text);

/* --- what a row refers to (import_who.c, import_reference.c). 0 with the id; -1 refused, with a question where an answer would help --- */

/* Who the row is about: by id, else by name, and among those of that name by telephone, municipality and organisation. `id` "": nobody yet, and it may be
 * entered. */
int import_refer_person(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], struct err *e);
/* The refusal of a row that could mean several of one name, with the question which. -1. */
int import_refuse_namesakes(struct import_register *m, const struct import_entry *n, struct err *e);
/* Of a list of people: who an answer says that the row is, or the id in a column of ids; or *is_new. Such a list may have ids of its own, which say nothing here: "". */
int import_said_person(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], bool *is_new, struct err *e);
/* Somebody who is named in a column: an id, a full name, «Хасанова Г. Р.». */
int import_refer_named(struct import_register *m, const struct import_entry *n, enum import_column column, const char *typed, char id[RECORD_ID_SIZE],
    struct err *e);
/* A seminar of the current programme by id, or title and date; a call by id or title, or the only one there is. */
int import_refer_seminar(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], struct err *e);
int import_refer_call(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], struct err *e);

/* --- what a row does, by the kind of list: *fate and words about it (appended; not IMPORT_REFUSED); `name` is how it is told of. -1: refused, and what
 * was begun is the caller's to roll back --- */

typedef int (*import_take_fn)(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e);
int import_person(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e);
int import_seminar(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e);
int import_attendance(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e);
int import_application(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e);

/* The row's person for something else: found, or entered where that is allowed; gaps of the card are filled. */
int import_person_for(struct import_register *m, struct import_entry *n, char id[RECORD_ID_SIZE], struct buf *words, struct err *e);
/* The row's organisation in that municipality (or where one of the two has none), made when there is none; asked about where there are several. */
int import_organisation(struct import_register *m, const struct import_entry *n, const char *municipality, char id[RECORD_ID_SIZE], struct err *e);
/* One of several organisations: the answer, or the refusal with the question. `candidates`: ids, each followed by a blank. */
int import_refer_organisation(struct import_register *m, const struct import_entry *n, const char *candidates, char id[RECORD_ID_SIZE], struct err *e);

/* --- a record that the list fills: names of fields for the words (import_fill.c) --- */

struct import_field { enum import_column column; const char *field; };
struct import_differences { struct buf filled, otherwise; };
/* Sets what the row says of these fields; with `blank` also those that the list has a column for and the row leaves empty, so that no default fills them. */
int import_set_fields(struct store *s, struct record *r, const struct import_entry *n, const struct import_field *fields, int count, bool blank,
    struct err *e);
/* Gaps of the card are filled from `list`, what stands there stays. */
int import_fill_fields(struct store *s, struct record *card, const struct record *list, const struct import_entry *n, const struct import_field *fields,
    int count, struct import_differences *d, struct err *e);
void import_note_field(struct buf *labels, const struct record_type *t, const char *field);
void import_tell_differences(struct import_differences *d, struct buf *words);	/* and releases them */

#endif
