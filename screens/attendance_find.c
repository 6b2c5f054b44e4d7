#include "screens/attendance_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "records/person.h"
#include "screens/completion.h"

void attendance_find_release(struct attendance_find *f)
{
	for (int i = 0; i < f->count; i++) {
		free(f->row[i].name);
		free(f->row[i].organisation);
		free(f->row[i].phone);
	}
	free(f->row);
	f->row = NULL;
	f->count = 0;
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

		if (rank == MATCH_BEGINNING || is_found(row, m)) {
			add_from_sheet(f, sheet, i);
			f->row[f->count - 1].rank = rank;
		}
	}
}

struct others {
	struct attendance_find *found;
	const struct attendance_rows *sheet;
	const struct match *match;
};

static void add_other(void *context, const struct person_row *p)
{
	struct others *o = context;
	struct found *row;

	for (int i = 0; i < o->sheet->count; i++)
		if (strcmp(o->sheet->row[i].person, p->id) == 0)
			return;
	row = add(o->found, FOUND_ELSEWHERE, p->id);
	row->rank = match_rank(o->match, p->name, p->phone);
	row->name = mem_dup(p->name);
	row->organisation = mem_dup(p->organisation[0] != '\0' ? p->organisation : p->municipality);
	row->phone = mem_dup(p->phone);
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

int attendance_find(struct attendance_find *f, struct store *s, const struct attendance_rows *sheet, const char *typed, struct err *e)
{
	struct match match;
	struct others others = { f, sheet, &match };
	int status;

	attendance_find_release(f);
	if (typed[0] == '\0') {
		for (int i = 0; i < sheet->count; i++)
			add_from_sheet(f, sheet, i);
		return 0;
	}
	match_init(&match, typed);
	search_sheet(f, sheet, &match);
	status = completion_people(s, typed, FOUND_ELSEWHERE_MOST, add_other, &others, e);
	match_release(&match);
	if (status != 0)
		return -1;
	sort(f);
	add(f, FOUND_NOBODY, FOUND_NOBODY_ID)->name = mem_dup(typed);
	return 0;
}
