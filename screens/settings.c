#include "screens/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/language.h"
#include "records/person.h"
#include "screens/terminal/canvas_curses.h"
#include "screens/cards.h"
#include "screens/terminal/keys_file.h"
#include "screens/parts/page.h"
#include "screens/parts/pick.h"

#define ME "me"

/* --- what the files say --- */

static void load(struct preferences *p, struct buf *faults)
{
	struct err e = ERR_INIT;

	if (preferences_load(p, faults, &e) == 0 || faults == NULL)
		return;
	buf_addf(faults, "%s%s", faults->len > 0 ? "\n" : "", e.text);
}

static void prefer(const struct preferences *p)
{
	terminal_prefer(p->value[PREFERENCE_THEME], strcmp(p->value[PREFERENCE_MOUSE], "on") == 0);
}

void settings_apply(struct buf *faults)
{
	struct buf nobody = BUF_INIT;
	struct preferences p;

	load(&p, faults);
	prefer(&p);
	keys_file_load(faults != NULL ? faults : &nobody);
	buf_release(&nobody);
}

static int count_lines(const struct buf *text)
{
	int count = text->len > 0;

	for (size_t i = 0; i < text->len; i++)
		count += text->data[i] == '\n';
	return count;
}

void settings_tell(struct loop *l, const struct buf *faults)
{
	int more = count_lines(faults) - 1, first = (int)strcspn(faults->data, "\n");
	struct err e = ERR_INIT;

	if (faults->len == 0)
		return;
	if (more > 0)
		/* TRANSLATORS: the first of what is wrong in the files of settings and keys; how many more there are */
		err_set(&e, ERR_REFUSED, P_("%.*s (and %d more: see the settings)", "%.*s (and %d more: see the settings)", more), first, faults->data, more);
	else
		err_set(&e, ERR_REFUSED, "%.*s", first, faults->data);
	loop_problem(l, &e);
}

/* --- the screen --- */

static const char *label_of(const struct preferences *p, int which)
{
	const struct preference_info *info = &preference_infos[which];
	int i = 0;

	while (info->values[i] != NULL && strcmp(info->values[i], p->value[which]) != 0)
		i++;
	return _(info->labels[i]);
}

static void add_me(struct page *page)
{
	char me[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;

	if (person_me(page_store(page), me)[0] != '\0')
		record_name(page_store(page), &person_type, me, &name);
	page_heading(page, _("Who works here"));
	page_choice(page, name.len > 0 ? name.data : _("nobody was entered yet"), _("your own card"), ME);
	buf_release(&name);
}

static void add_path(struct page *page, const char *label, const char *file)
{
	struct buf path = BUF_INIT;
	const char *home = getenv("HOME");
	size_t len = home != NULL ? strlen(home) : 0;

	if (preferences_path(file, &path)) {
		/* As people write it: a short line. */
		if (len > 1 && strncmp(path.data, home, len) == 0 && path.data[len] == '/')
			path.data[--len] = '~';
		else
			len = 0;
		page_field(page, label, path.data + len);
	}
	buf_release(&path);
}

/* First of all, where there is something. */
static void add_faults(struct page *page, const char *line)
{
	struct buf words = BUF_INIT;

	if (*line != '\0')
		page_heading(page, _("What is wrong in the files of settings and keys"));
	while (*line != '\0') {
		size_t len = strcspn(line, "\n");

		buf_reset(&words);
		buf_adds(&words, "! ");
		buf_add(&words, line, len);
		page_text(page, ROLE_WARNING, words.data);
		line += len + (line[len] == '\n');
	}
	buf_release(&words);
}

/* Both files are read anew: who mends one beside the screens sees it here. */
static int fill(struct page *page, struct err *e)
{
	struct buf faults = BUF_INIT;
	struct preferences p;

	(void)e;
	load(&p, &faults);
	keys_file_load(&faults);
	add_faults(page, faults.data);
	page_heading(page, _("At this computer"));
	for (int i = 0; i < PREFERENCES; i++)
		page_choice(page, _(preference_infos[i].label), label_of(&p, i), preference_infos[i].name);
	add_me(page);
	page_heading(page, _("Files"));
	add_path(page, _("Settings"), "preferences");
	add_path(page, _("Own keys"), "keys");
	page_text(page, ROLE_MUTED, _("In the file of own keys each line is “action = keys”. “livenet keys” prints the names of all actions."));
	buf_release(&faults);
	return 0;
}

static void title(struct page *page, struct title *t)
{
	(void)page;
	buf_adds(&t->place, _("Settings"));
}

/* What was chosen for a preference: "name=value". */
static unsigned chosen(void *context, const char *const *values, int count)
{
	struct loop *l = context;
	struct preferences p;
	struct err e = ERR_INIT;
	struct buf name = BUF_INIT;
	const char *equals = count > 0 ? strchr(values[0], '=') : NULL;

	if (equals == NULL)
		return DID_CHANGE;
	load(&p, NULL);
	buf_add(&name, values[0], (size_t)(equals - values[0]));
	if (preferences_set(&p, name.data, equals + 1, &e) != 0)
		loop_problem(l, &e);
	buf_release(&name);
	prefer(&p);
	language_choose(p.value[PREFERENCE_LANGUAGE]);
	l->mouse = terminal_mouse();
	return DID_SAVE;
}

static void pick_value(struct loop *l, int which)
{
	const struct preference_info *info = &preference_infos[which];
	struct screen *pick = pick_open(_(info->label), chosen, l);
	struct preferences p;
	struct buf value = BUF_INIT, now = BUF_INIT;

	load(&p, NULL);
	for (int i = 0; info->values[i] != NULL; i++) {
		buf_reset(&value);
		buf_addf(&value, "%s=%s", info->name, info->values[i]);
		pick_add(pick, value.data, _(info->labels[i]), "");
		pick_also(pick, info->values[i]);
	}
	buf_addf(&now, "%s=%s", info->name, p.value[which]);
	pick_start(pick, now.data);
	loop_push(l, pick);
	buf_release(&value);
	buf_release(&now);
}

static unsigned open_line(struct page *page, const char *key)
{
	char me[RECORD_ID_SIZE];

	if (strcmp(key, ME) == 0 && person_me(page_store(page), me)[0] != '\0')
		cards_edit(page_loop(page), &person_type, me, NULL);
	for (int i = 0; i < PREFERENCES; i++)
		if (strcmp(key, preference_infos[i].name) == 0)
			pick_value(page_loop(page), i);
	return DID_CHANGE;
}

static const struct page_class settings_class = {
	.name = "settings", .where = IN_MAIN | IN_SETTINGS, .fill = fill, .title = title, .open = open_line,
};

struct screen *settings_open(struct store *s)
{
	return page_open(s, &settings_class, NULL);
}
