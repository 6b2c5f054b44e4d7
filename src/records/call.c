#include "records/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/joined.h"
#include "records/person.h"

const struct choice call_roles[] = {
	{ "expert", N_("expert"), "эксперт|эксперты|региональный эксперт|эксперт-наставник|региональный эксперт-наставник" },
	{ "consultant", N_("consultant"), "консультант|консультанты|местный консультант|муниципальный консультант" },
	{ NULL, NULL, NULL }
};

const struct choice call_states[] = {
	/* TRANSLATORS: of a call for applications, «конкурс» (masculine): open, closed */
	{ "open", N_("in progress"), "открыт|открыта|идёт|идёт приём|приём заявок" },
	{ "closed", N_("concluded"), "закрыт|закрыта|завершён|завершена|окончен" },
	{ NULL, NULL, NULL }
};

static const struct field call_fields[] = {
	{ .name = "title", .label = N_("Title"), .kind = FIELD_TEXT, .required = true },
	/* TRANSLATORS: of a call for applications: what the selected become: expert, consultant */
	{ .name = "role", .label = N_("Role"), .kind = FIELD_CHOICE, .choices = call_roles, .required = true },
	/* TRANSLATORS: of a call for applications: how many can be selected */
	{ .name = "places", .label = N_("Places"), .kind = FIELD_NUMBER, .required = true },
	/* TRANSLATORS: of a call for applications: applications are taken from this day on */
	{ .name = "since", .label = N_("Applications from"), .kind = FIELD_DATE },
	/* TRANSLATORS: of a call for applications: the last day on which they are taken */
	{ .name = "deadline", .label = N_("Deadline"), .kind = FIELD_DATE, .required = true },
	{ .name = "state", .label = N_("State"), .kind = FIELD_CHOICE, .choices = call_states, .initial = "open", .required = true },
	/* TRANSLATORS: of a call for applications: the day when it was closed */
	{ .name = "closed", .label = N_("Closed on"), .kind = FIELD_DATE },
	{ .name = "note", .label = N_("Note"), .kind = FIELD_LONG_TEXT },
	{ .name = "programme", .label = N_("Programme"), .kind = FIELD_REFERENCE, .references = "programme", .required = true },
};

static int wrong(const struct record *r, const char *field, struct err *e)
{
	return field_blame(&r->type->fields[record_field(r->type, field)], e);
}

int call_coordinator(struct store *s, struct err *e)
{
	if (person_coordinates(s))
		return 0;
	return err_set(e, ERR_REFUSED, _("the selection is a coordinator's work, and the hub knows this device as another's; ask a coordinator"));
}

static int check_state(const struct record *r, struct err *e)
{
	bool closed = strcmp(record_get(r, "state"), "closed") == 0, dated = *record_get(r, "closed") != '\0';
	if (closed == dated)
		return 0;
	err_set(e, ERR_REFUSED, closed ? _("a call is closed by “call close”, which notes the day") :
	    _("this call is open; “call close” closes it and notes the day"));
	return wrong(r, "state", e);
}

static int call_check(struct store *s, const struct record *r, struct err *e)
{
	long places = strtol(record_get(r, "places"), NULL, 10);
	if (call_coordinator(s, e) != 0)
		return -1;
	if (places < 1 || places > CALL_PLACES_MOST) {
		err_set(e, ERR_REFUSED, _("a call has from 1 to %d places"), CALL_PLACES_MOST);
		return wrong(r, "places", e);
	}
	if (record_check_period(r, "since", "deadline", e) != 0)
		return -1;
	return check_state(r, e);
}

/* Whoever applied would be left without a call. */
static int call_may_remove(struct store *s, const char *id, struct err *e)
{
	struct call_counts n;
	if (call_coordinator(s, e) != 0 || call_counts(s, id, &n, e) != 0)
		return -1;
	if (n.applications + n.withdrawn == 0)
		return 0;
	return err_set(e, ERR_REFUSED, P_("this call has %lld application; remove it first, or close the call", "this call has %lld applications; remove these first, or close the call",
	    n.applications + n.withdrawn), (long long)(n.applications + n.withdrawn));
}

#define COLUMNS "title, role, places, since, deadline, state, closed, note, programme"

const struct record_type call_type = {
	.name = "call",
	.title = N_("Call for applications"),
	.table = "call",
	.fields = call_fields,
	.count = sizeof call_fields / sizeof *call_fields,
	.sql = {
		.load = RECORD_SQL_LOAD("call", COLUMNS),
		.list = "SELECT id, " COLUMNS " FROM call WHERE deleted = 0 AND programme = ?2 ORDER BY deadline, id",
		RECORD_SQL_REST("call", "title", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9,?10")
	},
	.defaults = record_default_programme,
	.check = call_check,
	.may_remove = call_may_remove,
};

/* --- open and closed --- */

/* 1 closed, with the day when it is known; 0 open; -1 no such call. */
static int closed_since(struct store *s, const char *call, char day[DATE_SIZE], struct buf *title, struct err *e)
{
	struct record r;
	if (record_load(s, &r, &call_type, call, e) != 0)
		return -1;
	int closed = strcmp(record_get(&r, "state"), "closed") == 0;
	date_show(record_get(&r, "closed"), day);
	buf_adds(title, record_get(&r, "title"));
	record_release(&r);
	return closed;
}

bool call_is_closed(struct store *s, const char *call)
{
	char day[DATE_SIZE];
	struct buf title = BUF_INIT;
	int closed = closed_since(s, call, day, &title, NULL);
	buf_release(&title);
	return closed == 1;
}

int call_must_be_open(struct store *s, const char *call, struct err *e)
{
	char day[DATE_SIZE];
	struct buf title = BUF_INIT;
	int closed = closed_since(s, call, day, &title, e);
	if (closed == 1)
		err_set(e, ERR_REFUSED, _("the call “%s” is closed since %s; a coordinator opens it again: call reopen %s"), title.data, day, call);
	buf_release(&title);
	return closed == 0 ? 0 : -1;
}

static int set_state(struct store *s, const char *call, const char *state, const char *day, struct err *e)
{
	struct record r;
	if (call_coordinator(s, e) != 0 || record_load(s, &r, &call_type, call, e) != 0)
		return -1;
	int rc = 0;
	if (strcmp(record_get(&r, "state"), state) == 0)
		rc = err_set(e, ERR_REFUSED, strcmp(state, "closed") == 0 ? _("this call is closed already; “call rank” shows the ranking") :
		    _("this call is open"));
	if (rc == 0)
		rc = record_set(s, &r, "state", state, e);
	if (rc == 0)
		rc = record_set(s, &r, "closed", day, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

int call_close(struct store *s, const char *call, struct err *e)
{
	char today[DATE_SIZE];
	date_today(today);
	return set_state(s, call, "closed", today, e);
}

int call_reopen(struct store *s, const char *call, struct err *e)
{
	struct call_counts n;
	if (call_counts(s, call, &n, e) != 0)
		return -1;
	if (n.selected + n.reserve > 0)
		return err_set(e, ERR_REFUSED, P_("%lld decision rests on the scores of this call; take it back first: call decide %s --take-back",
		    "%lld decisions rest on the scores of this call; take them back first: call decide %s --take-back", n.selected + n.reserve),
		    (long long)(n.selected + n.reserve), call);
	return set_state(s, call, "open", "", e);
}

int call_counts(struct store *s, const char *call, struct call_counts *out, struct err *e)
{
	int64_t *const to[] = { &out->applications, &out->withdrawn, &out->selected, &out->reserve, &out->refused, &out->undecided, &out->judges,
		&out->criteria, &out->scores };
	*out = (struct call_counts){ 0 };
	sqlite3_stmt *st = store_prepare(s,
	    "WITH a AS (SELECT * FROM application f WHERE f.call = ?1 AND f.deleted = 0 AND " JOINED_FIRST_APPLICATION("f") "), t AS (SELECT * FROM a WHERE state IS NOT 'withdrawn')"
	    " SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM a WHERE state = 'withdrawn'), (SELECT count(*) FROM t WHERE decision = 'selected'),"
	    " (SELECT count(*) FROM t WHERE decision = 'reserve'), (SELECT count(*) FROM t WHERE decision = 'refused'),"
	    " (SELECT count(*) FROM t WHERE decision IS NULL), (SELECT count(*) FROM judge WHERE call = ?1 AND deleted = 0),"
	    " (SELECT count(*) FROM criterion k, call c WHERE c.id = ?1 AND k.deleted = 0 AND (k.call = c.id OR (k.call IS NULL AND k.programme = c.programme))),"
	    " (SELECT count(*) FROM t JOIN score s ON s.id > t.id || '/' AND s.id < t.id || '0' WHERE s.deleted = 0)", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, call);
	int rc = store_step(s, st, e);
	for (int i = 0; rc == 1 && i < (int)(sizeof to / sizeof *to); i++)
		*to[i] = sqlite3_column_int64(st, i);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}
