/* attend_sheet: what `attend` prints: the sheet of a seminar, and how it differs from the one that was signed on paper. For attend.c alone. */
#ifndef COMMANDS_ATTEND_SHEET_H
#define COMMANDS_ATTEND_SHEET_H

#include "commands/command.h"

/* The sheet, a line a person, those who wait at its end. */
int attend_print_sheet(struct invocation *call, const char *seminar, struct err *e);

/* The names (or ids) that stand on the paper: the words of the call from the second on, and, with `path`, the lines of a file ("-": standard input). `unnamed`:
 * how many stand there without a name, NULL where nobody counted. A name of several people is the one who is on the sheet, else it is refused. Prints
 * the differences and changes nothing. */
int attend_print_differences(struct invocation *call, const char *seminar, const char *path, const char *unnamed, struct err *e);

#endif
