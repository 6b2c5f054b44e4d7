#include "records/deletion_hold.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/label.h"
#include "store/erase.h"
#include "records/person.h"

static const struct choice decisions[] = {
	/* TRANSLATORS: of many deletions that waited: a coordinator agreed to them, or not */
	{ "yes", N_("agreed"), NULL }, { "no", N_("refused"), NULL }, { NULL, NULL, NULL }
};

static const struct field fields[] = {
	{ .name = "person", .label = N_("Whose device"), .kind = FIELD_REFERENCE, .references = "person" },
	{ .name = "label", .label = N_("Device"), .kind = FIELD_TEXT },
	/* TRANSLATORS: which table of the store the records belong to */
	{ .name = "kind", .label = N_("Table"), .kind = FIELD_TEXT },
	/* TRANSLATORS: how many records would be removed, and of how many */
	{ .name = "count", .label = N_("To be removed"), .kind = FIELD_NUMBER },
	{ .name = "total", .label = N_("Of all"), .kind = FIELD_NUMBER },
	{ .name = "date", .label = N_("Date"), .kind = FIELD_DATE },
	{ .name = "decision", .label = N_("Decision"), .kind = FIELD_CHOICE, .choices = decisions },
	/* TRANSLATORS: the day of a decision */
	{ .name = "decided", .label = N_("Decided"), .kind = FIELD_DATE },
};

/* The day of a decision follows from it. */
static int complete(struct store *s, struct record *r, struct err *e)
{
	char today[DATE_SIZE];
	(void)s, (void)e;
	date_today(today);
	if (*record_get(r, "decision") && !*record_get(r, "decided"))
		record_put(r, "decided", today);
	return 0;
}

static int check_decision(const struct record *r, const struct record *before, struct err *e)
{
	for (int i = 0; i < r->type->count; i++) {
		const char *name = r->type->fields[i].name;
		bool decides = strcmp(name, "decision") == 0 || strcmp(name, "decided") == 0;
		if (strcmp(r->value[i], before->value[i]) == 0)
			continue;
		if (!decides)
			err_set(e, ERR_REFUSED, _("this is what arrived at the hub; only the decision is yours"));
		else if (*record_get(before, "decision"))
			err_set(e, ERR_REFUSED, _("that was decided already, and the hub has acted on it"));
		else
			continue;
		return field_blame(&r->type->fields[i], e);
	}
	return 0;
}

static int check(struct store *s, const struct record *r, struct err *e)
{
	struct record before;
	if (!*r->id)
		return err_set(e, ERR_REFUSED, _("the hub alone asks whether many deletions are meant"));
	if (!person_coordinates(s))
		return err_set(e, ERR_REFUSED, _("a coordinator decides about that"));
	if (record_load(s, &before, &deletion_hold_type, r->id, e) != 0)
		return -1;
	int rc = check_decision(r, &before, e);
	record_release(&before);
	return rc;
}

static int may_remove(struct store *s, const char *id, struct err *e)
{
	(void)s, (void)id;
	return err_set(e, ERR_REFUSED, _("the hub's question stays, with its answer"));
}

#define COLUMNS "person, label, kind, count, total, date, decision, decided"

const struct record_type deletion_hold_type = {
	.name = "hold",
	.title = N_("Many deletions at once"),
	.table = "deletion_hold",
	.fields = fields,
	.count = sizeof fields / sizeof *fields,
	.sql = {
		.load = RECORD_SQL_LOAD("deletion_hold", COLUMNS),
		.list = RECORD_SQL_LIST("deletion_hold", COLUMNS, "decision IS NOT NULL, date DESC, id DESC"),
		RECORD_SQL_REST("deletion_hold", "kind || ' ' || count", COLUMNS, "?2,?3,?4,?5,?6,?7,?8,?9")
	},
	.complete = complete,
	.check = check,
	.may_remove = may_remove,
};

int deletion_hold_each(struct store *s, bool waiting_only, deletion_hold_fn each, void *context, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id, device, person, label, kind, count, total, gone, records, date, decision, decided, first_op, last_op"
	    " FROM deletion_hold WHERE deleted = 0 AND (decision IS NULL OR NOT ?1) ORDER BY decision IS NOT NULL, date DESC, id DESC", e);
	int rc;
	if (!st)
		return -1;
	sqlite3_bind_int(st, 1, waiting_only);
	while ((rc = store_step(s, st, e)) == 1) {
		struct deletion_hold h = { .id = store_text(st, 0), .device = store_text(st, 1), .person = store_text(st, 2), .label = store_text(st, 3),
			.table = store_text(st, 4), .count = sqlite3_column_int64(st, 5), .total = sqlite3_column_int64(st, 6),
			.gone = sqlite3_column_int64(st, 7), .records = store_text(st, 8), .date = store_text(st, 9), .decision = store_text(st, 10),
			.decided = store_text(st, 11), .first_op = sqlite3_column_int64(st, 12), .last_op = sqlite3_column_int64(st, 13) };
		if (each(context, &h, e) != 0) {
			rc = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return rc;
}

int deletion_hold_waiting(struct store *s, int64_t *count, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT count(*) FROM deletion_hold WHERE deleted = 0 AND decision IS NULL", e);
	*count = 0;
	if (!st || store_step(s, st, e) != 1)
		return -1;
	*count = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return 0;
}

void deletion_hold_author(struct store *s, const struct deletion_hold *h, struct buf *out)
{
	size_t before = out->len;
	if (*h->person)
		record_name(s, &person_type, h->person, out);
	if (out->len == before)
		buf_adds(out, *h->label ? h->label : h->device);
	else if (*h->label && strcmp(out->data + before, h->label) != 0)
		buf_addf(out, " (%s)", h->label);
}

const char *deletion_hold_kind(const struct deletion_hold *h)
{
	const struct record_type *t = label_type(h->table);
	return t ? _(t->title) : h->table;
}

int deletion_hold_decide(struct store *s, const char *id, bool agreed, struct err *e)
{
	struct record r;
	if (record_load(s, &r, &deletion_hold_type, id, e) != 0)
		return -1;
	int rc = 0;
	/* The same word twice changes nothing, and so would be taken in silence. */
	if (*record_get(&r, "decision"))
		rc = err_set(e, ERR_REFUSED, _("that was decided already, and the hub has acted on it"));
	if (rc == 0)
		rc = record_set(s, &r, "decision", agreed ? "yes" : "no", e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

int deletion_hold_add(struct store *s, const struct deletion_hold *h, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "INSERT INTO deletion_hold(id, deleted, device, person, label, kind, count, total, records, date, first_op, last_op, gone)"
	    " VALUES(?1, 0, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)", e);
	/* Of somebody who was erased nothing is written any more, whoever goes on with the device. */
	int erased = *h->person ? journal_erased(store_journal(s), "person", h->person, e) : 0;
	const char *const texts[] = { h->id, h->device, h->person, erased == 1 ? "" : h->label, h->table };
	if (!st || erased < 0)
		return -1;
	for (int i = 0; i < 5; i++)
		store_bind_text(st, i + 1, *texts[i] ? texts[i] : NULL);
	sqlite3_bind_int64(st, 6, h->count);
	sqlite3_bind_int64(st, 7, h->total);
	store_bind_text(st, 8, h->records);
	store_bind_text(st, 9, h->date);
	sqlite3_bind_int64(st, 10, h->first_op);
	sqlite3_bind_int64(st, 11, h->last_op);
	sqlite3_bind_int64(st, 12, h->gone);
	return store_run(s, st, e);
}
