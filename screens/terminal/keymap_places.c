/* The places that a screen can be, and the ways out of them. */
#include "screens/terminal/keymap.h"

#define ROWS { ACTION_BACK, ACTION_QUIT, ACTION_EXIT }
#define LIST(name, place) { name, IN_ROWS | IN_LIST | IN_MAIN | (place), ROWS }
#define PAGE(name, place) { name, IN_ROWS | IN_PAGE | IN_MAIN | (place), ROWS }

const struct place keymap_places[] = {
	PAGE("home", IN_HOME),
	PAGE("home-of-the-example", IN_HOME | IN_EXAMPLE),
	LIST("people", IN_PEOPLE),
	LIST("people-of-the-example", IN_PEOPLE | IN_EXAMPLE),
	LIST("seminars", IN_SEMINARS),
	LIST("organisations", IN_ORGANISATIONS),
	LIST("consultations", IN_CONSULTATIONS),
	LIST("municipalities", IN_MUNICIPALITIES),
	PAGE("person", IN_RECORD | IN_PERSON),
	PAGE("seminar", IN_RECORD | IN_SEMINAR),
	PAGE("card", IN_RECORD),
	PAGE("reports", IN_REPORTS),
	PAGE("exchange", IN_EXCHANGE),
	PAGE("conflicts", IN_CONFLICTS),
	PAGE("settings", IN_SETTINGS),
	LIST("selection", IN_CALLS),
	PAGE("call", IN_RECORD | IN_CALL),
	PAGE("application", IN_RECORD | IN_APPLICATION),
	LIST("training", IN_COURSES),
	PAGE("course", IN_RECORD | IN_COURSE),
	LIST("collection", IN_STORIES),
	PAGE("story", IN_RECORD | IN_STORY),
	LIST("directory", IN_DIRECTORY),
	PAGE("contact", IN_RECORD | IN_CONTACT),
	LIST("questions", IN_QUESTIONS),
	PAGE("one-question", IN_RECORD | IN_QUESTION),
	PAGE("thanks", IN_AWARDS),
	PAGE("indicators", IN_INDICATORS),
	{ "map", IN_MAIN | IN_COVERAGE, { ACTION_MAP_LEAVE, ACTION_QUIT, ACTION_EXIT } },
	LIST("programmes", IN_PROGRAMMES),
	PAGE("programme", IN_RECORD | IN_PROGRAMME),
	PAGE("page", 0),
	{ "import", IN_ROWS | IN_PAGE | IN_IMPORT, ROWS },
	{ "filter", IN_FILTER | IN_TEXT, { ACTION_DONE, ACTION_FORGET } },
	{ "jump", IN_JUMP | IN_TEXT, { ACTION_LAND } },
	{ "pick", IN_PICK | IN_TEXT, { ACTION_CHOOSE_NONE } },
	{ "attendance", IN_ATTENDANCE | IN_TEXT, { ACTION_LEAVE } },
	{ "verify", IN_VERIFY | IN_TEXT, { ACTION_LEAVE } },
	{ "form", IN_FORM | IN_TEXT, { ACTION_CANCEL } },
	{ "form-with-a-passphrase", IN_FORM | IN_TEXT | IN_SECRET, { ACTION_CANCEL } },
	{ "question", IN_ASK, { ACTION_DISMISS, ACTION_NO } },
	{ "entry", IN_ENTRY | IN_TEXT, { ACTION_GIVE_UP } },
	{ "passphrase", IN_ENTRY | IN_TEXT | IN_SECRET, { ACTION_GIVE_UP } },
	{ "help", IN_HELP, { ACTION_CLOSE } },
	{ NULL, 0, { ACTION_NONE } }
};
