#include "crypto/bech32.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "crypto/secret.h"

#define RECIPIENT_HRP "age"
#define IDENTITY_HRP "age-secret-key-"		/* upper case when written, lower case under the checksum */
#define GROUPS 52				/* 32 bytes in groups of 5 bits; the last has 4 bits of padding */
#define CHECK_GROUPS 6

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static uint32_t polymod(uint32_t c, unsigned char value)
{
	static const uint32_t generators[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
	uint32_t top = c >> 25;
	size_t i;

	c = (c & 0x1ffffff) << 5 ^ value;
	for (i = 0; i < 5; i++)
		if (top >> i & 1)
			c ^= generators[i];
	return c;
}

/* The checksum over the expanded prefix and the groups; six zero groups follow when it is being made. */
static uint32_t checksum(const char *hrp, const unsigned char *groups, size_t count)
{
	uint32_t c = 1;
	size_t i;

	for (i = 0; hrp[i] != '\0'; i++)
		c = polymod(c, (unsigned char)hrp[i] >> 5);
	c = polymod(c, 0);
	for (i = 0; hrp[i] != '\0'; i++)
		c = polymod(c, (unsigned char)hrp[i] & 31);
	for (i = 0; i < count; i++)
		c = polymod(c, groups[i]);
	return c;
}

static char shift(char c, char from, char to)
{
	return c >= from && c <= from + 25 ? (char)(c - from + to) : c;
}

static void write_key(const char *hrp, bool upper, const unsigned char key[32], char *out)
{
	unsigned char groups[GROUPS + CHECK_GROUPS] = { 0 };
	size_t i, n = strlen(hrp);
	uint32_t check;

	for (i = 0; i < 256; i++)
		if (key[i / 8] >> (7 - i % 8) & 1)
			groups[i / 5] |= (unsigned char)(16 >> i % 5);
	check = checksum(hrp, groups, GROUPS + CHECK_GROUPS) ^ 1;
	for (i = 0; i < CHECK_GROUPS; i++)
		groups[GROUPS + i] = check >> 5 * (CHECK_GROUPS - 1 - i) & 31;

	memcpy(out, hrp, n);
	out[n++] = '1';
	for (i = 0; i < GROUPS + CHECK_GROUPS; i++)
		out[n++] = alphabet[groups[i]];
	out[n] = '\0';
	for (i = 0; upper && i < n; i++)
		out[i] = shift(out[i], 'a', 'A');
	secret_wipe(groups, sizeof groups);
}

/* The length of a key's text is fixed, and '1' is not in the alphabet; so the separator has one place where it can stand. */
static int read_groups(const char *hrp, bool upper, const char *text, unsigned char groups[GROUPS + CHECK_GROUPS])
{
	size_t n = strlen(hrp), i;

	if (strlen(text) != n + 1 + GROUPS + CHECK_GROUPS || text[n] != '1')
		return -1;
	for (i = 0; i < n; i++)
		if (text[i] != (upper ? shift(hrp[i], 'a', 'A') : hrp[i]))
			return -1;
	for (i = 0; i < GROUPS + CHECK_GROUPS; i++) {
		char c = text[n + 1 + i];
		const char *at;

		if (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z')
			return -1;
		at = strchr(alphabet, shift(c, 'A', 'a'));
		if (at == NULL)
			return -1;
		groups[i] = (unsigned char)(at - alphabet);
	}
	return checksum(hrp, groups, GROUPS + CHECK_GROUPS) == 1 ? 0 : -1;
}

static int read_key(const char *hrp, bool upper, const char *text, unsigned char key[32])
{
	unsigned char groups[GROUPS + CHECK_GROUPS];
	int result = read_groups(hrp, upper, text, groups);
	size_t i;

	if (result == 0 && (groups[GROUPS - 1] & 15) != 0)
		result = -1;
	memset(key, 0, 32);
	for (i = 0; i < 256 && result == 0; i++)
		if (groups[i / 5] >> (4 - i % 5) & 1)
			key[i / 8] |= (unsigned char)(128 >> i % 8);
	secret_wipe(groups, sizeof groups);
	return result;
}

void bech32_recipient(const unsigned char key[32], char out[AGE_RECIPIENT_SIZE])
{
	write_key(RECIPIENT_HRP, false, key, out);
}

void bech32_identity(const unsigned char key[32], char out[AGE_IDENTITY_SIZE])
{
	write_key(IDENTITY_HRP, true, key, out);
}

int bech32_read_recipient(const char *text, unsigned char key[32])
{
	return read_key(RECIPIENT_HRP, false, text, key);
}

int bech32_read_identity(const char *text, unsigned char key[32])
{
	return read_key(IDENTITY_HRP, true, text, key);
}
