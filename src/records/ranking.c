#include "records/ranking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/call.h"
#include "records/criterion.h"
#include "records/joined.h"
#include "records/judge.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/score.h"

/* CRITERIA_MOST × weight × points × this fits into 63 bits with room to spare, and the least common multiple of 1 … CALL_JUDGES_MOST is less. What comes with
 * a sync is not ours to trust, so both are looked at again. */
#define DENOMINATOR_MOST INT64_C(10000000000)
#define APPLICATIONS_MOST 100000

/* --- reading --- */

static int read_call(struct store *s, struct ranking *r, struct err *e)
{
	struct record call;
	if (record_load(s, &call, &call_type, r->call, e) != 0)
		return -1;
	r->title = mem_dup(record_get(&call, "title"));
	snprintf(r->role, sizeof r->role, "%s", record_get(&call, "role"));
	snprintf(r->since, sizeof r->since, "%s", record_get(&call, "since"));
	snprintf(r->deadline, sizeof r->deadline, "%s", record_get(&call, "deadline"));
	snprintf(r->closed_on, sizeof r->closed_on, "%s", record_get(&call, "closed"));
	r->places = strtoll(record_get(&call, "places"), NULL, 10);
	r->closed = strcmp(record_get(&call, "state"), "closed") == 0;
	record_release(&call);
	return 0;
}

/* Each row of a statement with one parameter, the call, to `take`. */
static int each_row(struct store *s, struct ranking *r, const char *sql, int (*take)(struct store *, struct ranking *, sqlite3_stmt *, struct err *), struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	int rc = -1;
	if (!st)
		return -1;
	store_bind_text(st, 1, r->call);
	while ((rc = store_step(s, st, e)) == 1)
		if (take(s, r, st, e) != 0) {
			rc = -1;
			break;
		}
	sqlite3_reset(st);
	return rc;
}

static int64_t clamp(int64_t n)
{
	return n < 0 ? 0 : n > CRITERION_MOST ? CRITERION_MOST : n;
}

static int take_criterion(struct store *s, struct ranking *r, sqlite3_stmt *st, struct err *e)
{
	(void)s;
	if (r->criteria >= CRITERIA_MOST * 4)
		return err_set(e, ERR_REFUSED, _("a call has %d criteria at most"), CRITERIA_MOST);
	r->criterion = mem_resize(r->criterion, (size_t)r->criteria + 1, sizeof *r->criterion);
	struct ranking_criterion *k = &r->criterion[r->criteria++];
	*k = (struct ranking_criterion){ .title = mem_dup(store_text(st, 1)), .weight = clamp(sqlite3_column_int64(st, 2)), .maximum = clamp(sqlite3_column_int64(st, 3)) };
	snprintf(k->id, sizeof k->id, "%s", store_text(st, 0));
	return 0;
}

static int take_judge(struct store *s, struct ranking *r, sqlite3_stmt *st, struct err *e)
{
	struct buf name = BUF_INIT;
	(void)e;
	r->judge = mem_resize(r->judge, (size_t)r->judges + 1, sizeof *r->judge);
	struct ranking_judge *j = &r->judge[r->judges++];
	*j = (struct ranking_judge){ .given = sqlite3_column_int64(st, 1) };
	snprintf(j->id, sizeof j->id, "%s", store_text(st, 0));
	record_name(s, &person_type, j->id, &name);
	j->name = buf_detach(&name);
	return 0;
}

static char *name_of(struct store *s, const struct record_type *t, const char *id)
{
	struct buf name = BUF_INIT;
	record_name(s, t, id, &name);
	return buf_detach(&name);
}

static int take_application(struct store *s, struct ranking *r, sqlite3_stmt *st, struct err *e)
{
	struct buf place = BUF_INIT, sort = BUF_INIT;
	if (r->count >= APPLICATIONS_MOST)
		return err_set(e, ERR_REFUSED, _("more than %d applications are not ranked"), APPLICATIONS_MOST);
	if ((r->count & (r->count - 1)) == 0)
		r->row = mem_resize(r->row, r->count ? 2 * (size_t)r->count : 1, sizeof *r->row);
	struct ranking_row *row = &r->row[r->count++];
	memset(row, 0, sizeof *row);
	snprintf(row->id, sizeof row->id, "%s", store_text(st, 0));
	snprintf(row->person, sizeof row->person, "%s", store_text(st, 1));
	row->name = mem_dup(store_text(st, 2));
	text_sort_key(row->name, strlen(row->name), &sort);
	row->sort = buf_detach(&sort);
	row->organisation = name_of(s, &organisation_type, store_text(st, 3));
	if (*store_text(st, 4))
		municipality_name(s, store_text(st, 4), &place);
	row->municipality = buf_detach(&place);
	row->withdrawn = strcmp(store_text(st, 5), "withdrawn") == 0;
	snprintf(row->decision, sizeof row->decision, "%s", store_text(st, 6));
	snprintf(row->decided, sizeof row->decided, "%s", store_text(st, 7));
	row->reason = mem_dup(store_text(st, 8));
	snprintf(row->date, sizeof row->date, "%s", store_text(st, 9));
	row->cell = mem_zero((size_t)r->criteria + 1, sizeof *row->cell);
	*(row->withdrawn ? &r->withdrawn : &r->submitted) += 1;
	return 0;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct ranking_row *)a)->id, ((const struct ranking_row *)b)->id);
}

/* The rows stand by id while the scores are read, in the order in which these come too. */
static int take_score(struct store *s, struct ranking *r, sqlite3_stmt *st, struct err *e)
{
	struct ranking_row key, *row;
	(void)s;
	(void)e;
	snprintf(key.id, sizeof key.id, "%s", store_text(st, 0));
	row = r->count > 0 ? bsearch(&key, r->row, (size_t)r->count, sizeof *r->row, by_id) : NULL;
	for (int k = 0; row && k < r->criteria; k++)
		if (strcmp(r->criterion[k].id, store_text(st, 1)) == 0) {
			row->cell[k].sum += clamp(sqlite3_column_int64(st, 2));
			row->cell[k].count++;
			row->scored = true;
		}
	return 0;
}

static int take_strangers(struct store *s, struct ranking *r, sqlite3_stmt *st, struct err *e)
{
	(void)s;
	(void)e;
	r->strangers = sqlite3_column_int64(st, 0);
	return 0;
}

/* Points of who is a judge now, as far as they may be seen. */
#define SCORES_OF_CALL " FROM application a JOIN score s ON s.id > a.id || '/' AND s.id < a.id || '0'" \
	" WHERE a.call = ?1 AND a.deleted = 0 AND " JOINED_FIRST_APPLICATION("a") " AND s.deleted = 0 AND " SCORE_VISIBLE("s")
#define OF_JUDGE "EXISTS (SELECT 1 FROM judge j WHERE j.id = a.call || '/' || s.judge AND j.deleted = 0)"

static int read_all(struct store *s, struct ranking *r, struct err *e)
{
	if (read_call(s, r, e) != 0)
		return -1;
	if (each_row(s, r, "SELECT k.id, k.title, k.weight, k.maximum FROM call c JOIN criterion k ON " CRITERION_OF_CALL " WHERE c.id = ?1 ORDER BY " CRITERION_ORDER,
	    take_criterion, e) != 0)
		return -1;
	if (each_row(s, r, "SELECT j.person, (SELECT count(*) FROM application a JOIN score s ON s.id > a.id || '/' AND s.id < a.id || '0'"
	    " JOIN criterion k ON k.id = s.criterion JOIN call c ON c.id = a.call"
	    " WHERE a.call = ?1 AND a.deleted = 0 AND a.state IS NOT 'withdrawn' AND " JOINED_FIRST_APPLICATION("a") " AND s.deleted = 0 AND s.judge = j.person AND " CRITERION_OF_CALL ")"
	    " FROM judge j LEFT JOIN person p ON p.id = j.person WHERE j.id > ?1 || '/' AND j.id < ?1 || '0' AND j.deleted = 0 ORDER BY p.sort IS NULL, p.sort, j.person",
	    take_judge, e) != 0)
		return -1;
	if (each_row(s, r, "SELECT a.id, a.person, coalesce(p.name, n.name, a.person) AS name, a.organisation, a.municipality, a.state, a.decision, a.decided,"
	    " a.reason, a.date FROM application a LEFT JOIN person p ON p.id = " JOINED_PERSON("a.person")
	    " LEFT JOIN known_name n ON n.tbl = 'person' AND n.id = a.person WHERE a.call = ?1 AND a.deleted = 0 AND " JOINED_FIRST_APPLICATION("a") " ORDER BY a.id", take_application, e) != 0)
		return -1;
	if (each_row(s, r, "SELECT a.id, s.criterion, s.points" SCORES_OF_CALL " AND " OF_JUDGE, take_score, e) != 0)
		return -1;
	return each_row(s, r, "SELECT count(*)" SCORES_OF_CALL " AND NOT " OF_JUDGE, take_strangers, e);
}

/* --- sums --- */

static int64_t gcd(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* The least common multiple of all numbers of scores; 0: it is out of bounds. */
static int64_t common(const struct ranking *r)
{
	int64_t all = 1;
	for (int i = 0; i < r->count; i++)
		for (int k = 0; k < r->criteria; k++) {
			int64_t n = r->row[i].cell[k].count;
			if (n < 2)
				continue;
			all = all / gcd(all, n) * n;
			if (all > DENOMINATOR_MOST)
				return 0;
		}
	return all;
}

/* Judges whose scores the ranking knows: of an open call this device's person alone. */
static int known_judges(struct store *s, const struct ranking *r)
{
	char me[RECORD_ID_SIZE];
	person_me(s, me);
	if (r->closed)
		return r->judges;
	for (int i = 0; i < r->judges; i++)
		if (strcmp(r->judge[i].id, me) == 0)
			return 1;
	return 0;
}

static void add_up(struct ranking *r, int judges)
{
	for (int i = 0; i < r->count; i++) {
		struct ranking_row *row = &r->row[i];
		int64_t given = 0;
		for (int k = 0; k < r->criteria; k++) {
			const struct ranking_cell *c = &row->cell[k];
			given += c->count;
			if (c->count > 0)
				row->total += r->criterion[k].weight * c->sum * (r->denominator / c->count);
		}
		row->missing = (int64_t)judges * r->criteria - given;
		if (!row->withdrawn)
			r->missing += row->missing;
	}
}

/* --- places --- */

static int group(const struct ranking_row *row)
{
	return row->withdrawn ? 2 : row->scored ? 0 : 1;
}

static int by_place(const void *a, const void *b)
{
	const struct ranking_row *x = a, *y = b;
	if (group(x) != group(y))
		return group(x) - group(y);
	if (group(x) == 0 && x->total != y->total)
		return x->total > y->total ? -1 : 1;
	int order = strcmp(x->sort, y->sort);
	return order ? order : strcmp(x->id, y->id);
}

/* The end of the rows that share the sum of the first. */
static int equal_until(const struct ranking *r, int first)
{
	int end = first + 1;
	while (end < r->count && group(&r->row[end]) == 0 && r->row[end].total == r->row[first].total)
		end++;
	return end;
}

static void give_places(struct ranking *r)
{
	for (int i = 0, end; i < r->count && group(&r->row[i]) == 0; i = end) {
		end = equal_until(r, i);
		for (int j = i; j < end; j++) {
			r->row[j].place = i + 1;
			r->row[j].last = end;
		}
	}
}

static void propose(struct ranking *r)
{
	for (int i = 0; i < r->count; i++)
		r->selected += strcmp(r->row[i].decision, "selected") == 0 && !r->row[i].withdrawn;
	int64_t free_places = r->places - r->selected;
	for (int i = 0, end; i < r->count && group(&r->row[i]) == 0; i = end) {
		int open = 0;
		end = equal_until(r, i);
		for (int j = i; j < end; j++)
			open += !*r->row[j].decision;
		enum proposal p = open <= free_places ? PROPOSAL_SELECTED : free_places > 0 ? PROPOSAL_TIE : PROPOSAL_RESERVE;
		for (int j = i; j < end; j++)
			if (!*r->row[j].decision)
				r->row[j].proposal = p;
		free_places = open <= free_places ? free_places - open : 0;
		r->tied += p == PROPOSAL_TIE ? open : 0;
	}
}

int ranking_read(struct store *s, const char *call, struct ranking *out, struct err *e)
{
	*out = (struct ranking){ .denominator = 1 };
	snprintf(out->call, sizeof out->call, "%s", call);
	int rc = read_all(s, out, e);
	if (rc == 0 && (out->denominator = common(out)) == 0)
		rc = err_set(e, ERR_REFUSED, _("too many judges have scored these applications for an exact ranking"));
	if (rc != 0) {
		ranking_release(out);
		return -1;
	}
	add_up(out, known_judges(s, out));
	if (out->count > 1)
		qsort(out->row, (size_t)out->count, sizeof *out->row, by_place);
	give_places(out);
	if (out->closed)
		propose(out);
	return 0;
}

void ranking_release(struct ranking *r)
{
	for (int i = 0; i < r->count; i++) {
		free(r->row[i].name);
		free(r->row[i].sort);
		free(r->row[i].organisation);
		free(r->row[i].municipality);
		free(r->row[i].reason);
		free(r->row[i].cell);
	}
	for (int i = 0; i < r->criteria; i++)
		free(r->criterion[i].title);
	for (int i = 0; i < r->judges; i++)
		free(r->judge[i].name);
	free(r->row);
	free(r->criterion);
	free(r->judge);
	free(r->title);
	*r = (struct ranking){ .denominator = 1 };
}
