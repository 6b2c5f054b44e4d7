/* deletion_hold: deletions of one device that are too many to be believed. Where it would delete more than 20 records and a fifth of a table within a day, the hub
 * takes the bundle without these deletions (sync/hold.h), and asks by a record of this type, one a bundle and table. It travels to every coordinator, and to the devices of the
 * person whose it was. A coordinator decides, once: agreed to, the deletions are done everywhere, the author's device among them; refused, they stay what its
 * author's device shows under "not accepted". Nobody but the hub makes one, and nobody removes it. */
#ifndef RECORDS_DELETION_HOLD_H
#define RECORDS_DELETION_HOLD_H

#include "records/record.h"

enum { DELETION_HOLD_RECORDS = 1000 };		/* so many ids stand in the record; the count counts them all */

struct deletion_hold {
	const char *id;
	const char *device, *person, *label;	/* tag; whose device it is, "" where that is not known; the device's name, "" after an erasure */
	const char *table;			/* of the records that would go */
	int64_t count, total, gone;		/* how many, of how many there were; how many of those the device had removed within the day before */
	const char *records;			/* ids, one a line */
	const char *date;
	const char *decision, *decided;		/* "yes", "no", or "" while it waits; the day of the decision */
	int64_t first_op, last_op;		/* of the device: the bundle's */
};

/* What waits first, then what was decided, the latest first. The strings live for the call; 0 goes on, -1 stops. */
typedef int (*deletion_hold_fn)(void *context, const struct deletion_hold *h, struct err *e);
int deletion_hold_each(struct store *s, bool waiting_only, deletion_hold_fn each, void *context, struct err *e);
int deletion_hold_waiting(struct store *s, int64_t *count, struct err *e);

/* «Хасанова Гузель Рашитовна (laptop)», or what of it is known. */
void deletion_hold_author(struct store *s, const struct deletion_hold *h, struct buf *out);
/* What kind of records would go, as the type is called («Person»). */
const char *deletion_hold_kind(const struct deletion_hold *h);

/* A coordinator's word. ERR_REFUSED: not a coordinator's device, no such hold, or decided already. */
int deletion_hold_decide(struct store *s, const char *id, bool agreed, struct err *e);

/* At a hub, in a transaction. The id is one that journal_new_id gave. */
int deletion_hold_add(struct store *s, const struct deletion_hold *h, struct err *e);

#endif
