/* What was erased is in no page of the file any more, used or unused, and not in the log. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/dictionary.h"
#include "store/erase.h"
#include "store/journal.h"
#include "tests/unit/records.h"
#include "tests/unit/remains.h"
#include "tests/unit/test_files.h"

#define REQUIRE_OK_OR(call, otherwise) do { if ((call) != 0) { test_note("%s", e.text); CHECK(!#call); return otherwise; } } while (0)

static const struct { const char *text; bool derived; } secrets[] = {
	{ "Секретова", false }, { "секретова", true }, { "+79990000", false }, { "9990000", true }, { "тайный", false }, { "Наедине", false }, { "наедине", true }
};

static bool run(struct store *s, const char *sql)
{
	struct err e = ERR_INIT;
	bool done = store_begin(s, &e) == 0 && (store_exec(s, sql, &e) == 0 ? store_commit(s, &e) == 0 : (store_rollback(s), false));

	if (!done)
		test_note("%s: %s", sql, e.text);
	return CHECK(done);
}

/* Secret people stand in rows of their own length beside rows of others, so that pages split between them: the half that stays keeps a copy of what went. */
static bool is_secret(int n)
{
	return n / 7 % 2 == 1;
}

/* Everybody in an order that splits pages in the middle; first those of whom nothing is secret, so that the last split is for a secret's sake. */
static bool fill(struct store *s, int count)
{
	struct buf sql = BUF_INIT;

	for (int i = 0; i < 2 * count; i++) {
		int n = (int)((unsigned)i * 7919u % (unsigned)count);
		bool secret = is_secret(n);

		if (secret != (i >= count))
			continue;
		buf_addf(&sql, "INSERT INTO person(id, name, phone, note) VALUES('m-%04d', '%s %d', '%s%03d', '%s%.*s');", n,
		    secret ? "Секретова" : "Обычная", n, secret ? "+79990000" : "+71230000", n % 1000, secret ? "тайный " : "",
		    (int)(test_random() % 60) * 2, "ёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёёё");
		if (secret)
			buf_addf(&sql, "INSERT INTO consultation(id, mentee, date, topic) VALUES('k-%d', 'm-%04d', '2020-01-01', 'Наедине %d');", n, n, n);
	}
	return run(s, sql.data) && (buf_release(&sql), true);
}

/* Values get longer and shorter, and records leave: cells move between pages. */
static bool stir(struct store *s, int count, int rounds)
{
	static const char filler[] =
	    "ыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыы"
	    "ыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыыы";
	struct journal *j = store_journal(s);
	struct err e = ERR_INIT;
	struct buf sql = BUF_INIT;

	for (int r = 0; r < rounds; r++) {
		buf_reset(&sql);
		REQUIRE_OK_OR(store_begin(s, &e), false);
		REQUIRE_OK_OR(journal_wanted_reset(j, &e), false);
		for (int i = 0; i < 60; i++) {
			int n = (int)(test_random() % (uint64_t)count);
			char id[RECORD_ID_SIZE];

			snprintf(id, sizeof id, "m-%04d", n);
			if (is_secret(n))
				buf_addf(&sql, "UPDATE person SET note = 'тайный %.*s' WHERE id = '%s';", (int)(test_random() % 240) * 2, filler, id);
			else if (i % 6 == 0)
				REQUIRE_OK_OR(journal_wanted_add(j, dictionary_table(j, "person"), id, &e), false);
		}
		REQUIRE_OK_OR(store_exec(s, sql.data, &e), false);
		REQUIRE_OK_OR(journal_evict_wanted(j, &e), false);
		REQUIRE_OK_OR(store_commit(s, &e), false);
	}
	buf_release(&sql);
	return true;
}

static void erase_secrets(struct store *s, int count)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	REQUIRE_OK(store_begin(s, &e));
	for (int n = 0; n < count; n++) {
		if (!is_secret(n))
			continue;
		snprintf(id, sizeof id, "m-%04d", n);
		REQUIRE_OK(journal_erase(store_journal(s), "person", id, &e));
	}
	REQUIRE_OK(store_commit(s, &e));
}

static void nothing_remains(struct store *s)
{
	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
		if (!CHECK_INT(remains(s, secrets[i].text), 0))
			test_note("%s", secrets[i].text);
}

static void test_gone(void)
{
	enum { PEOPLE = 420 };
	struct store *s = new_store();
	struct err e = ERR_INIT;
	bool found = true;

	if (s == NULL || !fill(s, PEOPLE) || !stir(s, PEOPLE, 6))
		return;
	CHECK(remains(s, "Секретова") > PEOPLE / 3);
	CHECK(remains(s, "секретова") > 0 && remains(s, "тайный") > 0 && remains(s, "наедине") > 0);
	CHECK_INT(store_scrub(s, &e), 0);		/* nothing is due: nothing happens */
	CHECK(remains_in_log(s, "тайный") > 0);
	erase_secrets(s, PEOPLE);
	CHECK(remains_unused_in_log(s) > 0 && remains_in_log(s, "Секретова") > 0);
	REQUIRE_OK(store_scrub(s, &e));
	nothing_remains(s);
	CHECK(remains(s, "Обычная") > 0);
	CHECK(store_setting(s, "scrub") == NULL);
	REQUIRE_OK(vfs_remains(s->vfs, &found, &e));
	CHECK(!found);
	/* Nor does it come back from what SQLite remembers of its pages. */
	CHECK(run(s, "UPDATE person SET municipality = '80000000' WHERE name IS NOT NULL; UPDATE person SET note = 'x' WHERE name IS NOT NULL"));
	nothing_remains(s);
	REQUIRE_OK(store_check(s, &e));
	CHECK_INT(journal_count(store_journal(s), "consultation"), query_number(s, "SELECT count(*) FROM consultation"));
	store_close(s);
}

/* A page as a program of before wrote it: what lies in its unused space goes with the next scrub. */
static void test_older_page(void)
{
	unsigned char page[VFS_PAGE], sealed[VFS_PAGE];
	struct store *s = new_store();
	struct err e = ERR_INIT;
	bool found = false;
	uint32_t n = 2;

	if (s == NULL || !fill(s, 60))
		return;
	erase_secrets(s, 60);
	REQUIRE_OK(store_exec(s, "PRAGMA wal_checkpoint(TRUNCATE)", &e));
	sqlite3_db_release_memory(s->db);
	for (; n <= s->vfs->pages; n++) {
		CHECK_INT(vfs_page_load(s->vfs, n, page), SQLITE_OK);
		if (page[0] == 10 && (page[5] << 8 | page[6]) - 8 - 2 * (page[3] << 8 | page[4]) > 100)
			break;
	}
	REQUIRE(n <= s->vfs->pages);
	memcpy(page + 8 + 2 * (page[3] << 8 | page[4]) + 10, "Секретова", strlen("Секретова"));
	vfs_page_seal(s->vfs, n, page, sealed);
	REQUIRE_OK(vfs_raw_write(s->vfs, VFS_DATABASE + (int64_t)(n - 1) * VFS_PAGE, sealed, sizeof sealed, &e));
	CHECK_INT(remains(s, "Секретова"), 1);
	REQUIRE_OK(vfs_remains(s->vfs, &found, &e));
	CHECK(found);
	REQUIRE_OK(store_scrub(s, &e));
	nothing_remains(s);
	REQUIRE_OK(store_check(s, &e));
	CHECK(run(s, "INSERT INTO person(id, name) VALUES('m-1000', 'Новая')"));
	store_close(s);
}

static const struct test all_tests[] = { TEST(test_gone), TEST(test_older_page), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, all_tests);
}
