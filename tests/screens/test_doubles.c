/* Who may be the person that is being entered; the list of possible doubles; two cards joined and parted. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/person.h"
#include "records/person_link.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"
#include "tests/unit/test.h"

static const char aigul[] = "Галимова Айгуль Рифовна";

static void begin(struct region *r, struct loop *l, int height, int width)
{
	*r = drive_region();
	if (r->store == NULL)
		exit(1);
	speak("en");
	drive_open(l, r->store, height, width);
	press(l, "F2 Tab");
}

static void end(struct region *r, struct loop *l)
{
	struct err e = ERR_INIT;

	drive_close(l);
	if (!CHECK(journal_check(store_journal(r->store), &e) == 0))
		test_note("%s", e.text);
	store_close(r->store);
	speak("ru");
}

static void card_of(struct region *r, const char *name, char id[RECORD_ID_SIZE], char municipality[64])
{
	struct record p;
	struct err e = ERR_INIT;

	if (!CHECK(record_resolve(r->store, &person_type, name, id, &e) == 0 && record_load(r->store, &p, &person_type, id, &e) == 0)) {
		test_note("%s", e.text);
		return;
	}
	snprintf(municipality, 64, "%s", record_get(&p, "municipality"));
	record_release(&p);
}

static int64_t people(struct region *r)
{
	struct listing_view *v = listing_open(r->store, &people_listing);
	struct err e = ERR_INIT;
	int64_t n = -1;

	CHECK(listing_count(v, &n, &e) == 0);
	listing_close(v);
	return n;
}

static void warning(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE], place[64];

	begin(&r, &l, 24, 80);
	card_of(&r, aigul, id, place);
	press(&l, "n");
	type(&l, "Кузнецов Пётр");
	CHECK(!sees(&l, "Perhaps in the register"));
	CHECK(!sees(&l, "that card"));
	press(&l, "^U");
	type(&l, "Ғәлимова Айгөл Рифовна");
	press(&l, "Tab Tab Tab Tab Tab");
	press(&l, "^U");
	type(&l, place);
	press(&l, "Tab");
	CHECK(sees(&l, "Perhaps in the register already: Галимова Айгуль Рифовна"));
	CHECK(sees(&l, "F4 that card"));
	press(&l, "F4");				/* her card, over the form */
	CHECK(sees(&l, "Галимова Айгуль Рифовна"));
	CHECK(!sees(&l, "Perhaps in the register"));
	press(&l, "Esc");
	CHECK(sees(&l, "Ғәлимова Айгөл Рифовна"));	/* nothing that was typed is lost */
	CHECK(sees(&l, "Perhaps in the register already"));
	press(&l, "^S");
	CHECK(sees(&l, "saved"));
	end(&r, &l);
}

/* In the smallest terminal the words leave room for the form. */
static void small(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE], place[64];

	begin(&r, &l, 10, 40);
	card_of(&r, aigul, id, place);
	press(&l, "n");
	type(&l, "Галимова А. Р.");
	press(&l, "Tab Tab Tab Tab Tab ^U");
	type(&l, place);
	press(&l, "Tab");
	CHECK(sees(&l, "Perhaps in the register"));
	press(&l, "BackTab BackTab");
	CHECK(sees(&l, "Post"));
	end(&r, &l);
}

static void list(void)
{
	struct region r;
	struct loop l;
	char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE], place[64], shown[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	begin(&r, &l, 24, 80);
	card_of(&r, aigul, first, place);
	make(r.store, &person_type, second, "name", "Галимова Айгуль", "municipality", place, "email", "aigul@example.org", NULL);
	int64_t all = people(&r);
	press(&l, "D");
	CHECK(sees(&l, "Possible doubles"));
	CHECK(sees(&l, "Галимова Айгуль Рифовна = Галимова Айгуль") || sees(&l, "Галимова Айгуль = Галимова Айгуль Рифовна"));
	press(&l, "Enter");
	CHECK(sees(&l, "What are these two cards?"));
	press(&l, "Enter");				/* the marker stands on: one person */
	CHECK(sees(&l, "The shown card lacks what the other one says"));
	press(&l, "y");
	CHECK(sees(&l, "None: no two cards"));
	REQUIRE_OK(joined_shown(r.store, second, shown, &e));
	CHECK_STR(shown, strcmp(first, second) < 0 ? first : second);
	check_field(r.store, &person_type, shown, "email", "aigul@example.org");
	check_field(r.store, &person_type, shown, "phone", "+79170000002");
	CHECK_INT(people(&r), all - 1);
	/* From the card the other one is opened, and parted again. */
	press(&l, "Esc");
	type(&l, "/");
	type(&l, "Галимова Айгуль");
	press(&l, "Enter Enter");
	CHECK(sees(&l, "Other cards of this person"));
	act_on(&l, "first");
	while (!sees(&l, "▸ Галимова Айгуль"))
		press(&l, "Down");
	press(&l, "Enter");
	while (!sees(&l, "▸ part them again"))
		press(&l, "Down");
	CHECK(sees(&l, "They are joined"));
	press(&l, "Enter");
	CHECK(sees(&l, "parted: two people from now on"));
	CHECK_INT(people(&r), all);
	press(&l, "Esc");
	CHECK(!sees(&l, "Other cards of this person"));
	/* Named from the card, and told to be different. */
	press(&l, "J");
	CHECK(sees(&l, "Which other card has this person?"));
	CHECK(sees(&l, "another one, by name or id"));
	press(&l, "Enter");
	while (!sees(&l, "▸ different people"))
		press(&l, "Down");
	press(&l, "Enter");
	press(&l, "J");
	CHECK(!sees(&l, "▸ Галимова Айгуль"));
	press(&l, "Enter");
	type(&l, strcmp(shown, first) == 0 ? second : first);
	press(&l, "Enter");
	CHECK(sees(&l, "What are these two cards?"));
	end(&r, &l);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(warning), TEST(small), TEST(list), TEST_END };

	return drive_start() ? test_main(argc, argv, tests) : 1;
}
