/* municipality import FILE [--whole] [--dry-run]: the list of municipalities from a table that was saved as text; columns code, kind, name, centre and successor,
 * with a line of these names or in this order, parted by tabs, semicolons or commas. Codes that the file does not name stay as they are, unless it is the whole
 * list. Prints what changed, a line each. */
#ifndef COMMANDS_MUNICIPALITY_IMPORT_H
#define COMMANDS_MUNICIPALITY_IMPORT_H

#include "commands/command.h"

int municipality_import(struct invocation *call, struct err *e);

#endif
