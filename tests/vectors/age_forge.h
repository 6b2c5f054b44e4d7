/* age_forge: makes age files piece by piece, well formed or with any flaw. Stands on libsodium alone, so that what it makes tests the code in
 * src/crypto and does not merely repeat it. Keys come from labels: the same vectors come out every time. */
#ifndef TESTS_VECTORS_AGE_FORGE_H
#define TESTS_VECTORS_AGE_FORGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define FORGE_VERSION "age-encryption.org/v1\n"
#define FORGE_CHUNK 65536

/* `len` bytes that depend on the label and nothing else. */
void forge_bytes(const char *label, unsigned char *out, size_t len);

/* Appends unpadded base64. */
void forge_base64(struct buf *out, const unsigned char *data, size_t len);

/* Share and body of the stanza that seals a file key (key_len bytes; 16 in a good file) to the recipient of an identity. */
struct forge_stanza {
	unsigned char share[32];
	unsigned char body[64];
	size_t body_len;
};
void forge_wrap(struct forge_stanza *s, const char *label, const unsigned char identity[32], const unsigned char *key, size_t key_len);

/* Appends "-> X25519 …" and its body. */
void forge_stanza(struct buf *out, const struct forge_stanza *s);

/* Appends "--- MAC\n" over all that header holds. */
void forge_mac(struct buf *header, const unsigned char file_key[16]);
void forge_mac_bytes(const struct buf *header, const unsigned char file_key[16], unsigned char mac[32]);

/* Appends one sealed chunk with the counter and the flag given. */
void forge_chunk(struct buf *out, const unsigned char file_key[16], const unsigned char nonce[16], uint64_t counter, bool last,
    const unsigned char *data, size_t len);

/* Appends nonce and all chunks, as they should be. */
void forge_payload(struct buf *out, const unsigned char file_key[16], const unsigned char nonce[16], const unsigned char *data, size_t len);

#endif
