#include "screens/terminal/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

const struct action_info actions[] = {
	[ACTION_NONE] = { .name = "" },
#define ACTION(id, stable, help_text, foot_word, places, facts, key_names) \
	[ACTION_##id] = { .name = (stable), .help = (help_text), .foot = (foot_word), .where = (places), .needs = (facts), .keys = (key_names) },
#define GO(id, stable, help_text, foot_word, place, key_names) \
	[ACTION_##id] = { .name = (stable), .help = (help_text), .foot = (foot_word), .where = IN_MAIN, .not_in = (place), .keys = (key_names) },
#define KIND(id, heading)
#include "screens/terminal/actions.def"
#undef ACTION
#undef GO
#undef KIND
	[ACTIONS] = { .name = NULL },
};

/* The number of a heading is that of the action behind it. */
enum {
	NUMBER_NONE,
#define ACTION(id, stable, help_text, foot_word, places, facts, key_names) NUMBER_##id,
#define GO(id, stable, help_text, foot_word, place, key_names) NUMBER_##id,
#define KIND(id, heading) KIND_##id, KIND_##id##_BEFORE = KIND_##id - 1,
#include "screens/terminal/actions.def"
#undef ACTION
#undef GO
#undef KIND
};

static const struct { int first; const char *heading; } kinds[] = {
#define ACTION(id, stable, help_text, foot_word, places, facts, key_names)
#define GO(id, stable, help_text, foot_word, place, key_names)
#define KIND(id, words) { KIND_##id, (words) },
#include "screens/terminal/actions.def"
#undef ACTION
#undef GO
#undef KIND
};

const char *action_kind(enum action action)
{
	size_t i = sizeof kinds / sizeof kinds[0] - 1;

	while (i > 0 && kinds[i].first > (int)action)
		i--;
	return kinds[i].heading;
}

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

static bool is(const char *name, size_t len, const char *text)
{
	return strlen(text) == len && memcmp(text, name, len) == 0;
}

static uint32_t control(char letter)
{
	if (letter >= 'a' && letter <= 'z')
		letter = (char)(letter - 'a' + 'A');
	return letter >= 'A' && letter <= 'Z' ? (uint32_t)(letter - 'A' + 1) : KEY_NONE;
}

uint32_t key_by_name(const char *name, size_t len)
{
	uint32_t cp;

	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (is(name, len, named[i].name) || is(name, len, named[i].shown))
			return named[i].key;
	if (len == 6 && memcmp(name, "Ctrl-", 5) == 0)
		return control(name[5]);
	if (len == 2 && name[0] == '^' && control(name[1]) != KEY_NONE)
		return control(name[1]);
	if (len >= 2 && len <= 3 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
		int number = atoi(name + 1);

		return number <= 12 ? (uint32_t)(KEY_FUNCTION + number) : KEY_NONE;
	}
	if (len == 0 || text_next(name, len, &cp, NULL) != len)
		return KEY_NONE;
	return cp;
}

const char *keymap_next(const char **names, size_t *len)
{
	const char *name = *names + strspn(*names, " ");

	*len = strcspn(name, " ");
	*names = name + *len;
	return *len > 0 ? name : NULL;
}

static struct {
	bool ready[ACTIONS];
	char *own[ACTIONS];			/* NULL: those of actions.def */
	uint32_t key[ACTIONS][KEYMAP_MOST];	/* read off the names, which takes longer than a key may */
} map;

const char *keymap_keys(enum action action)
{
	return map.own[action] != NULL ? map.own[action] : actions[action].keys;
}

void keymap_bind(enum action action, const char *keys)
{
	free(map.own[action]);
	map.own[action] = mem_dup(keys);
	map.ready[action] = false;
}

void keymap_reset(void)
{
	for (int i = 1; i < ACTIONS; i++)
		keymap_bind((enum action)i, NULL);
}

static void read_names(enum action action)
{
	const char *names = keymap_keys(action), *name;
	int count = 0;
	size_t len;

	memset(map.key[action], 0, sizeof map.key[action]);
	while (count < KEYMAP_MOST && (name = keymap_next(&names, &len)) != NULL)
		map.key[action][count++] = key_by_name(name, len);
	map.ready[action] = true;
}

bool keymap_has(enum action action, uint32_t key)
{
	if (!map.ready[action])
		read_names(action);
	for (int i = 0; i < KEYMAP_MOST && map.key[action][i] != KEY_NONE; i++)
		if (map.key[action][i] == key)
			return true;
	return false;
}

bool action_exists(enum action action, uint64_t where)
{
	return (actions[action].where & where) != 0 && (actions[action].not_in & where) == 0;
}

static enum action find(uint32_t key, uint64_t where, unsigned has)
{
	for (int i = 1; i < ACTIONS; i++)
		if (action_exists((enum action)i, where) && (actions[i].needs & ~has) == 0 && keymap_has((enum action)i, key))
			return (enum action)i;
	return ACTION_NONE;
}

enum action keymap_find(uint32_t key, uint64_t where, unsigned has)
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
		if (is(name, len, named[i].name)) {
			buf_adds(out, _(named[i].shown));
			return;
		}
	}
	buf_add(out, name, len);
}

void action_keys(enum action action, uint64_t where, int most, struct buf *out)
{
	const char *list = keymap_keys(action), *name;
	int shown = 0;
	size_t len;

	while (shown < most && (name = keymap_next(&list, &len)) != NULL) {
		if ((where & IN_TEXT) != 0 && key_is_character(key_by_name(name, len)))
			continue;
		if (shown++ > 0)
			buf_adds(out, ", ");
		show_key(name, len, out);
	}
}
