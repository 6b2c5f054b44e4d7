/* What is new: what the journal has of other devices past the number that was seen of each. */
#include "records/agenda_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "records/label.h"
#include "store/author.h"
#include "store/dictionary.h"

enum {
	WALK = 1000,		/* operations, of all devices together … */
	WALK_DEVICE = 8		/* … but so many at least of each */
};

/* --- what was seen --- */

void agenda_seen_load(struct store *s, struct seen *seen)
{
	struct json j;
	const char *key;
	size_t len;
	int64_t seq;
	*seen = (struct seen){ .text = store_setting(s, "seen") };
	if (!seen->text)
		return;
	json_open(&j, seen->text, strlen(seen->text));
	if (json_enter(&j, JSON_OBJECT) == 0)
		while (json_read_key(&j, &key, &len) == 0 && len < sizeof seen->of->tag) {
			seen->of = mem_resize(seen->of, (size_t)seen->count + 1, sizeof *seen->of);
			memset(&seen->of[seen->count], 0, sizeof *seen->of);
			memcpy(seen->of[seen->count].tag, key, len);
			if (json_read_int(&j, &seq) != 0)
				break;
			seen->of[seen->count++].seq = seq;
		}
	json_close(&j);
}

void agenda_seen_release(struct seen *seen)
{
	free(seen->text);
	free(seen->of);
}

/* Asked in about the same order as it was written, so the search goes on from where it was. */
int64_t agenda_seen_of(struct seen *seen, const char *tag)
{
	for (int i = 0; i < seen->count; i++) {
		int at = (seen->next + i) % seen->count;
		if (strcmp(seen->of[at].tag, tag) == 0) {
			seen->next = at + 1;
			return seen->of[at].seq;
		}
	}
	return 0;
}

int agenda_seen(struct store *s, struct err *e)
{
	struct buf out = BUF_INIT;
	char *old = store_setting(s, "seen");
	sqlite3_stmt *st = store_prepare(s, "SELECT tag, max_seq FROM device WHERE no > 1 AND max_seq > 0 ORDER BY no", e);
	int rc = -1;
	buf_addc(&out, '{');
	while (st && (rc = store_step(s, st, e)) == 1) {
		json_key(&out, store_text(st, 0));
		json_int(&out, sqlite3_column_int64(st, 1));
	}
	buf_addc(&out, '}');
	if (rc == 0)
		sqlite3_reset(st);
	if (rc == 0 && (!old || strcmp(old, out.data) != 0))
		rc = store_set_setting(s, "seen", out.data, e);
	free(old);
	buf_release(&out);
	return rc;
}

/* --- what came since --- */

struct piece {
	const struct record_type *type;
	char id[RECORD_ID_SIZE];
	uint64_t hlc;
	int dev;
	bool created;
};

struct news {
	struct store *s;
	struct { int dev; int64_t seen; } *device;	/* with something new */
	struct piece *piece;
	int devices, count, cap;
};

static int find_devices(struct news *n, struct seen *seen, struct err *e)
{
	sqlite3_stmt *st = store_prepare(n->s, "SELECT no, tag, max_seq FROM device WHERE no > 1 AND max_seq > 0 ORDER BY no", e);
	int rc = -1;
	while (st && (rc = store_step(n->s, st, e)) == 1) {
		int64_t known = agenda_seen_of(seen, store_text(st, 1));
		if (sqlite3_column_int64(st, 2) <= known)
			continue;
		n->device = mem_resize(n->device, (size_t)n->devices + 1, sizeof *n->device);
		n->device[n->devices].dev = sqlite3_column_int(st, 0);
		n->device[n->devices++].seen = known;
	}
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

/* What is a line of another record, whose id is the first part of its own: a mark of its sheet, a judge of the call, and of an application a score, of which
 * no more is told than that. NULL: it stands for itself. */
static const struct record_type *part_of(const struct record_type *type)
{
	return type == &attendance_type ? &seminar_type : type == &judge_type ? &call_type : type == &score_type ? &application_type : NULL;
}

/* The record that a person knows an operation by; false where this program does not know its table. */
static bool name_piece(struct news *n, int tbl, const char *pk, struct piece *p)
{
	const char *table = dictionary_table_name(store_journal(n->s), tbl);
	p->type = table ? label_type(table) : NULL;
	/* The hub's question about many deletions has a line of its own at those who decide; of an erasure the person's card tells. Neither has a card. */
	if (!p->type || p->type == &deletion_hold_type || p->type == &erasure_type)
		return false;
	const struct record_type *whole = part_of(p->type);
	if (!whole) {
		snprintf(p->id, sizeof p->id, "%s", label_record(table, pk));
		p->created = p->created && strcmp(p->type->table, table) == 0;
		return true;
	}
	p->type = whole;
	p->created = false;
	snprintf(p->id, sizeof p->id, "%.*s", (int)strcspn(pk, "/"), pk);
	return true;
}

static int read_device(struct news *n, int dev, int64_t seen, int most, struct err *e)
{
	sqlite3_stmt *st = store_prepare(n->s, "SELECT hlc, tbl, kind, pk FROM oplog WHERE dev = ?1 AND seq > ?2 ORDER BY seq DESC LIMIT ?3", e);
	int rc;
	if (!st)
		return -1;
	sqlite3_bind_int(st, 1, dev);
	sqlite3_bind_int64(st, 2, seen);
	sqlite3_bind_int(st, 3, most);
	while ((rc = store_step(n->s, st, e)) == 1) {
		struct piece p = { .hlc = (uint64_t)sqlite3_column_int64(st, 0), .dev = dev, .created = sqlite3_column_int(st, 2) == OPERATION_INSERT };
		if (!name_piece(n, sqlite3_column_int(st, 1), store_text(st, 3), &p))
			continue;
		if (n->count == n->cap)
			n->piece = mem_resize(n->piece, (size_t)(n->cap = n->cap ? 2 * n->cap : 256), sizeof *n->piece);
		n->piece[n->count++] = p;
	}
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

static int by_stamp(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	return x->hlc != y->hlc ? (x->hlc > y->hlc ? -1 : 1) : y->dev - x->dev;
}

static int by_record(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	int order = x->type == y->type ? strcmp(x->id, y->id) : strcmp(x->type->name, y->type->name);
	return order ? order : by_stamp(a, b);
}

/* Each record once, with its last change. */
static void join(struct news *n)
{
	int kept = 0;
	if (n->count > 1)
		qsort(n->piece, (size_t)n->count, sizeof *n->piece, by_record);
	for (int i = 0; i < n->count; i++) {
		struct piece *last = kept > 0 ? &n->piece[kept - 1] : NULL;
		if (last && last->type == n->piece[i].type && strcmp(last->id, n->piece[i].id) == 0)
			last->created = last->created || n->piece[i].created;
		else
			n->piece[kept++] = n->piece[i];
	}
	n->count = kept;
	if (n->count > 1)
		qsort(n->piece, (size_t)n->count, sizeof *n->piece, by_stamp);
}

static bool is_removed(struct store *s, const struct piece *p)
{
	struct record r;
	if (record_load(s, &r, p->type, p->id, NULL) != 0)
		return true;
	record_release(&r);
	return false;
}

static int tell(struct news *n, int most, agenda_news_fn each, void *context, struct err *e)
{
	struct authors *authors = authors_new(store_journal(n->s));
	struct buf name = BUF_INIT;
	int rc = 0;
	for (int i = 0; i < n->count && i < most && rc == 0; i++) {
		const struct piece *p = &n->piece[i];
		struct author author;
		buf_reset(&name);
		record_name(n->s, p->type, p->id, &name);
		rc = authors_get(authors, p->dev, &author, e);
		if (rc == 0)
			rc = each(context, &(struct agenda_news){ p->type, p->id, name.data, p->created, is_removed(n->s, p), clock_ms(p->hlc),
			    author.person }, e);
	}
	authors_free(authors);
	buf_release(&name);
	return rc;
}

int agenda_news(struct store *s, int most, agenda_news_fn each, void *context, int64_t *total, struct err *e)
{
	struct news n = { .s = s };
	struct seen seen;
	int rc = 0;
	*total = 0;
	agenda_seen_load(s, &seen);
	if (seen.text)
		rc = find_devices(&n, &seen, e);
	agenda_seen_release(&seen);
	int share = n.devices > 0 && WALK / n.devices > WALK_DEVICE ? WALK / n.devices : WALK_DEVICE;
	for (int i = 0; i < n.devices && rc == 0; i++)
		rc = read_device(&n, n.device[i].dev, n.device[i].seen, share, e);
	join(&n);
	if (rc == 0)
		rc = tell(&n, most, each, context, e);
	*total = n.count;
	free(n.device);
	free(n.piece);
	return rc;
}
