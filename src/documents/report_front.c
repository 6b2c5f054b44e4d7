/* The first page: what the report is of, and what is not certain in it. */
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "documents/report_private.h"
#include "records/consent.h"
#include "records/joined.h"
#include "records/municipality.h"
#include "records/person.h"


static void field_of(struct report *r, const struct record *programme, const char *name)
{
	int i = record_field(programme->type, name);
	if (i >= 0 && *programme->value[i])
		outline_field(r->out, _(programme->type->fields[i].label), programme->value[i]);
}

static int add_programme(struct report *r, struct err *e)
{
	struct record programme;
	struct buf words = BUF_INIT;
	if (record_load(r->store, &programme, &programme_type, r->programme, e) != 0)
		return -1;
	outline_field(r->out, _("Programme"), record_get(&programme, "title"));
	field_of(r, &programme, "grant");
	field_of(r, &programme, "organiser");
	report_period_words(record_get(&programme, "since"), record_get(&programme, "until"), &words);
	if (*record_get(&programme, "since") || *record_get(&programme, "until"))
		outline_field(r->out, _("Dates of the programme"), words.data);
	buf_reset(&words);
	report_period_words(r->request->since, r->request->until, &words);
	outline_field(r->out, _("Period of the report"), words.data);
	buf_release(&words);
	record_release(&programme);
	return 0;
}

/* Of the region, or of what a device holds. */
static void add_origin(struct report *r)
{
	const struct report_standing *s = r->request->standing;
	struct buf words = BUF_INIT;
	char when[17], me[RECORD_ID_SIZE];
	bool told = r->request->open;
	date_local(clock_wall_ms(), when);
	outline_field(r->out, _("Made"), when);
	if (s && s->region) {
		buf_addf(&words, _("the whole region, as the hub “%s” has it"), s->hub ? s->hub : "");
	} else {
		buf_adds(&words, _("what the device holds on which this was made"));
		if (*person_me(r->store, me) && (told || (consent_valid(r->store, me, CONSENT_PARTICIPATION, &told, NULL) == 0 && told))) {
			buf_adds(&words, ": ");
			record_name(r->store, &person_type, me, &words);
		}
	}
	/* TRANSLATORS: what a report was made from: the region, or what one device holds */
	outline_field(r->out, _("Made of"), words.data);
	buf_release(&words);
}

/* --- what is not certain --- */

/* Cards with the same folded name, and the same telephone or municipality, that are not joined with each other and of which nobody said that they are different.
 * Two of a kind are two cards. */
int report_doubles(struct store *s, int64_t *cards, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s,
	    "WITH card AS (SELECT id, search_fold(name) AS folded, phone, municipality FROM person WHERE +deleted = 0),"
	    " counted AS (SELECT *, count(*) OVER (PARTITION BY folded, phone) AS phones, count(*) OVER (PARTITION BY folded, municipality) AS places FROM card),"
	    " alike AS MATERIALIZED (SELECT * FROM counted WHERE (phone IS NOT NULL AND phones > 1) OR (municipality IS NOT NULL AND places > 1)),"
	    " settled AS MATERIALIZED (SELECT a.id AS one, b.id AS two FROM joined a JOIN joined b ON b.shown = a.shown AND b.id <> a.id"
	    " UNION SELECT person, other FROM person_link WHERE deleted = 0 AND verdict = 'different' UNION SELECT other, person FROM person_link WHERE deleted = 0"
	    " AND verdict = 'different')"
	    /* Who is in no settled pair need not be compared again. */
	    " SELECT count(*) FROM alike a WHERE a.id NOT IN (SELECT one FROM settled) OR EXISTS (SELECT 1 FROM alike b WHERE b.folded = a.folded AND b.id <> a.id"
	    " AND (b.phone = a.phone OR b.municipality = a.municipality) AND NOT EXISTS (SELECT 1 FROM settled WHERE one = a.id AND two = b.id))", e);
	if (!st)
		return -1;
	int rc = store_step(s, st, e);
	*cards = rc == 1 ? sqlite3_column_int64(st, 0) : 0;
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1 ? 0 : -1;
}

static int add_doubles(struct report *r, struct err *e)
{
	struct buf words = BUF_INIT;
	int64_t cards;
	if (report_doubles(r->store, &cards, e) != 0)
		return -1;
	if (cards > 0)
		buf_addf(&words, P_("%lld card has the name, and the telephone or the municipality, of another one: it is not decided whether they are one person",
		    "%lld cards have the name, and the telephone or the municipality, of another one: it is not decided which of them are one person", cards), (long long)cards);
	else
		buf_adds(&words, _("none"));
	outline_field(r->out, _("Possible doubles, undecided"), words.data);
	buf_release(&words);
	return 0;
}

static void add_own_sync(struct report *r, const struct report_standing *s)
{
	struct buf words = BUF_INIT;
	char when[17] = "";
	if (!s->hub || !*s->hub) {
		buf_adds(&words, _("this device belongs to no hub: nobody else's work is in this report"));
	} else {
		date_local(s->last_sync_ms, when);
		if (s->last_sync_ms > 0)
			buf_addf(&words, _("the last one on %s"), when);
		else
			buf_adds(&words, _("there was none yet"));
		buf_addf(&words, P_("; %lld change is not sent", "; %lld changes are not sent", s->unsent), (long long)s->unsent);
	}
	outline_field(r->out, _("Exchange with the hub"), words.data);
	buf_release(&words);
}

/* A device that was heard after the period's last day, or in the last day, has told all. */
static int64_t told_all_ms(const struct report *r)
{
	int64_t now = clock_wall_ms(), end = now - DATE_DAY_MS;
	if (r->request->until && date_valid(r->request->until)) {
		int64_t until = (date_to_days(r->request->until) + 1) * DATE_DAY_MS - DATE_PROGRAMME_MS;
		end = until < end ? until : end;
	}
	return end;
}

static int add_device(struct report *r, const struct report_device *d, struct err *e)
{
	struct buf place = BUF_INIT;
	char when[17] = "";
	const struct choice *role = choice_find(person_roles, d->role);
	bool told = r->request->open;
	if (!told && *d->person && consent_valid(r->store, d->person, CONSENT_PARTICIPATION, &told, e) != 0)
		return -1;
	if (!told && *d->person) {
		report_withhold(r, d->person);
		report_withhold(r, " ");
	}
	municipality_name(r->store, d->municipality, &place);
	date_local(d->heard_ms, when);
	outline_row(r->out, (const char *const[]){ told ? d->name : d->tag, role ? _(role->label) : d->role, place.data, d->heard_ms > 0 ? when : _("never") });
	buf_release(&place);
	return 0;
}

static int add_devices(struct report *r, const struct report_standing *s, struct err *e)
{
	const struct outline_column columns[] = {
		{ _("Device"), TYPESET_TEXT, 5 }, { _("Role"), TYPESET_TEXT, 4 }, { _("Municipality"), TYPESET_TEXT, 5 }, { _("Last exchange"), TYPESET_TEXT, 4 }
	};
	struct buf words = BUF_INIT;
	int64_t end = told_all_ms(r);
	int late = 0;
	for (int i = 0; i < s->devices; i++)
		late += s->device[i].heard_ms < end;
	buf_addf(&words, P_("%d of %d device has not exchanged since the end of the period or in the last day", "%d of %d devices have not exchanged since the end of the period or in the last day",
	    s->devices), late, s->devices);
	outline_field(r->out, _("Devices"), words.data);
	buf_release(&words);
	if (late == 0)
		return 0;
	/* TRANSLATORS: a sheet of a workbook: the devices that have not synced */
	outline_table(r->out, _("Devices"), columns, 4, false);
	for (int i = 0; i < s->devices; i++)
		if (s->device[i].heard_ms < end && add_device(r, &s->device[i], e) != 0)
			return -1;
	return 0;
}

static void add_withheld(struct report *r)
{
	struct buf words = BUF_INIT;
	int people = report_withheld_count(r);
	if (r->request->open)
		buf_adds(&words, _("this was made with all names; it must not leave the store"));
	else if (people > 0)
		buf_addf(&words, P_("%d person has no consent to taking part and stands here by the id", "%d people have no consent to taking part and stand here by their ids", people),
		    people);
	else
		buf_adds(&words, _("everybody who is named here consented to it"));
	outline_field(r->out, _("Personal data"), words.data);
	buf_release(&words);
}

int report_front(struct report *r, struct err *e)
{
	const struct report_standing *s = r->request->standing;
	if (add_programme(r, e) != 0)
		return -1;
	add_origin(r);
	if (add_doubles(r, e) != 0)
		return -1;
	if (s && !s->region)
		add_own_sync(r, s);
	if (s && s->region && add_devices(r, s, e) != 0)
		return -1;
	add_withheld(r);
	return 0;
}
