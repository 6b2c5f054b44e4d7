/* Devices whose program is not this one: what they may send, and what becomes of it. */
#include "tests/unit/region.h"

#include "records/deletion_hold.h"
#include "records/person_link.h"
#include "store/erase.h"
#include "sync/apply.h"
#include "sync/hold.h"

enum { PEOPLE = 60 };

static struct store *coordinator, *field;
static char person[PEOPLE][RECORD_ID_SIZE];

static void exchange(void)
{
	struct store *const all[] = { coordinator, field };

	for (int i = 0; i < 2; i++)
		region_exchange(all, 2);
}

static bool begin(void)
{
	struct err e = ERR_INIT;

	if (!CHECK(region_open()))
		return false;
	coordinator = region_member("Первый Координатор", BELEBEY, "coordinator");
	field = region_member("Хасанова Гузель", BURAEVO, "consultant");
	if (!CHECK(coordinator != NULL && field != NULL) || !CHECK_INT(store_begin(coordinator, &e), 0))
		return false;
	for (int i = 0; i < PEOPLE; i++) {
		char name[64];

		snprintf(name, sizeof name, "Человек Номер %03d", i);
		make(coordinator, &person_type, person[i], "name", name, "municipality", BURAEVO, NULL);
	}
	CHECK_INT(store_commit(coordinator, &e), 0);
	exchange();
	return true;
}

static void end(void)
{
	region_exchange(&coordinator, 1);
	CHECK(region_same(coordinator, region_hub));
	region_sound(coordinator);
	region_sound(region_hub);
	store_close(coordinator);
	store_close(field);
	region_close();
}

static void take_away(int from, int to)
{
	struct err e = ERR_INIT;

	for (int i = from; i < to; i++)
		if (!CHECK_INT(record_remove(field, &person_type, person[i], &e), 0))
			test_note("%s", e.text);
}

static int visible(struct store *s)
{
	return region_count(s, "SELECT count(*) FROM person WHERE deleted = 0 AND name LIKE 'Человек%'");
}

/* The last operation of the device gets this body, which its own program would not write. */
static void forge(const char *body)
{
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare_once(field, "UPDATE oplog SET body = ?1 WHERE dev = 1 AND seq = (SELECT max(seq) FROM oplog WHERE dev = 1)", &e);

	REQUIRE(st != NULL);
	store_bind_text(st, 1, body);
	REQUIRE_OK(store_run(field, st, &e));
	sqlite3_finalize(st);
}

static void decide(bool agreed)
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(deletion_hold_decide(coordinator, region_value(coordinator, "SELECT id FROM deletion_hold WHERE decision IS NULL"), agreed, &e), 0))
		test_note("%s", e.text);
}

/* What rests on a deletion that waits is not merged when it comes; so its form is looked at then, and not when a coordinator has agreed. */
static void resting(const char *format)
{
	char body[512];

	if (!begin())
		return;
	take_away(0, 30);
	exchange();
	CHECK_INT(visible(region_hub), PEOPLE);
	snprintf(body, sizeof body, format, region_value(field, "SELECT max(o.hlc) FROM refused r JOIN oplog o USING(dev, seq) WHERE r.dev = 1"),
	    store_identity(field)->pub.tag, store_identity(field)->pub.tag);
	change(field, &person_type, person[0], "phone", "+79170000001");
	forge(body);
	region_sync(field);
	CHECK_INT(region_collect().bundles_refused, 1);
	decide(true);
	region_sync(coordinator);
	region_collect();
	CHECK_INT(visible(region_hub), PEOPLE - 30);
	region_sync(coordinator);
	end();
}

static void test_resting_on_what_waits(void)
{
	resting("[[1,7,[[%s,\"%s\"]]]]");			/* a mark that is none */
	resting("[[2,7,[[%s,\"%s\"]]]]");			/* a number for a name */
	resting("[[3,\"x\",[[%s,\"%s\"],[9000000000000000000,\"%s\"]]]]");	/* it saw what is still to come */
}

static int largest(struct store *s)
{
	return region_count(s, "SELECT max(n) FROM (SELECT count(*) AS n FROM joined GROUP BY shown)");
}

/* A link that a program without the limit would make: as record_save does it, but unchecked. */
static void link_unchecked(const char *a, const char *b)
{
	bool turned = strcmp(a, b) > 0;
	const char *first = turned ? b : a, *other = turned ? a : b;
	struct err e = ERR_INIT;
	struct buf sql = BUF_INIT;

	buf_addf(&sql, "INSERT INTO person_link(id, deleted, person, other, verdict) VALUES('%s/%s', 0, '%s', '%s', 'same')", first, other, first, other);
	CHECK(store_exec(field, sql.data, &e) == 0);
	buf_release(&sql);
}

/* The device itself refuses what the hub would, and writes nothing. */
static void test_local_limit(void)
{
	struct err e = ERR_INIT;
	int links;

	REQUIRE(begin());
	REQUIRE_OK(store_begin(field, &e));
	for (int i = 0; i + 1 < 50; i++)
		REQUIRE_OK(person_join(field, person[i], person[i + 1], &e));
	REQUIRE_OK(store_commit(field, &e));
	links = region_count(field, "SELECT count(*) FROM oplog");
	CHECK_INT(person_join(field, person[3], person[50], &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_STR(e.text, "these would be more than 50 cards of one person");
	CHECK_INT(region_count(field, "SELECT count(*) FROM oplog"), links);
	CHECK_INT(largest(field), 50);
	err_clear(&e);
	REQUIRE_OK(person_join(field, person[50], person[51], &e));
	CHECK_INT(person_join(field, person[51], person[0], &e), -1);
	exchange();
	CHECK_INT(region_count(field, "SELECT count(*) FROM not_accepted"), 0);
	end();
}

/* A chain of links, each by itself what anybody may do, would make one person of all cards, and every change of it a walk over all of them. */
static void test_chain_of_links(void)
{
	struct err e = ERR_INIT;
	char id[2 * RECORD_ID_SIZE];

	REQUIRE(begin());
	REQUIRE_OK(store_begin(field, &e));
	for (int i = 0; i + 1 < PEOPLE; i++)
		link_unchecked(person[i], person[i + 1]);
	REQUIRE_OK(store_commit(field, &e));
	exchange();
	CHECK_INT(largest(region_hub), 50);
	CHECK_INT(region_count(field, "SELECT count(*) FROM not_accepted WHERE reason = 'joined'"), 1);
	CHECK_INT(largest(coordinator), 50);
	/* Nor by a link that is there and says something else so far. */
	make(coordinator, &person_link_type, id, "person", person[0], "other", person[55], "verdict", PERSON_DIFFERENT, NULL);
	exchange();
	REQUIRE_OK(store_begin(field, &e));
	REQUIRE_OK(store_exec(field, "UPDATE person_link SET verdict = 'same' WHERE verdict = 'different'", &e));
	REQUIRE_OK(store_commit(field, &e));
	exchange();
	CHECK_INT(region_count(field, "SELECT count(*) FROM not_accepted WHERE reason = 'joined'"), 2);
	CHECK_INT(largest(region_hub), 50);
	CHECK_INT(largest(field), 50);
	/* Where the set is parted there is room again. */
	REQUIRE_OK(person_part(field, person[20], person[21], &(bool){ false }, &e));
	REQUIRE_OK(person_join(field, person[21], person[55], &e));
	exchange();
	CHECK_INT(largest(region_hub), PEOPLE - 21);
	CHECK_INT(region_count(region_hub, "SELECT count(DISTINCT shown) FROM joined"), 2);
	region_sound(field);
	end();
}

/* The order of the two is what makes one record of two devices' links, and what a link is found by. */
static void test_link_turned(void)
{
	struct err e = ERR_INIT;
	struct store *s;
	char sql[1024];

	REQUIRE(begin());
	s = field;
	REQUIRE_OK(store_begin(s, &e));
	snprintf(sql, sizeof sql, "INSERT INTO person_link(id, deleted, person, other, verdict) VALUES('%s/%s', 0, '%s', '%s', 'same'), ('%s/%s', 0, '%s', '%s', 'same')",
	    person[1], person[0], person[1], person[0], person[2], person[2], person[2], person[2]);
	REQUIRE_OK(store_exec(s, sql, &e));
	REQUIRE_OK(store_commit(s, &e));
	exchange();
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person_link"), 0);
	CHECK_INT(region_count(field, "SELECT count(*) FROM not_accepted WHERE reason = 'form'"), 2);
	CHECK_INT(region_count(field, "SELECT count(*) FROM joined"), 0);
	region_sound(field);
	end();
}

/* A bundle of the device that says nothing but how far it has read, as a program of this schema writes it. */
static void acknowledge(int schema)
{
	const char *last = "{\"rec\":\"end\",\"ops\":0}", *hash = "0000000000000000000000000000000000000000000000000000000000000000";
	struct buf head = BUF_INIT;
	struct bundle_head h = { 0 };
	struct err e = ERR_INIT;
	struct apply a;
	struct peer p;
	char *at;

	REQUIRE(peer_find(region_hub, store_identity(field)->pub.id, &p, &e) == 1);
	h = (struct bundle_head){ .first_op = p.in_op + 1, .last_op = p.in_op, .ack_seq = p.out_seq, .ack_pos = p.out_op };
	h.meta = (struct metadata){ .kind = METADATA_BUNDLE, .epoch = p.epoch, .seq = p.in_seq + 1 };
	memcpy(h.meta.from, p.pub.id, sizeof h.meta.from);
	memcpy(h.meta.to, store_identity(region_hub)->pub.id, sizeof h.meta.to);
	memcpy(h.meta.prev, p.in_hash, sizeof h.meta.prev);
	metadata_now(h.meta.created);
	bundle_head_write(&h, store_journal(field), &head);
	at = strstr(head.data, "\"schema\":");
	REQUIRE(at != NULL);
	at[9] = (char)('0' + schema);
	REQUIRE_OK(store_begin(region_hub, &e));
	apply_init(&a, region_hub, &apply_hub, &p, &h.meta, hash);
	a.block = "";
	a.hold = hold_new(region_hub);
	REQUIRE_OK(apply_line(&a, head.data, head.len - 1, &e));
	REQUIRE_OK(apply_line(&a, last, strlen(last), &e));
	REQUIRE_OK(apply_finish(&a, &e));
	hold_free(a.hold);
	apply_release(&a);
	REQUIRE_OK(store_commit(region_hub, &e));
	buf_release(&head);
}

/* Who reads an erasure with a program that knows none keeps everything: that is no confirmation, whatever the device is asked to acknowledge. */
static void test_confirmed_by_an_old_program(void)
{
	struct err e = ERR_INIT;

	REQUIRE(begin());
	REQUIRE_OK(store_begin(coordinator, &e));
	REQUIRE_OK(journal_erase(store_journal(coordinator), "person", person[0], &e));
	REQUIRE_OK(store_commit(coordinator, &e));
	region_sync(coordinator);
	region_collect();
	acknowledge(3);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM erasure_replica WHERE confirmed = 0 AND owner <> '' AND label LIKE 'Хасанова%'"), 1);
	acknowledge(4);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM erasure_replica WHERE confirmed = 0 AND owner <> '' AND label LIKE 'Хасанова%'"), 0);
	store_close(coordinator);
	store_close(field);
	region_close();
}

static const struct test tests[] = { TEST(test_confirmed_by_an_old_program), TEST(test_resting_on_what_waits), TEST(test_local_limit), TEST(test_chain_of_links), TEST(test_link_turned), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
