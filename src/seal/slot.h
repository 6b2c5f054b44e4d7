/* slot: the data key of a store, wrapped under the key of one secret. The layout stands in header.h. */
#ifndef SEAL_SLOT_H
#define SEAL_SLOT_H

#include <stddef.h>

#include "base/err.h"
#include "seal/header.h"

enum slot_result { SLOT_OPENED, SLOT_OTHER_KEY, SLOT_FAILED };

enum slot_kind slot_kind(const unsigned char *slot);

/* Fills a slot, with the cost that kdf_cost_default gives for passphrases and recovery codes. -1 when there is not enough memory for it. */
int slot_fill(unsigned char slot[HEADER_SLOT_SIZE], enum slot_kind kind, const unsigned char store_id[STORE_ID_SIZE], const void *secret,
    size_t len, const unsigned char data_key[VFS_KEY_SIZE], struct err *e);

/* SLOT_FAILED fills *e: a slot that asks for the impossible or does not open under the key that it names (ERR_DAMAGED), no memory. */
enum slot_result slot_open(const unsigned char slot[HEADER_SLOT_SIZE], const unsigned char store_id[STORE_ID_SIZE], const void *secret,
    size_t len, unsigned char data_key[VFS_KEY_SIZE], struct err *e) __attribute__((warn_unused_result));

#endif
