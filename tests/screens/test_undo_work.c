/* Whatever a screen writes, one key takes it back whole, and another does it again: every visible value of the store is compared. */
#define _GNU_SOURCE 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "records/call.h"
#include "records/judge.h"
#include "records/person_link.h"
#include "records/question.h"
#include "records/score.h"
#include "screens/cards.h"
#include "store/undo.h"
#include "tests/screens/drive.h"
#include "tests/screens/stages.h"
#include "tests/unit/stores.h"

static struct region r;
static struct loop l;
static struct buf before;
static int groups;

/* --- the store, as it is seen --- */

static void add_table(const struct table *t, struct buf *out)
{
	struct buf sql = BUF_INIT;
	struct err e = ERR_INIT;
	sqlite3_stmt *st;

	buf_adds(&sql, "SELECT id");
	for (int i = 1; i < t->count; i++)
		buf_addf(&sql, ", %s", t->columns[i].name);
	buf_addf(&sql, " FROM %s WHERE deleted = 0 ORDER BY id", t->name);
	st = store_prepare_once(r.store, sql.data, &e);
	buf_release(&sql);
	if (!CHECK(st != NULL)) {
		test_note("%s: %s", t->name, e.text);
		return;
	}
	while (store_step(r.store, st, &e) == 1) {
		buf_addf(out, "%s", t->name);
		for (int i = 0; i < t->count; i++) {
			const char *value = (const char *)sqlite3_column_text(st, i);

			buf_addf(out, "|%s", value != NULL ? value : "NULL");
		}
		buf_addc(out, '\n');
	}
	sqlite3_finalize(st);
}

static void snapshot(struct buf *out)
{
	buf_reset(out);
	for (int i = 0; tables[i] != NULL; i++)
		add_table(tables[i], out);
}

static void tell_difference(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] != '\0' && a[i] == b[i])
		i++;
	while (i > 0 && a[i - 1] != '\n')
		i--;
	test_note("“%.*s” is “%.*s”", (int)strcspn(a + i, "\n"), a + i, (int)strcspn(b + i, "\n"), b + i);
}

static void same(const char *what, const char *when, const struct buf *want)
{
	struct buf now = BUF_INIT;

	snapshot(&now);
	if (!CHECK(strcmp(now.data, want->data) == 0)) {
		test_note("%s, %s: %s", what, when, l.message.data != NULL ? l.message.data : "");
		tell_difference(want->data, now.data);
	}
	buf_release(&now);
}

static void tell_picture(const char *what)
{
	struct buf now = BUF_INIT;

	picture(&l, &now);
	test_note("%s: nothing was written:\n%s", what, now.data);
	buf_release(&now);
}

static int done(void)
{
	return undo_count(store_journal(r.store), UNDO_BACK);
}

static void from_here(void)
{
	snapshot(&before);
	groups = done();
}

static void times(const char *key, int count)
{
	for (int i = 0; i < count; i++)
		press(&l, key);
}

/* What was done since from_here() took `count` steps; they go back, come again, go back and come again. */
static void comes_back_by(const char *what, int count, const char *undo, const char *redo)
{
	struct buf after = BUF_INIT;
	struct err e = ERR_INIT;

	snapshot(&after);
	if (!CHECK(strcmp(before.data, after.data) != 0))
		tell_picture(what);
	if (!CHECK_INT(done() - groups, count))
		test_note("%s", what);
	count = done() - groups;
	for (int i = 0; i < 2; i++) {
		times(undo, count);
		same(what, "taken back", &before);
		times(redo, count);
		same(what, "done again", &after);
	}
	if (!CHECK_INT(store_check(r.store, &e), 0))
		test_note("%s: %s", what, e.text);
	buf_release(&after);
}

static void comes_back(const char *what)
{
	comes_back_by(what, 1, "u", "^Y");
}

static void begin(const char *role, const char *keys)
{
	struct err e = ERR_INIT;

	r = drive_region();
	if (r.store == NULL)
		exit(1);
	speak("en");
	stages_add(r.store, r.me);
	REQUIRE_OK(store_set_setting(r.store, "role", role, &e));
	drive_open(&l, r.store, 40, 100);
	press(&l, keys);
	from_here();
}

static void end(void)
{
	drive_close(&l);
	store_close(r.store);
	buf_release(&before);
	speak("ru");
}

static void find(const struct record_type *type, const char *name, char id[RECORD_ID_SIZE])
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(record_resolve(r.store, type, name, id, &e), 0))
		test_note("%s", e.text);
}

static void show(const struct record_type *type, const char *name)
{
	char id[RECORD_ID_SIZE];

	find(type, name, id);
	CHECK(cards_show(&l, type, id));
	from_here();
}

static const char *of_sql(const char *sql)
{
	static char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	CHECK_INT(record_query_id(r.store, sql, (const char *const[]){ NULL }, id, &e), 1);
	return id;
}

/* --- people --- */

static void people(void)
{
	begin("coordinator", "F2 Tab e Tab ^U");
	type(&l, "89170009999");
	press(&l, "Tab ^U");
	type(&l, "a@example.org");
	press(&l, "^S");
	comes_back("a card");
	from_here();
	press(&l, "Home Space Down Space Down Space t");
	type(&l, "selected");
	press(&l, "Enter");
	comes_back("a stage of three");
	press(&l, "0 F2 Tab Home Down");
	from_here();
	press(&l, "m y");
	comes_back("a mentee");
	press(&l, "0 F2 Home Space Down Space");
	from_here();
	press(&l, "p Enter Enter y");
	comes_back("a consent of two");
	press(&l, "0 F2 Home Down Down Space Down Space");
	from_here();
	press(&l, "s Enter y");
	comes_back("an invitation of two");
	press(&l, "0 F2 Home Down Down Space Down Space");
	from_here();
	press(&l, "d y");
	comes_back("a removal of two");
	end();
}

static void consultation(void)
{
	begin("coordinator", "");
	show(&person_type, "Галимова Айгуль Рифовна");
	press(&l, "c Tab Tab Tab Tab");
	type(&l, "Устав");
	press(&l, "^S");
	comes_back("a consultation");
	end();
}

/* Two cards joined; parted again. */
static void links(void)
{
	char id[RECORD_ID_SIZE];

	begin("coordinator", "");
	make(r.store, &person_type, id, "name", "Галимова Айгуль", "municipality", "Белебеевский район", NULL);
	press(&l, "F2");
	show(&person_type, "Галимова Айгуль Рифовна");
	press(&l, "J");
	type(&l, "галимова");
	press(&l, "Enter");
	from_here();
	press(&l, "Enter y");
	comes_back("joined cards");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person_link WHERE verdict = 'same' AND deleted = 0"), 1);
	end();
}

/* --- seminars --- */

static void seminars(void)
{
	begin("coordinator", "F3 Home Down c Enter ^U");
	type(&l, "1.3");
	press(&l, "Enter");
	comes_back("a copy");
	press(&l, "Esc F3 Home Down c Down Enter ^U");
	from_here();
	type(&l, "7.3");
	press(&l, "Enter");
	comes_back("a copy with its list");
	press(&l, "Esc F3 Home Down c Down Down Enter ^U");
	from_here();
	type(&l, "7");
	press(&l, "Enter ^U");
	type(&l, "3");
	press(&l, "Enter");
	comes_back("a series");
	CHECK(cards_show(&l, &seminar_type, r.seminar));
	from_here();
	press(&l, "t Enter Tab");
	type(&l, "Иванов");
	press(&l, "Enter ^S");
	comes_back("who leads, too");
	press(&l, "e Tab Tab");
	type(&l, ", зал");
	from_here();
	press(&l, "^S");
	comes_back("a seminar's card");
	press(&l, "F3 Home Down");
	from_here();
	press(&l, "d y");
	comes_back("a seminar with its sheet");
	end();
}

static void sheet(const char *what, int count)
{
	comes_back_by(what, count, "F10", "^Y");
	from_here();
}

static void attendance(void)
{
	begin("coordinator", "F3 Home Down a");
	type(&l, "галиу");
	press(&l, "Enter");
	sheet("a mark", 1);
	press(&l, "Up F6");
	sheet("absent", 1);
	press(&l, "F8 y");
	sheet("off the sheet", 1);
	press(&l, "F5");
	type(&l, "25");
	press(&l, "Enter");
	type(&l, "подсчёт в зале");
	press(&l, "Enter");
	sheet("without a name", 1);
	press(&l, "F2");
	type(&l, "Щукин Пётр Ильич");
	press(&l, "^S");
	sheet("written in", 1);
	press(&l, "F9 Enter");
	press(&l, "Tab Enter Enter");
	sheet("consents on the sheet", 1);
	end();
}

/* --- the selection --- */

static void selection(void)
{
	struct err e = ERR_INIT;
	bool named;
	char call[RECORD_ID_SIZE], expert[RECORD_ID_SIZE];

	begin("coordinator", "");
	find(&call_type, "Эксперты-наставники", call);
	find(&person_type, "Иванов Пётр Сергеевич", expert);
	REQUIRE_OK(judge_name(r.store, call, r.me, &named, &e));
	show(&call_type, "Эксперты-наставники");
	press(&l, "a");
	type(&l, "иванов");
	press(&l, "Enter");
	comes_back("a judge");
	from_here();
	press(&l, "c");
	type(&l, "Ещё один");
	press(&l, "^S");
	comes_back("a criterion");
	press(&l, "u");
	from_here();
	press(&l, "s");
	type(&l, "8");
	press(&l, "Enter");
	type(&l, "5");
	press(&l, "Enter Esc");
	comes_back("scores");
	show(&call_type, "Эксперты-наставники");
	press(&l, "L y");
	comes_back("a closed call");
	from_here();
	press(&l, "D y");
	comes_back("decisions as the ranking proposes");
	CHECK(cards_show(&l, &application_type, of_sql("SELECT a.id FROM application a JOIN call c ON c.id = a.call WHERE c.title LIKE 'Эксп%'")));
	from_here();
	press(&l, "D");
	type(&l, "refused");
	press(&l, "Enter Enter");
	type(&l, "Нет справки");
	press(&l, "Enter");
	comes_back("one decision");
	end();
}

/* --- courses --- */

static void courses(void)
{
	begin("coordinator", "");
	show(&course_type, "Консультирование НКО в муниципалитете");
	press(&l, "a");
	type(&l, "иванов");
	press(&l, "Tab Enter Enter");
	comes_back("an enrolment");
	from_here();
	press(&l, "t Enter Enter Enter Enter");
	comes_back("hours of a day");
	show(&course_type, "Консультирование НКО в муниципалитете");
	press(&l, "c Enter");
	type(&l, "02-000099");
	press(&l, "Enter Esc");
	comes_back("a document");
	end();
}

/* --- texts, the directory, questions, thanks, targets, programmes --- */

static void texts(void)
{
	begin("coordinator", "");
	show(&story_type, "Соседи научили");
	press(&l, "a");
	comes_back("an accepted text");
	from_here();
	press(&l, "m");
	type(&l, "Истории");
	press(&l, "^S");
	comes_back("its place");
	press(&l, "3 Home");
	from_here();
	press(&l, "Down -");
	if (done() > groups)
		comes_back("one place earlier");
	press(&l, "4 Home Enter e");
	from_here();
	press(&l, "Tab ^U");
	type(&l, "гранты и отчёты");
	press(&l, "^S");
	comes_back("an entry of the directory");
	press(&l, "5");
	show(&question_type, "Отчёт ТОС");
	press(&l, "r");
	type(&l, "Председатель");
	press(&l, "^S");
	comes_back("an answer");
	end();
}

static void targets(void)
{
	begin("coordinator", "7 n");
	type(&l, "more");
	press(&l, "Tab");
	type(&l, "Ещё показатель");
	press(&l, "Tab Right ^S");
	comes_back("a target");
	press(&l, "9 Enter");
	from_here();
	press(&l, "X y");
	comes_back("a closed programme");
	press(&l, "u");
	from_here();
	press(&l, "e");
	type(&l, "!");
	press(&l, "^S");
	comes_back("a programme's card");
	end();
}

static void begun_programme(void)
{
	begin("coordinator", "9 Home");
	from_here();
	press(&l, "N");
	press(&l, "^U");
	type(&l, "Сеть 2021");
	press(&l, "^S");
	if (done() == groups)
		press(&l, "Enter");
	comes_back("a new programme with the targets of this one");
	end();
}

/* --- lists from outside --- */

static char path[4096];

static void give(const char *name, const char *text)
{
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s", test_folder(), name);
	REQUIRE_OK(fs_write(path, text, strlen(text), 0600, &e));
	press(&l, "^U");
	type(&l, path);
	press(&l, "Enter");
}

static void imports(void)
{
	struct buf undone = BUF_INIT;

	begin("coordinator", "F2 I");
	give("people.csv", "ФИО;Телефон;Организация;Муниципалитет\nСовсем Новая Анна;89170000099;Клуб «Новый»;Бураевский район\n"
	    "Галимова Айгуль Рифовна;89170000077;;\nЕщё Один Иван;;;\n");
	press(&l, "y");
	comes_back("a list of people");
	press(&l, "u U");
	snapshot(&undone);
	press(&l, "Home Enter");
	CHECK(strcmp(undone.data, before.data) == 0);
	buf_release(&undone);
	CHECK(cards_show(&l, &seminar_type, r.seminar));
	from_here();
	press(&l, "I");
	give("came.csv", "ФИО;Телефон\nЮнусова Альфия Рашитовна;89170000088\nГалимова Айгуль Рифовна;\n");
	press(&l, "y y");
	comes_back("a list of who came");
	end();
}

static void lists_of_seminars(void)
{
	begin("coordinator", "F3 I");
	type(&l, "seminars");
	press(&l, "Enter");
	give("seminars.csv", "Тема;Дата;Муниципалитет\nПервый из списка;01.03.2020;Бураевский район\nВторой из списка;02.03.2020;Аскинский район\n");
	press(&l, "y");
	comes_back("a list of seminars");
	end();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(people), TEST(consultation), TEST(links), TEST(seminars), TEST(attendance), TEST(selection), TEST(courses), TEST(texts), TEST(targets),
		TEST(begun_programme), TEST(imports), TEST(lists_of_seminars), TEST_END
	};

	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
