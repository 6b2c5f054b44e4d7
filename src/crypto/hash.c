#include "crypto/hash.h"

#include <sodium.h>
#include <string.h>

#include "base/err.h"

_Static_assert(sizeof ((struct hash *)0)->state == sizeof(crypto_generichash_state), "struct hash holds libsodium's state");

/* libsodium wants its state on a border of 64 bytes, which memory from malloc need not have. A state that stands elsewhere is worked on as
 * a copy; one that stands well, as most do, costs nothing. */
static crypto_generichash_state *begin(struct hash *h, crypto_generichash_state *copy)
{
	if ((uintptr_t)h->state % _Alignof(crypto_generichash_state) == 0)
		return (crypto_generichash_state *)(void *)h->state;
	memcpy(copy, h->state, sizeof *copy);
	return copy;
}

static void finish(struct hash *h, const crypto_generichash_state *state)
{
	if ((const void *)state != (const void *)h->state)
		memcpy(h->state, state, sizeof *state);
}

void hash_init(struct hash *h, size_t size)
{
	crypto_generichash_state copy, *state;

	bug_if(size != HASH_SIZE && size != HASH_LONG_SIZE);
	memset(h->state, 0, sizeof h->state);
	state = begin(h, &copy);
	bug_if(crypto_generichash_init(state, NULL, 0, size) != 0);
	finish(h, state);
}

void hash_add(struct hash *h, const void *data, size_t len)
{
	crypto_generichash_state copy, *state = begin(h, &copy);

	bug_if(crypto_generichash_update(state, data, len) != 0);
	finish(h, state);
}

void hash_end(struct hash *h, unsigned char *out, size_t size)
{
	crypto_generichash_state copy, *state = begin(h, &copy);

	bug_if(crypto_generichash_final(state, out, size) != 0);
	finish(h, state);
}

void hash_of(const void *data, size_t len, unsigned char out[HASH_SIZE])
{
	bug_if(crypto_generichash(out, HASH_SIZE, data, len, NULL, 0) != 0);
}

void hash_hex(const unsigned char *bytes, size_t len, char *out)
{
	sodium_bin2hex(out, 2 * len + 1, bytes, len);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

int hash_from_hex(const char *text, size_t text_len, unsigned char *out, size_t len)
{
	size_t i;

	if (text_len % 2 != 0 || text_len / 2 != len)
		return -1;
	for (i = 0; i < len; i++) {
		int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return 0;
}

/* A key that everybody may know: the sum finds what changed by mistake or behind the program's back, it does not authenticate. */
uint64_t hash_short(const void *data, size_t len)
{
	static const unsigned char key[crypto_shorthash_KEYBYTES] = "livenet short 1";
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t sum = 0;

	crypto_shorthash(out, len > 0 ? data : out, len, key);
	for (size_t i = 0; i < sizeof out; i++)
		sum = sum << 8 | out[i];
	return sum;
}
