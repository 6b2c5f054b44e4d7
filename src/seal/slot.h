/* slot: the data key of a store, wrapped under the key of one secret. The layout stands in header.h. */
#ifndef SEAL_SLOT_H
#define SEAL_SLOT_H

#include <stddef.h>

#include "base/err.h"
#include "crypto/kdf.h"
#include "seal/header.h"

enum slot_result { SLOT_OPENED, SLOT_OTHER_KEY, SLOT_FAILED };

enum slot_kind slot_kind(const unsigned char *slot);

/* What a slot says openly; a key-file slot has no cost. The salt tells one slot from every other, and goes when the slot is filled anew. */
struct kdf_cost slot_cost(const unsigned char *slot);
const unsigned char *slot_salt(const unsigned char *slot);		/* KDF_SALT_SIZE bytes */

/* Fills a slot. A passphrase gets the cost that kdf_cost_default gives; a recovery code, which nobody guesses, the least one, so that a small computer can take
 * it. -1 when there is not enough memory for it. */
int slot_fill(unsigned char slot[HEADER_SLOT_SIZE], enum slot_kind kind, const unsigned char store_id[STORE_ID_SIZE], const void *secret,
    size_t len, const unsigned char data_key[VFS_KEY_SIZE], struct err *e);

/* SLOT_FAILED fills *e: a slot that asks for the impossible or does not open under the key that it names (ERR_DAMAGED), no memory. */
enum slot_result slot_open(const unsigned char slot[HEADER_SLOT_SIZE], const unsigned char store_id[STORE_ID_SIZE], const void *secret,
    size_t len, unsigned char data_key[VFS_KEY_SIZE], struct err *e) __attribute__((warn_unused_result));

#endif
