#include "screens/import_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/parts/words.h"

#define TEXT_MOST (256u << 20)
#define NAME_MOST 100		/* columns; more of a name nobody reads here */

struct import_row_kept {
	uint32_t name, words;	/* in the text */
	int line, question;	/* question: its number, -1: none */
	enum import_fate fate;
};

enum { LINE, NAME, FATE, WORDS };

static const struct list_column columns[] = {
	{ N_("Line"), 5, 7, 3, true, NULL },
	{ N_("Full name"), 16, 36, 1, false, words_short_name },
	/* TRANSLATORS: column: what the import would do with a row */
	{ N_("Result"), 11, 14, 1, false, NULL },
	{ N_("Why, or which fields"), 20, 120, 2, false, NULL },
};

static const char *const fates[] = {
	/* TRANSLATORS: what becomes of a row of a list: a new person, somebody whose card gets some fields, somebody known, not taken */
	[IMPORT_NEW] = N_("new"), [IMPORT_CHANGED] = N_("to fill in"), [IMPORT_SAME] = N_("known"), [IMPORT_REFUSED] = N_("! refused")
};

const char *import_fate_words(enum import_fate fate)
{
	return fates[fate];
}

void import_rows_init(struct import_rows *r)
{
	*r = (struct import_rows){ .row = NULL };
	buf_init(&r->text);
}

static void question_release(struct import_question *q)
{
	for (int i = 0; i < q->count; i++)
		free(q->candidate[i].text);
	free(q->candidate);
	free(q->typed);
}

void import_rows_release(struct import_rows *r)
{
	for (int i = 0; i < r->questions; i++)
		question_release(&r->question[i]);
	free(r->question);
	free(r->row);
	free(r->shown);
	free(r->last_words);
	buf_release(&r->text);
}

static uint32_t keep(struct import_rows *r, const char *text, size_t len)
{
	size_t at = r->text.len;

	buf_add(&r->text, text, len);
	buf_addc(&r->text, '\0');
	return (uint32_t)at;
}

static uint32_t keep_words(struct import_rows *r, const char *words)
{
	if (r->last_words == NULL || strcmp(r->last_words, words) != 0) {
		free(r->last_words);
		r->last_words = mem_dup(words);
		r->last_at = keep(r, words, strlen(words));
	}
	return (uint32_t)r->last_at;
}

static int keep_question(struct import_rows *r, const struct import_question *q)
{
	struct import_question *kept;

	if (q == NULL)
		return -1;
	if (r->questions == r->questions_room) {
		r->questions_room = r->questions_room > 0 ? 2 * r->questions_room : 16;
		r->question = mem_resize(r->question, (size_t)r->questions_room, sizeof *r->question);
	}
	kept = &r->question[r->questions];
	*kept = *q;
	kept->typed = mem_dup(q->typed);
	kept->candidate = mem_zero((size_t)q->count + 1, sizeof *kept->candidate);
	for (int i = 0; i < q->count; i++) {
		kept->candidate[i] = q->candidate[i];
		kept->candidate[i].text = mem_dup(q->candidate[i].text);
	}
	r->unknown += q->count == 0;
	return r->questions++;
}

int import_rows_add(void *context, const struct import_row *row, struct err *e)
{
	struct import_rows *r = context;

	if (r->text.len > TEXT_MOST)
		return err_set(e, ERR_REFUSED, _("the list is too long to be shown row by row; cut it into parts"));
	if (r->count == r->room) {
		r->room = r->room > 0 ? 2 * r->room : 256;
		r->row = mem_resize(r->row, (size_t)r->room, sizeof *r->row);
	}
	r->row[r->count++] = (struct import_row_kept){
		.name = keep(r, row->name, text_fit(row->name, strlen(row->name), NAME_MOST)),
		.words = keep_words(r, row->words), .line = row->line, .fate = row->fate,
		.question = keep_question(r, row->question),
	};
	r->of[row->fate]++;
	return 0;
}

static void choose_part(struct import_rows *r, int part)
{
	free(r->shown);
	r->shown = NULL;
	r->shown_count = 0;
	r->part = part;
	if (part == 0)
		return;
	r->shown = mem_zero((size_t)r->of[part - 1] + 1, sizeof *r->shown);
	for (int64_t i = 0; i < r->count; i++)
		if ((int)r->row[i].fate == part - 1)
			r->shown[r->shown_count++] = i;
}

void import_rows_next_part(struct import_rows *r)
{
	int part = r->part;

	do
		part = (part + 1) % (IMPORT_REFUSED + 2);
	while (part > 0 && r->of[part - 1] == 0);
	choose_part(r, part);
}

const char *import_rows_part(const struct import_rows *r)
{
	static const char *const parts[] = { N_("all rows"), N_("the new ones"), N_("those to fill in"), N_("the known ones"), N_("the refused ones") };

	return _(parts[r->part]);
}

void import_rows_get(const struct import_rows *r, int64_t at, struct import_row *out)
{
	const struct import_row_kept *row = &r->row[r->part > 0 ? r->shown[at] : at];

	*out = (struct import_row){ row->line, r->text.data + row->name, row->fate, r->text.data + row->words,
		row->question >= 0 ? &r->question[row->question] : NULL };
}

static int size(void *context, int64_t *count, struct err *e)
{
	const struct import_rows *r = context;

	(void)e;
	*count = r->part > 0 ? r->shown_count : r->count;
	return 0;
}

static int load(void *context, int64_t first, int count, struct err *e)
{
	(void)count;
	(void)e;
	((struct import_rows *)context)->first = first;
	return 0;
}

static const char *id(void *context, int row)
{
	struct import_rows *r = context;

	snprintf(r->id, sizeof r->id, "%lld", (long long)(r->first + row));
	return r->id;
}

static void cell(void *context, int row, int column, struct buf *out)
{
	const struct import_rows *r = context;
	struct import_row it;

	import_rows_get(r, r->first + row, &it);
	switch (column) {
	case LINE: buf_addf(out, "%d", it.line); break;
	case NAME: text_escape(it.name, strlen(it.name), out); break;
	/* TRANSLATORS: of a row of a list: Enter says which of several people is meant */
	case FATE: buf_adds(out, it.question != NULL ? _("? which") : _(fates[it.fate])); break;
	case WORDS: text_escape(it.words, strlen(it.words), out); break;
	default: break;
	}
}

static enum role role(void *context, int row, int column)
{
	const struct import_rows *r = context;
	struct import_row it;

	import_rows_get(r, r->first + row, &it);
	if (it.fate == IMPORT_REFUSED && column == FATE)
		return ROLE_WARNING;
	return it.fate == IMPORT_SAME ? ROLE_MUTED : ROLE_TEXT;
}

const struct list_class import_rows_class = {
	.columns = columns, .count = sizeof columns / sizeof columns[0], .size = size, .load = load, .id = id, .cell = cell, .role = role,
};
