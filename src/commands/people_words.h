/* people_words: several people as they are named on the command line, or found: their ids. */
#ifndef COMMANDS_PEOPLE_WORDS_H
#define COMMANDS_PEOPLE_WORDS_H

#include "commands/command.h"
#include "records/record.h"

struct people_words { const char **id; int count; };	/* each id its own allocation, so that it may be given as an array */

void people_words_init(struct people_words *p);
void people_words_add(struct people_words *p, const char *id);
/* The call's words from `first` on; on failure nothing need be released. */
int people_words_take(struct invocation *call, int first, struct people_words *p, struct err *e);
void people_words_release(struct people_words *p);

#endif
