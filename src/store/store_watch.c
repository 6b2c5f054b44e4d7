/* Interrupting: SQLite asks us every so many steps of a statement whether to go on. */
#include "base/i18n.h"
#include "store/store_internal.h"

static int ask(void *context)
{
	struct store *s = context;

	/* Once is enough: what SQLite undoes because of it runs statements of its own. */
	if (s->unwatched || s->interrupted || s->watch == NULL)
		return 0;
	s->interrupted = s->watch(s->watch_context);
	return s->interrupted;
}

void store_watch(struct store *s, store_watch_fn watch, void *context)
{
	s->watch = watch;
	s->watch_context = context;
	s->interrupted = false;
	sqlite3_progress_handler(s->db, watch != NULL ? WATCH_STEPS : 0, watch != NULL ? ask : NULL, s);
}

bool store_interrupted(const struct store *s)
{
	return s->interrupted;
}

int store_gate(const struct store *s, struct err *e)
{
	return s->interrupted ? err_set(e, ERR_REFUSED, _("interrupted")) : 0;
}
