/* What has changed since a report was filed. All differences first; then one walk along the journal says who did the latest that bears on each. */
#include "figures/filing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/consent.h"
#include "records/joined.h"
#include "records/municipality.h"
#include "store/history.h"

enum { CAUSES_MOST = 2000 };		/* of so many changes it is looked for who did them */

struct cause { char *table, *pk; int change; int64_t ms; char *by; };

struct comparing {
	struct store *s;
	const struct filing *f;
	bool gated;
	struct consent_gate *gate;
	struct filing_difference *difference;
	int differences;
	struct filing_change *change;		/* of all differences, one after the other */
	int changes, room;
	struct cause *cause;			/* sorted by record before the walk */
	int causes;
	/* While one figure is compared. */
	const struct filing_figure *old;
	int at;
	int64_t after;
};

/* --- the differences --- */

static void add_change(struct comparing *c, enum filing_change_kind kind, const char *id, int64_t before, int64_t after)
{
	if (c->changes == c->room) {
		c->room = c->room ? 2 * c->room : 64;
		c->change = mem_resize(c->change, (size_t)c->room, sizeof *c->change);
	}
	c->change[c->changes++] = (struct filing_change){ .kind = kind, .id = mem_dup(id), .before = before, .after = after };
}

static void removed_up_to(struct comparing *c, const char *id)
{
	for (; c->at < c->old->count && (!id || strcmp(c->old->line[c->at].id, id) < 0); c->at++)
		add_change(c, FILING_REMOVED, c->old->line[c->at].id, c->old->line[c->at].number, 0);
}

/* Both lists stand in the order of ids. */
static int compare_line(void *context, const char *id, int64_t number, struct err *e)
{
	struct comparing *c = context;
	(void)e;
	c->after += number;
	removed_up_to(c, id);
	if (c->at == c->old->count || strcmp(c->old->line[c->at].id, id) != 0)
		add_change(c, FILING_ADDED, id, 0, number);
	else if (c->old->line[c->at++].number != number)
		add_change(c, FILING_CHANGED, id, c->old->line[c->at - 1].number, number);
	return 0;
}

static int compare_figure(struct comparing *c, const struct filing_figure *old, struct err *e)
{
	const struct figure_query q = { .since = c->f->head.since, .until = c->f->head.until };
	const struct figure *known = figure_find(old->name);
	int first = c->changes;
	c->old = old;
	c->at = 0;
	c->after = 0;
	if (known && figure_each_id(c->s, known, &q, compare_line, c, e) != 0)
		return -1;
	if (known)
		removed_up_to(c, NULL);
	if (known && c->changes == first && c->after == old->value)
		return 0;
	c->difference = mem_resize(c->difference, (size_t)c->differences + 1, sizeof *c->difference);
	c->difference[c->differences++] = (struct filing_difference){ .figure = old->name, .known = known, .before = old->value, .after = c->after,
	    .count = c->changes - first };
	return 0;
}

/* --- what bears on a line: ?1 its id, ?2 the programme --- */

#define OWN(table) "SELECT '" table "', ?1"
#define OF_PERSON(table, condition) " UNION ALL SELECT '" table "', t.id FROM " table " t WHERE " condition
/* Any card of a person, and what joined or parted them; a card that was parted from is told by the link that was removed. */
#define ANY JOINED_IDS("?1")
#define LINKS(person) " UNION ALL SELECT 'person_link', l.id FROM person_link l WHERE l.person = " person " OR l.other = " person
#define CARDS(person) " UNION ALL SELECT 'person', c.id FROM person c WHERE c.id IN " JOINED_IDS(person) LINKS(person)
static const struct { const char *kind, *sql; } causes_of[] = {
	{ "people", "SELECT 'participation', ?2 || '/' || c.id FROM person c WHERE c.id IN " ANY CARDS("?1") },
	{ "reached", OWN("person") OF_PERSON("attendance", "t.person IN " ANY) LINKS("?1") },
	{ "visits", OWN("attendance") " UNION ALL SELECT 'person', person FROM attendance WHERE id = ?1 UNION ALL SELECT 'seminar', seminar FROM attendance WHERE id = ?1"
	    LINKS("(SELECT person FROM attendance WHERE id = ?1)") },
	{ "seminars", OWN("seminar") OF_PERSON("attendance", "t.id > ?1 || '/' AND t.id < ?1 || '0'") },
	{ "seminars_planned", OWN("seminar") OF_PERSON("attendance", "t.id > ?1 || '/' AND t.id < ?1 || '0'") },
	{ "seminars_cancelled", OWN("seminar") OF_PERSON("attendance", "t.id > ?1 || '/' AND t.id < ?1 || '0'") },
	{ "municipalities_with_seminar", "SELECT 'seminar', id FROM seminar WHERE municipality = ?1 AND programme = ?2" },
	{ "municipalities_with_consultant", "SELECT 'participation', t.id FROM participation t JOIN person p ON p.id = t.person"
	    " WHERE t.programme = ?2 AND t.role = 'consultant' AND p.municipality = ?1" },
	{ "municipalities_reached", NULL },
	{ "mentors", "SELECT 'mentorship', id FROM mentorship WHERE mentor IN " ANY " AND programme = ?2" LINKS("?1") },
	{ "mentees", "SELECT 'mentorship', id FROM mentorship WHERE mentee IN " ANY " AND programme = ?2" LINKS("?1") },
	{ "mentees_who_mentor", "SELECT 'mentorship', id FROM mentorship WHERE (mentor IN " ANY " OR mentee IN " ANY ") AND programme = ?2" LINKS("?1") },
	{ "leads", "SELECT 'seminar', id FROM seminar WHERE lead IN " ANY " AND programme = ?2" OF_PERSON("seminar_staff", "t.person IN " ANY) LINKS("?1") },
	{ "passed_on", "SELECT 'seminar', id FROM seminar WHERE lead IN " ANY " AND programme = ?2" OF_PERSON("seminar_staff", "t.person IN " ANY)
	    OF_PERSON("attendance", "t.person IN " ANY) LINKS("?1") },
	{ "trained_people", "SELECT 'enrolment', id FROM enrolment WHERE person IN " ANY LINKS("?1") },
	{ "story_authors", "SELECT 'story', id FROM story WHERE author IN " ANY " AND programme = ?2" LINKS("?1") },
	{ "directory", "SELECT 'directory_entry', id FROM directory_entry WHERE person IN " ANY " AND programme = ?2" OF_PERSON("consent", "t.person IN " ANY) LINKS("?1") },
};

static void add_cause(struct comparing *c, const char *table, const char *pk, int change)
{
	if ((c->causes & (c->causes - 1)) == 0)
		c->cause = mem_resize(c->cause, c->causes > 0 ? 2 * (size_t)c->causes : 1, sizeof *c->cause);
	c->cause[c->causes++] = (struct cause){ mem_dup(table), mem_dup(pk), change, 0, NULL };
}

static int find_causes(struct comparing *c, const struct figure *known, int first, int count, struct err *e)
{
	const struct record_type *type = record_type_find(known->type);
	size_t k = 0, kinds = sizeof causes_of / sizeof *causes_of;
	sqlite3_stmt *st = NULL;
	int rc = 0;
	while (k < kinds && strcmp(causes_of[k].kind, known->kind) != 0)
		k++;
	if (k < kinds && (!causes_of[k].sql || !(st = store_prepare(c->s, causes_of[k].sql, e))))
		return causes_of[k].sql ? -1 : 0;
	for (int i = first; i < first + count && i < CAUSES_MOST && rc == 0; i++) {
		if (!st) {
			add_cause(c, type ? type->table : known->type, c->change[i].id, i);
			continue;
		}
		store_bind_text(st, 1, c->change[i].id);
		store_bind_text(st, 2, c->f->programme);
		while ((rc = store_step(c->s, st, e)) == 1)
			add_cause(c, store_text(st, 0), store_text(st, 1), i);
		if (rc == 0)
			sqlite3_reset(st);
	}
	return rc;
}

/* --- who --- */

static int by_record(const void *a, const void *b)
{
	const struct cause *x = a, *y = b;
	int tables = strcmp(x->table, y->table);
	return tables ? tables : strcmp(x->pk, y->pk);
}

/* The name of whose device it is, where it may be told; else what the device is called, or its tag. */
static int author(struct comparing *c, const struct history_entry *h, char **by, struct err *e)
{
	sqlite3_stmt *st = c->gated ? store_prepare(c->s, "SELECT coalesce(CASE d.no WHEN 1 THEN (SELECT value FROM setting WHERE key = 'person') END, d.person, q.person, '')"
	    " FROM device d LEFT JOIN peer q ON q.tag = d.tag WHERE d.tag = ?1", e) : NULL;
	bool allowed = !c->gated;
	int rc = 0;
	if (c->gated && !st)
		return -1;
	if (st) {
		char person[RECORD_ID_SIZE] = "";
		store_bind_text(st, 1, h->tag);
		rc = store_step(c->s, st, e);
		if (rc == 1)
			snprintf(person, sizeof person, "%s", store_text(st, 0));
		if (rc >= 0)
			sqlite3_reset(st);
		if (rc < 0 || (*person && consent_gate_allows(c->gate, person, &allowed, e) != 0))
			return -1;
	}
	*by = mem_dup(allowed && *h->person ? h->person : allowed && *h->label ? h->label : h->tag);
	return 0;
}

static int look(void *context, const struct history_entry *h, struct err *e)
{
	struct comparing *c = context;
	struct cause key = { .table = (char *)h->table, .pk = (char *)h->pk };
	struct cause *found = bsearch(&key, c->cause, (size_t)c->causes, sizeof key, by_record);
	if (!found || h->refused)
		return 0;
	while (found > c->cause && by_record(found - 1, &key) == 0)
		found--;
	for (; found < c->cause + c->causes && by_record(found, &key) == 0; found++) {
		free(found->by);
		found->by = NULL;
		found->ms = h->ms;
		if (author(c, h, &found->by, e) != 0)
			return -1;
	}
	return 0;
}

static int find_authors(struct comparing *c, struct err *e)
{
	struct history_record *wanted = mem_zero((size_t)c->causes + 1, sizeof *wanted);
	int count = 0;
	if (c->causes > 0)
		qsort(c->cause, (size_t)c->causes, sizeof *c->cause, by_record);
	for (int i = 0; i < c->causes && count < HISTORY_RECORDS; i++)
		if (i == 0 || by_record(&c->cause[i - 1], &c->cause[i]) != 0)
			wanted[count++] = (struct history_record){ c->cause[i].table, c->cause[i].pk };
	int rc = count > 0 ? history_each_of(store_journal(c->s), wanted, count, look, c, e) : 0;
	for (int i = 0; i < c->causes && rc == 0; i++) {
		struct filing_change *change = &c->change[c->cause[i].change];
		if (c->cause[i].ms > change->ms) {
			change->ms = c->cause[i].ms;
			change->by = c->cause[i].by;
		}
	}
	free(wanted);
	return rc;
}

/* --- names --- */

/* The person whose name a line of this type shows; "" for one whose lines name nobody; NULL: it cannot be told from the id. */
static const char *person_of(const struct figure *known, const char *id)
{
	const char *slash = strchr(id, '/');
	if (strcmp(known->type, "person") == 0)
		return id;
	if (strcmp(known->type, "municipality") == 0 || strcmp(known->type, "seminar") == 0 || strcmp(known->type, "course") == 0)
		return "";
	return slash && (strcmp(known->type, "attendance") == 0 || strcmp(known->type, "enrolment") == 0) ? slash + 1 : NULL;
}

static void add_name(struct store *s, const struct figure *known, const char *id, struct buf *out)
{
	const struct record_type *type = record_type_find(known->type);
	char first[RECORD_ID_SIZE];
	const char *slash = strchr(id, '/');
	if (strcmp(known->type, "municipality") == 0) {
		municipality_name(s, id, out);
	} else if (slash && strcmp(known->type, "attendance") == 0 && (size_t)(slash - id) < sizeof first) {
		snprintf(first, sizeof first, "%.*s", (int)(slash - id), id);
		record_name(s, &person_type, slash + 1, out);
		buf_adds(out, " · ");
		record_name(s, &seminar_type, first, out);
	} else if (type) {
		record_name(s, type, id, out);
	}
	if (out->len == 0)
		buf_adds(out, id);
}

static int name_changes(struct comparing *c, const struct figure *known, int first, int count, struct err *e)
{
	struct buf name = BUF_INIT;
	int rc = 0;
	for (int i = first; i < first + count && rc == 0; i++) {
		const char *id = c->change[i].id, *person = person_of(known, id);
		bool allowed = !c->gated || (person && !*person);
		if (!allowed && person)
			rc = consent_gate_allows(c->gate, person, &allowed, e);
		buf_reset(&name);
		if (allowed)
			add_name(c->s, known, id, &name);
		c->change[i].withheld = !allowed;
		c->change[i].name = mem_dup(allowed ? name.data : id);
	}
	buf_release(&name);
	return rc;
}

/* --- all of it --- */

static int find_out(struct comparing *c, struct err *e)
{
	for (int i = 0, first = 0; i < c->differences; first += c->difference[i++].count)
		if (c->difference[i].known && (find_causes(c, c->difference[i].known, first, c->difference[i].count, e) != 0 ||
		    name_changes(c, c->difference[i].known, first, c->difference[i].count, e) != 0))
			return -1;
	return find_authors(c, e);
}

static int tell(struct comparing *c, filing_difference_fn each, void *context, struct err *e)
{
	for (int i = 0, first = 0; i < c->differences; first += c->difference[i++].count) {
		for (int k = first; k < first + c->difference[i].count; k++)
			c->change[k].by = c->change[k].by ? c->change[k].by : "";
		c->difference[i].change = c->change + first;
		if (each(context, &c->difference[i], e) != 0)
			return -1;
	}
	return 0;
}

static void release(struct comparing *c)
{
	for (int i = 0; i < c->changes; i++) {
		free((char *)c->change[i].id);
		free((char *)c->change[i].name);
	}
	for (int i = 0; i < c->causes; i++) {
		free(c->cause[i].table);
		free(c->cause[i].pk);
		free(c->cause[i].by);
	}
	free(c->change);
	free(c->cause);
	free(c->difference);
}

int filing_compare(struct store *s, const struct filing *f, bool gated, filing_difference_fn each, void *context, struct err *e)
{
	struct consent_gate gate;
	struct comparing c = { .s = s, .f = f, .gated = gated, .gate = &gate };
	char programme[RECORD_ID_SIZE];
	int rc = programme_current(s, programme, e);
	if (rc == 0 && strcmp(programme, f->programme) != 0)
		rc = err_set(e, ERR_REFUSED, _("the report was filed for another programme than the one that is shown"));
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	for (int i = 0; i < f->figures && rc == 0; i++)
		rc = compare_figure(&c, &f->figure[i], e);
	if (rc == 0)
		rc = find_out(&c, e);
	if (rc == 0)
		rc = tell(&c, each, context, e);
	consent_gate_close(&gate);
	release(&c);
	return rc;
}
