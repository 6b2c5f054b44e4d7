#include "tests/unit/records.h"

#include "base/clock.h"
#include "records/consultation.h"
#include "records/programme.h"
#include "records/person.h"
#include "records/programme.h"

static struct store *s;
static char me[RECORD_ID_SIZE], mentee[RECORD_ID_SIZE];

static void begin(void)
{
	struct err e = ERR_INIT;
	clock_set(1581667200000);		/* 14 February 2020 */
	s = new_store();
	REQUIRE(s != NULL);
	make(s, &person_type, me, "name", "Хасанова Гузель", NULL);
	make(s, &person_type, mentee, "name", "Валеева Зиля", NULL);
	REQUIRE_OK(store_set_setting(s, "person", me, &e));
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

static void test_defaults(void)
{
	struct record r;
	struct err e = ERR_INIT;
	begin();
	REQUIRE_OK(record_new(s, &r, &consultation_type, &e));
	CHECK_STR(record_get(&r, "mentor"), me);
	CHECK_STR(record_get(&r, "date"), "2020-02-14");
	CHECK_STR(record_get(&r, "form"), "visit");
	CHECK_STR(record_get(&r, "programme"), "first");
	CHECK_STR(record_get(&r, "minutes"), "");
	record_release(&r);
	end();
}

static void test_a_whole_one(void)
{
	char id[RECORD_ID_SIZE], found[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	struct err e = ERR_INIT;
	begin();
	make(s, &consultation_type, id, "mentee", "валеева зиля", "form", "По телефону", "minutes", "1440", "topic", "Устав", "advice",
	    "Первое\nВторое", "next_step", "Собрать подписи", "next_date", "14.02.2020", "next_done", "15.02.2020", NULL);
	check_field(s, &consultation_type, id, "mentor", me);
	check_field(s, &consultation_type, id, "mentee", mentee);
	check_field(s, &consultation_type, id, "form", "phone");
	check_field(s, &consultation_type, id, "minutes", "1440");
	check_field(s, &consultation_type, id, "advice", "Первое\nВторое");
	check_field(s, &consultation_type, id, "next_done", "2020-02-15");
	CHECK_INT(query_number(s, "SELECT find LIKE '%устав%подписи%' FROM consultation"), 1);
	record_name(s, &consultation_type, id, &name);
	CHECK_STR(name.data, "Валеева Зиля, 14.02.2020");
	REQUIRE_OK(record_resolve(s, &consultation_type, "валеева зиля, 14.02.2020", found, &e));
	CHECK_STR(found, id);
	CHECK_INT(journal_count(store_journal(s), "consultation"), 1);
	REQUIRE_OK(record_remove(s, &consultation_type, id, &e));
	CHECK_INT(journal_count(store_journal(s), "consultation"), 0);
	REQUIRE_OK(journal_check(store_journal(s), &e));
	buf_release(&name);
	end();
}

static void test_rules(void)
{
	begin();
	refused(s, &consultation_type, "mentee", NULL);
	refused(s, &consultation_type, "mentor", "mentee", me, NULL);		/* nobody knows who advised */
	refused(s, &consultation_type, "mentee", "mentee", me, "mentor", me, NULL);
	refused(s, &consultation_type, "1440", "mentee", mentee, "minutes", "1441", NULL);
	refused(s, &consultation_type, "next step: date", "mentee", mentee, "next_date", "2020-02-13", NULL);
	refused(s, &consultation_type, "next step: done", "mentee", mentee, "next_done", "2020-02-13", NULL);
	refused(s, &consultation_type, "form", "mentee", mentee, "form", "письмо", NULL);
	refused(s, &consultation_type, "date", "mentee", mentee, "date", "", NULL);
	end();
}

/* What my mentor told me. */
static void test_the_other_way_round(void)
{
	char id[RECORD_ID_SIZE];
	begin();
	make(s, &consultation_type, id, "mentee", me, "mentor", mentee, NULL);
	check_field(s, &consultation_type, id, "mentor", mentee);
	end();
}

/* An index serves each question that is asked of all of them. */
static void plan_uses(const char *sql, const char *index)
{
	sqlite3_stmt *st = NULL;
	char explain[512];
	bool used = false;
	snprintf(explain, sizeof explain, "EXPLAIN QUERY PLAN %s", sql);
	CHECK_INT(sqlite3_prepare_v2(store_db(s), explain, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(st, 3);
		used = used || strstr(line, index) != NULL;
		if (!CHECK(strncmp(line, "SCAN consultation", 17) != 0 || strstr(line, "INDEX") != NULL))
			test_note("%s", line);
	}
	if (!CHECK(used))
		test_note("%s does not use %s", sql, index);
	sqlite3_finalize(st);
}

static void test_indexes(void)
{
	begin();
	plan_uses("SELECT id FROM consultation WHERE mentee = 'x' AND deleted = 0 ORDER BY date DESC LIMIT 1", "consultation_mentee");
	plan_uses("SELECT id FROM consultation WHERE mentor = 'x' AND deleted = 0 ORDER BY date DESC LIMIT 9", "consultation_mentor");
	plan_uses("SELECT id FROM consultation WHERE mentor = 'x' AND next_date <= '2020-02-14' AND next_done IS NULL AND deleted = 0",
	    "consultation_next_mentor");
	plan_uses("SELECT id FROM consultation WHERE deleted = 0 AND programme = 'first' ORDER BY date DESC, id DESC LIMIT 20", "consultation_programme");
	end();
}

static void test_administration(void)
{
	char id[RECORD_ID_SIZE], official[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	begin();
	make(s, &person_type, official, "name", "Специалистова Нина", "role", "official", "municipality", "80618000", NULL);
	make(s, &consultation_type, id, "mentee", official, "topic", "помещение", NULL);
	check_field(s, &consultation_type, id, "kind", "administration");
	check_field(s, &consultation_type, id, "municipality", "80618000");
	make(s, &consultation_type, id, "mentee", mentee, NULL);
	check_field(s, &consultation_type, id, "kind", "consultation");
	check_field(s, &consultation_type, id, "municipality", "");
	make(s, &consultation_type, id, "kind", "администрация", "municipality", "80618000", "date", "2020-02-13", NULL);
	record_name(s, &consultation_type, id, &name);
	CHECK_STR(name.data, "Бураевский район, 13.02.2020");
	refused(s, &consultation_type, "entee", "kind", "administration", NULL);
	refused(s, &consultation_type, "entee", "kind", "consultation", "municipality", "80618000", NULL);
	refused(s, &consultation_type, "entee", "topic", "ни с кем", NULL);
	CHECK_INT(count_listed(s, &consultations_listing, CONSULTATIONS_BY_KIND, "administration", NULL), 2);
	CHECK_INT(count_listed(s, &consultations_listing, CONSULTATIONS_BY_KIND, "consultation", NULL), 1);
	CHECK_INT(count_listed(s, &consultations_listing, -1, NULL, "бураевский"), 2);
	buf_release(&name);
	end();
}

static int add_due(void *context, const struct consultation_due *d, struct err *e)
{
	struct buf *out = context;
	(void)e;
	buf_addf(out, "%s %s %s;", d->date, d->step, d->mentee);
	return 0;
}

static void due_is(const char *person, const char *until, const char *want)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(consultation_due(s, person, until, add_due, &out, &e));
	CHECK_STR(out.data, want);
	buf_release(&out);
}

static void test_due(void)
{
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
	begin();
	make(s, &person_type, other, "name", "Белов", NULL);
	make(s, &consultation_type, id, "mentee", mentee, "date", "2020-01-01", "next_step", "сегодня", "next_date", "2020-02-14", NULL);
	make(s, &consultation_type, id, "mentee", mentee, "date", "2020-01-01", "next_step", "просрочен", "next_date", "2020-02-01", NULL);
	make(s, &consultation_type, id, "mentee", mentee, "date", "2020-01-01", "next_step", "завтра", "next_date", "2020-02-15", NULL);
	make(s, &consultation_type, id, "mentee", mentee, "date", "2020-01-01", "next_step", "сделан", "next_date", "2020-02-01", "next_done", "2020-02-02", NULL);
	make(s, &consultation_type, id, "mentee", other, "mentor", mentee, "date", "2020-01-01", "next_step", "чужой", "next_date", "2020-02-10", NULL);
	due_is(me, "2020-02-14", "2020-02-01 просрочен Валеева Зиля;2020-02-14 сегодня Валеева Зиля;");
	due_is(other, "2020-02-14", "2020-02-10 чужой Белов;");
	due_is(NULL, "2020-02-14", "2020-02-01 просрочен Валеева Зиля;2020-02-10 чужой Белов;2020-02-14 сегодня Валеева Зиля;");
	make(s, &programme_type, id, "title", "Новая", NULL);
	CHECK(programme_use(s, id, NULL) == 0);
	due_is(NULL, "2020-02-14", "");
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_defaults), TEST(test_a_whole_one), TEST(test_rules), TEST(test_the_other_way_round), TEST(test_indexes), TEST(test_administration),
	TEST(test_due), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
