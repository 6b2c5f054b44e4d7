/* A list of people into the register: one transaction, a savepoint a row, each row through record_set and record_save. */
#include "documents/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "documents/import_entry.h"
#include "records/municipality.h"
#include "records/namesake.h"
#include "records/person.h"

enum { LIST_BYTES_MAX = 64 << 20, SPELLINGS = 512 };

struct import {
	struct store *s;
	const struct csv_table *table;
	struct import_header header;
	struct import_result *out;
	struct { char *typed; char code[MUNICIPALITY_CODE_SIZE]; } spelling[SPELLINGS];	/* a list repeats a few */
	int spellings;
};

/* --- what a row refers to --- */

static void spell_municipality(struct import *m, struct buf *text)
{
	char code[MUNICIPALITY_CODE_SIZE];
	for (int i = 0; i < m->spellings; i++)
		if (strcmp(m->spelling[i].typed, text->data) == 0) {
			buf_reset(text);
			buf_adds(text, m->spelling[i].code);
			return;
		}
	/* One that is not found stays as it is, to be refused in the words of its field. */
	if (!text->len || municipality_find(m->s, text->data, code, NULL) != 0)
		return;
	if (m->spellings < SPELLINGS) {
		m->spelling[m->spellings].typed = mem_dup(text->data);
		memcpy(m->spelling[m->spellings++].code, code, sizeof code);
	}
	buf_reset(text);
	buf_adds(text, code);
}

struct organisation_wanted { const char *municipality; char id[RECORD_ID_SIZE]; bool exact; };

static int organisation_fits(void *context, const struct namesake *n)
{
	struct organisation_wanted *w = context;
	bool exact = strcmp(n->municipality, w->municipality) == 0;
	if (exact || (!*w->id && (!*n->municipality || !*w->municipality)))
		snprintf(w->id, sizeof w->id, "%s", n->id);
	return exact;
}

/* The organisation of this name in the person's municipality (or where one of the two has none), made when there is none. */
static int find_organisation(struct store *s, const char *name, const char *municipality, char id[RECORD_ID_SIZE], struct err *e)
{
	struct organisation_wanted w = { .municipality = municipality };
	struct record r;
	int rc = namesake_each(s, &organisation_type, name, organisation_fits, &w, e);
	if (rc < 0)
		return -1;
	if (!*w.id) {
		record_init(&r, &organisation_type);
		rc = record_set(s, &r, "name", name, e) == 0 && record_set(s, &r, "municipality", municipality, e) == 0 ?
		    record_save(s, &r, e) : -1;
		snprintf(w.id, sizeof w.id, "%s", r.id);
		record_release(&r);
		if (rc != 0)
			return err_prefix(e, "%s", _("organisation"));
	}
	snprintf(id, RECORD_ID_SIZE, "%s", w.id);
	return 0;
}

/* --- rows --- */

static int set_fields(struct store *s, struct record *r, const struct import_entry *n, struct err *e)
{
	static const struct { enum import_column column; const char *field; } plain[] = {
		{ COLUMN_NAME, "name" }, { COLUMN_PHONE, "phone" }, { COLUMN_EMAIL, "email" }, { COLUMN_POST, "post" },
		{ COLUMN_MUNICIPALITY, "municipality" }, { COLUMN_ROLE, "role" }, { COLUMN_STAGE, "stage" }, { COLUMN_NOTE, "note" },
	};
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		const struct buf *text = &n->text[plain[i].column];
		if (text->len && record_set(s, r, plain[i].field, text->data, e) != 0)
			return -1;
	}
	return 0;
}

static int save_person(struct import *m, struct record *r, const struct import_entry *n, bool *known, struct err *e)
{
	char same[RECORD_ID_SIZE], organisation[RECORD_ID_SIZE];
	const char *municipality = record_get(r, "municipality");
	if (person_same(m->s, record_get(r, "name"), record_get(r, "phone"), municipality, same, e) != 0)
		return -1;
	*known = *same != '\0';
	if (*known)
		return 0;
	if (n->text[COLUMN_ORGANISATION].len &&
	    (find_organisation(m->s, n->text[COLUMN_ORGANISATION].data, municipality, organisation, e) != 0 ||
	    record_set(m->s, r, "organisation", organisation, e) != 0))
		return -1;
	return record_save(m->s, r, e);
}

static int take_entry(struct import *m, struct import_entry *n, bool *known, struct err *e)
{
	struct record r;
	if (n->text[COLUMN_NAME].len == 0)
		return err_set(e, ERR_REFUSED, _("there is no name in this row"));
	if (strstr(n->text[COLUMN_NAME].data, "__"))
		return err_set(e, ERR_REFUSED, _("this is a line to sign on, not a name"));
	/* What Windows-1251 has no letter for, and so most of the Bashkir ones. */
	if (strchr(n->text[COLUMN_NAME].data, '?') || strstr(n->text[COLUMN_NAME].data, "\xef\xbf\xbd"))
		return err_set(e, ERR_REFUSED,
		    _("letters of the name were lost as question marks; in the spreadsheet save the list as CSV UTF-8"));
	spell_municipality(m, &n->text[COLUMN_MUNICIPALITY]);
	record_init(&r, &person_type);
	int rc = set_fields(m->s, &r, n, e);
	if (rc == 0)
		rc = save_person(m, &r, n, known, e);
	record_release(&r);
	return rc;
}

static void add_problem(struct import_result *out, int line, const char *text)
{
	out->problem = mem_resize(out->problem, (size_t)out->problems + 1, sizeof *out->problem);
	out->problem[out->problems++] = (struct import_problem){ .line = line, .text = mem_dup(text) };
}

/* 0 for a row that was taken, known or reported; -1 when the store itself fails. */
static int take_row(struct import *m, const struct csv_row *row, struct err *e)
{
	struct err why = ERR_INIT;
	struct import_entry n;
	bool known = false;
	if (store_begin(m->s, e) != 0)
		return -1;
	import_entry_read(&n, &m->header, row);
	int rc = take_entry(m, &n, &known, &why);
	if (rc != 0 && n.text[COLUMN_NAME].len > 0)
		err_prefix(&why, "%s", n.text[COLUMN_NAME].data);
	import_entry_release(&n);
	m->out->rows++;
	if (rc == 0) {
		*(known ? &m->out->known : &m->out->taken) += 1;
		return store_commit(m->s, e);
	}
	store_rollback(m->s);
	/* Not the row's fault: the store is damaged, or SQLite itself gave the whole transaction up for want of room. */
	if (why.code != ERR_REFUSED || sqlite3_get_autocommit(store_db(m->s))) {
		if (e)
			*e = why;
		return -1;
	}
	add_problem(m->out, row->line, why.text);
	return 0;
}

static bool is_total(const struct csv_row *row)
{
	static const char *const words[] = { "итого", "всего", "total" };
	struct buf folded = BUF_INIT;
	bool total = false;
	int first = 0;
	while (first < row->count && !*row->cell[first])
		first++;
	if (first < row->count)
		text_fold(row->cell[first], strlen(row->cell[first]), &folded);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i]);
		total |= strncmp(folded.data, words[i], n) == 0 && strchr(" .-", folded.data[n]);
	}
	buf_release(&folded);
	return total;
}

/* Rows that hold no person: empty ones, the header again on the next page, the line «1, 2, 3 …» that forms have under it, and totals. */
static bool is_filling(const struct import *m, const struct csv_row *row)
{
	const struct csv_row *header = &m->table->row[m->header.row];
	bool empty = true, repeated = row->count == header->count, numbered = true;
	for (int i = 0; i < row->count; i++) {
		char number[16];
		size_t blank = strspn(row->cell[i], " \t\n");
		snprintf(number, sizeof number, "%d", i + 1);
		empty &= row->cell[i][blank] == '\0' || strcmp(row->cell[i], "\xc2\xa0") == 0;
		repeated = repeated && strcmp(row->cell[i], header->cell[i]) == 0;
		numbered &= strcmp(row->cell[i], number) == 0 || (i > 0 && !*row->cell[i]);
	}
	return empty || repeated || (numbered && row->count > 1 && *row->cell[1]) || is_total(row);
}

static int take_rows(struct import *m, struct err *e)
{
	for (int i = m->header.row + 1; i < m->table->count; i++)
		if (!is_filling(m, &m->table->row[i]) && take_row(m, &m->table->row[i], e) != 0)
			return -1;
	return 0;
}

static void list_ignored(struct import *m)
{
	for (int i = 0; i < m->header.count; i++) {
		const char *title = import_header_title(&m->header, m->table, i);
		if (m->header.column[i] != COLUMN_UNKNOWN || !*title)
			continue;
		m->out->ignored = mem_resize(m->out->ignored, (size_t)m->out->ignored_count + 1, sizeof *m->out->ignored);
		m->out->ignored[m->out->ignored_count++] = mem_dup(title);
	}
}

static int import_table(struct store *s, const struct csv_table *t, bool dry_run, struct import_result *out, struct err *e)
{
	struct import m = { .s = s, .table = t, .out = out };
	if (import_header_find(t, &m.header, e) != 0)
		return -1;
	list_ignored(&m);
	if (store_begin(s, e) != 0)
		return -1;
	int rc = take_rows(&m, e);
	if (rc != 0 || dry_run)
		store_rollback(s);
	else
		rc = store_commit(s, e);
	for (int i = 0; i < m.spellings; i++)
		free(m.spelling[i].typed);
	return rc;
}

int import_people(struct store *s, const char *path, const char *charset, bool dry_run, struct import_result *out, struct err *e)
{
	struct buf file = BUF_INIT;
	struct csv_table table = { 0 };
	*out = (struct import_result){ 0 };
	int rc = fs_read(path, LIST_BYTES_MAX, false, &file, e);
	if (rc == 0 && (rc = csv_read(file.data, file.len, charset, &table, e)) == 0)
		rc = import_table(s, &table, dry_run, out, e);
	if (rc != 0)
		import_result_release(out);
	csv_release(&table);
	buf_release(&file);
	return rc;
}

void import_result_release(struct import_result *r)
{
	for (int i = 0; i < r->problems; i++)
		free(r->problem[i].text);
	for (int i = 0; i < r->ignored_count; i++)
		free(r->ignored[i]);
	free(r->problem);
	free(r->ignored);
	*r = (struct import_result){ 0 };
}
