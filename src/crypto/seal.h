/* seal: XChaCha20-Poly1305-IETF in place with the nonce and tag beside the text; what pages and key slots are sealed with. */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include <stddef.h>
#include <stdint.h>

#define SEAL_KEY_SIZE 32
#define SEAL_NONCE_SIZE 24
#define SEAL_TAG_SIZE 16
#define SEAL_EXTRA (SEAL_NONCE_SIZE + SEAL_TAG_SIZE)	/* 40: what a sealed page reserves */

/* Seals `len` bytes of `in` to `out` (may be the same) and writes nonce then tag to `extra`. The nonce is random. */
void seal(const unsigned char key[SEAL_KEY_SIZE], const void *ad, size_t ad_len, const void *in, size_t len, void *out,
    unsigned char extra[SEAL_EXTRA]);

/* Opens; 0, or -1 when anything (text, tag, nonce, associated data, key) is not what was sealed; `out` is then undefined. */
int seal_open(const unsigned char key[SEAL_KEY_SIZE], const void *ad, size_t ad_len, const void *in, size_t len,
    const unsigned char extra[SEAL_EXTRA], void *out) __attribute__((warn_unused_result));

#endif
