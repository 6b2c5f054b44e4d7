/* A row of a list of applications: who applies in a call, with what. Whoever is in no register yet is entered where that is allowed. */
#include "documents/import_register.h"

#include "base/i18n.h"
#include "records/application.h"

static const struct import_field plain[] = {
	{ COLUMN_DATE, "date" }, { COLUMN_MUNICIPALITY, "municipality" }, { COLUMN_MOTIVATION, "motivation" }, { COLUMN_EXPERIENCE, "experience" },
};
enum { PLAIN = sizeof plain / sizeof *plain };

static int set_all(struct import_register *m, struct record *r, const struct import_entry *n, const char *call, const char *person, struct err *e)
{
	char organisation[RECORD_ID_SIZE];
	if (record_set(m->s, r, "call", call, e) != 0 || record_set(m->s, r, "person", person, e) != 0 ||
	    import_set_fields(m->s, r, n, plain, PLAIN, false, e) != 0)
		return -1;
	if (n->text[COLUMN_ORGANISATION].len == 0)
		return 0;
	return import_organisation(m, n, record_get(r, "municipality"), organisation, e) == 0 ?
	    record_set(m->s, r, "organisation", organisation, e) : -1;
}

static int fill(struct import_register *m, const char *id, const struct record *list, const struct import_entry *n, enum import_fate *fate,
    struct buf *words, struct err *e)
{
	struct import_differences d = { BUF_INIT, BUF_INIT };
	struct record card;
	if (record_load(m->s, &card, &application_type, id, e) != 0)
		return -1;
	int rc = import_fill_fields(m->s, &card, list, n, plain, PLAIN, &d, e);
	*fate = d.filled.len ? IMPORT_CHANGED : IMPORT_SAME;
	if (rc == 0 && d.filled.len)
		rc = record_save(m->s, &card, e);
	import_tell_differences(&d, words);
	record_release(&card);
	return rc;
}

int import_application(struct import_register *m, struct import_entry *n, enum import_fate *fate, struct buf *words, struct err *e)
{
	char call[RECORD_ID_SIZE], person[RECORD_ID_SIZE], same[RECORD_ID_SIZE];
	struct record r;
	if (import_refer_call(m, n, call, e) != 0 || import_person_for(m, n, person, words, e) != 0 || application_of(m->s, call, person, same, e) != 0)
		return -1;
	record_init(&r, &application_type);
	int rc = set_all(m, &r, n, call, person, e);
	if (rc == 0 && *same) {
		rc = fill(m, same, &r, n, fate, words, e);
	} else if (rc == 0) {
		*fate = IMPORT_NEW;
		rc = record_save(m->s, &r, e);
	}
	record_release(&r);
	return rc;
}
