#include "tests/vectors/age_forge.h"

#include <sodium.h>
#include <string.h>

static void hmac(const unsigned char *key, size_t key_len, const void *data, size_t len, unsigned char out[32])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key, key_len);
	crypto_auth_hmacsha256_update(&state, data, len);
	crypto_auth_hmacsha256_final(&state, out);
}

static void hkdf(const unsigned char *ikm, size_t ikm_len, const unsigned char *salt, size_t salt_len, const char *info, unsigned char out[32])
{
	unsigned char prk[32], block[64];
	size_t n = strlen(info);

	hmac(salt, salt_len, ikm, ikm_len, prk);
	memcpy(block, info, n);
	block[n] = 1;
	hmac(prk, sizeof prk, block, n + 1, out);
}

void forge_bytes(const char *label, unsigned char *out, size_t len)
{
	unsigned char seed[randombytes_SEEDBYTES];

	crypto_generichash(seed, sizeof seed, (const unsigned char *)label, strlen(label), NULL, 0);
	randombytes_buf_deterministic(out, len, seed);
}

void forge_base64(struct buf *out, const unsigned char *data, size_t len)
{
	char text[256];

	sodium_bin2base64(text, sizeof text, data, len, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
	buf_adds(out, text);
}

void forge_wrap(struct forge_stanza *s, const char *label, const unsigned char identity[32], const unsigned char *key, size_t key_len)
{
	static const unsigned char nonce[12];
	unsigned char ephemeral[32], salt[64], shared[32], wrap[32];
	unsigned long long n;

	forge_bytes(label, ephemeral, sizeof ephemeral);
	crypto_scalarmult_base(s->share, ephemeral);
	memcpy(salt, s->share, 32);
	crypto_scalarmult_base(salt + 32, identity);
	if (crypto_scalarmult(shared, ephemeral, salt + 32) != 0)
		memset(shared, 0, sizeof shared);
	hkdf(shared, sizeof shared, salt, sizeof salt, "age-encryption.org/v1/X25519", wrap);
	crypto_aead_chacha20poly1305_ietf_encrypt(s->body, &n, key, key_len, NULL, 0, NULL, nonce, wrap);
	s->body_len = (size_t)n;
}

void forge_stanza(struct buf *out, const struct forge_stanza *s)
{
	size_t at;

	buf_adds(out, "-> X25519 ");
	forge_base64(out, s->share, sizeof s->share);
	buf_addc(out, '\n');
	for (at = 0; s->body_len - at >= 48; at += 48) {
		forge_base64(out, s->body + at, 48);
		buf_addc(out, '\n');
	}
	forge_base64(out, s->body + at, s->body_len - at);
	buf_addc(out, '\n');
}

void forge_mac_bytes(const struct buf *header, const unsigned char file_key[16], unsigned char mac[32])
{
	static const unsigned char nothing[1];
	struct buf covered = BUF_INIT;
	unsigned char key[32];

	hkdf(file_key, 16, nothing, 0, "header", key);
	buf_add(&covered, header->data, header->len);
	buf_adds(&covered, "---");
	hmac(key, sizeof key, covered.data, covered.len, mac);
	buf_release(&covered);
}

void forge_mac(struct buf *header, const unsigned char file_key[16])
{
	unsigned char mac[32];

	forge_mac_bytes(header, file_key, mac);
	buf_adds(header, "--- ");
	forge_base64(header, mac, sizeof mac);
	buf_addc(header, '\n');
}

void forge_chunk(struct buf *out, const unsigned char file_key[16], const unsigned char nonce[16], uint64_t counter, bool last,
    const unsigned char *data, size_t len)
{
	unsigned char key[32], iv[12] = { 0 };
	unsigned long long n;
	size_t i;

	hkdf(file_key, 16, nonce, 16, "payload", key);
	for (i = 0; i < 8; i++)
		iv[10 - i] = (unsigned char)(counter >> 8 * i);
	iv[11] = last;
	buf_reserve(out, len + 16);
	crypto_aead_chacha20poly1305_ietf_encrypt((unsigned char *)out->data + out->len, &n, data, len, NULL, 0, NULL, iv, key);
	out->len += (size_t)n;
	out->data[out->len] = '\0';
}

void forge_payload(struct buf *out, const unsigned char file_key[16], const unsigned char nonce[16], const unsigned char *data, size_t len)
{
	uint64_t counter = 0;

	buf_add(out, nonce, 16);
	for (; len > FORGE_CHUNK; data += FORGE_CHUNK, len -= FORGE_CHUNK)
		forge_chunk(out, file_key, nonce, counter++, false, data, FORGE_CHUNK);
	forge_chunk(out, file_key, nonce, counter, true, data, len);
}
