#include "sync/rules.h"

#include <stddef.h>
#include <string.h>

#include "store/journal.h"

static const char *const roles[ROLE_COUNT] = { "consultant", "expert", "coordinator" };

struct cell { enum rule insert, update, erase; };

#define EVERYTHING { RULE_ALL, RULE_ALL, RULE_ALL }

static const struct { const char *table; struct cell cell[ROLE_COUNT]; } rules[] = {
	/*			consultant				expert					coordinator */
	{ "programme",	    { { RULE_NO, RULE_NO, RULE_NO },		{ RULE_NO, RULE_NO, RULE_NO },		EVERYTHING } },
	{ "organisation",   { { RULE_ANY, RULE_HELD, RULE_NO },		{ RULE_ANY, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "person",	    { { RULE_ANY, RULE_HELD, RULE_NO },		{ RULE_ANY, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "participation",  { { RULE_PARTS, RULE_HELD, RULE_NO },	{ RULE_PARTS, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "mentorship",	    { { RULE_MENTOR, RULE_OWN, RULE_NO },	{ RULE_MENTOR, RULE_OWN, RULE_NO },	EVERYTHING } },
	{ "seminar",	    { { RULE_PLACE, RULE_HELD, RULE_NO },	{ RULE_LED, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "attendance",	    { { RULE_PARTS, RULE_HELD, RULE_NO },	{ RULE_PARTS, RULE_HELD, RULE_NO },	EVERYTHING } },
	{ "consultation",   { { RULE_TALK, RULE_TALK, RULE_NO },	{ RULE_TALK, RULE_TALK, RULE_NO },	EVERYTHING } },
	{ "consent",	    { { RULE_PERSON, RULE_PERSON, RULE_NO },	{ RULE_PERSON, RULE_PERSON, RULE_NO },	EVERYTHING } },
	{ "call", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "criterion", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "judge", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "application", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "score", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "course", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "course_group", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "enrolment", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "study_day", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "certificate", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "number_block", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "seminar_staff", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "template", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "story", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "directory_entry", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "question", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "award_rule", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "award", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "indicator", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "filing", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "filing_part", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
	{ "territory", { { RULE_NO, RULE_NO, RULE_NO }, { RULE_NO, RULE_NO, RULE_NO }, EVERYTHING } },
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
