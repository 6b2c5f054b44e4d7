#include "sync/bundle_stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/age.h"
#include "crypto/secret.h"
#include "sync/zstd_frame.h"

#define CHUNK 65536

struct stream {
	const struct spool *spool;
	off_t offset;
	struct buf line;		/* a line that is not complete yet */
	bundle_line_fn each;
	void *context;
};

static long read_spool(void *context, void *data, size_t len, struct err *e)
{
	struct stream *s = context;
	ssize_t n = spool_read(s->spool, s->offset, data, len, e);

	if (n > 0)
		s->offset += n;
	return (long)n;
}

static int give_line(struct stream *s, struct err *e)
{
	if (memchr(s->line.data, '\r', s->line.len) != NULL || memchr(s->line.data, '\0', s->line.len) != NULL)
		return err_set(e, ERR_DAMAGED, _("a line holds a control character"));
	return s->each(s->context, s->line.data, s->line.len, e);
}

static int take_text(void *context, const void *data, size_t len, struct err *e)
{
	struct stream *s = context;
	const char *p = data, *end = p + len;

	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p)), *stop = lf != NULL ? lf : end;

		if (s->line.len + (size_t)(stop - p) > BUNDLE_LINE_MAX)
			return err_set(e, ERR_DAMAGED, _("a line is longer than 1 MiB"));
		buf_add(&s->line, p, (size_t)(stop - p));
		if (lf == NULL)
			break;
		if (give_line(s, e) != 0)
			return -1;
		buf_reset(&s->line);
		p = lf + 1;
	}
	return 0;
}

static int expand(struct stream *s, struct age_reader *age, struct err *e)
{
	struct frame_reader *frame = frame_reader_new(take_text, s);
	char *chunk = mem_alloc(CHUNK);
	long n;
	int result = 0;

	while (result == 0 && (n = age_reader_get(age, chunk, CHUNK, e)) != 0)
		result = n < 0 ? -1 : frame_reader_add(frame, chunk, (size_t)n, e);
	if (result == 0)
		result = frame_reader_end(frame, e);
	secret_wipe(chunk, CHUNK);
	free(chunk);
	frame_reader_free(frame);
	return result;
}

int bundle_lines(const struct spool *sp, off_t payload, const unsigned char open_key[32], bundle_line_fn line,
    void *context, struct err *e)
{
	struct stream s = { .spool = sp, .offset = payload, .line = BUF_INIT, .each = line,
	    .context = context };
	struct age_reader *age = age_reader_new((const unsigned char (*)[32])open_key, 1, read_spool, &s, e);
	int result;

	if (age == NULL)
		return -1;
	if (age_reader_stanzas(age) != 1)
		result = err_set(e, ERR_DAMAGED, _("the bundle is sealed to more receivers than one"));
	else
		result = expand(&s, age, e);
	if (result == 0 && s.line.len > 0)
		result = err_set(e, ERR_DAMAGED, _("the last line has no end"));
	age_reader_free(age);
	secret_wipe(s.line.data, s.line.cap);
	buf_release(&s.line);
	return result;
}
