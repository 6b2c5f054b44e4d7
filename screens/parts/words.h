/* words: short forms in which lists show names and dates. All append. */
#ifndef SCREENS_PARTS_WORDS_H
#define SCREENS_PARTS_WORDS_H

#include "base/buf.h"
#include "records/field.h"

/* «Галимова Айгуль Рашитовна» → «Галимова Айгуль Р.», where that is wider than `width` columns «Галимова Айгуль», else «Галимова А. Р.» */
void words_short_name(const char *name, int width, struct buf *out);
/* → «Галимова А. Р.» */
void words_initials(const char *name, struct buf *out);
/* The label of a choice's code, "" for "". */
void words_choice(const struct choice *choices, const char *code, struct buf *out);
/* "2020-02-03" → «03.02» in the year of `today`, else «02.2020»; an em dash for "". */
void words_day(const char *iso, const char *today, struct buf *out);

#endif
