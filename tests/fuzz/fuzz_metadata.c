/* fuzz_metadata: the signed line, and behind a line feed the first record of a bundle, which must say the same. */
#include "base/clock.h"
#include "sync/bundle_head.h"
#include "tests/fuzz/fuzz.h"

static void same_again(const struct metadata *m, const char *line, size_t len)
{
	struct buf b = BUF_INIT;

	metadata_write(m, &b);
	FUZZ_HOLDS(b.len == len && memcmp(b.data, line, len) == 0);
	buf_release(&b);
}

static bool take(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *lf = memchr(text, '\n', size);
	size_t len = lf != NULL ? (size_t)(lf - text) : size;
	struct bundle_head h;
	struct metadata m;
	struct err e = ERR_INIT;

	if (metadata_read(&m, text, len, &e) != 0) {
		FUZZ_HOLDS(e.code == ERR_DAMAGED);
		return false;
	}
	same_again(&m, text, len);
	if (lf == NULL || bundle_head_read(&h, lf + 1, size - len - 1, &m, &e) != 0)
		return lf == NULL;
	same_again(&h.meta, text, len);
	FUZZ_HOLDS(h.first_op >= 1 && h.first_op < NUMBER_END && h.last_op >= h.first_op - 1 && h.last_op < NUMBER_END && h.ops >= 0 && h.ops < NUMBER_END);
	FUZZ_HOLDS(h.ack_seq >= 0 && h.ack_seq < NUMBER_END && h.ack_pos >= 0 && h.ack_pos < NUMBER_END);
	FUZZ_HOLDS(h.tables_len > 0 && h.tables >= lf + 1 && h.tables + h.tables_len <= text + size);
	return true;
}

static void seed_kind(enum metadata_kind kind)
{
	struct metadata m = { .kind = kind, .epoch = 2, .seq = 17 };
	struct buf b = BUF_INIT;

	memset(m.from, 'a', DEVICE_ID_SIZE - 1);
	memset(m.to, '0', DEVICE_ID_SIZE - 1);
	memset(m.req, '7', REQUEST_SIZE - 1);
	memset(m.prev, 'f', HASH_HEX_SIZE - 1);
	metadata_now(m.created);
	metadata_write(&m, &b);
	fuzz_seed(b.data, b.len);
	buf_addf(&b, "\n{\"rec\":\"bundle\",\"v\":1,\"from\":\"%s\",\"to\":\"%s\",\"epoch\":2,\"seq\":17,\"prev\":\"%s\",\"created\":\"%s\",", m.from, m.to, m.prev, m.created);
	buf_adds(&b, "\"schema\":5,\"first_op\":101,\"last_op\":140,\"ops\":40,\"ack\":{\"seq\":6,\"pos\":2034},\"tables\":[[\"person\",\"deleted\",\"name\"]]}");
	fuzz_seed(b.data, b.len);
	buf_release(&b);
}

static void seeds(void)
{
	seed_kind(METADATA_BUNDLE);
	seed_kind(METADATA_JOIN);
	seed_kind(METADATA_WELCOME);
	fuzz_seed("bundle/1 from=", 14);
}

const struct fuzz_target fuzz_target = { .name = "metadata", .take = take, .seeds = seeds, .cases = 20000 };
