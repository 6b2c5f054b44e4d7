/* likely: who may be the person that is being entered, said at the foot of the form while it is typed (records/double.h). */
#ifndef SCREENS_LIKELY_H
#define SCREENS_LIKELY_H

#include "records/double.h"
#include "screens/parts/form.h"

struct loop;

struct likely {
	struct double_found found[DOUBLES_FOUND];
	int count;
	struct buf asked;	/* the values that they were looked for with */
	struct buf words;	/* «! Может быть, уже в реестре: …» */
};

void likely_init(struct likely *k);
void likely_release(struct likely *k);

/* Looks anew where what is typed says something else than before. What fails says nobody: a warning must not stand in the way of typing. */
void likely_update(struct likely *k, const struct form *f);

/* Rows that the words take at the foot of `rows` rows; 0: there is nobody. */
int likely_rows(const struct likely *k, int width, int rows);
void likely_draw(const struct likely *k, struct canvas *c, int top, int bottom);

/* The card of that person, or where there are several a choice of them. */
void likely_open(const struct likely *k, struct loop *l);

#endif
