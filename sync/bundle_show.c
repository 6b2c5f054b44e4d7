/* A bundle as a file: what its signature and, where this store's key opens it, its contents say. Nothing is
 * applied. */
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "crypto/minisig.h"
#include "records/score.h"
#include "sync/bundle_head.h"
#include "sync/bundle_stream.h"
#include "sync/peer.h"
#include "sync/spool.h"
#include "sync/sync.h"

struct show {
	struct store *s;
	struct spool spool;
	struct minisig sig;
	struct metadata meta;
	struct public_identity sender;
	bool mine_to_open;		/* sealed to this store */

	struct bundle_head head;
	bool begun, ended;
	int64_t operations, records;
	int64_t scores;			/* the number of their table in this bundle; 0: it has none */
	int64_t hidden;			/* operations of which nothing but their record is shown */
	struct buf *lines;		/* gets the records; NULL: they are only checked */
};

static int refused(struct err *e, const char *why)
{
	return err_set(e, ERR_DAMAGED, "%s", why);
}

/* Whose key the signature should be: a peer's, or this store's own. */
static int find_sender(struct show *w, struct err *e)
{
	const struct identity *me = store_identity(w->s);
	struct peer p;
	int found;

	if (strcmp(w->meta.from, me->pub.id) == 0) {
		w->sender = me->pub;
		return 0;
	}
	found = peer_find(w->s, w->meta.from, &p, e);
	if (found < 0)
		return -1;
	if (found == 0)
		return refused(e, _("it comes from somebody whom this store does not know"));
	w->sender = p.pub;
	return 0;
}

static int check_signature(struct show *w, struct err *e)
{
	unsigned char hash[HASH_LONG_SIZE];

	if (minisig_verify_comment(&w->sig, &w->sender) != 0)
		return refused(e, _("the signature over its first lines is not its sender's"));
	if (spool_payload_hash(&w->spool, (off_t)w->sig.block_len, hash, e) != 0)
		return -1;
	if (minisig_verify_payload(&w->sig, &w->sender, hash) != 0)
		return refused(e, _("the signature over its contents is not its sender's"));
	return 0;
}

static int check_record(struct show *w, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "ops", NULL };
	struct json_span v[2];
	struct json j;
	int64_t ops;
	bool good;

	json_open(&j, line, len);
	good = json_object(&j, keys, v, true) == 0 && json_finish(&j) == 0 && v[0].p != NULL;
	json_close(&j);
	if (!good)
		return refused(e, _("a line is no record"));
	w->records++;
	if (v[0].len != 5 || memcmp(v[0].p, "\"end\"", 5) != 0)
		return 0;
	w->ended = true;
	if (v[1].p == NULL || json_span_int(v[1], &ops) != 0 || ops != w->operations || ops != w->head.ops)
		return refused(e, _("the number of operations differs from what its records say"));
	return 0;
}

static int check_operation(struct show *w, const char *line, size_t len, struct err *e)
{
	struct json j;
	bool good;

	json_open(&j, line, len);
	good = json_skip(&j, NULL, NULL) == 0 && json_finish(&j) == 0;
	json_close(&j);
	w->operations++;
	return good ? 0 : refused(e, _("a line is no record"));
}

/* --- what is not shown --- */

/* The place of the table of scores among [["person","deleted",…],…]. */
static int64_t table_of_scores(const char *tables, size_t len)
{
	int64_t number = 0, found = 0;
	const char *name;
	size_t n;
	struct json j;

	json_open(&j, tables, len);
	if (json_enter(&j, JSON_ARRAY) == 0)
		while (found == 0 && json_peek(&j) == JSON_ARRAY && json_enter(&j, JSON_ARRAY) == 0 && json_read_string(&j, &name, &n) == 0) {
			number++;
			if (n == 5 && memcmp(name, "score", 5) == 0)
				found = number;
			while (json_peek(&j) == JSON_STRING && json_read_string(&j, &name, &n) == 0)
				;
			if (json_leave(&j) != 0)
				break;
		}
	json_close(&j);
	return found;
}

/* An operation of a score that this device's person may not see yet (score.h): how long the line is up to and with its record, else 0. */
static size_t secret(const struct show *w, const char *line, size_t len)
{
	int64_t n, tbl = 0;
	const char *raw = NULL;
	struct buf id = BUF_INIT;
	size_t raw_len = 0, cut = 0;
	struct json j;

	json_open(&j, line, len);
	if (w->scores > 0 && json_enter(&j, JSON_ARRAY) == 0 && json_read_int(&j, &n) == 0 && json_read_int(&j, &tbl) == 0 && tbl == w->scores &&
	    json_read_int(&j, &n) == 0 && json_skip(&j, &raw, &raw_len) == 0 &&
	    (json_span_string((struct json_span){ raw, raw_len }, &id) != 0 || !score_visible(w->s, id.data)))
		cut = (size_t)(raw + raw_len - line);
	json_close(&j);
	buf_release(&id);
	return cut;
}

static void add_line(struct show *w, const char *line, size_t len)
{
	size_t cut = len > 0 && line[0] == '[' ? secret(w, line, len) : 0;

	text_escape(line, cut > 0 ? cut : len, w->lines);
	buf_adds(w->lines, cut > 0 ? "]\n" : "\n");
	w->hidden += cut > 0;
}

static int take_line(void *context, const char *line, size_t len, struct err *e)
{
	struct show *w = context;
	int result;

	if (w->ended)
		return refused(e, _("something follows the end"));
	if (!w->begun)
		result = bundle_head_read(&w->head, line, len, &w->meta, e);
	else if (len > 0 && line[0] == '[')
		result = check_operation(w, line, len, e);
	else
		result = check_record(w, line, len, e);
	if (result == 0 && !w->begun)
		w->scores = table_of_scores(w->head.tables, w->head.tables_len);
	w->begun = true;
	if (result == 0 && w->lines != NULL)
		add_line(w, line, len);
	return result;
}

static int check_contents(struct show *w, struct err *e)
{
	if (bundle_lines(&w->spool, (off_t)w->sig.block_len, store_identity(w->s)->open_key, take_line, w,
	    e) != 0)
		return -1;
	return w->ended ? 0 : refused(e, _("the end is missing"));
}

static int check(struct show *w, struct err *e)
{
	char block[MINISIG_BLOCK_MAX];
	ssize_t n = spool_read(&w->spool, 0, block, sizeof block, e);

	if (n < 0 || minisig_read(&w->sig, block, (size_t)n, e) != 0 || metadata_read(&w->meta, w->sig.trusted,
	    w->sig.trusted_len, e) != 0)
		return -1;
	if (w->meta.kind != METADATA_BUNDLE)
		return refused(e, _("it is not a bundle"));
	if (find_sender(w, e) != 0 || check_signature(w, e) != 0)
		return -1;
	w->mine_to_open = strcmp(w->meta.to, store_identity(w->s)->pub.id) == 0;
	return w->mine_to_open ? check_contents(w, e) : 0;
}

static void describe(const struct show *w, struct buf *out)
{
	buf_add(out, w->sig.trusted, w->sig.trusted_len);
	buf_addf(out, "\nhash=%s\n", w->spool.hash);
	if (!w->mine_to_open) {
		buf_adds(out, _("the signature is good; the contents are sealed to another receiver"));
	} else {
		buf_addf(out, "first_op=%lld last_op=%lld ops=%lld records=%lld ack_seq=%lld ack_pos=%lld\n",
		    (long long)w->head.first_op,
		    (long long)w->head.last_op, (long long)w->head.ops, (long long)w->records,
		    (long long)w->head.ack_seq,
		    (long long)w->head.ack_pos);
		buf_adds(out, _("the signature is good, and so are the contents"));
	}
	buf_addc(out, '\n');
	if (w->hidden > 0)
		buf_addf(out, P_("%lld score of a judge is not shown: the call is open\n", "%lld scores of judges are not shown: the call is open\n", w->hidden),
		    (long long)w->hidden);
}

static int show(struct store *s, const char *path, struct buf *lines, struct buf *out, struct err *e)
{
	struct show w = { .s = s, .lines = lines };
	char *folder = fs_dirname(store_path(s));
	int result = spool_file(&w.spool, path, folder, e);

	free(folder);
	if (result == 0) {
		result = check(&w, e);
		spool_close(&w.spool);
	}
	if (result == 0)
		describe(&w, out);
	else if (e != NULL && e->code != ERR_REFUSED)
		e->code = ERR_DAMAGED;
	return result != 0 ? err_prefix(e, "%s", path) : 0;
}

int bundle_show(struct store *s, const char *path, bool operations, struct buf *out, struct err *e)
{
	struct buf lines = BUF_INIT;
	int result = show(s, path, operations ? &lines : NULL, out, e);

	if (result == 0)
		buf_add(out, lines.data, lines.len);
	buf_release(&lines);
	return result;
}

int bundle_verify(struct store *s, const char *path, struct buf *out, struct err *e)
{
	return show(s, path, NULL, out, e);
}
