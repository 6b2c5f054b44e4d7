/* hash: BLAKE2b (RFC 7693), unkeyed; equals `b2sum` and `b2sum -l 256`. */
#ifndef CRYPTO_HASH_H
#define CRYPTO_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_SIZE 32		/* BLAKE2b-256 */
#define HASH_HEX_SIZE 65	/* its 64 lower-case digits and a NUL */
#define HASH_LONG_SIZE 64	/* BLAKE2b-512, what minisign signs */

/* A running hash; may stand anywhere and be copied. */
struct hash { unsigned char state[384]; };

void hash_init(struct hash *h, size_t size);		/* HASH_SIZE or HASH_LONG_SIZE */
void hash_add(struct hash *h, const void *data, size_t len);
void hash_end(struct hash *h, unsigned char *out, size_t size);

void hash_of(const void *data, size_t len, unsigned char out[HASH_SIZE]);
void hash_hex(const unsigned char *bytes, size_t len, char *out);		/* 2·len digits and a NUL */
/* 64 bits of SipHash-2-4 under a key that is no secret: fast, for sums that notice a change, never for what somebody could forge. */
uint64_t hash_short(const void *data, size_t len);
int hash_from_hex(const char *text, size_t text_len, unsigned char *out, size_t len);	/* strict lower case; -1 otherwise */

#endif
