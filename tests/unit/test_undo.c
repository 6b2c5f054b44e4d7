/* What was done can be taken back and done again: whatever it was, whatever was rolled back or arrived in between, and never over somebody else's head. */
#include "tests/unit/stores.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "records/attendance.h"
#include "records/conflicts.h"
#include "records/consent.h"
#include "records/person.h"
#include "records/programme.h"
#include "records/undo.h"
#include "store/erase.h"
#include "schema/table.h"

static struct store *a, *b;

static bool begin(void)
{
	a = new_store();
	b = new_store();
	if (a == NULL || b == NULL)
		return false;
	clock_set(1000);
	undo_start(store_journal(a));
	return true;
}

static void end(void)
{
	struct err e = ERR_INIT;

	if (store_check(a, &e) != 0 || store_check(b, &e) != 0) {
		test_note("%s", e.text);
		CHECK(!"store_check");
	}
	store_close(a);
	store_close(b);
	clock_set(0);
}

/* All that is there to be seen, in all tables. The caller frees. */
static char *rows(struct store *s)
{
	struct replica r = { store_db(s), store_journal(s) };
	struct buf out = BUF_INIT, sql = BUF_INIT;

	for (int i = 0; tables[i] != NULL; i++) {
		buf_reset(&sql);
		buf_adds(&sql, "SELECT id");
		for (int k = 0; k < tables[i]->count; k++)
			buf_addf(&sql, ", \"%s\"", tables[i]->columns[k].name);
		buf_addf(&sql, " FROM %s WHERE deleted = 0 ORDER BY id", tables[i]->name);
		buf_addf(&out, "%s:\n%s\n", tables[i]->name, replica_rows(&r, sql.data));
	}
	buf_release(&sql);
	return buf_detach(&out);
}

static bool same_rows(const char *now, const char *then)
{
	size_t at = 0;

	if (strcmp(now, then) == 0)
		return true;
	while (now[at] == then[at])
		at++;
	at = at > 80 ? at - 80 : 0;
	test_note("now  …%.200s", now + at);
	test_note("then …%.200s", then + at);
	return false;
}

/* Rows are as they were; frees `then`. */
static void check_rows(char *then)
{
	char *now = rows(a);

	CHECK(same_rows(now, then));
	free(now);
	free(then);
}

/* 0, or what undo_run gives; the words of the question or the refusal. */
static int step(enum undo_way way, enum undo_answer answer, const char **words)
{
	static char text[2048];
	const struct undo_group *g = undo_next(a, way);
	struct undo_outcome out;
	struct err e = ERR_INIT;
	int rc;

	*words = text;
	text[0] = '\0';
	if (g == NULL)
		return -2;
	rc = undo_run(a, undo_id(g), answer, &out, &e);
	snprintf(text, sizeof text, "%s", rc < 0 ? e.text : out.question.data);
	undo_outcome_release(&out);
	return rc;
}

static bool go(enum undo_way way)
{
	const char *words;
	int rc = step(way, UNDO_ASKING, &words);

	if (rc != 0)
		test_note("%d: %s", rc, words);
	return rc == 0;
}

static int groups(enum undo_way way)
{
	return undo_count(store_journal(a), way);
}

static const char *described(enum undo_way way)
{
	static struct buf out = BUF_INIT;
	const struct undo_group *g = undo_next(a, way);

	buf_reset(&out);
	if (g != NULL)
		undo_describe(a, g, &out);
	return out.data;
}

static void add_line(void *context, const char *line)
{
	buf_addf(context, "%s\n", line);
}

static const char *lines(enum undo_way way)
{
	static struct buf out = BUF_INIT;
	const struct undo_group *g = undo_next(a, way);

	buf_reset(&out);
	if (g != NULL)
		undo_lines(a, g, way, 100, add_line, &out);
	return out.data;
}

/* --- one after the other --- */

static void test_edit(void)
{
	char id[RECORD_ID_SIZE];

	if (!begin())
		return;
	make(a, &person_type, id, "name", "Галимова Айгуль", "phone", "89170000001", NULL);
	CHECK_STR(described(UNDO_BACK), "added: Person “Галимова Айгуль”");
	edit(a, &person_type, id, "phone", "89170000002");
	CHECK_STR(described(UNDO_BACK), "changed: Person “Галимова Айгуль” · Phone");
	CHECK_STR(lines(UNDO_BACK), "Phone: +7 917 000-00-02 → +7 917 000-00-01\n");
	CHECK_INT(groups(UNDO_BACK), 2);
	CHECK(go(UNDO_BACK));
	check_field(a, &person_type, id, "phone", "+79170000001");
	CHECK_STR(lines(UNDO_AGAIN), "Phone: +7 917 000-00-01 → +7 917 000-00-02\n");
	CHECK(go(UNDO_AGAIN));
	check_field(a, &person_type, id, "phone", "+79170000002");
	CHECK(go(UNDO_BACK));
	/* A new change forgets what could be done again. */
	edit(a, &person_type, id, "post", "библиотекарь");
	CHECK_INT(groups(UNDO_AGAIN), 0);
	CHECK_INT(groups(UNDO_BACK), 2);
	CHECK(go(UNDO_BACK) && go(UNDO_BACK));
	CHECK_INT(query_number(a, "SELECT count(*) FROM person WHERE deleted = 0"), 0);
	CHECK_INT(groups(UNDO_BACK), 0);
	end();
}

/* What is rolled back, a savepoint, a failed statement or all of it, is nothing that could be taken back. */
static void test_rollback(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	char *then;

	if (!begin())
		return;
	make(a, &person_type, id, "name", "Галимова Айгуль", NULL);
	then = rows(a);
	REQUIRE_OK(store_begin(a, &e));
	edit(a, &person_type, id, "post", "один");
	REQUIRE_OK(store_begin(a, &e));
	edit(a, &person_type, id, "phone", "89170000002");
	store_rollback(a);
	edit(a, &person_type, id, "post", "два");
	CHECK(sqlite3_exec(store_db(a), "UPDATE person SET note = 'x' || id, post = CASE WHEN id = 'никто' THEN '' ELSE char(27) END", NULL, NULL, NULL) != SQLITE_OK);
	REQUIRE_OK(store_commit(a, &e));
	CHECK_STR(lines(UNDO_BACK), "Post: один → —\nPost: два → один\n");
	REQUIRE_OK(store_begin(a, &e));
	edit(a, &person_type, id, "post", "три");
	store_rollback(a);
	CHECK_INT(groups(UNDO_BACK), 2);
	CHECK(go(UNDO_BACK));
	check_rows(then);
	end();
}

/* Role and stage, several people at once, a mark that is taken off and set again: a participation is a row like any other. */
static void test_kinds(void)
{
	char one[RECORD_ID_SIZE], two[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], consent[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	char *then;

	if (!begin())
		return;
	make(a, &person_type, one, "name", "Галимова Айгуль", "role", "activist", NULL);
	make(a, &person_type, two, "name", "Ахметов Ильдар", NULL);
	make(a, &seminar_type, seminar, "title", "Как открыть НКО", "date", "1970-01-01", NULL);
	then = rows(a);
	REQUIRE_OK(store_begin(a, &e));
	edit(a, &person_type, one, "stage", "trained");
	edit(a, &person_type, two, "stage", "trained");
	REQUIRE_OK(store_commit(a, &e));
	CHECK_STR(described(UNDO_BACK), "changed: Person (2) · Stage");
	CHECK(go(UNDO_BACK));
	check_rows(then);
	then = rows(a);
	REQUIRE_OK(attendance_mark(a, seminar, one, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_remove(a, seminar, one, &e));
	REQUIRE_OK(attendance_mark(a, seminar, one, ATTENDANCE_ABSENT, &e));
	make(a, &consent_type, consent, "person", one, "purpose", "participation", "form", "paper", "date", "1970-01-01", NULL);
	REQUIRE_OK(record_remove(a, &consent_type, consent, &e));
	CHECK(go(UNDO_BACK) && go(UNDO_BACK) && go(UNDO_BACK));
	CHECK_INT(query_number(a, "SELECT count(*) FROM attendance WHERE deleted = 0"), 0);
	CHECK(go(UNDO_BACK));
	CHECK_INT(query_number(a, "SELECT count(*) FROM attendance WHERE deleted = 0 AND state = 'present'"), 1);
	CHECK(go(UNDO_BACK));
	check_rows(then);
	for (int i = 0; i < 3; i++)
		CHECK(go(UNDO_AGAIN));
	CHECK_INT(query_number(a, "SELECT count(*) FROM attendance WHERE deleted = 0 AND state = 'absent'"), 1);
	end();
}

/* --- others --- */

static void test_others(void)
{
	char id[RECORD_ID_SIZE];
	const char *words;

	if (!begin())
		return;
	make(a, &person_type, id, "name", "Галимова Айгуль", "phone", "89170000001", NULL);
	meet(a, b);
	clock_set(2000);
	edit(a, &person_type, id, "phone", "89170000002");
	clock_set(3000);
	meet(a, b);
	edit(b, &person_type, id, "phone", "89170000003");
	meet(a, b);
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), 1);
	if (!CHECK(strstr(words, "“Галимова Айгуль”, Phone: meanwhile it is +7 917 000-00-03 (") != NULL && strstr(words, journal_tag(store_journal(b))) != NULL))
		test_note("%s", words);
	check_field(a, &person_type, id, "phone", "+79170000003");
	/* Without it nothing is left to be done. */
	CHECK_INT(step(UNDO_BACK, UNDO_WITHOUT, &words), 1);
	check_field(a, &person_type, id, "phone", "+79170000003");
	CHECK_INT(step(UNDO_BACK, UNDO_OVER, &words), 0);
	check_field(a, &person_type, id, "phone", "+79170000001");
	meet(a, b);
	check_field(b, &person_type, id, "phone", "+79170000001");
	CHECK_INT(journal_conflicts(store_journal(a)), 0);
	end();
}

/* An edit that did not see ours is a conflict; taking ours back would settle it, and is asked about. */
static void test_unseen(void)
{
	char id[RECORD_ID_SIZE];
	const char *words;

	if (!begin())
		return;
	make(a, &person_type, id, "name", "Галимова Айгуль", "phone", "89170000001", NULL);
	meet(a, b);
	clock_set(2000);
	edit(b, &person_type, id, "phone", "89170000003");
	clock_set(3000);
	edit(a, &person_type, id, "phone", "89170000002");
	meet(a, b);
	CHECK_INT(journal_conflicts(store_journal(a)), 1);
	check_field(a, &person_type, id, "phone", "+79170000002");
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), 1);
	CHECK_INT(journal_conflicts(store_journal(a)), 1);
	end();
}

/* What somebody else wrote into a card that was entered here would go with it. */
static void test_insert_of_others(void)
{
	char id[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];
	const char *words;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(a, &seminar_type, seminar, "title", "Как открыть НКО", "date", "1970-01-01", NULL);
	make(a, &person_type, id, "name", "Галимова Айгуль", NULL);
	meet(a, b);
	REQUIRE_OK(attendance_mark(b, seminar, id, ATTENDANCE_PRESENT, &e));
	meet(a, b);
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), 1);
	if (!CHECK(strstr(words, "“Галимова Айгуль” is named in a record that stays") != NULL))
		test_note("%s", words);
	CHECK_INT(step(UNDO_BACK, UNDO_WITHOUT, &words), 1);		/* a tie leaves no rest */
	edit(b, &person_type, id, "post", "библиотекарь");
	meet(a, b);
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), 1);
	if (!CHECK(strstr(words, "Post: meanwhile it is библиотекарь") != NULL))
		test_note("%s", words);
	CHECK_INT(step(UNDO_BACK, UNDO_OVER, &words), 0);
	CHECK_INT(query_number(a, "SELECT deleted FROM person"), 1);
	/* Done again, the card is there with what the other wrote. */
	CHECK(go(UNDO_AGAIN));
	check_field(a, &person_type, id, "post", "библиотекарь");
	end();
}

/* Of several the ones that nobody else changed. */
static void test_rest(void)
{
	char one[RECORD_ID_SIZE], two[RECORD_ID_SIZE];
	const char *words;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(a, &person_type, one, "name", "Галимова Айгуль", NULL);
	make(a, &person_type, two, "name", "Ахметов Ильдар", NULL);
	REQUIRE_OK(store_begin(a, &e));
	edit(a, &person_type, one, "post", "раз");
	edit(a, &person_type, two, "post", "два");
	REQUIRE_OK(store_commit(a, &e));
	meet(a, b);
	edit(b, &person_type, one, "post", "три");
	meet(a, b);
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), 1);
	CHECK(strstr(words, "(no: only what nobody changed is done)") != NULL);
	CHECK_INT(step(UNDO_BACK, UNDO_WITHOUT, &words), 0);
	check_field(a, &person_type, one, "post", "три");
	check_field(a, &person_type, two, "post", "");
	end();
}

/* --- what cannot be undone --- */

static void test_reasons(void)
{
	char id[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], programme[RECORD_ID_SIZE];
	const char *words;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	REQUIRE_OK(store_set_setting(a, "role", "coordinator", &e));
	REQUIRE_OK(programme_current(a, programme, &e));
	make(a, &person_type, id, "name", "Галимова Айгуль", NULL);
	make(a, &seminar_type, seminar, "title", "Как открыть НКО", "date", "1970-01-01", NULL);
	REQUIRE_OK(programme_set_closed(a, programme, true, &e));
	/* The programme's closing is taken back last of all; here it stays: the seminar is of a closed programme. */
	uint64_t id_of_seminar = undo_id(undo_group(store_journal(a), UNDO_BACK, 1));
	struct undo_outcome out;
	CHECK_INT(undo_run(a, id_of_seminar, UNDO_ASKING, &out, &e), -1);
	undo_outcome_release(&out);
	CHECK(strstr(e.text, "is closed and can only be read") != NULL);
	CHECK(strstr(undo_reason(undo_group(store_journal(a), UNDO_BACK, 1)), "is closed") != NULL);
	CHECK_INT(groups(UNDO_BACK), 3);
	CHECK(go(UNDO_BACK));			/* the closing */
	CHECK(go(UNDO_BACK));			/* the person: what was found impossible is passed over */
	CHECK_INT(query_number(a, "SELECT count(*) FROM person WHERE deleted = 0"), 0);
	CHECK(go(UNDO_BACK));			/* but tried again when nothing else is left */
	CHECK_INT(query_number(a, "SELECT count(*) FROM seminar WHERE deleted = 0"), 0);

	make(a, &person_type, id, "name", "Ахметов Ильдар", NULL);
	edit(a, &person_type, id, "phone", "89170000002");
	REQUIRE_OK(record_remove(a, &person_type, id, &e));
	CHECK(go(UNDO_BACK));
	REQUIRE_OK(store_begin(a, &e));
	REQUIRE_OK(journal_erase(store_journal(a), "person", id, &e));
	REQUIRE_OK(store_commit(a, &e));
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), -1);
	CHECK(strstr(words, "was erased") != NULL);
	CHECK_STR(lines(UNDO_BACK), "");
	end();
}

static void test_evicted(void)
{
	char id[RECORD_ID_SIZE];
	const char *words;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(a, &person_type, id, "name", "Галимова Айгуль", NULL);
	edit(a, &person_type, id, "post", "раз");
	REQUIRE_OK(store_begin(a, &e));
	REQUIRE_OK(journal_evict(store_journal(a), dictionary_table(store_journal(a), "person"), id, &e));
	REQUIRE_OK(store_commit(a, &e));
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), -1);
	if (!CHECK(strstr(words, "not kept on this device any more") != NULL))
		test_note("%s", words);
	CHECK_INT(groups(UNDO_BACK), 2);
	end();
}

/* A conflict stays settled: what comes back is the value that was shown. */
static void test_settled(void)
{
	char id[RECORD_ID_SIZE];
	const char *words;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(a, &person_type, id, "name", "Галимова Айгуль", "phone", "89170000001", NULL);
	meet(a, b);
	edit(a, &person_type, id, "phone", "89170000002");
	clock_set(2000);
	edit(b, &person_type, id, "phone", "89170000003");
	meet(a, b);
	clock_set(3000);
	CHECK_INT(journal_conflicts(store_journal(a)), 1);
	REQUIRE_OK(conflict_settle(a, "person", id, "phone", "+79170000002", &e));
	CHECK_STR(described(UNDO_BACK), "conflict settled: Person “Галимова Айгуль” · Phone");
	CHECK_STR(lines(UNDO_BACK), "Phone: +7 917 000-00-02 → +7 917 000-00-03 · the conflict stays settled\n");
	CHECK(go(UNDO_BACK));
	check_field(a, &person_type, id, "phone", "+79170000003");
	CHECK_INT(journal_conflicts(store_journal(a)), 0);
	meet(a, b);
	clock_set(4000);
	edit(a, &person_type, id, "phone", "89170000004");
	clock_set(5000);
	edit(b, &person_type, id, "phone", "89170000005");
	meet(a, b);
	REQUIRE_OK(conflict_settle(a, "person", id, "phone", NULL, &e));
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), -1);
	CHECK(strstr(words, "a conflict that is settled stays settled") != NULL);
	end();
}

/* --- bounds --- */

static void test_bounds(void)
{
	char id[RECORD_ID_SIZE];
	const char *words;
	struct err e = ERR_INIT;
	sqlite3_stmt *st;

	if (!begin())
		return;
	make(a, &person_type, id, "name", "Галимова Айгуль", NULL);
	for (int i = 0; i < UNDO_GROUPS + 10; i++)
		edit(a, &person_type, id, "post", i % 2 == 0 ? "раз" : "два");
	CHECK_INT(groups(UNDO_BACK), UNDO_GROUPS);
	/* One group, larger than all that is kept: it is known, but not what was in it. */
	REQUIRE_OK(store_begin(a, &e));
	for (int i = 0; i < 30; i++) {
		st = store_prepare(a, "UPDATE person SET note = printf('%.390000c', ?1) WHERE id = ?2", &e);
		store_bind_text(st, 1, i % 2 == 0 ? "x" : "y");
		store_bind_text(st, 2, id);
		REQUIRE_OK(store_run(a, st, &e));
	}
	REQUIRE_OK(store_commit(a, &e));
	CHECK(!undo_whole(undo_group(store_journal(a), UNDO_BACK, 0)));
	CHECK_INT(undo_size(undo_group(store_journal(a), UNDO_BACK, 0)), 30);
	CHECK_STR(described(UNDO_BACK), "30 changes at once");
	CHECK_INT(step(UNDO_BACK, UNDO_ASKING, &words), -1);
	CHECK(strstr(words, "too much at once") != NULL);
	end();
}

static void test_many(void)
{
	struct err e = ERR_INIT;
	char *then;

	if (!begin())
		return;
	then = rows(a);
	REQUIRE_OK(store_begin(a, &e));
	for (int i = 0; i < 20000; i++) {
		char id[RECORD_ID_SIZE];
		sqlite3_stmt *st = store_prepare(a, "INSERT INTO person(id, deleted, name) VALUES(?1, 0, ?1)", &e);

		journal_new_id(store_journal(a), id);
		store_bind_text(st, 1, id);
		REQUIRE_OK(store_run(a, st, &e));
	}
	REQUIRE_OK(store_commit(a, &e));
	CHECK_STR(described(UNDO_BACK), "added: Person (20000)");
	CHECK(go(UNDO_BACK));
	check_rows(then);
	CHECK(go(UNDO_AGAIN));
	CHECK_INT(query_number(a, "SELECT count(*) FROM person WHERE deleted = 0"), 20000);
	end();
}

/* --- random histories --- */

struct world { char person[6][RECORD_ID_SIZE], seminar[3][RECORD_ID_SIZE]; int people, seminars; int number; };

static int below(int n)
{
	return (int)(test_random() % (uint64_t)n);
}

/* A change of any kind; those that the rules refuse change nothing. */
static void random_change(struct world *w)
{
	static const char *const fields[] = { "name", "post", "phone", "stage", "role", "note" };
	static const char *const stages[] = { "trained", "working", "" };
	struct record r;
	struct err e = ERR_INIT;
	char text[40];
	int i = below(w->people), field = below(6);

	switch (below(6)) {
	case 0:
		if (w->people < 6)
			make(a, &person_type, w->person[w->people++], "name", "Новый Человек", "post", "тут", NULL);
		break;
	case 1:
		record_remove(a, &person_type, w->person[i], &e);
		break;
	case 2:
		attendance_mark(a, w->seminar[below(w->seminars)], w->person[i], (enum attendance_state)below(3), &e);
		break;
	case 3:
		attendance_remove(a, w->seminar[below(w->seminars)], w->person[i], &e);
		break;
	default:
		if (record_load(a, &r, &person_type, w->person[i], &e) != 0)
			break;
		snprintf(text, sizeof text, field == 2 ? "8917%07d" : "текст %d", w->number++);
		if (record_set(a, &r, fields[field], field == 3 ? stages[below(3)] : field == 4 ? (below(2) ? "activist" : "expert") : text, &e) == 0)
			record_save(a, &r, &e);
		record_release(&r);
	}
}

static void random_group(struct world *w)
{
	struct err e = ERR_INIT;
	int count = 1 + below(4), before = w->people;

	REQUIRE_OK(store_begin(a, &e));
	for (int i = 0; i < count; i++) {
		int people = w->people;

		REQUIRE_OK(store_begin(a, &e));
		random_change(w);
		if (below(4) == 0) {
			store_rollback(a);
			w->people = people;
		} else {
			REQUIRE_OK(store_commit(a, &e));
		}
	}
	if (below(8) == 0) {
		store_rollback(a);
		w->people = before;
	} else {
		REQUIRE_OK(store_commit(a, &e));
	}
}

static void random_history(void)
{
	struct world w = { .people = 1, .seminars = 2 };
	char *start, *finish;

	if (!begin())
		return;
	make(a, &person_type, w.person[0], "name", "Галимова Айгуль", NULL);
	for (int i = 0; i < w.seminars; i++)
		make(a, &seminar_type, w.seminar[i], "title", i == 0 ? "Как открыть НКО" : "Отчётность", "date", "1970-01-01", NULL);
	undo_forget_all(store_journal(a));
	start = rows(a);
	for (int i = 0; i < 12; i++) {
		random_group(&w);
		if (below(4) == 0)
			meet(a, b);
	}
	finish = rows(a);
	for (int round = 0; round < 2; round++) {
		while (groups(UNDO_BACK) > 0 && CHECK(go(UNDO_BACK)))
			if (below(5) == 0)
				meet(a, b);
		CHECK_INT(groups(UNDO_BACK), 0);
		check_rows(mem_dup(start));
		/* Somebody else writes what nobody here touched: it does not stand in the way. */
		if (round == 0) {
			meet(a, b);
			clock_set(9000);
		}
		while (groups(UNDO_AGAIN) > 0 && CHECK(go(UNDO_AGAIN)))
			continue;
		check_rows(mem_dup(finish));
	}
	meet(a, b);
	free(finish);
	finish = rows(a);
	{
		char *other = rows(b);

		CHECK(same_rows(other, finish));
		free(other);
	}
	free(start);
	free(finish);
	end();
}

static void test_random_histories(void)
{
	for (int i = 0; i < 25; i++)
		random_history();
}

int main(int argc, char **argv)
{
	static const struct test tests_[] = {
		TEST(test_edit), TEST(test_rollback), TEST(test_kinds), TEST(test_others), TEST(test_unseen), TEST(test_insert_of_others), TEST(test_rest),
		TEST(test_reasons), TEST(test_evicted), TEST(test_settled), TEST(test_bounds), TEST(test_many), TEST(test_random_histories), TEST_END
	};

	return test_main(argc, argv, tests_);
}
