/* A coordinator destroys a person's data on the card: the countdown, the questions before it, and what stands there afterwards. */
#include <stdlib.h>
#include <string.h>

#include "records/consent.h"
#include "records/erasure.h"
#include "screens/cards.h"
#include "screens/parts/draft.h"
#include "tests/screens/drive.h"
#include "tests/unit/records.h"
#include "tests/unit/test.h"

#define NAME "Ғәлиева Сәлимә Ғәбит ҡыҙы"

static char salima[RECORD_ID_SIZE];

static bool begin(struct region *r, struct loop *l, int height, int width)
{
	struct err e = ERR_INIT;

	*r = drive_region();
	if (!CHECK(r->store != NULL))
		return false;
	CHECK_INT(record_resolve(r->store, &person_type, NAME, salima, &e), 0);
	speak("en");
	drive_open(l, r->store, height, width);
	return true;
}

static void end(struct region *r, struct loop *l)
{
	drive_close(l);
	store_close(r->store);
}

static void show_card(struct loop *l)
{
	cards_show(l, &person_type, salima);
	drive_draw(l);
}

static void test_destroy(void)
{
	struct region r;
	struct loop l;
	struct draft d;
	struct err e = ERR_INIT;
	int64_t people;

	if (!begin(&r, &l, 24, 80))
		return;
	people = query_number(r.store, "SELECT count(*) FROM person WHERE deleted = 0");
	show_card(&l);
	CHECK(sees(&l, "Сәлимә"));
	press(&l, "X");
	CHECK(sees(&l, "the consent was withdrawn"));
	type(&l, "demand");
	press(&l, "Enter");
	CHECK(sees(&l, "without names"));
	type(&l, "17/2020");
	press(&l, "Enter");
	CHECK(sees(&l, "taken back"));
	press(&l, "n");
	CHECK(!erasure_done(r.store, salima));		/* a no is a no */
	press(&l, "X");
	press(&l, "Esc");
	CHECK(!erasure_done(r.store, salima));
	press(&l, "X Enter");
	press(&l, "Enter");			/* without a document */
	press(&l, "y");
	CHECK(erasure_done(r.store, salima));
	press(&l, "Up Up Up Up");
	CHECK(sees(&l, "somebody with this id"));
	CHECK(sees(&l, salima));
	CHECK(!sees(&l, "Сәлимә"));
	CHECK(sees(&l, "there is no other replica"));
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM erasure WHERE basis = 'withdrawal'"), 1);
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM person WHERE deleted = 0"), people);
	/* What is typed now of the person is not kept, and a second time there is only the act. */
	draft_init(&d);
	snprintf(d.type, sizeof d.type, "person");
	snprintf(d.record, sizeof d.record, "%s", salima);
	buf_adds(&d.fields, "{\"name\":[\"" NAME "\",null]}");
	CHECK_INT(draft_keep(r.store, &d, &e), 0);
	CHECK_INT(query_number(r.store, "SELECT count(*) FROM setting WHERE key LIKE 'draft%'"), 0);
	draft_release(&d);
	press(&l, "X");
	CHECK(sees(&l, "act-"));
	end(&r, &l);
}

/* In a list the person stands by its id; narrow windows hold the question. */
static void test_in_lists(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 10, 40))
		return;
	show_card(&l);
	press(&l, "X Enter Enter");
	CHECK(sees(&l, "taken back"));
	press(&l, "y");
	CHECK(erasure_done(r.store, salima));
	press(&l, "F2 Tab");
	type(&l, "/");
	type(&l, "сәлимә");
	press(&l, "Enter");
	CHECK(!sees(&l, "Сәлимә"));
	end(&r, &l);
}

static void test_not_a_coordinator(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 24, 80))
		return;
	belong(r.store);
	show_card(&l);
	press(&l, "X");
	CHECK(sees(&l, "only a coordinator"));
	CHECK(!erasure_done(r.store, salima));
	end(&r, &l);
}

static void test_countdown(void)
{
	struct region r;
	struct loop l;
	struct record c;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 24, 80))
		return;
	make(r.store, &consent_type, id, "person", salima, "date", "2020-01-10", NULL);
	REQUIRE_OK(record_load(r.store, &c, &consent_type, id, &e));
	CHECK_INT(record_set(r.store, &c, "withdrawn", "2020-02-04", &e), 0);
	CHECK_INT(record_save(r.store, &c, &e), 0);
	record_release(&c);
	press(&l, "0");
	CHECK(sees(&l, "withdrew: erase within 20 days"));
	show_card(&l);
	CHECK(sees(&l, "! withdrawn on 04.02.2020 · X destroys the data"));
	belong(r.store);				/* no coordinator any more: nothing to press */
	press(&l, "q");
	show_card(&l);
	CHECK(sees(&l, "! withdrawn on 04.02.2020") && !sees(&l, "destroys the data"));
	end(&r, &l);
}

static const struct test tests[] = {
	TEST(test_destroy), TEST(test_in_lists), TEST(test_not_a_coordinator), TEST(test_countdown), TEST_END
};

int main(int argc, char **argv)
{
	return drive_start() ? test_main(argc, argv, tests) : 1;
}
