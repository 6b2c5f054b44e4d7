#include "crypto/base64.h"

#include <sodium.h>
#include <string.h>

/* Bytes that are encoded again at a time: whole groups of three, so that the pieces join. */
#define PIECE ((size_t)48)

static int variant(bool padded)
{
	return padded ? sodium_base64_VARIANT_ORIGINAL : sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
}

size_t base64_encode(const void *data, size_t len, bool padded, char *out)
{
	size_t size = sodium_base64_encoded_len(len, variant(padded));

	sodium_bin2base64(out, size, data, len, variant(padded));
	return strlen(out);
}

/* True when text is the one spelling of these bytes. */
static bool canonical(const char *text, size_t text_len, bool padded, const unsigned char *data, size_t len)
{
	char again[BASE64_SIZE(PIECE)];
	size_t at = 0, piece, n;
	bool same = true;

	for (; len > 0 && same; data += piece, len -= piece, at += n) {
		piece = len < PIECE ? len : PIECE;
		n = base64_encode(data, piece, padded, again);
		same = n <= text_len - at && memcmp(again, text + at, n) == 0;
	}
	sodium_memzero(again, sizeof again);		/* keys pass through here */
	return same && at == text_len;
}

long base64_decode_some(const char *text, size_t len, bool padded, void *out, size_t max)
{
	size_t size = 0;

	if (sodium_base642bin(out, max, text, len, NULL, &size, NULL, variant(padded)) != 0
	    || !canonical(text, len, padded, out, size)) {
		if (max > 0)
			sodium_memzero(out, max);
		return -1;
	}
	return (long)size;
}

int base64_decode(const char *text, size_t len, bool padded, void *out, size_t size)
{
	if (base64_decode_some(text, len, padded, out, size) == (long)size)
		return 0;
	sodium_memzero(out, size);
	return -1;
}
