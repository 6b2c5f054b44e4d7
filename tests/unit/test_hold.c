/* Many deletions in one bundle: what waits, what does not, and what becomes of it. */
#include "tests/unit/region.h"

#include "records/agenda.h"
#include "records/deletion_hold.h"
#include "records/seminar.h"
#include "records/undo.h"
#include "store/erase.h"

enum { PEOPLE_MOST = 130 };

static struct store *coordinator, *second, *field;
static char person[PEOPLE_MOST][RECORD_ID_SIZE];

static void exchange(void)
{
	struct store *const all[] = { coordinator, second, field };

	for (int i = 0; i < 2; i++)
		region_exchange(all, 3);
}

/* So many people made by the coordinator, in the municipality of the device of the field, besides the three of the devices. */
static bool begin(int people)
{
	struct err e = ERR_INIT;

	if (!CHECK(region_open()))
		return false;
	coordinator = region_member("Первый Координатор", BELEBEY, "coordinator");
	second = region_member("Второй Координатор", BELEBEY, "coordinator");
	field = region_member("Хасанова Гузель", BURAEVO, "consultant");
	if (!CHECK(coordinator != NULL && second != NULL && field != NULL) || !CHECK_INT(store_begin(coordinator, &e), 0))
		return false;
	for (int i = 0; i < people; i++) {
		char name[64];

		snprintf(name, sizeof name, "Человек Номер %03d", i);
		make(coordinator, &person_type, person[i], "name", name, "municipality", BURAEVO, NULL);
	}
	CHECK_INT(store_commit(coordinator, &e), 0);
	exchange();
	return CHECK_INT(region_count(field, "SELECT count(*) FROM person WHERE name LIKE 'Человек%'"), people);
}

/* Everybody agrees, and nothing waits that was decided. */
static void end(void)
{
	exchange();
	CHECK(region_same(coordinator, region_hub));
	CHECK(region_same(second, region_hub));
	CHECK(region_within(field, region_hub));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM held JOIN deletion_hold ON id = hold WHERE decision IS NOT NULL"), 0);
	region_sound(coordinator);
	region_sound(second);
	region_sound(field);
	region_sound(region_hub);
	store_close(coordinator);
	store_close(second);
	store_close(field);
	region_close();
}

static void take_away(struct store *s, int from, int to)
{
	struct err e = ERR_INIT;

	for (int i = from; i < to; i++)
		if (!CHECK_INT(record_remove(s, &person_type, person[i], &e), 0))
			test_note("%s", e.text);
}

static int visible(struct store *s)
{
	return region_count(s, "SELECT count(*) FROM person WHERE deleted = 0 AND name LIKE 'Человек%'");
}

static int waiting(struct store *s)
{
	struct err e = ERR_INIT;
	int64_t count = -1;

	CHECK_INT(deletion_hold_waiting(s, &count, &e), 0);
	return (int)count;
}

static int64_t status_waiting(struct store *s, int64_t *refused)
{
	struct sync_status status;
	struct err e = ERR_INIT;

	CHECK_INT(sync_status(s, &status, &e), 0);
	*refused = status.refused;
	return status.waiting;
}

static void decide(struct store *s, const char *id, bool agreed)
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(deletion_hold_decide(s, id, agreed, &e), 0))
		test_note("%s", e.text);
}

static const char *question(struct store *s)
{
	return region_value(s, "SELECT id FROM deletion_hold WHERE decision IS NULL ORDER BY count DESC");
}

/* People there are before the bundle, those of the devices among them, and so many deleted. */
static bool does_wait(int people, int deleted)
{
	bool waits;

	if (!begin(people - 3))
		return false;
	take_away(field, 0, deleted);
	exchange();
	waits = waiting(coordinator) == 1;
	CHECK_INT(waiting(region_hub), waits);
	CHECK_INT(visible(region_hub), waits ? people - 3 : people - 3 - deleted);
	CHECK_INT(visible(field), visible(region_hub));
	end();
	return waits;
}

static void test_bounds(void)
{
	CHECK(!does_wait(40, 20));		/* half of them, but not more than 20 */
	CHECK(!does_wait(105, 21));		/* exactly a fifth */
	CHECK(does_wait(104, 21));
	CHECK(does_wait(24, 21));
}

static void test_small_table(void)
{
	if (!begin(5))
		return;
	take_away(field, 0, 5);
	exchange();
	CHECK_INT(visible(region_hub), 0);
	CHECK_INT(waiting(coordinator), 0);
	end();
}

struct told { int count; char first[256]; };

static int note_refused(void *context, int64_t seq, const char *table, const char *id, const char *reason, struct err *e)
{
	struct told *t = context;

	(void)seq, (void)table, (void)id, (void)e;
	if (t->count++ == 0)
		snprintf(t->first, sizeof t->first, "%s", reason);
	return 0;
}

static struct told told_of(struct store *s, bool all)
{
	struct told t = { 0 };
	struct err e = ERR_INIT;

	CHECK_INT(sync_each_refused(s, all, note_refused, &t, &e), 0);
	return t;
}

static struct told not_accepted(struct store *s)
{
	return told_of(s, true);
}

/* What is not a deletion is taken from the same bundle; author and coordinators know what waits. */
static void test_only_deletions_wait(void)
{
	char seminar[RECORD_ID_SIZE], fresh[RECORD_ID_SIZE];
	struct told told;
	int64_t refused;

	if (!begin(60))
		return;
	change(field, &person_type, person[40], "post", "библиотекарь");
	take_away(field, 0, 30);
	make(field, &person_type, fresh, "name", "Новый Участник", "municipality", BURAEVO, NULL);
	make(field, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", "municipality", BURAEVO, NULL);
	exchange();
	CHECK_INT(visible(region_hub), 60);
	CHECK_STR(region_value(second, "SELECT count(*) FROM person WHERE post = 'библиотекарь'"), "1");
	CHECK(region_holds(second, "person", fresh));
	CHECK(region_holds(second, "seminar", seminar));
	CHECK_STR(region_value(second, "SELECT kind || ' ' || count || ' of ' || total || ' ' || (device = (SELECT tag FROM device WHERE no > 1 AND person_name = 'Хасанова Гузель'))"
	    " FROM deletion_hold"), "person 30 of 63 1");
	CHECK_INT(region_count(second, "SELECT length(records) - length(replace(records, char(10), '')) FROM deletion_hold"), 29);
	CHECK_INT(waiting(field), 1);			/* its author sees the question, too */
	CHECK_INT(visible(field), 60);
	CHECK_INT(status_waiting(field, &refused), 30);
	CHECK_INT(refused, 0);
	told = not_accepted(field);
	CHECK_INT(told.count, 30);
	CHECK_STR(told.first, "so many deletions at once wait for a coordinator");
	end();
}

static void test_agreed(void)
{
	int64_t refused;

	if (!begin(60))
		return;
	take_away(field, 0, 30);
	exchange();
	decide(second, question(second), true);
	exchange();
	CHECK_INT(visible(region_hub), 30);
	CHECK_INT(visible(coordinator), 30);
	CHECK_INT(visible(field), 30);
	CHECK_INT(not_accepted(field).count, 0);
	CHECK_INT(status_waiting(field, &refused), 0);
	CHECK_INT(refused, 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM refused"), 0);
	CHECK_INT(region_count(field, "SELECT count(*) FROM refused"), 0);
	CHECK_INT(region_count(field, "SELECT sum(accepted) - sum(last_op - first_op + 1) FROM outbox WHERE seq > 0"), 0);
	end();
}

static void test_refused(void)
{
	struct told told;
	int64_t refused;

	if (!begin(60))
		return;
	take_away(field, 0, 30);
	exchange();
	decide(coordinator, question(coordinator), false);
	exchange();
	CHECK_INT(visible(region_hub), 60);
	CHECK_INT(visible(field), 60);
	CHECK_INT(status_waiting(field, &refused), 0);
	CHECK_INT(refused, 30);
	told = not_accepted(field);
	CHECK_INT(told.count, 30);
	CHECK_STR(told.first, "a coordinator did not agree to so many deletions at once");
	CHECK_STR(region_value(region_hub, "SELECT group_concat(DISTINCT reason) FROM refused"), "deletions");
	/* It can be done again, in smaller parts. */
	take_away(field, 0, 10);
	exchange();
	CHECK_INT(visible(region_hub), 50);
	end();
}

/* The record comes back while its deletion waits: later edits of it do not rest on that, and are taken; an agreement then meets an edit that it did not see. */
static void test_edited_meanwhile(void)
{
	if (!begin(60))
		return;
	take_away(field, 0, 30);
	exchange();
	change(field, &person_type, person[0], "post", "директор");
	change(coordinator, &person_type, person[1], "post", "директор");
	exchange();
	CHECK_STR(region_value(second, "SELECT count(*) FROM person WHERE post = 'директор'"), "2");
	decide(second, question(second), true);
	exchange();
	CHECK_INT(visible(region_hub), 32);
	CHECK_INT(visible(field), 32);
	CHECK_INT(journal_conflicts(store_journal(coordinator)), 2);
	CHECK_INT(journal_conflicts(store_journal(field)), 2);
	end();
}

/* Removed, brought back with another value, all before the exchange; and removed, brought back, removed again. */
static void test_brought_back(void)
{
	struct err e = ERR_INIT;

	if (!begin(60))
		return;
	take_away(field, 0, 30);
	CHECK_INT(store_exec(field, "BEGIN; COMMIT", &e), 0);
	REQUIRE_OK(store_begin(field, &e));
	for (int i = 0; i < 12; i++) {
		struct buf sql = BUF_INIT;

		buf_addf(&sql, "UPDATE person SET deleted = 0, post = 'снова' WHERE id = '%s'", person[i]);
		REQUIRE_OK(store_exec(field, sql.data, &e));
		buf_release(&sql);
	}
	REQUIRE_OK(store_commit(field, &e));
	exchange();
	CHECK_INT(waiting(coordinator), 0);		/* 18 are gone in the end */
	CHECK_INT(visible(region_hub), 42);
	take_away(field, 0, 12);
	take_away(field, 30, 45);
	REQUIRE_OK(store_begin(field, &e));
	REQUIRE_OK(store_exec(field, "UPDATE person SET deleted = 0, post = 'опять' WHERE post = 'снова'", &e));
	REQUIRE_OK(store_commit(field, &e));
	take_away(field, 0, 10);
	exchange();
	/* 25 end removed: 15 once, 10 of them with two operations more, which rest on the first; the two that came back are taken. */
	CHECK_STR(region_value(coordinator, "SELECT count FROM deletion_hold WHERE decision IS NULL"), "25");
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM held"), 15 + 3 * 10);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person WHERE post = 'опять'"), 2);
	CHECK_INT(visible(field), 42);
	decide(coordinator, question(coordinator), true);
	exchange();
	CHECK_INT(visible(region_hub), 17);
	CHECK_INT(visible(field), 17);
	end();
}

/* What the bundle itself brought is nobody's loss. */
static void test_own_of_the_bundle(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin(60))
		return;
	for (int i = 0; i < 40; i++) {
		char name[64];

		snprintf(name, sizeof name, "Ошибка Импорта %02d", i);
		make(field, &person_type, id, "name", name, "municipality", BURAEVO, NULL);
		REQUIRE_OK(record_remove(field, &person_type, id, &e));
	}
	take_away(field, 0, 20);
	exchange();
	CHECK_INT(waiting(coordinator), 0);
	CHECK_INT(visible(region_hub), 40);
	end();
}

static int no_question(void *context, const struct agenda_news *n, struct err *e)
{
	(void)context, (void)e;
	CHECK(n->type != &deletion_hold_type);
	return 0;
}

/* An import of the field's, taken back after the hub had it: people and their part in the programme go together, and are one question. */
static void import_taken_back(bool agreed)
{
	char id[RECORD_ID_SIZE];
	struct undo_outcome out;
	struct err e = ERR_INIT;
	int64_t refused, total;

	if (!begin(10))
		return;
	undo_start(store_journal(field));
	REQUIRE_OK(store_begin(field, &e));
	for (int i = 0; i < 30; i++)
		make(field, &person_type, id, "name", "Человек Импорта", "municipality", BURAEVO, NULL);
	REQUIRE_OK(store_commit(field, &e));
	exchange();
	REQUIRE_OK(undo_run(field, undo_id(undo_next(field, UNDO_BACK)), UNDO_ASKING, &out, &e));
	undo_outcome_release(&out);
	CHECK_INT(visible(field), 10);
	exchange();
	CHECK_INT(waiting(coordinator), 1);
	CHECK_STR(region_value(coordinator, "SELECT kind || ' ' || count FROM deletion_hold"), "person 30");
	CHECK_INT(visible(field), 40);
	CHECK_INT(region_count(field, "SELECT count(*) FROM participation WHERE deleted = 0 AND person IN (SELECT id FROM person WHERE name = 'Человек Импорта')"), 30);
	CHECK_INT(status_waiting(field, &refused), 60);
	CHECK_INT(told_of(field, false).count, 0);
	CHECK_INT(not_accepted(field).count, 60);
	CHECK_INT(agenda_news(coordinator, 100, no_question, NULL, &total, &e), 0);
	decide(coordinator, question(coordinator), agreed);
	exchange();
	CHECK_INT(visible(field), agreed ? 10 : 40);
	CHECK_INT(status_waiting(field, &refused), 0);
	CHECK_INT(refused, agreed ? 0 : 60);
	CHECK_INT(told_of(field, false).count, agreed ? 0 : 60);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM participation WHERE deleted = 1 AND person IN (SELECT id FROM person WHERE name = 'Человек Импорта')"),
	    agreed ? 30 : 0);
	end();
}

static void test_import_taken_back(void)
{
	import_taken_back(true);
	import_taken_back(false);
}

/* Two tables in one bundle, and another bundle after it: three questions, each with its own answer. */
static void test_several(void)
{
	char seminar[30][RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	struct buf first = BUF_INIT;

	if (!begin(100))
		return;
	for (int i = 0; i < 30; i++)
		make(coordinator, &seminar_type, seminar[i], "title", "Семинар", "date", "2020-02-14", "municipality", BURAEVO, NULL);
	exchange();
	take_away(field, 0, 40);
	for (int i = 0; i < 25; i++)
		REQUIRE_OK(record_remove(field, &seminar_type, seminar[i], &e));
	exchange();
	CHECK_INT(waiting(coordinator), 2);
	buf_adds(&first, question(coordinator));
	take_away(field, 40, 90);
	exchange();
	CHECK_INT(waiting(second), 3);
	CHECK_INT(visible(region_hub), 100);
	decide(coordinator, region_value(coordinator, "SELECT id FROM deletion_hold WHERE kind = 'seminar'"), true);
	decide(coordinator, first.data, false);
	exchange();
	CHECK_INT(waiting(field), 1);
	CHECK_INT(region_count(field, "SELECT count(*) FROM seminar WHERE deleted = 0"), 5);
	CHECK_INT(visible(field), 100);
	decide(second, question(second), true);
	exchange();
	CHECK_INT(visible(field), 50);
	CHECK_INT(not_accepted(field).count, 40);
	buf_release(&first);
	end();
}

/* The hub acts once: who decides later, not knowing of it, is told so; nobody else decides, nobody changes the question. */
static void test_once(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin(60))
		return;
	take_away(field, 0, 30);
	exchange();
	snprintf(id, sizeof id, "%s", question(coordinator));
	CHECK_INT(deletion_hold_decide(field, id, true, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(record_remove(coordinator, &deletion_hold_type, id, &e), -1);
	decide(coordinator, id, false);
	CHECK_INT(deletion_hold_decide(coordinator, id, true, &e), -1);
	region_sync(coordinator);
	region_collect();
	decide(second, id, true);
	exchange();
	CHECK_STR(region_value(region_hub, "SELECT decision FROM deletion_hold"), "no");
	CHECK_STR(region_value(second, "SELECT decision FROM deletion_hold"), "no");
	CHECK_INT(not_accepted(second).count, 1);
	CHECK_INT(visible(second), 60);
	/* A device that has another program: the hub judges. */
	REQUIRE_OK(store_begin(coordinator, &e));
	REQUIRE_OK(store_exec(coordinator, "UPDATE deletion_hold SET count = 1", &e));
	REQUIRE_OK(store_commit(coordinator, &e));
	REQUIRE_OK(store_begin(field, &e));
	REQUIRE_OK(store_exec(field, "UPDATE deletion_hold SET decision = 'yes'", &e));
	REQUIRE_OK(store_commit(field, &e));
	exchange();
	CHECK_INT(region_count(region_hub, "SELECT count FROM deletion_hold"), 30);
	CHECK_STR(region_value(region_hub, "SELECT decision FROM deletion_hold"), "no");
	CHECK_INT(visible(region_hub), 60);
	end();
}

/* A coordinator's own deletions are asked about, too. */
static void test_own_of_a_coordinator(void)
{
	if (!begin(60))
		return;
	take_away(coordinator, 0, 30);
	exchange();
	CHECK_INT(visible(second), 60);
	CHECK_INT(visible(coordinator), 60);
	decide(coordinator, question(coordinator), true);
	exchange();
	CHECK_INT(visible(second), 30);
	CHECK_INT(visible(coordinator), 30);
	end();
}

/* The device is not heard any more; its deletions are decided about all the same. */
static void revoked(bool agreed)
{
	struct err e = ERR_INIT;
	struct peer p;

	if (!begin(60))
		return;
	take_away(field, 0, 30);
	exchange();
	CHECK_INT(peer_find(region_hub, store_identity(field)->pub.id, &p, &e), 1);
	strcpy(p.state, "revoked");
	REQUIRE_OK(peer_save(region_hub, &p, &e));
	decide(coordinator, question(coordinator), agreed);
	region_exchange((struct store *[]){ coordinator, second }, 2);
	region_exchange((struct store *[]){ coordinator, second }, 2);
	CHECK_INT(visible(second), agreed ? 30 : 60);
	CHECK(region_same(coordinator, region_hub));
	CHECK(region_same(second, region_hub));
	region_sound(region_hub);
	store_close(coordinator);
	store_close(second);
	store_close(field);
	region_close();
}

static void test_revoked(void)
{
	revoked(true);
	revoked(false);
}

/* The device goes on after its person was erased: its deletions wait like others, and the question does not name the person. */
static void test_of_the_erased(void)
{
	struct err e = ERR_INIT;
	char me[RECORD_ID_SIZE];

	REQUIRE(begin(60));
	snprintf(me, sizeof me, "%s", region_value(field, "SELECT value FROM setting WHERE key = 'person'"));
	REQUIRE_OK(store_begin(coordinator, &e));
	REQUIRE_OK(journal_erase(store_journal(coordinator), "person", me, &e));
	REQUIRE_OK(store_commit(coordinator, &e));
	exchange();
	take_away(field, 0, 40);
	exchange();
	CHECK_INT(visible(coordinator), 60);
	CHECK_INT(waiting(coordinator), 1);
	CHECK_STR(region_value(coordinator, "SELECT label FROM deletion_hold"), "");
	end();
}

/* --- over many bundles --- */

/* The people from..to - 1, in bundles of so many. */
static void take_away_by(int from, int to, int step)
{
	for (int i = from; i < to; i += step) {
		take_away(field, i, i + step < to ? i + step : to);
		exchange();
	}
}

/* What one bundle may not do many may not: from the moment when both limits are passed every one of them waits, until a coordinator has agreed to one. */
static void test_spread_over_bundles(void)
{
	if (!begin(97))
		return;
	take_away_by(0, 20, 10);
	CHECK_INT(waiting(coordinator), 0);
	CHECK_INT(visible(region_hub), 77);
	take_away_by(20, 40, 10);
	CHECK_INT(visible(region_hub), 77);		/* what was accepted stays so */
	CHECK_INT(visible(field), 77);
	CHECK_INT(waiting(coordinator), 2);
	CHECK_STR(region_value(second, "SELECT group_concat(DISTINCT count || ' of ' || total || ' after ' || gone) FROM deletion_hold"), "10 of 100 after 20");
	take_away_by(40, 41, 1);
	CHECK_INT(waiting(coordinator), 3);
	decide(coordinator, question(coordinator), false);
	exchange();
	take_away_by(41, 42, 1);
	CHECK_INT(waiting(coordinator), 3);		/* a refusal changes nothing */
	decide(coordinator, region_value(coordinator, "SELECT id FROM deletion_hold WHERE decision IS NULL AND count = 1"), true);
	exchange();
	CHECK_INT(visible(region_hub), 76);
	take_away_by(50, 60, 10);
	CHECK_INT(visible(region_hub), 66);
	CHECK_INT(waiting(coordinator), 2);
	end();
}

/* Thirty bundles of three: the eighth is the first one that passes both limits, and none after it is taken. */
static void test_many_small_bundles(void)
{
	if (!begin(97))
		return;
	take_away_by(0, 90, 3);
	CHECK_INT(visible(region_hub), 97 - 18);
	CHECK_INT(waiting(coordinator), 24);
	CHECK_STR(region_value(second, "SELECT min(total) || ' ' || max(total) || ' ' || min(gone) || ' ' || max(gone) FROM deletion_hold"), "100 100 18 18");
	end();
}

/* Of what was removed a day ago nothing is said any more. */
static void test_day_is_over(void)
{
	struct err e = ERR_INIT;

	if (!begin(97))
		return;
	take_away_by(0, 20, 10);
	REQUIRE_OK(store_exec(region_hub, "UPDATE removal SET at = at - 86400000", &e));
	take_away_by(20, 30, 10);
	CHECK_INT(waiting(coordinator), 0);
	CHECK_INT(visible(region_hub), 67);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM removal"), 10);
	end();
}

static void bring_back(int from, int to)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(store_begin(field, &e));
	for (int i = from; i < to; i++) {
		char sql[256];

		snprintf(sql, sizeof sql, "UPDATE person SET deleted = 0 WHERE id = '%s'", person[i]);
		REQUIRE_OK(store_exec(field, sql, &e));
	}
	REQUIRE_OK(store_commit(field, &e));
}

/* What came back does not count, in a bundle before or in the same one. */
static void test_brought_back_later(void)
{
	if (!begin(97))
		return;
	take_away_by(0, 20, 10);
	bring_back(0, 10);
	exchange();
	take_away_by(20, 30, 10);
	CHECK_INT(waiting(coordinator), 0);
	bring_back(10, 20);
	take_away_by(30, 40, 10);
	CHECK_INT(waiting(coordinator), 0);
	CHECK_INT(visible(region_hub), 77);
	/* The same ones again. */
	take_away_by(0, 1, 1);
	CHECK_INT(waiting(coordinator), 1);
	CHECK_STR(region_value(second, "SELECT count || ' of ' || total || ' after ' || gone FROM deletion_hold"), "1 of 100 after 20");
	end();
}

/* A fifth is one of what there was when the first of them went: who adds as many as he takes away does not get further. */
static void test_grows_meanwhile(void)
{
	char id[RECORD_ID_SIZE];

	if (!begin(60))
		return;
	for (int i = 0; i < 3; i++) {
		for (int k = 0; k < 60; k++)
			make(field, &person_type, id, "name", "Придуманный", "municipality", BURAEVO, NULL);
		take_away(field, 10 * i, 10 * i + 10);
		exchange();
	}
	CHECK_INT(visible(region_hub), 40);
	CHECK_INT(waiting(coordinator), 1);
	CHECK_STR(region_value(second, "SELECT count || ' of ' || total || ' after ' || gone FROM deletion_hold"), "10 of 63 after 20");
	end();
}

/* Two devices: each by itself. */
static void test_of_others(void)
{
	if (!begin(97))
		return;
	take_away_by(0, 20, 10);
	take_away(second, 20, 40);
	exchange();
	CHECK_INT(waiting(coordinator), 0);
	CHECK_INT(visible(region_hub), 57);
	end();
}

/* --- what rests on what waits --- */

/* The last operation of the device says, besides, that it saw the one that removed this person. */
static void saw_removal(int who)
{
	char sql[1024];
	struct err e = ERR_INIT;

	snprintf(sql, sizeof sql, "UPDATE oplog SET body = (SELECT json_insert(oplog.body, '$[0][2][#]', json_array(r.hlc, '%s')) FROM refused x JOIN oplog r USING(dev, seq)"
	    " WHERE x.dev = 1 AND r.pk = '%s') WHERE dev = 1 AND seq = (SELECT max(seq) FROM oplog WHERE dev = 1)", store_identity(field)->pub.tag, person[who]);
	REQUIRE_OK(store_exec(field, sql, &e));
}

static int posts(struct store *s)
{
	return region_count(s, "SELECT count(*) FROM person WHERE post = 'двое'");
}

/* An operation that saw a deletion of either question waits for both, whichever is decided first. */
static void two_questions(bool turned, bool one, bool other)
{
	char id[2][RECORD_ID_SIZE];
	int64_t refused;

	if (!begin(60))
		return;
	take_away(field, 0, 30);
	exchange();
	snprintf(id[turned], sizeof id[0], "%s", question(coordinator));
	take_away(field, 30, 55);
	exchange();
	snprintf(id[!turned], sizeof id[0], "%s", region_value(coordinator, "SELECT id FROM deletion_hold WHERE count = 25"));
	change(field, &person_type, person[57], "post", "двое");
	saw_removal(3);
	saw_removal(33);
	exchange();
	CHECK_INT(posts(region_hub), 0);
	CHECK_INT(posts(field), 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM held WHERE NOT asked"), 2);
	CHECK_INT(status_waiting(field, &refused), 56);
	decide(coordinator, id[0], one);
	exchange();
	CHECK_INT(posts(region_hub), 0);
	decide(second, id[1], other);
	exchange();
	CHECK_INT(posts(region_hub), one && other);
	CHECK_INT(posts(field), one && other);
	CHECK_INT(posts(second), one && other);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM held"), 0);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM refused WHERE reason = 'held'"), 0);
	CHECK_INT(status_waiting(field, &refused), 0);		/* nor does anything wait at its author */
	end();
}

static void test_two_questions(void)
{
	for (int turned = 0; turned < 2; turned++) {
		two_questions(turned, true, true);
		two_questions(turned, true, false);
		two_questions(turned, false, true);
	}
}

/* Deletions that only say that they saw one which waits are no part of that question: they are asked about by themselves, and wait for both answers. */
static void test_riding_along(void)
{
	if (!begin(90))
		return;
	take_away(field, 0, 30);
	exchange();
	for (int i = 30; i < 60; i++) {
		take_away(field, i, i + 1);
		saw_removal(0);
	}
	exchange();
	CHECK_INT(waiting(coordinator), 2);
	decide(coordinator, region_value(coordinator, "SELECT id FROM deletion_hold ORDER BY first_op"), true);
	exchange();
	CHECK_INT(visible(region_hub), 60);
	decide(coordinator, question(coordinator), true);
	exchange();
	CHECK_INT(visible(region_hub), 30);
	CHECK_INT(visible(field), 30);
	end();
}

static const struct test tests[] = {
	TEST(test_spread_over_bundles), TEST(test_many_small_bundles), TEST(test_day_is_over), TEST(test_brought_back_later), TEST(test_grows_meanwhile), TEST(test_of_others),
	TEST(test_two_questions), TEST(test_riding_along),
	TEST(test_bounds), TEST(test_small_table), TEST(test_only_deletions_wait), TEST(test_agreed), TEST(test_refused), TEST(test_edited_meanwhile),
	TEST(test_brought_back), TEST(test_own_of_the_bundle), TEST(test_import_taken_back), TEST(test_several), TEST(test_once), TEST(test_own_of_a_coordinator), TEST(test_revoked), TEST(test_of_the_erased), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
