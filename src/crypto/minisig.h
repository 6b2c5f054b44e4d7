/* minisig: minisign's signature block and public key, prehashed ("ED") only, one spelling only.
 *
 * A block is four lines, each ended by LF, of bytes 0x20–0x7E:
 *     untrusted comment: <fixed text>
 *     base64("ED" | key id (8) | Ed25519 over BLAKE2b-512 of the payload (64))
 *     trusted comment: <text, at most 512 bytes>
 *     base64(Ed25519 over the 64 bytes of line 2's signature | the trusted comment's text)
 * Line 1 must be the constant that this program writes, so that every byte of a block is constant, canonical or signed. */
#ifndef CRYPTO_MINISIG_H
#define CRYPTO_MINISIG_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"
#include "crypto/identity.h"

#define MINISIG_COMMENT "signed sync bundle, verify with minisign"
#define MINISIG_TRUSTED_MAX 512
#define MINISIG_BLOCK_MAX 900		/* longest block: what a reader has to fetch before it can decide */

struct minisig {
	unsigned char key_id[8];
	unsigned char signature[64];
	unsigned char global[64];
	char trusted[MINISIG_TRUSTED_MAX + 1];
	size_t trusted_len;
	size_t block_len;		/* bytes of the four lines: where the payload begins */
};

/* Appends the four lines for a payload whose BLAKE2b-512 is given. */
void minisig_write(const struct identity *id, const unsigned char payload_hash[HASH_LONG_SIZE], const char *trusted, struct buf *out);

/* Parses the block at the front of data (strict grammar, canonical base64); verifies nothing. -1, ERR_DAMAGED, with words. */
int minisig_read(struct minisig *m, const char *data, size_t len, struct err *e) __attribute__((warn_unused_result));

/* Line 4: the trusted comment is this key's. Also compares the key id. -1 when not. */
int minisig_verify_comment(const struct minisig *m, const struct public_identity *by) __attribute__((warn_unused_result));
/* Line 2: the payload is this key's. */
int minisig_verify_payload(const struct minisig *m, const struct public_identity *by, const unsigned char payload_hash[HASH_LONG_SIZE])
    __attribute__((warn_unused_result));

/* The two lines of a public key file. */
void minisig_public_key_file(const struct public_identity *pub, struct buf *out);

#endif
