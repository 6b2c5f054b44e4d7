/* texts: the texts that papers are made from (records/template.h): which one is in force of each kind, as lines of a programme's page; a text to be read, and a new
 * version begun from it. */
#ifndef SCREENS_TEXTS_H
#define SCREENS_TEXTS_H

#include "screens/parts/page.h"

int texts_fill(struct page *p, struct err *e);
/* Enter on one of these lines: the version's page; of the program's own text the form of a first version. */
unsigned texts_open(struct page *p, const char *key);

struct screen *text_page_open(struct store *s, const char *id);

#endif
