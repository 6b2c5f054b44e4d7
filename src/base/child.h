/* child: another program that is given some input and gives some output: what goes down and what comes back are handled together, so that neither side waits for
 * the other for ever. It gets no descriptor but its three, an environment that holds nothing of ours, and no signal that we block or ignore; we get no SIGPIPE. */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct child_way {
	const char *path;			/* with a slash: that file; without: looked for in PATH */
	const char *const *argv;		/* ends with NULL; argv[0] is its name in what is said of it */
	const char *const *variables;		/* of the environment that it gets besides LANG, HOME, PATH and the like; ends with NULL; NULL: none */
	const char *const *set;			/* NAME=VALUE, in place of ours; ends with NULL; NULL: none */
	int patience_ms;			/* so long nothing moves before it is ended */
	size_t most;				/* bytes of output; more end it */
};

struct child;

/* NULL and *e (ERR_REFUSED): it is not there, or cannot be started. Keeps nothing of `way`. */
struct child *child_start(const struct child_way *way, struct err *e);
/* Sends all of it, and takes what comes meanwhile. -1: it takes no more, or a limit was passed; child_finish tells why. */
int child_send(struct child *c, const char *data, size_t len);
/* The end of the input; waits for the end of the output, and appends it to out. 0: it ended with status 0. Else ERR_REFUSED, with the first line that it said on
 * standard error where it said any; out is as it was. Frees always. */
int child_finish(struct child *c, struct buf *out, struct err *e);
void child_abandon(struct child *c);	/* ends it; frees; NULL is nothing */

/* For who talks with it piece by piece: its three ways, none of which blocks: `to` is a socket, `from` a pipe, `words` its standard error, -1 once that ended. */
void child_fds(const struct child *c, int *to, int *from, int *words);
void child_hear(struct child *c);			/* takes what it said on standard error, without waiting */
const char *child_words(const struct child *c);		/* of what it said, the beginning; anything may stand there */
/* The end of its input; waits so long for its end, ends it then. Takes what it says meanwhile. Its exit status; -1: it was ended by a signal. Not freed yet:
 * child_abandon does that. */
int child_await(struct child *c, int patience_ms);

#endif
