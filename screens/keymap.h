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
	KEY_FUNCTION,		/* F1 is KEY_FUNCTION + 1 … F12 */
	KEY_POINTER = KEY_FUNCTION + 13		/* no key: the mouse, terminal_pointer() tells what */
};

/* Where an action exists. A screen names the places that it is right now. */
enum {
	IN_ROWS = 1 << 0,		/* rows with a cursor, where letters are commands */
	IN_LIST = 1 << 1,		/* … that are records of one kind: a register */
	IN_PAGE = 1 << 2,		/* … that are lines about one thing: a card, the home screen, a report */
	IN_MAIN = 1 << 3,		/* from here the function keys lead to the other places */
	IN_FILTER = 1 << 4,		/* typing a filter */
	IN_JUMP = 1 << 5,		/* typing the first letters of a name */
	IN_PICK = 1 << 6,		/* choosing one of several; letters narrow them */
	IN_ATTENDANCE = 1 << 7,		/* the sheet of a seminar */
	IN_VERIFY = 1 << 8,		/* … typed a second time, from the paper */
	IN_FORM = 1 << 9,
	IN_TEXT = 1 << 10,		/* letters are text here */
	IN_PARAGRAPHS = 1 << 11,	/* a text of several lines in a form */
	IN_ASK = 1 << 12,		/* yes or no */
	IN_ENTRY = 1 << 13,		/* a line of text is asked for */
	IN_SECRET = 1 << 14,		/* … a passphrase */
	IN_HELP = 1 << 15,
	IN_EXAMPLE = 1 << 16,		/* the demonstration, in a main place */
	/* Which place or card. */
	IN_HOME = 1 << 17,
	IN_PEOPLE = 1 << 18,
	IN_SEMINARS = 1 << 19,
	IN_ORGANISATIONS = 1 << 20,
	IN_CONSULTATIONS = 1 << 21,
	IN_MUNICIPALITIES = 1 << 22,
	IN_REPORTS = 1 << 23,
	IN_EXCHANGE = 1 << 24,
	IN_CONFLICTS = 1 << 25,
	IN_SETTINGS = 1 << 26,
	IN_PERSON = 1 << 27,		/* a person's card */
	IN_SEMINAR = 1 << 28,		/* a seminar's card */
	IN_RECORD = 1 << 29,		/* the card of any record */
	IN_IMPORT = 1 << 30,		/* the preview of an import */
	IN_ALL = (int)((1u << 31) - 1)
};

/* What an action may need. */
enum {
	HAS_ROW = 1 << 0,		/* a row is selected */
	HAS_ENTRY = 1 << 1,		/* … and it is a line of the attendance sheet */
	HAS_RECORD = 1 << 2,		/* … and a record stands behind it */
	HAS_OTHERS = 1 << 3		/* other people may have a store on this computer */
};

enum action {
	ACTION_NONE,
#define ACTION(id, name, help, foot, where, needs, keys) ACTION_##id,
#define GO(id, name, help, foot, place, keys) ACTION_##id,
#define KIND(id, heading)
#include "screens/actions.def"
#undef ACTION
#undef GO
#undef KIND
	ACTIONS
};

struct action_info {
	const char *name;		/* stable */
	const char *help;		/* N_() */
	const char *foot;		/* N_(), or NULL */
	unsigned where, needs;
	unsigned not_in;		/* places where it does not exist all the same */
	const char *keys;		/* unless a person has own ones: keymap_keys() */
};

/* actions[0] is nothing; so is actions[ACTIONS], the end. */
extern const struct action_info actions[];

/* The heading above an action: N_(). Actions of one kind follow each other. */
const char *action_kind(enum action action);

/* The keys of an action as they are now, names separated by blanks: those of actions.def, or a person's own. There is one keyboard as there is one
 * terminal, so there is one table. */
const char *keymap_keys(enum action action);
#define KEYMAP_MOST 8				/* keys of one action; more are not looked at */
void keymap_bind(enum action action, const char *keys);	/* copied; "": none; NULL: those of actions.def again */
void keymap_reset(void);				/* all of them as in actions.def */
bool keymap_has(enum action action, uint32_t key);	/* true when it is one of its keys */
/* The first key (a name and its length) of a list of names, which moves on behind it; NULL at the end. */
const char *keymap_next(const char **names, size_t *len);

/* What a screen can be: every set of places that one is at a time. In each of them a key means one thing. Ends with where 0. */
struct place {
	const char *name;	/* stable */
	unsigned where;
	enum action out[4];	/* the ways out of it: one of them must keep a key */
};
extern const struct place keymap_places[];

/* The action of a key in these places with these facts; ACTION_NONE when there is none. In a place with IN_TEXT characters are never
 * commands. Elsewhere a Russian letter, and the Russian layout's punctuation, stands for the key in its position. */
enum action keymap_find(uint32_t key, unsigned where, unsigned has);

/* True where an action exists in one of these places. */
bool action_exists(enum action action, unsigned where);

enum action action_by_name(const char *name);			/* ACTION_NONE when there is none */

/* "F2", "^S" or "Ctrl-S", "Enter", "PageUp" or "PgUp", "n", "т" → key; KEY_NONE when it is no key's name. */
uint32_t key_by_name(const char *name, size_t len);

/* The key in the same position of the Latin layout; the key itself when it is not a Russian layout's. */
uint32_t key_latin(uint32_t key);

/* True for what a person can type into a text. */
bool key_is_character(uint32_t key);

/* Appends an action's keys as people read them: «Enter», «n, Ins»; at most `most` of them, and no characters where `where` has IN_TEXT. */
void action_keys(enum action action, unsigned where, int most, struct buf *out);

#endif
