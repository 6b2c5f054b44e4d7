/* programme: a grant with its dates, targets and texts. Seminars, mentorships, calls, courses, consents, texts and targets belong to one, and so do a person's role
 * and stage; the registers of people and organisations outlive it.
 *
 * One programme counts at a time on a device (programme_current in record.h): lists, counts and reports show what belongs to it alone. A closed one stays
 * readable: record_save and record_remove refuse whatever belongs to it, until a coordinator opens it again; what other devices bring is merged all the same. */
#ifndef RECORDS_PROGRAMME_H
#define RECORDS_PROGRAMME_H

#include "records/record.h"

extern const struct choice programme_states[];	/* open closed */

/* The programme that a record belongs to: by its own field, else by the seminar, course, call … that it names; "" for what belongs to none, or to what this
 * device does not hold. */
int record_programme(struct store *s, const struct record *r, char id[RECORD_ID_SIZE], struct err *e);

/* Of a programme that this store does not hold: open. */
int programme_closed(struct store *s, const char *id, bool *closed, struct err *e);
/* 0; -1 with words that say which is closed, and how it is opened again. */
int programme_must_be_open(struct store *s, const char *id, struct err *e);
/* The same for the programme that a record belongs to; but a consent that is there may be changed at any time, for it is withdrawn when its person says so. */
int record_must_be_open(struct store *s, const struct record *r, struct err *e);

/* A new programme, whose card `r` is (new, with what was typed): what nobody said of organiser and signatory is that of `from` ("": the current one), and copies
 * are made of its indicators, points, criteria of no call and texts. r->id is then filled. In one transaction. */
int programme_begin(struct store *s, struct record *r, const char *from, struct err *e);
/* Sets the state. */
int programme_set_closed(struct store *s, const char *id, bool closed, struct err *e);
/* From now on this one counts on this device; "": the usual choice again. */
int programme_use(struct store *s, const char *id, struct err *e);

/* What a title adds to its place where somebody might take one programme for another: «Живая сеть НКО», «… (закрыта, только чтение)»; nothing while there is but one,
 * and that one open. */
int programme_said(struct store *s, struct buf *out, struct err *e);

struct programme_amounts { int64_t seminars, consultations, people, courses, calls, stories; };
int programme_count(struct store *s, const char *id, struct programme_amounts *out, struct err *e);

#endif
