/* Stores restored from old copies, and twins: recognised, joined anew, and nothing that was typed anywhere is lost. */
#include "base/fsutil.h"
#include "store/aside.h"
#include "sync/twin.h"
#include "tests/unit/region.h"

static struct store *a, *b;

static bool begin(void)
{
	struct store *both[2];

	if (!CHECK(region_open()))
		return false;
	both[0] = a = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	both[1] = b = region_member("Орлова Вера", BELEBEY, "coordinator");
	if (!CHECK(a != NULL && b != NULL))
		return false;
	region_exchange(both, 2);
	region_exchange(both, 2);
	return true;
}

static void end(void)
{
	region_sound(a);
	region_sound(b);
	region_sound(region_hub);
	store_close(a);
	store_close(b);
	region_close();
}

static char *dup_path(const char *path)
{
	char *copy = malloc(strlen(path) + 1);

	strcpy(copy, path);
	return copy;
}

static bool copy_file(const char *from, const char *to)
{
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;
	bool good = fs_read(from, (size_t)1 << 28, false, &file, &e) == 0 && fs_write(to, file.data, file.len, 0600, &e) == 0;

	if (!good)
		test_note("%s", e.text);
	buf_release(&file);
	return good;
}

static void key_of(const char *path, char key[4096])
{
	snprintf(key, 4096, "%.*s.key", (int)strlen(path) - 4, path);
}

static struct store *open_at(const char *path, const char *key_file)
{
	struct store_key key = { .key_file = key_file };
	struct err e = ERR_INIT;
	struct store *s = NULL;

	if (!CHECK_INT(store_open(path, &key, &s, &e), 0))
		test_note("%s", e.text);
	return s;
}

/* Closes the store, copies its file to `to`, opens it again. */
static void copy_of(struct store **s, const char *to)
{
	char *path = dup_path(store_path(*s)), key[4096];

	key_of(path, key);
	store_close(*s);
	CHECK(copy_file(path, to));
	*s = open_at(path, key);
	free(path);
}

/* The copy takes the store's place. */
static void restore(struct store **s, const char *copy)
{
	char *path = dup_path(store_path(*s)), key[4096];

	key_of(path, key);
	store_close(*s);
	CHECK(copy_file(copy, path));
	*s = open_at(path, key);
	free(path);
}

static const char *copy_path(int n)
{
	static char paths[8][4200];

	snprintf(paths[n % 8], sizeof paths[0], "%s/copy%d", test_folder(), n);
	return paths[n % 8];
}

/* The hub approves what lies in the folder, for the person whose card the request names. */
static void approve_anew(struct store *s, const char *role, const char *municipality)
{
	struct hub_approval how = { .fingerprint = store_identity(s)->pub.fingerprint, .role = role, .municipality = municipality };
	struct buf join = BUF_INIT, welcome = BUF_INIT;
	char path[4300], *person = store_setting(s, "person");
	struct err e = ERR_INIT;

	snprintf(path, sizeof path, "%s/%s.join", region_dir, store_identity(s)->pub.tag);
	how.person = person;
	if (!CHECK_INT(fs_read(path, 1 << 20, false, &join, &e), 0) || !CHECK_INT(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e), 0) ||
	    !CHECK_INT(sync_welcome(s, welcome.data, welcome.len, &e), 0))
		test_note("%s", e.text);
	unlink(path);
	free(person);
	buf_release(&join);
	buf_release(&welcome);
}

/* The request lies where a sync leaves it. */
static void sync_join_again(struct store *s)
{
	struct buf request = BUF_INIT;
	struct err e = ERR_INIT;
	char path[4300];

	snprintf(path, sizeof path, "%s/%s.join", region_dir, store_identity(s)->pub.tag);
	CHECK_INT(sync_join_anew(s, &request, &e), 0);
	CHECK_INT(fs_write(path, request.data, request.len, 0644, &e), 0);
	buf_release(&request);
}

/* Until nothing is set aside any more. */
static void settle(struct store *s)
{
	for (int i = 0; i < 4; i++) {
		region_sync(s);
		region_collect();
	}
	region_sync(s);
}

static struct sync_status status_of(struct store *s)
{
	struct sync_status status;
	struct err e = ERR_INIT;

	CHECK_INT(sync_status(s, &status, &e), 0);
	return status;
}

/* The old copy comes back after the device went on, and people work with it before it meets the hub. */
static void test_restored_copy(void)
{
	char before[RECORD_ID_SIZE], after[RECORD_ID_SIZE], unsent[RECORD_ID_SIZE], other[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], later[RECORD_ID_SIZE];
	char tag[DEVICE_TAG_SIZE];
	struct sync_report report;

	REQUIRE(begin());
	make(a, &person_type, before, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	region_exchange(&a, 1);
	make(a, &person_type, unsent, "name", "Вәлиева Зилә", "municipality", BURAEVO, NULL);
	copy_of(&a, copy_path(1));
	memcpy(tag, store_identity(a)->pub.tag, sizeof tag);
	make(a, &person_type, after, "name", "Сафин Азат", "municipality", BURAEVO, NULL);
	change(a, &person_type, before, "phone", "89170000002");
	region_exchange(&a, 1);
	region_exchange(&a, 1);
	restore(&a, copy_path(1));
	/* The same ids as what the hub has of this device by now, for other records. */
	make(a, &person_type, other, "name", "Яңы Кеше", "municipality", BURAEVO, NULL);
	CHECK_STR(other, after);
	make(a, &seminar_type, seminar, "title", "Гранты", "date", "2020-02-20", "municipality", BURAEVO, "lead", other, NULL);
	mark(a, seminar, other, ATTENDANCE_PRESENT);
	mark(a, seminar, unsent, ATTENDANCE_PRESENT);
	change(a, &person_type, before, "post", "учитель");
	report = region_sync(a);
	if (!report.anew) {
		region_collect();
		report = region_sync(a);
	}
	CHECK(report.anew);
	CHECK_INT(report.operations_received, 0);
	CHECK(strcmp(store_identity(a)->pub.tag, tag) != 0);
	CHECK(status_of(a).aside > 0);
	CHECK(region_holds(a, "person", other));			/* work goes on with what is there */
	region_sound(a);
	make(a, &person_type, later, "name", "Һуңғы Кеше", "municipality", BURAEVO, NULL);
	change(a, &person_type, other, "post", "врач");
	CHECK(region_sync(a).anew);
	approve_anew(a, "consultant", BURAEVO);
	settle(a);
	CHECK_INT(status_of(a).aside, 0);
	CHECK(!status_of(a).anew);
	CHECK_INT(status_of(a).refused, 0);
	CHECK_INT(status_of(a).unsent + status_of(a).sent, 0);
	CHECK(region_within(a, region_hub));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name IN"
	    " ('Ахметов Ильдар', 'Вәлиева Зилә', 'Сафин Азат', 'Яңы Кеше', 'Һуңғы Кеше')"), 5);
	CHECK_STR(region_value(region_hub, "SELECT phone || post FROM person WHERE name = 'Ахметов Ильдар'"), "+79170000002учитель");
	CHECK_STR(region_value(region_hub, "SELECT post FROM person WHERE name = 'Яңы Кеше'"), "врач");
	CHECK_STR(region_value(region_hub, "SELECT p.name FROM seminar s JOIN person p ON p.id = s.lead"), "Яңы Кеше");
	CHECK_STR(region_value(region_hub, "SELECT group_concat(name) FROM (SELECT p.name FROM attendance t JOIN person p ON p.id = t.person"
	    " JOIN seminar s ON s.id = t.seminar WHERE t.id = s.id || '/' || p.id ORDER BY 1)"), "Вәлиева Зилә,Яңы Кеше");
	region_sync(b);
	CHECK(region_same(b, region_hub));
	end();
}

/* Two go on with one store: the first that meets the hub keeps the chain. */
static void test_twins(void)
{
	char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE], common[RECORD_ID_SIZE];
	struct store *twin;
	char key[4096];
	bool anew = false;

	REQUIRE(begin());
	make(a, &person_type, common, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	region_exchange(&a, 1);
	change(a, &person_type, common, "note", "вместе");
	copy_of(&a, copy_path(2));
	key_of(store_path(a), key);
	twin = open_at(copy_path(2), key);
	REQUIRE(twin != NULL);
	make(a, &person_type, first, "name", "Первый", "municipality", BURAEVO, NULL);
	make(twin, &person_type, second, "name", "Второй", "municipality", BURAEVO, NULL);
	change(twin, &person_type, common, "post", "учитель");
	CHECK_STR(first, second);
	region_exchange(&a, 1);
	for (int i = 0; i < 3 && !anew; i++) {
		anew = region_sync(twin).anew;
		CHECK(!region_sync(a).anew);
		region_collect();
	}
	CHECK(anew);
	approve_anew(twin, "consultant", BURAEVO);
	settle(twin);
	settle(a);
	CHECK_INT(status_of(twin).unsent + status_of(twin).aside, 0);
	CHECK_INT(status_of(a).refused + status_of(twin).refused, 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name IN ('Ахметов Ильдар', 'Первый', 'Второй')"), 3);
	CHECK_STR(region_value(region_hub, "SELECT note || post FROM person WHERE name = 'Ахметов Ильдар'"), "вместеучитель");
	CHECK(region_same(a, twin));
	region_sound(twin);
	store_close(twin);
	end();
}

/* What the store wrote before it was copied was refused; what its twin, a device of its own by then, wrote on top of that rests on it still. */
static void test_twin_of_refused(void)
{
	char seminar[RECORD_ID_SIZE], other[RECORD_ID_SIZE], key[4096], *person;
	struct err e = ERR_INIT;
	struct store *twin;

	REQUIRE(begin());
	make(a, &seminar_type, seminar, "title", "Гранты", "date", "2020-02-20", "municipality", BURAEVO, NULL);
	/* Past the records, which refuse a person whom nobody knows here. */
	CHECK_INT(store_begin(a, &e) == 0 && store_exec(a, "UPDATE seminar SET lead = 'nobody00-1'", &e) == 0 ? store_commit(a, &e) : -1, 0);
	region_sync(a);
	copy_of(&a, copy_path(3));
	key_of(store_path(a), key);
	twin = open_at(copy_path(3), key);
	REQUIRE(twin != NULL);
	person = store_setting(twin, "person");
	change(twin, &seminar_type, seminar, "lead", person);
	free(person);
	region_collect();
	region_sync(twin);		/* both hear that it was refused, and a is the one whose next bundle the hub reads */
	make(a, &person_type, other, "name", "Первый", "municipality", BURAEVO, NULL);
	region_exchange(&a, 1);
	for (int i = 0; i < 3 && !status_of(twin).anew; i++) {
		region_sync(twin);
		region_collect();
	}
	REQUIRE(status_of(twin).anew);
	approve_anew(twin, "consultant", BURAEVO);
	settle(twin);
	CHECK_INT(status_of(a).refused, 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM refused WHERE reason = 'scope'"), 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM refused WHERE reason = 'depends'"), 1);
	CHECK_INT(status_of(twin).refused, 2);		/* it heard of the first, too, while it was that device */
	region_sync(b);
	CHECK(region_same(b, region_hub));
	region_sound(twin);
	store_close(twin);
	end();
}

/* --- what was typed and not saved names records as well --- */

/* The records of these tests: as they were made, and as they are called now; in a pattern 1 and 2 stand for these, 3 and 4 for those. */
struct names { char was[2][RECORD_ID_SIZE], now[2][RECORD_ID_SIZE]; };

static void fill(const struct names *n, const char *pattern, struct buf *out)
{
	for (const char *p = pattern; *p != '\0'; p++)
		if (*p >= '1' && *p <= '4')
			buf_adds(out, *p < '3' ? n->now[*p - '1'] : n->was[*p - '3']);
		else
			buf_addc(out, *p);
}

static void keep(struct store *s, const struct names *n, const char *setting, const char *pattern)
{
	struct buf key = BUF_INIT, value = BUF_INIT;
	struct err e = ERR_INIT;

	fill(n, setting, &key);
	fill(n, pattern, &value);
	CHECK_INT(store_set_setting(s, key.data, value.data, &e), 0);
	buf_release(&key);
	buf_release(&value);
}

static void kept(struct store *s, const struct names *n, const char *setting, const char *pattern)
{
	struct buf key = BUF_INIT, value = BUF_INIT;
	char *there;

	fill(n, setting, &key);
	fill(n, pattern, &value);
	there = store_setting(s, key.data);
	CHECK_STR(there != NULL ? there : "(none)", value.data);
	free(there);
	buf_release(&key);
	buf_release(&value);
}

static const struct { const char *setting, *text; } named[] = {
	{ "draft", "{\"type\":\"seminar\",\"record\":\"1\",\"seminar\":\"\",\"ms\":5,\"fields\":{\"title\":[\"Гранты \\\"3\\\"\",null],"
	    "\"lead\":[\"Ахметов\",\"2\"],\"topic\":[\"4\",null]}}" },
	{ "draft/5", "{\"type\":\"mentorship\",\"record\":\"\",\"seminar\":\"1\",\"ms\":5,\"fields\":{\"mentee\":[\"2\",null],\"mentor\":[\"\",null]}}" },
	{ "draft/6", "{\"type\":\"score\",\"record\":\"1\",\"seminar\":\"\",\"ms\":5,\"fields\":{\"2\":[\"8 хорошо\",null]}}" },
	{ "draft/7", "{\"type\":\"person\",\"record\":\"3\",\"ms\":5 and what no program writes" },
	{ "verification", "1" },
	{ "verification/1", "{\"type\":\"verification\",\"record\":\"\",\"seminar\":\"1\",\"ms\":5,\"fields\":{\"unnamed\":-5,\"lines\":[\"2\",[\"4\"],\"1/2\"]}}" },
	{ "programme", "2" },
	{ "name", "3" },
};
enum { NAMED = sizeof named / sizeof *named };

/* Records that get new ids get them in drafts, in papers being typed and in the chosen programme, too; what somebody wrote as a text stays as it is. */
static void test_settings(void)
{
	char other[RECORD_ID_SIZE];
	struct names n;
	char *none;

	REQUIRE(begin());
	make(a, &person_type, other, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	region_exchange(&a, 1);
	copy_of(&a, copy_path(0));
	change(a, &person_type, other, "phone", "89170000002");
	region_exchange(&a, 1);
	region_exchange(&a, 1);
	restore(&a, copy_path(0));
	make(a, &seminar_type, n.was[0], "title", "Гранты", "date", "2020-02-20", "municipality", BURAEVO, NULL);
	make(a, &person_type, n.was[1], "name", "Яңы Кеше", "municipality", BURAEVO, NULL);
	memcpy(n.now, n.was, sizeof n.now);
	for (int i = 0; i < NAMED; i++)
		keep(a, &n, named[i].setting, named[i].text);
	for (int i = 0; i < 3 && !region_sync(a).anew; i++)
		region_collect();
	approve_anew(a, "consultant", BURAEVO);
	for (int i = 0; i < NAMED; i++)
		kept(a, &n, named[i].setting, named[i].text);		/* the records have their ids still */
	settle(a);
	snprintf(n.now[0], RECORD_ID_SIZE, "%s", region_value(a, "SELECT id FROM seminar WHERE title = 'Гранты'"));
	snprintf(n.now[1], RECORD_ID_SIZE, "%s", region_value(a, "SELECT id FROM person WHERE name = 'Яңы Кеше'"));
	CHECK(strcmp(n.now[0], n.was[0]) != 0 && strcmp(n.now[1], n.was[1]) != 0);
	for (int i = 0; i < NAMED; i++)
		kept(a, &n, named[i].setting, named[i].text);
	snprintf(other, sizeof other, "verification/%.40s", n.was[0]);
	none = store_setting(a, other);
	CHECK(none == NULL);
	free(none);
	end();
}

/* --- refused for the clock, and not given anew yet, when the copy was recognised --- */

#define NOW INT64_C(1581670800000)	/* 2020-02-14 09:00 UTC */
#define DAY_MS (24 * INT64_C(3600000))

static struct sync_report sync_at(struct store *s, int64_t ms)
{
	struct sync_report report;

	clock_set(ms);
	report = region_sync(s);
	clock_set(NOW);
	return report;
}

/* Nothing is sent of a store that waits for the date; the other copy of it is told the date, gives them anew and goes on, so that they come back with other
 * stamps: they are not there twice. What only this copy has is given anew. */
static void test_refused_for_clock(void)
{
	const int64_t ahead = NOW + 7 * DAY_MS;
	char person[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE], late[RECORD_ID_SIZE], key[4096];
	struct store *other;

	clock_set(NOW);
	REQUIRE(begin());
	clock_set(ahead);
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	make(a, &seminar_type, seminar, "title", "Гранты", "date", "2020-02-20", "municipality", BURAEVO, NULL);
	mark(a, seminar, person, ATTENDANCE_PRESENT);
	change(a, &person_type, person, "phone", "89170000002");
	change(a, &person_type, person, "phone", "89170000003");
	sync_at(a, ahead);
	CHECK(region_collect().operations_refused >= 5);
	sync_at(a, ahead + 3600000);
	CHECK(region_count(a, "SELECT count(*) FROM not_accepted WHERE reason IN ('clock', 'depends')") >= 5);
	key_of(store_path(a), key);
	copy_of(&a, copy_path(3));
	other = open_at(copy_path(3), key);
	REQUIRE(other != NULL);
	region_exchange(&a, 1);
	region_exchange(&a, 1);
	change(a, &person_type, person, "phone", "89170000004");
	region_exchange(&a, 1);
	CHECK_INT(status_of(a).refused + status_of(a).sent, 0);
	clock_set(ahead + 7200000);
	make(other, &person_type, late, "name", "Поздний Пётр", "municipality", BURAEVO, NULL);
	for (int i = 0; i < 4 && !sync_at(other, ahead + 7200000).anew; i++)
		region_collect();
	CHECK(strcmp(store_identity(other)->pub.tag, store_identity(a)->pub.tag) != 0);
	CHECK_INT(status_of(other).refused, 0);			/* set aside, with the others */
	CHECK(status_of(other).aside >= 6);
	approve_anew(other, "consultant", BURAEVO);
	settle(other);
	settle(a);
	CHECK_INT(status_of(other).unsent + status_of(other).aside + status_of(other).refused, 0);
	CHECK_STR(region_value(region_hub, "SELECT group_concat(name || coalesce(phone, '')) FROM (SELECT name, phone FROM person"
	    " WHERE name IN ('Ахметов Ильдар', 'Поздний Пётр') ORDER BY 1)"), "Ахметов Ильдар+79170000004,Поздний Пётр");
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM seminar WHERE title = 'Гранты'"), 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM attendance WHERE state = 'present'"), 1);
	CHECK_INT(status_of(other).conflicts, 0);
	CHECK(region_same(other, a));
	region_sound(other);
	store_close(other);
	end();
	clock_set(0);
}

/* Nobody but this store has what was refused: it is given anew, and what was refused for another reason stays so, under the names of now. */
static void test_refused_here_alone(void)
{
	const int64_t ahead = NOW + 7 * DAY_MS;
	char person[RECORD_ID_SIZE], before[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	clock_set(NOW);
	REQUIRE(begin());
	make(a, &person_type, before, "name", "Первый", "municipality", BURAEVO, NULL);
	region_exchange(&a, 1);
	clock_set(ahead);
	make(a, &person_type, person, "name", "Ахметов Ильдар", "municipality", BURAEVO, NULL);
	change(a, &person_type, before, "note", "далеко");
	sync_at(a, ahead);
	region_collect();
	sync_at(a, ahead + 3600000);
	CHECK_INT(region_count(a, "SELECT count(*) FROM not_accepted WHERE reason = 'clock'"), (int)status_of(a).refused);
	/* As a refusal of another kind would lie there: it names the person who is given anew. */
	REQUIRE_OK(store_begin(a, &e));
	REQUIRE_OK(store_exec(a, "INSERT INTO not_accepted(seq, tbl, pk, reason, kind, body) SELECT -7, tbl, pk, 'scope', kind, body FROM not_accepted"
	    " WHERE tbl = 'person' AND kind = 0", &e));
	REQUIRE_OK(store_commit(a, &e));
	CHECK_INT(twin_begin(a, &e), 0);
	CHECK_STR(region_value(a, "SELECT reason FROM not_accepted"), "scope");
	CHECK(status_of(a).aside >= 2);
	clock_set(NOW);
	sync_join_again(a);
	approve_anew(a, "consultant", BURAEVO);
	settle(a);
	CHECK_INT(status_of(a).aside + status_of(a).unsent, 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE name = 'Ахметов Ильдар'"), 1);
	CHECK_STR(region_value(region_hub, "SELECT note FROM person WHERE name = 'Первый'"), "далеко");
	CHECK_STR(region_value(a, "SELECT pk FROM not_accepted"), region_value(a, "SELECT id FROM person WHERE name = 'Ахметов Ильдар'"));
	end();
	clock_set(0);
}

/* Every name that was typed anywhere, in any copy, must be at the hub in the end. */
struct typed { char names[400][48]; int count; };

static void type_something(struct store *s, struct typed *t)
{
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];
	char *name = t->names[t->count];

	if (t->count == 399)
		return;
	snprintf(name, sizeof t->names[0], "Кеше %d", ++t->count);
	switch (test_random() % 3) {
	case 0:
		make(s, &person_type, id, "name", name, "municipality", BURAEVO, NULL);
		break;
	case 1:
		make(s, &seminar_type, seminar, "title", name, "date", "2020-02-20", "municipality", BURAEVO, NULL);
		make(s, &person_type, id, "name", "Гость", "municipality", BURAEVO, NULL);
		mark(s, seminar, id, ATTENDANCE_PRESENT);
		break;
	default:
		/* A note on the card of somebody who is here already, typed over what stands there. */
		snprintf(other, sizeof other, "%s", region_value(s, "SELECT id FROM person WHERE deleted = 0 ORDER BY random() LIMIT 1"));
		change(s, &person_type, other, "note", name);
	}
}

/* In a row, or in the history of one. */
static bool is_known(struct store *s, const char *name)
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM oplog WHERE instr(body, '\"%s\"') > 0 AND NOT EXISTS(SELECT 1 FROM refused r WHERE r.dev = oplog.dev AND r.seq = oplog.seq)",
	    name);
	return region_count(s, sql) > 0;
}

/* Not accepted, but not lost. */
static bool is_kept(struct store *s, const char *name)
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM not_accepted WHERE instr(body, '\"%s\"') > 0", name);
	return region_count(s, sql) > 0;
}

static const char *why_refused(const char *name)
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT group_concat(reason) FROM oplog JOIN refused USING(dev, seq) WHERE instr(body, '\"%s\"') > 0", name);
	return region_value(region_hub, sql);
}

static void exchange_one(struct store *s)
{
	if (region_sync(s).anew && test_random() % 2 == 0)
		approve_anew(s, "consultant", BURAEVO);
}

static void test_random_histories(void)
{
	for (int round = 0; round < 6; round++) {
		struct typed typed = { .count = 0 };
		struct store *twin = NULL;
		char key[4096];
		int copies = 100 * (round + 1), have = 0;

		REQUIRE(begin());
		key_of(store_path(a), key);
		for (int step = 0; step < 40; step++) {
			struct store *one = twin != NULL && test_random() % 2 == 0 ? twin : a;

			switch (test_random() % 12) {
			case 0:
				copy_of(&a, copy_path(copies + ++have));
				break;
			case 1:
				/* What was typed since the copy and never sent is lost with the disk: only what was sent counts then. */
				if (have > 0 && status_of(a).unsent == 0 && status_of(a).sent == 0 && status_of(a).refused == 0)
					restore(&a, copy_path(copies + have));
				break;
			case 2:
				if (twin == NULL) {
					copy_of(&a, copy_path(copies + 7));
					twin = open_at(copy_path(copies + 7), key);
				}
				break;
			case 3: case 4:
				exchange_one(one);
				break;
			case 5: case 6:
				region_collect();
				break;
			case 7:
				region_sync(b);
				break;
			default:
				type_something(one, &typed);
			}
		}
		for (int i = 0; i < 14; i++) {
			struct store *both[] = { a, twin };

			for (int k = 0; k < 2; k++)
				if (both[k] != NULL && region_sync(both[k]).anew)
					approve_anew(both[k], "consultant", BURAEVO);
			region_collect();
			region_sync(b);
			/* Something to say, so that whoever is behind hears of it. */
			if (i < 4)
				change(b, &person_type, region_value(b, "SELECT id FROM person WHERE name = 'Орлова Вера'"), "note", i % 2 ? "раз" : "два");
		}
		for (int i = 0; i < typed.count; i++)
			if (!CHECK(is_known(region_hub, typed.names[i]) || is_kept(a, typed.names[i]) || (twin != NULL && is_kept(twin, typed.names[i]))))
				test_note("%s is missing in round %d: a %d, refused at the hub %s", typed.names[i], round, is_known(a, typed.names[i]), why_refused(typed.names[i]));
		CHECK_INT(status_of(a).unsent + status_of(a).aside, 0);
		if (twin != NULL) {
			region_sound(twin);
			CHECK_INT(status_of(twin).unsent + status_of(twin).aside, 0);
			store_close(twin);
		}
		CHECK(region_same(b, region_hub));
		end();
	}
}

static const struct test tests_of_this[] = { TEST(test_restored_copy), TEST(test_twins), TEST(test_twin_of_refused), TEST(test_settings), TEST(test_refused_for_clock),
	TEST(test_refused_here_alone), TEST(test_random_histories), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
