#include "sync/request.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "crypto/minisig.h"
#include "sync/bundle_write.h"
#include "sync/enrol_line.h"

static const char *const keys[] = { "v", "minisign", "age", "label", "person", "name", NULL };

static void add(struct buf *out, const char *key, const char *text)
{
	json_key(out, key);
	json_strings(out, text);
}

void request_write(const struct identity *id, const struct join_request *r, struct buf *out)
{
	struct buf payload = BUF_INIT;

	buf_adds(&payload, "{\"v\":1");
	add(&payload, "minisign", id->pub.minisign);
	add(&payload, "age", id->pub.recipient);
	add(&payload, "label", r->label);
	add(&payload, "person", r->person);
	add(&payload, "name", r->name);
	buf_adds(&payload, "}\n");
	signed_file(id, &r->meta, payload.data, payload.len, out);
	buf_release(&payload);
}

static int wrong(struct err *e)
{
	return err_set(e, ERR_REFUSED, _("this is not a request to join"));
}

static int read_payload(struct join_request *r, const char *text, size_t len, struct err *e)
{
	char minisign[MINISIGN_KEY_SIZE], age[AGE_RECIPIENT_SIZE];
	struct json_span v[6];
	int64_t version;

	if (!enrol_line_read(text, len, keys, v) || v[0].p == NULL || json_span_int(v[0], &version) != 0 || version != 1 ||
	    !enrol_text(v[1], minisign, sizeof minisign) || !enrol_text(v[2], age, sizeof age) || !enrol_text(v[3], r->label, sizeof r->label) ||
	    !enrol_id(v[4], r->person, sizeof r->person) || !enrol_text(v[5], r->name, sizeof r->name) || public_identity_read(&r->pub, minisign, age) != 0)
		return wrong(e);
	return 0;
}

int request_read(struct join_request *r, const char *data, size_t len, struct err *e)
{
	unsigned char hash[HASH_LONG_SIZE];
	struct minisig sig;
	struct hash h;

	memset(r, 0, sizeof *r);
	if (len > REQUEST_MAX || minisig_read(&sig, data, len, e) != 0 || metadata_read(&r->meta, sig.trusted,
	    sig.trusted_len, e) != 0 ||
	    r->meta.kind != METADATA_JOIN || read_payload(r, data + sig.block_len, len - sig.block_len, e) != 0)
		return wrong(e);
	hash_init(&h, HASH_LONG_SIZE);
	hash_add(&h, data + sig.block_len, len - sig.block_len);
	hash_end(&h, hash, sizeof hash);
	if (strcmp(r->pub.id, r->meta.from) != 0 || minisig_verify_comment(&sig, &r->pub) != 0 ||
	    minisig_verify_payload(&sig, &r->pub, hash) != 0)
		return err_set(e, ERR_REFUSED,
		    _("this request to join is not signed by the device that it names"));
	return 0;
}

/* --- the hub's list --- */

static int run_one(struct store *s, const char *sql, int64_t number, const char *text, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	sqlite3_bind_int64(st, 1, number);
	store_bind_text(st, 2, text);
	return store_run(s, st, e);
}

int request_drop(struct store *s, const char *device, struct err *e)
{
	return run_one(s, "DELETE FROM request WHERE ?1 IS NOT NULL AND device = ?2", 0, device, e);
}

static int insert(struct store *s, const struct join_request *r, const char *data, size_t len, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "INSERT INTO request(device, arrived, file) SELECT ?1, ?2, ?3"
	    " WHERE (SELECT count(*) FROM request WHERE device <> ?1) < ?4"
	    " ON CONFLICT(device) DO UPDATE SET arrived = iif(file = excluded.file, arrived, excluded.arrived), file = excluded.file", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, r->pub.id);
	sqlite3_bind_int64(st, 2, clock_wall_ms());
	sqlite3_bind_blob64(st, 3, data, len, SQLITE_STATIC);
	sqlite3_bind_int(st, 4, REQUESTS_WAITING);
	if (store_run(s, st, e) != 0)
		return -1;
	if (sqlite3_changes(store_db(s)) == 0)
		return err_set(e, ERR_REFUSED, _("%d requests to join are waiting already"), REQUESTS_WAITING);
	return 0;
}

int request_add(struct store *s, const char *data, size_t len, struct err *e)
{
	struct join_request r;
	struct peer p;
	int found;

	if (request_read(&r, data, len, e) != 0)
		return -1;
	if (strcmp(r.meta.to, store_identity(s)->pub.id) != 0)
		return err_set(e, ERR_REFUSED, _("this request to join is for another hub"));
	found = peer_find(s, r.pub.id, &p, e);
	if (found < 0 || (found == 1 && strcmp(p.request, r.meta.req) == 0))
		return found < 0 ? -1 : 0;	/* answered already */
	if (run_one(s, "DELETE FROM request WHERE arrived < ?1", clock_wall_ms() - REQUEST_LIFE_MS, NULL,
	    e) != 0)
		return -1;
	return insert(s, &r, data, len, e);
}

int request_add_spool(struct store *s, const struct spool *sp, struct err *e)
{
	char data[REQUEST_MAX + 1];
	ssize_t n = spool_read(sp, 0, data, sizeof data, e);

	if (n < 0)
		return -1;
	if (request_add(s, data, (size_t)n, e) != 0) {
		if (e != NULL && e->code == ERR_REFUSED)
			e->code = ERR_DAMAGED;		/* the file is to blame */
		return -1;
	}
	return 0;
}
