/* keys_table: the manual's table of keys out of actions.def, as mdoc(7), to standard output. Run while building. */
#include <stdio.h>
#include <string.h>

#include "screens/terminal/keymap.h"

/* In mdoc a backslash begins an escape, and a word like «Up» could be a macro. */
static void print_words(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '\'')
			fputs("\\(aq", stdout);
		else if (*text == '"')
			fputs("\\(dq", stdout);
		else if (*text == '`')
			fputs("\\(ga", stdout);
		else if (*text == '^')
			fputs("\\(ha", stdout);
		else
			putchar(*text);
	}
}

static void print_action(enum action action)
{
	const char *keys = keymap_keys(action), *key;
	bool first = true;
	char name[32];
	size_t len;

	printf(".It Cm %s\n\\&", actions[action].name);
	while ((key = keymap_next(&keys, &len)) != NULL) {
		snprintf(name, sizeof name, "%.*s", (int)len, key);
		fputs(first ? "" : ", ", stdout);
		print_words(name);
		first = false;
	}
	fputs(":\n\\&", stdout);
	print_words(actions[action].help);
	putchar('\n');
}

int main(void)
{
	const char *kind = NULL;

	for (int i = 1; i < ACTIONS; i++) {
		const char *now = action_kind((enum action)i);

		if (now != kind)
			printf("%s.Ss %s\n.Bl -tag -width \"choose-several\" -compact\n", kind != NULL ? ".El\n" : "", now);
		kind = now;
		print_action((enum action)i);
	}
	puts(".El");
	return 0;
}
