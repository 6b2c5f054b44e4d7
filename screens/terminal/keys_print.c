#include "screens/terminal/keys_print.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "screens/terminal/keymap.h"

/* Where actions exist, in the order of the bits of IN_…. */
static const struct { uint64_t where; const char *name; } names[] = {
	{ IN_ROWS, "rows" }, { IN_LIST, "list" }, { IN_PAGE, "page" }, { IN_MAIN, "main" }, { IN_FILTER, "filter" }, { IN_JUMP, "jump" },
	{ IN_PICK, "pick" }, { IN_ATTENDANCE, "attendance" }, { IN_VERIFY, "verify" }, { IN_FORM, "form" }, { IN_TEXT, "text" },
	{ IN_PARAGRAPHS, "paragraphs" }, { IN_ASK, "question" }, { IN_ENTRY, "entry" }, { IN_SECRET, "passphrase" }, { IN_HELP, "help" },
	{ IN_EXAMPLE, "example" }, { IN_HOME, "home" }, { IN_PEOPLE, "people" }, { IN_SEMINARS, "seminars" },
	{ IN_ORGANISATIONS, "organisations" }, { IN_CONSULTATIONS, "consultations" }, { IN_MUNICIPALITIES, "municipalities" },
	{ IN_REPORTS, "reports" }, { IN_EXCHANGE, "exchange" }, { IN_CONFLICTS, "conflicts" }, { IN_SETTINGS, "settings" },
	{ IN_PERSON, "person" }, { IN_SEMINAR, "seminar" }, { IN_RECORD, "card" }, { IN_IMPORT, "import" },
	{ IN_CALLS, "selection" }, { IN_CALL, "call" }, { IN_APPLICATION, "application" }, { IN_COURSES, "training" }, { IN_COURSE, "course" },
	{ IN_STORIES, "collection" }, { IN_STORY, "story" }, { IN_DIRECTORY, "directory" }, { IN_QUESTIONS, "questions" }, { IN_QUESTION, "question" },
	{ IN_AWARDS, "thanks" }, { IN_INDICATORS, "indicators" }, { IN_COVERAGE, "map" }, { IN_PROGRAMMES, "programmes" }, { IN_PROGRAMME, "programme" },
};

static void add_places(enum action action, bool json, struct buf *out)
{
	const char *between = json ? "," : " ", *quote = json ? "\"" : "";
	bool first = true;

	if (actions[action].where == IN_ALL) {
		buf_addf(out, "%sall%s", quote, quote);
		return;
	}
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if ((actions[action].where & names[i].where) == 0)
			continue;
		buf_addf(out, "%s%s%s%s", first ? "" : between, quote, names[i].name, quote);
		first = false;
	}
}

static void add_keys(enum action action, bool json, struct buf *out)
{
	const char *keys = keymap_keys(action), *key;
	bool first = true;
	struct buf word = BUF_INIT;
	size_t len;

	while ((key = keymap_next(&keys, &len)) != NULL) {
		buf_reset(&word);
		buf_add(&word, key, len);
		buf_adds(out, first ? "" : json ? "," : " ");
		if (json)
			json_strings(out, word.data);
		else
			buf_adds(out, word.data);
		first = false;
	}
	if (first && !json)
		buf_adds(out, "none");
	buf_release(&word);
}

void keys_print(bool json, struct buf *out)
{
	buf_adds(out, json ? "[" : "action\tkeys\tplaces\tmeaning\n");
	for (int i = 1; i < ACTIONS; i++) {
		enum action action = (enum action)i;

		if (json) {
			buf_addf(out, "%s{\"action\":\"%s\",\"keys\":[", i > 1 ? "," : "", actions[i].name);
			add_keys(action, true, out);
			buf_adds(out, "],\"places\":[");
			add_places(action, true, out);
			buf_adds(out, "],\"meaning\":");
			json_strings(out, _(actions[i].help));
			buf_addc(out, '}');
		} else {
			buf_addf(out, "%s\t", actions[i].name);
			add_keys(action, false, out);
			buf_addc(out, '\t');
			add_places(action, false, out);
			buf_addf(out, "\t%s\n", _(actions[i].help));
		}
	}
	buf_adds(out, json ? "]\n" : "");
}
