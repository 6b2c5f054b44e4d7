#include "screens/unnamed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/record.h"
#include "screens/parts/prompt.h"

struct unnamed {
	struct loop *loop;
	struct record seminar;
};

static unsigned finish(struct unnamed *u, unsigned did)
{
	record_release(&u->seminar);
	free(u);
	return did;
}

static unsigned refused(struct unnamed *u, const struct err *e, bool *again)
{
	loop_problem(u->loop, e);
	*again = true;
	return DID_CHANGE;
}

static unsigned basis_typed(void *context, const char *typed, bool *again)
{
	struct unnamed *u = context;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return finish(u, DID_CHANGE);
	if (record_set(u->loop->store, &u->seminar, "unnamed_basis", typed, &e) != 0 || record_save(u->loop->store, &u->seminar, &e) != 0)
		return refused(u, &e, again);
	return finish(u, DID_SAVE);
}

static unsigned number_typed(void *context, const char *typed, bool *again)
{
	struct unnamed *u = context;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return finish(u, DID_CHANGE);
	if (record_set(u->loop->store, &u->seminar, "unnamed", typed, &e) != 0)
		return refused(u, &e, again);
	if (strtol(record_get(&u->seminar, "unnamed"), NULL, 10) == 0)
		return basis_typed(u, "", again);
	loop_push(u->loop, prompt_line(_("What does that number rest on?"), record_get(&u->seminar, "unnamed_basis"), basis_typed, u));
	return DID_CHANGE;
}

static void ask(struct loop *l, const char *seminar, const char *offered)
{
	struct unnamed *u = mem_zero(1, sizeof *u);
	struct err e = ERR_INIT;
	const char *now;

	u->loop = l;
	if (record_load(l->store, &u->seminar, &seminar_type, seminar, &e) != 0) {
		loop_problem(l, &e);
		free(u);
		return;
	}
	now = offered != NULL ? offered : record_get(&u->seminar, "unnamed");
	loop_push(l, prompt_line(_("How many came without being listed?"), strcmp(now, "0") == 0 && offered == NULL ? "" : now, number_typed, u));
}

void unnamed_ask(struct loop *l, const char *seminar)
{
	ask(l, seminar, NULL);
}

void unnamed_ask_from(struct loop *l, const char *seminar, int number)
{
	char offered[16];

	snprintf(offered, sizeof offered, "%d", number);
	ask(l, seminar, offered);
}
