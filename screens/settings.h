/* settings: language, looks, first screen, mouse; who works here; the file of one's own keys and what is wrong in it. */
#ifndef SCREENS_SETTINGS_H
#define SCREENS_SETTINGS_H

#include "base/preferences.h"
#include "screens/parts/loop.h"

struct screen *settings_open(struct store *s);

/* Before the terminal opens: looks and mouse as preferred, a person's own keys. `faults` gets what is wrong in their files, one a line; NULL: do not tell. */
void settings_apply(struct buf *faults);
/* Once, at the start: the first of the faults, and where the others are seen. */
void settings_tell(struct loop *l, const struct buf *faults);

#endif
