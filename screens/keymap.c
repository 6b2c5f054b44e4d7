#include "screens/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

const struct action_info actions[] = {
	[ACTION_NONE] = { .name = "" },
#define ACTION(id, stable, help_text, foot_word, places, facts, key_names) \
	[ACTION_##id] = { .name = (stable), .help = (help_text), .foot = (foot_word), .where = (places), .needs = (facts), .keys = (key_names) },
#define GO(id, stable, help_text, foot_word, place, key_names) \
	[ACTION_##id] = { .name = (stable), .help = (help_text), .foot = (foot_word), .where = IN_MAIN, .not_in = (place), .keys = (key_names) },
#include "screens/actions.def"
#undef ACTION
#undef GO
	[ACTIONS] = { .name = NULL },
};

static const struct { const char *name, *shown; uint32_t key; } named[] = {
	{ "Up", N_("Up"), KEY_ARROW_UP }, { "Down", N_("Down"), KEY_ARROW_DOWN },
	{ "Left", N_("Left"), KEY_ARROW_LEFT }, { "Right", N_("Right"), KEY_ARROW_RIGHT },
	{ "PageUp", "PgUp", KEY_PAGE_UP }, { "PageDown", "PgDn", KEY_PAGE_DOWN },
	{ "Home", "Home", KEY_TO_HOME }, { "End", "End", KEY_TO_END },
	{ "Insert", "Ins", KEY_INSERT }, { "Delete", "Del", KEY_DELETE },
	{ "Backspace", "Backspace", KEY_ERASE }, { "BackTab", "Shift-Tab", KEY_BACK_TAB },
	{ "Enter", "Enter", KEY_RETURN }, { "Esc", "Esc", KEY_ESCAPE }, { "Tab", "Tab", KEY_TABULATOR },
	{ "Space", N_("Space"), ' ' },
};

/* The two layouts position by position: the usual Russian one (ЙЦУКЕН of PC keyboards) and the American one. */
static const char russian[] = "йцукенгшщзхъфывапролджэячсмитьбю.ё" "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё" "№";
static const char latin[] = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`" "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~" "#";

uint32_t key_latin(uint32_t key)
{
	const char *p = russian, *q = latin;

	while (*q != '\0') {
		uint32_t cp;

		p += text_next(p, strlen(p), &cp, NULL);
		if (cp == key)
			return (uint32_t)(unsigned char)*q;
		q++;
	}
	return key;
}

bool key_is_character(uint32_t key)
{
	return key >= ' ' && key != 0x7f && !(key >= 0x80 && key < 0xa0) && key < KEY_FIRST_NAMED;
}

uint32_t key_by_name(const char *name, size_t len)
{
	uint32_t cp;

	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (strlen(named[i].name) == len && memcmp(named[i].name, name, len) == 0)
			return named[i].key;
	if (len == 2 && name[0] == '^' && name[1] >= 'A' && name[1] <= 'Z')
		return (uint32_t)(name[1] - 'A' + 1);
	if (len >= 2 && len <= 3 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
		int number = atoi(name + 1);

		return number <= 12 ? (uint32_t)(KEY_FUNCTION + number) : KEY_NONE;
	}
	if (len == 0 || text_next(name, len, &cp, NULL) != len)
		return KEY_NONE;
	return cp;
}

/* Walks a list of key names: the next name and its length, NULL at the end. */
static const char *next_name(const char **list, size_t *len)
{
	const char *name = *list + strspn(*list, " ");

	*len = strcspn(name, " ");
	*list = name + *len;
	return *len > 0 ? name : NULL;
}

static bool has_key(const struct action_info *action, uint32_t key)
{
	const char *list = action->keys, *name;
	size_t len;

	while ((name = next_name(&list, &len)) != NULL)
		if (key_by_name(name, len) == key)
			return true;
	return false;
}

bool action_exists(enum action action, unsigned where)
{
	return (actions[action].where & where) != 0 && (actions[action].not_in & where) == 0;
}

static enum action find(uint32_t key, unsigned where, unsigned has)
{
	for (int i = 1; i < ACTIONS; i++)
		if (action_exists((enum action)i, where) && (actions[i].needs & ~has) == 0 && has_key(&actions[i], key))
			return (enum action)i;
	return ACTION_NONE;
}

enum action keymap_find(uint32_t key, unsigned where, unsigned has)
{
	enum action action;

	if (key_is_character(key) && (where & IN_TEXT) != 0)
		return ACTION_NONE;
	action = find(key, where, has);
	if (action == ACTION_NONE && key_latin(key) != key)
		action = find(key_latin(key), where, has);
	return action;
}

enum action action_by_name(const char *name)
{
	for (int i = 1; i < ACTIONS; i++)
		if (strcmp(actions[i].name, name) == 0)
			return (enum action)i;
	return ACTION_NONE;
}

static void show_key(const char *name, size_t len, struct buf *out)
{
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		if (strlen(named[i].name) == len && memcmp(named[i].name, name, len) == 0) {
			buf_adds(out, _(named[i].shown));
			return;
		}
	}
	buf_add(out, name, len);
}

void action_keys(enum action action, unsigned where, int most, struct buf *out)
{
	const char *list = actions[action].keys, *name;
	int shown = 0;
	size_t len;

	while (shown < most && (name = next_name(&list, &len)) != NULL) {
		if ((where & IN_TEXT) != 0 && key_is_character(key_by_name(name, len)))
			continue;
		if (shown++ > 0)
			buf_adds(out, ", ");
		show_key(name, len, out);
	}
}
