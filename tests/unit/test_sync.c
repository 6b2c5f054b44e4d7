#include "tests/unit/region.h"

#include "store/dictionary.h"
#include "store/merge.h"
#include "store/provenance.h"

/* One device: what it makes arrives, its receipt comes back, and nothing moves any more. */
static void test_first_exchange(void)
{
	struct store *a;
	struct sync_report report;
	struct hub_collected got;
	struct sync_status status;
	struct err e = ERR_INIT;
	char seminar[RECORD_ID_SIZE], person[RECORD_ID_SIZE];

	REQUIRE(region_open());
	REQUIRE((a = region_member("Хасанова Гөлнара", BURAEVO, "consultant")) != NULL);
	make(a, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", "municipality",
	    BURAEVO, NULL);
	make(a, &person_type, person, "name", "Ахметов Ильдар", NULL);
	mark(a, seminar, person, ATTENDANCE_PRESENT);
	REQUIRE_OK(sync_status(a, &status, &e));
	CHECK(status.joined && status.welcomed);
	CHECK_INT(status.unsent, journal_last_seq(store_journal(a)));
	report = region_sync(a);
	CHECK_INT(report.bundles_written, 1);
	CHECK_INT(report.operations_sent, journal_last_seq(store_journal(a)));
	got = region_collect();
	CHECK_INT(got.bundles_taken, 1);
	CHECK_INT(got.operations_refused, 0);
	CHECK_INT(got.bundles_refused, 0);
	CHECK_INT(got.bundles_written, 1);
	CHECK(!fs_exists(region_file("inbox", a, 1)));
	CHECK(region_same(a, region_hub));
	report = region_sync(a);
	CHECK_INT(report.bundles_read, 1);
	CHECK_INT(report.accepted, journal_last_seq(store_journal(a)));
	CHECK_INT(report.refused, 0);
	CHECK_INT(report.operations_received, 0);
	REQUIRE_OK(sync_status(a, &status, &e));
	CHECK_INT(status.unsent + status.sent, 0);
	CHECK_INT(status.accepted, journal_last_seq(store_journal(a)));
	/* A bundle that only acknowledges is no reason to write one. */
	report = region_sync(a);
	CHECK_INT(report.bundles_written + report.bundles_read, 0);
	region_sound(a);
	region_sound(region_hub);
	store_close(a);
	region_close();
}


static struct store *consultant, *expert, *coordinator;

/* A hub, a consultant of Buraevo, an expert and a coordinator, each with its own card known to the hub. */
static bool begin(void)
{
	struct store *all[3];

	if (!CHECK(region_open()))
		return false;
	consultant = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	expert = region_member("Ғәлиуллин Рәмил", BELEBEY, "expert");
	coordinator = region_member("Орлова Вера", BELEBEY, "coordinator");
	if (!CHECK(consultant != NULL && expert != NULL && coordinator != NULL))
		return false;
	all[0] = consultant;
	all[1] = expert;
	all[2] = coordinator;
	region_exchange(all, 3);
	return true;
}

static void end(void)
{
	struct store *all[] = { consultant, expert, coordinator };

	for (int i = 0; i < 3; i++) {
		region_sound(all[i]);
		store_close(all[i]);
	}
	region_sound(region_hub);
	region_close();
}

static void exchange_all(int rounds)
{
	struct store *all[] = { consultant, expert, coordinator };

	while (rounds-- > 0)
		region_exchange(all, 3);
}

static const char *person_of(struct store *s)
{
	static char ids[4][RECORD_ID_SIZE];
	static int next;

	return person_me(s, ids[next++ % 4]);
}

/* Records of three devices: each holds what its role says, the coordinator everything, and all that is held is
 * the same everywhere. */
static void test_three_devices(void)
{
	char seminar[RECORD_ID_SIZE], guest[RECORD_ID_SIZE], mentorship[RECORD_ID_SIZE], far[RECORD_ID_SIZE],
	    organisation[RECORD_ID_SIZE];

	REQUIRE(begin());
	CHECK(region_same(coordinator, region_hub));
	make(consultant, &organisation_type, organisation, "name", "АНО «Родник»", "municipality", BURAEVO,
	    NULL);
	make(consultant, &seminar_type, seminar, "title", "Гранты", "date", "2020-02-20", "municipality",
	    BURAEVO, NULL);
	make(consultant, &person_type, guest, "name", "Вәлиева Зилә", "municipality", BELEBEY, "organisation",
	    organisation, NULL);
	mark(consultant, seminar, guest, ATTENDANCE_PRESENT);
	make(coordinator, &person_type, far, "name", "Петров Пётр", "municipality", BELEBEY, NULL);
	make(coordinator, &mentorship_type, mentorship, "mentor", person_of(expert), "mentee",
	    person_of(coordinator), NULL);
	exchange_all(2);
	CHECK(region_same(coordinator, region_hub));
	CHECK(region_within(consultant, region_hub));
	CHECK(region_within(expert, region_hub));
	CHECK(!region_holds(consultant, "person", far));
	CHECK(!region_holds(expert, "person", guest));
	CHECK(region_holds(expert, "person", person_of(coordinator)));
	CHECK(region_holds(expert, "mentorship", mentorship));
	/* The mentee holds a seminar: its mentor holds it too, with who came. */
	change(coordinator, &seminar_type, seminar, "lead", person_of(coordinator));
	exchange_all(2);
	CHECK(region_holds(expert, "seminar", seminar));
	CHECK(region_holds(expert, "person", guest));
	CHECK_INT(region_count(expert, "SELECT count(*) FROM attendance"), 1);
	/* The consultant holds the seminar, and of its lead the name alone. */
	CHECK(!region_holds(consultant, "person", person_of(coordinator)));
	CHECK_STR(region_value(consultant, "SELECT name FROM known_name WHERE tbl = 'person'"), "Орлова Вера");
	CHECK_INT(region_count(expert, "SELECT count(*) FROM device WHERE person_name = 'Хасанова Гөлнара'"),
	    1);
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* Both sides change one field and others: the conflict is the same everywhere, and so is its settlement. */
static void test_conflict_travels(void)
{
	char person[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(consultant, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, "phone",
	    "89170000001", NULL);
	exchange_all(2);
	change(consultant, &person_type, person, "phone", "89170000002");
	change(coordinator, &person_type, person, "phone", "89170000003");
	change(coordinator, &person_type, person, "post", "библиотекарь");
	exchange_all(2);
	CHECK(region_same(coordinator, region_hub));
	CHECK(region_within(consultant, region_hub));
	CHECK_INT(journal_conflicts(store_journal(consultant)), 1);
	CHECK_INT(journal_conflicts(store_journal(coordinator)), 1);
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 1);
	change(consultant, &person_type, person, "phone", "89170000004");
	exchange_all(2);
	CHECK_INT(journal_conflicts(store_journal(coordinator)), 0);
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 0);
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* A mentee is moved while the mentor edits offline: no edit is lost, and then the card goes. */
static void test_moved_mentee(void)
{
	char mentee[RECORD_ID_SIZE], mentorship[RECORD_ID_SIZE];
	struct sync_report report;

	REQUIRE(begin());
	make(coordinator, &person_type, mentee, "name", "Сафин Азат", "municipality", BELEBEY, NULL);
	make(coordinator, &mentorship_type, mentorship, "mentor", person_of(expert), "mentee", mentee, NULL);
	exchange_all(2);
	REQUIRE(region_holds(expert, "person", mentee));
	change(coordinator, &mentorship_type, mentorship, "mentor", person_of(coordinator));
	change(expert, &person_type, mentee, "note", "перезвонить");
	change(expert, &mentorship_type, mentorship, "goal", "грант");
	region_sync(coordinator);
	region_collect();
	/* It leaves the expert's scope, but own edits are under way. */
	report = region_sync(expert);
	CHECK_INT(report.bundles_read, 1);
	CHECK(region_holds(expert, "person", mentee));
	CHECK(region_count(expert, "SELECT count(*) FROM leaving") >= 2);
	region_collect();
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Сафин Азат'"), "перезвонить");
	CHECK_STR(region_value(region_hub, "SELECT goal FROM mentorship"), "грант");
	report = region_sync(expert);
	CHECK_INT(report.refused, 0);
	CHECK(!region_holds(expert, "person", mentee));
	CHECK_INT(region_count(expert, "SELECT count(*) FROM leaving"), 0);
	CHECK_INT(region_count(expert, "SELECT count(*) FROM not_accepted"), 0);
	/* And comes back, with the expert's own edit. */
	change(coordinator, &mentorship_type, mentorship, "mentor", person_of(expert));
	exchange_all(2);
	CHECK(region_holds(expert, "person", mentee));
	CHECK_STR(region_value(expert, "SELECT note FROM person WHERE name = 'Сафин Азат'"), "перезвонить");
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* What may not be made is refused by itself, and so is what rests on it; the rest of the bundle is applied. */
static void test_refused_operations(void)
{
	char elsewhere[RECORD_ID_SIZE], person[RECORD_ID_SIZE];
	struct hub_collected got;
	struct sync_report report;
	struct sync_status status;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	make(consultant, &person_type, person, "name", "Гость Иван", "municipality", BURAEVO, NULL);
	make(consultant, &seminar_type, elsewhere, "title", "Чужой", "date", "2020-03-01", "municipality",
	    BELEBEY, "lead", person, NULL);
	mark(consultant, elsewhere, person, ATTENDANCE_PRESENT);
	change(consultant, &seminar_type, elsewhere, "place", "клуб");
	region_sync(consultant);
	got = region_collect();
	CHECK_INT(got.bundles_taken, 1);
	CHECK_INT(got.bundles_refused, 0);
	CHECK_INT(got.operations_refused, 3);
	CHECK(!region_holds(region_hub, "seminar", elsewhere));
	CHECK(region_holds(region_hub, "person", person));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM attendance"), 0);
	report = region_sync(consultant);
	CHECK_INT(report.refused, 3);
	CHECK(!region_holds(consultant, "seminar", elsewhere));
	CHECK_STR(region_value(consultant,
	    "SELECT group_concat(reason) FROM (SELECT reason FROM not_accepted ORDER BY seq)"),
	    "scope,depends,depends");
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM not_accepted WHERE body LIKE '%Чужой%'"), 1);
	REQUIRE_OK(sync_status(consultant, &status, &e));
	CHECK_INT(status.refused, 3);
	/* In a later bundle, too, what rests on a refused record is refused. */
	exchange_all(1);
	CHECK(region_within(consultant, region_hub));
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* An edit that names a device of which the hub never heard is not taken, and the hub does not take note of the
 * name. */
static void test_invented_device(void)
{
	struct operation op = { .seq = 1, .kind = OPERATION_UPDATE, .body = "[[3,\"+79170000001\",[]]]",
	    .body_len = 23 };
	struct journal *j;
	char person[RECORD_ID_SIZE];
	struct hub_collected got;
	struct chain_report chains;
	enum merge_result result;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	j = store_journal(consultant);
	make(consultant, &person_type, person, "name", "Гость Иван", "municipality", BURAEVO, NULL);
	REQUIRE_OK(store_begin(consultant, &e));
	op.dev = journal_device(j, "zzzzzzzz", &e);
	op.hlc = journal_last_stamp(j) + 1;
	op.tbl = dictionary_table(j, "person");
	op.pk = person;
	op.pk_len = strlen(person);
	REQUIRE_OK(merge_operation(j, &op, &result, &e));
	REQUIRE_OK(store_commit(consultant, &e));
	change(consultant, &person_type, person, "phone", "+79170000002");
	region_sync(consultant);
	got = region_collect();
	CHECK_INT(got.bundles_taken, 1);
	CHECK_INT(got.operations_refused, 1);
	CHECK(region_holds(region_hub, "person", person));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM device WHERE tag = 'zzzzzzzz'"), 0);
	/* No bundle brought it, and the store's own check says so. */
	CHECK_INT(chain_check(consultant, &chains, &e), -1);
	CHECK(strstr(e.text, "zzzzzzzz") != NULL);
	REQUIRE_OK(store_begin(consultant, &e));
	REQUIRE_OK(journal_remove(j, op.dev, op.seq, &e));
	REQUIRE_OK(journal_rebuild(j, op.tbl, person, &e));
	REQUIRE_OK(store_commit(consultant, &e));
	end();
}

/* A stick that is lost costs nothing; a bundle twice is taken once; files in any order. */
static void test_lost_twice_shuffled(void)
{
	char person[RECORD_ID_SIZE];
	struct buf first, second, third, answer;
	struct sync_report report;
	struct hub_collected got;

	REQUIRE(begin());
	make(consultant, &person_type, person, "name", "Первый", "municipality", BURAEVO, NULL);
	region_sync(consultant);
	first = file_bytes(region_file("inbox", consultant, 2));
	make(consultant, &person_type, person, "name", "Второй", "municipality", BURAEVO, NULL);
	report = region_sync(consultant);
	CHECK_INT(report.bundles_written, 1);
	second = file_bytes(region_file("inbox", consultant, 3));
	make(consultant, &person_type, person, "name", "Третий", "municipality", BURAEVO, NULL);
	region_sync(consultant);
	third = file_bytes(region_file("inbox", consultant, 4));
	/* The stick is lost: all three are written again, byte for byte. */
	unlink(region_file("inbox", consultant, 2));
	unlink(region_file("inbox", consultant, 3));
	unlink(region_file("inbox", consultant, 4));
	report = region_sync(consultant);
	CHECK_INT(report.bundles_written, 3);
	answer = file_bytes(region_file("inbox", consultant, 3));
	CHECK_MEM(answer.data, answer.len, second.data, second.len);
	/* Only the third arrives: it waits, and the second is asked for. */
	unlink(region_file("inbox", consultant, 2));
	unlink(region_file("inbox", consultant, 3));
	got = region_collect();
	CHECK_INT(got.bundles_parked, 1);
	CHECK_INT(got.bundles_refused + got.bundles_taken, 0);
	CHECK(strstr(region_notes, "bundle 2 of device") != NULL);
	CHECK(!fs_exists(region_file("inbox", consultant, 4)));
	/* Names mean nothing: the second under a late name, the first under a late one too. */
	file_put(region_file("inbox", consultant, 1), second.data, second.len);
	file_put(region_file("inbox", consultant, 900), first.data, first.len);
	got = region_collect();
	CHECK_INT(got.bundles_taken, 3);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM parked"), 0);
	CHECK_INT(region_count(region_hub,
	    "SELECT count(*) FROM person WHERE name IN ('Первый', 'Второй', 'Третий')"), 3);
	/* Duplicates change nothing. */
	file_put(region_file("inbox", consultant, 2), first.data, first.len);
	file_put(region_file("inbox", consultant, 7), third.data, third.len);
	got = region_collect();
	CHECK_INT(got.bundles_known, 2);
	CHECK_INT(got.bundles_taken + got.bundles_refused, 0);
	/* The hub's answer is lost, and comes again byte for byte with the next round. */
	buf_release(&answer);
	answer = file_bytes(region_file("outbox", consultant, 2));
	unlink(region_file("outbox", consultant, 2));
	got = region_collect();
	CHECK_INT(got.bundles_written, 1);
	buf_release(&third);
	third = file_bytes(region_file("outbox", consultant, 2));
	CHECK_MEM(third.data, third.len, answer.data, answer.len);
	report = region_sync(consultant);
	CHECK_INT(report.accepted, 6);
	file_put(region_file("outbox", consultant, 1), answer.data, answer.len);
	report = region_sync(consultant);
	CHECK_INT(report.bundles_read + report.bundles_refused, 0);
	exchange_all(2);
	CHECK(region_same(coordinator, region_hub));
	buf_release(&first);
	buf_release(&second);
	buf_release(&third);
	buf_release(&answer);
	end();
}

/* A device parks what the hub sends ahead of its turn, and reads on when the gap is closed. */
static void test_device_parks(void)
{
	char person[RECORD_ID_SIZE];
	struct sync_report report;
	struct buf lost;

	REQUIRE(begin());
	make(coordinator, &person_type, person, "name", "Один", "municipality", BURAEVO, NULL);
	region_sync(coordinator);
	region_collect();
	lost = file_bytes(region_file("outbox", consultant, 2));
	make(coordinator, &person_type, person, "name", "Два", "municipality", BURAEVO, NULL);
	region_sync(coordinator);
	region_collect();
	unlink(region_file("outbox", consultant, 2));
	report = region_sync(consultant);
	CHECK_INT(report.bundles_parked, 1);
	CHECK_INT(report.missing, 2);
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM person WHERE name = 'Два'"), 0);
	file_put(region_file("outbox", consultant, 2), lost.data, lost.len);
	report = region_sync(consultant);
	CHECK_INT(report.bundles_read, 2);
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM person WHERE name IN ('Один', 'Два')"), 2);
	buf_release(&lost);
	exchange_all(1);
	end();
}

/* A copy of a store that goes on by itself forks the chain: refused, and the device is suspended after the good
 * ones are taken. */
static void test_fork(void)
{
	char person[RECORD_ID_SIZE];
	struct buf good, forked;
	struct hub_collected got;

	REQUIRE(begin());
	make(consultant, &person_type, person, "name", "Настоящий", "municipality", BURAEVO, NULL);
	region_sync(consultant);
	good = file_bytes(region_file("inbox", consultant, 2));
	/* As a copy of the store would: the same number with other contents. */
	CHECK_INT(store_exec(consultant, "UPDATE peer SET out_seq = out_seq - 1, out_op = out_op - 2,"
	    " out_hash = (SELECT hash FROM outbox WHERE seq = 1); DELETE FROM outbox WHERE seq = 2", NULL), 0);
	make(consultant, &person_type, person, "name", "Двойник", "municipality", BURAEVO, NULL);
	region_sync(consultant);
	forked = file_bytes(region_file("inbox", consultant, 2));
	CHECK(forked.len != good.len || memcmp(forked.data, good.data, good.len) != 0);
	file_put(region_file("inbox", consultant, 2), good.data, good.len);
	got = region_collect();
	CHECK_INT(got.bundles_taken, 1);
	file_put(region_file("inbox", consultant, 2), forked.data, forked.len);
	file_put(region_file("inbox", expert, 2), "junk", 4);
	got = region_collect();
	CHECK_INT(got.bundles_refused, 2);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name = 'Двойник'"), 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM quarantine"), 2);
	/* The first goes on; the copy learns of it by the next bundle (test_restore.c). */
	CHECK_STR(region_value(region_hub, "SELECT state FROM peer WHERE label = 'Хасанова Гөлнара'"), "active");
	CHECK(strstr(region_notes, "older copy") != NULL);
	buf_release(&good);
	buf_release(&forked);
	end();
}

/* A genuine bundle that is not well-formed is refused whole; the hub says so, and the device writes another
 * with that number. */
static void test_refused_whole(void)
{
	char person[RECORD_ID_SIZE];
	struct hub_collected got;
	struct sync_report report;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	make(consultant, &person_type, person, "name", "Испорченный", "municipality", BURAEVO, NULL);
	REQUIRE_OK(store_exec(consultant,
	    "UPDATE oplog SET body = replace(body, '\"Испорченный\"', '17') WHERE dev = 1 AND kind = 0", &e));
	region_sync(consultant);
	make(consultant, &person_type, person, "name", "Следующий", "municipality", BURAEVO, NULL);
	region_sync(consultant);
	got = region_collect();
	CHECK_INT(got.bundles_taken, 0);
	CHECK_INT(got.bundles_refused, 1);
	CHECK_INT(got.bundles_parked, 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name = 'Следующий'"), 0);
	REQUIRE_OK(store_exec(consultant,
	    "UPDATE oplog SET body = replace(body, ',17', ',\"Испорченный\"') WHERE dev = 1 AND kind = 0", &e));
	report = region_sync(consultant);
	CHECK_INT(report.bundles_read, 1);
	CHECK_INT(report.bundles_written, 1);
	got = region_collect();
	CHECK_INT(got.bundles_refused, 0);
	CHECK_INT(got.bundles_taken, 1);
	CHECK_INT(region_count(region_hub,
	    "SELECT count(*) FROM person WHERE name IN ('Следующий', 'Испорченный')"), 2);
	region_sync(consultant);
	exchange_all(1);
	CHECK(region_same(coordinator, region_hub));
	end();
}

/* A large history is cut into several bundles, and comes whole. */
static void test_many_bundles(void)
{
	struct sync_report report;
	struct store *late;
	struct record r;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	REQUIRE_OK(store_begin(consultant, &e));
	for (int i = 0; i < 30000; i++) {
		char name[64];

		snprintf(name, sizeof name, "Участник %05d", i);
		record_init(&r, &person_type);
		if (record_set(consultant, &r, "name", name, &e) != 0 || record_set(consultant, &r,
		    "municipality", BURAEVO, &e) != 0 ||
		    record_save(consultant, &r, &e) != 0) {
			test_note("%s", e.text);
			CHECK(!"a record was refused");
			record_release(&r);
			break;
		}
		record_release(&r);
	}
	REQUIRE_OK(store_commit(consultant, &e));
	report = region_sync(consultant);
	CHECK(report.bundles_written >= 1 && report.operations_sent >= 30000);
	region_collect();
	late = region_member("Новая Анна", BELEBEY, "coordinator");
	REQUIRE(late != NULL);
	region_sync(late);
	region_collect();
	report = region_sync(late);
	CHECK(report.bundles_read >= 1);
	CHECK(region_same(late, region_hub));
	store_close(late);
	end();
}

/* Nothing but an existing folder is a way to the hub. */
static void test_no_folder(void)
{
	struct sync_report report;
	struct hub_collected got;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	CHECK_INT(sync_run(consultant, "/nowhere/at/all", &report, &e), -1);
	CHECK_INT(e.code, ERR_UNREACHED);
	CHECK_INT(hub_collect(region_hub, "/nowhere/at/all", &got, NULL, NULL, &e), -1);
	CHECK_INT(e.code, ERR_UNREACHED);
	end();
}

static const struct test tests_of_this[] = { TEST(test_first_exchange), TEST(test_three_devices),
    TEST(test_conflict_travels),
	TEST(test_moved_mentee), TEST(test_refused_operations), TEST(test_invented_device),
	    TEST(test_lost_twice_shuffled),
	TEST(test_device_parks), TEST(test_fork), TEST(test_refused_whole), TEST(test_many_bundles),
	    TEST(test_no_folder), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
