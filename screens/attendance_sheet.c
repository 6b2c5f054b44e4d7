/* The rows of the attendance screen: columns, cells, and where they come from. */
#include "screens/attendance_sheet.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "screens/attendance_draw.h"
#include "screens/parts/words.h"

enum { NUMBER, STATE, NAME, FROM, PHONE, STANDING, CONSENT, COLUMNS };

/* Where nobody waits and nobody was missing, their column is others' room. */
#define NUMBER_COLUMN { N_("No."), 3, 3, 2, true, NULL }
#define STATE_COLUMN { NULL, 3, 3, 1, false, NULL }
#define NAME_COLUMN { N_("Full name"), 20, 36, 1, false, words_short_name }
#define FROM_COLUMN { N_("Organisation, post"), 10, 40, 6, false, NULL }
#define PHONE_COLUMN { N_("Phone"), 16, 16, 5, false, NULL }
#define CONSENT_COLUMN { N_("Consent"), 8, 8, 4, false, NULL }

static const struct list_column columns[COLUMNS] = {
	/* TRANSLATORS: number of a line of the sheet */
	[NUMBER] = NUMBER_COLUMN, [STATE] = STATE_COLUMN, [NAME] = NAME_COLUMN, [FROM] = FROM_COLUMN, [PHONE] = PHONE_COLUMN,
	[STANDING] = { NULL, 7, 10, 3, false, NULL }, [CONSENT] = CONSENT_COLUMN,
};

static const struct list_column all_well_columns[] = {
	NUMBER_COLUMN, STATE_COLUMN, NAME_COLUMN, FROM_COLUMN, PHONE_COLUMN, CONSENT_COLUMN,
};

static int size(void *context, int64_t *count, struct err *e)
{
	struct sheet *p = context;

	if (attendance_find(&p->found, p->store, &p->rows, p->list.filter.text.data, e) != 0)
		return -1;
	*count = p->found.count;
	return 0;
}

static const struct found *found(const struct sheet *p, int row)
{
	return &p->found.row[p->list.window_first + row];
}

static const char *id(void *context, int row)
{
	return found(context, row)->id;
}

static void standing(const struct attendance_row *r, struct buf *out)
{
	if (r->state == ATTENDANCE_ABSENT)
		/* TRANSLATORS: was expected and did not come; at most 7 columns, for «не было» */
		buf_adds(out, _("missed"));
	else if (r->waiting)
		/* TRANSLATORS: registered past the capacity; at most 7 columns */
		buf_adds(out, _("waits"));
}

static void sheet_cell(const struct attendance_row *r, int column, struct buf *out)
{
	switch (column) {
	case NUMBER: buf_addi(out, r->number); break;
	case STATE: buf_adds(out, r->state == ATTENDANCE_PRESENT ? "[x]" : r->state == ATTENDANCE_ABSENT ? "[-]" : "[ ]"); break;
	case NAME: buf_adds(out, r->name); break;
	case FROM: attendance_from(r->organisation, r->post, out); break;
	case PHONE: attendance_phone(r->phone, out); break;
	case STANDING: standing(r, out); break;
	/* TRANSLATORS: of a consent: «есть», «нет» */
	case CONSENT: buf_adds(out, r->consent ? _("signed") : _("missing")); break;
	default: break;
	}
}

static void cell(void *context, int row, int column, struct buf *out)
{
	struct sheet *p = context;
	const struct found *f = found(p, row);

	if (f->kind == FOUND_ON_SHEET) {
		sheet_cell(&p->rows.row[f->sheet], column, out);
	} else if (column == STATE) {
		buf_adds(out, " + ");
	} else if (f->kind == FOUND_NOBODY) {
		if (column == NAME)
			buf_addf(out, _("write in: %s"), f->name);
	} else if (column == NAME) {
		buf_adds(out, f->name);
	} else if (column == FROM) {
		buf_adds(out, f->organisation);
	} else if (column == PHONE && f->phone[0] != '\0') {
		attendance_phone(f->phone, out);
	}
}

static void all_well_cell(void *context, int row, int column, struct buf *out)
{
	cell(context, row, column == STANDING ? CONSENT : column, out);
}

static int place(void *context, const char *letters, const char *wanted, int64_t *at, struct err *e)
{
	struct sheet *p = context;

	(void)letters;
	(void)e;
	*at = -1;
	for (int i = 0; i < p->found.count && wanted != NULL; i++)
		if (strcmp(p->found.row[i].id, wanted) == 0)
			*at = i;
	return 0;
}

static const struct list_class list_class = {
	.columns = columns, .count = COLUMNS, .size = size, .id = id, .cell = cell, .place = place,
};

static const struct list_class all_well_class = {
	.columns = all_well_columns, .count = COLUMNS - 1, .size = size, .id = id, .cell = all_well_cell, .place = place,
};

void sheet_init(struct sheet *p)
{
	list_init(&p->list, &list_class, p);
	p->list.finder = true;
}

void sheet_release(struct sheet *p)
{
	list_release(&p->list);
	attendance_find_release(&p->found);
	attendance_rows_release(&p->rows);
	seminar_rows_release(&p->head);
}

const struct found *sheet_selected(const struct sheet *p)
{
	return p->found.count > 0 && p->list.cursor < p->found.count ? &p->found.row[p->list.cursor] : NULL;
}

int sheet_read(struct sheet *p, struct err *e)
{
	uint64_t version = store_version(p->store);

	if (p->version == version && version != 0)
		return list_reload(&p->list, e);
	p->version = 0;
	attendance_rows_release(&p->rows);
	attendance_find_clear(&p->found);
	p->list.count = 0;
	if (attendance_rows(p->store, p->seminar, &p->rows, e) != 0)
		return -1;
	p->version = version;
	p->list.class = p->rows.waiting + p->rows.absent > 0 ? &list_class : &all_well_class;
	return list_reload(&p->list, e);
}
