/* chance: everything that is left to chance in a history follows from its seed alone: what is done, and the keys, tags and ids of everybody, so that a
 * seed gives the same history again, to the last byte of a bundle. */
#ifndef TESTS_HISTORIES_CHANCE_H
#define TESTS_HISTORIES_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

/* Before anything of the cryptographic library is used. */
void chance_install(void);
void chance_seed(uint64_t seed);

int chance_below(int n);			/* 0 to n - 1 */
bool chance_in(int n);				/* once in n times */
const char *chance_word(const char *const *words);	/* one of them; ends with NULL */

#endif
