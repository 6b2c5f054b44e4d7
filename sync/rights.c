#include "sync/rights.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "sync/op_fields.h"
#include "sync/rules.h"

#define AHEAD_MAX_MS (24 * 3600 * (int64_t)1000)

struct rights {
	struct store *s;
	struct journal *j;
	struct peer peer;
	enum rule_role role;
	int device;
	char (*tags)[DEVICE_TAG_SIZE];		/* of the same person's devices */
	int tag_count;
	bool any_refused;			/* the temporary tables refused_stamp and refused_record hold something */
	int64_t pos;				/* of the operation that is judged */
	struct op_fields fields;
	struct err *e;
	bool failed;				/* the store did, inside a question */
};

static const struct { const char *code, *words; } reasons[] = {
	{ "role", N_("this role may not make such a change") },
	{ "scope", N_("the record was not one that this device may change") },
	{ "author", N_("the record's id belongs to another device") },
	{ "depends", N_("it rests on a change that was not accepted") },
	{ "clock", N_("the device's clock was more than a day ahead") },
	{ "unknown", N_("the hub's program does not know this kind of change yet") },
	{ "form", N_("the record's id and its fields contradict each other") },
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
	    "DELETE FROM refused_stamp; DELETE FROM refused_record", e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO refused_stamp SELECT o.hlc FROM refused r JOIN oplog o USING(dev, seq) WHERE r.dev = ?1",
		r->device, e) != 0 ||
	    run_with(r, "INSERT OR IGNORE INTO refused_record SELECT o.tbl, o.pk FROM refused r JOIN oplog o USING(dev, seq)"
		" WHERE r.dev = ?1 AND o.kind = 0", r->device, e) != 0)
		return -1;
	st = store_prepare(r->s, "SELECT EXISTS(SELECT 1 FROM temp.refused_stamp)", e);
	if (st == NULL || store_step(r->s, st, e) != 1)
		return -1;
	r->any_refused = sqlite3_column_int(st, 0) != 0;
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

int rights_note_refused(struct rights *r, const struct operation *op, struct err *e)
{
	sqlite3_stmt *st;

	r->any_refused = true;
	if (run_with(r, "INSERT OR IGNORE INTO temp.refused_stamp VALUES(?1)", (int64_t)op->hlc, e) != 0)
		return -1;
	if (op->kind != OPERATION_INSERT)
		return 0;
	st = store_prepare(r->s, "INSERT OR IGNORE INTO temp.refused_record VALUES(?1, ?2)", e);
	if (st == NULL)
		return -1;
	sqlite3_bind_int(st, 1, op->tbl);
	sqlite3_bind_text(st, 2, op->pk, (int)op->pk_len, SQLITE_STATIC);
	return store_run(r->s, st, e);
}

/* --- questions to the store: true or false; a failure is remembered and looked at when the judgement is done
 * --- */

static bool ask(struct rights *r, sqlite3_stmt *st)
{
	int got = st == NULL ? -1 : store_step(r->s, st, r->e);

	if (st != NULL)
		sqlite3_reset(st);
	if (got < 0)
		r->failed = true;
	return got == 1;
}

static bool stamp_refused(struct rights *r, int64_t hlc)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM temp.refused_stamp WHERE hlc = ?1", r->e);

	if (st != NULL)
		sqlite3_bind_int64(st, 1, hlc);
	return ask(r, st);
}

static bool record_refused(struct rights *r, int tbl, const char *pk, size_t len)
{
	sqlite3_stmt *st = store_prepare(r->s, "SELECT 1 FROM temp.refused_record WHERE tbl = ?1 AND pk = ?2",
	    r->e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, tbl);
		sqlite3_bind_text(st, 2, pk, (int)len, SQLITE_STATIC);
	}
	return ask(r, st);
}

static bool in_scope(struct rights *r, int tbl, const char *pk, size_t len, bool own)
{
	sqlite3_stmt *st = store_prepare(r->s,
	    "SELECT 1 FROM scope WHERE device = ?1 AND tbl = ?2 AND pk = ?3 AND entered <= ?4"
	    " AND (gone IS NULL OR gone > ?4) AND own >= ?5", r->e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, r->device);
		sqlite3_bind_int(st, 2, tbl);
		sqlite3_bind_text(st, 3, pk, (int)len, SQLITE_STATIC);
		sqlite3_bind_int64(st, 4, r->pos);
		sqlite3_bind_int(st, 5, own);
	}
	return ask(r, st);
}

static bool was_named(struct rights *r, int tbl, const char *pk, size_t len)
{
	sqlite3_stmt *st = store_prepare(r->s,
	    "SELECT 1 FROM named WHERE device = ?1 AND tbl = ?2 AND pk = ?3 AND pos <= ?4", r->e);

	if (st != NULL) {
		sqlite3_bind_int(st, 1, r->device);
		sqlite3_bind_int(st, 2, tbl);
		sqlite3_bind_text(st, 3, pk, (int)len, SQLITE_STATIC);
		sqlite3_bind_int64(st, 4, r->pos);
	}
	return ask(r, st);
}

/* --- what the rules mean --- */

/* An id of the form tag-counter with this tag. */
static bool carries(const char *pk, size_t len, const char *tag)
{
	return len > DEVICE_TAG_SIZE && memcmp(pk, tag, DEVICE_TAG_SIZE - 1) == 0 &&
	    pk[DEVICE_TAG_SIZE - 1] == '-' &&
	    memchr(pk, '/', len) == NULL;
}

static bool created(const struct rights *r, const char *pk, size_t len)
{
	for (int i = 0; i < r->tag_count; i++)
		if (carries(pk, len, r->tags[i]))
			return true;
	return false;
}

/* The two tables whose ids make up the ids of this one. */
static bool composite(const char *table, const char *parts[2])
{
	bool attendance = strcmp(table, "attendance") == 0;

	parts[0] = attendance ? "seminar" : "programme";
	parts[1] = "person";
	return attendance || strcmp(table, "participation") == 0;
}

static bool held(struct rights *r, const char *table, const char *pk, size_t len, bool own);

static bool parts_held(struct rights *r, const char *const parts[2], const char *pk, size_t len)
{
	const char *slash = memchr(pk, '/', len);
	size_t first = slash != NULL ? (size_t)(slash - pk) : 0;

	return slash != NULL && held(r, parts[0], pk, first, false) && held(r, parts[1], slash + 1,
	    len - first - 1, false);
}

static bool held(struct rights *r, const char *table, const char *pk, size_t len, bool own)
{
	const char *parts[2];

	if (r->role == ROLE_COORDINATOR || strcmp(table, "programme") == 0)
		return true;
	if (created(r, pk, len) || in_scope(r, dictionary_table(r->j, table), pk, len, own))
		return true;
	if (strcmp(table, "person") == 0 && len == strlen(r->peer.person) && memcmp(pk, r->peer.person,
	    len) == 0)
		return true;
	return composite(table, parts) && parts_held(r, parts, pk, len);
}

static bool is_me(const struct rights *r, const char *person)
{
	return *person != '\0' && strcmp(person, r->peer.person) == 0;
}

/* A seminar that is inserted: led or mentored by the author, or led by a mentee of the author's. */
static bool led(struct rights *r)
{
	const char *lead = op_field(&r->fields, "lead");

	return is_me(r, lead) || is_me(r, op_field(&r->fields, "mentor")) ||
	    (r->role == ROLE_EXPERT && *lead != '\0' && in_scope(r, dictionary_table(r->j, "person"), lead,
	    strlen(lead), true));
}

static const char *judge_mentorship(struct rights *r, bool insert)
{
	const char *mentee = op_field(&r->fields, "mentee");

	if ((insert || op_sets(&r->fields, "mentor")) && !is_me(r, op_field(&r->fields, "mentor")))
		return "role";
	if ((insert || op_sets(&r->fields, "mentee")) && !held(r, "person", mentee, strlen(mentee), false))
		return "scope";
	return NULL;
}

static bool holds_person(struct rights *r, const char *column)
{
	const char *id = op_field(&r->fields, column);

	return is_me(r, id) || (*id != '\0' && held(r, "person", id, strlen(id), false));
}

static const char *judge_talk(struct rights *r, bool insert)
{
	bool mine = is_me(r, op_field(&r->fields, "mentor"));

	if (insert && !mine && !is_me(r, op_field(&r->fields, "mentee")))
		return "role";
	/* Who comes to a mentor knows of that person by name at least, which judge_references() sees to. */
	if ((insert ? mine : op_sets(&r->fields, "mentee")) && !holds_person(r, "mentee"))
		return "scope";
	return insert || !op_sets(&r->fields, "mentor") || holds_person(r, "mentor") ? NULL : "scope";
}

static const char *judge_consent(struct rights *r, bool insert)
{
	return (!insert && !op_sets(&r->fields, "person")) || holds_person(r, "person") ? NULL : "scope";
}

static const char *judge_rule(struct rights *r, const struct table *t, const struct operation *op)
{
	const char *parts[2];
	const char *place;
	bool insert = op->kind == OPERATION_INSERT;

	switch (rule_for(r->role, t->name, op->kind)) {
	case RULE_ALL:
	case RULE_ANY:
		return NULL;
	case RULE_HELD:
		return held(r, t->name, op->pk, op->pk_len, false) ? NULL : "scope";
	case RULE_OWN:
		return held(r, t->name, op->pk, op->pk_len, true) ? judge_mentorship(r, false) : "scope";
	case RULE_PARTS:
		return composite(t->name, parts) && parts_held(r, parts, op->pk, op->pk_len) ? NULL : "scope";
	case RULE_PLACE:
		place = op_field(&r->fields, "municipality");
		return (*place != '\0' && strcmp(place, r->peer.municipality) == 0) || led(r) ? NULL : "scope";
	case RULE_LED:
		return led(r) ? NULL : "scope";
	case RULE_MENTOR:
		return judge_mentorship(r, true);
	case RULE_TALK:
		return insert || held(r, t->name, op->pk, op->pk_len, false) ? judge_talk(r, insert) : "scope";
	case RULE_PERSON:
		return insert || held(r, t->name, op->pk, op->pk_len, false) ? judge_consent(r, insert) : "scope";
	case RULE_NO:
		break;
	}
	return "role";
}

/* Whether the id of an insert is one that this author may give. */
static const char *judge_id(struct rights *r, const struct table *t, const struct operation *op)
{
	const char *parts[2], *slash = memchr(op->pk, '/', op->pk_len);
	const char *first, *second;
	size_t len;

	if (!composite(t->name, parts))
		return carries(op->pk, op->pk_len, r->peer.pub.tag) ? NULL : "author";
	first = op_field(&r->fields, parts[0]);
	second = op_field(&r->fields, parts[1]);
	len = strlen(first);
	if (slash == NULL || len != (size_t)(slash - op->pk) || memcmp(first, op->pk, len) != 0 ||
	    strlen(second) != op->pk_len - len - 1 || memcmp(second, slash + 1, op->pk_len - len - 1) != 0)
		return "form";
	return NULL;
}

/* An edit of the fields that the record's id is made of: it would bring another person's card into the scope of
 * whoever holds the seminar. */
static bool moves_parts(struct rights *r, const struct table *t)
{
	const char *parts[2];

	return composite(t->name, parts) && (op_sets(&r->fields, parts[0]) || op_sets(&r->fields, parts[1]));
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
		if (!held(r, to, id, strlen(id), false) && !was_named(r, tbl, id, strlen(id)))
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
	return ask(r, st);
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

	if (clock_ms(op->hlc) > clock_wall_ms() + AHEAD_MAX_MS)
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
		reason = judge_rule(r, t, op);
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
