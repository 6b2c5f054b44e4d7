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

/* The cell without what spreadsheets put around it: ="…", and the apostrophe that keeps text from being a number or a formula. */
static const char *unwrapped(const char *cell, size_t *len)
{
	*len = strlen(cell);
	if (*len >= 3 && cell[0] == '=' && cell[1] == '"' && cell[*len - 1] == '"') {
		*len -= 3;
		return cell + 2;
	}
	if (csv_is_guarded(cell)) {
		*len -= 1;
		return cell + 1;
	}
	return cell;
}

/* Without the marks that nobody sees: directions around a copied telephone, soft hyphens, zero-width blanks. */
static void take_visible(const char *text, size_t len, struct buf *out)
{
	enum { SOFT_HYPHEN = 0xAD, FIRST_MARK = 0x200B };
	size_t n;
	for (size_t i = 0; i < len; i += n) {
		uint32_t cp;
		bool valid;
		n = text_next(text + i, len - i, &cp, &valid);
		if (valid && (cp == SOFT_HYPHEN || (cp >= FIRST_MARK && text_char_unsafe(cp))))
			continue;
		buf_add(out, text + i, n);
	}
}

static void add_part(struct buf *to, const char *part, size_t len, const char *between)
{
	if (to->len)
		buf_adds(to, between);
	buf_add(to, part, len);
}

/* Paragraphs, of which nothing is left out. */
static bool is_long(enum import_column c)
{
	return c == COLUMN_NOTE || c == COLUMN_MOTIVATION || c == COLUMN_EXPERIENCE || c == COLUMN_SUMMARY || c == COLUMN_MATERIALS || c == COLUMN_PRESS;
}

/* What a cell of this column says, cleaned. */
static void cell_text(enum import_column column, const char *cell, struct buf *out)
{
	size_t len;
	const char *text = unwrapped(cell, &len);
	bool lines = is_long(column) || column == COLUMN_PHONE || column == COLUMN_EMAIL;
	bool words = column <= COLUMN_PATRONYMIC || column == COLUMN_MUNICIPALITY || column == COLUMN_ROLE || column == COLUMN_STAGE ||
	    column == COLUMN_LEAD || column == COLUMN_MENTOR;
	struct buf visible = BUF_INIT, clean = BUF_INIT;
	take_visible(text, len, &visible);
	text_clean(visible.data, visible.len, lines, &clean);
	for (size_t i = 0; !lines && i < clean.len; i++)
		if (clean.data[i] == '\n' || clean.data[i] == '\t')
			clean.data[i] = ' ';
	if (words)
		text_one_script(clean.data, clean.len, out);
	else
		buf_add(out, clean.data, clean.len);
	buf_release(&visible);
	buf_release(&clean);
}

static void read_cell(struct import_entry *n, enum import_column column, const char *cell)
{
	struct buf *to = &n->text[column];
	bool several = column == COLUMN_NOTE || column == COLUMN_PHONE || column == COLUMN_EMAIL;
	struct buf text = BUF_INIT;
	cell_text(column, cell, &text);
	/* A dash in a column of marks is one. */
	bool says = is_long(column) || column == COLUMN_STATE ? text.len > 0 : !says_nothing(text.data, text.len);
	if (says && (several || to->len == 0))
		add_part(to, text.data, text.len, "\n");
	buf_release(&text);
}

/* --- telephones and e-mails --- */

typedef int (*contact_fn)(const char *s, size_t len, struct buf *out, struct err *e);

/* The first of several; what follows goes to `rest`. False when the text does not begin with a whole one. */
static bool split(const char *text, const char *separators, contact_fn parse, struct buf *first, struct buf *rest)
{
	size_t n = strcspn(text, separators);
	const char *after = text + n + strspn(text + n, separators);
	if (!text[n] || parse(text, n, first, NULL) != 0)
		return false;
	for (const char *p = after; *p; ) {
		n = strcspn(p, separators);
		struct buf next = BUF_INIT;
		bool known = parse(p, n, &next, NULL) == 0;
		/* What was cut at blanks must go on with whole ones; an extension behind a comma may be words. */
		if (!known && strchr(separators, ' ')) {
			buf_release(&next);
			return false;
		}
		add_part(rest, known ? next.data : p, known ? next.len : n, ", ");
		buf_release(&next);
		p += n;
		p += strspn(p, separators);
	}
	return true;
}

/* False: the cell is not made of whole ones alone, and `first` is empty. */
static bool split_any(const char *text, contact_fn parse, struct buf *first, struct buf *rest)
{
	static const char *const ways[] = { "\n", ",;/\n", " ,;/\n", NULL };
	bool found = false;
	for (const char *const *way = ways; !found && *way; way++) {
		buf_reset(first);
		buf_reset(rest);
		found = split(text, *way, parse, first, rest);
	}
	if (!found)
		buf_reset(first);
	return found;
}

/* The first whole number among words: «т. 8917…», «8917… (моб.)», «8917… доб. 12». Not one that goes on with an exponent. */
static bool find_number(const char *text, struct buf *out)
{
	static const char digits[] = "0123456789";
	for (const char *p = text; *(p += strcspn(p, "+0123456789")); ) {
		size_t n = strspn(p, "+0123456789 ().-");
		const char *after = p + n;
		bool exponent = *after && strchr("eE", *after);
		exponent |= strncmp(after, "е", 2) == 0 || strncmp(after, "Е", 2) == 0;
		if (!exponent && strcspn(p, digits) < n && text_phone(p, n, out, NULL) == 0)
			return true;
		p = after;
	}
	return false;
}

static void add_note(struct import_entry *n, const char *format, const struct buf *text)
{
	struct buf note = BUF_INIT;
	buf_addf(&note, format, text->data);
	add_part(&n->text[COLUMN_NOTE], note.data, note.len, "\n");
	buf_release(&note);
}

/* An e-mail in a column of contacts goes where it belongs, if that is still empty. */
static void take_email_out(struct import_entry *n)
{
	static const char separators[] = " ,;/\n";
	struct buf *cell = &n->text[COLUMN_PHONE], *email = &n->text[COLUMN_EMAIL];
	for (const char *p = cell->data; email->len == 0 && *(p += strspn(p, separators)); ) {
		size_t len = strcspn(p, separators), at = (size_t)(p - cell->data);
		if (text_email(p, len, email, NULL) != 0) {
			p += len;
			continue;
		}
		while (at > 0 && strchr(separators, cell->data[at - 1])) {
			at--;
			len++;
		}
		len += at == 0 ? strspn(cell->data + len, separators) : 0;
		memmove(cell->data + at, cell->data + at + len, cell->len - at - len);
		buf_cut(cell, cell->len - len);
		break;
	}
}

/* Several telephones in one cell, or in several columns: the card has place for one, and the note keeps the others. */
static void sort_phones(struct import_entry *n)
{
	struct buf *cell = &n->text[COLUMN_PHONE];
	struct buf first = BUF_INIT, rest = BUF_INIT;
	if (text_phone(cell->data, cell->len, &first, NULL) != 0) {
		if (split_any(cell->data, text_phone, &first, &rest)) {
			if (rest.len)
				add_note(n, _("Further telephones: %s"), &rest);
		} else if (find_number(cell->data, &first)) {
			add_note(n, _("Telephone in the list: %s"), cell);
		}
	}
	/* A cell that holds no number stays as it is, to be refused in the words of its field. */
	if (first.len) {
		buf_reset(cell);
		buf_add(cell, first.data, first.len);
	}
	buf_release(&first);
	buf_release(&rest);
}

/* «name @ example.ru» */
static void close_gaps(struct buf *email)
{
	size_t to = 0;
	for (size_t i = 0; i < email->len; i++) {
		bool beside = (i + 1 < email->len && email->data[i + 1] == '@') || (i > 0 && email->data[i - 1] == '@');
		if (email->data[i] != ' ' || !beside)
			email->data[to++] = email->data[i];
	}
	buf_cut(email, to);
}

static void sort_emails(struct import_entry *n)
{
	struct buf *cell = &n->text[COLUMN_EMAIL];
	struct buf first = BUF_INIT, rest = BUF_INIT;
	close_gaps(cell);
	if (text_email(cell->data, cell->len, &first, NULL) != 0 && split_any(cell->data, text_email, &first, &rest)) {
		if (rest.len)
			add_note(n, _("Further e-mails: %s"), &rest);
		buf_reset(cell);
		buf_add(cell, first.data, first.len);
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
	*n = (struct import_entry){ .line = row->line };
	for (int i = 0; i < COLUMN_KINDS; i++)
		buf_init(&n->text[i]);
	for (int i = 0; i < header->count; i++)
		n->there[header->column[i]] = true;
	for (int i = 0; i < row->count && i < header->count; i++)
		if (header->column[i] >= COLUMN_NAME)
			read_cell(n, header->column[i], row->cell[i]);
	if (n->text[COLUMN_NAME].len == 0)
		join_name(n);
	take_email_out(n);
	sort_phones(n);
	sort_emails(n);
}
