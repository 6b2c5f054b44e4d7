#include "tests/histories/steps.h"

#include <stdio.h>
#include <string.h>

#include "records/conflicts.h"
#include "records/undo.h"
#include "store/journal.h"
#include "schema/table.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "tests/histories/chance.h"
#include "tests/histories/change.h"
#include "tests/histories/deed.h"
#include "tests/histories/post.h"
#include "tests/unit/test.h"

#define HOUR (3600 * INT64_C(1000))
#define DAY (24 * HOUR)

/* --- writing */

/* Some changes in one transaction; what the rules of a table refuse is not committed. */
static bool write_changes(struct store *s)
{
	struct err e = ERR_INIT;
	bool good = store_begin(s, &e) == 0;

	for (int i = 1 + chance_below(4); i > 0 && good; i--)
		good = change_one(s, &e) == 0;
	if (good)
		return store_commit(s, &e) == 0;
	store_rollback(s);
	return false;
}

/* One thing that somebody does deliberately; the store may refuse it. */
static bool do_one(struct world *w, struct model *m, int device, int (*change)(struct store *s, struct err *e), const char *words)
{
	struct store *s = w->device[device].s;
	int64_t before = journal_last_seq(store_journal(s));
	struct err e = ERR_INIT;

	w->words = words;
	world_clock(w, &w->device[device]);
	if (store_begin(s, &e) != 0)
		return world_fail(w, &e);
	if (change(s, &e) == 0) {
		if (store_commit(s, &e) != 0)
			return world_fail(w, &e);
	} else {
		store_rollback(s);
	}
	return model_note(m, w, device, before);
}

/* The same by way of the records; what is refused there is refused with reason. */
static bool do_deed(struct world *w, struct model *m, int device, int (*deed)(struct store *s, struct err *e), const char *words)
{
	struct store *s = w->device[device].s;
	int64_t before = journal_last_seq(store_journal(s));
	struct err e = ERR_INIT;

	w->words = words;
	world_clock(w, &w->device[device]);
	if (deed(s, &e) != 0 && !CHECK_INT(e.code, ERR_REFUSED))
		return world_fail(w, &e);
	return model_note(m, w, device, before);
}

static int come(struct store *s, struct err *e)
{
	return change_many(s, false, e);
}

static int go(struct store *s, struct err *e)
{
	return change_many(s, true, e);
}

/* What only some do, or what is done seldom. */
static bool rarely(struct world *w, struct model *m, int device)
{
	/* Or somebody who went on with a copy of another's store: not everybody there may do what is done here. */
	int coordinator = w->count > 4 && strcmp(w->device[4].role, "coordinator") == 0 && chance_in(2) ? 4 : 0;

	switch (chance_below(9)) {
	case 0: case 1:
		return do_one(w, m, coordinator, change_erase, "a person is erased");
	case 2: case 3:
		return do_deed(w, m, chance_in(5) ? device : coordinator, deed_erase, "a person is erased with all cards");
	case 4:
		return do_one(w, m, chance_in(2) ? device : coordinator, come, "many organisations come");
	case 5:
		return do_one(w, m, device, go, "all organisations go");
	case 6:
		return do_one(w, m, coordinator, change_decide, "deletions are decided");
	default:
		return do_deed(w, m, chance_in(5) ? device : coordinator, deed_decide, "a deletion is decided");
	}
}

/* As people work: record after record. */
static bool work(struct world *w, struct model *m, int device)
{
	bool good = true;

	for (int i = 1 + chance_below(4); i > 0 && good; i--)
		good = chance_in(6) ? do_deed(w, m, device, deed_link, "cards are linked") : do_deed(w, m, device, deed_edit, "working");
	return good;
}

/* What was done last is taken back, or done again. */
static bool undo(struct world *w, struct model *m, int device)
{
	struct store *s = w->device[device].s;
	enum undo_way way = chance_in(3) ? UNDO_AGAIN : UNDO_BACK;
	const struct undo_group *g = undo_next(s, way);
	int64_t before = journal_last_seq(store_journal(s));
	struct undo_outcome out = { .written = 0 };
	struct err e = ERR_INIT;

	w->words = "something is undone";
	if (g == NULL)
		return true;
	world_clock(w, &w->device[device]);
	(void)!undo_run(s, undo_id(g), (enum undo_answer)chance_below(3), &out, &e);
	undo_outcome_release(&out);
	return model_note(m, w, device, before);
}

bool steps_write(struct world *w, struct model *m, int device)
{
	struct member *d = &w->device[device];
	int64_t before = journal_last_seq(store_journal(d->s));

	w->words = "writing";
	world_clock(w, d);
	write_changes(d->s);
	return model_note(m, w, device, before);
}

/* --- conflicts are settled */

struct picked { int left; char table[64], pk[RECORD_ID_SIZE], column[64], value[512]; bool found; };

static int pick(void *context, const struct conflict_line *c, struct err *e)
{
	struct picked *p = context;

	(void)e;
	if (p->left-- > 0)
		return 0;
	snprintf(p->table, sizeof p->table, "%s", c->table);
	snprintf(p->pk, sizeof p->pk, "%s", c->pk);
	snprintf(p->column, sizeof p->column, "%s", c->column);
	snprintf(p->value, sizeof p->value, "%s", c->choice[chance_below(c->count)].value);
	p->found = true;
	return -1;
}

static bool settle(struct world *w, struct model *m, int device)
{
	struct store *s = w->device[device].s;
	struct picked p = { .left = chance_below(3) };
	int64_t before = journal_last_seq(store_journal(s));
	struct err e = ERR_INIT;

	w->words = "settling a conflict";
	world_clock(w, &w->device[device]);
	conflicts_each(s, pick, &p, &e);
	if (p.found)
		(void)!conflict_settle(s, p.table, p.pk, p.column, chance_in(4) ? NULL : p.value, &e);
	return model_note(m, w, device, before);
}

/* --- the way to the hub and back; the power may fail on the way */

struct failing { struct world *w; struct member *m; int left; bool cut; };

static bool interrupt(void *context)
{
	struct failing *f = context;

	if (--f->left >= 0)
		return false;
	if (f->cut) {
		world_cut(f->w, f->m);
		f->m = NULL;
		f->cut = false;
	}
	return true;
}

/* Interrupted by a person, or by the power: what was committed stays. */
static bool fails(struct world *w, struct member *m, int (*run)(struct world *w, struct member *m, struct err *e))
{
	struct failing f = { w, m, chance_below(chance_in(2) ? 30 : 300), chance_in(2) };
	bool cut = f.cut;
	struct err e = ERR_INIT;

	store_watch(m->s, interrupt, &f);
	(void)!run(w, m, &e);
	store_watch(m->s, NULL, NULL);
	return cut && f.m == NULL ? world_restart(w, m) : true;
}

static int run_sync(struct world *w, struct member *m, struct err *e)
{
	struct sync_report report = { .bundles_read = 0 };
	int result;

	world_clock(w, m);
	result = sync_run(m->s, m->stick, &report, e);
	if (result == 0 && report.anew && chance_in(2) && !world_approve(w, m))
		return err_set(e, ERR_REFUSED, "it cannot join anew");
	return result;
}

static int run_collect(struct world *w, struct member *m, struct err *e)
{
	struct hub_collected got;

	world_clock(w, m);
	return hub_collect(m->s, m->stick, &got, NULL, NULL, e);
}

static bool travel(struct world *w, struct member *m, int (*run)(struct world *w, struct member *m, struct err *e))
{
	struct err e = ERR_INIT;

	w->words = m == &w->hub ? "the hub collects" : "a device syncs";
	if (chance_in(8))
		return fails(w, m, run);
	return run(w, m, &e) == 0 || world_fail(w, &e);
}

/* The power fails in the middle of writing: nothing of it was done. */
static bool crash(struct world *w, int device)
{
	struct member *d = &w->device[device];
	struct err e = ERR_INIT;
	int64_t before = journal_last_seq(store_journal(d->s));

	w->words = "the power fails while a device writes";
	world_clock(w, d);
	if (store_begin(d->s, &e) != 0)
		return world_fail(w, &e);
	for (int i = chance_below(4); i >= 0; i--)
		(void)!change_one(d->s, &e);
	world_cut(w, d);
	store_rollback(d->s);
	return world_restart(w, d) && CHECK_INT(journal_last_seq(store_journal(d->s)), before);
}

/* --- clocks */

static void turn_clock(struct world *w, int device)
{
	static const int64_t away[] = { 0, 0, 20 * HOUR, -3 * DAY, -40 * DAY, 5 * HOUR, 3 * DAY, 200 * DAY };
	struct member *d = &w->device[device];

	w->words = "a clock is turned";
	if (chance_in(6))
		d->skew = INT64_C(1262304000000) - w->now;		/* the first of January 2010 */
	else
		d->skew = away[chance_below((int)(sizeof away / sizeof *away))];
}

static void time_passes(struct world *w)
{
	static const int64_t most[] = { 2, 1000, 60000, HOUR, 6 * HOUR };

	w->now += 1 + chance_below((int)most[chance_below(5)]);
	if (chance_in(40))
		w->now += DAY * (1 + chance_below(20));
	if (w->years && chance_in(15))
		w->now += DAY * (100 + chance_below(400));
}

/* --- copies of a file are kept, put back, and used by two at a time */

static bool copies(struct world *w, struct model *m, int device)
{
	struct member *d = &w->device[device];

	if (chance_in(4) && w->count < WORLD_MOST) {
		w->words = "two go on with one store";
		return world_clone(w, device) >= 0;
	}
	if (d->kept < 0 || chance_in(3)) {
		w->words = "a copy is kept";
		world_keep(d);
		d->kept = (int64_t)m->count;
		return true;
	}
	w->words = "a copy is put back";
	model_lose(m, device, (size_t)d->kept);
	return world_put_back(w, d);
}

bool steps_one(struct world *w, struct model *m)
{
	int device = chance_below(w->count), what = chance_below(100);

	time_passes(w);
	if (w->copies && chance_in(25))
		return copies(w, m, device);
	if (what < 20)
		return work(w, m, chance_in(3) ? 0 : device);
	if (what < 38)
		return steps_write(w, m, chance_in(3) ? 0 : device);		/* a coordinator more often than others */
	if (what < 41)
		return rarely(w, m, device);
	if (what < 44)
		return settle(w, m, device);
	if (what < 46)
		return undo(w, m, device);
	if (what < 66)
		return travel(w, &w->device[device], run_sync);
	if (what < 78)
		return travel(w, &w->hub, run_collect);
	if (what < 94)
		post_carelessly(w, device);
	else if (what < 95)
		post_lose(w, device);
	else if (what < 97)
		return crash(w, device);
	else if (what < 98)
		return world_dated(w, &w->device[device]);
	else
		turn_clock(w, device);
	return true;
}
