#include "sync/peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

#define COLUMNS "minisign, recipient, label, state, role, municipality, person, request, epoch, in_seq, in_hash, in_op, out_seq, out_hash," \
	" out_op, done_op, feed_pos, roster, roster_told, heard"

static void copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

static int read_row(struct store *s, sqlite3_stmt *st, struct peer *p, struct err *e)
{
	(void)s;
	memset(p, 0, sizeof *p);
	if (public_identity_known(&p->pub, store_text(st, 0), store_text(st, 1)) != 0)
		return err_set(e, ERR_DAMAGED, _("the keys of a device in this store are damaged"));
	copy(p->label, sizeof p->label, store_text(st, 2));
	copy(p->state, sizeof p->state, store_text(st, 3));
	copy(p->role, sizeof p->role, store_text(st, 4));
	copy(p->municipality, sizeof p->municipality, store_text(st, 5));
	copy(p->person, sizeof p->person, store_text(st, 6));
	copy(p->request, sizeof p->request, store_text(st, 7));
	p->epoch = sqlite3_column_int64(st, 8);
	p->in_seq = sqlite3_column_int64(st, 9);
	copy(p->in_hash, sizeof p->in_hash, store_text(st, 10));
	p->in_op = sqlite3_column_int64(st, 11);
	p->out_seq = sqlite3_column_int64(st, 12);
	copy(p->out_hash, sizeof p->out_hash, store_text(st, 13));
	p->out_op = sqlite3_column_int64(st, 14);
	p->done_op = sqlite3_column_int64(st, 15);
	p->feed_pos = sqlite3_column_int64(st, 16);
	p->roster = sqlite3_column_int64(st, 17);
	p->roster_told = sqlite3_column_int64(st, 18);
	p->heard = sqlite3_column_int64(st, 19);
	return 0;
}

/* Steps a query for one row. */
static int read_one(struct store *s, sqlite3_stmt *st, struct peer *p, struct err *e)
{
	int found = store_step(s, st, e);

	if (found == 1 && read_row(s, st, p, e) != 0)
		found = -1;
	sqlite3_reset(st);
	return found;
}

int peer_find(struct store *s, const char *id, struct peer *p, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT " COLUMNS " FROM peer WHERE id = ?1", e);

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, id);
	return read_one(s, st, p, e);
}

int peer_hub(struct store *s, struct peer *p, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT " COLUMNS " FROM peer LIMIT 1", e);

	return st == NULL ? -1 : read_one(s, st, p, e);
}

int peer_save(struct store *s, const struct peer *p, struct err *e)
{
	const char *texts[] = { p->pub.id, p->pub.tag, p->pub.minisign, p->pub.recipient, p->label, p->state,
	    p->role, p->municipality,
		p->person, p->request, p->in_hash, p->out_hash };
	const int64_t numbers[] = { p->epoch, p->in_seq, p->in_op, p->out_seq, p->out_op, p->done_op,
	    p->feed_pos, p->roster,
		p->roster_told, p->heard };
	const int text_count = sizeof texts / sizeof *texts, number_count = sizeof numbers / sizeof *numbers;
	sqlite3_stmt *st = store_prepare(s,
	    "INSERT INTO peer(id, tag, minisign, recipient, label, state, role, municipality, person, request, in_hash, out_hash,"
	    " epoch, in_seq, in_op, out_seq, out_op, done_op, feed_pos, roster, roster_told, heard)"
	    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)"
	    " ON CONFLICT(id) DO UPDATE SET label = ?5, state = ?6, role = ?7, municipality = ?8, person = ?9, request = ?10, in_hash = ?11,"
	    " out_hash = ?12, epoch = ?13, in_seq = ?14, in_op = ?15, out_seq = ?16, out_op = ?17, done_op = ?18, feed_pos = ?19,"
	    " roster = ?20, roster_told = ?21, heard = ?22", e);

	if (st == NULL)
		return -1;
	for (int i = 0; i < text_count; i++)
		store_bind_text(st, i + 1, texts[i]);
	for (int i = 0; i < number_count; i++)
		sqlite3_bind_int64(st, text_count + i + 1, numbers[i]);
	return store_run(s, st, e);
}

/* Ids of the peers in a state, in one allocation; the caller frees. */
static int list_ids(struct store *s, const char *state, char (**ids)[DEVICE_ID_SIZE], size_t *count,
    struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT id FROM peer WHERE ?1 IS NULL OR state = ?1 ORDER BY id",
	    e);
	size_t room = 0;
	int more;

	*ids = NULL;
	*count = 0;
	if (st == NULL)
		return -1;
	store_bind_text(st, 1, state);
	while ((more = store_step(s, st, e)) == 1) {
		if (*count == room) {
			room = room > 0 ? room * 2 : 16;
			*ids = mem_resize(*ids, room, sizeof **ids);
		}
		copy((*ids)[(*count)++], DEVICE_ID_SIZE, store_text(st, 0));
	}
	sqlite3_reset(st);
	return more;
}

int peer_each(struct store *s, const char *state, peer_fn each, void *context, struct err *e)
{
	char (*ids)[DEVICE_ID_SIZE];
	size_t count;
	int result = list_ids(s, state, &ids, &count, e);

	for (size_t i = 0; i < count && result == 0; i++) {
		struct peer p;
		int found = peer_find(s, ids[i], &p, e);

		result = found < 0 ? -1 : found == 0 ? 0 : each(context, &p, e);
	}
	free(ids);
	return result;
}

int peer_in_state(const struct peer *p, const char *state)
{
	return strcmp(p->state, state) == 0;
}
