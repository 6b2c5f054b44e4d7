#include "screens/unlock.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "screens/parts/loop.h"
#include "screens/parts/path.h"
#include "screens/parts/pick.h"
#include "screens/parts/progress.h"
#include "screens/parts/prompt.h"

#define OTHER "+"		/* in the pick: somebody who has no store here yet */

struct unlock {
	struct screen screen;
	const struct screens_unlock *options;
	struct unlock_end *end;
	int chosen;		/* of the stores; -1: none yet */
};

static void ask_who(struct unlock *u);
static void ask_passphrase(struct unlock *u);

static bool may_choose(const struct unlock *u)
{
	return u->options->stores != NULL && u->options->stores->count > 1;
}

static char *path_of(const struct unlock *u)
{
	return u->options->stores != NULL ? stores_path(u->options->stores, u->chosen) : mem_dup(u->options->path);
}

static unsigned leave(struct unlock *u)
{
	u->screen.loop->done = true;
	return DID_CHANGE;
}

static unsigned other(void *context)
{
	struct unlock *u = context;

	u->end->other = true;
	return leave(u);
}

/* Told, and the choice begins anew; where there is none, that is the end. */
static unsigned fail(struct unlock *u, const struct err *e)
{
	if (!may_choose(u)) {
		u->end->why = *e;
		return leave(u);
	}
	ask_who(u);
	loop_problem(u->screen.loop, e);
	return DID_CHANGE;
}

/* --- the passphrase --- */

static unsigned passphrase_typed(void *context, const char *typed, bool *again)
{
	struct unlock *u = context;
	struct loop *l = u->screen.loop;
	struct err e = ERR_INIT;
	char *path;
	int status;

	if (typed == NULL) {
		if (!may_choose(u))
			return leave(u);
		ask_who(u);
		return DID_CHANGE;
	}
	if (typed[0] == '\0') {
		*again = true;
		return DID_CHANGE;
	}
	progress_show(l, _("Opening …"));
	path = path_of(u);
	status = u->options->open(u->options->context, path, typed, &e);
	free(path);
	if (status == 0) {
		u->end->opened = true;
		return leave(u);
	}
	if (e.code != ERR_PASSPHRASE)
		return fail(u, &e);
	err_set(&e, ERR_PASSPHRASE, _("that was not the passphrase; F2 shows what is typed"));
	loop_problem(l, &e);
	*again = true;
	return DID_CHANGE;
}

static void ask_passphrase(struct unlock *u)
{
	struct screen *prompt = prompt_passphrase(_("Passphrase:"), passphrase_typed, u);

	if (u->options->stores != NULL)
		prompt_other_person(prompt, other);
	loop_push(u->screen.loop, prompt);
}

/* Who has it open, or that no passphrase opens it, is said before one is typed. */
static unsigned choose(struct unlock *u, int store)
{
	struct err e = ERR_INIT;
	char *path;
	int status;

	u->chosen = store;
	path = path_of(u);
	status = store_in_use(path, &e);
	if (status == 0 && !store_wants_passphrase(path))
		status = u->options->open(u->options->context, path, NULL, &e);
	else if (status == 0)
		ask_passphrase(u);
	free(path);
	return status == 0 ? DID_CHANGE : fail(u, &e);
}

/* --- who --- */

static unsigned person_chosen(void *context, const char *const *values, int count)
{
	struct unlock *u = context;

	if (count == 0)
		return leave(u);
	if (strcmp(values[0], OTHER) == 0)
		return other(u);
	for (int i = 0; i < u->options->stores->count; i++)
		if (strcmp(values[0], u->options->stores->entry[i].file) == 0)
			return choose(u, i);
	return leave(u);
}

static void ask_who(struct unlock *u)
{
	const struct stores *s = u->options->stores;
	struct screen *pick = pick_open(_("Who is at the keyboard?"), person_chosen, u);

	for (int i = 0; i < s->count; i++)
		pick_add(pick, s->entry[i].file, s->entry[i].name, strcmp(s->entry[i].name, s->entry[i].file) == 0 ? "" : s->entry[i].file);
	pick_add(pick, OTHER, _("another person: a store of their own"), "");
	if (u->chosen >= 0)
		pick_start(pick, s->entry[u->chosen].file);
	u->chosen = -1;
	loop_push(u->screen.loop, pick);
}

/* --- what stands behind the questions --- */

static uint64_t where(const struct screen *s)
{
	(void)s;
	return 0;
}

static unsigned act(struct screen *s, enum action action)
{
	(void)s;
	(void)action;
	return DID_NOTHING;
}

static void title(struct screen *s, struct title *t)
{
	(void)s;
	buf_adds(&t->place, _("Unlock"));
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	const struct unlock *u = (const struct unlock *)s;
	const struct stores *all = u->options->stores;
	const char *name = all != NULL && u->chosen >= 0 ? all->entry[u->chosen].name : "";
	struct buf shown = BUF_INIT;
	char *path;

	if (u->chosen < 0 || bottom - top < 4)
		return;
	path = path_of(u);
	path_shorten(path, &shown);
	canvas_fit(c, top + 1, 1, c->width - 2, ROLE_TITLE, name);
	canvas_fit(c, top + 2, 1, c->width - 2, ROLE_MUTED, shown.data);
	buf_release(&shown);
	free(path);
}

static const struct screen_class unlock_class = { .name = "unlock", .where = where, .act = act, .title = title, .draw = draw };

struct screen *unlock_open(const struct screens_unlock *o, struct unlock_end *end)
{
	struct unlock *u = mem_zero(1, sizeof *u);

	u->screen.class = &unlock_class;
	u->options = o;
	u->end = end;
	u->chosen = -1;
	return &u->screen;
}

void unlock_begin(struct screen *s)
{
	struct unlock *u = (struct unlock *)s;

	if (may_choose(u))
		ask_who(u);
	else
		choose(u, 0);
}
