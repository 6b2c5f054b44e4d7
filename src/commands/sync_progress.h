/* sync_progress: how far an exchange is, on standard error where that is a terminal: one line that is written over, and gone at the end. */
#ifndef COMMANDS_SYNC_PROGRESS_H
#define COMMANDS_SYNC_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "sync/sync.h"

struct sync_progress {
	bool terminal;
	int64_t began, painted;		/* ms */
	bool told_cost;
	bool shown;
};

void sync_progress_begin(struct sync_progress *p);
void sync_progress_tell(void *context, const struct sync_report *r);	/* a sync_tell_fn; context: the struct */
void sync_progress_end(struct sync_progress *p);

#endif
