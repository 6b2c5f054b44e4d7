/* fuzz_frame: the one zstd frame of a bundle and its lines. The first byte says how: a frame as it comes, in pieces; a text, which the target compresses; or a
 * frame in a sealed file, as bundle_lines reads it. */
#include <unistd.h>

#include "crypto/age.h"
#include "sync/bundle_stream.h"
#include "sync/zstd_frame.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/test.h"

#define GIVEN_MAX (4u << 20)		/* what an input may expand to here: a fuzzer is to look at headers, not at zeros */

static struct identity *own;

static void start(void)
{
	own = fuzz_identity(1);
}

static int into_buf(void *context, const void *data, size_t len, struct err *e)
{
	struct buf *b = context;

	if (b->len + len > GIVEN_MAX)
		return err_set(e, ERR_DAMAGED, "enough");
	buf_add(b, data, len);
	return 0;
}

static bool expand(const void *data, size_t len, size_t step, struct buf *out)
{
	struct frame_reader *r = frame_reader_new(into_buf, out);
	struct err e = ERR_INIT;
	int result = 0;

	for (size_t at = 0; at < len && result == 0; at += step)
		result = frame_reader_add(r, (const char *)data + at, len - at < step ? len - at : step, &e);
	if (result == 0)
		result = frame_reader_end(r, &e);
	frame_reader_free(r);
	FUZZ_HOLDS(result == 0 || e.code == ERR_DAMAGED);
	return result == 0;
}

static void compress(const void *data, size_t len, struct buf *out)
{
	struct frame_writer *w = frame_writer_new(len, into_buf, out);
	struct err e = ERR_INIT;

	FUZZ_HOLDS(frame_writer_add(w, data, len, &e) == 0 && frame_writer_end(w, &e) == 0);
	frame_writer_free(w);
}

/* What our own writer makes of a text gives the text, whole and in pieces. */
static void there_and_back(const void *data, size_t len, size_t step)
{
	struct buf frame = BUF_INIT, again = BUF_INIT;

	compress(data, len, &frame);
	FUZZ_HOLDS(expand(frame.data, frame.len, step, &again) && again.len == len && memcmp(again.data, data, len) == 0);
	buf_reset(&again);
	buf_addc(&frame, 'x');
	FUZZ_HOLDS(!expand(frame.data, frame.len, step, &again));
	buf_cut(&frame, frame.len - 2);
	buf_reset(&again);
	FUZZ_HOLDS(!expand(frame.data, frame.len, step, &again));
	buf_release(&frame);
	buf_release(&again);
}

/* The same verdict and the same bytes, whatever the pieces. */
static bool frame_as_it_comes(const void *data, size_t len, size_t step)
{
	struct buf pieces = BUF_INIT, whole = BUF_INIT;
	bool good = expand(data, len, step, &pieces);

	FUZZ_HOLDS(expand(data, len, len > 0 ? len : 1, &whole) == good);
	if (good) {
		FUZZ_HOLDS(pieces.len == whole.len && memcmp(pieces.data, whole.data, whole.len) == 0);
		there_and_back(whole.data, whole.len, step);
	}
	buf_release(&pieces);
	buf_release(&whole);
	return good;
}

/* --- lines --- */

static int take_line(void *context, const char *line, size_t len, struct err *e)
{
	struct buf *b = context;

	FUZZ_HOLDS(len <= BUNDLE_LINE_MAX && line[len] == '\0' && memchr(line, '\n', len) == NULL && memchr(line, '\r', len) == NULL && strlen(line) == len);
	if (b->len + len > GIVEN_MAX)
		return err_set(e, ERR_DAMAGED, "enough");
	buf_add(b, line, len);
	buf_addc(b, '\n');
	return 0;
}

static bool read_lines(const void *frame, size_t len, struct buf *out)
{
	static const char before[] = "four lines";
	struct buf file = BUF_INIT;
	struct spool sp;
	struct err e = ERR_INIT;
	int result;

	buf_adds(&file, before);
	FUZZ_HOLDS(age_seal_buf(&own->pub.seal_key, 1, frame, len, &file, &e) == 0);
	FUZZ_HOLDS(spool_bytes(&sp, file.data, file.len, test_folder(), &e) == 0);
	result = bundle_lines(&sp, (off_t)strlen(before), own->open_key, take_line, out, &e);
	spool_close(&sp);
	buf_release(&file);
	FUZZ_HOLDS(result == 0 || e.code == ERR_DAMAGED);
	return result == 0;
}

/* Lines are what the text is, where it is lines at all. */
static bool text_as_lines(const void *data, size_t len)
{
	const char *text = data;
	bool lines = (len == 0 || text[len - 1] == '\n') && memchr(text, '\r', len) == NULL && memchr(text, '\0', len) == NULL, good;
	struct buf frame = BUF_INIT, out = BUF_INIT;

	compress(data, len, &frame);
	good = read_lines(frame.data, frame.len, &out);
	FUZZ_HOLDS(good == lines);
	FUZZ_HOLDS(!good || (out.len == len && memcmp(out.data, data, len) == 0));
	buf_release(&frame);
	buf_release(&out);
	return good;
}

static bool take(const uint8_t *data, size_t size)
{
	struct fuzz_in in = { data, data + size };
	unsigned how = fuzz_byte(&in);
	struct buf out = BUF_INIT;
	bool good = true;

	switch (how % 4) {
	case 0:
	case 1:
		return frame_as_it_comes(in.p, fuzz_left(&in), 1 + how / 4);
	case 2:
		there_and_back(in.p, fuzz_left(&in), 1 + how / 4);
		return text_as_lines(in.p, fuzz_left(&in));
	default:
		good = read_lines(in.p, fuzz_left(&in), &out);
		buf_release(&out);
		return good;
	}
}

static void seed_frame(char how, const char *text, size_t len)
{
	struct buf b = BUF_INIT;

	buf_addc(&b, how);
	compress(text, len, &b);
	fuzz_seed(b.data, b.len);
	buf_release(&b);
}

static void seeds(void)
{
	static const char text[] = "{\"rec\":\"bundle\"}\n[0,1,0]\n{\"rec\":\"end\",\"ops\":1}\n";
	struct buf zeros = BUF_INIT;

	buf_reserve(&zeros, 300000);
	memset(zeros.data, '0', 300000);
	buf_grown(&zeros, 300000);
	seed_frame(0, text, strlen(text));
	seed_frame(40, text, strlen(text));
	seed_frame(0, "", 0);
	seed_frame(0, zeros.data, zeros.len);
	seed_frame(3, text, strlen(text));
	seed_frame(3, zeros.data, zeros.len);
	fuzz_seed("\2line\nline\n", 11);
	fuzz_seed("\2line\r\nline", 11);
	fuzz_seed("\0\x50\x2a\x4d\x18\0\0\0\0", 9);		/* a skippable frame */
	buf_release(&zeros);
}

const struct fuzz_target fuzz_target = { .name = "frame", .start = start, .take = take, .seeds = seeds, .cases = 1500 };
