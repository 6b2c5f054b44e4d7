/* oracle: our age and minisign as a program, for tests/cli/age_minisign.sh, which holds it against Debian's, and what makes the damaged files
 * that both are given.
 *
 *     oracle age-encrypt RECIPIENT… < plain > file
 *     oracle age-decrypt IDENTITYFILE < file > plain        exit status 11 to 14 by class
 *     oracle age-check IDENTITYFILE FILE…                   a line "STATUS FILE" for each, nothing released
 *     oracle keygen KEYFILE > publickeyfile                 a new key pair; KEYFILE holds its secret bytes
 *     oracle sign KEYFILE TRUSTED FILE > block
 *     oracle verify PUBLICKEY BLOCKFILE FILE                exit status 0 or 4
 *     oracle verify-check PUBLICKEY FILE BLOCKFILE…         a line "STATUS BLOCKFILE" for each
 *     oracle mutants SEED COUNT FOLDER < file               FOLDER/flip.BYTE.BIT, FOLDER/cut.LENGTH and FOLDER/odd.N: a byte twice, another, one more or less
 *     oracle headers SEED COUNT FOLDER                      FOLDER/identity, and FOLDER/header.N: changed headers under a MAC that is right */
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fsutil.h"
#include "crypto/age.h"
#include "crypto/bech32.h"
#include "crypto/hash.h"
#include "crypto/minisig.h"
#include "crypto/secret.h"
#include "tests/vectors/age_forge.h"

#define SIZE_LIMIT ((size_t)1 << 30)

static struct err e;

static int give_up(void)
{
	fprintf(stderr, "oracle: %s\n", e.text);
	return (int)e.code;
}

static long from_fd(void *context, void *data, size_t len, struct err *err)
{
	ssize_t n = read(*(int *)context, data, len);

	return n < 0 ? err_sys(err, ERR_REFUSED, "cannot read") : n;
}

static int to_fd(void *context, const void *data, size_t len, struct err *err)
{
	return fs_write_all(*(int *)context, data, len) == 0 ? 0 : err_sys(err, ERR_REFUSED, "cannot write");
}

static int age_encrypt(int argc, char **argv)
{
	static unsigned char recipients[AGE_STANZAS_MAX][32], room[1 << 18];
	int in = 0, out = 1, i;
	struct age_writer *w;
	long n;

	for (i = 0; i < argc && i < AGE_STANZAS_MAX; i++)
		if (bech32_read_recipient(argv[i], recipients[i]) != 0) {
			err_set(&e, ERR_USAGE, "not a recipient: %s", argv[i]);
			return give_up();
		}
	w = age_writer_new(recipients, (size_t)i, to_fd, &out, &e);
	if (w == NULL)
		return give_up();
	while ((n = from_fd(&in, room, sizeof room, &e)) > 0)
		if (age_writer_add(w, room, (size_t)n, &e) != 0)
			return give_up();
	if (n < 0 || age_writer_end(w, &e) != 0)
		return give_up();
	age_writer_free(w);
	return 0;
}

static long read_identities(const char *path, unsigned char (*keys)[32], size_t max)
{
	struct buf text = BUF_INIT;
	long count = -1;

	if (fs_read(path, 1 << 16, false, &text, &e) == 0)
		count = age_identities(text.data, text.len, keys, max, &e);
	buf_release(&text);
	return count;
}

/* From one descriptor to another, or to nowhere when out is -1. */
static int decrypt(const unsigned char (*keys)[32], size_t count, int in, int out)
{
	static unsigned char room[1 << 18];
	struct age_reader *r = age_reader_new(keys, count, from_fd, &in, &e);
	long n;

	if (r == NULL)
		return (int)e.code;
	while ((n = age_reader_get(r, room, sizeof room, &e)) > 0)
		if (out >= 0 && (n = to_fd(&out, room, (size_t)n, &e)) != 0)
			break;
	age_reader_free(r);
	return n == 0 ? 0 : (int)e.code;
}

static int age_decrypt(int argc, char **argv)
{
	unsigned char keys[8][32];
	long count = read_identities(argv[0], keys, 8);
	int status;

	(void)argc;
	if (count < 0)
		return give_up();
	status = decrypt(keys, (size_t)count, 0, 1);
	return status == 0 ? 0 : give_up();
}

static int age_check(int argc, char **argv)
{
	unsigned char keys[8][32];
	long count = read_identities(argv[0], keys, 8);
	int i, fd;

	if (count < 0)
		return give_up();
	for (i = 1; i < argc; i++) {
		fd = open(argv[i], O_RDONLY);
		printf("%d %s\n", fd < 0 ? 1 : decrypt(keys, (size_t)count, fd, -1), argv[i]);
		close(fd);
	}
	return 0;
}

static int keygen(int argc, char **argv)
{
	struct identity *id = identity_new();
	unsigned char secret[IDENTITY_SECRET_SIZE];
	struct buf out = BUF_INIT;

	(void)argc;
	identity_export(id, secret);
	if (fs_write(argv[0], secret, sizeof secret, 0600, &e) != 0)
		return give_up();
	minisig_public_key_file(&id->pub, &out);
	fputs(out.data, stdout);
	buf_release(&out);
	identity_free(id);
	return 0;
}

static int hash_file(const char *path, unsigned char hash[HASH_LONG_SIZE])
{
	struct buf data = BUF_INIT;
	struct hash h;

	if (fs_read(path, SIZE_LIMIT, false, &data, &e) != 0)
		return -1;
	hash_init(&h, HASH_LONG_SIZE);
	hash_add(&h, data.data, data.len);
	hash_end(&h, hash, HASH_LONG_SIZE);
	buf_release(&data);
	return 0;
}

static int sign(int argc, char **argv)
{
	unsigned char hash[HASH_LONG_SIZE];
	struct buf secret = BUF_INIT, block = BUF_INIT;
	struct identity *id = NULL;

	(void)argc;
	if (fs_read(argv[0], IDENTITY_SECRET_SIZE, false, &secret, &e) != 0 || hash_file(argv[2], hash) != 0)
		return give_up();
	if (secret.len == IDENTITY_SECRET_SIZE)
		id = identity_import((const unsigned char *)secret.data);
	if (id == NULL) {
		err_set(&e, ERR_USAGE, "not a key file: %s", argv[0]);
		return give_up();
	}
	minisig_write(id, hash, argv[1], &block);
	fputs(block.data, stdout);
	buf_release(&secret);
	buf_release(&block);
	identity_free(id);
	return 0;
}

/* The signing half of a public identity; the other half is any key. */
static int read_public(const char *text, struct public_identity *pub)
{
	unsigned char some[32] = { 9 };
	char recipient[AGE_RECIPIENT_SIZE];

	bech32_recipient(some, recipient);
	if (public_identity_read(pub, text, recipient) == 0)
		return 0;
	return err_set(&e, ERR_USAGE, "not a public key: %s", text);
}

static int verify_one(const struct public_identity *pub, const char *block, const unsigned char hash[HASH_LONG_SIZE])
{
	struct buf data = BUF_INIT;
	struct minisig m;
	int status = 0;

	if (fs_read(block, 1 << 16, false, &data, &e) != 0 || minisig_read(&m, data.data, data.len, &e) != 0)
		status = ERR_DAMAGED;
	else if (m.block_len != data.len || minisig_verify_comment(&m, pub) != 0 || minisig_verify_payload(&m, pub, hash) != 0)
		status = ERR_DAMAGED;
	buf_release(&data);
	return status;
}

static int verify_check(int argc, char **argv)
{
	unsigned char hash[HASH_LONG_SIZE];
	struct public_identity pub;
	int i;

	if (read_public(argv[0], &pub) != 0 || hash_file(argv[1], hash) != 0)
		return give_up();
	for (i = 2; i < argc; i++)
		printf("%d %s\n", verify_one(&pub, argv[i], hash), argv[i]);
	return 0;
}

static int verify(int argc, char **argv)
{
	unsigned char hash[HASH_LONG_SIZE];
	struct public_identity pub;

	(void)argc;
	if (read_public(argv[0], &pub) != 0 || hash_file(argv[2], hash) != 0)
		return give_up();
	return verify_one(&pub, argv[1], hash);
}

/* Numbers below n that depend on the seed given. */
static unsigned char stream_seed[randombytes_SEEDBYTES];
static uint64_t stream_at;

static size_t below(size_t n)
{
	unsigned char label[sizeof stream_seed + sizeof stream_at], out[crypto_generichash_BYTES_MIN];
	uint64_t number;

	memcpy(label, stream_seed, sizeof stream_seed);
	memcpy(label + sizeof stream_seed, &stream_at, sizeof stream_at);
	stream_at++;
	crypto_generichash(out, sizeof out, label, sizeof label, NULL, 0);
	memcpy(&number, out, sizeof number);
	return (size_t)(number % n);
}

static int save(const char *folder, const char *name, const struct buf *data)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return fs_write(path, data->data, data->len, 0600, &e);
}

/* A byte that a header's grammar may trip over. */
static char odd_byte(void)
{
	static const char odd[] = "\n\n\r \t--->>==AZ/+09.~!\x7f\x80\xaf\xff";

	return below(4) == 0 ? (char)below(256) : odd[below(sizeof odd - 1)];
}

static void change(struct buf *b)
{
	struct buf out = BUF_INIT;
	size_t at = below(b->len), kind = below(4);

	buf_add(&out, b->data, at);
	if (kind == 0)
		buf_addc(&out, b->data[at]);				/* doubles a byte */
	if (kind == 1 || kind == 2)
		buf_addc(&out, odd_byte());				/* replaces it, or puts another before it */
	if (kind != 1 && kind != 3)
		buf_addc(&out, b->data[at]);				/* 3 leaves it out */
	buf_add(&out, b->data + at + 1, b->len - at - 1);
	buf_release(b);
	*b = out;
}

static int mutants(int argc, char **argv)
{
	struct buf file = BUF_INIT;
	char name[64], room[65536];
	size_t byte, bit;
	int i, count = atoi(argv[1]);
	ssize_t n;

	(void)argc;
	forge_bytes(argv[0], stream_seed, sizeof stream_seed);
	while ((n = fs_read_full(0, room, sizeof room)) > 0)
		buf_add(&file, room, (size_t)n);
	for (i = 0; i < count; i++) {
		struct buf b = BUF_INIT;

		buf_add(&b, file.data, file.len);
		byte = below(file.len);
		if (i % 5 == 4) {
			snprintf(name, sizeof name, "cut.%zu", byte);
			buf_cut(&b, byte);
		} else if (i % 5 >= 2) {
			bit = below(8);
			snprintf(name, sizeof name, "flip.%zu.%zu", byte, bit);
			b.data[byte] ^= (char)(1 << bit);
		} else {
			snprintf(name, sizeof name, "odd.%d", i);
			do
				change(&b);
			while (b.len == file.len && memcmp(b.data, file.data, b.len) == 0);
		}
		if (save(argv[2], name, &b) != 0)
			return give_up();
		buf_release(&b);
	}
	buf_release(&file);
	return 0;
}

/* Our stanza comes after all others of its type: Debian's age stops looking at the first that opens, we read all of them. */
static int headers(int argc, char **argv)
{
	unsigned char ours[32], other[32], file_key[16], nonce[16];
	struct forge_stanza theirs, mine;
	struct buf b = BUF_INIT;
	char name[64], text[AGE_IDENTITY_SIZE];
	int i, count = atoi(argv[1]);
	size_t before;

	(void)argc;
	forge_bytes(argv[0], stream_seed, sizeof stream_seed);
	crypto_random(ours, sizeof ours);
	crypto_random(other, sizeof other);
	crypto_random(file_key, sizeof file_key);
	crypto_random(nonce, sizeof nonce);
	forge_wrap(&theirs, "their share", other, file_key, sizeof file_key);
	forge_wrap(&mine, "my share", ours, file_key, sizeof file_key);
	bech32_identity(ours, text);
	buf_adds(&b, text);
	if (save(argv[2], "identity", &b) != 0)
		return give_up();
	for (i = 0; i < count; i++) {
		buf_reset(&b);
		buf_adds(&b, FORGE_VERSION);
		forge_stanza(&b, &theirs);
		buf_adds(&b, "-> grease! ~ x\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nQQ\n-> g\n\n");
		forge_stanza(&b, &mine);
		buf_adds(&b, "-> tail\nAAAA\n");
		if (i > 0)					/* the first is left as it is */
			change(&b);
		if (i > 0 && below(3) == 0)
			change(&b);
		before = b.len;
		forge_mac(&b, file_key);
		if (i > 0 && below(10) == 0)			/* something in the line of the MAC */
			b.data[before + below(b.len - before)] = odd_byte();
		forge_payload(&b, file_key, nonce, (const unsigned char *)"text", 4);
		snprintf(name, sizeof name, "header.%d", i);
		if (save(argv[2], name, &b) != 0)
			return give_up();
	}
	buf_release(&b);
	return 0;
}

int main(int argc, char **argv)
{
	static const struct { const char *name; int least, most; int (*run)(int argc, char **argv); } commands[] = {
		{ "age-encrypt", 1, AGE_STANZAS_MAX, age_encrypt }, { "age-decrypt", 1, 1, age_decrypt }, { "age-check", 1, 1 << 20, age_check },
		{ "keygen", 1, 1, keygen }, { "sign", 3, 3, sign }, { "verify", 3, 3, verify }, { "verify-check", 2, 1 << 20, verify_check },
		{ "mutants", 3, 3, mutants }, { "headers", 3, 3, headers },
	};
	size_t i;

	if (crypto_start(&e) != 0)
		return give_up();
	for (i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
		if (strcmp(argv[1], commands[i].name) == 0 && argc - 2 >= commands[i].least && argc - 2 <= commands[i].most)
			return commands[i].run(argc - 2, argv + 2);
	fprintf(stderr, "oracle: see the top of tests/unit/oracle.c\n");
	return ERR_USAGE;
}
