/* recovery: the recovery code of a store: ten groups of five digits, «48213 90567 …», four of them random and the last a check digit.
 *
 * Digits alone, so that no layout of a keyboard spoils it and it can be read out over a telephone. 10^40 codes are 132 bits: no guessing helps.
 * The check digit is Damm's, begun with the group's place: one wrong digit, two neighbours changed about and two groups changed about are always
 * found, and the group is named; of anything else one slip in ten passes its group, and the store itself refuses the code then. */
#ifndef SEAL_RECOVERY_H
#define SEAL_RECOVERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define RECOVERY_GROUPS 10
#define RECOVERY_GROUP 5				/* digits, the check digit among them */
#define RECOVERY_DIGITS (RECOVERY_GROUPS * RECOVERY_GROUP)
#define RECOVERY_SIZE (RECOVERY_DIGITS + 1)		/* without spaces, as a slot takes it */
#define RECOVERY_TEXT_SIZE (RECOVERY_DIGITS + RECOVERY_GROUPS)	/* a space between groups */

/* A new one. The caller wipes it. */
void recovery_new(char digits[RECOVERY_SIZE]);
/* As it is shown and written. */
void recovery_show(const char digits[RECOVERY_SIZE], char text[RECOVERY_TEXT_SIZE]);

/* What a person typed: spaces, hyphens, points and line ends may stand anywhere between groups. -1, ERR_PASSPHRASE, with the group that is wrong;
 * the text of the error holds nothing that was typed. */
int recovery_read(const char *typed, char digits[RECOVERY_SIZE], struct err *e) __attribute__((warn_unused_result));

/* True when this was meant for a code, and not for a passphrase: digits and what may stand between them, more than half of a code. */
bool recovery_meant(const char *typed);

#endif
