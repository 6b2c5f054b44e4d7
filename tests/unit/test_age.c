#include "tests/unit/test.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fsutil.h"
#include "crypto/age.h"
#include "crypto/age_parts.h"
#include "crypto/base64.h"
#include "crypto/bech32.h"
#include "crypto/hash.h"
#include "crypto/secret.h"

static unsigned char identities[3][32], recipients[3][32];

/* A source that gives its bytes in pieces of at most `step`, and fails at byte `broken` when that is not 0. */
struct source { const char *p; size_t len, at, step, broken; };

static long pull(void *context, void *data, size_t len, struct err *e)
{
	struct source *s = context;

	if (s->broken > 0 && s->at >= s->broken)
		return err_set(e, ERR_IN_USE, "the stick was pulled out");
	len = len < s->step ? len : s->step;
	len = len < s->len - s->at ? len : s->len - s->at;
	memcpy(data, s->p + s->at, len);
	s->at += len;
	return (long)len;
}

static int push(void *context, const void *data, size_t len, struct err *e)
{
	(void)e;
	buf_add(context, data, len);
	return 0;
}

/* Reads a file to its end or its failure; what was released is in out. `ask` bytes are asked for at a time. */
static enum err_code read_all(const unsigned char (*keys)[32], size_t count, struct source *s, size_t ask, struct buf *out)
{
	struct err e = ERR_INIT;
	struct age_reader *r = age_reader_new(keys, count, pull, s, &e);
	char *room;
	long n;

	buf_reset(out);
	if (r == NULL)
		return e.code;
	room = malloc(ask);
	while ((n = age_reader_get(r, room, ask, &e)) > 0)
		buf_add(out, room, (size_t)n);
	CHECK_INT(age_reader_get(r, room, ask, NULL), n);		/* the end and a failure stay */
	free(room);
	age_reader_free(r);
	return n == 0 ? ERR_NONE : e.code;
}

static enum err_code open_bytes(const char *data, size_t len, struct buf *out)
{
	struct source s = { data, len, 0, SIZE_MAX, 0 };

	return read_all(identities, 1, &s, 70000, out);
}

/* The steps of the known file: one stanza of the public age vectors. */
static void test_known_stanza(void)
{
	static const char identity_text[] = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0";
	unsigned char identity[32], recipient[32], want[32], file_key[16];
	struct age_stanza stanza;

	REQUIRE(bech32_read_identity(identity_text, identity) == 0);
	REQUIRE(hash_from_hex("36dcec3f5f24739a0c8b36cbb4ffa25729a94a51d41fb205a37419fe7f5adb2a", 64, want, 32) == 0);
	crypto_scalarmult_base(recipient, identity);
	CHECK_MEM(recipient, 32, want, 32);
	REQUIRE(base64_decode("TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc", 43, false, stanza.share, 32) == 0);
	REQUIRE(base64_decode("hjabGXwSLQ9c3S6Lw2i+S2Tu2fiwQHHslbBN6B41FLE", 43, false, stanza.body, 32) == 0);
	CHECK_INT(age_stanza_open(&stanza, identity, file_key), 0);
	CHECK_MEM(file_key, 16, "YELLOW SUBMARINE", 16);
	CHECK_INT(age_stanza_open(&stanza, identities[0], file_key), 1);
	memset(stanza.share, 0, sizeof stanza.share);
	CHECK_INT(age_stanza_open(&stanza, identity, file_key), -1);
}

/* Writes in pieces and reads in pieces, at every size where something changes. */
static void test_sizes(void)
{
	static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 300000 };
	static const size_t steps[] = { 1000, 65535, 65536, 65537, SIZE_MAX };
	static const size_t asks[] = { 777, 65535, 65536, 65537, 400000 };
	struct err e = ERR_INIT;
	struct buf file = BUF_INIT, out = BUF_INIT;
	unsigned char *plain = malloc(300000);
	size_t i, k, at, n, want;

	crypto_random(plain, 300000);
	for (i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (k = 0; k < 5; k++) {
			struct age_writer *w;
			struct source s = { NULL, 0, 0, steps[k], 0 };

			buf_reset(&file);
			w = age_writer_new(recipients, 2, push, &file, &e);
			REQUIRE(w != NULL);
			for (at = 0; at < sizes[i]; at += n) {
				n = steps[k] < sizes[i] - at ? steps[k] : sizes[i] - at;
				REQUIRE_OK(age_writer_add(w, plain + at, n, &e));
			}
			REQUIRE_OK(age_writer_end(w, &e));
			age_writer_free(w);

			want = 22 + 98 * 2 + 48 + 16 + sizes[i] + 16 * (sizes[i] == 0 ? 1 : (sizes[i] + 65535) / 65536);
			CHECK_INT(file.len, want);
			s.p = file.data;
			s.len = file.len;
			CHECK_INT(read_all(identities, 1, &s, asks[k], &out), ERR_NONE);
			CHECK_MEM(out.data, out.len, plain, sizes[i]);
			s.at = 0;
			CHECK_INT(read_all(identities + 1, 1, &s, asks[4 - k], &out), ERR_NONE);
			CHECK_MEM(out.data, out.len, plain, sizes[i]);
			s.at = 0;
			CHECK_INT(read_all(identities + 2, 1, &s, asks[k], &out), ERR_AGE_NO_MATCH);
			CHECK_INT(out.len, 0);
		}
	free(plain);
	buf_release(&file);
	buf_release(&out);
}

/* A source that gives one byte at a time, and many keys of which the last opens. */
static void test_small_steps(void)
{
	struct err e = ERR_INIT;
	struct buf file = BUF_INIT, out = BUF_INIT;
	struct source s = { NULL, 0, 0, 1, 0 };

	REQUIRE_OK(age_seal_buf(recipients + 2, 1, "twelve people", 13, &file, &e));
	s.p = file.data;
	s.len = file.len;
	CHECK_INT(read_all(identities, 3, &s, 1, &out), ERR_NONE);
	CHECK_STR(out.data, "twelve people");
	s.at = 0;
	CHECK_INT(read_all(identities, 0, &s, 1, &out), ERR_AGE_NO_MATCH);
	buf_release(&file);
	buf_release(&out);
}

/* No bit of a file can be turned, no byte cut off and none added. */
static void test_every_bit(void)
{
	struct err e = ERR_INIT;
	struct buf file = BUF_INIT, out = BUF_INIT;
	size_t bit, len;

	REQUIRE_OK(age_seal_buf(recipients, 1, "twelve people came", 18, &file, &e));
	for (bit = 0; bit < 8 * file.len; bit++) {
		file.data[bit / 8] ^= (char)(1 << bit % 8);
		if (open_bytes(file.data, file.len, &out) == ERR_NONE) {
			test_note("bit %zu of byte %zu", bit % 8, bit / 8);
			CHECK(!"accepted");
		}
		CHECK_INT(out.len, 0);
		file.data[bit / 8] ^= (char)(1 << bit % 8);
	}
	for (len = 0; len < file.len; len++)
		CHECK_INT(open_bytes(file.data, len, &out), len < 168 + 16 ? ERR_AGE_HEADER : ERR_AGE_PAYLOAD);
	CHECK_INT(open_bytes(file.data, file.len, &out), ERR_NONE);
	buf_addc(&file, '\0');
	CHECK_INT(open_bytes(file.data, file.len, &out), ERR_AGE_PAYLOAD);
	buf_release(&file);
	buf_release(&out);
}

/* What the source says reaches the caller as it was said, wherever it happens. */
static void test_broken_source(void)
{
	struct err e = ERR_INIT;
	struct buf file = BUF_INIT, out = BUF_INIT;
	unsigned char *plain = calloc(1, 100000);
	size_t broken;

	REQUIRE_OK(age_seal_buf(recipients, 1, plain, 100000, &file, &e));
	for (broken = 1; broken <= file.len; broken += broken < 300 ? 1 : 5000) {
		struct source s = { file.data, file.len, 0, 100, broken };

		CHECK_INT(read_all(identities, 1, &s, 1000, &out), ERR_IN_USE);
	}
	free(plain);
	buf_release(&file);
	buf_release(&out);
}

/* A sink that fails at its n-th write. */
static int full(void *context, const void *data, size_t len, struct err *e)
{
	(void)data;
	(void)len;
	return --*(int *)context < 0 ? err_set(e, ERR_REFUSED, "the stick is full") : 0;
}

static void test_broken_sink(void)
{
	static const unsigned char plain[200000];
	struct err e;
	int writes, left, result;

	for (writes = 0; writes < 6; writes++) {
		struct age_writer *w;

		err_clear(&e);
		left = writes;
		w = age_writer_new(recipients, 1, full, &left, &e);
		result = w == NULL ? -1 : age_writer_add(w, plain, sizeof plain, &e);
		if (result == 0)
			result = age_writer_end(w, &e);
		age_writer_free(w);
		CHECK_INT(result, writes < 5 ? -1 : 0);			/* the header and four chunks */
		if (result != 0)
			CHECK_STR(e.text, "the stick is full");
	}
}

static void test_weak_recipient(void)
{
	static const unsigned char zero[1][32];
	struct err e = ERR_INIT;
	struct buf file = BUF_INIT;

	buf_adds(&file, "before");
	CHECK_INT(age_seal_buf(zero, 1, "x", 1, &file, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_STR(file.data, "before");
	buf_release(&file);
}

static void test_buffers(void)
{
	struct err e = ERR_INIT;
	struct buf file = BUF_INIT, out = BUF_INIT;
	unsigned char *plain = malloc(70000);

	crypto_random(plain, 70000);
	REQUIRE_OK(age_seal_buf(recipients, 3, plain, 70000, &file, &e));
	buf_adds(&out, "before");
	REQUIRE_OK(age_open_buf(identities + 1, 1, file.data, file.len, 70000, &out, &e));
	CHECK_MEM(out.data + 6, out.len - 6, plain, 70000);
	CHECK_INT(age_open_buf(identities + 1, 1, file.data, file.len, 69999, &out, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(out.len, 70006);
	file.data[file.len - 1] ^= 1;
	buf_cut(&out, 6);
	CHECK_INT(age_open_buf(identities + 1, 1, file.data, file.len, 70000, &out, &e), -1);
	CHECK_INT(e.code, ERR_AGE_PAYLOAD);
	CHECK_STR(out.data, "before");
	CHECK_INT(age_open_buf(identities, 1, "", 0, 100, &out, &e), -1);
	CHECK_INT(e.code, ERR_AGE_HEADER);
	buf_reset(&file);
	REQUIRE_OK(age_seal_buf(recipients, 1, NULL, 0, &file, &e));
	REQUIRE_OK(age_open_buf(identities, 1, file.data, file.len, 0, &out, &e));
	CHECK_STR(out.data, "before");
	free(plain);
	buf_release(&file);
	buf_release(&out);
}

static void test_identities(void)
{
	struct err e = ERR_INIT;
	struct buf text = BUF_INIT;
	unsigned char keys[2][32];
	char a[AGE_IDENTITY_SIZE], b[AGE_IDENTITY_SIZE];

	bech32_identity(identities[0], a);
	bech32_identity(identities[1], b);
	buf_addf(&text, "# created: 2020-02-14\n# public key: age1\n%s\r\n\n\r\n%s", a, b);
	CHECK_INT(age_identities(text.data, text.len, keys, 2, &e), 2);
	CHECK_MEM(keys, sizeof keys, identities, 64);
	CHECK_INT(age_identities(text.data, text.len, keys, 1, &e), -1);
	CHECK(strstr(e.text, "6") != NULL);
	CHECK_INT(age_identities("", 0, keys, 2, &e), 0);
	CHECK_INT(age_identities("#\n\n", 3, keys, 2, &e), 0);
	buf_reset(&text);
	buf_addf(&text, "%s\n %s\n", a, b);
	CHECK_INT(age_identities(text.data, text.len, keys, 2, &e), -1);
	CHECK(strstr(e.text, "2") != NULL);
	buf_reset(&text);
	buf_addf(&text, "%s", a);
	text.data[20] = '\0';
	CHECK_INT(age_identities(text.data, text.len, keys, 2, &e), -1);
	buf_release(&text);
}

/* One vector: see tests/vectors/make_age_vectors.c for the form. */
struct vector {
	enum err_code expect;
	unsigned char keys[4][32];
	size_t key_count;
	unsigned char payload[32];
	bool has_payload;
	const char *data;
	size_t len;
};

static bool read_line(struct vector *v, const char *line)
{
	static const struct { const char *text; enum err_code code; } classes[] = {
		{ "expect: success", ERR_NONE }, { "expect: header failure", ERR_AGE_HEADER }, { "expect: no match", ERR_AGE_NO_MATCH },
		{ "expect: HMAC failure", ERR_AGE_HMAC }, { "expect: payload failure", ERR_AGE_PAYLOAD } };
	size_t i;

	for (i = 0; i < 5; i++)
		if (strcmp(line, classes[i].text) == 0) {
			v->expect = classes[i].code;
			return true;
		}
	if (strncmp(line, "identity: ", 10) == 0)
		return v->key_count < 4 && bech32_read_identity(line + 10, v->keys[v->key_count++]) == 0;
	if (strncmp(line, "payload: ", 9) == 0) {
		v->has_payload = true;
		return hash_from_hex(line + 9, strlen(line + 9), v->payload, sizeof v->payload) == 0;
	}
	return strncmp(line, "comment: ", 9) == 0;
}

static bool parse_vector(struct vector *v, struct buf *file)
{
	char *line = file->data, *lf;

	memset(v, 0, sizeof *v);
	v->expect = ERR_USAGE;
	for (; (lf = strchr(line, '\n')) != NULL; line = lf + 1) {
		*lf = '\0';
		if (lf == line) {
			v->data = lf + 1;
			v->len = file->len - (size_t)(v->data - file->data);
			return v->expect != ERR_USAGE && v->key_count > 0;
		}
		if (!read_line(v, line))
			return false;
	}
	return false;
}

static void replay(const char *name, const struct vector *v)
{
	static const size_t steps[] = { SIZE_MAX, 1, 1000 }, asks[] = { 100000, 1000, 65536 };
	struct buf out = BUF_INIT;
	unsigned char sum[32];
	size_t i;
	bool ok;

	for (i = 0; i < 3; i++) {
		struct source s = { v->data, v->len, 0, steps[i], 0 };

		ok = CHECK_INT(read_all(v->keys, v->key_count, &s, asks[i], &out), v->expect);
		crypto_hash_sha256(sum, (const unsigned char *)out.data, out.len);
		if (v->has_payload)
			ok = CHECK_MEM(sum, 32, v->payload, 32) && ok;
		else
			ok = CHECK_INT(out.len, 0) && ok;
		if (!ok)
			test_note("%s, read by %zu", name, steps[i]);
	}
	buf_release(&out);
}

static void test_vectors(void)
{
	const char *top = getenv("TEST_SOURCE_DIR");
	struct err e = ERR_INIT;
	struct buf file = BUF_INIT;
	struct vector v;
	char folder[4096], path[8192], **names;
	size_t count, i;

	snprintf(folder, sizeof folder, "%s/tests/vectors/age", top != NULL && *top != '\0' ? top : ".");
	REQUIRE_OK(fs_list(folder, &names, &count, &e));
	CHECK(count >= 90);
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		buf_reset(&file);
		REQUIRE_OK(fs_read(path, 1 << 20, false, &file, &e));
		if (parse_vector(&v, &file))
			replay(names[i], &v);
		else {
			test_note("%s", names[i]);
			CHECK(!"a vector");
		}
	}
	fs_list_free(names, count);
	buf_release(&file);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = { TEST(test_known_stanza), TEST(test_sizes), TEST(test_small_steps), TEST(test_every_bit),
	    TEST(test_broken_source), TEST(test_broken_sink), TEST(test_weak_recipient), TEST(test_buffers), TEST(test_identities),
	    TEST(test_vectors), TEST_END };
	int i;

	if (crypto_start(NULL) != 0)
		return 1;
	for (i = 0; i < 3; i++) {
		crypto_random(identities[i], 32);
		crypto_scalarmult_base(recipients[i], identities[i]);
	}
	return test_main(argc, argv, tests);
}
