#include "documents/import_header.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum { HEADER_ROWS = 40 };

/* In lower case, without full stops and hyphens. A title that goes on behind one of these («Телефон участника») is meant too; the longest that fits
 * decides («Фамилия, имя, отчество» is not «Фамилия»). */
static const struct { enum import_column column; const char *titles; } titles[] = {
	{ COLUMN_SKIPPED, "n|no|nn|п п|пп|номер|номер п п|номер строки|id|ид|подпись|signature" },
	{ COLUMN_NAME, "фио|ф и о|фамилия имя|фамилия и имя|фамилия имя отчество|фамилия и о|полное имя|участник|участники|слушатель"
	    "|name|full name" },
	{ COLUMN_SURNAME, "фамилия|surname|last name|family name" },
	{ COLUMN_GIVEN, "имя|first name|given name" },
	{ COLUMN_PATRONYMIC, "отчество|patronymic|middle name" },
	{ COLUMN_PHONE, "телефон|телефоны|тел|номер телефона|номер тел|контактный телефон|контактные телефоны|конт телефон|контактный номер|контакты"
	    "|контакт|сотовый|сотовый телефон|сот телефон|сот тел|мобильный|мобильный телефон|моб телефон|моб тел|моб|рабочий телефон"
	    "|номер сотового|номер мобильного|phone|phone number|telephone|mobile|mobile phone|cell|cell phone|tel|contact" },
	{ COLUMN_EMAIL, "email|e mail|mail|эл почта|электронная почта|почта|эл адрес|электронный адрес|адрес эл почты|адрес электронной почты"
	    "|имейл|емейл|мейл" },
	{ COLUMN_ORGANISATION, "организация|орг|наименование организации|название организации|полное наименование организации|место работы"
	    "|место работы учебы|нко|наименование нко|название нко|учреждение|организация нко|organisation|organization|company|employer|ngo|npo" },
	{ COLUMN_POST, "должность|занимаемая должность|post|position|job title|job" },
	{ COLUMN_MUNICIPALITY, "муниципалитет|муниципальное образование|наименование муниципального образования|муниципальный район|мо|район"
	    "|район город|город|район или город|город район|город или район|район городской округ|территория|municipality|district" },
	{ COLUMN_ROLE, "роль|role|категория участника|статус участника" },
	{ COLUMN_STAGE, "этап|стадия|stage" },
	{ COLUMN_NOTE, "примечание|примечания|прим|комментарий|комментарии|заметка|заметки|дополнительно|note|notes|comment|comments|remarks" },
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
	struct buf folded = BUF_INIT;
	text_fold(title, strlen(title), &folded);
	for (const char *p = folded.data; *p; p++)
		if (*p != '.' && *p != '-' && *p != '_')
			buf_addc(out, *p);
	buf_release(&folded);
}

enum import_column import_column_find(const char *title)
{
	struct buf plain = BUF_INIT;
	enum import_column found = COLUMN_UNKNOWN;
	size_t best = 0;
	plain_title(title, &plain);
	if (*title && plain.len == 0)
		found = COLUMN_SKIPPED;		/* «№» */
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		size_t n = match(titles[i].titles, plain.data);
		if (n > best) {
			best = n;
			found = titles[i].column;
		}
	}
	buf_release(&plain);
	return found;
}

/* How many different columns a row names; 0 when it cannot be a header. */
static int score(const struct csv_row *row)
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
	return named > 1 || row->count == 1 || filled > 1 ? named : 0;
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

int import_header_find(const struct csv_table *t, struct import_header *out, struct err *e)
{
	int best = 0;
	*out = (struct import_header){ 0 };
	for (int i = 0; i < t->count && i < HEADER_ROWS; i++) {
		int n = score(&t->row[i]);
		if (n > best) {
			best = n;
			out->row = i;
		}
	}
	if (best == 0)
		return err_set(e, ERR_REFUSED, _("no header row was found in the first %d rows; "
		    "it names the columns, one of them ФИО, or Фамилия, Имя, Отчество apart"), HEADER_ROWS);
	const struct csv_row *row = &t->row[out->row];
	out->count = row->count < IMPORT_CELLS ? row->count : IMPORT_CELLS;
	for (int i = 0; i < out->count; i++)
		out->column[i] = import_column_find(row->cell[i]);
	settle_name(out);
	return 0;
}
