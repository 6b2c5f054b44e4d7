/* fuzz_minisig: minisign's block. The first byte says how: as it comes, or a signature of the target over what comes, with some bits of it changed. */
#include "crypto/base64.h"
#include "crypto/minisig.h"
#include "tests/fuzz/fuzz.h"

static struct identity *own, *other;
static unsigned char payload[HASH_LONG_SIZE];

static void start(void)
{
	own = fuzz_identity(1);
	other = fuzz_identity(2);
	memset(payload, 7, sizeof payload);
}

/* A block is its parts and nothing else. */
static void same_again(const struct minisig *m, const char *data)
{
	unsigned char line[74] = "ED";
	char text[BASE64_SIZE(sizeof line)];
	struct buf b = BUF_INIT;

	memcpy(line + 2, m->key_id, sizeof m->key_id);
	memcpy(line + 10, m->signature, sizeof m->signature);
	base64_encode(line, sizeof line, true, text);
	buf_addf(&b, "untrusted comment: " MINISIG_COMMENT "\n%s\ntrusted comment: %s\n", text, m->trusted);
	base64_encode(m->global, sizeof m->global, true, text);
	buf_addf(&b, "%s\n", text);
	FUZZ_HOLDS(b.len == m->block_len && memcmp(b.data, data, b.len) == 0);
	buf_release(&b);
}

/* What is good for a key was written by it: Ed25519 has one signature for a text. */
static bool is_own(const struct minisig *m, const char *data)
{
	struct buf b = BUF_INIT;
	bool comment = minisig_verify_comment(m, &own->pub) == 0, whole = comment && minisig_verify_payload(m, &own->pub, payload) == 0;

	FUZZ_HOLDS(!comment || (minisig_verify_comment(m, &other->pub) != 0 && minisig_verify_payload(m, &other->pub, payload) != 0));
	if (whole) {
		minisig_write(own, payload, m->trusted, &b);
		FUZZ_HOLDS(b.len == m->block_len && memcmp(b.data, data, b.len) == 0);
	}
	buf_release(&b);
	return whole;
}

static bool judge(const char *data, size_t size)
{
	struct minisig m;
	struct err e = ERR_INIT;

	if (minisig_read(&m, data, size, &e) != 0) {
		FUZZ_HOLDS(e.code == ERR_DAMAGED && e.text[0] != '\0');
		return false;
	}
	FUZZ_HOLDS(m.block_len <= size && m.block_len <= MINISIG_BLOCK_MAX && m.trusted_len == strlen(m.trusted));
	same_again(&m, data);
	return is_own(&m, data);
}

/* Signed as it should be, of any text that may be signed; and then with one bit changed, which no reader may take. */
static bool signed_text(struct fuzz_in *in)
{
	size_t at = fuzz_byte(in) | fuzz_byte(in) << 8, len;
	unsigned bit = fuzz_byte(in) % 9;
	char text[MINISIG_TRUSTED_MAX + 1];
	struct buf b = BUF_INIT;
	bool good;

	len = fuzz_left(in) < MINISIG_TRUSTED_MAX ? fuzz_left(in) : MINISIG_TRUSTED_MAX;
	memcpy(text, in->p, len);
	text[len] = '\0';
	for (size_t i = 0; i < len; i++)
		if (text[i] < 0x20 || text[i] > 0x7e)
			return false;
	minisig_write(own, payload, text, &b);
	FUZZ_HOLDS(judge(b.data, b.len));
	if (bit < 8)
		b.data[at % b.len] = (char)(b.data[at % b.len] ^ 1 << bit);
	good = judge(b.data, b.len);
	FUZZ_HOLDS(good == (bit == 8));
	buf_release(&b);
	return good;
}

static bool take(const uint8_t *data, size_t size)
{
	struct fuzz_in in = { data, data + size };

	return fuzz_byte(&in) % 2 == 0 ? judge((const char *)in.p, fuzz_left(&in)) : signed_text(&in);
}

static void seeds(void)
{
	struct buf b = BUF_INIT;

	buf_addc(&b, '\0');
	minisig_write(own, payload, "bundle/1", &b);
	fuzz_seed(b.data, b.len);
	buf_adds(&b, "and a payload");
	fuzz_seed(b.data, b.len);
	buf_cut(&b, 1);
	minisig_write(other, payload, "", &b);
	fuzz_seed(b.data, b.len);
	fuzz_seed("\1\0\0\10text", 8);
	fuzz_seed("\1\100\0\1more of a text", 17);
	buf_release(&b);
}

const struct fuzz_target fuzz_target = { .name = "minisig", .start = start, .take = take, .seeds = seeds, .cases = 1500 };
