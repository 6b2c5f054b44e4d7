/* namesake: who or what bears the same name, found through the index on the sorting key: people and organisations that a list names are looked
 * for one by one among a hundred thousand. */
#ifndef RECORDS_NAMESAKE_H
#define RECORDS_NAMESAKE_H

#include "records/record.h"

/* id: of joined cards (joined.h) the shown one, and each of them is told; the rest is what the card says that bears the name. */
struct namesake { const char *id, *card, *name, *phone, *municipality; };

/* Each visible record of the type (person_type or organisation_type) whose name has the same letters in the same words: ё and е, capitals,
 * quotation marks and full stops make no difference. Returns 0, or what each() returned when it was not 0. */
typedef int (*namesake_fn)(void *context, const struct namesake *n);
int namesake_each(struct store *s, const struct record_type *t, const char *name, namesake_fn each, void *context, struct err *e);

/* What two such names have in common, and no other two: a text to compare by. Appends. */
void namesake_key(const char *name, struct buf *key);

#endif
