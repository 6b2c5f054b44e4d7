/* passphrase: from a file or from the terminal. */
#include "commands/command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "crypto/secret.h"

#define PASSPHRASE_MAX 1024

int passphrase_read(const char *path, struct buf *out, struct err *e)
{
	struct buf file = BUF_INIT;
	size_t len;

	buf_reserve(&file, PASSPHRASE_MAX + 1);		/* so that no growing leaves a copy behind */
	if (fs_read(path, PASSPHRASE_MAX, false, &file, e) != 0) {
		secret_wipe(file.data, file.len);
		buf_release(&file);
		return -1;
	}
	len = strcspn(file.data, "\r\n");
	buf_reserve(out, PASSPHRASE_MAX + 1);
	buf_add(out, file.data, len);
	secret_wipe(file.data, file.len);
	buf_release(&file);
	if (len == 0)
		return err_set(e, ERR_PASSPHRASE, _("%s: the first line is empty; write the passphrase there"), path);
	return 0;
}

static int read_line(int fd, struct buf *out)
{
	char c;
	ssize_t n;

	buf_reserve(out, PASSPHRASE_MAX + 1);
	for (;;) {
		n = read(fd, &c, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		if (c == '\n' || c == '\r')
			return 0;
		if (out->len < PASSPHRASE_MAX)
			buf_addc(out, c);
	}
}

int passphrase_ask(const char *prompt, struct buf *out, struct err *e)
{
	struct termios before, quiet;
	int fd, rc;

	fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || tcgetattr(fd, &before) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(e, ERR_PASSPHRASE,
		    _("the store needs a passphrase and there is no terminal to ask it; use --passphrase-file or --key-file"));
	}
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	(void)tcsetattr(fd, TCSAFLUSH, &quiet);
	(void)fs_write_all(fd, prompt, strlen(prompt));
	rc = read_line(fd, out);
	(void)fs_write_all(fd, "\n", 1);
	(void)tcsetattr(fd, TCSAFLUSH, &before);
	close(fd);
	if (rc != 0)
		return err_set(e, ERR_PASSPHRASE, _("no passphrase was given"));
	return 0;
}
