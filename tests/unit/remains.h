/* remains: whether a text is anywhere in a store's file: in a page of the database, used or not, or in a frame of its log, opened with the store's own keys.
 * What SQLite holds in memory is not looked at. */
#ifndef TESTS_UNIT_REMAINS_H
#define TESTS_UNIT_REMAINS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/seal.h"
#include "store/store_internal.h"
#include "seal/vfs_file.h"
#include "tests/unit/test.h"

static inline int remains_in(const unsigned char *p, size_t len, const char *text)
{
	size_t n = strlen(text);
	int found = 0;

	for (size_t i = 0; i + n <= len; i++)
		found += p[i] == (unsigned char)text[0] && memcmp(p + i, text, n) == 0;
	return found;
}

static inline int remains_in_pages(struct store *s, const char *text)
{
	unsigned char page[VFS_PAGE];
	int found = 0;

	for (uint32_t n = 1; n <= s->vfs->pages; n++)
		if (CHECK_INT(vfs_page_load(s->vfs, n, page), SQLITE_OK))
			found += remains_in(page, VFS_PAGE_TEXT, text);
	return found;
}

/* Frames of the log, opened: 24 bytes, of which 16 are plain, and a page; sealed under 'W', the 16 and the frame's index (vfs_wal.c). Sums what count()
 * says of each; `page` is the whole of it. */
static inline int remains_each_frame(struct store *s, int (*count)(struct store *s, uint32_t number, const unsigned char *page, const char *text), const char *text)
{
	enum { HEADER = 24, PLAIN = 16, FRAME = HEADER + VFS_PAGE, TEXT = FRAME - PLAIN - SEAL_EXTRA };
	static unsigned char frame[FRAME], plain[TEXT];
	unsigned char ad[1 + PLAIN + 4] = { 'W' };
	FILE *f = fopen(s->vfs->wal_path, "rb");
	int found = 0;

	if (f == NULL)
		return 0;
	fseek(f, 32, SEEK_SET);
	for (uint32_t n = 1; fread(frame, FRAME, 1, f) == 1; n++) {
		memcpy(ad + 1, frame, PLAIN);
		for (int i = 0; i < 4; i++)
			ad[1 + PLAIN + i] = (unsigned char)(n >> (24 - 8 * i));
		if (seal_open(VFS_WAL_KEY(s->vfs), ad, sizeof ad, frame + PLAIN, TEXT, frame + FRAME - SEAL_EXTRA, plain) == 0)
			found += count(s, (uint32_t)frame[0] << 24 | (uint32_t)frame[1] << 16 | (uint32_t)frame[2] << 8 | frame[3],
			    plain + HEADER - PLAIN, text);
	}
	fclose(f);
	return found;
}

static inline int remains_text(struct store *s, uint32_t number, const unsigned char *page, const char *text)
{
	(void)s, (void)number;
	return remains_in(page, VFS_PAGE_TEXT, text);
}

static inline int remains_unused(struct store *s, uint32_t number, const unsigned char *page, const char *text)
{
	(void)text;
	return vfs_page_remains(s->vfs, number, page);
}

static inline int remains_in_log(struct store *s, const char *text)
{
	return remains_each_frame(s, remains_text, text);
}

/* Pages in the log with something in their unused space: that SQLite leaves it there at all. */
static inline int remains_unused_in_log(struct store *s)
{
	return remains_each_frame(s, remains_unused, NULL);
}

static inline int remains(struct store *s, const char *text)
{
	return remains_in_pages(s, text) + remains_in_log(s, text);
}

#endif
