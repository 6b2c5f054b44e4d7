/* trail: the history of a record as people read it: labels for columns, names for ids, and with the record what belongs to it: a person's role and
 * stage in the programmes, consents, mentorships and links to other cards; the marks on a seminar's sheet. One walk along the journal (store/history.h). */
#ifndef RECORDS_TRAIL_H
#define RECORDS_TRAIL_H

#include "records/record.h"
#include "store/history.h"

struct trail_change {
	const char *name;		/* the column; "" for one that this program does not know */
	const char *field;		/* its label, translated */
	const char *before, *after;	/* as field_show says it; "" for nothing; before "…": not kept any more. Not escaped */
	bool insert;			/* of a field of a new record */
	bool shown;			/* this is the value that is shown now */
};

struct trail_entry {
	const struct history_entry *by;	/* who, when, refused */
	const struct record_type *type;
	const char *id;			/* the record of this operation: the one asked about, or an attendance of its sheet, a consent … */
	const char *about;		/* whose mark it is, or the programme that role and stage are of where it is not the current one, which link it
					 * is, or what kind of record: «Согласие»; "" */
	const struct trail_change *change;
	int count;			/* 0: erased, or nothing that this program understands */
};

/* The records of one trail, the one asked about first; removed ones, too. */
struct trail_parts {
	struct history_record record[HISTORY_RECORDS];
	int count;
};
int trail_parts(struct store *s, const struct record_type *type, const char *id, struct trail_parts *out, struct err *e);
void trail_parts_release(struct trail_parts *p);	/* after a failure, too */

typedef int (*trail_fn)(void *context, const struct trail_entry *t, struct err *e);	/* the strings live for the call; 0 goes on, -1 stops */
int trail_each(struct store *s, const struct record_type *type, const char *id, trail_fn each, void *context, struct err *e);

/* What an operation did, in one word: added, changed, removed, brought back, erased. */
const char *trail_deed(const struct trail_entry *t);

#endif
