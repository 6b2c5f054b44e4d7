/* The writing half of fsutil: nothing is half there after a crash. */
#include "base/fsutil.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

static int close_failed(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
	return -1;
}

int fs_sync_dir(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return err_sys(e, ERR_REFUSED, "%s", path);
	/* Some file systems cannot, and say so; there is nothing more to be done on them. */
	if (fsync(fd) != 0 && errno != EINVAL && errno != ENOTSUP) {
		err_sys(e, ERR_REFUSED, "%s", path);
		return close_failed(fd);
	}
	close(fd);
	return 0;
}

static int sync_parent(const char *path, struct err *e)
{
	char *folder = fs_dirname(path);
	int result = fs_sync_dir(folder, e);

	free(folder);
	return result;
}

/* Fills an open file and brings it to the disk. A stick with a FAT file system has no modes and refuses fchmod:
 * that is borne. */
static int fill(int fd, const void *data, size_t len, mode_t mode)
{
	if (fs_write_all(fd, data, len) != 0)
		return close_failed(fd);
	if (fchmod(fd, mode) != 0 && errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return close_failed(fd);
	if (fsync(fd) != 0)
		return close_failed(fd);
	return close(fd);
}

/* Writes a file under a temporary name beside `path`; returns the name, which the caller frees, or NULL with
 * errno. */
static char *write_beside(const char *path, const void *data, size_t len, mode_t mode)
{
	char *folder = fs_dirname(path), *name = fs_join(folder, FS_TEMPORARY "XXXXXX");
	int fd = mkstemp(name);

	free(folder);
	if (fd >= 0 && fill(fd, data, len, mode) == 0)
		return name;
	if (fd >= 0) {
		int saved = errno;

		unlink(name);
		errno = saved;
	}
	free(name);
	return NULL;
}

int fs_open_nameless(const char *folder, const char *prefix)
{
	char *start = fs_join(folder, prefix), *name = mem_alloc(strlen(start) + sizeof "XXXXXX");
	int fd;

	sprintf(name, "%sXXXXXX", start);
	fd = mkstemp(name);
	if (fd >= 0) {
		unlink(name);
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
	free(name);
	free(start);
	return fd;
}

static int give_up(char *temporary, const char *path, struct err *e)
{
	err_sys(e, ERR_REFUSED, _("%s: cannot be written"), path);
	if (temporary != NULL)
		unlink(temporary);
	free(temporary);
	return -1;
}

/* /dev/stdout and its like are written to, never replaced. */
static bool is_device(const char *path)
{
	return strncmp(path, "/dev/", 5) == 0 && strncmp(path, "/dev/shm/", 9) != 0;
}

static int write_device(const char *path, const void *data, size_t len, struct err *e)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	int result = fd < 0 ? -1 : fs_write_all(fd, data, len);

	if (result != 0)
		err_sys(e, ERR_REFUSED, _("%s: cannot be written"), path);
	if (fd >= 0)
		close(fd);
	return result;
}

int fs_write(const char *path, const void *data, size_t len, mode_t mode, struct err *e)
{
	char *temporary;

	if (is_device(path))
		return write_device(path, data, len, e);
	temporary = write_beside(path, data, len, mode);
	if (temporary == NULL || rename(temporary, path) != 0)
		return give_up(temporary, path, e);
	free(temporary);
	return sync_parent(path, e);
}

/* For file systems without hard links: the name is taken first, and freed again when the writing fails. */
static int write_exclusive(const char *path, const void *data, size_t len, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	if (fill(fd, data, len, mode) != 0) {
		int saved = errno;

		unlink(path);
		errno = saved;
		return -1;
	}
	return 0;
}

int fs_write_new(const char *path, const void *data, size_t len, mode_t mode, struct err *e)
{
	char *temporary = write_beside(path, data, len, mode);

	if (temporary == NULL)
		return give_up(temporary, path, e);
	if (link(temporary, path) != 0
			&& (errno == EEXIST || write_exclusive(path, data, len, mode) != 0))
		return give_up(temporary, path, e);
	unlink(temporary);
	free(temporary);
	return sync_parent(path, e);
}

/* A folder of its own mode whatever the umask, and with the set-group-ID bit where its parent gave it one. */
static int make_dir(const char *path, mode_t mode)
{
	struct stat st;

	if (mkdir(path, mode) != 0) {
		int saved = errno;

		if (saved == EEXIST && fs_is_dir(path))
			return 0;
		errno = saved == EEXIST ? ENOTDIR : saved;
		return -1;
	}
	if (stat(path, &st) != 0)
		return -1;
	if ((st.st_mode & 0777) != (mode & 0777) && chmod(path, mode | (st.st_mode & S_ISGID)) != 0
			&& errno != EPERM && errno != ENOTSUP)
		return -1;
	return sync_parent(path, NULL);
}

int fs_mkdirs(const char *path, mode_t mode, struct err *e)
{
	char *part;
	int result = 0;

	if (fs_is_dir(path))
		return 0;
	part = mem_dup(path);
	for (char *p = part + 1; *part != '\0' && *p != '\0' && result == 0; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (!fs_is_dir(part))
			result = make_dir(part, mode);
		*p = '/';
	}
	if (result == 0)
		result = make_dir(path, mode);
	if (result != 0)
		err_sys(e, ERR_REFUSED, _("%s: the folder cannot be made"), path);
	free(part);
	return result;
}
