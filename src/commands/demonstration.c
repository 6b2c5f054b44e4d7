#include "commands/demonstration.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "commands/command.h"
#include "records/person.h"
#include "sync/hub.h"
#include "sync/sync.h"

/* The stores of the region, all in one folder. A key file beside each opens it: there is nothing in them to protect. */
enum place { HUB, REGION, EXPERT, CONSULTANT, PLACES };

static const struct member {
	const char *file;			/* FILE.ldb and FILE.key */
	const char *name, *role, *municipality;	/* of the person who works there; NULL at the hub */
} members[PLACES] = {
	[HUB] = { "hub", NULL, NULL, NULL },
	[REGION] = { "region", "Ғәлимова Таңһылыу Рәшит ҡыҙы", "coordinator", "80701000" },
	[EXPERT] = { "expert", "Савельева Ольга Николаевна", "expert", "80745000" },
	[CONSULTANT] = { "consultant", "Хасанова Гузель Рашитовна", "consultant", EXAMPLE_MUNICIPALITY },
};

struct demonstration {
	const char *folder;
	char *exchange;				/* the folder that bundles travel through */
	struct store *store[PLACES];
	char person[PLACES][RECORD_ID_SIZE];
};

/* --- records from literal fields --- */

static int set_fields(struct store *s, struct record *r, const char *const *fields, struct err *e)
{
	for (; fields[0] != NULL; fields += 2) {
		if (record_set(s, r, fields[0], fields[1], e) < 0)
			return -1;
	}
	return record_save(s, r, e);
}

int example_save(struct store *s, const struct record_type *t, char id[RECORD_ID_SIZE], const char *const *fields, struct err *e)
{
	struct record r;
	int result;

	record_init(&r, t);
	result = set_fields(s, &r, fields, e);
	if (result == 0)
		memcpy(id, r.id, RECORD_ID_SIZE);
	record_release(&r);
	return result;
}

int example_change(struct store *s, const struct record_type *t, const char *id, const char *const *fields, struct err *e)
{
	struct record r;
	int result;

	if (record_load(s, &r, t, id, e) < 0)
		return -1;
	result = set_fields(s, &r, fields, e);
	record_release(&r);
	return result;
}

/* --- stores --- */

static int open_new(struct demonstration *d, enum place p, const char *path, const struct store_key *key, struct err *e)
{
	const struct member *m = &members[p];

	if (m->name != NULL)
		return init_store(path, key, m->name, m->municipality, m->role, &d->store[p], e);
	if (store_create(path, key, &d->store[p], e) < 0)
		return -1;
	return hub_init(d->store[p], "Уфа (пример)", e);
}

static int make_store(struct demonstration *d, enum place p, struct err *e)
{
	struct buf path = BUF_INIT, key_file = BUF_INIT;
	struct store_key key = { NULL, NULL };
	int result;

	buf_addf(&path, "%s/%s.ldb", d->folder, members[p].file);
	buf_addf(&key_file, "%s/%s.key", d->folder, members[p].file);
	key.key_file = key_file.data;
	result = open_new(d, p, path.data, &key, e);
	buf_release(&path);
	buf_release(&key_file);
	if (result < 0 || store_set_setting(d->store[p], "demonstration", "1", e) < 0)
		return -1;
	if (p != HUB)
		person_me(d->store[p], d->person[p]);
	return 0;
}

/* join, approve, welcome: what a person and the hub's operator do over the telephone, here in one breath. */
static int enrol(struct demonstration *d, enum place p, struct err *e)
{
	struct store *hub = d->store[HUB], *device = d->store[p];
	struct hub_approval how = { .fingerprint = store_identity(device)->pub.fingerprint, .role = members[p].role,
		.municipality = strcmp(members[p].role, "consultant") == 0 ? members[p].municipality : NULL };
	struct buf card = BUF_INIT, join = BUF_INIT, welcome = BUF_INIT;
	int result = -1;

	if (hub_card(hub, &card, e) == 0 &&
	    sync_join(device, card.data, card.len, store_identity(hub)->pub.fingerprint, &join, e) == 0 &&
	    hub_approve(hub, join.data, join.len, &how, &welcome, e) == 0)
		result = sync_welcome(device, welcome.data, welcome.len, e);
	buf_release(&card);
	buf_release(&join);
	buf_release(&welcome);
	return result;
}

/* --- exchange --- */

static int carry(struct demonstration *d, enum place p, struct err *e)
{
	struct sync_report report;

	if (sync_run(d->store[p], d->exchange, &report, e) < 0)
		return -1;
	if (report.bundles_refused > 0)
		return err_set(e, ERR_DAMAGED, _("the demonstration's own bundle was refused: %s"), report.problem);
	return 0;
}

static void no_note(void *context, const char *line)
{
	(void)context;
	(void)line;
}

static int collect(struct demonstration *d, struct err *e)
{
	struct hub_collected collected;

	if (hub_collect(d->store[HUB], d->exchange, &collected, no_note, NULL, e) < 0)
		return -1;
	if (collected.bundles_refused > 0 || collected.operations_refused > 0)
		return err_set(e, ERR_HUB_REFUSED, _("the demonstration's hub refused something of its own devices"));
	return 0;
}

/* Everybody sends, the hub takes it, everybody reads. */
static int exchange(struct demonstration *d, struct err *e)
{
	for (int p = REGION; p < PLACES; p++) {
		if (carry(d, (enum place)p, e) < 0)
			return -1;
	}
	if (collect(d, e) < 0)
		return -1;
	for (int p = REGION; p < PLACES; p++) {
		if (carry(d, (enum place)p, e) < 0)
			return -1;
	}
	return 0;
}

/* --- the whole --- */

/* Two people correct one telephone number before they hear of each other: both values are kept, and shown. */
static int disagree(struct demonstration *d, struct err *e)
{
	const char *expert = d->person[EXPERT];

	if (example_change(d->store[REGION], &person_type, expert, (const char *const[]){ "phone", "8 917 000-77-01", NULL }, e) < 0 ||
	    example_change(d->store[EXPERT], &person_type, expert, (const char *const[]){ "phone", "8 917 000-77-10", NULL }, e) < 0)
		return -1;
	return exchange(d, e);
}

static int make_region(struct demonstration *d, struct err *e)
{
	for (int p = HUB; p < PLACES; p++) {
		if (make_store(d, (enum place)p, e) < 0)
			return -1;
	}
	for (int p = REGION; p < PLACES; p++) {
		if (enrol(d, (enum place)p, e) < 0)
			return -1;
	}
	if (demonstration_consultant(d->store[CONSULTANT], d->person[CONSULTANT], e) < 0 ||
	    exchange(d, e) < 0 ||
	    demonstration_region(d->store[REGION], d->person[EXPERT], d->person[CONSULTANT], e) < 0 ||
	    exchange(d, e) < 0 ||
	    disagree(d, e) < 0)
		return -1;
	return demonstration_unsent(d->store[CONSULTANT], d->person[CONSULTANT], e);
}

int command_demonstration(struct invocation *call, struct err *e)
{
	struct demonstration d = { 0 };
	int result = -1;

	if (invocation_words(call, 1, 1, e) < 0)
		return -1;
	d.folder = call->argv[0];
	d.exchange = fs_join(d.folder, "exchange");
	if (fs_mkdirs(d.exchange, 0700, e) == 0)
		result = make_region(&d, e);
	for (int p = HUB; p < PLACES; p++)
		store_close(d.store[p]);
	free(d.exchange);
	return result;
}
