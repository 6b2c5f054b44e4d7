/* agree: whether all hold the same when all have met. */
#ifndef TESTS_HISTORIES_AGREE_H
#define TESTS_HISTORIES_AGREE_H

#include "tests/histories/model.h"

/* Rounds with a faithful post until nothing is under way. False when that does not come to an end. */
bool agree_meet(struct world *w);

/* Who says no, of these judges; 0: nobody. */
enum agree_no {
	AGREE_SOUND = 1,	/* each replica's journal against its rows, by the program's own check */
	AGREE_MODEL = 2,	/* rows and conflicts are what the model makes of the operations */
	AGREE_LINES = 4,	/* rows, journal, heads and conflicts of each device are the hub's, as far as it holds the records; a coordinator holds all */
	AGREE_COUNTS = 8,	/* what is counted along the way is as many as there are */
	AGREE_REST = 16,	/* a device holds what the hub says it holds, keeps what the hub refused, and neither waits for anything */
	AGREE_MISSING = 32	/* nothing that anybody wrote is missing */
};
unsigned agree_judge(struct world *w, const struct model *m);

#endif
