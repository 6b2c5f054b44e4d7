/* delivery: the ways on which a finished document leaves the store: a printer of CUPS (the program lp), a stick, a file. */
#ifndef DOCUMENTS_DELIVERY_H
#define DOCUMENTS_DELIVERY_H

#include "base/buf.h"
#include "base/err.h"

/* Sends a document to a printer ("": the usual one). ERR_REFUSED: there is no lp, no such printer, or it did not take it, with lp's own words. */
int delivery_print(const char *printer, const char *title, const struct buf *document, struct err *e);
/* Printers by name, the usual one first; none is no failure. The caller frees with fs_list_free. */
int delivery_printers(char ***names, size_t *count, struct err *e);
/* Folders of removable disks that are mounted and can be written to. The caller frees with fs_list_free. */
int delivery_sticks(char ***folders, size_t *count, struct err *e);
/* The same by another table of mounts and another folder in the place of /sys/dev/block, for tests. */
int delivery_sticks_of(const char *mounts, const char *blocks, char ***folders, size_t *count, struct err *e);

#endif
