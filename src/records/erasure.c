#include "records/erasure.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/consent.h"
#include "records/forget.h"
#include "records/joined.h"
#include "records/person.h"
#include "store/erase.h"

/* Federal Law 152-FZ, article 21: parts 5, 4, 1 and 3. */
const struct choice erasure_bases[] = {
	/* TRANSLATORS: why personal data are destroyed: the person withdrew the consent («отзыв согласия») */
	{ "withdrawal", N_("the consent was withdrawn"), "отзыв согласия|отзыв|согласие отозвано" },
	/* TRANSLATORS: why personal data are destroyed: what they were processed for is reached */
	{ "purpose", N_("the purpose of processing is reached"), "достижение цели|цель достигнута|цель обработки достигнута" },
	/* TRANSLATORS: why personal data are destroyed: the person demands it («требование субъекта») */
	{ "request", N_("demand of the person"), "требование субъекта|требование|запрос субъекта" },
	/* TRANSLATORS: why personal data are destroyed: they were entered without a right to them */
	{ "unlawful", N_("processed without a right"), "неправомерная обработка|неправомерно|без согласия" },
	{ NULL, NULL, NULL }
};

static const struct field erasure_fields[] = {
	{ .name = "person", .label = N_("Person"), .kind = FIELD_REFERENCE, .references = "person", .required = true },
	/* TRANSLATORS: why a person's data are destroyed: «Основание» */
	{ .name = "basis", .label = N_("Basis"), .kind = FIELD_CHOICE, .choices = erasure_bases, .initial = "withdrawal", .required = true },
	/* TRANSLATORS: the number and date of the letter in which a person withdrew the consent; it should name nobody, because it stays */
	{ .name = "document", .label = N_("Document (number, no names)"), .kind = FIELD_TEXT },
	/* TRANSLATORS: the day on which the withdrawal or demand was received */
	{ .name = "requested", .label = N_("Received on"), .kind = FIELD_DATE },
	/* TRANSLATORS: the day on which the data were destroyed */
	{ .name = "date", .label = N_("Destroyed on"), .kind = FIELD_DATE, .required = true },
};

bool erasure_done(struct store *s, const char *person)
{
	return *person && journal_erased(store_journal(s), "person", person, NULL) == 1;
}

/* --- rules --- */

static int is_there(struct store *s, const char *person, struct err *e)
{
	char id[RECORD_ID_SIZE];
	if (record_query_id(s, "SELECT id FROM person WHERE id = ?1", (const char *const[]){ person, NULL }, id, e) < 0)
		return -1;
	return *id ? 0 : err_set(e, ERR_REFUSED, _("this device does not hold the person's card; who holds the whole region erases it"));
}

/* Whose device this is cannot take the ground away from under its own feet. */
static int not_own(struct store *s, const char *person, struct err *e)
{
	char me[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	int rc = record_query_id(s, "SELECT ?1 WHERE ?1 IN " JOINED_IDS("?2"), (const char *const[]){ person_me(s, me), person, NULL }, id, e);
	return rc == 1 ? err_set(e, ERR_REFUSED, _("this is your own card, of the person whose device this is; another coordinator erases it")) : rc < 0 ? -1 : 0;
}

int erasure_may(struct store *s, const char *person, struct err *e)
{
	if (!person_coordinates(s))
		return err_set(e, ERR_REFUSED, _("only a coordinator erases a person; ask one"));
	if (erasure_done(s, person))
		return err_set(e, ERR_REFUSED, _("this person's data were destroyed already"));
	return is_there(s, person, e) != 0 || not_own(s, person, e) != 0 ? -1 : 0;
}

static int refuse_day(const struct record *r, const char *field, const char *words, struct err *e)
{
	err_set(e, ERR_REFUSED, "%s", words);
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

static int erasure_check(struct store *s, const struct record *r, struct err *e)
{
	char today[DATE_SIZE];
	date_today(today);
	if (*r->id && strcmp(r->id, record_get(r, "person")) != 0)
		return err_set(e, ERR_REFUSED, _("an erasure belongs to its person"));
	if (strcmp(record_get(r, "date"), today) > 0)
		return refuse_day(r, "date", _("this day has not come yet"), e);
	if (strcmp(record_get(r, "requested"), record_get(r, "date")) > 0)
		return refuse_day(r, "requested", _("it was not received after the data were destroyed"), e);
	return *r->id ? 0 : erasure_may(s, record_get(r, "person"), e);
}

static int erasure_defaults(struct store *s, struct record *r, struct err *e)
{
	struct consent_standing now;
	record_default_today(r, "date");
	if (!*record_get(r, "person") || !record_untouched(r, "requested"))
		return 0;
	if (consent_standing(s, record_get(r, "person"), CONSENT_PARTICIPATION, &now, e) != 0)
		return -1;
	if (now.any && !now.valid)
		record_put(r, "requested", now.withdrawn);
	return 0;
}

static int erasure_id(struct store *s, const struct record *r, char out[RECORD_ID_SIZE], struct err *e)
{
	(void)s;
	(void)e;
	snprintf(out, RECORD_ID_SIZE, "%s", record_get(r, "person"));
	return 0;
}

static int erasure_may_remove(struct store *s, const char *id, struct err *e)
{
	(void)s;
	(void)id;
	return err_set(e, ERR_REFUSED, _("what was destroyed does not come back, and the record of it stays"));
}

/* --- the deed --- */

static int erase_card(struct store *s, const char *person, struct err *e)
{
	struct forget f;
	if (forget_begin(s, person, &f, e) != 0)
		return -1;
	if (journal_erase(store_journal(s), person_type.table, person, e) == 0)
		return forget_end(s, &f, e);
	forget_drop(&f);
	return -1;
}

/* Another card of the same person, with the same basis; "": there is none left. */
static int next_card(struct store *s, const char *person, char id[RECORD_ID_SIZE], struct err *e)
{
	return record_query_id(s, "SELECT p.id FROM person p WHERE p.id IN " JOINED_IDS("?1") " AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.id = p.id)"
	    " ORDER BY p.id LIMIT 1", (const char *const[]){ person, NULL }, id, e) < 0 ? -1 : 0;
}

static int erase_next(struct store *s, const struct record *r, const char *card, struct err *e)
{
	struct record next;
	record_init(&next, r->type);
	for (int i = 0; i < r->type->count; i++)
		record_put(&next, r->type->fields[i].name, r->value[i]);
	record_put(&next, "person", card);
	int rc = record_save(s, &next, e);
	record_release(&next);
	return rc;
}

/* After the record is in its table, in the same transaction. The next card's own record goes on with the rest of them. */
static int erasure_follow(struct store *s, const struct record *r, struct err *e)
{
	char card[RECORD_ID_SIZE];
	if (erasure_done(s, r->id))
		return 0;
	if (erase_card(s, r->id, e) != 0 || next_card(s, r->id, card, e) != 0)
		return -1;
	return *card ? erase_next(s, r, card, e) : 0;
}

#define COLUMNS "person, basis, document, requested, date"
#define NAME "coalesce((SELECT p.name FROM person p WHERE p.id = erasure.person), erasure.person)"

const struct record_type erasure_type = {
	.name = "erasure",
	.title = N_("Erasure"),
	.table = "erasure",
	.fields = erasure_fields,
	.count = sizeof erasure_fields / sizeof *erasure_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("erasure", COLUMNS),
		.list = RECORD_SQL_LIST("erasure", COLUMNS, "date DESC, id"),
		RECORD_SQL_REST("erasure", NAME, COLUMNS, "?2,?3,?4,?5,?6")
	},
	.defaults = erasure_defaults,
	.check = erasure_check,
	.make_id = erasure_id,
	.may_remove = erasure_may_remove,
	.follow = erasure_follow,
};

/* --- whom --- */

int erasure_resolve(struct store *s, const char *typed, char person[RECORD_ID_SIZE], struct err *e)
{
	struct buf name = BUF_INIT;
	if (record_query_id(s, "SELECT id FROM person WHERE id = ?1", (const char *const[]){ typed, NULL }, person, e) < 0)
		return -1;
	if (*person)
		return 0;
	if (record_resolve(s, &person_type, typed, person, e) != 0)
		return -1;
	record_name(s, &person_type, person, &name);
	bool whole = text_same(name.data, typed);
	buf_release(&name);
	return whole ? 0 : err_set(e, ERR_REFUSED, _("give the whole id, %s, or the whole name: what is destroyed does not come back"), person);
}
