/* Who is erased is erased everywhere: a hub and three devices, what they keep, and who has confirmed it. */
#include "tests/unit/region.h"

#include "base/clock.h"
#include "base/date.h"
#include "crypto/age.h"
#include "records/consent.h"
#include "records/consultation.h"
#include "records/erasure.h"
#include "store/erase.h"
#include "store/stores.h"
#include "sync/quarantine.h"

#define SECRET_NAME "Сәлимгәрәева Гөлназ Әхмәт кызы"
#define DAY (24 * 3600 * (int64_t)1000)

static struct store *coordinator, *consultant, *expert;
static struct store *all[3];
static int64_t now;

/* Every step is a second later, so that before and after are apart. */
static void tick(int64_t ms)
{
	now += ms;
	clock_set(now);
}

static bool begin(void)
{
	now = 1581660000000;		/* 2020-02-14 */
	tick(0);
	if (!CHECK(region_open()))
		return false;
	all[0] = coordinator = region_member("Координатор", BELEBEY, "coordinator");
	all[1] = consultant = region_member("Консультант", BURAEVO, "consultant");
	all[2] = expert = region_member("Эксперт", BELEBEY, "expert");
	if (!CHECK(coordinator != NULL && consultant != NULL && expert != NULL))
		return false;
	tick(1000);
	region_exchange(all, 3);
	tick(1000);
	region_exchange(all, 3);
	return true;
}

static void end(void)
{
	for (int i = 0; i < 3; i++) {
		region_sound(all[i]);
		store_close(all[i]);
	}
	region_sound(region_hub);
	region_close();
	clock_set(0);
}

static void rounds(int count)
{
	for (int i = 0; i < count; i++) {
		tick(1000);
		region_exchange(all, 3);
	}
}

static void erase(struct store *s, const char *person, const char *basis)
{
	char id[RECORD_ID_SIZE];

	make(s, &erasure_type, id, "person", person, "basis", basis, "document", "вх. 17", NULL);
	CHECK_STR(id, person);
}

static void refused_erase(struct store *s, const char *person, const char *word)
{
	struct record r;
	struct err e = ERR_INIT;

	record_init(&r, &erasure_type);
	record_put(&r, "person", person);
	CHECK_INT(record_save(s, &r, &e), -1);
	if (!CHECK(strstr(e.text, word) != NULL))
		test_note("%s", e.text);
	record_release(&r);
}

static struct erasure_state state_of(struct store *s, const char *person)
{
	struct erasure_state state;
	struct err e = ERR_INIT;

	CHECK_INT(erasure_state(s, person, &state, &e), 0);
	return state;
}

/* --- what the stores keep --- */

static bool bytes_hold(const unsigned char *data, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++)
		if (data[i] == (unsigned char)word[0] && memcmp(data + i, word, n) == 0)
			return true;
	return false;
}

/* What each replica holds of the database, page by page, as it lies sealed in the file. */
static bool pages_hold(struct store *s, const char *word)
{
	sqlite3_int64 size;
	unsigned char *image;
	bool holds;
	struct err e = ERR_INIT;

	if (!CHECK_INT(store_scrub(s, &e), 0))
		test_note("%s", e.text);
	image = sqlite3_serialize(store_db(s), "main", &size, 0);
	holds = image != NULL && bytes_hold(image, (size_t)size, word);
	if (image == NULL)
		CHECK(!"the store was read");
	sqlite3_free(image);
	return holds;
}

static bool settings_hold(struct store *s, const char *word)
{
	char sql[512];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM setting WHERE instr(value, '%s')", word);
	return region_count(s, sql) > 0;
}

static bool file_holds(const char *path, struct store *opener, const char *word)
{
	struct err e = ERR_INIT;
	struct buf out = BUF_INIT;
	bool holds = bundle_show(opener, path, true, &out, &e) == 0 && strstr(out.data, word) != NULL;

	buf_release(&out);
	return holds;
}

static const char *const words[] = { SECRET_NAME, "Сәлимгәрәева", "+79173334455", "golnaz@example.org", "заведующая клубом", "боится проверок", "совет наедине",
	"пометка о ней" };
enum { WORDS = sizeof words / sizeof *words };

static void check_nothing(struct store *s, const char *whose)
{
	for (int i = 0; i < WORDS; i++) {
		if (!CHECK(!pages_hold(s, words[i])))
			test_note("%s: the pages hold “%s”", whose, words[i]);
		if (!CHECK(!settings_hold(s, words[i])))
			test_note("%s: a setting holds “%s”", whose, words[i]);
	}
}

/* What still lies in the folder, opened by whom it is for; and what each store keeps to write there again. */
static void check_mail(void)
{
	for (int i = 0; i < 3; i++) {
		CHECK_INT(region_count(all[i], "SELECT count(*) FROM outbox WHERE file IS NOT NULL AND last_op >= first_op"), 0);
		for (int n = 1; n < 60; n++)
			for (int w = 0; w < WORDS; w++) {
				const char *in = region_file("inbox", all[i], n), *out = region_file("outbox", all[i], n);

				if ((access(in, F_OK) == 0 && file_holds(in, region_hub, words[w])) || (access(out, F_OK) == 0 && file_holds(out, all[i], words[w])))
					CHECK(!"a bundle holds what was erased");
			}
	}
}

/* A person of the consultant's municipality with everything that can be said of one. */
static void make_person(struct store *s, char person[RECORD_ID_SIZE], char consultation[RECORD_ID_SIZE], char seminar[RECORD_ID_SIZE])
{
	char consent[RECORD_ID_SIZE], mentorship[RECORD_ID_SIZE];

	make(s, &person_type, person, "name", SECRET_NAME, "phone", "89173334455", "email", "golnaz@example.org", "post", "заведующая клубом", "municipality",
	    BURAEVO, "role", "activist", "note", "боится проверок", NULL);
	make(s, &mentorship_type, mentorship, "mentor", region_value(s, "SELECT value FROM setting WHERE key = 'person'"), "mentee", person, NULL);
	make(s, &consultation_type, consultation, "mentor", region_value(s, "SELECT value FROM setting WHERE key = 'person'"), "mentee", person, "date", "2020-02-10", "topic", "Устав",
	    "advice", "совет наедине", NULL);
	make(s, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-12", "municipality", BURAEVO, NULL);
	mark(s, seminar, person, ATTENDANCE_PRESENT);
	make(s, &consent_type, consent, "person", person, "date", "2020-02-10", "note", "пометка о ней", NULL);
}

static char person[RECORD_ID_SIZE], consultation[RECORD_ID_SIZE], seminar[RECORD_ID_SIZE];

static bool begin_with_person(void)
{
	if (!begin())
		return false;
	make_person(consultant, person, consultation, seminar);
	rounds(2);
	return CHECK(region_holds(coordinator, "person", person));
}

/* --- the tests --- */

static void test_who_may(void)
{
	REQUIRE(begin_with_person());
	refused_erase(consultant, person, "coordinator");
	refused_erase(coordinator, region_value(coordinator, "SELECT value FROM setting WHERE key = 'person'"), "own card");
	refused_erase(coordinator, "zzzzzzzz-1", "does not hold");
	CHECK(!erasure_done(coordinator, person));
	erase(coordinator, person, "withdrawal");
	CHECK(erasure_done(coordinator, person));
	refused_erase(coordinator, person, "already");
	CHECK_INT(region_count(coordinator, "SELECT count(*) FROM person WHERE name IS NULL"), 1);
	end();
}

/* Everybody hears of it, and every acknowledgement is a confirmation. */
static void test_confirmations(void)
{
	struct erasure_state state;

	REQUIRE(begin_with_person());
	erase(coordinator, person, "withdrawal");
	state = state_of(coordinator, person);
	CHECK(state.here && state.known && !state.final);
	tick(1000);
	region_sync(coordinator);
	tick(1000);
	region_collect();
	state = state_of(region_hub, person);
	CHECK_INT(state.replicas, 4);
	CHECK_INT(state.confirmed, 1);		/* whose work it was */
	CHECK(!state.final);
	/* The expert never held the person, and has nothing to say but that it heard. */
	tick(1000);
	region_sync(expert);
	region_sync(expert);
	CHECK(erasure_done(expert, person));
	CHECK(!region_holds(expert, "person", person));
	tick(1000);
	region_collect();
	CHECK_INT(state_of(region_hub, person).confirmed, 2);
	rounds(3);
	state = state_of(region_hub, person);
	CHECK_INT(state.confirmed, 4);
	CHECK(state.final);
	state = state_of(coordinator, person);
	CHECK_INT(state.replicas, 4);
	CHECK(state.final);
	CHECK(erasure_done(consultant, person));
	CHECK_INT(state_of(consultant, person).replicas, 0);	/* tells coordinators alone */
	end();
}

/* Rows, journal, drafts and names are gone from every file; the counts stay. */
static void test_nothing_left(void)
{
	struct err e = ERR_INIT;
	char draft[512];

	REQUIRE(begin_with_person());
	CHECK(pages_hold(consultant, SECRET_NAME));
	CHECK(pages_hold(region_hub, "совет наедине"));
	snprintf(draft, sizeof draft, "{\"type\":\"person\",\"record\":\"%s\",\"seminar\":\"\",\"ms\":1,\"fields\":{\"phone\":[\"+79173334455\",null]}}", person);
	REQUIRE_OK(store_set_setting(consultant, "draft", draft, &e));
	snprintf(draft, sizeof draft, "{\"type\":\"consultation\",\"record\":\"%s\",\"seminar\":\"\",\"ms\":1,\"fields\":{\"advice\":[\"совет наедине\",null]}}", consultation);
	REQUIRE_OK(store_set_setting(consultant, "draft/2", draft, &e));
	REQUIRE_OK(store_set_setting(consultant, "draft/3", "{\"type\":\"person\",\"record\":\"\",\"seminar\":\"\",\"ms\":1,\"fields\":{\"name\":[\"Другая Анна\",null]}}", &e));
	REQUIRE_OK(store_exec(expert, "INSERT INTO known_name(tbl, id, name) VALUES('person', '" "k3x9q2mv-99" "', 'Кто-то')", &e));
	snprintf(draft, sizeof draft, "INSERT INTO known_name(tbl, id, name) VALUES('person', '%s', '" SECRET_NAME "')", person);
	REQUIRE_OK(store_exec(expert, draft, &e));
	erase(coordinator, person, "withdrawal");
	check_nothing(coordinator, "coordinator");
	rounds(3);
	check_nothing(consultant, "consultant");
	check_nothing(expert, "expert");
	check_nothing(region_hub, "hub");
	check_mail();
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM setting WHERE key LIKE 'draft%'"), 1);
	CHECK_INT(region_count(expert, "SELECT count(*) FROM known_name WHERE name = 'Кто-то'"), 1);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM attendance WHERE state = 'present' AND deleted = 0"), 1);
	CHECK(region_same(coordinator, region_hub));
	CHECK(region_within(consultant, region_hub));
	CHECK_INT(region_count(coordinator, "SELECT count(*) FROM not_accepted"), 0);
	CHECK(state_of(coordinator, person).known);
	CHECK(state_of(region_hub, person).known);
	end();
}

/* A device that was away wrote of the person meanwhile: it is accepted, and empty. */
static void test_late_operations(void)
{
	char other[RECORD_ID_SIZE];

	REQUIRE(begin_with_person());
	erase(coordinator, person, "withdrawal");
	change(consultant, &person_type, person, "post", "заведующая клубом и библиотекой");
	make(consultant, &consultation_type, other, "mentor", region_value(consultant, "SELECT value FROM setting WHERE key = 'person'"), "mentee", person, "date",
	    "2020-02-13", "topic", "Отчёт", "advice", "совет наедине вслед", NULL);
	tick(1000);
	region_sync(consultant);		/* before it could know */
	rounds(3);
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM not_accepted"), 0);
	CHECK(region_holds(region_hub, "consultation", other));
	CHECK_STR(region_value(region_hub, "SELECT count(*) FROM consultation WHERE advice IS NOT NULL"), "0");
	for (int i = 0; i < 3; i++)
		check_nothing(all[i], "device");
	check_nothing(region_hub, "hub");
	CHECK(state_of(coordinator, person).final);
	end();
}

static const char *tag_of(struct store *s)
{
	return store_identity(s)->pub.tag;
}

/* Who is not heard of any more is listed with a reason; who comes back after all confirms like everybody. */
static void test_unreachable(void)
{
	struct err e = ERR_INIT;
	struct store *two[] = { coordinator, expert };

	REQUIRE(begin_with_person());
	two[0] = coordinator, two[1] = expert;
	erase(coordinator, person, "request");
	for (int i = 0; i < 3; i++) {
		tick(1000);
		region_exchange(two, 2);
	}
	CHECK_INT(state_of(coordinator, person).confirmed, 2);		/* not the hub: what it wrote for the consultant before lies there */
	CHECK_INT(hub_unreachable(region_hub, "00000000", "потерян", &e), -1);
	REQUIRE_OK(hub_unreachable(region_hub, tag_of(consultant), "ноутбук украден 01.02.2020", &e));
	tick(1000);
	region_exchange(two, 2);
	CHECK_INT(state_of(coordinator, person).unreachable, 1);
	CHECK(state_of(coordinator, person).final);
	tick(DAY);
	rounds(3);		/* it was found */
	CHECK(erasure_done(consultant, person));
	CHECK_INT(state_of(coordinator, person).unreachable, 0);
	CHECK_INT(state_of(coordinator, person).confirmed, 4);
	CHECK(state_of(coordinator, person).final);
	end();
}

/* Mail for a device that stays away is written anew after 30 days; it goes on from there, whatever it had taken of the old one. */
static void test_mail_anew(void)
{
	struct store *two[2];
	char seminar_two[RECORD_ID_SIZE];

	REQUIRE(begin());
	two[0] = coordinator, two[1] = expert;
	make_person(coordinator, person, consultation, seminar);
	tick(1000);
	region_exchange(two, 2);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM outbox WHERE file IS NOT NULL AND peer IN (SELECT id FROM peer WHERE role = 'consultant')") > 0, 1);
	erase(coordinator, person, "withdrawal");
	tick(1000);
	region_exchange(two, 2);
	tick(29 * DAY);
	region_exchange(two, 2);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM outbox WHERE void = 1"), 0);
	tick(2 * DAY);
	region_exchange(two, 2);
	CHECK(region_count(region_hub, "SELECT count(*) FROM outbox WHERE void = 1") > 0);
	/* Nothing in the folder says anything of the person any more. */
	for (int n = 1; n < 40; n++)
		if (access(region_file("outbox", consultant, n), F_OK) == 0 && !CHECK(!file_holds(region_file("outbox", consultant, n), consultant, "Сәлимгәрәева")))
			test_note("bundle %d", n);
	rounds(3);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM outbox WHERE void = 1"), 0);
	CHECK(region_holds(consultant, "person", person));
	CHECK(erasure_done(consultant, person));
	check_nothing(consultant, "consultant");
	CHECK(region_within(consultant, region_hub));
	/* And the chain goes on. */
	make(coordinator, &seminar_type, seminar_two, "title", "Дальше", "date", "2020-05-12", "municipality", BURAEVO, NULL);
	rounds(2);
	CHECK(region_holds(consultant, "seminar", seminar_two));
	CHECK(state_of(coordinator, person).final);
	end();
}

/* The device had taken one of the old bundles, and its word of it was lost. */
static void test_mail_anew_after_some(void)
{
	struct store *two[2];
	struct sync_report report;
	char lost[RECORD_ID_SIZE];
	int before;

	REQUIRE(begin());
	two[0] = coordinator, two[1] = expert;
	make(consultant, &person_type, lost, "name", "Записан раньше", "municipality", BURAEVO, NULL);
	tick(1000);
	region_sync(consultant);
	make_person(coordinator, person, consultation, seminar);
	tick(1000);
	region_exchange(two, 2);
	region_sync(consultant);		/* takes it, and says so with the next change that it has … */
	CHECK(region_holds(consultant, "person", person));
	before = region_count(consultant, "SELECT in_seq FROM peer");
	change(coordinator, &person_type, person, "post", "директор");
	tick(1000);
	region_exchange(two, 2);
	erase(coordinator, person, "withdrawal");
	tick(1000);
	region_exchange(two, 2);
	tick(31 * DAY);
	region_exchange(two, 2);
	CHECK(region_count(region_hub, "SELECT count(*) FROM outbox WHERE void = 1") > 0);
	report = region_sync(consultant);
	CHECK_INT(report.bundles_refused, 0);
	CHECK(region_count(consultant, "SELECT in_seq FROM peer") > before);
	CHECK(erasure_done(consultant, person));
	/* Every number of the chain has its hash. */
	CHECK_INT(region_count(consultant, "SELECT count(*) - max(seq) FROM bundle_in"), 0);
	rounds(3);
	check_nothing(consultant, "consultant");
	CHECK(region_within(consultant, region_hub));
	CHECK(state_of(coordinator, person).final);
	CHECK_INT(region_count(consultant, "SELECT count(*) FROM outbox WHERE file IS NOT NULL AND last_op >= first_op"), 0);	/* its receipts came again */
	end();
}

/* A file in quarantine is cut to its signature after 30 days, and the hub confirms no earlier. */
static void test_quarantine(void)
{
	struct err e = ERR_INIT;
	struct sync_report report;

	REQUIRE(begin_with_person());
	change(consultant, &person_type, person, "post", "заведующая клубом");
	report = region_sync(consultant);
	(void)report;
	REQUIRE_OK(store_exec(region_hub, "INSERT INTO quarantine(hash, origin, reason, arrived, size, file) SELECT 'aa', 'x', 'y', 1581660005000, length(file),"
	    " file FROM outbox WHERE file IS NOT NULL LIMIT 1", &e));
	REQUIRE_OK(store_exec(region_hub, "INSERT INTO quarantine(hash, origin, reason, arrived, size, file) VALUES('bb', 'x', 'y', 1581660005000, 4, 'abcd')", &e));
	tick(60000);
	erase(coordinator, person, "withdrawal");
	rounds(4);
	CHECK_INT(state_of(coordinator, person).confirmed, 3);
	tick(31 * DAY);
	rounds(2);
	CHECK(state_of(coordinator, person).final);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM quarantine WHERE length(file) > 900"), 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM quarantine WHERE hash = 'bb' AND file IS NULL"), 1);
	end();
}

/* All cards of one person go together. */
static void test_joined_cards(void)
{
	char second[RECORD_ID_SIZE], link[RECORD_ID_SIZE];

	REQUIRE(begin_with_person());
	make(coordinator, &person_type, second, "name", SECRET_NAME, "municipality", BURAEVO, NULL);
	make(coordinator, record_type_find("link"), link, "person", person, "other", second, NULL);
	rounds(2);
	erase(coordinator, second, "withdrawal");
	CHECK(erasure_done(coordinator, person));
	CHECK(erasure_done(coordinator, second));
	CHECK_INT(region_count(coordinator, "SELECT count(*) FROM erasure WHERE basis = 'withdrawal'"), 2);
	rounds(3);
	for (int i = 0; i < 3; i++)
		check_nothing(all[i], "device");
	check_nothing(region_hub, "hub");
	end();
}

/* Whether the list of stores on that computer has a name for this one. */
static bool listed(const char *path, struct buf *name)
{
	const char *file = strrchr(path, '/') + 1;
	char *folder = fs_dirname(path);
	struct stores list;
	bool found = false;

	stores_read(&list, folder);
	for (int i = 0; i < list.count; i++)
		if (strcmp(list.entry[i].file, file) == 0 && strcmp(list.entry[i].name, file) != 0) {
			found = true;
			buf_reset(name);
			buf_adds(name, list.entry[i].name);
		}
	stores_release(&list);
	free(folder);
	return found;
}

/* A hub's roster names its people as well. */
static void test_owner_of_a_device(void)
{
	char owner[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	struct err e = ERR_INIT;

	REQUIRE(begin_with_person());
	snprintf(owner, sizeof owner, "%s", region_value(expert, "SELECT value FROM setting WHERE key = 'person'"));
	CHECK(pages_hold(coordinator, "Эксперт"));
	/* The list of stores on that computer says whose they are. */
	REQUIRE_OK(stores_add(store_path(expert), region_value(expert, "SELECT name FROM person WHERE id = (SELECT value FROM setting WHERE key = 'person')"), &e));
	CHECK(listed(store_path(expert), &name));
	REQUIRE_OK(stores_add(store_path(consultant), "Другая Анна", &e));
	erase(coordinator, owner, "request");
	rounds(4);
	CHECK(!listed(store_path(expert), &name));
	CHECK(listed(store_path(consultant), &name) && strcmp(name.data, "Другая А.") == 0);
	buf_release(&name);
	CHECK(state_of(coordinator, owner).final);
	for (int i = 0; i < 3; i++)
		if (!CHECK(!pages_hold(all[i], "Эксперт")))
			test_note("device %d", i);
	CHECK(!pages_hold(region_hub, "Эксперт"));
	end();
}

/* Without a hub there is but one replica. */
static void test_alone(void)
{
	struct store *s = region_device("Одна", BURAEVO, "coordinator");
	char id[RECORD_ID_SIZE];

	REQUIRE(s != NULL);
	make(s, &person_type, id, "name", SECRET_NAME, NULL);
	erase(s, id, "purpose");
	CHECK(state_of(s, id).final);
	check_nothing(s, "alone");
	region_sound(s);
	store_close(s);
}

static int count_parts(void *context, const struct erasure_part *p, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%s %lld;", p->title, (long long)p->records);
	return 0;
}

static int count_log(void *context, const struct erasure_entry *n, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%s by %s;", n->person, n->author);
	return 0;
}

static void test_what_the_act_lists(void)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char log[256];

	REQUIRE(begin_with_person());
	erase(coordinator, person, "withdrawal");
	REQUIRE_OK(erasure_parts(coordinator, person, count_parts, &out, &e));
	CHECK_STR(out.data, "Person 1;Mentorship 1;Attendance 1;Consultation 1;Consent 1;");
	buf_reset(&out);
	REQUIRE_OK(erasure_log(coordinator, person, count_log, &out, &e));
	snprintf(log, sizeof log, "%s by Координатор;", person);
	CHECK_STR(out.data, log);
	buf_release(&out);
	end();
}

static const struct test tests[] = {
	TEST(test_who_may), TEST(test_confirmations), TEST(test_nothing_left), TEST(test_late_operations), TEST(test_unreachable), TEST(test_mail_anew),
	TEST(test_mail_anew_after_some), TEST(test_quarantine), TEST(test_joined_cards), TEST(test_owner_of_a_device), TEST(test_alone), TEST(test_what_the_act_lists), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
