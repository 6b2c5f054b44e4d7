#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/hash.h"
#include "crypto/seal.h"
#include "crypto/secret.h"

#define PAGE 4056

/* draft-irtf-cfrg-xchacha-03, appendix A.3.1. */
static void test_known(void)
{
	static const char text[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
	static const char cipher[] =
	    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
	    "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
	    "21f9664c97637da9768812f615c68b13b52e";
	unsigned char key[32], ad[12], extra[SEAL_EXTRA], in[sizeof text - 1], out[sizeof text - 1];
	size_t i;

	for (i = 0; i < 32; i++)
		key[i] = (unsigned char)(0x80 + i);
	for (i = 0; i < 24; i++)
		extra[i] = (unsigned char)(0x40 + i);
	REQUIRE(hash_from_hex("c0875924c1c7987947deafd8780acf49", 32, extra + 24, 16) == 0);
	REQUIRE(hash_from_hex("50515253c0c1c2c3c4c5c6c7", 24, ad, 12) == 0);
	REQUIRE(hash_from_hex(cipher, 2 * sizeof in, in, sizeof in) == 0);
	REQUIRE(seal_open(key, ad, 12, in, sizeof in, extra, out) == 0);
	CHECK_MEM(out, sizeof out, text, sizeof out);
}

static void test_round(void)
{
	unsigned char key[32], plain[PAGE], sealed[PAGE], back[PAGE], extra[SEAL_EXTRA];
	size_t len;
	int i;

	crypto_random(key, sizeof key);
	for (i = 0; i < 200; i++) {
		len = i < 20 ? (size_t)i : test_random() % (PAGE + 1);
		crypto_random(plain, sizeof plain);
		seal(key, "page 7", 6, plain, len, sealed, extra);
		CHECK(len < 16 || memcmp(plain, sealed, len) != 0);
		CHECK_INT(seal_open(key, "page 7", 6, sealed, len, extra, back), 0);
		CHECK_MEM(back, len, plain, len);

		memcpy(back, plain, len);				/* in place, both ways */
		seal(key, NULL, 0, back, len, back, extra);
		CHECK_INT(seal_open(key, NULL, 0, back, len, extra, back), 0);
		CHECK_MEM(back, len, plain, len);
	}
}

/* Every bit of text, nonce, tag, associated data and key matters, and so does the length. */
static void test_changes(void)
{
	unsigned char key[32], plain[40], sealed[40], back[40], extra[SEAL_EXTRA], ad[9] = "page 0001";
	struct { unsigned char *p; size_t len; } parts[] = { { sealed, 40 }, { extra, SEAL_EXTRA }, { ad, 9 }, { key, 32 } };
	size_t part, bit;

	crypto_random(key, sizeof key);
	crypto_random(plain, sizeof plain);
	seal(key, ad, sizeof ad, plain, sizeof plain, sealed, extra);
	for (part = 0; part < 4; part++)
		for (bit = 0; bit < 8 * parts[part].len; bit++) {
			parts[part].p[bit / 8] ^= (unsigned char)(1 << bit % 8);
			CHECK_INT(seal_open(key, ad, sizeof ad, sealed, sizeof sealed, extra, back), -1);
			parts[part].p[bit / 8] ^= (unsigned char)(1 << bit % 8);
		}
	CHECK_INT(seal_open(key, ad, sizeof ad, sealed, sizeof sealed - 1, extra, back), -1);
	CHECK_INT(seal_open(key, ad, sizeof ad - 1, sealed, sizeof sealed, extra, back), -1);
	CHECK_INT(seal_open(key, ad, sizeof ad, sealed, sizeof sealed, extra, back), 0);
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, SEAL_NONCE_SIZE);
}

static void draw(unsigned char (*nonces)[SEAL_NONCE_SIZE], size_t count)
{
	static const unsigned char key[32];
	unsigned char extra[SEAL_EXTRA];
	size_t i;

	for (i = 0; i < count; i++) {
		seal(key, NULL, 0, "", 0, extra, extra);
		memcpy(nonces[i], extra, SEAL_NONCE_SIZE);
	}
}

/* Nonces do not come again: not over many pools, and not in a child process that was forked in the middle of one. */
static void test_nonces(void)
{
	enum { FIRST = 1000, CHILD = 300, LATER = 300, ALL = FIRST + CHILD + LATER };
	static unsigned char nonces[ALL][SEAL_NONCE_SIZE];
	static const unsigned char zero[SEAL_NONCE_SIZE];
	unsigned char *from_child;
	int ends[2], status, i;
	size_t at;
	ssize_t n;
	pid_t child;

	draw(nonces, FIRST);
	REQUIRE(pipe(ends) == 0);
	child = fork();
	REQUIRE(child >= 0);
	if (child == 0) {
		draw(nonces, CHILD);
		n = write(ends[1], nonces, sizeof *nonces * CHILD);
		_exit(n == (ssize_t)(sizeof *nonces * CHILD) ? 0 : 1);
	}
	close(ends[1]);
	from_child = (unsigned char *)(nonces + FIRST);
	for (at = 0; (n = read(ends[0], from_child + at, sizeof *nonces * CHILD - at)) > 0; at += (size_t)n)
		;
	close(ends[0]);
	REQUIRE(waitpid(child, &status, 0) == child && status == 0 && at == sizeof *nonces * CHILD);
	draw(nonces + FIRST + CHILD, LATER);

	qsort(nonces, ALL, sizeof *nonces, by_bytes);
	CHECK(memcmp(nonces[0], zero, sizeof zero) != 0);
	for (i = 1; i < ALL; i++)
		CHECK(memcmp(nonces[i - 1], nonces[i], sizeof *nonces) != 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_known), TEST(test_round), TEST(test_changes), TEST(test_nonces), TEST_END };

	return crypto_start(NULL) == 0 ? test_main(argc, argv, tests) : 1;
}
