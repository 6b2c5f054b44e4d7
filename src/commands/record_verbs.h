/* record_verbs: what the subcommands of records share that have verbs and options of their own besides add, list, show, edit and remove. */
#ifndef COMMANDS_RECORD_VERBS_H
#define COMMANDS_RECORD_VERBS_H

#include "commands/command.h"
#include "records/record.h"

/* The call's words with a text put in as the value of a field, for command_record(). Made by words_with, given back by words_restore. */
struct words { char **argv; int argc; char **kept; int kept_count; char *added; };

/* Takes "--text-file F" and, where `plain`, "--text T" out of the call's words and puts "--FIELD=text" there; without them the words stay as they are. The
 * file is UTF-8 text, "-" is standard input; a byte-order mark and the line ends of Windows go. */
int words_with_text(struct invocation *call, const char *field, bool plain, struct words *w, struct err *e);
void words_restore(struct invocation *call, struct words *w);

/* For verbs that change: refuses at the hub; `words` of them follow the verb; the store is opened, and the first word becomes the id of a record of type t. */
int verb_begin(struct invocation *call, const struct record_type *t, const struct option *options, int words, char id[RECORD_ID_SIZE], struct err *e);

/* A record as a tab-separated line, and the line of names above it. Both append. */
void record_header_line(const struct record_type *t, struct buf *out);
void record_text_line(struct store *s, const struct record *r, struct buf *out);

/* Steps over the verb. */
void verb_taken(struct invocation *call);

#endif
