#include "screens/terminal/theme.h"

#include <stdlib.h>
#include <string.h>

/* Few attributes, and none on what moves: each change of one costs up to 16 bytes on the way to the terminal, as much as a word. */
static const struct look coloured[ROLES] = {
	[ROLE_TEXT] = { THEME_DEFAULT, 0 },
	[ROLE_TITLE] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_EXAMPLE] = { THEME_MAGENTA, THEME_BOLD },
	[ROLE_HEADER] = { THEME_CYAN, 0 },
	[ROLE_SELECTED] = { THEME_DEFAULT, 0 },
	[ROLE_MUTED] = { THEME_DEFAULT, 0 },
	[ROLE_WARNING] = { THEME_RED, THEME_BOLD },
	[ROLE_KEY] = { THEME_DEFAULT, 0 },
	[ROLE_LABEL] = { THEME_CYAN, 0 },
	[ROLE_FIELD] = { THEME_DEFAULT, 0 },
	[ROLE_CURRENT] = { THEME_DEFAULT, THEME_UNDERLINE },
	[ROLE_CHOSEN] = { THEME_DEFAULT, THEME_REVERSE },
	[ROLE_STRONG] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_EMPHASIS] = { THEME_DEFAULT, THEME_UNDERLINE },
	[ROLE_SCAN] = { THEME_BLACK, THEME_PAPER },
};

/* Weight, lines and reversed letters in the place of colours; nothing is dim. */
static const struct look contrast[ROLES] = {
	[ROLE_TEXT] = { THEME_DEFAULT, 0 },
	[ROLE_TITLE] = { THEME_DEFAULT, THEME_BOLD | THEME_REVERSE },
	[ROLE_EXAMPLE] = { THEME_DEFAULT, THEME_BOLD | THEME_REVERSE },
	[ROLE_HEADER] = { THEME_DEFAULT, THEME_BOLD | THEME_UNDERLINE },
	[ROLE_SELECTED] = { THEME_DEFAULT, THEME_BOLD | THEME_REVERSE },
	[ROLE_MUTED] = { THEME_DEFAULT, 0 },
	[ROLE_WARNING] = { THEME_DEFAULT, THEME_BOLD | THEME_REVERSE },
	[ROLE_KEY] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_LABEL] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_FIELD] = { THEME_DEFAULT, THEME_UNDERLINE },
	[ROLE_CURRENT] = { THEME_DEFAULT, THEME_BOLD | THEME_UNDERLINE },
	[ROLE_CHOSEN] = { THEME_DEFAULT, THEME_REVERSE },
	[ROLE_STRONG] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_EMPHASIS] = { THEME_DEFAULT, THEME_UNDERLINE },
	[ROLE_SCAN] = { THEME_BLACK, THEME_PAPER },
};

static const struct look plain[ROLES] = {
	[ROLE_TEXT] = { THEME_DEFAULT, 0 },
	[ROLE_TITLE] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_EXAMPLE] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_HEADER] = { THEME_DEFAULT, 0 },
	[ROLE_SELECTED] = { THEME_DEFAULT, 0 },
	[ROLE_MUTED] = { THEME_DEFAULT, 0 },
	[ROLE_WARNING] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_KEY] = { THEME_DEFAULT, 0 },
	[ROLE_LABEL] = { THEME_DEFAULT, 0 },
	[ROLE_FIELD] = { THEME_DEFAULT, 0 },
	[ROLE_CURRENT] = { THEME_DEFAULT, THEME_UNDERLINE },
	[ROLE_CHOSEN] = { THEME_DEFAULT, THEME_REVERSE },
	[ROLE_STRONG] = { THEME_DEFAULT, THEME_BOLD },
	[ROLE_EMPHASIS] = { THEME_DEFAULT, THEME_UNDERLINE },
	[ROLE_SCAN] = { THEME_BLACK, THEME_PAPER },
};

const struct look *theme_looks(bool colours)
{
	return colours ? coloured : plain;
}

/* True when the environment asks for no colour (NO_COLOR set and not empty, no-color.org). */
static bool no_color(void)
{
	const char *value = getenv("NO_COLOR");

	return value != NULL && value[0] != '\0';
}

const struct look *theme_chosen(const char *theme, bool colours)
{
	if (strcmp(theme, "contrast") == 0)
		return contrast;
	if (strcmp(theme, "monochrome") == 0 || !colours)
		return plain;
	/* What a person set here goes before what the environment asks of all programs. */
	return strcmp(theme, "colours") != 0 && no_color() ? plain : coloured;
}

static const struct glyphs rich = {
	.marker = "▸", .ellipsis = "…", .bar_full = "█", .bar_empty = "░", .up = "↑", .down = "↓", .rule = "─",
	.shade = { "·", "░", "▒", "▓", "█" },
	.side = "│", .corner = { "┌", "┐", "└", "┘" },
};

static const struct glyphs ascii = {
	.marker = ">", .ellipsis = "~", .bar_full = "#", .bar_empty = ".", .up = "^", .down = "v", .rule = "-",
	.shade = { ".", "1", "2", "3", "4" },
	.side = "|", .corner = { "+", "+", "+", "+" },
};

const struct glyphs *theme_glyphs(const char *term)
{
	static const char *const simple[] = { "linux", "vt", "ansi", "cons", "con80", "dumb", NULL };

	for (int i = 0; term != NULL && simple[i] != NULL; i++)
		if (strncmp(term, simple[i], strlen(simple[i])) == 0)
			return &ascii;
	return &rich;
}
