/* The database: whole pages, each sealed under its number. */
#include <string.h>

#include "crypto/secret.h"
#include "seal/vfs_file.h"

#define DOMAIN_PAGE 'P'
#define RUN_PAGES 16

struct page_file {
	sqlite3_file base;
	struct vfs *v;
	int lock;			/* the level that SQLite believes in; the file is this process's from before until after */
	struct run run;
	unsigned char page[VFS_PAGE];	/* for reads of a part */
};

static void associated(uint32_t number, unsigned char ad[5])
{
	ad[0] = DOMAIN_PAGE;
	ad[1] = (unsigned char)(number >> 24);
	ad[2] = (unsigned char)(number >> 16);
	ad[3] = (unsigned char)(number >> 8);
	ad[4] = (unsigned char)number;
}

static sqlite3_int64 place(uint32_t number)
{
	return VFS_DATABASE + (sqlite3_int64)(number - 1) * VFS_PAGE;
}

void vfs_page_seal(struct vfs *v, uint32_t number, const unsigned char *page, unsigned char *sealed)
{
	unsigned char ad[5];

	associated(number, ad);
	seal(VFS_PAGE_KEY(v), ad, sizeof ad, page, VFS_PAGE_TEXT, sealed, sealed + VFS_PAGE_TEXT);
}

/* A page past the end is as wrong as one that does not open: SQLite asks only for pages that are part of the database, and would take
 * the zeros of a short read for their content. */
int vfs_page_load(struct vfs *v, uint32_t number, unsigned char *out)
{
	unsigned char sealed[VFS_PAGE], ad[5];
	int rc = v->file->pMethods->xRead(v->file, sealed, VFS_PAGE, place(number));

	if (rc == SQLITE_IOERR_SHORT_READ)
		rc = SQLITE_IOERR_DATA;
	if (rc == SQLITE_OK) {
		associated(number, ad);
		if (seal_open(VFS_PAGE_KEY(v), ad, sizeof ad, sealed, VFS_PAGE_TEXT, sealed + VFS_PAGE_TEXT, out) == 0) {
			memset(out + VFS_PAGE_TEXT, 0, SEAL_EXTRA);
			return SQLITE_OK;
		}
		rc = SQLITE_IOERR_DATA;
	}
	memset(out, 0, VFS_PAGE);
	return rc;
}

/* SQLite looks at the first 100 bytes when it opens the file, before it recovers the log. When a power loss tore page 1 during a
 * checkpoint, the real page is still in the log; this much is what SQLite must know to get there. */
static void stand_in_header(unsigned char *out, int len)
{
	static const unsigned char header[100] = {
		'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f', 'o', 'r', 'm', 'a', 't', ' ', '3', 0,
		VFS_PAGE >> 8, VFS_PAGE & 0xff, 2, 2, SEAL_EXTRA, 64, 32, 32
	};

	memset(out, 0, (size_t)len);
	memcpy(out, header, (size_t)len < sizeof header ? (size_t)len : sizeof header);
}

static int page_read(sqlite3_file *file, void *data, int len, sqlite3_int64 offset)
{
	struct page_file *f = (struct page_file *)file;
	uint32_t number = (uint32_t)(offset / VFS_PAGE) + 1;
	size_t within = (size_t)(offset % VFS_PAGE);
	int rc = run_flush(&f->run, f->v->file);

	if (rc != SQLITE_OK)
		return rc;
	if (within == 0 && len == VFS_PAGE)
		return vfs_page_load(f->v, number, data);
	if (within + (size_t)len > VFS_PAGE)
		return SQLITE_IOERR_READ;
	rc = vfs_page_load(f->v, number, f->page);
	if (rc == SQLITE_IOERR_DATA && offset == 0 && f->v->stand_in) {
		stand_in_header(data, len);
		return SQLITE_OK;
	}
	memcpy(data, f->page + within, (size_t)len);
	return rc;
}

static bool reserved_is_zero(const unsigned char *page)
{
	static const unsigned char zero[SEAL_EXTRA];

	return memcmp(page + VFS_PAGE_TEXT, zero, SEAL_EXTRA) == 0;
}

/* Where the unused space of a page of a b-tree lies, between the pointers to its cells and the cells. Other pages begin with the number of a page, whose
 * first byte is none of the four that say what kind of tree it is, in a file of less than 128 GiB. */
static bool find_unused(const struct vfs *v, uint32_t number, const unsigned char *page, size_t *from, size_t *to)
{
	const unsigned char *head = page + (number == 1 ? 100 : 0);
	size_t cells = (size_t)head[3] << 8 | head[4];

	if ((head[0] != 2 && head[0] != 5 && head[0] != 10 && head[0] != 13) || v->pages >= 0x02000000)
		return false;
	*from = (size_t)(head - page) + (head[0] < 8 ? 12 : 8) + 2 * cells;
	*to = (size_t)head[5] << 8 | head[6];
	return *from < *to && *to <= VFS_PAGE_TEXT;
}

static bool is_zero(const unsigned char *p, size_t len)
{
	return len == 0 || (p[0] == 0 && memcmp(p, p + 1, len - 1) == 0);
}

bool vfs_page_remains(const struct vfs *v, uint32_t number, const unsigned char *page)
{
	size_t from, to;

	return find_unused(v, number, page, &from, &to) && !is_zero(page + from, to - from);
}

/* The page, or a copy of it: SQLite's own is never changed. */
static const unsigned char *without_remains(struct page_file *f, uint32_t number, const unsigned char *page)
{
	size_t from, to;

	if (!find_unused(f->v, number, page, &from, &to) || is_zero(page + from, to - from))
		return page;
	memcpy(f->page, page, VFS_PAGE);
	memset(f->page + from, 0, to - from);
	return f->page;
}

static int put(struct page_file *f, uint32_t number, const unsigned char *page)
{
	unsigned char *slot;
	int rc = run_slot(&f->run, f->v->file, place(number), &slot);

	if (rc != SQLITE_OK)
		return rc;
	vfs_page_seal(f->v, number, without_remains(f, number, page), slot);
	f->run.count++;
	if (number > f->v->pages)
		f->v->pages = number;
	return SQLITE_OK;
}

/* Sealed zero pages up to `pages`, so that no page within the file fails to open. */
static int grow_to(struct page_file *f, uint32_t pages)
{
	static const unsigned char zero[VFS_PAGE];

	while (f->v->pages < pages) {
		int rc = put(f, f->v->pages + 1, zero);

		if (rc != SQLITE_OK)
			return rc;
	}
	return SQLITE_OK;
}

static int page_write(sqlite3_file *file, const void *data, int len, sqlite3_int64 offset)
{
	struct page_file *f = (struct page_file *)file;
	uint32_t number = (uint32_t)(offset / VFS_PAGE) + 1;
	int rc;

	if (len != VFS_PAGE || offset % VFS_PAGE != 0 || !reserved_is_zero(data))
		return SQLITE_IOERR_WRITE;
	rc = grow_to(f, number - 1);
	return rc == SQLITE_OK ? put(f, number, data) : rc;
}

static int page_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct page_file *f = (struct page_file *)file;
	uint32_t pages = (uint32_t)(size / VFS_PAGE);
	int rc;

	if (size % VFS_PAGE != 0)
		return SQLITE_IOERR_TRUNCATE;
	rc = grow_to(f, pages);
	if (rc == SQLITE_OK)
		rc = run_flush(&f->run, f->v->file);
	if (rc == SQLITE_OK)
		rc = f->v->file->pMethods->xTruncate(f->v->file, VFS_DATABASE + size);
	if (rc == SQLITE_OK)
		f->v->pages = pages;
	return rc;
}

static int page_sync(sqlite3_file *file, int flags)
{
	struct page_file *f = (struct page_file *)file;
	int rc = run_flush(&f->run, f->v->file);

	return rc == SQLITE_OK ? f->v->file->pMethods->xSync(f->v->file, flags) : rc;
}

static int page_size(sqlite3_file *file, sqlite3_int64 *size)
{
	struct page_file *f = (struct page_file *)file;

	*size = (sqlite3_int64)f->v->pages * VFS_PAGE;
	return SQLITE_OK;
}

static int page_lock(sqlite3_file *file, int level)
{
	struct page_file *f = (struct page_file *)file;

	if (level > f->lock)
		f->lock = level;
	return SQLITE_OK;
}

static int page_unlock(sqlite3_file *file, int level)
{
	struct page_file *f = (struct page_file *)file;

	if (level < f->lock)
		f->lock = level;
	return SQLITE_OK;
}

static int page_reserved(sqlite3_file *file, int *held)
{
	(void)file;
	*held = 0;
	return SQLITE_OK;
}

/* Pragmas after which something readable could reach the disk, or a page be left unwritten. What they ask is answered, what they
 * set is refused unless it is what stands already. */
static int guard_pragma(char **words)
{
	static const struct { const char *name, *allowed[3]; } guarded[] = {
		{ "journal_mode", { "wal" } },
		{ "locking_mode", { "exclusive" } },
		{ "temp_store", { "file", "1" } },
		{ "auto_vacuum", { "none", "0" } },
		{ "secure_delete", { "on", "1", "true" } },
		{ "mmap_size", { "0" } },
		{ "temp_store_directory", { "" } },
	};

	if (words[2] == NULL)
		return SQLITE_NOTFOUND;
	for (size_t i = 0; i < sizeof guarded / sizeof guarded[0]; i++) {
		if (sqlite3_stricmp(words[1], guarded[i].name) != 0)
			continue;
		for (size_t k = 0; k < 3 && guarded[i].allowed[k] != NULL; k++)
			if (sqlite3_stricmp(words[2], guarded[i].allowed[k]) == 0)
				return SQLITE_NOTFOUND;
		words[0] = sqlite3_mprintf("a sealed store refuses %s=%s", words[1], words[2]);
		return SQLITE_ERROR;
	}
	return SQLITE_NOTFOUND;
}

static int page_control(sqlite3_file *file, int op, void *arg)
{
	struct page_file *f = (struct page_file *)file;

	switch (op) {
	case SQLITE_FCNTL_SIZE_HINT:	/* both would leave pages that nobody sealed */
	case SQLITE_FCNTL_CHUNK_SIZE:
		return SQLITE_OK;
	case SQLITE_FCNTL_MMAP_SIZE:
		*(sqlite3_int64 *)arg = 0;
		return SQLITE_OK;
	case SQLITE_FCNTL_PRAGMA:
		return guard_pragma(arg);
	case SQLITE_FCNTL_HAS_MOVED:
	case SQLITE_FCNTL_LAST_ERRNO:
		return f->v->file->pMethods->xFileControl(f->v->file, op, arg);
	default:
		return SQLITE_NOTFOUND;
	}
}

static int page_close(sqlite3_file *file)
{
	struct page_file *f = (struct page_file *)file;
	int rc = run_flush(&f->run, f->v->file);

	run_release(&f->run);
	secret_wipe(f->page, sizeof f->page);
	f->v->attached = false;
	return rc;
}

/* Version 1: there are no methods for shared memory at all, so that a connection which is not EXCLUSIVE cannot use the log. */
const sqlite3_io_methods vfs_page_methods = {
	.iVersion = 1,
	.xClose = page_close,
	.xRead = page_read,
	.xWrite = page_write,
	.xTruncate = page_truncate,
	.xSync = page_sync,
	.xFileSize = page_size,
	.xLock = page_lock,
	.xUnlock = page_unlock,
	.xCheckReservedLock = page_reserved,
	.xFileControl = page_control,
	.xSectorSize = vfs_sector_size,
	.xDeviceCharacteristics = vfs_characteristics,
};

size_t vfs_page_file_size(void)
{
	return sizeof(struct page_file);
}

void vfs_page_attach(struct vfs *v, sqlite3_file *file)
{
	struct page_file *f = (struct page_file *)file;

	*f = (struct page_file){ .base.pMethods = &vfs_page_methods, .v = v };
	run_init(&f->run, VFS_PAGE, RUN_PAGES);
	v->attached = true;
}
