/* vfs_file: what the parts of the VFS share: vfs.c (the file and the registration), vfs_page.c (the database), vfs_wal.c (its log),
 * vfs_temp.c (what a sort puts aside). */
#ifndef SEAL_VFS_FILE_H
#define SEAL_VFS_FILE_H

#include "crypto/seal.h"
#include "seal/vfs.h"

#define VFS_PAGE_TEXT (VFS_PAGE - SEAL_EXTRA)	/* what of a page is SQLite's */

/* A row of neighbouring units (sealed pages or frames) that is written in one go. */
struct run {
	unsigned char *data;
	size_t unit, count, room;
	sqlite3_int64 offset;		/* of the first, in the file */
};

struct vfs {
	sqlite3_vfs base;		/* what SQLite knows; pAppData points back here */
	sqlite3_vfs *under;
	sqlite3_file *file;		/* the store, opened by `under` */
	const char *full;		/* from sqlite3_create_filename */
	char *path, *wal_path;
	char name[64];
	unsigned char *keys;		/* guarded: the pages', the log's, and that of the temporary files */
	uint64_t temporaries;		/* files opened so far */
	bool registered;
	bool attached;			/* SQLite has the database open */
	bool stand_in;			/* a torn first page may be stood in for */
	uint32_t pages;			/* whole pages in the file, with those that wait in a run */
};

#define VFS_PAGE_KEY(v) ((v)->keys)
#define VFS_WAL_KEY(v) ((v)->keys + SEAL_KEY_SIZE)
#define VFS_TEMPORARY_KEY(v) ((v)->keys + 2 * SEAL_KEY_SIZE)

/* Files as SQLite sees them; the structs begin with sqlite3_file. */
extern const sqlite3_io_methods vfs_page_methods, vfs_wal_methods, vfs_temp_methods;
size_t vfs_page_file_size(void);
size_t vfs_wal_file_size(struct vfs *v);
void vfs_page_attach(struct vfs *v, sqlite3_file *file);
size_t vfs_temp_file_size(void);
void vfs_temp_attach(struct vfs *v, sqlite3_file *file);
int vfs_wal_open(struct vfs *v, const char *name, sqlite3_file *file, int flags, int *out_flags);

void vfs_page_seal(struct vfs *v, uint32_t number, const unsigned char *page, unsigned char *sealed);
/* Reads and opens page `number` (from 1): SQLITE_OK, SQLITE_IOERR_DATA, or the read's own failure. `out` holds a page. */
int vfs_page_load(struct vfs *v, uint32_t number, unsigned char *out);

/* True when the unused space of a page of a tree is not empty. */
bool vfs_page_remains(const struct vfs *v, uint32_t number, const unsigned char *page);

void run_init(struct run *r, size_t unit, size_t room);
void run_release(struct run *r);
/* Room for the unit that stands at `offset` (which is after, or anywhere apart from, what waits already). The caller fills it and
 * then adds one to count. */
int run_slot(struct run *r, sqlite3_file *file, sqlite3_int64 offset, unsigned char **slot);
bool run_covers(const struct run *r, sqlite3_int64 offset, sqlite3_int64 len);
/* Writes what waits. After a failure it is still there. */
int run_flush(struct run *r, sqlite3_file *file);

/* Answers that every kind of file gives. */
int vfs_sector_size(sqlite3_file *file);
int vfs_characteristics(sqlite3_file *file);

#endif
