/* A store that nobody shall open again. */
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
#include "crypto/secret.h"
#include "seal/header.h"
#include "store/store.h"

/* Both copies of the header, where the key slots stand. */
static int overwrite_header(int fd)
{
	unsigned char noise[2 * HEADER_SIZE];

	crypto_random(noise, sizeof noise);
	return lseek(fd, 0, SEEK_SET) == 0 && fs_write_all(fd, noise, sizeof noise) == 0 && fsync(fd) == 0 ? 0 : -1;
}

static void remove_beside(const char *path, const char *end)
{
	struct buf name = BUF_INIT;

	buf_addf(&name, "%s%s", path, end);
	unlink(name.data);
	buf_release(&name);
}

int store_destroy(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	char *folder;
	int result;

	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || overwrite_header(fd) != 0) {
		err_set(e, ERR_REFUSED, _("%s could not be destroyed: %s"), path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	close(fd);
	remove_beside(path, "-wal");
	remove_beside(path, "-journal");
	if (unlink(path) != 0)
		return err_set(e, ERR_REFUSED, _("%s could not be destroyed: %s"), path, strerror(errno));
	folder = fs_dirname(path);
	result = fs_sync_dir(folder, e);
	free(folder);
	return result;
}
