/* Lists of more than people: seminars, who came, applications; contacts of telephones; columns that are told; questions that rows ask. */
#include <stdlib.h>

#include "base/fsutil.h"
#include "base/mem.h"
#include "documents/import.h"
#include "documents/vcard.h"
#include "records/attendance.h"
#include "records/seminar.h"
#include "tests/unit/records.h"

static struct store *s;
static struct import_result result;

/* What rows were told, and the last question. */
struct told {
	int count;
	struct { int line; enum import_fate fate; char name[128], words[600]; } row[12];
	struct { int line; enum import_column column; char typed[128]; int candidates; char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE]; bool may_be_new; } asked;
};

static int note_row(void *context, const struct import_row *row, struct err *e)
{
	struct told *t = context;
	(void)e;
	if (t->count < 12) {
		t->row[t->count].line = row->line;
		t->row[t->count].fate = row->fate;
		snprintf(t->row[t->count].name, sizeof t->row->name, "%s", row->name);
		snprintf(t->row[t->count].words, sizeof t->row->words, "%s", row->words);
	}
	t->count++;
	if (row->question) {
		const struct import_question *q = row->question;
		t->asked.line = row->line;
		t->asked.column = q->column;
		t->asked.candidates = q->count;
		t->asked.may_be_new = q->may_be_new;
		snprintf(t->asked.typed, sizeof t->asked.typed, "%s", q->typed);
		snprintf(t->asked.first, sizeof t->asked.first, "%s", q->count > 0 ? q->candidate[0].id : "");
		snprintf(t->asked.second, sizeof t->asked.second, "%s", q->count > 1 ? q->candidate[1].id : "");
	}
	return 0;
}

static struct import_list *list_of(enum import_kind kind, const char *text)
{
	struct err e = ERR_INIT;
	struct import_list *l = import_list_of(kind, text, strlen(text), NULL, &e);
	if (!CHECK(l != NULL))
		test_note("%s", e.text);
	return l;
}

static struct import_list *fixture(enum import_kind kind, const char *name)
{
	const char *top = getenv("TEST_SOURCE_DIR");
	char path[4096];
	struct err e = ERR_INIT;
	snprintf(path, sizeof path, "%s/tests/fixtures/lists/%s", top && *top ? top : ".", name);
	struct import_list *l = import_list_open(kind, path, NULL, &e);
	if (!CHECK(l != NULL))
		test_note("%s", e.text);
	return l;
}

static void run(struct import_list *l, bool dry_run, struct told *t)
{
	struct err e = ERR_INIT;
	*t = (struct told){ 0 };
	import_result_release(&result);
	if (l && !CHECK_INT(import_list_run(s, l, dry_run, note_row, t, &result, &e), 0))
		test_note("%s", e.text);
}

static void row_is(const struct told *t, int i, int line, enum import_fate fate, const char *words)
{
	REQUIRE(i < t->count);
	CHECK_INT(t->row[i].line, line);
	if (!CHECK_INT(t->row[i].fate, fate))
		test_note("%s: %s", t->row[i].name, t->row[i].words);
	if (!CHECK(strstr(t->row[i].words, words)))
		test_note("“%s” is not in “%s”", words, t->row[i].words);
}

static void fresh(void)
{
	store_close(s);
	s = new_store();
}

static void find(const struct record_type *t, const char *name, char id[RECORD_ID_SIZE])
{
	struct err e = ERR_INIT;
	*id = '\0';
	if (!CHECK_INT(record_resolve(s, t, name, id, &e), 0))
		test_note("%s", e.text);
}

/* --- vCard --- */

static void has(const char *name, const char *field, const char *want)
{
	char id[RECORD_ID_SIZE];
	find(&person_type, name, id);
	if (*id)
		check_field(s, &person_type, id, field, want);
}

static void test_vcard(void)
{
	struct told t;
	fresh();
	struct import_list *l = fixture(IMPORT_PEOPLE, "contacts3.vcf");
	run(l, false, &t);
	row_is(&t, 0, 1, IMPORT_NEW, "");
	CHECK_STR(t.row[0].name, "Ахметов Ильдар Закирович");
	row_is(&t, 1, 15, IMPORT_REFUSED, "phone: ");			/* 112 is nobody's number */
	has("Ахметов Ильдар Закирович", "phone", "+79170000001");
	has("Ахметов Ильдар Закирович", "email", "Ildar@example.org");
	has("Ахметов Ильдар Закирович", "post", "библиотекарь");
	has("Ахметов Ильдар Закирович", "note", "отдел культуры\nзнает соседей; звонить\nвечером и никогда утром\nFurther telephones: +73472223344");
	import_list_close(l);
	l = fixture(IMPORT_PEOPLE, "contacts4.vcf");
	run(l, false, &t);
	CHECK_INT(result.taken, 1);
	has("Ҡотлобаева Ғәлиә", "phone", "+79170000002");
	has("Ҡотлобаева Ғәлиә", "note", "ул. Мира, 5, Уфа, Республика Башкортостан, 450000, Россия");
	import_list_close(l);
	l = fixture(IMPORT_PEOPLE, "contacts21.vcf");
	run(l, false, &t);
	has("Валеева Зиля М.", "phone", "+79170000003");
	import_list_close(l);
}

static void refused_contacts(const char *text, const char *words)
{
	struct csv_table table;
	struct err e = ERR_INIT;
	CHECK_INT(vcard_read(text, strlen(text), NULL, &table, &e), -1);
	if (!CHECK(strstr(e.text, words)))
		test_note("%s", e.text);
}

static void test_vcard_edges(void)
{
	struct err e = ERR_INIT;
	struct csv_table table;
	refused_contacts("BEGIN:VCARD\nFN:Кто\n", "line 1");
	refused_contacts("BEGIN:VCARD\nEND:VCARD\n\nBEGIN:VCARD\nFN:Кто", "line 4");
	CHECK(!vcard_is("ФИО;BEGIN:VCARD", 20) && vcard_is("\xef\xbb\xbf\r\n begin:vcard", 17) && !vcard_is("", 0));
	/* Windows-1251 without a word about it, a lone CR, an escape at the end, quotation marks that hold a colon. */
	static const char old[] = "BEGIN:VCARD\rN:\xc8\xe2\xe0\xed\xee\xe2;\xc8\xe2\xe0\xed\rTEL;X=\"a:b\":89170000009\rNOTE:x\\\rEND:VCARD\r";
	REQUIRE_OK(vcard_read(old, sizeof old - 1, NULL, &table, &e));
	CHECK_INT(table.count, 2);
	CHECK_STR(table.row[1].cell[1], "Иванов");
	CHECK_STR(table.row[1].cell[4], "89170000009");
	CHECK_STR(table.row[1].cell[8], "x\\");
	CHECK_STR(table.charset, "windows-1251");
	csv_release(&table);
	/* A line longer than any card has is left out, the contact stays. */
	struct buf huge = BUF_INIT;
	buf_adds(&huge, "BEGIN:VCARD\nFN:Кто То\nPHOTO:");
	for (int i = 0; i < 30000; i++)
		buf_adds(&huge, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n ");
	buf_adds(&huge, "\nTEL:89170000008\nEND:VCARD\n");
	REQUIRE_OK(vcard_read(huge.data, huge.len, NULL, &table, &e));
	CHECK_STR(table.row[1].cell[0], "Кто То");
	CHECK_STR(table.row[1].cell[4], "89170000008");
	csv_release(&table);
	buf_release(&huge);
	CHECK(import_list_of(IMPORT_SEMINARS, old, sizeof old - 1, NULL, &e) == NULL);
}

/* --- seminars --- */

static void test_seminars(void)
{
	char lead[RECORD_ID_SIZE], other[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct told t;
	struct err e = ERR_INIT;
	fresh();
	make(s, &person_type, lead, "name", "Хасанова Гузель Рашитовна", "role", "consultant", "municipality", "80618000", NULL);
	make(s, &person_type, other, "name", "Ахметов Ильдар", NULL);
	struct import_list *l = fixture(IMPORT_SEMINARS, "seminars.csv");
	run(l, false, &t);
	CHECK_INT(t.count, 4);
	row_is(&t, 0, 3, IMPORT_NEW, "");
	row_is(&t, 1, 4, IMPORT_NEW, "");
	row_is(&t, 2, 5, IMPORT_REFUSED, "Никто Н. Н.");
	row_is(&t, 3, 6, IMPORT_REFUSED, "title");
	CHECK_INT(result.ignored_count, 0);
	find(&seminar_type, "Как открыть НКО", id);
	check_field(s, &seminar_type, id, "lead", lead);
	check_field(s, &seminar_type, id, "date", "2020-02-14");
	check_field(s, &seminar_type, id, "municipality", "80618000");
	check_field(s, &seminar_type, id, "unnamed", "120");
	run(l, false, &t);
	row_is(&t, 0, 3, IMPORT_SAME, "");
	import_list_close(l);
	/* Two Hasanovas: which one is asked, and the answer serves every row with that name. */
	make(s, &person_type, other, "name", "Хасанова Галия Рустамовна", NULL);
	l = list_of(IMPORT_SEMINARS, "Тема;Дата;Ведущий;Вид\nПервый;1.4.2020;Хасанова Г.Р.;информационный\nВторой;2.4.2020;Хасанова Г.Р.;\n"
	    "Третий;3.4.2020;Хасанова Гузель Рашитовна, Ахметов Ильдар;\n");
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_REFUSED, "several could be meant");
	CHECK_INT(result.asked, 2);
	CHECK_INT(t.asked.candidates, 2);
	CHECK_INT(t.asked.column, COLUMN_LEAD);
	row_is(&t, 2, 4, IMPORT_NEW, "");
	import_list_answer(l, 0, COLUMN_LEAD, t.asked.typed, other);
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_NEW, "");
	row_is(&t, 1, 3, IMPORT_NEW, "");
	row_is(&t, 2, 4, IMPORT_SAME, "");
	find(&seminar_type, "Первый", id);
	check_field(s, &seminar_type, id, "lead", other);
	check_field(s, &seminar_type, id, "kind", "information");
	find(&seminar_type, "Третий", id);
	struct buf leads = BUF_INIT;
	REQUIRE_OK(seminar_leads(s, id, &leads, &e));
	CHECK(strstr(leads.data, "Ахметов Ильдар") != NULL);
	buf_release(&leads);
	import_list_close(l);
}

/* --- who came --- */

static void mark_is(const char *seminar, const char *person, const char *want)
{
	char id[2 * RECORD_ID_SIZE];
	snprintf(id, sizeof id, "%s/%s", seminar, person);
	check_field(s, &attendance_type, id, "state", want);
}

static void test_attendance(void)
{
	char seminar[RECORD_ID_SIZE], zilya[RECORD_ID_SIZE], anna[2][RECORD_ID_SIZE], petr[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct told t;
	fresh();
	make(s, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", NULL);
	make(s, &person_type, zilya, "name", "Валеева Зиля", NULL);
	make(s, &person_type, anna[0], "name", "Иванова Анна", "phone", "89170000011", NULL);
	make(s, &person_type, anna[1], "name", "Иванова Анна", "phone", "89170000012", NULL);
	make(s, &person_type, petr, "name", "Щукин Петр", NULL);
	struct import_list *l = fixture(IMPORT_ATTENDANCE, "attendance.csv");
	int64_t people = query_number(s, "SELECT count(*) FROM person");
	run(l, true, &t);
	CHECK_INT(t.count, 6);
	row_is(&t, 0, 2, IMPORT_NEW, "");
	row_is(&t, 1, 3, IMPORT_NEW, "");				/* by the telephone */
	row_is(&t, 2, 4, IMPORT_REFUSED, "several could be meant");
	row_is(&t, 3, 5, IMPORT_REFUSED, "--new-people");
	row_is(&t, 4, 6, IMPORT_NEW, "");
	row_is(&t, 5, 7, IMPORT_REFUSED, "no such seminar");
	CHECK_INT(result.asked, 2);
	CHECK_INT(query_number(s, "SELECT count(*) FROM attendance"), 0);
	import_list_new_people(l, true);
	import_list_answer(l, 4, COLUMN_PERSON, "Иванова Анна", anna[1]);
	run(l, false, &t);
	row_is(&t, 2, 4, IMPORT_NEW, "");
	row_is(&t, 3, 5, IMPORT_NEW, "a new person");
	CHECK_INT(query_number(s, "SELECT count(*) FROM person"), people + 1);
	mark_is(seminar, zilya, "present");
	mark_is(seminar, anna[0], "present");
	mark_is(seminar, anna[1], "present");
	mark_is(seminar, petr, "absent");
	find(&person_type, "Новикова Нина", id);
	mark_is(seminar, id, "registered");
	check_field(s, &person_type, id, "municipality", "80618000");
	run(l, false, &t);						/* again: known, and nobody twice */
	CHECK_INT(result.taken, 0);
	CHECK_INT(result.known, 5);
	CHECK_INT(query_number(s, "SELECT count(*) FROM person"), people + 1);
	import_list_close(l);
	/* One seminar for a whole list; who was registered came; who is marked otherwise stays. */
	l = list_of(IMPORT_ATTENDANCE, "ФИО\nНовикова Нина\nЩукин Пётр\n");
	run(l, true, &t);
	row_is(&t, 0, 2, IMPORT_REFUSED, "which seminar");
	import_list_say(l, COLUMN_SEMINAR, seminar);
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_CHANGED, "");
	row_is(&t, 1, 3, IMPORT_SAME, "the sheet says: absent");
	mark_is(seminar, id, "present");
	mark_is(seminar, petr, "absent");
	import_list_close(l);
}

/* Officials of an information seminar: the list says so, and nothing else does; a role that a card has stays. */
static void test_role_of_who_came(void)
{
	char seminar[RECORD_ID_SIZE], known[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct told t;
	fresh();
	make(s, &seminar_type, seminar, "title", "О программе", "date", "2020-02-14", "kind", "information", NULL);
	make(s, &person_type, known, "name", "Давняя Дина", "role", "consultant", NULL);
	struct import_list *l = list_of(IMPORT_ATTENDANCE, "ФИО;Роль\nЧиновникова Вера;специалист администрации\nДавняя Дина;official\nГость Глеб;\nКто-то;царь\n");
	import_list_say(l, COLUMN_SEMINAR, seminar);
	import_list_new_people(l, true);
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_NEW, "a new person");
	row_is(&t, 1, 3, IMPORT_NEW, "stays as in the card: Role");
	row_is(&t, 3, 5, IMPORT_NEW, "no role “царь”; a new person");
	find(&person_type, "Чиновникова Вера", id);
	check_field(s, &person_type, id, "role", "official");
	check_field(s, &person_type, known, "role", "consultant");
	find(&person_type, "Гость Глеб", id);
	check_field(s, &person_type, id, "role", "activist");		/* as of everybody of whom nothing is said */
	import_list_close(l);
}

/* Two seminars of a title on a day in one municipality: which of them a list of seminars means is not known. */
static void test_equal_seminars(void)
{
	char id[2][RECORD_ID_SIZE];
	struct told t;
	fresh();
	for (int i = 0; i < 2; i++)
		make(s, &seminar_type, id[i], "title", "Устав", "date", "2020-02-14", "municipality", "80618000", NULL);
	struct import_list *l = list_of(IMPORT_SEMINARS, "Тема;Дата;Район;Место\nУстав;14.02.2020;Бураевский;клуб\n");
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_REFUSED, "several seminars");
	import_list_close(l);
}

/* Never guessed: whom something speaks against, and whom nothing tells apart. */
static void test_never_guessed(void)
{
	char seminar[RECORD_ID_SIZE], id[3][RECORD_ID_SIZE];
	struct told t;
	fresh();
	make(s, &seminar_type, seminar, "title", "Устав", "date", "2020-02-14", NULL);
	make(s, &person_type, id[0], "name", "Тёзкина Мария", "municipality", "80618000", NULL);
	make(s, &person_type, id[1], "name", "Одна Ольга", "phone", "89170000031", "municipality", "80618000", NULL);
	struct import_list *l = list_of(IMPORT_ATTENDANCE, "ФИО;Телефон;Район;ID\n"
	    "Тезкина Мария;;;\n"			/* the only one */
	    "Одна Ольга;89170000032;;\n"		/* another telephone: somebody else, or a new number */
	    "Одна Ольга;89170000032;Бураевский;\n"	/* the municipality speaks for her, the telephone against */
	    "Одна Ольга;89170000031;Бирский;\n"	/* her telephone */
	    "Одна Ольга;89170000033;;new\n"
	    "Кто угодно;;;нет такого\n");
	import_list_say(l, COLUMN_SEMINAR, seminar);
	run(l, true, &t);
	row_is(&t, 0, 2, IMPORT_NEW, "");
	row_is(&t, 1, 3, IMPORT_REFUSED, "not quite the same");
	row_is(&t, 2, 4, IMPORT_REFUSED, "not quite the same");
	row_is(&t, 3, 5, IMPORT_NEW, "stays as in the card: Municipality");
	row_is(&t, 4, 6, IMPORT_NEW, "a new person");
	row_is(&t, 5, 7, IMPORT_REFUSED, "нет такого");
	CHECK(t.asked.may_be_new);
	make(s, &person_type, id[2], "name", "Тёзкина Мария", "municipality", "80701000", NULL);
	run(l, true, &t);
	row_is(&t, 0, 2, IMPORT_REFUSED, "several could be meant");
	import_list_close(l);
	/* Of two the municipality tells which. */
	l = list_of(IMPORT_ATTENDANCE, "ФИО;Район\nТёзкина Мария;г. Уфа\nТёзкина Мария;Бирский\n");
	import_list_say(l, COLUMN_SEMINAR, seminar);
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_NEW, "");
	mark_is(seminar, id[2], "present");
	row_is(&t, 1, 3, IMPORT_REFUSED, "several");
	import_list_close(l);
	/* Two seminars of a title on a day. */
	make(s, &seminar_type, id[0], "title", "Устав", "date", "2020-02-14", "place", "вечером", NULL);
	l = list_of(IMPORT_ATTENDANCE, "Семинар;Дата;ФИО;Район\nУстав;14.2.2020;Тёзкина Мария;г. Уфа\n");
	run(l, true, &t);
	row_is(&t, 0, 2, IMPORT_REFUSED, "вечером");
	import_list_answer(l, 0, t.asked.column, t.asked.typed, id[0]);
	run(l, true, &t);
	row_is(&t, 0, 2, IMPORT_NEW, "");
	import_list_close(l);
}

/* --- applications --- */

static void test_applications(void)
{
	char call[RECORD_ID_SIZE], zilya[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct told t;
	fresh();
	make(s, &call_type, call, "title", "Местные консультанты", "role", "consultant", "places", "5", "deadline", "2020-01-20", NULL);
	make(s, &person_type, zilya, "name", "Валеева Зиля", NULL);
	struct import_list *l = fixture(IMPORT_APPLICATIONS, "applications.csv");
	run(l, true, &t);
	row_is(&t, 0, 2, IMPORT_REFUSED, "nobody of this name");
	row_is(&t, 1, 4, IMPORT_NEW, "");
	import_list_new_people(l, true);
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_NEW, "a new person");
	CHECK_INT(result.taken, 2);
	find(&application_type, "Новиков Олег", id);
	check_field(s, &application_type, id, "call", call);
	check_field(s, &application_type, id, "date", "2020-01-10");
	check_field(s, &application_type, id, "municipality", "80618000");
	check_field(s, &application_type, id, "motivation", "хочу учить других,\nи учиться");
	check_field(s, &application_type, id, "experience", "5 лет");
	run(l, false, &t);
	CHECK_INT(result.taken, 0);
	CHECK_INT(result.known, 2);
	import_list_close(l);
	make(s, &call_type, id, "title", "Эксперты", "role", "expert", "places", "5", "deadline", "2020-01-20", NULL);
	l = list_of(IMPORT_APPLICATIONS, "ФИО;Конкурс;Дата\nВалеева Зиля;;12.1.2020\nВалеева Зиля;эксперты;12.1.2020\nВалеева Зиля;эксперты;12.2.2020\n");
	run(l, false, &t);
	row_is(&t, 0, 2, IMPORT_REFUSED, "several could be meant");
	row_is(&t, 1, 3, IMPORT_NEW, "");
	import_list_close(l);
}

/* --- what columns mean --- */

static void column_is(struct import_list *l, int i, const char *title, enum import_column want, const char *example)
{
	struct import_told_columns c;
	struct err e = ERR_INIT;
	REQUIRE_OK(import_list_columns(l, s, true, &c, &e));
	if (CHECK(i < c.count)) {
		CHECK_STR(c.column[i].title, title);
		CHECK_INT(c.column[i].column, want);
		CHECK_STR(c.column[i].example, example);
	}
	import_told_columns_release(&c);
}

static void test_columns(void)
{
	static const char text[] = "Кого зовём;Куда звонить;Зачем\nИзвеков Иван;89170000041;затем\n";
	struct told t;
	struct err e = ERR_INIT;
	fresh();
	struct import_list *l = list_of(IMPORT_PEOPLE, text);
	import_result_release(&result);
	CHECK_INT(import_list_run(s, l, true, NULL, NULL, &result, &e), -1);	/* nobody's name is among them */
	column_is(l, 0, "Кого зовём", COLUMN_UNKNOWN, "Извеков Иван");
	CHECK_INT(import_list_map(l, "Кого зовём=имя", &e), -1);
	CHECK_INT(e.code, ERR_USAGE);
	REQUIRE_OK(import_list_map(l, "Кого зовём=name,куда  звонить=phone,Зачем=note", &e));
	run(l, true, &t);
	row_is(&t, 0, 2, IMPORT_NEW, "");
	import_list_close(l);
	/* A dry run remembers nothing. */
	l = list_of(IMPORT_PEOPLE, text);
	column_is(l, 0, "Кого зовём", COLUMN_UNKNOWN, "Извеков Иван");
	import_list_tell(l, "Кого зовём", COLUMN_NAME);
	import_list_tell(l, "Куда звонить", COLUMN_PHONE);
	import_list_tell(l, "Зачем", COLUMN_SKIPPED);
	run(l, false, &t);
	CHECK_INT(result.taken, 1);
	CHECK_INT(result.ignored_count, 0);
	import_list_close(l);
	/* The next list with these titles is understood; another kind of list is not. */
	l = list_of(IMPORT_PEOPLE, "Список\nКОГО ЗОВЁМ;Куда звонить;Зачем\nИзвекова Инна;89170000042;затем\n");
	run(l, false, &t);
	row_is(&t, 0, 3, IMPORT_NEW, "");
	has("Извекова Инна", "phone", "+79170000042");
	has("Извекова Инна", "note", "");
	import_list_close(l);
	l = list_of(IMPORT_ATTENDANCE, text);
	column_is(l, 0, "Кого зовём", COLUMN_UNKNOWN, "Извеков Иван");
	import_list_close(l);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_vcard), TEST(test_vcard_edges), TEST(test_seminars), TEST(test_attendance), TEST(test_never_guessed), TEST(test_role_of_who_came), TEST(test_equal_seminars), TEST(test_applications),
		TEST(test_columns), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	import_result_release(&result);
	store_close(s);
	return rc;
}
