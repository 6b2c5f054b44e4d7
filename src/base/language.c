#include "base/language.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The environment is the process's own, and so is what it said at first. */
static struct { bool known; char *language; } system_choice;

void language_choose(const char *choice)
{
	if (!system_choice.known) {
		system_choice.language = mem_dup(getenv("LANGUAGE"));
		system_choice.known = true;
	}
	if (strcmp(choice, "system") != 0)
		setenv("LANGUAGE", choice, 1);
	else if (system_choice.language != NULL)
		setenv("LANGUAGE", system_choice.language, 1);
	else
		unsetenv("LANGUAGE");
	/* gettext keeps what it found; naming the domain again makes it look anew. */
	textdomain(textdomain(NULL));
}
