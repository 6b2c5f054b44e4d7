/* What belongs to a record: a person's mentors, seminars and consents, an organisation's people, a municipality's staff; and who changed it last. */
#include "base/clock.h"
#include "base/date.h"
#include "records/attendance.h"
#include "records/consultation.h"
#include "records/person_links.h"
#include "records/place_links.h"
#include "records/programme.h"
#include "records/territory.h"
#include "store/lately.h"
#include "tests/unit/stores.h"

static int dump(void *context, const struct link *l, struct err *e)
{
	(void)e;
	buf_addf(context, "%s|%s|%s|%s\n", l->name, l->date, l->code, l->other);
	return 0;
}

/* The lines of a list, and how many there are in all. Stays until the next call. */
static const char *list(struct store *s, link_list *links, const char *id, int most)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	int64_t total = -1;

	buf_reset(&out);
	if (links(s, id, most, dump, &out, &total, &e) != 0)
		test_note("%s", e.text);
	buf_addf(&out, "%lld", (long long)total);
	return out.data;
}

static int dump_programme(void *context, const struct link *l, struct err *e)
{
	(void)e;
	buf_addf(context, "%s%s", l->programme, l->programme[0] != '\0' ? ", " : "");
	return 0;
}

static const char *elsewhere(struct store *s, link_list *links, const char *id)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	int64_t total;

	buf_reset(&out);
	if (links(s, id, 9, dump_programme, &out, &total, &e) != 0)
		test_note("%s", e.text);
	return out.data;
}

static void test_person(void)
{
	struct store *s = new_store();
	char mentor[RECORD_ID_SIZE], mentee[RECORD_ID_SIZE], gone[RECORD_ID_SIZE], id[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	REQUIRE(s != NULL);
	make(s, &person_type, mentor, "name", "Хасанова Гузель", NULL);
	make(s, &person_type, mentee, "name", "Ғәлиева Сәлимә", NULL);
	make(s, &person_type, gone, "name", "Иванов Пётр", NULL);
	make(s, &mentorship_type, id, "mentor", gone, "mentee", mentee, "since", "2019-01-01", "until", "2019-06-01", NULL);
	make(s, &mentorship_type, id, "mentor", mentor, "mentee", mentee, "since", "2020-01-20", NULL);
	make(s, &mentorship_type, id, "mentor", mentor, "mentee", mentee, "since", "2020-01-25", NULL);
	CHECK_STR(list(s, person_mentors, mentee, 9), "Хасанова Гузель|2020-01-20||\nИванов Пётр|2019-01-01|2019-06-01|\n2");
	CHECK_STR(list(s, person_mentees, mentor, 9), "Ғәлиева Сәлимә|2020-01-20||\n1");
	CHECK_STR(list(s, person_mentees, mentee, 9), "0");
	CHECK_INT(record_remove(s, &person_type, gone, &e), 0);
	CHECK_STR(list(s, person_mentors, mentee, 9), "Хасанова Гузель|2020-01-20||\n1");

	for (int i = 1; i <= 3; i++) {
		char day[DATE_SIZE];

		snprintf(day, sizeof day, "2020-02-0%d", i);
		make(s, &seminar_type, seminar, "title", "Как открыть НКО", "date", day, "status", "held", NULL);
		CHECK_INT(attendance_mark(s, seminar, mentee, i == 2 ? ATTENDANCE_ABSENT : ATTENDANCE_PRESENT, &e), 0);
	}
	CHECK_STR(list(s, person_seminars, mentee, 2),
	    "Как открыть НКО|2020-02-03|present|held\nКак открыть НКО|2020-02-02|absent|held\n3");
	edit(s, &seminar_type, seminar, "lead", mentor);
	CHECK_STR(list(s, person_led, mentor, 9), "Как открыть НКО|2020-02-03|held|\n1");
	CHECK_INT(record_remove(s, &seminar_type, seminar, &e), 0);
	CHECK_STR(list(s, person_led, mentor, 9), "0");
	CHECK_STR(list(s, person_seminars, mentee, 0), "2");

	make(s, &consultation_type, id, "mentor", mentor, "mentee", mentee, "date", "2020-02-03", "topic", "Устав", NULL);
	make(s, &consultation_type, id, "mentor", mentee, "mentee", mentor, "date", "2020-02-04", "form", "phone", NULL);
	CHECK_STR(list(s, person_consultations, mentee, 9),
	    "|2020-02-04|phone|Хасанова Гузель\nУстав|2020-02-03|visit|Хасанова Гузель\n2");

	make(s, &consent_type, id, "person", mentee, "date", "2020-02-01", NULL);
	make(s, &consent_type, id, "person", mentee, "purpose", "publication", "date", "2020-02-01", "withdrawn", "2020-02-05", NULL);
	/* What belongs to another programme than the current one says to which. */
	CHECK_STR(elsewhere(s, person_seminars, mentee), "");
	CHECK_STR(elsewhere(s, person_mentors, mentee), "");
	make(s, &programme_type, id, "title", "Новая", NULL);
	REQUIRE_OK(programme_use(s, id, &e));
	CHECK_STR(elsewhere(s, person_seminars, mentee), "Живая сеть НКО, Живая сеть НКО, ");
	CHECK_STR(elsewhere(s, person_consultations, mentee), "Живая сеть НКО, Живая сеть НКО, ");
	CHECK_STR(elsewhere(s, person_mentors, mentee), "Живая сеть НКО, ");
	make(s, &mentorship_type, id, "mentor", mentor, "mentee", mentee, "since", "2020-09-20", NULL);
	CHECK_STR(elsewhere(s, person_mentors, mentee), "");
	store_close(s);
}

static void test_places(void)
{
	struct store *s = new_store();
	char organisation[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct municipality_facts facts;
	struct err e = ERR_INIT;

	REQUIRE(s != NULL);
	make(s, &organisation_type, organisation, "name", "АНО «Родник»", NULL);
	make(s, &person_type, id, "name", "Яҡупов Ҫәйфулла", "organisation", organisation, "post", "агроном", "municipality", "80618000", NULL);
	make(s, &person_type, id, "name", "Ахметов Ильдар", "organisation", organisation, "municipality", "80618000", "role", "consultant", NULL);
	make(s, &person_type, id, "name", "Иванов Пётр", "municipality", "80701000", "role", "expert", NULL);
	make(s, &person_type, id, "name", "Сафин Тимур", "municipality", "80618000", "role", "official", NULL);
	CHECK_STR(list(s, organisation_people, organisation, 9), "Ахметов Ильдар|||consultant\nЯҡупов Ҫәйфулла||агроном|activist\n2");
	CHECK_STR(list(s, municipality_staff, "80618000", 9), "Ахметов Ильдар||consultant|АНО «Родник»\nСафин Тимур||official|\n2");
	/* Where many work, as at the hub of a large programme, it is asked the other way round. */
	REQUIRE_OK(store_begin(s, &e));
	for (int i = 0; i < 1000; i++)
		make(s, &person_type, id, "name", "Иванов Пётр", "municipality", "80701000", "role", "expert", NULL);
	REQUIRE_OK(store_commit(s, &e));
	CHECK_STR(list(s, municipality_staff, "80618000", 9), "Ахметов Ильдар||consultant|АНО «Родник»\nСафин Тимур||official|\n2");
	make(s, &seminar_type, id, "title", "Первый", "date", "2020-02-01", "municipality", "80618000", "place", "Бураево", NULL);
	make(s, &seminar_type, id, "title", "Второй", "date", "2020-02-02", "municipality", "80618000", NULL);
	CHECK_STR(list(s, municipality_seminars, "80618000", 1), "Второй|2020-02-02|planned|\n2");
	make(s, &programme_type, id, "title", "Новая", NULL);
	REQUIRE_OK(programme_use(s, id, &e));
	CHECK_STR(list(s, municipality_seminars, "80618000", 1), "0");
	REQUIRE_OK(municipality_facts(s, "80618000", &facts, &e));
	CHECK_INT(facts.people, 3);
	CHECK_STR(facts.kind, "district");
	CHECK_STR(facts.centre, "с Бураево");
	CHECK_STR(facts.successor, "");
	make(s, &territory_type, id, "code", "80618000", "name", "Бураевский район", "kind", "district", "successor", "80609000", NULL);
	REQUIRE_OK(municipality_facts(s, "80618000", &facts, &e));
	CHECK_STR(facts.successor, "80609000");
	CHECK_INT(municipality_facts(s, "8061800", &facts, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	store_close(s);
}

static int dump_lately(void *context, const struct lately *l, struct err *e)
{
	(void)e;
	buf_addf(context, "%s.%s@%lld%s\n", l->table, l->column, (long long)l->ms, l->author.own ? "*" : "");
	return 0;
}

static const char *lately(struct store *s, const char *id)
{
	static struct buf out = BUF_INIT;
	const struct history_record records[] = { { "person", id }, { "seminar", "нет-1" }, { "ничего", "нет-1" } };
	struct err e = ERR_INIT;

	buf_reset(&out);
	if (lately_each(store_journal(s), records, 3, dump_lately, &out, &e) != 0)
		test_note("%s", e.text);
	return out.data;
}

static void test_lately(void)
{
	struct store *a = new_store(), *b = new_store();
	char id[RECORD_ID_SIZE];

	REQUIRE(a != NULL && b != NULL);
	clock_set(1000);
	make(a, &person_type, id, "name", "Галимова Айгуль", "phone", "89170000001", NULL);
	CHECK_STR(lately(a, id), "person.@1000*\n");
	meet(a, b);
	clock_set(2000);
	edit(b, &person_type, id, "phone", "89170000002");
	clock_set(3000);
	edit(b, &person_type, id, "post", "методист");
	meet(a, b);
	clock_set(4000);
	edit(a, &person_type, id, "phone", "89170000003");
	CHECK_STR(lately(a, id), "person.phone@4000*\nperson.post@3000\nperson.@1000*\n");
	meet(a, b);
	CHECK_STR(lately(b, id), "person.phone@4000\nperson.post@3000*\nperson.@1000\n");
	clock_set(0);
	store_close(a);
	store_close(b);
}

static const struct test tests[] = {
	TEST(test_person),
	TEST(test_places),
	TEST(test_lately),
	TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
