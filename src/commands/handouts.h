/* handouts: where papers for several people go from a subcommand: one file with all of them, a printer, or a folder with one file each. */
#ifndef COMMANDS_HANDOUTS_H
#define COMMANDS_HANDOUTS_H

#include "commands/command.h"

struct handouts {
	const char *title;
	int count;
	/* The pages first … first + count - 1 as a PDF. */
	int (*make)(struct store *s, const void *context, int first, int count, struct buf *pdf, struct err *e);
	/* Number and name of one, for its file's name. */
	void (*name)(struct store *s, const void *context, int one, struct buf *number, struct buf *name);
	const void *context;
};

/* Of -o, --print and --separate one is needed. */
struct handouts_options { struct delivery_options to; const char *separate; };
int handouts_check(const struct handouts_options *o, struct err *e);

/* The papers as they will leave; made first, so that what fails fails before anything is committed. */
struct handouts_made { struct buf *pdf; int count; };
int handouts_make(struct invocation *call, const struct handouts *h, const struct handouts_options *o, struct handouts_made *made, struct err *e);
int handouts_deliver(struct invocation *call, const struct handouts *h, const struct handouts_options *o, const struct handouts_made *made, struct err *e);
void handouts_release(struct handouts_made *made);

/* True when standard output is free for words. */
bool handouts_quiet(const struct handouts_options *o);

#endif
