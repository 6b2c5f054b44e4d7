/* draft: what a person had typed and not saved when the line dropped. It stands in the store, sealed like everything else, as the setting "draft":
 * {"type":"person","record":"…","seminar":"…","ms":…,"fields":{…}}. Fields are kept by name, so that it survives an upgrade. Who does not answer the question
 * about it and begins another card does not lose it: that one's draft stands in a place of its own, "draft/2" and so on.
 *
 * A sheet that is being typed from the paper (verify.h) is a draft too, one a seminar, in settings of their own: it may stay for days, and a card's draft
 * must not push it out. Its type is DRAFT_VERIFICATION, its fields are paper_write(). */
#ifndef SCREENS_PARTS_DRAFT_H
#define SCREENS_PARTS_DRAFT_H

#include "base/buf.h"
#include "records/record.h"

#define DRAFT_VERIFICATION "verification"

struct draft {
	char type[32];			/* name of the record type */
	char record[RECORD_ID_SIZE];	/* "" for a new one */
	char seminar[RECORD_ID_SIZE];	/* whose sheet the new person belongs on; "" for a card */
	int64_t ms;			/* when it was kept */
	int place;			/* of a card's: 1 and so on; 0: none yet */
	struct buf fields;		/* form_write(), paper_write() */
};

void draft_init(struct draft *d);
void draft_release(struct draft *d);

#define DRAFT_PLACES 9
/* A card's, in its place; where it has none yet, it gets one. ERR_REFUSED: all of them wait for an answer. */
int draft_keep(struct store *s, struct draft *d, struct err *e);
/* 1: there is one, d is filled; 0: there is none. What cannot be read is no draft. First a card's; then the paper that was being typed when the program
 * ended. */
int draft_find(struct store *s, struct draft *d);
int draft_find_verification(struct store *s, const char *seminar, struct draft *d);	/* the paper of one seminar, also when it was left in order */
/* What it is, for a question about it: «Человек «Латыпова Алсу», «Как открыть НКО»». Appends. */
void draft_describe(struct store *s, const struct draft *d, struct buf *out);
int draft_discard(struct store *s, const struct draft *d, struct err *e);	/* what was found */

int draft_drop(struct store *s, int place, struct err *e);	/* a card's: it was saved */
/* The paper that was typed last was left in order: what is kept of it is asked about at its seminar, and not at the next start. */
int draft_rest_verification(struct store *s, struct err *e);

#endif
