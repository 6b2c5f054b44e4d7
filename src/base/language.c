#include "base/language.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The environment is the process's own, and so is what it said at first. */
static struct {
	bool known;
	char *language;
	char choice[16];
} current = { .choice = "system" };

static void apply(const char *choice)
{
	if (strcmp(choice, "system") != 0)
		setenv("LANGUAGE", choice, 1);
	else if (current.language != NULL)
		setenv("LANGUAGE", current.language, 1);
	else
		unsetenv("LANGUAGE");
	/* gettext keeps what it found; naming the domain again makes it look anew. */
	textdomain(textdomain(NULL));
}

static void remember(void)
{
	if (!current.known)
		current.language = mem_dup(getenv("LANGUAGE"));
	current.known = true;
}

void language_choose(const char *choice)
{
	remember();
	snprintf(current.choice, sizeof current.choice, "%s", choice);
	apply(choice);
}

const char *language_word(const char *language, const char *text)
{
	const char *word;

	remember();
	apply(language);
	word = gettext(text);
	apply(current.choice);
	return word;
}
