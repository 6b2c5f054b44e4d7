/* fuzz_exchange_hub: the hub's end of a line, and a device that says anything. $H and $I are the ids of hub and device, $B the device's next bundle with its hash $b,
 * $J a request to join with its hash $j. The first byte says whose line it is, and whether the device hears the answer. */
#include "sync/exchange.h"
#include "sync/wire.h"
#include "tests/fuzz/world.h"

static struct world_copy copy;
static size_t request_len;

static int open_hub(void *context, struct store **s, struct err *e)
{
	(void)context;
	(void)e;
	*s = region_hub;
	return 0;
}

static void close_hub(void *context)
{
	(void)context;
}

static void add_request(void)
{
	struct store *other = region_device("Новый Человек", BURAEVO, "consultant");
	struct buf card = BUF_INIT, request = BUF_INIT;
	unsigned char digest[HASH_SIZE];
	char hex[HASH_HEX_SIZE];
	struct err e = ERR_INIT;

	world_must(hub_card(region_hub, &card, &e), &e);
	world_must(sync_join(other, card.data, card.len, store_identity(region_hub)->pub.fingerprint, &request, &e), &e);
	hash_of(request.data, request.len, digest);
	hash_hex(digest, sizeof digest, hex);
	request_len = request.len;
	fuzz_word_bytes('J', request.data, request.len);
	fuzz_word('j', hex);
	fuzz_word('K', store_identity(other)->pub.id);
	buf_release(&card);
	buf_release(&request);
	store_close(other);
}

/* A file without a name, for what comes and what goes. */
static int new_file(void)
{
	char path[4200];
	int fd;

	snprintf(path, sizeof path, "%s/line-XXXXXX", test_folder());
	fd = mkstemp(path);
	FUZZ_HOLDS(fd >= 0 && unlink(path) == 0);
	return fd;
}

static void start(void)
{
	world_open();
	world_read_up();
	fuzz_word('H', store_identity(region_hub)->pub.id);
	fuzz_word('I', store_identity(world_field)->pub.id);
	fuzz_word_bytes('B', world_up.file.data, world_up.file.len);
	fuzz_word('b', world_up.hash);
	add_request();
	world_keep(&copy, &region_hub);
	world_open_copy(&copy, &region_hub);
}

/* What the hub says is words of the line, and no more bytes than it announced. */
static void read_answer(int fd)
{
	struct wire w = { BUF_INIT, 0 };
	struct wire_line l;
	const char *raw;
	int found;
	ssize_t n;

	FUZZ_HOLDS(lseek(fd, 0, SEEK_SET) == 0);
	do {
		buf_reserve(&w.held, 65536);
		n = read(fd, w.held.data + w.held.len, 65536);
		buf_grown(&w.held, n > 0 ? (size_t)n : 0);
	} while (n > 0);
	while ((found = wire_next(&w, &l)) == 1)
		if (l.kind == WIRE_BUNDLE)
			FUZZ_HOLDS(l.size == l.offset || wire_raw(&w, (size_t)(l.size - l.offset), &raw) == (size_t)(l.size - l.offset));
	FUZZ_HOLDS(found == 0 && wire_left(&w) == 0);
	wire_release(&w);
}

static bool take(const uint8_t *data, size_t size)
{
	struct fuzz_in fuzz = { data, data + size };
	unsigned how = fuzz_byte(&fuzz);
	struct exchange_way way = { .in = new_file(), .out = new_file(), .store_path = store_path(region_hub),
		.device = how & 1 ? store_identity(world_field)->pub.id : NULL, .silence_ms = 1000, .busy_ms = 1, .open = open_hub, .close = close_hub };
	struct hub_collected out;
	struct buf said = BUF_INIT;
	struct err e = ERR_INIT;
	bool good;

	fuzz_expand(fuzz.p, fuzz_left(&fuzz), &said);
	FUZZ_HOLDS(write(way.in, said.data, said.len) == (ssize_t)said.len && lseek(way.in, 0, SEEK_SET) == 0);
	good = exchange_serve(&way, &out, &e) == 0;
	if (getenv("FUZZ_TELL") != NULL)
		fprintf(stderr, "state %d: %s\n", (int)good, e.text);
	FUZZ_HOLDS(good || e.text[0] != '\0');
	FUZZ_HOLDS(world_next(region_hub, store_identity(world_field)->pub.id) == (int)world_up.meta.seq + (out.bundles_taken > 0));
	world_put_back(&copy, &region_hub);
	read_answer(way.out);
	close(way.in);
	close(way.out);
	world_sweep(region_hub);
	buf_release(&said);
	return good;
}

static void seeds(void)
{
	static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
	struct buf b = BUF_INIT;

	buf_addf(&b, "\1livenet-exchange 1 $H $I\nhave 1 0 %s\ninline\nend\n", zeros);
	fuzz_seed(b.data, b.len);
	buf_reset(&b);
	buf_addf(&b, "\1livenet-exchange 1 $H $I\nhave 1 0 %s\nsend 3 $b %zu\ninline\ndata 3 0 %zu\n$Bend\nhave 1 1 %s\ninline\nend\n", zeros, world_up.file.len, world_up.file.len,
	    world_up.hash);
	fuzz_seed(b.data, b.len);
	fuzz_seed(b.data, b.len - 150);
	buf_reset(&b);
	buf_addf(&b, "%clivenet-exchange 1 $H $I\nhave 1 0 %s\npart $b 7\nsend 3 $b %zu\nask\ndata 3 0 %zu\n$Bend\n", 0, zeros, world_up.file.len, world_up.file.len);
	fuzz_seed(b.data, b.len);
	buf_reset(&b);
	buf_addf(&b, "%clivenet-exchange 1 $H $K\nhave 1 0 %s\nsend 0 $j %zu\ninline\ndata 0 0 %zu\n$Jend\n", 0, zeros, request_len, request_len);
	fuzz_seed(b.data, b.len);
	fuzz_seed("\1livenet-exchange 1 $I $H\nhave 1 0 $b\nend\n", 43);
	buf_release(&b);
}

const struct fuzz_target fuzz_target = { .name = "exchange_hub", .start = start, .take = take, .seeds = seeds, .cases = 200 };
