#include "tests/unit/stores.h"

#include "base/clock.h"
#include "records/attendance.h"
#include "records/conflicts.h"
#include "records/person_link.h"
#include "records/trail.h"

static struct store *a, *b;

static bool begin(void)
{
	a = new_store();
	b = new_store();
	return a != NULL && b != NULL;
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

static int dump(void *context, const struct conflict_line *c, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%s %s “%s” %s:", c->type->name, c->name, c->field, c->column);
	for (int i = 0; i < c->count; i++)
		buf_addf(out, " %s(%s)%s@%lld", c->choice[i].value, c->choice[i].text, c->choice[i].author.own ? "*" : "", (long long)c->choice[i].ms);
	buf_addc(out, '\n');
	return 0;
}

static const char *conflicts(struct store *s)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(&out);
	if (conflicts_each(s, dump, &out, &e) != 0)
		test_note("%s", e.text);
	return out.data;
}

/* Both devices edited the telephone at second 1 and 2; the second is shown. */
static bool telephone(char id[RECORD_ID_SIZE])
{
	if (!begin())
		return false;
	clock_set(500);
	make(a, &person_type, id, "name", "Галимова Айгуль", "phone", "89170000001", NULL);
	meet(a, b);
	clock_set(1000);
	edit(a, &person_type, id, "phone", "89170000002");
	clock_set(2000);
	edit(b, &person_type, id, "phone", "89170000003");
	meet(a, b);
	clock_set(3000);
	return true;
}

static void test_list(void)
{
	char id[RECORD_ID_SIZE];

	if (!telephone(id))
		return;
	CHECK_STR(conflicts(a), "person Галимова Айгуль “Phone” phone: +79170000003(+7 917 000-00-03)@2000 +79170000002(+7 917 000-00-02)*@1000\n");
	CHECK_STR(conflicts(b), "person Галимова Айгуль “Phone” phone: +79170000003(+7 917 000-00-03)*@2000 +79170000002(+7 917 000-00-02)@1000\n");
	end();
}

static int dump_devices(void *context, const struct conflict_line *c, struct err *e)
{
	struct buf *out = context;

	(void)e;
	for (int i = 0; i < c->count; i++)
		buf_addf(out, "%s|%s;", c->choice[i].author.person, c->choice[i].device);
	return 0;
}

static void devices_are(const char *person, const char *label, const char *want)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char sql[512];

	snprintf(sql, sizeof sql, "UPDATE device SET person_name = '%s', label = %s WHERE no = 2", person, label);
	REQUIRE_OK(store_exec(a, sql, &e));
	REQUIRE_OK(conflicts_each(a, dump_devices, &out, &e));
	CHECK_STR(out.data, want);
	buf_release(&out);
}

/* Two laptops of one person are told apart by what they are called, else by their tags; who is another person needs no such word. */
static void test_devices(void)
{
	char id[RECORD_ID_SIZE], want[256], tags[2][DEVICE_TAG_SIZE];
	struct err e = ERR_INIT;

	if (!telephone(id))
		return;
	snprintf(tags[0], sizeof tags[0], "%s", store_identity(a)->pub.tag);
	snprintf(tags[1], sizeof tags[1], "%s", store_identity(b)->pub.tag);
	REQUIRE_OK(store_exec(a, "UPDATE device SET person_name = 'Орлова Вера', label = 'дома' WHERE no = 1", &e));
	devices_are("Хасанова Гөлнара", "'на работе'", "Хасанова Гөлнара|;Орлова Вера|;");
	devices_are("Орлова Вера", "'на работе'", "Орлова Вера|на работе;Орлова Вера|дома;");
	snprintf(want, sizeof want, "Орлова Вера|%s;Орлова Вера|%s;", tags[1], tags[0]);
	devices_are("Орлова Вера", "'дома'", want);
	snprintf(want, sizeof want, "Орлова Вера|%s;Орлова Вера|дома;", tags[1]);
	devices_are("Орлова Вера", "NULL", want);
	devices_are("", "NULL", "|;Орлова Вера|;");
	end();
}

/* The value of the one, of the other, a third: the conflict is over on both replicas, with that value. */
static void test_settle(void)
{
	static const char *const values[] = { NULL, "+79170000003", "+79170000002", "8 (917) 000-00-09", "" };
	static const char *const shown[] = { "+79170000003", "+79170000003", "+79170000002", "+79170000009", "" };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char id[RECORD_ID_SIZE];
		struct err e = ERR_INIT;

		if (!telephone(id))
			return;
		REQUIRE_OK(conflict_settle(a, "person", id, "phone", values[i], &e));
		CHECK_STR(conflicts(a), "");
		check_field(a, &person_type, id, "phone", shown[i]);
		meet(a, b);
		CHECK_STR(conflicts(b), "");
		check_field(b, &person_type, id, "phone", shown[i]);
		CHECK_INT(conflict_settle(b, "person", id, "phone", NULL, &e), -1);		/* it is settled */
		CHECK_INT(e.code, ERR_REFUSED);
		end();
	}
}

static void test_not_a_value(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!telephone(id))
		return;
	CHECK_INT(conflict_settle(a, "person", id, "phone", "twelve", &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(*conflicts(a) != '\0');
	CHECK_INT(conflict_settle_field(a, &person_type, id, "Email", NULL, &e), -1);
	CHECK_INT(conflict_settle_field(a, &person_type, id, "PHONE", "89170000002", &e), 0);
	CHECK_STR(conflicts(a), "");
	check_field(a, &person_type, id, "phone", "+79170000002");
	end();
}

/* Deleted here, edited there: the record stays until somebody says which. */
static bool removed(char id[RECORD_ID_SIZE])
{
	struct err e = ERR_INIT;

	if (!begin())
		return false;
	clock_set(500);
	make(a, &person_type, id, "name", "Галимова Айгуль", NULL);
	meet(a, b);
	clock_set(1000);
	edit(b, &person_type, id, "post", "библиотекарь");
	clock_set(2000);
	CHECK_INT(record_remove(a, &person_type, id, &e), 0);
	meet(a, b);
	clock_set(3000);
	return true;
}

static void test_removed(void)
{
	static const char *const values[] = { NULL, "0", "1", "there", "removed" };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char id[RECORD_ID_SIZE];
		struct err e = ERR_INIT;
		struct record r;
		bool goes = i == 2 || i == 4;

		if (!removed(id))
			return;
		CHECK_STR(conflicts(b), "person Галимова Айгуль “Record” deleted: 0(there)*@1000 1(removed)@2000\n");
		CHECK_INT(conflict_settle(b, "person", id, "deleted", "perhaps", &e), -1);
		REQUIRE_OK(conflict_settle(b, "person", id, "deleted", values[i], &e));
		meet(a, b);
		CHECK_STR(conflicts(a), "");
		CHECK_STR(conflicts(b), "");
		CHECK_INT(record_load(a, &r, &person_type, id, &e), goes ? -1 : 0);
		record_release(&r);
		CHECK_INT(record_load(b, &r, &person_type, id, &e), goes ? -1 : 0);
		record_release(&r);
		end();
	}
}

/* A role stands in a table of its own, and is a field of the person. */
static void test_role(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	clock_set(500);
	make(a, &person_type, id, "name", "Галимова", "role", "activist", NULL);
	meet(a, b);
	clock_set(1000);
	edit(a, &person_type, id, "role", "consultant");
	clock_set(2000);
	edit(b, &person_type, id, "role", "expert");
	meet(a, b);
	CHECK_STR(conflicts(a), "person Галимова “Role” role: expert(expert)@2000 consultant(consultant)*@1000\n");
	CHECK_INT(conflict_settle_field(a, &person_type, id, "role", "king", &e), -1);
	REQUIRE_OK(conflict_settle_field(a, &person_type, id, "role", "консультант", &e));
	meet(a, b);
	CHECK_STR(conflicts(b), "");
	check_field(b, &person_type, id, "role", "consultant");
	end();
}

static void run_sql(struct store *s, const char *sql)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(store_begin(s, &e));
	CHECK_INT(store_exec(s, sql, &e), 0);
	REQUIRE_OK(store_commit(s, &e));
}

/* Of another programme than the one that the forms show; and a participation that was removed. */
static void test_other_programme(void)
{
	static const char *const values[] = { "0", "1", "candidate" };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char id[RECORD_ID_SIZE], next[RECORD_ID_SIZE];
		const char *field = i == 2 ? "stage" : "deleted";
		struct err e = ERR_INIT;

		if (!begin())
			return;
		clock_set(500);
		make(a, &person_type, id, "name", "Галимова", "role", "activist", NULL);
		make(a, &programme_type, next, "title", "Следующая", NULL);
		meet(a, b);
		clock_set(1000);
		edit(a, &person_type, id, "stage", "candidate");
		clock_set(2000);
		if (i == 2)
			edit(b, &person_type, id, "stage", "selected");
		else
			run_sql(b, "UPDATE participation SET deleted = 1");
		meet(a, b);
		CHECK_INT(store_set_setting(a, "programme", next, &e), 0);
		CHECK(strstr(conflicts(a), i == 2 ? "person Галимова “Stage” stage: selected" : "person Галимова “Record” deleted: 0(there)") != NULL);
		REQUIRE_OK(conflict_settle_field(a, &person_type, id, field, values[i], &e));
		meet(a, b);
		CHECK_STR(conflicts(a), "");
		CHECK_STR(conflicts(b), "");
		CHECK_INT(query_number(b, "SELECT count(*) FROM participation WHERE deleted = 0 AND stage = 'candidate'"), i != 1);
		end();
	}
}

/* A note on a mark: the record has the two ids in its own. */
static void test_mark(void)
{
	char person[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], id[2 * RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	clock_set(500);
	make(a, &person_type, person, "name", "Галимова", NULL);
	make(a, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", NULL);
	CHECK_INT(attendance_mark(a, seminar, person, ATTENDANCE_REGISTERED, &e), 0);
	snprintf(id, sizeof id, "%s/%s", seminar, person);
	meet(a, b);
	clock_set(1000);
	edit(a, &attendance_type, id, "note", "на час");
	CHECK_INT(attendance_mark(a, seminar, person, ATTENDANCE_ABSENT, &e), 0);
	clock_set(2000);
	edit(b, &attendance_type, id, "note", "опоздает");
	CHECK_INT(attendance_mark(b, seminar, person, ATTENDANCE_PRESENT, &e), 0);
	meet(a, b);
	CHECK_STR(conflicts(a), "attendance Галимова “Note” note: опоздает(опоздает)@2000 на час(на час)*@1000\n");
	REQUIRE_OK(conflict_settle_field(b, &attendance_type, id, "note", "на час", &e));
	meet(a, b);
	CHECK_STR(conflicts(a), "");
	check_field(a, &attendance_type, id, "note", "на час");
	end();
}

/* --- the history in words --- */

static int tell(void *context, const struct trail_entry *t, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%s%s %s%s%s:", trail_deed(t), t->by->own ? "" : " there", t->type ? t->type->name : "?", *t->about ? " " : "", t->about);
	for (int i = 0; i < t->count; i++)
		buf_addf(out, " %s[%s→%s]%s", t->change[i].field, t->change[i].before, t->change[i].after, t->change[i].shown ? "!" : "");
	buf_addc(out, '\n');
	return 0;
}

static const char *trail(struct store *s, const struct record_type *t, const char *id)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;

	buf_reset(&out);
	if (trail_each(s, t, id, tell, &out, &e) != 0)
		test_note("%s", e.text);
	return out.data;
}

static void test_trail(void)
{
	char person[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], organisation[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	clock_set(500);
	make(a, &organisation_type, organisation, "name", "АНО «Родник»", NULL);
	make(a, &person_type, person, "name", "Галимова", "organisation", organisation, "municipality", "80618000", NULL);
	edit(a, &person_type, person, "role", "consultant");
	make(a, &seminar_type, seminar, "title", "Раз", "date", "2020-02-14", NULL);
	meet(a, b);
	clock_set(1000);
	edit(b, &person_type, person, "phone", "89170000001");
	CHECK_INT(attendance_mark(b, seminar, person, ATTENDANCE_PRESENT, &e), 0);
	edit(b, &seminar_type, seminar, "date", "2020-02-15");
	meet(a, b);
	CHECK_INT(record_remove(a, &person_type, person, &e), 0);
	CHECK_STR(trail(a, &person_type, person),
	    "added person: Full name[→Галимова]! Organisation[→АНО «Родник»]! Municipality[→Бураевский район]!\n"
	    "added person: Role[→activist]\n"
	    "changed person: Role[activist→consultant]!\n"
	    "changed there person: Phone[→+7 917 000-00-01]!\n"
	    "removed person: Record[there→removed]!\n");
	CHECK_STR(trail(a, &seminar_type, seminar) + strcspn(trail(a, &seminar_type, seminar), "\n"),
	    "\nadded there attendance Галимова: Mark[→present]!\n"
	    "changed there seminar: Date[14.02.2020→15.02.2020]!\n");
	end();
}

static void tells(const char *id, const char *line)
{
	const char *all = trail(a, &person_type, id);

	if (!CHECK(strstr(all, line) != NULL))
		test_note("%s", all);
}

/* What has no card of its own stands in the history of its person, and of the other person, too. */
static void test_trail_of_a_person(void)
{
	char person[RECORD_ID_SIZE], mentor[RECORD_ID_SIZE], card[RECORD_ID_SIZE], consent[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin())
		return;
	clock_set(500);
	make(a, &person_type, person, "name", "Галимова", NULL);
	make(a, &person_type, mentor, "name", "Хасанова", NULL);
	make(a, &person_type, card, "name", "Галимова А.", NULL);
	clock_set(1000);
	make(a, &consent_type, consent, "person", person, "purpose", "participation", "date", "1969-12-30", "form", "paper", NULL);
	REQUIRE_OK(record_remove(a, &consent_type, consent, &e));
	make(a, &mentorship_type, id, "mentor", mentor, "mentee", person, "since", "1969-12-31", NULL);
	make(a, &person_link_type, id, "person", person, "other", card, NULL);
	tells(person, "added consent Consent: Programme[→Живая сеть НКО]! Purpose[→participation]! ");
	tells(person, "removed consent Consent: Record[there→removed]!\n");
	tells(person, "added mentorship Mentorship: Programme[→Живая сеть НКО]! Mentor[→Хасанова]! Since[→31.12.1969]!\n");
	tells(person, "added link Галимова = Галимова А.: ");
	tells(mentor, "added mentorship Mentorship: Programme[→Живая сеть НКО]! Mentee[→Галимова]! Since[→31.12.1969]!\n");
	tells(card, "added link Галимова = Галимова А.: ");
	CHECK(strstr(trail(a, &consent_type, consent), "Person[→Галимова]! ") != NULL);
	end();
}

static void test_any_id(void)
{
	char person[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], id[RECORD_ID_SIZE], mark[2 * RECORD_ID_SIZE];
	const struct record_type *t;
	struct err e = ERR_INIT;

	if (!begin())
		return;
	make(a, &person_type, person, "name", "Галимова", NULL);
	make(a, &seminar_type, seminar, "title", "Раз", "date", "2020-02-14", NULL);
	CHECK_INT(attendance_mark(a, seminar, person, ATTENDANCE_PRESENT, &e), 0);
	snprintf(mark, sizeof mark, "%s/%s", seminar, person);
	REQUIRE_OK(record_resolve_any(a, seminar, &t, id, &e));
	CHECK(t == &seminar_type);
	CHECK_STR(id, seminar);
	REQUIRE_OK(record_resolve_any(a, mark, &t, id, &e));
	CHECK(t == &attendance_type);
	CHECK_INT(record_resolve_any(a, journal_tag(store_journal(a)), &t, id, &e), -1);	/* a person and a seminar begin so */
	CHECK(strstr(e.text, "can be several") != NULL);
	CHECK_INT(record_remove(a, &seminar_type, seminar, &e), 0);
	REQUIRE_OK(record_resolve_any(a, journal_tag(store_journal(a)), &t, id, &e));
	CHECK_STR(id, person);
	REQUIRE_OK(record_resolve_any(a, seminar, &t, id, &e));		/* removed, and whole */
	CHECK_STR(id, seminar);
	CHECK_INT(record_resolve_any(a, "Галимова", &t, id, &e), -1);
	CHECK_INT(record_resolve_any(a, "", &t, id, &e), -1);
	end();
}

static const struct test tests[] = {
	TEST(test_list), TEST(test_devices), TEST(test_settle), TEST(test_not_a_value), TEST(test_removed), TEST(test_role), TEST(test_other_programme), TEST(test_mark), TEST(test_trail), TEST(test_trail_of_a_person),
	TEST(test_any_id), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
