#include "tests/unit/replica.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

#define A "aaaaaaaa"
#define B "bbbbbbbb"
#define C "cccccccc"
#define ALL 1, INT64_MAX

static struct replica a, b, c, x;

static bool begin(void)
{
	clock_set(1);
	return CHECK(replica_open(&a, A)) && CHECK(replica_open(&b, B)) && CHECK(replica_open(&c, C)) && CHECK(replica_open(&x, "xxxxxxxx"));
}

static void checked(struct replica *r)
{
	struct err e = ERR_INIT;

	if (!CHECK(journal_check(r->j, &e) == 0))
		test_note("%s: %s", journal_tag(r->j), e.text);
	replica_close(r);
}

static void end(void)
{
	checked(&a);
	checked(&b);
	checked(&c);
	checked(&x);
	clock_set(0);
}

/* ---- a replica as text: rows, heads, stamps remembered, conflicts, tallies; devices by their tags */

static int dump_conflict(void *context, const struct conflict *k, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "conflict %s %s %s:", k->table, k->id, k->column);
	for (int i = 0; i < k->count; i++)
		buf_addf(out, " %llu/%s=%s", (unsigned long long)k->heads[i].hlc, k->heads[i].tag,
		    k->heads[i].value != NULL ? k->heads[i].value : "~");
	buf_addc(out, '\n');
	return 0;
}

static void dump_rows(struct replica *r, struct buf *out)
{
	struct buf sql = BUF_INIT;

	for (int i = 0; tables[i] != NULL; i++) {
		buf_reset(&sql);
		buf_adds(&sql, "SELECT t.id, t.origin_hlc, d.tag");
		for (int p = 0; p < tables[i]->count; p++)
			buf_addf(&sql, ", nullif(t.\"%s\", '')", tables[i]->columns[p].name);
		buf_addf(&sql, " FROM \"%s\" t LEFT JOIN device d ON d.no = t.origin_dev ORDER BY id", tables[i]->name);
		buf_addf(out, "%s %lld\n%s\n", tables[i]->name, (long long)journal_count(r->j, tables[i]->name), replica_rows(r, sql.data));
	}
	buf_release(&sql);
}

static void dump(struct replica *r, struct buf *out)
{
	struct err e = ERR_INIT;

	buf_reset(out);
	dump_rows(r, out);
	buf_addf(out, "heads\n%s\n", replica_rows(r, "SELECT t.name, h.pk, k.name, h.hlc, d.tag, h.value FROM head h JOIN device d ON d.no = h.dev"
	    " JOIN dict_table t ON t.no = h.tbl LEFT JOIN dict_column k ON k.tbl = h.tbl AND k.no = h.col ORDER BY 1, 2, 3, 4, 5"));
	buf_addf(out, "seen\n%s\n", replica_rows(r, "SELECT t.name, s.pk, k.name, s.hlc, d.tag FROM seen s JOIN device d ON d.no = s.dev"
	    " JOIN dict_table t ON t.no = s.tbl JOIN dict_column k ON k.tbl = s.tbl AND k.no = s.col ORDER BY 1, 2, 3, 4, 5"));
	buf_addf(out, "conflicts %lld orphans %s\n", (long long)journal_conflicts(r->j),
	    replica_rows(r, "SELECT coalesce((SELECT value FROM tally WHERE name = 'orphan'), 0)"));
	CHECK(conflict_each(r->j, dump_conflict, out, &e) == 0);
}

static const char *conflicts(struct replica *r)
{
	static struct buf out;
	struct err e = ERR_INIT;

	if (out.data == NULL)
		buf_init(&out);
	buf_reset(&out);
	CHECK(conflict_each(r->j, dump_conflict, &out, &e) == 0);
	return out.data;
}

/* ---- the rules, one by one */

/* The named case: a at 1 by A; b at 5 by B who saw a; c at 3 by C who saw nothing of it. */
static void test_named_case(void)
{
	static const char *const orders[] = { "abc", "acb", "bac", "bca", "cab", "cba" };

	if (!begin())
		return;
	CHECK(replica_do(&x, "INSERT INTO person(id, name) VALUES('n-1', 'n'); INSERT INTO person(id) VALUES('n-2')"));
	CHECK_INT(replica_bring(&a, &x, "xxxxxxxx", ALL), 2);
	CHECK_INT(replica_bring(&b, &x, "xxxxxxxx", ALL), 2);
	CHECK_INT(replica_bring(&c, &x, "xxxxxxxx", ALL), 2);
	CHECK(replica_do(&a, "UPDATE person SET phone = 'a' WHERE id = 'n-1'"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	clock_set(3);
	CHECK(replica_do(&c, "UPDATE person SET phone = 'c' WHERE id = 'n-1'"));
	clock_set(5);
	CHECK(replica_do(&b, "UPDATE person SET phone = 'b' WHERE id = 'n-1'"));
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		struct replica f;

		if (!CHECK(replica_open(&f, "ffffffff")))
			return;
		CHECK_INT(replica_bring(&f, &x, "xxxxxxxx", ALL), 2);
		for (const char *o = orders[i]; *o != '\0'; o++)
			CHECK_INT(replica_bring(&f, *o == 'a' ? &a : *o == 'b' ? &b : &c, *o == 'a' ? A : *o == 'b' ? B : C, ALL), 1);
		CHECK_STR(replica_rows(&f, "SELECT phone FROM person WHERE id = 'n-1'"), "b");
		CHECK_STR(replica_rows(&f, "SELECT h.value FROM head h ORDER BY h.hlc"), "c\nb");
		CHECK_INT(journal_conflicts(f.j), 1);
		CHECK_STR(conflicts(&f), "conflict person n-1 phone: 327680/bbbbbbbb=b 196608/cccccccc=c\n");
		CHECK(replica_do(&f, "UPDATE person SET phone = 'z' WHERE id = 'n-1'"));	/* settled */
		CHECK_INT(journal_conflicts(f.j), 0);
		CHECK_STR(replica_rows(&f, "SELECT h.value FROM head h"), "z");
		checked(&f);
	}
	end();
}

static void test_fields_apart(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('a-1', 'n')"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK(replica_do(&a, "UPDATE person SET phone = '1', post = 'same'"));
	CHECK(replica_do(&b, "UPDATE person SET email = '2', post = 'same'"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK_INT(replica_bring(&a, &b, B, ALL), 0);
	CHECK_STR(replica_rows(&a, "SELECT phone, email, post FROM person"), "1|2|same");
	CHECK_STR(replica_rows(&b, "SELECT phone, email, post FROM person"), "1|2|same");
	CHECK_INT(journal_conflicts(a.j), 0);		/* equal values are no conflict */
	CHECK_INT(journal_conflicts(b.j), 0);
	end();
}

/* An edit that did not see the insert keeps the insert's value as a head. */
static void test_edit_before_insert(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name, phone) VALUES('a-1', 'n', '0')"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK(replica_do(&b, "UPDATE person SET phone = '1'"));
	CHECK_INT(replica_bring(&c, &b, B, ALL), 1);
	CHECK_STR(replica_rows(&c, "SELECT count(*) FROM person"), "0");
	CHECK_STR(replica_rows(&c, "SELECT value FROM tally WHERE name = 'orphan'"), "1");
	CHECK_INT(replica_bring(&c, &a, A, ALL), 1);
	CHECK_STR(replica_rows(&c, "SELECT name, phone FROM person"), "n|1");
	CHECK_INT(journal_conflicts(c.j), 0);
	CHECK_STR(replica_rows(&c, "SELECT value FROM tally WHERE name = 'orphan'"), "0");
	CHECK_STR(replica_rows(&c, "SELECT count(*) FROM seen"), "0");
	end();
}

static void test_two_inserts(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO attendance(id, seminar, person, state, note) VALUES('s-1/p-1', 's-1', 'p-1', 'registered', 'x')"));
	clock_set(9);
	CHECK(replica_do(&b, "INSERT INTO attendance(id, seminar, person, state, note) VALUES('s-1/p-1', 's-1', 'p-1', 'present', 'y')"));
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK_STR(replica_rows(&a, "SELECT state, note, origin_hlc FROM attendance"), "present|y|589824");
	CHECK_STR(replica_rows(&b, "SELECT state, note, origin_hlc FROM attendance"), "present|y|589824");
	CHECK_INT(journal_count(a.j, "attendance"), 1);
	CHECK_INT(journal_conflicts(a.j), 1);		/* the note; of the state the later wins */
	CHECK_STR(conflicts(&b), "conflict attendance s-1/p-1 note: 589824/bbbbbbbb=y 65536/aaaaaaaa=x\n");
	/* an edit that saw one insert only */
	CHECK(replica_do(&c, "INSERT INTO attendance(id, seminar, person, state) VALUES('s-1/p-1', 's-1', 'p-1', 'absent')"));
	CHECK(replica_do(&c, "UPDATE attendance SET person = 'p-2'"));
	CHECK_INT(replica_bring(&a, &c, C, ALL), 2);
	CHECK_STR(replica_rows(&a, "SELECT h.value FROM head h WHERE col = 3 ORDER BY hlc"), "p-1\np-1\np-2");
	end();
}

static void test_delete_against_edit(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('a-1', 'n')"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK(replica_do(&a, "UPDATE person SET phone = '1'"));
	clock_set(9);
	CHECK(replica_do(&b, "UPDATE person SET deleted = 1"));
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK_STR(replica_rows(&a, "SELECT deleted, phone FROM person"), "0|1");
	CHECK_STR(replica_rows(&b, "SELECT deleted, phone FROM person"), "0|1");
	CHECK_STR(conflicts(&a), "conflict person a-1 deleted: 65537/aaaaaaaa=0 589824/bbbbbbbb=1\n");
	CHECK_INT(journal_conflicts(b.j), 1);
	CHECK_INT(journal_count(b.j, "person"), 1);
	/* somebody decides: deleted, having seen the edit */
	CHECK(replica_do(&a, "UPDATE person SET deleted = 1"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK_STR(replica_rows(&b, "SELECT deleted FROM person"), "1");
	CHECK_INT(journal_conflicts(a.j), 0);
	CHECK_INT(journal_conflicts(b.j), 0);
	CHECK_INT(journal_count(b.j, "person"), 0);
	/* and C, who has not heard of it, edits */
	CHECK_INT(replica_bring(&c, &a, A, 1, 1), 1);
	CHECK(replica_do(&c, "UPDATE person SET email = 'e'"));
	CHECK_INT(replica_bring(&b, &c, C, ALL), 1);
	CHECK_STR(replica_rows(&b, "SELECT deleted, email FROM person"), "0|e");
	CHECK_INT(journal_conflicts(b.j), 1);
	end();
}

/* Keeping the record settles the question, too, though the shown value does not change. */
static void test_settle_keeps(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('a-1', 'n')"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK(replica_do(&a, "UPDATE person SET phone = '1'"));
	CHECK(replica_do(&b, "UPDATE person SET deleted = 1"));
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK_INT(journal_conflicts(a.j), 1);
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_settle(a.j, "person", "a-1", "deleted", &e) == 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK_INT(journal_conflicts(a.j), 0);
	CHECK_INT(replica_bring(&b, &a, A, ALL), 2);
	CHECK_INT(journal_conflicts(b.j), 0);
	CHECK_STR(replica_rows(&b, "SELECT deleted, phone FROM person"), "0|1");
	end();
}

static void test_programme_first(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, "UPDATE programme SET since = '2019-11-01', title = 'A' WHERE id = 'first'"));
	CHECK_STR(replica_rows(&a, "SELECT body FROM oplog"), "[[2,\"A\",[]],[4,\"2019-11-01\",[]]]");
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK_STR(replica_rows(&b, "SELECT title, since, state FROM programme"), "A|2019-11-01|open");
	CHECK_INT(journal_conflicts(b.j), 0);
	CHECK(replica_do(&c, "UPDATE programme SET title = 'C' WHERE id = 'first'"));
	CHECK_INT(replica_bring(&b, &c, C, ALL), 1);
	CHECK_INT(journal_conflicts(b.j), 1);
	end();
}

static void test_refuse(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name, phone) VALUES('a-1', 'n', '0')"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK(replica_do(&b, "UPDATE person SET phone = 'b'"));
	CHECK(replica_do(&a, "UPDATE person SET phone = 'a'; UPDATE person SET post = 'p'"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 2);
	CHECK_INT(journal_conflicts(b.j), 1);
	sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_refuse(b.j, 1, 1, "not yours", &e) == 0);
	sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL);
	CHECK_STR(replica_rows(&b, "SELECT phone, post FROM person"), "a|p");
	CHECK_INT(journal_conflicts(b.j), 0);
	CHECK_STR(replica_rows(&b, "SELECT dev, seq, reason FROM refused"), "1|1|not yours");
	end();
}

/* ---- what does not fit is refused whole */

static void test_hostile(void)
{
	static const struct { int tbl, kind; const char *pk, *body; } bad[] = {
		{ 3, 0, "a-1", NULL }, { 3, 0, "a-1", "" }, { 3, 0, "a-1", "[0,\"n\"" }, { 3, 0, "a-1", "[0,\"n\"]]" },
		{ 3, 0, "a-1", "[0, \"n\"]" }, { 3, 0, "a-1", "[1,\"n\"]" }, { 3, 0, "a-1", "[null,\"n\"]" }, { 3, 0, "a-1", "[]" },
		{ 3, 0, "a-1", "[0,5]" }, { 3, 0, "a-1", "[0,\"\"]" }, { 3, 0, "a-1", "[0,\"\\u0041\"]" }, { 3, 0, "a-1", "[0,\"a\\nb\"]" },
		{ 3, 0, "a-1", "[0,\"\x1b\"]" }, { 3, 0, "a-1", "[0,\"\xc2\x85\"]" }, { 3, 0, "a-1", "[0,\"\xd0\"]" },
		{ 3, 0, "a-1", "[0,\"n\",null,null,null,null,null,null,null]" }, { 3, 0, "a-1", "[00,\"n\"]" }, { 3, 0, "a-1", "[-0,\"n\"]" },
		{ 3, 0, "A-1", "[0,\"n\"]" }, { 3, 0, "", "[0,\"n\"]" }, { 6, 0, "a-1", "[0,null,null,null,null,null,null,null,null,\"x\"]" },
		{ 6, 0, "a-1", "[0,null,null,null,null,null,null,null,null,99999999999999999999]" }, { 90, 0, "a-1", "[0]" },
		{ 3, 1, "a-1", "[]" }, { 3, 1, "a-1", "[[2,\"x\"]]" }, { 3, 1, "a-1", "[[2,\"x\",[]],[2,\"y\",[]]]" },
		{ 3, 1, "a-1", "[[0,\"x\",[]]]" }, { 3, 1, "a-1", "[[9,\"x\",[]]]" }, { 3, 1, "a-1", "[[201,\"x\",[]]]" },
		{ 3, 1, "a-1", "[[2,\"x\",[[5,\"aaa\"]]]]" }, { 3, 1, "a-1", "[[2,\"x\",[[0,\"aaaaaaaa\"]]]]" },
		{ 3, 1, "a-1", "[[2,\"x\",[[-5,\"aaaaaaaa\"]]]]" }, { 3, 1, "a-1", "[[2,\"x\",[[1000,\"aaaaaaaa\"]]]]" },
		{ 3, 1, "a-1", "[[1,2,[]]]" }, { 3, 1, "a-1", "[[1,null,[]]]" }, { 3, 1, "a-1", "[[2,\"x\",[]],]" },
		{ 3, 7, "a-1", "{" }, { 3, 7, "a-1", "1 2" },
	};

	if (!begin())
		return;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct err e = ERR_INIT;
		enum merge_result result;
		struct operation op = { 0, 1, 1000, bad[i].tbl, bad[i].kind, bad[i].pk, strlen(bad[i].pk), bad[i].body,
		    bad[i].body != NULL ? strlen(bad[i].body) : 0 };

		sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
		op.dev = journal_device(a.j, B, &e);
		if (!CHECK(merge_operation(a.j, &op, &result, &e) == -1) || !CHECK_INT(e.code, ERR_DAMAGED))
			test_note("%d %d %s %s", bad[i].tbl, bad[i].kind, bad[i].pk, bad[i].body != NULL ? bad[i].body : "-");
		sqlite3_exec(a.db, "ROLLBACK", NULL, NULL, NULL);
	}
	CHECK_STR(replica_rows(&a, "SELECT count(*) FROM oplog"), "0");
	CHECK_STR(replica_rows(&a, "SELECT count(*) FROM person"), "0");
	end();
}

/* Kinds of newer programs stay in the journal, and erasures of what is nobody (of people: test_erase.c). */
static void test_kept(void)
{
	struct err e = ERR_INIT;
	enum merge_result result;
	struct operation op = { .seq = 1, .hlc = 1000, .tbl = 2, .kind = OPERATION_ERASE, .pk = "a-1", .pk_len = 3 };

	if (!begin())
		return;
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	op.dev = journal_device(a.j, B, &e);
	CHECK(merge_operation(a.j, &op, &result, &e) == 0 && result == MERGE_KEPT);
	CHECK(merge_operation(a.j, &op, &result, &e) == 0 && result == MERGE_KNOWN);
	op.seq = 2;
	op.kind = 7;
	op.body = "{\"x\":1}";
	op.body_len = strlen(op.body);
	CHECK(merge_operation(a.j, &op, &result, &e) == 0 && result == MERGE_KEPT);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK_STR(replica_rows(&a, "SELECT seq, kind, pk, body FROM oplog"), "1|3|a-1|~\n2|7|a-1|{\"x\":1}");
	CHECK(journal_last_stamp(a.j) >= 1000);
	end();
}

/* The triggers away for a while: nothing local passes unrecorded, and they come back with the commit and with a rollback. */
static void test_many(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('a-1', 'n'); UPDATE person SET phone = '1'"));
	for (int end = 0; end < 3; end++) {
		sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
		CHECK(merge_begin(b.j, &e) == 0);
		CHECK(merge_begin(b.j, &e) == 0);
		CHECK(sqlite3_exec(b.db, "INSERT INTO person(id) VALUES('b-1')", NULL, NULL, NULL) == SQLITE_AUTH);
		CHECK(sqlite3_exec(b.db, "UPDATE person SET name = 'x'", NULL, NULL, NULL) == SQLITE_AUTH);
		CHECK(sqlite3_exec(b.db, "DELETE FROM person", NULL, NULL, NULL) == SQLITE_AUTH);
		CHECK(sqlite3_exec(b.db, "INSERT INTO setting(key, value) VALUES('k', 'v')", NULL, NULL, NULL) == SQLITE_OK);
		if (end == 0) {
			sqlite3_exec(b.db, "ROLLBACK", NULL, NULL, NULL);
		} else if (end == 1) {
			CHECK(sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK);	/* without the store's call */
			sqlite3_exec(b.db, "ROLLBACK", NULL, NULL, NULL);
		} else {
			CHECK(journal_before_commit(b.j, &e) == 0);
			CHECK(sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
		}
		CHECK_STR(replica_try(&b, "DELETE FROM person; INSERT INTO person(id) VALUES('B')"), "“B” is not an id of a record");
	}
	sqlite3_exec(b.db, "BEGIN; SAVEPOINT s", NULL, NULL, NULL);
	CHECK(merge_begin(b.j, &e) == 0);
	sqlite3_exec(b.db, "ROLLBACK TO s; RELEASE s", NULL, NULL, NULL);
	CHECK(sqlite3_exec(b.db, "INSERT INTO organisation(id) VALUES('b-1')", NULL, NULL, NULL) == SQLITE_OK);
	CHECK_INT(journal_last_seq(b.j), 1);
	CHECK(journal_before_commit(b.j, &e) == 0);
	CHECK(sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK);
	CHECK_INT(replica_bring(&b, &a, A, ALL), 2);
	CHECK_STR(replica_try(&b, "DELETE FROM person"), "a record is marked as deleted, its row stays");
	CHECK_STR(replica_rows(&b, "SELECT name, phone FROM person"), "n|1");
	end();
}

/* ---- any history, any order */

#define REPLICAS_MAX 6
#define FRESH 3

struct history {
	struct replica r[REPLICAS_MAX + FRESH];
	char tags[REPLICAS_MAX + FRESH][9];
	int count;
	int64_t have[REPLICAS_MAX + FRESH][REPLICAS_MAX];	/* operations of each device that a replica holds */
};

static int below(int n)
{
	return (int)(test_random() % (uint64_t)n);
}

static const char *pick(const char *const *list, int n)
{
	return list[below(n)];
}

static void add_fields(struct buf *sql, const struct table *t, int count)
{
	static const char *const values[] = { "NULL", "'1'", "'2'", "'3'" };

	for (int i = 0; i < count; i++) {
		const struct column *k = &t->columns[1 + below(t->count - 1)];

		buf_addf(sql, "%s\"%s\" = %s", i > 0 ? ", " : "", k->name,
		    k->kind == COLUMN_INTEGER ? (below(2) ? "7" : "NULL") : pick(values, 4));
	}
}

/* One change of a record at random, or of none where there is none. */
static void local_change(struct history *h, int n)
{
	static const char *const names[] = { "person", "seminar", "attendance", "programme" };
	static const char *const states[] = { "registered", "present", "absent" };
	static const char *const notes[] = { "NULL", "'n'", "'m'" };
	struct replica *r = &h->r[n];
	const struct table *t = table_find(pick(names, 4));
	struct buf sql = BUF_INIT;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	int what = below(10);

	if (what < 2) {
		journal_new_id(r->j, id);
		buf_addf(&sql, "INSERT INTO person(id, name, phone) VALUES('%s', 'p', %s)", id, pick(notes, 3));
	} else if (what < 5) {
		int person = below(2);

		buf_addf(&sql, "INSERT INTO attendance(id, seminar, person, state, note) VALUES('s/p%d', 's', 'p%d', '%s', %s)"
		    " ON CONFLICT(id) DO UPDATE SET state = excluded.state, note = excluded.note, deleted = 0", person, person,
		    pick(states, 3), pick(notes, 3));
	} else if (what < 8) {
		buf_addf(&sql, "UPDATE %s SET ", t->name);
		add_fields(&sql, t, 1 + below(3));
		buf_addf(&sql, " WHERE deleted = 0 AND id = (SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET %d)", t->name, below(4));
	} else if (what < 9) {
		buf_addf(&sql, "UPDATE %s SET deleted = %s WHERE id = (SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET %d)", t->name,
		    below(3) ? "1" : "0", t->name, below(3));
	} else {
		snprintf(id, sizeof id, "%s", replica_rows(r, below(2) ? "SELECT id FROM person ORDER BY id LIMIT 1" : "SELECT 's/p0'"));
		sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
		journal_settle(r->j, strchr(id, '/') != NULL ? "attendance" : "person", id, below(2) ? "note" : "deleted", &e);
		sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
	}
	if (sql.len > 0)
		CHECK(replica_do(r, sql.data));
	h->have[n][n] = journal_last_seq(r->j);
	buf_release(&sql);
}

/* Some operations of one device, which the giver holds; perhaps with some that the taker has. */
static void exchange(struct history *h, int to, int from, int dev, int64_t most)
{
	int64_t have = h->have[to][dev], last = h->have[from][dev];

	if (to == dev || last <= have)
		return;
	if (last > have + most)
		last = have + most;
	CHECK_INT(replica_bring(&h->r[to], &h->r[from], h->tags[dev], 1 + (have > 2 ? have - below(3) : have), last), last - have);
	h->have[to][dev] = last;
}

static void deliver_all(struct history *h, int to)
{
	bool more = true;

	while (more) {
		more = false;
		for (int i = 0; i < 4 * h->count; i++) {
			int dev = below(h->count);

			exchange(h, to, dev, dev, 1 + below(5));
		}
		for (int dev = 0; dev < h->count; dev++)
			more = more || (dev != to && h->have[to][dev] < h->have[dev][dev]);
	}
}

static void compare(struct history *h, struct buf *first, struct buf *other)
{
	struct err e = ERR_INIT;

	for (int n = 0; n < h->count + FRESH; n++) {
		dump(&h->r[n], n == 0 ? first : other);
		if (n > 0 && !CHECK(strcmp(first->data, other->data) == 0))
			test_note("replica 0:\n%s\nreplica %d:\n%s", first->data, n, other->data);
		if (!CHECK(journal_check(h->r[n].j, &e) == 0))
			test_note("%s", e.text);
	}
}

static void play(struct history *h, int steps)
{
	for (int i = 0; i < steps; i++) {
		clock_set(1 + i * below(3));
		if (below(3) > 0)
			local_change(h, below(h->count));
		else
			exchange(h, below(h->count), below(h->count), below(h->count), 1 + below(6));
	}
}

static int run_history(int number)
{
	struct history *h = mem_zero(1, sizeof *h);
	struct buf first = BUF_INIT, other = BUF_INIT;
	int conflicts_seen;

	h->count = 3 + below(4);
	for (int n = 0; n < h->count + FRESH; n++) {
		snprintf(h->tags[n], sizeof h->tags[n], "%c%07d", n < h->count ? 'm' + (n * 5) % 7 : 'f', number);
		h->tags[n][1] = (char)('a' + n);
		if (!CHECK(replica_open(&h->r[n], h->tags[n])))
			return 0;
	}
	play(h, 40 + below(60));
	for (int n = 0; n < h->count + FRESH; n++)
		deliver_all(h, n);
	compare(h, &first, &other);
	conflicts_seen = (int)journal_conflicts(h->r[0].j);
	for (int n = 0; n < h->count + FRESH; n++)
		replica_close(&h->r[n]);
	buf_release(&first);
	buf_release(&other);
	free(h);
	return conflicts_seen;
}

/* Under the sanitizers, where each costs several times as much, they look for other faults than those of the order. */
#if defined __SANITIZE_ADDRESS__
#define HISTORIES 40
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define HISTORIES 40
#endif
#endif
#ifndef HISTORIES
#define HISTORIES 100
#endif

static void test_any_order(void)
{
	int conflicts_seen = 0;

	for (int i = 0; i < HISTORIES; i++)
		conflicts_seen += run_history(i);
	clock_set(0);
	CHECK(conflicts_seen > HISTORIES);		/* the histories are worth something */
	test_note("%d conflicts", conflicts_seen);
}

static const struct test all_tests[] = {
	TEST(test_named_case), TEST(test_fields_apart), TEST(test_edit_before_insert), TEST(test_two_inserts), TEST(test_delete_against_edit),
	TEST(test_settle_keeps), TEST(test_programme_first), TEST(test_refuse), TEST(test_hostile), TEST(test_kept), TEST(test_many),
	TEST(test_any_order), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, all_tests);
}
