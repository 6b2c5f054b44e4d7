/* model: what was written by whom, kept beside the replicas, and what a set of operations comes to, by the rules as they are written down and by nothing of
 * the program's: it knows no heads, no stamps remembered and no order, and asks of every edit whether some other saw it. */
#ifndef TESTS_HISTORIES_MODEL_H
#define TESTS_HISTORIES_MODEL_H

#include "tests/histories/world.h"

/* What an edit sets, without what it saw. */
#define SET(body) "(SELECT group_concat(c.value ->> '$[0]' || '=' || coalesce(c.value ->> '$[1]', '~'), ',') FROM json_each(" body ") c)"

enum { TABLES_MOST = 64 };

struct written {			/* one operation, as its author committed it */
	int device;			/* in the world */
	char tag[16];
	int64_t seq;
	uint64_t hlc;
	char *table, *pk, *body;
	bool lost;			/* with its author's disk, perhaps before anybody heard of it */
};

struct model {
	struct written *written;
	size_t count;
};

void model_release(struct model *m);

/* Takes note of what a device committed after its operation `after`, and checks that each edit names all that its author's journal shows of the field. */
bool model_note(struct model *m, const struct world *w, int device, int64_t after);

/* What a device wrote from the model's `from`th operation on went with its disk, unless somebody heard of it. */
void model_lose(struct model *m, int device, size_t from);

/* A stamp from before history is kept: its edit may be folded. */
bool model_old(const struct world *w, uint64_t hlc);

/* Every row of a replica is what its operations come to, and so is every conflict. */
bool model_agrees(struct store *s, const char *who);

#endif
