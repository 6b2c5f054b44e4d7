/* fuzz_age_header: age's header. The first byte says how: as it comes; or stanzas, between which and the end the target puts one of its own and the MAC of it all,
 * so that what comes is read by somebody whom it is for. */
#include "crypto/age_parts.h"
#include "crypto/base64.h"
#include "tests/fuzz/fuzz.h"

#define VERSION "age-encryption.org/v1\n"
#define PLAIN "plain text"

static struct identity *own;
static unsigned char file_key[AGE_FILE_KEY_SIZE];

static void start(void)
{
	own = fuzz_identity(1);
	memset(file_key, 9, sizeof file_key);
}

static void add_text(const unsigned char bytes[32], const char *before, struct buf *out)
{
	char text[BASE64_SIZE(32)];

	base64_encode(bytes, 32, false, text);
	buf_addf(out, "%s%s\n", before, text);
}

/* Where all stanzas are known ones, the header has one spelling. */
static void same_again(const struct age_header *h, const char *raw, size_t len)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, VERSION);
	for (size_t i = 0; i < h->x25519_count; i++) {
		add_text(h->x25519[i].share, "-> X25519 ", &b);
		add_text(h->x25519[i].body, "", &b);
	}
	FUZZ_HOLDS(h->covered == b.len + 3);
	add_text(h->mac, "--- ", &b);
	FUZZ_HOLDS(b.len == len && memcmp(b.data, raw, len) == 0);
	buf_release(&b);
}

/* The same end, however the bytes come. */
static size_t find_end(const char *raw, size_t len, size_t step)
{
	size_t from = 0, at = 0, whole = age_header_end(raw, len, &at), end = 0;

	for (size_t have = 0; end == 0 && have < len;) {
		have = len - have < step ? len : have + step;
		end = age_header_end(raw, have, &from);
		FUZZ_HOLDS(from <= have);
	}
	FUZZ_HOLDS(end == whole && end <= len);
	return end;
}

static bool parses(const char *raw, size_t len, size_t step, struct age_header *h)
{
	size_t end = find_end(raw, len, step);

	if (end == 0 || end > AGE_HEADER_MAX || age_header_parse(h, raw, end) != 0)
		return false;
	FUZZ_HOLDS(h->covered < end && h->stanzas >= 1 && h->stanzas <= AGE_STANZAS_MAX && h->x25519_count <= h->stanzas);
	if (h->stanzas == h->x25519_count)
		same_again(h, raw, end);
	return true;
}

struct source { const struct buf *b; size_t at, step; };

static long read_some(void *context, void *data, size_t len, struct err *e)
{
	struct source *s = context;
	size_t n = s->b->len - s->at;

	(void)e;
	n = n < len ? n : len;
	n = n < s->step ? n : s->step;
	memcpy(data, s->b->data + s->at, n);
	s->at += n;
	return (long)n;
}

static enum err_code open_file(const struct buf *file, size_t step, size_t *stanzas)
{
	struct source s = { file, 0, step };
	struct err e = ERR_INIT;
	struct age_reader *r = age_reader_new((const unsigned char (*)[32])own->open_key, 1, read_some, &s, &e);
	char data[64];
	long n = r != NULL ? age_reader_get(r, data, sizeof data, &e) : -1;

	if (r != NULL) {
		*stanzas = age_reader_stanzas(r);
		FUZZ_HOLDS(n == (long)strlen(PLAIN) && memcmp(data, PLAIN, (size_t)n) == 0 && age_reader_get(r, data, sizeof data, &e) == 0);
	}
	age_reader_free(r);
	return r != NULL ? ERR_NONE : e.code;
}

/* Header, then the payload, sealed as they should be. */
static void wrap(const char *stanzas, size_t len, struct buf *file)
{
	unsigned char mac[32], nonce[AGE_NONCE_SIZE] = { 3 }, sealed[sizeof PLAIN - 1 + AGE_TAG_SIZE];
	struct age_stream stream;
	struct age_stanza stanza;

	FUZZ_HOLDS(age_stanza_seal(&stanza, own->pub.seal_key, file_key) == 0);
	buf_adds(file, VERSION);
	buf_add(file, stanzas, len);
	add_text(stanza.share, "-> X25519 ", file);
	add_text(stanza.body, "", file);
	age_header_mac(file_key, (buf_adds(file, "---"), file->data), file->len, mac);
	add_text(mac, " ", file);
	buf_add(file, nonce, sizeof nonce);
	age_stream_init(&stream, file_key, nonce);
	age_stream_seal(&stream, true, (const unsigned char *)PLAIN, strlen(PLAIN), sealed);
	buf_add(file, sealed, sizeof sealed);
}

/* Somebody else's MAC, or another header under it, is none. */
static void spoilt(struct buf *file, size_t covered, size_t at)
{
	size_t stanzas;

	at = strlen(VERSION) + at % (covered - strlen(VERSION));
	file->data[at] = (char)(file->data[at] ^ 1);
	FUZZ_HOLDS(open_file(file, 4096, &stanzas) != ERR_NONE);
}

static bool wrapped(struct fuzz_in *in)
{
	size_t step = 1 + fuzz_byte(in) * 8, at = fuzz_byte(in) * 3, stanzas = 0;
	struct buf file = BUF_INIT;
	struct age_header h;
	enum err_code code;
	bool parsed;

	wrap((const char *)in->p, fuzz_left(in), &file);
	parsed = parses(file.data, file.len, step, &h);
	code = open_file(&file, step, &stanzas);
	/* A share of low order is the one thing more that the grammar does not see, and an end of its own in what came the one that leaves our stanza out. */
	FUZZ_HOLDS(parsed ? code == ERR_NONE || code == ERR_AGE_HEADER || code == ERR_AGE_NO_MATCH || code == ERR_AGE_HMAC : code == ERR_AGE_HEADER);
	if (code == ERR_NONE) {
		FUZZ_HOLDS(stanzas == h.stanzas);
		spoilt(&file, h.covered, at);
	}
	buf_release(&file);
	return code == ERR_NONE;
}

static bool take(const uint8_t *data, size_t size)
{
	struct fuzz_in in = { data, data + size };
	unsigned how = fuzz_byte(&in);
	struct age_header h;

	return how % 2 == 0 ? parses((const char *)in.p, fuzz_left(&in), 1 + how / 2, &h) : wrapped(&in);
}

static void seeds(void)
{
	static const char grease[] = "\1\x40\0-> x-grease a b\nAAAA\n-> empty\n\n";
	struct buf b = BUF_INIT;

	buf_addc(&b, 126);
	wrap("-> other key\nYQ\n", 16, &b);
	fuzz_seed(b.data, b.len);
	buf_cut(&b, 1);
	wrap("", 0, &b);
	fuzz_seed(b.data, b.len);
	fuzz_seed("\1\377\0", 3);
	fuzz_seed(grease, sizeof grease - 1);
	buf_reset(&b);
	buf_add(&b, "\1\377\0-> long\n", 11);
	for (int i = 0; i < 3; i++)
		buf_adds(&b, "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\n");
	buf_adds(&b, "\n-> X25519 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
	fuzz_seed(b.data, b.len);
	fuzz_seed("\1\0\0-> scrypt bm9uY2U 10\nAAAA\n", 29);
	buf_release(&b);
}

const struct fuzz_target fuzz_target = { .name = "age_header", .start = start, .take = take, .seeds = seeds, .cases = 1500 };
