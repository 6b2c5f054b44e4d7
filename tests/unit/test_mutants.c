/* Thousands of changed bundles, requests and welcomes: none is taken, and nothing in the store changes. TEST_MUTANTS says how many (10,000; fewer under
 * sanitizers), TEST_SEED repeats a run. What a change is stands in the table `kinds`; one that gives the same bytes again is skipped. */
#include "tests/unit/forge.h"

#include "sync/welcome.h"

#if defined(__SANITIZE_ADDRESS__)
#define MUTANTS 1200
#else
#define MUTANTS 10000
#endif

static long mutants(void)
{
	const char *text = getenv("TEST_MUTANTS");
	long n = text != NULL ? atol(text) : 0;

	return n > 0 ? n : MUTANTS;
}

static size_t below(size_t n)
{
	return n > 0 ? (size_t)(test_random() % n) : 0;
}

/* --- the changes --- */

/* The bytes [at, at + len) give way to others. */
static void splice(struct buf *b, size_t at, size_t len, const void *by, size_t by_len)
{
	struct buf out = BUF_INIT;

	buf_add(&out, b->data, at);
	buf_add(&out, by, by_len);
	buf_add(&out, b->data + at + len, b->len - at - len);
	buf_release(b);
	*b = out;
}

static char odd_byte(void)
{
	static const char odd[] = "\n\n\r\r \t\0=\0/+-_AZaz09{}[]\",:\x7f\x1b\x80\x8f\xaf\xbf\xff\xfd";

	return below(4) == 0 ? (char)below(256) : odd[below(sizeof odd - 1)];
}

static void flip(struct buf *b)
{
	b->data[below(b->len)] ^= (char)(1 << below(8));
}

static void replace(struct buf *b)
{
	b->data[below(b->len)] = odd_byte();
}

static void cut(struct buf *b)
{
	buf_cut(b, below(b->len));
}

static void insert(struct buf *b)
{
	char bytes[4];
	size_t n = 1 + below(sizeof bytes);

	for (size_t i = 0; i < n; i++)
		bytes[i] = odd_byte();
	splice(b, below(b->len + 1), 0, bytes, n);
}

static void leave_out(struct buf *b)
{
	size_t at = below(b->len), n = 1 + below(16);

	splice(b, at, n < b->len - at ? n : b->len - at, "", 0);
}

/* Two stretches of one length change places. */
static void swap_stretches(struct buf *b)
{
	size_t n = 1 + below(b->len / 4), one = below(b->len - 2 * n), other = one + n + below(b->len - one - 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		char c = b->data[one + i];

		b->data[one + i] = b->data[other + i];
		b->data[other + i] = c;
	}
}

static void repeat(struct buf *b)
{
	char bytes[200];
	size_t n = 1 + below(sizeof bytes), at;

	if (n > b->len)
		n = b->len;
	at = below(b->len - n + 1);
	memcpy(bytes, b->data + at, n);
	splice(b, below(b->len + 1), 0, bytes, n);
}

/* Where a line of the block begins, 0 to 4: the fourth end is the payload's beginning. */
static size_t line_at(const struct buf *b, int line)
{
	const char *p = b->data;

	while (line-- > 0)
		p = strchr(p, '\n') + 1;
	return (size_t)(p - b->data);
}

static void line_twice(struct buf *b)
{
	int line = (int)below(4);
	size_t at = line_at(b, line), n = line_at(b, line + 1) - at;
	char copy[1024];

	memcpy(copy, b->data + at, n);
	splice(b, at, 0, copy, n);
}

static void lines_swapped(struct buf *b)
{
	int line = (int)below(3);
	size_t one = line_at(b, line), other = line_at(b, line + 1), end = line_at(b, line + 2);
	char copy[2048];

	memcpy(copy, b->data + other, end - other);
	memcpy(copy + (end - other), b->data + one, other - one);
	splice(b, one, end - one, copy, end - one);
}

static void carriage_return(struct buf *b)
{
	splice(b, line_at(b, 1 + (int)below(4)) - 1, 0, "\r", 1);
}

/* One of the two lines in base64: where it begins, and its length. */
static size_t base64_line(const struct buf *b, size_t *len)
{
	int line = below(2) == 0 ? 1 : 3;
	size_t at = line_at(b, line);

	*len = line_at(b, line + 1) - at - 1;
	return at;
}

/* The last character before the padding has bits that decoders throw away. */
static void loose_bits(struct buf *b)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t len, at = base64_line(b, &len) + len - 1;
	const char *place;

	while (b->data[at] == '=')
		at--;
	place = strchr(alphabet, b->data[at]);
	b->data[at] = alphabet[((size_t)(place - alphabet) & ~(size_t)3) | below(4)];
}

static void padding(struct buf *b)
{
	size_t len, at = base64_line(b, &len) + len;

	if (below(2) == 0)
		splice(b, at, 0, "=", 1);
	else
		splice(b, at - 1, 1, "", 0);
}

/* libsodium 1.0.18 takes these for slashes: a slash gives way to one where there is one. */
static void high_bytes(struct buf *b)
{
	size_t len, at = base64_line(b, &len);
	char *slash = memchr(b->data + at, '/', len);

	if (slash == NULL)
		slash = b->data + at + below(len);
	*slash = (char)(0x80 + below(128));
}

static void other_alphabet(struct buf *b)
{
	size_t len, at = base64_line(b, &len);

	for (size_t i = at; i < at + len; i++)
		b->data[i] = b->data[i] == '+' ? '-' : b->data[i] == '/' ? '_' : b->data[i];
}

static void second_frame(struct buf *b)
{
	if (below(2) == 0)
		forge_add_frame(b, "{\"rec\":\"end\",\"ops\":1}\n", 22, true);
	else
		buf_add(b, "\x50\x2A\x4D\x18\x04\0\0\0good", 12);
}

static void file_twice(struct buf *b)
{
	struct buf copy = BUF_INIT;

	buf_add(&copy, b->data, b->len);
	buf_add(b, copy.data, copy.len);
	buf_release(&copy);
}

static void block_twice(struct buf *b)
{
	size_t n = line_at(b, 4);
	char copy[2048];

	memcpy(copy, b->data, n);
	splice(b, below(2) == 0 ? 0 : n, 0, copy, n);
}

static void zeros(struct buf *b)
{
	size_t at = below(b->len), n = 1 + below(32);

	memset(b->data + at, 0, n < b->len - at ? n : b->len - at);
}

static void letter_case(struct buf *b)
{
	size_t at = below(line_at(b, 4));

	if ((b->data[at] | 0x20) >= 'a' && (b->data[at] | 0x20) <= 'z')
		b->data[at] ^= 0x20;
}

/* Another genuine file of the same sender, whose block is put before this payload, or whose payload behind this block; or one line of it. */
static struct buf other_file;

static void other_block(struct buf *b)
{
	splice(b, 0, line_at(b, 4), other_file.data, line_at(&other_file, 4));
}

static void other_line(struct buf *b)
{
	int line = (int)below(4);
	size_t at = line_at(b, line), from = line_at(&other_file, line);

	splice(b, at, line_at(b, line + 1) - at, other_file.data + from, line_at(&other_file, line + 1) - from);
}

static void (*const kinds[])(struct buf *b) = { flip, flip, replace, cut, insert, leave_out, swap_stretches, repeat, line_twice, lines_swapped, carriage_return,
	loose_bits, padding, high_bytes, other_alphabet, second_frame, file_twice, block_twice, zeros, letter_case, other_block, other_line };

/* A change of `good`, or two; false: it is the same again. */
static bool mutate(const struct buf *good, struct buf *out)
{
	buf_reset(out);
	buf_add(out, good->data, good->len);
	kinds[below(sizeof kinds / sizeof *kinds)](out);
	if (below(8) == 0 && out->len > 16)
		flip(out);
	return out->len != good->len || memcmp(out->data, good->data, good->len) != 0;
}

/* `taken` says whether a file was taken. Counts those that were. */
static void none_taken(const char *what, const struct buf *good, struct store *s, long count, bool (*taken)(void *context, const struct buf *file), void *context)
{
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
	struct buf b = BUF_INIT;
	long wrong = 0, tried = 0;

	forge_state(s, before);
	while (tried < count) {
		if (!mutate(good, &b))
			continue;
		tried++;
		if (!taken(context, &b))
			continue;
		if (wrong++ == 0) {
			file_put(file_at("taken"), b.data, b.len);
			test_note("the first %s that was taken was number %ld", what, tried);
		}
	}
	CHECK_INT(wrong, 0);
	forge_state(s, after);
	if (!CHECK_STR(after, before))
		test_note("after %ld changed files: %s", tried, what);
	buf_release(&b);
}

/* --- bundles --- */

static bool bundle_taken(void *context, const struct buf *file)
{
	const struct way *w = context;
	static int since;
	struct err e = ERR_INIT;

	/* What was refused is weighed against all that was refused before: thousands of times, that would be what this test does. */
	if (++since % 16 == 0)
		CHECK_INT(store_exec(w->to, "DELETE FROM quarantine", &e), 0);
	return forge_judge(w, file->data, file->len).outcome != INTAKE_REFUSED;
}

static void bundles(struct way *w, long count)
{
	struct forge f, other;
	struct buf file;

	forge_good(&f, w);
	forge_good(&other, w);
	buf_init(&other_file);
	file = forge_file(&f);
	other_file = forge_file(&other);
	none_taken(w->down ? "bundle from the hub" : "bundle to the hub", &file, w->to, count, bundle_taken, w);
	CHECK_INT(region_count(w->to, "SELECT count(*) FROM parked"), 0);
	CHECK_INT(forge_judge(w, file.data, file.len).outcome, INTAKE_TAKEN);
	buf_release(&file);
	buf_release(&other_file);
	forge_release(&f);
	forge_release(&other);
}

static void test_bundles(void)
{
	struct way up, down;
	struct store *device;

	REQUIRE(region_open());
	device = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	REQUIRE(device != NULL);
	region_exchange(&device, 1);
	up = (struct way){ .from = device, .to = region_hub };
	down = (struct way){ .from = region_hub, .to = device, .down = true };
	REQUIRE(way_know(&up) && way_know(&down));
	bundles(&up, mutants() * 3 / 10);
	bundles(&down, mutants() * 3 / 10);
	region_sound(region_hub);
	region_sound(device);
	store_close(device);
	region_close();
}

/* Inside, under good signatures: a changed frame. What comes out the same (a bit of its header that nobody reads) is skipped. */
static struct buf frame;
static void put_frame(struct buf *b)
{
	buf_reset(b);
	buf_add(b, frame.data, frame.len);
}

static void change_frame(const struct buf *good)
{
	buf_reset(&frame);
	buf_add(&frame, good->data, good->len);
	switch (below(5)) {
	case 0:
		cut(&frame);
		break;
	case 1:
		insert(&frame);
		break;
	case 2:
		second_frame(&frame);
		break;
	default:
		flip(&frame);
	}
}

static bool same_inside(const struct buf *plain)
{
	char *room = malloc(plain->len + 1);
	size_t n = ZSTD_decompress(room, plain->len, frame.data, frame.len);
	bool same = ZSTD_findFrameCompressedSize(frame.data, frame.len) == frame.len && n == plain->len && memcmp(room, plain->data, n) == 0;

	free(room);
	return same;
}

static void frames(struct way *w, long count)
{
	char before[HASH_HEX_SIZE], after[HASH_HEX_SIZE];
	struct buf good = BUF_INIT, file;
	struct forge f;
	long wrong = 0;

	forge_good(&f, w);
	forge_plain(&f);
	forge_add_frame(&good, f.plain.data, f.plain.len, true);
	f.frame_edit = put_frame;
	forge_state(w->to, before);
	for (long i = 0; i < count; i++) {
		change_frame(&good);
		if (same_inside(&f.plain))
			continue;
		buf_reset(&f.payload);
		buf_reset(&f.trusted);
		file = forge_file(&f);
		wrong += bundle_taken(w, &file);
		buf_release(&file);
	}
	CHECK_INT(wrong, 0);
	forge_state(w->to, after);
	CHECK_STR(after, before);
	buf_release(&good);
	buf_release(&frame);
	forge_release(&f);
}

static void test_frames(void)
{
	struct way up, down;
	struct store *device;

	REQUIRE(region_open());
	device = region_member("Хасанова Гөлнара", BURAEVO, "consultant");
	REQUIRE(device != NULL);
	region_exchange(&device, 1);
	up = (struct way){ .from = device, .to = region_hub };
	down = (struct way){ .from = region_hub, .to = device, .down = true };
	REQUIRE(way_know(&up) && way_know(&down));
	frames(&up, mutants() / 40);
	frames(&down, mutants() / 40);
	store_close(device);
	region_close();
}

/* --- requests and welcomes --- */

static bool request_taken(void *context, const struct buf *file)
{
	struct err e = ERR_INIT;

	return hub_pending_add(context, file->data, file->len, &e) == 0;
}

static bool welcome_taken(void *context, const struct buf *file)
{
	struct err e = ERR_INIT;

	return sync_welcome(context, file->data, file->len, &e) == 0;
}

static void test_enrolment(void)
{
	struct store *device, *second;
	struct buf card = BUF_INIT, join = BUF_INIT, other = BUF_INIT, welcome = BUF_INIT, elsewhere = BUF_INIT;
	const char *fingerprint;
	struct hub_approval how = { .role = "consultant", .municipality = BURAEVO };
	struct err e = ERR_INIT;

	REQUIRE(region_open());
	fingerprint = store_identity(region_hub)->pub.fingerprint;
	device = region_device("Хасанова Гөлнара", BURAEVO, "consultant");
	second = region_device("Ғәлиуллин Рәмил", BURAEVO, "consultant");
	REQUIRE(device != NULL && second != NULL);
	REQUIRE_OK(hub_card(region_hub, &card, &e));
	REQUIRE_OK(sync_join(device, card.data, card.len, fingerprint, &join, &e));
	REQUIRE_OK(sync_join(second, card.data, card.len, fingerprint, &other, &e));
	other_file = other;
	none_taken("request", &join, region_hub, mutants() / 5, request_taken, region_hub);
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM request"), 0);
	REQUIRE_OK(hub_pending_add(region_hub, join.data, join.len, &e));

	how.fingerprint = store_identity(device)->pub.fingerprint;
	REQUIRE_OK(hub_approve(region_hub, join.data, join.len, &how, &welcome, &e));
	how.fingerprint = store_identity(second)->pub.fingerprint;
	REQUIRE_OK(hub_approve(region_hub, other.data, other.len, &how, &elsewhere, &e));
	other_file = elsewhere;
	none_taken("welcome", &welcome, device, mutants() / 5, welcome_taken, device);
	REQUIRE_OK(sync_welcome(device, welcome.data, welcome.len, &e));
	buf_release(&card);
	buf_release(&join);
	buf_release(&other);
	buf_release(&welcome);
	buf_release(&elsewhere);
	store_close(device);
	store_close(second);
	region_close();
}

static const struct test tests_of_this[] = { TEST(test_bundles), TEST(test_frames), TEST(test_enrolment), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
