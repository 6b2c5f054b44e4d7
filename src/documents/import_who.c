/* Whom the rows of a list mean. Nobody is guessed: of several who could be meant the row asks. */
#include "documents/import_register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/joined.h"
#include "records/namesake.h"

/* --- people of one name --- */

/* What the list says of somebody, and what a card of that name says of the same. */
struct namesakes {
	struct store *s;
	const struct import_entry *n;
	char phone[64], organisation[512];	/* as kept; folded */
	struct { char id[RECORD_ID_SIZE]; int agree, against; bool phone; } of[IMPORT_CANDIDATES];
	int count;
	bool more, more_phone;			/* than there is room for: who fits too, and has the telephone too */
};

static void compare(const char *list, const char *card, int *agree, int *against)
{
	if (!*list || !*card)
		return;
	*agree += strcmp(list, card) == 0;
	*against += strcmp(list, card) != 0;
}

static void folded_into(char *out, size_t room, const char *text)
{
	struct buf folded = BUF_INIT;
	text_fold(text, strlen(text), &folded);
	snprintf(out, room, "%s", folded.data);
	buf_release(&folded);
}

static int note_namesake(void *context, const struct namesake *k)
{
	struct namesakes *w = context;
	if (w->count == IMPORT_CANDIDATES && strcmp(w->of[w->count - 1].id, k->id) != 0) {
		w->more = true;
		w->more_phone |= *w->phone && strcmp(w->phone, k->phone) == 0;
		return 0;
	}
	int i = 0, agree = 0, against = 0;
	while (i < w->count && strcmp(w->of[i].id, k->id) != 0)
		i++;
	compare(w->phone, k->phone, &agree, &against);
	compare(w->n->text[COLUMN_MUNICIPALITY].data, k->municipality, &agree, &against);
	bool first = i == w->count;
	if (first) {
		snprintf(w->of[i].id, RECORD_ID_SIZE, "%s", k->id);
		w->count++;
	}
	/* Of the cards of one person the one that fits best speaks. */
	if (first || agree > w->of[i].agree)
		w->of[i].agree = agree;
	if (first || against < w->of[i].against)
		w->of[i].against = against;
	w->of[i].phone |= *w->phone && strcmp(w->phone, k->phone) == 0;
	return 0;
}

/* The organisations of the few who are left are read one by one. */
static void compare_organisations(struct namesakes *w)
{
	for (int i = 0; *w->organisation && i < w->count; i++) {
		struct record person;
		struct buf name = BUF_INIT;
		char card[sizeof w->organisation];
		if (record_load(w->s, &person, &person_type, w->of[i].id, NULL) != 0)
			continue;
		record_name(w->s, &organisation_type, record_get(&person, "organisation"), &name);
		folded_into(card, sizeof card, name.data);
		compare(w->organisation, card, &w->of[i].agree, &w->of[i].against);
		buf_release(&name);
		record_release(&person);
	}
}

/* Whose telephone it is; else the only one of that name whom nothing speaks against; of several such the only one for whom something speaks. -1: not sure. */
static int decide(const struct namesakes *w)
{
	int by_phone = -1, phones = 0, fit = -1, fits = 0, speaks = -1, spoken = 0;
	for (int i = 0; i < w->count; i++) {
		if (w->of[i].phone) {
			by_phone = i;
			phones++;
		}
		if (w->of[i].against > 0)
			continue;
		fit = i;
		fits++;
		if (w->of[i].agree > 0) {
			speaks = i;
			spoken++;
		}
	}
	if (phones > 0 || w->more)
		return phones == 1 && !w->more_phone ? by_phone : -1;
	if (spoken > 0)
		return spoken == 1 ? speaks : -1;
	return fits == 1 && w->count == 1 ? fit : -1;
}

/* «Ахметов Ильдар З., АНО «Родник», Бураевский, +7 917 000-00-01» */
static void describe_person(struct store *s, const char *id, struct buf *out)
{
	struct record r;
	buf_reset(out);
	if (record_load(s, &r, &person_type, id, NULL) != 0) {
		record_name(s, &person_type, id, out);
		return;
	}
	buf_adds(out, record_get(&r, "name"));
	for (int i = 0; i < 3; i++) {
		static const char *const fields[] = { "organisation", "municipality", "phone" };
		const char *value = record_get(&r, fields[i]);
		if (!*value)
			continue;
		buf_adds(out, ", ");
		if (i == 1)
			municipality_short_name(s, value, out);
		else
			field_show(s, &person_type.fields[record_field(&person_type, fields[i])], value, out);
	}
	record_release(&r);
}

static int ask_who(struct import_register *m, const struct namesakes *w, struct err *e)
{
	struct buf text = BUF_INIT;
	import_question_begin(&m->question, COLUMN_PERSON, w->n->text[COLUMN_NAME].data);
	m->question.may_be_new = true;
	for (int i = 0; i < w->count; i++) {
		describe_person(m->s, w->of[i].id, &text);
		import_question_add(&m->question, w->of[i].id, text.data);
	}
	buf_release(&text);
	return import_question_refuse(&m->question, _("Say which in a column “id” with the id, or “new” for somebody else of this name"), e);
}

static int collect_namesakes(struct import_register *m, const struct import_entry *n, struct namesakes *w, struct err *e)
{
	const struct buf *phone = &n->text[COLUMN_PHONE];
	struct buf parsed = BUF_INIT;
	if (phone->len && text_phone(phone->data, phone->len, &parsed, NULL) == 0)
		snprintf(w->phone, sizeof w->phone, "%s", parsed.data);
	buf_release(&parsed);
	folded_into(w->organisation, sizeof w->organisation, n->text[COLUMN_ORGANISATION].data);
	if (namesake_each(m->s, &person_type, n->text[COLUMN_NAME].data, note_namesake, w, e) < 0)
		return -1;
	compare_organisations(w);
	return 0;
}

int import_refuse_namesakes(struct import_register *m, const struct import_entry *n, struct err *e)
{
	struct namesakes w = { .s = m->s, .n = n };
	return collect_namesakes(m, n, &w, e) != 0 ? -1 : ask_who(m, &w, e);
}

static int by_name(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], struct err *e)
{
	struct namesakes w = { .s = m->s, .n = n };
	if (collect_namesakes(m, n, &w, e) != 0)
		return -1;
	int chosen = decide(&w);
	if (chosen < 0 && w.count > 0)
		return ask_who(m, &w, e);
	if (chosen >= 0)
		snprintf(id, RECORD_ID_SIZE, "%s", w.of[chosen].id);
	return 0;
}

static int refuse_unknown(struct import_register *m, const char *name, struct err *e)
{
	import_question_begin(&m->question, COLUMN_PERSON, name);
	m->question.may_be_new = true;
	return err_set(e, ERR_REFUSED, _("the register has nobody of this name; --new-people enters such people"));
}

/* In the column of ids or as an answer. */
static bool says_new(const char *text)
{
	return strcmp(text, IMPORT_ANSWER_NEW) == 0 || text_same(text, "новый") || text_same(text, "новая");
}

int import_said_person(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], bool *is_new, struct err *e)
{
	const char *answer = import_answer_find(m->answers, n->line, COLUMN_PERSON, n->text[COLUMN_NAME].data);
	const char *which = answer ? answer : n->text[COLUMN_PERSON].data;
	struct record card;
	*id = '\0';
	*is_new = says_new(which);
	if (*is_new || !*which)
		return 0;
	if (answer)
		return record_resolve(m->s, &person_type, answer, id, e);
	if (record_load(m->s, &card, &person_type, which, NULL) == 0) {
		snprintf(id, RECORD_ID_SIZE, "%s", card.id);
		record_release(&card);
	}
	return 0;
}

int import_refer_person(struct import_register *m, const struct import_entry *n, char id[RECORD_ID_SIZE], struct err *e)
{
	const struct buf *said = &n->text[COLUMN_PERSON], *name = &n->text[COLUMN_NAME];
	const char *answer = import_answer_find(m->answers, n->line, COLUMN_PERSON, name->data), *which = answer ? answer : said->data;
	*id = '\0';
	if (says_new(which))
		return name->len ? 0 : err_set(e, ERR_REFUSED, _("there is no name in this row"));
	if (*which)
		return record_resolve(m->s, &person_type, which, id, e);
	if (by_name(m, n, id, e) != 0)
		return -1;
	return *id || m->new_people ? 0 : refuse_unknown(m, name->data, e);
}

/* --- people named in a column --- */

/* «Хасанова Г. Р.», «Г. Р. Хасанова»: one word and the first letters of others. */
enum { INITIALS = 3 };
struct short_name { char surname[128], folded[128]; uint32_t initial[INITIALS]; int initials; };

static bool short_name(const char *typed, struct short_name *out)
{
	int words = 0;
	*out = (struct short_name){ .initials = 0 };
	for (const char *p = typed; *(p += strspn(p, " .")); ) {
		size_t n = strcspn(p, " .");
		uint32_t cp;
		if (text_next(p, n, &cp, NULL) < n) {
			words++;
			snprintf(out->surname, sizeof out->surname, "%.*s", (int)n, p);
		} else if (out->initials < INITIALS) {
			out->initial[out->initials++] = text_char_lower(cp);
		}
		p += n;
	}
	folded_into(out->folded, sizeof out->folded, out->surname);
	return words == 1;
}

static bool initials_fit(const char *name, const struct short_name *w)
{
	size_t n = strcspn(name, " ");
	char surname[sizeof w->folded], word[sizeof w->surname];
	snprintf(word, sizeof word, "%.*s", (int)n, name);
	folded_into(surname, sizeof surname, word);
	if (strcmp(surname, w->folded) != 0)
		return false;
	const char *p = name + n;
	for (int i = 0; i < w->initials; i++) {
		uint32_t cp;
		p += strspn(p, " ");
		if (!*p)
			return false;
		text_next(p, strlen(p), &cp, NULL);
		if (text_char_lower(cp) != w->initial[i])
			return false;
		p += strcspn(p, " ");
	}
	return true;
}

static int note_named(void *context, const struct namesake *k)
{
	struct import_question *q = context;
	for (int i = 0; i < q->count; i++)
		if (strcmp(q->candidate[i].id, k->id) == 0)
			return 0;
	import_question_add(q, k->id, k->name);
	return 0;
}

/* By the index on names, of which the surname is the beginning. */
static int find_short(struct import_register *m, const struct short_name *w, struct err *e)
{
	struct buf low = BUF_INIT, high = BUF_INIT;
	int rc = -1;
	text_sort_key(w->surname, strlen(w->surname), &low);
	buf_cut(&low, strcspn(low.data, " "));
	buf_addf(&high, "%s\x7f", low.data);
	sqlite3_stmt *st = store_prepare(m->s, "SELECT DISTINCT " JOINED_PERSON("p.id") ", p.name FROM person p WHERE p.deleted = 0 AND p.sort >= ?1 AND p.sort < ?2 ORDER BY p.sort, p.id", e);
	if (st) {
		store_bind_text(st, 1, low.data);
		store_bind_text(st, 2, high.data);
		while ((rc = store_step(m->s, st, e)) == 1)
			if (initials_fit(store_text(st, 1), w))
				note_named(&m->question, &(struct namesake){ .id = store_text(st, 0), .name = store_text(st, 1) });
		if (rc == 0)
			sqlite3_reset(st);
	}
	buf_release(&low);
	buf_release(&high);
	return rc;
}

static void describe_candidates(struct import_register *m)
{
	struct buf text = BUF_INIT;
	for (int i = 0; i < m->question.count; i++) {
		describe_person(m->s, m->question.candidate[i].id, &text);
		free(m->question.candidate[i].text);
		m->question.candidate[i].text = mem_dup(text.data);
	}
	buf_release(&text);
}

static int find_named(struct import_register *m, const char *typed, struct err *e)
{
	struct short_name w;
	if (namesake_each(m->s, &person_type, typed, note_named, &m->question, e) < 0)
		return -1;
	return m->question.count == 0 && short_name(typed, &w) ? find_short(m, &w, e) : 0;
}

int import_refer_named(struct import_register *m, const struct import_entry *n, enum import_column column, const char *typed, char id[RECORD_ID_SIZE],
    struct err *e)
{
	const char *answer = import_answer_find(m->answers, n->line, column, typed);
	if (answer)
		return record_resolve(m->s, &person_type, answer, id, e);
	if (strchr(typed, '-') && strspn(typed, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(typed))
		return record_resolve(m->s, &person_type, typed, id, e);
	import_question_begin(&m->question, column, typed);
	if (find_named(m, typed, e) != 0)
		return -1;
	if (m->question.count == 1) {
		snprintf(id, RECORD_ID_SIZE, "%s", m->question.candidate[0].id);
		import_question_clear(&m->question);
		return 0;
	}
	if (m->question.count == 0) {
		err_set(e, ERR_REFUSED, _("%s: the register has nobody called “%s”"), _(import_columns[column].label), typed);
		import_question_clear(&m->question);
		return -1;
	}
	describe_candidates(m);
	import_question_refuse(&m->question, _("Write the id in the place of the name"), e);
	return err_prefix(e, "%s", _(import_columns[column].label));
}
