#include "records/person_link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/joined.h"
#include "store/erase.h"

static const struct choice verdicts[] = {
	/* TRANSLATORS: of two cards: they are one and the same person; they are two different people */
	{ PERSON_SAME, N_("one person"), "один человек|то же лицо|одно лицо|да" },
	{ PERSON_DIFFERENT, N_("different people"), "разные люди|разные лица|нет" },
	{ NULL, NULL, NULL }
};

static const struct field link_fields[] = {
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	/* TRANSLATORS: the second of two cards */
	{ .name = "other", .label = N_("Other card"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	/* TRANSLATORS: what was decided of two cards: one person, or different people */
	{ .name = "verdict", .label = N_("Verdict"), .kind = FIELD_CHOICE, .choices = verdicts, .initial = PERSON_SAME, .required = true },
};

static int link_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	int n = snprintf(out, RECORD_ID_SIZE, "%s/%s", record_get(r, "person"), record_get(r, "other"));
	return n < RECORD_ID_SIZE ? 0 : err_set(e, ERR_REFUSED, _("the ids of the two cards are too long"));
}

/* The smaller id first, so that whoever links two cards makes the same record. */
static int link_complete(struct store *s, struct record *r, struct err *e)
{
	char first[RECORD_ID_SIZE];
	(void)s;
	(void)e;
	if (*r->id || strcmp(record_get(r, "person"), record_get(r, "other")) <= 0)
		return 0;
	snprintf(first, sizeof first, "%s", record_get(r, "other"));
	record_put(r, "other", record_get(r, "person"));
	record_put(r, "person", first);
	return 0;
}

/* The hub takes no more (sync/rights_rules.c); so nothing is written here that would come back. */
static int check_set(struct store *s, const struct record *r, struct err *e)
{
	sqlite3_stmt *st;
	int rc = -1;
	if (strcmp(record_get(r, "verdict"), PERSON_SAME) != 0)
		return 0;
	st = store_prepare(s, JOINED_COUNT_OF_BOTH, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, record_get(r, "person"));
	store_bind_text(st, 2, record_get(r, "other"));
	if (store_step(s, st, e) == 1)
		rc = sqlite3_column_int64(st, 0) <= JOINED_MOST ? 0 : err_set(e, ERR_REFUSED, _("these would be more than %d cards of one person"), JOINED_MOST);
	sqlite3_reset(st);
	return rc;
}

static int link_check(struct store *s, const struct record *r, struct err *e)
{
	char id[RECORD_ID_SIZE];
	if (strcmp(record_get(r, "person"), record_get(r, "other")) == 0)
		return err_set(e, ERR_REFUSED, _("this is one card, not two"));
	if (*r->id && (link_id(s, r, id, e) != 0 || strcmp(id, r->id) != 0))
		return err_set(e, ERR_REFUSED, _("a link belongs to its two cards; remove it and make another"));
	return check_set(s, r, e);
}

#define COLUMNS "person, other, verdict"
#define CARD_NAME(column) "coalesce((SELECT p.name FROM person p WHERE p.id = person_link." column ")," \
	" (SELECT k.name FROM known_name k WHERE k.tbl = 'person' AND k.id = person_link." column "), person_link." column ", '')"

const struct record_type person_link_type = {
	.name = "link",
	.title = N_("Two cards"),
	.table = "person_link",
	.fields = link_fields,
	.count = sizeof link_fields / sizeof *link_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("person_link", COLUMNS),
		.list = RECORD_SQL_LIST("person_link", COLUMNS, "id"),
		RECORD_SQL_REST("person_link", CARD_NAME("person") " || ' = ' || " CARD_NAME("other"), COLUMNS, "?2,?3,?4")
	},
	.complete = link_complete,
	.check = link_check,
	.make_id = link_id,
};

/* --- sets --- */

int joined_shown(struct store *s, const char *id, char shown[RECORD_ID_SIZE], struct err *e)
{
	return record_query_id(s, "SELECT " JOINED_PERSON("?1"), (const char *const[]){ id, NULL }, shown, e) < 0 ? -1 : 0;
}

int joined_each(struct store *s, const char *id, joined_fn each, void *context, struct err *e)
{
	int rc;
	sqlite3_stmt *st = store_prepare_once(s, "SELECT p.id, p.name, p.deleted FROM joined a JOIN joined b ON b.shown = a.shown"
	    " JOIN person p ON p.id = b.id WHERE a.id = ?1 AND b.id <> ?1 AND p.deleted = 0 ORDER BY p.id", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	while ((rc = store_step(s, st, e)) == 1)
		if ((rc = each(context, store_text(st, 0), store_text(st, 1), e)) != 0)
			break;
	sqlite3_finalize(st);
	return rc;
}

/* --- verdicts --- */

static void pair_id(const char *a, const char *b, char id[2 * RECORD_ID_SIZE])
{
	bool turned = strcmp(a, b) > 0;
	snprintf(id, 2 * RECORD_ID_SIZE, "%s/%s", turned ? b : a, turned ? a : b);
}

/* What is there is edited, anything else is made; a link that was removed comes back. */
static int set_verdict(struct store *s, const char *a, const char *b, const char *verdict, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	struct record r;
	int rc = 0;
	pair_id(a, b, id);
	if (strlen(id) >= RECORD_ID_SIZE || record_load(s, &r, &person_link_type, id, NULL) != 0) {
		record_init(&r, &person_link_type);
		rc = record_set(s, &r, "person", a, e);
		if (rc == 0)
			rc = record_set(s, &r, "other", b, e);
	}
	if (rc == 0)
		rc = record_set(s, &r, "verdict", verdict, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

static int same_set(struct store *s, const char *a, const char *b, bool *same, struct err *e)
{
	char x[RECORD_ID_SIZE], y[RECORD_ID_SIZE];
	if (joined_shown(s, a, x, e) != 0 || joined_shown(s, b, y, e) != 0)
		return -1;
	*same = strcmp(x, y) == 0;
	return 0;
}

/* A card that is not there says nothing of anybody, nor does that of somebody who was erased, and whom nothing may lead to again. */
static int must_be_there(struct store *s, const char *id, struct err *e)
{
	struct record r;
	int rc = record_load(s, &r, &person_type, id, e), erased = rc == 0 ? journal_erased(store_journal(s), "person", id, e) : 0;
	record_release(&r);
	if (rc != 0 || erased < 0)
		return -1;
	return erased ? err_set(e, ERR_REFUSED, _("the data of this person were erased; nothing can be joined with the card")) : 0;
}

int person_join(struct store *s, const char *a, const char *b, struct err *e)
{
	bool same;
	if (strcmp(a, b) == 0)
		return err_set(e, ERR_REFUSED, _("this is one card, not two"));
	if (must_be_there(s, a, e) != 0 || must_be_there(s, b, e) != 0 || same_set(s, a, b, &same, e) != 0)
		return -1;
	if (same)
		return err_set(e, ERR_REFUSED, _("these two cards are joined already"));
	return set_verdict(s, a, b, PERSON_SAME, e);
}

int person_part(struct store *s, const char *a, const char *b, bool *still, struct err *e)
{
	char id[2 * RECORD_ID_SIZE];
	struct record r;
	int rc;
	pair_id(a, b, id);
	rc = strlen(id) < RECORD_ID_SIZE && record_load(s, &r, &person_link_type, id, NULL) == 0 ? 0 : 1;
	if (rc == 0 && strcmp(record_get(&r, "verdict"), PERSON_SAME) != 0)
		rc = 1;
	if (strlen(id) < RECORD_ID_SIZE)
		record_release(&r);
	if (same_set(s, a, b, still, e) != 0)
		return -1;
	if (rc == 1 && *still)
		return err_set(e, ERR_REFUSED, _("these two cards are joined through another one; part each of them from that one"));
	if (rc == 1)
		return err_set(e, ERR_REFUSED, _("these two cards are not joined"));
	return record_remove(s, &person_link_type, id, e) != 0 ? -1 : same_set(s, a, b, still, e);
}

/* Only the link between the two is changed. Where they are one person by way of others it is said, and nothing is written. */
int person_distinct(struct store *s, const char *a, const char *b, struct err *e)
{
	bool same = false;
	if (strcmp(a, b) == 0)
		return err_set(e, ERR_REFUSED, _("this is one card, not two"));
	if (must_be_there(s, a, e) != 0 || must_be_there(s, b, e) != 0 || store_begin(s, e) != 0)
		return -1;
	int rc = set_verdict(s, a, b, PERSON_DIFFERENT, e);
	if (rc == 0)
		rc = same_set(s, a, b, &same, e);
	if (rc == 0 && same)
		rc = err_set(e, ERR_REFUSED, _("these two cards are joined through another one; part each of them from that one"));
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- what the shown card lacks --- */

static const char *const filled[] = { "phone", "email", "organisation", "post", "municipality" };

int joined_lacking(struct store *s, const char *shown, struct buf *labels, bool fill, struct err *e)
{
	struct record r;
	int rc;
	size_t n = labels->len;
	if (record_load(s, &r, &person_type, shown, e) != 0)
		return -1;
	sqlite3_stmt *st = store_prepare_once(s, "SELECT p.phone, p.email, p.organisation, p.post, p.municipality FROM joined j JOIN person p ON p.id = j.id"
	    " WHERE j.shown = ?1 AND j.id <> ?1 AND p.deleted = 0 ORDER BY p.id", e);
	if (st)
		store_bind_text(st, 1, shown);
	rc = st ? 0 : -1;
	while (rc == 0 && (rc = store_step(s, st, e)) == 1)
		for (int i = rc = 0; i < (int)(sizeof filled / sizeof *filled) && rc == 0; i++) {
			const char *value = store_text(st, i);
			int field = record_field(&person_type, filled[i]);
			if (!*value || *r.value[field])
				continue;
			buf_addf(labels, "%s%s", labels->len > n ? ", " : "", _(person_type.fields[field].label));
			rc = record_set(s, &r, filled[i], value, e);
			if (rc == 0)
				rc = 2;		/* set: on to the next field */
			rc = rc == 2 ? 0 : rc;
		}
	sqlite3_finalize(st);
	if (rc == 0 && fill && labels->len > n)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}
