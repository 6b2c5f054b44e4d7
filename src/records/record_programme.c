/* Which programme a record belongs to, and whether it may still be changed. */
#include "records/programme.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "records/consent.h"

/* What belongs to a programme by way of another record. */
static const struct { const char *type, *sql; } ways[] = {
	{ "seminar", "SELECT programme FROM seminar WHERE id = ?1" },
	{ "course", "SELECT programme FROM course WHERE id = ?1" },
	{ "call", "SELECT programme FROM call WHERE id = ?1" },
	{ "application", "SELECT programme FROM application WHERE id = ?1" },
	{ "filing", "SELECT programme FROM filing WHERE id = ?1" },
};

static const char *way_of(const struct field *f)
{
	for (size_t i = 0; f->references && i < sizeof ways / sizeof *ways; i++)
		if (strcmp(ways[i].type, f->references) == 0)
			return ways[i].sql;
	return NULL;
}

/* One text of the statement about a record, "" where it gives none. */
static int read_text(struct store *s, const char *sql, const char *id, char *out, size_t size, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	*out = '\0';
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	int rc = store_step(s, st, e);
	if (rc == 1)
		snprintf(out, size, "%s", store_text(st, 0));
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int record_programme(struct store *s, const struct record *r, char id[RECORD_ID_SIZE], struct err *e)
{
	int own = record_field(r->type, "programme");
	*id = '\0';
	if (own >= 0) {
		snprintf(id, RECORD_ID_SIZE, "%s", r->value[own]);
		return 0;
	}
	for (int i = 0; i < r->type->count; i++) {
		const char *sql = way_of(&r->type->fields[i]);
		if (sql && *r->value[i])
			return read_text(s, sql, r->value[i], id, RECORD_ID_SIZE, e);
	}
	return 0;
}

int programme_closed(struct store *s, const char *id, bool *closed, struct err *e)
{
	char state[16];
	int rc = read_text(s, "SELECT state FROM programme WHERE id = ?1", id, state, sizeof state, e);
	*closed = rc == 0 && strcmp(state, "closed") == 0;
	return rc;
}

int programme_must_be_open(struct store *s, const char *id, struct err *e)
{
	struct buf name = BUF_INIT, safe = BUF_INIT;
	bool closed = false;
	if (!*id || (programme_closed(s, id, &closed, e) == 0 && !closed))
		return 0;
	if (!closed)
		return -1;
	record_name(s, &programme_type, id, &name);
	text_escape(name.data, name.len, &safe);
	err_set(e, ERR_REFUSED, _("the programme “%s” is closed and can only be read (a coordinator opens it again: programme edit %s --state open)"),
	    safe.data, id);
	buf_release(&name);
	buf_release(&safe);
	return -1;
}

int record_must_be_open(struct store *s, const struct record *r, struct err *e)
{
	/* What was consented to counts in every programme, and is withdrawn on the day that its person says so. */
	if (r->type == &consent_type && *r->id)
		return 0;
	char id[RECORD_ID_SIZE];
	return record_programme(s, r, id, e) == 0 ? programme_must_be_open(s, id, e) : -1;
}
