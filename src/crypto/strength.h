/* strength: how much work a passphrase is to guess, roughly. It counts what somebody who guesses would count: letters of a word are worth less the longer the word
 * goes on, runs and repetitions next to nothing, the words that everybody tries first and the person's own name nothing. Classes of characters are not asked for. */
#ifndef CRYPTO_STRENGTH_H
#define CRYPTO_STRENGTH_H

#include "base/err.h"

enum {
	STRENGTH_CHARACTERS = 8,	/* fewer are refused */
	STRENGTH_LEAST = 30,	/* bits; less is refused */
	STRENGTH_GOOD = 44,
	STRENGTH_HIGH = 60
};

/* `known`: what is known of the person (name, municipality), whose words count for nothing; NULL: nothing is. */
int strength_bits(const char *passphrase, const char *known);

/* Whether a new passphrase will do; -1, ERR_PASSPHRASE, with what is wrong and what would be better. */
int strength_check(const char *passphrase, const char *known, struct err *e) __attribute__((warn_unused_result));

#endif
