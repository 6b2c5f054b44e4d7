#include "store/stores.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/mem.h"
#include "base/text.h"

#define LIST "stores"
#define LIST_BYTES_MOST 65536
#define NAME_BYTES_MOST 200

/* What may be shown of a person's name. */
static bool is_name(const char *name, size_t len)
{
	if (len == 0 || len > NAME_BYTES_MOST || text_check(name, len, false, NULL) != 0)
		return false;
	for (size_t i = 0; i < len;) {
		uint32_t cp;

		i += text_next(name + i, len - i, &cp, NULL);
		if (text_char_unsafe(cp))
			return false;
	}
	return true;
}

/* "name.ldb" of letters, digits and hyphens: nothing that leads elsewhere. */
static bool is_file(const char *file, size_t len)
{
	static const char end[] = ".ldb";
	size_t stem = len - (sizeof end - 1);

	if (len < sizeof end || len > 100 || memcmp(file + stem, end, sizeof end - 1) != 0)
		return false;
	return strspn(file, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") >= stem;
}

/* store.ldb and store-N.ldb: what the program itself makes. */
static bool is_usual(const char *file)
{
	int number, used = 0;

	return strcmp(file, "store.ldb") == 0 || (sscanf(file, "store-%3d.ldb%n", &number, &used) == 1 && used > 0 && file[used] == '\0');
}

static bool is_known(const struct stores *s, const char *file)
{
	for (int i = 0; i < s->count; i++)
		if (strcmp(s->entry[i].file, file) == 0)
			return true;
	return false;
}

static void add(struct stores *s, const char *file, size_t file_len, const char *name, size_t name_len)
{
	char *copy = mem_dupn(file, file_len), *path = fs_join(s->folder, copy);

	if (s->count < STORES_MOST && !is_known(s, copy) && fs_exists(path)) {
		s->entry[s->count++] = (struct stores_entry){ copy, mem_dupn(name, name_len) };
		copy = NULL;
	}
	free(copy);
	free(path);
}

static void add_line(struct stores *s, const char *line, size_t len)
{
	const char *tab = memchr(line, '\t', len);
	size_t file = tab != NULL ? (size_t)(tab - line) : 0, name = tab != NULL ? len - file - 1 : 0;

	if (tab != NULL && is_file(line, file) && is_name(tab + 1, name))
		add(s, line, file, tab + 1, name);
}

static void read_list(struct stores *s)
{
	char *path = fs_join(s->folder, LIST);
	struct buf text = BUF_INIT;

	if (fs_read(path, LIST_BYTES_MOST, true, &text, NULL) == 0)
		for (const char *line = text.data; *line != '\0';) {
			size_t len = strcspn(line, "\n");

			add_line(s, line, len);
			line += len + (line[len] == '\n');
		}
	buf_release(&text);
	free(path);
}

void stores_read(struct stores *s, const char *folder)
{
	char **name;
	size_t count;

	*s = (struct stores){ .folder = mem_dup(folder) };
	if (!fs_is_dir(folder))
		return;
	read_list(s);
	if (fs_list(folder, &name, &count, NULL) != 0)
		return;
	for (size_t i = 0; i < count; i++)
		if (is_usual(name[i]))
			add(s, name[i], strlen(name[i]), name[i], strlen(name[i]));
	fs_list_free(name, count);
}

void stores_release(struct stores *s)
{
	for (int i = 0; i < s->count; i++) {
		free(s->entry[i].file);
		free(s->entry[i].name);
	}
	free(s->folder);
	*s = (struct stores){ 0 };
}

char *stores_path(const struct stores *s, int entry)
{
	return fs_join(s->folder, s->entry[entry].file);
}

char *stores_free_path(const char *folder)
{
	char file[32];
	char *path = fs_join(folder, "store.ldb");

	for (int n = 2; fs_exists(path) && n < 1000; n++) {
		free(path);
		snprintf(file, sizeof file, "store-%d.ldb", n);
		path = fs_join(folder, file);
	}
	return path;
}

/* «Хасанова Гузель Рашитовна» → «Хасанова Г. Р.» */
static void shorten(const char *name, struct buf *out)
{
	for (int word = 0; word < 3 && *(name += strspn(name, " ")) != '\0'; word++) {
		size_t len = strcspn(name, " ");
		uint32_t cp;

		if (word > 0)
			buf_addc(out, ' ');
		buf_add(out, name, word > 0 ? text_next(name, len, &cp, NULL) : len);
		if (word > 0)
			buf_addc(out, '.');
		name += len;
	}
}

/* The lines of all stores but this one, whose file's name is *file. True: it has a line. */
static bool others(const char *folder, const char *path, const char **file, struct buf *text)
{
	const char *slash = strrchr(path, '/');
	bool has = false;
	struct stores s;

	*file = slash != NULL ? slash + 1 : path;
	stores_read(&s, folder);
	for (int i = 0; i < s.count; i++)
		if (strcmp(s.entry[i].file, s.entry[i].name) == 0)
			continue;
		else if (strcmp(s.entry[i].file, *file) == 0)
			has = true;
		else
			buf_addf(text, "%s\t%s\n", s.entry[i].file, s.entry[i].name);
	stores_release(&s);
	return has;
}

int stores_add(const char *path, const char *name, struct err *e)
{
	char *folder = fs_dirname(path), *list = fs_join(folder, LIST);
	struct buf text = BUF_INIT, own = BUF_INIT;
	const char *file;
	int status;

	others(folder, path, &file, &text);
	shorten(name, &own);
	if (is_file(file, strlen(file)) && is_name(own.data, own.len))
		buf_addf(&text, "%s\t%s\n", file, own.data);
	status = fs_write(list, text.data, text.len, 0600, e);
	buf_release(&text);
	buf_release(&own);
	free(folder);
	free(list);
	return status;
}

int stores_forget(const char *path, struct err *e)
{
	char *folder = fs_dirname(path), *list = fs_join(folder, LIST);
	struct buf text = BUF_INIT;
	const char *file;
	int status = 0;

	if (others(folder, path, &file, &text))
		status = fs_write(list, text.data, text.len, 0600, e);
	buf_release(&text);
	free(folder);
	free(list);
	return status;
}
