/* screens: what people see. All that the rest of the program needs to know of this folder. */
#ifndef SCREENS_SCREENS_H
#define SCREENS_SCREENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/store.h"
#include "store/stores.h"

struct screens_options {
	bool demonstration;	/* «ПРИМЕР» stands in the title, always */
	bool join;		/* begins with joining a hub */
	bool *begin_own;	/* set to true when the person chose to leave the demonstration and begin work of their own; NULL: not offered */
};

/* The screens over an open store, until the person leaves or the line drops. 0 then; -1: ERR_USAGE when there is no terminal to show them on, before one
 * byte is written. */
int screens_run(struct store *s, const struct screens_options *o, struct err *e);

/* Whose store, and its passphrase: says which letters are being typed; F2 shows them. */
struct screens_unlock {
	const struct stores *stores;	/* on this computer, to choose from; NULL: only `path` */
	const char *path;		/* where there is nothing to choose from */
	/* Opens a store. ERR_PASSPHRASE: told, and asked once more. Anything else: told where one may choose another store; otherwise it ends the screens. */
	int (*open)(void *context, const char *path, const char *passphrase, struct err *e);
	void *context;
};

/* 0: it is open, or *other is set: somebody wants a store of their own. -1: no terminal (ERR_USAGE), the person left (ERR_PASSPHRASE), or what open() said. */
int screens_unlock(const struct screens_unlock *o, bool *other, struct err *e);

/* The first start: language, name, municipality, role and a new passphrase. */
struct screens_setup {
	/* Makes the store. `municipality`: a code, or a spelling as typed. What it refuses is shown beside the form, which stays open. */
	int (*create)(void *context, const char *name, const char *municipality, const char *role, const char *passphrase, struct err *e);
	void *context;
	bool join;		/* out: the person wants to join a hub at once */
};

/* 0 once create() has succeeded; -1: no terminal (ERR_USAGE), or the person left (ERR_REFUSED). */
int screens_setup(struct screens_setup *o, struct err *e);

#endif
