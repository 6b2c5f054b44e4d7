/* fuzz_bundle_device: the lines of the hub's bundle, sealed and signed by the hub, judged by a device: receipts, the roster, records that come and go. The words are
 * those of fuzz_bundle_hub, and $H, the hash of the device's own last bundle. A "^" on the first line: the first bundle of a hub that was restored. */
#include "tests/fuzz/world.h"

static struct world_bundle restored;

static void start(void)
{
	struct peer hub;
	struct err e = ERR_INIT;

	world_open();
	world_read_down();
	world_words(&world_down);
	FUZZ_HOLDS(peer_hub(world_field, &hub, &e) == 1);
	fuzz_word('H', hub.out_hash);
	restored = world_down;
	restored.meta.epoch++;
	restored.meta.seq = 1;
	memset(restored.meta.prev, '0', HASH_HEX_SIZE - 1);
}

/* Whatever the hub says, what is unsent stays. */
static bool judge(const struct world_bundle *as, const struct buf *lines)
{
	int64_t operations = region_count(world_field, "SELECT count(*) FROM oplog");
	struct intake in = { 0 };
	bool taken = world_judge(world_field, store_identity(region_hub), as, lines, &in) == INTAKE_TAKEN;

	FUZZ_HOLDS(taken || in.outcome == INTAKE_REFUSED || in.outcome == INTAKE_STALE);
	FUZZ_HOLDS(taken || region_count(world_field, "SELECT count(*) FROM oplog") == operations);
	FUZZ_HOLDS(region_count(world_field, "SELECT count(*) FROM oplog WHERE dev = 1 AND seq > (SELECT out_op FROM peer)") > 0);
	return taken;
}

static bool take(const uint8_t *data, size_t size)
{
	bool anew = size > 1 && memcmp(data, "^\n", 2) == 0, taken;
	struct buf lines = BUF_INIT;
	int next;

	fuzz_expand(data + (anew ? 2 : 0), size - (anew ? 2 : 0), &lines);
	world_begin(world_field);
	next = world_next(world_field, world_down.meta.from);
	taken = judge(anew ? &restored : &world_down, &lines);
	FUZZ_HOLDS(world_next(world_field, world_down.meta.from) == (taken ? anew ? 2 : next + 1 : next));
	world_end(world_field, taken);
	buf_release(&lines);
	return taken;
}

/* What a hub that was put back says first, as sync/restored.h has it. */
static void seed_restored(void)
{
	static const char text[] = "^\n"
	    "{\"rec\":\"bundle\",\"v\":1,\"from\":\"$F\",\"to\":\"$T\",\"epoch\":2,\"seq\":1,\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\","
	    "\"created\":\"$C\",\"schema\":5,\"first_op\":1,\"last_op\":0,\"ops\":0,\"ack\":{\"seq\":0,\"pos\":6},\"tables\":$D}\n"
	    "{\"rec\":\"restored\",\"epoch\":1,\"seq\":2,\"hash\":\"$H\",\"tag\":\"$h\",\"last\":0,\"refused\":[[7,\"scope\"]]}\n{\"rec\":\"end\",\"ops\":0}\n";

	fuzz_seed(text, sizeof text - 1);
}

static void seeds(void)
{
	struct buf records = BUF_INIT;

	world_seeds(&world_down);
	buf_addf(&records, "{\"rec\":\"roster\",\"version\":90,\"role\":\"expert\",\"municipality\":\"\",\"person\":\"%s\",\"state\":\"active\"}\n", world_person);
	buf_addf(&records, "{\"rec\":\"roster\",\"version\":91,\"role\":\"consultant\",\"municipality\":\"80618000\",\"person\":\"%s\",\"state\":\"retiring\"}\n", world_person);
	buf_addf(&records, "{\"rec\":\"name\",\"table\":\"person\",\"id\":\"%s\",\"name\":\"Имя\"}\n", world_person);
	buf_adds(&records, "{\"rec\":\"device\",\"tag\":\"k3x9q2mv\",\"person\":\"k3x9q2mv-1\",\"name\":\"Имя\"}\n");
	world_seed_more(&world_down, records.data);
	buf_reset(&records);
	buf_addf(&records, "{\"rec\":\"leave\",\"table\":\"person\",\"id\":\"%s\"}\n{\"rec\":\"enter\",\"table\":\"seminar\",\"id\":\"%s\"}\n", world_person, world_seminar);
	world_seed_more(&world_down, records.data);
	world_seed_more(&world_down, "{\"rec\":\"receipt\",\"seq\":2,\"hash\":\"$H\",\"accepted\":0,\"refused\":[[7,\"scope\"]]}\n");
	world_seed_more(&world_down, "{\"rec\":\"refusal\",\"seq\":2,\"hash\":\"$H\"}\n");
	buf_reset(&records);
	buf_addf(&records, "{\"rec\":\"replica\",\"optional\":true,\"person\":\"%s\",\"tag\":\"k3x9q2mv\",\"label\":\"l\",\"owner\":\"%s\",\"confirmed\":0,\"unreachable\":null}\n", world_person, world_person);
	world_seed_more(&world_down, records.data);
	buf_release(&records);
	world_seed_more(&world_down, "{\"rec\":\"anew\",\"optional\":true,\"first\":1,\"hashes\":[]}\n");
	seed_restored();
}

const struct fuzz_target fuzz_target = { .name = "bundle_device", .start = start, .take = take, .seeds = seeds, .cases = 300 };
