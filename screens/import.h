/* import: a list of people out of a spreadsheet. A file is asked for; then every row stands there with what will become of it, and nothing has happened yet;
 * y takes all of them in one transaction. */
#ifndef SCREENS_IMPORT_H
#define SCREENS_IMPORT_H

#include "screens/screen.h"
#include "store/store.h"

/* The question for the file, which opens the preview. */
struct screen *import_open(struct store *s);

#endif
