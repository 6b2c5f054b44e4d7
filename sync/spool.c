#include "sync/spool.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"

#define CHUNK 65536

static int open_nameless(const char *folder, struct err *e)
{
	int fd = fs_open_nameless(folder, ".spool-");

	return fd >= 0 ? fd : err_sys(e, ERR_REFUSED, _("a bundle cannot be copied to %s"), folder);
}

static int append(struct spool *sp, struct hash *h, const void *data, size_t len, struct err *e)
{
	if (fs_write_all(sp->fd, data, len) != 0)
		return err_sys(e, ERR_REFUSED, _("a bundle cannot be copied"));
	hash_add(h, data, len);
	sp->size += (off_t)len;
	return 0;
}

static void finish(struct spool *sp, struct hash *h)
{
	unsigned char hash[HASH_SIZE];

	hash_end(h, hash, sizeof hash);
	hash_hex(hash, sizeof hash, sp->hash);
}

static int copy(struct spool *sp, int from, struct hash *h, struct err *e)
{
	char data[CHUNK];
	ssize_t n;

	while ((n = fs_read_full(from, data, sizeof data)) > 0) {
		if (sp->size + n > BUNDLE_FILE_MAX)
			return err_set(e, ERR_DAMAGED, _("the file is larger than a bundle may be"));
		if (append(sp, h, data, (size_t)n, e) != 0)
			return -1;
	}
	return n < 0 ? err_sys(e, ERR_REFUSED, _("a bundle cannot be read")) : 0;
}

int spool_file(struct spool *sp, const char *path, const char *folder, struct err *e)
{
	struct hash h;
	struct stat st;
	int from, result;

	*sp = (struct spool){ .fd = -1 };
	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return err_set(e, ERR_DAMAGED, _("not a regular file"));
	if (lstat(path, &st) == 0 && st.st_size > BUNDLE_FILE_MAX)
		return err_set(e, ERR_DAMAGED, _("the file is larger than a bundle may be"));
	from = fs_open_regular(path, BUNDLE_FILE_MAX, NULL, e);
	if (from < 0)
		return -1;
	sp->fd = open_nameless(folder, e);
	hash_init(&h, HASH_SIZE);
	result = sp->fd < 0 ? -1 : copy(sp, from, &h, e);
	close(from);
	if (result != 0)
		spool_close(sp);
	else
		finish(sp, &h);
	return result;
}

int spool_bytes(struct spool *sp, const void *data, size_t len, const char *folder, struct err *e)
{
	struct hash h;

	*sp = (struct spool){ .fd = open_nameless(folder, e) };
	hash_init(&h, HASH_SIZE);
	if (sp->fd < 0 || append(sp, &h, data, len, e) != 0) {
		spool_close(sp);
		return -1;
	}
	finish(sp, &h);
	return 0;
}

void spool_close(struct spool *sp)
{
	if (sp->fd >= 0)
		close(sp->fd);
	sp->fd = -1;
}

ssize_t spool_read(const struct spool *sp, off_t offset, void *data, size_t len, struct err *e)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = pread(sp->fd, (char *)data + done, len - done, offset + (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, ERR_REFUSED, _("a bundle cannot be read"));
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

int spool_payload_hash(const struct spool *sp, off_t offset, unsigned char out[HASH_LONG_SIZE], struct err *e)
{
	struct hash h;
	char data[CHUNK];
	ssize_t n;

	hash_init(&h, HASH_LONG_SIZE);
	while ((n = spool_read(sp, offset, data, sizeof data, e)) > 0) {
		hash_add(&h, data, (size_t)n);
		offset += n;
	}
	hash_end(&h, out, HASH_LONG_SIZE);
	return n < 0 ? -1 : 0;
}
