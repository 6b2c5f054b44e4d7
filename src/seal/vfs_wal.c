/* The write-ahead log: a plain header of 32 bytes, then frames of 24 + 4096 bytes.
 *
 * The last 8 of the 24 are SQLite's checksum over plaintext. They are sealed together with the page, which follows them at once; the
 * 16 before them (page number, size of the database, salts) stay plain and are bound in, with the frame's index. SQLite writes a
 * frame's header and then its page: the header is held back until the page comes. It also writes a page alone (changed again in one
 * transaction) and a header alone (the checksums after that): the frame is then opened, changed and sealed anew. */
#include <string.h>

#include "crypto/secret.h"
#include "seal/vfs_file.h"

#define DOMAIN_FRAME 'W'
#define LOG_HEADER 32
#define FRAME_HEADER 24
#define FRAME_PLAIN 16			/* of the header: what stays readable */
#define FRAME (FRAME_HEADER + VFS_PAGE)
#define FRAME_TEXT (FRAME - FRAME_PLAIN - SEAL_EXTRA)
#define RUN_FRAMES 16

struct wal_file {
	sqlite3_file base;
	struct vfs *v;
	sqlite3_file *file;		/* the log, opened by the VFS underneath; lies behind this struct */
	struct run run;
	uint32_t held_index;		/* frame whose header waits for its page; 0: none */
	unsigned char held[FRAME_HEADER];
	uint32_t index;			/* frame that `plain` holds, as it is or will be in the file; 0: none */
	uint32_t overwritten;		/* first frame whose page this transaction wrote again; 0: none */
	bool written;			/* this connection wrote a frame: from now on each must open */
	unsigned char plain[FRAME], sealed[FRAME];
};

static sqlite3_int64 place(uint32_t index)
{
	return LOG_HEADER + (sqlite3_int64)(index - 1) * FRAME;
}

static void associated(uint32_t index, const unsigned char *frame, unsigned char ad[1 + FRAME_PLAIN + 4])
{
	ad[0] = DOMAIN_FRAME;
	memcpy(ad + 1, frame, FRAME_PLAIN);
	ad[17] = (unsigned char)(index >> 24);
	ad[18] = (unsigned char)(index >> 16);
	ad[19] = (unsigned char)(index >> 8);
	ad[20] = (unsigned char)index;
}

/* Brings frame `index` into w->plain. */
static int load(struct wal_file *w, uint32_t index)
{
	unsigned char ad[1 + FRAME_PLAIN + 4];
	int rc;

	if (w->index == index)
		return SQLITE_OK;
	w->index = 0;
	if (run_covers(&w->run, place(index), FRAME)) {
		rc = run_flush(&w->run, w->file);
		if (rc != SQLITE_OK)
			return rc;
	}
	rc = w->file->pMethods->xRead(w->file, w->sealed, FRAME, place(index));
	if (rc == SQLITE_IOERR_SHORT_READ)
		return SQLITE_IOERR_DATA;
	if (rc != SQLITE_OK)
		return rc;
	associated(index, w->sealed, ad);
	if (seal_open(VFS_WAL_KEY(w->v), ad, sizeof ad, w->sealed + FRAME_PLAIN, FRAME_TEXT, w->sealed + FRAME - SEAL_EXTRA,
	    w->plain + FRAME_PLAIN) != 0)
		return SQLITE_IOERR_DATA;
	memcpy(w->plain, w->sealed, FRAME_PLAIN);
	memset(w->plain + FRAME - SEAL_EXTRA, 0, SEAL_EXTRA);
	w->index = index;
	return SQLITE_OK;
}

/* Seals w->plain as frame `index` and queues it. */
static int save(struct wal_file *w, uint32_t index)
{
	unsigned char ad[1 + FRAME_PLAIN + 4], *slot;
	int rc = run_slot(&w->run, w->file, place(index), &slot);

	if (rc != SQLITE_OK) {
		w->index = 0;
		return rc;
	}
	associated(index, w->plain, ad);
	memcpy(slot, w->plain, FRAME_PLAIN);
	seal(VFS_WAL_KEY(w->v), ad, sizeof ad, w->plain + FRAME_PLAIN, FRAME_TEXT, slot + FRAME_PLAIN, slot + FRAME - SEAL_EXTRA);
	w->run.count++;
	w->index = index;
	w->written = true;
	return SQLITE_OK;
}

/* A header that waits and got no page is a header alone. */
static int flush_held(struct wal_file *w)
{
	int rc;

	if (w->held_index == 0)
		return SQLITE_OK;
	rc = load(w, w->held_index);
	if (rc == SQLITE_OK) {
		memcpy(w->plain, w->held, FRAME_HEADER);
		rc = save(w, w->held_index);
	}
	if (rc == SQLITE_OK)
		w->held_index = 0;
	return rc;
}

static int flush(struct wal_file *w)
{
	int rc = flush_held(w);

	return rc == SQLITE_OK ? run_flush(&w->run, w->file) : rc;
}

static bool find_frame(sqlite3_int64 offset, uint32_t *index, size_t *within)
{
	sqlite3_int64 number = (offset - LOG_HEADER) / FRAME;

	if (offset < LOG_HEADER || number >= UINT32_MAX - 1)
		return false;
	*index = (uint32_t)number + 1;
	*within = (size_t)((offset - LOG_HEADER) % FRAME);
	return true;
}

static int wal_read(sqlite3_file *file, void *data, int len, sqlite3_int64 offset)
{
	struct wal_file *w = (struct wal_file *)file;
	uint32_t index;
	size_t within;
	int rc = flush_held(w);

	if (rc != SQLITE_OK)
		return rc;
	if (offset + len <= LOG_HEADER) {
		rc = run_flush(&w->run, w->file);
		return rc == SQLITE_OK ? w->file->pMethods->xRead(w->file, data, len, offset) : rc;
	}
	if (!find_frame(offset, &index, &within) || within + (size_t)len > FRAME)
		return SQLITE_IOERR_READ;
	rc = load(w, index);
	if (rc == SQLITE_OK) {
		memcpy(data, w->plain + within, (size_t)len);
		return SQLITE_OK;
	}
	memset(data, 0, (size_t)len);
	if (rc == SQLITE_IOERR_DATA && within == 0 && len == FRAME && !w->written)
		return SQLITE_OK;	/* recovery reads whole frames: here the log ends */
	return rc;
}

/* After a page was written again, SQLite appends frames without salts and checksums, and fills them in before the commit, from the
 * first such page on. When a savepoint was rolled back to before that page, it begins behind the end instead and fills in nothing
 * (3.40.1 does): the commit would be said to be done, and it and the next ones would be gone after a crash. Such an append is
 * refused, so that the transaction fails instead. */
static bool lost_checksums(struct wal_file *w, uint32_t index)
{
	static const unsigned char zero[FRAME_HEADER - 8];

	if (memcmp(w->held + 8, zero, sizeof zero) != 0) {
		w->overwritten = 0;
		return false;
	}
	return w->overwritten == 0 || index <= w->overwritten;
}

static int write_page(struct wal_file *w, uint32_t index, const unsigned char *page)
{
	static const unsigned char zero[SEAL_EXTRA];
	int rc;

	if (memcmp(page + VFS_PAGE_TEXT, zero, SEAL_EXTRA) != 0)
		return SQLITE_IOERR_WRITE;
	if (w->held_index == index) {
		if (lost_checksums(w, index)) {
			w->held_index = 0;
			return SQLITE_IOERR_WRITE;
		}
		memcpy(w->plain, w->held, FRAME_HEADER);
	} else {
		rc = flush_held(w);
		if (rc == SQLITE_OK)
			rc = load(w, index);
		if (rc != SQLITE_OK)
			return rc;
		if (w->overwritten == 0 || index < w->overwritten)
			w->overwritten = index;
	}
	memcpy(w->plain + FRAME_HEADER, page, VFS_PAGE);
	rc = save(w, index);
	if (w->held_index == index)
		w->held_index = 0;
	return rc;
}

static int write_frame_header(struct wal_file *w, uint32_t index, const unsigned char *header)
{
	int rc = flush_held(w);

	if (rc != SQLITE_OK)
		return rc;
	memcpy(w->held, header, FRAME_HEADER);
	w->held_index = index;
	return SQLITE_OK;
}

static int wal_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	struct wal_file *w = (struct wal_file *)file;
	uint32_t index;
	size_t within;
	int rc;

	if (offset == 0 && len == LOG_HEADER) {
		rc = flush(w);
		return rc == SQLITE_OK ? w->file->pMethods->xWrite(w->file, data, len, offset) : rc;
	}
	if (!find_frame(offset, &index, &within))
		return SQLITE_IOERR_WRITE;
	if (within == 0 && len == FRAME_HEADER)
		return write_frame_header(w, index, data);
	if (within == FRAME_HEADER && len == VFS_PAGE)
		return write_page(w, index, data);
	return SQLITE_IOERR_WRITE;
}

static int wal_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct wal_file *w = (struct wal_file *)file;
	int rc = flush(w);

	w->index = 0;
	return rc == SQLITE_OK ? w->file->pMethods->xTruncate(w->file, size) : rc;
}

static int wal_sync(sqlite3_file *file, int flags)
{
	struct wal_file *w = (struct wal_file *)file;
	int rc = flush(w);

	return rc == SQLITE_OK ? w->file->pMethods->xSync(w->file, flags) : rc;
}

static int wal_size(sqlite3_file *file, sqlite3_int64 *size)
{
	struct wal_file *w = (struct wal_file *)file;
	int rc = flush(w);

	return rc == SQLITE_OK ? w->file->pMethods->xFileSize(w->file, size) : rc;
}

static int wal_lock(sqlite3_file *file, int level)
{
	(void)file;
	(void)level;
	return SQLITE_OK;
}

static int wal_reserved(sqlite3_file *file, int *held)
{
	(void)file;
	*held = 0;
	return SQLITE_OK;
}

static int wal_control(sqlite3_file *file, int op, void *arg)
{
	(void)file;
	(void)arg;
	return op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE ? SQLITE_OK : SQLITE_NOTFOUND;
}

static int wal_close(sqlite3_file *file)
{
	struct wal_file *w = (struct wal_file *)file;
	int rc = flush(w), closed = w->file->pMethods->xClose(w->file);

	run_release(&w->run);
	secret_wipe(w->plain, sizeof w->plain);
	return rc == SQLITE_OK ? closed : rc;
}

const sqlite3_io_methods vfs_wal_methods = {
	.iVersion = 1,
	.xClose = wal_close,
	.xRead = wal_read,
	.xWrite = wal_write,
	.xTruncate = wal_truncate,
	.xSync = wal_sync,
	.xFileSize = wal_size,
	.xLock = wal_lock,
	.xUnlock = wal_lock,
	.xCheckReservedLock = wal_reserved,
	.xFileControl = wal_control,
	.xSectorSize = vfs_sector_size,
	.xDeviceCharacteristics = vfs_characteristics,
};

static size_t behind(void)
{
	return (sizeof(struct wal_file) + 15) & ~(size_t)15;
}

size_t vfs_wal_file_size(struct vfs *v)
{
	return behind() + (size_t)v->under->szOsFile;
}

int vfs_wal_open(struct vfs *v, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct wal_file *w = (struct wal_file *)file;
	int rc;

	memset(w, 0, vfs_wal_file_size(v));
	w->v = v;
	w->file = (sqlite3_file *)((char *)file + behind());
	rc = v->under->xOpen(v->under, name, w->file, flags | SQLITE_OPEN_NOFOLLOW, out_flags);
	if (rc != SQLITE_OK) {
		if (w->file->pMethods != NULL)
			w->file->pMethods->xClose(w->file);
		return rc;
	}
	run_init(&w->run, FRAME, RUN_FRAMES);
	w->base.pMethods = &vfs_wal_methods;
	return SQLITE_OK;
}
