/* Taking back on the screens: the key, the question, the list, the sheet where letters are text; nothing that somebody else wrote is lost without a word. */
#define _GNU_SOURCE 1
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "records/attendance.h"
#include "store/journal.h"
#include "records/person.h"
#include "records/programme.h"
#include "tests/screens/drive.h"
#include "tests/unit/stores.h"

static struct region r;
static struct loop l;

static void begin(const char *keys)
{
	r = drive_region();
	if (r.store == NULL)
		exit(1);
	speak("en");
	drive_open(&l, r.store, 24, 80);
	press(&l, "F2 Tab");
	press(&l, keys);
}

static void end(void)
{
	struct err e = ERR_INIT;

	drive_close(&l);
	if (!CHECK(store_check(r.store, &e) == 0))
		test_note("%s", e.text);
	store_close(r.store);
}

static const char *const galimova = "Галимова Айгуль Рифовна";

static void find(const char *name, char id[RECORD_ID_SIZE])
{
	struct err e = ERR_INIT;

	if (!CHECK(record_resolve(r.store, &person_type, name, id, &e) == 0))
		test_note("%s", e.text);
}

static bool shows(const char *text)
{
	return sees(&l, text);
}

static void field_is(const char *name, const char *field, const char *want)
{
	char id[RECORD_ID_SIZE];

	find(name, id);
	check_field(r.store, &person_type, id, field, want);
}

static void nothing_yet(void)
{
	begin("u");
	CHECK(shows("nothing was done since the program was opened"));
	press(&l, "^Y");
	CHECK(shows("nothing was taken back"));
	press(&l, "U");
	CHECK(shows("Nothing was done since the program was opened."));
	end();
}

/* A card edited, a new one, a removal, in the Russian layout too. */
static void cards(void)
{
	begin("Down Down Enter e Tab ^U");
	type(&l, "89170009999");
	press(&l, "^S");
	field_is(galimova, "phone", "+79170009999");
	press(&l, "u");
	CHECK(shows("taken back · changed: "));
	CHECK(query_number(r.store, "SELECT count(*) FROM person WHERE phone = '+79170009999'") == 0);
	type(&l, "ж");						/* no key */
	press(&l, "^R");
	field_is(galimova, "phone", "+79170009999");
	type(&l, "г");						/* lies on u */
	CHECK(query_number(r.store, "SELECT count(*) FROM person WHERE phone = '+79170009999'") == 0);
	press(&l, "Esc n");
	type(&l, "Новая Анна Петровна");
	press(&l, "^S");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE name = 'Новая Анна Петровна' AND deleted = 0"), 1);
	press(&l, "u");
	CHECK(shows("Новая Анна Петровна"));				/* said by the message alone */
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE name = 'Новая Анна Петровна' AND deleted = 0"), 0);
	press(&l, "Home d y");
	CHECK(shows("removed: 1 · u takes it back"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE deleted = 1"), 2);
	press(&l, "u");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE deleted = 1"), 1);
	end();
}

static void several(void)
{
	begin("Home Space Down Space t");
	type(&l, "selected");
	press(&l, "Enter");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM participation WHERE stage = 'selected'") >= 2, 1);
	press(&l, "U");
	CHECK(shows("changed: "));
	CHECK(shows("(2)"));
	press(&l, "Enter");
	CHECK(shows("taken back"));
	CHECK(shows("Taken back; Enter does it again"));
	press(&l, "Enter");
	CHECK(shows("done again"));
	end();
}

/* The sheet: letters are text there. */
static void sheet(void)
{
	int64_t came;

	begin("F3 Down a");
	came = query_number(r.store, "SELECT count(*) FROM attendance WHERE deleted = 0 AND state = 'present'");
	type(&l, "галиу");
	press(&l, "Enter");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM attendance WHERE deleted = 0 AND state = 'present'"), came + 1);
	type(&l, "u");
	press(&l, "Esc F10");
	CHECK(shows("taken back"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM attendance WHERE deleted = 0 AND state = 'present'"), came);
	press(&l, "^Y");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM attendance WHERE deleted = 0 AND state = 'present'"), came + 1);
	press(&l, "F12");
	CHECK(shows("What can be taken back"));
	press(&l, "Esc F10");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM attendance WHERE deleted = 0 AND state = 'present'"), came);
	end();
}

/* How often a text stands in the picture. */
static int times_seen(const char *text)
{
	struct buf now = BUF_INIT;
	int count = 0;

	drive_draw(&l);
	picture(&l, &now);
	for (const char *p = now.data; (p = strstr(p, text)) != NULL; p += strlen(text))
		count++;
	buf_release(&now);
	return count;
}

/* The word at the foot is there while there is something to take back, and on a narrow line only where others leave room. */
static void at_the_foot(void)
{
	begin("");
	CHECK(!shows("u undo"));
	press(&l, "Home d y");
	press(&l, "Down");					/* the message is gone */
	CHECK(shows("u undo  ? keys"));
	CHECK(shows("Enter open it  n enter new  e edit"));
	press(&l, "u Down");
	CHECK(!shows("u undo"));
	press(&l, "^Y Down");
	CHECK(shows("u undo"));
	drive_close(&l);
	drive_open(&l, r.store, 10, 40);
	press(&l, "F2 Tab Home");
	CHECK(shows("Enter open it  n enter new  ? keys"));
	end();
}

/* Whoever is written in has a card, a role and a mark: that they go is one line. */
static void one_line_for_a_group(void)
{
	begin("F3 Down a F2");
	type(&l, "Зайцев Лев Ильич");
	press(&l, "^S F12");
	CHECK(shows("added: Person “Зайцев Лев Ильич”"));
	CHECK_INT(times_seen("there → removed"), 1);
	CHECK(shows("Record: there → removed (2)"));
	press(&l, "Enter");
	CHECK_INT(times_seen("removed → there"), 1);
	press(&l, "Esc Esc Esc F2 Home e Tab ^U");
	type(&l, "89170009999");
	press(&l, "^S U");
	CHECK_INT(times_seen("Phone: +7 917 000-99-99 → "), 1);
	CHECK(!shows("· Phone: +7 917 000-99-99"));		/* of one record the name is said once */
	end();
}

/* Another device wrote since: it is named, and asked about. */
static void others(void)
{
	struct store *other = drive_store();
	char id[RECORD_ID_SIZE];

	begin("Down Down Enter e Tab ^U");
	type(&l, "89170009999");
	press(&l, "^S");
	find(galimova, id);
	CHECK(bring(other, r.store) >= 0);
	edit(other, &person_type, id, "phone", "89170008888");
	CHECK(bring(r.store, other) >= 0);
	press(&l, "u");
	CHECK(shows("meanwhile it is +7 917 000-88-88"));
	press(&l, "Esc");
	field_is(galimova, "phone", "+79170008888");
	press(&l, "u n");
	field_is(galimova, "phone", "+79170008888");
	press(&l, "u y");
	CHECK(shows("taken back"));
	CHECK(query_number(r.store, "SELECT count(*) FROM person WHERE phone IN ('+79170008888', '+79170009999')") == 0);
	end();
	store_close(other);
}

static bool go_to(const char *text)
{
	press(&l, "Home");
	for (int i = 0; i < 30; i++) {
		struct buf now = BUF_INIT;
		bool there;
		const char *row;

		drive_draw(&l);
		picture(&l, &now);
		row = strstr(now.data, "▸");
		there = row != NULL && memmem(row, strcspn(row, "\n"), text, strlen(text)) != NULL;
		buf_release(&now);
		if (there)
			return true;
		press(&l, "Down");
	}
	return CHECK(!"the line is there");
}

/* A text of several lines in conflict: what it was stands below, another one is typed in the editor, a dropped line leaves a draft, an undo says what it does. */
static void conflicts(void)
{
	struct store *other = drive_store();
	char id[RECORD_ID_SIZE];

	begin("");
	find(galimova, id);
	edit(r.store, &person_type, id, "note", "первое\nвторое");
	CHECK(bring(other, r.store) >= 0);
	edit(other, &person_type, id, "note", "там\nдругое");
	edit(r.store, &person_type, id, "note", "здесь\nиное");
	CHECK(bring(r.store, other) >= 0);
	CHECK_INT(journal_conflicts(store_journal(r.store)), 1);
	press(&l, "!");
	CHECK(shows("The field so far:"));
	CHECK(shows("первое… → "));
	if (go_to("another value"))
		press(&l, "Enter");
	type(&l, "x");
	press(&l, "Enter");
	type(&l, "третье");
	loop_keep(&l);
	drive_close(&l);
	drive_open(&l, r.store, 24, 80);
	CHECK(shows("Not saved since"));
	press(&l, "y ^S");
	CHECK_INT(journal_conflicts(store_journal(r.store)), 0);
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE note LIKE '%третье'"), 1);
	press(&l, "Esc u");
	CHECK(shows("conflict stays settled"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE note LIKE '%третье'"), 0);
	CHECK_INT(journal_conflicts(store_journal(r.store)), 0);

	/* Saved as it is shown: that is a choice, too. */
	CHECK(bring(other, r.store) >= 0);
	edit(other, &person_type, id, "post", "юрист");
	edit(r.store, &person_type, id, "post", "бухгалтер");
	CHECK(bring(r.store, other) >= 0);
	CHECK_INT(journal_conflicts(store_journal(r.store)), 1);
	press(&l, "!");
	if (go_to("another value"))
		press(&l, "Enter ^S");
	CHECK_INT(journal_conflicts(store_journal(r.store)), 0);
	press(&l, "Esc u");
	CHECK(shows("a conflict that is settled"));
	end();
	store_close(other);
}

/* Role and stage are typed in a form, too: a dropped line leaves a draft. */
static void conflict_of_a_role(void)
{
	struct store *other = drive_store();
	char id[RECORD_ID_SIZE];

	begin("");
	find(galimova, id);
	CHECK(bring(other, r.store) >= 0);
	edit(other, &person_type, id, "stage", "candidate");
	edit(r.store, &person_type, id, "stage", "selected");
	CHECK(bring(r.store, other) >= 0);
	CHECK_INT(journal_conflicts(store_journal(r.store)), 1);
	press(&l, "!");
	/* Which of the two is shown is a matter of the devices' tags. */
	if (go_to("another value"))
		press(&l, query_number(r.store, "SELECT count(*) FROM participation WHERE stage = 'candidate'") > 0 ? "Enter Right Right" : "Enter Right");
	CHECK(shows("Stage"));
	loop_keep(&l);
	drive_close(&l);
	drive_open(&l, r.store, 24, 80);
	CHECK(shows("Not saved since"));
	press(&l, "y ^S");
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM participation WHERE stage IN ('candidate', 'selected') AND person = (SELECT id FROM person"
	    " WHERE name = 'Галимова Айгуль Рифовна')"), 0);
	CHECK_INT(journal_conflicts(store_journal(r.store)), 0);
	end();
	store_close(other);
}

/* Of a programme that is not shown: which one is said, and what may stand is chosen, not typed. */
static void conflict_of_another_programme(void)
{
	struct store *other = drive_store();
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE], programme[RECORD_ID_SIZE];

	begin("");
	find(galimova, id);
	CHECK(bring(other, r.store) >= 0);
	edit(other, &person_type, id, "stage", "candidate");
	edit(r.store, &person_type, id, "stage", "selected");
	CHECK(bring(r.store, other) >= 0);
	CHECK_INT(journal_conflicts(store_journal(r.store)), 1);
	make(r.store, &programme_type, programme, "title", "Другая программа", NULL);
	REQUIRE_OK(programme_use(r.store, programme, &e));
	press(&l, "!");
	CHECK(shows(" · Stage · "));
	if (go_to("another value"))
		press(&l, "Enter");
	type(&l, "trained");
	press(&l, "Enter");
	CHECK(shows("settled"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM participation WHERE stage = 'trained' AND person = (SELECT id FROM person"
	    " WHERE name = 'Галимова Айгуль Рифовна')"), 1);
	CHECK_INT(journal_conflicts(store_journal(r.store)), 0);
	end();
	store_close(other);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(nothing_yet), TEST(cards), TEST(several), TEST(sheet), TEST(at_the_foot), TEST(one_line_for_a_group), TEST(conflict_of_another_programme), TEST(others), TEST(conflicts), TEST(conflict_of_a_role), TEST_END
	};

	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
