/* attendance_find: whom the typed letters may mean on the attendance screen, the best match first (match.h), of equal ones those on the sheet before
 * everybody else in the register; at the end the offer to write in somebody new. With nothing typed: the sheet.
 *
 * Where nobody fits and the letters are Latin, they are read as the Russian ones of the same keys: «ufkbv» finds Галимова. */
#ifndef SCREENS_ATTENDANCE_FIND_H
#define SCREENS_ATTENDANCE_FIND_H

#include "records/attendance.h"
#include "listings/listing.h"
#include "screens/parts/match.h"

enum found_kind { FOUND_ON_SHEET, FOUND_ELSEWHERE, FOUND_NOBODY };

#define FOUND_NOBODY_ID "+"		/* the offer; of the same letters in the other layout: "++" */
#define FOUND_ELSEWHERE_MOST 20

struct found {
	enum found_kind kind;
	enum match_rank rank;
	int sheet;			/* on the sheet: which row of it */
	char id[RECORD_ID_SIZE];	/* the person's */
	char *name, *organisation, *phone;	/* elsewhere: copies; nobody: name as typed */
};

struct attendance_find {
	struct found *row;
	int count;
	struct buf meant;		/* what is typed, as the Russian layout has it, where that is how it was read; else "" */
	struct listing_view *people;	/* the register's names in memory; NULL: not opened yet */
	uint64_t version;		/* of the store, as people were read */
};

/* All zero is an empty one. */
void attendance_find_release(struct attendance_find *f);
void attendance_find_clear(struct attendance_find *f);		/* the rows alone */
int attendance_find(struct attendance_find *f, struct store *s, const struct attendance_rows *sheet, const char *typed, struct err *e);

/* Names are read once, so that a letter costs no query, and anew when the store has changed. Beforehand: while no key waits. */
int attendance_find_prepare(struct attendance_find *f, struct store *s, struct err *e);
/* A mark, or a draft that is kept, changes no name: `fresh` is taken before it, and what was read stays good after it. */
bool attendance_find_fresh(const struct attendance_find *f, struct store *s);
void attendance_find_stay(struct attendance_find *f, struct store *s, bool fresh);

#endif
