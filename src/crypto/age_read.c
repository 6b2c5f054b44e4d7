#include "crypto/age_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/secret.h"

#define HEADER_STEP 1024		/* what is asked for at a time while the header's end has not been seen */

struct age_reader {
	struct age_stream stream;
	age_read_fn read;
	void *context;
	size_t stanzas;
	struct buf ahead;		/* the header, and what was read with it; ahead_at: where the payload goes on */
	size_t ahead_at;
	unsigned char *sealed;		/* AGE_SEALED_SIZE bytes: the chunk as it came */
	unsigned char *plain;		/* AGE_CHUNK_SIZE bytes: the chunk opened, of which plain_at were handed out */
	size_t plain_at, plain_len;
	bool begun;			/* a chunk was opened */
	bool last;			/* the last chunk was opened */
	bool ended;			/* and the input ended after it */
	struct err failure;		/* sticky */
};

/* The classes differ by their code alone. To a person they are one thing, and whoever changed a file learns nothing from the words. */
static int fail(struct err *e, enum err_code class)
{
	return err_set(e, class, "%s", _("the sealed file is damaged, or it is not meant for this key"));
}

/* Reads until len bytes are there or the input ends. */
static long read_full(struct age_reader *r, unsigned char *data, size_t len, struct err *e)
{
	size_t got = r->ahead.len - r->ahead_at;
	long n;

	if (got > 0) {
		got = got < len ? got : len;
		memcpy(data, r->ahead.data + r->ahead_at, got);
		r->ahead_at += got;
	}
	while (got < len) {
		n = r->read(r->context, data + got, len - got, e);
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		bug_if((size_t)n > len - got);
		got += (size_t)n;
	}
	return (long)got;
}

/* Fills `ahead` until it holds the whole header; its length, or -1. */
static long read_header(struct age_reader *r, struct err *e)
{
	size_t from = 0, end;
	long n;

	while ((end = age_header_end(r->ahead.data, r->ahead.len, &from)) == 0) {
		if (r->ahead.len >= AGE_HEADER_MAX)
			return fail(e, ERR_AGE_HEADER);
		buf_reserve(&r->ahead, HEADER_STEP);
		n = r->read(r->context, r->ahead.data + r->ahead.len, HEADER_STEP, e);
		if (n < 0)
			return -1;
		if (n == 0)
			return fail(e, ERR_AGE_HEADER);
		r->ahead.len += (size_t)n;
	}
	r->ahead_at = end;
	return end <= AGE_HEADER_MAX ? (long)end : fail(e, ERR_AGE_HEADER);
}

/* Tries every identity on every stanza, also after one has opened: a share of low order anywhere spoils the header. */
static int find_file_key(const struct age_header *h, const unsigned char (*identities)[32], size_t count,
    unsigned char file_key[AGE_FILE_KEY_SIZE], struct err *e)
{
	unsigned char opened[AGE_FILE_KEY_SIZE];
	bool found = false, low = false;
	size_t i, k;

	for (i = 0; i < h->x25519_count; i++)
		for (k = 0; k < count; k++) {
			int result = age_stanza_open(&h->x25519[i], identities[k], opened);

			if (result < 0)
				low = true;
			if (result == 0 && !found) {
				memcpy(file_key, opened, sizeof opened);
				found = true;
			}
		}
	secret_wipe(opened, sizeof opened);
	if (low)
		return fail(e, ERR_AGE_HEADER);
	return found ? 0 : fail(e, ERR_AGE_NO_MATCH);
}

/* The MAC is compared before a byte of the payload is looked at. */
static int begin_payload(struct age_reader *r, const struct age_header *h, const unsigned char file_key[AGE_FILE_KEY_SIZE], struct err *e)
{
	unsigned char mac[32], nonce[AGE_NONCE_SIZE];
	long n;

	age_header_mac(file_key, r->ahead.data, h->covered, mac);
	if (!secret_equal(mac, h->mac, sizeof mac))
		return fail(e, ERR_AGE_HMAC);
	n = read_full(r, nonce, sizeof nonce, e);
	if (n < 0)
		return -1;
	if (n < (long)sizeof nonce)
		return fail(e, ERR_AGE_HEADER);
	age_stream_init(&r->stream, file_key, nonce);
	return 0;
}

static int begin(struct age_reader *r, const unsigned char (*identities)[32], size_t count, struct err *e)
{
	unsigned char file_key[AGE_FILE_KEY_SIZE] = { 0 };
	struct age_header h;
	long end = read_header(r, e);
	int result;

	if (end < 0)
		return -1;
	if (age_header_parse(&h, r->ahead.data, (size_t)end) != 0)
		return fail(e, ERR_AGE_HEADER);
	r->stanzas = h.stanzas;
	result = find_file_key(&h, identities, count, file_key, e);
	if (result == 0)
		result = begin_payload(r, &h, file_key, e);
	secret_wipe(file_key, sizeof file_key);
	return result;
}

struct age_reader *age_reader_new(const unsigned char (*identities)[32], size_t count, age_read_fn read, void *context, struct err *e)
{
	struct age_reader *r = secret_new(sizeof *r);

	buf_init(&r->ahead);
	r->read = read;
	r->context = context;
	r->sealed = mem_alloc(AGE_SEALED_SIZE);
	r->plain = mem_alloc(AGE_CHUNK_SIZE);
	if (begin(r, identities, count, e) != 0) {
		age_reader_free(r);
		return NULL;
	}
	return r;
}

size_t age_reader_stanzas(const struct age_reader *r)
{
	return r->stanzas;
}

/* Opens the next chunk to out; its length, or -1. A full chunk may be the last: only the flag that it was sealed with can tell. */
static long open_chunk(struct age_reader *r, unsigned char *out, struct err *e)
{
	long n = read_full(r, r->sealed, AGE_SEALED_SIZE, e);

	if (n < 0)
		return -1;
	if (n < AGE_TAG_SIZE || (n == AGE_TAG_SIZE && r->begun))
		return fail(e, ERR_AGE_PAYLOAD);
	if (n < AGE_SEALED_SIZE || age_stream_open(&r->stream, false, r->sealed, (size_t)n, out) != 0) {
		if (age_stream_open(&r->stream, true, r->sealed, (size_t)n, out) != 0)
			return fail(e, ERR_AGE_PAYLOAD);
		r->last = true;
	}
	r->begun = true;
	return n - AGE_TAG_SIZE;
}

/* After the last chunk nothing may follow. */
static int check_end(struct age_reader *r, struct err *e)
{
	unsigned char byte;
	long n = read_full(r, &byte, 1, e);

	if (n != 0)
		return n < 0 ? -1 : fail(e, ERR_AGE_PAYLOAD);
	r->ended = true;
	return 0;
}

static long get(struct age_reader *r, unsigned char *data, size_t len, struct err *e)
{
	long n;

	while (r->plain_at == r->plain_len && !r->ended) {
		if (r->last) {
			if (check_end(r, e) != 0)
				return -1;
			continue;
		}
		if (len >= AGE_CHUNK_SIZE) {			/* opened to where it is wanted, without a copy */
			n = open_chunk(r, data, e);
			if (n != 0)
				return n;
			continue;
		}
		n = open_chunk(r, r->plain, e);
		if (n < 0)
			return -1;
		r->plain_at = 0;
		r->plain_len = (size_t)n;
	}
	if (len > r->plain_len - r->plain_at)
		len = r->plain_len - r->plain_at;
	memcpy(data, r->plain + r->plain_at, len);
	r->plain_at += len;
	return (long)len;
}

long age_reader_get(struct age_reader *r, void *data, size_t len, struct err *e)
{
	long n = -1;

	bug_if(len == 0);
	if (r->failure.code == ERR_NONE) {
		n = get(r, data, len, &r->failure);
		bug_if(n < 0 && r->failure.code == ERR_NONE);
	}
	if (n < 0 && e != NULL)
		*e = r->failure;
	return n;
}

void age_reader_free(struct age_reader *r)
{
	if (r == NULL)
		return;
	secret_wipe(r->sealed, AGE_SEALED_SIZE);
	secret_wipe(r->plain, AGE_CHUNK_SIZE);
	free(r->sealed);
	free(r->plain);
	buf_release(&r->ahead);
	secret_free(r);
}
