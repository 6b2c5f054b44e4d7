#include "documents/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	BYTES_MAX = 64 << 20,
	ROWS_MAX = 1000000,
	CELLS_MAX = 200,		/* of a row */
	CELLS_ALL_MAX = 10000000,	/* a file that is all separators took three gigabytes */
	SAMPLE_ROWS = 50,		/* read to find the separator */
	CELL_STEP = 1 << 16		/* libcsv grows a cell by so much; its own 128 bytes take minutes for a huge one */
};

/* --- bytes → UTF-8 with line feeds --- */

static const char bom[] = "\xef\xbb\xbf";

static int refuse_utf16(struct err *e)
{
	return err_set(e, ERR_REFUSED,
	    _("the file is “Unicode text” (UTF-16); save it as “CSV UTF-8” or “CSV (separated by semicolons)” and try again"));
}

static int from_utf8(const char *data, size_t len, struct buf *out, struct err *e)
{
	if (!text_utf8_valid(data, len))
		return err_set(e, ERR_REFUSED, _("the file is not UTF-8; try --charset windows-1251"));
	buf_add(out, data, len);
	return 0;
}

/* The line of the first byte that spoils a text which is UTF-8 otherwise, or 0. A text in Windows-1251 has hardly a letter that is valid UTF-8. */
static int spoilt_line(const char *data, size_t len)
{
	enum { LETTERS_TO_ONE = 4 };
	size_t letters = 0, spoilt = 0;
	int line = 1, first = 0;
	for (size_t i = 0; i < len; ) {
		uint32_t cp;
		bool valid;
		size_t n = text_next(data + i, len - i, &cp, &valid);
		line += cp == '\n';
		letters += valid && n > 1;
		spoilt += !valid;
		if (!valid && !first)
			first = line;
		i += n;
	}
	return letters > LETTERS_TO_ONE * spoilt ? first : 0;
}

static int from_unmarked(const char *data, size_t len, struct buf *out, const char **charset, struct err *e)
{
	if (text_utf8_valid(data, len))
		return from_utf8(data, len, out, e);
	int line = spoilt_line(data, len);
	if (line)
		return err_set(e, ERR_REFUSED, _("line %d is not valid UTF-8, the rest of the file is; mend that line, or save the list anew"), line);
	*charset = "windows-1251";
	return text_from_cp1251(data, len, out, e);
}

/* *charset: what was asked for, or NULL; becomes what it is. */
static int decode(const char *data, size_t len, const char **charset, struct buf *out, struct err *e)
{
	const char *asked = *charset;
	if (len >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0))
		return refuse_utf16(e);
	if (memchr(data, '\0', len))
		return err_set(e, ERR_REFUSED, _("the file is not a text: it holds zero bytes; save it as CSV and try again"));
	bool marked = len >= 3 && memcmp(data, bom, 3) == 0;
	*charset = "utf-8";
	if (!asked)
		return marked ? from_utf8(data + 3, len - 3, out, e) : from_unmarked(data, len, out, charset, e);
	if (strcmp(asked, "utf-8") == 0)
		return from_utf8(data + 3 * marked, len - 3 * marked, out, e);
	*charset = "windows-1251";
	if (strcmp(asked, "windows-1251") == 0)
		return text_from_cp1251(data, len, out, e);
	return err_set(e, ERR_REFUSED, _("the charset is utf-8 or windows-1251"));
}

/* CR LF and a lone CR (an old Mac's) become LF, so that lines are counted as people see them. */
static void unify_lines(struct buf *text)
{
	size_t to = 0;
	for (size_t i = 0; i < text->len; i++) {
		char c = text->data[i];
		if (c == '\r') {
			if (i + 1 < text->len && text->data[i + 1] == '\n')
				continue;
			c = '\n';
		}
		text->data[to++] = c;
	}
	buf_cut(text, to);
}

/* --- rows --- */

struct reader {
	struct csv_table *out;
	int cells_room, rows_room;
	struct csv_row row;
	int rows_max, cells;
	bool row_ended, full, wide;
};

static char nothing[] = "";	/* every empty cell */

char *csv_cell(const char *text, size_t len)
{
	return len > 0 ? mem_dupn(text, len) : nothing;
}

static void on_cell(void *data, size_t len, void *context)
{
	struct reader *r = context;
	if (r->full)
		return;
	if (r->row.count == CELLS_MAX) {
		r->wide |= len > 0;
		return;
	}
	if (r->cells++ == CELLS_ALL_MAX) {
		r->full = true;
		return;
	}
	if (r->row.count == r->cells_room) {
		r->cells_room = r->cells_room ? 2 * r->cells_room : 8;
		r->row.cell = mem_resize(r->row.cell, (size_t)r->cells_room, sizeof *r->row.cell);
	}
	r->row.cell[r->row.count++] = csv_cell(data, len);
}

/* Called for every line feed outside quotes, of empty lines too. */
static void on_row(int end, void *context)
{
	struct reader *r = context;
	(void)end;
	r->row_ended = true;
	if (r->row.count == 0)
		return;
	if (r->out->count == r->rows_max) {
		r->full = true;
		return;
	}
	if (r->out->count == r->rows_room) {
		r->rows_room = r->rows_room ? 2 * r->rows_room : 64;
		r->out->row = mem_resize(r->out->row, (size_t)r->rows_room, sizeof *r->out->row);
	}
	r->out->row[r->out->count++] = r->row;
	r->row = (struct csv_row){ 0 };
	r->cells_room = 0;
}

static void row_release(struct csv_row *row)
{
	for (int i = 0; i < row->count; i++)
		if (row->cell[i] != nothing)
			free(row->cell[i]);
	free(row->cell);
}

void csv_release(struct csv_table *t)
{
	for (int i = 0; i < t->count; i++)
		row_release(&t->row[i]);
	free(t->row);
	*t = (struct csv_table){ 0 };
}

/* Feeds the parser line by line, which is how each row learns the line it begins at. 0, or -1: a quotation mark was never closed. */
static int parse_lines(struct reader *r, struct csv_parser *p, const char *text, size_t len)
{
	int line = 0;
	r->row_ended = true;
	for (size_t at = 0; at < len && !r->full; ) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t n = end ? (size_t)(end - text) + 1 - at : len - at;
		line++;
		if (r->row_ended)
			r->row.line = line;
		r->row_ended = false;
		if (csv_parse(p, text + at, n, on_cell, on_row, r) != n)
			return -1;
		at += n;
	}
	if (r->full)
		return 0;
	/* libcsv tells of an open quotation mark at the end only when it is strict, and strict would refuse АНО "Родник" without quotes around. */
	csv_set_opts(p, (unsigned char)(csv_get_opts(p) | CSV_STRICT));
	return csv_fini(p, on_cell, on_row, r);
}

/* At most rows_max rows; *line is where a quotation mark opened that was never closed, 0 when there is none. */
static void parse(const char *text, size_t len, char separator, int rows_max, struct csv_table *out, struct reader *r, int *line)
{
	struct csv_parser p;
	*out = (struct csv_table){ 0 };
	*r = (struct reader){ .out = out, .rows_max = rows_max };
	*line = 0;
	if (csv_init(&p, CSV_APPEND_NULL | CSV_REPALL_NL | CSV_STRICT_FINI) != 0)
		bug("csv_init");
	csv_set_delim(&p, (unsigned char)separator);
	csv_set_blk_size(&p, CELL_STEP);
	if (parse_lines(r, &p, text, len) != 0)
		*line = r->row.line;
	csv_free(&p);
	row_release(&r->row);
}

/* --- the separator --- */

struct vote { int rows, cells; };

/* How many of the first rows are cut into the same number of cells, more than one, and into how many. */
static struct vote vote_for(const char *text, size_t len, char separator)
{
	struct csv_table t;
	struct reader r;
	int line, rows_of[CELLS_MAX + 1] = { 0 };
	struct vote best = { 0, 1 };
	parse(text, len, separator, SAMPLE_ROWS, &t, &r, &line);
	for (int i = 0; i < t.count; i++)
		rows_of[t.row[i].count]++;
	for (int cells = 2; cells <= CELLS_MAX; cells++)
		if (rows_of[cells] >= best.rows && rows_of[cells] > 0)
			best = (struct vote){ rows_of[cells], cells };
	csv_release(&t);
	return best;
}

/* A first line "sep=;" is what Excel itself understands; it is taken off. */
static char named_separator(const char **text, size_t *len)
{
	if (*len < 5 || memcmp(*text, "sep=", 4) != 0 || ((*len > 5) && (*text)[5] != '\n'))
		return '\0';
	char separator = (*text)[4];
	return strchr(";,\t", separator) ? separator : '\0';
}

static char find_separator(const char *text, size_t len)
{
	static const char candidates[] = { ';', ',', '\t' };
	struct vote best = { 0, 0 };
	char separator = ';';
	for (size_t i = 0; i < sizeof candidates; i++) {
		struct vote v = vote_for(text, len, candidates[i]);
		if (v.rows > best.rows || (v.rows == best.rows && v.cells > best.cells)) {
			best = v;
			separator = candidates[i];
		}
	}
	return separator;
}

static int read_text(const char *text, size_t len, struct csv_table *out, struct err *e)
{
	struct reader r;
	int line;
	char separator = named_separator(&text, &len);
	bool named = separator != '\0';
	if (!named)
		separator = find_separator(text, len);
	parse(text, len, separator, ROWS_MAX, out, &r, &line);
	if (named && out->count > 0) {
		row_release(&out->row[0]);
		memmove(out->row, out->row + 1, (size_t)--out->count * sizeof *out->row);
	}
	if (line)
		return err_set(e, ERR_REFUSED, _("a quotation mark that opens in line %d is never closed"), line);
	if (r.cells > CELLS_ALL_MAX)
		return err_set(e, ERR_REFUSED, _("the file has more than %d cells; cut it into parts"), CELLS_ALL_MAX);
	if (r.full)
		return err_set(e, ERR_REFUSED, _("the file has more than %d rows; cut it into parts"), ROWS_MAX);
	if (r.wide)
		return err_set(e, ERR_REFUSED, _("a row of the file has more than %d cells"), CELLS_MAX);
	return 0;
}

int csv_read(const char *data, size_t len, const char *charset, struct csv_table *out, struct err *e)
{
	struct buf text = BUF_INIT;
	*out = (struct csv_table){ 0 };
	if (len > BYTES_MAX)
		return err_set(e, ERR_REFUSED, _("the file is larger than %d MiB; cut it into parts"), BYTES_MAX >> 20);
	int rc = decode(data, len, &charset, &text, e);
	if (rc == 0) {
		unify_lines(&text);
		rc = read_text(text.data, text.len, out, e);
		out->charset = charset;
	}
	buf_release(&text);
	if (rc != 0)
		csv_release(out);
	return rc;
}
