#include "crypto/minisig.h"

#include <sodium.h>
#include <string.h>

#include "base/i18n.h"
#include "crypto/base64.h"
#include "crypto/secret.h"

#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "
#define LINE2_BYTES 74			/* "ED", key id, signature */
#define LINE2_TEXT 100
#define LINE4_TEXT 88

/* The bytes that line 4 signs: the signature of line 2, then the text of line 3. Returns their number. */
static size_t comment_message(const unsigned char signature[64], const char *trusted, size_t len,
    unsigned char out[64 + MINISIG_TRUSTED_MAX])
{
	memcpy(out, signature, 64);
	memcpy(out + 64, trusted, len);
	return 64 + len;
}

static bool printable(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (text[i] < 0x20 || text[i] > 0x7e)
			return false;
	return true;
}

void minisig_write(const struct identity *id, const unsigned char payload_hash[HASH_LONG_SIZE], const char *trusted, struct buf *out)
{
	unsigned char line2[LINE2_BYTES] = "ED", global[64], message[64 + MINISIG_TRUSTED_MAX];
	char text2[BASE64_SIZE(LINE2_BYTES)], text4[BASE64_SIZE(64)];
	size_t len = strlen(trusted);

	bug_if(len > MINISIG_TRUSTED_MAX || !printable(trusted, len));
	memcpy(line2 + 2, id->pub.key_id, 8);
	bug_if(crypto_sign_detached(line2 + 10, NULL, payload_hash, HASH_LONG_SIZE, id->sign_key) != 0);
	bug_if(crypto_sign_detached(global, NULL, message, comment_message(line2 + 10, trusted, len, message), id->sign_key) != 0);
	base64_encode(line2, sizeof line2, true, text2);
	base64_encode(global, sizeof global, true, text4);
	buf_addf(out, UNTRUSTED MINISIG_COMMENT "\n%s\n" TRUSTED "%s\n%s\n", text2, trusted, text4);
}

/* Takes the next line off *data: everything up to an LF, which must be there, at most max bytes, all of them 0x20–0x7E. */
static int next_line(const char **data, size_t *left, size_t max, const char **line, size_t *len)
{
	const char *lf = memchr(*data, '\n', *left < max + 1 ? *left : max + 1);

	if (lf == NULL)
		return -1;
	*line = *data;
	*len = (size_t)(lf - *data);
	*left -= *len + 1;
	*data = lf + 1;
	return printable(*line, *len) ? 0 : -1;
}

static int parse(struct minisig *m, const char *data, size_t len)
{
	const size_t prefix = sizeof TRUSTED - 1;
	const char *line, *p = data;
	unsigned char line2[LINE2_BYTES];
	size_t n;

	if (next_line(&p, &len, sizeof UNTRUSTED MINISIG_COMMENT - 1, &line, &n) != 0 || n != sizeof UNTRUSTED MINISIG_COMMENT - 1
	    || memcmp(line, UNTRUSTED MINISIG_COMMENT, n) != 0)
		return -1;

	if (next_line(&p, &len, LINE2_TEXT, &line, &n) != 0 || n != LINE2_TEXT
	    || base64_decode(line, n, true, line2, sizeof line2) != 0 || memcmp(line2, "ED", 2) != 0)
		return -1;
	memcpy(m->key_id, line2 + 2, 8);
	memcpy(m->signature, line2 + 10, 64);

	if (next_line(&p, &len, prefix + MINISIG_TRUSTED_MAX, &line, &n) != 0 || n < prefix || memcmp(line, TRUSTED, prefix) != 0)
		return -1;
	m->trusted_len = n - prefix;
	memcpy(m->trusted, line + prefix, m->trusted_len);
	m->trusted[m->trusted_len] = '\0';

	if (next_line(&p, &len, LINE4_TEXT, &line, &n) != 0 || n != LINE4_TEXT
	    || base64_decode(line, n, true, m->global, sizeof m->global) != 0)
		return -1;
	m->block_len = (size_t)(p - data);
	return 0;
}

int minisig_read(struct minisig *m, const char *data, size_t len, struct err *e)
{
	memset(m, 0, sizeof *m);
	if (parse(m, data, len) == 0)
		return 0;
	memset(m, 0, sizeof *m);
	return err_set(e, ERR_DAMAGED, _("the signature at the front is damaged or of another kind"));
}

static bool same_key(const struct minisig *m, const struct public_identity *by)
{
	return memcmp(m->key_id, by->key_id, sizeof m->key_id) == 0;
}

int minisig_verify_comment(const struct minisig *m, const struct public_identity *by)
{
	unsigned char message[64 + MINISIG_TRUSTED_MAX];
	size_t len = comment_message(m->signature, m->trusted, m->trusted_len, message);

	return same_key(m, by) && crypto_sign_verify_detached(m->global, message, len, by->verify_key) == 0 ? 0 : -1;
}

int minisig_verify_payload(const struct minisig *m, const struct public_identity *by, const unsigned char payload_hash[HASH_LONG_SIZE])
{
	return same_key(m, by)
	    && crypto_sign_verify_detached(m->signature, payload_hash, HASH_LONG_SIZE, by->verify_key) == 0 ? 0 : -1;
}

/* minisign shows a key id as a little-endian number. */
void minisig_public_key_file(const struct public_identity *pub, struct buf *out)
{
	size_t i;

	buf_adds(out, UNTRUSTED "minisign public key ");
	for (i = 8; i-- > 0; )
		buf_addf(out, "%02X", pub->key_id[i]);
	buf_addf(out, "\n%s\n", pub->minisign);
}
