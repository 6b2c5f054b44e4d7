#include "base/preferences.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/text.h"

#define FILE_NAME "preferences"
#define FILE_MOST (64 * 1024)

static const char *const languages[] = { "system", "ru", "en", NULL };
static const char *const language_labels[] = { N_("as the system says"), "Русский", "English", NULL };
static const char *const themes[] = { "auto", "colours", "contrast", "monochrome", NULL };
static const char *const theme_labels[] = {
	N_("colours where the terminal has them"), N_("colours"), N_("high contrast"), N_("without colours"), NULL
};
static const char *const starts[] = { "home", "people", "seminars", "consultations", NULL };
static const char *const start_labels[] = { N_("what is due"), N_("people"), N_("seminars"), N_("consultations"), NULL };
static const char *const switches[] = { "on", "off", NULL };
static const char *const switch_labels[] = { N_("on"), N_("off"), NULL };
/* Days. */
static const char *const histories[] = { "365", "90", "180", "730", "1825", "all", NULL };
static const char *const history_labels[] = {
	N_("for a year"), N_("for three months"), N_("for half a year"), N_("for two years"), N_("for five years"), N_("for ever"), NULL
};

const struct preference_info preference_infos[PREFERENCES] = {
	[PREFERENCE_LANGUAGE] = { "language", N_("Language"), languages, language_labels },
	/* TRANSLATORS: colours or none, a setting */
	[PREFERENCE_THEME] = { "theme", N_("Looks"), themes, theme_labels },
	[PREFERENCE_START] = { "start", N_("First screen"), starts, start_labels },
	[PREFERENCE_MOUSE] = { "mouse", N_("Mouse"), switches, switch_labels },
	/* TRANSLATORS: how long changes that were changed again are kept */
	[PREFERENCE_HISTORY] = { "history", N_("Earlier values are kept"), histories, history_labels },
};

bool preferences_path(const char *file, struct buf *out)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config != NULL && config[0] == '/')
		buf_addf(out, "%s/livenet/%s", config, file);
	else if (home != NULL && home[0] == '/')
		buf_addf(out, "%s/.config/livenet/%s", home, file);
	else
		return false;
	return true;
}

/* A stretch of a line, without blanks around it. */
struct word { const char *text; size_t len; };

static struct word trim(const char *text, size_t len)
{
	while (len > 0 && strchr(" \t\r", text[len - 1]) != NULL)
		len--;
	while (len > 0 && strchr(" \t", text[0]) != NULL) {
		text++;
		len--;
	}
	return (struct word){ text, len };
}

static bool is(struct word w, const char *text)
{
	return strlen(text) == w.len && memcmp(text, w.text, w.len) == 0;
}

/* "name = value". False: an empty line or a comment. A line without "=" is all name. */
static bool split(const char *line, size_t len, struct word *name, struct word *value)
{
	const char *equals;

	*name = trim(line, len);
	*value = (struct word){ line + len, 0 };
	if (name->len == 0 || name->text[0] == '#')
		return false;
	equals = memchr(name->text, '=', name->len);
	if (equals != NULL) {
		const char *end = name->text + name->len;

		*value = trim(equals + 1, (size_t)(end - equals - 1));
		*name = trim(name->text, (size_t)(equals - name->text));
	}
	return true;
}

static int find_name(struct word name)
{
	for (int i = 0; i < PREFERENCES; i++)
		if (is(name, preference_infos[i].name))
			return i;
	return -1;
}

static const char *find_value(int which, struct word value)
{
	for (const char *const *each = preference_infos[which].values; *each != NULL; each++)
		if (is(value, *each))
			return *each;
	return NULL;
}

static void add_values(int which, struct buf *out)
{
	for (const char *const *each = preference_infos[which].values; *each != NULL; each++)
		buf_addf(out, "%s%s", each == preference_infos[which].values ? "" : ", ", *each);
}

static void add_problem(struct buf *problems, const char *path, int line, struct word word, int which)
{
	struct buf shown = BUF_INIT, values = BUF_INIT;

	text_escape(word.text, word.len < 100 ? word.len : 100, &shown);
	if (problems->len > 0)
		buf_addc(problems, '\n');
	if (which < 0) {
		buf_addf(problems, _("%s, line %d: there is no setting “%s”"), path, line, shown.data);
	} else {
		add_values(which, &values);
		buf_addf(problems, _("%s, line %d: “%s” is none of %s"), path, line, shown.data, values.data);
	}
	buf_release(&shown);
	buf_release(&values);
}

static void take_line(struct preferences *p, const char *path, int number, const char *line, size_t len, struct buf *problems)
{
	struct word name, value;
	const char *known;
	int which;

	if (!split(line, len, &name, &value))
		return;
	which = find_name(name);
	known = which >= 0 ? find_value(which, value) : NULL;
	if (known != NULL)
		p->value[which] = known;
	else if (problems != NULL)
		add_problem(problems, path, number, which < 0 ? name : value, which);
}

/* The next line of text from *at on; false at the end. */
static bool next_line(const struct buf *text, size_t *at, const char **line, size_t *len)
{
	const char *end;

	if (*at >= text->len)
		return false;
	*line = text->data + *at;
	end = memchr(*line, '\n', text->len - *at);
	*len = end != NULL ? (size_t)(end - *line) : text->len - *at;
	*at += *len + (end != NULL ? 1 : 0);
	return true;
}

int preferences_load(struct preferences *p, struct buf *problems, struct err *e)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	const char *line;
	size_t at = 0, len;
	int rc = 0;

	for (int i = 0; i < PREFERENCES; i++)
		p->value[i] = preference_infos[i].values[0];
	if (preferences_path(FILE_NAME, &path) && fs_exists(path.data) && (rc = fs_read_file(path.data, FILE_MOST, &text, e)) == 0)
		for (int number = 1; next_line(&text, &at, &line, &len); number++)
			take_line(p, path.data, number, line, len, problems);
	buf_release(&path);
	buf_release(&text);
	return rc;
}

/* The file's text with this one set: in the place of the line that set it before, else at the end. */
static void rewrite(const struct buf *text, const char *setting, const char *value, struct buf *out)
{
	struct word name, old;
	const char *line;
	size_t at = 0, len;
	bool done = false;

	while (next_line(text, &at, &line, &len)) {
		if (!split(line, len, &name, &old) || !is(name, setting)) {
			buf_add(out, line, len);
			buf_addc(out, '\n');
		} else if (!done) {
			buf_addf(out, "%s = %s\n", setting, value);
			done = true;
		}
	}
	if (!done)
		buf_addf(out, "%s = %s\n", setting, value);
}

static int write_file(const char *path, const char *setting, const char *value, struct err *e)
{
	struct buf text = BUF_INIT, changed = BUF_INIT;
	/* Where the file is a link to one that a person keeps elsewhere, that one is written. */
	char *real = realpath(path, NULL), *folder = fs_dirname(real != NULL ? real : path);
	int rc = -1;

	if (fs_mkdirs(folder, 0700, e) == 0 && (real == NULL || fs_read_file(real, FILE_MOST, &text, e) == 0)) {
		rewrite(&text, setting, value, &changed);
		rc = fs_write(real != NULL ? real : path, changed.data, changed.len, 0600, e);
	}
	free(folder);
	free(real);
	buf_release(&text);
	buf_release(&changed);
	return rc;
}

int preferences_set(struct preferences *p, const char *name, const char *value, struct err *e)
{
	int which = find_name((struct word){ name, strlen(name) });
	const char *known = which >= 0 ? find_value(which, (struct word){ value, strlen(value) }) : NULL;
	struct buf path = BUF_INIT;
	int rc;

	if (which < 0)
		return err_set(e, ERR_USAGE, _("there is no setting “%s”; “livenet setting” lists them"), name);
	if (known == NULL) {
		add_values(which, &path);
		err_set(e, ERR_USAGE, _("%s is one of %s, not “%s”"), name, path.data, value);
		buf_release(&path);
		return -1;
	}
	if (!preferences_path(FILE_NAME, &path)) {
		buf_release(&path);
		return err_set(e, ERR_REFUSED, _("neither HOME nor XDG_CONFIG_HOME says where settings are kept"));
	}
	rc = write_file(path.data, name, known, e);
	if (rc == 0)
		p->value[which] = known;
	buf_release(&path);
	return rc;
}
