#include "commands/locale.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fsutil.h"

#define DOMAIN "livenet"

/* The folder beside the executable, for programs that run where they were built; NULL when there is none. */
static char *folder_beside(void)
{
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *folder, *path;

	if (n <= 0)
		return NULL;
	exe[n] = '\0';
	folder = fs_dirname(exe);
	path = fs_join(folder, "locale");
	free(folder);
	if (fs_is_dir(path))
		return path;
	free(path);
	return NULL;
}

void locale_start(void)
{
	char *beside = folder_beside();

	setlocale(LC_ALL, "");
	bindtextdomain(DOMAIN, beside != NULL ? beside : LOCALEDIR);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	free(beside);
}
