/* Numbers of certificates and letters: none is given twice, whatever two devices and their hub do. */
#include "tests/unit/records.h"

#include <stdlib.h>

#include "records/award.h"
#include "records/certificate.h"
#include "records/number.h"

static void take(struct store *s, const char *series, char out[NUMBER_SIZE])
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(number_take(s, series, out, &e));
	REQUIRE_OK(store_commit(s, &e));
}

/* As the hub's block arrives at a device. */
static void add_block(struct store *s, const char *tag, const char *series, int first, int last)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	journal_new_id(store_journal(s), id);
	sqlite3_stmt *st = store_prepare(s, "INSERT INTO number_block(id, deleted, device, series, first, last) VALUES(?1, 0, ?2, ?3, ?4, ?5)", &e);
	store_bind_text(st, 1, id);
	store_bind_text(st, 2, tag);
	store_bind_text(st, 3, series);
	sqlite3_bind_int(st, 4, first);
	sqlite3_bind_int(st, 5, last);
	REQUIRE_OK(store_run(s, st, &e));
	REQUIRE_OK(store_commit(s, &e));
}

static int64_t left(struct store *s, const char *series)
{
	struct err e = ERR_INIT;
	int64_t n = -1;
	CHECK_INT(number_left(s, series, &n, &e), 0);
	return n;
}

static void test_without_a_hub(void)
{
	struct store *s = new_store();
	char want[64], number[NUMBER_SIZE];
	const char *tag = journal_tag(store_journal(s));
	take(s, NUMBER_CERTIFICATE, number);
	snprintf(want, sizeof want, "ЖС-%s-1", tag);
	CHECK_STR(number, want);
	take(s, NUMBER_CERTIFICATE, number);
	snprintf(want, sizeof want, "ЖС-%s-2", tag);
	CHECK_STR(number, want);
	take(s, NUMBER_LETTER, number);
	snprintf(want, sizeof want, "БП-%s-1", tag);
	CHECK_STR(number, want);
	CHECK_INT(left(s, NUMBER_CERTIFICATE), 0);
	store_close(s);
}

static void test_blocks(void)
{
	struct store *s = new_store();
	struct err e = ERR_INIT;
	char number[NUMBER_SIZE];
	const char *tag = journal_tag(store_journal(s));
	add_block(s, "ffffffff", NUMBER_CERTIFICATE, 1, 100);		/* another's */
	add_block(s, tag, NUMBER_CERTIFICATE, 101, 102);
	add_block(s, tag, NUMBER_CERTIFICATE, 301, 301);
	add_block(s, tag, NUMBER_CERTIFICATE, 500, 400);		/* nonsense */
	CHECK_INT(left(s, NUMBER_CERTIFICATE), 3);
	CHECK_INT(left(s, NUMBER_LETTER), 0);
	take(s, NUMBER_CERTIFICATE, number);
	CHECK_STR(number, "ЖС-000101");
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(number_take(s, NUMBER_CERTIFICATE, number, &e));
	CHECK_STR(number, "ЖС-000102");
	store_rollback(s);
	take(s, NUMBER_CERTIFICATE, number);
	CHECK_STR(number, "ЖС-000102");
	take(s, NUMBER_CERTIFICATE, number);
	CHECK_STR(number, "ЖС-000301");
	CHECK_INT(left(s, NUMBER_CERTIFICATE), 0);
	take(s, NUMBER_CERTIFICATE, number);
	CHECK(strstr(number, tag) != NULL);
	add_block(s, tag, NUMBER_CERTIFICATE, 401, 500);		/* refilled */
	take(s, NUMBER_CERTIFICATE, number);
	CHECK_STR(number, "ЖС-000401");
	store_close(s);
}

/* A certificate that is removed keeps its number. */
static void test_removed(void)
{
	struct store *s = new_store();
	struct err e = ERR_INIT;
	char person[RECORD_ID_SIZE], id[RECORD_ID_SIZE], again[RECORD_ID_SIZE];
	bool issued;
	add_block(s, journal_tag(store_journal(s)), NUMBER_CERTIFICATE, 7, 9);
	make(s, &person_type, person, "name", "Валеева Зиля", NULL);
	struct certificate_wish w = { .person = person, .course = "", .hours = -1 };
	REQUIRE_OK(certificate_issue(s, &w, id, &issued, &e));
	CHECK(issued);
	check_field(s, &certificate_type, id, "number", "ЖС-000007");
	REQUIRE_OK(certificate_issue(s, &w, again, &issued, &e));
	CHECK(!issued);
	CHECK_STR(again, id);
	REQUIRE_OK(record_remove(s, &certificate_type, id, &e));
	REQUIRE_OK(certificate_issue(s, &w, again, &issued, &e));
	CHECK(issued);
	check_field(s, &certificate_type, again, "number", "ЖС-000008");
	/* By hand neither a number that was given out nor another number on a paper that was. */
	refused(s, &certificate_type, "number", "person", person, "number", "ЖС-000007", NULL);
	refused(s, &award_type, "number", "person", person, "number", "ЖС-000008", NULL);
	struct record r;
	REQUIRE_OK(record_load(s, &r, &certificate_type, again, &e));
	REQUIRE_OK(record_set(s, &r, "number", "ЖС-000009", &e));
	CHECK_INT(record_save(s, &r, &e), -1);
	record_release(&r);
	store_close(s);
}

/* --- the hub --- */

static void reserve(struct store *hub, const char *tag)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(hub, &e));
	REQUIRE_OK(number_reserve(hub, tag, NUMBER_BLOCK / 5, &e));
	REQUIRE_OK(store_commit(hub, &e));
}

static int64_t blocks(struct store *hub)
{
	return query_number(hub, "SELECT count(*) FROM number_block WHERE series = 'certificate'");
}

static void paper(struct store *s, const char *number)
{
	char id[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	make(s, &person_type, person, "name", "Валеева Зиля", NULL);
	make(s, &certificate_type, id, "person", person, "number", number, NULL);
}

static void test_the_hub_refills(void)
{
	struct store *hub = new_store();
	struct err e = ERR_INIT;
	reserve(hub, "aaaaaaaa");
	reserve(hub, "aaaaaaaa");
	reserve(hub, "bbbbbbbb");
	CHECK_INT(blocks(hub), 2);
	CHECK_INT(query_number(hub, "SELECT sum(first) FROM number_block WHERE series = 'certificate' AND device = 'bbbbbbbb'"), 101);
	CHECK_INT(query_number(hub, "SELECT count(*) FROM number_block WHERE series = 'letter'"), 2);
	paper(hub, "ЖС-000080");			/* twenty are left */
	reserve(hub, "aaaaaaaa");
	CHECK_INT(blocks(hub), 2);
	paper(hub, "ЖС-000081");
	paper(hub, "ЖС-aaaaaaaa-5");			/* of no block */
	paper(hub, "ЖС-0000x1");
	reserve(hub, "aaaaaaaa");
	reserve(hub, "aaaaaaaa");
	CHECK_INT(blocks(hub), 3);
	CHECK_INT(query_number(hub, "SELECT max(first) FROM number_block WHERE series = 'certificate' AND device = 'aaaaaaaa'"), 201);
	/* A hub that was restored from a backup has another tag: it begins far behind what it knows. */
	REQUIRE_OK(store_exec(hub, "PRAGMA recursive_triggers = 0", &e));
	REQUIRE_OK(store_begin(hub, &e));
	REQUIRE_OK(store_exec(hub, "INSERT INTO number_block(id, deleted, device, series, first, last) VALUES('oldhub00-1', 0, 'cccccccc', 'certificate', 301, 400)", &e));
	REQUIRE_OK(store_commit(hub, &e));
	reserve(hub, "bbbbbbbb");
	CHECK_INT(blocks(hub), 4);
	reserve(hub, "dddddddd");
	CHECK_INT(query_number(hub, "SELECT first FROM number_block WHERE device = 'dddddddd' AND series = 'certificate'"), 10001);
	reserve(hub, "eeeeeeee");
	CHECK_INT(query_number(hub, "SELECT first FROM number_block WHERE device = 'eeeeeeee' AND series = 'certificate'"), 10101);
	store_close(hub);
}

/* A number on a paper that lies past all blocks (another hub's, by hand) is not reached by the next block. */
static void test_papers_past_the_blocks(void)
{
	struct store *hub = new_store();
	reserve(hub, "aaaaaaaa");
	paper(hub, "ЖС-000500");
	reserve(hub, "bbbbbbbb");
	CHECK_INT(query_number(hub, "SELECT first FROM number_block WHERE device = 'bbbbbbbb' AND series = 'certificate'"), 10001);
	store_close(hub);
}

/* Nor do a nonsense of a number, or the last of all, keep anybody from working. */
static void test_papers_far_away(void)
{
	struct store *hub = new_store();
	struct err e = ERR_INIT;
	paper(hub, "ЖС-999999999");
	reserve(hub, "aaaaaaaa");
	CHECK_INT(query_number(hub, "SELECT first FROM number_block WHERE device = 'aaaaaaaa' AND series = 'certificate'"), 1);
	paper(hub, "ЖС-000100");			/* the last of the block is no number past it */
	reserve(hub, "aaaaaaaa");
	CHECK_INT(query_number(hub, "SELECT max(first) FROM number_block WHERE device = 'aaaaaaaa' AND series = 'certificate'"), 101);
	REQUIRE_OK(store_begin(hub, &e));
	REQUIRE_OK(store_exec(hub, "INSERT INTO number_block(id, deleted, device, series, first, last) VALUES('oldhub00-1', 0, 'cccccccc', 'certificate', 1, 999999990)", &e));
	REQUIRE_OK(store_commit(hub, &e));
	reserve(hub, "bbbbbbbb");
	CHECK_INT(query_number(hub, "SELECT count(*) FROM number_block WHERE device = 'bbbbbbbb' AND series = 'certificate'"), 0);
	CHECK_INT(query_number(hub, "SELECT count(*) FROM number_block WHERE device = 'bbbbbbbb' AND series = 'letter'"), 1);
	store_close(hub);
}

/* A number that somebody typed on a paper is stepped over, by the device whose it would have been. */
static void test_typed_by_hand(void)
{
	struct store *s = new_store();
	char number[NUMBER_SIZE], own[NUMBER_SIZE], id[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	const char *tag = journal_tag(store_journal(s));
	add_block(s, tag, NUMBER_CERTIFICATE, 1, 3);
	paper(s, "ЖС-000001");
	paper(s, "ЖС-000003");
	make(s, &person_type, person, "name", "Валеева Зиля", NULL);
	snprintf(own, sizeof own, "БП-%s-1", tag);
	make(s, &award_type, id, "person", person, "number", own, NULL);
	take(s, NUMBER_CERTIFICATE, number);
	CHECK_STR(number, "ЖС-000002");
	take(s, NUMBER_CERTIFICATE, number);
	CHECK(strstr(number, tag) != NULL);
	take(s, NUMBER_LETTER, number);
	snprintf(own, sizeof own, "БП-%s-2", tag);
	CHECK_STR(number, own);
	store_close(s);
}

/* --- random histories --- */

enum { DEVICES = 3, STEPS = 400, NUMBERS = 4096 };

struct world {
	struct store *hub, *device[DEVICES];
	char given[NUMBERS][NUMBER_SIZE];
	int of[NUMBERS];
	bool told[NUMBERS];
	int count, blocks_told[DEVICES];
};

/* What the hub has reserved for a device since the last time goes there, and the numbers of the device's papers go to the hub. */
static void sync_one(struct world *w, int i)
{
	const char *tag = journal_tag(store_journal(w->device[i]));
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	REQUIRE_OK(store_begin(w->hub, &e));
	for (int n = 0; n < w->count; n++) {
		if (w->of[n] != i || w->told[n])
			continue;
		w->told[n] = true;
		sqlite3_stmt *paper = store_prepare(w->hub, "INSERT INTO certificate(id, deleted, number) VALUES(?1, 0, ?2)", &e);
		snprintf(id, sizeof id, "zzzzzzzz-%d", n + 1);
		store_bind_text(paper, 1, id);
		store_bind_text(paper, 2, w->given[n]);
		REQUIRE_OK(store_run(w->hub, paper, &e));
	}
	REQUIRE_OK(store_commit(w->hub, &e));
	reserve(w->hub, tag);
	sqlite3_stmt *st = store_prepare_once(w->hub, "SELECT first, last FROM number_block WHERE device = ?1 AND series = 'certificate' ORDER BY first LIMIT -1 OFFSET ?2", &e);
	store_bind_text(st, 1, tag);
	sqlite3_bind_int(st, 2, w->blocks_told[i]);
	while (store_step(w->hub, st, &e) == 1) {
		add_block(w->device[i], tag, NUMBER_CERTIFICATE, sqlite3_column_int(st, 0), sqlite3_column_int(st, 1));
		w->blocks_told[i]++;
	}
	sqlite3_finalize(st);
}

static void take_some(struct world *w, int i)
{
	struct store *s = w->device[i];
	struct err e = ERR_INIT;
	char number[NUMBER_SIZE];
	int count = 1 + (int)(test_random() % 9);
	bool undone = test_random() % 4 == 0;
	REQUIRE_OK(store_begin(s, &e));
	for (int n = 0; n < count; n++) {
		REQUIRE_OK(number_take(s, NUMBER_CERTIFICATE, number, &e));
		if (!undone && w->count < NUMBERS) {
			w->of[w->count] = i;
			snprintf(w->given[w->count++], NUMBER_SIZE, "%s", number);
		}
	}
	if (undone)
		store_rollback(s);
	else
		REQUIRE_OK(store_commit(s, &e));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void test_random_histories(void)
{
	static struct world w;
	struct err e = ERR_INIT;
	int of_blocks = 0;
	memset(&w, 0, sizeof w);
	w.hub = new_store();
	for (int i = 0; i < DEVICES; i++)
		w.device[i] = new_store();
	for (int step = 0; step < STEPS; step++) {
		int i = (int)(test_random() % DEVICES);
		if (test_random() % 8 == 0)
			sync_one(&w, i);
		else
			take_some(&w, i);
	}
	qsort(w.given, (size_t)w.count, NUMBER_SIZE, by_text);
	for (int i = 1; i < w.count; i++)
		if (!CHECK(strcmp(w.given[i - 1], w.given[i]) != 0))
			test_note("%s was given twice", w.given[i]);
	for (int i = 0; i < w.count; i++)
		of_blocks += strlen(w.given[i]) == strlen("ЖС-000001");
	CHECK(of_blocks > w.count / 4);
	CHECK(w.count > STEPS);
	for (int i = 0; i < DEVICES; i++) {
		CHECK_INT(journal_check(store_journal(w.device[i]), &e), 0);
		store_close(w.device[i]);
	}
	store_close(w.hub);
}

static int note_number(void *context, const char *number, struct err *e)
{
	(void)e;
	buf_adds(context, number);
	return 0;
}

static void test_twice(void)
{
	struct store *s = new_store();
	struct buf found = BUF_INIT;
	struct err e = ERR_INIT;
	paper(s, "ЖС-000001");
	REQUIRE_OK(number_twice(s, note_number, &found, &e));
	CHECK_STR(found.data, "");
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(store_exec(s, "INSERT INTO certificate(id, deleted, number, person) VALUES('aaaaaaaa-9', 0, 'ЖС-000001', 'aaaaaaaa-1')", &e));
	REQUIRE_OK(store_commit(s, &e));
	REQUIRE_OK(number_twice(s, note_number, &found, &e));
	CHECK_STR(found.data, "ЖС-000001");
	buf_release(&found);
	store_close(s);
}

static const struct test tests_of_this[] = {
	TEST(test_without_a_hub), TEST(test_blocks), TEST(test_removed), TEST(test_the_hub_refills), TEST(test_papers_past_the_blocks), TEST(test_papers_far_away),
	TEST(test_typed_by_hand), TEST(test_random_histories), TEST(test_twice), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
