/* reenter: a record that enters a device's scope comes with its whole history, as the hub's journal has it now. Where the device still holds something of
 * it (it was to leave and did not yet, its feed begins anew after a new welcome, or the hub folded what the device was not told, fold_round.h), the two must
 * not be mixed: what is here goes first, but for own operations without a receipt, which the hub does not have; these are played again when all
 * has come. A record that is not here costs one look at its table. */
#ifndef SYNC_REENTER_H
#define SYNC_REENTER_H

#include "sync/apply.h"

int reenter_note(struct apply *a, int tbl, const char *id, struct err *e);	/* the record “enter” */
int reenter_begin(struct apply *a, struct err *e);	/* before operations */
int reenter_end(struct apply *a, struct err *e);	/* after the last one */

#endif
