/* What the hub did not accept is told with its reason and its values, corrected and sent again, or dropped; the history keeps it. */
#include "tests/unit/region.h"

#include "store/history.h"

static struct store *field, *centre;

static bool begin(void)
{
	struct store *both[2];

	if (!CHECK(region_open()))
		return false;
	both[0] = field = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	both[1] = centre = region_member("Орлова Вера", BELEBEY, "coordinator");
	if (!CHECK(field != NULL && centre != NULL))
		return false;
	region_exchange(both, 2);
	region_exchange(both, 2);
	return true;
}

static void end(void)
{
	region_sound(field);
	region_sound(centre);
	region_sound(region_hub);
	store_close(field);
	store_close(centre);
	region_close();
}

static void exchange_both(void)
{
	region_exchange((struct store *[]){ field, centre }, 2);
}

static int64_t not_accepted(struct store *s)
{
	struct sync_status status;
	struct err e = ERR_INIT;

	CHECK_INT(sync_status(s, &status, &e), 0);
	return status.refused;
}

static int64_t number_of(struct store *s, const char *reason)
{
	char sql[128];

	snprintf(sql, sizeof sql, "SELECT seq FROM not_accepted WHERE reason = '%s' ORDER BY seq LIMIT 1", reason);
	return region_count(s, sql);
}

/* A seminar in a district that is not the consultant's, with a mark on its sheet and an edit that rest on it. */
static void refuse_three(char seminar[RECORD_ID_SIZE], char person[RECORD_ID_SIZE])
{
	make(field, &person_type, person, "name", "Гость Иван", "municipality", BURAEVO, NULL);
	make(field, &seminar_type, seminar, "title", "Чужой", "date", "2020-03-01", "municipality", BELEBEY, "lead", person, NULL);
	mark(field, seminar, person, ATTENDANCE_PRESENT);
	change(field, &seminar_type, seminar, "place", "клуб");
	exchange_both();
	CHECK_INT(not_accepted(field), 3);
	CHECK(!region_holds(field, "seminar", seminar));
}

static const char *values_of(int64_t seq)
{
	static struct buf out;
	struct err e = ERR_INIT;

	buf_release(&out);
	buf_init(&out);
	CHECK_INT(sync_refused_values(field, seq, &out, &e), 0);
	return out.len > 0 ? out.data : "";
}

/* Given again it stands where it stood, and what rested on it, too; what cannot be accepted as it is is entered anew and dropped. */
static void test_corrected(void)
{
	char seminar[RECORD_ID_SIZE], person[RECORD_ID_SIZE], mark_id[2 * RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	int64_t count;

	REQUIRE(begin());
	refuse_three(seminar, person);
	CHECK(strstr(values_of(number_of(field, "scope")), "title\tЧужой\n") != NULL);
	CHECK_INT(sync_refused_again(field, number_of(field, "depends"), &count, &e), -1);	/* not by itself */
	CHECK_INT(e.code, ERR_REFUSED);
	err_clear(&e);
	CHECK_INT(sync_refused_again(field, number_of(field, "scope"), &count, &e), 0);
	CHECK_INT(count, 3);
	CHECK_INT(not_accepted(field), 0);
	CHECK(region_holds(field, "seminar", seminar));
	CHECK_STR(region_value(field, "SELECT place FROM seminar"), "клуб");
	region_sound(field);
	/* Not corrected it would be refused once more, and nothing is lost by that. */
	exchange_both();
	CHECK_INT(not_accepted(field), 3);
	CHECK_INT(sync_refused_again(field, 0, &count, &e), 0);
	CHECK_INT(count, 3);
	change(field, &seminar_type, seminar, "municipality", BURAEVO);
	change(centre, &person_type, person, "note", "здесь");
	exchange_both();
	/* The insert names the other district still: by itself it is refused, as are those that rest on it. */
	CHECK_INT(not_accepted(field), 4);
	CHECK_INT(sync_refused_drop(field, 0, &count, &e), 0);
	CHECK_INT(count, 4);
	make(field, &seminar_type, seminar, "title", "Свой", "date", "2020-03-01", "municipality", BURAEVO, NULL);
	mark(field, seminar, person, ATTENDANCE_PRESENT);
	exchange_both();
	CHECK_INT(not_accepted(field), 0);
	snprintf(mark_id, sizeof mark_id, "%s/%s", seminar, person);
	CHECK(region_holds(region_hub, "attendance", mark_id));
	CHECK(region_within(field, region_hub));
	CHECK(region_same(centre, region_hub));
	end();
}

/* What was not allowed then is allowed later: the same change, sent again. */
static void test_again_later(void)
{
	char seminar[RECORD_ID_SIZE], person[RECORD_ID_SIZE], card[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	int64_t count;

	REQUIRE(begin());
	make(centre, &person_type, card, "name", "Чужая", "municipality", BELEBEY, NULL);
	exchange_both();
	refuse_three(seminar, person);
	REQUIRE_OK(store_begin(region_hub, &e));
	REQUIRE_OK(store_exec(region_hub, "UPDATE peer SET municipality = '" BELEBEY "', roster = roster + 1 WHERE role = 'consultant'", &e));
	REQUIRE_OK(store_commit(region_hub, &e));
	exchange_both();
	REQUIRE_OK(sync_refused_again(field, 0, &count, &e));
	CHECK_INT(count, 3);
	/* A consultant may make a seminar where it is the municipality that the hub has of it. */
	exchange_both();
	exchange_both();
	CHECK_INT(not_accepted(field), 0);
	CHECK(region_holds(region_hub, "seminar", seminar));
	CHECK_STR(region_value(region_hub, "SELECT place FROM seminar"), "клуб");
	CHECK(region_within(field, region_hub));
	CHECK(region_same(centre, region_hub));
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 0);
	end();
}

struct told { int count, refused; };

static int tell(void *context, const struct history_entry *h, struct err *e)
{
	struct told *t = context;

	(void)e;
	t->count++;
	t->refused += h->refused != NULL;
	return 0;
}

/* Dropped: no record, no line in the list, but the history; and a receipt that comes twice brings nothing back. */
static void test_dropped(void)
{
	char seminar[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	struct told told = { 0, 0 };
	struct err e = ERR_INIT;
	int64_t count;

	REQUIRE(begin());
	refuse_three(seminar, person);
	CHECK_INT(sync_refused_drop(field, 999, &count, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	err_clear(&e);
	CHECK_INT(sync_refused_drop(field, number_of(field, "scope"), &count, &e), 0);
	CHECK_INT(count, 3);
	CHECK_INT(not_accepted(field), 0);
	CHECK(!region_holds(field, "seminar", seminar));
	REQUIRE_OK(history_each(store_journal(field), "seminar", seminar, tell, &told, &e));
	CHECK_INT(told.count, 2);
	CHECK_INT(told.refused, 2);
	exchange_both();
	exchange_both();
	CHECK_INT(not_accepted(field), 0);
	CHECK(region_within(field, region_hub));
	end();
}

static const struct test tests_of_this[] = { TEST(test_corrected), TEST(test_again_later), TEST(test_dropped), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
