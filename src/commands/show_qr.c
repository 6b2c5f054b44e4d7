/* show_qr: a fingerprint as a picture for a telephone's camera, under the text that it stands for. */
#include "commands/command.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/qr.h"

/* NULL, or why no picture can be shown there. A pipe is taken to lead to somebody who knows. */
static const char *why_not(void)
{
	struct winsize size;

	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		return _("no QR code: the terminal's letters are not UTF-8");
	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && (size.ws_col < QR_COLUMNS || size.ws_row < QR_ROWS + 1))
		return _("no QR code: the terminal is too small for it");
	return NULL;
}

/* Black on white, said so that no theme changes it where the terminal has more than its own sixteen colours. */
static const char *colours(void)
{
	const char *term = getenv("TERM"), *more = getenv("COLORTERM");

	return (term != NULL && strstr(term, "256color") != NULL) || (more != NULL && *more != '\0') ? "\033[38;5;16;48;5;231m" : "\033[30;47m";
}

int command_show_qr(struct invocation *call, const char *text, struct err *e)
{
	const char *no = why_not();
	struct buf out = BUF_INIT;
	struct qr q;
	int rc;

	if (no == NULL && !qr_encode(&q, text))
		no = _("no QR code: there are letters in it that one has not");
	if (no != NULL) {
		command_warn(call, no);
		return 0;
	}
	for (int row = 0; row < QR_ROWS; row++) {
		buf_adds(&out, isatty(STDOUT_FILENO) ? colours() : "");
		qr_row(&q, row, &out);
		buf_adds(&out, isatty(STDOUT_FILENO) ? "\033[0m\n" : "\n");
	}
	rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}
