/* Courses: who is on them, hours by day, completion, the fund's certificates. */
#include "tests/unit/records.h"

#include "base/clock.h"
#include "records/certificate.h"
#include "records/course.h"

static struct store *s;
static char course[RECORD_ID_SIZE], first[RECORD_ID_SIZE], second[RECORD_ID_SIZE], galia[RECORD_ID_SIZE], zilia[RECORD_ID_SIZE];

static void begin(void)
{
	clock_set(1581667200000);		/* 14 February 2020 */
	s = new_store();
	REQUIRE(s != NULL);
	make(s, &course_type, course, "title", "Консультирование НКО", "hours", "72", "provider", "Учебный центр ГСЗН", NULL);
	make(s, &group_type, first, "course", course, "title", "Первая группа", "since", "10.02.2020", "until", "14.02.2020", "place", "Уфа", NULL);
	make(s, &group_type, second, "course", course, "title", "Вторая группа", "since", "16.03.2020", "until", "20.03.2020", NULL);
	make(s, &person_type, galia, "name", "Галимова Айгуль Рифовна", "role", "consultant", "stage", "selected", NULL);
	make(s, &person_type, zilia, "name", "Валеева Зиля Маратовна", "role", "consultant", "stage", "working", NULL);
}

static void end(void)
{
	struct err e = ERR_INIT;
	if (journal_check(store_journal(s), &e) != 0) {
		test_note("%s", e.text);
		CHECK(!"journal_check");
	}
	store_close(s);
	clock_set(0);
}

static int enrol(const char *who, const char *group)
{
	struct err e = ERR_INIT;
	int added = -1;
	if (course_enrol(s, course, &who, 1, group, &added, &e) == 0)
		return added;
	test_note("%s", e.text);
	return -1;
}

static int hours(const char *who, const char *date, int number, struct buf *told)
{
	struct err e = ERR_INIT;
	int rc = course_hours(s, course, &who, 1, date, number, told, &e);
	if (rc != 0)
		buf_adds(told, e.text);
	return rc;
}

static const struct course_person *find(struct course_people *all, const char *who)
{
	static const struct course_person none = { .hours = -1 };
	struct err e = ERR_INIT;
	CHECK_INT(course_people(s, course, all, &e), 0);
	const struct course_person *p = course_people_find(all, who);
	return CHECK(p != NULL) ? p : &none;
}

static void test_course(void)
{
	begin();
	check_field(s, &course_type, course, "document_kind", "удостоверение о повышении квалификации");
	check_field(s, &course_type, course, "programme", "first");
	refused(s, &course_type, "title", "hours", "72", NULL);
	refused(s, &course_type, "hours", "title", "Курс", "hours", "2001", NULL);
	refused(s, &group_type, "until", "course", course, "title", "Третья", "since", "2020-03-02", "until", "2020-03-01", NULL);
	CHECK_INT(count_listed(s, &courses_listing, -1, NULL, NULL), 1);
	CHECK_INT(count_listed(s, &courses_listing, -1, NULL, "гсзн"), 1);
	CHECK_INT(count_listed(s, &courses_listing, -1, NULL, "ранхигс"), 0);
	end();
}

static void test_enrolment(void)
{
	struct course_people all;
	struct record r;
	struct err e = ERR_INIT;
	char id[2 * RECORD_ID_SIZE], other[RECORD_ID_SIZE], of_other[RECORD_ID_SIZE];
	begin();
	CHECK_INT(enrol(galia, ""), 1);
	CHECK_INT(enrol(galia, first), 0);
	snprintf(id, sizeof id, "%s/%s", course, galia);
	check_field(s, &enrolment_type, id, "course_group", first);
	check_field(s, &enrolment_type, id, "state", "enrolled");
	/* The same again on another device is the same row. */
	CHECK_INT(query_number(s, "SELECT count(*) FROM enrolment"), 1);
	make(s, &course_type, other, "title", "Другой курс", NULL);
	make(s, &group_type, of_other, "course", other, "title", "Первая группа", NULL);
	REQUIRE_OK(record_load(s, &r, &enrolment_type, id, &e));
	REQUIRE_OK(record_set(s, &r, "course_group", of_other, &e));
	CHECK_INT(record_save(s, &r, &e), -1);
	CHECK(strstr(e.text, "another course") != NULL);
	record_release(&r);
	/* Who has left is enrolled again. */
	REQUIRE_OK(record_load(s, &r, &enrolment_type, id, &e));
	REQUIRE_OK(record_set(s, &r, "state", "left", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	CHECK_INT(find(&all, galia)->state, ENROLMENT_LEFT);
	CHECK_INT(all.left, 1);
	course_people_release(&all);
	CHECK_INT(enrol(galia, ""), 0);
	check_field(s, &enrolment_type, id, "state", "enrolled");
	check_field(s, &enrolment_type, id, "course_group", first);
	/* Completed without a day is half a word. */
	REQUIRE_OK(record_load(s, &r, &enrolment_type, id, &e));
	REQUIRE_OK(record_set(s, &r, "state", "completed", &e));
	CHECK_INT(record_save(s, &r, &e), -1);
	record_release(&r);
	/* The group by its title is that of the course. */
	REQUIRE_OK(course_find_group(s, other, "первая группа", id, &e));
	CHECK_STR(id, of_other);
	REQUIRE_OK(course_find_group(s, course, "первая группа", id, &e));
	CHECK_STR(id, first);
	end();
}

static void test_hours(void)
{
	struct course_people all;
	struct buf told = BUF_INIT;
	char day[11];
	struct err e = ERR_INIT;
	begin();
	CHECK_INT(hours(galia, "10.02.2020", 8, &told), -1);
	CHECK(strstr(told.data, "Галимова") != NULL);		/* not enrolled */
	buf_reset(&told);
	enrol(galia, first);
	REQUIRE_OK(course_next_day(s, course, day, &e));
	CHECK_STR(day, "2020-02-10");
	CHECK_INT(hours(galia, "10.02.2020", 8, &told), 0);
	CHECK_INT(hours(galia, "10.02.2020", 6, &told), 0);	/* in place of it */
	CHECK_INT(hours(galia, "11.02.2020", 8, &told), 0);
	CHECK_STR(told.data, "");
	REQUIRE_OK(course_next_day(s, course, day, &e));
	CHECK_STR(day, "2020-02-12");
	CHECK_INT(find(&all, galia)->hours, 14);
	course_people_release(&all);
	CHECK_INT(hours(galia, "11.02.2020", 0, &told), 0);	/* taken back */
	CHECK_INT(hours(galia, "11.02.2020", 0, &told), 0);
	CHECK_INT(find(&all, galia)->hours, 6);
	course_people_release(&all);
	CHECK_INT(hours(galia, "12.02.2020", 25, &told), -1);
	buf_reset(&told);
	/* A day outside the group's dates is kept, and told. */
	CHECK_INT(hours(galia, "17.02.2020", 8, &told), 0);
	CHECK(strstr(told.data, "17.02.2020") != NULL && strstr(told.data, "Первая группа") != NULL);
	buf_reset(&told);
	/* More than the course has. */
	CHECK_INT(hours(galia, "13.02.2020", 24, &told), 0);
	CHECK_INT(hours(galia, "14.02.2020", 24, &told), 0);
	CHECK_STR(told.data, "");
	CHECK_INT(hours(galia, "12.02.2020", 24, &told), 0);
	CHECK(strstr(told.data, "86") != NULL && strstr(told.data, "72") != NULL);
	CHECK_INT(find(&all, galia)->hours, 86);
	course_people_release(&all);
	refused(s, &study_day_type, "hours", "course", course, "person", galia, "date", "2020-02-15", "hours", "25", NULL);
	buf_release(&told);
	end();
}

static void complete(const char *who)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(course_complete(s, course, who, "02-777", "14.02.2020", "", &e));
}

static void test_completion(void)
{
	char id[2 * RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	begin();
	CHECK_INT(course_complete(s, course, galia, "1", "14.02.2020", "", &e), -1);
	enrol(galia, first);
	enrol(zilia, second);
	CHECK_INT(course_complete(s, course, galia, "1", "32.02.2020", "", &e), -1);
	check_field(s, &person_type, galia, "stage", "selected");		/* nothing of it */
	complete(galia);
	snprintf(id, sizeof id, "%s/%s", course, galia);
	check_field(s, &enrolment_type, id, "state", "completed");
	check_field(s, &enrolment_type, id, "completed", "2020-02-14");
	check_field(s, &enrolment_type, id, "document", "02-777");
	check_field(s, &enrolment_type, id, "document_date", "2020-02-14");
	check_field(s, &enrolment_type, id, "document_kind", "удостоверение о повышении квалификации");
	check_field(s, &person_type, galia, "stage", "trained");
	complete(zilia);
	check_field(s, &person_type, zilia, "stage", "working");		/* further already */
	end();
}

static void test_certificates(void)
{
	char id[RECORD_ID_SIZE], again[RECORD_ID_SIZE];
	struct buf told = BUF_INIT;
	struct course_people all;
	struct err e = ERR_INIT;
	bool issued;
	begin();
	enrol(galia, first);
	enrol(zilia, second);
	hours(galia, "10.02.2020", 8, &told);
	hours(zilia, "16.03.2020", 6, &told);
	complete(galia);
	struct certificate_wish w = { .person = galia, .course = course, .hours = -1 };
	REQUIRE_OK(certificate_issue(s, &w, id, &issued, &e));
	check_field(s, &certificate_type, id, "hours", "72");		/* who has completed it has the course's */
	check_field(s, &certificate_type, id, "title", "Консультирование НКО");
	check_field(s, &certificate_type, id, "date", "2020-02-14");
	REQUIRE_OK(certificate_issue(s, &w, again, &issued, &e));
	CHECK_STR(again, id);
	CHECK(strlen(find(&all, galia)->certificate) > 3);
	CHECK_STR(course_people_find(&all, zilia)->certificate, "");
	course_people_release(&all);
	w.person = zilia;
	REQUIRE_OK(certificate_issue(s, &w, again, &issued, &e));
	CHECK(issued && strcmp(again, id) != 0);
	check_field(s, &certificate_type, again, "hours", "6");		/* else those that were attended */
	w.course = "";
	REQUIRE_OK(certificate_issue(s, &w, again, &issued, &e));
	CHECK(issued);
	check_field(s, &certificate_type, again, "hours", "");
	w.course = "nosuch-1";
	CHECK_INT(certificate_issue(s, &w, again, &issued, &e), -1);
	buf_release(&told);
	end();
}

/* What another device wrote need not be hours, a state or a course's group. */
static void test_nonsense_from_elsewhere(void)
{
	struct course_people all;
	struct buf told = BUF_INIT;
	struct err e = ERR_INIT;
	char sql[512];
	begin();
	enrol(galia, first);
	hours(galia, "10.02.2020", 8, &told);
	REQUIRE_OK(store_begin(s, &e));
	snprintf(sql, sizeof sql, "INSERT INTO study_day(id, deleted, course, person, date, hours) VALUES('%s/%s/x', 0, '%s', '%s', 'когда-то', 9223372036854775807)",
	    course, galia, course, galia);
	REQUIRE_OK(store_exec(s, sql, &e));
	REQUIRE_OK(store_exec(s, "UPDATE enrolment SET state = 'что-то', course_group = 'nosuch-1'", &e));
	REQUIRE_OK(store_commit(s, &e));
	CHECK_INT(find(&all, galia)->hours, 8);
	CHECK_INT(all.enrolled, 1);
	course_people_release(&all);
	CHECK_INT(hours(galia, "11.02.2020", 8, &told), 0);
	buf_release(&told);
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_course), TEST(test_enrolment), TEST(test_hours), TEST(test_completion), TEST(test_certificates), TEST(test_nonsense_from_elsewhere), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
