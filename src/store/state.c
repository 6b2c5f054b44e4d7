#include "store/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "schema/schema.h"

static const struct value zero = { .type = VALUE_INTEGER, .number = 0 };
static const struct value nothing = { .type = VALUE_NULL };

static bool same(struct stamp a, struct stamp b)
{
	return a.hlc == b.hlc && a.dev == b.dev;
}

static bool among(struct stamp at, const struct stamp *list, int count)
{
	for (int i = 0; i < count; i++)
		if (same(list[i], at))
			return true;
	return false;
}

static struct head *find_head(const struct state *s, int col, struct stamp at)
{
	for (int i = 0; i < s->head_count; i++)
		if (s->heads[i].alive && s->heads[i].col == col && same(s->heads[i].at, at))
			return &s->heads[i];
	return NULL;
}

static bool has_heads(const struct state *s, int col)
{
	for (int i = 0; i < s->head_count; i++)
		if (s->heads[i].alive && s->heads[i].col == col)
			return true;
	return false;
}

struct head *state_push_head(struct state *s)
{
	if (s->head_count == s->head_cap) {
		s->head_cap = s->head_cap == 0 ? 16 : s->head_cap * 2;
		s->heads = mem_resize(s->heads, (size_t)s->head_cap, sizeof *s->heads);
	}
	return &s->heads[s->head_count++];
}

struct seen *state_push_seen(struct state *s)
{
	if (s->seen_count == s->seen_cap) {
		s->seen_cap = s->seen_cap == 0 ? 16 : s->seen_cap * 2;
		s->seen = mem_resize(s->seen, (size_t)s->seen_cap, sizeof *s->seen);
	}
	return &s->seen[s->seen_count++];
}

/* A head that was stored with the same value comes to life again, so that nothing is written. */
static void add_head(struct state *s, int col, struct stamp at, const struct value *value)
{
	struct head *h;

	for (int i = 0; i < s->head_count; i++) {
		h = &s->heads[i];
		if (!h->alive && h->stored && h->col == col && same(h->at, at) && value_equal(&h->value, value)) {
			h->alive = true;
			return;
		}
	}
	*state_push_head(s) = (struct head){ col, at, *value, true, false };
}

static struct seen *find_seen(const struct state *s, int col, struct stamp at)
{
	for (int i = 0; i < s->seen_count; i++)
		if (s->seen[i].alive && s->seen[i].col == col && same(s->seen[i].at, at))
			return &s->seen[i];
	return NULL;
}

static void add_seen(struct state *s, int col, struct stamp at)
{
	for (int i = 0; i < s->seen_count; i++)
		if (s->seen[i].col == col && same(s->seen[i].at, at)) {
			s->seen[i].alive = true;
			return;
		}
	*state_push_seen(s) = (struct seen){ col, at, true, false };
}

/* True, and forgotten, when an operation that came earlier had seen this one. */
static bool was_superseded(struct state *s, int col, struct stamp at)
{
	struct seen *x = find_seen(s, col, at);

	if (x == NULL)
		return false;
	x->alive = false;
	return true;
}

static int place_of(const struct state *s, int col)
{
	return col >= 1 && col <= s->kind->count ? s->kind->places[col - 1] : -1;
}

static int mark_of(const struct state *s)
{
	return s->kind->numbers[0];
}

static struct stamp no_stamp(void)
{
	return (struct stamp){ 0, 0 };
}

static bool is_one(const struct value *v)
{
	return v->type == VALUE_INTEGER && v->number == 1;
}

/* Rules 2 and 3 of the mark. Real heads are told from counted ones by their own stamp, which rule 1 remembers. */
static void refresh_mark(struct state *s)
{
	int mark = mark_of(s), count = s->head_count;
	bool any = false, one = false, shown = true;

	for (int i = 0; i < count; i++) {
		struct head *h = &s->heads[i];

		if (!h->alive || h->col != mark)
			continue;
		if (find_seen(s, mark, h->at) == NULL)
			h->alive = false;
		else if (is_one(&h->value))
			one = true;
	}
	for (int i = 0; one && i < count; i++) {
		struct head h = s->heads[i];

		if (h.alive && h.col != mark && h.at.hlc != 0 && find_seen(s, mark, h.at) == NULL && find_head(s, mark, h.at) == NULL)
			add_head(s, mark, h.at, &zero);
	}
	for (int i = 0; i < s->head_count; i++)
		if (s->heads[i].alive && s->heads[i].col == mark) {
			any = true;
			shown = shown && is_one(&s->heads[i].value);
		}
	s->row[0] = zero;
	s->row[0].number = any && shown;
}

static void refresh_row(struct state *s)
{
	struct stamp best[TABLE_COLUMNS_MAX] = { { 0, 0 } };

	for (int i = 0; i < s->head_count; i++) {
		const struct head *h = &s->heads[i];
		int place = h->alive ? place_of(s, h->col) : -1;

		if (place > 0 && (best[place].hlc == 0 || stamp_compare(s->journal, h->at, best[place]) > 0)) {
			best[place] = h->at;
			s->row[place] = h->value;
		}
	}
	refresh_mark(s);
}

/* The inserts become heads of a field of their own, but for those that are seen and the built-in one, which everybody has seen. */
static void spell_out(struct state *s, int place, const struct stamp *seen, int seen_count)
{
	int count = s->head_count;

	for (int i = 0; i < count; i++) {
		struct head h = s->heads[i];

		if (h.alive && h.col == 0 && h.at.hlc != 0 && !among(h.at, seen, seen_count))
			add_head(s, s->kind->numbers[place], h.at, &s->row[place]);
	}
}

static void insert_field(struct state *s, int place, struct stamp at, const struct value *value, bool first)
{
	int col = s->kind->numbers[place];

	if (has_heads(s, col)) {
		if (!was_superseded(s, col, at))
			add_head(s, col, at, value);
	} else if (first) {
		s->row[place] = *value;
	} else if (!value_equal(value, &s->row[place])) {
		spell_out(s, place, NULL, 0);
		add_head(s, col, at, value);
	}
}

void state_insert(struct state *s, struct stamp at, const struct value *values, int count)
{
	struct head *builtin;
	bool first = !s->exists;

	for (int place = 1; place < s->kind->known->count; place++) {
		int col = s->kind->numbers[place];

		insert_field(s, place, at, col <= count ? &values[col - 1] : &nothing, first);
	}
	for (int i = 0; i < s->seen_count; i++)		/* arrived: of fields that a newer program knows, too */
		if (s->seen[i].col != mark_of(s) && same(s->seen[i].at, at))
			s->seen[i].alive = false;
	builtin = find_head(s, 0, no_stamp());
	if (builtin != NULL)
		builtin->alive = false;		/* the row has one origin, the greatest */
	s->exists = true;
	add_head(s, 0, at, &nothing);
	refresh_row(s);
}

/* Rule 1 of the mark. */
static void update_mark(struct state *s, struct stamp at, const struct change *c)
{
	bool superseded = find_seen(s, c->col, at) != NULL;

	for (int i = 0; i < c->seen_count; i++) {
		struct head *h = find_head(s, c->col, c->seen[i]);

		if (h != NULL)
			h->alive = false;
		add_seen(s, c->col, c->seen[i]);
	}
	add_seen(s, c->col, at);
	if (!superseded)
		add_head(s, c->col, at, &c->value);
}

static void update_field(struct state *s, struct stamp at, const struct change *c)
{
	int place = place_of(s, c->col);

	if (!has_heads(s, c->col) && place > 0)
		spell_out(s, place, c->seen, c->seen_count);
	for (int i = 0; i < c->seen_count; i++) {
		struct head *h = find_head(s, c->col, c->seen[i]);

		if (h != NULL)
			h->alive = false;
		if (c->seen[i].hlc > s->journal->devices[c->seen[i].dev].max_hlc)
			add_seen(s, c->col, c->seen[i]);
	}
	if (!was_superseded(s, c->col, at))
		add_head(s, c->col, at, &c->value);
}

void state_update(struct state *s, struct stamp at, const struct change *changes, int count)
{
	for (int i = 0; i < count; i++)
		if (changes[i].col == mark_of(s))
			update_mark(s, at, &changes[i]);
		else
			update_field(s, at, &changes[i]);
	refresh_row(s);
}

int state_heads(const struct state *s, int col, bool all, struct stamp *out, int max)
{
	bool own = !all && has_heads(s, col);
	int n = 0;

	for (int i = 0; i < s->head_count && n < max; i++) {
		const struct head *h = &s->heads[i];

		if (h->alive && h->at.hlc != 0 && (all || h->col == (own ? col : 0)) && !among(h->at, out, n))
			out[n++] = h->at;
	}
	return n;
}

int state_conflicts(const struct state *s)
{
	int conflicts = 0;

	if (!s->exists || is_one(&s->row[0]))
		return 0;
	for (int place = 0; place < s->kind->known->count; place++) {
		const struct value *first = NULL;

		if (s->kind->known->columns[place].flags & COLUMN_LATER_WINS)
			continue;
		for (int i = 0; i < s->head_count; i++) {
			const struct head *h = &s->heads[i];

			if (!h->alive || h->col != s->kind->numbers[place])
				continue;
			if (first == NULL)
				first = &h->value;
			else if (!value_equal(first, &h->value)) {
				conflicts++;
				break;
			}
		}
	}
	return conflicts;
}

static struct value builtin_value(const struct column *c, const char *text)
{
	if (c->kind == COLUMN_INTEGER)
		return (struct value){ VALUE_INTEGER, false, strtoll(text, NULL, 10), NULL, 0 };
	return (struct value){ VALUE_TEXT, false, 0, text, strlen(text) };
}

void state_forget(struct state *s)
{
	const struct schema_builtin *b = schema_builtin(s->kind->known->name, s->pk);

	s->exists = false;
	for (int i = 0; i < s->head_count; i++)
		s->heads[i].alive = false;
	for (int i = 0; i < s->seen_count; i++)
		s->seen[i].alive = false;
	for (int place = 0; place < s->kind->known->count; place++)
		s->row[place] = place == 0 ? zero : nothing;
	if (b == NULL)
		return;
	for (int place = 1; place < s->kind->known->count; place++)
		if (b->values[place] != NULL)
			s->row[place] = builtin_value(&s->kind->known->columns[place], b->values[place]);
	s->exists = true;
	add_head(s, 0, no_stamp(), &nothing);
}

static bool has_head_like(const struct state *s, const struct head *h)
{
	const struct head *other = find_head(s, h->col, h->at);

	return other != NULL && value_equal(&other->value, &h->value);
}

/* A stamp below the greatest that came of its device was remembered in vain: no honest operation bears it. */
static bool is_memory(const struct state *s, const struct seen *x)
{
	return x->alive && (x->col == mark_of(s) || x->at.hlc > s->journal->devices[x->at.dev].max_hlc);
}

const char *state_difference(const struct state *a, const struct state *b)
{
	int heads = 0, seen = 0;

	if (a->exists != b->exists)
		return "row";
	for (int place = 0; a->exists && place < a->kind->known->count; place++)
		if (!value_equal(&a->row[place], &b->row[place]))
			return a->kind->known->columns[place].name;
	for (int i = 0; i < a->head_count; i++)
		if (a->heads[i].alive && (heads++, !has_head_like(b, &a->heads[i])))
			return "heads";
	for (int i = 0; i < b->head_count; i++)
		heads -= b->heads[i].alive;
	for (int i = 0; i < a->seen_count; i++)
		if (is_memory(a, &a->seen[i]) && (seen++, find_seen(b, a->seen[i].col, a->seen[i].at) == NULL))
			return "seen";
	for (int i = 0; i < b->seen_count; i++)
		seen -= is_memory(b, &b->seen[i]);
	return heads != 0 ? "heads" : seen != 0 ? "seen" : NULL;
}
