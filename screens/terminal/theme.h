/* theme: what a piece of text is (its role), and how that looks. No meaning stands in a colour alone, so that monochrome loses nothing. */
#ifndef SCREENS_TERMINAL_THEME_H
#define SCREENS_TERMINAL_THEME_H

#include <stdbool.h>
#include <stdint.h>

enum role {
	ROLE_TEXT,
	ROLE_TITLE,		/* the line at the top */
	ROLE_EXAMPLE,		/* «ПРИМЕР»: this is the demonstration */
	ROLE_HEADER,		/* names of columns: one stretch from edge to edge, so that it costs one change of colour */
	ROLE_SELECTED,		/* the marker in the gutter */
	ROLE_MUTED,		/* what matters less */
	ROLE_WARNING,		/* what is wrong; its text begins with "!" */
	ROLE_KEY,		/* a key's name in the line at the foot */
	ROLE_LABEL,		/* a field's name */
	ROLE_FIELD,		/* a place to type in */
	ROLE_CURRENT,		/* the place that is being typed in */
	ROLE_CHOSEN,		/* a value in it that the next character takes the place of */
	ROLE_STRONG,		/* in a text to be read: what its author stressed, and its headings */
	ROLE_EMPHASIS,		/* … what stands there slanted */
	ROLE_SCAN,		/* a code for a camera: black on white, whatever the theme */
	ROLES
};

enum { THEME_DEFAULT = -1, THEME_BLACK, THEME_RED, THEME_GREEN, THEME_YELLOW, THEME_BLUE, THEME_MAGENTA, THEME_CYAN, THEME_WHITE };
enum { THEME_BOLD = 1, THEME_REVERSE = 2, THEME_UNDERLINE = 4, THEME_DIM = 8, THEME_PAPER = 16 /* a white background */ };

struct look {
	int8_t colour;		/* of the letters; the background is the terminal's own but for THEME_PAPER */
	uint8_t attributes;
};

/* The looks of all roles: with colours or without. */
const struct look *theme_looks(bool colours);
/* Those that a person chose. `theme`: the value of the preference, "auto", "colours", "contrast" or "monochrome"; `colours`: the terminal has them. With
 * "auto" NO_COLOR is honoured. */
const struct look *theme_chosen(const char *theme, bool colours);

/* Signs that not every terminal can show. */
struct glyphs {
	const char *marker, *ellipsis, *bar_full, *bar_empty, *up, *down, *rule;
	const char *shade[5];		/* from nothing to most */
	const char *side, *corner[4];	/* of a box: corners at the top left, top right, bottom left, bottom right */
};

/* By the terminal's name: old ones and the Linux console have few signs in their fonts. */
const struct glyphs *theme_glyphs(const char *term);

#endif
