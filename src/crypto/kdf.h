/* kdf: keys from passphrases (Argon2id, RFC 9106), from keys (libsodium's crypto_kdf) and HKDF-SHA-256 (RFC 5869) for age. */
#ifndef CRYPTO_KDF_H
#define CRYPTO_KDF_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define KDF_KEY_SIZE 32
#define KDF_SALT_SIZE 16

struct kdf_cost {
	uint32_t passes;	/* Argon2id t */
	uint32_t memory_kib;	/* Argon2id m; one lane */
};

/* Bounds within which a cost read from a file is accepted at all: 1–16 passes, 8 KiB – 1 GiB. */
int kdf_cost_check(struct kdf_cost cost) __attribute__((warn_unused_result));

/* What a new slot gets: libsodium's MODERATE where that much memory can be had, never under INTERACTIVE. Tests set a cheap cost with
 * kdf_cost_for_tests(). */
struct kdf_cost kdf_cost_default(void);
/* INTERACTIVE: for a secret that is random itself. */
struct kdf_cost kdf_cost_least(void);
void kdf_cost_for_tests(struct kdf_cost cost);

/* passphrase → 32 bytes. -1 (ERR_REFUSED) when the memory cannot be had. */
int kdf_passphrase(const char *passphrase, size_t len, const unsigned char salt[KDF_SALT_SIZE], struct kdf_cost cost,
    unsigned char out[KDF_KEY_SIZE], struct err *e) __attribute__((warn_unused_result));

/* key → subkey number `id` in the 8-character context. */
void kdf_subkey(const unsigned char key[KDF_KEY_SIZE], uint64_t id, const char context[8], unsigned char out[KDF_KEY_SIZE]);

void kdf_hkdf_sha256(const void *ikm, size_t ikm_len, const void *salt, size_t salt_len, const void *info, size_t info_len,
    unsigned char out[32]);

#endif
