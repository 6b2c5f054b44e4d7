#include "crypto/age_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "crypto/base64.h"
#include "crypto/secret.h"

/* A chunk waits in the buffer until it is known whether it is the last: a full one must be followed by at least one byte. */
struct age_writer {
	struct age_stream stream;
	age_write_fn write;
	void *context;
	unsigned char *chunk;		/* AGE_SEALED_SIZE bytes */
	size_t fill;
	bool closed;			/* ended or failed: nothing may follow */
};

static int add_stanzas(struct buf *header, const unsigned char (*recipients)[32], size_t count,
    const unsigned char file_key[AGE_FILE_KEY_SIZE], struct err *e)
{
	char share[BASE64_SIZE(32)], body[BASE64_SIZE(AGE_BODY_SIZE)];
	struct age_stanza stanza;
	size_t i;

	for (i = 0; i < count; i++) {
		if (age_stanza_seal(&stanza, recipients[i], file_key) != 0)
			return err_set(e, ERR_REFUSED, _("nothing can be sealed to that recipient: its key is not usable"));
		base64_encode(stanza.share, sizeof stanza.share, false, share);
		base64_encode(stanza.body, sizeof stanza.body, false, body);
		buf_addf(header, "-> X25519 %s\n%s\n", share, body);
	}
	return 0;
}

/* Header and nonce; starts the stream. */
static int begin(struct age_writer *w, const unsigned char (*recipients)[32], size_t count, struct err *e)
{
	unsigned char file_key[AGE_FILE_KEY_SIZE], nonce[AGE_NONCE_SIZE], mac[32];
	struct buf header = BUF_INIT;
	char text[BASE64_SIZE(32)];
	int result = -1;

	crypto_random(file_key, sizeof file_key);
	crypto_random(nonce, sizeof nonce);
	buf_adds(&header, "age-encryption.org/v1\n");
	if (add_stanzas(&header, recipients, count, file_key, e) == 0) {
		buf_adds(&header, "---");
		age_header_mac(file_key, header.data, header.len, mac);
		base64_encode(mac, sizeof mac, false, text);
		buf_addf(&header, " %s\n", text);
		buf_add(&header, nonce, sizeof nonce);
		age_stream_init(&w->stream, file_key, nonce);
		result = w->write(w->context, header.data, header.len, e);
	}
	secret_wipe(file_key, sizeof file_key);
	buf_release(&header);
	return result;
}

struct age_writer *age_writer_new(const unsigned char (*recipients)[32], size_t count, age_write_fn write, void *context, struct err *e)
{
	struct age_writer *w;

	bug_if(count == 0 || count > AGE_STANZAS_MAX);
	w = secret_new(sizeof *w);
	w->write = write;
	w->context = context;
	w->chunk = mem_alloc(AGE_SEALED_SIZE);
	if (begin(w, recipients, count, e) != 0) {
		age_writer_free(w);
		return NULL;
	}
	return w;
}

/* Seals len bytes, which are the waiting ones or the caller's own, and writes them. */
static int put(struct age_writer *w, bool last, const unsigned char *data, size_t len, struct err *e)
{
	age_stream_seal(&w->stream, last, data, len, w->chunk);
	w->fill = 0;
	if (w->write(w->context, w->chunk, len + AGE_TAG_SIZE, e) != 0) {
		w->closed = true;
		return -1;
	}
	return 0;
}

int age_writer_add(struct age_writer *w, const void *data, size_t len, struct err *e)
{
	const unsigned char *p = data;
	size_t n;

	bug_if(w->closed);
	while (len > 0) {
		if (w->fill == AGE_CHUNK_SIZE && put(w, false, w->chunk, AGE_CHUNK_SIZE, e) != 0)
			return -1;
		n = AGE_CHUNK_SIZE - w->fill;
		if (w->fill == 0 && len > n) {			/* sealed from where it stands, without a copy */
			if (put(w, false, p, n, e) != 0)
				return -1;
		} else {
			n = len < n ? len : n;
			memcpy(w->chunk + w->fill, p, n);
			w->fill += n;
		}
		p += n;
		len -= n;
	}
	return 0;
}

int age_writer_end(struct age_writer *w, struct err *e)
{
	int result;

	bug_if(w->closed);
	result = put(w, true, w->chunk, w->fill, e);
	w->closed = true;
	return result;
}

void age_writer_free(struct age_writer *w)
{
	if (w == NULL)
		return;
	secret_wipe(w->chunk, AGE_SEALED_SIZE);
	free(w->chunk);
	secret_free(w);
}
