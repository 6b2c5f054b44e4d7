/* book: the collection as a book, out of its list: as a page for a browser or for the printer. */
#ifndef SCREENS_BOOK_H
#define SCREENS_BOOK_H

#include "screens/parts/loop.h"

unsigned book_ask(struct loop *l);

#endif
