#include "base/fsutil.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
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

int fs_read_file(const char *path, size_t limit, struct buf *out, struct err *e)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return err_sys(e, ERR_REFUSED, "%s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_REFUSED, _("%s: not a regular file"), path);
	return fs_read(path, limit, false, out, e);
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
