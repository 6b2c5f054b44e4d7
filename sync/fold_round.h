/* fold_round: when old changes are folded (store/fold.h) and what must not be: at the end of an exchange or a collection, a pass over the journal at most
 * once a week, a few slices at a time; what is left of a pass goes on at the next. How old is said by the preference "history".
 *
 * The hub folds no record of which a device that it heard from within 180 days has not yet confirmed something that old. A device that was not heard from so long keeps
 * nothing: where it has to be told of an operation that is folded now, its feed gives it the record anew and whole instead (reenter.h). A
 * device folds what has come and its own operations that have a receipt; a store that has joined no hub folds nothing, for all of it will travel. */
#ifndef SYNC_FOLD_ROUND_H
#define SYNC_FOLD_ROUND_H

#include "base/date.h"
#include "store/store.h"

#define FOLD_EVERY_MS (7 * DATE_DAY_MS)
#define FOLD_SILENT_MS (180 * DATE_DAY_MS)
#define FOLD_SLICES 3

/* In transactions of its own. `folded`, unless NULL, is raised by the operations that went. */
int fold_round(struct store *s, int64_t *folded, struct err *e);

#endif
