#include "tests/unit/replica.h"

#include <stdlib.h>

#include "base/clock.h"
#include "store/history.h"

#define A "aaaaaaaa"
#define B "bbbbbbbb"
#define ALL 1, INT64_MAX

static struct replica a, b;

static bool begin(void)
{
	clock_set(1000);
	return CHECK(replica_open(&a, A)) && CHECK(replica_open(&b, B));
}

static void end(void)
{
	replica_close(&a);
	replica_close(&b);
	clock_set(0);
}

/* One line an operation: "1s A* person/p-1 insert name=…", the shown value with an exclamation mark. */
static int dump(void *context, const struct history_entry *h, struct err *e)
{
	static const char *const kinds[] = { "insert", "update", "?", "erase" };
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%llds %c%s%s%s %s/%s %s", (long long)h->ms / 1000, h->tag[0], h->own ? "*" : "", *h->person ? ":" : "", h->person,
	    h->table, h->pk, h->kind >= 0 && h->kind < 4 ? kinds[h->kind] : "?");
	for (int i = 0; i < h->count; i++) {
		const struct history_change *c = &h->change[i];

		buf_addf(out, " %s", *c->column ? c->column : "(unknown)");
		CHECK(c->insert == (h->kind == OPERATION_INSERT));
		if (!c->insert)
			buf_addf(out, ":%s", c->before != NULL ? c->before : "~");
		else
			CHECK(c->before == NULL);
		buf_addf(out, "=%s%s", c->after != NULL ? c->after : "~", c->shown ? "!" : "");
	}
	if (h->refused != NULL)
		buf_addf(out, " (%s)", h->refused);
	buf_addc(out, '\n');
	return 0;
}

static const char *history(struct replica *r, const char *table, const char *pk)
{
	static struct buf out;
	struct err e = ERR_INIT;

	if (out.data == NULL)
		buf_init(&out);
	buf_reset(&out);
	if (!CHECK(history_each(r->j, table, pk, dump, &out, &e) == 0))
		test_note("%s", e.text);
	return out.data;
}

static void at(int seconds)
{
	clock_set(seconds * 1000);
}

static void test_one_device(void)
{
	if (!begin())
		return;
	at(1);
	CHECK(replica_do(&a, "INSERT INTO person(id, name, phone, note) VALUES('p-1', 'Галимова', '+79170000001', '')"));
	at(2);
	CHECK(replica_do(&a, "UPDATE person SET name = 'Галимова А.', email = 'g@example.org' WHERE id = 'p-1'"));
	at(3);
	CHECK(replica_do(&a, "UPDATE person SET phone = NULL WHERE id = 'p-1'"));
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('p-2', 'another')"));
	CHECK_STR(history(&a, "person", "p-1"),
	    "1s a* person/p-1 insert name=Галимова phone=+79170000001\n"
	    "2s a* person/p-1 update name:Галимова=Галимова А.! email:~=g@example.org!\n"
	    "3s a* person/p-1 update phone:+79170000001=~!\n");
	at(4);
	CHECK(replica_do(&a, "UPDATE person SET deleted = 1 WHERE id = 'p-1'"));
	CHECK(strstr(history(&a, "person", "p-1"), "4s a* person/p-1 update deleted:0=1!\n") != NULL);
	CHECK_STR(history(&a, "person", "p-3"), "");
	CHECK_STR(history(&a, "nowhere", "p-1"), "");
	end();
}

/* Each line's `before` is what its author saw, whatever came in between. */
static void test_two_devices(void)
{
	if (!begin())
		return;
	at(1);
	CHECK(replica_do(&a, "INSERT INTO person(id, name, phone) VALUES('p-1', 'n', '1')"));
	CHECK_INT(replica_bring(&b, &a, A, ALL), 1);
	at(2);
	CHECK(replica_do(&a, "UPDATE person SET phone = '2' WHERE id = 'p-1'"));
	at(3);
	CHECK(replica_do(&b, "UPDATE person SET phone = '3', name = 'm' WHERE id = 'p-1'"));
	CHECK_INT(replica_bring(&a, &b, B, ALL), 1);
	CHECK(replica_do(&a, "UPDATE device SET person = 'p-9', person_name = 'Хасанова' WHERE tag = '" B "'"));
	CHECK_STR(history(&a, "person", "p-1"),
	    "1s a* person/p-1 insert name=n phone=1\n"
	    "2s a* person/p-1 update phone:1=2\n"
	    "3s b:Хасанова person/p-1 update name:n=m! phone:1=3!\n");
	CHECK_INT(journal_conflicts(a.j), 1);
	at(4);
	CHECK(replica_do(&a, "UPDATE person SET phone = '2' WHERE id = 'p-1'"));	/* settled: of the two that it saw, the greater is told */
	CHECK(strstr(history(&a, "person", "p-1"), "4s a* person/p-1 update phone:3=2!\n") != NULL);
	CHECK(strstr(history(&a, "person", "p-1"), "phone:1=3\n") != NULL);
	/* The card's own name goes before the one that travelled. */
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('p-9', 'Хасанова Г.')"));
	CHECK(strstr(history(&a, "person", "p-1"), "3s b:Хасанова Г. ") != NULL);
	end();
}

static void test_refused(void)
{
	struct err e = ERR_INIT;

	if (!begin())
		return;
	at(1);
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('p-1', 'n')"));
	at(2);
	CHECK(replica_do(&a, "UPDATE person SET name = 'm' WHERE id = 'p-1'"));
	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	CHECK_INT(journal_refuse(a.j, 1, 2, "outside of the scope", &e), 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	CHECK_STR(history(&a, "person", "p-1"),
	    "1s a* person/p-1 insert name=n!\n"
	    "2s a* person/p-1 update name:n=m (outside of the scope)\n");
	end();
}

/* An operation of a newer program: a column, a table and a kind that this one has never heard of. */
static void arrive(const char *dictionary, const char *line, int64_t seq, uint64_t hlc)
{
	struct err e = ERR_INIT;
	struct buf scratch = BUF_INIT;
	struct operation op = { .seq = seq };
	enum merge_result result;
	int64_t dhlc;

	sqlite3_exec(a.db, "BEGIN", NULL, NULL, NULL);
	struct dictionary_map *m = dictionary_map_read(a.j, dictionary, strlen(dictionary), &e);
	if (m == NULL || dictionary_translate(m, line, strlen(line), &op, &dhlc, &scratch, &e) != 0)
		test_note("%s", e.text);
	op.dev = journal_device(a.j, B, &e);
	op.hlc = hlc;
	if (!CHECK(merge_operation(a.j, &op, &result, &e) == 0))
		test_note("%s", e.text);
	CHECK_INT(journal_before_commit(a.j, &e), 0);
	sqlite3_exec(a.db, "COMMIT", NULL, NULL, NULL);
	dictionary_map_free(m);
	buf_release(&scratch);
}

static void test_newer_program(void)
{
	if (!begin())
		return;
	arrive("[[\"person\",\"deleted\",\"name\",\"shoe\"]]", "[0,1,0,\"p-1\",[0,\"n\",44]]", 1, 1000 << 16);
	arrive("[[\"person\",\"deleted\",\"name\",\"shoe\"]]", "[0,1,1,\"p-1\",[[3,45,[[65536000,\"" B "\"]]]]]", 2, 2000 << 16);
	arrive("[[\"person\",\"deleted\",\"name\",\"shoe\"]]", "[0,1,7,\"p-1\",[1,2]]", 3, 3000 << 16);
	arrive("[[\"diary\",\"deleted\",\"title\"]]", "[0,1,0,\"k-1\",[0,\"t\"]]", 4, 4000 << 16);
	CHECK_STR(history(&a, "person", "p-1"),
	    "1s b person/p-1 insert name=n! (unknown)=44\n"
	    "2s b person/p-1 update (unknown):44=45\n"
	    "3s b person/p-1 ?\n");
	CHECK_STR(history(&a, "diary", "k-1"), "4s b diary/k-1 insert (unknown)=0 (unknown)=t\n");
	end();
}

static void test_builtin(void)
{
	if (!begin())
		return;
	at(1);
	CHECK(replica_do(&a, "UPDATE programme SET title = 'Другая' WHERE id = '" PROGRAMME_FIRST "'"));
	at(2);
	CHECK(replica_do(&a, "UPDATE programme SET title = 'Третья' WHERE id = '" PROGRAMME_FIRST "'"));
	CHECK_STR(history(&a, "programme", PROGRAMME_FIRST),
	    "1s a* programme/" PROGRAMME_FIRST " update title:Живая сеть НКО=Другая\n"
	    "2s a* programme/" PROGRAMME_FIRST " update title:Другая=Третья!\n");
	end();
}

/* A person with role and stage: one walk, one order, nothing of others. */
static void test_several(void)
{
	static const struct history_record both[] = { { "person", "p-1" }, { "nowhere", "p-1" }, { "participation", "g/p-1" } };
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	at(1);
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('p-1', 'n')"));
	at(2);
	CHECK(replica_do(&a, "INSERT INTO participation(id, programme, person, role) VALUES('g/p-1', 'g', 'p-1', 'activist')"));
	at(3);
	CHECK(replica_do(&a, "UPDATE person SET post = 'x' WHERE id = 'p-1'; INSERT INTO person(id, name) VALUES('p-2', 'o')"));
	at(4);
	CHECK(replica_do(&a, "UPDATE participation SET role = 'consultant' WHERE id = 'g/p-1'"));
	CHECK_INT(history_each_of(a.j, both, 3, dump, &out, &e), 0);
	CHECK_STR(out.data,
	    "1s a* person/p-1 insert name=n!\n"
	    "2s a* participation/g/p-1 insert programme=g! person=p-1! role=activist\n"
	    "3s a* person/p-1 update post:~=x!\n"
	    "4s a* participation/g/p-1 update role:activist=consultant!\n");
	buf_reset(&out);
	CHECK_INT(history_each_of(a.j, both, 0, dump, &out, &e), 0);
	CHECK_STR(out.data, "");
	buf_release(&out);
	end();
}

static int stop(void *context, const struct history_entry *h, struct err *e)
{
	(void)h;
	++*(int *)context;
	return err_set(e, ERR_REFUSED, "enough");
}

static void test_stop(void)
{
	struct err e = ERR_INIT;
	int calls = 0;

	if (!begin())
		return;
	CHECK(replica_do(&a, "INSERT INTO person(id, name) VALUES('p-1', 'n'); UPDATE person SET name = 'm'"));
	CHECK_INT(history_each(a.j, "person", "p-1", stop, &calls, &e), -1);
	CHECK_INT(calls, 1);
	CHECK_STR(e.text, "enough");
	end();
}

static const struct test tests[] = {
	TEST(test_one_device), TEST(test_two_devices), TEST(test_refused), TEST(test_newer_program), TEST(test_builtin), TEST(test_several),
	TEST(test_stop), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
