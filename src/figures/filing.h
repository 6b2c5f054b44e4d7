/* filing: a report as it was handed in: the figures of one programme and period, the lists that proved them, and a hash, so that later it can be said what has
 * changed since, by whom and when. Names are not kept, ids are: who is erased later is erased here too.
 *
 * The record filing holds programme, name (no two alike in a programme), period, day, the figures as JSON ({"figures":{name:value,…},"indicators":{key:[target or
 * null,reached],…}}) and the hash; the records filing_part hold the lists: of one figure lines «id number», the ids in the order of their bytes, in parts of at
 * most 32 KiB, numbered from 1. All are written in one transaction and never changed.
 *
 * The hash is BLAKE2b-256, in hexadecimal, of the canonical text, lines that end with LF: "livenet report 1", "programme ID", "name N", "since D", "until D",
 * "date D" (days ISO, "" for none), then of every figure in the order of names (bytes) "figure NAME VALUE" and its lines «id number», then of every indicator in
 * the order of keys "indicator KEY TARGET REACHED" ("-": no target). It is verified at every reading. */
#ifndef FIGURES_FILING_H
#define FIGURES_FILING_H

#include "figures/figure.h"

extern const struct record_type filing_type, filing_part_type;

/* Files the report of the current programme; dates as typed, NULL or "": open on that side. ERR_REFUSED: the name is taken, the days are none. */
int filing_make(struct store *s, const char *name, const char *since, const char *until, char id[RECORD_ID_SIZE], struct err *e);

struct filing_head {
	char id[RECORD_ID_SIZE], name[256];
	char since[11], until[11], date[11], hash[65];
	int64_t ms;			/* when it was filed, by the clock of the device that did it */
};

/* Those of the current programme, the latest first. 0 goes on, -1 stops. */
typedef int (*filing_fn)(void *context, const struct filing_head *f, struct err *e);
int filing_each(struct store *s, filing_fn each, void *context, struct err *e);
int filing_find(struct store *s, const char *typed, char id[RECORD_ID_SIZE], struct err *e);	/* by name or id, of the current programme */
int filing_last(struct store *s, char id[RECORD_ID_SIZE], struct err *e);				/* 1 there is one, 0 none, -1 */

/* --- one of them, whole (filing_read.c) --- */

struct filing_line { const char *id; int64_t number; };
struct filing_figure { char *name; int64_t value; struct filing_line *line; int count; };	/* lines in the order of ids */
struct filing_indicator { char *key; bool has_target; int64_t target, reached; };
struct filing {
	struct filing_head head;
	char programme[RECORD_ID_SIZE];
	struct filing_figure *figure;		/* in the order of names */
	int figures;
	struct filing_indicator *indicator;	/* in the order of keys */
	int indicators;
	char **text;				/* what the lines point into */
	int texts;
};

/* Reads and verifies. ERR_DAMAGED: it is not what was filed, or not all of it is here. *out is released after a failure. */
int filing_read(struct store *s, const char *id, struct filing *out, struct err *e);
void filing_release(struct filing *f);
void filing_canonical(const struct filing *f, struct buf *out);

/* --- what has changed since (filing_compare.c) --- */

enum filing_change_kind { FILING_ADDED, FILING_REMOVED, FILING_CHANGED };

struct filing_change {
	enum filing_change_kind kind;
	const char *id, *name;			/* withheld names are the id: filing_compare's `gated` */
	int64_t before, after;			/* what the line added and adds */
	const char *by;				/* whose device did the latest that bears on it: a name, else a device's label or tag; "" unknown */
	int64_t ms;				/* when; 0: unknown */
	bool withheld;
};

/* A figure that differs in its value or its lines, over the filed period and as of now. */
struct filing_difference {
	const char *figure;			/* its name */
	const struct figure *known;		/* NULL: this program does not know it; then there is nothing but `before` */
	int64_t before, after;
	const struct filing_change *change;	/* added, removed and changed, in the order of ids */
	int count;
};
typedef int (*filing_difference_fn)(void *context, const struct filing_difference *d, struct err *e);
int filing_compare(struct store *s, const struct filing *f, bool gated, filing_difference_fn each, void *context, struct err *e);

#endif
