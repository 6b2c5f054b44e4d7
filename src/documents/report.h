/* report: what the grant's report asks for, of the current programme and a period, as a document. What it counts and how is figure.h and indicator.h; the report
 * puts it in order, proves each number with a list, and says what is not certain: devices that have not synced, possible doubles, why numbers that look alike
 * differ. What leaves the store names nobody without a consent to taking part: of them the id stands there, and how many there are is said. */
#ifndef DOCUMENTS_REPORT_H
#define DOCUMENTS_REPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "figures/figure.h"

enum report_format {
	REPORT_TEXT,		/* for a terminal: without the lists */
	REPORT_JSON,		/* for programs: the figures, targets, seminars, municipalities, what changed */
	REPORT_CSV,		/* for a spreadsheet, the figures alone: name, title, figure, how it was computed */
	REPORT_HTML, REPORT_PDF, REPORT_XLSX
};
/* By a format's word ("html") or a file's name that ends with it; -1: none. */
int report_format_find(const char *word);
extern const char *const report_format_words[];		/* in the order of the enum, then NULL */

/* Who has not exchanged since when: the first page says it. The report does not know the sync; who calls it fills this in (sync_standing() of sync/sync.h). */
struct report_device { char *name, *tag, *person, *role, *municipality; int64_t heard_ms; };	/* person: id or ""; heard 0: never */
struct report_standing {
	bool region;			/* a hub's: of the whole region */
	char *hub;			/* its name, or that of the hub that this device belongs to; "" or NULL: none */
	int64_t unsent, last_sync_ms;	/* of a device */
	struct report_device *device;	/* of a hub, those that are at work */
	int devices;
};
void report_standing_release(struct report_standing *s);

struct report_request {
	const char *since, *until;	/* ISO, both included; NULL or "": open on that side */
	const struct report_standing *standing;		/* NULL: not known */
	bool open;			/* names are told without a consent: of what stays on this device's screen */
};

int report_write(struct store *s, const struct report_request *r, enum report_format format, struct buf *out, struct err *e);

/* A target as a JSON object, as `indicator list --json` prints it. */
struct indicator;
struct filing_difference;
void report_indicator_json(struct store *s, const struct indicator *i, struct buf *out);
/* What changed of one figure since a report was filed, as a JSON object. */
void report_difference_json(const struct filing_difference *d, struct buf *out);
/* «с 01.11.2019 по 30.06.2020», «за всё время программы»; days ISO, NULL or "": open on that side. Appends. */
void report_period_words(const char *since, const char *until, struct buf *out);

/* The list that proves one figure, tab-separated with a header line, or JSON. */
int report_proof(struct store *s, const struct figure *which, const struct figure_query *q, bool json, struct buf *out, struct err *e);
/* The same as a document of its own: text and JSON as above. `gate`, unless NULL, gets to know whose names were kept back, and whether others left. */
struct consent_gate;
int report_proof_write(struct store *s, const struct figure *which, const struct figure_query *q, enum report_format format, struct consent_gate *gate,
    struct buf *out, struct err *e);

#endif
