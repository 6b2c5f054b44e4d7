/* workbook, as its files share it. */
#ifndef TYPESET_WORKBOOK_PRIVATE_H
#define TYPESET_WORKBOOK_PRIVATE_H

#include <xlsxwriter.h>

#include "typeset/script.h"

#define WORKBOOK_ROWS_MAX 1048576
#define WORKBOOK_SHEETS_MAX 255
#define WORKBOOK_NAME_MAX 31		/* UTF-16 units of a sheet's name */
#define WORKBOOK_TEXT_MAX 32767		/* characters of a cell */
#define WORKBOOK_SHADES 11

/* A per cent with a fraction has a look of its own: «87%» and «87.5%», not «87.%». */
enum look { LOOK_TEXT, LOOK_NUMBER, LOOK_DATE, LOOK_PERCENT, LOOK_PERCENT_PART, LOOK_HEAD, LOOK_TOTAL, LOOK_TOTAL_PERCENT, LOOK_TOTAL_PERCENT_PART, LOOK_TOTAL_DATE,
	LOOK_TITLE, LOOK_LABEL, LOOK_PLAIN, LOOKS };

struct workbook {
	const struct script *s;
	lxw_workbook *book;
	lxw_format *looks[LOOKS], *shades[WORKBOOK_SHADES];
	int sheets;
	char *names[WORKBOOK_SHEETS_MAX];	/* in lower case */
	lxw_worksheet *words;			/* where text stands; NULL before there was any */
	lxw_row_t word_row;
	lxw_worksheet *last;			/* of the table that ended last */
	lxw_col_t beside;			/* the first free column of it */
	lxw_row_t chart_row;
	struct buf scratch;
};

/* A new sheet with a name made of `wish`; NULL: there are too many. */
lxw_worksheet *workbook_sheet(struct workbook *w, const char *wish);
/* Writes text of any length; what is more than a cell can hold is cut, and "…" says so. */
void workbook_text(struct workbook *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, enum look look);

int workbook_table(struct workbook *w, const struct table *t, struct err *e);
int workbook_bars(struct workbook *w, const struct piece *p, struct err *e);	/* workbook_picture.c */
int workbook_map(struct workbook *w, const struct piece *p, struct err *e);

#endif
