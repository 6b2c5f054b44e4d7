/* What SQLite puts aside when a sort or a temporary table is larger than memory should hold: a file that has lost its name before the first byte is in it, in blocks
 * sealed under a key that was drawn when the store was opened and is nowhere but in memory. Nobody can open it once the program has ended, however it ended.
 *
 * SQLite writes here in pieces of any length. One block is held opened; the file has whole blocks only, each bound to its file and its number. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "crypto/secret.h"
#include "seal/vfs_file.h"

#define DOMAIN_TEMPORARY 'T'
#define BLOCK VFS_PAGE
#define SEALED (BLOCK + SEAL_EXTRA)
#define NO_BLOCK UINT32_MAX

struct temp_file {
	sqlite3_file base;
	struct vfs *v;
	int fd;				/* -1 until the first block is written */
	uint64_t serial;		/* among the files of this store */
	sqlite3_int64 size;		/* as SQLite sees it */
	uint32_t blocks;		/* in the file */
	uint32_t number;		/* of the block that is held, from 0; NO_BLOCK: none */
	bool changed;			/* since it was read or written */
	unsigned char block[BLOCK], sealed[SEALED];
};

static void associated(const struct temp_file *f, uint32_t number, unsigned char ad[1 + 8 + 4])
{
	ad[0] = DOMAIN_TEMPORARY;
	memcpy(ad + 1, &f->serial, 8);
	memcpy(ad + 9, &number, 4);
}

static int failed(int code)
{
	return errno == ENOSPC || errno == EDQUOT ? SQLITE_FULL : code;
}

static int open_nameless(struct temp_file *f)
{
	char *folder = fs_dirname(f->v->path);

	f->fd = fs_open_nameless(folder, ".temporary-");
	free(folder);
	return f->fd >= 0 ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int put(struct temp_file *f, uint32_t number, const unsigned char *block)
{
	unsigned char ad[1 + 8 + 4];
	size_t done = 0;

	if (f->fd < 0 && open_nameless(f) != SQLITE_OK)
		return SQLITE_CANTOPEN;
	associated(f, number, ad);
	seal(VFS_TEMPORARY_KEY(f->v), ad, sizeof ad, block, BLOCK, f->sealed, f->sealed + BLOCK);
	while (done < SEALED) {
		ssize_t n = pwrite(f->fd, f->sealed + done, SEALED - done, (off_t)number * SEALED + (off_t)done);

		if (n < 0 && errno != EINTR)
			return failed(SQLITE_IOERR_WRITE);
		done += n > 0 ? (size_t)n : 0;
	}
	if (number >= f->blocks)
		f->blocks = number + 1;
	return SQLITE_OK;
}

/* Writes the block that is held, and blocks of zeros up to it where the file has a gap there. */
static int flush(struct temp_file *f)
{
	static const unsigned char zero[BLOCK];
	int rc = SQLITE_OK;

	if (!f->changed)
		return SQLITE_OK;
	while (rc == SQLITE_OK && f->blocks < f->number)
		rc = put(f, f->blocks, zero);
	if (rc == SQLITE_OK)
		rc = put(f, f->number, f->block);
	f->changed = rc != SQLITE_OK;
	return rc;
}

static int read_sealed(struct temp_file *f, uint32_t number)
{
	size_t done = 0;

	while (done < SEALED) {
		ssize_t n = pread(f->fd, f->sealed + done, SEALED - done, (off_t)number * SEALED + (off_t)done);

		if (n == 0 || (n < 0 && errno != EINTR))
			return SQLITE_IOERR_READ;
		done += n > 0 ? (size_t)n : 0;
	}
	return SQLITE_OK;
}

/* Block `number` is the one that is held; past the end it is zeros. */
static int hold(struct temp_file *f, uint32_t number)
{
	unsigned char ad[1 + 8 + 4];
	int rc;

	if (f->number == number)
		return SQLITE_OK;
	rc = flush(f);
	if (rc != SQLITE_OK)
		return rc;
	f->number = NO_BLOCK;
	if (number >= f->blocks) {
		memset(f->block, 0, BLOCK);
	} else {
		rc = read_sealed(f, number);
		if (rc != SQLITE_OK)
			return rc;
		associated(f, number, ad);
		if (seal_open(VFS_TEMPORARY_KEY(f->v), ad, sizeof ad, f->sealed, BLOCK, f->sealed + BLOCK, f->block) != 0)
			return SQLITE_IOERR_DATA;
	}
	f->number = number;
	return SQLITE_OK;
}

/* Of `len` bytes at `offset`: how many lie in the first block. */
static size_t within(sqlite3_int64 offset, size_t len)
{
	size_t room = BLOCK - (size_t)(offset % BLOCK);

	return len < room ? len : room;
}

static int temp_read(sqlite3_file *file, void *data, int len, sqlite3_int64 offset)
{
	struct temp_file *f = (struct temp_file *)file;
	sqlite3_int64 there = offset < f->size ? f->size - offset : 0;
	size_t left = there < len ? (size_t)there : (size_t)len;
	unsigned char *out = data;

	memset(out + left, 0, (size_t)len - left);
	while (left > 0) {
		size_t n = within(offset, left);
		int rc = hold(f, (uint32_t)(offset / BLOCK));

		if (rc != SQLITE_OK)
			return rc;
		memcpy(out, f->block + offset % BLOCK, n);
		out += n;
		offset += (sqlite3_int64)n;
		left -= n;
	}
	return there < len ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

static int temp_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	struct temp_file *f = (struct temp_file *)file;
	const unsigned char *in = data;
	size_t left = (size_t)len;

	if (offset < 0 || (offset + len) / BLOCK >= NO_BLOCK)
		return SQLITE_FULL;
	while (left > 0) {
		size_t n = within(offset, left);
		int rc = hold(f, (uint32_t)(offset / BLOCK));

		if (rc != SQLITE_OK)
			return rc;
		memcpy(f->block + offset % BLOCK, in, n);
		f->changed = true;
		in += n;
		offset += (sqlite3_int64)n;
		left -= n;
		if (offset > f->size)
			f->size = offset;
	}
	return SQLITE_OK;
}

/* What is cut off reads as zeros should the file grow again. */
static int temp_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct temp_file *f = (struct temp_file *)file;
	uint32_t blocks = (uint32_t)((size + BLOCK - 1) / BLOCK);

	if (size >= f->size)
		return SQLITE_OK;
	if (size % BLOCK != 0) {
		int rc = hold(f, blocks - 1);

		if (rc != SQLITE_OK)
			return rc;
		memset(f->block + size % BLOCK, 0, BLOCK - (size_t)(size % BLOCK));
		f->changed = true;
	} else if (f->number != NO_BLOCK && f->number >= blocks) {
		f->number = NO_BLOCK;
		f->changed = false;
	}
	if (f->blocks > blocks && ftruncate(f->fd, (off_t)blocks * SEALED) != 0)
		return SQLITE_IOERR_TRUNCATE;
	f->blocks = f->blocks < blocks ? f->blocks : blocks;
	f->size = size;
	return SQLITE_OK;
}

/* Nobody reads it after a crash. */
static int temp_sync(sqlite3_file *file, int flags)
{
	(void)file, (void)flags;
	return SQLITE_OK;
}

static int temp_size(sqlite3_file *file, sqlite3_int64 *size)
{
	*size = ((struct temp_file *)file)->size;
	return SQLITE_OK;
}

static int temp_lock(sqlite3_file *file, int level)
{
	(void)file, (void)level;
	return SQLITE_OK;
}

static int temp_reserved(sqlite3_file *file, int *held)
{
	(void)file;
	*held = 0;
	return SQLITE_OK;
}

static int temp_control(sqlite3_file *file, int op, void *arg)
{
	(void)file, (void)arg;
	return op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE ? SQLITE_OK : SQLITE_NOTFOUND;
}

static int temp_close(sqlite3_file *file)
{
	struct temp_file *f = (struct temp_file *)file;

	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	secret_wipe(f->block, sizeof f->block);
	return SQLITE_OK;
}

const sqlite3_io_methods vfs_temp_methods = {
	.iVersion = 1,
	.xClose = temp_close,
	.xRead = temp_read,
	.xWrite = temp_write,
	.xTruncate = temp_truncate,
	.xSync = temp_sync,
	.xFileSize = temp_size,
	.xLock = temp_lock,
	.xUnlock = temp_lock,
	.xCheckReservedLock = temp_reserved,
	.xFileControl = temp_control,
	.xSectorSize = vfs_sector_size,
	.xDeviceCharacteristics = vfs_characteristics,
};

size_t vfs_temp_file_size(void)
{
	return sizeof(struct temp_file);
}

void vfs_temp_attach(struct vfs *v, sqlite3_file *file)
{
	struct temp_file *f = (struct temp_file *)file;

	memset(f, 0, sizeof *f);
	f->v = v;
	f->fd = -1;
	f->serial = v->temporaries++;
	f->number = NO_BLOCK;
	f->base.pMethods = &vfs_temp_methods;
}
