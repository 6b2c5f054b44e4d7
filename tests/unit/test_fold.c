/* The folding of old changes: whatever the moments at which replicas fold, and whether they do, they show the same. Each replica that folds has a twin
 * that gets the same operations at the same moments and never folds. */
#include "tests/unit/replica.h"

#include <stdlib.h>

#include "base/clock.h"
#include "store/fold.h"
#include "store/history.h"
#include "store/provenance.h"

#define ALL 1, INT64_MAX
enum { DEVICES = 3 };

static const char *const tags[DEVICES] = { "aaaaaaaa", "bbbbbbbb", "cccccccc" };
static const char *const twin_tags[DEVICES] = { "tttttt0a", "tttttt0b", "tttttt0c" };

static struct replica device[DEVICES], twin[DEVICES];
static struct replica library;			/* everything, never folded: what a feed is read from */
static struct replica hub;			/* everything, folded: what records that enter are read from */
static int64_t made[DEVICES], given[DEVICES][DEVICES], receipted[DEVICES];
static int64_t now;
static int64_t folded_in_all;

static bool begin(void)
{
	bool good = true;

	now = 1000;
	clock_set(now);
	memset(made, 0, sizeof made);
	memset(given, 0, sizeof given);
	memset(receipted, 0, sizeof receipted);
	for (int i = 0; i < DEVICES; i++)
		good = good && CHECK(replica_open(&device[i], tags[i])) && CHECK(replica_open(&twin[i], twin_tags[i]));
	return good && CHECK(replica_open(&library, "llllllll")) && CHECK(replica_open(&hub, "hhhhhhhh"));
}

static void checked(struct replica *r)
{
	struct err e = ERR_INIT;

	if (!CHECK(journal_check(r->j, &e) == 0))
		test_note("%s: %s", journal_tag(r->j), e.text);
}

static void end(void)
{
	for (int i = 0; i < DEVICES; i++) {
		checked(&device[i]);
		replica_close(&device[i]);
		replica_close(&twin[i]);
	}
	replica_close(&library);
	checked(&hub);
	replica_close(&hub);
	clock_set(0);
}

/* ---- a replica as text */

static int dump_conflict(void *context, const struct conflict *k, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "conflict %s %s %s:", k->table, k->id, k->column);
	for (int i = 0; i < k->count; i++)
		buf_addf(out, " %llu/%s=%s", (unsigned long long)k->heads[i].hlc, k->heads[i].tag, k->heads[i].value != NULL ? k->heads[i].value : "~");
	buf_addc(out, '\n');
	return 0;
}

/* Of the stamps that are remembered those that mean something: of the mark, and of what has not come. */
static void dump(struct replica *r, bool memory, struct buf *out)
{
	static const char *const names[] = { "person", "attendance", "programme", "organisation" };
	struct buf sql = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(out);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct table *t = table_find(names[i]);

		buf_reset(&sql);
		buf_adds(&sql, "SELECT t.id, t.origin_hlc, d.tag");
		for (int p = 0; p < t->count; p++)
			buf_addf(&sql, ", nullif(t.\"%s\", '')", t->columns[p].name);
		buf_addf(&sql, " FROM \"%s\" t LEFT JOIN device d ON d.no = t.origin_dev ORDER BY id", names[i]);
		buf_addf(out, "%s %lld\n%s\n", names[i], (long long)journal_count(r->j, names[i]), replica_rows(r, sql.data));
	}
	buf_addf(out, "heads\n%s\n", replica_rows(r, "SELECT t.name, h.pk, h.col, h.hlc, d.tag, h.value FROM head h JOIN device d ON d.no = h.dev"
	    " JOIN dict_table t ON t.no = h.tbl ORDER BY 1, 2, 3, 4, 5"));
	buf_addf(out, "seen\n%s\n", replica_rows(r, memory ?
	    "SELECT t.name, s.pk, s.col, s.hlc, d.tag FROM seen s JOIN device d ON d.no = s.dev JOIN dict_table t ON t.no = s.tbl"
	    " WHERE s.col = 1 OR s.hlc > d.max_hlc ORDER BY 1, 2, 3, 4, 5" :
	    "SELECT t.name, s.pk, s.col, s.hlc, d.tag FROM seen s JOIN device d ON d.no = s.dev JOIN dict_table t ON t.no = s.tbl"
	    " WHERE s.col = 1 ORDER BY 1, 2, 3, 4, 5"));
	buf_addf(out, "conflicts %lld orphans %s\n", (long long)journal_conflicts(r->j),
	    replica_rows(r, "SELECT coalesce((SELECT value FROM tally WHERE name = 'orphan'), 0)"));
	CHECK(conflict_each(r->j, dump_conflict, out, &e) == 0);
	buf_release(&sql);
}

static bool same(struct replica *a, struct replica *b, bool memory, const char *when)
{
	static struct buf x, y;
	bool good;

	if (x.data == NULL) {
		buf_init(&x);
		buf_init(&y);
	}
	dump(a, memory, &x);
	dump(b, memory, &y);
	good = CHECK_STR(x.data, y.data);
	if (!good)
		test_note("%s: %s and %s differ", when, journal_tag(a->j), journal_tag(b->j));
	return good;
}

/* ---- folding */

static int64_t fold(struct replica *r, int64_t before, int64_t own, int most)
{
	struct fold f = { .before = before, .receipted = own, .most = most };
	struct err e = ERR_INIT;
	int more = 1;

	sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
	if (CHECK(fold_begin(r->j, &e) == 0))
		while (more == 1)
			more = fold_slice(r->j, &f, &e);
	if (!CHECK_INT(more, 0) || !CHECK(journal_before_commit(r->j, &e) == 0))
		test_note("%s", e.text);
	sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
	journal_after_commit(r->j);
	folded_in_all += f.folded;
	return f.folded;
}

/* ---- by hand */

static int64_t operations(struct replica *r)
{
	return atoll(replica_rows(r, "SELECT count(*) FROM oplog"));
}

/* Everything made so far, everywhere. */
static void meet(void)
{
	for (int i = 0; i < DEVICES; i++)
		for (int d = 0; d < DEVICES; d++) {
			if (i != d)
				replica_bring(&device[i], &library, tags[d], ALL);
			replica_bring(&twin[i], &library, tags[d], ALL);
		}
}

static void does(int i, const char *sql)
{
	clock_set(++now);
	CHECK(replica_do(&device[i], sql));
	CHECK(replica_bring(&library, &device[i], tags[i], ALL) >= 0);
}

static void test_chain_of_edits(void)
{
	REQUIRE(begin());
	does(0, "INSERT INTO person(id, name, phone) VALUES('n-1', 'n', '0')");
	meet();
	for (int i = 1; i <= 20; i++) {
		char sql[128];

		snprintf(sql, sizeof sql, "UPDATE person SET phone = '%d'", i);
		does(i % 2, sql);
		meet();
	}
	CHECK_INT(operations(&device[2]), 21);
	CHECK_INT(fold(&device[2], 0, 0, 100), 0);		/* nothing is so old */
	CHECK_INT(fold(&device[2], now - 10, 0, 100), 8);	/* and superseded so long ago */
	CHECK_INT(fold(&device[2], now + 1, 0, 100), 11);
	CHECK_INT(operations(&device[2]), 2);
	same(&device[2], &twin[2], true, "folded");
	checked(&device[2]);
	/* The insert is named still, and of the others only what its author saw. */
	CHECK_STR(replica_rows(&device[2], "SELECT json_array_length(body, '$[0][2]') FROM oplog WHERE kind = 1"), "2");
	/* Its own operations a device folds when the hub has them. */
	CHECK_INT(fold(&device[1], now + 1, 4, 100), 7);
	same(&device[1], &twin[1], true, "own folded");
	/* What was folded comes again. */
	for (int d = 0; d < DEVICES; d++)
		CHECK_INT(replica_bring(&device[2], &library, tags[d], ALL), 0);
	same(&device[2], &twin[2], true, "again");
	does(2, "UPDATE person SET phone = 'x'");
	meet();
	CHECK_STR(replica_rows(&device[0], "SELECT phone FROM person"), "x");
	CHECK_INT(journal_conflicts(device[2].j), 0);
	end();
}

static int told(void *context, const struct history_entry *h, struct err *e)
{
	struct buf *out = context;

	(void)e;
	for (int i = 0; i < h->count; i++)
		if (strcmp(h->change[i].column, "phone") == 0)
			buf_addf(out, "%s>%s ", h->change[i].folded ? "?" : h->change[i].before != NULL ? h->change[i].before : "~", h->change[i].after);
	return 0;
}

/* The history does not say of a change that it replaced what was replaced long before. */
static void test_history(void)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	does(0, "INSERT INTO person(id, name, phone) VALUES('n-1', 'n', '0')");
	for (int i = 1; i <= 4; i++) {
		char sql[128];

		snprintf(sql, sizeof sql, "UPDATE person SET phone = '%d'", i);
		does(0, sql);
	}
	meet();
	CHECK_INT(fold(&device[1], now, 0, 100), 2);
	CHECK(history_each(device[1].j, "person", "n-1", told, &out, &e) == 0);
	CHECK_STR(out.data, "~>0 ?>3 3>4 ");
	buf_release(&out);
	end();
}

/* An edit that nobody knew, of a value that was folded meanwhile: a conflict, as everywhere. */
static void test_unsent_edit(void)
{
	REQUIRE(begin());
	does(0, "INSERT INTO person(id, name, phone) VALUES('n-1', 'n', '0')");
	does(0, "UPDATE person SET phone = '1'");
	meet();
	clock_set(++now);
	CHECK(replica_do(&device[1], "UPDATE person SET phone = 'offline'"));
	does(0, "UPDATE person SET phone = '2'");
	does(0, "UPDATE person SET phone = '3'");
	for (int d = 0; d < DEVICES; d++)
		replica_bring(&device[2], &library, tags[d], ALL);
	CHECK_INT(fold(&device[2], now + 1, 0, 100), 2);
	CHECK_INT(replica_bring(&library, &device[1], tags[1], ALL), 1);
	meet();
	for (int i = 0; i < DEVICES; i++) {
		CHECK_INT(journal_conflicts(device[i].j), 1);
		same(&device[i], &twin[i], true, "met");
	}
	CHECK_INT(fold(&device[0], now + 1, 100, 100), 0);	/* for its history */
	does(1, "UPDATE person SET phone = 'settled'");
	meet();
	CHECK(fold(&device[0], now + 1, 100, 100) > 0);
	CHECK(fold(&device[2], now + 1, 100, 100) > 0);
	for (int i = 0; i < DEVICES; i++)
		same(&device[i], &twin[i], true, "settled");
	end();
}

static void test_deleted_and_back(void)
{
	REQUIRE(begin());
	does(0, "INSERT INTO person(id, name, phone) VALUES('n-1', 'n', '0')");
	does(0, "UPDATE person SET phone = '1'");
	meet();
	for (int i = 0; i < 3; i++) {
		does(i, "UPDATE person SET deleted = 1");
		meet();
		does((i + 1) % 3, "UPDATE person SET deleted = 0");
		meet();
	}
	does(1, "UPDATE person SET deleted = 1");
	meet();
	CHECK_INT(fold(&device[2], now + 1, 100, 100), 6);
	same(&device[2], &twin[2], true, "marks");
	checked(&device[2]);
	for (int d = 0; d < DEVICES; d++)
		CHECK_INT(replica_bring(&device[2], &library, tags[d], ALL), 0);
	same(&device[2], &twin[2], true, "marks again");
	end();
}

/* An update of two fields goes when both were set again; one that names another record stays; so does what is not understood. */
static void test_what_stays(void)
{
	REQUIRE(begin());
	does(0, "INSERT INTO person(id, name) VALUES('n-1', 'n')");
	does(0, "UPDATE person SET phone = '1', post = '1'");
	does(0, "UPDATE person SET phone = '2'");
	does(0, "UPDATE person SET organisation = 'n-7'");
	does(0, "UPDATE person SET organisation = NULL");
	does(0, "UPDATE programme SET title = 'a'");
	does(0, "UPDATE programme SET title = 'b'");
	meet();
	CHECK_INT(fold(&device[1], now + 1, 100, 1), 1);
	CHECK_STR(replica_rows(&device[1], "SELECT t.name, o.kind, o.seq FROM oplog o JOIN dict_table t ON t.no = o.tbl ORDER BY seq"),
	    "person|0|1\nperson|1|2\nperson|1|3\nperson|1|4\nperson|1|5\nprogramme|1|7");
	does(0, "UPDATE person SET post = '2'");
	meet();
	CHECK_INT(fold(&device[1], now + 1, 100, 2), 1);
	same(&device[1], &twin[1], true, "stays");
	checked(&device[1]);
	end();
}

/* ---- at random */

static int64_t pick(int64_t n)
{
	return (int64_t)(test_random() % (uint64_t)n);
}

static const char *some_change(int i)
{
	static char sql[256];
	static const char *const fields[] = { "phone", "post", "note", "email" };
	char record[64];

	snprintf(record, sizeof record, "%s", replica_rows(&device[i], "SELECT id FROM person WHERE deleted = 0 ORDER BY random() LIMIT 1"));
	switch (pick(12)) {
	case 0:
		snprintf(sql, sizeof sql, "INSERT INTO person(id, name, phone) VALUES('n-%c%d', 'n', '%d')", tags[i][0], (int)made[i] + 1, (int)pick(3));
		return sql;
	case 1:
		snprintf(sql, sizeof sql, "INSERT INTO attendance(id, seminar, person, state) VALUES('s-1/p-%d', 's-1', 'p-1', 'registered')"
		    " ON CONFLICT(id) DO UPDATE SET state = 'present', note = '%d'", (int)pick(3), (int)pick(4));
		return sql;
	case 2:
		snprintf(sql, sizeof sql, "UPDATE programme SET title = '%d' WHERE id = 'first'", (int)pick(100));
		return sql;
	case 3:
		snprintf(sql, sizeof sql, "UPDATE person SET deleted = 1 WHERE id = '%s'", record);
		return sql;
	case 4:
		return "UPDATE person SET deleted = 0 WHERE id IN (SELECT id FROM person WHERE deleted = 1 ORDER BY id LIMIT 2)";
	case 5:
		snprintf(sql, sizeof sql, "UPDATE person SET phone = '%d', post = '%d', deleted = 0 WHERE id = '%s'", (int)pick(9), (int)pick(9), record);
		return sql;
	case 6:
		snprintf(sql, sizeof sql, "UPDATE person SET organisation = %s WHERE id = '%s'", pick(2) ? "'o-1'" : "NULL", record);
		return sql;
	default:
		snprintf(sql, sizeof sql, "UPDATE person SET %s = '%d' WHERE id = '%s'", fields[pick(4)], (int)pick(50), record);
		return sql;
	}
}

static int settle(void *context, const struct conflict *k, struct err *e)
{
	struct buf *out = context;

	(void)e;
	if (out->len == 0)
		buf_addf(out, "%s %s %s", k->table, k->id, k->column);
	return 0;
}

/* The first conflict, for what is shown. */
static void settle_one(int i)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char table[32], id[64], column[32];

	if (conflict_each(device[i].j, settle, &out, &e) == 0 && out.len > 0 && sscanf(out.data, "%31s %63s %31s", table, id, column) == 3) {
		sqlite3_exec(device[i].db, "BEGIN", NULL, NULL, NULL);
		CHECK(journal_settle(device[i].j, table, id, column, &e) == 0 && journal_before_commit(device[i].j, &e) == 0);
		sqlite3_exec(device[i].db, "COMMIT", NULL, NULL, NULL);
		journal_after_commit(device[i].j);
	}
	buf_release(&out);
}

static void refuse(struct replica *r, const char *tag, int64_t seq)
{
	struct err e = ERR_INIT;

	sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_refuse(r->j, journal_device(r->j, tag, &e), seq, "role", &e) == 0 && journal_before_commit(r->j, &e) == 0);
	sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
	journal_after_commit(r->j);
}

/* A change here, known to the twin and to the library. Some are refused at once. */
static void step_change(int i)
{
	clock_set(now += pick(3));
	if (pick(8) == 0)
		settle_one(i);
	else
		replica_do(&device[i], some_change(i));
	for (; made[i] < journal_last_seq(device[i].j); made[i]++) {
		CHECK_INT(replica_bring(&twin[i], &device[i], tags[i], made[i] + 1, made[i] + 1), 1);
		CHECK_INT(replica_bring(&library, &device[i], tags[i], made[i] + 1, made[i] + 1), 1);
	}
	if (pick(12) == 0 && made[i] > given[i][i]) {
		refuse(&device[i], tags[i], made[i]);
		refuse(&twin[i], tags[i], made[i]);
		refuse(&library, tags[i], made[i]);
	}
	given[i][i] = made[i];
}

/* Some operations of another device, in its order, whatever else has come or not; now and then what was given before once more. */
static void step_give(int to, int from)
{
	int64_t last = given[to][from] + pick(4);

	if (last > made[from])
		last = made[from];
	if (pick(5) == 0 && given[to][from] > 0)
		CHECK_INT(replica_bring(&device[to], &library, tags[from], 1 + pick(given[to][from]), given[to][from]), 0);
	if (last == given[to][from] || to == from)
		return;
	CHECK(replica_bring(&device[to], &library, tags[from], given[to][from] + 1, last) >= 0);
	CHECK(replica_bring(&twin[to], &library, tags[from], given[to][from] + 1, last) >= 0);
	given[to][from] = last;
}

static void step_fold(int i)
{
	receipted[i] += pick(made[i] - receipted[i] + 1);
	fold(&device[i], now + 1 - pick(20), receipted[i], (int)(1 + pick(40)));
}

static int histories(void)
{
	const char *n = getenv("TEST_HISTORIES");

	return n != NULL ? atoi(n) : 3;
}

static void test_any_order(void)
{
	for (int h = 0; h < histories(); h++) {
		bool good = true;

		REQUIRE(begin());
		for (int s = 0; s < 200 && good; s++) {
			int i = (int)pick(DEVICES);

			switch (pick(5)) {
			case 0: case 1: step_change(i); break;
			case 2: case 3: step_give(i, (int)pick(DEVICES)); break;
			case 4: step_fold(i); break;
			}
			good = same(&device[i], &twin[i], true, "at random");
		}
		for (int i = 0; i < DEVICES && good; i++)
			for (int d = 0; d < DEVICES; d++)
				if (i != d) {
					CHECK(replica_bring(&device[i], &library, tags[d], given[i][d] + 1, INT64_MAX) >= 0);
					CHECK(replica_bring(&twin[i], &library, tags[d], given[i][d] + 1, INT64_MAX) >= 0);
				}
		for (int i = 0; i < DEVICES && good; i++) {
			fold(&device[i], now + 1, made[i], 7);
			good = same(&device[i], &twin[i], true, "met") && same(&device[i], &library, true, "all");
		}
		end();
		REQUIRE(good);
	}
	CHECK(folded_in_all > 0);
}

/* ---- records that leave and enter, read from a hub that folds */

/* One record whole, in the order of the stamps. */
static void enter(struct replica *to, struct replica *from, const char *table, const char *pk)
{
	struct err e = ERR_INIT;
	struct buf dictionary = BUF_INIT, sql = BUF_INIT;
	sqlite3_stmt *st = NULL;

	dictionary_write(from->j, &dictionary);
	sqlite3_exec(to->db, "BEGIN", NULL, NULL, NULL);
	struct carry c = { .to = to, .map = dictionary_map_read(to->j, dictionary.data, dictionary.len, &e) };
	buf_addf(&sql, "SELECT d.tag, o.seq, o.hlc, o.tbl, o.kind, o.pk, o.body FROM oplog o JOIN device d ON d.no = o.dev WHERE o.tbl = %d AND o.pk = '%s'"
	    " AND NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = o.dev AND r.seq = o.seq) ORDER BY o.hlc, d.tag", dictionary_table(from->j, table), pk);
	CHECK(c.map != NULL && sqlite3_prepare_v2(from->db, sql.data, -1, &st, NULL) == SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct operation op = { .seq = sqlite3_column_int64(st, 1), .hlc = (uint64_t)sqlite3_column_int64(st, 2), .tbl = sqlite3_column_int(st, 3),
			.kind = sqlite3_column_int(st, 4), .pk = (const char *)sqlite3_column_text(st, 5), .pk_len = (size_t)sqlite3_column_bytes(st, 5),
			.body = (const char *)sqlite3_column_text(st, 6), .body_len = (size_t)sqlite3_column_bytes(st, 6) };

		c.dev = journal_device(to->j, (const char *)sqlite3_column_text(st, 0), &e);
		CHECK(c.dev > 0 && replica_carry(&c, &op, &e) == 0);
	}
	CHECK(journal_before_commit(to->j, &e) == 0);
	sqlite3_exec(to->db, "COMMIT", NULL, NULL, NULL);
	journal_after_commit(to->j);
	sqlite3_finalize(st);
	dictionary_map_free(c.map);
	buf_release(&dictionary);
	buf_release(&sql);
}

static void evict(struct replica *r, const char *table, const char *pk)
{
	struct err e = ERR_INIT;

	sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_evict(r->j, dictionary_table(r->j, table), pk, &e) == 0 && journal_before_commit(r->j, &e) == 0);
	sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
	journal_after_commit(r->j);
}

/* Through the hub: whoever gives has got all before. */
static void exchange(int i)
{
	for (int d = 0; d < DEVICES; d++) {
		CHECK(replica_bring(&hub, &library, tags[d], ALL) >= 0);
		if (d != i)
			CHECK(replica_bring(&device[i], &hub, tags[d], given[i][d] + 1, INT64_MAX) >= 0);
		if (d != i)
			CHECK(replica_bring(&twin[i], &library, tags[d], given[i][d] + 1, INT64_MAX) >= 0);
		given[i][d] = made[d];
	}
	receipted[i] = made[i];
}

static void step_leave_and_enter(int i)
{
	char id[64];

	snprintf(id, sizeof id, "%s", replica_rows(&device[i], "SELECT id FROM person ORDER BY random() LIMIT 1"));
	if (id[0] == '\0')
		return;
	exchange(i);
	evict(&device[i], "person", id);
	evict(&twin[i], "person", id);
	enter(&device[i], &hub, "person", id);
	enter(&twin[i], &library, "person", id);
}

static void test_through_a_hub(void)
{
	for (int h = 0; h < histories(); h++) {
		bool good = true;

		REQUIRE(begin());
		for (int s = 0; s < 150 && good; s++) {
			int i = (int)pick(DEVICES);

			switch (pick(6)) {
			case 0: case 1: case 2: step_change(i); break;
			case 3: exchange(i); break;
			case 4: fold(&device[i], now + 1 - pick(20), receipted[i], (int)(1 + pick(40))); break;
			case 5:
				/* Nobody has to be told any more: then the hub may fold. */
				for (int d = 0; d < DEVICES; d++)
					exchange(d);
				fold(&hub, now + 1 - pick(10), INT64_MAX, 100);
				step_leave_and_enter(i);
				break;
			}
			good = same(&device[i], &twin[i], false, "through a hub");
		}
		for (int i = 0; i < DEVICES && good; i++)
			exchange(i);
		for (int i = 0; i < DEVICES && good; i++)
			good = same(&device[i], &twin[i], false, "met") && same(&device[i], &hub, false, "hub");
		end();
		REQUIRE(good);
	}
}

/* A record that a newer program wrote is left alone until this one understands it. */
static void test_newer_program(void)
{
	REQUIRE(begin());
	does(0, "INSERT INTO person(id, name) VALUES('n-1', 'n')");
	does(0, "UPDATE person SET phone = '1'");
	does(0, "UPDATE person SET phone = '2'");
	meet();
	sqlite3_exec(device[1].db, "INSERT INTO oplog(dev, seq, hlc, tbl, kind, pk, body) SELECT dev, 99, hlc + 1, tbl, 7, pk, '[]' FROM oplog"
	    " WHERE kind = 1 ORDER BY seq DESC LIMIT 1", NULL, NULL, NULL);
	CHECK_INT(fold(&device[1], now + 1, 100, 100), 0);
	sqlite3_exec(device[1].db, "DELETE FROM oplog WHERE kind = 7", NULL, NULL, NULL);
	CHECK_INT(fold(&device[1], now + 1, 100, 100), 1);
	end();
}

static const struct test tests[] = {
	TEST(test_chain_of_edits),
	TEST(test_history),
	TEST(test_unsent_edit),
	TEST(test_deleted_and_back),
	TEST(test_what_stays),
	TEST(test_newer_program),
	TEST(test_any_order),
	TEST(test_through_a_hub),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
