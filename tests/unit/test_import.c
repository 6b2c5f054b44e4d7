/* Lists as they arrive: see tests/fixtures/lists. */
#include "documents/csv.h"

#include <stdlib.h>

#include "base/fsutil.h"
#include "base/mem.h"
#include "documents/import.h"
#include "tests/unit/records.h"
#include "records/person.h"

static struct store *s;
static struct import_result result;

static int import(const char *path, bool dry_run, struct err *e)
{
	import_result_release(&result);
	return import_people(s, path, NULL, dry_run, &result, e);
}

static void import_list(const char *name, int rows, int taken, int known, int problems)
{
	const char *top = getenv("TEST_SOURCE_DIR");
	char path[4096];
	struct err e = ERR_INIT;
	snprintf(path, sizeof path, "%s/tests/fixtures/lists/%s", top && *top ? top : ".", name);
	REQUIRE_OK(import(path, false, &e));
	CHECK_INT(result.rows, rows);
	CHECK_INT(result.taken, taken);
	CHECK_INT(result.known, known);
	if (!CHECK_INT(result.problems, problems))
		for (int i = 0; i < result.problems; i++)
			test_note("line %d: %s", result.problem[i].line, result.problem[i].text);
}

static int import_text(const char *text, bool dry_run, struct err *e)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/list.csv", test_folder());
	if (fs_write(path, text, strlen(text), 0600, e) != 0)
		return -1;
	return import(path, dry_run, e);
}

static void problem_is(int i, int line, const char *words)
{
	if (!CHECK(i < result.problems))
		return;
	CHECK_INT(result.problem[i].line, line);
	if (!CHECK(strstr(result.problem[i].text, words) != NULL))
		test_note("%s", result.problem[i].text);
}

static void person_has(const char *name, const char *field, const char *want)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	REQUIRE_OK(record_resolve(s, &person_type, name, id, &e));
	check_field(s, &person_type, id, field, want);
}

static void works_at(const char *name, const char *organisation)
{
	char id[RECORD_ID_SIZE];
	struct record r;
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(record_resolve(s, &person_type, name, id, &e));
	REQUIRE_OK(record_load(s, &r, &person_type, id, &e));
	record_name(s, &organisation_type, record_get(&r, "organisation"), &b);
	CHECK_STR(b.data, organisation);
	record_release(&r);
	buf_release(&b);
}

static void test_cp1251(void)
{
	import_list("cp1251_semicolon.csv", 3, 3, 0, 0);
	CHECK_INT(result.ignored_count, 0);
	person_has("Ахметов Ильдар Зуфарович", "phone", "+79170000001");
	person_has("Ахметов Ильдар Зуфарович", "email", "ahmetov@example.org");
	person_has("Ахметов Ильдар Зуфарович", "post", "библиотекарь");
	person_has("Ахметов Ильдар Зуфарович", "municipality", "80618000");
	person_has("Ахметов Ильдар Зуфарович", "role", "activist");
	works_at("Ахметов Ильдар Зуфарович", "СП \"Бураевский\"");
	person_has("Галимова Айгуль Ринатовна", "role", "consultant");
	person_has("Галимова Айгуль Ринатовна", "phone", "+79170000003");
	person_has("Галимова Айгуль Ринатовна", "note", "Further telephones: +73472223344");
	int64_t organisations = journal_count(store_journal(s), "organisation");
	import_list("cp1251_semicolon.csv", 3, 0, 3, 0);		/* a second time: everybody is known */
	CHECK_INT(journal_count(store_journal(s), "organisation"), organisations);
}

static void test_names_apart(void)
{
	import_list("utf8_bom_comma.csv", 3, 3, 0, 0);
	person_has("Ҡотлобаева Ғәлиә Мөхәмәт ҡыҙы", "municipality", "80701000");
	person_has("Ҡотлобаева Ғәлиә Мөхәмәт ҡыҙы", "role", "expert");
	person_has("Ҡотлобаева Ғәлиә Мөхәмәт ҡыҙы", "note", "Звонить вечером,\nпосле 18:00");
	works_at("Ҡотлобаева Ғәлиә Мөхәмәт ҡыҙы", "РОО «Ихлас», Уфа");
	person_has("Ёлкин Пётр", "phone", "+79170000012");		/* without the apostrophe of an export */
	person_has("Ёлкин Пётр", "municipality", "80745000");
	person_has("Ёлкин Пётр", "role", "expert");
	person_has("Иванов Иван Иванович", "phone", "");		/* «нет», «-» */
	person_has("Иванов Иван Иванович", "email", "");
	person_has("Иванов Иван Иванович", "municipality", "80649000");
	person_has("Иванов Иван Иванович", "role", "activist");
}

static void test_tab(void)
{
	import_list("tab.tsv", 2, 2, 0, 0);
	person_has("Ahmetov Ildar", "stage", "trained");
	person_has("Ahmetov Ildar", "note", "two\nlines");
	works_at("Ahmetov Ildar", "NPO Spring");
	works_at("Valeeva Zilya", "NPO Spring");			/* the same, however its quotation marks stand */
	person_has("Valeeva Zilya", "phone", "+79170000022");
}

static void test_quoted_breaks(void)
{
	import_list("quoted_breaks.csv", 2, 2, 0, 0);
	CHECK_INT(result.ignored_count, 0);				/* a column for signatures is understood */
	person_has("Хасанова Гульнара Рифовна", "phone", "+79170000031");
	person_has("Хасанова Гульнара Рифовна", "note", "первая строка\nвторая строка\nFurther telephones: +79170000032");
	works_at("Хасанова Гульнара Рифовна", "Общество инвалидов");
	person_has("Юсупов Тимур", "phone", "+79170000033");
	person_has("Юсупов Тимур", "note", "Further telephones: +79170000034");
}

static void test_excel_numbers(void)
{
	import_list("excel_numbers.csv", 3, 1, 0, 2);
	problem_is(0, 2, "phone: ");
	problem_is(0, 2, "8,91701E+10");
	problem_is(1, 4, "8.91701E+10");
	person_has("Второй Человек", "phone", "+79170000042");
}

static void test_problems(void)
{
	int64_t before = journal_count(store_journal(s), "person");
	import_list("problems.csv", 8, 2, 0, 6);
	CHECK_INT(journal_count(store_journal(s), "person"), before + 2);
	CHECK_INT(result.ignored_count, 1);
	CHECK_STR(result.ignored[0], "Любимый цвет");
	problem_is(0, 3, "name");
	problem_is(1, 4, "municipality: ");
	problem_is(2, 5, "role: ");
	problem_is(3, 6, "email: ");
	problem_is(4, 7, "phone: ");
	problem_is(5, 8, "name: ");
	person_has("Другой Хороший", "municipality", "80701000");
}

static void test_duplicates(void)
{
	import_list("duplicates.csv", 8, 5, 3, 0);
	/* Two bear that name in that municipality by now: a line without a telephone could be either. */
	import_list("duplicates.csv", 8, 0, 7, 1);
}

static void test_dry_run(void)
{
	struct err e = ERR_INIT;
	static const char list[] = "ФИО;Телефон;Организация\nНовый Человек;89170000071;Новая организация\n";
	int64_t people = journal_count(store_journal(s), "person"), organisations = journal_count(store_journal(s), "organisation");
	int64_t seq = journal_last_seq(store_journal(s));
	REQUIRE_OK(import_text(list, true, &e));
	CHECK_INT(result.taken, 1);
	CHECK_INT(journal_count(store_journal(s), "person"), people);
	CHECK_INT(journal_count(store_journal(s), "organisation"), organisations);
	CHECK_INT(journal_last_seq(store_journal(s)), seq);
	REQUIRE_OK(import_text(list, false, &e));
	CHECK_INT(result.taken, 1);
	CHECK_INT(journal_count(store_journal(s), "person"), people + 1);
}

/* A row that is refused after its organisation was made leaves none. */
static void test_row_is_whole(void)
{
	struct err e = ERR_INIT;
	int64_t organisations = journal_count(store_journal(s), "organisation");
	REQUIRE_OK(import_text("ФИО;Телефон;Организация\n12345;89170000081;Лишняя\n", false, &e));
	CHECK_INT(result.problems, 1);
	CHECK_INT(journal_count(store_journal(s), "organisation"), organisations);
}

static void test_organisations(void)
{
	struct err e = ERR_INIT;
	int64_t organisations = journal_count(store_journal(s), "organisation");
	REQUIRE_OK(import_text("ФИО;Телефон;Организация;Район\n"
	    "Первая Анна;89170000091;АНО «Исток»;Бураевский\n"
	    "Вторая Анна;89170000092;ано \"исток\";Бураевский\n"
	    "Третья Анна;89170000093;АНО Исток;Бирский\n"		/* of another municipality: another one */
	    "Четвёртая Анна;89170000094;АНО Исток;\n"
	    "Пятая Анна;89170000095;нет;\n", false, &e));
	CHECK_INT(result.taken, 4);
	CHECK_INT(result.asked, 1);				/* which of the two */
	CHECK_INT(journal_count(store_journal(s), "organisation"), organisations + 2);
	works_at("Вторая Анна", "АНО «Исток»");
	works_at("Пятая Анна", "");
}

/* Two with one name and one telephone: never either. */
static void test_equal_bearers(void)
{
	static const char line[] = "ФИО;Телефон;Должность\nРавная Роза;89170000111;бухгалтер\n";
	struct err e = ERR_INIT;
	char one[RECORD_ID_SIZE], two[RECORD_ID_SIZE], with_id[256];
	struct record r;
	make(s, &person_type, one, "name", "Равная Роза", "phone", "89170000111", NULL);
	make(s, &person_type, two, "name", "Равная Роза", "phone", "89170000111", NULL);
	int64_t people = query_number(s, "SELECT count(*) FROM person"), seq = journal_last_seq(store_journal(s));
	REQUIRE_OK(import_text(line, false, &e));
	CHECK_INT(result.asked, 1);
	CHECK_INT(result.known + result.taken + result.changed, 0);
	CHECK_INT(journal_last_seq(store_journal(s)), seq);
	struct import_list *l = import_list_of(IMPORT_PEOPLE, line, strlen(line), NULL, &e);
	import_list_answer(l, 2, COLUMN_PERSON, "Равная Роза", two);
	import_result_release(&result);
	REQUIRE_OK(import_list_run(s, l, false, NULL, NULL, &result, &e));
	import_list_close(l);
	CHECK_INT(result.changed, 1);
	REQUIRE_OK(record_load(s, &r, &person_type, two, &e));
	CHECK_STR(record_get(&r, "post"), "бухгалтер");
	record_release(&r);
	/* The same by a column of ids; an id that is none of ours says nothing. */
	snprintf(with_id, sizeof with_id, "id;ФИО;Телефон;Должность\n%s;Равная Роза;89170000111;кассир\n17;Равная Роза;89170000112;\n", one);
	REQUIRE_OK(import_text(with_id, false, &e));
	CHECK_INT(result.changed, 1);
	CHECK_INT(result.taken, 1);
	CHECK_INT(query_number(s, "SELECT count(*) FROM person"), people + 1);
	REQUIRE_OK(record_load(s, &r, &person_type, one, &e));
	CHECK_STR(record_get(&r, "post"), "кассир");
	record_release(&r);
}

static void test_phones(void)
{
	static const struct { const char *typed, *phone, *note; } cells[] = {
		{ "8(917)100-00-01; 8(917)100-00-02; 8(917)100-00-03", "+79171000001", "Further telephones: +79171000002, +79171000003" },
		{ "8 917 100 00 04, доб. 5", "+79171000004", "Further telephones: доб. 5" },
		{ "89171000005 89171000006", "+79171000005", "Further telephones: +79171000006" },
		{ "=\"89171000007\"", "+79171000007", "" },
		{ "—", "", "" },
	};
	struct err e = ERR_INIT;
	struct buf list = BUF_INIT;
	buf_adds(&list, "ФИО\tТелефон\n");
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		buf_addf(&list, "Телефонов %c\t%s\n", 'A' + (int)i, cells[i].typed);
	REQUIRE_OK(import_text(list.data, false, &e));
	buf_release(&list);
	CHECK_INT(result.taken, 5);
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		char name[64];
		snprintf(name, sizeof name, "Телефонов %c", 'A' + (int)i);
		person_has(name, "phone", cells[i].phone);
		person_has(name, "note", cells[i].note);
	}
}

static void test_refused_files(void)
{
	struct err e = ERR_INIT;
	uint64_t version = store_version(s);
	CHECK_INT(import_text("просто\nтекст\n", false, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(strstr(e.text, "header") != NULL);
	CHECK_INT(import_text("", false, &e), -1);
	CHECK_INT(import_text("ФИО;Телефон\nКто-то;\"89170000001\n", false, &e), -1);
	CHECK(strstr(e.text, "line 2") != NULL);
	CHECK_INT(import("/nonexistent/list.csv", false, &e), -1);
	CHECK_INT(import(test_folder(), false, &e), -1);
	CHECK(version == store_version(s));
	REQUIRE_OK(import_text("ФИО;Телефон\n", false, &e));
	CHECK_INT(result.rows, 0);
}

static void column_is(const char *title, enum import_column want)
{
	if (!CHECK_INT(import_column_find(IMPORT_PEOPLE, title), want))
		test_note("%s", title);
}

static void test_name_columns(void)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(import_text("Name,Surname,Phone,Phone\nJohn,Smithson,89172000001,89172000002\n", false, &e));
	person_has("Smithson John", "note", "Further telephones: +79172000002");
	REQUIRE_OK(import_text("Имя;Телефон\nБезфамильный;\"8 917\n200 00 03\"\n", false, &e));
	CHECK_INT(result.taken, 1);
	person_has("Безфамильный", "phone", "+79172000003");
}

static void test_headers(void)
{
	column_is("ФИО", COLUMN_NAME);
	column_is("Ф.И.О.", COLUMN_NAME);
	column_is("Ф. И. О. участника", COLUMN_NAME);
	column_is("Фамилия, имя, отчество", COLUMN_NAME);
	column_is("Фамилия", COLUMN_SURNAME);
	column_is("ИМЯ", COLUMN_GIVEN);
	column_is("Отчество (при наличии)", COLUMN_PATRONYMIC);
	column_is("Телефон", COLUMN_PHONE);
	column_is("Тел.", COLUMN_PHONE);
	column_is("Контактный телефон", COLUMN_PHONE);
	column_is("Сотовый", COLUMN_PHONE);
	column_is("Моб. тел.", COLUMN_PHONE);
	column_is("Эл. почта", COLUMN_EMAIL);
	column_is("E-mail", COLUMN_EMAIL);
	column_is("Адрес электронной почты", COLUMN_EMAIL);
	column_is("Место работы", COLUMN_ORGANISATION);
	column_is("Организация (полное наименование)", COLUMN_ORGANISATION);
	column_is("Должность", COLUMN_POST);
	column_is("Муниципалитет", COLUMN_MUNICIPALITY);
	column_is("Муниципальный район / городской округ", COLUMN_MUNICIPALITY);
	column_is("Район", COLUMN_MUNICIPALITY);
	column_is("Роль", COLUMN_ROLE);
	column_is("Примечание", COLUMN_NOTE);
	column_is("№", COLUMN_SKIPPED);
	column_is("№ п/п", COLUMN_SKIPPED);
	column_is("Full name", COLUMN_NAME);
	column_is("Organization", COLUMN_ORGANISATION);
	column_is("Телефонист", COLUMN_UNKNOWN);
	column_is("", COLUMN_UNKNOWN);
}

/* What is exported is imported again and known. */
static void test_round_trip(void)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(export_csv(s, &person_type, NULL, &out, &e));
	REQUIRE_OK(import_text(out.data, false, &e));
	CHECK_INT(result.taken, 0);
	CHECK_INT(result.problems, 0);
	CHECK_INT(result.known, journal_count(store_journal(s), "person"));
	buf_release(&out);
}

/* --- what becomes of each row --- */

struct told { int count; struct { int line; enum import_fate fate; char name[200], words[400]; } row[8]; };

static int note_row(void *context, const struct import_row *row, struct err *e)
{
	struct told *t = context;
	(void)e;
	if (t->count < 8) {
		t->row[t->count].line = row->line;
		t->row[t->count].fate = row->fate;
		snprintf(t->row[t->count].name, sizeof t->row->name, "%s", row->name);
		snprintf(t->row[t->count].words, sizeof t->row->words, "%s", row->words);
	}
	t->count++;
	return 0;
}

static struct import_list *list_of(const char *text)
{
	char path[4096];
	struct err e = ERR_INIT;
	snprintf(path, sizeof path, "%s/list.csv", test_folder());
	CHECK_INT(fs_write(path, text, strlen(text), 0600, &e), 0);
	return import_list_open(IMPORT_PEOPLE, path, NULL, &e);
}

static void row_is(const struct told *t, int i, int line, enum import_fate fate, const char *words)
{
	REQUIRE(i < t->count);
	CHECK_INT(t->row[i].line, line);
	CHECK_INT(t->row[i].fate, fate);
	if (!CHECK(strstr(t->row[i].words, words)))
		test_note("“%s” is not in “%s”", words, t->row[i].words);
}

/* Gaps of a card are filled; what stands in it stays. The file may change after it was shown. */
static void test_rows(void)
{
	static const char list[] = "Список\nФИО;Телефон;Эл. почта;Должность;Район;Организация\n"
	    "Строкова Первая;89170001001;;;Бураевский;\n"
	    "Строкова Первая;89170001001;p@example.org;учитель;Бураевский;АНО «Строка»\n"
	    "Строкова Первая;89170001001;другое@example.org;учитель;;АНО Строка\n"
	    "\n"
	    "Строкова Первая;89170001001;;;Бирский;Другая\n"
	    "Строкова Вторая;12;;;;\n";
	struct told t = { 0 };
	struct err e = ERR_INIT;
	struct import_list *l = list_of(list);
	int64_t people = journal_count(store_journal(s), "person"), seq = journal_last_seq(store_journal(s));
	REQUIRE(l);
	import_result_release(&result);
	REQUIRE_OK(import_list_run(s, l, true, note_row, &t, &result, &e));
	CHECK_INT(t.count, 5);
	row_is(&t, 0, 3, IMPORT_NEW, "");
	CHECK_STR(t.row[0].name, "Строкова Первая");
	row_is(&t, 1, 4, IMPORT_CHANGED, "fills in: Email, Post, Organisation");
	row_is(&t, 2, 5, IMPORT_SAME, "stays as in the card: Email");
	row_is(&t, 3, 7, IMPORT_SAME, "stays as in the card: Municipality, Organisation");
	row_is(&t, 4, 8, IMPORT_REFUSED, "phone: ");
	CHECK_INT(result.rows, 5);
	CHECK_INT(result.taken, 1);
	CHECK_INT(result.changed, 1);
	CHECK_INT(result.known, 2);
	CHECK_INT(result.problems, 1);
	CHECK_STR(result.charset, "utf-8");
	CHECK_INT(journal_count(store_journal(s), "person"), people);
	CHECK_INT(journal_last_seq(store_journal(s)), seq);
	import_list_close(list_of("ФИО\nПодменённый Список\n"));
	import_result_release(&result);
	REQUIRE_OK(import_list_run(s, l, false, NULL, NULL, &result, &e));
	CHECK_INT(result.taken, 1);
	person_has("Строкова Первая", "email", "p@example.org");
	person_has("Строкова Первая", "municipality", "80618000");
	works_at("Строкова Первая", "АНО «Строка»");
	import_list_close(l);
}

static int stop_there(void *context, const struct import_row *row, struct err *e)
{
	(void)row;
	return ++*(int *)context == 3 ? err_set(e, ERR_REFUSED, "enough") : 0;
}

static bool stop_at(void *context)
{
	return --*(int *)context == 0;
}

/* Whoever stops it, by the rows or by the watch, at any moment: nothing is left of it. */
static void test_stopped(void)
{
	struct buf list = BUF_INIT;
	struct err e = ERR_INIT;
	int64_t people = journal_count(store_journal(s), "person"), seq = journal_last_seq(store_journal(s));
	int rows = 0, stopped = 0;
	buf_adds(&list, "ФИО;Телефон;Организация\n");
	for (int i = 0; i < 40; i++)
		buf_addf(&list, "Прерван %c;891700020%02d;Организация %d\n", 'A' + i % 26, i, i % 7);
	struct import_list *l = list_of(list.data);
	REQUIRE(l);
	import_result_release(&result);
	CHECK_INT(import_list_run(s, l, false, stop_there, &rows, &result, &e), -1);
	CHECK_STR(e.text, "enough");
	for (int n = 1, left; ; n += 1 + n / 20, stopped++) {
		left = n;
		store_watch(s, stop_at, &left);
		int rc = import_list_run(s, l, true, NULL, NULL, &result, &e);
		bool was = store_interrupted(s);
		store_watch(s, NULL, NULL);
		CHECK_INT(rc, was ? -1 : 0);
		if (was)
			CHECK_INT(e.code, ERR_REFUSED);
		CHECK_INT(result.problems, 0);
		CHECK_INT(journal_count(store_journal(s), "person"), people);
		CHECK_INT(journal_last_seq(store_journal(s)), seq);
		if (!was)
			break;
	}
	CHECK(stopped > 5);
	REQUIRE_OK(journal_check(store_journal(s), &e));
	import_result_release(&result);
	REQUIRE_OK(import_list_run(s, l, false, NULL, NULL, &result, &e));
	CHECK_INT(result.taken, 40);
	REQUIRE_OK(journal_check(store_journal(s), &e));
	import_list_close(l);
	buf_release(&list);
}

/* --- one name many times --- */

static bool count_steps(void *context)
{
	++*(int *)context;
	return false;
}

/* Thousands of SQLite's steps that a list of `count` people with so many names takes. */
static int steps_for(const char *name, int count, int names)
{
	struct buf list = BUF_INIT;
	struct err e = ERR_INIT;
	int steps = 0;
	buf_adds(&list, "ФИО;Телефон;Район\n");
	for (int i = 0; i < count; i++)
		buf_addf(&list, "%s%c%c;8917%07d;%s\n", name, 'A' + i % names % 26, 'a' + i % names / 26 % 26, i, i % 2 ? "Бураевский" : "Бирский");
	struct import_list *l = list_of(list.data);
	store_watch(s, count_steps, &steps);
	import_result_release(&result);
	if (!CHECK_INT(import_list_run(s, l, true, NULL, NULL, &result, &e), 0))
		test_note("%s", e.text);
	store_watch(s, NULL, NULL);
	CHECK_INT(result.taken, count);
	import_list_close(l);
	buf_release(&list);
	return steps;
}

static void test_one_name(void)
{
	int many = steps_for("Разнов ", 2000, 600), one = steps_for("Однаков ", 2000, 1);
	test_note("steps: %d thousand with many names, %d thousand with one", many, one);
	CHECK(one < 2 * many);
	/* Many of one name in the register already, some with a telephone, some without: the same answers as one by one. */
	struct told t = { 0 };
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	for (int i = 0; i < 40; i++) {
		char phone[16];
		snprintf(phone, sizeof phone, "+7917003%04d", i);
		make(s, &person_type, id, "name", i % 2 ? "Тёзкин Пётр" : "Тезкин Петр", "phone", i == 39 ? "" : phone,
		    "municipality", i == 39 ? "80701000" : i == 38 ? "80611000" : "80618000", NULL);
	}
	struct import_list *l = list_of("ФИО;Телефон;Район;Должность\n"
	    "ТЁЗКИН ПЕТР;89170030037;;\n"			/* known by the telephone */
	    "Тезкин Пётр;89179990000;г. Уфа;\n"		/* the one without a telephone, who gets this one */
	    "Тезкин Пётр;89179990001;г. Уфа;\n"		/* and is not this one any more */
	    "Тезкин Пётр;89179990000;;судья\n"
	    "Тезкин Пётр;;Бирский;\n"				/* by the municipality: nobody was from there */
	    "Тезкин Пётр;;80611000;\n");
	REQUIRE(l);
	import_result_release(&result);
	REQUIRE_OK(import_list_run(s, l, false, note_row, &t, &result, &e));
	row_is(&t, 0, 2, IMPORT_SAME, "");
	row_is(&t, 1, 3, IMPORT_CHANGED, "fills in: Phone");
	row_is(&t, 2, 4, IMPORT_NEW, "");
	row_is(&t, 3, 5, IMPORT_CHANGED, "fills in: Post");
	row_is(&t, 4, 6, IMPORT_NEW, "");
	row_is(&t, 5, 7, IMPORT_SAME, "");
	import_list_close(l);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_cp1251), TEST(test_names_apart), TEST(test_tab), TEST(test_quoted_breaks), TEST(test_excel_numbers), TEST(test_problems),
		TEST(test_duplicates), TEST(test_dry_run), TEST(test_row_is_whole), TEST(test_organisations), TEST(test_equal_bearers), TEST(test_phones),
		TEST(test_refused_files), TEST(test_name_columns), TEST(test_headers), TEST(test_round_trip), TEST(test_rows), TEST(test_stopped),
		TEST(test_one_name), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	import_result_release(&result);
	store_close(s);
	return rc;
}
