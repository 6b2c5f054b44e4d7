#include "tests/unit/test.h"

#include <ctype.h>
#include <string.h>

#include "crypto/bech32.h"
#include "crypto/hash.h"
#include "crypto/secret.h"

/* Known answer: a key pair of the public age vectors. */
#define SECRET_HEX "ca1626252c53cf1a4dc46695e7fcc46594cb4ccadedb6712dfda0753f3ae355e"
#define SECRET "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"

static void test_known(void)
{
	unsigned char key[32], back[32];
	char text[AGE_IDENTITY_SIZE];

	REQUIRE(hash_from_hex(SECRET_HEX, 64, key, sizeof key) == 0);
	bech32_identity(key, text);
	CHECK_STR(text, SECRET);
	CHECK_INT(bech32_read_identity(SECRET, back), 0);
	CHECK_MEM(back, 32, key, 32);
}

static void test_round(void)
{
	unsigned char key[32], back[32];
	char identity[AGE_IDENTITY_SIZE], recipient[AGE_RECIPIENT_SIZE];
	int i;

	for (i = 0; i < 500; i++) {
		crypto_random(key, sizeof key);
		if (i == 0)
			memset(key, 0, sizeof key);
		if (i == 1)
			memset(key, 255, sizeof key);
		bech32_recipient(key, recipient);
		CHECK_INT(strlen(recipient), AGE_RECIPIENT_SIZE - 1);
		CHECK_INT(bech32_read_recipient(recipient, back), 0);
		CHECK_MEM(back, 32, key, 32);
		bech32_identity(key, identity);
		CHECK_INT(strlen(identity), AGE_IDENTITY_SIZE - 1);
		CHECK_INT(bech32_read_identity(identity, back), 0);
		CHECK_MEM(back, 32, key, 32);
		CHECK_INT(bech32_read_recipient(identity, back), -1);
		CHECK_INT(bech32_read_identity(recipient, back), -1);
	}
}

/* Any one character replaced, by every byte there is, spoils the checksum, the case or the prefix. */
static void test_every_character(void)
{
	unsigned char key[32], back[32];
	char recipient[AGE_RECIPIENT_SIZE], identity[AGE_IDENTITY_SIZE], kept;
	size_t i;
	int c;

	memset(key, 7, sizeof key);
	bech32_recipient(key, recipient);
	bech32_identity(key, identity);
	for (i = 0; i < AGE_RECIPIENT_SIZE - 1; i++) {
		kept = recipient[i];
		for (c = 0; c < 256; c++) {
			recipient[i] = (char)c;
			CHECK_INT(bech32_read_recipient(recipient, back), (char)c == kept ? 0 : -1);
		}
		recipient[i] = kept;
	}
	for (i = 0; i < AGE_IDENTITY_SIZE - 1; i++) {
		kept = identity[i];
		for (c = 0; c < 256; c++) {
			identity[i] = (char)c;
			CHECK_INT(bech32_read_identity(identity, back), (char)c == kept ? 0 : -1);
		}
		identity[i] = kept;
	}
}

static void test_case_and_length(void)
{
	unsigned char key[32] = { 1, 2, 3 }, back[32];
	char recipient[AGE_RECIPIENT_SIZE], identity[AGE_IDENTITY_SIZE], longer[AGE_IDENTITY_SIZE + 8];
	size_t i;

	bech32_recipient(key, recipient);
	bech32_identity(key, identity);
	strcpy(longer, recipient);
	strcat(longer, "q");
	CHECK_INT(bech32_read_recipient(longer, back), -1);
	longer[AGE_RECIPIENT_SIZE - 2] = '\0';
	CHECK_INT(bech32_read_recipient(longer, back), -1);
	CHECK_INT(bech32_read_recipient("", back), -1);
	CHECK_INT(bech32_read_identity("", back), -1);
	CHECK_INT(bech32_read_recipient("age1", back), -1);
	for (i = 0; recipient[i] != '\0'; i++)
		recipient[i] = (char)toupper((unsigned char)recipient[i]);
	CHECK_INT(bech32_read_recipient(recipient, back), -1);
	for (i = 0; identity[i] != '\0'; i++)
		identity[i] = (char)tolower((unsigned char)identity[i]);
	CHECK_INT(bech32_read_identity(identity, back), -1);
}

#define GOOD_TEXT "age1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0savhh7m"
#define PADDING_TEXT "age1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc03q6rzrf"
#define BECH32M_TEXT "age1qqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0sgs8mme"

/* Right checksums over wrong texts: bits in the padding, and bech32m. Made with an independent implementation. */
static void test_right_checksum(void)
{
	unsigned char back[32];

	CHECK_INT(bech32_read_recipient(PADDING_TEXT, back), -1);
	CHECK_INT(bech32_read_recipient(BECH32M_TEXT, back), -1);
	CHECK_INT(bech32_read_recipient(GOOD_TEXT, back), 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_known), TEST(test_round), TEST(test_every_character), TEST(test_case_and_length),
	    TEST(test_right_checksum), TEST_END };

	return crypto_start(NULL) == 0 ? test_main(argc, argv, tests) : 1;
}
