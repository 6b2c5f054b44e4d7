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
struct csv_table { struct csv_row *row; int count; };

/* Bytes → rows: finds the charset (UTF-8 with or without a byte-order mark, else Windows-1251; `charset` "utf-8" or "windows-1251" decides), the separator
 * (; , tab), quoted fields with line breaks. Limits: 64 MiB, 1,000,000 rows, 200 cells a row. */
int csv_read(const char *data, size_t len, const char *charset, struct csv_table *out, struct err *e);
void csv_release(struct csv_table *t);

/* --- import --- */
struct import_problem { int line; char *text; };		/* text is complete: what is wrong and what to do */
struct import_result {
	int rows, taken, known;			/* known: the same person stood in the list or the store already */
	struct import_problem *problem;		/* rows that were not taken */
	int problems;
	char **ignored;				/* header names that were not understood */
	int ignored_count;
};
void import_result_release(struct import_result *r);

/* One transaction; with `dry_run` everything is done and rolled back. -1 when the file as a whole cannot be read (nothing changed). */
int import_people(struct store *s, const char *path, const char *charset, bool dry_run, struct import_result *out, struct err *e);

/* --- export --- */
/* A list of one type as CSV (RFC 4180, UTF-8 with a byte-order mark, `;`), header line of labels; cells that begin with = + - @ get an apostrophe. */
int export_csv(struct store *s, const struct record_type *t, struct buf *out, struct err *e);
/* The same as a JSON array of objects; what `list --json` prints. */
int export_json(struct store *s, const struct record_type *t, const char *filter, struct buf *out, struct err *e);
/* One record as a JSON object. */
int record_json(struct store *s, const struct record *r, struct buf *out, struct err *e);

#endif
