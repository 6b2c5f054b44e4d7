/* The collection, in the order of the book. */
#include "listings/listing_private.h"
#include "records/story.h"

#include "base/i18n.h"

enum { R_AUTHOR, R_KIND, R_STATE, REFERENCES };

static const struct listing_reference references[REFERENCES] = {
	[R_AUTHOR] = { "r.author", &person_type, NULL },
	[R_KIND] = { "r.kind", NULL, story_kinds },
	[R_STATE] = { "r.state", NULL, story_states },
};

static const struct listing_column columns[STORIES_COLUMNS] = {
	[STORIES_SECTION] = { .key = STORY_PLACE("r"), .text = "search_fold(r.section)" },
	[STORIES_AUTHOR] = { .reference = &references[R_AUTHOR] },
	[STORIES_TITLE] = { .key = "sort_key(r.title)", .text = "search_fold(r.title)" },
	[STORIES_KIND] = { .reference = &references[R_KIND] },
	[STORIES_STATE] = { .reference = &references[R_STATE] },
	[STORIES_POSITION] = { .key = "CASE WHEN r.position IS NULL THEN NULL ELSE " LISTING_NUMBER("r.position") " END" },
};

static const struct listing_facet facets[STORIES_FACETS] = {
	[STORIES_BY_MINE] = { N_("mine"), "r.author = " LISTING_ME " OR " LISTING_MADE_HERE, listing_yes },
	/* TRANSLATORS: quick filter of the collection: texts that wait for the editor */
	[STORIES_BY_SUBMITTED] = { N_("submitted"), "r.state = '" STORY_SUBMITTED "'", listing_yes },
	[STORIES_BY_PRACTICE] = { N_("accepted practices"), "r.state = '" STORY_ACCEPTED "' AND r.kind = 'practice'", listing_yes },
	[STORIES_BY_STATE] = { N_("state"), "r.state = " LISTING_FACET(3), story_states },
	[STORIES_BY_KIND] = { N_("kind"), "r.kind = " LISTING_FACET(4), story_kinds },
};

const struct listing stories_listing = {
	.table = "story",
	.key = STORY_PLACE("r"),
	.from = "story r",
	.visible = "r.deleted = 0 AND r.programme = " LISTING_PROGRAMME,
	.text = "search_fold(coalesce(r.title, '') || ' ' || coalesce(r.section, ''))",
	.row = "SELECT r.section, r.author, r.title, r.kind, r.state, r.position, " STORY_PLACE("r")
	    " FROM story r WHERE r.id = " LISTING_ID " AND r.deleted = 0",
	.column = columns, .columns = STORIES_COLUMNS,
	.reference = references, .references = REFERENCES,
	.facet = facets, .facets = STORIES_FACETS,
};
