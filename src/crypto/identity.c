#include "crypto/identity.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "crypto/base64.h"
#include "crypto/hash.h"
#include "crypto/secret.h"

#define MINISIGN_BYTES 42		/* "Ed", key id, Ed25519 key */

void fingerprint_of(const unsigned char hash[HASH_SIZE], char out[FINGERPRINT_SIZE])
{
	size_t group, i;

	for (group = 0; group < 6; group++) {
		uint64_t n = 0;

		for (i = 0; i < 5; i++)
			n = n << 8 | hash[5 * group + i];
		snprintf(out + 6 * group, 7, "%05u%s", (unsigned)(n % 100000), group < 5 ? " " : "");
	}
}

static void tag_of(const unsigned char hash[HASH_SIZE], char out[DEVICE_TAG_SIZE])
{
	static const char crockford[] = "0123456789abcdefghjkmnpqrstvwxyz";
	uint64_t bits = 0;
	size_t i;

	for (i = 0; i < 5; i++)
		bits = bits << 8 | hash[i];
	for (i = 0; i < 8; i++)
		out[i] = crockford[bits >> (35 - 5 * i) & 31];
	out[8] = '\0';
}

static void add_line(struct hash *h, const char *text)
{
	hash_add(h, text, strlen(text));
	hash_add(h, "\n", 1);
}

/* Everything that follows from the three public values. */
static void derive(struct public_identity *pub)
{
	unsigned char bytes[MINISIGN_BYTES] = "Ed", hash[HASH_SIZE];
	struct hash h;

	memcpy(bytes + 2, pub->key_id, 8);
	memcpy(bytes + 10, pub->verify_key, 32);
	base64_encode(bytes, sizeof bytes, true, pub->minisign);
	bech32_recipient(pub->seal_key, pub->recipient);

	hash_init(&h, sizeof hash);
	add_line(&h, "device-id/1");
	add_line(&h, pub->minisign);
	add_line(&h, pub->recipient);
	hash_end(&h, hash, sizeof hash);
	hash_hex(hash, (DEVICE_ID_SIZE - 1) / 2, pub->id);
	tag_of(hash, pub->tag);
	fingerprint_of(hash, pub->fingerprint);
}

struct identity *identity_new(void)
{
	struct identity *id = secret_new(sizeof *id);

	bug_if(crypto_sign_keypair(id->pub.verify_key, id->sign_key) != 0);
	crypto_random(id->pub.key_id, sizeof id->pub.key_id);
	crypto_random(id->open_key, sizeof id->open_key);
	bug_if(crypto_scalarmult_base(id->pub.seal_key, id->open_key) != 0);
	derive(&id->pub);
	return id;
}

void identity_free(struct identity *id)
{
	secret_free(id);
}

void identity_export(const struct identity *id, unsigned char out[IDENTITY_SECRET_SIZE])
{
	memcpy(out, id->pub.key_id, 8);
	memcpy(out + 8, id->sign_key, 64);
	memcpy(out + 72, id->open_key, 32);
}

struct identity *identity_import(const unsigned char in[IDENTITY_SECRET_SIZE])
{
	struct identity *id = secret_new(sizeof *id);

	memcpy(id->pub.key_id, in, 8);
	/* The public half is computed from the seed, never believed: signing under a wrong one would give the secret away. */
	bug_if(crypto_sign_seed_keypair(id->pub.verify_key, id->sign_key, in + 8) != 0);
	memcpy(id->open_key, in + 72, 32);
	if (!secret_equal(id->sign_key, in + 8, 64) || crypto_scalarmult_base(id->pub.seal_key, id->open_key) != 0) {
		identity_free(id);
		return NULL;
	}
	derive(&id->pub);
	return id;
}

/* A point of low order gives everybody the same shared secret; libsodium refuses the product, whatever the scalar. */
static bool seals(const unsigned char key[32])
{
	static const unsigned char scalar[32] = { 8 };
	unsigned char product[32];

	return crypto_scalarmult(product, scalar, key) == 0;
}

int public_identity_known(struct public_identity *pub, const char *minisign, const char *recipient)
{
	unsigned char bytes[MINISIGN_BYTES];

	memset(pub, 0, sizeof *pub);
	if (base64_decode(minisign, strlen(minisign), true, bytes, sizeof bytes) != 0 || memcmp(bytes, "Ed", 2) != 0)
		return -1;
	memcpy(pub->key_id, bytes + 2, 8);
	memcpy(pub->verify_key, bytes + 10, 32);
	if (bech32_read_recipient(recipient, pub->seal_key) != 0)
		return -1;
	derive(pub);
	return 0;
}

int public_identity_read(struct public_identity *pub, const char *minisign, const char *recipient)
{
	if (public_identity_known(pub, minisign, recipient) != 0)
		return -1;
	return crypto_core_ed25519_is_valid_point(pub->verify_key) == 1 && seals(pub->seal_key) ? 0 : -1;
}

/* Length of a blank, hyphen or dash at s, as keyboards and word processors make them; 0 when something else stands there. */
static size_t separator(const char *s)
{
	static const char *const known[] = { " ", "\t", "\r", "\n", "-", "\u00a0", "\u202f", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014" };
	size_t i;

	for (i = 0; i < sizeof known / sizeof *known; i++)
		if (strncmp(s, known[i], strlen(known[i])) == 0)
			return strlen(known[i]);
	return 0;
}

bool fingerprint_matches(const char *typed, const char fingerprint[FINGERPRINT_SIZE])
{
	for (;;) {
		size_t n = separator(typed);

		if (n > 0) {
			typed += n;
			continue;
		}
		while (*fingerprint == ' ')
			fingerprint++;
		if (*typed != *fingerprint)
			return false;
		if (*typed == '\0')
			return true;
		typed++;
		fingerprint++;
	}
}
