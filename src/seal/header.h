/* header: who may open a store: 4096 bytes, twice, at the front of its file.
 *
 *     0     16  magic "livenet store 1\n"
 *     16     4  format version, 1 (all numbers little-endian)
 *     20     4  zero
 *     24     8  sequence number: the valid copy with the higher one counts
 *     32    16  store id, random
 *     48  2048  eight key slots of 256 bytes
 *     2096      zeros
 *     4064  32  BLAKE2b-256 of the 4064 bytes before
 *
 *     slot: 0   1  kind (enum slot_kind), 3 zeros
 *           4   4  Argon2id passes, 8 4 memory in KiB (zero in a key-file slot), 12 4 zero
 *           16 16  salt
 *           32 32  commitment to the slot's key
 *           64 32  the data key, wrapped, 96 40 nonce and tag; the rest zeros
 *
 * The magic, the version's place and the checksum's place stay in every later version. The data key is random and never changes; what a
 * slot holds is opened by a key derived from its secret: changing a passphrase rewrites one slot, not the database. XChaCha20-Poly1305
 * does not commit to its key, so that the slot says which key it takes; that also tells a wrong secret from a damaged slot. The kind,
 * the costs, the salt and the store id are bound in, and costs are bounded before they are spent.
 *
 * Copies are written one after the other with a sync between, A first: a power loss leaves one whole. */
#ifndef SEAL_HEADER_H
#define SEAL_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "seal/vfs.h"

#define HEADER_SIZE 4096
#define HEADER_SLOTS 8
#define HEADER_SLOT_SIZE 256
#define STORE_ID_SIZE 16

enum slot_kind {
	SLOT_EMPTY = 0,
	SLOT_PASSPHRASE = 1,	/* Argon2id over the text */
	SLOT_RECOVERY = 2,	/* Argon2id over the 50 digits of recovery.h */
	SLOT_KEY_FILE = 3	/* HKDF over 32 random bytes */
};

struct header {
	uint64_t sequence;
	unsigned char store_id[STORE_ID_SIZE];
	unsigned char slots[HEADER_SLOTS][HEADER_SLOT_SIZE];	/* as in the file; kinds that are not known are kept */
	bool torn;		/* set by header_read: the other copy's checksum was wrong; not in the file */
};

void header_init(struct header *h);		/* a new store id, no slots */

/* One copy. decode: 0; -1 with ERR_REFUSED when it has no magic or a newer version, ERR_DAMAGED when the checksum is wrong. */
void header_encode(const struct header *h, unsigned char out[HEADER_SIZE]);
int header_decode(struct header *h, const unsigned char in[HEADER_SIZE], struct err *e);

/* Reads both copies and takes the one that counts. `mend` rewrites a copy that is torn or older (the file is then locked). -1: ERR_REFUSED
 * for what is not a store or is of a newer version, ERR_DAMAGED when neither copy is whole or the database is missing behind them. */
int header_read(struct header *h, struct vfs *v, bool mend, struct err *e);

/* Raises the sequence number and writes both copies. */
int header_write(struct header *h, struct vfs *v, struct err *e);

bool header_has(const struct header *h, enum slot_kind kind);

/* Empties every slot of a kind, or one. In memory only: header_write. */
void header_clear(struct header *h, enum slot_kind kind);
void header_clear_one(struct header *h, int slot);

/* Puts the data key in a free slot, under a secret (the passphrase's text, the digits of a recovery code, the 32 bytes of a key file). In memory only:
 * header_write. */
int header_add(struct header *h, enum slot_kind kind, const void *secret, size_t len, const unsigned char data_key[VFS_KEY_SIZE],
    struct err *e);

/* Finds the data key. -1: ERR_PASSPHRASE when no slot of the kind takes the secret, ERR_DAMAGED for a slot that cannot be. */
int header_unlock(const struct header *h, enum slot_kind kind, const void *secret, size_t len, unsigned char data_key[VFS_KEY_SIZE],
    struct err *e);

#endif
