/* fuzz: what the fuzz targets of the exchange and of the sealed file have in common. A target is one file that defines `fuzz_target`; fuzz.c makes it
 *   - a program for ./check, that replays the inputs kept under tests/fuzz/corpus/NAME, those that the target makes itself, and some changes of both;
 *   - with -DFUZZER_MAIN and -fsanitize=fuzzer, a libFuzzer one (`make fuzz`).
 *
 *     fuzz_NAME                        as in ./check; TEST_SEED repeats a run, FUZZ_CASES says how many changed inputs
 *     fuzz_NAME FILE…                  these inputs alone
 *     fuzz_NAME --write-corpus DIR     writes the inputs that the target makes, as DIR/own-…: anew when they change
 *
 * Nothing of an input outlives it: what a target keeps is made once, in start(), and never changed by an input. Randomness begins anew with each input, and time
 * stands still: the same input does the same wherever it runs.
 *
 * Most readers stand behind a signature or a seal that no fuzzer finds. So the target holds the keys, and wraps the input as its sender would. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/identity.h"

struct fuzz_target {
	const char *name;				/* of its folder of inputs, and of its dictionary */
	void (*start)(void);				/* once; NULL: there is nothing to make */
	bool (*take)(const uint8_t *data, size_t size);	/* true: the reader took it; both must happen in a run */
	void (*seeds)(void);				/* calls fuzz_seed or fuzz_seed_words for each */
	int cases;					/* changed inputs in ./check */
};
extern const struct fuzz_target fuzz_target;

void fuzz_seed(const void *data, size_t size);
/* A text in which every value that fuzz_word was told stands as its word again. */
void fuzz_seed_words(const char *text, size_t size);

/* What differs from program to program (ids, keys, hashes) stands in the inputs as a word of two characters, "$F", so that they outlive a change of what it stands
 * for. The value is copied; longest ones are put back first. */
void fuzz_word(char letter, const char *value);
void fuzz_word_bytes(char letter, const void *value, size_t len);
void fuzz_expand(const void *data, size_t size, struct buf *out);

/* Every byte of an input is looked at through these: 0 when there is no more. */
struct fuzz_in { const uint8_t *p, *end; };
unsigned fuzz_byte(struct fuzz_in *in);
size_t fuzz_left(const struct fuzz_in *in);

/* A pair of keys of its own for each number. The caller frees. */
struct identity *fuzz_identity(unsigned char number);

_Noreturn void fuzz_broken(const char *file, int line, const char *what);
#define FUZZ_HOLDS(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))

#endif
