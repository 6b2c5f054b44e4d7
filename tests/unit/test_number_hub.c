/* Numbers of papers between devices and their hub: whoever gives certificates and letters offline, nobody gives a number that another gave. */
#include "tests/unit/region.h"

#include "records/award.h"
#include "records/certificate.h"
#include "records/number.h"

enum { COORDINATORS = 2, PEOPLE = 12, STEPS = 150, GIVEN_MOST = 4096 };

static struct store *device[COORDINATORS];
static char people[PEOPLE][RECORD_ID_SIZE];
static char given[GIVEN_MOST][NUMBER_SIZE];
static int given_count;

static void exchange(void)
{
	region_exchange(device, COORDINATORS);
}

static bool begin(void)
{
	given_count = 0;
	if (!CHECK(region_open()))
		return false;
	device[0] = region_member("Первый Координатор", BURAEVO, "coordinator");
	device[1] = region_member("Второй Координатор", BELEBEY, "coordinator");
	if (!CHECK(device[0] != NULL && device[1] != NULL))
		return false;
	for (int i = 0; i < PEOPLE; i++) {
		char name[64];

		snprintf(name, sizeof name, "Человек Номер %02d", i);
		make(device[0], &person_type, people[i], "name", name, "municipality", BURAEVO, NULL);
	}
	exchange();
	exchange();
	return true;
}

static void end(void)
{
	for (int i = 0; i < COORDINATORS; i++) {
		region_sound(device[i]);
		store_close(device[i]);
	}
	region_sound(region_hub);
	region_close();
}

/* Numbers that a device gave; none of them may have been given before. */
static void note(const char *number)
{
	for (int i = 0; i < given_count; i++)
		if (!CHECK(strcmp(given[i], number) != 0))
			test_note("%s was given twice", number);
	if (CHECK(given_count < GIVEN_MOST))
		snprintf(given[given_count++], NUMBER_SIZE, "%s", number);
}

static void note_paper(struct store *s, const struct record_type *t, const char *id)
{
	struct record r;
	struct err e = ERR_INIT;

	REQUIRE_OK(record_load(s, &r, t, id, &e));
	note(record_get(&r, "number"));
	record_release(&r);
}

static void certify(struct store *s, const char *person)
{
	struct certificate_wish w = { .person = person, .course = "", .hours = -1 };
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	bool issued;

	REQUIRE_OK(certificate_issue(s, &w, id, &issued, &e));
	if (issued)
		note_paper(s, &certificate_type, id);
}

static void thank(struct store *s, const char *person)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	bool issued;

	REQUIRE_OK(award_issue(s, person, 10, "семинары: 1 × 10 = 10", id, &issued, &e));
	if (issued)
		note_paper(s, &award_type, id);
}

/* On paper, with no record that stays. */
static void take(struct store *s, const char *series)
{
	char number[NUMBER_SIZE];
	struct err e = ERR_INIT;

	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(number_take(s, series, number, &e));
	REQUIRE_OK(store_commit(s, &e));
	note(number);
}

static void spoil(struct store *s, const char *person)
{
	char sql[200], id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	snprintf(sql, sizeof sql, "SELECT id FROM certificate WHERE person = '%s' AND deleted = 0 ORDER BY id", person);
	snprintf(id, sizeof id, "%s", region_value(s, sql));
	if (strcmp(id, "?") != 0)
		REQUIRE_OK(record_remove(s, &certificate_type, id, &e));
}

static int count_twice(void *context, const char *number, struct err *e)
{
	(void)e;
	test_note("%s stands on papers of several people", number);
	++*(int *)context;
	return 0;
}

static int twice(struct store *s)
{
	struct err e = ERR_INIT;
	int count = 0;

	CHECK_INT(number_twice(s, count_twice, &count, &e), 0);
	return count;
}

static void step(void)
{
	struct store *s = device[test_random() % COORDINATORS];
	const char *person = people[test_random() % PEOPLE];

	switch (test_random() % 8) {
	case 0: case 1:
		certify(s, person);
		break;
	case 2: case 3:
		thank(s, person);
		break;
	case 4:
		spoil(s, person);
		break;
	case 5:
		region_sync(s);
		break;
	case 6:
		region_collect();
		break;
	default:
		for (int i = 0; i < 11; i++)
			take(s, i % 3 ? NUMBER_CERTIFICATE : NUMBER_LETTER);
	}
}

static void test_random_histories(void)
{
	REQUIRE(begin());
	for (int i = 0; i < STEPS; i++)
		step();
	for (int i = 0; i < 3; i++)
		exchange();
	CHECK(given_count > STEPS);
	CHECK(region_same(device[0], region_hub));
	CHECK(region_same(device[1], region_hub));
	CHECK_INT(twice(region_hub) + twice(device[0]) + twice(device[1]), 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM refused"), 0);
	end();
}

/* Twenty left of a hundred, as the hub sees it: the next block comes with the next sync. */
static void test_refill(void)
{
	struct err e = ERR_INIT;
	int64_t left;

	REQUIRE(begin());
	for (int i = 0; i < 85; i++)
		take(device[0], NUMBER_CERTIFICATE);
	certify(device[0], people[0]);
	exchange();
	exchange();
	REQUIRE_OK(number_left(device[0], NUMBER_CERTIFICATE, &left, &e));
	CHECK_INT(left, 100 - 86 + NUMBER_BLOCK);
	for (int i = 0; i < 100; i++)
		take(device[1], NUMBER_CERTIFICATE);
	for (int i = 0; i < 100; i++)
		take(device[0], NUMBER_CERTIFICATE);
	end();
}

/* A clone of a store and the store itself print on; the hub sees the fork, and the store joins anew. What either gives from now on nobody gave. */
static void test_join_anew(void)
{
	const char *tag;
	struct err e = ERR_INIT;
	char number[NUMBER_SIZE];
	int64_t left;

	REQUIRE(begin());
	tag = store_identity(device[0])->pub.tag;
	for (int i = 0; i < 5; i++)
		take(device[0], NUMBER_CERTIFICATE);
	/* What the clone prints is known to nobody: the rest of the block, and letters of the tag's own. */
	for (int i = 6; i <= 100; i++) {
		snprintf(number, sizeof number, "ЖС-%06d", i);
		note(number);
	}
	for (int i = 1; i <= 40; i++) {
		snprintf(number, sizeof number, "ЖС-%s-%d", tag, i);
		note(number);
	}
	REQUIRE_OK(store_exec(region_hub, "UPDATE peer SET state = 'suspended' WHERE label LIKE 'Первый%'", &e));
	REQUIRE_OK(region_enrol(device[0], "coordinator", BURAEVO, &e));
	REQUIRE_OK(number_left(device[0], NUMBER_CERTIFICATE, &left, &e));
	CHECK_INT(left, 0);
	for (int i = 0; i < 3; i++)
		take(device[0], NUMBER_CERTIFICATE);
	certify(device[0], people[0]);
	exchange();
	exchange();
	REQUIRE_OK(number_left(device[0], NUMBER_CERTIFICATE, &left, &e));
	CHECK_INT(left, NUMBER_BLOCK);
	for (int i = 0; i < NUMBER_BLOCK + 3; i++)
		take(device[0], NUMBER_CERTIFICATE);
	for (int i = 0; i < NUMBER_BLOCK; i++)
		take(device[1], NUMBER_CERTIFICATE);
	end();
}

/* A number that somebody typed keeps nobody from working, the hub's collecting least of all. */
static void test_typed(void)
{
	char id[RECORD_ID_SIZE];
	int64_t left;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	make(device[0], &award_type, id, "person", people[0], "number", "БП-999999999", NULL);
	make(device[0], &award_type, id, "person", people[1], "number", "БП-000001", NULL);
	for (int i = 0; i < 90; i++)
		take(device[1], NUMBER_LETTER);
	thank(device[1], people[5]);
	exchange();
	exchange();
	REQUIRE_OK(number_left(device[1], NUMBER_LETTER, &left, &e));
	CHECK_INT(left, 100 - 91 + NUMBER_BLOCK);
	thank(device[0], people[2]);
	CHECK_INT(twice(device[0]), 0);
	end();
}

static void has_words(struct store *s, const char *series, const char *want)
{
	struct buf words = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE_OK(number_words(s, series, &words, &e));
	if (!CHECK(*want ? strstr(words.data, want) != NULL : words.len == 0))
		test_note("%s", words.data);
	buf_release(&words);
}

/* Two devices give the same person the same paper: it is told everywhere, and one is removed. */
static void test_given_twice(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	REQUIRE(begin());
	for (int i = 0; i < COORDINATORS; i++) {
		certify(device[i], people[0]);
		thank(device[i], people[0]);
	}
	has_words(device[0], NUMBER_LETTER, "");
	exchange();
	exchange();
	for (int i = 0; i < COORDINATORS; i++) {
		has_words(device[i], NUMBER_LETTER, "БП-000101");
		has_words(device[i], NUMBER_LETTER, "БП-000001");
		has_words(device[i], NUMBER_CERTIFICATE, "ЖС-000101");
	}
	snprintf(id, sizeof id, "%s", region_value(device[1], "SELECT id FROM award WHERE number = 'БП-000001'"));
	REQUIRE_OK(record_remove(device[1], &award_type, id, &e));
	exchange();
	exchange();
	has_words(device[0], NUMBER_LETTER, "");
	has_words(device[0], NUMBER_CERTIFICATE, "Человек Номер 00");
	certify(device[0], people[0]);		/* no third */
	thank(device[0], people[0]);
	CHECK_INT(given_count, 4);
	end();
}

static const struct test tests_of_this[] = { TEST(test_random_histories), TEST(test_refill), TEST(test_join_anew), TEST(test_typed), TEST(test_given_twice), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
