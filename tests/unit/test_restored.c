/* Rule 9 of the order: a hub that was put back from its backup, which is older than what devices have receipts for. */
#include "tests/unit/region.h"

#include "sync/restored.h"

static struct store *field, *centre;
static char backup[4300];

static void exchange_both(void)
{
	region_exchange((struct store *[]){ field, centre }, 2);
}

static bool begin(void)
{
	if (!CHECK(region_open()))
		return false;
	field = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	centre = region_member("Орлова Вера", BELEBEY, "coordinator");
	if (!CHECK(field != NULL && centre != NULL))
		return false;
	exchange_both();
	exchange_both();
	snprintf(backup, sizeof backup, "%s/backup", region_dir);
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

static bool copy_file(const char *from, const char *to)
{
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;
	bool good = fs_read(from, (size_t)1 << 28, false, &file, &e) == 0 && fs_write(to, file.data, file.len, 0600, &e) == 0;

	buf_release(&file);
	return CHECK(good);
}

/* Closes the store, copies one way or the other, and opens it again. */
static void swap(struct store **s, const char *copy, bool back)
{
	char path[4200], key[4300];
	struct store_key k = { .key_file = key };
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s", store_path(*s));
	snprintf(key, sizeof key, "%.*s.key", (int)strlen(path) - 4, path);
	store_close(*s);
	copy_file(back ? copy : path, back ? path : copy);
	if (!CHECK_INT(store_open(path, &k, s, &e), 0))
		test_note("%s", e.text);
}

static void restore_hub(int expected)
{
	struct err e = ERR_INIT;
	int devices = 0;

	swap(&region_hub, backup, true);
	if (!CHECK_INT(hub_restored(region_hub, &devices, &e), 0))
		test_note("%s", e.text);
	CHECK_INT(devices, expected);
	region_sound(region_hub);
}

static struct sync_status status_of(struct store *s)
{
	struct sync_status status;
	struct err e = ERR_INIT;

	CHECK_INT(sync_status(s, &status, &e), 0);
	return status;
}

static void agree(void)
{
	for (int i = 0; i < 4; i++)
		exchange_both();
	CHECK_INT(status_of(field).unsent + status_of(field).sent + status_of(field).refused, 0);
	CHECK_INT(status_of(centre).unsent + status_of(centre).sent + status_of(centre).refused, 0);
	CHECK(region_within(field, region_hub));
	CHECK(region_same(centre, region_hub));
}

/* Everything that was accepted after the backup was made comes again from who did it, in whatever order they come. */
static void lost_week(bool field_first)
{
	char mentee[RECORD_ID_SIZE], other[RECORD_ID_SIZE], guest[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], mentorship[RECORD_ID_SIZE];
	char tag[DEVICE_TAG_SIZE];
	struct hub_collected got;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	make(centre, &person_type, other, "name", "Дальний Пётр", "municipality", BELEBEY, NULL);
	exchange_both();
	memcpy(tag, journal_tag(store_journal(region_hub)), sizeof tag);
	swap(&region_hub, backup, false);
	/* A week later the consultant mentors somebody who was not known before, and has written about it; all has receipts. */
	make(centre, &person_type, mentee, "name", "Сафин Азат", "municipality", BURAEVO, NULL);
	exchange_both();
	make(centre, &mentorship_type, mentorship, "mentor", region_value(field, "SELECT value FROM setting WHERE key = 'person'"), "mentee", other, NULL);
	exchange_both();
	change(field, &person_type, mentee, "note", "перезвонить");
	change(field, &person_type, other, "note", "из соседнего района");
	make(field, &person_type, guest, "name", "Гость Иван", "municipality", BURAEVO, NULL);
	make(field, &seminar_type, seminar, "title", "Гранты", "date", "2020-02-20", "municipality", BURAEVO, NULL);
	mark(field, seminar, other, ATTENDANCE_PRESENT);
	exchange_both();
	exchange_both();
	/* One refused, one that left the scope, and one that the hub did itself. */
	REQUIRE_OK(store_begin(field, &e));
	REQUIRE_OK(store_exec(field, "UPDATE programme SET title = 'Чужое дело'", &e));		/* past the records, which know that it will be */
	REQUIRE_OK(store_commit(field, &e));
	change(region_hub, &person_type, guest, "post", "директор");
	exchange_both();
	exchange_both();
	CHECK_INT(status_of(field).refused, 1);
	CHECK_STR(region_value(field, "SELECT post FROM person WHERE name = 'Гость Иван'"), "директор");
	change(field, &person_type, guest, "phone", "89170000001");		/* unsent when the hub is put back */
	restore_hub(2);
	CHECK(strcmp(journal_tag(store_journal(region_hub)), tag) != 0);
	CHECK(!region_holds(region_hub, "seminar", seminar));
	region_collect();
	for (int i = 0; i < 2; i++) {
		region_sync(i == field_first ? centre : field);
		got = region_collect();
		CHECK_INT(got.bundles_refused, 0);
	}
	for (int i = 0; i < 4; i++)
		exchange_both();
	CHECK_INT(status_of(field).refused, 1);			/* what was refused stays refused */
	CHECK_INT(status_of(field).unsent + status_of(field).sent, 0);
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Сафин Азат'"), "перезвонить");
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Дальний Пётр'"), "из соседнего района");
	CHECK_STR(region_value(region_hub, "SELECT phone || coalesce(post, '') FROM person WHERE name = 'Гость Иван'"), "+79170000001");
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM attendance WHERE state = 'present'"), 1);
	CHECK_INT(journal_conflicts(store_journal(region_hub)), 0);
	CHECK(region_within(field, region_hub));
	CHECK(region_same(centre, region_hub));
	CHECK(region_holds(field, "person", mentee) && region_holds(field, "person", other));
	/* And life goes on, from the hub, too. */
	change(region_hub, &person_type, guest, "post", "учитель");
	change(field, &person_type, guest, "note", "дальше");
	exchange_both();
	exchange_both();
	CHECK_STR(region_value(field, "SELECT post FROM person WHERE name = 'Гость Иван'"), "учитель");
	CHECK_STR(region_value(centre, "SELECT note FROM person WHERE name = 'Гость Иван'"), "дальше");
	CHECK(region_same(centre, region_hub));
	end();
}

static void test_lost_week(void)
{
	lost_week(true);
	lost_week(false);
}

/* Put back twice from the same backup: what the first life gave out is not taken for the second's. */
static void test_twice(void)
{
	char one[RECORD_ID_SIZE], two[RECORD_ID_SIZE];

	clock_set(1582000000000);
	REQUIRE(begin());
	swap(&region_hub, backup, false);
	make(field, &person_type, one, "name", "Первый", "municipality", BURAEVO, NULL);
	exchange_both();
	clock_set(1582000100000);
	restore_hub(2);
	region_collect();
	make(field, &person_type, two, "name", "Второй", "municipality", BURAEVO, NULL);
	for (int i = 0; i < 3; i++)
		exchange_both();
	clock_set(1582000200000);
	restore_hub(2);
	region_collect();
	agree();
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name IN ('Первый', 'Второй')"), 2);
	end();
	clock_set(0);
}

/* Nobody said that it was put back: nothing of it is taken, and the operator is told. */
static void test_not_said(void)
{
	char one[RECORD_ID_SIZE];
	struct hub_collected got;
	struct err e = ERR_INIT;
	int devices;

	REQUIRE(begin());
	swap(&region_hub, backup, false);
	make(field, &person_type, one, "name", "Первый", "municipality", BURAEVO, NULL);
	exchange_both();
	exchange_both();
	change(field, &person_type, one, "note", "раз");
	exchange_both();
	change(field, &person_type, one, "note", "два");
	swap(&region_hub, backup, true);
	region_sync(field);
	got = region_collect();
	CHECK_INT(got.bundles_taken + got.bundles_parked + got.bundles_refused, 0);
	CHECK(got.bundles_unread > 0);
	CHECK(strstr(region_notes, "livenet-hub restored") != NULL);
	REQUIRE_OK(hub_restored(region_hub, &devices, &e));
	region_collect();
	agree();
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Первый'"), "два");
	end();
}

/* A device that joined after the backup was made: its bundles are none of anybody's, until it joins once more, with the same keys. */
static void test_forgotten_device(void)
{
	char theirs[RECORD_ID_SIZE], mine[RECORD_ID_SIZE];
	struct store *young;
	struct hub_collected got;
	struct err e = ERR_INIT;
	char *person;

	REQUIRE(begin());
	swap(&region_hub, backup, false);
	young = region_member("Новая Алия", BURAEVO, "consultant");
	REQUIRE(young != NULL);
	make(field, &person_type, theirs, "name", "Соседский", "municipality", BURAEVO, NULL);
	for (int i = 0; i < 2; i++) {
		region_sync(young);
		exchange_both();
		region_sync(young);
	}
	REQUIRE(region_holds(young, "person", theirs));
	make(young, &person_type, mine, "name", "Моя", "municipality", BURAEVO, NULL);
	change(young, &person_type, theirs, "note", "видела");
	region_sync(young);
	region_collect();
	region_sync(young);
	CHECK_INT(status_of(young).sent, 0);
	restore_hub(2);
	change(young, &person_type, mine, "note", "ещё");
	region_sync(young);
	got = region_collect();
	CHECK_INT(got.bundles_refused, 1);
	REQUIRE_OK(region_enrol(young, "consultant", BURAEVO, &e));
	for (int i = 0; i < 4; i++) {
		region_sync(young);
		exchange_both();
		region_sync(young);
	}
	agree();
	region_sync(young);
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Моя'"), "ещё");
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Соседский'"), "видела");
	person = store_setting(young, "person");
	CHECK(region_holds(region_hub, "person", person));
	free(person);
	CHECK_INT(status_of(young).unsent + status_of(young).sent + status_of(young).refused, 0);
	CHECK(region_within(young, region_hub));
	region_sound(young);
	store_close(young);
	end();
}

/* What the device changed of a record that left it since is not at the device any more: it has a number and no contents, and nothing else is held up by it. */
static void test_left_since(void)
{
	char gone[RECORD_ID_SIZE], stays[RECORD_ID_SIZE];

	REQUIRE(begin());
	make(centre, &person_type, gone, "name", "Уйдёт", "municipality", BURAEVO, NULL);
	exchange_both();
	exchange_both();
	swap(&region_hub, backup, false);
	change(field, &person_type, gone, "note", "моё");
	make(field, &person_type, stays, "name", "Останется", "municipality", BURAEVO, NULL);
	exchange_both();
	change(centre, &person_type, gone, "municipality", BELEBEY);
	exchange_both();
	exchange_both();
	REQUIRE(!region_holds(field, "person", gone));
	restore_hub(2);
	region_collect();
	agree();
	CHECK(region_holds(region_hub, "person", stays));
	CHECK_STR(region_value(region_hub, "SELECT municipality FROM person WHERE name = 'Уйдёт'"), BELEBEY);
	CHECK(!region_holds(field, "person", gone));
	end();
}

/* Both were put back: the device's copy is older than the hub's backup. It is a store behind itself, and joins anew. */
static void test_both(void)
{
	char one[RECORD_ID_SIZE], two[RECORD_ID_SIZE], copy[4300], path[4300], *person;
	struct hub_approval how = { .role = "consultant", .municipality = BURAEVO };
	struct buf request = BUF_INIT, welcome = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE(begin());
	snprintf(copy, sizeof copy, "%s/copy", region_dir);
	swap(&field, copy, false);
	make(field, &person_type, one, "name", "Первый", "municipality", BURAEVO, NULL);
	exchange_both();
	exchange_both();
	swap(&region_hub, backup, false);
	make(centre, &person_type, two, "name", "Второй", "municipality", BURAEVO, NULL);
	exchange_both();
	exchange_both();
	swap(&field, copy, true);
	make(field, &person_type, path, "name", "Третий", "municipality", BURAEVO, NULL);
	restore_hub(2);
	region_collect();
	for (int i = 0; i < 3 && !status_of(field).anew; i++) {
		region_sync(field);
		region_collect();
	}
	REQUIRE(status_of(field).anew);
	REQUIRE_OK(sync_join_anew(field, &request, &e));
	how.fingerprint = store_identity(field)->pub.fingerprint;
	how.person = person = store_setting(field, "person");
	if (!CHECK_INT(hub_approve(region_hub, request.data, request.len, &how, &welcome, &e), 0) ||
	    !CHECK_INT(sync_welcome(field, welcome.data, welcome.len, &e), 0))
		test_note("%s", e.text);
	buf_release(&request);
	buf_release(&welcome);
	free(person);
	agree();
	CHECK_INT(status_of(field).aside, 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name IN ('Первый', 'Второй', 'Третий')"), 3);
	end();
}

static const struct test tests_of_this[] = { TEST(test_lost_week), TEST(test_twice), TEST(test_not_said), TEST(test_forgotten_device), TEST(test_left_since), TEST(test_both), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
