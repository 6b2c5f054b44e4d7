#include "sync/pieces.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "crypto/hash.h"
#include "sync/spool.h"

#define PART ".part-"
#define LIFE_S (30 * 24 * 3600)

static bool is_hash(const char *name)
{
	return strlen(name) == HASH_HEX_SIZE - 1 && strspn(name, "0123456789abcdef") == HASH_HEX_SIZE - 1;
}

static int64_t size_at(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : -1;
}

static char *part_path(const struct pieces *p, const char *hash)
{
	struct buf path = BUF_INIT;

	buf_addf(&path, "%s/" PART "%s", p->folder, hash);
	return buf_detach(&path);
}

char *pieces_path(const struct pieces *p, const char *hash)
{
	return fs_join(p->folder, hash);
}

typedef void (*entry_fn)(const struct pieces *p, const char *name, const char *path, pieces_fn each, void *context);

static void each_entry(const struct pieces *p, entry_fn entry, pieces_fn each, void *context)
{
	DIR *folder = opendir(p->folder);
	struct dirent *d;

	while (folder != NULL && (d = readdir(folder)) != NULL) {
		char *path = fs_join(p->folder, d->d_name);

		entry(p, d->d_name, path, each, context);
		free(path);
	}
	if (folder != NULL)
		closedir(folder);
}

static void expire(const struct pieces *p, const char *name, const char *path, pieces_fn each, void *context)
{
	struct stat st;

	(void)p;
	(void)each;
	(void)context;
	if (strncmp(name, PART, strlen(PART)) == 0 && lstat(path, &st) == 0 && S_ISREG(st.st_mode) && time(NULL) - st.st_mtime > LIFE_S)
		unlink(path);
}

static int make_folder(const char *path, struct err *e)
{
	struct stat st;

	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return err_sys(e, ERR_REFUSED, _("the folder %s cannot be made"), path);
	if (lstat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_REFUSED, _("%s is in the way: what comes over the line is kept in a folder of this name"), path);
	return 0;
}

int pieces_open(struct pieces *p, const char *store_path, const char *id, struct err *e)
{
	struct buf path = BUF_INIT;
	int result;

	*p = (struct pieces){ .fd = -1 };
	buf_addf(&path, "%s.spool", store_path);
	result = make_folder(path.data, e);
	buf_addf(&path, "/%s", id);
	if (result == 0)
		result = make_folder(path.data, e);
	p->folder = buf_detach(&path);
	if (result == 0)
		each_entry(p, expire, NULL, NULL);
	return result;
}

void pieces_close(struct pieces *p)
{
	pieces_stop(p);
	free(p->folder);
	p->folder = NULL;
}

bool pieces_whole(const struct pieces *p, const char *hash)
{
	char *path = pieces_path(p, hash);
	int64_t size = size_at(path);

	free(path);
	return size >= 0;
}

int64_t pieces_held(const struct pieces *p, const char *hash)
{
	char *path = part_path(p, hash);
	int64_t size = size_at(path);

	free(path);
	return size > 0 ? size : 0;
}

static void add_size(const struct pieces *p, const char *name, const char *path, pieces_fn each, void *context)
{
	int64_t *total = context, size = size_at(path);

	(void)p;
	(void)name;
	(void)each;
	if (size > 0)
		*total += size;
}

int64_t pieces_total(const struct pieces *p)
{
	int64_t total = 0;

	each_entry(p, add_size, NULL, &total);
	return total;
}

static void tell_part(const struct pieces *p, const char *name, const char *path, pieces_fn each, void *context)
{
	int64_t size;

	(void)p;
	if (strncmp(name, PART, strlen(PART)) == 0 && is_hash(name + strlen(PART)) && (size = size_at(path)) > 0)
		each(context, name + strlen(PART), size);
}

void pieces_each_part(const struct pieces *p, pieces_fn each, void *context)
{
	each_entry(p, tell_part, each, context);
}

void pieces_drop(const struct pieces *p, const char *hash)
{
	char *path = pieces_path(p, hash);

	unlink(path);
	free(path);
}

int pieces_begin(struct pieces *p, const char *hash, int64_t size, int64_t offset, struct err *e)
{
	char *path = part_path(p, hash);
	struct stat st;

	pieces_stop(p);
	p->fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (p->fd < 0)
		err_sys(e, ERR_REFUSED, _("%s cannot be written"), path);
	free(path);
	if (p->fd < 0)
		return -1;
	if (fstat(p->fd, &st) != 0 || !S_ISREG(st.st_mode) || offset > st.st_size || offset > size) {
		pieces_stop(p);
		return err_set(e, ERR_DAMAGED, _("the other side goes on from where nothing is"));
	}
	p->hash = hash;
	p->size = size;
	p->at = offset;
	return 0;
}

int pieces_add(struct pieces *p, const void *data, size_t len, struct err *e)
{
	const char *from = data;

	if ((int64_t)len > p->size - p->at)
		return err_set(e, ERR_DAMAGED, _("more comes than was said"));
	while (len > 0) {
		ssize_t n = pwrite(p->fd, from, len, p->at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_sys(e, ERR_REFUSED, _("what comes over the line cannot be kept in %s"), p->folder);
		from += n;
		len -= (size_t)n;
		p->at += n;
	}
	return 0;
}

static bool has_hash(const struct pieces *p)
{
	struct spool all = { .fd = p->fd, .size = p->size };
	unsigned char digest[HASH_SIZE];
	char hex[HASH_HEX_SIZE], data[65536];
	struct hash h;
	off_t at = 0;
	ssize_t n;

	hash_init(&h, HASH_SIZE);
	while ((n = spool_read(&all, at, data, sizeof data, NULL)) > 0) {
		hash_add(&h, data, (size_t)n);
		at += n;
	}
	hash_end(&h, digest, sizeof digest);
	hash_hex(digest, sizeof digest, hex);
	return n == 0 && at == p->size && strcmp(hex, p->hash) == 0;
}

int pieces_end(struct pieces *p, struct err *e)
{
	char *part = part_path(p, p->hash), *whole = pieces_path(p, p->hash);
	int result;

	/* A bundle of another size was begun under this hash once: its rest goes. */
	if (ftruncate(p->fd, p->size) != 0 || !has_hash(p)) {
		unlink(part);
		result = err_set(e, ERR_DAMAGED, _("what came over the line is not what was announced"));
	} else {
		result = rename(part, whole) == 0 ? 0 : err_sys(e, ERR_REFUSED, _("%s cannot be written"), whole);
	}
	free(part);
	free(whole);
	pieces_stop(p);
	return result;
}

void pieces_stop(struct pieces *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}
