/* coverage: what each municipality has of the current programme, and where it stands on a map of tiles that resembles the republic's shape.
 *
 * A tile is a municipality that is there now: what stands in one that was merged away counts for its successor. Every value is one query for all
 * municipalities at once. People reached are counted once each within the municipality of the seminar: somebody who came in two of them counts in both, so
 * values of people are never added up over tiles. */
#ifndef FIGURES_COVERAGE_H
#define FIGURES_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "records/municipality.h"
#include "records/record.h"

enum coverage_figure {
	COVERAGE_CONSULTANTS, COVERAGE_EXPERTS, COVERAGE_SEMINARS, COVERAGE_REACHED, COVERAGE_VISITS, COVERAGE_UNNAMED, COVERAGE_CONSULTATIONS,
	COVERAGE_ORGANISATIONS, COVERAGE_FIGURES
};

/* What a figure is called and how it is counted: static data, in the order of the enum. */
struct coverage_measure {
	const char *name;		/* on the command line and in JSON: "consultants" */
	const char *title;		/* N_() */
	const char *computed;		/* N_(): one sentence */
	bool dated;			/* a period narrows it, and it has months */
	bool once;			/* people once each: never added up over tiles or months */
};
extern const struct coverage_measure coverage_measures[COVERAGE_FIGURES];
int coverage_figure_find(const char *name);		/* of enum coverage_figure; -1: there is none */

enum { COVERAGE_SHADES = 5, COVERAGE_LETTERS_SIZE = 16 };

struct coverage_tile {
	char code[MUNICIPALITY_CODE_SIZE];
	char letters[COVERAGE_LETTERS_SIZE];		/* two Cyrillic letters as a rule, UTF-8; no two tiles have the same */
	int row, column;				/* from 0; no two tiles stand in one place */
	char *name, *short_name;			/* «Бураевский район», «Бураевский»; owned */
	int64_t value[COVERAGE_FIGURES];
};

struct coverage {
	struct coverage_tile *tile;			/* in the order of the map: by row, then by column */
	int count, rows, columns;
	int64_t elsewhere[COVERAGE_FIGURES];		/* what belongs to no municipality of the map, none entered or an unknown one */
	int64_t limit[COVERAGE_FIGURES][COVERAGE_SHADES];	/* the least value of each shade; limit[f][0] is 0; INT64_MAX: nothing has this shade */
};

/* `since` and `until` (ISO, both included) narrow the dated figures; "" or NULL: open on that side. *out is the caller's to release, after a failure too. */
int coverage_read(struct store *s, const char *since, const char *until, struct coverage *out, struct err *e);
void coverage_release(struct coverage *c);

/* The tile in this place, of this code; NULL: none. */
const struct coverage_tile *coverage_at(const struct coverage *c, int row, int column);
const struct coverage_tile *coverage_of(const struct coverage *c, const char *code);

/* 0: nothing there; 1 … 4: a quarter each of the different values that there are, so that a city with a hundred does not make all others pale. */
int coverage_shade(const struct coverage *c, enum coverage_figure f, int64_t value);

/* How many tiles have nothing of a figure. */
int coverage_empty(const struct coverage *c, enum coverage_figure f);

/* What happened in each month, from the programme's first to its last or to what was entered outside it; every month in between is there, unless they
 * would be too many: then those alone that have something. */
struct coverage_month { char month[8]; int64_t value[COVERAGE_FIGURES]; };	/* "2020-02"; figures that are not dated are 0 */
struct coverage_months { struct coverage_month *month; int count; };
enum { COVERAGE_MONTHS_MAX = 60 };
/* `code` "" or NULL: everywhere. */
int coverage_months_read(struct store *s, const char *code, const char *since, const char *until, struct coverage_months *out, struct err *e);
void coverage_months_release(struct coverage_months *m);

/* --- the grid (coverage_grid.c): where the program itself puts the municipalities; what the hub says of one stands before it --- */

struct coverage_place { const char *code, *letters; int row, column; };		/* from 0 */
extern const struct coverage_place coverage_grid[];				/* ends with code NULL */

#endif
