#define _GNU_SOURCE 1		/* memfd_create */

#include "typeset/workbook.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "typeset/workbook_private.h"

#define FILE_MAX ((size_t)256 << 20)
#define FORBIDDEN "[]:*?/\\'"

/* --- looks --- */

static lxw_format *look(struct workbook *w, bool bold, const char *format, uint8_t align)
{
	lxw_format *f = workbook_add_format(w->book);

	format_set_font_name(f, "Arial");
	format_set_font_size(f, 10);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (bold)
		format_set_bold(f);
	if (format != NULL)
		format_set_num_format(f, format);
	if (align != 0)
		format_set_align(f, align);
	return f;
}

static void make_looks(struct workbook *w)
{
	lxw_format **l = w->looks;

	l[LOOK_TEXT] = look(w, false, NULL, LXW_ALIGN_LEFT);
	format_set_text_wrap(l[LOOK_TEXT]);
	l[LOOK_NUMBER] = look(w, false, NULL, LXW_ALIGN_RIGHT);
	l[LOOK_DATE] = look(w, false, "dd.mm.yyyy", LXW_ALIGN_LEFT);
	l[LOOK_PERCENT] = look(w, false, "0%", LXW_ALIGN_RIGHT);
	l[LOOK_PERCENT_PART] = look(w, false, "0.0#%", LXW_ALIGN_RIGHT);
	l[LOOK_HEAD] = look(w, true, NULL, LXW_ALIGN_LEFT);
	format_set_text_wrap(l[LOOK_HEAD]);
	format_set_bg_color(l[LOOK_HEAD], 0xE6E6E6);
	format_set_bottom(l[LOOK_HEAD], LXW_BORDER_THIN);
	l[LOOK_TOTAL] = look(w, true, NULL, 0);
	l[LOOK_TOTAL_PERCENT] = look(w, true, "0%", 0);
	l[LOOK_TOTAL_PERCENT_PART] = look(w, true, "0.0#%", 0);
	l[LOOK_TOTAL_DATE] = look(w, true, "dd.mm.yyyy", 0);
	for (int i = LOOK_TOTAL; i <= LOOK_TOTAL_DATE; i++)
		format_set_top(l[i], LXW_BORDER_THIN);
	l[LOOK_TITLE] = look(w, true, NULL, 0);
	format_set_font_size(l[LOOK_TITLE], 13);
	l[LOOK_LABEL] = look(w, true, NULL, 0);
	l[LOOK_PLAIN] = look(w, false, NULL, 0);
}

/* --- sheets --- */

/* As long as a name may be, and without what it may not hold; on one line. */
static void clean_name(const char *wish, size_t room, struct buf *out)
{
	size_t len = strlen(wish), units = 0, used;
	uint32_t c;

	for (size_t i = 0; i < len; i += used) {
		used = text_next(wish + i, len - i, &c, NULL);
		units += c > 0xFFFF ? 2 : 1;
		if (units > room)
			break;
		text_put(out, c < 0x20 || (c < 0x80 && strchr(FORBIDDEN, (int)c) != NULL) ? ' ' : c);
	}
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		buf_cut(out, out->len - 1);
}

static bool taken(const struct workbook *w, const char *lower)
{
	for (int i = 0; i < w->sheets; i++)
		if (strcmp(w->names[i], lower) == 0)
			return true;
	return strcmp(lower, "history") == 0;
}

/* «Участники», «Участники (2)», … */
static void choose_name(struct workbook *w, const char *wish, struct buf *name, struct buf *lower)
{
	for (int n = 1; ; n++) {
		char ending[16] = "";

		if (n > 1)
			snprintf(ending, sizeof ending, " (%d)", n);
		buf_reset(name);
		buf_reset(lower);
		clean_name(wish, WORKBOOK_NAME_MAX - strlen(ending), name);
		if (name->len == 0)
			buf_adds(name, "1");
		buf_adds(name, ending);
		text_lower(name->data, name->len, lower);
		if (!taken(w, lower->data))
			return;
	}
}

lxw_worksheet *workbook_sheet(struct workbook *w, const char *wish)
{
	struct buf name = BUF_INIT, lower = BUF_INIT;
	lxw_worksheet *sheet = NULL;

	if (w->sheets < WORKBOOK_SHEETS_MAX) {
		choose_name(w, wish, &name, &lower);
		sheet = workbook_add_worksheet(w->book, name.data);
	}
	if (sheet != NULL) {
		w->names[w->sheets++] = buf_detach(&lower);
		worksheet_set_paper(sheet, 9);		/* A4 */
		worksheet_set_landscape(sheet);
		worksheet_fit_to_pages(sheet, 1, 0);
		worksheet_set_footer(sheet, "&L&A&R&P / &N");
	}
	buf_release(&name);
	buf_release(&lower);
	return sheet;
}

void workbook_text(struct workbook *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text, enum look which)
{
	size_t len = strlen(text), end = 0;
	uint32_t c;

	if (len == 0 || len <= WORKBOOK_TEXT_MAX / 2) {
		worksheet_write_string(sheet, row, column, text, w->looks[which]);
		return;
	}
	/* Characters beyond U+FFFF count twice. */
	for (size_t units = 0; end < len && units < WORKBOOK_TEXT_MAX - 2; units += c > 0xFFFF ? 2 : 1)
		end += text_next(text + end, len - end, &c, NULL);
	buf_reset(&w->scratch);
	buf_add(&w->scratch, text, end);
	if (end < len)
		buf_adds(&w->scratch, "…");
	worksheet_write_string(sheet, row, column, w->scratch.data, w->looks[which]);
}

/* --- text --- */

static int add_words(struct workbook *w, const char *label, const char *text, enum look which, struct err *e)
{
	if (w->words == NULL) {
		w->words = workbook_sheet(w, w->s->title);
		if (w->words == NULL)
			return err_set(e, ERR_REFUSED, _("a workbook holds at most %d sheets"), WORKBOOK_SHEETS_MAX);
		worksheet_set_column(w->words, 0, 0, 44, NULL);
		worksheet_set_column(w->words, 1, 1, 60, NULL);
	}
	if (w->word_row >= WORKBOOK_ROWS_MAX)
		return err_set(e, ERR_REFUSED, _("a sheet holds at most %d rows"), WORKBOOK_ROWS_MAX);
	workbook_text(w, w->words, w->word_row, 0, label, which);
	if (text != NULL)
		workbook_text(w, w->words, w->word_row, 1, text, LOOK_TEXT);
	w->word_row++;
	return 0;
}

static int add_piece(struct workbook *w, const struct piece *p, struct err *e)
{
	switch (p->kind) {
	case PIECE_HEADING: return add_words(w, p->text, NULL, p->level == 1 ? LOOK_TITLE : LOOK_LABEL, e);
	case PIECE_TEXT: return add_words(w, p->text, NULL, p->bold ? LOOK_LABEL : LOOK_PLAIN, e);
	case PIECE_MARKDOWN: case PIECE_ITEM: return add_words(w, p->text, NULL, LOOK_PLAIN, e);
	case PIECE_FIELD: return add_words(w, p->text, p->other, LOOK_LABEL, e);
	case PIECE_SIGNATURE: return add_words(w, p->text, p->other, LOOK_PLAIN, e);
	case PIECE_TABLE: return workbook_table(w, p->table, e);
	case PIECE_BARS: return workbook_bars(w, p, e);
	case PIECE_MAP: return workbook_map(w, p, e);
	default: return 0;		/* what is about pages */
	}
}

/* --- the file --- */

/* "2020-02-14T09:30:00Z"; anything else is now. */
static time_t created(const struct script *s)
{
	char day[DATE_SIZE];
	int hour, minute, second;

	if (strlen(s->created) != 20 || sscanf(s->created + 10, "T%2d:%2d:%2dZ", &hour, &minute, &second) != 3)
		return 0;
	memcpy(day, s->created, DATE_SIZE - 1);
	day[DATE_SIZE - 1] = '\0';
	return date_valid(day) ? (time_t)(date_to_days(day) * 86400 + hour * 3600 + minute * 60 + second) : 0;
}

static void set_properties(struct workbook *w)
{
	char *title = mem_dup(w->s->title), *author = mem_dup(w->s->author);
	lxw_doc_properties properties = { .title = title, .author = author, .created = created(w->s) };

	workbook_set_properties(w->book, &properties);
	free(title);
	free(author);
}

static int fill(struct workbook *w, struct err *e)
{
	make_looks(w);
	set_properties(w);
	for (size_t i = 0; i < w->s->count; i++)
		if (add_piece(w, &w->s->pieces[i], e) != 0)
			return -1;
	if (w->sheets == 0 && workbook_sheet(w, w->s->title) == NULL)
		return err_set(e, ERR_REFUSED, "%s", _("no sheet can be made"));
	return 0;
}

static int make(const struct script *s, const char *path, struct err *e)
{
	lxw_workbook_options options = { .constant_memory = LXW_FALSE };
	struct workbook w = { .s = s, .scratch = BUF_INIT };
	lxw_error status;
	int rc;

	w.book = workbook_new_opt(path, &options);
	rc = fill(&w, e);
	status = workbook_close(w.book);
	if (rc == 0 && status != LXW_NO_ERROR)
		rc = err_set(e, ERR_REFUSED, "libxlsxwriter: %s", lxw_strerror(status));
	while (w.sheets > 0)
		free(w.names[--w.sheets]);
	buf_release(&w.scratch);
	return rc;
}

int workbook_write(const struct script *s, struct buf *out, struct err *e)
{
	int fd = memfd_create("workbook", MFD_CLOEXEC), rc;
	char path[64];

	if (fd < 0)
		return err_sys(e, ERR_REFUSED, _("no memory for the workbook"));
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	rc = make(s, path, e);
	if (rc == 0)
		rc = fs_read(path, FILE_MAX, false, out, e);
	close(fd);
	return rc;
}
