/* progress: long work under the eyes of a person. While it runs, SQLite itself calls back every few thousand steps: the foot line says what goes on and for how
 * long, and Esc interrupts it, which rolls back the transaction that runs. What is over in a blink paints nothing. */
#ifndef SCREENS_PARTS_PROGRESS_H
#define SCREENS_PARTS_PROGRESS_H

#include "screens/parts/loop.h"

/* `words`: what goes on. `count`: a number that the work raises as it goes, shown behind the words, or NULL. Both live until progress_end. */
void progress_begin(struct loop *l, const char *words, const int64_t *count);
/* True: the person pressed Esc, and the work ended with ERR_REFUSED «прервано» for that reason. */
bool progress_end(struct loop *l);

/* For work of a second or two that nothing interrupts: the words stand at the foot at once. */
void progress_show(struct loop *l, const char *words);

#endif
