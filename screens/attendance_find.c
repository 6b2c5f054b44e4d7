#include "screens/attendance_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "records/person.h"
#include "screens/terminal/keymap.h"

void attendance_find_clear(struct attendance_find *f)
{
	for (int i = 0; i < f->count; i++) {
		free(f->row[i].name);
		free(f->row[i].organisation);
		free(f->row[i].phone);
	}
	free(f->row);
	f->row = NULL;
	f->count = 0;
	buf_release(&f->meant);
}

void attendance_find_release(struct attendance_find *f)
{
	attendance_find_clear(f);
	listing_close(f->people);
	f->people = NULL;
}

bool attendance_find_fresh(const struct attendance_find *f, struct store *s)
{
	return f->people != NULL && f->version == store_version(s);
}

void attendance_find_stay(struct attendance_find *f, struct store *s, bool fresh)
{
	if (fresh)
		f->version = store_version(s);
}

int attendance_find_prepare(struct attendance_find *f, struct store *s, struct err *e)
{
	if (f->people == NULL)
		f->people = listing_open(s, &people_listing);
	else if (!attendance_find_fresh(f, s))
		listing_stale(f->people);
	f->version = store_version(s);
	return listing_prepare(f->people, e);
}

static struct found *add(struct attendance_find *f, enum found_kind kind, const char *id)
{
	struct found *row;

	f->row = mem_resize(f->row, (size_t)f->count + 1, sizeof *f->row);
	row = &f->row[f->count++];
	memset(row, 0, sizeof *row);
	row->kind = kind;
	snprintf(row->id, sizeof row->id, "%s", id);
	return row;
}

static void add_from_sheet(struct attendance_find *f, const struct attendance_rows *sheet, int i)
{
	add(f, FOUND_ON_SHEET, sheet->row[i].person)->sheet = i;
}

static bool is_found(const struct attendance_row *row, const struct match *m)
{
	const char *texts[] = { row->name, row->organisation, row->post, row->phone };
	struct buf all = BUF_INIT;
	bool found;

	for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
		text_fold(texts[k], strlen(texts[k]), &all);
		buf_addc(&all, ' ');
	}
	found = filter_matches(&m->words, all.data);
	buf_release(&all);
	return found;
}

static void search_sheet(struct attendance_find *f, const struct attendance_rows *sheet, const struct match *m)
{
	for (int i = 0; i < sheet->count; i++) {
		const struct attendance_row *row = &sheet->row[i];
		enum match_rank rank = match_rank(m, row->name, row->phone);

		if (rank <= MATCH_BEGINNING || is_found(row, m)) {
			add_from_sheet(f, sheet, i);
			f->row[f->count - 1].rank = rank;
		}
	}
}

static void add_other(struct attendance_find *f, const struct attendance_rows *sheet, const struct match *m, const struct person_row *p)
{
	struct found *row;

	if (attendance_rows_find(sheet, p->id) != NULL)
		return;
	row = add(f, FOUND_ELSEWHERE, p->id);
	row->rank = match_rank(m, p->name, p->phone);
	row->name = mem_dup(p->name);
	row->organisation = mem_dup(p->organisation[0] != '\0' ? p->organisation : p->municipality);
	row->phone = mem_dup(p->phone);
}

static int search_people(struct attendance_find *f, struct store *s, const struct attendance_rows *sheet, const struct match *m, const char *typed,
    struct err *e)
{
	char ids[FOUND_ELSEWHERE_MOST][RECORD_ID_SIZE];
	struct person_rows rows;
	int count;

	if (attendance_find_prepare(f, s, e) != 0 || listing_best(f->people, typed, FOUND_ELSEWHERE_MOST, ids, &count, e) != 0)
		return -1;
	if (person_rows_of(s, (const char (*)[RECORD_ID_SIZE])ids, count, &rows, e) != 0)
		return -1;
	for (int i = 0; i < rows.count; i++)
		add_other(f, sheet, m, &rows.row[i]);
	person_rows_release(&rows);
	return 0;
}

/* The best first; of those that fit equally well the sheet first, each part in its own order. */
static void sort(struct attendance_find *f)
{
	struct found *sorted = mem_zero((size_t)f->count, sizeof *sorted);
	int count = 0;

	for (int rank = 0; rank < MATCH_RANKS; rank++)
		for (int i = 0; i < f->count; i++)
			if (f->row[i].rank == (enum match_rank)rank)
				sorted[count++] = f->row[i];
	free(f->row);
	f->row = sorted;
}

/* The Russian letter on the key of a Latin one or of a sign; 0: there is none. */
static uint32_t russian(uint32_t key)
{
	static const struct { uint32_t first, last; } letters[] = { { 0x430, 0x44f }, { 0x451, 0x451 }, { 0x410, 0x42f }, { 0x401, 0x401 } };

	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		for (uint32_t cp = letters[i].first; cp <= letters[i].last; cp++)
			if (key_latin(cp) == key)
				return cp;
	return 0;
}

/* False where no Latin letter is typed, or something that lies on no key of a Russian letter: a digit, an @. */
static bool other_layout(const char *typed, struct buf *out)
{
	bool latin = false;

	for (const char *p = typed; *p != '\0'; p++) {
		uint32_t cp = russian((unsigned char)*p);

		if (cp == 0 && strchr(" -", *p) == NULL)
			return false;
		latin = latin || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z');
		text_put(out, cp != 0 ? cp : (unsigned char)*p);
	}
	return latin;
}

static int look(struct attendance_find *f, struct store *s, const struct attendance_rows *sheet, const char *typed, struct err *e)
{
	struct match match;
	int status;

	match_init(&match, typed);
	search_sheet(f, sheet, &match);
	status = search_people(f, s, sheet, &match, typed, e);
	match_release(&match);
	if (status == 0)
		sort(f);
	return status;
}

int attendance_find(struct attendance_find *f, struct store *s, const struct attendance_rows *sheet, const char *typed, struct err *e)
{
	struct buf other = BUF_INIT;
	bool known;
	int status;

	attendance_find_clear(f);
	if (typed[0] == '\0') {
		for (int i = 0; i < sheet->count; i++)
			add_from_sheet(f, sheet, i);
		return 0;
	}
	status = look(f, s, sheet, typed, e);
	if (status == 0 && f->count == 0 && other_layout(typed, &other)) {
		buf_adds(&f->meant, other.data);
		status = look(f, s, sheet, other.data, e);
	}
	known = f->count > 0;
	if (status == 0 && f->meant.len > 0)
		add(f, FOUND_NOBODY, FOUND_NOBODY_ID "+")->name = mem_dup(f->meant.data);
	if (status == 0 && (f->meant.len == 0 || !known))
		add(f, FOUND_NOBODY, FOUND_NOBODY_ID)->name = mem_dup(typed);
	buf_release(&other);
	return status;
}
