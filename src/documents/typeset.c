/* What a caller adds becomes lines of JSON, livenet-document(1); once there is some of it the program runs and takes them as they come. */
#include "documents/typeset.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "documents/typeset_run.h"

#define AT_ONCE 65536		/* so much is kept before it goes down the pipe */

struct typeset {
	struct buf lines, clean;
	struct child *program;	/* NULL before there is enough to send */
	int columns;			/* of the table that is open; 0: none */
	bool failed;			/* why is in e */
	struct err e;
};

bool typeset_available(void)
{
	struct buf path = BUF_INIT;
	bool there = typeset_program(&path, NULL) == 0;

	buf_release(&path);
	return there;
}

/* --- lines --- */

static void start(struct typeset *t)
{
	struct buf path = BUF_INIT;

	if (typeset_program(&path, &t->e) == 0)
		t->program = typeset_run(path.data, &t->e);
	t->failed = t->program == NULL;
	buf_release(&path);
}

static void flush(struct typeset *t)
{
	if (t->program == NULL && !t->failed)
		start(t);
	/* Why it takes no more is known when it has ended. */
	if (!t->failed && child_send(t->program, t->lines.data, t->lines.len) != 0)
		t->failed = true;
	buf_reset(&t->lines);
}

static void end_line(struct typeset *t, const char *bracket)
{
	buf_adds(&t->lines, bracket);
	buf_addc(&t->lines, '\n');
	if (t->lines.len >= AT_ONCE)
		flush(t);
}

/* As JSON can carry it: bytes that are no character become U+FFFD, controls go. */
static void add_string(struct typeset *t, const char *text)
{
	size_t len = strlen(text), used;
	uint32_t c;

	buf_reset(&t->clean);
	for (size_t i = 0; i < len; i += used) {
		used = text_next(text + i, len - i, &c, NULL);
		if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7F) || c > 0x9F)
			text_put(&t->clean, c);
	}
	json_string(&t->lines, t->clean.data, t->clean.len);
}

static void add_text(struct typeset *t, const char *key, const char *text)
{
	if (text == NULL)
		return;
	json_key(&t->lines, key);
	add_string(t, text);
}

static void add_number(struct typeset *t, const char *key, int64_t number)
{
	json_key(&t->lines, key);
	json_int(&t->lines, number);
}

/* What may have a fraction travels in thousandths. */
static int64_t thousandths(double number)
{
	if (!(number > -1e12 && number < 1e12))
		return 0;
	return (int64_t)(number * 1000 + (number < 0 ? -0.5 : 0.5));
}

static void begin(struct typeset *t, const char *kind)
{
	buf_addf(&t->lines, "{\"kind\":\"%s\"", kind);
}

static void bare(struct typeset *t, const char *kind)
{
	begin(t, kind);
	end_line(t, "}");
}

/* --- a document --- */

static void add_created(struct typeset *t)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL, when[21];
	int64_t ms = epoch != NULL && *epoch != '\0' ? strtoll(epoch, &end, 10) * 1000 : 0;

	date_utc(end != NULL && *end == '\0' ? ms : clock_wall_ms(), when);
	add_text(t, "created", when);
}

struct typeset *typeset_begin(enum typeset_format format, const struct typeset_page *page)
{
	static const char *const names[] = { "pdf", "xlsx", "html" };
	struct typeset *t = mem_zero(1, sizeof *t);

	buf_init(&t->lines);
	buf_init(&t->clean);
	buf_addf(&t->lines, "{\"document\":\"%s\",\"version\":1", names[format]);
	add_text(t, "title", page->title != NULL ? page->title : "");
	add_text(t, "author", page->author);
	add_text(t, "foot", page->foot);
	if (page->landscape)
		add_number(t, "landscape", 1);
	if (page->plain)
		add_number(t, "plain", 1);
	if (page->margin_millimetres > 0)
		add_number(t, "margin", thousandths(page->margin_millimetres));
	/* TRANSLATORS: the code of the language that you translate to: ru */
	add_text(t, "language", _("en"));
	/* TRANSLATORS: at the foot of a page: «2 из 5» */
	add_text(t, "of", _("of"));
	add_text(t, "contents", _("Contents"));
	add_created(t);
	end_line(t, "}");
	return t;
}

static void release(struct typeset *t)
{
	buf_release(&t->lines);
	buf_release(&t->clean);
	free(t);
}

/* One that said nothing and yet made nothing is not livenet-document. */
static int take_file(struct typeset *t, struct buf *out, struct err *e)
{
	size_t before = out->len;

	if (child_finish(t->program, out, e) != 0)
		return -1;
	return out->len > before && !t->failed ? 0 : err_set(e, ERR_REFUSED, _("livenet-document made no whole file"));
}

int typeset_finish(struct typeset *t, struct buf *out, struct err *e)
{
	int rc = -1;

	bug_if(t->columns != 0);
	bare(t, "end");
	flush(t);
	if (t->program != NULL)
		rc = take_file(t, out, e);
	else if (e != NULL)
		*e = t->e;
	release(t);
	return rc;
}

void typeset_abandon(struct typeset *t)
{
	if (t == NULL)
		return;
	child_abandon(t->program);
	release(t);
}

/* --- text --- */

void typeset_heading(struct typeset *t, int level, const char *text)
{
	begin(t, "heading");
	add_number(t, "level", level < 1 ? 1 : level > 3 ? 3 : level);
	add_text(t, "text", text);
	end_line(t, "}");
}

void typeset_text(struct typeset *t, const struct typeset_style *style, const char *text)
{
	static const char *const aligns[] = { "left", "centre", "right", "justify" };

	begin(t, "text");
	add_text(t, "text", text);
	if (style != NULL && style->align != TYPESET_LEFT)
		add_text(t, "align", aligns[style->align]);
	if (style != NULL && style->bold)
		add_number(t, "bold", 1);
	if (style != NULL && style->italic)
		add_number(t, "italic", 1);
	if (style != NULL && style->size > 0)
		add_number(t, "size", thousandths(style->size));
	end_line(t, "}");
}

void typeset_field(struct typeset *t, const char *label, const char *text)
{
	begin(t, "field");
	add_text(t, "label", label);
	add_text(t, "text", text != NULL ? text : "");
	end_line(t, "}");
}

static void with_text(struct typeset *t, const char *kind, const char *text)
{
	begin(t, kind);
	add_text(t, "text", text != NULL ? text : "");
	end_line(t, "}");
}

void typeset_markdown(struct typeset *t, const char *text)
{
	with_text(t, "markdown", text);
}

void typeset_list_item(struct typeset *t, const char *text)
{
	with_text(t, "item", text);
}

void typeset_space(struct typeset *t, double millimetres)
{
	begin(t, "space");
	add_number(t, "um", thousandths(millimetres));
	end_line(t, "}");
}

void typeset_break(struct typeset *t)
{
	bare(t, "break");
}

void typeset_keep(struct typeset *t)
{
	bare(t, "keep");
}

void typeset_kept(struct typeset *t)
{
	bare(t, "kept");
}

void typeset_signature(struct typeset *t, const char *post, const char *name)
{
	begin(t, "signature");
	add_text(t, "post", post != NULL ? post : "");
	add_text(t, "name", name != NULL ? name : "");
	end_line(t, "}");
}

void typeset_qr(struct typeset *t, const char *text, double millimetres)
{
	begin(t, "qr");
	add_text(t, "text", text);
	add_number(t, "um", thousandths(millimetres));
	end_line(t, "}");
}

void typeset_half(struct typeset *t)
{
	bare(t, "half");
}

void typeset_single(struct typeset *t)
{
	bare(t, "single");
}

void typeset_frame(struct typeset *t)
{
	bare(t, "frame");
}

void typeset_contents(struct typeset *t)
{
	bare(t, "contents");
}

/* --- tables --- */

void typeset_table(struct typeset *t, const struct typeset_table *table)
{
	static const char *const kinds[] = { "text", "number", "date", "percent" };

	bug_if(t->columns != 0 || table->count < 1);
	t->columns = table->count;
	begin(t, "table");
	add_text(t, "name", table->name);
	json_key(&t->lines, "columns");
	for (int i = 0; i < table->count; i++) {
		const struct typeset_column *c = &table->columns[i];

		buf_adds(&t->lines, i > 0 ? ",[" : "[[");
		add_string(t, c->title != NULL ? c->title : "");
		buf_addf(&t->lines, ",%lld,\"%s\"]", (long long)thousandths(c->width), kinds[c->kind]);
	}
	buf_addc(&t->lines, ']');
	if (table->row_millimetres > 0)
		add_number(t, "row", thousandths(table->row_millimetres));
	if (table->size > 0)
		add_number(t, "size", thousandths(table->size));
	end_line(t, "}");
}

static void add_cells(struct typeset *t, const char *const *cells)
{
	bug_if(t->columns == 0);
	for (int i = 0; i < t->columns; i++) {
		buf_addc(&t->lines, i > 0 ? ',' : '[');
		add_string(t, cells[i] != NULL ? cells[i] : "");
	}
}

void typeset_row(struct typeset *t, const char *const *cells)
{
	add_cells(t, cells);
	end_line(t, "]");
}

void typeset_total(struct typeset *t, const char *const *cells, const bool *sum)
{
	begin(t, "total");
	json_key(&t->lines, "cells");
	add_cells(t, cells);
	buf_addc(&t->lines, ']');
	json_key(&t->lines, "sum");
	for (int i = 0; i < t->columns; i++)
		buf_addf(&t->lines, "%c%d", i > 0 ? ',' : '[', sum != NULL && sum[i]);
	end_line(t, "]}");
}

void typeset_table_end(struct typeset *t)
{
	bug_if(t->columns == 0);
	t->columns = 0;
	bare(t, "table-end");
}

/* --- pictures --- */

void typeset_bars(struct typeset *t, const char *title, const struct typeset_bar *bars, int count)
{
	begin(t, "bars");
	add_text(t, "title", title != NULL ? title : "");
	json_key(&t->lines, "bars");
	buf_addc(&t->lines, '[');
	for (int i = 0; i < count; i++) {
		buf_adds(&t->lines, i > 0 ? ",[" : "[");
		add_string(t, bars[i].label);
		buf_addf(&t->lines, ",%lld]", (long long)thousandths(bars[i].value));
	}
	end_line(t, "]}");
}

void typeset_map(struct typeset *t, const char *title, const struct typeset_tile *tiles, int count)
{
	begin(t, "map");
	add_text(t, "title", title != NULL ? title : "");
	json_key(&t->lines, "tiles");
	buf_addc(&t->lines, '[');
	for (int i = 0; i < count; i++) {
		buf_addf(&t->lines, "%s%d,%d,", i > 0 ? ",[" : "[", tiles[i].row, tiles[i].column);
		add_string(t, tiles[i].letters);
		buf_addc(&t->lines, ',');
		add_string(t, tiles[i].name != NULL ? tiles[i].name : "");
		buf_addf(&t->lines, ",%lld,%lld]", (long long)thousandths(tiles[i].shade), (long long)tiles[i].value);
	}
	end_line(t, "]}");
}
