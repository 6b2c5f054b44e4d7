/* Which organisation, seminar or call the rows of a list mean. Nothing is guessed: of several the row asks. */
#include "documents/import_register.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/namesake.h"

/* --- organisations --- */

/* «ТОС «Дружба», Бураевский район» */
static void add_organisation(struct import_register *m, const char *id)
{
	struct buf text = BUF_INIT;
	struct record r;
	record_name(m->s, &organisation_type, id, &text);
	if (record_load(m->s, &r, &organisation_type, id, NULL) == 0) {
		if (*record_get(&r, "municipality")) {
			buf_adds(&text, ", ");
			municipality_short_name(m->s, record_get(&r, "municipality"), &text);
		}
		record_release(&r);
	}
	import_question_add(&m->question, id, text.data);
	buf_release(&text);
}

int import_refer_organisation(struct import_register *m, const struct import_entry *n, const char *candidates, char id[RECORD_ID_SIZE], struct err *e)
{
	const char *name = n->text[COLUMN_ORGANISATION].data, *answer = import_answer_find(m->answers, n->line, COLUMN_ORGANISATION, name);
	char one[RECORD_ID_SIZE];
	if (answer)
		return record_resolve(m->s, &organisation_type, answer, id, e);
	import_question_begin(&m->question, COLUMN_ORGANISATION, name);
	for (const char *p = candidates; *p; p += strcspn(p, " ") + 1) {
		snprintf(one, sizeof one, "%.*s", (int)strcspn(p, " "), p);
		add_organisation(m, one);
	}
	import_question_refuse(&m->question, _("Write the id in the place of the name"), e);
	return err_prefix(e, "%s", _(import_columns[COLUMN_ORGANISATION].label));
}

/* --- seminars and calls --- */

/* Rows: id, title, date, municipality, place. */
static int collect(struct import_register *m, sqlite3_stmt *st, struct err *e)
{
	struct buf text = BUF_INIT;
	int rc;
	while ((rc = store_step(m->s, st, e)) == 1) {
		char day[DATE_SIZE];
		buf_reset(&text);
		buf_adds(&text, store_text(st, 1));
		if (*store_text(st, 2)) {
			date_show(store_text(st, 2), day);
			buf_addf(&text, ", %s", day);
		}
		if (*store_text(st, 3)) {
			buf_adds(&text, ", ");
			municipality_short_name(m->s, store_text(st, 3), &text);
		}
		if (*store_text(st, 4))
			buf_addf(&text, ", %s", store_text(st, 4));
		import_question_add(&m->question, store_text(st, 0), text.data);
	}
	if (rc == 0)
		sqlite3_reset(st);
	buf_release(&text);
	return rc;
}

/* One is meant; else the row is refused, and asks where there are several. */
static int settle(struct import_register *m, const char *nothing, char id[RECORD_ID_SIZE], struct err *e)
{
	if (m->question.count == 1) {
		snprintf(id, RECORD_ID_SIZE, "%s", m->question.candidate[0].id);
		import_question_clear(&m->question);
		return 0;
	}
	if (m->question.count > 1)
		return import_question_refuse(&m->question, _("Write the id in the place of the title"), e);
	import_question_clear(&m->question);
	return err_set(e, ERR_REFUSED, "%s", nothing);
}

static bool is_id(const char *text)
{
	return strchr(text, '-') && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(text);
}

static int read_date(struct import_register *m, const struct import_entry *n, char date[DATE_SIZE], struct err *e)
{
	char today[DATE_SIZE];
	(void)m;
	*date = '\0';
	date_today(today);
	return n->text[COLUMN_DATE].len ? date_parse(n->text[COLUMN_DATE].data, today, date, e) : 0;
}

int import_refer_seminar(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], struct err *e)
{
	const char *typed = n->text[COLUMN_SEMINAR].data;
	char programme[RECORD_ID_SIZE], date[DATE_SIZE];
	struct buf folded = BUF_INIT, key = BUF_INIT;
	if (read_date(m, n, date, e) != 0)
		return err_prefix(e, "%s", _(import_columns[COLUMN_DATE].label));
	buf_addf(&key, "%s %s", typed, date);
	const char *answer = import_answer_find(m->answers, n->line, COLUMN_SEMINAR, key.data);
	int rc = -1;
	if (answer || is_id(typed)) {
		rc = record_resolve(m->s, &seminar_type, answer ? answer : typed, id, e);
	} else if (!*typed && !*date) {
		err_set(e, ERR_REFUSED, _("which seminar is meant is not said: a column “Семинар” or “Дата”, or --set seminar=ID"));
	} else if (programme_current(m->s, programme, e) == 0) {
		text_fold(typed, strlen(typed), &folded);
		sqlite3_stmt *st = store_prepare(m->s, "SELECT id, title, date, municipality, place FROM seminar WHERE programme = ?1 AND deleted = 0"
		    " AND (?2 = '' OR search_fold(title) = ?2) AND (?3 = '' OR date = ?3) ORDER BY date, id", e);
		if (st) {
			import_question_begin(&m->question, COLUMN_SEMINAR, key.data);
			store_bind_text(st, 1, programme);
			store_bind_text(st, 2, folded.data);
			store_bind_text(st, 3, date);
			rc = collect(m, st, e) == 0 ? settle(m, _("there is no such seminar in the programme"), id, e) : -1;
		}
	}
	buf_release(&folded);
	buf_release(&key);
	return rc;
}

int import_refer_call(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], struct err *e)
{
	const char *typed = n->text[COLUMN_CALL].data, *answer = import_answer_find(m->answers, n->line, COLUMN_CALL, typed);
	char programme[RECORD_ID_SIZE];
	struct buf folded = BUF_INIT;
	int rc = -1;
	if (answer || is_id(typed))
		return record_resolve(m->s, &call_type, answer ? answer : typed, id, e);
	if (programme_current(m->s, programme, e) != 0)
		return -1;
	text_fold(typed, strlen(typed), &folded);
	sqlite3_stmt *st = store_prepare(m->s, "SELECT id, title, deadline, '', '' FROM call WHERE programme = ?1 AND deleted = 0"
	    " AND (?2 = '' OR search_fold(title) = ?2) ORDER BY deadline, id", e);
	if (st) {
		import_question_begin(&m->question, COLUMN_CALL, typed);
		store_bind_text(st, 1, programme);
		store_bind_text(st, 2, folded.data);
		rc = collect(m, st, e) == 0 ? settle(m, _("there is no such call in the programme"), id, e) : -1;
	}
	buf_release(&folded);
	return rc;
}
