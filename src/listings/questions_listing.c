/* Questions to experts, the newest first. */
#include "listings/listing_private.h"
#include "records/question.h"

#include "base/i18n.h"

enum { R_AUTHOR, R_EXPERT, REFERENCES };

static const struct listing_reference references[REFERENCES] = {
	[R_AUTHOR] = { "r.author", &person_type, NULL },
	[R_EXPERT] = { "r.expert", &person_type, NULL },
};

static const struct listing_column columns[QUESTIONS_COLUMNS] = {
	[QUESTIONS_DATE] = { .key = "r.date", .text = LISTING_DATE_TEXT("r.date"), .date = true },
	[QUESTIONS_TOPIC] = { .key = "sort_key(r.topic)", .text = "search_fold(r.topic)" },
	[QUESTIONS_AUTHOR] = { .reference = &references[R_AUTHOR] },
	[QUESTIONS_EXPERT] = { .reference = &references[R_EXPERT] },
	[QUESTIONS_ANSWERED] = { .key = "r.answered", .text = LISTING_DATE_TEXT("r.answered"), .date = true },
};

static const struct listing_facet facets[QUESTIONS_FACETS] = {
	[QUESTIONS_BY_MINE] = { N_("mine"), "r.author = " LISTING_ME " OR " LISTING_MADE_HERE, listing_yes },
	/* TRANSLATORS: quick filter: questions that are asked of me */
	[QUESTIONS_BY_TO_ME] = { N_("to me"), "r.expert = " LISTING_ME, listing_yes },
	[QUESTIONS_BY_OPEN] = { N_("unanswered"), QUESTION_OPEN("r"), listing_yes },
};

const struct listing questions_listing = {
	.table = "question",
	.descending = true,
	.key = "r.date",
	.from = "question r",
	.visible = "r.deleted = 0 AND r.programme = " LISTING_PROGRAMME,
	.text = "search_fold(coalesce(r.topic, '') || ' ' || coalesce(r.body, '') || ' ' || coalesce(r.answer, '')) || ' ' || " LISTING_DATE_TEXT("r.date"),
	.row = "SELECT r.date, r.topic, r.author, r.expert, r.answered, r.date FROM question r WHERE r.id = " LISTING_ID " AND r.deleted = 0",
	.column = columns, .columns = QUESTIONS_COLUMNS,
	.reference = references, .references = REFERENCES,
	.facet = facets, .facets = QUESTIONS_FACETS,
};
