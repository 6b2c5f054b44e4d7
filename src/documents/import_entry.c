#include "documents/import_entry.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

void import_entry_release(struct import_entry *n)
{
	for (int i = 0; i < COLUMN_KINDS; i++)
		buf_release(&n->text[i]);
}

/* --- cells --- */

static bool one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(text, *words) == 0)
			return true;
	return false;
}

/* What people write where there is nothing. */
static bool says_nothing(const char *text, size_t len)
{
	static const char *const nothing[] = { "", "-", "--", "нет", "не имеет", "отсутствует", "н.д", "н.д.", "n.a", "н д", "n a", "none", NULL };
	struct buf folded = BUF_INIT;
	text_fold(text, len, &folded);
	bool empty = one_of(folded.data, nothing);
	buf_release(&folded);
	return empty;
}

/* The cell without what spreadsheets put around it: ="…", and the apostrophe that keeps + = - @ from being a formula. */
static const char *unwrapped(const char *cell, size_t *len)
{
	*len = strlen(cell);
	if (*len >= 3 && cell[0] == '=' && cell[1] == '"' && cell[*len - 1] == '"') {
		*len -= 3;
		return cell + 2;
	}
	if (cell[0] == '\'' && cell[1] && strchr("+=-@", cell[1])) {
		*len -= 1;
		return cell + 1;
	}
	return cell;
}

static void add_part(struct buf *to, const char *part, size_t len, const char *between)
{
	if (to->len)
		buf_adds(to, between);
	buf_add(to, part, len);
}

static void read_cell(struct import_entry *n, enum import_column column, const char *cell)
{
	size_t len;
	const char *text = unwrapped(cell, &len);
	struct buf clean = BUF_INIT;
	bool lines = column == COLUMN_NOTE || column == COLUMN_PHONE;
	text_clean(text, len, lines, &clean);
	for (size_t i = 0; !lines && i < clean.len; i++)
		if (clean.data[i] == '\n' || clean.data[i] == '\t')
			clean.data[i] = ' ';
	if (column == COLUMN_NOTE ? clean.len > 0 : !says_nothing(clean.data, clean.len))
		add_part(&n->text[column], clean.data, clean.len, lines ? "\n" : " ");
	buf_release(&clean);
}

/* --- telephones --- */

/* The first number of several; what follows goes to `rest`. False when the text does not begin with a whole number. */
static bool split_phones(const char *text, const char *separators, struct buf *first, struct buf *rest)
{
	size_t n = strcspn(text, separators);
	const char *after = text + n + strspn(text + n, separators);
	if (!text[n] || text_phone(text, n, first, NULL) != 0)
		return false;
	for (const char *p = after; *p; ) {
		n = strcspn(p, separators);
		struct buf phone = BUF_INIT;
		bool known = text_phone(p, n, &phone, NULL) == 0;
		/* A number cut at blanks must go on with whole numbers; an extension behind a comma may be words. */
		if (!known && strchr(separators, ' ')) {
			buf_release(&phone);
			return false;
		}
		add_part(rest, known ? phone.data : p, known ? phone.len : n, ", ");
		buf_release(&phone);
		p += n;
		p += strspn(p, separators);
	}
	return true;
}

/* Several telephones in one cell, or in several columns: the card has place for one, and the note keeps the others. */
static void sort_phones(struct import_entry *n)
{
	static const char *const ways[] = { "\n", ",;/\n", " ,;/\n", NULL };
	struct buf *cell = &n->text[COLUMN_PHONE];
	struct buf first = BUF_INIT, rest = BUF_INIT;
	bool found = text_phone(cell->data, cell->len, &first, NULL) == 0;
	for (const char *const *way = ways; !found && *way; way++) {
		buf_reset(&first);
		buf_reset(&rest);
		found = split_phones(cell->data, *way, &first, &rest);
	}
	/* A cell that holds no number stays as it is, to be refused in the words of its field. */
	if (found) {
		buf_reset(cell);
		buf_add(cell, first.data, first.len);
	}
	if (found && rest.len) {
		struct buf note = BUF_INIT;
		buf_addf(&note, _("Further telephones: %s"), rest.data);
		add_part(&n->text[COLUMN_NOTE], note.data, note.len, "\n");
		buf_release(&note);
	}
	buf_release(&first);
	buf_release(&rest);
}

/* --- the row --- */

static void join_name(struct import_entry *n)
{
	struct buf *name = &n->text[COLUMN_NAME];
	for (int c = COLUMN_SURNAME; c <= COLUMN_PATRONYMIC; c++)
		if (n->text[c].len)
			add_part(name, n->text[c].data, n->text[c].len, " ");
}

void import_entry_read(struct import_entry *n, const struct import_header *header, const struct csv_row *row)
{
	for (int i = 0; i < COLUMN_KINDS; i++)
		buf_init(&n->text[i]);
	for (int i = 0; i < row->count && i < header->count; i++)
		if (header->column[i] >= COLUMN_NAME)
			read_cell(n, header->column[i], row->cell[i]);
	if (n->text[COLUMN_NAME].len == 0)
		join_name(n);
	sort_phones(n);
}
