#include "sync/rights.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "store/journal_clock.h"
#include "sync/rights_private.h"

#define AHEAD_MAX_MS DATE_DAY_MS

static const struct { const char *code, *words; } reasons[] = {
	{ "role", N_("this role may not make such a change") },
	{ "scope", N_("the record was not one that this device may change") },
	{ "author", N_("the record's id belongs to another device") },
	{ "depends", N_("it rests on a change that was not accepted") },
	{ "clock", N_("the device's clock was more than a day ahead") },
	{ "unknown", N_("the hub's program does not know this kind of change yet") },
	{ "form", N_("the record's id and its fields contradict each other") },
	/* TRANSLATORS: of a deletion, one of so many that a coordinator is asked first */
	{ "held", N_("so many deletions at once wait for a coordinator") },
	{ "deletions", N_("a coordinator did not agree to so many deletions at once") },
	{ "joined", N_("so many cards are not one person") },
	{ "closed", N_("what it belongs to was closed before it arrived") },
};

const char *refusal_words(const char *reason)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(reasons[i].code, reason) == 0)
			return _(reasons[i].words);
	return reason;
}

static int load_tags(struct rights *r, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s,
	    "SELECT tag FROM peer WHERE id = ?1 OR (person <> '' AND person = ?2)", e);
	int more;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, r->peer.pub.id);
	store_bind_text(st, 2, r->peer.person);
	while ((more = store_step(r->s, st, e)) == 1) {
		r->tags = mem_resize(r->tags, (size_t)r->tag_count + 1, sizeof *r->tags);
		memcpy(r->tags[r->tag_count], store_text(st, 0), DEVICE_TAG_SIZE - 1);
		r->tags[r->tag_count++][DEVICE_TAG_SIZE - 1] = '\0';
	}
	sqlite3_reset(st);
	return more;
}

static int run_with(struct rights *r, const char *sql, int64_t a, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, sql, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, a);
	return store_run(r->s, st, e);
}

/* What was refused of this device before. */
static int load_refused(struct rights *r, struct err *e)
{
	sqlite3_stmt *st;

	if (store_exec(r->s, "CREATE TEMP TABLE IF NOT EXISTS refused_stamp(hlc INTEGER PRIMARY KEY);"
	    "CREATE TEMP TABLE IF NOT EXISTS refused_record(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS held_stamp(hlc INTEGER, hold TEXT, PRIMARY KEY(hlc, hold)) WITHOUT ROWID;"
	    "CREATE TEMP TABLE IF NOT EXISTS asked_record(tbl INTEGER, pk TEXT, PRIMARY KEY(tbl, pk)) WITHOUT ROWID;"
	    "DELETE FROM refused_stamp; DELETE FROM refused_record; DELETE FROM held_stamp; DELETE FROM asked_record", e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO refused_stamp SELECT o.hlc FROM refused r JOIN oplog o USING(dev, seq) WHERE r.dev = ?1"
		" AND NOT EXISTS(SELECT 1 FROM held h WHERE h.dev = r.dev AND h.seq = r.seq)", r->device, e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO held_stamp SELECT o.hlc, h.hold FROM held h JOIN oplog o USING(dev, seq) WHERE h.dev = ?1", r->device, e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO asked_record SELECT o.tbl, o.pk FROM held h JOIN oplog o USING(dev, seq) WHERE h.dev = ?1 AND h.asked", r->device, e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO refused_record SELECT o.tbl, o.pk FROM refused r JOIN oplog o USING(dev, seq)"
		" WHERE r.dev = ?1 AND o.kind = 0 AND r.reason <> 'anew'", r->device, e) != 0)
		return -1;
	st = store_prepare(r->s, "SELECT EXISTS(SELECT 1 FROM temp.refused_stamp), EXISTS(SELECT 1 FROM temp.held_stamp)", e);
	if (st == NULL || store_step(r->s, st, e) != 1)
		return -1;
	r->any_refused = sqlite3_column_int(st, 0) != 0;
	r->any_held = sqlite3_column_int(st, 1) != 0;
	sqlite3_reset(st);
	return 0;
}

struct rights *rights_new(struct store *s, const struct peer *p, int device, struct err *e)
{
	struct rights *r = mem_zero(1, sizeof *r);
	int role = rule_role(p->role);

	r->s = s;
	r->j = store_journal(s);
	r->peer = *p;
	r->device = device;
	r->role = role < 0 ? ROLE_CONSULTANT : (enum rule_role)role;
	op_fields_init(&r->fields);
	if (role < 0)
		err_set(e, ERR_DAMAGED, _("the roster gives a device a role that this program does not know"));
	if (role < 0 || load_tags(r, e) != 0 || load_refused(r, e) != 0) {
		rights_free(r);
		return NULL;
	}
	return r;
}

void rights_free(struct rights *r)
{
	if (r == NULL)
		return;
	op_fields_release(&r->fields);
	free(r->tags);
	free(r);
}

static int run_with_record(struct rights *r, const char *sql, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, sql, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	return store_run(r->s, st, e);
}

int rights_note_refused(struct rights *r, const struct operation *op, struct err *e)
{
	r->any_refused = true;
	if (run_with(r, "INSERT OR IGNORE INTO temp.refused_stamp VALUES(?1)", (int64_t)op->hlc, e) != 0)
		return -1;
	return op->kind != OPERATION_INSERT ? 0 : run_with_record(r, "INSERT OR IGNORE INTO temp.refused_record VALUES(?1, ?2)", op, e);
}

int rights_note_held(struct rights *r, const struct operation *op, const struct rights_waits *w, struct err *e)
{
	r->any_held = true;
	for (int i = 0; i < w->count; i++) {
		sqlite3_stmt *st = store_prepare(r->s, "INSERT OR IGNORE INTO temp.held_stamp VALUES(?1, ?2)", e);

		if (st == NULL)
			return -1;
		sqlite3_bind_int64(st, 1, (int64_t)op->hlc);
		store_bind_text(st, 2, w->question[i]);
		if (store_run(r->s, st, e) != 0)
			return -1;
	}
	return w->asked < 0 ? 0 : run_with_record(r, "INSERT OR IGNORE INTO temp.asked_record VALUES(?1, ?2)", op, e);
}

int rights_asked(struct rights *r, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM temp.asked_record WHERE tbl = ?1 AND pk = ?2", e);
	int asked;

	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	asked = store_step(r->s, st, e);
	sqlite3_reset(st);
	return asked;
}

bool rights_deletes(const struct rights *r, const struct operation *op)
{
	return op->kind == OPERATION_UPDATE && strcmp(op_field(&r->fields, "deleted"), "1") == 0;
}

static int waits_add(struct rights_waits *w, const char *question)
{
	for (int i = 0; i < w->count; i++)
		if (strcmp(w->question[i], question) == 0)
			return i;
	if (w->count == RIGHTS_QUESTIONS) {
		w->too_many = true;
		return -1;
	}
	snprintf(w->question[w->count], sizeof w->question[0], "%s", question);
	return w->count++;
}

void rights_waits_too(struct rights_waits *w, const char *question)
{
	w->asked = waits_add(w, question);
}

static int add_of_stamp(struct rights *r, int64_t hlc, struct rights_waits *w, struct err *e)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT hold FROM temp.held_stamp WHERE hlc = ?1", e);
	int more;

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, hlc);
	while ((more = store_step(r->s, st, e)) == 1)
		waits_add(w, store_text(st, 0));
	sqlite3_reset(st);
	return more;
}

int rights_waits_for(struct rights *r, const struct operation *op, struct rights_waits *w, struct err *e)
{
	const struct body *b = &r->fields.body;

	w->count = 0;
	w->too_many = false;
	w->asked = -1;
	for (int i = 0; !w->too_many && r->any_held && op->kind == OPERATION_UPDATE && i < b->seen_count; i++)
		if (memcmp(b->tags[i], r->peer.pub.tag, DEVICE_TAG_SIZE - 1) == 0 && add_of_stamp(r, (int64_t)b->seen[i].hlc, w, e) != 0)
			return -1;
	return 0;
}

/* Its insert comes anew with another stamp: what names the record rests on nothing refused any more. */
int rights_note_accepted(struct rights *r, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st;

	if (!r->any_refused || op->kind != OPERATION_INSERT)
		return 0;
	st = store_prepare(r->s, "UPDATE refused SET reason = 'anew' WHERE dev = ?3 AND EXISTS(SELECT 1 FROM temp.refused_record t WHERE t.tbl = ?1 AND t.pk = ?2)"
	    " AND EXISTS(SELECT 1 FROM oplog o WHERE o.dev = refused.dev AND o.seq = refused.seq AND o.kind = 0 AND o.tbl = ?1 AND o.pk = ?2)", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	sqlite3_bind_int(st, 3, r->device);
	if (store_run(r->s, st, e) != 0)
		return -1;
	return run_with_record(r, "DELETE FROM temp.refused_record WHERE tbl = ?1 AND pk = ?2", op, e);
}

static bool stamp_refused(struct rights *r, int64_t hlc)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM temp.refused_stamp WHERE hlc = ?1", r->e);

	if (st != NULL)
		sqlite3_bind_int64(st, 1, hlc);
	return rights_ask(r, st);
}

static bool record_refused(struct rights *r, int tbl, const char *pk, size_t len)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM temp.refused_record WHERE tbl = ?1 AND pk = ?2",
	    r->e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, tbl);
		sqlite3_bind_text(st, 2, pk, (int)len, SQLITE_STATIC);
	}
	return rights_ask(r, st);
}

/* The code of a municipality, by which the classifier and not a device names it. */
static const char *judge_code(const struct operation *op)
{
	for (size_t i = 0; i < op->pk_len; i++)
		if (op->pk[i] < '0' || op->pk[i] > '9')
			return "form";
	return op->pk_len == 8 ? NULL : "form";
}

/* Whether the id of an insert is one that this author may give. */
static const char *judge_id(struct rights *r, const struct table *t, const struct operation *op)
{
	const struct rights_made_of *made = rights_made_of(t->name);
	size_t at = 0;

	if (strcmp(t->name, "territory") == 0)
		return judge_code(op);
	if (made == NULL)
		return rights_carries(op->pk, op->pk_len, r->peer.pub.tag) ? NULL : "author";
	for (int i = 0; made->column[i] != NULL; i++) {
		const char *part = op_field(&r->fields, made->column[i]);
		size_t len = strlen(part);

		if ((i > 0 && (at >= op->pk_len || op->pk[at++] != '/')) || len > op->pk_len - at || memcmp(op->pk + at, part, len) != 0)
			return "form";
		at += len;
	}
	return at == op->pk_len ? NULL : "form";
}

/* An edit of the fields that the record's id is made of: it would bring another person's card into the scope of
 * whoever holds the seminar. */
static bool moves_parts(struct rights *r, const struct table *t)
{
	const struct rights_made_of *made = rights_made_of(t->name);

	for (int i = 0; made != NULL && made->column[i] != NULL; i++)
		if (op_sets(&r->fields, made->column[i]))
			return true;
	return false;
}

/* Every record that the operation names must be held by its author, or known to it by name. */
static const char *judge_references(struct rights *r, const struct table *t)
{
	for (int i = 0; i < t->count; i++) {
		const char *to = t->columns[i].references, *id = r->fields.value[i];
		int tbl;

		if (to == NULL || !r->fields.set[i] || id == NULL)
			continue;
		tbl = dictionary_table(r->j, to);
		if (r->any_refused && record_refused(r, tbl, id, strlen(id)))
			return "depends";
		if (!rights_held(r, to, id, strlen(id), false) && !rights_named(r, tbl, id, strlen(id)))
			return "scope";
	}
	return NULL;
}

static bool rests_on_refused(struct rights *r, const struct operation *op)
{
	const struct body *b = &r->fields.body;

	if (op->kind != OPERATION_INSERT && record_refused(r, op->tbl, op->pk, op->pk_len))
		return true;
	for (int i = 0; op->kind == OPERATION_UPDATE && i < b->seen_count; i++)
		if (memcmp(b->tags[i], r->peer.pub.tag, DEVICE_TAG_SIZE - 1) == 0 && stamp_refused(r,
		    (int64_t)b->seen[i].hlc))
			return true;
	return false;
}

static bool is_known_device(struct rights *r, const char *tag)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM device WHERE tag = ?1", r->e);

	if (st != NULL)
		sqlite3_bind_text(st, 1, tag, DEVICE_TAG_SIZE - 1, SQLITE_STATIC);
	return rights_ask(r, st);
}

/* A device hears of others through the hub alone. Names of its own making would fill the hub's table of
 * devices, and everybody's after it. */
static bool names_strangers(struct rights *r, const struct operation *op)
{
	const struct body *b = &r->fields.body;

	for (int i = 0; op->kind == OPERATION_UPDATE && i < b->seen_count; i++)
		if (memcmp(b->tags[i], r->peer.pub.tag, DEVICE_TAG_SIZE - 1) != 0 && !is_known_device(r,
		    b->tags[i]))
			return true;
	return false;
}

static const char *judge(struct rights *r, const struct table *t, const struct operation *op)
{
	const char *reason = NULL;

	if (clock_ms(op->hlc) > journal_now_ms(r->j) + AHEAD_MAX_MS)
		return "clock";
	if ((r->any_refused && rests_on_refused(r, op)) || names_strangers(r, op))
		return "depends";
	if (op->kind == OPERATION_INSERT)
		reason = judge_id(r, t, op);
	else if (op->kind == OPERATION_UPDATE && moves_parts(r, t))
		reason = "form";
	if (reason == NULL && r->any_refused)
		reason = judge_references(r, t);	/* first, so that what rests on a refused record says so */
	if (reason == NULL)
		reason = rights_rule(r, t, op);
	if (reason == NULL && !r->any_refused)
		reason = judge_references(r, t);
	return reason;
}

/* What this program does not know is kept as it came; so it must at least be JSON. */
static int check_any(const struct operation *op, struct err *e)
{
	struct json in;
	bool good;

	if (op->body == NULL)
		return 0;
	json_open(&in, op->body, op->body_len);
	good = json_skip(&in, NULL, NULL) == 0 && json_finish(&in) == 0;
	json_close(&in);
	return good ? 0 : err_set(e, ERR_DAMAGED, _("an operation has not the form of one"));
}

int rights_judge(struct rights *r, const struct operation *op, int64_t pos, const char **reason, struct err *e)
{
	const struct table *t = dictionary_known(r->j, op->tbl);

	r->e = e;
	r->failed = false;
	r->pos = pos;
	*reason = NULL;
	if (t == NULL || !rule_knows(t->name) || (op->kind != OPERATION_INSERT &&
	    op->kind != OPERATION_UPDATE && op->kind != OPERATION_ERASE)) {
		*reason = "unknown";
		return check_any(op, e);
	}
	if (op->kind == OPERATION_ERASE)
		for (int i = 0; i < t->count; i++)
			r->fields.set[i] = false;
	else if (op_fields_read(&r->fields, r->j, t, op, e) != 0)
		return -1;
	*reason = judge(r, t, op);
	return r->failed ? -1 : 0;
}
