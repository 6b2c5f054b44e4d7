/* vfs: the file of a store, its pages sealed on their way between SQLite and the disk.
 *
 *     0     header, copy A (header.h)
 *     4096  header, copy B
 *     8192  the SQLite database, every offset shifted by 8192
 *     beside it "-wal", SQLite's write-ahead log with sealed frames; nothing else is ever opened by a name
 *
 * Life: vfs_open → vfs_lock → the header is read and unlocked through vfs_raw_…() → vfs_register with the data key → SQLite opens
 * vfs_path() by the VFS named vfs_name() → sqlite3_close → vfs_close. There is one descriptor of the file in all this time, so that no
 * close() elsewhere can drop its POSIX locks.
 *
 * Invariants:
 * 1. Page size 4096 with 40 reserved bytes: nonce and tag of XChaCha20-Poly1305. SQLite sees zeros there, and its buffers are
 *    never written to by a write.
 * 2. A page is bound to its number, a frame of the log to its index and its plain header; what does not open is never handed out:
 *    a page that fails is SQLITE_IOERR_DATA, a frame that fails while the log is recovered is the end of the log.
 * 3. What SQLite was told is written may wait in memory (a header of a frame for its page, neighbouring pages for each other), but
 *    never longer than to the next sync, and never dropped for an error.
 * 4. Only the database and its log are opened, and files without a name for what does not fit into memory (a sort, temporary tables), sealed with a key that
 *    ends with the connection: with temp_store=FILE memory does not grow with the store. Journals, super-journals and attached databases are refused, and so are
 *    the pragmas that would want one. With locking_mode=EXCLUSIVE there is no shared wal-index.
 * 5. Every page up to the end of the file opens, but for the one at SQLite's lock byte (1 GiB), which holds nothing: secure_delete, which
 *    must stay on, has every page written that is part of the database.
 * 6. No page of a tree reaches the database with anything in its unused space. secure_delete overwrites what is deleted where it lies, but not the
 *    copies that SQLite leaves behind when it moves cells from page to page; they may be in the log, until it was brought into the database. */
#ifndef SEAL_VFS_H
#define SEAL_VFS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define VFS_PAGE 4096
#define VFS_DATABASE 8192		/* where the database begins: behind two copies of the header */
#define VFS_KEY_SIZE 32

struct vfs;

/* The absolute form of a path, links resolved; the last part need not exist. The caller frees. NULL when it is too long. */
char *vfs_full_path(const char *path, const char *under, struct err *e);

/* Opens the file of an existing store, or makes a new empty one (0600; must not exist) when `create`. `under` names the VFS that does
 * the work, NULL for the system's own. Takes no lock. -1: ERR_REFUSED with words. */
int vfs_open(const char *path, const char *under, bool create, struct vfs **out, struct err *e);

/* Takes the file for this process alone, until vfs_close. ERR_IN_USE when another has it. */
int vfs_lock(struct vfs *v, struct err *e);

/* The file itself. read: bytes past the end read as zeros. 0, or -1 with *e filled. */
int vfs_raw_read(struct vfs *v, int64_t offset, void *data, size_t len, struct err *e);
int vfs_raw_write(struct vfs *v, int64_t offset, const void *data, size_t len, struct err *e);
int vfs_raw_sync(struct vfs *v, struct err *e);
int64_t vfs_raw_size(struct vfs *v);			/* -1 when it cannot be told */

/* Derives the keys of database and log from the data key and makes the VFS known to SQLite under vfs_name(). */
int vfs_register(struct vfs *v, const unsigned char key[VFS_KEY_SIZE], struct err *e);

/* Writes the first page of an empty database, in WAL mode and with the reserved bytes, so that SQLite never has to change its journal
 * mode. For a new store, after vfs_register. */
int vfs_format(struct vfs *v, struct err *e);

const char *vfs_name(const struct vfs *v);
const char *vfs_path(const struct vfs *v);		/* absolute, links resolved */

/* Opens every page of the file. 0, or -1 (ERR_DAMAGED) naming the first that fails. For a database without a log that is waiting. */
int vfs_check(struct vfs *v, struct err *e);

/* Whether a page has something in its unused space: one that a program without invariant 6 wrote. For a database without a log that is waiting. */
int vfs_remains(struct vfs *v, bool *found, struct err *e);

/* The connection must be closed. Closes the file, releases the lock, wipes the keys. NULL is fine. */
void vfs_close(struct vfs *v);

/* The negative control of the power-loss test: without the stand-in for a torn first page. */
void vfs_without_stand_in(struct vfs *v);

#endif
