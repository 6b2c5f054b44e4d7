/* keymap: which key does what, and where. Actions are data (actions.def); screens get actions, never keys. */
#ifndef SCREENS_KEYMAP_H
#define SCREENS_KEYMAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* A key: a character as Unicode has it (controls too: ^S is 0x13), or one of these. */
enum {
	KEY_NONE = 0,
	KEY_TABULATOR = 9, KEY_RETURN = 13, KEY_ESCAPE = 27,
	KEY_FIRST_NAMED = 0x110000,
	KEY_ARROW_UP = KEY_FIRST_NAMED, KEY_ARROW_DOWN, KEY_ARROW_LEFT, KEY_ARROW_RIGHT,
	KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_TO_HOME, KEY_TO_END, KEY_INSERT, KEY_DELETE, KEY_ERASE, KEY_BACK_TAB,
	KEY_FUNCTION		/* F1 is KEY_FUNCTION + 1 … F12 */
};

/* Where an action exists. A screen names the places that it is right now. */
enum {
	IN_LIST = 1 << 0,		/* rows; letters are commands */
	IN_MAIN = 1 << 1,		/* a place that the function keys lead to */
	IN_PEOPLE = 1 << 2,
	IN_SEMINARS = 1 << 3,
	IN_FILTER = 1 << 4,		/* typing a filter */
	IN_JUMP = 1 << 5,		/* typing the first letters of a name */
	IN_ATTENDANCE = 1 << 6,
	IN_FORM = 1 << 7,
	IN_TEXT = 1 << 8,		/* letters are text here */
	IN_ASK = 1 << 9,		/* yes or no */
	IN_ENTRY = 1 << 10,		/* a line of text is asked for */
	IN_SECRET = 1 << 11,		/* … a passphrase */
	IN_HELP = 1 << 12,
	IN_EXAMPLE = 1 << 13,		/* the demonstration, in a main place */
	IN_PARAGRAPHS = 1 << 14,	/* a text of several lines in a form */
	IN_ALL = (1 << 15) - 1
};

/* What an action may need. */
enum {
	HAS_ROW = 1 << 0,		/* a row is selected */
	HAS_ENTRY = 1 << 1,		/* … and it is a line of the attendance sheet */
	NOT_IN_PEOPLE = 1 << 2,		/* the screen is another place than this one */
	NOT_IN_SEMINARS = 1 << 3
};

enum action {
	ACTION_NONE,
#define ACTION(id, name, help, foot, where, needs, keys) ACTION_##id,
#include "screens/actions.def"
#undef ACTION
	ACTIONS
};

struct action_info {
	const char *name;		/* stable */
	const char *help;		/* N_() */
	const char *foot;		/* N_(), or NULL */
	unsigned where, needs;
	const char *keys;
};

/* actions[0] is nothing; so is actions[ACTIONS], the end. */
extern const struct action_info actions[];

/* The action of a key in these places with these facts; ACTION_NONE when there is none. In a place with IN_TEXT characters are never
 * commands. Elsewhere a Russian letter, and the Russian layout's punctuation, stands for the key in its position. */
enum action keymap_find(uint32_t key, unsigned where, unsigned has);

enum action action_by_name(const char *name);			/* ACTION_NONE when there is none */

/* "F2", "^S", "Enter", "n", "т" → key; KEY_NONE when it is no key's name. */
uint32_t key_by_name(const char *name, size_t len);

/* The key in the same position of the Latin layout; the key itself when it is not a Russian layout's. */
uint32_t key_latin(uint32_t key);

/* True for what a person can type into a text. */
bool key_is_character(uint32_t key);

/* Appends an action's keys as people read them: «Enter», «n, Ins»; at most `most` of them, and no characters where `where` has IN_TEXT. */
void action_keys(enum action action, unsigned where, int most, struct buf *out);

#endif
