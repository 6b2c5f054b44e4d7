#include "tests/histories/first.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "crypto/secret.h"
#include "records/person.h"
#include "sync/hub.h"
#include "sync/sync.h"
#include "tests/histories/chance.h"
#include "tests/unit/test_files.h"

static const struct { const char *name, *place, *role; } who[WORLD_MOST] = {
	{ "Орлова Вера", BELEBEY, "coordinator" }, { "Хасанова Гөлнара", BURAEVO, "consultant" }, { "Ғәлиуллин Рәмил", BELEBEY, "expert" },
	{ "Сафин Тимур", BELEBEY, "consultant" }, { "Юсупова Айгөл", BURAEVO, "coordinator" }, { "Иванова Анна", BURAEVO, "expert" },
	{ "Зарипов Ильдар", BURAEVO, "consultant" }, { "Кузнецова Ольга", BELEBEY, "consultant" },
};

static struct world first;		/* all of them, open */
static struct buf file[WORLD_MOST + 1];	/* what their files hold, the hub's last */
static bool made;

static struct member *member_of(int i)
{
	return i < WORLD_MOST ? &first.device[i] : &first.hub;
}

/* --- they are made */

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

/* Nothing here has to outlive the power, so that the files may be in memory. What a history gave back it takes again: pages are not returned in between. */
static void spare_time(void)
{
	const char *given = getenv("TMPDIR");

	if ((given == NULL || *given == '\0') && access("/dev/shm", W_OK | X_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
}

static bool make(void)
{
	struct err e = ERR_INIT;

	spare_time();
	chance_install();
	chance_seed(0);
	clock_set(FIRST_TIME);
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
	return meet(&first);
}

/* --- their files, as they were made */

/* Everything is in the file itself, none of it in the log. */
static bool remember(void)
{
	for (int i = 0; i <= WORLD_MOST; i++) {
		struct member *m = member_of(i);

		if (!CHECK_INT(sqlite3_wal_checkpoint_v2(store_db(m->s), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL), SQLITE_OK))
			return false;
		file[i] = file_bytes(m->path);
	}
	return true;
}

/* The same files, not others by the same name: they are open. */
static void write_again(void)
{
	for (int i = 0; i <= WORLD_MOST; i++) {
		const struct member *m = member_of(i);
		char log[520];

		snprintf(log, sizeof log, "%s-wal", m->path);
		if (truncate(log, 0) != 0 || truncate(m->path, (off_t)file[i].len) != 0)
			files_fail("cannot cut", m->path);
		file_change(m->path, 0, file[i].data, file[i].len);
	}
}

bool first_prepare(void)
{
	return made || (made = make() && remember());
}

const struct world *first_world(void)
{
	return &first;
}

bool first_has(const struct store *s)
{
	for (int i = 0; i <= WORLD_MOST; i++)
		if (member_of(i)->s == s)
			return true;
	return false;
}

/* --- a history in a process of its own */

/* How it ended: false where it fell. */
static bool ended_well(pid_t child)
{
	int status;

	if (waitpid(child, &status, 0) != child)
		return CHECK(!"the history's process is there");
	return (WIFEXITED(status) || CHECK_INT(WTERMSIG(status), 0)) && CHECK_INT(WEXITSTATUS(status), 0);
}

bool first_play(first_play_fn play, uint64_t seed)
{
	pid_t child;

	write_again();
	fflush(NULL);
	child = fork();
	if (child == 0)
		exit(play(seed) ? 0 : 1);
	return CHECK(child > 0) && ended_well(child);
}
