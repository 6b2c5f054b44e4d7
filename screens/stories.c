#include "screens/stories.h"

#include "base/i18n.h"
#include "records/person.h"
#include "records/story.h"
#include "screens/book.h"
#include "screens/parts/register.h"
#include "screens/story_act.h"
#include "screens/parts/words.h"

static void show_kind(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(story_kinds, register_cell(r, row, STORIES_KIND), out);
}

static void show_state(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(story_states, register_cell(r, row, STORIES_STATE), out);
}

static const struct register_column columns[] = {
	{ STORIES_AUTHOR, { N_("Author"), 16, 32, 2, false, words_short_name }, N_("by author"), false, NULL },
	{ STORIES_TITLE, { N_("Title"), 20, 60, 1, false, NULL }, N_("by title"), false, NULL },
	{ STORIES_KIND, { N_("Kind"), 10, 12, 5, false, NULL }, N_("by kind"), false, show_kind },
	{ STORIES_SECTION, { N_("Section"), 10, 28, 3, false, NULL }, N_("in the book's order"), false, NULL },
	/* TRANSLATORS: the number of a text in its section, a narrow column */
	{ STORIES_POSITION, { N_("No."), 4, 5, 6, true, NULL }, N_("by position"), false, NULL },
	{ STORIES_STATE, { N_("State"), 12, 15, 4, false, NULL }, N_("by state"), false, show_state },
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };
enum { PART_MINE, PART_SUBMITTED, PART_ALL, PART_PRACTICES, PARTS };

static const struct register_part parts[PARTS] = {
	[PART_MINE] = { .title = N_("My texts"), .facet = STORIES_BY_MINE, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("No text of your own yet. Press n to write one: a story, an achievement, advice, a practice.") },
	/* TRANSLATORS: texts that wait for the editor */
	[PART_SUBMITTED] = { .title = N_("Submitted texts"), .facet = STORIES_BY_SUBMITTED, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("No text waits for the editor. Tab shows others.") },
	[PART_ALL] = { .title = N_("The collection"), .facet = -1, .columns = columns, .count = COLUMNS,
		.none = N_("The collection is empty yet. Press n to write the first text.") },
	/* TRANSLATORS: what others can take over: everybody receives them */
	[PART_PRACTICES] = { .title = N_("Accepted practices"), .facet = STORIES_BY_PRACTICE, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("No practice is accepted yet. Accepted ones come to every device with an exchange.") },
};

/* A coordinator edits what others write. */
static int begin(struct store *s)
{
	return person_coordinates(s) ? PART_ALL : PART_MINE;
}

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld text", "%lld texts", n), (long long)n);
}

static void elsewhere(int64_t n, struct buf *out)
{
	buf_addf(out, _("None of these texts is found by these words; among all: %lld (Tab)"), (long long)n);
}

static unsigned act(struct register_screen *r, enum action action)
{
	const char *id;

	if (action == ACTION_PAPER)
		return book_ask(register_loop(r));
	if (!story_acts(action))
		return DID_NOTHING;
	id = register_selected(r);
	return id[0] != '\0' ? story_act(register_loop(r), id, action) : DID_CHANGE;
}

static const int facets[] = { STORIES_BY_STATE, STORIES_BY_KIND };

static const struct register_class stories = {
	.name = "collection", .place = IN_STORIES, .listing = &stories_listing, .type = &story_type, .part = parts, .parts = PARTS, .begin = begin,
	.facets = facets, .facets_count = 2, .order = STORIES_SECTION, .count = count,
	.not_found = N_("No text is found by these words."),
	.elsewhere = elsewhere, .act = act,
};

struct screen *stories_open(struct store *s)
{
	return register_open(s, &stories);
}
