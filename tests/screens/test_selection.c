/* The selection in the screens: a judge's quick way through the applications, closing, decisions, and that nobody sees another's scores before. */
#include <stdlib.h>
#include <string.h>

#include "records/call.h"
#include "records/decision.h"
#include "records/judge.h"
#include "records/score.h"
#include "screens/cards.h"
#include "screens/parts/draft.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"

enum { APPLICANTS = 4 };
static char call[RECORD_ID_SIZE], criterion[2][RECORD_ID_SIZE], application[APPLICANTS][RECORD_ID_SIZE], expert[RECORD_ID_SIZE];

/* Texts that the code alone has, whatever the language of the test. */
static bool begin(struct region *r, struct loop *l, int height, int width)
{
	static const char *const names[APPLICANTS] = { "Ахметов Ильдар Закирович", "Валеева Зиля Маратовна", "Сафин Тимур Ильгизович", "Фаттахова Лилия Ураловна" };
	struct err e = ERR_INIT;

	speak("en");
	*r = drive_region();
	if (!CHECK(r->store != NULL))
		return false;
	CHECK_INT(store_set_setting(r->store, "role", "coordinator", &e), 0);
	CHECK_INT(record_resolve(r->store, &person_type, "Иванов Пётр Сергеевич", expert, &e), 0);
	make(r->store, &call_type, call, "title", "Отбор местных консультантов", "role", "consultant", "places", "2", "deadline", "2020-03-01", NULL);
	make(r->store, &criterion_type, criterion[0], "title", "Опыт работы с некоммерческими организациями и местными сообществами", "weight", "2", "call", call, NULL);
	make(r->store, &criterion_type, criterion[1], "title", "Мотивация", "maximum", "5", "call", call, NULL);
	for (int i = 0; i < APPLICANTS; i++)
		make(r->store, &application_type, application[i], "call", call, "person", names[i], "motivation", "Хочу помогать своему району", NULL);
	drive_open(l, r->store, height, width);
	return true;
}

static void end(struct region *r, struct loop *l)
{
	drive_close(l);
	store_close(r->store);
	speak("ru");
}

static void name_judge(struct region *r, const char *person)
{
	struct err e = ERR_INIT;
	bool named;

	if (!CHECK_INT(judge_name(r->store, call, person, &named, &e), 0))
		test_note("%s", e.text);
}

static void give_as(struct region *r, const char *person, int a, int k, const char *points)
{
	struct err e = ERR_INIT;

	CHECK_INT(store_set_setting(r->store, "person", person, &e), 0);
	if (!CHECK_INT(score_give(r->store, application[a], criterion[k], points, NULL, NULL, &e), 0))
		test_note("%s", e.text);
	CHECK_INT(store_set_setting(r->store, "person", r->me, &e), 0);
}

static bool sees_not(struct loop *l, const char *text)
{
	struct buf now = BUF_INIT;

	picture(l, &now);
	bool there = strstr(now.data, text) != NULL;
	if (there)
		test_note("“%s” is seen", text);
	buf_release(&now);
	return !there;
}

/* Points, Enter, points, Enter: the next application stands there. */
static void a_judge_gives_points(void)
{
	struct region r;
	struct loop l;
	char text[64];

	if (!begin(&r, &l, 24, 80))
		return;
	name_judge(&r, r.me);
	press(&l, "1");
	CHECK(sees(&l, "Отбор местных"));
	press(&l, "Enter");
	CHECK(sees(&l, "0 of 4"));
	press(&l, "s");
	CHECK(sees(&l, "Ахметов Ильдар Закирович"));
	CHECK(sees(&l, "Up to 10 points, weight 2"));
	CHECK(sees(&l, "Хочу помогать"));
	/* Too many points are said at once. */
	type(&l, "11");
	press(&l, "Enter");
	CHECK(sees(&l, "there are 10 points at most"));
	press(&l, "Backspace Backspace");
	type(&l, "9 знает район");
	press(&l, "Enter");
	CHECK(sees(&l, "Up to 5 points"));
	type(&l, "4");
	press(&l, "Enter");
	CHECK(sees(&l, "Валеева Зиля Маратовна"));
	CHECK(sees(&l, "1 of 4"));
	snprintf(text, sizeof text, "SELECT count(*) FROM score WHERE deleted = 0");
	CHECK_INT(query_number(r.store, text), 2);
	CHECK_INT(query_number(r.store, "SELECT points FROM score WHERE remark = 'знает район'"), 9);
	for (int i = 0; i < 3; i++) {
		type(&l, "7");
		press(&l, "Enter");
		type(&l, "3");
		press(&l, "Enter");
	}
	CHECK(sees(&l, "all 4 applications are scored by you"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM score WHERE deleted = 0"), 8);
	end(&r, &l);
}

/* What is typed survives the line that drops. */
static void a_draft_of_scores(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 24, 80))
		return;
	name_judge(&r, r.me);
	CHECK(cards_show(&l, &application_type, application[1]));
	press(&l, "s");
	type(&l, "8");
	press(&l, "Enter");
	type(&l, "5");
	loop_keep(&l);
	drive_close(&l);
	drive_open(&l, r.store, 24, 80);
	CHECK(sees(&l, "Валеева Зиля Маратовна"));
	press(&l, "y");
	CHECK(sees(&l, "Your scores"));
	press(&l, "^S");
	CHECK_INT(query_number(r.store, "SELECT sum(points) FROM score WHERE deleted = 0"), 13);
	drive_close(&l);
	drive_open(&l, r.store, 24, 80);
	CHECK(sees_not(&l, "Continue"));
	end(&r, &l);
}

/* Somebody who is no judge is told how one becomes one. */
static void no_judge(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 24, 80))
		return;
	name_judge(&r, expert);
	CHECK(cards_show(&l, &call_type, call));
	press(&l, "s");
	CHECK(sees(&l, "no judge of the call"));
	CHECK(sees_not(&l, "Your scores"));
	end(&r, &l);
}

static void secrecy(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;

	if (!begin(&r, &l, 40, 100))
		return;
	name_judge(&r, expert);
	name_judge(&r, r.me);
	give_as(&r, expert, 0, 0, "7");
	give_as(&r, r.me, 0, 0, "4");
	CHECK(cards_show(&l, &application_type, application[0]));
	CHECK(sees(&l, "4 points, Хасанова"));
	CHECK(sees_not(&l, "7 points"));
	press(&l, "Esc");
	CHECK(cards_show(&l, &call_type, call));
	CHECK(sees(&l, "Preliminary"));
	CHECK(sees(&l, "1 of 8"));			/* how far the other has come is no secret */
	CHECK(sees(&l, "8, scores missing: 1"));		/* the own ones: 2 × 4 */
	/* On the screen a refusal names a key, not a subcommand. */
	press(&l, "D");
	CHECK(sees(&l, "L closes the call") && sees_not(&l, "call close"));
	press(&l, "L");
	CHECK(sees(&l, "Close the call?"));
	CHECK(sees(&l, "14 scores"));
	press(&l, "y");
	CHECK(call_is_closed(r.store, call));
	CHECK(sees(&l, "11.00"));				/* 2 × (4 + 7) / 2 */
	press(&l, "s");
	CHECK(sees(&l, "L on its card") && sees_not(&l, "call reopen"));
	press(&l, "a");
	CHECK(sees(&l, "L on its card") && sees_not(&l, "call reopen"));
	press(&l, "Esc");
	CHECK(cards_show(&l, &application_type, application[0]));
	CHECK(sees(&l, "7 points, Иванов"));
	CHECK_INT(call_reopen(r.store, call, &e), 0);
	press(&l, "Esc");
	CHECK(cards_show(&l, &application_type, application[0]));
	CHECK(sees_not(&l, "7 points"));
	end(&r, &l);
}

static void decisions(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 40, 100))
		return;
	name_judge(&r, r.me);
	static const char *const points[APPLICANTS] = { "9", "5", "5", "1" };
	for (int a = 0; a < APPLICANTS; a++)
		give_as(&r, r.me, a, 0, points[a]);
	CHECK(cards_show(&l, &call_type, call));
	press(&l, "D");
	CHECK(sees(&l, "closes the call first"));
	press(&l, "L y");
	CHECK(sees(&l, "2–3  Валеева"));
	CHECK(sees(&l, "! a tie: decide"));
	CHECK(sees(&l, "the places end here"));
	press(&l, "D");
	CHECK(sees(&l, "selected 1, in reserve 1? The tie of 2 is left to you."));
	press(&l, "y");
	check_field(r.store, &application_type, application[0], "decision", "selected");
	check_field(r.store, &application_type, application[3], "decision", "reserve");
	/* The tie by hand; a refusal needs words. */
	CHECK(cards_show(&l, &application_type, application[1]));
	press(&l, "D");
	type(&l, "refused");
	press(&l, "Enter Enter");
	CHECK(sees(&l, "told why"));
	type(&l, "Нет справки");
	press(&l, "Enter");
	check_field(r.store, &application_type, application[1], "reason", "Нет справки");
	press(&l, "Esc");
	CHECK(cards_show(&l, &application_type, application[2]));
	press(&l, "D");
	type(&l, "selected");
	press(&l, "Enter Enter");
	check_field(r.store, &application_type, application[2], "decision", "selected");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM application a JOIN participation t ON t.person = a.person"
	    " WHERE a.decision = 'selected' AND t.role = 'consultant' AND t.stage = 'selected'"), 2);
	press(&l, "Esc P");
	press(&l, "Esc Esc");
	end(&r, &l);
}

/* Judges are picked; choosing one who judges takes the part back. */
static void judges(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;

	if (!begin(&r, &l, 24, 80))
		return;
	CHECK(cards_show(&l, &call_type, call));
	press(&l, "a");
	type(&l, "иванов");
	press(&l, "Enter");
	CHECK_INT(judge_is(r.store, call, expert, &e), 1);
	press(&l, "a");
	CHECK(sees(&l, "judges now"));
	press(&l, "Enter");
	CHECK_INT(judge_is(r.store, call, expert, &e), 0);
	end(&r, &l);
}

/* Everything that stands there, on a small terminal too. */
static void small(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 10, 40))
		return;
	name_judge(&r, r.me);
	press(&l, "1");
	CHECK(sees(&l, "Отбор"));
	press(&l, "Enter s");
	CHECK(sees(&l, "Ахметов"));
	type(&l, "7");
	press(&l, "Enter");
	CHECK(sees(&l, "Мотивация"));
	type(&l, "5");
	press(&l, "Enter");
	CHECK(sees(&l, "Валеева"));
	press(&l, "Esc");
	end(&r, &l);
}

/* The person's card leads there. */
static void on_the_card(void)
{
	struct region r;
	struct loop l;
	struct record x;
	struct err e = ERR_INIT;

	if (!begin(&r, &l, 40, 100))
		return;
	REQUIRE_OK(record_load(r.store, &x, &application_type, application[0], &e));
	CHECK(cards_show(&l, &person_type, record_get(&x, "person")));
	record_release(&x);
	CHECK(sees(&l, "Applications"));
	CHECK(sees(&l, "Отбор местных консультантов"));
	end(&r, &l);
}

static const struct test tests_of_this[] = {
	TEST(a_judge_gives_points), TEST(a_draft_of_scores), TEST(no_judge), TEST(secrecy), TEST(decisions), TEST(judges), TEST(small), TEST(on_the_card), TEST_END
};

int main(int argc, char **argv)
{
	return drive_start() ? test_main(argc, argv, tests_of_this) : 1;
}
