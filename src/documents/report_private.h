/* report_private: what a report is made from, and its sections. Included by report*.c alone. */
#ifndef DOCUMENTS_REPORT_PRIVATE_H
#define DOCUMENTS_REPORT_PRIVATE_H

#include "documents/outline.h"
#include "documents/report.h"
#include "figures/coverage.h"
#include "figures/filing.h"

enum { REPORT_FIGURES_MAX = 64, REPORT_CHANGES_MOST = 200 };

/* One seminar as the report shows it. Names are as they may be told. */
struct report_seminar {
	char *id, *date, *planned_date, *title, *place, *municipality, *kind, *lead, *others, *mentor, *basis, *sheet, *status;
	int64_t by_name, unnamed;
	bool held, cancelled;		/* cancelled: by its status, though it may be held */
};

struct report {
	struct store *store;
	const struct report_request *request;
	enum report_format format;
	struct figure_query query;			/* the period, gated */
	char programme[RECORD_ID_SIZE];
	int64_t value[REPORT_FIGURES_MAX];		/* in the order of figure_list */
	struct report_seminar *seminar;
	int seminars;
	struct coverage coverage;
	struct coverage_months months;
	struct buf withheld;				/* ids, each followed by a blank; some more than once */
	struct outline *lists;				/* those that prove the figures; NULL: none are wanted */
	struct outline *out;
};

int64_t report_value(const struct report *r, const char *figure);
void report_withhold(struct report *r, const char *ids);		/* as a figure's line says it */
int report_withheld_count(const struct report *r);			/* people, once each */

int report_seminars_read(struct report *r, struct err *e);
void report_seminars_release(struct report *r);

/* The sections. */
int report_front(struct report *r, struct err *e);			/* first page */
int report_indicators(struct report *r, struct err *e);		/* targets, figures, passing on */
int report_seminars(struct report *r, struct err *e);
int report_coverage(struct report *r, struct err *e);
int report_training(struct report *r, struct err *e);			/* selection, courses */
int report_exchange(struct report *r, struct err *e);			/* consultations by month, the collection */
int report_changes(struct report *r, struct err *e);			/* since the report that was filed last */
int report_lists_read(struct report *r, struct err *e);		/* the figures, and with them their lists */
void report_lists(struct report *r);

int report_json(struct report *r, struct buf *out, struct err *e);

/* People's cards that look like two of one person. */
int report_doubles(struct store *s, int64_t *cards, struct err *e);

#endif
