/* csv: lists as Excel saves them in Russia, in and out (libcsv reads the grammar). */
#ifndef DOCUMENTS_CSV_H
#define DOCUMENTS_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "records/record.h"

/* --- reading --- */
struct csv_row { char **cell; int count; int line; /* of the file, where the row begins */ };
struct csv_table { struct csv_row *row; int count; const char *charset; /* as it was read: "utf-8" or "windows-1251" */ };

/* Bytes → rows: finds the charset (UTF-8 with or without a byte-order mark, else Windows-1251; `charset` "utf-8" or "windows-1251" decides), the separator
 * (; , tab), quoted fields with line breaks. Limits: 64 MiB, 1,000,000 rows, 200 cells a row, 10,000,000 in all. */
int csv_read(const char *data, size_t len, const char *charset, struct csv_table *out, struct err *e);
void csv_release(struct csv_table *t);
/* A cell of a table that another reader makes, with its NUL; csv_release frees it. */
char *csv_cell(const char *text, size_t len);

/* --- export --- */
/* A list of one type as CSV (RFC 4180, UTF-8 with a byte-order mark, `;`), header line of labels; cells that begin with = + - @ get an apostrophe. What the gate
 * (records/consent.h) keeps back is empty, and of a reference to a person the id; a NULL gate lets everything pass: for what does not leave. */
struct consent_gate;
int export_csv(struct store *s, const struct record_type *t, struct consent_gate *gate, struct buf *out, struct err *e);
/* The same as a JSON array of objects, those of `list --json`; what is kept back is null. */
int export_json(struct store *s, const struct record_type *t, const char *filter, struct consent_gate *gate, struct buf *out, struct err *e);
/* The same as a workbook (typeset.h) with one sheet: numbers are numbers and dates are dates. */
int export_xlsx(struct store *s, const struct record_type *t, struct consent_gate *gate, struct buf *out, struct err *e);
/* One cell as it stands in a file for a spreadsheet: quoted where it must be, no formula. What begins with an apostrophe that the reader would take off gets another:
 * what is read back is what was written. */
void csv_add_cell(struct buf *out, const char *cell);
/* Whether a cell begins with an apostrophe that only keeps it from being a formula or a number, and is none of the text: «'=1+1», «'007»; not «'Родник'». */
bool csv_is_guarded(const char *cell);
/* One record as a JSON object. */
int record_json(struct store *s, const struct record *r, struct buf *out, struct err *e);

#endif
