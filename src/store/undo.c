/* The log of what can be undone. An entry of a group:
 *
 *     table (place in tables[])  flags  length of pk  pk  changes { place | SETTLED  value before  value after }…
 *     value    its type; of an integer 8 bytes; of a text its length in 4 bytes and the text
 *
 * An insert has no changes of its own: what it undoes to is the mark. What a savepoint or a statement rolls back falls off with the journal's counters. */
#include "store/undo_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

enum { FLAG_INSERT = 1, FLAG_FORGOTTEN = 2, PLACE_SETTLED = 0x80, TABLE_AT = 0, FLAGS_AT = 1, PK_LENGTH_AT = 2, COUNT_AT = 3, PK_AT = 4 };

void undo_start(struct journal *j)
{
	if (j->undo != NULL)
		return;
	j->undo = mem_zero(1, sizeof *j->undo);
	buf_init(&j->undo->pending);
}

/* --- keeping --- */

/* The transaction's bytes; NULL when nothing is to be kept of it. */
static struct buf *pending(struct journal *j)
{
	struct undo_log *log = j->undo;

	if (log == NULL || j->now.undo_moving != 0)
		return NULL;
	j->now.undo_entries++;
	if (j->now.undo_lost)
		return NULL;
	if (j->now.undo_kept > UNDO_BYTES) {
		j->now.undo_lost = true;
		return NULL;
	}
	buf_cut(&log->pending, j->now.undo_kept);
	return &log->pending;
}

static void kept(struct journal *j)
{
	j->now.undo_kept = j->undo->pending.len;
}

static void add_head(struct buf *b, const struct kind *k, unsigned flags, const char *pk, size_t pk_len, int count)
{
	buf_addc(b, (char)k->place);
	buf_addc(b, (char)flags);
	buf_addc(b, (char)pk_len);
	buf_addc(b, (char)count);
	buf_add(b, pk, pk_len);
}

static void add_value(struct buf *b, const struct value *v)
{
	uint32_t len = (uint32_t)v->len;

	buf_addc(b, (char)v->type);
	if (v->type == VALUE_INTEGER) {
		buf_add(b, &v->number, sizeof v->number);
	} else if (v->type == VALUE_TEXT) {
		buf_add(b, &len, sizeof len);
		buf_add(b, v->text, v->len);
	}
}

void undo_keep_insert(struct journal *j, const struct kind *k, const char *pk, size_t pk_len)
{
	struct buf *b = pending(j);

	if (b == NULL)
		return;
	add_head(b, k, FLAG_INSERT, pk, pk_len, 0);
	kept(j);
}

/* The field has heads that differ, which this edit supersedes. */
static bool settles(const struct state *s, int place)
{
	const struct value *first = NULL;

	if ((s->kind->known->columns[place].flags & COLUMN_LATER_WINS) != 0)
		return false;
	for (int i = 0; i < s->head_count; i++) {
		const struct head *h = &s->heads[i];

		if (!h->alive || h->col != s->kind->numbers[place])
			continue;
		if (first != NULL && !value_equal(first, &h->value))
			return true;
		first = &h->value;
	}
	return false;
}

void undo_keep_update(struct journal *j, const struct state *s, const int *places, int count, const struct value *new)
{
	struct buf *b = pending(j);

	if (b == NULL)
		return;
	add_head(b, s->kind, 0, s->pk, s->pk_len, count);
	for (int i = 0; i < count; i++) {
		buf_addc(b, (char)(places[i] | (settles(s, places[i]) ? PLACE_SETTLED : 0)));
		add_value(b, &s->row[places[i]]);
		add_value(b, &new[places[i]]);
	}
	kept(j);
}

/* --- groups --- */

static void group_free(struct undo_log *log, struct undo_group *g)
{
	log->bytes -= g->data.len;
	if (g->data.len > 0)
		memset(g->data.data, 0, g->data.len);
	buf_release(&g->data);
	free(g->reason);
	free(g);
}

static void list_add(struct undo_list *l, struct undo_group *g)
{
	l->group = mem_resize(l->group, (size_t)l->count + 1, sizeof(struct undo_group *));
	l->group[l->count++] = g;
}

static struct undo_group *list_take(struct undo_list *l, int i)
{
	struct undo_group *g = l->group[i];

	memmove(l->group + i, l->group + i + 1, (size_t)(--l->count - i) * sizeof(struct undo_group *));
	return g;
}

static void list_clear(struct undo_log *log, enum undo_way way)
{
	struct undo_list *l = &log->list[way];

	while (l->count > 0)
		group_free(log, list_take(l, l->count - 1));
	free(l->group);
	l->group = NULL;
}

static int list_find(const struct undo_list *l, uint64_t id)
{
	for (int i = 0; i < l->count; i++)
		if (l->group[i]->id == id)
			return i;
	return -1;
}

void undo_join(struct journal *j, uint64_t first)
{
	struct undo_list *l = &j->undo->list[UNDO_BACK];
	int i = list_find(l, first);

	while (i >= 0 && i + 1 < l->count) {
		struct undo_group *into = l->group[i], *g = list_take(l, i + 1);

		into->whole = into->whole && g->whole;
		into->entries += g->entries;
		buf_add(&into->data, g->data.data, g->data.len);
		j->undo->bytes += g->data.len;
		group_free(j->undo, g);
	}
}

static void forget_oldest(struct undo_log *log)
{
	struct undo_list *l = &log->list[UNDO_BACK];

	while (l->count > 1 && (log->bytes > UNDO_BYTES || l->count > UNDO_GROUPS))
		group_free(log, list_take(l, 0));
}

static void add_group(struct journal *j)
{
	struct undo_log *log = j->undo;
	struct undo_group *g = mem_zero(1, sizeof *g);

	g->id = ++log->last_id;
	g->ms = clock_wall_ms();
	g->entries = j->now.undo_entries;
	g->whole = !j->now.undo_lost;
	buf_init(&g->data);
	if (g->whole)
		buf_add(&g->data, log->pending.data, j->now.undo_kept);
	log->bytes += g->data.len;
	buf_release(&log->pending);
	list_clear(log, UNDO_AGAIN);
	list_add(&log->list[UNDO_BACK], g);
	forget_oldest(log);
}

static void move(struct undo_log *log, uint64_t id)
{
	for (int way = UNDO_BACK; way <= UNDO_AGAIN; way++) {
		int i = list_find(&log->list[way], id);
		struct undo_group *g;

		if (i < 0)
			continue;
		g = list_take(&log->list[way], i);
		free(g->reason);
		g->reason = NULL;
		list_add(&log->list[way == UNDO_BACK ? UNDO_AGAIN : UNDO_BACK], g);
		return;
	}
}

void undo_committed(struct journal *j)
{
	if (j->undo == NULL)
		return;
	if (j->now.undo_moving != 0)
		move(j->undo, j->now.undo_moving);
	else if (j->now.undo_entries > 0)
		add_group(j);
	j->now.undo_kept = 0;
	j->now.undo_entries = 0;
	j->now.undo_lost = false;
	j->now.undo_moving = 0;
}

void undo_forget_all(struct journal *j)
{
	if (j->undo == NULL)
		return;
	list_clear(j->undo, UNDO_BACK);
	list_clear(j->undo, UNDO_AGAIN);
}

void undo_release(struct journal *j)
{
	undo_forget_all(j);
	if (j->undo != NULL)
		buf_release(&j->undo->pending);
	free(j->undo);
	j->undo = NULL;
}

/* --- reading --- */

static size_t read_value(const char *p, struct value *v)
{
	uint32_t len;

	memset(v, 0, sizeof *v);
	v->type = (enum value_type)*p;
	if (v->type == VALUE_INTEGER) {
		memcpy(&v->number, p + 1, sizeof v->number);
		return 1 + sizeof v->number;
	}
	if (v->type != VALUE_TEXT)
		return 1;
	memcpy(&len, p + 1, sizeof len);
	v->text = p + 1 + sizeof len;
	v->len = len;
	return 1 + sizeof len + len;
}

int undo_read(const struct undo_group *g, size_t *at, struct undo_entry *out)
{
	const char *p = g->data.data + *at;
	const struct table *t;
	unsigned flags;
	size_t pk_len;

	if (*at >= g->data.len)
		return -1;
	t = tables[(unsigned char)p[TABLE_AT]];
	flags = (unsigned char)p[FLAGS_AT];
	pk_len = (unsigned char)p[PK_LENGTH_AT];
	out->table = t->name;
	out->count = (unsigned char)p[COUNT_AT];
	out->insert = (flags & FLAG_INSERT) != 0;
	out->forgotten = (flags & FLAG_FORGOTTEN) != 0;
	memcpy(out->pk, p + PK_AT, pk_len);
	out->pk[pk_len] = '\0';
	p += PK_AT + pk_len;
	for (int i = 0; i < out->count; i++) {
		unsigned place = (unsigned char)*p++;

		out->change[i].column = &t->columns[place & ~(unsigned)PLACE_SETTLED];
		out->change[i].settled = (place & PLACE_SETTLED) != 0;
		p += read_value(p, &out->change[i].before);
		p += read_value(p, &out->change[i].after);
	}
	*at = (size_t)(p - g->data.data);
	if (!out->insert)
		return 0;
	out->change[0] = (struct undo_change){ .column = &t->columns[0], .before = { .type = VALUE_INTEGER, .number = 1 }, .after = { .type = VALUE_INTEGER } };
	out->count = 1;
	return 0;
}

int undo_each(const struct undo_group *g, undo_fn each, void *context, struct err *e)
{
	struct undo_entry entry;

	for (size_t at = 0; undo_read(g, &at, &entry) == 0;)
		if (each(context, &entry, e) != 0)
			return -1;
	return 0;
}

static void wipe(const struct value *v)
{
	if (v->type == VALUE_TEXT)
		memset((char *)v->text, ' ', v->len);
}

static void forget_in(struct undo_group *g, const char *table, const char *pk, size_t pk_len)
{
	struct undo_entry entry;

	for (size_t at = 0, from = 0; undo_read(g, &at, &entry) == 0; from = at) {
		if (strcmp(entry.table, table) != 0 || strlen(entry.pk) != pk_len || memcmp(entry.pk, pk, pk_len) != 0)
			continue;
		g->data.data[from + FLAGS_AT] = (char)(g->data.data[from + FLAGS_AT] | FLAG_FORGOTTEN);
		for (int i = 0; i < entry.count; i++) {
			wipe(&entry.change[i].before);
			wipe(&entry.change[i].after);
		}
	}
}

void undo_forget_record(struct journal *j, const char *table, const char *pk, size_t pk_len)
{
	for (int way = UNDO_BACK; j->undo != NULL && way <= UNDO_AGAIN; way++)
		for (int i = 0; i < j->undo->list[way].count; i++)
			forget_in(j->undo->list[way].group[i], table, pk, pk_len);
}

int undo_count(const struct journal *j, enum undo_way way)
{
	return j->undo != NULL ? j->undo->list[way].count : 0;
}

const struct undo_group *undo_group(const struct journal *j, enum undo_way way, int nth)
{
	int count = undo_count(j, way);

	return nth >= 0 && nth < count ? j->undo->list[way].group[count - 1 - nth] : NULL;
}

static struct undo_group *find(const struct journal *j, uint64_t id, enum undo_way *way)
{
	for (int w = UNDO_BACK; j->undo != NULL && w <= UNDO_AGAIN; w++) {
		int i = list_find(&j->undo->list[w], id);

		if (i < 0)
			continue;
		*way = (enum undo_way)w;
		return j->undo->list[w].group[i];
	}
	return NULL;
}

const struct undo_group *undo_find(const struct journal *j, uint64_t id, enum undo_way *way)
{
	return find(j, id, way);
}

uint64_t undo_id(const struct undo_group *g)
{
	return g->id;
}

int64_t undo_ms(const struct undo_group *g)
{
	return g->ms;
}

int64_t undo_size(const struct undo_group *g)
{
	return g->entries;
}

bool undo_whole(const struct undo_group *g)
{
	return g->whole;
}

const char *undo_reason(const struct undo_group *g)
{
	return g->reason != NULL ? g->reason : "";
}

void undo_set_reason(struct journal *j, uint64_t id, const char *reason)
{
	enum undo_way way;
	struct undo_group *g = find(j, id, &way);

	if (g == NULL)
		return;
	free(g->reason);
	g->reason = *reason != '\0' ? mem_dup(reason) : NULL;
}
