/* test_files: what the tests of the store do to files behind its back. Everything here ends the program when the file system fails,
 * which is not what is being tested. */
#ifndef TESTS_UNIT_TEST_FILES_H
#define TESTS_UNIT_TEST_FILES_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fsutil.h"
#include "tests/unit/test.h"

static inline void files_fail(const char *what, const char *path)
{
	test_note("%s: %s", what, path);
	exit(99);
}

/* A name in the test's folder; a few of them may be in use at a time. */
static inline const char *file_at(const char *name)
{
	static char names[8][512];
	static int next;
	char *p = names[next++ % 8];

	snprintf(p, sizeof names[0], "%s/%s", test_folder(), name);
	return p;
}

static inline struct buf file_bytes(const char *path)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;

	if (fs_read(path, 1u << 30, false, &b, &e) != 0)
		files_fail(e.text, path);
	return b;
}

static inline void file_put(const char *path, const void *data, size_t len)
{
	struct err e = ERR_INIT;

	if (fs_write(path, data, len, 0600, &e) != 0)
		files_fail(e.text, path);
}

static inline void file_copy(const char *from, const char *to)
{
	struct buf b = file_bytes(from);

	file_put(to, b.data, b.len);
	buf_release(&b);
}

static inline long file_length(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long)st.st_size : -1;
}

/* The store and its log as they are at this moment, as a copying program would find them. */
static inline void store_copy(const char *from, const char *to)
{
	char a[600], b[600];

	file_copy(from, to);
	snprintf(a, sizeof a, "%s-wal", from);
	snprintf(b, sizeof b, "%s-wal", to);
	unlink(b);
	if (fs_exists(a))
		file_copy(a, b);
}

static inline void file_change(const char *path, long at, const void *data, size_t len)
{
	FILE *f = fopen(path, "r+b");

	if (f == NULL || fseek(f, at, SEEK_SET) != 0 || fwrite(data, 1, len, f) != len || fclose(f) != 0)
		files_fail("cannot change", path);
}

static inline void file_flip(const char *path, long at, int bit)
{
	FILE *f = fopen(path, "r+b");
	int c;

	if (f == NULL || fseek(f, at, SEEK_SET) != 0 || (c = fgetc(f)) == EOF || fseek(f, at, SEEK_SET) != 0
	    || fputc(c ^ 1 << bit, f) == EOF || fclose(f) != 0)
		files_fail("cannot change", path);
}

static inline bool bytes_contain(const char *data, size_t len, const char *text, size_t text_len)
{
	for (const char *p = data; len >= text_len && (size_t)(p - data) <= len - text_len; p++) {
		p = memchr(p, text[0], len - text_len - (size_t)(p - data) + 1);
		if (p == NULL)
			return false;
		if (memcmp(p, text, text_len) == 0)
			return true;
	}
	return false;
}

/* Number of files in a folder (not below it) that contain the text, in their bytes or their names. */
static inline int files_with(const char *folder, const char *text)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int found = 0;

	if (dir == NULL)
		files_fail("cannot list", folder);
	while ((entry = readdir(dir)) != NULL) {
		char *path = fs_join(folder, entry->d_name);
		struct stat st;

		if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
			struct buf b = file_bytes(path);

			found += strstr(entry->d_name, text) != NULL || bytes_contain(b.data, b.len, text, strlen(text));
			buf_release(&b);
		}
		free(path);
	}
	closedir(dir);
	return found;
}

/* Number of entries in a folder. */
static inline int files_count(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	if (dir == NULL)
		files_fail("cannot list", folder);
	while ((entry = readdir(dir)) != NULL)
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(dir);
	return count;
}

#endif
