/* What a row asks, and what was answered. */
#include "documents/import_register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

const char *import_answer_find(const struct import_answers *a, int line, enum import_column column, const char *typed)
{
	for (int i = a ? a->count - 1 : -1; i >= 0; i--) {
		const struct import_answer *it = &a->answer[i];
		if (it->column == column && (it->line == line || (it->line == 0 && strcmp(it->typed, typed) == 0)))
			return it->value;
	}
	return NULL;
}

void import_question_clear(struct import_question *q)
{
	for (int i = 0; i < q->count; i++)
		free(q->candidate[i].text);
	free(q->candidate);
	free(q->typed);
	*q = (struct import_question){ 0 };
}

bool import_question_asked(const struct import_question *q)
{
	return q->typed != NULL;
}

void import_question_begin(struct import_question *q, enum import_column column, const char *typed)
{
	import_question_clear(q);
	q->column = column;
	q->typed = mem_dup(typed);
}

void import_question_add(struct import_question *q, const char *id, const char *text)
{
	if (q->count == IMPORT_CANDIDATES)
		return;
	q->candidate = mem_resize(q->candidate, (size_t)q->count + 1, sizeof *q->candidate);
	snprintf(q->candidate[q->count].id, RECORD_ID_SIZE, "%s", id);
	q->candidate[q->count++].text = mem_dup(text);
}

int import_question_refuse(const struct import_question *q, const char *how, struct err *e)
{
	enum { NAMED = 5 };
	struct buf words = BUF_INIT;
	for (int i = 0; i < q->count && i < NAMED; i++)
		buf_addf(&words, "%s%s %s", i ? "; " : "", q->candidate[i].id, q->candidate[i].text);
	if (q->count > NAMED)
		buf_adds(&words, "; …");
	err_set(e, ERR_REFUSED, "%s: %s. %s", q->count > 1 ? _("several could be meant") : _("could be meant, and is not quite the same"), words.data, how);
	buf_release(&words);
	return -1;
}
