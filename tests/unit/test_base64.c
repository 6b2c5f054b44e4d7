#include "tests/unit/test.h"

#include <string.h>

#include "crypto/base64.h"
#include "crypto/secret.h"

static void test_rfc4648(void)
{
	static const struct { const char *plain, *padded, *bare; } cases[] = {
		{ "", "", "" }, { "f", "Zg==", "Zg" }, { "fo", "Zm8=", "Zm8" }, { "foo", "Zm9v", "Zm9v" },
		{ "foob", "Zm9vYg==", "Zm9vYg" }, { "fooba", "Zm9vYmE=", "Zm9vYmE" }, { "foobar", "Zm9vYmFy", "Zm9vYmFy" },
	};
	char text[BASE64_SIZE(6)], back[6];
	size_t i, n;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		n = strlen(cases[i].plain);
		CHECK_INT(base64_encode(cases[i].plain, n, true, text), strlen(cases[i].padded));
		CHECK_STR(text, cases[i].padded);
		CHECK_INT(base64_encode(cases[i].plain, n, false, text), strlen(cases[i].bare));
		CHECK_STR(text, cases[i].bare);
		CHECK_INT(base64_decode(cases[i].padded, strlen(cases[i].padded), true, back, n), 0);
		CHECK_MEM(back, n, cases[i].plain, n);
		CHECK_INT(base64_decode_some(cases[i].bare, strlen(cases[i].bare), false, back, sizeof back), n);
		CHECK_MEM(back, n, cases[i].plain, n);
	}
}

static void refused(const char *text, size_t len, bool padded)
{
	unsigned char back[64];

	if (base64_decode_some(text, len, padded, back, sizeof back) != -1) {
		test_note("taken: \"%.*s\"", (int)len, text);
		CHECK(!"another spelling was taken");
	}
}

static void test_other_spellings(void)
{
	static const char *const padded[] = { "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "Zg==Zg==", "Zg==\n", " Zg==", "Zg= =", "Z", "=", "====",
	    "Zm9v=", "Zm9v====", "Zm-v", "Zm_v", "Zm.v" };
	static const char *const bare[] = { "Zg==", "Zg=", "Zh", "Zm9", "Z", "Zm9vY", "Zm9v\n", "Zm9v ", "Zm 9v", "\nZm9v", "Zm9v=" };
	size_t i;

	for (i = 0; i < sizeof padded / sizeof *padded; i++)
		refused(padded[i], strlen(padded[i]), true);
	for (i = 0; i < sizeof bare / sizeof *bare; i++)
		refused(bare[i], strlen(bare[i]), false);
	refused("Zm9v\0", 5, false);
	refused("Zm\0v", 4, false);
}

/* One byte of a text replaced by every other value: only the alphabet's 64 may be taken. libsodium 1.0.18 takes 0x80–0xFF for '/'. */
static void test_every_byte(void)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char text[] = "AAAAAAAA";
	unsigned char back[6];
	int at, c, taken;

	for (at = 0; at < 8; at++) {
		for (c = taken = 0; c < 256; c++) {
			text[at] = (char)c;
			if (base64_decode(text, 8, false, back, sizeof back) == 0) {
				CHECK(c != 0 && strchr(alphabet, c) != NULL);
				taken++;
			}
		}
		CHECK_INT(taken, 64);
		text[at] = 'A';
	}
	refused("AA\xaf\xaf", 4, true);
	refused("\xaf///", 4, true);
}

static void test_sizes(void)
{
	unsigned char data[300], back[300];
	char text[BASE64_SIZE(300)];
	size_t n, len;

	crypto_random(data, sizeof data);
	for (n = 0; n <= sizeof data; n++) {
		len = base64_encode(data, n, n % 2, text);
		CHECK(len < BASE64_SIZE(n));
		CHECK_INT(base64_decode(text, len, n % 2, back, n), 0);
		CHECK_MEM(back, n, data, n);
		CHECK_INT(base64_decode_some(text, len, n % 2, back, n), n);
		if (n > 0) {
			CHECK_INT(base64_decode(text, len, n % 2, back, n - 1), -1);
			CHECK_INT(base64_decode_some(text, len, n % 2, back, n - 1), -1);
		}
		if (n < sizeof data)
			CHECK_INT(base64_decode(text, len, n % 2, back, n + 1), -1);
	}
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_rfc4648), TEST(test_other_spellings), TEST(test_every_byte), TEST(test_sizes), TEST_END };

	return crypto_start(NULL) == 0 ? test_main(argc, argv, tests) : 1;
}
