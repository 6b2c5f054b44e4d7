/* The log of consultations, the newest first. */
#include "records/consultation.h"
#include "listings/listing_private.h"

#include "base/i18n.h"

enum { R_MENTEE, R_MENTOR, R_FORM, R_MUNICIPALITY, REFERENCES };

/* Of a contact with an administration that names no official its municipality: an id that nobody has is shown as it is. */
#define WHOM "coalesce(r.mentee, (SELECT m.name FROM municipality m WHERE m.code = r.municipality))"

static const struct listing_reference references[REFERENCES] = {
	[R_MENTEE] = { WHOM, &person_type, NULL },
	[R_MENTOR] = { "r.mentor", &person_type, NULL },
	[R_FORM] = { "r.form", NULL, consultation_forms },
	[R_MUNICIPALITY] = { "r.municipality", NULL, NULL },
};

static const struct listing_column columns[CONSULTATIONS_COLUMNS] = {
	[CONSULTATIONS_DATE] = { .key = "r.date", .text = LISTING_DATE_TEXT("r.date"), .date = true },
	[CONSULTATIONS_MENTEE] = { .reference = &references[R_MENTEE] },
	[CONSULTATIONS_MENTOR] = { .reference = &references[R_MENTOR] },
	[CONSULTATIONS_TOPIC] = { .key = "sort_key(r.topic)" },
	[CONSULTATIONS_FORM] = { .reference = &references[R_FORM] },
	[CONSULTATIONS_NEXT_DATE] = { .key = "r.next_date", .text = LISTING_DATE_TEXT("r.next_date"), .date = true },
	[CONSULTATIONS_NEXT_STEP] = { .key = "sort_key(r.next_step)", .text = "search_fold(r.next_step)" },
};

static const struct listing_facet facets[CONSULTATIONS_FACETS] = {
	[CONSULTATIONS_BY_MINE] = { N_("mine"), "r.mentor = " LISTING_ME " OR r.mentee = " LISTING_ME " OR " LISTING_MADE_HERE, listing_yes },
	/* TRANSLATORS: quick filter: consultations whose next step is not done yet */
	[CONSULTATIONS_BY_DUE] = { N_("next step open"),
	    "r.next_done IS NULL AND (r.next_date IS NOT NULL OR r.next_step IS NOT NULL)", listing_yes },
	/* TRANSLATORS: quick filter: with a mentee, or with an administration */
	[CONSULTATIONS_BY_KIND] = { N_("kind"), "coalesce(r.kind, '" CONSULTATION_USUAL "') = " LISTING_FACET(2), consultation_kinds },
	[CONSULTATIONS_BY_FORM] = { N_("form"), "r.form = " LISTING_FACET(3), consultation_forms },
};

const struct listing consultations_listing = {
	.table = "consultation",
	.descending = true,
	.index = "consultation r INDEXED BY consultation_programme",
	.within = LISTING_IN_PROGRAMME,
	.from_key = "(r.date, r.deleted, r.id) >= (" LISTING_KEY ", 0, " LISTING_ID ")",
	.to_key = "(r.date, r.deleted, r.id) <= (" LISTING_KEY ", 0, " LISTING_ID ")",
	.key = "r.date",
	.from = "consultation r",
	.visible = LISTING_VISIBLE_IN_PROGRAMME,
	.text = "r.find || ' ' || " LISTING_DATE_TEXT("r.date") " || ' ' || " LISTING_DATE_TEXT("r.next_date"),
	.row = "SELECT r.date, " WHOM ", r.mentor, r.topic, r.form, r.next_date, r.next_step, r.date"
	    " FROM consultation r WHERE r.id = " LISTING_ID " AND r.deleted = 0",
	.column = columns, .columns = CONSULTATIONS_COLUMNS,
	.reference = references, .references = REFERENCES,
	.facet = facets, .facets = CONSULTATIONS_FACETS,
};
