#include "sync/welcome.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "crypto/age.h"
#include "crypto/minisig.h"
#include "crypto/secret.h"
#include "sync/bundle_write.h"
#include "sync/enrol_line.h"
#include "sync/rules.h"

enum { V, ROLE, MUNICIPALITY, PERSON, HUB, ROSTER, FIRST_OP, EPOCH, KEYS };
static const char *const keys[KEYS + 1] = { "v", "role", "municipality", "person", "hub", "roster", "first_op",
    "epoch", NULL };

static void add(struct buf *out, int key, const char *text)
{
	json_key(out, keys[key]);
	json_strings(out, text);
}

static void add_int(struct buf *out, int key, int64_t number)
{
	json_key(out, keys[key]);
	json_int(out, number);
}

int welcome_write(const struct identity *hub, const struct public_identity *to, const struct welcome *w,
    struct buf *out, struct err *e)
{
	struct buf text = BUF_INIT, sealed = BUF_INIT;
	int result;

	buf_addc(&text, '{');
	add_int(&text, V, 1);
	add(&text, ROLE, w->role);
	add(&text, MUNICIPALITY, w->municipality);
	add(&text, PERSON, w->person);
	add(&text, HUB, w->hub);
	add_int(&text, ROSTER, w->roster);
	add_int(&text, FIRST_OP, w->first_op);
	add_int(&text, EPOCH, w->meta.epoch);
	buf_adds(&text, "}\n");
	result = age_seal_buf(&to->seal_key, 1, text.data, text.len, &sealed, e);
	if (result == 0)
		signed_file(hub, &w->meta, sealed.data, sealed.len, out);
	buf_release(&text);
	buf_release(&sealed);
	return result;
}

static int wrong(struct err *e, const char *why)
{
	return err_set(e, ERR_REFUSED, _("this welcome cannot be taken: %s"), why);
}

/* "" or eight digits of OKTMO. */
static bool read_municipality(struct json_span v, char *out, size_t size)
{
	if (!enrol_text(v, out, size))
		return false;
	return *out == '\0' || (strlen(out) == 8 && strspn(out, "0123456789") == 8);
}

static int read_inside(struct welcome *w, const struct buf *text, struct err *e)
{
	struct json_span v[KEYS];
	int64_t version, epoch;

	if (!enrol_line_read(text->data, text->len, keys, v) || !enrol_number(v[V], &version) || version != 1 ||
	    !enrol_text(v[ROLE], w->role, sizeof w->role) || rule_role(w->role) < 0 || !read_municipality(v[MUNICIPALITY], w->municipality, sizeof w->municipality) ||
	    !enrol_id(v[PERSON], w->person, sizeof w->person) || !enrol_text(v[HUB], w->hub, sizeof w->hub) || !enrol_number(v[ROSTER], &w->roster) ||
	    !enrol_number(v[FIRST_OP], &w->first_op) || !enrol_number(v[EPOCH], &epoch) || epoch != w->meta.epoch)
		return wrong(e, _("what is inside is not well-formed"));
	return 0;
}

static int check_signature(const struct minisig *sig, const struct public_identity *hub, const char *payload,
    size_t len, struct err *e)
{
	unsigned char digest[HASH_LONG_SIZE];
	struct hash h;

	hash_init(&h, HASH_LONG_SIZE);
	hash_add(&h, payload, len);
	hash_end(&h, digest, sizeof digest);
	if (minisig_verify_comment(sig, hub) != 0 || minisig_verify_payload(sig, hub, digest) != 0)
		return wrong(e, _("it is not signed by the hub that this device wants to join"));
	return 0;
}

int welcome_read(struct welcome *w, const struct identity *me, const struct public_identity *hub,
    const char *data, size_t len,
    char hash[HASH_HEX_SIZE], struct err *e)
{
	struct buf text = BUF_INIT;
	unsigned char digest[HASH_SIZE];
	struct minisig sig;
	int result;

	memset(w, 0, sizeof *w);
	if (len > WELCOME_MAX || minisig_read(&sig, data, len, NULL) != 0 || metadata_read(&w->meta,
	    sig.trusted, sig.trusted_len, NULL) != 0 ||
	    w->meta.kind != METADATA_WELCOME)
		return wrong(e, _("it is not a hub's welcome"));
	if (strcmp(w->meta.from, hub->id) != 0)
		return wrong(e, _("it comes from another hub"));
	if (strcmp(w->meta.to, me->pub.id) != 0)
		return wrong(e, _("it is for another device"));
	if (check_signature(&sig, hub, data + sig.block_len, len - sig.block_len, e) != 0)
		return -1;
	result = age_open_alone((const unsigned char (*)[32])me->open_key, 1, data + sig.block_len,
	    len - sig.block_len, WELCOME_MAX, &text, e);
	if (result == 0)
		result = read_inside(w, &text, e);
	hash_of(data, len, digest);
	hash_hex(digest, sizeof digest, hash);
	secret_wipe(text.data, text.len);
	buf_release(&text);
	return result;
}
