#include "seal/recovery.h"

#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "crypto/secret.h"

/* Damm's quasigroup of order ten: totally anti-symmetric, zeros on its diagonal. */
static const unsigned char table[10][10] = {
	{ 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 }, { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 }, { 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 }, { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
	{ 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 }, { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 }, { 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 }, { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
	{ 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 }, { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

/* Begun with the group's place, of which there are as many as digits: what stands in another place does not pass. */
static int checksum(const char *group, int place, int digits)
{
	int sum = place;

	_Static_assert(RECOVERY_GROUPS == 10, "a place is a digit");
	for (int i = 0; i < digits; i++)
		sum = table[sum][group[i] - '0'];
	return sum;
}

static char random_digit(void)
{
	unsigned char byte;

	do
		crypto_random(&byte, 1);
	while (byte >= 250);
	return (char)('0' + byte % 10);
}

void recovery_new(char digits[RECOVERY_SIZE])
{
	for (int place = 0; place < RECOVERY_GROUPS; place++) {
		char *group = digits + place * RECOVERY_GROUP;

		for (int i = 0; i < RECOVERY_GROUP - 1; i++)
			group[i] = random_digit();
		/* Zeros on the diagonal: what the sum is makes it nought. */
		group[RECOVERY_GROUP - 1] = (char)('0' + checksum(group, place, RECOVERY_GROUP - 1));
	}
	digits[RECOVERY_DIGITS] = '\0';
}

void recovery_show(const char digits[RECOVERY_SIZE], char text[RECOVERY_TEXT_SIZE])
{
	for (int i = 0; i < RECOVERY_DIGITS; i++) {
		if (i > 0 && i % RECOVERY_GROUP == 0)
			*text++ = ' ';
		*text++ = digits[i];
	}
	*text = '\0';
}

/* Bytes of what may stand between groups; a no-break space is two. */
static size_t between(const char *p)
{
	if (strncmp(p, "\xc2\xa0", 2) == 0)
		return 2;
	return *p != '\0' && strchr(" \t\r\n-.,", *p) != NULL;
}

static size_t digits_at(const char *p)
{
	return strspn(p, "0123456789");
}

/* The groups one after the other; a person may have run some together. `count` also counts those for which there is no room. */
static int gather(const char *typed, char digits[RECOVERY_SIZE], int *count, struct err *e)
{
	const char *p = typed;

	*count = 0;
	while (*p != '\0') {
		size_t skip = between(p), run = digits_at(p);

		if (skip == 0 && run == 0)
			return err_set(e, ERR_PASSPHRASE, _("a recovery code is digits alone, %d groups of %d"), RECOVERY_GROUPS, RECOVERY_GROUP);
		p += skip;
		if (run % RECOVERY_GROUP != 0)
			return err_set(e, ERR_PASSPHRASE, _("in group %d of the recovery code a digit is missing, or there is one too many"),
			    *count + 1 + (int)(run / RECOVERY_GROUP < RECOVERY_GROUPS ? run / RECOVERY_GROUP : 0));
		for (; run > 0; run -= RECOVERY_GROUP, p += RECOVERY_GROUP) {
			if (*count < RECOVERY_GROUPS)
				memcpy(digits + *count * RECOVERY_GROUP, p, RECOVERY_GROUP);
			(*count)++;
		}
	}
	digits[RECOVERY_DIGITS] = '\0';
	return 0;
}

/* «3, 7»: all that are wrong, so that a person looks once. */
static int check_groups(const char *digits, struct err *e)
{
	struct buf wrong = BUF_INIT;
	int count = 0;

	for (int place = 0; place < RECOVERY_GROUPS; place++)
		if (checksum(digits + place * RECOVERY_GROUP, place, RECOVERY_GROUP) != 0) {
			buf_addf(&wrong, count > 0 ? ", %d" : "%d", place + 1);
			count++;
		}
	if (count > 0)
		/* TRANSLATORS: %s is the number of a group of digits («3»), or several («3, 7») */
		err_set(e, ERR_PASSPHRASE, P_("there is a slip in group %s of the recovery code", "there are slips in groups %s of the recovery code", count), wrong.data);
	buf_release(&wrong);
	return count > 0 ? -1 : 0;
}

int recovery_read(const char *typed, char digits[RECOVERY_SIZE], struct err *e)
{
	int count, rc = gather(typed, digits, &count, e);

	if (rc == 0 && count != RECOVERY_GROUPS)
		rc = err_set(e, ERR_PASSPHRASE, P_("a recovery code has %2$d groups of digits, and here is %1$d", "a recovery code has %2$d groups of digits, and here are %1$d", count),
		    count, RECOVERY_GROUPS);
	if (rc == 0)
		rc = check_groups(digits, e);
	if (rc != 0)
		secret_wipe(digits, RECOVERY_SIZE);
	return rc;
}

bool recovery_meant(const char *typed)
{
	size_t digits = 0;

	while (*typed != '\0') {
		size_t skip = between(typed), run = digits_at(typed);

		if (skip + run == 0)
			return false;
		typed += skip + (skip == 0 ? run : 0);
		digits += skip == 0 ? run : 0;
	}
	return digits > RECOVERY_DIGITS / 2;
}
