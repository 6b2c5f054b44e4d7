/* fuzz_age_stream: age's payload, with a key that the target knows. The input is a list of chunks, three bytes each: what kind it is, and its length; then bytes
 * that are cut off or added. The target seals them so, right or wrong, and knows which of it is a payload. */
#include "base/mem.h"
#include "crypto/age_parts.h"
#include "tests/fuzz/fuzz.h"

#define CHUNKS_MAX 6

enum {
	FULL = 1,		/* 65536 bytes, whatever the length says */
	LAST = 2,		/* sealed as the last one */
	REPEATED = 4,		/* under the number of the one before */
	SPOILT = 8,		/* a bit of it changed */
	NEARLY = 16		/* 65536 less the length */
};

static struct identity *own;

static void start(void)
{
	own = fuzz_identity(1);
}

struct payload {
	struct buf file, plain;		/* as it is, and what of it may come out */
	bool good;
};

static void add_header(struct age_stream *stream, struct buf *file)
{
	static const char text[] = "age-encryption.org/v1\n";
	unsigned char file_key[AGE_FILE_KEY_SIZE] = { 5 }, nonce[AGE_NONCE_SIZE] = { 6 };
	struct buf sealed = BUF_INIT;
	struct err e = ERR_INIT;
	struct age_header h;
	size_t from = 0, end;

	/* A header of the writer, of which its own key is not known: so its first stanza is sealed anew. */
	FUZZ_HOLDS(age_seal_buf(&own->pub.seal_key, 1, text, 0, &sealed, &e) == 0);
	end = age_header_end(sealed.data, sealed.len, &from);
	FUZZ_HOLDS(end > 0 && age_header_parse(&h, sealed.data, end) == 0 && h.x25519_count == 1 && age_stanza_open(&h.x25519[0], own->open_key, file_key) == 0);
	buf_add(file, sealed.data, end);
	buf_add(file, nonce, sizeof nonce);
	age_stream_init(stream, file_key, nonce);
	buf_release(&sealed);
}

static size_t chunk_length(unsigned kind, size_t len)
{
	if (kind & FULL)
		return AGE_CHUNK_SIZE;
	return kind & NEARLY ? AGE_CHUNK_SIZE - (len > AGE_CHUNK_SIZE ? AGE_CHUNK_SIZE : len) : len;
}

static void add_chunk(struct payload *p, struct age_stream *stream, struct age_stream *before, unsigned kind, size_t len, unsigned number)
{
	unsigned char *plain = mem_alloc(len + 1), *sealed = mem_alloc(len + AGE_TAG_SIZE);

	memset(plain, (int)('a' + number), len);
	if (kind & REPEATED)
		*stream = *before;
	*before = *stream;
	age_stream_seal(stream, (kind & LAST) != 0, plain, len, sealed);
	if (kind & SPOILT)
		sealed[number % (len + AGE_TAG_SIZE)] ^= 1;
	buf_add(&p->plain, plain, len);
	buf_add(&p->file, sealed, len + AGE_TAG_SIZE);
	free(plain);
	free(sealed);
}

/* Full chunks, then a last one that holds something, or is the only one; and nothing behind: where it ends is where a payload has to end. */
static void build(struct payload *p, struct fuzz_in *in)
{
	struct age_stream stream, before;
	unsigned count = 1 + fuzz_byte(in) % CHUNKS_MAX;
	int more = (int)fuzz_byte(in) - 128;
	bool whole = true;		/* so far */
	size_t end = 0, plain_end = 0;

	add_header(&stream, &p->file);
	before = stream;
	for (unsigned i = 0; i < count; i++) {
		unsigned kind = fuzz_byte(in);
		size_t len = fuzz_byte(in);

		len = chunk_length(kind, len | fuzz_byte(in) << 8);
		whole = whole && (kind & SPOILT) == 0 && ((kind & REPEATED) == 0 || i == 0);
		whole = whole && ((kind & LAST) != 0 ? len > 0 || i == 0 : len == AGE_CHUNK_SIZE);
		add_chunk(p, &stream, &before, kind, len, i);
		if (whole && (kind & LAST) != 0) {
			end = p->file.len;
			plain_end = p->plain.len;
			whole = false;
		}
	}
	if (more < 0)
		buf_cut(&p->file, p->file.len - (size_t)-more);
	for (; more > 0; more--)
		buf_addc(&p->file, 'x');
	p->good = end > 0 && p->file.len == end;
	if (p->good)
		buf_cut(&p->plain, plain_end);
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

/* Everything that comes out stands in the plain text at its place. */
static bool read_all(const struct payload *p, size_t step, size_t ask)
{
	struct source s = { &p->file, 0, step };
	struct err e = ERR_INIT;
	struct age_reader *r = age_reader_new((const unsigned char (*)[32])own->open_key, 1, read_some, &s, &e);
	char *data = mem_alloc(ask);
	size_t at = 0;
	long n = -1;

	while (r != NULL && (n = age_reader_get(r, data, ask, &e)) > 0) {
		FUZZ_HOLDS((size_t)n <= ask && at + (size_t)n <= p->plain.len && memcmp(p->plain.data + at, data, (size_t)n) == 0);
		at += (size_t)n;
	}
	/* Once failed it has failed. */
	if (r != NULL && n < 0) {
		FUZZ_HOLDS(e.code == ERR_AGE_PAYLOAD && age_reader_get(r, data, ask, &e) < 0);
	} else if (r == NULL) {
		FUZZ_HOLDS(e.code == ERR_AGE_HEADER);		/* cut into */
	} else {
		FUZZ_HOLDS(at == p->plain.len && age_reader_get(r, data, ask, &e) == 0);
	}
	age_reader_free(r);
	free(data);
	return n == 0;
}

static bool take(const uint8_t *data, size_t size)
{
	static const size_t steps[] = { 1, 1024, AGE_SEALED_SIZE - 1, AGE_SEALED_SIZE, 1 << 20 }, asks[] = { 1000, 65535, AGE_CHUNK_SIZE, 70000, 1 << 18 };
	struct fuzz_in in = { data, data + size };
	struct payload p = { BUF_INIT, BUF_INIT, false };
	unsigned how = fuzz_byte(&in);
	bool good;

	build(&p, &in);
	good = read_all(&p, how % 5 == 0 && p.file.len > 5000 ? 7 : steps[how % 5], asks[how / 5 % 5]);
	FUZZ_HOLDS(good == p.good);
	buf_release(&p.file);
	buf_release(&p.plain);
	return good;
}

static void seeds(void)
{
	fuzz_seed("\3\0\200\2\0\0", 6);			/* nothing at all */
	fuzz_seed("\3\0\200\2\12\0", 6);
	fuzz_seed("\11\1\200\1\0\0\2\1\0", 9);
	fuzz_seed("\16\1\200\1\0\0\3\0\0", 9);			/* the last one full */
	fuzz_seed("\3\2\200\1\0\0\1\0\0\2\0\0", 12);		/* an empty one at the end */
	fuzz_seed("\4\2\200\1\0\0\5\0\0\3\0\0", 12);		/* a number twice */
	fuzz_seed("\4\1\177\1\0\0\3\0\0", 9);			/* a byte short */
	fuzz_seed("\1\0\201\22\1\0", 6);			/* a byte more */
	fuzz_seed("\4\0\200\12\1\0", 6);
}

const struct fuzz_target fuzz_target = { .name = "age_stream", .start = start, .take = take, .seeds = seeds, .cases = 800 };
