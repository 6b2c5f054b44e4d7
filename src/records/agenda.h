/* agenda: what a person should see first: what is due, and what is new since the last time. All of it is of this device's person (setting "person"), but for what every coordinator owes; a
 * store without one has an empty agenda. What is due belongs to the current programme, and in one that is closed nothing is due; answers and news are of all. */
#ifndef RECORDS_AGENDA_H
#define RECORDS_AGENDA_H

#include "records/record.h"

enum agenda_kind {
	AGENDA_ERASURE,		/* at a coordinator: somebody withdrew the consent to taking part and is to be erased (erasure.h); `date` is the last day for it */
	AGENDA_STEP,		/* a consultation's next step, today or overdue, of this person as mentor or mentee; `date` is its date */
	AGENDA_QUESTION,	/* a question to this person without an answer; `date` is when it was asked */
	AGENDA_ANSWER,		/* an answer to a question of this person's that came with an exchange and was not seen yet (agenda_seen); `date` is its date */
	AGENDA_SEMINAR,		/* a seminar that this person leads or mentors, from today to two weeks ahead */
	AGENDA_UNMARKED,	/* one whose date is past and that is neither held nor cancelled */
	AGENDA_CONSENTS		/* one of the last two months where people were present who have signed no consent; `number` of them */
};
enum { AGENDA_KINDS = 7, AGENDA_DAYS_AHEAD = 14, AGENDA_DAYS_BACK = 60 };

struct agenda_item {
	enum agenda_kind kind;
	const struct record_type *type;
	const char *id, *text, *date;	/* text: the step or the topic, and with whom; the seminar's title */
	int64_t number;
};

/* Kind by kind, the most pressing first (the step of today, then those that became overdue last, so that one from long ago hides none; the question that waits
 * longest; the next seminar; what was last), at most `most` of each kind; `totals` (one a kind)
 * gets how many there are. By index: it costs what it shows. */
typedef int (*agenda_fn)(void *context, const struct agenda_item *item, struct err *e);
int agenda_each(struct store *s, int most, agenda_fn each, void *context, int64_t totals[AGENDA_KINDS], struct err *e);

/* Records that other devices changed since agenda_seen() was last called, the latest first, at most `most`, each once: what was marked on a sheet is told as the
 * seminar, a role as the person. *total: how many records, among the latest thousand or so operations: a first sync brings a hundred thousand, and nobody reads
 * those one by one. The first time everything is seen. */
struct agenda_news {
	const struct record_type *type;
	const char *id, *name;
	bool created;			/* else changed, or removed */
	bool removed;			/* there is no card to open */
	int64_t ms;			/* of the last change, and who made it; "" where that is not known here */
	const char *person;
};
typedef int (*agenda_news_fn)(void *context, const struct agenda_news *n, struct err *e);
int agenda_news(struct store *s, int most, agenda_news_fn each, void *context, int64_t *total, struct err *e);

/* All that came so far has been seen; the screens say so when they are left. */
int agenda_seen(struct store *s, struct err *e);

#endif
