/* pdf: the script as a PDF of A4 pages. */
#ifndef TYPESET_PDF_H
#define TYPESET_PDF_H

#include "typeset/script.h"

/* Appends the file. */
int pdf_write(const struct script *s, struct buf *out, struct err *e);

#endif
