#include "crypto/age_parts.h"

#include <sodium.h>
#include <string.h>

#include "crypto/kdf.h"
#include "crypto/secret.h"

#define X25519_INFO "age-encryption.org/v1/X25519"

static const unsigned char zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

/* The key that wraps the file key, from the secret of one of the two sides and what the other side showed. -1: low order. */
static int wrap_key(const unsigned char secret[32], const unsigned char other[32], const unsigned char share[32],
    const unsigned char recipient[32], unsigned char wrap[32])
{
	unsigned char shared[32], salt[64];

	if (crypto_scalarmult(shared, secret, other) != 0) {
		secret_wipe(shared, sizeof shared);
		return -1;
	}
	memcpy(salt, share, 32);
	memcpy(salt + 32, recipient, 32);
	kdf_hkdf_sha256(shared, sizeof shared, salt, sizeof salt, X25519_INFO, sizeof X25519_INFO - 1, wrap);
	secret_wipe(shared, sizeof shared);
	return 0;
}

int age_stanza_seal(struct age_stanza *s, const unsigned char recipient[32], const unsigned char file_key[AGE_FILE_KEY_SIZE])
{
	unsigned char ephemeral[32], wrap[32];
	int result = -1;

	crypto_random(ephemeral, sizeof ephemeral);
	if (crypto_scalarmult_base(s->share, ephemeral) == 0 && wrap_key(ephemeral, recipient, s->share, recipient, wrap) == 0)
		result = crypto_aead_chacha20poly1305_ietf_encrypt(s->body, NULL, file_key, AGE_FILE_KEY_SIZE, NULL, 0, NULL, zero_nonce,
		    wrap);
	secret_wipe(ephemeral, sizeof ephemeral);
	secret_wipe(wrap, sizeof wrap);
	return result;
}

int age_stanza_open(const struct age_stanza *s, const unsigned char identity[32], unsigned char file_key[AGE_FILE_KEY_SIZE])
{
	unsigned char recipient[32], wrap[32];
	int result = -1;

	if (crypto_scalarmult_base(recipient, identity) == 0 && wrap_key(identity, s->share, s->share, recipient, wrap) == 0)
		result = crypto_aead_chacha20poly1305_ietf_decrypt(file_key, NULL, NULL, s->body, AGE_BODY_SIZE, NULL, 0, zero_nonce,
		    wrap) == 0 ? 0 : 1;
	secret_wipe(wrap, sizeof wrap);
	return result;
}

void age_header_mac(const unsigned char file_key[AGE_FILE_KEY_SIZE], const void *covered, size_t len, unsigned char mac[32])
{
	crypto_auth_hmacsha256_state state;
	unsigned char key[32];

	kdf_hkdf_sha256(file_key, AGE_FILE_KEY_SIZE, NULL, 0, "header", 6, key);
	crypto_auth_hmacsha256_init(&state, key, sizeof key);
	crypto_auth_hmacsha256_update(&state, covered, len);
	crypto_auth_hmacsha256_final(&state, mac);
	secret_wipe(key, sizeof key);
	secret_wipe(&state, sizeof state);
}

void age_stream_init(struct age_stream *s, const unsigned char file_key[AGE_FILE_KEY_SIZE], const unsigned char nonce[AGE_NONCE_SIZE])
{
	kdf_hkdf_sha256(file_key, AGE_FILE_KEY_SIZE, nonce, AGE_NONCE_SIZE, "payload", 7, s->key);
	memset(s->nonce, 0, sizeof s->nonce);
}

/* libsodium's own increment is little-endian. Eleven bytes do not come round in the life of a machine. */
static void count(struct age_stream *s)
{
	size_t i = 11;

	while (i-- > 0 && ++s->nonce[i] == 0)
		;
}

void age_stream_seal(struct age_stream *s, bool last, const unsigned char *in, size_t len, unsigned char *out)
{
	s->nonce[11] = last;
	crypto_aead_chacha20poly1305_ietf_encrypt(out, NULL, in, len, NULL, 0, NULL, s->nonce, s->key);
	count(s);
}

int age_stream_open(struct age_stream *s, bool last, const unsigned char *in, size_t len, unsigned char *out)
{
	s->nonce[11] = last;
	if (crypto_aead_chacha20poly1305_ietf_decrypt(out, NULL, NULL, in, len, NULL, 0, s->nonce, s->key) != 0)
		return -1;
	count(s);
	return 0;
}
