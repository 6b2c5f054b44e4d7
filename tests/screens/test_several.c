/* What is done with several people at once: one transaction, one message, a question where they are many. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/person.h"
#include "screens/stage.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"
#include "tests/unit/test.h"

static void open_people(struct region *r, struct loop *l, const char *keys)
{
	*r = drive_region();
	if (r->store == NULL)
		exit(1);
	drive_open(l, r->store, 24, 80);
	press(l, "F2 Tab");
	press(l, keys);
}

static void end(struct region *r, struct loop *l)
{
	drive_close(l);
	store_close(r->store);
}

static void find(struct region *r, const char *name, char id[RECORD_ID_SIZE])
{
	struct err e = ERR_INIT;

	if (!CHECK(record_resolve(r->store, &person_type, name, id, &e) == 0))
		test_note("%s", e.text);
}

static const char *const ahmetov = "Ахметов Ильдар Закирович", *const valeeva = "Валеева Зиля Маратовна", *const galimova = "Галимова Айгуль Рифовна",
    *const salieva = "Ғәлиева Сәлимә Ғәбит ҡыҙы";

static void stage_is(struct region *r, const char *name, const char *code)
{
	char id[RECORD_ID_SIZE];

	find(r, name, id);
	check_field(r->store, &person_type, id, "stage", code);
}

static void pick_item(struct loop *l, const char *key, const char *item)
{
	press(l, key);
	type(l, item);
	press(l, "Enter");
}

static void stages(void)
{
	struct region r;
	struct loop l;

	open_people(&r, &l, "Down Down t");
	CHECK(sees(&l, "Галимова А. Р."));				/* whom it is about */
	CHECK(sees(&l, "▸ обучение пройдено"));				/* where she stands */
	press(&l, "Esc");
	stage_is(&r, galimova, "trained");
	pick_item(&l, "t", "ведёт");
	stage_is(&r, galimova, "working");
	press(&l, "Home Space Space Space t");
	CHECK(sees(&l, "отмечено: 3"));
	type(&l, "отбор");
	press(&l, "Enter");
	CHECK(sees(&l, "отмечено: 3"));
	CHECK(sees(&l, "отбор пройден"));
	stage_is(&r, ahmetov, "selected");
	stage_is(&r, valeeva, "selected");
	stage_is(&r, galimova, "selected");
	pick_item(&l, "t", _("none"));					/* the marks are still there for the next step */
	stage_is(&r, ahmetov, "");
	press(&l, "* t");						/* fourteen are many */
	type(&l, "канд");
	press(&l, "Enter");
	CHECK(sees(&l, "14"));
	CHECK(sees(&l, "да"));
	press(&l, "n");
	stage_is(&r, ahmetov, "");
	pick_item(&l, "t", "канд");
	press(&l, "y");
	stage_is(&r, ahmetov, "candidate");
	stage_is(&r, galimova, "candidate");
	CHECK(sees(&l, "отмечено: 14"));
	pick_item(&l, "t", "канд");					/* the program leaves with the question open */
	end(&r, &l);
}

/* All or none: one of them is gone meanwhile. */
static void all_or_none(void)
{
	char id[2][RECORD_ID_SIZE];
	const char *const both[] = { id[0], id[1] };
	struct err e = ERR_INIT;
	struct region r;
	struct loop l;

	open_people(&r, &l, "");
	find(&r, ahmetov, id[0]);
	find(&r, valeeva, id[1]);
	stage_ask(&l, both, 2);
	loop_draw(&l);
	CHECK_INT(record_remove(r.store, &person_type, id[1], &e), 0);
	type(&l, "канд");
	press(&l, "Enter");
	CHECK(sees(&l, "!"));
	check_field(r.store, &person_type, id[0], "stage", "");
	end(&r, &l);
}

static struct attendance_rows sheet(struct region *r)
{
	struct attendance_rows rows;
	struct err e = ERR_INIT;

	memset(&rows, 0, sizeof rows);
	CHECK_INT(attendance_rows(r->store, r->seminar, &rows, &e), 0);
	return rows;
}

/* Who stands on the sheet stays as he is; the places go in the order of the marks. */
static void invited(void)
{
	struct attendance_rows rows;
	struct err e = ERR_INIT;
	struct region r;
	struct record seminar;
	struct loop l;

	open_people(&r, &l, "Space Space");				/* Ахметов came already, Валеева is registered */
	press(&l, "End Space Home Down Down Space s");			/* Яҡупов, then Галимова */
	CHECK(sees(&l, "отмечено: 4"));
	CHECK(sees(&l, "▸ 14.02.2020 Как открыть НКО"));		/* the nearest: today's */
	press(&l, "Esc");
	REQUIRE_OK(record_load(r.store, &seminar, &seminar_type, r.seminar, &e));
	CHECK_INT(record_set(r.store, &seminar, "capacity", "4", &e), 0);
	REQUIRE_OK(record_save(r.store, &seminar, &e));
	record_release(&seminar);
	press(&l, "s Enter");
	rows = sheet(&r);
	CHECK_INT(rows.count, 6);
	CHECK_INT(rows.present, 2);
	CHECK_INT(rows.waiting, 1);
	CHECK_STR(rows.row[rows.count - 1].name, galimova);		/* she was marked last */
	attendance_rows_release(&rows);
	CHECK(sees(&l, "отмечено: 4"));
	press(&l, "Esc Home s");					/* one person, who is there already */
	type(&l, "как откр");
	press(&l, "Enter");
	rows = sheet(&r);
	CHECK_INT(rows.count, 6);
	CHECK_INT(rows.present, 2);
	attendance_rows_release(&rows);
	CHECK(sees(&l, "Ахметов И. З."));
	end(&r, &l);
}

/* Where nothing is planned there is nothing to pick from. */
static void nothing_planned(void)
{
	struct store *s = drive_store();
	struct loop l;

	REQUIRE(s != NULL);
	drive_open(&l, s, 24, 80);
	press(&l, "F2 n");
	type(&l, "Иванов Иван");
	press(&l, "^S s");
	CHECK(sees(&l, "F3"));
	CHECK(sees(&l, "Люди"));
	drive_close(&l);
	store_close(s);
}

static bool signed_is(struct region *r, const char *name, const char *purpose)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	bool valid = false;

	find(r, name, id);
	CHECK_INT(consent_valid(r->store, id, purpose, &valid, &e), 0);
	return valid;
}

static void consents(void)
{
	struct region r;
	struct loop l;

	open_people(&r, &l, "Space Space Space p Enter");
	CHECK(sees(&l, "14.02.2020"));					/* today */
	press(&l, "^U");
	type(&l, "31.02");
	press(&l, "Enter");						/* there is no such day: asked again, nothing is lost */
	CHECK(sees(&l, "31"));
	CHECK(!signed_is(&r, ahmetov, "participation"));
	press(&l, "^U");
	type(&l, "12.2");
	press(&l, "Enter");
	CHECK(sees(&l, "12.02.2020"));
	CHECK(signed_is(&r, ahmetov, "participation"));
	CHECK(signed_is(&r, galimova, "participation"));
	CHECK(!signed_is(&r, ahmetov, "publication"));
	CHECK(!signed_is(&r, salieva, "participation"));
	press(&l, "Space p Enter Enter");				/* one of four is new */
	CHECK(signed_is(&r, "Галиуллин Рустам Фанилевич", "participation"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM consent WHERE deleted = 0"), 4);
	press(&l, "p Down Enter Esc");					/* left at the date */
	CHECK(!signed_is(&r, ahmetov, "publication"));
	press(&l, "* p Down Enter Enter");				/* many: asked */
	CHECK(!signed_is(&r, ahmetov, "publication"));
	press(&l, "y");
	CHECK(signed_is(&r, ahmetov, "publication"));
	CHECK(signed_is(&r, salieva, "publication"));
	press(&l, "p Enter");						/* the program leaves in the middle */
	end(&r, &l);
}

static void removed(void)
{
	struct region r;
	struct loop l;

	open_people(&r, &l, "/");
	type(&l, "родник");
	press(&l, "Enter * Esc d y");					/* one of them is oneself: nobody goes */
	CHECK(sees(&l, "!"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE deleted = 0"), 14);
	CHECK(sees(&l, "отмечено: 3"));
	press(&l, "Esc /");
	type(&l, "дуслык");
	press(&l, "Enter * Esc d");
	CHECK(sees(&l, "(2)"));
	press(&l, "n");
	CHECK(sees(&l, "отмечено: 2"));
	press(&l, "d y");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE deleted = 0"), 12);
	CHECK(sees(&l, "12 человек"));
	CHECK(sees(&l, "по фамилии"));					/* no marks are left */
	press(&l, "Esc");
	CHECK(sees(&l, "▸"));
	end(&r, &l);
}

/* A consultation begins with the person at the marker. */
static void consulted(void)
{
	struct region r;
	struct loop l;

	open_people(&r, &l, "Down Down c");
	CHECK(sees(&l, "Галимова Айгуль Рифовна"));
	press(&l, "^S");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM consultation WHERE deleted = 0"), 1);
	CHECK(sees(&l, "▸ Галимова"));
	end(&r, &l);
}

static const struct test tests[] = {
	TEST(stages),
	TEST(all_or_none),
	TEST(invited),
	TEST(nothing_planned),
	TEST(consents),
	TEST(removed),
	TEST(consulted),
	TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
