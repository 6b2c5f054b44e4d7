/* Work that is interrupted at any moment: the store is as before or further, never in between, and the next run ends as if nothing had been. */
#include "tests/unit/region.h"

#include <stdio.h>

#define MANY 600		/* records: enough for a merge in bulk */

struct stop { int at, calls; };

static bool stop_at(void *context)
{
	struct stop *stop = context;

	return ++stop->calls == stop->at;
}

static bool never(void *context)
{
	++*(int *)context;
	return false;
}

static void test_read_and_write(void)
{
	struct store *s = new_store();
	struct stop stop = { 1, 0 };
	struct err e = ERR_INIT;
	sqlite3_stmt *st;
	int looks = 0;

	REQUIRE(s != NULL);
	store_watch(s, never, &looks);
	st = store_prepare_once(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT max(i) FROM n", &e);
	REQUIRE(st != NULL);
	CHECK_INT(store_step(s, st, &e), 1);
	CHECK(looks > 10);
	sqlite3_reset(st);
	store_watch(s, stop_at, &stop);
	CHECK_INT(store_step(s, st, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_STR(e.text, "interrupted");
	CHECK(store_interrupted(s));
	/* Nothing goes on after it … */
	CHECK_INT(store_begin(s, &e), -1);
	CHECK_INT(store_set_setting(s, "a", "b", &e), -1);
	CHECK_INT(store_exec(s, "SELECT 1", &e), -1);
	store_watch(s, NULL, NULL);
	/* … and everything does once the work is over. */
	CHECK(!store_interrupted(s));
	CHECK_INT(store_step(s, st, &e), 1);
	sqlite3_finalize(st);
	CHECK_INT(store_set_setting(s, "a", "b", &e), 0);
	store_close(s);
}

/* A transaction that reads, is interrupted there, and would commit what it wrote before. */
static void test_no_commit(void)
{
	struct store *s = new_store();
	struct stop stop = { 1, 0 };
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], *kept;
	int64_t seq;

	REQUIRE(s != NULL);
	seq = journal_last_seq(store_journal(s));
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(store_set_setting(s, "half", "way", &e));
	make(s, &person_type, id, "name", "Наполовину Введён", NULL);
	store_watch(s, stop_at, &stop);
	CHECK_INT(store_exec(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT max(i) FROM n", &e), -1);
	CHECK_INT(store_commit(s, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	store_watch(s, NULL, NULL);
	kept = store_setting(s, "half");
	CHECK(kept == NULL);
	free(kept);
	CHECK_INT(journal_last_seq(store_journal(s)), seq);
	CHECK_INT(journal_count(store_journal(s), "person"), 0);
	make(s, &person_type, id, "name", "Введён Целиком", NULL);
	CHECK_INT(journal_count(store_journal(s), "person"), 1);
	CHECK_INT(store_check(s, &e), 0);
	store_close(s);
}

static void copy_file(const char *from, const char *to)
{
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;

	if (!CHECK(fs_read(from, 1 << 28, false, &file, &e) == 0 && fs_write(to, file.data, file.len, 0600, &e) == 0))
		test_note("%s", e.text);
	buf_release(&file);
}

static void shell(const char *format, const char *one, const char *two)
{
	char command[10000];

	snprintf(command, sizeof command, format, one, two);
	CHECK_INT(system(command), 0);
}

static struct store *open_again(const char *path)
{
	char key_file[4096];
	struct store_key key = { .key_file = key_file };
	struct store *s = NULL;
	struct err e = ERR_INIT;

	snprintf(key_file, sizeof key_file, "%.*s.key", (int)strlen(path) - 4, path);
	if (!CHECK_INT(store_open(path, &key, &s, &e), 0))
		test_note("%s", e.text);
	return s;
}

/* A device that has something to send and much to read; its store and the stick as they were before it did either. */
static char device[4096], saved[4096], stick[4096];

static bool prepare(struct buf *want)
{
	struct store *a, *b, *both[2];
	char id[RECORD_ID_SIZE];
	struct sync_report report;

	if (!CHECK(region_open()))
		return false;
	a = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	b = region_member("Орлова Вера", BELEBEY, "coordinator");
	if (!CHECK(a != NULL && b != NULL))
		return false;
	both[0] = a;
	both[1] = b;
	region_exchange(both, 2);
	for (int i = 0; i < MANY; i++) {
		char name[64];

		snprintf(name, sizeof name, "Участник %d", i);
		make(b, &person_type, id, "name", name, "municipality", BURAEVO, "role", "activist", NULL);
	}
	region_sync(b);
	region_collect();
	for (int i = 0; i < 30; i++)
		make(a, &organisation_type, id, "name", i % 2 ? "АНО «Родник»" : "ТОС «Дружба»", "municipality", BURAEVO, NULL);
	snprintf(device, sizeof device, "%s", store_path(a));
	snprintf(saved, sizeof saved, "%s/saved.ldb", test_folder());
	snprintf(stick, sizeof stick, "%s/saved.stick", test_folder());
	store_close(a);
	store_close(b);
	copy_file(device, saved);
	shell("cp -a '%s' '%s'", region_dir, stick);
	a = open_again(device);
	if (a == NULL)
		return false;
	report = region_sync(a);
	CHECK(report.operations_received > MANY);
	CHECK(report.operations_sent >= 30);
	CHECK_INT(report.operations_seen, report.operations_received + report.operations_sent);
	region_dump(a, want);
	store_close(a);
	return true;
}

/* True when the run was interrupted. */
static bool interrupt_at(int n, const struct buf *want)
{
	struct stop stop = { n, 0 };
	struct sync_report report;
	struct err e = ERR_INIT;
	struct buf got = BUF_INIT;
	struct store *a;
	bool stopped;
	int status;

	shell("rm -rf '%s' '%s'-wal", region_dir, device);
	shell("cp -a '%s' '%s'", stick, region_dir);
	copy_file(saved, device);
	a = open_again(device);
	if (a == NULL)
		return false;
	store_watch(a, stop_at, &stop);
	status = sync_run(a, region_dir, &report, &e);
	stopped = store_interrupted(a);
	store_watch(a, NULL, NULL);
	if (!CHECK_INT(status, stopped ? -1 : 0) || (stopped && !CHECK_INT(e.code, ERR_REFUSED)))
		test_note("at %d: %s", n, e.text);
	CHECK_INT(report.bundles_refused, 0);
	CHECK_INT(region_count(a, "SELECT count(*) FROM quarantine"), 0);
	region_sound(a);
	region_sync(a);
	region_dump(a, &got);
	if (!CHECK(strcmp(got.data, want->data) == 0))
		test_note("another result after an interruption at %d", n);
	buf_release(&got);
	region_sound(a);
	store_close(a);
	return stopped;
}

static void test_exchange(void)
{
	struct buf want = BUF_INIT;
	int n = 1, times = 0;

	REQUIRE(prepare(&want));
	while (interrupt_at(n, &want)) {
		n += 1 + n / 40 + (int)(test_random() % 2);
		times++;
	}
	CHECK(times > 10);
	test_note("interrupted %d times, the last look was before number %d", times, n);
	/* What the hub gets afterwards is whole. */
	CHECK_INT(region_collect().bundles_refused, 0);
	region_sound(region_hub);
	buf_release(&want);
	region_close();
}

static const struct test tests[] = { TEST(test_read_and_write), TEST(test_no_commit), TEST(test_exchange), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
