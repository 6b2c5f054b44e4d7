/* What an author saw is not in an operation: it names the stamps of what it saw. So the values of the operations that went by are kept, by record and
 * stamp, until the walk is over. */
#include "store/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/dictionary.h"
#include "schema/schema.h"
#include "store/state.h"

/* One operation that went by: what it made of each column that it named; text NULL: empty. */
struct past {
	struct past *next;		/* the one before, of the same record */
	struct stamp at;
	int count;
	struct { int col; char *text; } value[];
};

struct followed {
	struct kind *kind;		/* NULL: nobody here ever heard of the table */
	const char *pk;
	struct past *past;		/* the last first */
	bool loaded, builtin;		/* builtin: the first of the past came with the program */
	struct stamp shown[TABLE_COLUMNS_MAX];	/* whose value is shown, by place; hlc 0: nobody's */
};

struct walk {
	struct journal *j;
	struct followed *record;
	int count;
	struct authors *authors;
	struct state *state;
	struct body *body;
	struct history_change *change;	/* BODY_COLUMNS_MAX */
	history_fn each;
	void *context;
};

/* --- what is shown --- */

/* The greatest head of a field that has the value that is shown; of a field that nobody edited, the greatest insert. */
static struct stamp shown_stamp(const struct state *s, int place)
{
	struct stamp own = { 0, 0 }, insert = { 0, 0 };

	for (int i = 0; i < s->head_count; i++) {
		const struct head *h = &s->heads[i];

		if (!h->alive || h->at.hlc == 0)
			continue;
		if (h->col == 0 && (insert.hlc == 0 || stamp_compare(s->journal, h->at, insert) > 0))
			insert = h->at;
		if (h->col == s->kind->numbers[place] && value_equal(&h->value, &s->row[place]) &&
		    (own.hlc == 0 || stamp_compare(s->journal, h->at, own) > 0))
			own = h->at;
	}
	return own.hlc != 0 ? own : insert;
}

static int load_shown(struct walk *w, struct followed *f, struct err *e)
{
	f->loaded = true;
	if (f->kind->known == NULL)
		return 0;
	if (state_load(w->state, f->kind, f->pk, strlen(f->pk), e) != 0)
		return -1;
	for (int place = 0; w->state->exists && place < f->kind->known->count; place++)
		f->shown[place] = shown_stamp(w->state, place);
	return 0;
}

/* --- what went by --- */

static struct past *past_new(struct followed *f, struct stamp at, int count)
{
	struct past *p = mem_zero(1, sizeof *p + sizeof p->value[0] * (size_t)count);

	p->at = at;
	p->next = f->past;
	f->past = p;
	return p;
}

static void past_put(struct past *p, int col, char *text)
{
	p->value[p->count].col = col;
	p->value[p->count++].text = text;
}

/* Records that come with the program begin with an insert that stands in no journal. */
static void past_builtin(struct followed *f)
{
	const struct schema_builtin *b = f->kind->known != NULL ? schema_builtin(f->kind->name, f->pk) : NULL;
	struct past *p;

	if (b == NULL)
		return;
	f->builtin = true;
	p = past_new(f, (struct stamp){ 0, 0 }, f->kind->known->count);
	for (int place = 1; place < f->kind->known->count; place++)
		past_put(p, f->kind->numbers[place], mem_dup(b->values[place]));
}

static bool is_seen(const struct change *c, struct stamp at)
{
	for (int i = 0; i < c->seen_count; i++)
		if (c->seen[i].hlc == at.hlc && c->seen[i].dev == at.dev)
			return true;
	return false;
}

static uint64_t earliest(const struct change *c)
{
	uint64_t hlc = c->seen_count > 0 ? c->seen[0].hlc : UINT64_MAX;

	for (int i = 1; i < c->seen_count; i++)
		if (c->seen[i].hlc < hlc)
			hlc = c->seen[i].hlc;
	return hlc;
}

/* The greatest stamp that its author saw is named always; a change that took over what a folded one saw names smaller ones, which it did not replace.
 * Of the mark that cannot be told from stamps of other columns, but there are two values of it only. */
static bool replaces(const struct followed *f, const struct change *c, struct stamp at)
{
	if (f->kind->known != NULL && c->col == f->kind->numbers[0])
		return true;
	for (int i = 0; i < c->seen_count; i++)
		if (c->seen[i].hlc > at.hlc)
			return false;
	return true;
}

/* The value of a column in what its author saw, the greatest stamp's: the first that is met, for the last comes first, and so a record of many thousand
 * edits is not walked for each of them. A delete names stamps of other columns too: they say nothing of the mark. */
static const char *before(const struct followed *f, const struct change *c, bool *folded)
{
	uint64_t hlc = earliest(c);

	for (const struct past *p = f->past; p != NULL; p = p->next) {
		if (p->at.hlc < hlc && !f->builtin)
			return NULL;
		if (p->at.hlc != 0 && !is_seen(c, p->at))	/* everybody has seen what came with the program */
			continue;
		for (int i = 0; i < p->count; i++)
			if (p->value[i].col == c->col) {
				*folded = !replaces(f, c, p->at);
				return *folded ? NULL : p->value[i].text;
			}
	}
	return NULL;
}

/* --- one operation --- */

static int place_of(const struct followed *f, int col)
{
	return f->kind->known != NULL && col >= 1 && col <= f->kind->count ? f->kind->places[col - 1] : -1;
}

static void add_change(struct walk *w, const struct followed *f, struct history_entry *h, int col, struct stamp at, struct history_change c)
{
	int place = place_of(f, col);

	c.column = place >= 0 ? f->kind->known->columns[place].name : "";
	c.shown = place >= 0 && h->refused == NULL && f->shown[place].hlc == at.hlc && f->shown[place].dev == at.dev;
	w->change[h->count++] = c;
}

static void take_insert(struct walk *w, struct followed *f, struct history_entry *h, struct stamp at)
{
	struct past *p = past_new(f, at, w->body->value_count);

	for (int i = 0; i < w->body->value_count; i++) {
		char *text = value_text(&w->body->values[i]);

		past_put(p, i + 1, text);
		if (text != NULL && place_of(f, i + 1) != 0)	/* that a new record is not deleted goes without saying */
			add_change(w, f, h, i + 1, at, (struct history_change){ .after = text, .insert = true });
	}
}

static void take_update(struct walk *w, struct followed *f, struct history_entry *h, struct stamp at)
{
	struct body *b = w->body;
	struct past *p = past_new(f, at, b->change_count);

	for (int i = 0; i < b->seen_count; i++)
		b->seen[i].dev = journal_find_device(w->j, b->tags[i]);
	for (int i = 0; i < b->change_count; i++) {
		char *text = value_text(&b->changes[i].value);

		bool folded = false;
		const char *was = before(f, &b->changes[i], &folded);

		add_change(w, f, h, b->changes[i].col, at, (struct history_change){ .before = was, .folded = folded, .after = text });
		past_put(p, b->changes[i].col, text);
	}
}

/* What a table's own program would refuse stays in the journal of one that does not know the table: of that only who and when is told. */
static int read_body(struct walk *w, const struct followed *f, const struct operation *op, bool *readable, struct err *e)
{
	struct err wrong = ERR_INIT;
	int rc = 0;

	*readable = false;
	if (op->body != NULL && op->kind == OPERATION_INSERT)
		rc = body_read_insert(w->body, op->body, op->body_len, &wrong);
	else if (op->body != NULL && op->kind == OPERATION_UPDATE)
		rc = body_read_update(w->body, op->body, op->body_len, &wrong);
	else
		return 0;
	*readable = rc == 0;
	return rc == 0 || f->kind->known == NULL ? 0 : err_set(e, wrong.code, "%s", wrong.text);
}

static int tell(struct walk *w, struct followed *f, const struct operation *op, const char *refused, int64_t bundle, struct err *e)
{
	struct stamp at = { op->hlc, op->dev };
	struct provenance from;
	struct author author;
	bool readable;
	int known;

	if (!f->loaded && load_shown(w, f, e) != 0)
		return -1;
	if (authors_get(w->authors, op->dev, &author, e) != 0 || read_body(w, f, op, &readable, e) != 0)
		return -1;

	known = provenance_find(w->j, op->dev, op->seq, bundle, &from, e);
	if (known < 0)
		return -1;

	struct history_entry h = { .bundle = known == 1 ? &from : NULL, .table = f->kind->name, .pk = f->pk, .kind = op->kind, .ms = clock_ms(op->hlc), .tag = author.tag,
		.person = author.person, .label = author.label, .seq = op->seq, .own = author.own, .refused = refused, .change = w->change };
	if (readable && op->kind == OPERATION_INSERT)
		take_insert(w, f, &h, at);
	else if (readable)
		take_update(w, f, &h, at);
	return w->each(w->context, &h, e);
}

/* --- the walk --- */

static int compare_record(const void *a, const void *b)
{
	const struct followed *x = a, *y = b;

	return x->kind->number != y->kind->number ? (x->kind->number < y->kind->number ? -1 : 1) : strcmp(x->pk, y->pk);
}

/* A list that is searched, not a join: SQLite would scan the few records for each of the many operations. */
static sqlite3_stmt *prepare(struct walk *w, struct err *e)
{
	struct buf sql = BUF_INIT;
	sqlite3_stmt *st = NULL;

	buf_adds(&sql, "SELECT o.tbl, o.pk, o.dev, o.seq, o.hlc, o.kind, o.body, r.dev, coalesce(r.reason, ''), o.bundle"
	    " FROM oplog o CROSS JOIN device d ON d.no = o.dev LEFT JOIN refused r ON r.dev = o.dev AND r.seq = o.seq"
	    " WHERE (o.tbl, o.pk) IN (VALUES ");
	for (int i = 0; i < w->count; i++)
		buf_adds(&sql, i > 0 ? ",(?,?)" : "(?,?)");
	buf_adds(&sql, ") ORDER BY o.hlc, d.tag");
	if (sqlite3_prepare_v2(w->j->db, sql.data, -1, &st, NULL) != SQLITE_OK)
		journal_fail(w->j, e);
	for (int i = 0; st != NULL && i < w->count; i++) {
		sqlite3_bind_int(st, 2 * i + 1, w->record[i].kind->number);
		sqlite3_bind_text(st, 2 * i + 2, w->record[i].pk, -1, SQLITE_STATIC);
	}
	buf_release(&sql);
	return st;
}

/* The record of a row; NULL when it is none that was asked about (its id has a NUL in it). */
static struct followed *find_record(struct walk *w, sqlite3_stmt *st)
{
	const struct followed key = { .kind = dictionary_kind(w->j, sqlite3_column_int(st, 0)), .pk = (const char *)sqlite3_column_text(st, 1) };

	if (key.kind == NULL || key.pk == NULL)
		return NULL;
	return bsearch(&key, w->record, (size_t)w->count, sizeof *w->record, compare_record);
}

static int run(struct walk *w, struct err *e)
{
	sqlite3_stmt *st = prepare(w, e);
	int rc = SQLITE_ERROR;

	while (st != NULL && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct followed *f = find_record(w, st);
		const struct operation op = { .dev = sqlite3_column_int(st, 2), .seq = sqlite3_column_int64(st, 3),
			.hlc = (uint64_t)sqlite3_column_int64(st, 4), .kind = sqlite3_column_int(st, 5),
			.body = (const char *)sqlite3_column_text(st, 6), .body_len = (size_t)sqlite3_column_bytes(st, 6) };
		bool refused = sqlite3_column_type(st, 7) != SQLITE_NULL;

		if (f != NULL && tell(w, f, &op, refused ? (const char *)sqlite3_column_text(st, 8) : NULL,
		    sqlite3_column_int64(st, 9), e) != 0)
			break;
	}
	if (st != NULL && rc != SQLITE_DONE && rc != SQLITE_ROW)
		journal_fail(w->j, e);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : -1;
}

static void forget(struct followed *f)
{
	for (struct past *p = f->past, *next; p != NULL; p = next) {
		next = p->next;
		for (int i = 0; i < p->count; i++)
			free(p->value[i].text);
		free(p);
	}
}

int history_each_of(struct journal *j, const struct history_record *records, int count, history_fn each, void *context, struct err *e)
{
	struct walk w = { .j = j, .each = each, .context = context };
	int rc;

	if (journal_fresh_devices(j, e) != 0)
		return -1;
	w.record = mem_zero((size_t)count + 1, sizeof *w.record);
	for (int i = 0; i < count && w.count < HISTORY_RECORDS; i++) {
		struct kind *k = dictionary_kind(j, dictionary_table(j, records[i].table));

		if (k == NULL)
			continue;
		w.record[w.count++] = (struct followed){ .kind = k, .pk = records[i].pk };
		past_builtin(&w.record[w.count - 1]);
	}
	qsort(w.record, (size_t)w.count, sizeof *w.record, compare_record);
	w.authors = authors_new(j);
	w.state = state_new(j);
	w.body = mem_zero(1, sizeof *w.body);
	body_init(w.body);
	w.change = mem_zero(BODY_COLUMNS_MAX, sizeof *w.change);
	rc = w.count > 0 ? run(&w, e) : 0;
	for (int i = 0; i < w.count; i++)
		forget(&w.record[i]);
	body_release(w.body);
	free(w.body);
	free(w.change);
	state_free(w.state);
	authors_free(w.authors);
	free(w.record);
	return rc;
}

int history_each(struct journal *j, const char *table, const char *pk, history_fn each, void *context, struct err *e)
{
	const struct history_record one = { table, pk };

	return history_each_of(j, &one, 1, each, context, e);
}
