/* screens: what people see. All that the rest of the program needs to know of this folder. */
#ifndef SCREENS_SCREENS_H
#define SCREENS_SCREENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/store.h"

struct screens_options {
	bool demonstration;	/* «ПРИМЕР» stands in the title, always */
	bool *begin_own;	/* set to true when the person chose to leave the demonstration and begin work of their own; NULL: not offered */
};

/* The screens over an open store, until the person leaves or the line drops. 0 then; -1: ERR_USAGE when there is no terminal to show them on, before one
 * byte is written. */
int screens_run(struct store *s, const struct screens_options *o, struct err *e);

/* Asks for a passphrase at the terminal and says which letters are being typed; F2 shows them. `out` gets it with its NUL; the caller wipes it. -1: no terminal
 * (ERR_USAGE), or the person left (ERR_PASSPHRASE). */
int screens_passphrase(const char *prompt, char *out, size_t size, struct err *e);

/* The first start: name, municipality and a new passphrase. */
struct screens_setup {
	/* Makes the store. `municipality`: a code, or a spelling as typed. What it refuses is shown beside the form, which stays open. */
	int (*create)(void *context, const char *name, const char *municipality, const char *passphrase, struct err *e);
	void *context;
};

/* 0 once create() has succeeded; -1: no terminal (ERR_USAGE), or the person left (ERR_REFUSED). */
int screens_setup(const struct screens_setup *o, struct err *e);

#endif
