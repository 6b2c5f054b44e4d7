#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/mem.h"
#include "records/person.h"
#include "schema/schema.h"

static struct store *s;

static int64_t columns_of(const char *sql)
{
	sqlite3_stmt *st;
	if (!CHECK_INT(sqlite3_prepare_v2(store_db(s), sql, -1, &st, NULL), SQLITE_OK)) {
		test_note("%s", sql);
		return -1;
	}
	int64_t n = sqlite3_column_count(st);
	sqlite3_finalize(st);
	return n;
}

static int64_t parameters_of(const char *sql)
{
	sqlite3_stmt *st;
	if (!CHECK_INT(sqlite3_prepare_v2(store_db(s), sql, -1, &st, NULL), SQLITE_OK)) {
		test_note("%s", sql);
		return -1;
	}
	int64_t n = sqlite3_bind_parameter_count(st);
	sqlite3_finalize(st);
	return n;
}

/* The statements of every type agree with its fields in number, and each column of load with the field's name. */
static void test_statements(void)
{
	struct err e = ERR_INIT;
	/* A statement that changes a record cannot be compiled before. */
	REQUIRE_OK(store_begin(s, &e));
	for (const struct record_type *const *t = record_types; *t; t++) {
		int own = 0;
		for (int i = 0; i < (*t)->count; i++)
			own += !(*t)->fields[i].in_programme;
		CHECK_INT(columns_of((*t)->sql.load), (*t)->count);
		CHECK_INT(columns_of((*t)->sql.list), (*t)->count + 1);
		CHECK_INT(parameters_of((*t)->sql.insert), own + 1);
		CHECK_INT(parameters_of((*t)->sql.update), own + 1);
		sqlite3_stmt *st;
		sqlite3_prepare_v2(store_db(s), (*t)->sql.load, -1, &st, NULL);
		for (int i = 0; i < (*t)->count; i++)
			CHECK_STR(sqlite3_column_name(st, i), (*t)->fields[i].name);
		sqlite3_finalize(st);
		CHECK(record_type_find((*t)->name) == *t);
	}
	store_rollback(s);
	CHECK(record_type_find("nonsense") == NULL);
}

/* Every field of every type is written and read back. */
static void test_round_trip(void)
{
	char organisation[RECORD_ID_SIZE], person[RECORD_ID_SIZE], other[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	make(s, &organisation_type, organisation, "name", "АНО «Родник»", "municipality", "Белебеевский район", "phone", "83478640000",
	    "email", "rodnik@example.org", "note", "две\nстроки", NULL);
	check_field(s, &organisation_type, organisation, "note", "две\nстроки");
	check_field(s, &organisation_type, organisation, "municipality", "80609000");
	make(s, &person_type, person, "name", "Галимова Айгуль Ринатовна", "phone", "8 917 000 00 01", "email", "a@example.org",
	    "organisation", "ано родник", "post", "директор", "municipality", "Белебеевский р-н", "role", "консультант",
	    "stage", "обучение пройдено", "note", "—", NULL);
	static const char *const want[] = { "Галимова Айгуль Ринатовна", "+79170000001", "a@example.org", NULL, "директор", "80609000",
		"consultant", "trained", "—" };
	for (int i = 0; i < person_type.count; i++)
		check_field(s, &person_type, person, person_type.fields[i].name, want[i] ? want[i] : organisation);
	make(s, &person_type, other, "name", "Галиуллин Рустам Фаритович", NULL);
	make(s, &mentorship_type, id, "mentor", person, "mentee", other, "since", "01.02.2020", "until", "30.06.2020", "goal", "открыть НКО", NULL);
	check_field(s, &mentorship_type, id, "mentor", person);
	check_field(s, &mentorship_type, id, "until", "2020-06-30");
	check_field(s, &mentorship_type, id, "programme", PROGRAMME_FIRST);
	make(s, &programme_type, id, "title", "Следующая", "grant", "21-1-000001", "since", "2021-01-01", "until", "2021-12-31", NULL);
	check_field(s, &programme_type, id, "state", "open");
	check_field(s, &programme_type, id, "grant", "21-1-000001");
}

/* Only the fields that changed stand in the operation. */
static void test_update(void)
{
	char id[RECORD_ID_SIZE];
	struct record r;
	struct err e = ERR_INIT;
	make(s, &person_type, id, "name", "Ахметов Ильдар", "phone", "+79170000002", NULL);
	int64_t seq = journal_last_seq(store_journal(s));
	REQUIRE_OK(record_load(s, &r, &person_type, id, &e));
	REQUIRE_OK(record_save(s, &r, &e));
	CHECK_INT(journal_last_seq(store_journal(s)), seq);		/* nothing changed: nothing written */
	REQUIRE_OK(record_set(s, &r, "post", "библиотекарь", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	CHECK_INT(journal_last_seq(store_journal(s)), seq + 1);
	CHECK_INT(query_number(s, "SELECT json_array_length(body) FROM oplog WHERE dev = 1 ORDER BY seq DESC LIMIT 1"), 1);
	REQUIRE_OK(record_set(s, &r, "stage", "кандидат", &e));		/* the participation alone */
	REQUIRE_OK(record_save(s, &r, &e));
	CHECK_INT(journal_last_seq(store_journal(s)), seq + 2);
	REQUIRE_OK(record_set(s, &r, "post", "", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	CHECK_INT(query_number(s, "SELECT count(*) FROM person WHERE post = ''"), 0);	/* empty is NULL */
	check_field(s, &person_type, id, "phone", "+79170000002");
	check_field(s, &person_type, id, "stage", "candidate");
	record_release(&r);
}

/* What came meanwhile is not overwritten unseen. */
static void test_meanwhile(void)
{
	char id[RECORD_ID_SIZE];
	struct record mine, theirs;
	struct err e = ERR_INIT;
	make(s, &person_type, id, "name", "Валеева Зиля", "phone", "+79170000003", NULL);
	REQUIRE_OK(record_load(s, &mine, &person_type, id, &e));
	REQUIRE_OK(record_load(s, &theirs, &person_type, id, &e));
	REQUIRE_OK(record_set(s, &theirs, "phone", "+79170000004", &e));
	REQUIRE_OK(record_set(s, &theirs, "post", "учитель", &e));
	REQUIRE_OK(record_save(s, &theirs, &e));
	REQUIRE_OK(record_set(s, &mine, "note", "звонить вечером", &e));
	REQUIRE_OK(record_save(s, &mine, &e));				/* another field: fine, and theirs stays */
	CHECK_STR(record_get(&mine, "phone"), "+79170000004");
	record_release(&mine);
	REQUIRE_OK(record_load(s, &mine, &person_type, id, &e));
	REQUIRE_OK(record_set(s, &mine, "phone", "+79170000005", &e));
	REQUIRE_OK(record_set(s, &theirs, "phone", "+79170000006", &e));
	REQUIRE_OK(record_save(s, &theirs, &e));
	CHECK_INT(record_save(s, &mine, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strstr(e.text, "+7 917 000-00-06") != NULL);
	check_field(s, &person_type, id, "phone", "+79170000006");
	REQUIRE_OK(record_save(s, &mine, &e));				/* seen now, and meant */
	check_field(s, &person_type, id, "phone", "+79170000005");
	record_release(&mine);
	record_release(&theirs);
}

static void test_rules(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE];
	struct record r;
	struct err e = ERR_INIT;
	make(s, &person_type, a, "name", "Первый", NULL);
	make(s, &person_type, b, "name", "Второй", NULL);
	refused(s, &person_type, "name", "phone", "+79170000007", NULL);
	refused(s, &person_type, "name", "name", "12345", NULL);
	refused(s, &person_type, "colour", "name", "Третий", "colour", "red", NULL);
	refused(s, &person_type, "municipality", "name", "Третий", "municipality", "Атлантида", NULL);
	refused(s, &organisation_type, "name", "note", "без имени", NULL);
	refused(s, &mentorship_type, "mentee", "mentor", a, "mentee", a, NULL);
	refused(s, &mentorship_type, "mentor", "mentee", a, NULL);
	refused(s, &mentorship_type, "until", "mentor", a, "mentee", b, "since", "2020-03-01", "until", "2020-02-29", NULL);
	refused(s, &mentorship_type, "since", "mentor", a, "mentee", b, "since", "2020-02-30", NULL);
	refused(s, &programme_type, "until", "title", "x", "since", "2020-03-01", "until", "2019-03-01", NULL);
	REQUIRE_OK(record_load(s, &r, &person_type, a, &e));
	CHECK_INT(record_set(s, &r, "name", "", &e), -1);
	CHECK_STR(record_get(&r, "name"), "Первый");			/* a refused value leaves the old one */
	CHECK(!r.changed[record_field(&person_type, "name")]);
	record_release(&r);
}

static void test_remove(void)
{
	char id[RECORD_ID_SIZE], again[RECORD_ID_SIZE];
	struct record r;
	struct err e = ERR_INIT;
	make(s, &person_type, id, "name", "Лишний Человек", NULL);
	int64_t count = journal_count(store_journal(s), "person");
	REQUIRE_OK(record_remove(s, &person_type, id, &e));
	CHECK_INT(journal_count(store_journal(s), "person"), count - 1);
	CHECK_INT(record_load(s, &r, &person_type, id, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(record_remove(s, &person_type, id, &e), -1);
	CHECK_INT(record_resolve(s, &person_type, "Лишний Человек", again, &e), -1);
	struct buf name = BUF_INIT;
	record_name(s, &person_type, id, &name);			/* who refers to it still shows it */
	CHECK_STR(name.data, "Лишний Человек");
	buf_release(&name);
	make(s, &person_type, again, "name", "Следующий", NULL);
	CHECK(strcmp(id, again) != 0);
}

static void resolves(const char *typed, const char *want)
{
	char id[RECORD_ID_SIZE] = "";
	struct err e = ERR_INIT;
	if (!CHECK_INT(record_resolve(s, &organisation_type, typed, id, &e), 0))
		test_note("“%s”: %s", typed, e.text);
	CHECK_STR(id, want);
}

static void not_resolved(const char *typed, const char *word)
{
	char id[RECORD_ID_SIZE] = "";
	struct err e = ERR_INIT;
	CHECK_INT(record_resolve(s, &organisation_type, typed, id, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	if (!CHECK(strstr(e.text, word) != NULL))
		test_note("%s", e.text);
}

static void test_resolve(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], c[RECORD_ID_SIZE], shorter[RECORD_ID_SIZE];
	make(s, &organisation_type, a, "name", "РОО «Ихлас»", NULL);
	make(s, &organisation_type, b, "name", "ТОС «Дружба»", NULL);
	make(s, &organisation_type, c, "name", "ТОС Дружба", NULL);
	resolves(a, a);
	snprintf(shorter, sizeof shorter, "%.9s", a);
	not_resolved(shorter, shorter);			/* the tag alone: the beginning of several */
	resolves("роо ихлас", a);
	resolves("  РОО   \"Ихлас\" ", a);
	not_resolved("ТОС Дружба", b);
	not_resolved("ТОС Дружба", c);
	not_resolved("ТОС", "ТОС");
	not_resolved("", "");
	not_resolved("zzzz", "zzzz");
	not_resolved("\x1b[31m", "");
	not_resolved("x\xff", "");
	not_resolved("' OR 1=1 --", "OR 1=1");
	not_resolved("%", "%");
}

/* An id that is the beginning of another is still itself. */
static void test_resolve_prefix(void)
{
	char id[RECORD_ID_SIZE], first[RECORD_ID_SIZE], name[32];
	for (int i = 0; i < 12; i++) {
		snprintf(name, sizeof name, "Программа %d", i);
		make(s, &programme_type, id, "title", name, NULL);
		if (i == 0)
			strcpy(first, id);
	}
	struct err e = ERR_INIT;
	char found[RECORD_ID_SIZE];
	REQUIRE_OK(record_resolve(s, &programme_type, first, found, &e));
	CHECK_STR(found, first);
	REQUIRE_OK(record_resolve(s, &programme_type, "fir", found, &e));
	CHECK_STR(found, PROGRAMME_FIRST);
}

/* A record that others refer to and this store does not hold. */
static void test_not_held(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(store_exec(s, "INSERT INTO known_name(tbl, id, name) VALUES ('person', 'zzzzzzzz-7', 'Дальний Эксперт')", &e));
	REQUIRE_OK(store_commit(s, &e));
	record_name(s, &person_type, "zzzzzzzz-7", &b);
	CHECK_STR(b.data, "Дальний Эксперт");
	buf_reset(&b);
	record_name(s, &organisation_type, "zzzzzzzz-7", &b);
	CHECK_STR(b.data, "zzzzzzzz-7");
	buf_release(&b);
	REQUIRE_OK(record_resolve(s, &person_type, "zzzzzzzz-7", id, &e));
	CHECK_STR(id, "zzzzzzzz-7");
	CHECK_INT(record_resolve(s, &person_type, "zzzzzzzz", id, &e), -1);
	CHECK_INT(record_resolve(s, &organisation_type, "zzzzzzzz-7", id, &e), -1);
}

struct listed { int count; struct buf names; };

static int list_one(void *context, const struct record *r, struct err *e)
{
	struct listed *l = context;
	(void)e;
	l->count++;
	buf_addf(&l->names, "%s|", record_get(r, "name"));
	return 0;
}

static void lists(const char *filter, const char *want)
{
	struct listed l = { 0, BUF_INIT };
	struct err e = ERR_INIT;
	CHECK_INT(record_each(s, &person_type, filter, list_one, &l, &e), 0);
	CHECK_STR(l.names.data, want);
	buf_release(&l.names);
}

static void test_each(void)
{
	struct store *whole = s;
	char id[RECORD_ID_SIZE], organisation[RECORD_ID_SIZE];
	s = new_store();
	make(s, &organisation_type, organisation, "name", "АНО «Родник»", NULL);
	make(s, &person_type, id, "name", "Ғәлиә Ҡотлобаева", "municipality", "80701000", NULL);
	make(s, &person_type, id, "name", "Ёлкин Пётр", "phone", "+79170000009", "organisation", organisation, NULL);
	make(s, &person_type, id, "name", "Жуков Егор", "role", "консультант", NULL);
	make(s, &person_type, id, "name", "Егоров Иван", NULL);
	lists(NULL, "Ғәлиә Ҡотлобаева|Егоров Иван|Ёлкин Пётр|Жуков Егор|");
	lists("галия", "Ғәлиә Ҡотлобаева|");
	lists("уфа", "Ғәлиә Ҡотлобаева|");
	lists("родник петр", "Ёлкин Пётр|");
	lists("8 917 000-00-09", "Ёлкин Пётр|");
	lists("consultant", "Жуков Егор|");
	lists("егор", "Егоров Иван|Жуков Егор|");
	lists("никого", "");
	store_close(s);
	s = whole;
}

static int stop_at_once(void *context, const struct record *r, struct err *e)
{
	(void)r;
	++*(int *)context;
	return err_set(e, ERR_UNREACHED, "stop");
}

static void test_each_stops(void)
{
	int calls = 0;
	struct err e = ERR_INIT;
	CHECK_INT(record_each(s, &person_type, NULL, stop_at_once, &calls, &e), -1);
	CHECK_INT(calls, 1);
	CHECK_INT(e.code, ERR_UNREACHED);
}

static void test_programme_current(void)
{
	char id[RECORD_ID_SIZE], next[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct record r;
	struct store *whole = s;
	s = new_store();
	REQUIRE_OK(programme_current(s, id, &e));
	CHECK_STR(id, PROGRAMME_FIRST);
	make(s, &programme_type, next, "title", "Следующая", "since", "2021-01-01", NULL);
	REQUIRE_OK(programme_current(s, id, &e));
	CHECK_STR(id, PROGRAMME_FIRST);
	REQUIRE_OK(record_load(s, &r, &programme_type, PROGRAMME_FIRST, &e));
	REQUIRE_OK(record_set(s, &r, "state", "закрыта", &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
	REQUIRE_OK(programme_current(s, id, &e));
	CHECK_STR(id, next);
	REQUIRE_OK(store_set_setting(s, "programme", PROGRAMME_FIRST, &e));
	REQUIRE_OK(programme_current(s, id, &e));
	CHECK_STR(id, PROGRAMME_FIRST);
	store_close(s);
	s = whole;
}

/* What is prepared while nobody waits changes nothing, neither before a transaction nor in one; what is written after it stands in the journal. */
static void test_warm(void)
{
	struct err e = ERR_INIT;
	struct store *fresh = new_store();
	char id[RECORD_ID_SIZE];
	uint64_t before;

	REQUIRE(fresh != NULL);
	before = store_version(fresh);
	CHECK_INT(store_warm(fresh, &e), 0);
	CHECK_INT(store_warm(fresh, &e), 0);
	CHECK(store_version(fresh) == before);
	REQUIRE_OK(store_begin(fresh, &e));
	make(fresh, &organisation_type, id, "name", "Родник", NULL);
	CHECK_INT(store_warm(fresh, &e), 0);
	REQUIRE_OK(store_commit(fresh, &e));
	CHECK(store_version(fresh) != before);
	CHECK_INT(store_check(fresh, &e), 0);		/* a row without its operation would be found */
	store_close(fresh);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_statements), TEST(test_round_trip), TEST(test_update), TEST(test_meanwhile), TEST(test_rules), TEST(test_remove),
		TEST(test_resolve), TEST(test_resolve_prefix), TEST(test_not_held), TEST(test_each), TEST(test_each_stops), TEST(test_programme_current),
		TEST(test_warm), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
