/* script: what is asked of livenet-document, read whole from lines of JSON (livenet-document(1)) and checked: every piece is of a known kind with known keys,
 * every table has rows as wide as its head, every number lies in its limits, and the last line says that it is the last. Whoever makes the file trusts that.
 *
 * Strings are NUL-terminated UTF-8 without controls other than LF and TAB, and live until script_release. Lengths are micrometres, sizes of letters
 * thousandths of a point, other numbers that may have a fraction thousandths. */
#ifndef TYPESET_SCRIPT_H
#define TYPESET_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define SCRIPT_LINE_MAX ((size_t)1 << 20)
#define SCRIPT_MAX ((size_t)64 << 20)
#define SCRIPT_COLUMNS_MAX 64
#define SCRIPT_MARKS_MAX 1000		/* bars of one picture, tiles of one map */
#define SCRIPT_PAGES_MAX 10000

enum script_format { SCRIPT_PDF, SCRIPT_XLSX, SCRIPT_HTML };
enum script_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT, ALIGN_JUSTIFY };
enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_PERCENT };

enum piece_kind {
	PIECE_HEADING, PIECE_TEXT, PIECE_FIELD, PIECE_MARKDOWN, PIECE_ITEM, PIECE_SPACE, PIECE_BREAK, PIECE_KEEP, PIECE_KEPT, PIECE_SIGNATURE, PIECE_QR,
	PIECE_HALF, PIECE_SINGLE, PIECE_FRAME, PIECE_CONTENTS, PIECE_TABLE, PIECE_BARS, PIECE_MAP, PIECE_KINDS
};

struct column { const char *title; int64_t width; enum cell_kind kind; };

struct table {
	const char *name;		/* "": none */
	struct column *columns;
	int count;
	int64_t row;			/* least height of a row; 0: none */
	int64_t size;			/* 0: the usual one */
	const char **cells;		/* rows × count */
	size_t rows, room;
	const char **total;		/* count cells, or NULL */
	bool *sum;
};

struct mark { const char *label, *name; int row, column; int64_t value, shade; };	/* a bar (label, value in thousandths) or a tile (value whole) */

struct piece {
	enum piece_kind kind;
	const char *text;		/* its text, label of a field, post of a signature, title of a picture; never NULL */
	const char *other;		/* text of a field, name of a signature; never NULL */
	int level;			/* 1 … 3 */
	enum script_align align;
	bool bold, italic;
	int64_t length;			/* of a space or a QR code */
	int64_t size;			/* of the letters; 0: the usual one */
	struct table *table;
	struct mark *marks;
	int count;			/* of the marks */
};

struct script {
	enum script_format format;
	const char *title, *author, *foot;	/* "" is none */
	const char *language, *of, *contents;	/* "ru", and the words of a page's number and above the contents */
	const char *created;			/* "2020-02-14T09:30:00Z", or "" */
	bool landscape, plain;
	int64_t margin;				/* of a page, on all sides; 0: the usual one */
	struct piece *pieces;
	size_t count, room;

	/* While it is read. */
	struct table *open;
	bool keeping, ended;
	struct chunk *strings;
	struct buf scratch;
};

/* Reads a script from a descriptor to its end. -1: ERR_REFUSED "line N: what is wrong". */
int script_read(struct script *s, int fd, struct err *e);
/* The same, a line at a time: number 1 is the document's own. script_end once there are no more. */
void script_init(struct script *s);
int script_line(struct script *s, const char *line, size_t len, size_t number, struct err *e);
int script_end(struct script *s, struct err *e);
void script_release(struct script *s);

/* How the parts of it share the work: script_piece.c. */
int script_piece(struct script *s, const char *line, size_t len, struct err *e);
/* A string of its own; memory that lives as long. */
const char *script_keep(struct script *s, const char *text, size_t len);
void *script_memory(struct script *s, size_t count, size_t size);

#endif
