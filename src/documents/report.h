/* report: the figures of what this store holds, each with how it was computed, as a document. */
#ifndef DOCUMENTS_REPORT_H
#define DOCUMENTS_REPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "records/figure.h"

enum report_format {
	REPORT_TEXT,		/* for a terminal */
	REPORT_JSON,
	REPORT_CSV,		/* for a spreadsheet: name, title, figure, how it was computed */
	REPORT_HTML		/* for the fund: besides, the seminars and the municipalities. Nobody's name is in it */
};

int report_write(struct store *s, enum report_format format, struct buf *out, struct err *e);

/* The list that proves one figure, tab-separated with a header line, or JSON. It names people: it is for who answers for the figure, not for others. */
int report_proof(struct store *s, const struct figure *which, bool json, struct buf *out, struct err *e);

#endif
