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

/* 0: the name begins so; 1: the words occur somewhere; -1: neither. */
static int matches(const struct attendance_row *row, const struct filter *words, const char *folded)
{
	struct buf all = BUF_INIT;
	int rank = -1;

	text_fold(row->name, strlen(row->name), &all);
	if (strncmp(all.data, folded, strlen(folded)) == 0) {
		rank = 0;
	} else {
		const char *more[] = { row->organisation, row->post, row->phone };

		for (size_t k = 0; k < sizeof more / sizeof more[0]; k++) {
			buf_addc(&all, ' ');
			text_fold(more[k], strlen(more[k]), &all);
		}
		if (filter_matches(words, all.data))
			rank = 1;
	}
	buf_release(&all);
	return rank;
}

static void search_sheet(struct attendance_find *f, const struct attendance_rows *sheet, const char *typed)
{
	struct filter words;
	struct buf folded = BUF_INIT;

	filter_init(&words, typed);
	text_fold(typed, strlen(typed), &folded);
	for (int rank = 0; rank <= 1; rank++)
		for (int i = 0; i < sheet->count; i++)
			if (matches(&sheet->row[i], &words, folded.data) == rank)
				add_from_sheet(f, sheet, i);
	filter_release(&words);
	buf_release(&folded);
}

struct others {
	struct attendance_find *found;
	const struct attendance_rows *sheet;
};

static void add_other(void *context, const struct person_row *p)
{
	struct others *o = context;
	struct found *row;

	for (int i = 0; i < o->sheet->count; i++)
		if (strcmp(o->sheet->row[i].person, p->id) == 0)
			return;
	row = add(o->found, FOUND_ELSEWHERE, p->id);
	row->name = mem_dup(p->name);
	row->organisation = mem_dup(p->organisation[0] != '\0' ? p->organisation : p->municipality);
	row->phone = mem_dup(p->phone);
}

int attendance_find(struct attendance_find *f, struct store *s, const struct attendance_rows *sheet, const char *typed, struct err *e)
{
	struct others others = { f, sheet };

	attendance_find_release(f);
	if (typed[0] == '\0') {
		for (int i = 0; i < sheet->count; i++)
			add_from_sheet(f, sheet, i);
		return 0;
	}
	search_sheet(f, sheet, typed);
	if (completion_people(s, typed, FOUND_ELSEWHERE_MOST, add_other, &others, e) != 0)
		return -1;
	add(f, FOUND_NOBODY, FOUND_NOBODY_ID)->name = mem_dup(typed);
	return 0;
}
