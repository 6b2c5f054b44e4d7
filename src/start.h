/* start: from the command line to the screens: whose store, the set-up where there is none, and the way from the demonstration to work of one's own. */
#ifndef START_H
#define START_H

#include "commands/command.h"

int start_screens(struct invocation *call, struct err *e);

#endif
