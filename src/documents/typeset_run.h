/* typeset_run: one run of the program livenet-document, as typeset.c uses it: what goes down to it and what comes back are handled together, so that neither
 * side waits for the other for ever. It gets no descriptor but its three, an environment that holds nothing of ours, and no signal that we block. */
#ifndef DOCUMENTS_TYPESET_RUN_H
#define DOCUMENTS_TYPESET_RUN_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define TYPESET_PATIENCE_MS 60000		/* so long nothing moves before the program is ended */
#define TYPESET_FILE_MAX ((size_t)256 << 20)	/* a larger file is no document */

struct typeset_run;

/* The program's path: $LIVENET_DOCUMENT, beside the program that runs, or where it was installed. Appends. ERR_REFUSED: it is nowhere, with what to install. */
int typeset_program(struct buf *path, struct err *e);

/* NULL and *e: it could not be started. */
struct typeset_run *typeset_run_start(const char *path, int patience_ms, struct err *e);
/* Sends all of it, and takes what comes meanwhile. -1: the program takes no more, or a limit was passed; typeset_run_finish tells why. */
int typeset_run_send(struct typeset_run *run, const char *data, size_t len);
/* The end of the input; waits for the file, and appends it to out. ERR_REFUSED: with the program's own words where it said any; out is as it was. Frees always. */
int typeset_run_finish(struct typeset_run *run, struct buf *out, struct err *e);
void typeset_run_abandon(struct typeset_run *run);	/* ends the program; frees; NULL is nothing */

#endif
