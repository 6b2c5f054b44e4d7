#include "sync/closing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "records/handover.h"
#include "sync/hub.h"
#include "sync/hub_roster.h"
#include "sync/replicas.h"
#include "sync/upload.h"

/* --- hub --- */

struct leaving { int64_t revoked_after, destroyed; bool heir; };

static int read_leaving(struct store *s, const struct peer *p, struct leaving *out, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT coalesce(revoked_after, in_seq), coalesce(destroyed, 0), heir IS NOT NULL FROM peer WHERE id = ?1", e);
	int found;

	*out = (struct leaving){ 0, 0, false };
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	found = store_step(s, st, e);
	if (found == 1)
		*out = (struct leaving){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int(st, 2) != 0 };
	sqlite3_reset(st);
	return found < 0 ? -1 : 0;
}

int closing_takes(struct store *s, const struct peer *p, int64_t seq, bool *takes, struct err *e)
{
	struct leaving l;

	*takes = peer_in_state(p, "active") || peer_in_state(p, "approved");
	if (*takes)
		return 0;
	if (read_leaving(s, p, &l, e) != 0)
		return -1;
	if (peer_in_state(p, "retired")) {
		*takes = l.destroyed == 0;
		return *takes ? 0 : err_set(e, ERR_DAMAGED, _("its sender was retired and has confirmed that its store is destroyed"));
	}
	if (peer_in_state(p, "revoked")) {
		*takes = seq <= l.revoked_after;
		return *takes ? 0 : err_set(e, ERR_DAMAGED, _("its sender was revoked: nothing after its bundle %lld is taken"), (long long)l.revoked_after);
	}
	return err_set(e, ERR_DAMAGED, _("its sender was suspended, retired or revoked"));
}

int closing_told(struct store *s, const struct peer *p, struct err *e)
{
	struct leaving l;

	if (peer_in_state(p, "revoked"))
		return p->epoch > 0;
	if (!peer_in_state(p, "retired"))
		return peer_in_state(p, "active") || peer_in_state(p, "approved");
	return read_leaving(s, p, &l, e) != 0 ? -1 : l.destroyed == 0;
}

int closing_state(struct store *s, const struct peer *p, char out[16], struct err *e)
{
	struct leaving l;

	if (read_leaving(s, p, &l, e) != 0)
		return -1;
	snprintf(out, 16, "%s", l.heir && peer_in_state(p, "active") ? "retiring" : p->state);
	return 0;
}

static bool is_true(struct json_span v)
{
	return v.p != NULL && v.len == 4 && memcmp(v.p, "true", 4) == 0;
}

static int note(struct store *s, const struct peer *p, const char *sql, const char *text, int64_t number, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, p->pub.id);
	store_bind_text(st, 2, text);
	sqlite3_bind_int64(st, 3, number);
	return store_run(s, st, e);
}

/* The version of a program is shown to operators: one short word. */
static void read_program(struct json_span v, char *out, size_t size)
{
	if (v.p == NULL || v.len < 3 || v.len - 2 >= size || *v.p != '"')
		return;
	for (size_t i = 1; i + 1 < v.len; i++)
		if (v.p[i] <= ' ' || v.p[i] > '~' || v.p[i] == '\\' || v.p[i] == '"')
			return;
	memcpy(out, v.p + 1, v.len - 2);
	out[v.len - 2] = '\0';
}

int closing_about_take(struct apply *a, const char *line, size_t len, struct err *e)
{
	static const char *const keys[] = { "rec", "optional", "program", "last", "destroyed", NULL };
	struct json_span v[5];
	struct leaving l;
	char program[32] = "";

	if (apply_keys(line, len, keys, v, e) != 0 || read_leaving(a->s, a->peer, &l, e) != 0)
		return -1;
	read_program(v[2], program, sizeof program);
	if (note(a->s, a->peer, "UPDATE peer SET program = ?2 WHERE id = ?1 AND ?3 = 0 AND program IS NOT ?2", *program != '\0' ? program : NULL, 0, e) != 0)
		return -1;
	/* Its word alone closes nothing: an operator asked for it. */
	if (is_true(v[3]) && l.heir && !peer_in_state(a->peer, "retired")) {
		strcpy(a->peer->state, "retired");
		if (roster_next_version(a->s, &a->peer->roster, e) != 0)
			return -1;
	}
	if (!is_true(v[4]) || !peer_in_state(a->peer, "retired"))
		return 0;
	return note(a->s, a->peer, "UPDATE peer SET destroyed = ?3 WHERE id = ?1 AND ?2 IS NULL", NULL, clock_wall_ms(), e);
}

struct due { char device[DEVICE_ID_SIZE], person[RECORD_ID_SIZE], heir[RECORD_ID_SIZE]; };

/* The rows are read before the first is handed over, which changes them. */
static int list_due(struct store *s, struct due **list, size_t *count, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id, person, heir FROM peer WHERE state = 'retired' AND heir IS NOT NULL", e);
	int more;

	if (st == NULL)
		return -1;
	while ((more = store_step(s, st, e)) == 1) {
		struct due *d;

		*list = mem_resize(*list, *count + 1, sizeof **list);
		d = &(*list)[(*count)++];
		snprintf(d->device, sizeof d->device, "%s", store_text(st, 0));
		snprintf(d->person, sizeof d->person, "%s", store_text(st, 1));
		snprintf(d->heir, sizeof d->heir, "%s", store_text(st, 2));
	}
	sqlite3_reset(st);
	return more;
}

/* Who destroyed a store keeps nobody's data: acts of destruction wait for it no longer. */
static int forget_destroyed(struct store *s, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id FROM peer WHERE destroyed IS NOT NULL AND unreachable IS NULL LIMIT 1", e);
	char id[DEVICE_ID_SIZE] = "";
	struct peer p;
	int found = st != NULL ? store_step(s, st, e) : -1;

	if (found == 1)
		snprintf(id, sizeof id, "%s", store_text(st, 0));
	if (st != NULL)
		sqlite3_reset(st);
	if (found != 1)
		return found;
	return peer_find(s, id, &p, e) != 1 || replicas_unreachable(s, &p, _("the device was retired and its store destroyed"), e) != 0 ? -1 : 1;
}

int closing_carry_out(struct store *s, struct err *e)
{
	struct due *list = NULL;
	size_t count = 0;
	int result;

	while ((result = forget_destroyed(s, e)) == 1)
		;
	if (result == 0)
		result = list_due(s, &list, &count, e);

	for (size_t i = 0; i < count && result == 0; i++) {
		sqlite3_stmt *st;
		struct handover done;

		result = handover(s, list[i].person, list[i].heir, &done, e);
		st = result == 0 ? store_prepare(s, "UPDATE peer SET heir = NULL WHERE id = ?1", e) : NULL;
		if (st == NULL) {
			result = -1;
			break;
		}
		store_bind_text(st, 1, list[i].device);
		result = store_run(s, st, e);
	}
	free(list);
	return result;
}

/* --- device --- */

static bool is_set(struct store *s, const char *key, const char *value)
{
	char *now = store_setting(s, key);
	bool is = now != NULL && (value == NULL || strcmp(now, value) == 0);

	free(now);
	return is;
}

void closing_about_write(struct store *s, int64_t last_op, struct buf *out)
{
	bool asked = is_set(s, SETTING_ROSTER_STATE, "retiring") || is_set(s, SETTING_ROSTER_STATE, "retired");

	buf_adds(out, "{\"rec\":\"about\",\"optional\":true,\"program\":\"" PACKAGE_VERSION "\"");
	if (asked && last_op == journal_last_seq(store_journal(s)))
		buf_adds(out, ",\"last\":true");
	if (asked && is_set(s, SETTING_DESTROYING, NULL))
		buf_adds(out, ",\"destroyed\":true");
	buf_adds(out, "}\n");
}

static void add_change(struct buf *news, const char *what, const char *was, const char *is)
{
	if (strcmp(was, is) != 0)
		buf_addf(news, "%s\t%s\t%s\n", what, was, is);
}

int closing_entry(struct apply *a, const char *role, const char *municipality, const char *person, const char *state, struct err *e)
{
	char *was = store_setting(a->s, SETTING_ROSTER_STATE), *unread = store_setting(a->s, SETTING_ROSTER_NEWS);
	struct buf news = BUF_INIT;
	int result = 0;

	if (unread != NULL)
		buf_adds(&news, unread);
	add_change(&news, "role", a->peer->role, role);
	add_change(&news, "municipality", a->peer->municipality, municipality);
	add_change(&news, "person", a->peer->person, person);
	add_change(&news, "state", was != NULL ? was : "active", state);
	if (news.len > 0)
		result = store_set_setting(a->s, SETTING_ROSTER_NEWS, news.data, e);
	if (result == 0)
		result = store_set_setting(a->s, SETTING_ROSTER_STATE, strcmp(state, "active") != 0 ? state : NULL, e);
	if (result == 0 && strcmp(state, "retiring") == 0)
		result = store_set_setting(a->s, SETTING_ACKNOWLEDGE, "1", e);
	buf_release(&news);
	free(was);
	free(unread);
	return result;
}
