/* The selection between devices: what two people did at the same time, apart. */
#include "tests/unit/region.h"

#include "records/application.h"
#include "records/call.h"
#include "records/conflicts.h"
#include "records/criterion.h"
#include "records/decision.h"
#include "records/judge.h"
#include "records/ranking.h"
#include "records/score.h"

static struct store *one, *two;
static char call[RECORD_ID_SIZE], criterion[RECORD_ID_SIZE], person[3][RECORD_ID_SIZE];

static void exchange(void)
{
	for (int i = 0; i < 2; i++)
		region_exchange((struct store *[]){ one, two }, 2);
}

/* Two coordinators' devices, the second of the same person where `same`; a call of one place, with a criterion; three people. */
static bool begin(bool same)
{
	struct err e = ERR_INIT;

	if (!CHECK(region_open()))
		return false;
	one = region_member("Первый Координатор", BURAEVO, "coordinator");
	two = region_member("Второй Координатор", BELEBEY, "coordinator");
	if (!CHECK(one != NULL && two != NULL))
		return false;
	for (int i = 0; i < 3; i++)
		make(one, &person_type, person[i], "name", i == 0 ? "Абдуллин Айрат" : i == 1 ? "Баширова Венера" : "Валеева Зиля", "municipality", BURAEVO, NULL);
	make(one, &call_type, call, "title", "Отбор", "role", "expert", "places", "1", "deadline", "2099-12-01", NULL);
	make(one, &criterion_type, criterion, "title", "Опыт", "call", call, NULL);
	exchange();
	if (same) {
		char me[RECORD_ID_SIZE];

		CHECK_INT(store_set_setting(two, "person", person_me(one, me), &e), 0);
	}
	return true;
}

static void end(void)
{
	CHECK(region_same(one, region_hub));
	CHECK(region_same(two, region_hub));
	region_sound(one);
	region_sound(two);
	store_close(one);
	store_close(two);
	region_close();
}

static void has_words(struct store *s, const char *words, bool there)
{
	struct ranking r;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE_OK(ranking_read(s, call, &r, &e));
	ranking_words(&r, &out);
	if (!CHECK((strstr(out.data, words) != NULL) == there))
		test_note("%s", out.data);
	buf_release(&out);
	ranking_release(&r);
}

static void refuses(int rc, const struct err *e, const char *word)
{
	CHECK_INT(rc, -1);
	if (!CHECK(strstr(e->text, word) != NULL))
		test_note("“%s” does not name “%s”", e->text, word);
}

static void score(struct store *s, const char *application, const char *points)
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(score_give(s, application, criterion, points, NULL, NULL, &e), 0))
		test_note("%s", e.text);
}

/* The same application, entered on two devices: both stay, it is said, neither is decided upon until one is withdrawn. */
static void test_applied_twice(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], *later;
	struct decision_counts counts;
	struct decision_done done;
	struct record r;
	struct err e = ERR_INIT;

	REQUIRE(begin(false));
	make(one, &application_type, a, "call", call, "person", person[0], "motivation", "Хочу учить", NULL);
	make(two, &application_type, b, "call", call, "person", person[0], "experience", "Десять лет в ТОС", NULL);
	exchange();
	has_words(one, "has applied twice", true);
	has_words(two, "has applied twice", true);
	change(two, &application_type, a, "experience", "Тоже");
	change(one, &application_type, b, "motivation", "Тоже");
	score(one, a, "5");
	score(one, b, "7");
	REQUIRE_OK(call_close(one, call, &e));
	refuses(decision_take(one, b, "selected", NULL, &done, &e), &e, "has applied twice");
	refuses(decision_propose(one, call, true, NULL, NULL, &counts, &e), &e, "has applied twice");
	later = strcmp(a, b) > 0 ? a : b;
	change(one, &application_type, later, "state", "withdrawn");
	has_words(one, "has applied twice", false);
	REQUIRE_OK(decision_propose(one, call, true, NULL, NULL, &counts, &e));
	CHECK_INT(counts.selected, 1);
	check_field(one, &person_type, person[0], "role", "expert");
	/* Back again it is refused, in a closed call as in an open one. */
	REQUIRE_OK(record_load(one, &r, &application_type, later, &e));
	REQUIRE_OK(record_set(one, &r, "state", "submitted", &e));
	CHECK_INT(record_save(one, &r, &e), -1);
	record_release(&r);
	exchange();
	end();
}

/* Two coordinators fill the last place at the same time. */
static void test_too_many_selected(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE];
	struct decision_done done;
	struct err e = ERR_INIT;

	REQUIRE(begin(false));
	make(one, &application_type, a, "call", call, "person", person[0], NULL);
	make(one, &application_type, b, "call", call, "person", person[1], NULL);
	score(one, a, "5");
	score(one, b, "7");
	REQUIRE_OK(call_close(one, call, &e));
	exchange();
	REQUIRE_OK(decision_take(one, a, "selected", NULL, &done, &e));
	REQUIRE_OK(decision_take(two, b, "selected", NULL, &done, &e));
	exchange();
	has_words(one, "More are selected than there are places: 2 of 1", true);
	has_words(two, "More are selected than there are places: 2 of 1", true);
	REQUIRE_OK(decision_take(two, a, "reserve", NULL, &done, &e));
	CHECK_STR(done.role, "activist");
	exchange();
	has_words(one, "More are selected", false);
	check_field(one, &person_type, person[0], "stage", "candidate");
	end();
}

/* One selects, another refuses the same: whichever is settled, the card follows. */
static void test_decided_apart(void)
{
	char a[RECORD_ID_SIZE];
	struct decision_done done;
	struct err e = ERR_INIT;

	REQUIRE(begin(false));
	make(one, &application_type, a, "call", call, "person", person[0], NULL);
	score(one, a, "5");
	REQUIRE_OK(call_close(one, call, &e));
	exchange();
	REQUIRE_OK(decision_take(one, a, "selected", NULL, &done, &e));
	REQUIRE_OK(decision_take(two, a, "refused", "Мало опыта", &done, &e));
	exchange();
	CHECK(journal_conflicts(store_journal(one)) > 0);
	check_field(one, &application_type, a, "decision", "refused");
	check_field(one, &person_type, person[0], "role", "expert");
	REQUIRE_OK(decision_take(one, a, "refused", "Мало опыта", &done, &e));
	check_field(one, &person_type, person[0], "role", "activist");
	check_field(one, &person_type, person[0], "stage", "candidate");
	exchange();
	end();
}

static int count_line(void *context, const struct conflict_line *line, struct err *e)
{
	(void)line;
	(void)e;
	++*(int *)context;
	return 0;
}

/* A judge's two devices gave different points: whose they are sees it, and another coordinator not before the call is closed. */
static void test_hidden_conflict(void)
{
	char a[RECORD_ID_SIZE], me[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	int seen = 0;
	bool named;

	REQUIRE(begin(true));
	make(one, &application_type, a, "call", call, "person", person[0], NULL);
	REQUIRE_OK(judge_name(one, call, person_me(one, me), &named, &e));
	score(one, a, "5");
	exchange();
	score(one, a, "6");
	score(two, a, "7");
	exchange();
	CHECK_INT(journal_conflicts(store_journal(one)), 1);
	REQUIRE_OK(conflicts_each(one, count_line, &seen, &e));
	CHECK_INT(seen, 1);
	snprintf(other, sizeof other, "%s", person[1]);
	REQUIRE_OK(store_set_setting(two, "person", other, &e));
	seen = 0;
	REQUIRE_OK(conflicts_each(two, count_line, &seen, &e));
	CHECK_INT(seen, 0);
	REQUIRE_OK(call_close(one, call, &e));
	exchange();
	REQUIRE_OK(conflicts_each(two, count_line, &seen, &e));
	CHECK_INT(seen, 1);
	end();
}

static const struct test tests_of_this[] = { TEST(test_applied_twice), TEST(test_too_many_selected), TEST(test_decided_apart), TEST(test_hidden_conflict), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
