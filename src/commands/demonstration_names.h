/* demonstration_names: names of people and organisations that nobody bears on purpose, for the demonstration region. Generated from lists of given
 * names, patronymics and surnames, Russian, Tatar and Bashkir; the same seed gives the same region. A share of the people is written as a Bashkir or Tatar
 * document writes them, so that all of ә ө ү ғ ҡ ҙ ҫ ң һ җ occur. */
#ifndef COMMANDS_DEMONSTRATION_NAMES_H
#define COMMANDS_DEMONSTRATION_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Numbers that only look random (xorshift64*): no use for anything but examples. */
struct example_random { uint64_t state; };		/* begin with any number but 0 */

unsigned example_number(struct example_random *r, unsigned below);		/* 0 … below - 1 */
bool example_chance(struct example_random *r, unsigned percent);
const char *example_choice(struct example_random *r, const char *const *list);	/* one of a NULL-terminated list */

/* Appends «Фамилия Имя Отчество». Says whether it is a woman's name. */
bool example_person(struct example_random *r, struct buf *out);

/* Appends «АНО «Родник»» and so on; `place` is the village or town, for those that bear its name. */
void example_organisation(struct example_random *r, const char *place, struct buf *out);

/* Appends a telephone number of a range that is given to nobody: +7 917 000-NN-NN. `number` is 0 … 9999. */
void example_phone(unsigned number, struct buf *out);

#endif
