/* base64: RFC 4648, standard alphabet, canonical spelling only. The only decoder in the program: libsodium 1.0.18 reads bytes
 * 0x80–0xFF as '/', so what was decoded is encoded again and compared. */
#ifndef CRYPTO_BASE64_H
#define CRYPTO_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#define BASE64_SIZE(n) (((n) + 2) / 3 * 4 + 1)		/* room for the text of n bytes and its NUL, padded or not */

/* Encodes; `padded` as minisign writes, not padded as age does. Returns the length of the text. */
size_t base64_encode(const void *data, size_t len, bool padded, char *out);

/* Decodes exactly `size` bytes from exactly `len` characters; 0, or -1 for any other spelling. */
int base64_decode(const char *text, size_t len, bool padded, void *out, size_t size) __attribute__((warn_unused_result));

/* Decodes up to `max` bytes; returns the number or -1. */
long base64_decode_some(const char *text, size_t len, bool padded, void *out, size_t max);

#endif
