/* livenet-document: makes a document of lines of JSON: standard input to standard output. livenet runs it; livenet-document(1) tells the lines. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config.h"

#include "base/fsutil.h"
#include "base/i18n.h"
#include "commands/locale.h"
#include "typeset/book.h"
#include "typeset/pdf.h"
#include "typeset/script.h"
#include "typeset/workbook.h"

static int make(const struct script *s, struct buf *out, struct err *e)
{
	switch (s->format) {
	case SCRIPT_PDF: return pdf_write(s, out, e);
	case SCRIPT_XLSX: return workbook_write(s, out, e);
	case SCRIPT_HTML: return book_write(s, out, e);
	}
	return err_set(e, ERR_REFUSED, "%s", "");
}

/* All of it is made before a byte of it is written: who reads gets a whole file or none. */
static int run(struct err *e)
{
	struct buf out = BUF_INIT;
	struct script s;
	int rc;

	script_init(&s);
	rc = script_read(&s, STDIN_FILENO, e);
	if (rc == 0)
		rc = make(&s, &out, e);
	if (rc == 0 && fs_write_all(STDOUT_FILENO, out.data, out.len) != 0)
		rc = err_sys(e, ERR_REFUSED, _("standard output"));
	buf_release(&out);
	script_release(&s);
	return rc;
}

static void usage(FILE *to)
{
	fprintf(to, _("usage: %s < LINES > FILE\n"), "livenet-document");
	fprintf(to, "%s\n", _("Makes a PDF, a workbook or an HTML page of lines of JSON; livenet runs it. See livenet-document(1)."));
}

/* Under AddressSanitizer: fontconfig and Pango keep what they read until the end. */
const char *__lsan_default_suppressions(void), *__lsan_default_options(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\nleak:libglib\nleak:libcairo\n";
}

const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

int main(int argc, char **argv)
{
	struct err e = ERR_INIT;

	locale_start();
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		printf("livenet-document %s\n", PACKAGE_VERSION);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		usage(stdout);
		return 0;
	}
	if (argc > 1) {
		usage(stderr);
		return ERR_USAGE;
	}
	if (run(&e) == 0)
		return 0;
	fprintf(stderr, "livenet-document: %s\n", e.text);
	return e.code;
}
