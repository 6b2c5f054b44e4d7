/* agenda_private: what the files of agenda share. */
#ifndef RECORDS_AGENDA_PRIVATE_H
#define RECORDS_AGENDA_PRIVATE_H

#include "records/agenda.h"

/* Answers to this person's questions that other devices wrote past the number that was seen of each (agenda_answers.c), the latest first. By index: the
 * person's questions, and one look into the journal for each that is answered. */
typedef int (*agenda_answer_fn)(void *context, const char *id, const char *date, struct err *e);
int agenda_answers(struct store *s, const char *person, int most, agenda_answer_fn each, void *context, int64_t *total, struct err *e);

/* Setting "seen": {"tag":number,…} in the order in which the devices were first heard of. */
struct seen {
	char *text;			/* NULL: nothing was ever written down */
	struct { char tag[16]; int64_t seq; } *of;
	int count, next;
};
void agenda_seen_load(struct store *s, struct seen *seen);
void agenda_seen_release(struct seen *seen);
int64_t agenda_seen_of(struct seen *seen, const char *tag);		/* 0 for a device that was never heard of */

#endif
