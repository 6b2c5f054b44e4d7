#include "tests/unit/region.h"

#include "schema/schema.h"
#include "sync/feed.h"

static struct store *consultant, *expert, *coordinator;

static bool begin(void)
{
	struct store *all[3];

	if (!CHECK(region_open()))
		return false;
	all[0] = consultant = region_member("Консультант", BURAEVO, "consultant");
	all[1] = expert = region_member("Эксперт", BELEBEY, "expert");
	all[2] = coordinator = region_member("Координатор", BELEBEY, "coordinator");
	if (!CHECK(consultant != NULL && expert != NULL && coordinator != NULL))
		return false;
	region_exchange(all, 3);
	region_exchange(all, 3);
	return true;
}

static void end(void)
{
	region_sound(consultant);
	region_sound(expert);
	region_sound(coordinator);
	store_close(consultant);
	store_close(expert);
	store_close(coordinator);
	region_close();
}

static const char *own(struct store *s)
{
	static char ids[4][RECORD_ID_SIZE];
	static int next;

	return person_me(s, ids[next++ % 4]);
}

static void exchange_all(void)
{
	region_exchange((struct store *[]){ consultant, expert, coordinator }, 3);
}

/* The kinds in a device's feed after a position, in their order: o operation, e enter, l leave, n name. */
static const char *kinds(struct store *device, int64_t after)
{
	static char text[512];
	char sql[512];

	snprintf(sql, sizeof sql,
	    "SELECT group_concat(substr('oeln', kind + 1, 1), '') FROM (SELECT kind FROM feed WHERE device ="
	    " (SELECT no FROM device WHERE tag = '%s') AND pos > %lld ORDER BY pos)",
	    store_identity(device)->pub.tag, (long long)after);
	snprintf(text, sizeof text, "%s", region_value(region_hub, sql));
	return text;
}

static int64_t feed_pos(struct store *device)
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT feed_pos FROM peer WHERE tag = '%s'",
	    store_identity(device)->pub.tag);
	return region_count(region_hub, sql);
}

static void collect_from(struct store *device)
{
	region_sync(device);
	CHECK_INT(region_collect().bundles_refused, 0);
}

static void update_feeds(void)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(store_begin(region_hub, &e));
	REQUIRE_OK(feed_update(region_hub, &e));
	REQUIRE_OK(store_commit(region_hub, &e));
}

/* Nothing comes back to who made it but the receipt; who holds the record gets the operation, who does not gets
 * nothing. */
static void test_no_echo(void)
{
	char person[RECORD_ID_SIZE];
	int64_t a, b, c;

	REQUIRE(begin());
	a = feed_pos(consultant), b = feed_pos(expert), c = feed_pos(coordinator);
	make(consultant, &person_type, person, "name", "Гость", "municipality", BURAEVO, NULL);
	collect_from(consultant);
	CHECK_STR(kinds(consultant, a), "");
	CHECK_STR(kinds(expert, b), "");
	CHECK_STR(kinds(coordinator, c), "ee");		/* the person and its part in the programme */
	region_sync(coordinator);
	c = feed_pos(coordinator);
	change(consultant, &person_type, person, "phone", "89170000001");
	collect_from(consultant);
	CHECK_STR(kinds(consultant, a), "");
	CHECK_STR(kinds(coordinator, c), "o");
	region_sync(coordinator);
	change(coordinator, &person_type, person, "phone", "89170000002");
	collect_from(coordinator);
	CHECK_STR(kinds(consultant, a), "o");
	end();
}

/* What enters comes first, then operations, then what leaves. */
static void test_order(void)
{
	char person[RECORD_ID_SIZE], other[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];
	int64_t a;

	REQUIRE(begin());
	make(coordinator, &person_type, person, "name", "Уйдёт", "municipality", BURAEVO, NULL);
	make(coordinator, &person_type, other, "name", "Придёт", "municipality", BELEBEY, NULL);
	make(coordinator, &seminar_type, seminar, "title", "Здесь", "date", "2020-02-01", "municipality",
	    BURAEVO, NULL);
	exchange_all();
	exchange_all();
	a = feed_pos(consultant);
	change(coordinator, &person_type, person, "municipality", BELEBEY);
	change(coordinator, &seminar_type, seminar, "place", "клуб");
	change(coordinator, &person_type, other, "municipality", BURAEVO);
	collect_from(coordinator);
	/* One person and its participation either way; of what leaves the last change still comes, and then it
	 * goes. */
	CHECK_STR(kinds(consultant, a), "eeooll");
	region_sync(consultant);
	CHECK(!region_holds(consultant, "person", person));
	CHECK(region_holds(consultant, "person", other));
	CHECK(region_within(consultant, region_hub));
	end();
}

/* In and out while the device hears nothing: only how it ends is told. */
static void test_in_and_out(void)
{
	char stays[RECORD_ID_SIZE], goes[RECORD_ID_SIZE];
	struct sync_report report;
	int64_t before;

	REQUIRE(begin());
	make(coordinator, &person_type, stays, "name", "Останется", "municipality", BURAEVO, NULL);
	make(coordinator, &person_type, goes, "name", "Уйдёт", "municipality", BELEBEY, NULL);
	collect_from(coordinator);
	change(coordinator, &person_type, stays, "municipality", BELEBEY);
	change(coordinator, &person_type, goes, "municipality", BURAEVO);
	collect_from(coordinator);
	change(coordinator, &person_type, stays, "municipality", BURAEVO);
	change(coordinator, &person_type, goes, "municipality", BELEBEY);
	collect_from(coordinator);
	report = region_sync(consultant);
	CHECK_INT(report.bundles_read, 3);
	CHECK(region_holds(consultant, "person", stays));
	CHECK(!region_holds(consultant, "person", goes));
	CHECK(region_within(consultant, region_hub));
	/* The same in one stretch of the feed. */
	before = feed_pos(consultant);
	change(region_hub, &person_type, stays, "municipality", BELEBEY);
	change(region_hub, &person_type, goes, "municipality", BURAEVO);
	update_feeds();
	change(region_hub, &person_type, stays, "municipality", BURAEVO);
	change(region_hub, &person_type, goes, "municipality", BELEBEY);
	update_feeds();
	CHECK(strlen(kinds(consultant, before)) >= 8);
	region_collect();
	report = region_sync(consultant);
	CHECK_INT(report.bundles_read, 1);
	CHECK(region_holds(consultant, "person", stays));
	CHECK(!region_holds(consultant, "person", goes));
	exchange_all();
	exchange_all();
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* What a device makes for a seminar that is leaving it is taken, and leaves after it. */
static void test_made_while_leaving(void)
{
	char seminar[RECORD_ID_SIZE], guest[RECORD_ID_SIZE], mark_id[2 * RECORD_ID_SIZE];

	REQUIRE(begin());
	make(coordinator, &seminar_type, seminar, "title", "Здесь", "date", "2020-02-01", "municipality", BURAEVO, NULL);
	make(consultant, &person_type, guest, "name", "Гость", "municipality", BURAEVO, NULL);
	exchange_all();
	exchange_all();
	REQUIRE(region_holds(consultant, "seminar", seminar));
	change(coordinator, &seminar_type, seminar, "municipality", BELEBEY);
	mark(consultant, seminar, guest, ATTENDANCE_PRESENT);
	snprintf(mark_id, sizeof mark_id, "%s/%s", seminar, guest);
	exchange_all();
	exchange_all();
	CHECK(region_holds(region_hub, "attendance", mark_id));
	CHECK(!region_holds(consultant, "seminar", seminar));
	CHECK(!region_holds(consultant, "attendance", mark_id));
	CHECK(region_holds(consultant, "person", guest));
	/* And comes again with it. */
	change(coordinator, &seminar_type, seminar, "municipality", BURAEVO);
	exchange_all();
	exchange_all();
	CHECK(region_holds(consultant, "attendance", mark_id));
	CHECK(region_within(consultant, region_hub));
	end();
}

/* A record that left and comes again comes whole, with the device's own changes. */
static void test_comes_again(void)
{
	char person[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(coordinator, &person_type, person, "name", "Туда-сюда", "municipality", BURAEVO, NULL);
	exchange_all();
	change(consultant, &person_type, person, "note", "моя пометка");
	exchange_all();
	for (int i = 0; i < 3; i++) {
		change(coordinator, &person_type, person, "municipality", BELEBEY);
		exchange_all();
		CHECK(!region_holds(consultant, "person", person));
		CHECK_INT(region_count(consultant,
		    "SELECT count(*) FROM oplog WHERE body LIKE '%моя пометка%'"), 0);
		change(coordinator, &person_type, person, "municipality", BURAEVO);
		exchange_all();
		CHECK(region_holds(consultant, "person", person));
		CHECK_STR(region_value(consultant, "SELECT note FROM person WHERE name = 'Туда-сюда'"),
		    "моя пометка");
	}
	/* And goes on from there. */
	change(consultant, &person_type, person, "note", "вторая");
	exchange_all();
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Туда-сюда'"), "вторая");
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 0);
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* Consultations go to both who spoke, to who mentors one of them and is an expert, and to the centre; consents to who holds the person. */
static void test_consultations(void)
{
	char here[RECORD_ID_SIZE], far[RECORD_ID_SIZE], over[RECORD_ID_SIZE], under[RECORD_ID_SIZE], local[RECORD_ID_SIZE];
	char above[RECORD_ID_SIZE], elsewhere[RECORD_ID_SIZE], signed_here[RECORD_ID_SIZE], signed_far[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(coordinator, &person_type, here, "name", "Здешний", "municipality", BURAEVO, NULL);
	make(coordinator, &person_type, far, "name", "Дальний", "municipality", BELEBEY, NULL);
	make(coordinator, &mentorship_type, over, "mentor", own(expert), "mentee", own(consultant), NULL);
	exchange_all();
	make(consultant, &mentorship_type, under, "mentor", own(consultant), "mentee", here, NULL);
	make(consultant, &consultation_type, local, "mentor", own(consultant), "mentee", here, "advice", "Начать с устава", NULL);
	make(expert, &consultation_type, above, "mentor", own(expert), "mentee", own(consultant), "next_step", "Заявка", NULL);
	make(coordinator, &consultation_type, elsewhere, "mentor", own(coordinator), "mentee", far, NULL);
	make(consultant, &consent_type, signed_here, "person", here, NULL);
	make(coordinator, &consent_type, signed_far, "person", far, NULL);
	exchange_all();
	exchange_all();
	CHECK(region_holds(consultant, "consultation", above));
	CHECK(region_holds(expert, "consultation", local));
	CHECK(!region_holds(expert, "person", here));
	CHECK_STR(region_value(expert, "SELECT name FROM known_name WHERE tbl = 'person' AND name = 'Здешний'"), "Здешний");
	CHECK(!region_holds(consultant, "consultation", elsewhere) && !region_holds(expert, "consultation", elsewhere));
	CHECK(!region_holds(consultant, "consent", signed_far) && !region_holds(expert, "consent", signed_here));
	/* Who was advised says that it is done; who signed moves, and what was signed goes along. */
	change(consultant, &consultation_type, above, "next_done", "+1");
	change(coordinator, &consent_type, signed_here, "version", "2");
	exchange_all();
	CHECK_STR(region_value(expert, "SELECT next_done IS NOT NULL FROM consultation WHERE next_step = 'Заявка'"), "1");
	CHECK_STR(region_value(consultant, "SELECT version FROM consent"), "2");
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM not_accepted"), 0);
	change(coordinator, &mentorship_type, over, "until", "-1");
	change(coordinator, &person_type, far, "municipality", BURAEVO);
	exchange_all();
	exchange_all();
	CHECK(!region_holds(expert, "consultation", local));
	CHECK(region_holds(expert, "consultation", above));
	CHECK(region_holds(consultant, "consent", signed_far));
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* The hub's own changes travel like anybody's. */
static void test_hub_edits(void)
{
	char person[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(region_hub, &person_type, person, "name", "От центра", "municipality", BURAEVO, NULL);
	region_collect();
	region_sync(consultant);
	CHECK(region_holds(consultant, "person", person));
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM device WHERE person_name = 'Уфа'"), 1);
	change(consultant, &person_type, person, "phone", "89170000005");
	change(region_hub, &person_type, person, "post", "директор");
	exchange_all();
	CHECK(region_within(consultant, region_hub));
	CHECK_STR(region_value(region_hub, "SELECT phone FROM person WHERE name = 'От центра'"),
	    "+79170000005");
	end();
}

/* The programme that nobody inserted is everybody's, and a coordinator's to change. */
static void test_programme(void)
{
	REQUIRE(begin());
	change(coordinator, &programme_type, PROGRAMME_FIRST, "title", "Живая сеть 2020");
	exchange_all();
	change(coordinator, &programme_type, PROGRAMME_FIRST, "title", "Живая сеть 2021");
	exchange_all();
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM refused"), 0);
	CHECK_STR(region_value(region_hub, "SELECT title FROM programme"), "Живая сеть 2021");
	CHECK_STR(region_value(consultant, "SELECT title FROM programme"), "Живая сеть 2021");
	CHECK_STR(region_value(expert, "SELECT title FROM programme"), "Живая сеть 2021");
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 0);
	end();
}

/* Acknowledged feed is dropped, and an idle device's waits. */
static void test_acknowledged(void)
{
	char person[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(coordinator, &person_type, person, "name", "Гость", "municipality", BURAEVO, NULL);
	exchange_all();
	CHECK(strlen(kinds(consultant, 0)) > 0);
	change(consultant, &person_type, person, "note", "x");
	collect_from(consultant);
	CHECK_STR(kinds(consultant, 0), "");
	CHECK_INT(region_count(region_hub,
	    "SELECT count(*) FROM outbox o JOIN peer p ON p.id = o.peer WHERE p.role = 'consultant'"
	    " AND o.seq < (SELECT max(seq) FROM outbox WHERE peer = o.peer) AND o.file IS NOT NULL"), 0);
	end();
}

/* Who only reads says after some bundles how far it came, so that the hub need not put all of them there for ever;
 * and that word is no reason to write one. */
static void test_idle_reader(void)
{
	struct hub_collected got;
	struct sync_report report;
	char person[RECORD_ID_SIZE];
	int most = 0;

	REQUIRE(begin());
	make(consultant, &person_type, person, "name", "Гость", "municipality", BURAEVO, NULL);
	for (int i = 0; i < 30; i++) {
		char note[16];
		int kept;

		snprintf(note, sizeof note, "%d", i);
		change(consultant, &person_type, person, "note", note);
		region_sync(consultant);
		region_sync(coordinator);
		region_collect();
		region_sync(coordinator);
		kept = (int)region_count(region_hub, "SELECT count(*) FROM outbox o JOIN peer p ON p.id = o.peer"
		    " WHERE p.role = 'coordinator' AND o.file IS NOT NULL");
		if (kept > most)
			most = kept;
	}
	CHECK(most > 1 && most <= 10);
	region_sync(consultant);
	region_collect();
	region_sync(coordinator);
	got = region_collect();
	CHECK_INT(got.bundles_refused, 0);
	got = region_collect();
	CHECK_INT(got.bundles_taken, 0);
	report = region_sync(coordinator);
	CHECK_INT(report.bundles_read, 0);
	end();
}

/* Of all tables that travel. */
static int64_t rows_of(struct store *s)
{
	char sql[128];
	int64_t rows = 0;

	for (int i = 0; tables[i] != NULL; i++) {
		snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", tables[i]->name);
		rows += region_count(s, sql);
	}
	return rows;
}

/* Many random changes by all, in a random order of exchanges: everybody ends with what the rules give, and
 * nobody has anything else. */
static void test_any_changes(void)
{
	static const char *const places[] = { BURAEVO, BELEBEY };
	struct store *all[3];
	char people[40][RECORD_ID_SIZE], seminars[10][RECORD_ID_SIZE];
	char mentorship[RECORD_ID_SIZE] = "none", consultation[RECORD_ID_SIZE] = "none", consent[RECORD_ID_SIZE] = "none";
	int person_count = 0, seminar_count = 0;

	REQUIRE(begin());
	all[0] = consultant, all[1] = expert, all[2] = coordinator;
	for (int step = 0; step < 300; step++) {
		struct store *s = all[test_random() % 3];
		const char *place = places[test_random() % 2];
		char note[32];
		const char *person = person_count > 0 ? people[test_random() % (uint64_t)person_count] : "";
		const char *seminar = seminar_count > 0 ? seminars[test_random() % (uint64_t)seminar_count] : "";

		snprintf(note, sizeof note, "шаг %d", step);
		switch (test_random() % 11) {
		case 0:
			if (person_count < 40)
				make(s, &person_type, people[person_count++], "name", note, "municipality",
				    place, NULL);
			break;
		case 1:
			if (seminar_count < 10 && s != expert)
				make(s, &seminar_type, seminars[seminar_count++], "title", note, "date",
				    "2020-02-01", "municipality",
				    s == consultant ? BURAEVO : place, NULL);
			break;
		case 2: case 3:
			if (*person != '\0' && region_holds(s, "person", person))
				change(s, &person_type, person, test_random() % 2 ? "note" : "post", note);
			break;
		case 4:
			if (*person != '\0' && region_holds(coordinator, "person", person))
				change(coordinator, &person_type, person, "municipality", place);
			break;
		case 5:
			if (*person != '\0' && *seminar != '\0' && region_holds(s, "person", person) &&
			    region_holds(s, "seminar", seminar))
				mark(s, seminar, person, ATTENDANCE_PRESENT);
			break;
		case 6:
			if (*person != '\0' && test_random() % 2 && region_holds(coordinator, "person", person))
				make(coordinator, &mentorship_type, mentorship, "mentor", own(expert), "mentee",
				    person, NULL);
			else if (region_holds(coordinator, "mentorship", mentorship))
				change(coordinator, &mentorship_type, mentorship, "mentor", own(coordinator));
			break;
		case 7:
			region_sync(s);
			break;
		case 8:
			if (*person != '\0' && test_random() % 2 && region_holds(s, "person", person))
				make(s, &consultation_type, consultation, "mentor", own(s), "mentee", person, "advice", note, NULL);
			else if (region_holds(s, "consultation", consultation))
				change(s, &consultation_type, consultation, "topic", note);
			break;
		case 9:
			if (*person != '\0' && test_random() % 2 && region_holds(s, "person", person))
				make(s, &consent_type, consent, "person", person, NULL);
			else if (region_holds(s, "consent", consent))
				change(s, &consent_type, consent, "note", note);
			break;
		default:
			region_collect();
			break;
		}
	}
	for (int i = 0; i < 4; i++)
		exchange_all();
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM quarantine"), 0);
	CHECK(region_same(coordinator, region_hub));
	CHECK(region_within(consultant, region_hub));
	CHECK(region_within(expert, region_hub));
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM leaving"), 0);
	/* What the hub says the device holds is what it holds. */
	for (int i = 0; i < 3; i++) {
		char sql[512];

		snprintf(sql, sizeof sql,
		    "SELECT count(*) FROM scope WHERE gone IS NULL AND device = (SELECT no FROM device WHERE tag = '%s')",
		    store_identity(all[i])->pub.tag);
		CHECK_INT(rows_of(all[i]), region_count(region_hub, sql));
	}
	CHECK_INT(journal_conflicts(store_journal(coordinator)), journal_conflicts(store_journal(region_hub)));
	end();
}

static const struct test tests_of_this[] = { TEST(test_no_echo), TEST(test_order), TEST(test_in_and_out),
    TEST(test_made_while_leaving), TEST(test_comes_again),
	TEST(test_consultations), TEST(test_hub_edits), TEST(test_programme), TEST(test_acknowledged), TEST(test_idle_reader),
	    TEST(test_any_changes), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
