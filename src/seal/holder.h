/* holder: the program that has a store open, as others see it: a small file "-holder" beside the store with a lock (flock) on it.
 *
 * The lock says that somebody holds the store, the text says who: program, process, terminal and since when, one a line. A text
 * without a lock is what a crash left, and means nothing. It is a courtesy to people: what keeps two programs from one database is
 * the lock on the store itself (vfs_lock). */
#ifndef SEAL_HOLDER_H
#define SEAL_HOLDER_H

#include <stdint.h>

#include "base/err.h"

struct holder;

struct holder_name {
	char program[32];
	char terminal[64];		/* empty: none */
	long pid;
	int64_t since_ms;
};

/* Takes the store at `path` (absolute; it need not exist yet). ERR_IN_USE names who has it; ERR_REFUSED when the folder takes no file. */
int holder_take(const char *path, struct holder **out, struct err *e);
void holder_release(struct holder *h);		/* NULL is fine */

/* Who holds it: 1 and *who, which the program that takes over will signal; 0 nobody; -1 it cannot be told. */
int holder_who(const char *path, struct holder_name *who);
/* -1, ERR_IN_USE with the holder's name, when somebody holds it now; 0 otherwise, which promises nothing for the next moment. */
int holder_check(const char *path, struct err *e);

#endif
