/* secret: bytes that must not be swapped out, dumped or left behind. The one place where the program's keys live. */
#ifndef CRYPTO_SECRET_H
#define CRYPTO_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Once, before anything else in crypto/; -1 when libsodium cannot start. Also: no core dumps, not dumpable. */
int crypto_start(struct err *e) __attribute__((warn_unused_result));

/* Guarded, locked memory (sodium_malloc); dies when there is none. secret_free wipes. */
void *secret_new(size_t size);
void secret_free(void *p);		/* NULL is fine */
void secret_wipe(void *p, size_t len);	/* ordinary memory, not optimised away */
bool secret_equal(const void *a, const void *b, size_t len);	/* constant time */

void crypto_random(void *p, size_t len);

#endif
