#include "sync/bundle_head.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "store/dictionary.h"
#include "schema/schema.h"

enum { REC, V, FROM, TO, EPOCH, SEQ, PREV, CREATED, SCHEMA, FIRST_OP, LAST_OP, OPS, ACK, TABLES, KEYS };
static const char *const keys[KEYS + 1] = { "rec", "v", "from", "to", "epoch", "seq", "prev", "created",
    "schema", "first_op", "last_op", "ops",
	"ack", "tables", NULL };

static void add_text(struct buf *out, int key, const char *text)
{
	json_key(out, keys[key]);
	json_strings(out, text);
}

static void add_int(struct buf *out, const char *key, int64_t number)
{
	json_key(out, key);
	json_int(out, number);
}

void bundle_head_write(const struct bundle_head *h, struct journal *j, struct buf *out)
{
	buf_addc(out, '{');
	add_text(out, REC, "bundle");
	add_int(out, "v", 1);
	add_text(out, FROM, h->meta.from);
	add_text(out, TO, h->meta.to);
	add_int(out, "epoch", h->meta.epoch);
	add_int(out, "seq", h->meta.seq);
	add_text(out, PREV, h->meta.prev);
	add_text(out, CREATED, h->meta.created);
	add_int(out, "schema", schema_version);
	add_int(out, "first_op", h->first_op);
	add_int(out, "last_op", h->last_op);
	add_int(out, "ops", h->ops);
	json_key(out, "ack");
	buf_addc(out, '{');
	add_int(out, "seq", h->ack_seq);
	add_int(out, "pos", h->ack_pos);
	buf_addc(out, '}');
	json_key(out, "tables");
	dictionary_write(j, out);
	buf_adds(out, "}\n");
}

static bool same_text(struct json_span span, const char *text)
{
	size_t len = strlen(text);

	return span.len == len + 2 &&
	    span.p[0] == '"' && memcmp(span.p + 1, text, len) == 0 && span.p[len + 1] == '"';
}

static bool same_int(struct json_span span, int64_t number)
{
	int64_t value;

	return span.p != NULL && json_span_int(span, &value) == 0 && value == number;
}

/* Under 10^15, as in the signed line: sums of such numbers do not overflow. */
static bool number_at(struct json_span span, int64_t *value)
{
	return span.p != NULL && json_span_int(span, value) == 0 && *value >= 0 && *value < NUMBER_END;
}

static bool read_ack(struct bundle_head *h, struct json_span span)
{
	static const char *const ack_keys[] = { "seq", "pos", NULL };
	struct json_span v[2];
	struct json j;
	bool good;

	json_open(&j, span.p, span.len);
	good = json_object(&j, ack_keys, v, false) == 0 && number_at(v[0], &h->ack_seq) && number_at(v[1],
	    &h->ack_pos);
	json_close(&j);
	return good;
}

static bool equals_line(const struct json_span *v, const struct metadata *m)
{
	return same_text(v[FROM], m->from) && same_text(v[TO], m->to) && same_int(v[EPOCH], m->epoch) &&
	    same_int(v[SEQ], m->seq) &&
	    same_text(v[PREV], m->prev) && same_text(v[CREATED], m->created);
}

int bundle_head_read(struct bundle_head *h, const char *line, size_t len, const struct metadata *outer,
    struct err *e)
{
	struct json_span v[KEYS];
	struct json j;
	bool good;

	memset(h, 0, sizeof *h);
	h->meta = *outer;
	json_open(&j, line, len);
	good = json_object(&j, keys, v, false) == 0 && json_finish(&j) == 0;
	json_close(&j);
	if (!good || !same_text(v[REC], "bundle"))
		return err_set(e, ERR_DAMAGED, _("the first record is not that of a bundle"));
	if (!same_int(v[V], 1))
		return err_set(e, ERR_DAMAGED, _("the bundle is of a version that this program does not know"));
	if (!equals_line(v, outer))
		return err_set(e, ERR_DAMAGED,
		    _("the first record differs from the signed line: the contents were sealed for another bundle"));
	if (!number_at(v[SCHEMA], &h->schema) || !number_at(v[FIRST_OP], &h->first_op) || !number_at(v[LAST_OP],
	    &h->last_op) ||
	    !number_at(v[OPS], &h->ops) || v[ACK].p == NULL || !read_ack(h, v[ACK]) || v[TABLES].p == NULL ||
	    h->first_op < 1 || h->last_op < h->first_op - 1)
		return err_set(e, ERR_DAMAGED, _("the first record has a number missing or wrong"));
	h->tables = v[TABLES].p;
	h->tables_len = v[TABLES].len;
	return 0;
}
