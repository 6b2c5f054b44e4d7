/* age_parts: what writing and reading age files share. Private to crypto/age*.c.
 *
 * A file is a header (version, one stanza a recipient, MAC), 16 bytes of nonce, and the chunks of STREAM: 65536 bytes of plaintext and a
 * tag each, under a 12-byte nonce of an 11-byte big-endian counter and a byte that is 1 for the last chunk. */
#ifndef CRYPTO_AGE_PARTS_H
#define CRYPTO_AGE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "crypto/age.h"

#define AGE_FILE_KEY_SIZE 16
#define AGE_NONCE_SIZE 16
#define AGE_TAG_SIZE 16
#define AGE_CHUNK_SIZE 65536
#define AGE_SEALED_SIZE (AGE_CHUNK_SIZE + AGE_TAG_SIZE)
#define AGE_BODY_SIZE (AGE_FILE_KEY_SIZE + AGE_TAG_SIZE)

/* An X25519 stanza: the ephemeral share, and the file key sealed to one recipient. */
struct age_stanza {
	unsigned char share[32];
	unsigned char body[AGE_BODY_SIZE];
};

struct age_header {
	struct age_stanza x25519[AGE_STANZAS_MAX];
	size_t x25519_count;
	size_t stanzas;			/* of all types */
	size_t covered;			/* bytes from the first that the MAC covers */
	unsigned char mac[32];
};

/* Finds where the header at the front of raw ends: its length with the last LF, or 0 when that has not come yet. *from (0 at first) is where
 * to go on looking once more bytes have come. */
size_t age_header_end(const char *raw, size_t len, size_t *from);

/* The whole header, strictly; -1 when it is not one, or holds an scrypt stanza, or an X25519 stanza that is not well formed. */
int age_header_parse(struct age_header *h, const char *raw, size_t len) __attribute__((warn_unused_result));

void age_header_mac(const unsigned char file_key[AGE_FILE_KEY_SIZE], const void *covered, size_t len, unsigned char mac[32]);

/* Seals the file key to a recipient; -1 when the recipient's key is of low order. */
int age_stanza_seal(struct age_stanza *s, const unsigned char recipient[32], const unsigned char file_key[AGE_FILE_KEY_SIZE])
    __attribute__((warn_unused_result));
/* Opens it: 0 done, 1 not for this identity, -1 the share is of low order. */
int age_stanza_open(const struct age_stanza *s, const unsigned char identity[32], unsigned char file_key[AGE_FILE_KEY_SIZE])
    __attribute__((warn_unused_result));

struct age_stream {
	unsigned char key[32];
	unsigned char nonce[12];	/* of the next chunk, its last byte 0 */
};

void age_stream_init(struct age_stream *s, const unsigned char file_key[AGE_FILE_KEY_SIZE], const unsigned char nonce[AGE_NONCE_SIZE]);
/* len bytes of in (out may be the same) become len + AGE_TAG_SIZE bytes of out. */
void age_stream_seal(struct age_stream *s, bool last, const unsigned char *in, size_t len, unsigned char *out);
/* len bytes of in become len - AGE_TAG_SIZE bytes of out, elsewhere. On failure in is as it was and the stream has not moved. */
int age_stream_open(struct age_stream *s, bool last, const unsigned char *in, size_t len, unsigned char *out)
    __attribute__((warn_unused_result));

#endif
