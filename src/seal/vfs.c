#include "seal/vfs_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/kdf.h"
#include "crypto/secret.h"

#define KEY_CONTEXT "lnstore "		/* crypto_kdf's eight characters */
#define KEY_PAGES 1
#define KEY_WAL 2

#define LOCK_PAGE (0x40000000u / VFS_PAGE + 1)	/* SQLite's lock byte lies there, and nothing else */

int vfs_sector_size(sqlite3_file *file)
{
	(void)file;
	return VFS_PAGE;
}

/* Powersafe overwrite is claimed because SQLite would otherwise split a frame's write in two; every other promise would be about
 * plain writes of the disk's own, which these are not. */
int vfs_characteristics(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* -- the registration: what SQLite may open, delete and look for ------------------------------------------------------ */

static struct vfs *self(sqlite3_vfs *base)
{
	return base->pAppData;
}

#define TEMPORARY (SQLITE_OPEN_TEMP_DB | SQLITE_OPEN_TRANSIENT_DB | SQLITE_OPEN_TEMP_JOURNAL | SQLITE_OPEN_SUBJOURNAL)

/* The guard of "nothing readable reaches the disk": the database, its log, and files without a name, each by methods that seal. Whatever else SQLite may want is
 * refused. */
static int shim_open(sqlite3_vfs *base, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct vfs *v = self(base);

	file->pMethods = NULL;
	if (name != NULL && (flags & SQLITE_OPEN_MAIN_DB) && strcmp(name, v->path) == 0 && !v->attached) {
		vfs_page_attach(v, file);
		if (out_flags != NULL)
			*out_flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE;
		return SQLITE_OK;
	}
	if (name != NULL && (flags & SQLITE_OPEN_WAL) && strcmp(name, v->wal_path) == 0)
		return vfs_wal_open(v, name, file, flags, out_flags);
	if (name == NULL && (flags & TEMPORARY)) {
		vfs_temp_attach(v, file);
		if (out_flags != NULL)
			*out_flags = flags;
		return SQLITE_OK;
	}
	return SQLITE_CANTOPEN;
}

static int shim_delete(sqlite3_vfs *base, const char *name, int sync_folder)
{
	struct vfs *v = self(base);

	if (strcmp(name, v->wal_path) != 0)
		return SQLITE_IOERR_DELETE_NOENT;
	return v->under->xDelete(v->under, name, sync_folder);
}

/* A journal that somebody put beside the store must not be seen: it would be rolled back through here and so be sealed with the
 * right key. */
static int shim_access(sqlite3_vfs *base, const char *name, int flags, int *out)
{
	struct vfs *v = self(base);

	*out = 0;
	if (strcmp(name, v->wal_path) != 0 && strcmp(name, v->path) != 0)
		return SQLITE_OK;
	return v->under->xAccess(v->under, name, flags, out);
}

static int shim_full_path(sqlite3_vfs *base, const char *name, int size, char *out)
{
	return self(base)->under->xFullPathname(self(base)->under, name, size, out);
}

static int shim_random(sqlite3_vfs *base, int len, char *out)
{
	(void)base;
	crypto_random(out, (size_t)len);
	return len;
}

static int shim_sleep(sqlite3_vfs *base, int us)
{
	return self(base)->under->xSleep(self(base)->under, us);
}

static int shim_time(sqlite3_vfs *base, double *now)
{
	return self(base)->under->xCurrentTime(self(base)->under, now);
}

static int shim_last_error(sqlite3_vfs *base, int len, char *out)
{
	return self(base)->under->xGetLastError(self(base)->under, len, out);
}

int vfs_register(struct vfs *v, const unsigned char key[VFS_KEY_SIZE], struct err *e)
{
	size_t wal = vfs_wal_file_size(v), page = vfs_page_file_size(), temp = vfs_temp_file_size(), most = wal > page ? wal : page;
	int64_t size = vfs_raw_size(v);

	if (size < 0)
		return err_set(e, ERR_REFUSED, _("%s cannot be read"), v->path);
	v->pages = size > VFS_DATABASE ? (uint32_t)((size - VFS_DATABASE) / VFS_PAGE) : 0;
	v->keys = secret_new(3 * (size_t)SEAL_KEY_SIZE);
	kdf_subkey(key, KEY_PAGES, KEY_CONTEXT, VFS_PAGE_KEY(v));
	kdf_subkey(key, KEY_WAL, KEY_CONTEXT, VFS_WAL_KEY(v));
	crypto_random(VFS_TEMPORARY_KEY(v), SEAL_KEY_SIZE);
	snprintf(v->name, sizeof v->name, "sealed-%p", (void *)v);
	v->base = (sqlite3_vfs){
		.iVersion = 1,
		.szOsFile = (int)(most > temp ? most : temp),
		.mxPathname = v->under->mxPathname,
		.zName = v->name,
		.pAppData = v,
		.xOpen = shim_open,
		.xDelete = shim_delete,
		.xAccess = shim_access,
		.xFullPathname = shim_full_path,
		.xRandomness = shim_random,
		.xSleep = shim_sleep,
		.xCurrentTime = shim_time,
		.xGetLastError = shim_last_error,
	};
	if (sqlite3_vfs_register(&v->base, 0) != SQLITE_OK)
		return err_set(e, ERR_REFUSED, _("%s cannot be opened"), v->path);
	v->registered = true;
	return 0;
}

/* -- the file ----------------------------------------------------------------------------------------------------------- */

/* SQLite's own switches, before anything starts it: a statement's journal stays in memory, nobody asks how much memory it uses, and there are
 * no threads. When SQLite runs already they do nothing; a journal that is spilled then is sealed like what a sort puts aside. */
static sqlite3_vfs *start_sqlite(const char *under)
{
	static bool configured;

	if (!configured) {
		sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
		sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		configured = true;
	}
	return sqlite3_vfs_find(under);
}

static int check_place(const char *path, bool create, struct err *e)
{
	struct stat st;
	char *folder;
	bool there;

	if (path[0] == '\0')
		return err_set(e, ERR_REFUSED, _("the store has no name"));
	if (stat(path, &st) == 0) {
		if (create)
			return err_set(e, ERR_REFUSED, _("%s exists already"), path);
		if (!S_ISREG(st.st_mode))
			return err_set(e, ERR_REFUSED, _("%s is not a store: not a regular file"), path);
		return 0;
	}
	if (errno != ENOENT)
		return err_sys(e, ERR_REFUSED, _("%s cannot be opened"), path);
	folder = fs_dirname(path);
	there = fs_is_dir(folder);
	if (!there)
		err_set(e, ERR_REFUSED, _("the folder %s does not exist"), folder);
	free(folder);
	if (!there)
		return -1;
	if (!create)
		return err_set(e, ERR_REFUSED, _("there is no store at %s"), path);
	return 0;
}

/* The mode stands from the first moment, whatever the umask; the VFS underneath gives the log the mode of the database. */
static int make_empty(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_sys(e, ERR_REFUSED, _("%s cannot be made"), path);
	/* A stick with a FAT file system has no modes. */
	if (fchmod(fd, 0600) != 0 && errno != EPERM && errno != ENOTSUP && errno != ENOSYS) {
		err_sys(e, ERR_REFUSED, _("%s cannot be made"), path);
		close(fd);
		unlink(path);
		return -1;
	}
	close(fd);
	return 0;
}

char *vfs_full_path(const char *path, const char *under, struct err *e)
{
	sqlite3_vfs *fs = start_sqlite(under);
	char *full = NULL;

	if (fs != NULL) {
		full = mem_zero(1, (size_t)fs->mxPathname + 1);
		if ((fs->xFullPathname(fs, path, fs->mxPathname, full) & 0xff) == SQLITE_OK)
			return full;
		free(full);
	}
	err_set(e, ERR_REFUSED, _("%s cannot be opened: the name is too long"), path);
	return NULL;
}

static int find_path(struct vfs *v, const char *path, struct err *e)
{
	size_t size;

	v->path = vfs_full_path(path, v->under->zName, e);
	if (v->path == NULL)
		return -1;
	size = strlen(v->path) + sizeof "-wal";
	v->wal_path = mem_alloc(size);
	snprintf(v->wal_path, size, "%s-wal", v->path);
	return 0;
}

static int open_file(struct vfs *v, struct err *e)
{
	int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE, got = 0;

	v->full = sqlite3_create_filename(v->path, "", v->wal_path, 0, NULL);
	v->file = mem_zero(1, (size_t)v->under->szOsFile);
	if (v->full == NULL || v->under->xOpen(v->under, v->full, v->file, flags, &got) != SQLITE_OK)
		return err_sys(e, ERR_REFUSED, _("%s cannot be opened"), v->path);
	if (!(got & SQLITE_OPEN_READWRITE))
		return err_set(e, ERR_REFUSED, _("%s cannot be written to"), v->path);
	return 0;
}

int vfs_open(const char *path, const char *under, bool create, struct vfs **out, struct err *e)
{
	struct vfs *v = mem_zero(1, sizeof *v);

	*out = NULL;
	v->stand_in = true;
	v->under = start_sqlite(under);
	if (v->under == NULL)
		err_set(e, ERR_REFUSED, _("%s cannot be opened"), path);
	else if (check_place(path, create, e) == 0 && find_path(v, path, e) == 0 && (!create || make_empty(v->path, e) == 0)
	    && open_file(v, e) == 0)
		*out = v;
	if (*out == NULL)
		vfs_close(v);
	return *out != NULL ? 0 : -1;
}

int vfs_lock(struct vfs *v, struct err *e)
{
	const sqlite3_io_methods *m = v->file->pMethods;
	int rc = m->xLock(v->file, SQLITE_LOCK_SHARED);

	if (rc == SQLITE_OK)
		rc = m->xLock(v->file, SQLITE_LOCK_EXCLUSIVE);
	if (rc == SQLITE_OK)
		return 0;
	m->xUnlock(v->file, SQLITE_LOCK_NONE);
	if (rc == SQLITE_BUSY)
		return err_set(e, ERR_IN_USE, _("%s is in use by another program"), v->path);
	return err_set(e, ERR_REFUSED, _("%s cannot be locked"), v->path);
}

int vfs_raw_read(struct vfs *v, int64_t offset, void *data, size_t len, struct err *e)
{
	int rc = v->file->pMethods->xRead(v->file, data, (int)len, offset);

	if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
		return err_set(e, ERR_REFUSED, _("%s cannot be read"), v->path);
	return 0;
}

int vfs_raw_write(struct vfs *v, int64_t offset, const void *data, size_t len, struct err *e)
{
	int rc = v->file->pMethods->xWrite(v->file, data, (int)len, offset);

	if (rc == SQLITE_FULL)
		return err_set(e, ERR_REFUSED, _("%s cannot be written: the disk is full"), v->path);
	return rc == SQLITE_OK ? 0 : err_set(e, ERR_REFUSED, _("%s cannot be written"), v->path);
}

int vfs_raw_sync(struct vfs *v, struct err *e)
{
	if (v->file->pMethods->xSync(v->file, SQLITE_SYNC_NORMAL) != SQLITE_OK)
		return err_set(e, ERR_REFUSED, _("%s cannot be written"), v->path);
	return 0;
}

int64_t vfs_raw_size(struct vfs *v)
{
	sqlite3_int64 size;

	return v->file->pMethods->xFileSize(v->file, &size) == SQLITE_OK ? size : -1;
}

int vfs_format(struct vfs *v, struct err *e)
{
	unsigned char page[VFS_PAGE] = {
		[0] = 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0,
		[16] = VFS_PAGE >> 8, VFS_PAGE & 0xff,
		[18] = 2, 2,				/* write and read version: WAL */
		[20] = SEAL_EXTRA, 64, 32, 32,
		[27] = 1,				/* change counter */
		[31] = 1,				/* size in pages */
		[47] = 4,				/* schema format */
		[59] = 1,				/* UTF-8 */
		[95] = 1,				/* the change counter for which the size holds */
		[100] = 0x0d,				/* the table of tables: a leaf without cells … */
		[105] = VFS_PAGE_TEXT >> 8, VFS_PAGE_TEXT & 0xff	/* … whose content begins at the end */
	};
	unsigned char sealed[VFS_PAGE];
	uint32_t version = SQLITE_VERSION_NUMBER;

	for (int i = 0; i < 4; i++)
		page[96 + i] = (unsigned char)(version >> (24 - 8 * i));
	vfs_page_seal(v, 1, page, sealed);
	if (vfs_raw_write(v, VFS_DATABASE, sealed, sizeof sealed, e) != 0)
		return -1;
	v->pages = 1;
	return 0;
}

const char *vfs_name(const struct vfs *v)
{
	return v->name;
}

const char *vfs_path(const struct vfs *v)
{
	return v->path;
}

int vfs_check(struct vfs *v, struct err *e)
{
	int64_t size = vfs_raw_size(v);
	unsigned char page[VFS_PAGE];
	uint32_t number;

	for (number = 1; number <= v->pages; number++) {
		int rc = vfs_page_load(v, number, page);

		if (rc != SQLITE_OK && number != LOCK_PAGE)
			break;
	}
	secret_wipe(page, sizeof page);
	if (number <= v->pages)
		return err_set(e, ERR_DAMAGED, _("%s is damaged or was tampered with: page %lu does not open"), v->path,
		    (unsigned long)number);
	if (size != VFS_DATABASE + (int64_t)v->pages * VFS_PAGE)
		return err_set(e, ERR_DAMAGED, _("%s is damaged or was tampered with: its size is wrong"), v->path);
	return 0;
}

int vfs_remains(struct vfs *v, bool *found, struct err *e)
{
	unsigned char page[VFS_PAGE];
	int rc = SQLITE_OK;

	*found = false;
	for (uint32_t number = 1; number <= v->pages && !*found && rc == SQLITE_OK; number++) {
		if (number == LOCK_PAGE)
			continue;
		rc = vfs_page_load(v, number, page);
		*found = rc == SQLITE_OK && vfs_page_remains(v, number, page);
	}
	secret_wipe(page, sizeof page);
	return rc == SQLITE_OK ? 0 : err_set(e, rc == SQLITE_IOERR_DATA ? ERR_DAMAGED : ERR_REFUSED, _("%s cannot be read"), v->path);
}

void vfs_without_stand_in(struct vfs *v)
{
	v->stand_in = false;
}

void vfs_close(struct vfs *v)
{
	if (v == NULL)
		return;
	bug_if(v->attached);
	if (v->registered)
		sqlite3_vfs_unregister(&v->base);
	if (v->file != NULL && v->file->pMethods != NULL)
		v->file->pMethods->xClose(v->file);
	if (v->full != NULL)
		sqlite3_free_filename(v->full);
	free(v->file);
	free(v->path);
	free(v->wal_path);
	secret_free(v->keys);
	free(v);
}
