/* stores: the stores on this computer by person, for two people who share one laptop. Beside the default store, in $XDG_DATA_HOME/livenet, stands a file
 * "stores": one line a store, the file's name, a tab, and the person's name in short («Хасанова Г. Р.»). It is a help for people and protects nothing: what it
 * says is checked before it is shown, a line that is wrong is passed over, a store without a line is shown by its file. */
#ifndef STORE_STORES_H
#define STORE_STORES_H

#include "base/err.h"

enum { STORES_MOST = 50 };

struct stores_entry { char *file, *name; };	/* name: the file's where none is known */
struct stores {
	char *folder;
	struct stores_entry entry[STORES_MOST];
	int count;
};

/* The stores that are there: those of the list in its order, then store.ldb and store-N.ldb that it does not name. None where there is no folder. */
void stores_read(struct stores *s, const char *folder);
void stores_release(struct stores *s);

/* Path of an entry; the caller frees. */
char *stores_path(const struct stores *s, int entry);

/* The name of a file for another store: "store.ldb", else "store-2.ldb" and so on, the first that is free. The caller frees the path. */
char *stores_free_path(const char *folder);

/* Notes down whose store this is: `name` is the whole name. Its line is replaced where it has one; a name or a file that stores_read()
 * would pass over is not noted. */
int stores_add(const char *path, const char *name, struct err *e);

/* Takes its line away: whose it is was erased. A list that has none is left as it is. */
int stores_forget(const char *path, struct err *e);

#endif
