/* hub: the hub's devices: its card, requests, approval, roster, keys for public tools, and collecting bundles. */
#include "commands/command.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "crypto/minisig.h"
#include "crypto/secret.h"
#include "records/municipality.h"
#include "records/record.h"
#include "sync/hub.h"

#define SMALL_FILE_MAX (1 << 20)

static const struct option no_options[] = { { NULL, NULL, NULL } };

static int hub_fill(struct store *s, const char *name, struct err *e)
{
	if (store_begin(s, e) != 0)
		return -1;
	if (hub_init(s, name, e) == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

int command_hub_init(struct invocation *call, struct err *e)
{
	const char *name = NULL, *recovery = NULL;
	const struct option options[] = { { "name", &name, NULL }, { "recovery-file", &recovery, NULL }, { NULL, NULL, NULL } };
	struct store_key key;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if (name == NULL)
		return err_set(e, ERR_USAGE, _("init needs --name"));
	if (recovery_place(recovery, e) != 0 || invocation_place(call, e) != 0 || invocation_key(call, true, &key, e) != 0 ||
	    store_create(call->store_path, &key, &call->store, e) != 0)
		return -1;
	if (hub_fill(call->store, name, e) == 0)
		return recovery_make(call, recovery, e) != 0 ? -1 : print_text(e, "%s\n", store_identity(call->store)->pub.fingerprint);
	store_close(call->store);
	call->store = NULL;
	remove(call->store_path);
	if (key.key_file != NULL)
		remove(key.key_file);
	return -1;
}

int command_hub_card(struct invocation *call, struct err *e)
{
	const char *path = NULL;
	bool qr = false;
	const struct option options[] = { { "-o", &path, NULL }, { "qr", NULL, &qr }, { NULL, NULL, NULL } };
	struct buf card = BUF_INIT;
	int rc = -1;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if (hub_card(call->store, &card, e) == 0 && write_result(path, &card, 0644, e) == 0)
		rc = path != NULL || qr ? print_text(e, "%s\n", store_identity(call->store)->pub.fingerprint) : 0;
	buf_release(&card);
	return rc == 0 && qr ? command_show_qr(call, store_identity(call->store)->pub.fingerprint, e) : rc;
}

/* --- requests --- */

static int print_request(void *context, const struct hub_request *r, struct err *e)
{
	struct buf line = BUF_INIT;
	int rc;

	(void)context;
	buf_addf(&line, "%s\t%s\t%lld\t", r->device_id, r->tag, (long long)(r->age_ms / DATE_DAY_MS));
	text_escape_tsv(r->label, strlen(r->label), &line);
	buf_addc(&line, '\n');
	rc = print_buf(&line, e);
	buf_release(&line);
	return rc;
}

/* The fingerprint is not printed: the operator hears it from the person and types it. */
int command_hub_pending(struct invocation *call, struct err *e)
{
	struct buf file = BUF_INIT;
	int i, rc = 0;

	if (invocation_options(call, no_options, e) != 0 || invocation_words(call, 0, -1, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	for (i = 0; i < call->argc && rc == 0; i++) {
		buf_reset(&file);
		rc = fs_read(call->argv[i], SMALL_FILE_MAX, true, &file, e);
		if (rc == 0)
			rc = hub_pending_add(call->store, file.data, file.len, e);
	}
	buf_release(&file);
	if (rc != 0 || print_text(e, "device\ttag\tdays\tlabel\n") != 0)
		return -1;
	return hub_pending_each(call->store, print_request, NULL, e);
}

/* The store of a device that joined anew was an older copy, or one of two: what nobody uses any more would hold back acts and folding for ever. */
static int tell_other(void *context, const struct hub_device *d, struct err *e)
{
	struct invocation *call = context;
	struct buf line = BUF_INIT, label = BUF_INIT;
	char when[17] = "";

	(void)e;
	text_escape(d->label, strlen(d->label), &label);
	if (d->last_heard_ms != 0)
		date_local(d->last_heard_ms, when);
	/* TRANSLATORS: the tag and the label of a device, when it was heard of last; the tag again */
	buf_addf(&line, _("the person has another device, %s (%s), heard of last: %s; if the new one is in its place, say so: unreachable %s --reason \"…\"; if somebody works with it still, leave it"),
	    d->tag, label.data, when[0] != '\0' ? when : "—", d->tag);
	command_warn(call, line.data);
	buf_release(&line);
	buf_release(&label);
	return 0;
}

int command_hub_approve(struct invocation *call, struct err *e)
{
	struct hub_approval how = { NULL, NULL, NULL, NULL, NULL };
	const char *path = NULL, *municipality = NULL, *person = NULL;
	const struct option options[] = {
		{ "fingerprint", &how.fingerprint, NULL }, { "role", &how.role, NULL }, { "municipality", &municipality, NULL },
		{ "person", &person, NULL }, { "revoke", &how.revoke, NULL }, { "-o", &path, NULL }, { NULL, NULL, NULL }
	};
	const struct field *role_field = &person_type.fields[record_field(&person_type, "role")];
	char code[MUNICIPALITY_CODE_SIZE], id[RECORD_ID_SIZE];
	struct buf file = BUF_INIT, welcome = BUF_INIT, role = BUF_INIT;
	int rc = -1;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if (how.fingerprint == NULL || how.role == NULL || path == NULL)
		return err_set(e, ERR_USAGE, _("approve needs --fingerprint \"…\", --role and -o FILE"));
	if (fs_read(call->argv[0], SMALL_FILE_MAX, true, &file, e) != 0 || invocation_open(call, e) != 0)
		goto done;
	if (field_parse(call->store, role_field, how.role, &role, NULL) == 0)
		how.role = role.data;		/* else hub_approve says which roles a device can have */
	if (municipality != NULL) {
		if (municipality_find(call->store, municipality, code, e) != 0)
			goto done;
		how.municipality = code;
	}
	if (person != NULL) {
		if (record_resolve(call->store, &person_type, person, id, e) != 0)
			goto done;
		how.person = id;
	}
	if (hub_approve(call->store, file.data, file.len, &how, &welcome, e) == 0)
		rc = write_result(path, &welcome, 0644, e) != 0 ? -1 : hub_others_each(call->store, file.data, file.len, tell_other, call, e);
done:
	buf_release(&file);
	buf_release(&welcome);
	buf_release(&role);
	return rc;
}

/* --- roster --- */

struct roster_out {
	struct buf out;
	bool json;
	int count;
	const char *wanted;		/* beginning of an id or a tag, or NULL: all */
	struct public_identity found;
};

static void device_json(const struct hub_device *d, struct buf *out)
{
	const char *const text[][2] = {
		{ "device", d->device_id }, { "tag", d->tag }, { "label", d->label }, { "role", d->role }, { "municipality_code", d->municipality },
		{ "person", d->person_name }, { "person_id", d->person }, { "state", d->state }, { "minisign", d->minisign },
		{ "age", d->recipient }, { "program", d->program }, { "heir_id", d->heir }
	};
	char when[21];
	size_t i;

	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		buf_addf(out, "%s\"%s\":", i > 0 ? "," : "{", text[i][0]);
		json_strings(out, text[i][1] != NULL && *text[i][1] != '\0' ? text[i][1] : NULL);
	}
	date_utc(d->last_heard_ms, when);
	json_key(out, "unreachable");
	json_strings(out, d->unreachable);
	buf_addf(out, ",\"last_bundle\":%lld,\"last_heard\":", (long long)d->last_seq);
	json_strings(out, d->last_heard_ms != 0 ? when : NULL);
	buf_addf(out, ",\"unacknowledged\":%lld,\"revoked_after\":", (long long)d->unacknowledged);
	if (d->revoked_after >= 0)
		buf_addi(out, d->revoked_after);
	else
		json_strings(out, NULL);
	date_utc(d->destroyed_ms, when);
	json_key(out, "destroyed");
	json_strings(out, d->destroyed_ms != 0 ? when : NULL);
	buf_addc(out, '}');
}

static void device_line(const struct hub_device *d, struct buf *out)
{
	const char *const cells[] = { d->device_id, d->tag, d->state, d->role, d->municipality, d->label, d->person_name };
	char when[17] = "";
	size_t i;

	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		if (cells[i] != NULL)
			text_escape_tsv(cells[i], strlen(cells[i]), out);
		buf_addc(out, '\t');
	}
	if (d->last_heard_ms != 0)
		date_local(d->last_heard_ms, when);
	buf_addf(out, "%lld\t%s\t%s\t%lld\n", (long long)d->last_seq, when, d->program != NULL ? d->program : "", (long long)d->unacknowledged);
}

static int roster_add(void *context, const struct hub_device *d, struct err *e)
{
	struct roster_out *o = context;

	if (o->wanted != NULL) {
		if (strncmp(d->device_id, o->wanted, strlen(o->wanted)) != 0 && strcmp(d->tag, o->wanted) != 0)
			return 0;
		if (public_identity_read(&o->found, d->minisign, d->recipient) != 0)
			return err_set(e, ERR_DAMAGED, _("the roster's keys of device %s cannot be read"), d->device_id);
	} else if (o->json) {
		if (o->count > 0)
			buf_adds(&o->out, ",\n");
		device_json(d, &o->out);
	} else {
		device_line(d, &o->out);
	}
	o->count++;
	return 0;
}

static int roster_key(struct roster_out *o, const char *path, struct err *e)
{
	if (o->count != 1)
		return err_set(e, ERR_REFUSED, o->count == 0 ? _("the roster has no device “%s”") :
		    _("the roster has several devices that begin with “%s”"), o->wanted);
	minisig_public_key_file(&o->found, &o->out);
	return write_result(path, &o->out, 0644, e);
}

int command_hub_roster(struct invocation *call, struct err *e)
{
	const char *path = NULL;
	bool minisign = false;
	const struct option options[] = { { "minisign", NULL, &minisign }, { "-o", &path, NULL }, { NULL, NULL, NULL } };
	struct roster_out o = { .out = BUF_INIT, .json = call->json };
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, minisign ? 1 : 0, minisign ? 1 : 0, e) != 0 ||
	    invocation_open(call, e) != 0)
		return -1;
	if (minisign)
		o.wanted = call->argv[0];
	else
		buf_adds(&o.out, call->json ? "[" : "device\ttag\tstate\trole\tmunicipality\tlabel\tperson\tlast_bundle\tlast_heard\tprogram\tunacknowledged\n");
	rc = hub_roster_each(call->store, roster_add, &o, e);
	if (rc == 0 && minisign) {
		rc = roster_key(&o, path, e);
	} else if (rc == 0) {
		buf_adds(&o.out, call->json ? "]\n" : "");
		rc = write_result(path, &o.out, 0644, e);
	}
	buf_release(&o.out);
	return rc;
}

/* --- key identity --- */

int command_hub_key(struct invocation *call, struct err *e)
{
	const char *path = NULL;
	const struct option options[] = { { "-o", &path, NULL }, { NULL, NULL, NULL } };
	char text[AGE_IDENTITY_SIZE];
	struct buf out = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 1, 1, e) != 0)
		return -1;
	if (strcmp(call->argv[0], "identity") != 0 || path == NULL)
		return err_set(e, ERR_USAGE, _("usage: %s %s %s"), call->program->name, call->command->name, call->command->synopsis);
	if (invocation_open(call, e) != 0)
		return -1;
	buf_reserve(&out, 512);
	bech32_identity(store_identity(call->store)->open_key, text);
	buf_addf(&out, "# public key: %s\n%s\n", store_identity(call->store)->pub.recipient, text);
	rc = write_result(path, &out, 0600, e);
	secret_wipe(text, sizeof(text));
	secret_wipe(out.data, out.len);
	buf_release(&out);
	return rc;
}
