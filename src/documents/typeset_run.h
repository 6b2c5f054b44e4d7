/* typeset_run: where livenet-document is, and how it is run: typeset.c uses it, and the tests with other programs in its place. */
#ifndef DOCUMENTS_TYPESET_RUN_H
#define DOCUMENTS_TYPESET_RUN_H

#include "base/child.h"

/* The program's path: $LIVENET_DOCUMENT, beside the program that runs, or where it was installed. Appends. ERR_REFUSED: it is nowhere, with what to install. */
int typeset_program(struct buf *path, struct err *e);

/* NULL and *e: it could not be started. */
struct child *typeset_run(const char *path, struct err *e);

#endif
