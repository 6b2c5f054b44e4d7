/* fsutil: files and folders, durably and without following what strangers left there. */
#ifndef BASE_FSUTIL_H
#define BASE_FSUTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* Reads a file whole into out (appending). With `nofollow`, for what strangers may have left: only a regular file,
 * and no link. Without, for what a person named: a link or a pipe will do, a folder not. Larger than `limit` bytes is
 * refused. All failures: -1, ERR_REFUSED, with the path in the text, and out as it was. */
int fs_read(const char *path, size_t limit, bool nofollow, struct buf *out, struct err *e);
/* The same of a regular file or a link to one: a pipe, which would let the program wait, is refused. */
int fs_read_file(const char *path, size_t limit, struct buf *out, struct err *e);

/* Opens a regular file for reading without following a link and without blocking on a FIFO; refuses anything
 * else and files larger than `limit`. Returns the descriptor (the caller closes) and its size, or -1. */
int fs_open_regular(const char *path, off_t limit, off_t *size, struct err *e);

/* How a temporary name of fs_write() begins; after a crash one may be left. */
#define FS_TEMPORARY ".new-"

/* Writes a file so that after a crash either the old or the new one is there: a temporary name in the same
 * folder, write, fsync, rename, fsync of the folder. `mode` is set whatever the umask. What stands under /dev is
 * written to and never replaced. */
int fs_write(const char *path, const void *data, size_t len, mode_t mode, struct err *e);

/* The same, but fails when the path exists (for new key files). */
int fs_write_new(const char *path, const void *data, size_t len, mode_t mode, struct err *e);

/* A new file in a folder, 0600, that loses its name at once: nobody else opens it, and it is gone when it is closed. `prefix` is what its name begins with for
 * that moment. The descriptor, or -1 with errno. */
int fs_open_nameless(const char *folder, const char *prefix);

/* With parents; existing is fine. New ones get `mode` whatever the umask, and their parent's set-group-ID bit. */
int fs_mkdirs(const char *path, mode_t mode, struct err *e);
int fs_sync_dir(const char *path, struct err *e);
bool fs_exists(const char *path);
bool fs_is_dir(const char *path);

/* Names in a folder, sorted by bytes, without those that begin with a dot. The caller frees with fs_list_free. */
int fs_list(const char *path, char ***names, size_t *count, struct err *e);
void fs_list_free(char **names, size_t count);

/* Joins a folder and a name; the caller frees. */
char *fs_join(const char *folder, const char *name);

/* The folder of a path ("." when it has none); the caller frees. */
char *fs_dirname(const char *path);

/* Full write and read over short counts and EINTR. write: 0 or -1 with errno; read: bytes read (less only at
 * the end) or -1. */
int fs_write_all(int fd, const void *data, size_t len);
ssize_t fs_read_full(int fd, void *data, size_t len);

#endif
