#include "tests/histories/world.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "store/journal_clock.h"
#include "store/undo.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "tests/histories/chance.h"
#include "tests/histories/first.h"
#include "tests/unit/test_files.h"

bool world_fail(const struct world *w, const struct err *e)
{
	test_note("%s: %s", w->words, e->text);
	return CHECK(!"it went on");
}

bool world_dated(struct world *w, struct member *m)
{
	struct err e = ERR_INIT;

	m->skew = 0;
	world_clock(w, m);
	if (store_begin(m->s, &e) != 0 || journal_clock_set(store_journal(m->s), 0, &e) != 0 || journal_clock_refused(store_journal(m->s), false, &e) != 0 ||
	    store_commit(m->s, &e) != 0)
		return world_fail(w, &e);
	return true;
}

void world_clock(const struct world *w, const struct member *m)
{
	clock_set(w->now + m->skew);
}

const char *world_value(struct store *s, const char *sql)
{
	static char values[4][4096];
	static int next;
	char *value = values[next++ % 4];
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare_once(s, sql, &e);

	snprintf(value, sizeof values[0], "%s", st != NULL && store_step(s, st, &e) == 1 ? store_text(st, 0) : "?");
	sqlite3_finalize(st);
	return value;
}

int64_t world_count(struct store *s, const char *sql)
{
	return strtoll(world_value(s, sql), NULL, 10);
}

bool world_any(struct store *s, const char *table, const char *where, char *id)
{
	char sql[512];
	int count;

	snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\" WHERE %s", table, where);
	count = (int)world_count(s, sql);
	if (count == 0)
		return false;
	snprintf(sql, sizeof sql, "SELECT id FROM \"%s\" WHERE %s ORDER BY id LIMIT 1 OFFSET %d", table, where, chance_below(count));
	snprintf(id, RECORD_ID_SIZE, "%s", world_value(s, sql));
	return true;
}

/* --- a history's own --- */

static void name_folders(const struct world *w, struct member *m, const char *name)
{
	m->kept = -1;
	snprintf(m->stick, sizeof m->stick, "%s/%s", w->folder, name);
}

static bool begin_one(struct world *w, struct member *m, const struct member *from, const char *name)
{
	struct err e = ERR_INIT;

	*m = *from;
	name_folders(w, m, name);
	undo_start(store_journal(m->s));
	return fs_mkdirs(m->stick, 0700, &e) == 0 || world_fail(w, &e);
}

/* Nobody hears of those who take no part, nor waits for them. */
static bool leave_out(struct world *w)
{
	struct err e = ERR_INIT;

	for (int i = w->count; i < WORLD_MOST; i++) {
		char sql[128];

		snprintf(sql, sizeof sql, "UPDATE peer SET state = 'retired' WHERE id = '%s'", world_id(first_world(), i));
		if (store_exec(w->hub.s, sql, &e) != 0)
			return world_fail(w, &e);
	}
	return true;
}

bool world_begin(struct world *w, int count)
{
	const struct world *first = first_world();
	struct err e = ERR_INIT;

	memset(w, 0, sizeof *w);
	w->words = "beginning";
	w->count = count;
	w->now = FIRST_TIME + 24 * 3600 * INT64_C(1000);
	clock_set(w->now);
	snprintf(w->folder, sizeof w->folder, "%s/history", test_folder());
	memcpy(w->hub_id, first->hub_id, sizeof w->hub_id);
	if (fs_mkdirs(w->folder, 0700, &e) != 0)
		return world_fail(w, &e);
	if (!begin_one(w, &w->hub, &first->hub, "hub"))
		return false;
	for (int i = 0; i < count; i++) {
		char name[16];

		snprintf(name, sizeof name, "d%d", i);
		if (!begin_one(w, &w->device[i], &first->device[i], name))
			return false;
	}
	return leave_out(w);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st, (void)type, (void)where;
	return remove(path);
}

/* But for the stores that the next history begins with. */
static void shut(struct member *m)
{
	if (!first_has(m->s))
		store_close(m->s);
}

void world_end(struct world *w)
{
	shut(&w->hub);
	for (int i = 0; i < w->count; i++)
		shut(&w->device[i]);
	nftw(w->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	clock_set(0);
}

/* --- power failures --- */

static void next_path(const struct world *w, const struct member *m, char path[512])
{
	const char *name = strrchr(m->stick, '/');

	snprintf(path, 512, "%s%s.%d.ldb", w->folder, name, m->generation + 1);
}

void world_cut(struct world *w, struct member *m)
{
	char path[512];

	next_path(w, m, path);
	store_copy(m->path, path);
}

/* Goes on with another file. */
static bool open_next(struct world *w, struct member *m, const char *path)
{
	struct store_key key = { .key_file = m->key };
	struct err e = ERR_INIT;

	snprintf(m->path, sizeof m->path, "%s", path);
	if (store_open(m->path, &key, &m->s, &e) != 0)
		return world_fail(w, &e);
	undo_start(store_journal(m->s));
	return true;
}

bool world_restart(struct world *w, struct member *m)
{
	char path[512];

	next_path(w, m, path);
	shut(m);
	m->generation++;
	return open_next(w, m, path);
}

/* --- copies of a file --- */

static void kept_path(const struct member *m, char path[512])
{
	snprintf(path, 512, "%.490s.kept.ldb", m->stick);
}

void world_keep(struct member *m)
{
	char path[512];

	kept_path(m, path);
	store_copy(m->path, path);
}

bool world_put_back(struct world *w, struct member *m)
{
	char path[512], next[512];

	kept_path(m, path);
	next_path(w, m, next);
	store_copy(path, next);
	m->restored = true;
	return world_restart(w, m);
}

int world_clone(struct world *w, int device)
{
	struct member *from = &w->device[device], *m = &w->device[w->count];
	char name[16], path[512];
	struct err e = ERR_INIT;

	snprintf(name, sizeof name, "d%d", w->count);
	*m = *from;
	name_folders(w, m, name);
	snprintf(path, sizeof path, "%s.ldb", m->stick);
	store_copy(from->path, path);
	if (fs_mkdirs(m->stick, 0700, &e) != 0 || !open_next(w, m, path))
		return -1;
	from->restored = m->restored = true;
	return w->count++;
}

bool world_approve(struct world *w, struct member *m)
{
	struct hub_approval how = { .fingerprint = store_identity(m->s)->pub.fingerprint, .role = m->role, .municipality = m->place };
	struct buf request = BUF_INIT, welcome = BUF_INIT;
	char *person = store_setting(m->s, "person"), sql[256];
	struct err e = ERR_INIT;
	bool good;

	/* Where the card was removed meanwhile, somebody's. */
	snprintf(sql, sizeof sql, "SELECT id FROM person WHERE deleted = 0 ORDER BY id = '%s' DESC, id LIMIT 1", person != NULL ? person : "");
	how.person = world_value(w->hub.s, sql);
	good = sync_join_anew(m->s, &request, &e) == 0 && hub_approve(w->hub.s, request.data, request.len, &how, &welcome, &e) == 0 &&
	    sync_welcome(m->s, welcome.data, welcome.len, &e) == 0;
	free(person);
	buf_release(&request);
	buf_release(&welcome);
	return good || world_fail(w, &e);
}

const char *world_id(const struct world *w, int device)
{
	return store_identity(w->device[device].s)->pub.id;
}
