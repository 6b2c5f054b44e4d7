#include "records/decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/application.h"
#include "records/call.h"
#include "records/joined.h"
#include "records/label.h"
#include "records/person.h"
#include "store/history.h"

#define STAGE_SELECTED "selected"
#define STAGE_CANDIDATE "candidate"

/* --- the card --- */

/* Role and stage are those of the programme that is shown. */
static int check_programme(struct store *s, const struct record *application, struct err *e)
{
	char current[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	if (programme_current(s, current, e) != 0)
		return -1;
	if (strcmp(current, record_get(application, "programme")) == 0)
		return 0;
	record_name(s, &programme_type, record_get(application, "programme"), &name);
	err_set(e, ERR_REFUSED, _("this call belongs to the programme “%s”, and another one is shown; turn to that programme first"), name.data);
	buf_release(&name);
	return -1;
}

static bool other_selection(struct store *s, const struct record *application, const char *role)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM application a JOIN call c ON c.id = a.call WHERE a.person IN " JOINED_IDS("?1") " AND a.id <> ?2 AND a.programme = ?3"
	    " AND a.decision = 'selected' AND a.deleted = 0 AND c.role = ?4 LIMIT 1", NULL);
	if (!st)
		return false;
	store_bind_text(st, 1, record_get(application, "person"));
	store_bind_text(st, 2, application->id);
	store_bind_text(st, 3, record_get(application, "programme"));
	store_bind_text(st, 4, role);
	int rc = store_step(s, st, NULL);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 1;
}

bool decision_carries(struct store *s, const struct record *application, const char *role)
{
	struct record person;
	if (record_load(s, &person, &person_type, record_get(application, "person"), NULL) != 0)
		return false;
	bool carries = strcmp(record_get(&person, "role"), role) == 0 && strcmp(record_get(&person, "stage"), STAGE_SELECTED) == 0;
	record_release(&person);
	return carries && !other_selection(s, application, role);
}

static int save_card(struct store *s, struct record *person, const char *role, const char *stage, struct err *e)
{
	if (record_set(s, person, "role", role, e) != 0 || record_set(s, person, "stage", stage, e) != 0)
		return -1;
	return record_save(s, person, e);
}

/* Who is in training or at work already is not set back by another selection. */
static int give_role(struct store *s, struct record *person, const char *role, struct err *e)
{
	const char *stage = record_get(person, "stage");
	bool begins = !*stage || strcmp(stage, STAGE_CANDIDATE) == 0 || strcmp(stage, "left") == 0;
	return save_card(s, person, role, begins ? STAGE_SELECTED : stage, e);
}

struct earlier { const char *role; char *before; };

static int find_before(void *context, const struct history_entry *h, struct err *e)
{
	struct earlier *x = context;
	(void)e;
	for (int i = 0; i < h->count; i++) {
		const struct history_change *c = &h->change[i];
		if (strcmp(c->column, "role") != 0 || !c->after || strcmp(c->after, x->role) != 0 || (c->before && strcmp(c->before, x->role) == 0))
			continue;
		free(x->before);
		x->before = mem_dup(c->before ? c->before : "");
	}
	return 0;
}

/* The role that stood there before this one came: the journal knows. Who had it from the beginning keeps it. */
static int take_role(struct store *s, const struct record *application, struct record *person, struct err *e)
{
	char pk[2 * RECORD_ID_SIZE];
	struct earlier x = { record_get(person, "role"), NULL };
	snprintf(pk, sizeof pk, "%s/%s", record_get(application, "programme"), person->id);
	int rc = history_each(store_journal(s), LABEL_PARTICIPATION, pk, find_before, &x, e);
	if (rc == 0)
		rc = save_card(s, person, x.before ? x.before : x.role, STAGE_CANDIDATE, e);
	free(x.before);
	return rc;
}

static void keep(char *to, size_t size, const char *text)
{
	snprintf(to, size, "%s", text);
}

static int change_card(struct store *s, const struct record *application, const char *role, bool selected, struct decision_done *done, struct err *e)
{
	struct record person;
	if (record_load(s, &person, &person_type, record_get(application, "person"), selected ? e : NULL) != 0)
		return selected ? -1 : 0;		/* a card that was removed holds no decision fast */
	keep(done->role_before, sizeof done->role_before, record_get(&person, "role"));
	keep(done->stage_before, sizeof done->stage_before, record_get(&person, "stage"));
	int rc = 0;
	if (selected)
		rc = give_role(s, &person, role, e);
	else if (decision_carries(s, application, role))
		rc = take_role(s, application, &person, e);
	keep(done->role, sizeof done->role, record_get(&person, "role"));
	keep(done->stage, sizeof done->stage, record_get(&person, "stage"));
	record_release(&person);
	return rc;
}

/* --- one decision --- */

static int write_decision(struct store *s, struct record *application, const char *decision, const char *reason, struct err *e)
{
	char today[DATE_SIZE];
	date_today(today);
	if (record_set(s, application, "decision", decision, e) != 0 || record_set(s, application, "decided", *decision ? today : "", e) != 0)
		return -1;
	if ((reason || !*decision) && record_set(s, application, "reason", *decision ? reason : "", e) != 0)
		return -1;
	return record_save(s, application, e);
}

struct selected_before { bool selected; };

static int find_selected(void *context, const struct history_entry *h, struct err *e)
{
	struct selected_before *x = context;
	(void)e;
	for (int i = 0; i < h->count; i++)
		x->selected |= strcmp(h->change[i].column, "decision") == 0 && h->change[i].after && strcmp(h->change[i].after, "selected") == 0;
	return 0;
}

/* The card says what another coordinator's decision, taken at the same time, gave, though this one is shown: it was selected once, and the card still carries it. */
static bool was_selected(struct store *s, const struct record *application, const char *role)
{
	struct selected_before x = { false };
	if (strcmp(record_get(application, "decision"), "selected") == 0)
		return true;
	if (!decision_carries(s, application, role))
		return false;
	return history_each(store_journal(s), "application", application->id, find_selected, &x, NULL) == 0 && x.selected;
}

static int take(struct store *s, struct record *application, const char *role, const char *decision, const char *reason, struct decision_done *done, struct err *e)
{
	bool was = was_selected(s, application, role), is = strcmp(decision, "selected") == 0;
	keep(done->person, sizeof done->person, record_get(application, "person"));
	keep(done->before, sizeof done->before, record_get(application, "decision"));
	keep(done->after, sizeof done->after, decision);
	if (was != is && (check_programme(s, application, e) != 0 || change_card(s, application, role, is, done, e) != 0))
		return -1;
	return write_decision(s, application, decision, reason, e);
}

int decision_take(struct store *s, const char *application, const char *decision, const char *reason, struct decision_done *done, struct err *e)
{
	struct record r, call;
	memset(done, 0, sizeof *done);
	if (store_begin(s, e) != 0)
		return -1;
	int rc = call_coordinator(s, e);
	if (rc == 0 && (rc = record_load(s, &r, &application_type, application, e)) == 0) {
		rc = record_load(s, &call, &call_type, record_get(&r, "call"), e);
		if (rc == 0) {
			rc = take(s, &r, record_get(&call, "role"), decision, reason, done, e);
			record_release(&call);
		}
		record_release(&r);
	}
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* --- all of a call --- */

static int propose_one(struct store *s, const struct ranking_row *row, bool apply, struct decision_counts *out, struct err *e)
{
	struct decision_done done;
	const char *decision = row->proposal == PROPOSAL_SELECTED ? "selected" : row->proposal == PROPOSAL_RESERVE ? "reserve" : "";
	out->selected += row->proposal == PROPOSAL_SELECTED;
	out->reserve += row->proposal == PROPOSAL_RESERVE;
	out->tied += row->proposal == PROPOSAL_TIE;
	out->unscored += row->proposal == PROPOSAL_NONE && !*row->decision && !row->withdrawn;
	out->decided += *row->decision != '\0';
	return apply && *decision ? decision_take(s, row->id, decision, NULL, &done, e) : 0;
}

static int propose_all(struct store *s, const struct ranking *r, bool apply, decision_fn each, void *context, struct decision_counts *out, struct err *e)
{
	for (int i = 0; i < r->count; i++) {
		if (propose_one(s, &r->row[i], apply, out, e) != 0)
			return -1;
		if (each && r->row[i].proposal != PROPOSAL_NONE && each(context, &r->row[i], e) != 0)
			return -1;
	}
	return 0;
}

int decision_propose(struct store *s, const char *call, bool apply, decision_fn each, void *context, struct decision_counts *out, struct err *e)
{
	struct ranking r;
	*out = (struct decision_counts){ 0 };
	if (store_begin(s, e) != 0)
		return -1;
	int rc = ranking_read(s, call, &r, e);
	if (rc == 0) {
		if (!r.closed)
			rc = err_set(e, ERR_REFUSED, _("the judges are still at work: a coordinator closes the call first: call close %s"), call);
		if (rc == 0)
			rc = propose_all(s, &r, apply, each, context, out, e);
		ranking_release(&r);
	}
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

static int take_back_all(struct store *s, const struct ranking *r, int *count, struct err *e)
{
	struct decision_done done;
	for (int i = 0; i < r->count; i++) {
		const char *decision = r->row[i].decision;
		if (strcmp(decision, "selected") != 0 && strcmp(decision, "reserve") != 0)
			continue;
		if (decision_take(s, r->row[i].id, "", NULL, &done, e) != 0)
			return -1;
		(*count)++;
	}
	return 0;
}

int decision_take_back_all(struct store *s, const char *call, int *count, struct err *e)
{
	struct ranking r;
	*count = 0;
	if (store_begin(s, e) != 0)
		return -1;
	int rc = ranking_read(s, call, &r, e);
	if (rc == 0) {
		rc = take_back_all(s, &r, count, e);
		ranking_release(&r);
	}
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}
