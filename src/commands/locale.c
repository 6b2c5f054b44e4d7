#include "commands/locale.h"

#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/language.h"
#include "base/preferences.h"

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

static const char *first_of(const char *a, const char *b, const char *c)
{
	const char *const names[] = { a, b, c };

	for (int i = 0; i < 3; i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0')
			return value;
	}
	return "";
}

/* A locale that the environment names and the system has not made. Where it is one of UTF-8 nothing is missing but its name: C.UTF-8 is always there, and
 * the language is chosen by itself. */
static void go_without(void)
{
	const char *charset = strchr(first_of("LC_ALL", "LC_CTYPE", "LANG"), '.');
	const char *messages = first_of("LC_ALL", "LC_MESSAGES", "LANG"), *language = getenv("LANGUAGE");
	char code[16];

	if (charset == NULL || (strncasecmp(charset, ".UTF-8", 6) != 0 && strncasecmp(charset, ".utf8", 5) != 0) ||
	    setlocale(LC_ALL, "C.UTF-8") == NULL)
		return;
	snprintf(code, sizeof code, "%.*s", (int)strcspn(messages, "_.@"), messages);
	if ((language == NULL || language[0] == '\0') && code[0] != '\0')
		setenv("LANGUAGE", code, 1);
}

void locale_start(void)
{
	char *beside = folder_beside();
	struct preferences p;

	if (setlocale(LC_ALL, "") == NULL)
		go_without();
	bindtextdomain(DOMAIN, beside != NULL ? beside : LOCALEDIR);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	free(beside);
	/* A file that cannot be read is told of by whoever reads it next. */
	preferences_load(&p, NULL, NULL);
	language_choose(p.value[PREFERENCE_LANGUAGE]);
}
