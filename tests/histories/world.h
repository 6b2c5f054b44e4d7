/* world: a hub and up to eight devices with real stores, each with its own clock and its own stick, in folders in memory. They begin with stores that were
 * made once (first.h). */
#ifndef TESTS_HISTORIES_WORLD_H
#define TESTS_HISTORIES_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

enum { WORLD_MOST = 8, WORLD_FEWEST = 3 };

#define BURAEVO "80618000"		/* Бураевский район */
#define BELEBEY "80609000"		/* Белебеевский район */

struct member {
	struct store *s;
	const char *role, *place;	/* of a device; the hub: NULL */
	char path[512], key[512];
	char stick[512];		/* the folder that it exchanges with; of the hub the one that all sticks are carried to */
	int64_t skew;			/* its clock is so much ahead of the world's, ms */
	int generation;			/* of the store's file: another one after a crash */
	int64_t kept;			/* how much the model knew when a copy of the file was kept; -1: none was */
	bool restored;			/* a copy was put back, or is in use beside it */
};

struct world {
	struct member hub, device[WORLD_MOST];
	int count;			/* of devices */
	int64_t now;			/* ms: what a good clock shows */
	bool years, copies;		/* of this history: changes are folded, and copies of stores are put back */
	char folder[400];
	char hub_id[40];
	const char *words;		/* what is being done, for who reads of a failure */
};

/* False when something failed, which is said; of all functions here. Once in a process. */
bool world_begin(struct world *w, int count);
void world_end(struct world *w);

/* From now on it is the time that this member's clock shows. */
void world_clock(const struct world *w, const struct member *m);
/* Its clock is set right, and a person says that it is. */
bool world_dated(struct world *w, struct member *m);

/* The power fails: what is in the file at this moment is what there will be. Copies it, whatever is open in the store; world_restart() goes on with the copy. */
void world_cut(struct world *w, struct member *m);
bool world_restart(struct world *w, struct member *m);

/* A copy of a member's file, for later; it takes the place of the file; another device goes on with it at the same time: its number, -1 when something
 * failed. */
void world_keep(struct member *m);
bool world_put_back(struct world *w, struct member *m);
int world_clone(struct world *w, int device);
/* A device whose hub does not know it any more asked to join anew: so it is. */
bool world_approve(struct world *w, struct member *m);
const char *world_id(const struct world *w, int device);

/* A query without parameters; "?" when there is no row. The string lives until the fourth call after. */
const char *world_value(struct store *s, const char *sql);
int64_t world_count(struct store *s, const char *sql);
/* Some record of a table that the member holds: false where it holds none. `where` may be "1". */
bool world_any(struct store *s, const char *table, const char *where, char *id);

bool world_fail(const struct world *w, const struct err *e);	/* says what failed; false */

#endif
