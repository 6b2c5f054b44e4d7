/* transport_dir: a folder that something carries between the two sides: a stick, a shared folder, any program
 * that moves files.
 *
 *     <folder>/<hub id>/inbox/<device id>/00000007.bundle      from the device to the hub
 *     <folder>/<hub id>/outbox/<device id>/00000007.bundle     from the hub to the device
 *
 * Written under a temporary name that begins with a dot, brought to the disk, renamed. The receiver removes
 * what it took. Names mean nothing: files are read in the order of what they claim to be. Files take the
 * folder's group, so that two accounts can exchange. */
#ifndef SYNC_TRANSPORT_DIR_H
#define SYNC_TRANSPORT_DIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

struct transport {
	const char *folder;		/* the caller's */
	const char *hub;		/* the hub's id */
	gid_t group;
};

/* The folder must exist: ERR_UNREACHED. */
int transport_open(struct transport *t, const char *folder, const char *hub, struct err *e);

/* <folder>/<hub>/<box>[/<device>], the caller frees. NULL when a part of it below the folder is a symbolic link:
 * what is read is removed, and a link would let whoever may write there have files elsewhere removed. */
char *transport_path(const struct transport *t, const char *box, const char *device, struct err *e);
/* The same, made with its parents where it is missing. NULL on failure. */
char *transport_make(const struct transport *t, const char *box, const char *device, struct err *e);

/* Puts a bundle there. *written is false when the very same file is there already. */
int transport_put(const struct transport *t, const char *path, int64_t seq, const void *file, size_t len,
    bool *written, struct err *e);

/* Removes what an interrupted transport_put() left in a folder that this store alone writes to. */
void transport_tidy(const char *path);

/* Calls each() for every file in a folder, ordered by sender, enrolment and number that it claims; those that
 * claim nothing come first. No folder: no files. */
typedef int (*transport_fn)(void *context, const char *path, struct err *e);
int transport_each(const char *path, transport_fn each, void *context, struct err *e);

/* The same files as a list, so that one can be looked at now and the next one later; `bytes`: of all of them. The caller frees. */
struct transport_files { char **paths; size_t count; int64_t bytes; };
int transport_list(const char *path, struct transport_files *out, struct err *e);
void transport_list_free(struct transport_files *files);

bool transport_is_link(const char *path);

#endif
