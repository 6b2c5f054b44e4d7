#include "screens/terminal/keys_file.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/preferences.h"
#include "base/text.h"
#include "screens/terminal/keymap.h"

#define FILE_MOST (64 * 1024)
#define SHOWN_MOST 60		/* bytes of a word from the file in a message */

struct fault { int line; char *text; };
struct wish { int line; };	/* of an action's own keys; 0: none */

struct reader {
	const char *path;
	struct wish wish[ACTIONS];
	struct fault *fault;
	int faults;
};

static void complain(struct reader *r, int line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

static void complain(struct reader *r, int line, const char *fmt, ...)
{
	char words[512];
	struct buf text = BUF_INIT;
	va_list list;

	va_start(list, fmt);
	vsnprintf(words, sizeof words, fmt, list);
	va_end(list);
	/* TRANSLATORS: a file's name, the number of a line, what is wrong there */
	buf_addf(&text, _("%s, line %d: %s"), r->path, line, words);
	r->fault = mem_resize(r->fault, (size_t)r->faults + 1, sizeof *r->fault);
	r->fault[r->faults++] = (struct fault){ line, buf_detach(&text) };
}

/* A word of the file as a message can show it. */
static const char *shown(const char *text, size_t len, struct buf *out)
{
	buf_reset(out);
	text_escape(text, len < SHOWN_MOST ? len : SHOWN_MOST, out);
	return out->data;
}

/* --- one line --- */

/* True where the action exists in places with letters as text alone. */
static bool letters_are_text(enum action action)
{
	for (const struct place *p = keymap_places; p->name != NULL; p++)
		if (action_exists(action, p->where) && (p->where & IN_TEXT) == 0)
			return false;
	return true;
}

/* What the terminal keeps for itself, or gives as another key. */
static bool never_comes(uint32_t key)
{
	return key == 0x1a || key == 0x08 || key == 0x0a;
}

static bool key_is_wrong(struct reader *r, int line, enum action action, const char *name, size_t len)
{
	uint32_t key = key_by_name(name, len);
	struct buf word = BUF_INIT;
	bool wrong = key == KEY_NONE || (unsigned char)name[0] < ' ' || (key < KEY_FIRST_NAMED && key >= 0x7f && text_char_unsafe(key));

	if (wrong)
		complain(r, line, _("there is no key “%s”"), shown(name, len, &word));
	else if ((wrong = never_comes(key)))
		complain(r, line, _("the terminal keeps the key %s for itself"), shown(name, len, &word));
	else if ((wrong = key_is_character(key) && letters_are_text(action)))
		complain(r, line, _("“%s” cannot be the key %s: where it works characters are text"), actions[action].name, shown(name, len, &word));
	buf_release(&word);
	return wrong;
}

/* The names of keys behind the "=", each followed by a blank. False: something is wrong with one, and told. */
static bool read_keys(struct reader *r, int line, enum action action, const char *text, struct buf *out)
{
	const char *name;
	int count = 0;
	size_t len;

	if (strcmp(text, "none") == 0)
		return true;
	while ((name = keymap_next(&text, &len)) != NULL) {
		if (key_is_wrong(r, line, action, name, len))
			return false;
		if (++count > KEYMAP_MOST) {
			complain(r, line, _("an action has at most %d keys"), KEYMAP_MOST);
			return false;
		}
		buf_add(out, name, len);
		buf_addc(out, ' ');
	}
	if (count == 0)
		complain(r, line, _("no key stands behind “%s”; “none” leaves it without one"), actions[action].name);
	return count > 0;
}

/* Cuts blanks off both ends, in place. */
static char *trim(char *text)
{
	size_t len;

	text += strspn(text, " ");
	for (len = strlen(text); len > 0 && text[len - 1] == ' '; len--)
		text[len - 1] = '\0';
	return text;
}

static void read_line(struct reader *r, int line, char *text)
{
	char *equals = strchr(text, '='), *name;
	struct buf keys = BUF_INIT, word = BUF_INIT;
	enum action action;

	text = trim(text);
	if (text[0] == '\0' || text[0] == '#')
		return;
	if (equals != NULL)
		*equals = '\0';
	name = trim(text);
	action = action_by_name(name);
	if (!text_utf8_valid(name, strlen(name)) || (equals != NULL && !text_utf8_valid(equals + 1, strlen(equals + 1))))
		complain(r, line, _("this is no UTF-8"));
	else if (equals == NULL)
		complain(r, line, _("a line is “action = keys”, or a comment behind #"));
	else if (action == ACTION_NONE)
		complain(r, line, _("there is no action “%s”; “livenet keys” lists them"), shown(name, strlen(name), &word));
	else if (r->wish[action].line != 0)
		complain(r, line, _("“%s” stands in line %d already"), name, r->wish[action].line);
	else if (read_keys(r, line, action, trim(equals + 1), &keys)) {
		r->wish[action].line = line;
		keymap_bind(action, keys.data);
	}
	buf_release(&keys);
	buf_release(&word);
}

static void read_lines(struct reader *r, struct buf *text)
{
	char *line = text->data;

	for (size_t i = 0; i < text->len; i++)
		if (strchr("\t\r", text->data[i]) != NULL)		/* NUL too: it ends no line */
			text->data[i] = ' ';
	for (int number = 1; *line != '\0'; number++) {
		char *end = strchr(line, '\n'), *next = end != NULL ? end + 1 : line + strlen(line);

		if (end != NULL)
			*end = '\0';
		read_line(r, number, line);
		line = next;
	}
}

/* --- all of them together --- */

static bool usable(enum action action, const struct place *p)
{
	const char *names = keymap_keys(action), *name;
	size_t len;

	if (!action_exists(action, p->where))
		return false;
	while ((name = keymap_next(&names, &len)) != NULL)
		if ((p->where & IN_TEXT) == 0 || !key_is_character(key_by_name(name, len)))
			return true;
	return false;
}

static bool is_out(enum action action, const struct place *p)
{
	for (int i = 0; i < 4 && p->out[i] != ACTION_NONE; i++)
		if (p->out[i] == action)
			return true;
	return false;
}

/* True when the action was a way out of a place that has none now. */
static bool shuts_in(enum action action)
{
	for (const struct place *p = keymap_places; p->name != NULL; p++) {
		bool open = false;

		if (!is_out(action, p))
			continue;
		for (int i = 0; i < 4 && p->out[i] != ACTION_NONE; i++)
			open = open || usable(p->out[i], p);
		if (!open)
			return true;
	}
	return false;
}

static bool hides_help(enum action action)
{
	if (action == ACTION_HELP)
		for (const struct place *p = keymap_places; p->name != NULL; p++)
			if (action_exists(action, p->where) && !usable(action, p))
				return true;
	return false;
}

static bool together(enum action a, enum action b)
{
	for (const struct place *p = keymap_places; p->name != NULL; p++)
		if (action_exists(a, p->where) && action_exists(b, p->where))
			return true;
	return false;
}

/* Another action that has one of its keys in a place where both exist: ACTION_NONE, or it and the key's name. */
static enum action rival(enum action action, struct buf *key)
{
	const char *names = keymap_keys(action), *name;
	size_t len;

	while ((name = keymap_next(&names, &len)) != NULL) {
		for (int i = 1; i < ACTIONS; i++) {
			if (i != (int)action && keymap_has((enum action)i, key_by_name(name, len)) && together(action, (enum action)i)) {
				buf_add(key, name, len);
				return (enum action)i;
			}
		}
	}
	return ACTION_NONE;
}

static bool takes_back(struct reader *r, enum action action)
{
	int line = r->wish[action].line;
	struct buf key = BUF_INIT;
	enum action other = rival(action, &key);
	bool wrong = true;

	if (other != ACTION_NONE)
		complain(r, line, _("the key %s is that of “%s” already"), key.data, actions[other].name);
	else if (shuts_in(action))
		complain(r, line, _("without these keys of “%s” there would be no way out"), actions[action].name);
	else if (hides_help(action))
		complain(r, line, _("the help needs a key where letters are text too, such as F1"));
	else
		wrong = false;
	if (wrong) {
		keymap_bind(action, NULL);
		r->wish[action].line = 0;
	}
	buf_release(&key);
	return wrong;
}

/* The action whose line is the last one before this; ACTION_NONE at the beginning. */
static enum action before(const struct reader *r, int line)
{
	int last = ACTION_NONE;

	for (int i = 1; i < ACTIONS; i++)
		if (r->wish[i].line != 0 && r->wish[i].line < line && r->wish[i].line > r->wish[last].line)
			last = i;
	return (enum action)last;
}

/* Of two lines that do not go together the later one is wrong. What is taken back may meet another line: so again from the end. */
static void settle(struct reader *r)
{
	enum action action = before(r, INT_MAX);

	while (action != ACTION_NONE) {
		int line = r->wish[action].line;

		action = before(r, takes_back(r, action) ? INT_MAX : line);
	}
}

static int by_line(const void *a, const void *b)
{
	return ((const struct fault *)a)->line - ((const struct fault *)b)->line;
}

int keys_file_load(struct buf *faults)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct reader r = { .faults = 0 };
	struct err e = ERR_INIT;
	int count;

	keymap_reset();
	if (!preferences_path("keys", &path) || !fs_exists(path.data)) {
		buf_release(&path);
		return 0;
	}
	r.path = path.data;
	if (fs_read_file(path.data, FILE_MOST, &text, &e) != 0) {
		buf_adds(faults, e.text);
		count = 1;
	} else {
		read_lines(&r, &text);
		settle(&r);
		if (r.faults > 1)
			qsort(r.fault, (size_t)r.faults, sizeof *r.fault, by_line);
		for (int i = 0; i < r.faults; i++) {
			buf_addf(faults, "%s%s", faults->len > 0 ? "\n" : "", r.fault[i].text);
			free(r.fault[i].text);
		}
		free(r.fault);
		count = r.faults;
	}
	buf_release(&path);
	buf_release(&text);
	return count;
}
