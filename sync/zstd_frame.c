#include "sync/zstd_frame.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "base/i18n.h"
#include "base/mem.h"

#define LEVEL 3
#define WINDOW_LOG_MAX 23
#define HEADER_MAX 18
#define OUT_SIZE 131072

struct frame_writer {
	ZSTD_CCtx *z;
	frame_write_fn write;
	void *context;
	char out[OUT_SIZE];
};

struct frame_writer *frame_writer_new(uint64_t size, frame_write_fn write, void *context)
{
	struct frame_writer *w = mem_alloc(sizeof *w);

	w->write = write;
	w->context = context;
	w->z = ZSTD_createCCtx();
	bug_if(w->z == NULL || ZSTD_isError(ZSTD_CCtx_setParameter(w->z, ZSTD_c_compressionLevel, LEVEL)) ||
	    ZSTD_isError(ZSTD_CCtx_setParameter(w->z, ZSTD_c_checksumFlag, 1)) ||
	    ZSTD_isError(ZSTD_CCtx_setPledgedSrcSize(w->z, size)));
	return w;
}

static int compress(struct frame_writer *w, const void *data, size_t len, ZSTD_EndDirective how, struct err *e)
{
	ZSTD_inBuffer in = { data, len, 0 };
	size_t left;

	do {
		ZSTD_outBuffer out = { w->out, sizeof w->out, 0 };

		left = ZSTD_compressStream2(w->z, &out, &in, how);
		bug_if(ZSTD_isError(left));
		if (out.pos > 0 && w->write(w->context, w->out, out.pos, e) != 0)
			return -1;
	} while (how == ZSTD_e_end ? left > 0 : in.pos < in.size);
	return 0;
}

int frame_writer_add(struct frame_writer *w, const void *data, size_t len, struct err *e)
{
	return compress(w, data, len, ZSTD_e_continue, e);
}

int frame_writer_end(struct frame_writer *w, struct err *e)
{
	return compress(w, "", 0, ZSTD_e_end, e);
}

void frame_writer_free(struct frame_writer *w)
{
	if (w == NULL)
		return;
	ZSTD_freeCCtx(w->z);
	free(w);
}

struct frame_reader {
	ZSTD_DCtx *z;
	frame_write_fn write;
	void *context;
	unsigned char header[HEADER_MAX];
	size_t header_len;		/* bytes gathered; the frame begins when they suffice */
	bool begun, ended;
	uint64_t taken, given;
	char out[OUT_SIZE];
};

struct frame_reader *frame_reader_new(frame_write_fn write, void *context)
{
	struct frame_reader *r = mem_zero(1, sizeof *r);

	r->write = write;
	r->context = context;
	r->z = ZSTD_createDCtx();
	bug_if(r->z == NULL || ZSTD_isError(ZSTD_DCtx_setParameter(r->z, ZSTD_d_windowLogMax, WINDOW_LOG_MAX)));
	return r;
}

static int damaged(struct err *e, const char *why)
{
	return err_set(e, ERR_DAMAGED, _("the compressed part is wrong: %s"), why);
}

/* Length of the frame header that begins with these bytes, 0 when that cannot be said yet; -1 when it is not a
 * header of ours. */
static int header_check(const unsigned char *p, size_t len, struct err *e)
{
	static const unsigned char magic[4] = { 0x28, 0xB5, 0x2F, 0xFD };
	static const int size_bytes[4] = { 0, 2, 4, 8 };
	bool single;
	int content, needed;

	if (memcmp(p, magic, len < 4 ? len : 4) != 0)
		return damaged(e, _("no zstd frame"));
	if (len < 5)
		return 0;
	single = (p[4] >> 5 & 1) != 0;
	content = size_bytes[p[4] >> 6] + (p[4] >> 6 == 0 && single ? 1 : 0);
	if ((p[4] & 3) != 0)
		return damaged(e, _("it wants a dictionary"));
	if ((p[4] >> 2 & 1) == 0)
		return damaged(e, _("it has no checksum"));
	if (content == 0)
		return damaged(e, _("it does not say its size"));
	needed = 5 + (single ? 0 : 1) + content;
	if (len < (size_t)needed)
		return 0;
	if (ZSTD_getFrameContentSize(p, (size_t)needed) > FRAME_EXPANDED_MAX)
		return damaged(e, _("it expands to more than a bundle may hold"));
	return needed;
}

static int give(struct frame_reader *r, size_t len, struct err *e)
{
	r->given += len;
	if (r->given > FRAME_EXPANDED_MAX || (r->given > FRAME_RATIO_FREE &&
	    (r->given - FRAME_RATIO_FREE) / FRAME_RATIO_MAX > r->taken))
		return damaged(e, _("it expands to more than a bundle may hold"));
	return len > 0 ? r->write(r->context, r->out, len, e) : 0;
}

static int expand(struct frame_reader *r, const void *data, size_t len, struct err *e)
{
	ZSTD_inBuffer in = { data, len, 0 };
	ZSTD_outBuffer out;

	r->taken += len;
	do {
		size_t left;

		if (r->ended)
			return in.pos < in.size ? damaged(e, _("something follows the frame")) : 0;
		out = (ZSTD_outBuffer){ r->out, sizeof r->out, 0 };
		left = ZSTD_decompressStream(r->z, &out, &in);
		if (ZSTD_isError(left))
			return damaged(e, ZSTD_getErrorName(left));
		r->ended = left == 0;
		if (give(r, out.pos, e) != 0)
			return -1;
	} while (in.pos < in.size || (out.pos == out.size && !r->ended));
	return 0;
}

int frame_reader_add(struct frame_reader *r, const void *data, size_t len, struct err *e)
{
	const char *p = data;

	while (!r->begun && len > 0) {
		int needed;

		r->header[r->header_len++] = (unsigned char)*p++;
		len--;
		needed = header_check(r->header, r->header_len, e);
		if (needed < 0)
			return -1;
		r->begun = needed > 0;
		if (r->begun && expand(r, r->header, r->header_len, e) != 0)
			return -1;
	}
	return len > 0 ? expand(r, p, len, e) : 0;
}

int frame_reader_end(struct frame_reader *r, struct err *e)
{
	return r->ended ? 0 : damaged(e, _("it ends too early"));
}

void frame_reader_free(struct frame_reader *r)
{
	if (r == NULL)
		return;
	ZSTD_freeDCtx(r->z);
	memset(r->out, 0, sizeof r->out);
	free(r);
}
