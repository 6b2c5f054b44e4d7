#include "documents/typeset_run.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/i18n.h"

#define PROGRAM "livenet-document"
#define PATIENCE_MS 60000		/* a book of hundreds of pages takes a second */
#define FILE_MAX ((size_t)256 << 20)

static bool runs(const char *path)
{
	return access(path, X_OK) == 0 && !fs_is_dir(path);
}

/* For programs that run where they were built. */
static bool beside(struct buf *path)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *folder;

	if (n <= 0)
		return false;
	exe[n] = '\0';
	folder = fs_dirname(exe);
	buf_addf(path, "%s/%s", folder, PROGRAM);
	free(folder);
	return runs(path->data);
}

static bool find(struct buf *path)
{
	const char *named = getenv("LIVENET_DOCUMENT");

	if (named != NULL && *named != '\0') {
		buf_adds(path, named);
		return runs(named);
	}
	if (beside(path))
		return true;
	buf_reset(path);
	buf_adds(path, LIBEXECDIR "/livenet/" PROGRAM);
	return runs(path->data);
}

int typeset_program(struct buf *path, struct err *e)
{
	struct buf found = BUF_INIT;
	int rc = 0;

	if (find(&found))
		buf_add(path, found.data, found.len);
	else
		rc = err_set(e, ERR_REFUSED, _("PDF, XLSX and the book are made by livenet-document, which is not there (%s): it is built where the packages "
		    "libpango1.0-dev, libxlsxwriter-dev, libcmark-dev and libqrencode-dev are installed"), found.data);
	buf_release(&found);
	return rc;
}

struct child *typeset_run(const char *path, struct err *e)
{
	static const char *const variables[] = { "FONTCONFIG_FILE", "FONTCONFIG_PATH", "SOURCE_DATE_EPOCH", NULL };
	static const char *const argv[] = { PROGRAM, NULL };
	const struct child_way way = { .path = path, .argv = argv, .variables = variables, .patience_ms = PATIENCE_MS, .most = FILE_MAX };

	return child_start(&way, e);
}
