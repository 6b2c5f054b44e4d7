/* forget: what a store knows of a person besides the records and their journal, and must not know any more once the person is erased (store/erase.h): names that
 * travelled without the card, names of devices, drafts that nobody saved. */
#ifndef RECORDS_FORGET_H
#define RECORDS_FORGET_H

#include "records/record.h"

enum { FORGET_WORDS = 4 };

struct forget {
	char person[RECORD_ID_SIZE];
	char *word[FORGET_WORDS];	/* folded: name, telephone, e-mail, the name that travelled; owned */
	int count;
};

/* Before the erasure: what the person is known by here. Then forget_end(), which releases it, also when it fails. Both inside one transaction. */
int forget_begin(struct store *s, const char *person, struct forget *f, struct err *e);
int forget_end(struct store *s, struct forget *f, struct err *e);
void forget_drop(struct forget *f);	/* the erasure failed */

/* Drafts of records that are erased: when many operations arrive, those about a person are found only when all are there. In a transaction. */
int forget_drafts(struct store *s, struct err *e);

#endif
