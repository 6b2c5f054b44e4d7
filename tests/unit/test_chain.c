/* Where operations came from: each bundle is followed by its signature, and whatever was changed behind the program's back is found and named. */
#include "tests/unit/region.h"

#include "store/dictionary.h"
#include "store/provenance.h"
#include "sync/chain.h"

static struct store *a, *b;

/* Two coordinators who know each other's work; three bundles each way. */
static bool begin(void)
{
	struct store *all[2];
	char person[RECORD_ID_SIZE];

	if (!CHECK(region_open()))
		return false;
	a = region_member("Хасанова Гөлнара", BURAEVO, "coordinator");
	b = region_member("Орлова Вера", BELEBEY, "coordinator");
	if (!CHECK(a != NULL && b != NULL))
		return false;
	all[0] = a;
	all[1] = b;
	for (int i = 0; i < 3; i++) {
		char phone[32];

		snprintf(phone, sizeof phone, "+7917000000%d", i);
		if (i == 0)
			make(a, &person_type, person, "name", "Ахметов Ильдар", "phone", phone, NULL);
		else
			change(a, &person_type, person, "phone", phone);
		region_exchange(all, 2);
	}
	region_exchange(all, 2);
	return true;
}

static void end(void)
{
	store_close(a);
	store_close(b);
	region_close();
}

static void sound(struct store *s, int64_t received, int64_t sent)
{
	struct chain_report r;
	struct err e = ERR_INIT;

	if (!CHECK_INT(chain_check(s, &r, &e), 0))
		test_note("%s", e.text);
	CHECK(r.received >= received);
	CHECK(r.sent >= sent);
	CHECK_INT(r.bare + r.foreign, 0);
}

static void test_sound(void)
{
	REQUIRE(begin());
	sound(a, 3, 3);
	sound(b, 3, 1);
	sound(region_hub, 4, 6);
	end();
}

/* One change by hand, seen and then undone by hand, so that many can be tried on one store. */
static void tampered(struct store *s, const char *sql, const char *says)
{
	struct chain_report r;
	struct err e = ERR_INIT;
	bool found;

	REQUIRE_OK(store_begin(s, &e));
	journal_set_mode(store_journal(s), JOURNAL_MERGE);
	if (sqlite3_exec(store_db(s), sql, NULL, NULL, NULL) != SQLITE_OK)
		test_note("%s: %s", sql, sqlite3_errmsg(store_db(s)));
	CHECK(sqlite3_changes(store_db(s)) > 0);
	journal_set_mode(store_journal(s), JOURNAL_LOCAL);
	found = chain_check(s, &r, &e) != 0 || journal_check(store_journal(s), &e) != 0;
	store_rollback(s);
	if (!CHECK(found) || !CHECK(strstr(e.text, says) != NULL) || !CHECK_INT(e.code, ERR_DAMAGED))
		test_note("%s: %s", sql, found ? e.text : "not found");
}

#define OF_A "(dev, seq) = (SELECT dev, seq FROM oplog WHERE bundle IS NOT NULL AND kind = 1 ORDER BY seq LIMIT 1)"

static void test_tampered(void)
{
	static const struct { const char *sql, *says; } received[] = {
		{ "UPDATE person SET phone = '+79990000000' WHERE phone IS NOT NULL", "phone" },
		/* A value that was superseded: the records do not show it, the sum of its bundle does. */
		{ "UPDATE oplog SET body = replace(body, '0000001', '0000009') WHERE " OF_A, "changed, added or removed" },
		{ "UPDATE oplog SET hlc = hlc + 1 WHERE " OF_A, "changed, added or removed" },
		{ "UPDATE oplog SET bundle = bundle + 1 WHERE " OF_A, "changed, added or removed" },
		{ "UPDATE oplog SET bundle = 999 WHERE " OF_A, "in none of the bundles" },
		{ "UPDATE oplog SET bundle = NULL WHERE " OF_A, "in none of the bundles" },
		{ "DELETE FROM oplog WHERE " OF_A, "changed, added or removed" },
		{ "INSERT INTO oplog SELECT dev, seq + 1000, hlc, tbl, kind, pk, body, bundle FROM oplog WHERE " OF_A, "changed, added or removed" },
		{ "UPDATE bundle_in SET hash = '0000000000000000000000000000000000000000000000000000000000000000' WHERE seq = 2",
		    "at number 3: it was written after a bundle with another hash" },
		{ "UPDATE bundle_in SET hash = '0000000000000000000000000000000000000000000000000000000000000000'"
		    " WHERE seq = (SELECT max(seq) FROM bundle_in)", "another than that of the newest" },
		{ "UPDATE bundle_in SET block = replace(block, 'seq=2 ', 'seq=5 ') WHERE seq = 2", "at number 2: the signature is not its sender's" },
		{ "UPDATE bundle_in SET block = replace(block, 'created=', 'created=x') WHERE seq = 2", "at number 2: its signature lines are not well-formed" },
		{ "UPDATE bundle_in SET block = (SELECT o.block FROM bundle_in o WHERE o.seq = 1) WHERE seq = 2", "at number 2: its signed line has another number" },
		{ "DELETE FROM bundle_in WHERE seq = 2", "at number 2: it is missing" },
		{ "DELETE FROM bundle_in WHERE seq = 1", "at number 1: it is missing" },
		{ "DELETE FROM bundle_in WHERE seq = (SELECT max(seq) FROM bundle_in)", "it is missing" },
		{ "UPDATE bundle_in SET sum = sum + 1 WHERE seq = 2", "operations of bundle 2" },
	};
	static const struct { const char *sql, *says; } sent[] = {
		{ "UPDATE oplog SET body = replace(body, '0000001', '0000009') WHERE dev = 1 AND body LIKE '%0000001%'", "own bundle 2 are not what left" },
		{ "DELETE FROM outbox WHERE seq = 2", "own bundles to" },
		{ "UPDATE outbox SET last_op = last_op + 1 WHERE seq = 1", "number 2: its operations do not follow" },
		{ "UPDATE outbox SET block = replace(block, 'seq=2 ', 'seq=3 ') WHERE seq = 2", "number 2: the signature is not its sender's" },
		{ "UPDATE outbox SET hash = replace(hash, substr(hash, 1, 4), '0000') WHERE seq = 1", "number 2: it was written after" },
	};

	REQUIRE(begin());
	for (size_t i = 0; i < sizeof received / sizeof *received; i++)
		tampered(b, received[i].sql, received[i].says);
	for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
		tampered(a, sent[i].sql, sent[i].says);
	/* The same of a device's bundles at the hub. */
	tampered(region_hub, "UPDATE oplog SET body = replace(body, '0000001', '0000009') WHERE " OF_A, "operations of bundle 2");
	tampered(region_hub, "UPDATE bundle_in SET block = replace(block, 'seq=2 ', 'seq=5 ') WHERE seq = 2", "the signature is not its sender's");
	sound(a, 3, 3);
	sound(b, 3, 1);
	sound(region_hub, 4, 6);
	end();
}

/* As a store looks that comes from a version which kept the hash alone. */
static void test_older(void)
{
	struct store *all[2];
	struct chain_report r;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	all[0] = a;
	all[1] = b;
	REQUIRE_OK(store_exec(b, "UPDATE oplog SET bundle = NULL; UPDATE bundle_in SET no = NULL, block = NULL, sum = NULL;"
	    "UPDATE outbox SET block = NULL, sum = NULL", &e));
	REQUIRE_OK(chain_check(b, &r, &e));
	CHECK_INT(r.received + r.sent, 0);
	CHECK(r.bare > 3);
	make(a, &person_type, (char[RECORD_ID_SIZE]){ "" }, "name", "Новая Анна", NULL);
	region_exchange(all, 2);
	REQUIRE_OK(chain_check(b, &r, &e));
	CHECK_INT(r.received, 1);
	tampered(b, "UPDATE oplog SET body = replace(body, 'Новая', 'Другая') WHERE bundle IS NOT NULL", "changed, added or removed");
	tampered(b, "UPDATE bundle_in SET hash = replace(hash, substr(hash, 1, 4), '0000') WHERE seq = (SELECT max(seq) - 1 FROM bundle_in)",
	    "another hash than the one before");
	end();
}

/* Records that leave and enter again, operations that are emptied rightly: the sums follow. */
static void test_rightly_changed(void)
{
	struct store *all[2];
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	sqlite3_stmt *st;

	REQUIRE(begin());
	all[0] = a;
	all[1] = b;
	st = store_prepare(b, "SELECT dev, seq FROM oplog WHERE " OF_A, &e);
	REQUIRE(st != NULL && store_step(b, st, &e) == 1);
	int dev = sqlite3_column_int(st, 0);
	int64_t seq = sqlite3_column_int64(st, 1);
	sqlite3_reset(st);
	REQUIRE_OK(store_begin(b, &e));
	REQUIRE_OK(journal_rewrite(store_journal(b), dev, seq, "[]", 2, &e));
	REQUIRE_OK(store_commit(b, &e));
	sound(b, 3, 1);
	REQUIRE_OK(store_begin(b, &e));
	REQUIRE_OK(journal_remove(store_journal(b), dev, seq, &e));
	REQUIRE_OK(store_commit(b, &e));
	sound(b, 3, 1);
	snprintf(id, sizeof id, "%s-1", store_identity(a)->pub.tag);
	REQUIRE_OK(store_begin(b, &e));
	REQUIRE_OK(journal_evict(store_journal(b), dictionary_table(store_journal(b), "person"), id, &e));
	REQUIRE_OK(journal_evict(store_journal(b), dictionary_table(store_journal(b), "person"), journal_tag(store_journal(b)), &e));
	REQUIRE_OK(store_commit(b, &e));
	sound(b, 3, 1);
	region_exchange(all, 2);
	sound(b, 3, 1);
	end();
}

static const struct test tests[] = {
	TEST(test_sound),
	TEST(test_tampered),
	TEST(test_older),
	TEST(test_rightly_changed),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
