#include "tests/histories/world.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "crypto/secret.h"
#include "records/person.h"
#include "store/journal_clock.h"
#include "store/undo.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "tests/histories/chance.h"
#include "tests/unit/test_files.h"

#define BEGINNING INT64_C(1580500000000)	/* 31.01.2020 */

static const struct { const char *name, *place, *role; } who[WORLD_MOST] = {
	{ "Орлова Вера", BELEBEY, "coordinator" }, { "Хасанова Гөлнара", BURAEVO, "consultant" }, { "Ғәлиуллин Рәмил", BELEBEY, "expert" },
	{ "Сафин Тимур", BELEBEY, "consultant" }, { "Юсупова Айгөл", BURAEVO, "coordinator" }, { "Иванова Анна", BURAEVO, "expert" },
	{ "Зарипов Ильдар", BURAEVO, "consultant" }, { "Кузнецова Ольга", BELEBEY, "consultant" },
};

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

/* --- the first stores, made once --- */

static struct world first;		/* all of them, closed: their files are what a history begins with */
static char first_id[WORLD_MOST][40];
static bool made;

static bool create(struct world *w, struct member *m, const char *name)
{
	struct store_key key = { .key_file = m->key };
	struct err e = ERR_INIT;

	snprintf(m->path, sizeof m->path, "%s/%s.ldb", w->folder, name);
	snprintf(m->key, sizeof m->key, "%s/%s.key", w->folder, name);
	snprintf(m->stick, sizeof m->stick, "%s/stick", w->folder);
	return store_create(m->path, &key, &m->s, &e) == 0 || world_fail(w, &e);
}

static bool join(struct world *w, int i)
{
	struct member *m = &w->device[i];
	struct buf card = BUF_INIT, request = BUF_INIT, welcome = BUF_INIT;
	struct hub_approval how = { .fingerprint = store_identity(m->s)->pub.fingerprint, .role = who[i].role, .municipality = who[i].place };
	struct err e = ERR_INIT;
	bool joined = hub_card(w->hub.s, &card, &e) == 0 &&
	    sync_join(m->s, card.data, card.len, store_identity(w->hub.s)->pub.fingerprint, &request, &e) == 0 &&
	    hub_approve(w->hub.s, request.data, request.len, &how, &welcome, &e) == 0 &&
	    sync_welcome(m->s, welcome.data, welcome.len, &e) == 0;

	buf_release(&card);
	buf_release(&request);
	buf_release(&welcome);
	return joined || world_fail(w, &e);
}

/* A device with its person's card, as `init` makes it. */
static bool make_device(struct world *w, int i)
{
	struct member *m = &w->device[i];
	char name[16];
	struct record r;
	struct err e = ERR_INIT;
	bool good;

	snprintf(name, sizeof name, "d%d", i);
	if (!create(w, m, name))
		return false;
	m->role = who[i].role;
	m->place = who[i].place;
	record_init(&r, &person_type);
	good = record_set(m->s, &r, "name", who[i].name, &e) == 0 && record_set(m->s, &r, "municipality", m->place, &e) == 0 &&
	    record_set(m->s, &r, "role", m->role, &e) == 0 && record_save(m->s, &r, &e) == 0 &&
	    store_set_setting(m->s, "person", r.id, &e) == 0 && store_set_setting(m->s, "name", who[i].name, &e) == 0 &&
	    store_set_setting(m->s, "municipality", m->place, &e) == 0;
	record_release(&r);
	return (good || world_fail(w, &e)) && join(w, i);
}

static bool meet(struct world *w)
{
	struct hub_collected got;
	struct sync_report report;
	struct err e = ERR_INIT;

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < w->count; i++)
			if (sync_run(w->device[i].s, w->hub.stick, &report, &e) != 0)
				return world_fail(w, &e);
		if (hub_collect(w->hub.s, w->hub.stick, &got, NULL, NULL, &e) != 0)
			return world_fail(w, &e);
	}
	return true;
}

static bool make_first(void)
{
	struct err e = ERR_INIT;

	chance_seed(0);
	clock_set(BEGINNING);
	first.count = WORLD_MOST;
	first.words = "making the first stores";
	snprintf(first.folder, sizeof first.folder, "%s/first", test_folder());
	if (crypto_start(&e) != 0 || fs_mkdirs(first.folder, 0700, &e) != 0 || !create(&first, &first.hub, "hub") ||
	    fs_mkdirs(first.hub.stick, 0700, &e) != 0 || hub_init(first.hub.s, "Уфа", &e) != 0)
		return world_fail(&first, &e);
	snprintf(first.hub_id, sizeof first.hub_id, "%s", store_identity(first.hub.s)->pub.id);
	for (int i = 0; i < first.count; i++)
		if (!make_device(&first, i))
			return false;
	if (!meet(&first))
		return false;
	store_close(first.hub.s);
	for (int i = 0; i < first.count; i++) {
		snprintf(first_id[i], sizeof first_id[i], "%s", store_identity(first.device[i].s)->pub.id);
		store_close(first.device[i].s);
	}
	return made = true;
}

/* --- a history's own --- */

static bool open_copy(struct world *w, struct member *m, const struct member *from, const char *name)
{
	struct store_key key = { .key_file = from->key };
	struct err e = ERR_INIT;

	*m = *from;
	m->kept = -1;
	snprintf(m->path, sizeof m->path, "%s/%s.ldb", w->folder, name);
	snprintf(m->stick, sizeof m->stick, "%s/%s", w->folder, name);
	store_copy(from->path, m->path);
	if (fs_mkdirs(m->stick, 0700, &e) != 0 || store_open(m->path, &key, &m->s, &e) != 0)
		return world_fail(w, &e);
	undo_start(store_journal(m->s));
	return true;
}

/* Nobody hears of those who take no part, nor waits for them. */
static bool leave_out(struct world *w)
{
	struct err e = ERR_INIT;

	for (int i = w->count; i < WORLD_MOST; i++) {
		char sql[128];

		snprintf(sql, sizeof sql, "UPDATE peer SET state = 'retired' WHERE id = '%s'", first_id[i]);
		if (store_exec(w->hub.s, sql, &e) != 0)
			return world_fail(w, &e);
	}
	return true;
}

bool world_begin(struct world *w, int count)
{
	static int number;
	struct err e = ERR_INIT;

	memset(w, 0, sizeof *w);
	w->words = "beginning";
	w->count = count;
	w->now = BEGINNING + 24 * 3600 * INT64_C(1000);
	clock_set(w->now);
	if (!made)
		return false;
	snprintf(w->folder, sizeof w->folder, "%s/h%d", test_folder(), ++number);
	memcpy(w->hub_id, first.hub_id, sizeof w->hub_id);
	if (fs_mkdirs(w->folder, 0700, &e) != 0)
		return world_fail(w, &e);
	if (!open_copy(w, &w->hub, &first.hub, "hub"))
		return false;
	for (int i = 0; i < count; i++) {
		char name[16];

		snprintf(name, sizeof name, "d%d", i);
		if (!open_copy(w, &w->device[i], &first.device[i], name))
			return false;
	}
	return leave_out(w);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st, (void)type, (void)where;
	return remove(path);
}

void world_end(struct world *w)
{
	store_close(w->hub.s);
	for (int i = 0; i < w->count; i++)
		store_close(w->device[i].s);
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

bool world_restart(struct world *w, struct member *m)
{
	struct store_key key = { .key_file = m->key };
	char path[512], wal[520];
	struct err e = ERR_INIT;

	next_path(w, m, path);
	store_close(m->s);
	snprintf(wal, sizeof wal, "%s-wal", m->path);
	unlink(wal);
	unlink(m->path);
	memcpy(m->path, path, sizeof path);
	m->generation++;
	if (store_open(m->path, &key, &m->s, &e) != 0)
		return world_fail(w, &e);
	undo_start(store_journal(m->s));
	return true;
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
	char name[16];

	snprintf(name, sizeof name, "d%d", w->count);
	if (!open_copy(w, m, from, name))
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

bool world_prepare(void)
{
	return made || make_first();
}
