/* err: why something was not done, in words complete for the person who reads them.
 *
 * Library code returns 0 for done and -1 for not done, and fills a `struct err` that the caller owns. It never prints and
 * never exits. The code is the program's exit status; the text is one sentence, in the reader's language, lower case at the
 * start, without the program's name and without a full stop at the end.
 *
 * A mistake of the program's own is not an error but a bug: see bug(). */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum err_code {
	ERR_NONE = 0,
	ERR_REFUSED = 1,	/* refused or not found */
	ERR_USAGE = 2,		/* the command line, or no terminal */
	ERR_PASSPHRASE = 3,	/* wrong passphrase or key file */
	ERR_DAMAGED = 4,	/* damaged or tampered with */
	ERR_IN_USE = 5,		/* another program holds the store */
	ERR_UNREACHED = 6,	/* the hub, or the folder on the way to it, was not reached */
	ERR_HUB_REFUSED = 7,	/* the hub refused, or the hub's collect refused a bundle */
	ERR_AGE_HEADER = 11,	/* age file: grammar, bad stanza, low-order share, short nonce */
	ERR_AGE_NO_MATCH = 12,	/* age file: no stanza opens with these identities */
	ERR_AGE_HMAC = 13,	/* age file: a stanza opened, the header's MAC differs */
	ERR_AGE_PAYLOAD = 14	/* age file: the stream is broken, cut or goes on after its end */
};

struct err {
	enum err_code code;
	char text[1024];	/* UTF-8, cut at a character's border when longer */
};

#define ERR_INIT { ERR_NONE, "" }

/* Sets code and text; returns -1, so that `return err_set(…)` reads well. `e` may be NULL when nobody wants to know. */
int err_set(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The same, followed by ": " and what errno says. */
int err_sys(struct err *e, enum err_code code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Puts "text: " before the text that is there. Returns -1. */
int err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void err_clear(struct err *e);

/* An assertion about the program itself, never the user's fault: prints file and line to standard error and aborts. */
_Noreturn void err_bug(const char *file, int line, const char *what);
#define bug(what) err_bug(__FILE__, __LINE__, (what))
#define bug_if(condition) ((condition) ? bug(#condition) : (void)0)

#endif
