#include "tests/unit/test.h"

#include <stdio.h>
#include <string.h>

#include "crypto/base64.h"
#include "crypto/bech32.h"
#include "crypto/hash.h"
#include "crypto/identity.h"
#include "crypto/secret.h"

static void test_fingerprint(void)
{
	unsigned char hash[HASH_SIZE];
	char text[FINGERPRINT_SIZE];

	REQUIRE(hash_from_hex("b368784ed82efadd5c4a5fc3eff55115631905368eb2df22b1350c551dc3c378", 64, hash, sizeof hash) == 0);
	fingerprint_of(hash, text);
	CHECK_STR(text, "60952 06698 76145 97334 23889 71459");
}

static void test_typed(void)
{
	static const char real[] = "60952 06698 76145 97334 23889 71459";
	static const char *const good[] = { real, "609520669876145973342388971459", "60952-06698-76145-97334-23889-71459",
	    "  60952  06698\t76145 97334 23889 71459\n", "6 0 9 5 2 0 6 6 9 8 7 6 1 4 5 9 7 3 3 4 2 3 8 8 9 7 1 4 5 9",
	    "60952\u00a006698\u00a076145\u201397334\u201123889 71459" };
	static const char *const bad[] = { "", " ", "60952", "60952 06698 76145 97334 23889 7145", "60952 06698 76145 97334 23889 714590",
	    "60952 06698 76145 97334 23889 71450", "0 60952 06698 76145 97334 23889 71459", "60952 06698 76145 97334 23889 71459x",
	    "60952.06698.76145.97334.23889.71459", "06698 60952 76145 97334 23889 71459" };
	size_t i;

	for (i = 0; i < sizeof good / sizeof *good; i++)
		CHECK(fingerprint_matches(good[i], real));
	for (i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!fingerprint_matches(bad[i], real));
}

/* The id as a shell would make it: printf 'device-id/1\n%s\n%s\n' … | b2sum -l 256. */
static void test_derived(void)
{
	struct identity *id = identity_new();
	unsigned char hash[HASH_SIZE], value = 0;
	char text[256], hex[HASH_HEX_SIZE], tag[DEVICE_TAG_SIZE];
	int i, bit;

	snprintf(text, sizeof text, "device-id/1\n%s\n%s\n", id->pub.minisign, id->pub.recipient);
	hash_of(text, strlen(text), hash);
	hash_hex(hash, sizeof hash, hex);
	CHECK_MEM(id->pub.id, strlen(id->pub.id), hex, 32);
	for (i = 0; i < 8; i++) {
		for (value = 0, bit = 5 * i; bit < 5 * i + 5; bit++)
			value = (unsigned char)(value << 1 | (hash[bit / 8] >> (7 - bit % 8) & 1));
		tag[i] = "0123456789abcdefghjkmnpqrstvwxyz"[value];
	}
	tag[8] = '\0';
	CHECK_STR(id->pub.tag, tag);
	CHECK_INT(strlen(id->pub.fingerprint), FINGERPRINT_SIZE - 1);
	CHECK(strncmp(id->pub.minisign, "RW", 2) == 0);
	identity_free(id);
	identity_free(NULL);
}

static void test_export(void)
{
	struct identity *a = identity_new(), *b = identity_new(), *back;
	unsigned char secret[IDENTITY_SECRET_SIZE];
	size_t i;

	CHECK(strcmp(a->pub.id, b->pub.id) != 0);
	identity_export(a, secret);
	back = identity_import(secret);
	if (CHECK(back != NULL))
		CHECK_MEM(back, sizeof *back, a, sizeof *a);
	identity_free(back);
	for (i = 8; i < 72; i++) {			/* seed and public key must belong together */
		secret[i] ^= 16;
		CHECK(identity_import(secret) == NULL);
		secret[i] ^= 16;
	}
	secret_wipe(secret, sizeof secret);
	identity_free(a);
	identity_free(b);
}

static void test_read(void)
{
	struct identity *id = identity_new();
	struct public_identity pub;
	char text[MINISIGN_KEY_SIZE + 2];
	size_t i;
	int c;

	CHECK_INT(public_identity_read(&pub, id->pub.minisign, id->pub.recipient), 0);
	CHECK_MEM(&pub, sizeof pub, &id->pub, sizeof pub);
	CHECK_INT(public_identity_read(&pub, "", id->pub.recipient), -1);
	CHECK_INT(public_identity_read(&pub, id->pub.minisign, ""), -1);
	CHECK_INT(public_identity_read(&pub, id->pub.recipient, id->pub.minisign), -1);
	snprintf(text, sizeof text, "%s\n", id->pub.minisign);
	CHECK_INT(public_identity_read(&pub, text, id->pub.recipient), -1);
	for (i = 0; i < MINISIGN_KEY_SIZE - 1; i++)	/* another text that is taken names another key */
		for (c = 1; c < 256; c++) {
			strcpy(text, id->pub.minisign);
			text[i] = (char)c;
			if (public_identity_read(&pub, text, id->pub.recipient) == 0)
				CHECK_STR(pub.minisign, text);
		}
	identity_free(id);
}

/* Points of low order, and numbers that are no point, as public keys. */
static void test_weak_keys(void)
{
	struct identity *id = identity_new();
	struct public_identity pub;
	unsigned char zero[32] = { 0 }, one[32] = { 1 }, bytes[42] = "Ed";
	char recipient[AGE_RECIPIENT_SIZE], minisign[MINISIGN_KEY_SIZE];

	bech32_recipient(zero, recipient);
	CHECK_INT(public_identity_read(&pub, id->pub.minisign, recipient), -1);
	bech32_recipient(one, recipient);
	CHECK_INT(public_identity_read(&pub, id->pub.minisign, recipient), -1);
	memcpy(bytes + 10, one, 32);				/* the neutral element */
	base64_encode(bytes, sizeof bytes, true, minisign);
	CHECK_INT(public_identity_read(&pub, minisign, id->pub.recipient), -1);
	memset(bytes + 10, 255, 32);				/* not below the prime */
	base64_encode(bytes, sizeof bytes, true, minisign);
	CHECK_INT(public_identity_read(&pub, minisign, id->pub.recipient), -1);
	identity_free(id);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_fingerprint), TEST(test_typed), TEST(test_derived), TEST(test_export), TEST(test_read),
	    TEST(test_weak_keys), TEST_END };

	return crypto_start(NULL) == 0 ? test_main(argc, argv, tests) : 1;
}
