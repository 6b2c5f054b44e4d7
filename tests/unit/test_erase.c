/* An erasure: what it empties, and that the order in which operations come makes no difference. */
#include "store/erase.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/unit/replica.h"

#define A "aaaaaaaa"
#define B "bbbbbbbb"
#define C "cccccccc"
#define ALL 1, INT64_MAX

static struct replica a, b, c;

static bool begin(void)
{
	clock_set(1);
	return CHECK(replica_open(&a, A)) && CHECK(replica_open(&b, B)) && CHECK(replica_open(&c, C));
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
	clock_set(0);
}

static bool erase(struct replica *r, const char *id)
{
	struct err e = ERR_INIT;
	bool done;

	sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
	done = journal_erase(r->j, "person", id, &e) == 0 && journal_before_commit(r->j, &e) == 0;
	sqlite3_exec(r->db, done ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
	if (done)
		journal_after_commit(r->j);
	else
		journal_after_rollback(r->j);
	if (!done)
		test_note("%s: %s", id, e.text);
	return done;
}

/* The program ends and begins again; `sql` is what happened meanwhile. */
static bool reopen(struct replica *r, const char *tag, const char *sql)
{
	struct err e = ERR_INIT;
	unsigned char *image;
	sqlite3_int64 size;

	journal_detach(r->j);
	image = sqlite3_serialize(r->db, "main", &size, 0);
	sqlite3_close(r->db);
	return CHECK_INT(sqlite3_open(":memory:", &r->db), SQLITE_OK) && CHECK_INT(functions_register(r->db, &e), 0) &&
	    CHECK_INT(sqlite3_deserialize(r->db, "main", image, size, size, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE), SQLITE_OK) &&
	    CHECK_INT(sqlite3_exec(r->db, sql, NULL, NULL, NULL), SQLITE_OK) && CHECK(replica_attach(r, tag));
}

static int erased(struct replica *r, const char *table, const char *id)
{
	return journal_erased(r->j, table, id, NULL);
}

/* Rows, heads, stamps, marks and the journal with its bodies; devices by their tags. */
static void dump(struct replica *r, struct buf *out)
{
	struct buf sql = BUF_INIT;

	buf_reset(out);
	for (int i = 0; tables[i] != NULL; i++) {
		buf_reset(&sql);
		buf_adds(&sql, "SELECT t.id, t.origin_hlc, d.tag");
		for (int p = 0; p < tables[i]->count; p++)
			buf_addf(&sql, ", nullif(t.\"%s\", '')", tables[i]->columns[p].name);
		buf_addf(&sql, " FROM \"%s\" t LEFT JOIN device d ON d.no = t.origin_dev ORDER BY id", tables[i]->name);
		buf_addf(out, "%s %lld\n%s\n", tables[i]->name, (long long)journal_count(r->j, tables[i]->name), replica_rows(r, sql.data));
	}
	buf_addf(out, "heads\n%s\n", replica_rows(r, "SELECT h.tbl, h.pk, h.col, h.hlc, d.tag, h.value FROM head h JOIN device d ON d.no = h.dev ORDER BY 1, 2, 3, 4, 5"));
	buf_addf(out, "seen\n%s\n", replica_rows(r, "SELECT s.tbl, s.pk, s.col, s.hlc, d.tag FROM seen s JOIN device d ON d.no = s.dev ORDER BY 1, 2, 3, 4, 5"));
	buf_addf(out, "erased\n%s\n", replica_rows(r, "SELECT tbl, pk FROM erased ORDER BY 1, 2"));
	buf_addf(out, "journal\n%s\n", replica_rows(r, "SELECT d.tag, o.seq, o.hlc, o.tbl, o.kind, o.pk, o.body FROM oplog o JOIN device d ON d.no = o.dev ORDER BY 1, 2"));
	buf_addf(out, "conflicts %lld\n", (long long)journal_conflicts(r->j));
	buf_release(&sql);
}

static bool same(struct replica *one, struct replica *other)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool equal;

	dump(one, &x);
	dump(other, &y);
	equal = strcmp(x.data, y.data) == 0;
	if (!equal)
		test_note("%s:\n%s\n%s:\n%s", journal_tag(one->j), x.data, journal_tag(other->j), y.data);
	buf_release(&x);
	buf_release(&y);
	return equal;
}

static bool row_has(sqlite3_stmt *st, const char *text)
{
	for (int i = 0; i < sqlite3_column_count(st); i++) {
		const char *value = (const char *)sqlite3_column_text(st, i);

		if (value != NULL && strstr(value, text) != NULL)
			return true;
	}
	return false;
}

/* Whether a text is anywhere in the tables of a replica. */
static bool has_text(struct replica *r, const char *text)
{
	sqlite3_stmt *list, *st;
	bool found = false;

	sqlite3_prepare_v2(r->db, "SELECT 'SELECT * FROM \"' || name || '\"' FROM sqlite_schema WHERE type = 'table'", -1, &list, NULL);
	while (!found && sqlite3_step(list) == SQLITE_ROW) {
		if (!CHECK_INT(sqlite3_prepare_v2(r->db, (const char *)sqlite3_column_text(list, 0), -1, &st, NULL), SQLITE_OK))
			break;
		while (!found && sqlite3_step(st) == SQLITE_ROW)
			found = row_has(st, text);
		sqlite3_finalize(st);
	}
	sqlite3_finalize(list);
	return found;
}

/* ---- the rules, one by one */

static const char people[] =
	"INSERT INTO person(id, name, phone, post, municipality) VALUES('p-1', 'Секретова', '+71', 'тайна', '80');"
	"INSERT INTO person(id, name) VALUES('p-2', 'Другая');"
	"INSERT INTO consultation(id, mentor, mentee, date, topic, advice) VALUES('k-1', 'p-2', 'p-1', '2020-01-01', 'тема', 'Секретный совет');"
	"INSERT INTO consultation(id, mentor, mentee, date, topic) VALUES('k-2', 'p-2', 'p-2', '2020-01-01', 'чужая');"
	"INSERT INTO seminar(id, title) VALUES('s', 'Семинар');"
	"INSERT INTO attendance(id, seminar, person, state, note) VALUES('s/p-1', 's', 'p-1', 'present', 'секрет');"
	"INSERT INTO attendance(id, seminar, person, state, note) VALUES('s/p-2', 's', 'p-2', 'present', 'не секрет');"
	"INSERT INTO known_name(tbl, id, name) VALUES('person', 'p-1', 'Секретова');"
	"UPDATE person SET phone = '+72', note = 'Секрет о человеке' WHERE id = 'p-1'";

static void test_effect(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK_INT(erased(&a, "person", "p-1"), 0);
	CHECK(erase(&a, "p-1"));
	CHECK_STR(replica_rows(&a, "SELECT name, phone, post, municipality, note, deleted FROM person ORDER BY id"), "~|~|~|80|~|0\nДругая|~|~|~|~|0");
	CHECK_STR(replica_rows(&a, "SELECT date, mentee, topic, advice FROM consultation ORDER BY id"), "2020-01-01|p-1|~|~\n2020-01-01|p-2|чужая|~");
	CHECK_STR(replica_rows(&a, "SELECT state, note FROM attendance ORDER BY id"), "present|~\npresent|не секрет");
	CHECK_STR(replica_rows(&a, "SELECT count(*) FROM known_name"), "0");
	CHECK_STR(replica_rows(&a, "SELECT count(*) FROM head WHERE value IS NOT NULL"), "0");
	CHECK_STR(replica_rows(&a, "SELECT kind, body FROM oplog WHERE pk = 'p-1' ORDER BY seq"),
	    "0|[0,null,null,null,null,null,\"80\"]\n1|[[3,null,[[65536,\"aaaaaaaa\"]]],[8,null,[[65536,\"aaaaaaaa\"]]]]\n3|~");
	CHECK_STR(replica_rows(&a, "SELECT value FROM setting WHERE key = 'scrub'"), "1");
	CHECK_INT(journal_count(a.j, "person"), 2);
	CHECK_INT(erased(&a, "person", "p-1"), 1);
	CHECK_INT(erased(&a, "person", "p-2"), 0);
	CHECK_INT(erased(&a, "consultation", "k-1"), 1);
	CHECK_INT(erased(&a, "consultation", "k-2"), 0);
	CHECK(!has_text(&a, "Секрет") && !has_text(&a, "секрет о") && !has_text(&a, "+72"));
	/* Once is enough. */
	CHECK_INT(journal_last_seq(a.j), 9);
	CHECK(erase(&a, "p-1"));
	CHECK_INT(journal_last_seq(a.j), 9);
	/* It is the same elsewhere, and after the store was closed and opened. */
	CHECK_INT(replica_bring(&b, &a, A, ALL), 9);
	CHECK(same(&a, &b));
	CHECK(reopen(&a, A, ""));
	CHECK(same(&a, &b));
	end();
}

/* What is not a person, or not here, and what somebody would write of who was erased. */
static void test_refusals(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_erase(a.j, "seminar", "s", &e), -1);
	CHECK_INT(journal_erase(a.j, "person", "p-9", &e), -1);
	CHECK_INT(journal_erase(a.j, "nothing", "p-1", &e), -1);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK(erase(&a, "p-1"));
	CHECK(*replica_try(&a, "UPDATE person SET name = 'x' WHERE id = 'p-1'") != '\0');
	CHECK(*replica_try(&a, "UPDATE attendance SET note = 'x' WHERE id = 's/p-1'") != '\0');
	CHECK(*replica_try(&a, "INSERT INTO consultation(id, mentee, advice) VALUES('k-3', 'p-1', 'x')") != '\0');
	CHECK(replica_do(&a, "UPDATE person SET municipality = '1' WHERE id = 'p-1'; UPDATE attendance SET state = 'absent' WHERE id = 's/p-1'"));
	CHECK(replica_do(&a, "INSERT INTO consultation(id, mentee, date) VALUES('k-3', 'p-1', '2020-02-02')"));
	CHECK_INT(erased(&a, "consultation", "k-3"), 1);
	/* Newly named: what was there goes. */
	CHECK(replica_do(&a, "UPDATE consultation SET mentee = 'p-1' WHERE id = 'k-2'"));
	CHECK_STR(replica_rows(&a, "SELECT topic FROM consultation WHERE id = 'k-2'"), "~");
	CHECK(!has_text(&a, "чужая"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), (int)journal_last_seq(a.j));
	CHECK(same(&a, &b));
	end();
}

/* A score is a part of an application; the seminar that somebody led is not, and what others wrote there stays. */
static void test_transitive(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK(replica_do(&b, "INSERT INTO score(id, application, judge, points, remark) VALUES('r-1', 'ap-1', 'p-2', 5, 'О Секретовой')"));
	CHECK_INT(replica_bring(&c, &b, B, ALL), 1);
	CHECK(replica_do(&a, "INSERT INTO application(id, person, motivation) VALUES('ap-1', 'p-1', 'Хочу');"
	    "INSERT INTO score(id, application, judge, points, remark) VALUES('r-2', 'ap-2', 'p-2', 5, 'О другой');"
	    "UPDATE seminar SET lead = 'p-1', remarks = 'замечания' WHERE id = 's'"));
	CHECK(erase(&a, "p-1"));
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK_STR(replica_rows(&a, "SELECT points, remark FROM score ORDER BY id"), "5|~\n5|О другой");
	CHECK_STR(replica_rows(&a, "SELECT motivation FROM application"), "~");
	CHECK_STR(replica_rows(&a, "SELECT remarks FROM seminar"), "~");
	CHECK_STR(replica_rows(&a, "SELECT note FROM attendance WHERE id = 's/p-2'"), "не секрет");
	/* The score was there first, then the erase, then the application: seen from the end. */
	CHECK_INT(replica_bring(&c, &a, A, ALL), (int)journal_last_seq(a.j));
	CHECK(same(&a, &c));
	end();
}

/* The name of who was mentored stands only in an operation that was overwritten since. */
static void test_any_operation(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	clock_set(2);
	CHECK(replica_do(&a, "UPDATE consultation SET mentee = 'p-2' WHERE id = 'k-1'"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), (int)journal_last_seq(a.j));
	CHECK(erase(&a, "p-1"));
	CHECK_STR(replica_rows(&a, "SELECT mentee, advice FROM consultation WHERE id = 'k-1'"), "p-2|~");
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK(same(&a, &b));
	CHECK(!has_text(&b, "Секретный"));
	end();
}

/* Two inserts of one attendance with two notes, and an edit that saw one: with the notes gone nothing is left to disagree about. */
static void test_conflict_goes(void)
{
	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK(replica_do(&b, "INSERT INTO attendance(id, seminar, person, state, note) VALUES('s/p-1', 's', 'p-1', 'present', 'иное')"));
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK_INT(journal_conflicts(a.j), 1);
	CHECK(erase(&a, "p-1"));
	CHECK_INT(journal_conflicts(a.j), 0);
	CHECK_INT(replica_bring(&b, &a, A, ALL), (int)journal_last_seq(a.j));
	CHECK_INT(replica_bring(&c, &a, A, ALL), (int)journal_last_seq(a.j));
	CHECK_INT(replica_bring(&c, &a, B, ALL), 1);
	CHECK(same(&a, &b) && same(&a, &c));
	end();
}

/* A refused erase is none from then on; what it emptied is empty. */
static void test_refused(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK(erase(&a, "p-1"));
	CHECK(erase(&a, "p-2"));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_refuse(a.j, 1, 9, "role", &e), 0);
	CHECK_INT(journal_before_commit(a.j, &e), 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK_INT(erased(&a, "person", "p-1"), 0);
	CHECK_INT(erased(&a, "person", "p-2"), 1);
	CHECK_INT(erased(&a, "attendance", "s/p-1"), 0);
	CHECK_INT(erased(&a, "consultation", "k-1"), 1);	/* it names p-2 as well */
	CHECK_STR(replica_rows(&a, "SELECT name FROM person WHERE id = 'p-1'"), "~");
	CHECK(replica_do(&a, "UPDATE person SET name = 'Снова' WHERE id = 'p-1'"));
	/* And once more, and this time it counts. */
	CHECK(erase(&a, "p-1"));
	CHECK_STR(replica_rows(&a, "SELECT name FROM person WHERE id = 'p-1'"), "~");
	CHECK(!has_text(&a, "Снова"));
	end();
}

/* Refused bodies say something of people too, and are nobody's record. */
static void test_kept_apart(void)
{
	struct err e = ERR_INIT;
	struct operation op = { .seq = 1, .hlc = 70000, .pk = "k-8", .pk_len = 3, .kind = OPERATION_INSERT };
	struct buf body = BUF_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	op.tbl = dictionary_table(a.j, "consultation");
	buf_adds(&body, "[0,null,null,\"p-1\",null,null,null,\"Секретная тема\"]");
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	op.dev = journal_device(a.j, B, &e);
	op.body = body.data;
	op.body_len = body.len;
	CHECK_INT(journal_keep_refused(a.j, &op, "scope", &e), 0);
	op.seq = 2;
	op.kind = OPERATION_UPDATE;
	op.body = "[[8,\"Секрет позже\",[[70000,\"bbbbbbbb\"]]]]";
	op.body_len = strlen(op.body);
	CHECK_INT(journal_keep_refused(a.j, &op, "scope", &e), 0);
	op.seq = 3;
	op.pk = "k-2";		/* a refused one names p-1 in somebody's record: the record stays as it is */
	op.body = "[[4,\"p-1\",[[65536,\"aaaaaaaa\"]]],[8,\"Секрет в чужой\",[[65536,\"aaaaaaaa\"]]]]";
	op.body_len = strlen(op.body);
	CHECK_INT(journal_keep_refused(a.j, &op, "scope", &e), 0);
	CHECK_INT(journal_before_commit(a.j, &e), 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK(replica_do(&a, "INSERT INTO not_accepted(seq, tbl, pk, reason, kind, body) VALUES(1, 'person', 'p-1', 'role', 1, '[[2,\"Секретова 2\",[]]]'),"
	    "(2, 'consultation', 'k-9', 'role', 0, '[0,null,null,\"p-1\",null,null,null,\"Секрет 3\"]'), (3, 'consultation', 'k-9', 'role', 1, '[[8,\"Секрет 4\",[]]]');"
	    "INSERT INTO aside(seq, hlc, tbl, kind, pk, body) VALUES(7, 1, 'person', 1, 'p-1', '[[2,\"Секретова 5\",[]]]')"));
	CHECK(erase(&a, "p-1"));
	CHECK(!has_text(&a, "Секрет"));
	CHECK_STR(replica_rows(&a, "SELECT topic FROM consultation WHERE id = 'k-2'"), "чужая");
	CHECK_STR(replica_rows(&a, "SELECT body FROM not_accepted WHERE seq = 2"), "[0,null,null,\"p-1\"]");
	/* What is refused later. */
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	op.seq = 4;
	CHECK_INT(journal_keep_refused(a.j, &op, "scope", &e), 0);
	op.seq = 5;
	op.kind = OPERATION_INSERT;
	op.pk = "k-7";
	op.body = body.data;
	op.body_len = body.len;
	CHECK_INT(journal_keep_refused(a.j, &op, "scope", &e), 0);
	CHECK_INT(journal_before_commit(a.j, &e), 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK(!has_text(&a, "Секрет"));
	buf_release(&body);
	end();
}

/* A record leaves; that its person was erased is known as before, and what comes back comes empty. */
static void test_evicted(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 8);
	CHECK(erase(&b, "p-1"));
	sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_evict(b.j, dictionary_table(b.j, "person"), "p-1", &e), 0);
	CHECK_INT(journal_evict(b.j, dictionary_table(b.j, "consultation"), "k-1", &e), 0);
	CHECK_INT(journal_before_commit(b.j, &e), 0);
	sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL);
	CHECK_STR(replica_rows(&b, "SELECT count(*) FROM person"), "1");
	CHECK_STR(replica_rows(&b, "SELECT kind FROM oplog WHERE pk = 'p-1'"), "3");
	CHECK_INT(erased(&b, "person", "p-1"), 1);
	CHECK_INT(erased(&b, "consultation", "k-1"), 0);
	if (!CHECK(journal_check(b.j, &e) == 0))
		test_note("%s", e.text);
	CHECK_INT(replica_bring(&b, &a, A, ALL), 3);
	CHECK_STR(replica_rows(&b, "SELECT name FROM person WHERE id = 'p-1'"), "~");
	CHECK_INT(erased(&b, "consultation", "k-1"), 1);
	CHECK(!has_text(&b, "Секрет"));
	/* An erasure may come to who never held the person. */
	CHECK_INT(replica_bring(&c, &b, B, ALL), 1);
	CHECK_INT(erased(&c, "person", "p-1"), 1);
	CHECK_INT(replica_bring(&c, &a, A, ALL), 8);
	CHECK(same(&b, &c));
	end();
}

/* A record that is to come anew leaves but for own operations that nobody else has; one of them is what erases it. */
static void test_comes_anew(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 8);
	clock_set(2);
	CHECK(replica_do(&b, "UPDATE consultation SET mentee = 'p-1' WHERE id = 'k-2'"));
	CHECK(erase(&a, "p-1"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	CHECK_INT(erased(&b, "consultation", "k-2"), 1);
	sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_wanted_reset(b.j, &e) == 0 && journal_wanted_add(b.j, dictionary_table(b.j, "consultation"), "k-2", &e) == 0);
	CHECK_INT(journal_forget_wanted(b.j, 0, &e), 0);
	CHECK_INT(erased(&b, "consultation", "k-2"), 0);
	CHECK_INT(journal_before_commit(b.j, &e), 0);
	sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL);
	CHECK_INT(erased(&b, "consultation", "k-2"), 1);
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	sqlite3_exec(b.db, "BEGIN", NULL, NULL, NULL);
	CHECK(journal_rebuild(b.j, dictionary_table(b.j, "consultation"), "k-2", &e) == 0 && journal_before_commit(b.j, &e) == 0);
	sqlite3_exec(b.db, "COMMIT", NULL, NULL, NULL);
	CHECK_STR(replica_rows(&b, "SELECT topic FROM consultation WHERE id = 'k-2'"), "~");
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK(same(&a, &b));
	end();
}

/* A rollback, of a savepoint too, takes everything back. */
static void test_rollback(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 8);
	sqlite3_exec(a.db, "BEGIN; SAVEPOINT inner", NULL, NULL, NULL);
	CHECK_INT(journal_erase(a.j, "person", "p-1", &e), 0);
	CHECK_INT(erased(&a, "person", "p-1"), 1);
	sqlite3_exec(a.db, "ROLLBACK TO inner; RELEASE inner", NULL, NULL, NULL);
	CHECK_INT(erased(&a, "person", "p-1"), 0);
	CHECK_INT(journal_before_commit(a.j, &e), 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK(replica_do(&a, "UPDATE person SET name = 'Можно' WHERE id = 'p-1'"));
	CHECK_STR(replica_rows(&a, "SELECT advice FROM consultation WHERE id = 'k-1'"), "Секретный совет");
	CHECK(erase(&a, "p-1"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), (int)journal_last_seq(a.j) - 8);
	CHECK(same(&a, &b));
	end();
}

/* What an older program kept unread: a table that it did not know, and an erase that meant nothing to it. */
static void test_learned(void)
{
	static const char unread[] =
	    "UPDATE dict_table SET known = 0 WHERE name = 'consultation';"
	    "INSERT INTO oplog(dev, seq, hlc, tbl, kind, pk, body) SELECT 2, 1, 90000, no, 0, 'k-5', '[0,null,null,\"p-1\",null,null,null,\"Секрет 5\"]' FROM dict_table"
	    "	WHERE name = 'consultation';"
	    "INSERT INTO oplog(dev, seq, hlc, tbl, kind, pk, body) SELECT 2, 2, 90001, no, 1, 'k-1', '[[9,\"Секрет 6\",[]]]' FROM dict_table"
	    "	WHERE name = 'consultation';"
	    "UPDATE device SET max_seq = 2, max_hlc = 90001 WHERE no = 2; UPDATE counter SET value = 90001 WHERE name = 'hlc'";

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK(erase(&a, "p-1"));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_device(a.j, B, NULL), 2);
	CHECK_INT(journal_before_commit(a.j, NULL), 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK(reopen(&a, A, unread));
	CHECK(!has_text(&a, "Секрет"));
	CHECK_STR(replica_rows(&a, "SELECT mentee, topic FROM consultation WHERE id = 'k-5'"), "p-1|~");
	/* As a program of schema 3 left it: operations of kind 3 without any effect. */
	CHECK(replica_do(&b, people));
	CHECK(erase(&b, "p-2"));
	CHECK(reopen(&b, B, "DELETE FROM tally WHERE name = 'erased'; DELETE FROM erased; UPDATE oplog SET body = '[0,\"Секретова\"]' WHERE pk = 'p-2' AND kind = 0;"
	    "UPDATE person SET name = 'Секретова' WHERE id = 'p-2'"));
	CHECK_STR(replica_rows(&b, "SELECT name FROM person WHERE id = 'p-2'"), "~");
	CHECK_INT(erased(&b, "person", "p-2"), 1);
	CHECK_INT(erased(&b, "consultation", "k-1"), 1);
	CHECK_STR(replica_rows(&b, "SELECT value FROM setting WHERE key = 'acknowledge'"), "1");	/* the hub hears of it, though it was read long ago */
	end();
}

/* A column that was not personal for the program of before holds what that one left: the one that declares it personal empties it when it opens the store. */
static void test_declared(void)
{
	static const char left[] =
	    "UPDATE oplog SET body = '[0,\"Прежняя\"]' WHERE pk = 'p-2' AND kind = 0; UPDATE person SET name = 'Прежняя' WHERE id = 'p-2';";
	struct buf sql = BUF_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK(erase(&a, "p-2"));
	CHECK(reopen(&a, A, left));
	CHECK(has_text(&a, "Прежняя"));			/* the same declaration: nothing is looked for at every start */
	buf_addf(&sql, "%s UPDATE counter SET value = value - 1 WHERE name = 'personal'; UPDATE setting SET value = '' WHERE key = 'scrub'", left);
	CHECK(reopen(&a, A, sql.data));
	CHECK(!has_text(&a, "Прежняя"));
	CHECK_STR(replica_rows(&a, "SELECT name FROM person WHERE id = 'p-2'"), "~");
	CHECK_STR(replica_rows(&a, "SELECT value FROM setting WHERE key = 'scrub'"), "1");	/* the file is cleared of it, too */
	/* A store of before, which kept no such sum. */
	buf_reset(&sql);
	buf_addf(&sql, "%s DELETE FROM counter WHERE name = 'personal'", left);
	CHECK(reopen(&a, A, sql.data));
	CHECK(!has_text(&a, "Прежняя"));
	buf_release(&sql);
	end();
}

/* The check finds what should not be. */
static void test_journal_check(void)
{
	static const char *const wrong[] = {
		"UPDATE person SET name = 'x' WHERE id = 'p-1'", "DELETE FROM erased WHERE pk = 'k-1'", "DELETE FROM erased WHERE pk = 'p-1'",
		"INSERT INTO erased SELECT tbl, 'k-2' FROM erased WHERE pk = 'k-1'", "UPDATE oplog SET body = '[0,\"x\"]' WHERE pk = 'p-1' AND kind = 0"
	};
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK(replica_do(&a, people));
	CHECK(erase(&a, "p-1"));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		enum journal_mode before = journal_set_mode(a.j, JOURNAL_MERGE);

		sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
		CHECK_INT(sqlite3_exec(a.db, wrong[i], NULL, NULL, NULL), SQLITE_OK);
		if (!CHECK(journal_check(a.j, &e) != 0))
			test_note("%s", wrong[i]);
		sqlite3_exec(a.db, "ROLLBACK", NULL, NULL, NULL);
		journal_set_mode(a.j, before);
		CHECK(reopen(&a, A, ""));
	}
	end();
}

/* ---- random histories: every order of arrival ends the same */

enum { DEVICES = 3, FRESH = 2, PEOPLE = 4 };

struct history {
	struct replica r[DEVICES + FRESH];
	char tags[DEVICES + FRESH][9];
	int64_t have[DEVICES + FRESH][DEVICES];
};

static int below(int n)
{
	return (int)(test_random() % (uint64_t)n);
}

static const char *some_text(void)
{
	static char text[4][32];
	static int n;

	n = (n + 1) % 4;
	snprintf(text[n], sizeof text[n], "текст %d", below(6));
	return text[n];
}

static void local_change(struct history *h, int n)
{
	struct replica *r = &h->r[n];
	struct buf sql = BUF_INIT;
	int person = below(PEOPLE), other = below(PEOPLE), number = below(4), what = below(13);

	if (what == 0)
		buf_addf(&sql, "INSERT OR IGNORE INTO person(id, name, municipality) VALUES('p%d', '%s', '80')", person, some_text());
	else if (what == 1)
		buf_addf(&sql, "INSERT OR IGNORE INTO consultation(id, mentor, mentee, topic) VALUES('k%d', 'p%d', 'p%d', '%s')", number, person, other, some_text());
	else if (what == 2)
		buf_addf(&sql, "INSERT OR IGNORE INTO attendance(id, seminar, person, state, note) VALUES('s/p%d', 's', 'p%d', 'present', '%s')", person, person, some_text());
	else if (what == 3)
		buf_addf(&sql, "INSERT OR IGNORE INTO application(id, person, motivation) VALUES('a%d', 'p%d', '%s')", number, person, some_text());
	else if (what == 4)
		buf_addf(&sql, "INSERT OR IGNORE INTO score(id, application, judge, points, remark) VALUES('r%d', 'a%d', 'p%d', 1, '%s')", number, below(4), other, some_text());
	else if (what == 5)
		buf_addf(&sql, "UPDATE person SET name = '%s', municipality = '%d' WHERE id = 'p%d' AND deleted = 0", some_text(), below(3), person);
	else if (what == 6)
		buf_addf(&sql, "UPDATE consultation SET mentee = 'p%d' WHERE id = 'k%d' AND deleted = 0", person, number);
	else if (what == 7)
		buf_addf(&sql, "UPDATE consultation SET topic = '%s', advice = '%s' WHERE id = 'k%d' AND deleted = 0", some_text(), some_text(), number);
	else if (what == 8)
		buf_addf(&sql, "UPDATE score SET application = 'a%d', remark = '%s' WHERE id = 'r%d' AND deleted = 0", below(4), some_text(), number);
	else if (what == 9)
		buf_addf(&sql, "UPDATE attendance SET state = 'absent', note = '%s' WHERE id = 's/p%d' AND deleted = 0", some_text(), person);
	else if (what == 10)
		buf_addf(&sql, "UPDATE person SET deleted = %d WHERE id = 'p%d'", below(2), person);
	else if (below(3) > 0 && *replica_rows(r, "SELECT 1 FROM person WHERE id = 'p0'") != '\0')
		CHECK(erase(r, "p0"));
	else if (below(3) == 0 && *replica_rows(r, "SELECT 1 FROM person WHERE id = 'p1'") != '\0')
		CHECK(erase(r, "p1"));
	if (sql.len > 0)
		replica_try(r, sql.data);	/* refused where it would write of an erased one */
	h->have[n][n] = journal_last_seq(r->j);
	buf_release(&sql);
}

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
		for (int i = 0; i < 4 * DEVICES; i++) {
			int dev = below(DEVICES);

			exchange(h, to, dev, dev, 1 + below(5));
		}
		for (int dev = 0; dev < DEVICES; dev++)
			more = more || (dev != to && h->have[to][dev] < h->have[dev][dev]);
	}
}

/* What is delivered last was stripped by its author since, or not: both must end alike. So one fresh replica follows along from the beginning. */
static int run_history(int number)
{
	struct history *h = mem_zero(1, sizeof *h);
	struct err e = ERR_INIT;
	int erased_records;

	for (int n = 0; n < DEVICES + FRESH; n++) {
		snprintf(h->tags[n], sizeof h->tags[n], "%c%07u", 'm' + (n * 5) % 7, (unsigned)number % 1000000u);
		h->tags[n][1] = (char)('a' + n);
		if (!CHECK(replica_open(&h->r[n], h->tags[n])))
			return 0;
	}
	for (int i = 0, steps = 60 + below(80); i < steps; i++) {
		clock_set((uint64_t)(1 + i * below(3)));
		if (below(3) > 0)
			local_change(h, below(DEVICES));
		else
			exchange(h, below(DEVICES + 1), below(DEVICES), below(DEVICES), 1 + below(6));
	}
	for (int n = 0; n < DEVICES + FRESH; n++)
		deliver_all(h, n);
	for (int n = 1; n < DEVICES + FRESH; n++)
		CHECK(same(&h->r[0], &h->r[n]));
	erased_records = atoi(replica_rows(&h->r[0], "SELECT count(*) FROM erased"));
	for (int n = 0; n < DEVICES + FRESH; n++) {
		if (!CHECK(journal_check(h->r[n].j, &e) == 0))
			test_note("%s", e.text);
		replica_close(&h->r[n]);
	}
	free(h);
	return erased_records;
}

#ifdef __SANITIZE_ADDRESS__
#define HISTORIES 30
#else
#define HISTORIES 100
#endif

static void test_any_order(void)
{
	int erased_records = 0;

	for (int i = 0; i < HISTORIES; i++)
		erased_records += run_history(i);
	clock_set(0);
	CHECK(erased_records > 3 * HISTORIES);		/* the histories are worth something */
	test_note("%d erased records", erased_records);
}

static const struct test all_tests[] = {
	TEST(test_effect), TEST(test_refusals), TEST(test_transitive), TEST(test_any_operation), TEST(test_conflict_goes), TEST(test_refused),
	TEST(test_kept_apart), TEST(test_evicted), TEST(test_comes_anew), TEST(test_rollback), TEST(test_learned), TEST(test_declared), TEST(test_journal_check), TEST(test_any_order), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, all_tests);
}
