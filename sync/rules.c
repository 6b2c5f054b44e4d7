#include "sync/rules.h"

#include <stddef.h>
#include <string.h>

#include "store/journal.h"

static const char *const roles[ROLE_COUNT] = { "consultant", "expert", "coordinator" };

struct cell { enum rule insert, update, erase; };

#define EVERYTHING { RULE_ALL, RULE_ALL, RULE_NO }
#define NOTHING { RULE_NO, RULE_NO, RULE_NO }

static const struct { const char *table; struct cell cell[ROLE_COUNT]; } rules[] = {
	/*			consultant				expert					coordinator */
	{ "programme",	    { NOTHING,					NOTHING,				EVERYTHING } },
	{ "organisation",   { { RULE_ANY, RULE_HELD, RULE_NO },		{ RULE_ANY, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "person",	    { { RULE_ANY, RULE_HELD, RULE_NO },		{ RULE_ANY, RULE_HELD, RULE_NO },	{ RULE_ALL, RULE_ALL, RULE_ALL } } },	/* alone can be erased */
	{ "participation",  { { RULE_PARTS, RULE_HELD, RULE_NO },	{ RULE_PARTS, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "mentorship",	    { { RULE_MENTOR, RULE_OWN, RULE_NO },	{ RULE_MENTOR, RULE_OWN, RULE_NO },	EVERYTHING } },
	{ "seminar",	    { { RULE_PLACE, RULE_HELD, RULE_NO },	{ RULE_LED, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "attendance",	    { { RULE_PARTS, RULE_HELD, RULE_NO },	{ RULE_PARTS, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "consultation",   { { RULE_TALK, RULE_TALK, RULE_NO },	{ RULE_TALK, RULE_TALK, RULE_NO },	EVERYTHING } },
	{ "consent",	    { { RULE_PERSON, RULE_PERSON, RULE_NO },	{ RULE_PERSON, RULE_PERSON, RULE_NO },	EVERYTHING } },
	{ "call",           { NOTHING, NOTHING, EVERYTHING } },
	{ "criterion",      { NOTHING, NOTHING, EVERYTHING } },
	{ "judge",          { NOTHING, NOTHING, EVERYTHING } },
	{ "application",    { { RULE_APPLY, RULE_APPLY, RULE_NO }, { RULE_APPLY, RULE_APPLY, RULE_NO }, EVERYTHING } },
	{ "score",          { { RULE_SCORE, RULE_SCORE, RULE_NO }, { RULE_SCORE, RULE_SCORE, RULE_NO }, EVERYTHING } },
	{ "course",         { NOTHING, NOTHING, EVERYTHING } },
	{ "course_group",   { NOTHING, NOTHING, EVERYTHING } },
	{ "enrolment",      { NOTHING, NOTHING, EVERYTHING } },
	{ "study_day",      { NOTHING, NOTHING, EVERYTHING } },
	{ "certificate",    { NOTHING, NOTHING, EVERYTHING } },
	{ "number_block",   { NOTHING, NOTHING, NOTHING } },	/* the hub's own */
	{ "seminar_staff",  { { RULE_STAFF, RULE_HELD, RULE_NO }, { RULE_STAFF, RULE_HELD, RULE_NO }, EVERYTHING } },
	{ "template",       { NOTHING, NOTHING, EVERYTHING } },
	{ "story",          { { RULE_STORY, RULE_STORY, RULE_NO }, { RULE_STORY, RULE_STORY, RULE_NO }, EVERYTHING } },
	{ "directory_entry", { { RULE_ENTRY, RULE_ENTRY, RULE_NO }, { RULE_ENTRY, RULE_ENTRY, RULE_NO }, EVERYTHING } },
	{ "question",       { { RULE_ASK, RULE_ASK, RULE_NO }, { RULE_ASK, RULE_ASK, RULE_NO }, EVERYTHING } },
	{ "award_rule",     { NOTHING, NOTHING, EVERYTHING } },
	{ "award",          { NOTHING, NOTHING, EVERYTHING } },
	{ "indicator",      { NOTHING, NOTHING, EVERYTHING } },
	{ "filing",         { NOTHING, NOTHING, EVERYTHING } },
	{ "filing_part",    { NOTHING, NOTHING, EVERYTHING } },
	{ "territory",      { NOTHING, NOTHING, EVERYTHING } },
	{ "person_link",    { { RULE_PARTS, RULE_HELD, RULE_NO }, { RULE_PARTS, RULE_HELD, RULE_NO }, EVERYTHING } },
	{ "erasure",        { NOTHING, NOTHING, EVERYTHING } },
	{ "deletion_hold",  { NOTHING, NOTHING, { RULE_NO, RULE_HOLD, RULE_NO } } },	/* the hub's own; a coordinator decides */
};

int rule_role(const char *role)
{
	for (int i = 0; i < ROLE_COUNT; i++)
		if (strcmp(roles[i], role) == 0)
			return i;
	return -1;
}

static const struct cell *find(enum rule_role role, const char *table)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (strcmp(rules[i].table, table) == 0)
			return &rules[i].cell[role];
	return NULL;
}

bool rule_knows(const char *table)
{
	return find(ROLE_CONSULTANT, table) != NULL;
}

enum rule rule_for(enum rule_role role, const char *table, int kind)
{
	const struct cell *c = find(role, table);

	if (c == NULL)
		return RULE_NO;
	switch (kind) {
	case OPERATION_INSERT: return c->insert;
	case OPERATION_UPDATE: return c->update;
	case OPERATION_ERASE: return c->erase;
	default: return RULE_NO;
	}
}
