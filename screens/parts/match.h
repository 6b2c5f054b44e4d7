/* match: how well what is typed fits a name, or a telephone: whoever looks for «лат» means Латыпова, and not somebody whose patronymic has these letters in
 * the middle, wherever either of them stands. */
#ifndef SCREENS_PARTS_MATCH_H
#define SCREENS_PARTS_MATCH_H

#include "base/buf.h"
#include "records/field.h"

/* The best first. */
enum match_rank {
	MATCH_WHOLE,		/* the name's first words are the typed ones, whole: «Ли» before «Лисицын»; the telephone is the digits */
	MATCH_BEGINNING,	/* the name begins with the letters, the telephone with the digits */
	MATCH_WORD,		/* every typed word begins a word of the name; the digits begin a group of the telephone */
	MATCH_INSIDE,		/* the letters or digits occur otherwise, or elsewhere */
	MATCH_RANKS
};

struct match {
	struct filter words;
	struct buf folded, digits;	/* digits: empty when something else is typed as well */
};

void match_init(struct match *m, const char *typed);
void match_release(struct match *m);

/* `phone` as kept, "" for none. Who is not found by name or telephone is MATCH_INSIDE: other words of the record may have it. */
enum match_rank match_rank(const struct match *m, const char *name, const char *phone);

#endif
