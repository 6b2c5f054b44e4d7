/* What a device does with the hub's bundle: whatever the hub signed is taken; what left the scope goes once
 * nothing own of it is under way. */
#include "sync/apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "store/body.h"
#include "store/journal_clock.h"
#include "store/erase.h"
#include "store/merge.h"
#include "sync/anew.h"
#include "sync/closing.h"
#include "sync/evict.h"
#include "sync/receipts.h"
#include "sync/reenter.h"
#include "sync/replicas.h"
#include "sync/restored.h"
#include "sync/twin.h"
#include "sync/upload.h"

static int begin(struct apply *a, struct err *e)
{
	if (a->restored && restored_begin(a, e) != 0)
		return -1;
	/* After a new welcome the feed begins where the hub knows that it was read; so it may repeat, but never
	 * leave out. */
	if (a->head.first_op > a->peer->in_op + 1)
		return apply_wrong(e, _("a part of the feed is missing before it"));
	a->stale = a->head.ack_seq > a->peer->out_seq || a->head.ack_pos > a->peer->out_op;
	if (a->stale)
		return err_set(e, ERR_DAMAGED,
		    _("the hub knows of bundles that this store never wrote: the store is an older copy, and has to join anew"));
	return twin_feed_begins(a, e);
}

static int run(struct apply *a, struct err *e)
{
	a->dev = journal_device(a->j, a->tag, e);
	return a->dev < 0 ? -1 : reenter_begin(a, e);
}

/* The hub wants to know that it was heard, also from a device that has nothing to say. */
static int erase(struct apply *a, const struct operation *op, struct err *e)
{
	if (apply_erase(a, op, e) != 0)
		return -1;
	return op->dev == 1 ? 0 : store_set_setting(a->s, SETTING_ACKNOWLEDGE, "1", e);
}

static int operation(struct apply *a, const struct operation *op, struct err *e)
{
	enum merge_result result;

	a->stale = op->dev == 1 && op->seq > a->peer->out_op;
	if (a->stale)
		return err_set(e, ERR_DAMAGED,
		    _("the hub has changes of this store that it never sent: the store is an older copy, and has to join anew"));
	if (op->hlc > a->newest)
		a->newest = op->hlc;
	a->accepted++;
	if (op->kind == OPERATION_ERASE)
		return erase(a, op, e);
	if (merge_operation(a->j, op, &result, e) != 0)
		return -1;
	return result == MERGE_KNOWN && op->dev == 1 ? receipt_arrived(a, op, e) : 0;
}

/* A span as text: 0, or -1 when it is missing, no string, or longer than size - 1. */
static int text_of(struct json_span v, char *out, size_t size)
{
	struct buf text = BUF_INIT;
	int result = -1;

	if (v.p != NULL && json_span_string(v, &text) == 0 && text.len < size && memchr(text.data, '\0',
	    text.len) == NULL) {
		memcpy(out, text.data, text.len + 1);
		result = 0;
	}
	buf_release(&text);
	return result;
}

static int wrong_record(struct err *e)
{
	return apply_wrong(e, _("a record has a field wrong"));
}

static int run_three(struct apply *a, const char *sql, const char *one, const char *two, const char *three,
    struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, sql, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, one);
	store_bind_text(st, 2, two);
	store_bind_text(st, 3, three);
	return store_run(a->s, st, e);
}

/* {"rec":"device","tag":"…","person":"…","name":"…"} */
static int take_device(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "tag", "person", "name", NULL };
	struct json_span v[4];
	char tag[DEVICE_TAG_SIZE], person[RECORD_ID_SIZE], name[2048];
	int erased;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (text_of(v[1], tag, sizeof tag) != 0 || !body_tag_valid(tag, strlen(tag)) || text_of(v[2], person,
	    sizeof person) != 0 ||
	    text_of(v[3], name, sizeof name) != 0)
		return wrong_record(e);
	if (journal_device(a->j, tag, e) < 0)
		return -1;
	erased = *person != '\0' ? journal_erased(a->j, "person", person, e) : 0;
	if (erased < 0)
		return -1;
	if (erased == 1)
		*name = '\0';
	return run_three(a, "UPDATE device SET person = ?2, person_name = ?3 WHERE tag = ?1", tag, person, name,
	    e);
}

/* {"rec":"name","table":"person","id":"…","name":"…"} */
static int take_name(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "table", "id", "name", NULL };
	struct json_span v[4];
	char table[64], id[RECORD_ID_SIZE], name[2048];
	int erased;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (text_of(v[1], table, sizeof table) != 0 || table_find(table) == NULL || text_of(v[2], id,
	    sizeof id) != 0 ||
	    !body_id_valid(id, strlen(id)) || text_of(v[3], name, sizeof name) != 0)
		return wrong_record(e);
	erased = journal_erased(a->j, table, id, e);	/* from a bundle that was written before */
	if (erased != 0)
		return erased < 0 ? -1 : 0;
	return run_three(a, "INSERT OR REPLACE INTO known_name(tbl, id, name) VALUES(?1, ?2, ?3)", table, id,
	    name, e);
}

/* {"rec":"enter"|"leave","table":"person","id":"…"}: 0 and the record, or -1. */
static int read_place(struct apply *a, const char *line, size_t len, int *tbl, char id[RECORD_ID_SIZE],
    struct err *e)
{
	static const char *const keys[] = { "rec", "table", "id", NULL };
	struct json_span v[3];
	char table[64];

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (text_of(v[1], table, sizeof table) != 0 || text_of(v[2], id, RECORD_ID_SIZE) != 0 ||
	    !body_id_valid(id, strlen(id)))
		return wrong_record(e);
	*tbl = dictionary_table(a->j, table);
	return *tbl > 0 ? 0 : wrong_record(e);
}

static int take_place(struct apply *a, const char *line, size_t len, bool leaves, struct err *e)
{
	char id[RECORD_ID_SIZE];
	int tbl = 0;

	if (read_place(a, line, len, &tbl, id, e) != 0)
		return -1;
	if (leaves)
		return evict_later(a->s, tbl, id, e);
	return evict_not(a->s, tbl, id, e) != 0 ? -1 : reenter_note(a, tbl, id, e);
}

static int set_settings(struct apply *a, const char *role, const char *municipality, const char *person,
    struct err *e)
{
	snprintf(a->peer->role, sizeof a->peer->role, "%s", role);
	snprintf(a->peer->municipality, sizeof a->peer->municipality, "%s", municipality);
	snprintf(a->peer->person, sizeof a->peer->person, "%s", person);
	return store_set_setting(a->s, "role", role, e) != 0 || store_set_setting(a->s, "municipality",
	    *municipality ? municipality : NULL, e) != 0 ||
	    store_set_setting(a->s, "person", *person ? person : NULL, e) != 0 ? -1 : 0;
}

/* {"rec":"roster","version":4,"role":"consultant","municipality":"80618000","person":"…","state":"active"} */
static int take_roster(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "version", "role", "municipality", "person", "state", NULL };
	struct json_span v[6];
	char role[16], municipality[16], person[RECORD_ID_SIZE], state[16];
	int64_t version;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[1].p == NULL || json_span_int(v[1], &version) != 0 || text_of(v[2], role, sizeof role) != 0 ||
	    text_of(v[3], municipality, sizeof municipality) != 0 || text_of(v[4], person,
	    sizeof person) != 0 ||
	    text_of(v[5], state, sizeof state) != 0)
		return wrong_record(e);
	if (version < a->peer->roster)
		return apply_wrong(e, _("its roster is older than the one that is known"));
	if (version == a->peer->roster)
		return 0;
	a->peer->roster = version;
	if (closing_entry(a, role, municipality, person, state, e) != 0)
		return -1;
	return set_settings(a, role, municipality, person, e);
}

static int record(struct apply *a, const char *rec, const char *line, size_t len, struct err *e)
{
	int result;

	if (strcmp(rec, "chain") == 0)
		result = twin_take_chain(a, line, len, e);
	else if (strcmp(rec, "receipt") == 0)
		result = receipt_take(a, line, len, e);
	else if (strcmp(rec, "anew") == 0)
		result = anew_take(a, line, len, e);
	else if (strcmp(rec, "restored") == 0)
		result = restored_take(a, line, len, e);
	else if (strcmp(rec, "refusal") == 0)
		result = refusal_take(a, line, len, e);
	else if (strcmp(rec, "replica") == 0)
		result = replica_take(a, line, len, e);
	else if (strcmp(rec, "device") == 0)
		result = take_device(a, line, len, e);
	else if (strcmp(rec, "name") == 0)
		result = take_name(a, line, len, e);
	else if (strcmp(rec, "enter") == 0 || strcmp(rec, "leave") == 0)
		result = take_place(a, line, len, rec[0] == 'l', e);
	else if (strcmp(rec, "roster") == 0)
		result = take_roster(a, line, len, e);
	else
		return 0;
	return result != 0 ? -1 : 1;
}

/* Own operations from the next one on are made while this position is held. */
static int hold_position(struct apply *a, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, "INSERT OR REPLACE INTO position(seq, pos) VALUES(?1, ?2)", e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, journal_last_seq(a->j) + 1);
	sqlite3_bind_int64(st, 2, a->peer->in_op);
	return store_run(a->s, st, e);
}

/* The hub's time, when it wrote this. */
static int hear_time(struct apply *a, struct err *e)
{
	int64_t ms;

	return date_read_utc(a->meta->created, &ms) ? journal_clock_heard(a->j, ms, e) : 0;
}

static int end(struct apply *a, struct err *e)
{
	if (hear_time(a, e) != 0)
		return -1;
	if ((a->taken_back && journal_rebuild_wanted(a->j, e) != 0) || reenter_end(a, e) != 0)
		return -1;
	if (a->head.last_op > a->peer->in_op) {
		a->peer->in_op = a->head.last_op;
		if (hold_position(a, e) != 0)
			return -1;
	}
	return evict_ready(a->s, a->peer->done_op, e);
}

const struct apply_side apply_device = { .begin = begin, .record = record, .run = run, .operation = operation,
    .end = end };
