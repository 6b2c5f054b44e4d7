#include "records/story.h"

#include <string.h>

#include "base/i18n.h"
#include "records/person.h"

const struct choice story_kinds[] = {
	/* TRANSLATORS: kinds of texts of the collection */
	{ "story", N_("story"), "история|личная история|рассказ" },
	{ "achievement", N_("achievement"), "достижение|достижения|результат" },
	{ "advice", N_("advice"), "совет|советы|рекомендация" },
	{ "practice", N_("practice"), "практика|лучшая практика|опыт" },
	{ NULL, NULL, NULL }
};

const struct choice story_states[] = {
	/* TRANSLATORS: states of a text of the collection: still written; handed in; edited by the coordinator; accepted for the book */
	{ STORY_DRAFT, N_("draft"), "черновик" },
	{ STORY_SUBMITTED, N_("handed in"), "подан|подано|сдан" },
	{ STORY_EDITED, N_("edited"), "отредактирован|редактура" },
	{ STORY_ACCEPTED, N_("accepted"), "принят|принято" },
	{ NULL, NULL, NULL }
};

static const struct field story_fields[] = {
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	{ .name = "author", .label = N_("Author"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	{ .name = "organisation", .label = N_("Organisation"), .kind = FIELD_REFERENCE, .references = "organisation" },
	{ .name = "kind", .label = N_("Kind"), .kind = FIELD_CHOICE, .choices = story_kinds, .initial = "story", .required = true },
	/* TRANSLATORS: the text itself, of a story */
	{ .name = "body", .label = N_("Text"), .kind = FIELD_LONG_TEXT, .max = STORY_BODY_MAX },
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE, .choices = story_states, .initial = STORY_DRAFT, .required = true },
	/* TRANSLATORS: of the book: a chapter */
	{ .name = "section", .label = N_("Section"), .kind = FIELD_TEXT },
	/* TRANSLATORS: place of a text in its section, a number */
	{ .name = "position", .label = N_("Position"), .kind = FIELD_NUMBER },
	{ .name = "note", .label = N_("Editor's note"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int story_defaults(struct store *s, struct record *r, struct err *e)
{
	char me[RECORD_ID_SIZE];
	if (record_untouched(r, "author"))
		record_put(r, "author", person_me(s, me));
	return record_default_programme(s, r, e);
}

/* Who says nothing else means the author's organisation. In a form it stands empty until then. */
static int story_complete(struct store *s, struct record *r, struct err *e)
{
	struct record author;
	(void)e;
	if (*r->id || *record_get(r, "organisation") || !*record_get(r, "author"))
		return 0;
	if (record_load(s, &author, &person_type, record_get(r, "author"), NULL) != 0)
		return 0;		/* of whom this device knows the name alone */
	record_put(r, "organisation", record_get(&author, "organisation"));
	record_release(&author);
	return 0;
}

/* --- who may do what --- */

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static bool differs(const struct record *r, const struct record *before, const char *field)
{
	return strcmp(record_get(r, field), record_get(before, field)) != 0;
}

static bool is_editors(const char *state)
{
	return strcmp(state, STORY_EDITED) == 0 || strcmp(state, STORY_ACCEPTED) == 0;
}

static int check_order(const struct record *r, const struct record *before, struct err *e)
{
	static const char *const fields[] = { "section", "position", "note" };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (differs(r, before, fields[i])) {
			err_set(e, ERR_REFUSED, _("only a coordinator puts the texts in order"));
			return wrong(r, fields[i], e);
		}
	return 0;
}

/* What its author, or whoever else is no coordinator, may not do. */
static int check_author(const struct record *r, const struct record *before, struct err *e)
{
	static const char *const fields[] = { "title", "author", "organisation", "kind", "body", "programme" };
	const char *state = record_get(before, "state");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strcmp(state, STORY_ACCEPTED) == 0 && differs(r, before, fields[i])) {
			err_set(e, ERR_REFUSED, _("the text is accepted: only a coordinator changes it now"));
			return wrong(r, fields[i], e);
		}
	if (differs(r, before, "state") && (is_editors(record_get(r, "state")) || is_editors(state))) {
		err_set(e, ERR_REFUSED, _("only a coordinator edits and accepts texts; the author submits them"));
		return wrong(r, "state", e);
	}
	return check_order(r, before, e);
}

static int story_check(struct store *s, const struct record *r, struct err *e)
{
	struct record before;
	if (!*record_get(r, "body") && strcmp(record_get(r, "state"), STORY_DRAFT) != 0) {
		err_set(e, ERR_REFUSED, _("there is no text yet: only a draft can be empty"));
		return wrong(r, "body", e);
	}
	if (person_coordinates(s))
		return 0;
	if (!*r->id)
		record_init(&before, &story_type);
	else if (record_load(s, &before, &story_type, r->id, e) != 0)
		return -1;
	int rc = check_author(r, &before, e);
	record_release(&before);
	return rc;
}

static int story_may_remove(struct store *s, const char *id, struct err *e)
{
	struct record r;
	if (record_load(s, &r, &story_type, id, e) != 0)
		return -1;
	bool accepted = strcmp(record_get(&r, "state"), STORY_ACCEPTED) == 0;
	record_release(&r);
	if (accepted && !person_coordinates(s))
		return err_set(e, ERR_REFUSED, _("the text is accepted: only a coordinator removes it"));
	return 0;
}

#define COLUMNS "title, author, organisation, kind, body, state, section, position, note, programme"

const struct record_type story_type = {
	.name = "story",
	/* TRANSLATORS: a text of the collection, whatever its kind */
	.title = N_("Text of the collection"),
	.table = "story",
	.fields = story_fields,
	.count = sizeof story_fields / sizeof *story_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("story", COLUMNS),
		.list = RECORD_SQL_LIST("story r", COLUMNS, STORY_ORDER("r")),
		RECORD_SQL_REST("story", "title", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10,?11")
	},
	.defaults = story_defaults,
	.complete = story_complete,
	.check = story_check,
	.may_remove = story_may_remove,
};

int story_state(struct store *s, const char *id, const char *state, struct err *e)
{
	struct record r;
	if (record_load(s, &r, &story_type, id, e) != 0)
		return -1;
	int rc = record_set(s, &r, "state", state, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}
