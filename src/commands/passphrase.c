/* passphrase: from a file or from the terminal; and the command that changes it. */
#include "commands/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "crypto/secret.h"
#include "crypto/strength.h"
#include "store/store_keys.h"

#define PASSPHRASE_MAX 1024

int passphrase_read(const char *path, struct buf *out, struct err *e)
{
	struct buf file = BUF_INIT;
	size_t len;

	buf_reserve(&file, PASSPHRASE_MAX + 1);		/* so that no growing leaves a copy behind */
	if (fs_read(path, PASSPHRASE_MAX, false, &file, e) != 0) {
		secret_wipe(file.data, file.cap);
		buf_release(&file);
		return -1;
	}
	len = strcspn(file.data, "\r\n");
	buf_reserve(out, PASSPHRASE_MAX + 1);
	buf_add(out, file.data, len);
	secret_wipe(file.data, file.cap);
	buf_release(&file);
	if (len == 0)
		return err_set(e, ERR_PASSPHRASE, _("%s: the first line is empty; write the passphrase there"), path);
	return 0;
}

/* 1: it ended before a line did. */
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
			return 1;
		if (c == '\n' || c == '\r')
			return 0;
		if (out->len < PASSPHRASE_MAX)
			buf_addc(out, c);
	}
}

/* On the terminal itself, whatever the standard streams are. `none`: what is said where there is no terminal. */
static int ask(const char *prompt, bool echo, const char *none, struct buf *out, struct err *e)
{
	struct termios before, quiet;
	int fd, rc;

	fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || tcgetattr(fd, &before) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(e, ERR_PASSPHRASE, "%s", none);
	}
	quiet = before;
	if (!echo)
		quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	(void)tcsetattr(fd, TCSAFLUSH, &quiet);
	(void)fs_write_all(fd, prompt, strlen(prompt));
	rc = read_line(fd, out);
	if (!echo)
		(void)fs_write_all(fd, "\n", 1);
	(void)tcsetattr(fd, TCSAFLUSH, &before);
	close(fd);
	return rc;
}

int passphrase_ask(const char *prompt, struct buf *out, struct err *e)
{
	int rc = ask(prompt, false, _("the store needs a passphrase and there is no terminal to ask it; use --passphrase-file or --key-file"), out, e);

	return rc > 0 ? err_set(e, ERR_PASSPHRASE, _("no passphrase was given")) : rc;
}

int recovery_ask(const char *prompt, struct buf *out, struct err *e)
{
	int rc = ask(prompt, true, _("there is no terminal to ask the recovery code; use --recovery-file"), out, e);

	return rc > 0 ? err_set(e, ERR_PASSPHRASE, _("no recovery code was given")) : rc;
}

/* --- a new one --- */

/* What who guesses would try first: the person's name and where they live. */
static void what_is_known(struct store *s, struct buf *known)
{
	static const char *const settings[] = { "name", "municipality" };

	for (int i = 0; i < 2; i++) {
		char *value = store_setting(s, settings[i]);

		buf_addf(known, "%s ", value != NULL ? value : "");
		free(value);
	}
}

static int ask_twice(struct buf *out, struct err *e)
{
	struct buf again = BUF_INIT;
	bool same;

	if (passphrase_ask(_("New passphrase: "), out, e) != 0)
		return -1;
	if (passphrase_ask(_("The same once more: "), &again, e) != 0) {
		buf_release(&again);
		return -1;
	}
	same = again.len == out->len && secret_equal(again.data, out->data, again.len);
	secret_wipe(again.data, again.len);
	buf_release(&again);
	return same ? 0 : err_set(e, ERR_PASSPHRASE, _("the two passphrases differ; nothing was changed"));
}

int passphrase_set(struct store *s, const char *path, struct err *e)
{
	struct buf new = BUF_INIT, known = BUF_INIT;
	int rc = path != NULL ? passphrase_read(path, &new, e) : ask_twice(&new, e);

	what_is_known(s, &known);
	if (rc == 0)
		rc = strength_check(new.data, known.data, e) == 0 ? store_set_passphrase(s, new.data, e) : -1;
	if (new.cap > 0)
		secret_wipe(new.data, new.cap);
	buf_release(&new);
	buf_release(&known);
	return rc;
}

int command_passphrase(struct invocation *call, struct err *e)
{
	const char *path = NULL;
	const struct option options[] = { { "new-passphrase-file", &path, NULL }, { NULL, NULL, NULL } };

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	return passphrase_set(call->store, path, e);
}
