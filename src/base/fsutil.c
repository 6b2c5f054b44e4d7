#include "base/fsutil.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
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

int fs_write_all(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

ssize_t fs_read_full(int fd, void *data, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = read(fd, (char *)data + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

static int too_large(const char *path, unsigned long long limit, struct err *e)
{
	return err_set(e, ERR_REFUSED, _("%s: larger than %llu bytes"), path, limit);
}

int fs_open_regular(const char *path, off_t limit, off_t *size, struct err *e)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 && errno == ELOOP)
		return err_set(e, ERR_REFUSED, _("%s: a symbolic link is not followed here"), path);
	if (fd < 0)
		return err_sys(e, ERR_REFUSED, "%s", path);
	if (fstat(fd, &st) != 0) {
		err_sys(e, ERR_REFUSED, "%s", path);
		return close_failed(fd);
	}
	if (!S_ISREG(st.st_mode)) {
		err_set(e, ERR_REFUSED, _("%s: not a regular file"), path);
		return close_failed(fd);
	}
	if (st.st_size > limit) {
		too_large(path, (unsigned long long)limit, e);
		return close_failed(fd);
	}
	if (size != NULL)
		*size = st.st_size;
	return fd;
}

/* What a person names on the command line may be a link or a pipe, but not a folder. */
static int open_named(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return err_sys(e, ERR_REFUSED, "%s", path);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		err_set(e, ERR_REFUSED, _("%s: a folder, not a file"), path);
		return close_failed(fd);
	}
	return fd;
}

/* Reads to the end; one byte over the limit tells that there is more, whatever the size was said to be. */
static int read_to_end(int fd, const char *path, size_t limit, struct buf *out, struct err *e)
{
	size_t had = out->len;

	for (;;) {
		size_t left = limit - (out->len - had), want = left < 65536 ? left + 1 : 65536;
		ssize_t n;

		buf_reserve(out, want);
		n = fs_read_full(fd, out->data + out->len, want);
		if (n < 0) {
			err_sys(e, ERR_REFUSED, "%s", path);
			break;
		}
		if ((size_t)n > left) {
			too_large(path, limit, e);
			break;
		}
		out->len += (size_t)n;
		out->data[out->len] = '\0';
		if ((size_t)n < want)
			return 0;
	}
	buf_cut(out, had);
	return -1;
}

int fs_read(const char *path, size_t limit, bool nofollow, struct buf *out, struct err *e)
{
	off_t most = limit > INT64_MAX ? INT64_MAX : (off_t)limit;
	int fd = nofollow ? fs_open_regular(path, most, NULL, e) : open_named(path, e);
	int result;

	if (fd < 0)
		return -1;
	result = read_to_end(fd, path, limit, out, e);
	close(fd);
	return result;
}

char *fs_join(const char *folder, const char *name)
{
	struct buf path = BUF_INIT;

	buf_adds(&path, folder);
	if (path.len > 0 && path.data[path.len - 1] != '/')
		buf_addc(&path, '/');
	buf_adds(&path, name);
	return buf_detach(&path);
}

char *fs_dirname(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	while (len > 1 && path[len - 1] == '/')
		len--;
	return len > 0 ? mem_dupn(path, len) : mem_dup(".");
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

/* Fills an open file and brings it to the disk. A stick with a FAT file system has no modes and refuses fchmod: that is borne. */
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

/* Writes a file under a temporary name beside `path`; returns the name, which the caller frees, or NULL with errno. */
static char *write_beside(const char *path, const void *data, size_t len, mode_t mode)
{
	char *folder = fs_dirname(path), *name = fs_join(folder, ".new-XXXXXX");
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

bool fs_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

bool fs_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int fs_list(const char *path, char ***names, size_t *count, struct err *e)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	size_t room = 0;

	*names = NULL;
	*count = 0;
	if (folder == NULL)
		return err_sys(e, ERR_REFUSED, "%s", path);
	for (errno = 0; (entry = readdir(folder)) != NULL; errno = 0) {
		if (entry->d_name[0] == '.')
			continue;
		if (*count == room) {
			room = room > 0 ? room * 2 : 16;
			*names = mem_resize(*names, room, sizeof **names);
		}
		(*names)[(*count)++] = mem_dup(entry->d_name);
	}
	if (errno != 0) {
		err_sys(e, ERR_REFUSED, "%s", path);
		closedir(folder);
		fs_list_free(*names, *count);
		*names = NULL;
		*count = 0;
		return -1;
	}
	closedir(folder);
	if (*count > 0)
		qsort(*names, *count, sizeof **names, by_bytes);
	return 0;
}

void fs_list_free(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}
