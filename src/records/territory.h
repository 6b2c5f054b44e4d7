/* territory: what the hub says of municipalities: new ones, other names, and which were abolished. A record for each code that differs from what the program
 * brought; the store's list (municipality.h) follows it by itself, on every replica. A code is never taken away: records that name it stay as they are, and it is
 * shown with its name; it is only not offered any more, and its successor is named where somebody types it. */
#ifndef RECORDS_TERRITORY_H
#define RECORDS_TERRITORY_H

#include "records/record.h"

extern const struct record_type territory_type;		/* id: the OKTMO code; fields code, name, kind, centre, successor, letters, grid_row, grid_column */

enum territory_fate { TERRITORY_SAME, TERRITORY_NEW, TERRITORY_CHANGED, TERRITORY_ABOLISHED };

struct territory_row { const char *code, *kind, *name, *centre, *successor; };	/* as kept; "" for nothing */

/* Makes the list say this of a code; *fate: what that was. Inside a transaction. */
int territory_set(struct store *s, const struct territory_row *row, enum territory_fate *fate, struct err *e);
/* The code is gone, and nothing has taken its place. */
int territory_abolish(struct store *s, const char *code, enum territory_fate *fate, struct err *e);

#endif
