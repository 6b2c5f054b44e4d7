#include "tests/unit/test.h"

#include <string.h>

#include "crypto/base64.h"
#include "crypto/minisig.h"
#include "crypto/secret.h"

#define TEXT "bundle/1 from=00 to=11 epoch=1 seq=1"

static struct identity *id;
static unsigned char payload_hash[HASH_LONG_SIZE];

static void block(const char *trusted, struct buf *out)
{
	buf_reset(out);
	minisig_write(id, payload_hash, trusted, out);
}

/* Read, and both signatures right. */
static bool accepted(const char *data, size_t len)
{
	struct minisig m;

	return minisig_read(&m, data, len, NULL) == 0 && m.block_len == len && minisig_verify_comment(&m, &id->pub) == 0
	    && minisig_verify_payload(&m, &id->pub, payload_hash) == 0;
}

static void test_round(void)
{
	struct err e = ERR_INIT;
	struct buf b = BUF_INIT;
	char longest[MINISIG_TRUSTED_MAX + 1];
	struct minisig m;
	size_t len;

	memset(longest, '~', sizeof longest);
	longest[MINISIG_TRUSTED_MAX] = '\0';
	block(longest, &b);
	CHECK(accepted(b.data, b.len));
	CHECK(b.len <= MINISIG_BLOCK_MAX);
	block("", &b);
	CHECK(accepted(b.data, b.len));

	block(TEXT, &b);
	len = b.len;
	CHECK(strncmp(b.data, "untrusted comment: " MINISIG_COMMENT "\nRU", strlen(MINISIG_COMMENT) + 22) == 0);
	buf_adds(&b, "age-encryption.org/v1\n\xff");
	REQUIRE_OK(minisig_read(&m, b.data, b.len, &e));
	CHECK_INT(m.block_len, len);
	CHECK_STR(m.trusted, TEXT);
	CHECK_INT(m.trusted_len, strlen(TEXT));
	CHECK_MEM(m.key_id, 8, id->pub.key_id, 8);
	CHECK_INT(minisig_verify_comment(&m, &id->pub), 0);
	CHECK_INT(minisig_verify_payload(&m, &id->pub, payload_hash), 0);
	buf_release(&b);
}

static void test_wrong_keys(void)
{
	struct identity *stranger = identity_new();
	struct public_identity copied;
	struct buf b = BUF_INIT;
	unsigned char other[HASH_LONG_SIZE];
	struct minisig m;

	block(TEXT, &b);
	REQUIRE(minisig_read(&m, b.data, b.len, NULL) == 0);
	CHECK_INT(minisig_verify_comment(&m, &stranger->pub), -1);
	CHECK_INT(minisig_verify_payload(&m, &stranger->pub, payload_hash), -1);
	copied = stranger->pub;				/* the right key id over the wrong key */
	memcpy(copied.key_id, id->pub.key_id, 8);
	CHECK_INT(minisig_verify_comment(&m, &copied), -1);
	CHECK_INT(minisig_verify_payload(&m, &copied, payload_hash), -1);
	copied = id->pub;				/* and the other way round */
	copied.key_id[7] ^= 1;
	CHECK_INT(minisig_verify_comment(&m, &copied), -1);
	CHECK_INT(minisig_verify_payload(&m, &copied, payload_hash), -1);
	memcpy(other, payload_hash, sizeof other);
	other[63] ^= 128;
	CHECK_INT(minisig_verify_payload(&m, &id->pub, other), -1);
	buf_release(&b);
	identity_free(stranger);
}

/* Every bit of a block is constant, canonical or signed. */
static void test_every_bit(void)
{
	struct buf b = BUF_INIT;
	size_t bit;

	block(TEXT, &b);
	for (bit = 0; bit < 8 * b.len; bit++) {
		b.data[bit / 8] ^= (char)(1 << bit % 8);
		if (accepted(b.data, b.len)) {
			test_note("bit %zu of byte %zu", bit % 8, bit / 8);
			CHECK(!"accepted");
		}
		b.data[bit / 8] ^= (char)(1 << bit % 8);
	}
	CHECK(accepted(b.data, b.len));
	buf_release(&b);
}

static void test_every_cut(void)
{
	struct buf b = BUF_INIT;
	struct minisig m;
	struct err e = ERR_INIT;
	size_t len;

	block(TEXT, &b);
	for (len = 0; len < b.len; len++) {
		CHECK_INT(minisig_read(&m, b.data, len, &e), -1);
		CHECK_INT(e.code, ERR_DAMAGED);
	}
	CHECK(e.text[0] != '\0');
	buf_release(&b);
}

/* A block with `old` replaced by `by` (by_len bytes). */
static void refused(const char *old, const char *by, size_t by_len)
{
	struct buf b = BUF_INIT, out = BUF_INIT;
	struct minisig m;
	const char *at;

	block(TEXT, &b);
	at = strstr(b.data, old);
	if (CHECK(at != NULL)) {
		buf_add(&out, b.data, (size_t)(at - b.data));
		buf_add(&out, by, by_len);
		buf_adds(&out, at + strlen(old));
		if (minisig_read(&m, out.data, out.len, NULL) == 0) {
			test_note("\"%s\" for \"%s\"", by, old);
			CHECK(!"read");
		}
	}
	buf_release(&b);
	buf_release(&out);
}
#define REFUSED(old, by) refused(old, by, sizeof by - 1)

static void test_strict(void)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct buf b = BUF_INIT;
	struct minisig m;
	char longer[MINISIG_TRUSTED_MAX + 2];
	const char *end;
	size_t at;

	REFUSED(MINISIG_COMMENT, "signature from minisign secret key");
	REFUSED(MINISIG_COMMENT, MINISIG_COMMENT " ");
	REFUSED("untrusted", "Untrusted");
	REFUSED("\n", "\r\n");
	REFUSED("\nRU", "\n\nRU");
	REFUSED("\nRU", "\n RU");
	REFUSED("trusted comment: bundle", "trusted comment:bundle");
	REFUSED("\ntrusted comment: ", "\ntrusted Comment: ");
	REFUSED("seq=1", "seq=1\rEVIL");
	REFUSED("seq=1", "seq=1\0EVIL");
	REFUSED("seq=1", "seq=1\x1b[2J");
	REFUSED("seq=1", "seq=1\x7f");
	REFUSED("seq=1", "seq=1\t");
	REFUSED("seq=1", "seq=1\xd0\xb0");
	REFUSED("seq=1\n", "seq=1\r\n");
	REFUSED("==\n", "==\r\n");
	REFUSED("==\n", "=\n");
	REFUSED("==\n", "\n");
	REFUSED("==\n", "== \n");
	memset(longer, 'x', sizeof longer);
	refused(TEXT, longer, MINISIG_TRUSTED_MAX + 1);

	/* The four unused bits before "==" give 15 further spellings of line 4, the same holds for line 2 (padding of one: two bits, three). */
	block(TEXT, &b);
	end = strstr(b.data, "==\n");
	REQUIRE(end != NULL);
	at = (size_t)(end - b.data) - 1;
	b.data[at] = alphabet[strchr(alphabet, b.data[at]) - alphabet + 1];
	CHECK_INT(minisig_read(&m, b.data, b.len, NULL), -1);
	block(TEXT, &b);
	end = strstr(b.data, "=\ntrusted");
	REQUIRE(end != NULL);
	at = (size_t)(end - b.data) - 1;
	b.data[at] = alphabet[strchr(alphabet, b.data[at]) - alphabet + 1];
	CHECK_INT(minisig_read(&m, b.data, b.len, NULL), -1);
	buf_release(&b);
}

/* libsodium 1.0.18 reads byte 0xAF, and all of 0x80–0xFF, as a slash. */
static void test_slash(void)
{
	struct buf b = BUF_INIT;
	struct minisig m;
	char *slash;
	int found = 0, tries;

	for (tries = 0; tries < 50 && found < 20; tries++) {
		payload_hash[1] ^= (unsigned char)(tries + 1);
		block(TEXT, &b);
		for (slash = strchr(b.data, '\n'); (slash = strchr(slash + 1, '/')) != NULL; found++) {
			if (strncmp(slash, "/1 from", 7) == 0)
				continue;
			*slash = '\xaf';
			CHECK_INT(minisig_read(&m, b.data, b.len, NULL), -1);
			*slash = '/';
		}
		CHECK(accepted(b.data, b.len));
	}
	CHECK(found >= 20);
	buf_release(&b);
}

/* "Ed", the legacy form, and any other algorithm. */
static void test_algorithm(void)
{
	static const char *const names[] = { "Ed", "eD", "EE", "\0\0" };
	struct buf b = BUF_INIT;
	unsigned char line[74];
	struct minisig m;
	char *text, again[BASE64_SIZE(74)];
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		block(TEXT, &b);
		text = strchr(b.data, '\n') + 1;
		REQUIRE(base64_decode(text, 100, true, line, sizeof line) == 0);
		memcpy(line, names[i], 2);
		base64_encode(line, sizeof line, true, again);
		memcpy(text, again, 100);
		CHECK_INT(minisig_read(&m, b.data, b.len, NULL), -1);
	}
	buf_release(&b);
}

static void test_public_key_file(void)
{
	struct public_identity pub = id->pub;
	struct buf b = BUF_INIT;

	memcpy(pub.key_id, "\xab\x01\x53\xf5\xd9\xfb\x7c\x07", 8);
	strcpy(pub.minisign, "RWS");
	minisig_public_key_file(&pub, &b);
	CHECK_STR(b.data, "untrusted comment: minisign public key 077CFBD9F55301AB\nRWS\n");
	buf_release(&b);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_round), TEST(test_wrong_keys), TEST(test_every_bit), TEST(test_every_cut), TEST(test_strict),
	    TEST(test_slash), TEST(test_algorithm), TEST(test_public_key_file), TEST_END };
	int result;

	if (crypto_start(NULL) != 0)
		return 1;
	id = identity_new();
	crypto_random(payload_hash, sizeof payload_hash);
	result = test_main(argc, argv, tests);
	identity_free(id);
	return result;
}
