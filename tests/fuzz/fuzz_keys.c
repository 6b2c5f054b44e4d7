/* fuzz_keys: short texts that people type or keep: recovery codes, fingerprints, key files, age identities, keys as text. The first byte says which. $R is a recovery
 * code, $F a fingerprint, $A an age key, $S its secret one, $M a minisign key. */
#include <unistd.h>

#include "base/fsutil.h"
#include "crypto/age.h"
#include "crypto/base64.h"
#include "crypto/bech32.h"
#include "seal/key_file.h"
#include "seal/recovery.h"
#include "tests/fuzz/fuzz.h"
#include "tests/unit/test.h"

static struct identity *own;
static char digits[RECOVERY_SIZE], path[4200], copy[4200];
static unsigned char key[KEY_FILE_BYTES];

static void start(void)
{
	char text[AGE_IDENTITY_SIZE], shown[RECOVERY_TEXT_SIZE];

	own = fuzz_identity(1);
	recovery_new(digits);
	recovery_show(digits, shown);
	memset(key, 8, sizeof key);
	bech32_identity(own->open_key, text);
	fuzz_word('R', shown);
	fuzz_word('F', own->pub.fingerprint);
	fuzz_word('A', own->pub.recipient);
	fuzz_word('S', text);
	fuzz_word('M', own->pub.minisign);
	snprintf(path, sizeof path, "%s/key", test_folder());
	snprintf(copy, sizeof copy, "%s/copy", test_folder());
}

/* A code that is taken is that code, however it was typed; another digit in it is none. */
static bool recovery(const char *text)
{
	char read[RECOVERY_SIZE], again[RECOVERY_SIZE], shown[RECOVERY_TEXT_SIZE];
	struct err e = ERR_INIT;

	if (recovery_read(text, read, &e) != 0) {
		FUZZ_HOLDS(e.code == ERR_PASSPHRASE && e.text[0] != '\0');
		(void)recovery_meant(text);
		return false;
	}
	FUZZ_HOLDS(recovery_meant(text) && strspn(read, "0123456789") == RECOVERY_DIGITS);
	recovery_show(read, shown);
	FUZZ_HOLDS(recovery_read(shown, again, &e) == 0 && strcmp(read, again) == 0);
	for (int i = 0; i < RECOVERY_TEXT_SIZE - 1; i++)
		if (shown[i] != ' ') {
			shown[i] = (char)('0' + (shown[i] - '0' + 1) % 10);
			FUZZ_HOLDS(recovery_read(shown, again, &e) != 0);
			shown[i] = (char)('0' + (shown[i] - '0' + 9) % 10);
		}
	return true;
}

/* The same digits in the same order. */
static bool fingerprint(const char *text)
{
	bool good = fingerprint_matches(text, own->pub.fingerprint);
	const char *p = own->pub.fingerprint;

	for (; good && *text != '\0'; text++)
		if (*text >= '0' && *text <= '9') {
			p += *p == ' ';
			FUZZ_HOLDS(*p++ == *text);
		}
	FUZZ_HOLDS(!good || *p == '\0');
	return good;
}

static bool key_file(const struct buf *text)
{
	unsigned char read[KEY_FILE_BYTES], again[KEY_FILE_BYTES];
	struct buf written = BUF_INIT;
	struct err e = ERR_INIT;
	size_t len = text->len;
	bool good;

	FUZZ_HOLDS(fs_write(path, text->data, text->len, 0600, &e) == 0);
	good = key_file_read(path, read, &e) == 0;
	FUZZ_HOLDS(good || e.code == ERR_REFUSED);
	if (good) {
		unlink(copy);
		FUZZ_HOLDS(key_file_write(copy, read, &e) == 0 && key_file_read(copy, again, &e) == 0 && memcmp(read, again, sizeof read) == 0);
		FUZZ_HOLDS(fs_read(copy, 1000, false, &written, &e) == 0);
		for (; len > 0 && (text->data[len - 1] == '\n' || text->data[len - 1] == '\r'); len--)
			;
		FUZZ_HOLDS(written.len == len + 1 && memcmp(written.data, text->data, len) == 0);
	}
	buf_release(&written);
	return good;
}

static bool identities(const struct buf *text)
{
	unsigned char keys[4][32];
	char written[AGE_IDENTITY_SIZE];
	struct err e = ERR_INIT;
	long count = age_identities(text->data, text->len, keys, 4, &e);

	FUZZ_HOLDS(count >= 0 ? count <= 4 : e.code == ERR_REFUSED);
	for (long i = 0; i < count; i++) {
		bech32_identity(keys[i], written);
		FUZZ_HOLDS(strstr(text->data, written) != NULL || strlen(text->data) < text->len);
	}
	return count > 0;
}

/* Two lines: minisign's key and age's. One spelling of each. */
static bool public_keys(char *text)
{
	char *other = strchr(text, '\n');
	struct public_identity pub;

	if (other == NULL)
		return false;
	*other++ = '\0';
	if (public_identity_read(&pub, text, other) != 0)
		return false;
	FUZZ_HOLDS(strcmp(pub.minisign, text) == 0 && strcmp(pub.recipient, other) == 0);
	FUZZ_HOLDS(strcmp(pub.id, own->pub.id) != 0 || memcmp(&pub, &own->pub, sizeof pub) == 0);
	return true;
}

static bool base64(const struct buf *text, bool padded)
{
	unsigned char bytes[300];
	char again[BASE64_SIZE(sizeof bytes)];
	long n = base64_decode_some(text->data, text->len, padded, bytes, sizeof bytes);

	if (n < 0)
		return false;
	FUZZ_HOLDS(n <= (long)sizeof bytes && base64_encode(bytes, (size_t)n, padded, again) == text->len && memcmp(again, text->data, text->len) == 0);
	return true;
}

static bool judge(unsigned which, struct buf *text)
{
	switch (which % 7) {
	case 0:
		return recovery(text->data);
	case 1:
		return fingerprint(text->data);
	case 2:
		return key_file(text);
	case 3:
		return identities(text);
	case 4:
		return public_keys(text->data);
	default:
		return base64(text, which % 7 == 5);
	}
}

static bool take(const uint8_t *data, size_t size)
{
	struct fuzz_in in = { data, data + size };
	unsigned which = fuzz_byte(&in);
	struct buf text = BUF_INIT;
	bool good;

	fuzz_expand(in.p, fuzz_left(&in), &text);
	buf_addc(&text, '\0');
	buf_cut(&text, text.len - 1);
	good = judge(which, &text);
	buf_release(&text);
	return good;
}

static void seed(const char *text)
{
	fuzz_seed(text, strlen(text + 1) + 1);
}

static void seeds(void)
{
	seed("\0$R");
	seed("\7$R.");
	seed("\0 01234-56789 01234");
	seed("\1$F");
	seed("\1 60952-06698 76145");
	seed("\2livenet key 1 CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg\n");
	seed("\2livenet key 1 CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg, and then so much more that no key file is so long, and that what was read of it has to go again: "
	    "nothing of a key may stay in memory that was not asked to hold it\n");
	seed("\3# public key: $A\n$S\n\n");
	seed("\4$M\n$A");
	seed("\5QUE=");
	seed("\6QUE");
}

const struct fuzz_target fuzz_target = { .name = "keys", .start = start, .take = take, .seeds = seeds, .cases = 3000 };
