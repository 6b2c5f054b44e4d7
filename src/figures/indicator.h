/* indicator: a target of the programme: a kind of figure with a filter and dates (figure.h), how many of it are planned, how many are reached, and where that leads.
 * The first programme begins with those that its grant names; a coordinator edits them and adds others. */
#ifndef FIGURES_INDICATOR_H
#define FIGURES_INDICATOR_H

#include "figures/figure.h"

extern const struct record_type indicator_type;

enum indicator_forecast {
	INDICATOR_NO_DATES,		/* neither the indicator nor the programme has both a first and a last day */
	INDICATOR_NOT_BEGUN,
	INDICATOR_LINEAR,		/* reached × all days / days so far, rounded down */
	INDICATOR_SCHEDULED,		/* seminars: those held and those planned */
	INDICATOR_ENDED			/* what is reached */
};

#define INDICATOR_KEY_SIZE 64

struct indicator {
	char id[RECORD_ID_SIZE], key[INDICATOR_KEY_SIZE];
	const char *title;
	const struct figure *figure;		/* NULL: of a kind that this program does not know; then nothing is reached */
	struct figure_query query;		/* its own filter and dates */
	int64_t planned, reached;
	bool has_target;
	int64_t percent;			/* reached × 100 / planned, rounded down; 0 without a target */
	enum indicator_forecast how;
	int64_t forecast;			/* where `how` says one: from INDICATOR_LINEAR on */
	char since[11], until[11];		/* that the forecast rests on: the indicator's, else the programme's; "" */
};

/* The targets of the current programme in their order (position, then key). `today` is the day that forecasts start from; NULL: today. The strings live for the
 * call; 0 goes on, -1 stops. */
typedef int (*indicator_fn)(void *context, const struct indicator *i, struct err *e);
int indicator_each(struct store *s, const char *today, indicator_fn each, void *context, struct err *e);

/* One of them by its key, or by its id or title as any record: ERR_REFUSED: none. */
int indicator_find(struct store *s, const char *typed, char id[RECORD_ID_SIZE], struct err *e);
/* That one alone; ERR_REFUSED where it is of another programme. */
int indicator_get(struct store *s, const char *id, indicator_fn each, void *context, struct err *e);

/* In words: how it was computed, with its filter («people marked present, once each over all seminars; kind of seminar: local»). Appends. */
void indicator_computed(struct store *s, const struct indicator *i, struct buf *out);
/* How the forecast was made, one sentence. Appends. */
void indicator_forecast_words(const struct indicator *i, struct buf *out);

#endif
