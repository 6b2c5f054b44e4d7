#include "sync/apply.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "records/forget.h"
#include "store/body.h"
#include "store/merge.h"
#include "store/provenance.h"
#include "sync/parked.h"

#define ANEW "{\"rec\":\"anew\","

int apply_wrong(struct err *e, const char *what)
{
	return err_set(e, ERR_DAMAGED, _("the bundle's contents are not well-formed: %s"), what);
}

void apply_init(struct apply *a, struct store *s, const struct apply_side *side, struct peer *p,
    const struct metadata *m, const char *hash)
{
	*a = (struct apply){ .s = s, .j = store_journal(s), .side = side, .peer = p, .meta = m, .hash = hash, .scratch = BUF_INIT };
}

void apply_release(struct apply *a)
{
	if (a->side->release != NULL)
		a->side->release(a);
	journal_set_bundle(a->j, 0);
	dictionary_map_free(a->map);
	buf_release(&a->scratch);
}

int apply_keys(const char *line, size_t len, const char *const *keys, struct json_span *values, struct err *e)
{
	struct json j;
	bool good;

	json_open(&j, line, len);
	good = json_object(&j, keys, values, false) == 0 && json_finish(&j) == 0;
	json_close(&j);
	return good ? 0 : apply_wrong(e, _("a record has a field missing, twice or unknown"));
}

static int begin(struct apply *a, const char *line, size_t len, struct err *e)
{
	if (bundle_head_read(&a->head, line, len, a->meta, e) != 0)
		return -1;
	a->map = dictionary_map_read(a->j, a->head.tables, a->head.tables_len, e);
	a->head.tables = NULL;
	if (a->map == NULL)
		return -1;
	a->begun = true;
	a->no = provenance_next(a->j, e);
	if (a->no < 0)
		return -1;
	journal_set_bundle(a->j, a->no);
	if (a->head.ops >= MERGE_MANY) {
		if (merge_begin(a->j, e) != 0)
			return -1;
		merge_expect(a->j, a->head.ops);
	}
	return a->side->begin(a, e);
}

static bool is_person(struct apply *a, const struct operation *op)
{
	const struct table *t = dictionary_known(a->j, op->tbl);

	return t != NULL && strcmp(t->name, "person") == 0 && op->pk_len < RECORD_ID_SIZE;
}

int apply_erase(struct apply *a, const struct operation *op, struct err *e)
{
	enum merge_result result;
	char person[RECORD_ID_SIZE] = "";
	struct forget f;

	if (!is_person(a, op))
		return merge_operation(a->j, op, &result, e);
	memcpy(person, op->pk, op->pk_len);
	if (forget_begin(a->s, person, &f, e) != 0)
		return -1;
	if (merge_operation(a->j, op, &result, e) == 0)
		return forget_end(a->s, &f, e);
	forget_drop(&f);
	return -1;
}

/* A stamp is written as a string of digits: it needs 57 bits, and programs that read JSON numbers as floating
 * point keep 53. */
static bool read_stamp(struct json_span v, uint64_t *hlc)
{
	uint64_t n = 0;

	if (v.p == NULL || v.len < 3 || v.len > 21 || v.p[0] != '"' || v.p[1] == '0')
		return false;
	for (size_t i = 1; i + 1 < v.len; i++) {
		if (v.p[i] < '0' || v.p[i] > '9' || n > (INT64_MAX - 9) / 10)
			return false;
		n = n * 10 + (uint64_t)(v.p[i] - '0');
	}
	*hlc = n;
	return true;
}

/* {"rec":"ops","dev":"k3x9q2mv","seq":101,"hlc":"…","pos":2034} */
static int begin_run(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "dev", "seq", "hlc", "pos", NULL };
	struct json_span v[5];

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[1].p == NULL || v[1].len != DEVICE_TAG_SIZE + 1 || !body_tag_valid(v[1].p + 1,
	    DEVICE_TAG_SIZE - 1) ||
	    v[2].p == NULL || json_span_int(v[2], &a->seq) != 0 || a->seq < 1 || a->seq >= NUMBER_END ||
	    !read_stamp(v[3], &a->hlc) ||
	    v[4].p == NULL || json_span_int(v[4], &a->pos) != 0 || a->pos < 0)
		return apply_wrong(e, _("a record of operations has a field wrong"));
	memcpy(a->tag, v[1].p + 1, DEVICE_TAG_SIZE - 1);
	a->tag[DEVICE_TAG_SIZE - 1] = '\0';
	a->running = true;
	return a->side->run(a, e);
}

/* Operations count towards the number that was declared while they stream, not after. */
static int take_operation(struct apply *a, const char *line, size_t len, struct err *e)
{
	struct operation op = { 0 };
	int64_t dhlc;

	if (!a->running)
		return apply_wrong(e, _("an operation stands outside of a record of operations"));
	if (a->ops == a->head.ops)
		return apply_wrong(e, _("there are more operations than the first record says"));
	if (dictionary_translate(a->map, line, len, &op, &dhlc, &a->scratch, e) != 0)
		return -1;
	if ((dhlc < 0 && (uint64_t)-dhlc >= a->hlc) || (dhlc > 0 &&
	    (uint64_t)dhlc > (uint64_t)INT64_MAX - a->hlc))
		return apply_wrong(e, _("an operation's stamp is out of range"));
	a->hlc += (uint64_t)dhlc;
	op.dev = a->dev;
	op.seq = a->seq++;
	op.hlc = a->hlc;
	a->ops++;
	if (a->seen != NULL)
		++*a->seen;
	return a->side->operation(a, &op, e);
}

static int end(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "ops", NULL };
	struct json_span v[2];
	int64_t ops;

	if (apply_keys(line, len, keys, v, e) != 0)
		return -1;
	if (v[1].p == NULL || json_span_int(v[1], &ops) != 0 || ops != a->ops || ops != a->head.ops)
		return apply_wrong(e, _("the number of operations differs from what its records say"));
	a->ended = true;
	return merge_end(a->j, e) != 0 ? -1 : a->side->end(a, e);
}

static bool is_true(struct json_span v)
{
	return v.p != NULL && v.len == 4 && memcmp(v.p, "true", 4) == 0;
}

static int take_record(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "optional", NULL };
	struct json_span v[2];
	struct json j;
	char rec[16] = "";
	bool good;
	int known;

	json_open(&j, line, len);
	good = json_object(&j, keys, v, true) == 0 && json_finish(&j) == 0;
	json_close(&j);
	if (!good || v[0].p == NULL || v[0].len < 3 || v[0].p[0] != '"' || (v[1].p != NULL && !is_true(v[1])))
		return apply_wrong(e, _("a line is no record"));
	if (v[0].len - 2 < sizeof rec)
		memcpy(rec, v[0].p + 1, v[0].len - 2);
	a->running = false;
	if (strcmp(rec, "ops") == 0)
		return begin_run(a, line, len, e);
	if (strcmp(rec, "end") == 0)
		return end(a, line, len, e);
	known = a->side->record(a, rec, line, len, e);
	if (known == 0 && !is_true(v[1]))
		return apply_wrong(e, _("a record is of a kind that this program does not know"));
	return known < 0 ? -1 : 0;
}

int apply_line(void *context, const char *line, size_t len, struct err *e)
{
	struct apply *a = context;

	if (!a->begun)
		return begin(a, line, len, e);
	if (a->ended)
		return apply_wrong(e, _("something follows the end"));
	if (a->ahead && (len < strlen(ANEW) || memcmp(line, ANEW, strlen(ANEW)) != 0))
		return apply_wrong(e, _("bundles before it are missing"));
	if (len > 0 && line[0] == '[')
		return take_operation(a, line, len, e);
	return take_record(a, line, len, e);
}

static int remember_hash(struct apply *a, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s,
	    "INSERT INTO bundle_in(peer, epoch, seq, hash, no, block, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, a->peer->pub.id);
	sqlite3_bind_int64(st, 2, a->peer->epoch);
	sqlite3_bind_int64(st, 3, a->meta->seq);
	store_bind_text(st, 4, a->hash);
	sqlite3_bind_int64(st, 5, a->no);
	sqlite3_bind_text(st, 6, a->block, (int)a->block_len, SQLITE_STATIC);
	sqlite3_bind_int64(st, 7, journal_bundle_sum(a->j));
	return store_run(a->s, st, e);
}

int apply_finish(struct apply *a, struct err *e)
{
	if (!a->ended)
		return apply_wrong(e, _("the end is missing"));
	a->peer->in_seq = a->meta->seq;
	memcpy(a->peer->in_hash, a->hash, HASH_HEX_SIZE);
	a->peer->heard = clock_wall_ms();
	journal_saw_stamp(a->j, a->newest);
	if (remember_hash(a, e) != 0 || parked_trim(a->s, a->peer, e) != 0)
		return -1;
	return peer_save(a->s, a->peer, e);
}
