/* paper: the sheet that was signed on paper, typed a second time without a look at what is marked, and where the two differ. It changes nothing by itself.
 *
 * A line of the paper is a person whom the register has, or a name as it was typed. A person stands there once. */
#ifndef RECORDS_PAPER_H
#define RECORDS_PAPER_H

#include "records/attendance.h"

#define PAPER_LINES_MAX 2000
#define PAPER_NOT_COUNTED (-1)

struct paper_line {
	char person[RECORD_ID_SIZE];	/* "": the register has nobody of this name */
	char *name;			/* as typed, or the person's; owned */
};
struct paper {
	struct paper_line *line;
	int count;
	int unnamed;			/* who stands there without a name; PAPER_NOT_COUNTED: nobody said */
};

void paper_init(struct paper *p);
void paper_release(struct paper *p);

int paper_find(const struct paper *p, const char *person);		/* its line, -1: not there */
/* One line more; `person` "" where the register has nobody. False: the person, or this very name, stands there already, or there are too many. */
bool paper_add(struct paper *p, const char *person, const char *name);
void paper_strike(struct paper *p, int line);
/* A name that the register did not have belongs to somebody now. */
void paper_identify(struct paper *p, int line, const char *person);

/* As JSON, without the names of people whom the register has: {"unnamed":…,"lines":["k3x9q2mv-7",["Щукин Пётр"],…]}. */
void paper_write(const struct paper *p, struct buf *out);
/* Into an empty one. Who is in the register no more is left out. */
int paper_read(struct paper *p, struct store *s, const char *json, size_t len, struct err *e);

enum difference_kind {
	DIFFERENCE_NOT_MARKED,		/* on paper, and not marked as present */
	DIFFERENCE_NOT_ON_PAPER,	/* marked as present, and not on paper */
	DIFFERENCE_UNKNOWN,		/* on paper, and in no register */
	DIFFERENCE_UNNAMED		/* another number without a name */
};

struct difference {
	enum difference_kind kind;
	char person[RECORD_ID_SIZE];	/* of the first two kinds */
	int line;			/* of the paper, of the first and third kind; else -1 */
	char *name;			/* "" of the last kind */
};
struct differences { struct difference *row; int count; };
void differences_release(struct differences *d);

/* In the order of the paper, then of the sheet, the number last. */
void paper_compare(const struct paper *p, const struct attendance_rows *sheet, struct differences *out);
/* True while it is still so: marks may have been set meanwhile. */
bool difference_stands(const struct difference *d, const struct paper *p, const struct attendance_rows *sheet);

#endif
