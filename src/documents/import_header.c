#include "documents/import_header.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum { HEADER_ROWS = 40 };

/* In lower case, with blanks for full stops and hyphens. A title that goes on behind one of these («Телефон участника») is meant too; the longest that fits
 * decides («Фамилия, имя, отчество» is not «Фамилия»). */
static const struct { enum import_column column; const char *titles; } titles[] = {
	{ COLUMN_SKIPPED, "n|no|nn|п п|пп|номер|номер п п|номер строки|id|ид|подпись|signature" },
	{ COLUMN_NAME, "фио|ф и о|фамилия имя|фамилия и имя|фамилия имя отчество|фамилия и о|полное имя|участник|участники|слушатель"
	    "|наставляемый|наставляемые|name|full name" },
	{ COLUMN_SURNAME, "фамилия|surname|last name|family name" },
	{ COLUMN_GIVEN, "имя|first name|given name" },
	{ COLUMN_PATRONYMIC, "отчество|patronymic|middle name" },
	{ COLUMN_PHONE, "телефон|телефоны|тел|номер телефона|номер тел|контактный телефон|контактные телефоны|контактный номер|контакты"
	    "|контакт|телефона|сотовый|сотовый телефон|сот телефон|сот тел|мобильный|мобильный телефон|моб телефон|моб тел|моб|рабочий телефон"
	    "|номер сотового|номер мобильного|phone|phone number|telephone|mobile|mobile phone|cell|cell phone|tel|contact" },
	{ COLUMN_EMAIL, "email|e mail|mail|эл почта|электронная почта|почта|эл адрес|электронный адрес|адрес эл почты|адрес электронной почты"
	    "|имейл|емейл|мейл|элпочта|электр почта|е mail|еmail" },
	{ COLUMN_ORGANISATION, "организация|орг|наименование организации|название организации|полное наименование организации|место работы"
	    "|место работы учебы|организации|нко|тос|наименование нко|название нко|учреждение|организация нко"
	    "|organisation|organization|company|employer|ngo|npo" },
	{ COLUMN_POST, "должность|занимаемая должность|post|position|job title|job" },
	{ COLUMN_MUNICIPALITY, "муниципалитет|муниципальное образование|наименование муниципального образования|муниципальный район"
	    "|муниципалитета|муниципального района|муниц образование|мо|мр|мр го|го|городской округ|район"
	    "|район город|город|район или город|город район|город или район|район городской округ|территория|municipality|district" },
	{ COLUMN_ROLE, "роль|role|категория участника|статус участника" },
	{ COLUMN_STAGE, "этап|стадия|stage" },
	{ COLUMN_NOTE, "примечание|примечания|прим|комментарий|комментарии|заметка|заметки|дополнительно|доп информация|note|notes|comment|comments|remarks" },
};

/* How much of the title one of the words covers: its length, or 0. */
static size_t match(const char *words, const char *title)
{
	struct buf word = BUF_INIT;
	size_t best = 0;
	for (const char *p = words; *p; ) {
		size_t n = strcspn(p, "|");
		buf_reset(&word);
		text_fold(p, n, &word);
		bool fits = strncmp(word.data, title, word.len) == 0 && (title[word.len] == '\0' || title[word.len] == ' ');
		if (fits && word.len > best)
			best = word.len;
		p += n + (p[n] == '|');
	}
	buf_release(&word);
	return best;
}

static void plain_title(const char *title, struct buf *out)
{
	struct buf russian = BUF_INIT;
	text_one_script(title, strlen(title), &russian);
	for (size_t i = 0; i < russian.len; i++)
		if (strchr(".-_", russian.data[i]))
			russian.data[i] = ' ';
	text_fold(russian.data, russian.len, out);
	buf_release(&russian);
}

static enum import_column find_plain(const char *plain)
{
	enum import_column found = COLUMN_UNKNOWN;
	size_t best = 0;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		size_t n = match(titles[i].titles, plain);
		if (n > best) {
			best = n;
			found = titles[i].column;
		}
	}
	return found;
}

/* «1. ФИО», «Ваш телефон», «Полное наименование организации»: behind a word that says nothing of its own, or NULL. */
static const char *behind_filling(const char *plain)
{
	static const char *const fillings[] = { "ваш", "ваша", "ваше", "ваши", "укажите", "личный", "контактный", "конт", "полное", "наименование", "название" };
	size_t n = strcspn(plain, " ");
	bool filling = strspn(plain, "0123456789") == n;
	for (size_t i = 0; i < sizeof fillings / sizeof *fillings; i++)
		filling |= strlen(fillings[i]) == n && memcmp(plain, fillings[i], n) == 0;
	return filling && plain[n] == ' ' ? plain + n + 1 : NULL;
}

enum import_column import_column_find(const char *title)
{
	struct buf plain = BUF_INIT;
	enum import_column found = COLUMN_UNKNOWN;
	plain_title(title, &plain);
	if (*title && plain.len == 0)
		found = COLUMN_SKIPPED;		/* «№» */
	for (const char *p = plain.data; found == COLUMN_UNKNOWN && p; p = behind_filling(p))
		found = find_plain(p);
	buf_release(&plain);
	return found;
}

/* How many columns hold anything at all; a spreadsheet saves empty ones behind them. */
static int width(const struct csv_table *t)
{
	int columns = 0;
	for (int i = 0; i < t->count; i++)
		for (int k = t->row[i].count; k > columns; k--)
			if (*t->row[i].cell[k - 1])
				columns = k;
	return columns;
}

static bool is_name(enum import_column c)
{
	return c >= COLUMN_NAME && c <= COLUMN_PATRONYMIC;
}

/* How many different columns a row names; 0 when it cannot be a header. */
static int score(const struct csv_row *row, int columns)
{
	bool seen[COLUMN_KINDS] = { false };
	int named = 0, filled = 0;
	for (int i = 0; i < row->count && i < IMPORT_CELLS; i++) {
		enum import_column c = import_column_find(row->cell[i]);
		filled += *row->cell[i] != '\0';
		if (c >= COLUMN_NAME && !seen[c])
			named++;
		seen[c] = true;
	}
	if (!seen[COLUMN_NAME] && !seen[COLUMN_SURNAME] && !seen[COLUMN_GIVEN])
		return 0;
	/* «Участники семинара» over the table is a title; a list of nothing but names has its header alone in the row. */
	return named > 1 || columns == 1 || filled > 1 ? named : 0;
}

static bool names(const struct import_header *h, enum import_column column)
{
	for (int i = 0; i < h->count; i++)
		if (h->column[i] == column)
			return true;
	return false;
}

/* "Name" beside "Surname" is the given name. */
static void settle_name(struct import_header *h)
{
	if (!names(h, COLUMN_SURNAME) || names(h, COLUMN_GIVEN))
		return;
	for (int i = 0; i < h->count; i++)
		if (h->column[i] == COLUMN_NAME)
			h->column[i] = COLUMN_GIVEN;
}

/* A second column of what a card has once, «ФИО руководителя» behind «ФИО», is another's. */
static void drop_seconds(struct import_header *h)
{
	bool seen[COLUMN_KINDS] = { false };
	for (int i = 0; i < h->count; i++) {
		enum import_column c = h->column[i];
		bool once = c >= COLUMN_NAME && c != COLUMN_PHONE && c != COLUMN_EMAIL && c != COLUMN_MUNICIPALITY && c != COLUMN_NOTE;
		if (once && seen[c])
			h->column[i] = COLUMN_UNKNOWN;
		seen[c] = true;
	}
}

/* --- one row or two --- */

static const char *title_at(const struct csv_row *row, int i)
{
	return i < row->count ? row->cell[i] : "";
}

/* «Контактные данные» over «Телефон» and «E-mail»: titles below titles, and nobody's name among them. */
static bool goes_on(const struct csv_row *upper, const struct csv_row *lower)
{
	int named = 0;
	for (int i = 0; i < lower->count && i < IMPORT_CELLS; i++) {
		enum import_column below = import_column_find(lower->cell[i]), above = import_column_find(title_at(upper, i));
		if (!*lower->cell[i])
			continue;
		if (below == COLUMN_UNKNOWN && above != COLUMN_UNKNOWN)
			return false;
		named += below >= COLUMN_NAME;
	}
	return named > 0;
}

static int filled(const struct csv_row *row)
{
	int n = 0;
	for (int i = 0; i < row->count; i++)
		n += *row->cell[i] != '\0';
	return n;
}

/* The header may be the upper of two rows, or the lower. */
static void find_rows(const struct csv_table *t, struct import_header *h)
{
	h->top = h->row;
	if (h->row + 1 < t->count && goes_on(&t->row[h->row], &t->row[h->row + 1]))
		h->row++;
	else if (h->row > 0 && filled(&t->row[h->row - 1]) > 1 && goes_on(&t->row[h->row - 1], &t->row[h->row]))
		h->top--;
}

const char *import_header_title(const struct import_header *h, const struct csv_table *t, int i)
{
	const char *lower = title_at(&t->row[h->row], i);
	return *lower ? lower : title_at(&t->row[h->top], i);
}

static void read_columns(const struct csv_table *t, struct import_header *h)
{
	int upper = t->row[h->top].count, lower = t->row[h->row].count;
	h->count = upper > lower ? upper : lower;
	if (h->count > IMPORT_CELLS)
		h->count = IMPORT_CELLS;
	for (int i = 0; i < h->count; i++)
		h->column[i] = import_column_find(title_at(&t->row[h->row], i));
	/* The name below goes before whatever speaks of people above: that may be the title of the list. */
	bool named = names(h, COLUMN_NAME) || names(h, COLUMN_SURNAME) || names(h, COLUMN_GIVEN);
	for (int i = 0; i < h->count; i++) {
		enum import_column above = import_column_find(title_at(&t->row[h->top], i));
		if (h->column[i] == COLUMN_UNKNOWN && !(named && is_name(above)))
			h->column[i] = above;
	}
	settle_name(h);
	drop_seconds(h);
}

int import_header_find(const struct csv_table *t, struct import_header *out, struct err *e)
{
	int best = 0, columns = width(t);
	*out = (struct import_header){ 0 };
	for (int i = 0; i < t->count && i < HEADER_ROWS; i++) {
		int n = score(&t->row[i], columns);
		if (n > best) {
			best = n;
			out->row = i;
		}
	}
	if (best == 0)
		return err_set(e, ERR_REFUSED, _("no header row was found in the first %d rows; "
		    "it names the columns, one of them ФИО, or Фамилия, Имя, Отчество apart"), HEADER_ROWS);
	find_rows(t, out);
	read_columns(t, out);
	return 0;
}
