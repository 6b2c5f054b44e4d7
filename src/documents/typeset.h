/* typeset: a document on paper (PDF), a workbook (XLSX) or a book (HTML), made by the program livenet-document, which alone links Pango, Cairo, libxlsxwriter, cmark
 * and libqrencode. What is added here becomes lines of JSON (livenet-document(1)) that go down a pipe; the finished file comes back through another; nothing lies
 * readable in between.
 *
 * A failure is kept and told by typeset_finish: the functions that add need no check. Where livenet-document is not installed, typeset_finish fails with
 * ERR_REFUSED and words that say what to install. */
#ifndef DOCUMENTS_TYPESET_H
#define DOCUMENTS_TYPESET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum typeset_format { TYPESET_PDF, TYPESET_XLSX, TYPESET_HTML };
enum typeset_align { TYPESET_LEFT, TYPESET_CENTRE, TYPESET_RIGHT, TYPESET_JUSTIFY };

struct typeset;

struct typeset_page {
	const char *title;		/* of the document: its properties, not printed by itself */
	const char *author;		/* or NULL */
	const char *foot;		/* printed at the foot of every page, beside «2 из 5»; NULL: only the number */
	bool landscape;
	bool plain;			/* no foot and no number: letters, certificates */
	double margin_millimetres;	/* on all sides; 0: 20 */
};

/* True when livenet-document can be run. */
bool typeset_available(void);

struct typeset *typeset_begin(enum typeset_format format, const struct typeset_page *page);	/* never NULL */
/* The finished file, appended to out. Frees `t` always. */
int typeset_finish(struct typeset *t, struct buf *out, struct err *e);
void typeset_abandon(struct typeset *t);	/* frees; NULL is nothing */

/* --- text; of PDF and HTML; in a workbook lines of a first sheet (or where they begin), named after the title --- */
void typeset_heading(struct typeset *t, int level, const char *text);			/* level 1 … 3 */
struct typeset_style { enum typeset_align align; bool bold, italic; double size; };	/* size in points; 0: that of the text, 11 */
void typeset_text(struct typeset *t, const struct typeset_style *style, const char *text);	/* a paragraph; LF begins a new line; style NULL: left, plain */
void typeset_field(struct typeset *t, const char *label, const char *text);		/* «Дата: 14.02.2020», the label bold; text "": a line to write on */
void typeset_markdown(struct typeset *t, const char *text);				/* CommonMark; raw HTML in it is shown as text */
void typeset_list_item(struct typeset *t, const char *text);
void typeset_space(struct typeset *t, double millimetres);
void typeset_break(struct typeset *t);							/* a new page */
void typeset_keep(struct typeset *t);		/* what follows … */
void typeset_kept(struct typeset *t);		/* … up to here stays on one page where it fits */
/* A line to sign on: «Консультант ____________ /Хасанова Г. Р./»; name "" leaves room for one. */
void typeset_signature(struct typeset *t, const char *post, const char *name);
void typeset_qr(struct typeset *t, const char *text, double millimetres);		/* at the right; what follows stands beside it */
/* Half pages, one below the other with a line to cut along: each half begins here; a half that is too long is set smaller, and then goes on over the page. */
void typeset_half(struct typeset *t);
/* What follows, up to the next break, is one page: set smaller where it is too long. */
void typeset_single(struct typeset *t);
void typeset_frame(struct typeset *t);		/* the same, with an ornamental frame around it: certificates */
/* The contents of a book: the headings of level 1 and 2 with their pages, here. */
void typeset_contents(struct typeset *t);

/* --- tables; of PDF and HTML in place, of XLSX each a sheet --- */
/* Of a cell: a number ("12.5": with a point) and a date (ISO) as what they are in a workbook, and as people read them elsewhere; a per cent is the number of per
 * cent ("87"). What is none of these is text wherever it stands. */
enum typeset_kind { TYPESET_TEXT, TYPESET_NUMBER, TYPESET_DATE, TYPESET_PERCENT };
struct typeset_column { const char *title; double width; enum typeset_kind kind; };	/* width: parts of the page's width; in a workbook characters, found out where under 5 */
struct typeset_table {
	const char *name;			/* of the sheet; in PDF a caption above, NULL: none */
	const struct typeset_column *columns;
	int count;
	double row_millimetres;			/* least height of a row: room for a signature; letters are set smaller before it grows; 0: as the text needs */
	double size;				/* of the letters in points; 0: 9 */
};
void typeset_table(struct typeset *t, const struct typeset_table *table);		/* the head is repeated on every page */
void typeset_row(struct typeset *t, const char *const *cells);			/* as many as columns; NULL and "" are empty */
/* A last row of totals: in a workbook a formula over the column where `sum` says so, elsewhere cells as given. */
void typeset_total(struct typeset *t, const char *const *cells, const bool *sum);
void typeset_table_end(struct typeset *t);

/* --- pictures; of PDF; in a workbook a chart beside the table that was ended last, and a sheet of shaded cells; in HTML tables --- */
struct typeset_bar { const char *label; double value; };
void typeset_bars(struct typeset *t, const char *title, const struct typeset_bar *bars, int count);
/* The tile map: each tile at a place of a grid with two letters and a shade from 0 to 1; value is printed below the letters. */
struct typeset_tile { int row, column; const char *letters, *name; double shade; int64_t value; };
void typeset_map(struct typeset *t, const char *title, const struct typeset_tile *tiles, int count);

#endif
