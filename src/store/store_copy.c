#include "store/store_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/secret.h"
#include "store/store_internal.h"

#define CHUNK (256 * 1024)

/* --- where it goes --- */

/* An older copy of the store, which is not the store. */
static int check_older(struct store *s, const char *path, struct err *e)
{
	struct stat here, there;
	struct header h;
	struct vfs *v = NULL;
	int rc = 0;

	if (stat(store_path(s), &here) != 0 || stat(path, &there) != 0)
		return err_sys(e, ERR_REFUSED, "%s", path);
	if (here.st_dev == there.st_dev && here.st_ino == there.st_ino)
		return err_set(e, ERR_REFUSED, _("%s is the store itself"), path);
	if (!S_ISREG(there.st_mode) || vfs_open(path, s->options.under, false, &v, NULL) != 0 || header_read(&h, v, false, NULL) != 0 ||
	    memcmp(h.store_id, s->header.store_id, STORE_ID_SIZE) != 0)
		rc = err_set(e, ERR_REFUSED, _("%s exists already, and is not a backup of this store"), path);
	vfs_close(v);
	return rc;
}

static int check_place(struct store *s, const char *path, struct err *e)
{
	char *folder = fs_dirname(path);
	struct stat st;
	int rc = 0;

	if (!fs_is_dir(folder))
		rc = err_set(e, ERR_REFUSED, _("the folder %s does not exist"), folder);
	free(folder);
	if (rc != 0 || (lstat(path, &st) != 0 && errno == ENOENT))
		return rc;
	return check_older(s, path, e);
}

/* Beside the place, hidden, and not the one of a backup that runs at the same time. */
static char *temporary_name(const char *path)
{
	unsigned char random[6];
	struct buf name = BUF_INIT;
	char *folder = fs_dirname(path);

	crypto_random(random, sizeof random);
	buf_addf(&name, "%s/" FS_TEMPORARY "backup-", folder);
	for (size_t i = 0; i < sizeof random; i++)
		buf_addf(&name, "%02x", random[i]);
	free(folder);
	return buf_detach(&name);
}

static void remove_all(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-holder" };
	struct buf name = BUF_INIT;

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		buf_reset(&name);
		buf_addf(&name, "%s%s", path, ends[i]);
		unlink(name.data);
	}
	buf_release(&name);
}

/* --- the bytes --- */

static int copy_bytes(struct store *s, int fd, struct err *e)
{
	int64_t size = vfs_raw_size(s->vfs);
	unsigned char *chunk = mem_alloc(CHUNK);
	int rc = size < 0 ? err_set(e, ERR_REFUSED, _("%s cannot be read"), store_path(s)) : 0;

	for (int64_t at = 0; rc == 0 && at < size; at += CHUNK) {
		size_t len = size - at < CHUNK ? (size_t)(size - at) : CHUNK;

		rc = vfs_raw_read(s->vfs, at, chunk, len, e);
		if (rc == 0 && fs_write_all(fd, chunk, len) != 0)
			rc = err_sys(e, ERR_REFUSED, _("the backup cannot be written"));
	}
	free(chunk);
	if (rc == 0 && fsync(fd) != 0)
		rc = err_sys(e, ERR_REFUSED, _("the backup cannot be written"));
	return rc;
}

static int write_copy(struct store *s, const char *path, struct err *e)
{
	int fd, rc;

	if (store_exec(s, "PRAGMA wal_checkpoint(TRUNCATE)", e) != 0)
		return -1;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_sys(e, ERR_REFUSED, _("the backup cannot be written"));
	rc = copy_bytes(s, fd, e);
	if (close(fd) != 0 && rc == 0)
		rc = err_sys(e, ERR_REFUSED, _("the backup cannot be written"));
	return rc;
}

/* --- the look at it --- */

/* Opened as a person would who has a key of it; no slot is asked, for the header is compared and the data key is at hand. */
static int open_copy(struct store *s, const char *path, struct store **out, struct err *e)
{
	struct store *copy = store_new(&s->options);
	int rc = store_hold(copy, path, e);

	if (rc == 0 && (memcmp(copy->header.slots, s->header.slots, sizeof s->header.slots) != 0 || copy->header.torn ||
	    memcmp(copy->header.store_id, s->header.store_id, STORE_ID_SIZE) != 0))
		rc = err_set(e, ERR_DAMAGED, _("the header of the backup is not the store's"));
	if (rc == 0) {
		memcpy(copy->data_key, s->data_key, VFS_KEY_SIZE);
		rc = store_connect(copy, e) == 0 && store_attach(copy, e) == 0 ? 0 : -1;
	}
	if (rc == 0)
		*out = copy;
	else
		store_close(copy);
	return rc;
}

static int look(struct store *s, const char *path, store_copy_check check, void *context, struct err *e)
{
	struct store *copy;
	int rc;

	if (open_copy(s, path, &copy, e) != 0)
		return err_prefix(e, "%s", _("the backup was written and does not open; it was removed"));
	rc = check(context, copy, e);
	store_close(copy);
	return rc == 0 ? 0 : err_prefix(e, "%s", _("the backup was written and is not whole; it was removed"));
}

/* What the look may have written (the log of a connection, brought back at its end) reaches the disk before the name does. */
static int give_name(const char *temporary, const char *path, struct err *e)
{
	int fd = open(temporary, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), rc = 0;
	char *folder;

	if (fd < 0 || fsync(fd) != 0 || rename(temporary, path) != 0)
		rc = err_sys(e, ERR_REFUSED, _("the backup cannot be written"));
	if (fd >= 0)
		close(fd);
	if (rc != 0)
		return -1;
	folder = fs_dirname(path);
	rc = fs_sync_dir(folder, e);
	free(folder);
	return rc;
}

int store_copy(struct store *s, const char *path, store_copy_check check, void *context, struct err *e)
{
	char *temporary;
	int rc;

	bug_if(s->depth > 0);
	if (check_place(s, path, e) != 0)
		return -1;
	temporary = temporary_name(path);
	rc = write_copy(s, temporary, e) == 0 && look(s, temporary, check, context, e) == 0 && give_name(temporary, path, e) == 0 ? 0 : -1;
	remove_all(temporary);
	free(temporary);
	return rc;
}
