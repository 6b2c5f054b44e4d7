/* fuzz_bundle_hub: the lines of a device's bundle, sealed and signed as that device would, judged by the hub. $F, $T, $P and $C are the signed line's sender,
 * receiver, previous hash and time, $D the dictionary, $d, $c and $h the tags of device, coordinator and hub. */
#include "tests/fuzz/world.h"

/* What no consultant may write, as text. */
#define NOT_HIS "SELECT (SELECT group_concat(quote(id) || quote(deleted) || quote(title)) FROM programme) ||" \
	" (SELECT count(*) FROM call) || (SELECT count(*) FROM award) || (SELECT count(*) FROM course)"

static char before[4096];
static int64_t operations;

static void start(void)
{
	world_open();
	world_read_up();
	world_words(&world_up);
	snprintf(before, sizeof before, "%s", region_value(region_hub, NOT_HIS));
	operations = region_count(region_hub, "SELECT count(*) FROM oplog");
}

static bool take(const uint8_t *data, size_t size)
{
	struct buf lines = BUF_INIT;
	struct intake in = { 0 };
	bool taken;
	int next;

	fuzz_expand(data, size, &lines);
	world_begin(region_hub);
	next = world_next(region_hub, world_up.meta.from);
	taken = world_judge(region_hub, store_identity(world_field), &world_up, &lines, &in) == INTAKE_TAKEN;
	FUZZ_HOLDS(taken || in.outcome == INTAKE_REFUSED || in.outcome == INTAKE_STALE);
	FUZZ_HOLDS(world_next(region_hub, world_up.meta.from) == next + taken);
	FUZZ_HOLDS(strcmp(before, region_value(region_hub, NOT_HIS)) == 0);
	if (taken)
		FUZZ_HOLDS(region_count(region_hub, "SELECT count(*) FROM oplog") == operations + in.accepted + in.refused + in.waiting);
	else
		FUZZ_HOLDS(region_count(region_hub, "SELECT count(*) FROM oplog") == operations && (in.outcome == INTAKE_STALE || in.problem[0] != '\0'));
	world_end(region_hub, taken);
	buf_release(&lines);
	return taken;
}

/* Four operations in place of those that there are. */
static void seed_instead(const char *operations_instead)
{
	const char *text = world_up.lines.data, *first = strstr(text, "\n[") + 1, *last = strstr(first, "{\"rec\":\"end\"");
	struct buf b = BUF_INIT;

	buf_add(&b, text, (size_t)(first - text));
	buf_adds(&b, operations_instead);
	buf_adds(&b, last);
	fuzz_seed_words(b.data, b.len);
	buf_release(&b);
}

static void seeds(void)
{
	world_seeds(&world_up);
	world_seed_more(&world_up, "{\"rec\":\"program\",\"optional\":true,\"version\":\"1\"}\n");
	world_seed_more(&world_up, "{\"rec\":\"withdrawn\",\"ops\":[[8,\"scope\"]]}\n");
	world_seed_more(&world_up, "[0,3,1,\"$d-2\",[[1,1,[]]]]\n");
	/* What he may not: refused one by one, and the rest is taken. */
	seed_instead("[0,3,1,\"$c-1\",[[2,\"x\",[]]]]\n[0,1,0,\"$d-9\",[0,\"программа\",null]]\n[0,3,1,\"$d-2\",[[1,1,[]]]]\n[0,3,3,\"$d-2\"]\n");
}

const struct fuzz_target fuzz_target = { .name = "bundle_hub", .start = start, .take = take, .seeds = seeds, .cases = 300 };
