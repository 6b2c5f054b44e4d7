/* import: lists as people have them into the store: people, seminars, who came, applications, out of a spreadsheet (CSV), and people out of a telephone
 * (vCard).
 *
 * A list is read once, and what was shown of it is what is taken. Which column means what comes from its titles, as people word them, and may be told
 * otherwise: what was told is remembered for lists with the same titles. A run goes row by row inside one transaction through record_set and record_save; a
 * dry run does all of it and rolls back. Nothing is guessed: who or what a row means that several could be, it is refused with a question; an answer belongs
 * to the row, and the next run knows it.
 *
 * Life: import_list_open → columns told, answers given, runs … → import_list_close. */
#ifndef DOCUMENTS_IMPORT_H
#define DOCUMENTS_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "documents/import_column.h"
#include "records/record.h"

struct import_problem { int line; char *text; };		/* text is complete: what is wrong and what to do */
struct import_result {
	int rows, taken;			/* taken: new records */
	int changed, known;			/* what stood in the list or the store already: with fields that the list filled in, and without */
	int asked;				/* of the problems: those that an answer would solve */
	int64_t seen;				/* rows so far, raised as they go: what a line of progress shows */
	const char *charset;			/* as it was read */
	struct import_problem *problem;		/* rows that were not taken */
	int problems;
	char **ignored;				/* header names that were not understood */
	int ignored_count;
};
void import_result_release(struct import_result *r);

/* Who or what could be meant by what stands in a column. */
struct import_candidate { char id[RECORD_ID_SIZE]; char *text; };
struct import_question {
	enum import_column column;		/* where an answer belongs */
	char *typed;				/* as the list has it */
	struct import_candidate *candidate;
	int count;
	bool may_be_new;			/* or it is somebody new: the answer IMPORT_ANSWER_NEW */
};
#define IMPORT_ANSWER_NEW "new"

/* What becomes of one row. Of what is known the list fills in what the card leaves empty; where both say something, the card stays. */
enum import_fate { IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME, IMPORT_REFUSED };
struct import_row {
	int line;				/* of the file */
	const char *name;			/* as it will be kept, or as it stands in the list; "" */
	enum import_fate fate;
	const char *words;			/* refused: why; else which fields are filled in, and which stand otherwise in the card; "" */
	const struct import_question *question;	/* refused for want of an answer; else NULL */
};
typedef int (*import_row_fn)(void *context, const struct import_row *row, struct err *e);	/* 0 goes on, -1 stops and undoes all */

struct import_list;

/* Reads the file, whose charset is found where `charset` is NULL. Contacts (vCard) are recognised by what stands in it, and are people. NULL: it cannot be
 * read. */
struct import_list *import_list_open(enum import_kind kind, const char *path, const char *charset, struct err *e);
struct import_list *import_list_of(enum import_kind kind, const char *data, size_t len, const char *charset, struct err *e);	/* out of memory */
void import_list_close(struct import_list *l);		/* NULL is fine */
enum import_kind import_list_kind(const struct import_list *l);

/* People whom no register has are entered, where a list names people to do something with; else their rows are refused. */
void import_list_new_people(struct import_list *l, bool allowed);
/* What every row says that says nothing of it: which seminar, which call. */
void import_list_say(struct import_list *l, enum import_column column, const char *text);
/* «ФИО=name,Что это=skip»: titles and what they mean, by the names of import_column.h. «seminar=k3x9q2mv-7»: import_list_say in words. */
int import_list_map(struct import_list *l, const char *pairs, struct err *e);
int import_list_say_pair(struct import_list *l, const char *pair, struct err *e);
/* The answer to a question: of that row, or of every row with this text in that column, where `line` is 0. `value`: an id, or IMPORT_ANSWER_NEW. */
void import_list_answer(struct import_list *l, int line, enum import_column column, const char *typed, const char *value);

/* The columns as they would be taken, with an example out of the first row that has one. The strings live as long as the list. */
struct import_told { const char *title, *example; enum import_column column; };
struct import_told_columns { struct import_told *column; int count; };
/* -1: there is no header row; with `any_row` the fullest of the first rows is taken for one, to be told. */
int import_list_columns(struct import_list *l, struct store *s, bool any_row, struct import_told_columns *out, struct err *e);
void import_told_columns_release(struct import_told_columns *c);
/* The column of this title means that from now on; COLUMN_UNKNOWN: what its words say. */
void import_list_tell(struct import_list *l, const char *title, enum import_column column);

/* One transaction; with `dry_run` everything is done and rolled back; without, what was told of the columns is remembered. `each` gets every row as it is
 * done; NULL: nobody looks. -1 when the list as a whole cannot be taken, or was interrupted (store_watch): nothing changed. */
int import_list_run(struct store *s, struct import_list *l, bool dry_run, import_row_fn each, void *context, struct import_result *out, struct err *e);

/* People: opened, run and closed. */
int import_people(struct store *s, const char *path, const char *charset, bool dry_run, struct import_result *out, struct err *e);

#endif
