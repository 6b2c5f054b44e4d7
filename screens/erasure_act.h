/* erasure_act: what a coordinator does on the card of somebody whose data are to be destroyed: basis, document, and a question before it is done for ever; and on the
 * card of who was erased, how far it has come and the act of destruction. */
#ifndef SCREENS_ERASURE_ACT_H
#define SCREENS_ERASURE_ACT_H

#include "screens/parts/loop.h"
#include "screens/parts/page.h"

/* Asks for the basis, the document and a yes; who may not is told why. Of who was erased already: the act. */
unsigned erasure_ask(struct loop *l, const char *person);

/* The act on paper, to a stick or a file. */
unsigned erasure_paper(struct loop *l, const char *person);

/* The lines of the card; nothing of who was not erased. */
int erasure_fill(struct page *p, const char *person, struct err *e);

#endif
