/* book: the script as one HTML file for a screen and for paper: nothing loaded from elsewhere, no script, whatever stands in a record is text there. */
#ifndef TYPESET_BOOK_H
#define TYPESET_BOOK_H

#include "typeset/script.h"

/* Appends the file. */
int book_write(const struct script *s, struct buf *out, struct err *e);

#endif
