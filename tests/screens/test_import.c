/* The import's screens: what kind of list, what its columns mean, which of several people a row means, people whom no register has. */
#include <stdio.h>
#include <string.h>

#include "base/fsutil.h"
#include "screens/cards.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"

static char path[4096];

static void list(const char *name, const char *text)
{
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s", test_folder(), name);
	REQUIRE_OK(fs_write(path, text, strlen(text), 0600, &e));
}

static void give_path(struct loop *l)
{
	press(l, "^U");
	type(l, path);
	press(l, "Enter");
}

/* From the card of a seminar: its sheet. Two of one name are asked about, and who is new is asked for at once. */
static void attendance_of_a_seminar(void)
{
	struct region r = drive_region();
	struct loop l;
	char anna[2][RECORD_ID_SIZE], id[2 * RECORD_ID_SIZE];

	make(r.store, &person_type, anna[0], "name", "Иванова Анна", "phone", "89170000011", NULL);
	make(r.store, &person_type, anna[1], "name", "Иванова Анна", "phone", "89170000012", NULL);
	list("came.csv", "ФИО;Телефон\nИванова Анна;\nСовсем Новый;89170000099\n");
	drive_open(&l, r.store, 24, 80);
	CHECK(cards_show(&l, &seminar_type, r.seminar));
	press(&l, "I");
	CHECK(sees(&l, "CSV"));
	give_path(&l);
	press(&l, "y");				/* new people: yes */
	CHECK(sees(&l, "Иванова Анна") && sees(&l, "Совсем Новый"));
	press(&l, "Home Enter");		/* which Anna */
	CHECK(sees(&l, "000-00-12"));
	press(&l, "Down Enter y");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE name = 'Совсем Новый' AND deleted = 0"), 1);
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM attendance a JOIN person p ON p.id = a.person WHERE p.name = 'Иванова Анна'"), 1);
	snprintf(id, sizeof id, "%s/%s", r.seminar, anna[1]);
	check_field(r.store, &attendance_type, id, "state", "present");
	drive_close(&l);
	store_close(r.store);
}

/* A list whose columns nobody knows is no dead end. */
static void columns(void)
{
	struct region r = drive_region();
	struct loop l;

	list("odd.csv", "Кого зовём;Куда звонить\nИзвеков Иван;89170000041\n");
	drive_open(&l, r.store, 24, 80);
	press(&l, "F2 I");
	give_path(&l);
	CHECK(sees(&l, "odd.csv"));
	press(&l, "c");
	CHECK(sees(&l, "Кого зовём: Извеков Иван"));
	press(&l, "Enter");
	type(&l, "name");
	press(&l, "Enter");
	CHECK(sees(&l, "Извеков Иван"));
	press(&l, "c Down Enter");
	type(&l, "phone");
	press(&l, "Enter y");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE name = 'Извеков Иван' AND phone = '+79170000041'"), 1);
	/* And remembered. */
	list("odd.csv", "Кого зовём;Куда звонить\nИзвекова Инна;89170000042\n");
	press(&l, "I");
	give_path(&l);
	press(&l, "y");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE name = 'Извекова Инна'"), 1);
	drive_close(&l);
	store_close(r.store);
}

/* From the home screen and from the seminars it is asked what the list holds. */
static void kinds(void)
{
	struct region r = drive_region();
	struct loop l;

	list("seminars.csv", "Тема;Дата;Ведущий\nИз списка;1.3.2020;Хасанова Г. Р.\n");
	drive_open(&l, r.store, 24, 80);
	press(&l, "0 I");
	type(&l, "seminars");
	press(&l, "Enter");
	give_path(&l);
	CHECK(sees(&l, "Из списка"));
	press(&l, "y");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM seminar WHERE title = 'Из списка'"), 1);
	press(&l, "F3 I");
	type(&l, "attendance");
	press(&l, "Enter");
	CHECK(sees(&l, "CSV"));
	press(&l, "Esc");
	drive_close(&l);
	/* On a small terminal. */
	list("contacts.vcf", "BEGIN:VCARD\nVERSION:3.0\nN:Телефонов;Тимур;;;\nTEL:89170000077\nEND:VCARD\n");
	drive_open(&l, r.store, 10, 40);
	press(&l, "F2 I");
	give_path(&l);
	CHECK(sees(&l, "Телефонов"));
	press(&l, "y");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE name = 'Телефонов Тимур'"), 1);
	drive_close(&l);
	store_close(r.store);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(attendance_of_a_seminar), TEST(columns), TEST(kinds), TEST_END };

	return drive_start() ? test_main(argc, argv, tests) : 1;
}
