/* folder_watch: waiting for something to come into an exchange's folder, for as long as the program runs: by inotify on the folder itself (requests to join),
 * and on the inbox of every device; by a look at whether the folder is there at all, since it may be a stick that is taken out and put in; and by a slow poll,
 * since a folder of another machine or one that something else synchronises tells nothing. What is still being written is let come to its end.
 *
 *     folder_watch_new → (folder_watch_arm → a round → folder_watch_wait) … → folder_watch_free
 *
 * From the first call on, SIGTERM, SIGINT and SIGHUP do not end the program but are told by the calls here: a round is always finished. */
#ifndef SYNC_FOLDER_WATCH_H
#define SYNC_FOLDER_WATCH_H

#include <stdbool.h>

#include "base/err.h"

struct folder_watch;

struct folder_watch *folder_watch_new(const char *folder, struct err *e);
void folder_watch_free(struct folder_watch *w);

/* Before a round, so that nothing that comes during it is missed. `hub`: its id. false: the folder tells nothing of itself (*e says why), so that the poll alone
 * remains; a folder that is not there is no reason. */
bool folder_watch_arm(struct folder_watch *w, const char *hub, struct err *e);

/* Until something came and nothing more has for a moment, or the time is over: true; false: the program is to end. */
bool folder_watch_wait(struct folder_watch *w, int seconds);

/* The same, but for the end alone: true after so many milliseconds. */
bool folder_watch_pause(struct folder_watch *w, int ms);

#endif
