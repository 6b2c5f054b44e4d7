/* workbook: the script as XLSX. Each table is a sheet; what is text stands on a sheet of its own, in its order; bars are charts beside the table that ended last;
 * a map is a sheet of shaded cells. */
#ifndef TYPESET_WORKBOOK_H
#define TYPESET_WORKBOOK_H

#include "typeset/script.h"

/* Appends the file. It is put together in memory: no part of it lies in a folder, not even for a moment. */
int workbook_write(const struct script *s, struct buf *out, struct err *e);

#endif
