#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/clock.h"
#include "records/application.h"
#include "records/call.h"
#include "records/conflicts.h"
#include "records/criterion.h"
#include "records/decision.h"
#include "records/judge.h"
#include "records/person.h"
#include "records/ranking.h"
#include "records/score.h"
#include "records/trail.h"
#include "store/journal.h"

enum { PEOPLE = 8 };

static struct store *s;
static char me[RECORD_ID_SIZE], judge[3][RECORD_ID_SIZE], person[PEOPLE][RECORD_ID_SIZE], call[RECORD_ID_SIZE], criterion[2][RECORD_ID_SIZE],
	application[PEOPLE][RECORD_ID_SIZE];

static void be(const char *who)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_set_setting(s, "person", who, &e));
}

/* A coordinator's store with a call of three places and two criteria, and people who may apply. */
static void begin(void)
{
	static const char *const names[PEOPLE] = { "Абдуллин Айрат", "Баширова Венера", "Валеева Зиля", "Галин Рустам", "Давлетова Лилия", "Ерофеев Пётр",
		"Закиров Ильдус", "Ибрагимова Нурия" };
	struct err e = ERR_INIT;
	char name[64];
	clock_set(1574640000000);		/* 25 November 2019 */
	s = new_store();
	REQUIRE(s != NULL);
	make(s, &person_type, me, "name", "Хасанова Гузель", "role", "coordinator", NULL);
	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "Судья %s", i == 0 ? "Первый" : i == 1 ? "Второй" : "Третий");
		make(s, &person_type, judge[i], "name", name, NULL);
	}
	for (int i = 0; i < PEOPLE; i++)
		make(s, &person_type, person[i], "name", names[i], "municipality", "80618000", NULL);
	REQUIRE_OK(store_set_setting(s, "role", "coordinator", &e));
	be(me);
	make(s, &call_type, call, "title", "Отбор консультантов", "role", "консультант", "places", "3", "deadline", "01.12.2019", NULL);
	make(s, &criterion_type, criterion[0], "title", "Опыт", "weight", "2", NULL);
	make(s, &criterion_type, criterion[1], "title", "Мотивация", "call", call, "maximum", "5", NULL);
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

static void apply_all(int count)
{
	for (int i = 0; i < count; i++)
		make(s, &application_type, application[i], "call", call, "person", person[i], NULL);
}

static void name_judges(int count)
{
	struct err e = ERR_INIT;
	bool named;
	for (int i = 0; i < count; i++) {
		REQUIRE_OK(judge_name(s, call, judge[i], &named, &e));
		CHECK(named);
	}
}

static void give(int who, int a, int k, const char *points)
{
	struct err e = ERR_INIT;
	be(judge[who]);
	if (!CHECK_INT(score_give(s, application[a], criterion[k], points, NULL, NULL, &e), 0))
		test_note("%s", e.text);
	be(me);
}

static void refuses(int rc, const struct err *e, const char *word)
{
	CHECK_INT(rc, -1);
	CHECK_INT(e->code, ERR_REFUSED);
	if (!CHECK(strstr(e->text, word) != NULL))
		test_note("“%s” does not name “%s”", e->text, word);
}

/* --- calls, criteria, judges, applications --- */

static void test_call(void)
{
	char id[RECORD_ID_SIZE];
	begin();
	check_field(s, &call_type, call, "state", "open");
	check_field(s, &call_type, call, "programme", "first");
	check_field(s, &call_type, call, "role", "consultant");
	refused(s, &call_type, "places", "title", "T", "role", "expert", "places", "0", "deadline", "2020-01-01", NULL);
	refused(s, &call_type, "end lies before", "title", "T", "role", "expert", "places", "1", "since", "2020-01-02", "deadline", "2020-01-01", NULL);
	refused(s, &call_type, "role", "title", "T", "role", "activist", "places", "1", "deadline", "2020-01-01", NULL);
	refused(s, &call_type, "call close", "title", "T", "role", "expert", "places", "1", "deadline", "2020-01-01", "state", "closed", NULL);
	make(s, &call_type, id, "title", "T", "role", "expert", "places", "1", "since", "2020-01-01", "deadline", "2020-01-01", NULL);
	end();
}

static void test_criterion(void)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
	begin();
	check_field(s, &criterion_type, criterion[0], "maximum", "10");
	check_field(s, &criterion_type, criterion[0], "position", "1");
	check_field(s, &criterion_type, criterion[1], "position", "2");
	refused(s, &criterion_type, "weight", "title", "T", "weight", "0", NULL);
	refused(s, &criterion_type, "points at most", "title", "T", "maximum", "1001", NULL);
	make(s, &call_type, other, "title", "Другой", "role", "expert", "places", "1", "deadline", "2020-01-01", NULL);
	REQUIRE_OK(criterion_resolve(s, call, "мотивация", id, &e));
	CHECK_STR(id, criterion[1]);
	REQUIRE_OK(criterion_resolve(s, other, criterion[0], id, &e));
	refuses(criterion_resolve(s, other, "Мотивация", id, &e), &e, "Опыт");
	end();
}

static void test_application(void)
{
	struct err e = ERR_INIT;
	char organisation[RECORD_ID_SIZE];
	struct record r;
	begin();
	make(s, &organisation_type, organisation, "name", "АНО «Родник»", NULL);
	REQUIRE_OK(record_load(s, &r, &person_type, person[0], &e));
	REQUIRE_OK(record_set(s, &r, "organisation", organisation, &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	apply_all(1);
	check_field(s, &application_type, application[0], "date", "2019-11-25");
	check_field(s, &application_type, application[0], "organisation", organisation);
	check_field(s, &application_type, application[0], "municipality", "80618000");
	check_field(s, &application_type, application[0], "state", "submitted");
	refused(s, &application_type, "already", "call", call, "person", person[0], NULL);
	refused(s, &application_type, "01.12.2019", "call", call, "person", person[1], "date", "02.12.2019", NULL);
	make(s, &application_type, application[1], "call", call, "person", person[1], "date", "01.12.2019", NULL);
	clock_set(1577836800000);		/* the deadline is past */
	refused(s, &application_type, "01.12.2019", "call", call, "person", person[2], NULL);
	make(s, &application_type, application[2], "call", call, "person", person[2], "date", "2019-11-30", NULL);
	/* What was taken in stays, also with an earlier deadline. */
	REQUIRE_OK(record_load(s, &r, &call_type, call, &e));
	REQUIRE_OK(record_set(s, &r, "deadline", "2019-11-28", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	REQUIRE_OK(record_load(s, &r, &application_type, application[2], &e));
	REQUIRE_OK(record_set(s, &r, "motivation", "Хочу учить", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	REQUIRE_OK(record_set(s, &r, "person", person[3], &e));
	refuses(record_save(s, &r, &e), &e, "one person");
	record_release(&r);
	end();
}

static void test_conflict_of_interest(void)
{
	struct err e = ERR_INIT;
	bool named;
	begin();
	apply_all(1);
	refuses(judge_name(s, call, person[0], &named, &e), &e, "conflict of interest");
	name_judges(1);
	refused(s, &application_type, "conflict of interest", "call", call, "person", judge[0], NULL);
	REQUIRE_OK(judge_name(s, call, judge[0], &named, &e));
	CHECK(!named);
	end();
}

/* --- scores --- */

static void test_score(void)
{
	struct err e = ERR_INIT;
	struct score_lines lines;
	char id[3 * RECORD_ID_SIZE], other[RECORD_ID_SIZE], foreign[RECORD_ID_SIZE];
	begin();
	apply_all(2);
	make(s, &call_type, other, "title", "Другой", "role", "expert", "places", "1", "deadline", "2020-01-01", NULL);
	make(s, &criterion_type, foreign, "title", "Чужой", "call", other, NULL);
	name_judges(1);
	be(judge[1]);
	refuses(score_give(s, application[0], criterion[0], "5", NULL, NULL, &e), &e, "call judge");
	be(judge[0]);
	refuses(score_give(s, application[0], criterion[1], "6", NULL, NULL, &e), &e, "5 points at most");
	refuses(score_give(s, application[0], foreign, "1", NULL, NULL, &e), &e, "not one of");
	REQUIRE_OK(score_give(s, application[0], criterion[1], "5", "Ясно\nи просто", NULL, &e));
	snprintf(id, sizeof id, "%s/%s/%s", application[0], criterion[1], judge[0]);
	check_field(s, &score_type, id, "points", "5");
	REQUIRE_OK(score_give(s, application[0], criterion[1], "4", NULL, NULL, &e));
	check_field(s, &score_type, id, "points", "4");
	check_field(s, &score_type, id, "remark", "Ясно\nи просто");
	REQUIRE_OK(score_lines(s, application[0], &lines, &e));
	REQUIRE(lines.count == 2);
	CHECK_STR(lines.line[0].title, "Опыт");
	CHECK_INT(lines.line[0].points, -1);
	CHECK_INT(lines.line[1].points, 4);
	CHECK_STR(lines.line[1].remark, "Ясно\nи просто");
	score_lines_release(&lines);
	/* Taken back, it can be given again: one row for ever. */
	REQUIRE_OK(score_give(s, application[0], criterion[1], "", "", NULL, &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM score WHERE deleted = 0"), 0);
	REQUIRE_OK(score_give(s, application[0], criterion[1], "3", NULL, NULL, &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM score"), 1);
	/* Somebody else's are not mine to write. */
	refused(s, &score_type, "on a device of their own", "application", application[1], "criterion", criterion[0], "points", "1", "judge", judge[1], NULL);
	be(me);
	REQUIRE_OK(call_close(s, call, &e));
	be(judge[0]);
	refuses(score_give(s, application[1], criterion[0], "1", NULL, NULL, &e), &e, "call reopen");
	refuses(record_remove(s, &score_type, id, &e), &e, "call reopen");
	end();
}

/* Where nobody was named a coordinator's first score names the coordinator; an expert's does not. */
static void test_first_judge(void)
{
	struct err e = ERR_INIT;
	bool named = false;
	begin();
	apply_all(1);
	REQUIRE_OK(store_set_setting(s, "role", "expert", &e));
	belong(s);
	refuses(score_give(s, application[0], criterion[0], "5", NULL, &named, &e), &e, "call judge");
	REQUIRE_OK(store_set_setting(s, "role", "coordinator", &e));
	REQUIRE_OK(score_give(s, application[0], criterion[0], "5", NULL, &named, &e));
	CHECK(named);
	REQUIRE_OK(score_give(s, application[0], criterion[1], "5", NULL, &named, &e));
	CHECK(!named);
	CHECK_INT(judge_is(s, call, me, &e), 1);
	end();
}

/* --- secrecy --- */

static int count_record(void *context, const struct record *r, struct err *e)
{
	(void)r;
	(void)e;
	++*(int *)context;
	return 0;
}

static int count_trail(void *context, const struct trail_entry *t, struct err *e)
{
	(void)t;
	(void)e;
	++*(int *)context;
	return 0;
}

/* How much of a score can be seen here, by every way there is: 0 nothing, 5 all. */
static int seen(const char *id)
{
	struct err e = ERR_INIT;
	struct record r;
	char found[RECORD_ID_SIZE];
	int listed = 0, told = 0, ways = 0;
	CHECK_INT(record_each(s, &score_type, id, count_record, &listed, &e), 0);
	ways += listed > 0;
	if (record_load(s, &r, &score_type, id, &e) == 0) {
		record_release(&r);
		ways++;
	}
	ways += record_lookup(s, &score_type, id, found, &e) == 1;
	trail_each(s, &score_type, id, count_trail, &told, &e);
	ways += told > 0;
	return ways + score_visible(s, id);
}

static void test_secrecy(void)
{
	struct err e = ERR_INIT;
	struct ranking r;
	char id[2][3 * RECORD_ID_SIZE];
	begin();
	apply_all(2);
	name_judges(2);
	give(0, 0, 0, "9");
	give(1, 0, 0, "3");
	for (int i = 0; i < 2; i++)
		snprintf(id[i], sizeof id[i], "%s/%s/%s", application[0], criterion[0], judge[i]);
	/* The coordinator's store holds both and sees neither. */
	CHECK_INT(seen(id[0]), 0);
	CHECK_INT(seen(id[1]), 0);
	REQUIRE_OK(ranking_read(s, call, &r, &e));
	CHECK(!r.closed && !r.row[0].scored && !r.row[1].scored);
	CHECK_INT(r.judge[0].given + r.judge[1].given, 2);
	ranking_release(&r);
	be(judge[0]);
	CHECK_INT(seen(id[0]), 5);
	CHECK_INT(seen(id[1]), 0);
	REQUIRE_OK(ranking_read(s, call, &r, &e));
	CHECK_INT(r.row[0].total, 18);
	CHECK_INT(r.row[0].cell[0].count, 1);
	CHECK_INT(r.row[0].missing, 1);
	CHECK_INT(r.row[0].proposal, PROPOSAL_NONE);
	ranking_release(&r);
	be("");
	CHECK_INT(seen(id[0]) + seen(id[1]), 0);
	be(me);
	REQUIRE_OK(call_close(s, call, &e));
	CHECK_INT(seen(id[0]), 5);
	CHECK_INT(seen(id[1]), 5);
	REQUIRE_OK(call_reopen(s, call, &e));
	CHECK_INT(seen(id[0]) + seen(id[1]), 0);
	end();
}

/* --- the ranking --- */

static const struct ranking_row *row_of(const struct ranking *r, int a)
{
	for (int i = 0; i < r->count; i++)
		if (strcmp(r->row[i].id, application[a]) == 0)
			return &r->row[i];
	CHECK(!"the application is not in the ranking");
	return &r->row[0];
}

static void check_place(const struct ranking *r, int a, const char *place, const char *total, enum proposal proposal)
{
	struct buf b = BUF_INIT;
	ranking_place(row_of(r, a), &b);
	CHECK_STR(b.data, place);
	buf_reset(&b);
	ranking_total(r, row_of(r, a), &b);
	CHECK_STR(b.data, total);
	CHECK_INT(row_of(r, a)->proposal, proposal);
	buf_release(&b);
}

/* Three judges; weights 2 and 1. */
static void test_ranking(void)
{
	struct err e = ERR_INIT;
	struct ranking r;
	struct buf b = BUF_INIT;
	begin();
	apply_all(6);
	name_judges(3);
	static const char *const points[5][2][3] = {
		{ { "10", "10", "9" }, { "5", "5", "5" } },	/* 2 × 29/3 + 5 = 24 1/3 */
		{ { "7", "7", "7" }, { "5", "4", "4" } },	/* 14 + 13/3 = 18 1/3 */
		{ { "7", "8", "7" }, { "4", "3", "4" } },	/* 44/3 + 11/3 = 18 1/3: the same by another way */
		{ { "7", "7", "7" }, { "4", "4", "5" } },	/* 18 1/3 */
		{ { "1", "", "2" }, { "", "", "" } },		/* 2 × 3/2 = 3, four missing */
	};
	for (int a = 0; a < 5; a++)
		for (int k = 0; k < 2; k++)
			for (int j = 0; j < 3; j++)
				give(j, a, k, points[a][k][j]);
	REQUIRE_OK(call_close(s, call, &e));
	REQUIRE_OK(ranking_read(s, call, &r, &e));
	CHECK(r.closed);
	CHECK_INT(r.denominator, 6);
	CHECK_INT(r.missing, 4 + 6);
	CHECK_INT(r.tied, 3);
	/* Three places: one behind the first is left for three equals, and nobody behind them gets it. */
	check_place(&r, 0, "1", "24.33", PROPOSAL_SELECTED);
	check_place(&r, 1, "2–4", "18.33", PROPOSAL_TIE);
	check_place(&r, 2, "2–4", "18.33", PROPOSAL_TIE);
	check_place(&r, 3, "2–4", "18.33", PROPOSAL_TIE);
	check_place(&r, 4, "5", "3.00", PROPOSAL_RESERVE);
	check_place(&r, 5, "—", "—", PROPOSAL_NONE);
	CHECK_INT(row_of(&r, 4)->missing, 4);
	CHECK_STR(r.row[1].name, "Баширова Венера");		/* equals by name */
	ranking_words(&r, &b);
	CHECK(strstr(b.data, "10 scores are missing; they are not counted as zero") != NULL);
	CHECK(strstr(b.data, "3 applications have equal sums") != NULL);
	buf_reset(&b);
	ranking_fraction(row_of(&r, 1)->total, r.denominator, &b);
	CHECK_STR(b.data, "55/3");
	buf_release(&b);
	ranking_release(&r);
	end();
}

static void test_cut_off(void)
{
	struct err e = ERR_INIT;
	struct ranking r;
	begin();
	apply_all(5);
	name_judges(1);
	static const char *const points[5] = { "9", "8", "8", "5", "5" };
	for (int a = 0; a < 5; a++)
		give(0, a, 0, points[a]);
	REQUIRE_OK(call_close(s, call, &e));
	REQUIRE_OK(ranking_read(s, call, &r, &e));
	check_place(&r, 0, "1", "18", PROPOSAL_SELECTED);
	check_place(&r, 1, "2–3", "16", PROPOSAL_SELECTED);	/* a tie that ends at the cut-off is none */
	check_place(&r, 2, "2–3", "16", PROPOSAL_SELECTED);
	check_place(&r, 3, "4–5", "10", PROPOSAL_RESERVE);
	CHECK_INT(r.tied, 0);
	ranking_release(&r);
	end();
}

/* A judge who was taken off does not count, and neither does a withdrawn application; both are told. */
static void test_left_out(void)
{
	struct err e = ERR_INIT;
	struct ranking r;
	struct record x;
	char id[2 * RECORD_ID_SIZE];
	begin();
	apply_all(2);
	name_judges(2);
	give(0, 0, 0, "4");
	give(1, 0, 0, "10");
	give(1, 1, 0, "10");
	snprintf(id, sizeof id, "%s/%s", call, judge[1]);
	REQUIRE_OK(record_remove(s, &judge_type, id, &e));
	REQUIRE_OK(record_load(s, &x, &application_type, application[1], &e));
	REQUIRE_OK(record_set(s, &x, "state", "withdrawn", &e));
	REQUIRE_OK(record_save(s, &x, &e));
	record_release(&x);
	REQUIRE_OK(call_close(s, call, &e));
	REQUIRE_OK(ranking_read(s, call, &r, &e));
	check_place(&r, 0, "1", "8", PROPOSAL_SELECTED);
	check_place(&r, 1, "—", "—", PROPOSAL_NONE);
	CHECK_INT(r.strangers, 2);
	CHECK_INT(r.withdrawn, 1);
	CHECK_INT(r.submitted, 1);
	ranking_release(&r);
	end();
}

static void test_decimals(void)
{
	static const struct { int64_t n, d; int digits; const char *want; } cases[] = {
		{ 1, 3, 2, "0.33" }, { 2, 3, 2, "0.67" }, { 5, 2, 0, "3" }, { 999, 1000, 2, "1.00" }, { 1, 8, 2, "0.13" }, { 0, 7, 3, "0.000" }, { 35, 2, 1, "17.5" },
	};
	struct buf b = BUF_INIT;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_reset(&b);
		ranking_decimal(cases[i].n, cases[i].d, cases[i].digits, '.', &b);
		CHECK_STR(b.data, cases[i].want);
	}
	buf_release(&b);
}

/* Against the plain sum of fractions, on random scores: no two applications are in another order, and ties are ties. */
static void test_random_scores(void)
{
	enum { RUNS = 8 };
	for (int run = 0; run < RUNS; run++) {
		struct err e = ERR_INIT;
		struct ranking r;
		int sum[PEOPLE][2] = { { 0 } }, count[PEOPLE][2] = { { 0 } };
		begin();
		apply_all(PEOPLE);
		name_judges(3);
		for (int a = 0; a < PEOPLE; a++)
			for (int k = 0; k < 2; k++)
				for (int j = 0; j < 3; j++) {
					char points[8];
					int n = (int)(test_random() >> 33) % 5;
					if ((int)(test_random() >> 33) % 4 == 0)
						continue;
					snprintf(points, sizeof points, "%d", n);
					give(j, a, k, points);
					sum[a][k] += n;
					count[a][k]++;
				}
		REQUIRE_OK(call_close(s, call, &e));
		REQUIRE_OK(ranking_read(s, call, &r, &e));
		int sixths[PEOPLE];
		for (int a = 0; a < PEOPLE; a++)
			sixths[a] = (count[a][0] ? 2 * sum[a][0] * 6 / count[a][0] : 0) + (count[a][1] ? sum[a][1] * 6 / count[a][1] : 0);
		for (int i = 0; i < PEOPLE; i++) {
			const struct ranking_row *row = row_of(&r, i);
			int better = 0, equal = 0;
			if (count[i][0] + count[i][1] == 0) {
				CHECK_INT(row->place, 0);
				continue;
			}
			for (int j = 0; j < PEOPLE; j++) {
				bool in = count[j][0] + count[j][1] > 0;
				better += in && sixths[j] > sixths[i];
				equal += in && sixths[j] == sixths[i];
			}
			CHECK_INT(row->place, better + 1);
			CHECK_INT(row->last, better + equal);
		}
		ranking_release(&r);
		end();
	}
}

/* --- decisions --- */

static void test_decision(void)
{
	struct err e = ERR_INIT;
	struct decision_done done;
	struct record r;
	begin();
	apply_all(2);
	name_judges(1);
	give(0, 0, 0, "4");
	refuses(decision_take(s, application[0], "selected", NULL, &done, &e), &e, "call close");
	check_field(s, &person_type, person[0], "role", "activist");
	refuses(decision_take(s, application[1], "refused", NULL, &done, &e), &e, "--reason");
	REQUIRE_OK(decision_take(s, application[1], "refused", "Нет опыта", &done, &e));
	check_field(s, &application_type, application[1], "decided", "2019-11-25");
	REQUIRE_OK(call_close(s, call, &e));
	/* By the card alone it is not done. */
	REQUIRE_OK(record_load(s, &r, &application_type, application[0], &e));
	REQUIRE_OK(record_set(s, &r, "decision", "selected", &e));
	REQUIRE_OK(record_set(s, &r, "decided", "2019-11-25", &e));
	refuses(record_save(s, &r, &e), &e, "application decide");
	record_release(&r);
	REQUIRE_OK(decision_take(s, application[0], "selected", NULL, &done, &e));
	CHECK_STR(done.role_before, "activist");
	CHECK_STR(done.role, "consultant");
	CHECK_STR(done.stage, "selected");
	check_field(s, &person_type, person[0], "role", "consultant");
	check_field(s, &person_type, person[0], "stage", "selected");
	refuses(call_reopen(s, call, &e), &e, "--take-back");
	refuses(record_remove(s, &application_type, application[0], &e), &e, "--take-back");
	REQUIRE_OK(record_load(s, &r, &application_type, application[0], &e));
	REQUIRE_OK(record_set(s, &r, "decision", "", &e));
	REQUIRE_OK(record_set(s, &r, "decided", "", &e));
	refuses(record_save(s, &r, &e), &e, "application decide");
	record_release(&r);
	/* Back as it was. */
	REQUIRE_OK(decision_take(s, application[0], "", NULL, &done, &e));
	check_field(s, &person_type, person[0], "role", "activist");
	check_field(s, &person_type, person[0], "stage", "candidate");
	check_field(s, &application_type, application[0], "decision", "");
	check_field(s, &application_type, application[0], "decided", "");
	REQUIRE_OK(call_reopen(s, call, &e));
	end();
}

/* Who is in training already keeps the stage, and the role stays when the selection is taken back then. */
static void test_decision_and_later_stage(void)
{
	struct err e = ERR_INIT;
	struct decision_done done;
	struct record r;
	begin();
	apply_all(1);
	REQUIRE_OK(call_close(s, call, &e));
	REQUIRE_OK(decision_take(s, application[0], "selected", NULL, &done, &e));
	REQUIRE_OK(record_load(s, &r, &person_type, person[0], &e));
	REQUIRE_OK(record_set(s, &r, "stage", "training", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	REQUIRE_OK(decision_take(s, application[0], "reserve", NULL, &done, &e));
	CHECK_STR(done.stage, "training");
	check_field(s, &person_type, person[0], "role", "consultant");
	REQUIRE_OK(decision_take(s, application[0], "selected", NULL, &done, &e));
	check_field(s, &person_type, person[0], "stage", "training");
	end();
}

/* Whose card was removed is not selected, and a decision of before can be taken back all the same. */
static void test_decision_without_a_card(void)
{
	struct decision_done done;
	struct err e = ERR_INIT;
	begin();
	apply_all(2);
	REQUIRE_OK(call_close(s, call, &e));
	REQUIRE_OK(decision_take(s, application[0], "selected", NULL, &done, &e));
	REQUIRE_OK(record_remove(s, &person_type, person[0], &e));
	REQUIRE_OK(record_remove(s, &person_type, person[1], &e));
	refuses(decision_take(s, application[1], "selected", NULL, &done, &e), &e, person[1]);
	REQUIRE_OK(decision_take(s, application[1], "refused", "Нет такого", &done, &e));
	REQUIRE_OK(decision_take(s, application[0], "", NULL, &done, &e));
	REQUIRE_OK(call_reopen(s, call, &e));
	end();
}

static void test_propose(void)
{
	struct err e = ERR_INIT;
	struct decision_counts n;
	struct decision_done done;
	int back;
	begin();
	apply_all(6);
	name_judges(1);
	static const char *const points[5] = { "9", "8", "7", "7", "5" };
	for (int a = 0; a < 5; a++)
		give(0, a, 0, points[a]);
	refuses(decision_propose(s, call, false, NULL, NULL, &n, &e), &e, "call close");
	REQUIRE_OK(call_close(s, call, &e));
	REQUIRE_OK(decision_propose(s, call, false, NULL, NULL, &n, &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM application WHERE decision IS NOT NULL"), 0);
	REQUIRE_OK(decision_propose(s, call, true, NULL, NULL, &n, &e));
	CHECK_INT(n.selected, 2);
	CHECK_INT(n.tied, 2);
	CHECK_INT(n.reserve, 1);
	CHECK_INT(n.unscored, 1);
	CHECK_INT(query_number(s, "SELECT count(*) FROM participation WHERE role = 'consultant' AND stage = 'selected'"), 2);
	/* People decide the tie; then the other of the two is in reserve. */
	REQUIRE_OK(decision_take(s, application[3], "selected", "Решение комиссии", &done, &e));
	REQUIRE_OK(decision_propose(s, call, true, NULL, NULL, &n, &e));
	check_field(s, &application_type, application[2], "decision", "reserve");
	refuses(decision_take(s, application[4], "selected", NULL, &done, &e), &e, "all 3 places");
	REQUIRE_OK(decision_take_back_all(s, call, &back, &e));
	CHECK_INT(back, 5);
	CHECK_INT(query_number(s, "SELECT count(*) FROM participation WHERE role = 'consultant'"), 0);
	end();
}

/* What stands is not moved: no criterion, judge or application comes into a closed call. */
static void test_closed(void)
{
	struct err e = ERR_INIT;
	bool named;
	char id[2 * RECORD_ID_SIZE];
	begin();
	apply_all(1);
	name_judges(1);
	REQUIRE_OK(call_close(s, call, &e));
	check_field(s, &call_type, call, "closed", "2019-11-25");
	refuses(call_close(s, call, &e), &e, "already");
	refuses(judge_name(s, call, judge[1], &named, &e), &e, "call reopen");
	refused(s, &application_type, "call reopen", "call", call, "person", person[1], NULL);
	refused(s, &criterion_type, "call reopen", "title", "T", "call", call, NULL);
	refused(s, &criterion_type, "--call", "title", "T", NULL);
	refuses(record_remove(s, &criterion_type, criterion[0], &e), &e, "--call");
	snprintf(id, sizeof id, "%s/%s", call, judge[0]);
	refuses(record_remove(s, &judge_type, id, &e), &e, "call reopen");
	refuses(record_remove(s, &call_type, call, &e), &e, "1 application");
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_call), TEST(test_criterion), TEST(test_application), TEST(test_conflict_of_interest), TEST(test_score), TEST(test_first_judge),
	TEST(test_secrecy), TEST(test_ranking), TEST(test_cut_off), TEST(test_left_out), TEST(test_decimals),
	TEST(test_random_scores), TEST(test_decision), TEST(test_decision_and_later_stage), TEST(test_decision_without_a_card), TEST(test_propose), TEST(test_closed), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
