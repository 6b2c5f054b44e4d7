/* cell: what a cell of a table holds. Cells come as text; a number is digits with an optional minus and fraction ("12.5"), a date is ISO, a per cent is a number of
 * per cent. What is none of these stays the text that it is, wherever it stands. */
#ifndef TYPESET_CELL_H
#define TYPESET_CELL_H

#include <stdbool.h>

#include "typeset/script.h"

bool cell_number(const char *text, double *number);	/* of up to 15 digits, as a workbook can hold it */
bool cell_date(const char *text, double *serial);	/* the day's number in a workbook; from March 1900 */
/* As it is read by people: 14.02.2020, 12,5, 87 %. Returns text itself or scratch's content. */
const char *cell_shown(const struct script *s, enum cell_kind kind, const char *text, struct buf *scratch);
/* A number for people, with at most two digits after the point. */
void cell_put_number(const struct script *s, double number, struct buf *out);

#endif
