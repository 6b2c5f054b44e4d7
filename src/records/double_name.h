/* double_name: the parts of a person's name, and how far two names can be the same person's: initials against whole words, a patronymic that is missing, ё and е, the
 * Bashkir letters, double surnames, a slip of the pen. */
#ifndef RECORDS_DOUBLE_NAME_H
#define RECORDS_DOUBLE_NAME_H

#include <stdint.h>

#include "base/buf.h"

enum { DOUBLE_WORD_MAX = 24 };

/* Folded letters (base/text.h text_fold) as they sound: о as у, ы and й as и, without ь and ъ, so that «Гөлнара» is «Гульнара». One letter is an initial, none: it is
 * missing. */
struct double_word { uint16_t letter[DOUBLE_WORD_MAX], first; uint8_t count; };	/* first: the first one as it was folded */
struct double_name { struct double_word surname, given, patronymic; };

/* «Галимова Айгуль Рустамовна», «Галимова А. Р.», «А. Р. Галимова», «Ғәлимова Айгөл Рөстәм ҡыҙы». */
void double_name_read(struct double_name *n, const char *name);

/* The words «surname given» for text_double_key; "" where there is no surname. Appends. */
void double_name_begin(const struct double_name *n, struct buf *out);

/* 0: nothing speaks against it; 1, 2, 3: more and more does; DOUBLE_OTHER: two people. */
enum { DOUBLE_OTHER = 9 };
int double_name_differ(const struct double_name *a, const struct double_name *b);

#endif
