/* keymap: which key does what, and where. Actions are data (actions.def); screens get actions, never keys. */
#ifndef SCREENS_TERMINAL_KEYMAP_H
#define SCREENS_TERMINAL_KEYMAP_H

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
	KEY_POINTER = KEY_FUNCTION + 13,	/* no key: the mouse, terminal_pointer() tells what */
	KEY_PASTED = 1 << 24			/* with a character, or KEY_RETURN: it was pasted, and is no command */
};

/* What the mouse did. */
enum pointer { POINTER_CLICK, POINTER_DOUBLE, POINTER_WHEEL_UP, POINTER_WHEEL_DOWN };

/* Where an action exists, as a set. A screen names the places that it is right now. */
#define IN(bit) (UINT64_C(1) << (bit))
#define IN_ROWS IN(0)		/* rows with a cursor, where letters are commands */
#define IN_LIST IN(1)		/* … that are records of one kind: a register */
#define IN_PAGE IN(2)		/* … that are lines about one thing: a card, the home screen, a report */
#define IN_MAIN IN(3)		/* from here the function keys lead to the other places */
#define IN_FILTER IN(4)		/* typing a filter */
#define IN_JUMP IN(5)		/* typing the first letters of a name */
#define IN_PICK IN(6)		/* choosing one of several; letters narrow them */
#define IN_ATTENDANCE IN(7)		/* the sheet of a seminar */
#define IN_VERIFY IN(8)		/* … typed a second time, from the paper */
#define IN_FORM IN(9)
#define IN_TEXT IN(10)		/* letters are text here */
#define IN_PARAGRAPHS IN(11)		/* a text of several lines in a form */
#define IN_ASK IN(12)		/* yes or no */
#define IN_ENTRY IN(13)		/* a line of text is asked for */
#define IN_SECRET IN(14)		/* … a passphrase */
#define IN_HELP IN(15)
#define IN_EXAMPLE IN(16)		/* the demonstration, in a main place */
/* Which place or card. */
#define IN_HOME IN(17)
#define IN_PEOPLE IN(18)
#define IN_SEMINARS IN(19)
#define IN_ORGANISATIONS IN(20)
#define IN_CONSULTATIONS IN(21)
#define IN_MUNICIPALITIES IN(22)
#define IN_REPORTS IN(23)
#define IN_EXCHANGE IN(24)
#define IN_CONFLICTS IN(25)
#define IN_SETTINGS IN(26)
#define IN_PERSON IN(27)		/* a person's card */
#define IN_SEMINAR IN(28)		/* a seminar's card */
#define IN_RECORD IN(29)		/* the card of any record */
#define IN_IMPORT IN(30)		/* the preview of an import */
#define IN_CALLS IN(31)		/* competitive selection: the calls */
#define IN_CALL IN(32)		/* one call, with its applications */
#define IN_APPLICATION IN(33)		/* an application */
#define IN_COURSES IN(34)		/* training: the courses */
#define IN_COURSE IN(35)		/* one course, with who is enrolled */
#define IN_STORIES IN(36)		/* the collection */
#define IN_STORY IN(37)		/* a story or practice */
#define IN_DIRECTORY IN(38)		/* the directory of consultants and experts */
#define IN_QUESTIONS IN(39)		/* questions to experts */
#define IN_QUESTION IN(40)		/* a question, with its answer */
#define IN_AWARDS IN(41)		/* thanks: activity and letters */
#define IN_INDICATORS IN(42)		/* the programme's targets */
#define IN_COVERAGE IN(43)		/* the map of the municipalities */
#define IN_PROGRAMMES IN(44)		/* the programmes */
#define IN_PROGRAMME IN(45)		/* one programme */
#define IN_CONTACT IN(46)		/* an entry of the directory */
#define IN_ALL (IN(47) - 1)

/* Where papers are made. */
#define IN_ALL_PAPERS (IN_SEMINARS | IN_SEMINAR | IN_PEOPLE | IN_PERSON | IN_CALL | IN_COURSE | IN_STORIES | IN_AWARDS | IN_REPORTS | IN_INDICATORS | IN_CONSULTATIONS)

/* What an action may need. */
enum {
	HAS_ROW = 1 << 0,		/* a row is selected */
	HAS_ENTRY = 1 << 1,		/* … and it is a line of the attendance sheet */
	HAS_RECORD = 1 << 2,		/* … and a record stands behind it */
	HAS_OTHERS = 1 << 3,		/* other people may have a store on this computer */
	HAS_LIKELY = 1 << 4		/* somebody in the register may be who is being entered */
};

enum action {
	ACTION_NONE,
#define ACTION(id, name, help, foot, where, needs, keys) ACTION_##id,
#define GO(id, name, help, foot, place, keys) ACTION_##id,
#define KIND(id, heading)
#include "screens/terminal/actions.def"
#undef ACTION
#undef GO
#undef KIND
	ACTIONS
};

struct action_info {
	const char *name;		/* stable */
	const char *help;		/* N_() */
	const char *foot;		/* N_(), or NULL */
	uint64_t where;
	unsigned needs;
	uint64_t not_in;		/* places where it does not exist all the same */
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
	uint64_t where;
	enum action out[4];	/* the ways out of it: one of them must keep a key */
};
extern const struct place keymap_places[];

/* The action of a key in these places with these facts; ACTION_NONE when there is none. In a place with IN_TEXT characters are never
 * commands. Elsewhere a Russian letter, and the Russian layout's punctuation, stands for the key in its position. */
enum action keymap_find(uint32_t key, uint64_t where, unsigned has);

/* True where an action exists in one of these places. */
bool action_exists(enum action action, uint64_t where);

enum action action_by_name(const char *name);			/* ACTION_NONE when there is none */

/* "F2", "^S" or "Ctrl-S", "Enter", "PageUp" or "PgUp", "n", "т" → key; KEY_NONE when it is no key's name. */
uint32_t key_by_name(const char *name, size_t len);

/* The key in the same position of the Latin layout; the key itself when it is not a Russian layout's. */
uint32_t key_latin(uint32_t key);

/* True for what a person can type into a text. */
bool key_is_character(uint32_t key);

/* Appends an action's keys as people read them: «Enter», «n, Ins»; at most `most` of them, and no characters where `where` has IN_TEXT. */
void action_keys(enum action action, uint64_t where, int most, struct buf *out);

#endif
