/* first: the stores that every history begins with, a hub's and eight devices'. They are made once in a process, joined to the hub and met, and stay open.
 *
 * A history is played by a child of that process: it finds them open with everything that a connection prepares (triggers, statements), which would cost as
 * much again as the history itself, and may do with them what it likes; their files are written anew before the next one. */
#ifndef TESTS_HISTORIES_FIRST_H
#define TESTS_HISTORIES_FIRST_H

#include "tests/histories/world.h"

#define FIRST_TIME INT64_C(1580500000000)	/* 31.01.2020, when they met */

/* Makes them, where that was not done. False when something failed, which is said. */
bool first_prepare(void);
const struct world *first_world(void);
bool first_has(const struct store *s);		/* such a store may not be closed: the next history needs its files */

/* Plays in a child. False where it was false, or where the child fell. */
typedef bool (*first_play_fn)(uint64_t seed);
bool first_play(first_play_fn play, uint64_t seed);

#endif
