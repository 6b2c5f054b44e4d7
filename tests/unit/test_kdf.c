#include "tests/unit/test.h"

#include <string.h>

#include "crypto/hash.h"
#include "crypto/kdf.h"
#include "crypto/secret.h"

static size_t from_hex(const char *hex, unsigned char *out)
{
	size_t len = strlen(hex) / 2;

	if (hash_from_hex(hex, 2 * len, out, len) != 0)
		CHECK(!"hex");
	return len;
}

/* RFC 5869, appendix A: the first 32 bytes of output, which are the first block. */
static void test_hkdf(void)
{
	static const struct { const char *ikm, *salt, *info, *okm; } cases[] = {
		{ "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
		    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf" },
		{ "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
		    "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
		    "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f"
		    "909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
		    "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
		    "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
		    "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c" },
		{ "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d" },
	};
	unsigned char ikm[128], salt[128], info[128], want[32], got[32];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t ikm_len = from_hex(cases[i].ikm, ikm), salt_len = from_hex(cases[i].salt, salt), info_len = from_hex(cases[i].info, info);

		from_hex(cases[i].okm, want);
		kdf_hkdf_sha256(ikm, ikm_len, salt_len > 0 ? salt : NULL, salt_len, info_len > 0 ? info : NULL, info_len, got);
		CHECK_MEM(got, 32, want, 32);
	}
}

/* The steps of the known age file: wrap key, HMAC key and payload key. */
static void test_age_keys(void)
{
	unsigned char shared[32], salt[64], file_key[16], nonce[16], want[32], got[32];

	from_hex("3e6809a7c389ed0a1462d2e3a283ef87f1e205393ce0036916c2ddca6622a370", shared);
	from_hex("4c4885d32a6aafe6e9bdca973720952692fb3aec0f755c0f2fb29011b1433827", salt);
	from_hex("36dcec3f5f24739a0c8b36cbb4ffa25729a94a51d41fb205a37419fe7f5adb2a", salt + 32);
	kdf_hkdf_sha256(shared, 32, salt, 64, "age-encryption.org/v1/X25519", 28, got);
	from_hex("5e7e89500119f0097a93c06cc172436782b9f8da89dd736352321e19923706b8", want);
	CHECK_MEM(got, 32, want, 32);

	from_hex("59454c4c4f57205355424d4152494e45", file_key);
	kdf_hkdf_sha256(file_key, 16, "", 0, "header", 6, got);
	from_hex("a4bf3b9f4e908993e678eb71e558faedac5829d1d632c50225217c066fec77d2", want);
	CHECK_MEM(got, 32, want, 32);

	from_hex("eecf62c7ce91b433274e68d4f2f9134c", nonce);
	kdf_hkdf_sha256(file_key, 16, nonce, 16, "payload", 7, got);
	from_hex("6b6c189a7af0e7b1dba932c87080d8926b2de53fbf9eac516394701223669022", want);
	CHECK_MEM(got, 32, want, 32);
}

static void test_cost(void)
{
	struct err e = ERR_INIT;
	unsigned char salt[KDF_SALT_SIZE] = { 0 }, out[32];
	static const struct { struct kdf_cost cost; int good; } cases[] = {
		{ { 1, 8 }, 0 }, { { 16, 1024 * 1024 }, 0 }, { { 3, 262144 }, 0 }, { { 0, 8 }, -1 }, { { 17, 8 }, -1 }, { { 1, 7 }, -1 },
		{ { 1, 0 }, -1 }, { { 1, 1024 * 1024 + 1 }, -1 }, { { UINT32_MAX, UINT32_MAX }, -1 },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_INT(kdf_cost_check(cases[i].cost), cases[i].good);
	CHECK_INT(kdf_passphrase("x", 1, salt, (struct kdf_cost){ 17, 8 }, out, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(e.text[0] != '\0');
}

static void test_default_cost(void)
{
	struct kdf_cost cost = kdf_cost_default();

	CHECK_INT(kdf_cost_check(cost), 0);
	CHECK((cost.passes == 3 && cost.memory_kib == 262144) || (cost.passes == 2 && cost.memory_kib == 65536));
	kdf_cost_for_tests((struct kdf_cost){ 1, 8 });
	CHECK_INT(kdf_cost_default().memory_kib, 8);
	kdf_cost_for_tests((struct kdf_cost){ 0, 0 });
	CHECK_INT(kdf_cost_default().memory_kib, cost.memory_kib);
}

/* The answers are those of the reference program argon2 (`-id -v 13`, one lane). */
static void test_passphrase(void)
{
	struct err e = ERR_INIT;
	unsigned char salt[KDF_SALT_SIZE], want[32], got[32], other[32];

	memcpy(salt, "0123456789abcdef", sizeof salt);
	REQUIRE_OK(kdf_passphrase("correct horse", 13, salt, (struct kdf_cost){ 2, 64 }, got, &e));
	from_hex("74fb6b1d311ac0bb4c891f7efd79680245d9f84b72ad8f9bbe61c86e2b9f864d", want);
	CHECK_MEM(got, 32, want, 32);
	REQUIRE_OK(kdf_passphrase("correct horsf", 13, salt, (struct kdf_cost){ 2, 64 }, other, &e));
	CHECK(memcmp(got, other, 32) != 0);
	REQUIRE_OK(kdf_passphrase("correct horse", 13, salt, (struct kdf_cost){ 3, 64 }, other, &e));
	CHECK(memcmp(got, other, 32) != 0);
	REQUIRE_OK(kdf_passphrase("correct horse", 13, salt, (struct kdf_cost){ 2, 65 }, other, &e));
	CHECK(memcmp(got, other, 32) != 0);
	salt[15] ^= 1;
	REQUIRE_OK(kdf_passphrase("correct horse", 13, salt, (struct kdf_cost){ 2, 64 }, other, &e));
	CHECK(memcmp(got, other, 32) != 0);
	REQUIRE_OK(kdf_passphrase("", 0, salt, (struct kdf_cost){ 1, 8 }, other, &e));
}

/* crypto_kdf is BLAKE2b with the number as salt and the context as person; the answer is Python's hashlib.blake2b. */
static void test_subkey(void)
{
	unsigned char key[32], want[32], got[32], other[32];
	size_t i;

	for (i = 0; i < 32; i++)
		key[i] = (unsigned char)i;
	kdf_subkey(key, 7, "db-pages", got);
	from_hex("49aaa9b10d85ccf5ef7ef20392369c14e434a762596ec720dda8302daf50c56b", want);
	CHECK_MEM(got, 32, want, 32);
	kdf_subkey(key, 8, "db-pages", other);
	CHECK(memcmp(got, other, 32) != 0);
	kdf_subkey(key, 7, "wal-page", other);
	CHECK(memcmp(got, other, 32) != 0);
}

/* `printf abc | b2sum`, and a state that stands anywhere and is fed in pieces. */
static void test_hash(void)
{
	unsigned char room[sizeof(struct hash) + 1], bytes[1000], whole[64], pieces[64];
	struct hash *h = (struct hash *)(void *)room;
	char hex[129];
	size_t shift, at, n;

	hash_of("abc", 3, whole);
	hash_hex(whole, 32, hex);
	CHECK_STR(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	crypto_random(bytes, sizeof bytes);
	for (shift = 0; shift < 2; shift++) {
		struct hash copy;

		h = (struct hash *)(void *)(room + shift);
		hash_init(h, HASH_LONG_SIZE);
		for (at = 0; at < sizeof bytes; at += n) {
			n = 1 + test_random() % 200;
			n = n < sizeof bytes - at ? n : sizeof bytes - at;
			hash_add(h, bytes + at, n);
		}
		memcpy(&copy, h, sizeof copy);
		hash_end(h, shift ? pieces : whole, HASH_LONG_SIZE);
		hash_end(&copy, shift ? whole : pieces, HASH_LONG_SIZE);
		CHECK_MEM(whole, 64, pieces, 64);
	}
	hash_init(h, HASH_LONG_SIZE);
	hash_add(h, "abc", 3);
	hash_end(h, whole, HASH_LONG_SIZE);
	hash_hex(whole, 64, hex);
	CHECK_STR(hex, "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
	    "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
}

static void test_hex(void)
{
	unsigned char out[2];

	CHECK_INT(hash_from_hex("0aff", 4, out, 2), 0);
	CHECK_MEM(out, 2, "\x0a\xff", 2);
	CHECK_INT(hash_from_hex("0aFf", 4, out, 2), -1);
	CHECK_INT(hash_from_hex("0a f", 4, out, 2), -1);
	CHECK_INT(hash_from_hex("0af", 3, out, 2), -1);
	CHECK_INT(hash_from_hex("0aff00", 6, out, 2), -1);
	CHECK_INT(hash_from_hex("0agf", 4, out, 2), -1);
	CHECK_INT(hash_from_hex("", 0, out, 0), 0);
}

static void test_secret(void)
{
	unsigned char *p = secret_new(33), zero[33] = { 0 };

	CHECK_INT((uintptr_t)p % 64, 0);
	CHECK_MEM(p, 33, zero, 33);
	crypto_random(p, 33);
	CHECK(!secret_equal(p, zero, 33));
	secret_wipe(p, 33);
	CHECK(secret_equal(p, zero, 33));
	secret_free(p);
	secret_free(NULL);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_hkdf), TEST(test_age_keys), TEST(test_cost), TEST(test_default_cost), TEST(test_passphrase),
	    TEST(test_subkey), TEST(test_hash), TEST(test_hex), TEST(test_secret), TEST_END };

	return crypto_start(NULL) == 0 ? test_main(argc, argv, tests) : 1;
}
