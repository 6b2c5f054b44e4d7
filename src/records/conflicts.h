/* conflicts: fields in which two edits met that did not see each other, as people read them, and how they are settled. Both values are kept, on every
 * replica alike, until somebody chooses one. */
#ifndef RECORDS_CONFLICTS_H
#define RECORDS_CONFLICTS_H

#include "records/record.h"
#include "store/author.h"
#include "store/history.h"

struct conflict_choice {
	const char *value;		/* as kept, "" for nothing: what conflict_settle takes */
	const char *text;		/* as people read it; not escaped */
	struct author author;
	const char *device;		/* which of the author's devices, where two of these values are the same person's; "" where nobody need ask */
	int64_t ms;			/* when it was written */
};

struct conflict_line {
	const struct record_type *type;
	const char *id, *name;		/* the record that a person knows it by: of a role or stage the person, of a mark its attendance */
	const char *table, *pk, *column;	/* where it stands: what conflict_settle takes */
	const char *field;		/* label, translated */
	const struct conflict_choice *choice;	/* the shown one first */
	int count;
};

/* The mark `deleted` is one of the fields: its values are "0" (kept) and "1" (removed). The callback must not change records. */
typedef int (*conflict_line_fn)(void *context, const struct conflict_line *c, struct err *e);
int conflicts_each(struct store *s, conflict_line_fn each, void *context, struct err *e);

/* What was done to these fields, the oldest first: one walk along the journal for all of them. `place` counts from 0; before and after as people read them, not
 * escaped, "" for nothing. */
struct conflict_place { const char *table, *pk, *column; };
typedef int (*conflict_past_fn)(void *context, int place, const struct history_entry *by, const char *before, const char *after, struct err *e);
int conflicts_past(struct store *s, const struct conflict_place *places, int count, conflict_past_fn each, void *context, struct err *e);

/* Settles one conflict: from now on the field has `value`, as kept or as a person types it. NULL, or the value that is shown: that one stays. Any other
 * is an ordinary edit with all its rules. Either names all values that were in conflict, so that it is settled on every replica that hears of it. ERR_REFUSED:
 * there is no conflict, or the value is not one that the field can have. */
int conflict_settle(struct store *s, const char *table, const char *pk, const char *column, const char *value, struct err *e);

/* By a field as people name it: its column, or its label. */
int conflict_settle_field(struct store *s, const struct record_type *type, const char *id, const char *field, const char *value, struct err *e);

#endif
