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

/* --- import --- */
struct import_problem { int line; char *text; };		/* text is complete: what is wrong and what to do */
struct import_result {
	int rows, taken;			/* taken: new people */
	int changed, known;			/* of people who stood in the list or the store already: with fields that the list filled in, and without */
	int64_t seen;				/* rows so far, raised as they go: what a line of progress shows */
	const char *charset;			/* as it was read */
	struct import_problem *problem;		/* rows that were not taken */
	int problems;
	char **ignored;				/* header names that were not understood */
	int ignored_count;
};
void import_result_release(struct import_result *r);

/* What becomes of one row. Of somebody who is known the list fills in what the card leaves empty; where both say something, the card stays. */
enum import_fate { IMPORT_NEW, IMPORT_CHANGED, IMPORT_SAME, IMPORT_REFUSED };
struct import_row {
	int line;				/* of the file */
	const char *name;			/* as it will be kept, or as it stands in the list; "" */
	enum import_fate fate;
	const char *words;			/* refused: why; else which fields are filled in, and which stand otherwise in the card; "" */
};
typedef int (*import_row_fn)(void *context, const struct import_row *row, struct err *e);	/* 0 goes on, -1 stops and undoes all */

/* A file, read once: what was shown of it is what is taken, whatever becomes of the file meanwhile. NULL: it cannot be read. */
struct import_list;
struct import_list *import_list_open(const char *path, const char *charset, struct err *e);
void import_list_close(struct import_list *l);		/* NULL is fine */

/* One transaction; with `dry_run` everything is done and rolled back. `each` gets every row as it is done; NULL: nobody looks. -1 when the list as a whole
 * cannot be taken, or was interrupted (store_watch): nothing changed. */
int import_list_run(struct store *s, const struct import_list *l, bool dry_run, import_row_fn each, void *context, struct import_result *out, struct err *e);

/* Opened, run and closed. */
int import_people(struct store *s, const char *path, const char *charset, bool dry_run, struct import_result *out, struct err *e);

/* --- export --- */
/* A list of one type as CSV (RFC 4180, UTF-8 with a byte-order mark, `;`), header line of labels; cells that begin with = + - @ get an apostrophe. What the gate
 * (records/consent.h) keeps back is empty, and of a reference to a person the id; a NULL gate lets everything pass: for what does not leave. */
struct consent_gate;
int export_csv(struct store *s, const struct record_type *t, struct consent_gate *gate, struct buf *out, struct err *e);
/* The same as a JSON array of objects, those of `list --json`; what is kept back is null. */
int export_json(struct store *s, const struct record_type *t, const char *filter, struct consent_gate *gate, struct buf *out, struct err *e);
/* The same as a workbook (typeset.h) with one sheet: numbers are numbers and dates are dates. */
int export_xlsx(struct store *s, const struct record_type *t, struct consent_gate *gate, struct buf *out, struct err *e);
/* One cell as it stands in a file for a spreadsheet: quoted where it must be, no formula. */
void csv_add_cell(struct buf *out, const char *cell);
/* One record as a JSON object. */
int record_json(struct store *s, const struct record *r, struct buf *out, struct err *e);

#endif
