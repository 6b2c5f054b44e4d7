/* Local changes become operations. Temporary triggers, generated from table.h, call three functions:
 *     journal_insert(table, id, origin_hlc, value…)
 *     journal_update(table, old id, new id, old origin_hlc, new origin_hlc, origin_dev, old value, new value, …)
 *     journal_delete()                                 refuses: a record is marked as deleted, its row stays
 * A row's stamp comes from the default of its column origin_hlc, journal_stamp(): a trigger could not set it without writing the row twice. The
 * RAISE around a call is never reached; it makes SQLite undo the statement whole when the function gives up.
 *
 * Who only reads needs no triggers, and they take longer to make than a first picture takes to draw: they are made before the first transaction. Until
 * then, and while a merge has taken them away, no statement that changes a record can be compiled. */
#include <string.h>

#include "base/i18n.h"
#include "store/dictionary.h"
#include "store/journal_clock.h"
#include "store/state.h"
#include "store/undo_private.h"

static void stamp_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct journal *j = sqlite3_user_data(context);

	(void)argc;
	(void)argv;
	j->offered = journal_next_stamp(j);
	sqlite3_result_int64(context, (sqlite3_int64)j->offered);
}

static void local_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct journal *j = sqlite3_user_data(context);

	(void)argc;
	(void)argv;
	sqlite3_result_int(context, j->mode == JOURNAL_LOCAL);
}

static struct value value_of(sqlite3_value *v)
{
	struct value out = { .type = VALUE_NULL };

	switch (sqlite3_value_type(v)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		out.type = VALUE_INTEGER;
		out.number = sqlite3_value_int64(v);
		break;
	default:
		out.type = VALUE_TEXT;
		out.text = (const char *)sqlite3_value_text(v);
		out.len = (size_t)sqlite3_value_bytes(v);
		if (out.text == NULL || out.len == 0)
			out.type = VALUE_NULL;
	}
	return out;
}

/* The same rules by which the merge of another store will take the value. */
static int add_value(struct journal *j, const struct kind *k, int place, const struct value *v, struct err *e)
{
	const struct column *c = &k->known->columns[place];
	const char *problem;

	if (v->type != VALUE_NULL && (v->type == VALUE_INTEGER) != (c->kind == COLUMN_INTEGER))
		return err_set(e, ERR_REFUSED, _("%s.%s cannot hold such a value"), k->name, c->name);
	if (place == 0 && (v->type != VALUE_INTEGER || v->number < 0 || v->number > 1))
		return err_set(e, ERR_REFUSED, _("%s.%s cannot hold such a value"), k->name, c->name);
	problem = body_add_value(&j->text, v, c->kind == COLUMN_LONG_TEXT);
	return problem == NULL ? 0 : err_set(e, ERR_REFUSED, "%s.%s: %s", k->name, c->name, problem);
}

static int log_local(struct journal *j, struct kind *k, int kind, const char *pk, size_t pk_len, uint64_t hlc, struct err *e)
{
	struct operation op = {
		.dev = 1, .seq = j->now.seq + 1, .hlc = hlc, .tbl = k->number, .kind = kind, .pk = pk, .pk_len = pk_len,
		.body = j->text.data, .body_len = j->text.len
	};

	if (j->guarded && journal_clock_check(j, e) != 0)
		return -1;
	if (op.body_len > BODY_MAX)
		return err_set(e, ERR_REFUSED, _("the texts of the record are too long together"));
	if (journal_log(j, &op, e) != 0)
		return -1;
	j->now.seq++;
	return 0;
}

/* Values in the order of column numbers, nulls at the end cut off. */
static int build_insert(struct journal *j, const struct kind *k, const struct value *row, struct err *e)
{
	size_t end = 1;

	buf_reset(&j->text);
	buf_addc(&j->text, '[');
	for (int i = 0; i < k->count; i++) {
		int place = k->places[i];

		if (i > 0)
			buf_addc(&j->text, ',');
		if (place < 0) {
			buf_add(&j->text, "null", 4);
			continue;
		}
		if (add_value(j, k, place, &row[place], e) != 0)
			return -1;
		if (row[place].type != VALUE_NULL)
			end = j->text.len;
	}
	buf_cut(&j->text, end);
	buf_addc(&j->text, ']');
	return 0;
}

/* Ids that this device gives out are new; a record with a name for an id (seminar/person) may have been edited elsewhere before. */
static bool may_be_known(const struct journal *j, const char *pk)
{
	return j->now.orphans > 0 && (strncmp(pk, j->tag, TAG_LENGTH) != 0 || strchr(pk, '/') != NULL);
}

static int capture_insert(struct journal *j, struct kind *k, const char *pk, size_t pk_len, uint64_t hlc, const struct value *row,
    struct err *e)
{
	struct value by_number[BODY_COLUMNS_MAX];
	int places[TABLE_COLUMNS_MAX];

	if (hlc != j->offered || hlc <= j->devices[1].max_hlc)
		return err_set(e, ERR_REFUSED, _("the stamp of a record is given by the journal alone"));
	if (!body_id_valid(pk, pk_len))
		return err_set(e, ERR_REFUSED, _("“%s” is not an id of a record"), pk);
	if (row[0].number != 0)
		return err_set(e, ERR_REFUSED, _("a record that is deleted cannot be entered"));
	for (int place = 0; place < k->known->count; place++)
		places[place] = place;
	if (erase_local(j, k, pk, pk_len, true, places, k->known->count, row, e) != 0)
		return -1;
	if (build_insert(j, k, row, e) != 0 || log_local(j, k, OPERATION_INSERT, pk, pk_len, hlc, e) != 0)
		return -1;
	undo_keep_insert(j, k, pk, pk_len);
	if (!may_be_known(j, pk)) {
		j->now.visible[k->place]++;
		return 0;
	}
	memset(by_number, 0, sizeof by_number);
	for (int i = 0; i < k->count; i++)
		if (k->places[i] >= 0)
			by_number[i] = row[k->places[i]];
	if (state_load_around(j->state, k, pk, pk_len, (struct stamp){ 0, 0 }, NULL, e) != 0)
		return -1;
	state_insert(j->state, (struct stamp){ hlc, 1 }, by_number, k->count);
	return state_save(j->state, true, e);
}

/* Appends [col,value,[[hlc,"tag"],…]] and describes it in *c, whose stamps go to j->body.seen. */
static int add_change(struct journal *j, const struct kind *k, int place, const struct value *v, struct change *c, struct err *e)
{
	struct body *b = &j->body;
	bool all = place == 0 && v->number == 1;

	c->col = k->numbers[place];
	c->value = *v;
	c->seen = b->seen + b->seen_count;
	c->seen_count = state_heads(j->state, c->col, all, b->seen + b->seen_count, BODY_SEEN_MAX - b->seen_count);
	b->seen_count += c->seen_count;
	buf_adds(&j->text, j->text.len > 1 ? ",[" : "[");
	buf_addi(&j->text, c->col);
	buf_addc(&j->text, ',');
	if (add_value(j, k, place, v, e) != 0)
		return -1;
	buf_adds(&j->text, ",[");
	for (int i = 0; i < c->seen_count; i++) {
		buf_adds(&j->text, i > 0 ? ",[" : "[");
		buf_addi(&j->text, (long long)c->seen[i].hlc);
		buf_adds(&j->text, ",\"");
		buf_add(&j->text, j->devices[c->seen[i].dev].tag, TAG_LENGTH);
		buf_adds(&j->text, "\"]");
	}
	buf_adds(&j->text, "]]");
	return 0;
}

/* One operation with the fields at `places`, against the state that is loaded. */
static int log_update(struct journal *j, struct kind *k, const int *places, int count, const struct value *row, struct err *e)
{
	struct change changes[TABLE_COLUMNS_MAX];
	uint64_t hlc = journal_next_stamp(j);

	j->body.seen_count = 0;
	buf_reset(&j->text);
	buf_addc(&j->text, '[');
	for (int i = 0; i < count; i++)
		if (add_change(j, k, places[i], &row[places[i]], &changes[i], e) != 0)
			return -1;
	buf_addc(&j->text, ']');
	if (log_local(j, k, OPERATION_UPDATE, j->state->pk, j->state->pk_len, hlc, e) != 0)
		return -1;
	undo_keep_update(j, j->state, places, count, row);
	state_update(j->state, (struct stamp){ hlc, 1 }, changes, count);
	return state_save(j->state, true, e);
}

static int capture_update(struct journal *j, struct kind *k, const char *pk, size_t pk_len, struct stamp origin,
    const struct value *old, const struct value *new, struct err *e)
{
	int places[TABLE_COLUMNS_MAX], count = 0;

	for (int place = 0; place < k->known->count; place++)
		if (!value_equal(&old[place], &new[place]))
			places[count++] = place;
	if (count == 0)
		return 0;
	if (old[0].number == 1 && new[0].number == 1)
		return err_set(e, ERR_REFUSED, _("a record that is deleted cannot be changed"));
	if (erase_local(j, k, pk, pk_len, false, places, count, new, e) != 0 ||
	    state_load_around(j->state, k, pk, pk_len, origin, old, e) != 0)
		return -1;
	return log_update(j, k, places, count, new, e);
}

/* The sentence is complete as it is: by this code store_error() knows it from what SQLite says. */
static void give_up(sqlite3_context *context, const struct err *e)
{
	sqlite3_result_error(context, e->text, -1);
	sqlite3_result_error_code(context, SQLITE_ABORT);
}

static void insert_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct journal *j = sqlite3_user_data(context);
	struct kind *k = dictionary_kind(j, sqlite3_value_int(argv[0]));
	const char *pk = (const char *)sqlite3_value_text(argv[1]);
	struct value row[TABLE_COLUMNS_MAX];
	struct err e = ERR_INIT;

	bug_if(k == NULL || k->known == NULL || argc != 3 + k->known->count);
	for (int i = 3; i < argc; i++)
		row[i - 3] = value_of(argv[i]);
	if (pk == NULL || journal_join(j, &e) != 0 || journal_fresh_devices(j, &e) != 0 || capture_insert(j, k, pk,
	    (size_t)sqlite3_value_bytes(argv[1]), (uint64_t)sqlite3_value_int64(argv[2]), row, &e) != 0)
		give_up(context, &e);
}

static bool same_record(sqlite3_value **argv)
{
	const char *a = (const char *)sqlite3_value_text(argv[1]), *b = (const char *)sqlite3_value_text(argv[2]);

	return a != NULL && b != NULL && strcmp(a, b) == 0 && sqlite3_value_int64(argv[3]) == sqlite3_value_int64(argv[4]);
}

static void update_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct journal *j = sqlite3_user_data(context);
	struct kind *k = dictionary_kind(j, sqlite3_value_int(argv[0]));
	struct value old[TABLE_COLUMNS_MAX], new[TABLE_COLUMNS_MAX];
	struct stamp origin = { (uint64_t)sqlite3_value_int64(argv[4]), sqlite3_value_int(argv[5]) };
	struct err e = ERR_INIT;

	bug_if(k == NULL || k->known == NULL || argc != 6 + 2 * k->known->count);
	if (!same_record(argv)) {
		err_set(&e, ERR_REFUSED, _("a record keeps its id and its stamp"));
		give_up(context, &e);
		return;
	}
	for (int place = 0; place < k->known->count; place++) {
		old[place] = value_of(argv[6 + 2 * place]);
		new[place] = value_of(argv[7 + 2 * place]);
	}
	if (journal_join(j, &e) != 0 || journal_fresh_devices(j, &e) != 0 || capture_update(j, k,
	    (const char *)sqlite3_value_text(argv[1]), (size_t)sqlite3_value_bytes(argv[1]), origin, old, new, &e) != 0)
		give_up(context, &e);
}

static void delete_function(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct err e = ERR_INIT;

	(void)argc;
	(void)argv;
	err_set(&e, ERR_REFUSED, _("a record is marked as deleted, its row stays"));
	give_up(context, &e);
}

int journal_settle(struct journal *j, const char *table, const char *pk, const char *column, struct err *e)
{
	struct kind *k = dictionary_kind(j, dictionary_table(j, table));
	int place = k != NULL && k->known != NULL ? table_column(k->known, column) : -1;

	if (place < 0)
		return err_set(e, ERR_REFUSED, _("there is no field %s.%s"), table, column);
	if (journal_join(j, e) != 0 || state_load(j->state, k, pk, strlen(pk), e) != 0)
		return -1;
	if (!j->state->exists)
		return err_set(e, ERR_REFUSED, _("there is no record %s"), pk);
	if (place != 0 && j->state->row[0].number == 1)
		return err_set(e, ERR_REFUSED, _("a record that is deleted cannot be changed"));
	return log_update(j, k, &place, 1, j->state->row, e);
}

static void add_triggers(struct buf *sql, const struct kind *k)
{
	const struct table *t = k->known;

	buf_addf(sql, "CREATE TEMP TRIGGER journal_%s_insert AFTER INSERT ON main.\"%s\" WHEN journal_is_local() BEGIN "
	    "SELECT CASE WHEN journal_insert(%d, NEW.id, NEW.origin_hlc", t->name, t->name, k->number);
	for (int i = 0; i < t->count; i++)
		buf_addf(sql, ", NEW.\"%s\"", t->columns[i].name);
	buf_adds(sql, ") THEN RAISE(ABORT, '') END; END;");
	buf_addf(sql, "CREATE TEMP TRIGGER journal_%s_update AFTER UPDATE ON main.\"%s\" WHEN journal_is_local() BEGIN "
	    "SELECT CASE WHEN journal_update(%d, OLD.id, NEW.id, OLD.origin_hlc, NEW.origin_hlc, NEW.origin_dev",
	    t->name, t->name, k->number);
	for (int i = 0; i < t->count; i++)
		buf_addf(sql, ", OLD.\"%s\", NEW.\"%s\"", t->columns[i].name, t->columns[i].name);
	buf_adds(sql, ") THEN RAISE(ABORT, '') END; END;");
	buf_addf(sql, "CREATE TEMP TRIGGER journal_%s_delete BEFORE DELETE ON main.\"%s\" WHEN journal_is_local() BEGIN "
	    "SELECT CASE WHEN journal_delete() THEN RAISE(ABORT, '') END; END;", t->name, t->name);
}

int journal_capture_start(struct journal *j, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc;

	buf_adds(&sql, ERASING_TABLE);	/* no table can be made while a trigger runs */
	for (int i = 0; i < j->kind_count; i++)
		if (j->kinds[i]->known != NULL)
			add_triggers(&sql, j->kinds[i]);
	rc = sqlite3_exec(j->db, sql.data, NULL, NULL, NULL);
	buf_release(&sql);
	if (rc != SQLITE_OK)
		return journal_fail(j, e);
	sqlite3_set_authorizer(j->db, NULL, NULL);
	j->now.silent = false;
	return 0;
}

int journal_before_begin(struct journal *j, struct err *e)
{
	if (j->now.captures)
		return 0;
	if (sqlite3_exec(j->db, "SAVEPOINT journal_captures", NULL, NULL, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	if (journal_capture_start(j, e) != 0) {
		sqlite3_exec(j->db, "ROLLBACK TO journal_captures; RELEASE journal_captures", NULL, NULL, NULL);
		return -1;
	}
	if (sqlite3_exec(j->db, "RELEASE journal_captures", NULL, NULL, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	j->now.captures = true;
	return 0;
}

/* While the triggers are away, no statement but the merge's own can be compiled that changes a record. Those that were compiled before are
 * compiled anew, for the schema has changed. */
static int deny_changes(void *context, int action, const char *table, const char *b, const char *c, const char *d)
{
	const struct journal *j = context;

	(void)b;
	(void)c;
	(void)d;
	if ((j->now.captures && !j->now.silent) || j->mode != JOURNAL_LOCAL || (action != SQLITE_INSERT && action != SQLITE_UPDATE && action != SQLITE_DELETE))
		return SQLITE_OK;
	return table_find(table) != NULL ? SQLITE_DENY : SQLITE_OK;
}

int journal_capture_stop(struct journal *j, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc;

	for (int i = 0; tables[i] != NULL; i++)
		buf_addf(&sql, "DROP TRIGGER temp.journal_%s_insert; DROP TRIGGER temp.journal_%s_update; DROP TRIGGER temp.journal_%s_delete;",
		    tables[i]->name, tables[i]->name, tables[i]->name);
	rc = sqlite3_exec(j->db, sql.data, NULL, NULL, NULL);
	buf_release(&sql);
	if (rc != SQLITE_OK || sqlite3_set_authorizer(j->db, deny_changes, j) != SQLITE_OK)
		return journal_fail(j, e);
	j->now.silent = true;
	return 0;
}

int journal_capture_register(struct journal *j, struct err *e)
{
	static const struct { const char *name; int argc, flags; void (*call)(sqlite3_context *, int, sqlite3_value **); } functions[] = {
		{ "journal_stamp", 0, SQLITE_INNOCUOUS, stamp_function },
		{ "journal_is_local", 0, 0, local_function },
		{ "journal_insert", -1, 0, insert_function },
		{ "journal_update", -1, 0, update_function },
		{ "journal_delete", 0, 0, delete_function },
	};
	int rc = SQLITE_OK;

	for (size_t i = 0; i < sizeof functions / sizeof *functions && rc == SQLITE_OK; i++)
		rc = sqlite3_create_function(j->db, functions[i].name, functions[i].argc, SQLITE_UTF8 | functions[i].flags, j,
		    functions[i].call, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_set_authorizer(j->db, deny_changes, j);
	return rc == SQLITE_OK ? 0 : journal_fail(j, e);
}
