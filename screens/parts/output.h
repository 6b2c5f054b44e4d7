/* output: where a finished paper goes: to a printer, to a stick that is plugged in, or to a file. Says first when open personal data leave the store. */
#ifndef SCREENS_PARTS_OUTPUT_H
#define SCREENS_PARTS_OUTPUT_H

#include "screens/parts/loop.h"

struct output {
	const char *title;		/* translated: «Лист регистрации» */
	const char *file;		/* the name that is offered: "sheet-2020-02-14.pdf" */
	bool printable;			/* a printer is offered */
	bool personal;			/* open personal data: asked about before they leave */
	/* Makes the file's content when the way is chosen. */
	int (*make)(struct store *s, void *context, struct buf *out, struct err *e);
	void *context;
	void (*release)(void *context);	/* or NULL; called once, whatever happens */
};

/* Asks for the way and goes it. Copies what it keeps. Returns DID_…. */
unsigned output_offer(struct loop *l, const struct output *o);

#endif
