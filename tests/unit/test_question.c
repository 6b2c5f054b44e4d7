/* The directory and questions: one entry a person, a consent before others see it; who answers, and what the agenda says of it. */
#include "tests/unit/stores.h"

#include "base/clock.h"
#include "base/date.h"
#include "records/agenda.h"
#include "records/consent.h"
#include "records/directory.h"
#include "records/person.h"
#include "records/question.h"

#define DAY 86400000LL

static struct store *s;
static char me[RECORD_ID_SIZE], expert[RECORD_ID_SIZE];

static void today(int days)
{
	clock_set((date_to_days("2020-02-14") + days) * DAY + 7 * 3600 * 1000LL);
}

static bool begin(void)
{
	struct err e = ERR_INIT;

	today(0);
	s = new_store();
	if (s == NULL)
		return false;
	make(s, &person_type, me, "name", "Хасанова Гузель", "role", "consultant", "phone", "89170000001", "email", "a@b.ru", "municipality", "80618000", NULL);
	belong(s);
	make(s, &person_type, expert, "name", "Савельева Ольга", "role", "expert", "phone", "89170000002", NULL);
	return CHECK(store_set_setting(s, "person", me, &e) == 0) && CHECK(store_set_setting(s, "role", "consultant", &e) == 0);
}

static void end(void)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(journal_check(store_journal(s), &e));
	store_close(s);
	clock_set(0);
}

static int count(void *context, const struct record *r, struct err *e)
{
	(void)e;
	buf_addf(context, "%s;", record_get(r, "topics"));
	return 0;
}

static const char *directory(const char *topic, struct directory_left_out *left_out)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(&out);
	CHECK_INT(directory_each(s, topic, count, &out, left_out, &e), 0);
	return out.data;
}

static void test_directory(void)
{
	struct directory_left_out left_out;
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	bool open;

	if (!begin())
		return;
	make(s, &directory_type, id, "topics", "Уставы\nГранты", NULL);
	check_field(s, &directory_type, id, "person", me);
	check_field(s, &directory_type, id, "phone", "+79170000001");		/* the card's */
	check_field(s, &directory_type, id, "email", "a@b.ru");
	check_field(s, &directory_type, id, "municipality", "80618000");
	check_field(s, &directory_type, id, "role", "consultant");
	refused(s, &directory_type, id, "person", me, "topics", "ещё", NULL);	/* names the one that is there */
	refused(s, &directory_type, "topics", "person", expert, NULL);
	make(s, &directory_type, other, "person", expert, "topics", "Отчётность", "phone", "89170000009", NULL);
	check_field(s, &directory_type, other, "phone", "+79170000009");
	CHECK_INT(record_remove(s, &directory_type, other, &e), 0);
	make(s, &directory_type, other, "person", expert, "topics", "Отчётность", NULL);

	CHECK_STR(directory(NULL, &left_out), "");
	CHECK_INT(left_out.count, 2);
	CHECK_STR(left_out.names.data, "Савельева Ольга, Хасанова Гузель");
	buf_release(&left_out.names);
	CHECK_INT(consent_sign(s, (const char *const[]){ expert }, 1, DIRECTORY_PURPOSE, NULL, &e), 0);
	CHECK_INT(directory_open(s, other, &open, &e), 0);
	CHECK(open);
	CHECK_STR(directory(NULL, &left_out), "Отчётность;");
	CHECK_STR(left_out.names.data, "Хасанова Гузель");
	buf_release(&left_out.names);
	CHECK_STR(directory("отчет", &left_out), "Отчётность;");
	CHECK_INT(left_out.count, 0);
	CHECK_STR(directory("устав", &left_out), "");
	buf_release(&left_out.names);
	CHECK_INT(count_listed(s, &directory_listing, DIRECTORY_BY_OPEN, "yes", NULL), 1);
	CHECK_INT(count_listed(s, &directory_listing, -1, NULL, NULL), 2);
	CHECK_INT(count_listed(s, &directory_listing, -1, NULL, "савел отчет"), 1);
	/* Withdrawn. */
	CHECK_INT(query_number(s, "SELECT count(*) FROM consent"), 1);
	{
		char consent[RECORD_ID_SIZE];

		CHECK_INT(record_resolve(s, &consent_type, "Савельева Ольга", consent, &e), 0);
		edit(s, &consent_type, consent, "withdrawn", "14.02.2020");
	}
	CHECK_STR(directory(NULL, &left_out), "");
	buf_release(&left_out.names);
	end();
}

/* Whom this device knows by name alone came through the hub, which gives nobody without a consent; and can be asked by name. */
static void test_stranger(void)
{
	struct directory_left_out left_out;
	static const char far[] = "zzzzzzzz-7";
	char id[RECORD_ID_SIZE], found[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	CHECK_INT(store_exec(s, "INSERT INTO known_name(tbl, id, name) VALUES('person', 'zzzzzzzz-7', 'Дальний Пётр')", &e), 0);
	make(s, &directory_type, id, "person", far, "topics", "Бухгалтерия", NULL);
	CHECK_STR(directory(NULL, &left_out), "Бухгалтерия;");
	CHECK_INT(left_out.count, 0);
	CHECK_INT(record_resolve(s, &person_type, "дальний петр", found, &e), 0);
	CHECK_STR(found, far);
	make(s, &question_type, id, "expert", "Дальний Пётр", "topic", "НДС", "body", "Платить ли?", NULL);
	check_field(s, &question_type, id, "expert", far);
	end();
}

static void test_questions(void)
{
	char id[RECORD_ID_SIZE], mine[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(s, &question_type, id, "expert", expert, "topic", "Устав", "body", "С чего начать?", NULL);
	check_field(s, &question_type, id, "author", me);
	check_field(s, &question_type, id, "date", "2020-02-14");
	refused(s, &question_type, "to whom", "expert", me, "topic", "Т", "body", "Себя?", NULL);
	refused(s, &question_type, "question", "expert", expert, "topic", "Т", NULL);
	refused(s, &question_type, "answer", "expert", expert, "topic", "Т", "body", "Т", "answer", "сам", NULL);
	CHECK_INT(question_answer(s, id, "чужой ответ", &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	make(s, &question_type, mine, "expert", me, "author", expert, "topic", "Зал", "body", "Есть ли зал?", NULL);
	CHECK_INT(question_answer(s, mine, "  ", &e), -1);
	today(3);
	e = (struct err)ERR_INIT;
	CHECK_INT(question_answer(s, mine, "Есть, в библиотеке", &e), 0);
	check_field(s, &question_type, mine, "answered", "2020-02-17");
	check_field(s, &question_type, mine, "answered_by", me);
	CHECK_INT(question_answer(s, mine, "Есть и в школе", &e), 0);
	check_field(s, &question_type, mine, "answered", "2020-02-17");
	{
		struct record r;

		CHECK_INT(record_load(s, &r, &question_type, mine, &e), 0);
		CHECK_INT(record_set(s, &r, "body", "другое", &e), 0);
		CHECK_INT(record_save(s, &r, &e), -1);		/* it is answered */
		record_release(&r);
	}
	CHECK_INT(count_listed(s, &questions_listing, -1, NULL, NULL), 2);
	CHECK_INT(count_listed(s, &questions_listing, QUESTIONS_BY_OPEN, "yes", NULL), 1);
	CHECK_INT(count_listed(s, &questions_listing, QUESTIONS_BY_TO_ME, "yes", NULL), 1);
	CHECK_INT(count_listed(s, &questions_listing, -1, NULL, "школе"), 1);
	end();
}

/* --- what the first screen says of them --- */

static int dump(void *context, const struct agenda_item *i, struct err *e)
{
	(void)e;
	buf_addf(context, "%s %s %s\n", i->kind == AGENDA_QUESTION ? "question" : i->kind == AGENDA_ANSWER ? "answer" : "?", i->date, i->text);
	return 0;
}

static const char *agenda(int64_t totals[AGENDA_KINDS])
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(&out);
	if (!CHECK_INT(agenda_each(s, 2, dump, &out, totals, &e), 0))
		test_note("%s", e.text);
	return out.data;
}

static void test_agenda(void)
{
	int64_t totals[AGENDA_KINDS];
	struct store *there;
	char id[RECORD_ID_SIZE], asked[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin() || (there = new_store()) == NULL)
		return;
	make(s, &question_type, id, "expert", me, "author", expert, "topic", "Зал", "body", "?", "date", "2020-02-10", NULL);
	make(s, &question_type, id, "expert", me, "author", expert, "topic", "Раньше", "body", "?", "date", "2020-01-10", NULL);
	make(s, &question_type, id, "expert", me, "author", expert, "topic", "Третий", "body", "?", NULL);
	make(s, &question_type, asked, "expert", expert, "topic", "Устав", "body", "?", NULL);
	make(s, &question_type, second, "expert", expert, "topic", "Грант", "body", "?", NULL);
	CHECK_STR(agenda(totals), "question 2020-01-10 Раньше — Савельева Ольга\nquestion 2020-02-10 Зал — Савельева Ольга\n");
	CHECK_INT(totals[AGENDA_QUESTION], 3);
	CHECK_INT(totals[AGENDA_ANSWER], 0);
	for (const char *const *q = (const char *const []){ "Раньше", "Зал", "Третий", NULL }; *q != NULL; q++) {
		CHECK_INT(record_resolve(s, &question_type, *q, id, &e), 0);
		CHECK_INT(question_answer(s, id, "да", &e), 0);
	}
	CHECK_STR(agenda(totals), "");

	/* An answer comes, and is told until it was seen. */
	CHECK_INT(agenda_seen(s, &e), 0);
	CHECK(bring(there, s) > 0);
	CHECK_INT(store_set_setting(there, "person", expert, &e), 0);
	today(5);
	CHECK_INT(question_answer(there, asked, "С цели", &e), 0);
	CHECK(bring(s, there) > 0);
	CHECK_STR(agenda(totals), "answer 2020-02-19 Устав — Савельева Ольга\n");
	CHECK_INT(totals[AGENDA_ANSWER], 1);
	CHECK_INT(agenda_seen(s, &e), 0);
	CHECK_STR(agenda(totals), "");
	CHECK_INT(question_answer(there, second, "Через месяц", &e), 0);
	CHECK(bring(s, there) > 0);
	CHECK_STR(agenda(totals), "answer 2020-02-19 Грант — Савельева Ольга\n");
	store_close(there);
	end();
}

static const struct test tests[] = {
	TEST(test_directory), TEST(test_stranger), TEST(test_questions), TEST(test_agenda), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
