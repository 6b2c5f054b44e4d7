/* filings: the verbs of `report` that keep a report as it was handed in, list those that are kept, and say what changed since. */
#ifndef COMMANDS_FILINGS_H
#define COMMANDS_FILINGS_H

#include "base/date.h"
#include "commands/command.h"

int filings_file(struct invocation *call, struct err *e);
int filings_list(struct invocation *call, struct err *e);
int filings_compare(struct invocation *call, struct err *e);

/* A period as typed → ISO, "" where nothing was. ERR_USAGE: it ends before it begins. (report.c) */
int report_period(const char *typed_since, const char *typed_until, char since[DATE_SIZE], char until[DATE_SIZE], struct err *e);

#endif
