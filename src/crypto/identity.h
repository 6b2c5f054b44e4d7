/* identity: the two key pairs of a device or a hub, its id, tag and fingerprint.
 *
 * The id is the hash of the pair of public keys (so it cannot be borrowed): the first 32 hex digits of
 * BLAKE2b-256("device-id/1\n" minisign-public-key-text "\n" age-recipient "\n"). The tag is the first 8 characters of the same hash in
 * lower-case Crockford base32 (alphabet 0123456789abcdefghjkmnpqrstvwxyz, most significant bit first). The fingerprint, for the telephone, is
 * six groups of five digits: bytes 0–4, 5–9 … 25–29 as big-endian numbers modulo 100000. */
#ifndef CRYPTO_IDENTITY_H
#define CRYPTO_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "crypto/bech32.h"
#include "crypto/hash.h"

#define DEVICE_ID_SIZE 33		/* 32 hex digits and a NUL */
#define DEVICE_TAG_SIZE 9		/* 8 characters and a NUL */
#define FINGERPRINT_SIZE 36		/* "60952 06698 76145 97334 23889 71459" and a NUL */
#define MINISIGN_KEY_SIZE 57		/* 56 characters of base64 and a NUL */

/* What others know. */
struct public_identity {
	unsigned char key_id[8];		/* minisign's key id */
	unsigned char verify_key[32];		/* Ed25519 */
	unsigned char seal_key[32];		/* X25519: the age recipient */
	char minisign[MINISIGN_KEY_SIZE];	/* derived from here on */
	char recipient[AGE_RECIPIENT_SIZE];
	char id[DEVICE_ID_SIZE];
	char tag[DEVICE_TAG_SIZE];
	char fingerprint[FINGERPRINT_SIZE];
};

/* What the device alone knows; in guarded memory. */
struct identity {
	struct public_identity pub;
	unsigned char sign_key[64];		/* Ed25519 seed and public key, libsodium's layout */
	unsigned char open_key[32];		/* X25519 scalar, unclamped: the age identity */
};

#define IDENTITY_SECRET_SIZE (8 + 64 + 32)	/* key id, sign key, open key: the form in which the store keeps it */

struct identity *identity_new(void);
void identity_free(struct identity *id);
void identity_export(const struct identity *id, unsigned char out[IDENTITY_SECRET_SIZE]);
struct identity *identity_import(const unsigned char in[IDENTITY_SECRET_SIZE]);	/* NULL when the halves do not belong together */

/* From the two texts; -1 when one is not canonical, or its key is of low order or no point at all. Fills everything. */
int public_identity_read(struct public_identity *pub, const char *minisign, const char *recipient) __attribute__((warn_unused_result));
/* The same of two texts that were read so once and were kept under seal since: what the keys are is not asked again, which costs a quarter of a short collection. */
int public_identity_known(struct public_identity *pub, const char *minisign, const char *recipient) __attribute__((warn_unused_result));

/* The fingerprint of a hash of public keys. */
void fingerprint_of(const unsigned char hash[HASH_SIZE], char out[FINGERPRINT_SIZE]);

/* Compares a fingerprint as a person typed it (any blanks or hyphens between digits) with the real one. */
bool fingerprint_matches(const char *typed, const char fingerprint[FINGERPRINT_SIZE]);

#endif
