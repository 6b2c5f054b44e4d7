#include "documents/import_register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/bearers.h"
#include "records/namesake.h"

int import_register_begin(struct import_register *m, struct store *s, struct err *e)
{
	m->s = s;
	return bearers_begin(s, e);
}

int import_register_end(struct import_register *m, struct err *e)
{
	for (int i = 0; i < m->spellings; i++)
		free(m->spelling[i].typed);
	m->spellings = 0;
	import_question_clear(&m->question);
	return bearers_end(m->s, e);
}

/* --- what a row refers to --- */

void import_spell_municipality(struct import_register *m, struct buf *text)
{
	char code[MUNICIPALITY_CODE_SIZE];
	for (int i = 0; i < m->spellings; i++)
		if (strcmp(m->spelling[i].typed, text->data) == 0) {
			buf_reset(text);
			buf_adds(text, m->spelling[i].code);
			return;
		}
	if (!text->len || municipality_find(m->s, text->data, code, NULL) != 0)
		return;
	if (m->spellings < IMPORT_SPELLINGS) {
		m->spelling[m->spellings].typed = mem_dup(text->data);
		memcpy(m->spelling[m->spellings++].code, code, sizeof code);
	}
	buf_reset(text);
	buf_adds(text, code);
}

struct organisation_wanted { const char *municipality; struct buf exact, near; int exacts, nears; };

static int organisation_fits(void *context, const struct namesake *n)
{
	struct organisation_wanted *w = context;
	if (strcmp(n->municipality, w->municipality) == 0) {
		buf_addf(&w->exact, "%s ", n->id);
		w->exacts++;
	} else if (!*n->municipality || !*w->municipality) {
		buf_addf(&w->near, "%s ", n->id);
		w->nears++;
	}
	return 0;
}

static int new_organisation(struct store *s, const char *name, const char *municipality, char id[RECORD_ID_SIZE], struct err *e)
{
	struct record r;
	record_init(&r, &organisation_type);
	int rc = record_set(s, &r, "name", name, e) == 0 && record_set(s, &r, "municipality", municipality, e) == 0 ? record_save(s, &r, e) : -1;
	snprintf(id, RECORD_ID_SIZE, "%s", r.id);
	record_release(&r);
	return rc != 0 ? err_prefix(e, "%s", _("organisation")) : 0;
}

/* «k3x9q2mv-7» in the place of a name. */
static bool is_organisation(struct store *s, const char *text)
{
	struct record r;
	if (record_load(s, &r, &organisation_type, text, NULL) != 0)
		return false;
	record_release(&r);
	return true;
}

int import_organisation(struct import_register *m, const struct import_entry *n, const char *municipality, char id[RECORD_ID_SIZE], struct err *e)
{
	struct organisation_wanted w = { municipality, BUF_INIT, BUF_INIT, 0, 0 };
	const char *name = n->text[COLUMN_ORGANISATION].data;
	if (is_organisation(m->s, name)) {
		snprintf(id, RECORD_ID_SIZE, "%s", name);
		return 0;
	}
	int rc = namesake_each(m->s, &organisation_type, name, organisation_fits, &w, e) < 0 ? -1 : 0;
	const char *ids = w.exacts > 0 ? w.exact.data : w.near.data;
	int fit = w.exacts > 0 ? w.exacts : w.nears;
	if (rc == 0 && fit > 1)
		rc = import_refer_organisation(m, n, ids, id, e);
	else if (rc == 0 && fit == 1)
		snprintf(id, RECORD_ID_SIZE, "%.*s", (int)strcspn(ids, " "), ids);
	else if (rc == 0)
		rc = new_organisation(m->s, name, municipality, id, e);
	buf_release(&w.exact);
	buf_release(&w.near);
	return rc;
}

/* --- rows --- */

/* What a column says goes into this field as it stands; organisations are looked up. */
static const struct import_field plain[] = {
	{ COLUMN_NAME, "name" }, { COLUMN_PHONE, "phone" }, { COLUMN_EMAIL, "email" }, { COLUMN_POST, "post" },
	{ COLUMN_MUNICIPALITY, "municipality" }, { COLUMN_ROLE, "role" }, { COLUMN_STAGE, "stage" }, { COLUMN_NOTE, "note" },
};
enum { PLAIN = sizeof plain / sizeof *plain };

static int set_organisation(struct import_register *m, struct record *r, const struct import_entry *n, struct err *e)
{
	char id[RECORD_ID_SIZE];
	return import_organisation(m, n, record_get(r, "municipality"), id, e) != 0 ||
	    record_set(m->s, r, "organisation", id, e) != 0 ? -1 : 0;
}

static int fill_organisation(struct import_register *m, struct record *card, const struct import_entry *n, struct import_differences *d, struct err *e)
{
	const char *there = record_get(card, "organisation");
	struct buf name = BUF_INIT, list = BUF_INIT, folded = BUF_INIT;
	if (n->text[COLUMN_ORGANISATION].len == 0)
		return 0;
	if (!*there) {
		import_note_field(&d->filled, &person_type, "organisation");
		return set_organisation(m, card, n, e);
	}
	if (strcmp(there, n->text[COLUMN_ORGANISATION].data) == 0)
		return 0;
	record_name(m->s, &organisation_type, there, &name);
	text_fold(name.data, name.len, &folded);
	text_fold(n->text[COLUMN_ORGANISATION].data, n->text[COLUMN_ORGANISATION].len, &list);
	if (strcmp(folded.data, list.data) != 0)
		import_note_field(&d->otherwise, &person_type, "organisation");
	buf_release(&name);
	buf_release(&list);
	buf_release(&folded);
	return 0;
}

/* Somebody whose card is there: its gaps are filled, and nothing that stands in it is lost. */
static int fill_card(struct import_register *m, const char *id, const struct record *list, const struct import_entry *n, enum import_fate *fate,
    struct buf *words, struct err *e)
{
	struct import_differences d = { BUF_INIT, BUF_INIT };
	struct record card;
	if (record_load(m->s, &card, &person_type, id, e) != 0)
		return -1;
	/* The name as it is kept stays, whatever its capitals in the list. */
	int rc = import_fill_fields(m->s, &card, list, n, plain + 1, PLAIN - 1, &d, e);
	if (rc == 0)
		rc = fill_organisation(m, &card, n, &d, e);
	*fate = d.filled.len ? IMPORT_CHANGED : IMPORT_SAME;
	if (rc == 0 && d.filled.len)
		rc = record_save(m->s, &card, e) == 0 && bearers_saved(m->s, &card, e) == 0 ? 0 : -1;
	import_tell_differences(&d, words);
	record_release(&card);
	return rc;
}

static int enter(struct import_register *m, struct record *r, const struct import_entry *n, struct err *e)
{
	if (n->text[COLUMN_ORGANISATION].len && set_organisation(m, r, n, e) != 0)
		return -1;
	return record_save(m->s, r, e) == 0 && bearers_saved(m->s, r, e) == 0 ? 0 : -1;
}

static int take(struct import_register *m, struct record *r, const struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e)
{
	char same[RECORD_ID_SIZE];
	bool is_new, several = false;
	if (import_set_fields(m->s, r, n, plain, PLAIN, false, e) != 0 || import_said_person(m, n, same, &is_new, e) != 0)
		return -1;
	if (!*same && !is_new &&
	    bearers_find(m->s, record_get(r, "name"), record_get(r, "phone"), record_get(r, "municipality"), same, &several, e) != 0)
		return -1;
	if (several)
		return import_refuse_namesakes(m, n, e);
	if (*same)
		return fill_card(m, same, r, n, fate, words, e);
	*fate = IMPORT_NEW;
	return enter(m, r, n, e);
}

/* Refused: what is no name. */
static int check_name(const struct buf *name, struct err *e)
{
	if (name->len == 0)
		return err_set(e, ERR_REFUSED, _("there is no name in this row"));
	if (strstr(name->data, "__"))
		return err_set(e, ERR_REFUSED, _("this is a line to sign on, not a name"));
	/* What Windows-1251 has no letter for, and so most of the Bashkir ones. */
	if (strchr(name->data, '?') || strstr(name->data, "\xef\xbf\xbd"))
		return err_set(e, ERR_REFUSED,
		    _("letters of the name were lost as question marks; in the spreadsheet save the list as CSV UTF-8"));
	return 0;
}

int import_person(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e)
{
	struct record r;
	if (check_name(&n->text[COLUMN_NAME], e) != 0)
		return -1;
	import_spell_municipality(m, &n->text[COLUMN_MUNICIPALITY]);
	record_init(&r, &person_type);
	int rc = take(m, &r, n, fate, words, e);
	record_release(&r);
	return rc;
}

/* --- people whom another list is about --- */

/* What such a list says under these titles is about something else than the person. */
static const struct import_field contact[] = {
	{ COLUMN_NAME, "name" }, { COLUMN_PHONE, "phone" }, { COLUMN_EMAIL, "email" }, { COLUMN_POST, "post" }, { COLUMN_MUNICIPALITY, "municipality" },
	{ COLUMN_ROLE, "role" },		/* of who came: an official to an information seminar */
};
enum { CONTACT = sizeof contact / sizeof *contact };

static int fill_contact(struct import_register *m, const char *id, const struct record *list, const struct import_entry *n, struct buf *words, struct err *e)
{
	struct import_differences d = { BUF_INIT, BUF_INIT };
	struct record card;
	if (record_load(m->s, &card, &person_type, id, NULL) != 0)
		return 0;			/* known by name alone */
	int rc = import_fill_fields(m->s, &card, list, n, contact + 1, CONTACT - 1, &d, e);
	if (rc == 0)
		rc = fill_organisation(m, &card, n, &d, e);
	if (rc == 0 && d.filled.len)
		rc = record_save(m->s, &card, e) == 0 && bearers_saved(m->s, &card, e) == 0 ? 0 : -1;
	import_tell_differences(&d, words);
	record_release(&card);
	return rc;
}

static int enter_contact(struct import_register *m, struct record *r, const struct import_entry *n, char id[RECORD_ID_SIZE], struct buf *words,
    struct err *e)
{
	if (enter(m, r, n, e) != 0)
		return -1;
	snprintf(id, RECORD_ID_SIZE, "%s", r->id);
	buf_addf(words, "%s%s", words->len ? "; " : "", _("a new person"));
	return 0;
}

/* «Категория участника: житель» is no role, and the list is about something else. */
static void drop_unknown_role(struct import_entry *n, struct buf *words)
{
	struct buf *role = &n->text[COLUMN_ROLE];
	if (!role->len || choice_parse(person_roles, role->data))
		return;
	buf_addf(words, _("there is no role “%s”"), role->data);
	buf_reset(role);
}

int import_person_for(struct import_register *m, struct import_entry *n, char id[RECORD_ID_SIZE], struct buf *words, struct err *e)
{
	struct record list;
	drop_unknown_role(n, words);
	import_spell_municipality(m, &n->text[COLUMN_MUNICIPALITY]);
	if (n->text[COLUMN_PERSON].len == 0 && check_name(&n->text[COLUMN_NAME], e) != 0)
		return -1;
	record_init(&list, &person_type);
	int rc = import_refer_person(m, n, id, e);
	if (rc == 0)
		rc = import_set_fields(m->s, &list, n, contact, CONTACT, false, e);
	if (rc == 0)
		rc = *id ? fill_contact(m, id, &list, n, words, e) : enter_contact(m, &list, n, id, words, e);
	record_release(&list);
	return rc;
}
