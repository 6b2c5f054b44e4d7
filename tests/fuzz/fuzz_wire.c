/* fuzz_wire: the words of the exchange over a line, one after the other, in pieces of any size: the first byte says how large they are. */
#include "sync/wire.h"
#include "tests/fuzz/fuzz.h"

/* A line that is taken is written again as it came. */
static void same_again(const struct wire_line *l, const char *line, size_t len)
{
	struct buf b = BUF_INIT;

	wire_write(l, &b);
	FUZZ_HOLDS(b.len == len && memcmp(b.data, line, len) == 0);
	buf_release(&b);
}

/* Raw bytes follow `data` and `bundle`, as they do on the line; *at goes on behind them. */
static void take_raw(struct wire *w, const struct wire_line *l, const char *text, size_t *at)
{
	int64_t left = l->kind == WIRE_DATA ? l->size : l->kind == WIRE_BUNDLE ? l->size - l->offset : 0;
	const char *raw;
	size_t n;

	if (left <= 0 || (n = wire_raw(w, (size_t)left, &raw)) == 0)
		return;
	FUZZ_HOLDS(n <= (size_t)left && memcmp(raw, text + *at, n) == 0);
	*at += n;
}

static bool take(const uint8_t *data, size_t size)
{
	struct fuzz_in in = { data, data + size };
	size_t step = 1 + fuzz_byte(&in), at = 0, len = fuzz_left(&in);
	const char *text = (const char *)in.p;
	struct wire w = { BUF_INIT, 0 };
	struct wire_line l;
	int found = 0, lines = 0;

	for (size_t given = 0; found >= 0 && given < len;) {
		size_t n = len - given < step ? len - given : step;

		buf_add(&w.held, text + given, n);
		given += n;
		while ((found = wire_next(&w, &l)) == 1) {
			const char *end = memchr(text + at, '\n', given - at);

			FUZZ_HOLDS(end != NULL);
			same_again(&l, text + at, (size_t)(end + 1 - text) - at);
			at = (size_t)(end + 1 - text);
			take_raw(&w, &l, text, &at);
			FUZZ_HOLDS(wire_left(&w) == given - at);
			lines++;
		}
	}
	wire_release(&w);
	return found >= 0 && lines > 0;
}

static void seeds(void)
{
	static const char up[] = "\x20livenet-exchange 1 0123456789abcdef0123456789abcdef fedcba9876543210fedcba9876543210\n"
	    "have 1 7 0000000000000000000000000000000000000000000000000000000000000000\n"
	    "part 1111111111111111111111111111111111111111111111111111111111111111 65536\n"
	    "send 8 2222222222222222222222222222222222222222222222222222222222222222 12\ninline\ndata 8 0 12\nbytes\0and\nsoend\n";
	static const char down[] = "\xfflivenet-hub 1\nwant 8 4\ngo\nbusy 3\nwork 1\nresult 8 taken -\noffer 1 5\n"
	    "bundle 3 3333333333333333333333333333333333333333333333333333333333333333 9 4\n12345done\nerror full text of any kind\n";

	fuzz_seed(up, sizeof up - 1);
	fuzz_seed(down, sizeof down - 1);
	fuzz_seed(" ask\nend\n", 9);
	fuzz_seed(" have 01 7\n", 11);
}

const struct fuzz_target fuzz_target = { .name = "wire", .take = take, .seeds = seeds, .cases = 20000 };
