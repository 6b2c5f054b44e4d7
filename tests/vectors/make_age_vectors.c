/* make_age_vectors: writes the vectors of tests/vectors/age into a folder. Each has one flaw, or none.
 *
 * A vector is lines "key: value", an empty line, then the file's bytes. Keys: expect (success, header failure, no match, HMAC failure, payload
 * failure), identity (may be repeated), payload (hex SHA-256 of all the plaintext that may be released before the failure), comment. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/bech32.h"
#include "tests/vectors/age_forge.h"

#define SUCCESS "success"
#define HEADER "header failure"
#define NO_MATCH "no match"
#define HMAC "HMAC failure"
#define PAYLOAD "payload failure"

static const char *folder;
static unsigned char ours[32], other[32], file_key[16], nonce[16];
static const unsigned char text[] = "twelve people came to the library\n";
#define TEXT_LEN (sizeof text - 1)
static unsigned char big[3 * FORGE_CHUNK];

/* The stanza of ours, and its lines. */
static struct forge_stanza good;

static void save(const char *name, const char *expect, const unsigned char *released, size_t released_len, const struct buf *file,
    const char *comment)
{
	char path[512], key[AGE_IDENTITY_SIZE], hex[65];
	unsigned char sum[32];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "wb");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	bech32_identity(ours, key);
	fprintf(f, "expect: %s\nidentity: %s\n", expect, key);
	if (strcmp(expect, SUCCESS) == 0 || strcmp(expect, PAYLOAD) == 0) {
		crypto_hash_sha256(sum, released, released_len);
		fprintf(f, "payload: %s\n", sodium_bin2hex(hex, sizeof hex, sum, sizeof sum));
	}
	fprintf(f, "comment: %s\n\n", comment);
	fwrite(file->data, 1, file->len, f);
	if (fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

/* A header of the lines given (NULL: of one good stanza), rightly sealed, and the payload. */
static void header(const char *name, const char *expect, const struct buf *stanzas, const char *comment)
{
	struct buf file = BUF_INIT;

	buf_adds(&file, FORGE_VERSION);
	buf_add(&file, stanzas->data, stanzas->len);
	forge_mac(&file, file_key);
	forge_payload(&file, file_key, nonce, text, TEXT_LEN);
	save(name, expect, text, TEXT_LEN, &file, comment);
	buf_release(&file);
}

/* The good stanza with one stretch of its lines replaced. */
static void altered(const char *name, const char *expect, const char *old, const char *by, const char *comment)
{
	struct buf lines = BUF_INIT, out = BUF_INIT;
	const char *at;

	forge_stanza(&lines, &good);
	at = strstr(lines.data, old);
	if (at == NULL) {
		fprintf(stderr, "%s: nothing to replace\n", name);
		exit(1);
	}
	buf_add(&out, lines.data, (size_t)(at - lines.data));
	buf_adds(&out, by);
	buf_adds(&out, at + strlen(old));
	header(name, expect, &out, comment);
	buf_release(&lines);
	buf_release(&out);
}

/* Lines before and after the good stanza. */
static void beside(const char *name, const char *expect, const char *before, const char *after, const char *comment)
{
	struct buf lines = BUF_INIT;

	buf_adds(&lines, before);
	forge_stanza(&lines, &good);
	buf_adds(&lines, after);
	header(name, expect, &lines, comment);
	buf_release(&lines);
}

/* The line of the MAC as a pattern: %s stands for its 43 characters. */
static void mac_line(const char *name, const char *expect, const char *pattern, const char *comment)
{
	struct buf file = BUF_INIT, mac = BUF_INIT;
	unsigned char bytes[32];

	buf_adds(&file, FORGE_VERSION);
	forge_stanza(&file, &good);
	forge_mac_bytes(&file, file_key, bytes);
	forge_base64(&mac, bytes, sizeof bytes);
	buf_addf(&file, pattern, mac.data);
	forge_payload(&file, file_key, nonce, text, TEXT_LEN);
	save(name, expect, text, TEXT_LEN, &file, comment);
	buf_release(&file);
	buf_release(&mac);
}

/* The last character of a text of 43 carries two bits that must be zero: its neighbour in the alphabet spells the same bytes. */
static char neighbour(char c)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	return alphabet[strchr(alphabet, c) - alphabet + 1];
}

static void good_files(void)
{
	static const struct { const char *name; size_t len; } sizes[] = {
		{ "stream_empty", 0 }, { "stream_one_byte", 1 }, { "stream_chunk_less_one", FORGE_CHUNK - 1 },
		{ "stream_full_last_chunk", FORGE_CHUNK }, { "stream_two_chunks", FORGE_CHUNK + 1 },
	};
	struct buf file = BUF_INIT, lines = BUF_INIT;
	struct forge_stanza second;
	size_t i;

	beside("x25519", SUCCESS, "", "", "one recipient");
	forge_wrap(&second, "second share", other, file_key, sizeof file_key);
	forge_stanza(&lines, &second);
	forge_stanza(&lines, &good);
	header("x25519_second_of_two", SUCCESS, &lines, "the second stanza is ours");
	beside("grease", SUCCESS, "-> grease-0 ! ~\n\n-> x\nAAAA\n", "-> X25519x y\nQQ\n", "stanzas of unknown types, to be passed over");
	beside("grease_full_line", SUCCESS, "-> g\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n\n", "",
	    "a body of 48 bytes ends with an empty line");
	for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		buf_reset(&file);
		buf_adds(&file, FORGE_VERSION);
		forge_stanza(&file, &good);
		forge_mac(&file, file_key);
		forge_payload(&file, file_key, nonce, big, sizes[i].len);
		save(sizes[i].name, SUCCESS, big, sizes[i].len, &file, "a length at a border of chunks");
	}
	buf_release(&file);
	buf_release(&lines);
}

static void limits(void)
{
	struct buf lines = BUF_INIT;
	size_t i, fixed = strlen(FORGE_VERSION) + 98 + 48;

	for (i = 0; i < 31; i++)
		buf_adds(&lines, "-> g\n\n");
	beside("limit_32_stanzas", SUCCESS, lines.data, "", "the most stanzas that we read");
	beside("limit_33_stanzas", HEADER, lines.data, "-> g\n\n", "one stanza more than we read");

	buf_reset(&lines);
	buf_adds(&lines, "-> ");
	while (lines.len < 65536 - fixed - 2)
		buf_addc(&lines, 'g');
	buf_adds(&lines, "\n\n");
	beside("limit_header_64k", SUCCESS, lines.data, "", "a header of 65536 bytes");
	buf_cut(&lines, lines.len - 2);
	buf_adds(&lines, "g\n\n");
	beside("limit_header_64k_and_1", HEADER, lines.data, "", "a header of 65537 bytes");
	buf_release(&lines);
}

static void version_and_end(void)
{
	struct buf file = BUF_INIT, head = BUF_INIT;

	save("empty", HEADER, NULL, 0, &file, "no bytes at all");
	buf_adds(&file, "age-encryption.org/v2\n");
	forge_stanza(&file, &good);
	forge_mac(&file, file_key);
	forge_payload(&file, file_key, nonce, text, TEXT_LEN);
	save("version_unknown", HEADER, NULL, 0, &file, "another version");

	buf_reset(&file);
	buf_adds(&file, "age-encryption.org/v1\r\n");
	forge_stanza(&file, &good);
	forge_mac(&file, file_key);
	forge_payload(&file, file_key, nonce, text, TEXT_LEN);
	save("version_crlf", HEADER, NULL, 0, &file, "CR before the LF of the first line");

	buf_reset(&file);
	buf_adds(&file, "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n-----END AGE ENCRYPTED FILE-----\n");
	save("armor", HEADER, NULL, 0, &file, "armored files are not read");

	buf_adds(&head, FORGE_VERSION);
	forge_stanza(&head, &good);
	save("header_without_end", HEADER, NULL, 0, &head, "the input ends before the MAC");
	forge_mac(&head, file_key);
	save("nonce_missing", HEADER, NULL, 0, &head, "the input ends after the header");
	buf_add(&head, nonce, 15);
	save("nonce_short", HEADER, NULL, 0, &head, "15 bytes of nonce");
	buf_cut(&head, head.len - 16);
	save("mac_without_lf", HEADER, NULL, 0, &head, "the input ends before the header's last LF");

	buf_reset(&head);
	header("no_stanzas", HEADER, &head, "a header must have a stanza");
	buf_release(&file);
	buf_release(&head);
}

static void mac_lines(void)
{
	struct buf mac = BUF_INIT, head = BUF_INIT, line = BUF_INIT;
	unsigned char bytes[32];

	mac_line("mac_extra_space", HEADER, "---  %s\n", "two spaces before the MAC");
	mac_line("mac_no_space", HEADER, "---%s\n", "no space before the MAC");
	mac_line("mac_trailing_space", HEADER, "--- %s \n", "a space after the MAC");
	mac_line("mac_crlf", HEADER, "--- %s\r\n", "CR before the LF");
	mac_line("mac_padded", HEADER, "--- %s=\n", "base64 with padding");
	mac_line("mac_short", HEADER, "--- %.42s\n", "a character missing");
	mac_line("mac_long", HEADER, "--- %sA\n", "a character too many");
	mac_line("mac_empty", HEADER, "---%.0s \n", "no MAC");
	mac_line("mac_four_hyphens", HEADER, "---- %s\n", "four hyphens");

	buf_adds(&head, FORGE_VERSION);
	forge_stanza(&head, &good);
	forge_mac_bytes(&head, file_key, bytes);
	forge_base64(&mac, bytes, sizeof bytes);
	buf_addf(&line, "--- %.42s%c\n", mac.data, neighbour(mac.data[42]));
	mac_line("mac_not_canonical", HEADER, line.data, "unused bits of base64 are not zero");

	bytes[31] ^= 1;
	buf_reset(&line);
	buf_adds(&line, "--- ");
	forge_base64(&line, bytes, sizeof bytes);
	buf_addc(&line, '\n');
	mac_line("mac_wrong", HMAC, line.data, "one bit of the MAC is another");
	buf_release(&mac);
	buf_release(&head);
	buf_release(&line);
}

static void stanza_lines(void)
{
	static const char full[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	struct buf b = BUF_INIT;

	altered("stanza_crlf", HEADER, "\n", "\r\n", "CR before the LF of a stanza");
	altered("stanza_two_spaces", HEADER, "X25519 ", "X25519  ", "an empty argument");
	altered("stanza_trailing_space", HEADER, "\n", " \n", "a space after the arguments");
	altered("stanza_tab", HEADER, "X25519 ", "X25519\t", "a tab between arguments");
	altered("stanza_no_space", HEADER, "-> ", "->", "no space after the arrow");
	altered("stanza_bad_start", HEADER, "-> ", "=> ", "a line that is no stanza");
	beside("stanza_no_arguments", HEADER, "-> \n\n", "", "a stanza without a type");
	beside("stanza_arrow_alone", HEADER, "->\n\n", "", "an arrow and nothing after it");
	beside("stanza_bad_character", HEADER, "-> g \x7f\n\n", "", "DEL in an argument");
	beside("stanza_high_byte", HEADER, "-> g \xc3\xa9\n\n", "", "bytes over 126 in an argument");
	beside("stanza_without_body", HEADER, "-> g\n", "", "the next stanza where a body is due");
	beside("stanza_without_body_at_end", HEADER, "", "-> g\n", "the MAC where a body is due");
	buf_addf(&b, "-> g\n%s\n", full);
	beside("stanza_without_last_line", HEADER, b.data, "", "a body of full lines only");
	buf_reset(&b);
	buf_addf(&b, "-> g\n%sAA\n", full);
	beside("stanza_long_line", HEADER, b.data, "", "a body line of 66 characters");
	beside("stanza_two_short_lines", HEADER, "-> g\nAAAA\nAAAA\n", "", "a short line ends the body");
	beside("stanza_body_padded", HEADER, "-> g\nQQ==\n", "", "base64 with padding");
	beside("stanza_body_not_canonical", HEADER, "-> g\nQR\n", "", "unused bits of base64 are not zero");
	beside("stanza_body_one_character", HEADER, "-> g\nAAAAA\n", "", "a length of base64 that cannot be");
	beside("stanza_body_high_byte", HEADER, "-> g\nAAA\xaf\n", "", "byte AF is not a slash");
	beside("stanza_body_space", HEADER, "-> g\nAAA A\n", "", "a blank within base64");
	beside("scrypt_beside", HEADER, "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", "",
	    "a passphrase next to a recipient");
	buf_reset(&b);
	buf_adds(&b, "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n" "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
	header("scrypt", HEADER, &b, "passphrases are not supported");

	buf_reset(&b);
	buf_adds(&b, "-> g\n\n");
	buf_add(&b, "-> g\0g\n\n", 8);
	forge_stanza(&b, &good);
	header("stanza_nul", HEADER, &b, "NUL in an argument");
	buf_release(&b);
}

static void x25519(void)
{
	struct forge_stanza s;
	struct buf b = BUF_INIT, share = BUF_INIT, body = BUF_INIT, by = BUF_INIT;
	unsigned char long_key[40];
	static const unsigned char order_8[32] = {
		0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
		0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00 };

	forge_base64(&share, good.share, 32);
	forge_base64(&body, good.body, good.body_len);

	altered("x25519_lower_case", NO_MATCH, "X25519", "x25519", "an unknown type");
	altered("x25519_extra_argument", HEADER, "X25519 ", "X25519 x ", "an argument too many before the share");
	altered("x25519_argument_after", HEADER, "\n", " x\n", "an argument too many after the share");
	buf_addf(&by, " %s", share.data);
	altered("x25519_no_share", HEADER, by.data, "", "no share");
	buf_reset(&by);
	buf_addf(&by, "%.40s", share.data);
	altered("x25519_short_share", HEADER, share.data, by.data, "30 bytes of share");
	buf_reset(&by);
	forge_base64(&by, good.share, 32);
	buf_cut(&by, 42);
	buf_adds(&by, "AAAA");
	altered("x25519_long_share", HEADER, share.data, by.data, "34 bytes of share");
	buf_reset(&by);
	buf_addf(&by, "%.42s%c", share.data, neighbour(share.data[42]));
	altered("x25519_share_not_canonical", HEADER, share.data, by.data, "unused bits of base64 are not zero");
	buf_reset(&by);
	buf_addf(&by, "%s=", share.data);
	altered("x25519_share_padded", HEADER, share.data, by.data, "base64 with padding");
	buf_reset(&by);
	buf_addf(&by, "%.42s%c", body.data, neighbour(body.data[42]));
	altered("x25519_body_not_canonical", HEADER, body.data, by.data, "unused bits of base64 are not zero");
	buf_reset(&by);
	buf_addf(&by, "%.40s", body.data);
	altered("x25519_short_body", HEADER, body.data, by.data, "30 bytes of body");
	altered("x25519_no_body", HEADER, body.data, "", "an empty body");

	forge_bytes("long key", long_key, sizeof long_key);
	forge_wrap(&s, "long key's share", ours, long_key, 24);
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_long_file_key", HEADER, &b, "a file key of 24 bytes, rightly sealed");
	forge_wrap(&s, "very long key's share", ours, long_key, sizeof long_key);
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_two_line_body", HEADER, &b, "a body of two lines, rightly sealed");

	s = good;
	memset(s.share, 0, sizeof s.share);
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_zero_share", HEADER, &b, "the share is the point 0");
	memcpy(s.share, order_8, sizeof s.share);
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_low_order_share", HEADER, &b, "the share is a point of order 8");
	forge_stanza(&b, &good);
	header("x25519_low_order_beside", HEADER, &b, "a share of low order beside a stanza that opens");
	buf_reset(&b);
	forge_stanza(&b, &good);
	buf_adds(&b, "-> X25519 AAAA\nAAAA\n");
	header("x25519_malformed_beside", HEADER, &b, "a malformed stanza after one that opens");

	forge_wrap(&s, "other's share", other, file_key, sizeof file_key);
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_no_match", NO_MATCH, &b, "for somebody else");
	s = good;
	s.body[0] ^= 1;
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_bad_body", NO_MATCH, &b, "one bit of the body is another");
	s = good;
	s.body[31] ^= 128;
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_bad_tag", NO_MATCH, &b, "one bit of the tag is another");
	s = good;
	s.share[5] ^= 4;
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_bad_share", NO_MATCH, &b, "one bit of the share is another");
	s = good;
	s.share[31] |= 128;
	buf_reset(&b);
	forge_stanza(&b, &s);
	header("x25519_share_top_bit", NO_MATCH, &b, "the bit that X25519 does not look at is set: the point is the same, the salt is not");
	buf_reset(&b);
	buf_adds(&b, "-> g\n\n");
	header("grease_alone", NO_MATCH, &b, "no stanza of a known type");
	buf_release(&b);
	buf_release(&share);
	buf_release(&body);
	buf_release(&by);
}

static void wrong_macs(void)
{
	struct buf file = BUF_INIT, good_head = BUF_INIT;
	unsigned char key[16];

	buf_adds(&good_head, FORGE_VERSION);
	forge_stanza(&good_head, &good);
	forge_mac(&good_head, file_key);

	/* The good MAC under a header that has one stanza more. */
	buf_adds(&file, FORGE_VERSION);
	forge_stanza(&file, &good);
	buf_adds(&file, "-> g\n\n");
	buf_add(&file, good_head.data + good_head.len - 48, 48);
	forge_payload(&file, file_key, nonce, text, TEXT_LEN);
	save("mac_stanza_added", HMAC, NULL, 0, &file, "a stanza was added afterwards");

	buf_reset(&file);
	buf_adds(&file, FORGE_VERSION);
	forge_stanza(&file, &good);
	forge_bytes("another file key", key, sizeof key);
	forge_mac(&file, key);
	forge_payload(&file, file_key, nonce, text, TEXT_LEN);
	save("mac_other_key", HMAC, NULL, 0, &file, "the MAC is made with another file key");
	buf_release(&file);
	buf_release(&good_head);
}

/* A file whose chunks are given one by one. */
struct chunk { uint64_t counter; bool last; size_t from, len; };

static void chunks(const char *name, size_t released, const struct chunk *c, size_t count, const char *comment)
{
	struct buf file = BUF_INIT;

	buf_adds(&file, FORGE_VERSION);
	forge_stanza(&file, &good);
	forge_mac(&file, file_key);
	buf_add(&file, nonce, 16);
	for (; count > 0; count--, c++)
		forge_chunk(&file, file_key, nonce, c->counter, c->last, big + c->from, c->len);
	save(name, PAYLOAD, big, released, &file, comment);
	buf_release(&file);
}
#define CHUNKS(name, released, comment, ...) \
	chunks(name, released, (const struct chunk[]){ __VA_ARGS__ }, sizeof (const struct chunk[]){ __VA_ARGS__ } / sizeof(struct chunk), comment)

/* A good file with its payload changed by hand: `flip` bytes from the end one bit, `cut` bytes off, `more` bytes after. */
static void damaged(const char *name, size_t len, size_t released, size_t flip, size_t cut, const char *more, const char *comment)
{
	struct buf file = BUF_INIT;

	buf_adds(&file, FORGE_VERSION);
	forge_stanza(&file, &good);
	forge_mac(&file, file_key);
	forge_payload(&file, file_key, nonce, big, len);
	if (flip > 0)
		file.data[file.len - flip] ^= 1;
	buf_cut(&file, file.len - cut);
	buf_adds(&file, more);
	save(name, PAYLOAD, big, released, &file, comment);
	buf_release(&file);
}

static void stream(void)
{
	const size_t full = FORGE_CHUNK;

	damaged("stream_no_chunk", 0, 0, 0, 16, "", "the input ends after the nonce");
	damaged("stream_short_tag", 0, 0, 0, 1, "", "15 bytes where a tag is due");
	damaged("stream_bad_tag", 100, 0, 1, 0, "", "one bit of the tag is another");
	damaged("stream_bad_text", 100, 0, 60, 0, "", "one bit of the text is another");
	damaged("stream_bad_nonce", 100, 0, 132, 0, "", "one bit of the nonce is another");
	damaged("stream_cut", 100, 0, 0, 1, "", "the last byte is missing");
	damaged("stream_trailing", 100, 0, 0, 0, "x", "a byte follows the last chunk");
	damaged("stream_trailing_after_full", full, full, 0, 0, "x", "a byte follows a full last chunk");
	damaged("stream_second_chunk_missing", full + 1, full, 0, 17, "", "the last chunk is missing");
	damaged("stream_second_chunk_bad", full + 1, full, 1, 0, "", "the first chunk may be released, the second not");
	CHUNKS("stream_not_last", 0, "the only chunk is not marked as the last", { 0, false, 0, 100 });
	CHUNKS("stream_full_not_last", full, "the only chunk is full and not marked as the last", { 0, false, 0, full });
	CHUNKS("stream_counter_from_1", 0, "the counter starts at 1", { 1, true, 0, 100 });
	CHUNKS("stream_counter_stands", full, "the counter does not advance", { 0, false, 0, full }, { 0, true, full, 100 });
	CHUNKS("stream_counter_256", full, "the counter is written in the wrong order", { 0, false, 0, full }, { (uint64_t)1 << 56, true, full, 1 });
	CHUNKS("stream_two_last", full, "a last chunk after the last chunk", { 0, true, 0, full }, { 1, true, full, 100 });
	CHUNKS("stream_empty_last", full, "an empty last chunk after a full one", { 0, false, 0, full }, { 1, true, full, 0 });
	CHUNKS("stream_short_first", 0, "a chunk that is not the last and not full", { 0, false, 0, 1000 }, { 1, true, 1000, 100 });
	CHUNKS("stream_first_missing", 0, "the first chunk is missing", { 1, true, full, 100 });
}

int main(int argc, char **argv)
{
	if (argc != 2 || sodium_init() < 0) {
		fprintf(stderr, "usage: make_age_vectors FOLDER\n");
		return 2;
	}
	folder = argv[1];
	forge_bytes("identity", ours, sizeof ours);
	forge_bytes("another identity", other, sizeof other);
	forge_bytes("file key", file_key, sizeof file_key);
	forge_bytes("nonce", nonce, sizeof nonce);
	forge_bytes("text", big, sizeof big);
	forge_wrap(&good, "share", ours, file_key, sizeof file_key);

	good_files();
	limits();
	version_and_end();
	mac_lines();
	stanza_lines();
	x25519();
	wrong_macs();
	stream();
	return 0;
}
