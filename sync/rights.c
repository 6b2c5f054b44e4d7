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
#include "sync/restored.h"
#include "sync/rights_private.h"

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

/* The devices of the same person: a twin goes on with what another one wrote, and was told of it. Their numbers stand in temp.same_person, too. */
static int load_devices(struct rights *r, struct err *e)
{
	sqlite3_stmt *st;
	int more;

	if (store_exec(r->s, "CREATE TEMP TABLE IF NOT EXISTS same_person(dev INTEGER PRIMARY KEY, tag TEXT); DELETE FROM same_person", e) != 0 ||
	    (st = store_prepare(r->s, "INSERT OR IGNORE INTO temp.same_person SELECT d.no, d.tag FROM peer p JOIN device d USING(tag)"
		" WHERE p.id = ?1 OR (p.person <> '' AND p.person = ?2)", e)) == NULL)
		return -1;
	store_bind_text(st, 1, r->peer.pub.id);
	store_bind_text(st, 2, r->peer.person);
	if (store_run(r->s, st, e) != 0 || (st = store_prepare(r->s, "SELECT tag, dev FROM temp.same_person", e)) == NULL)
		return -1;
	while ((more = store_step(r->s, st, e)) == 1) {
		r->devices = mem_resize(r->devices, (size_t)r->device_count + 1, sizeof *r->devices);
		snprintf(r->devices[r->device_count].tag, DEVICE_TAG_SIZE, "%s", store_text(st, 0));
		r->devices[r->device_count++].no = sqlite3_column_int(st, 1);
	}
	sqlite3_reset(st);
	return more;
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
	if (role < 0 || restored_position(s, p, &r->restored, e) != 0 || load_devices(r, e) != 0 || rights_load_refused(r, e) != 0) {
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
	free(r->devices);
	free(r);
}

bool rights_deletes(const struct rights *r, const struct operation *op)
{
	return op->kind == OPERATION_UPDATE && strcmp(op_field(&r->fields, "deleted"), "1") == 0;
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
		if (r->any_refused && rights_record_refused(r, tbl, id, strlen(id)))
			return "depends";
		if (!rights_held(r, to, id, strlen(id), false) && !rights_named(r, tbl, id, strlen(id)))
			return "scope";
	}
	return NULL;
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

	if (r->pos <= r->restored)
		return false;		/* the hub knew of them, and has forgotten */
	for (int i = 0; op->kind == OPERATION_UPDATE && i < b->seen_count; i++)
		if (memcmp(b->tags[i], r->peer.pub.tag, DEVICE_TAG_SIZE - 1) != 0 && !is_known_device(r,
		    b->tags[i]))
			return true;
	return false;
}

static const char *judge(struct rights *r, const struct table *t, const struct operation *op)
{
	const char *reason = NULL;

	if (clock_ms(op->hlc) > journal_now_ms(r->j) + CLOCK_AHEAD_MAX_MS)
		return "clock";
	if ((r->any_refused && rights_rests_on_refused(r, op)) || names_strangers(r, op))
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
