/* The order of the texts within a section: one that changes places with its neighbour. */
#include "records/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

/* Of one section, in their order. */
struct texts {
	struct text { char id[RECORD_ID_SIZE]; int64_t position; } *text;	/* position -1: none */
	int count, at;								/* at: the one that moves */
};

static int read_texts(struct store *s, const char *id, struct texts *t, struct err *e)
{
	int rc;
	sqlite3_stmt *st = store_prepare(s, "SELECT r.id, coalesce(r.position, -1) FROM story r JOIN story m ON m.id = ?1"
	    " WHERE r.programme = m.programme AND coalesce(r.section, '') = coalesce(m.section, '') AND r.deleted = 0"
	    " ORDER BY coalesce(r.position, 999999999), sort_key(r.title), r.id", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	while ((rc = store_step(s, st, e)) == 1) {
		t->text = mem_resize(t->text, (size_t)t->count + 1, sizeof *t->text);
		struct text *x = &t->text[t->count];
		snprintf(x->id, sizeof x->id, "%s", store_text(st, 0));
		x->position = sqlite3_column_int64(st, 1);
		if (strcmp(x->id, id) == 0)
			t->at = t->count;
		t->count++;
	}
	if (rc == 0)
		sqlite3_reset(st);
	return rc;
}

static int set_position(struct store *s, const char *id, int64_t position, struct err *e)
{
	char typed[24];
	struct record r;
	if (record_load(s, &r, &story_type, id, e) != 0)
		return -1;
	snprintf(typed, sizeof typed, "%lld", (long long)position);
	int rc = record_set(s, &r, "position", typed, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

/* The places that are taken stay as they are as far as no two texts share one, so that the sections keep their order and few records change. */
static int place(struct store *s, const struct texts *t, int by, struct err *e)
{
	int64_t last = 0;
	for (int i = 0; i < t->count; i++) {
		int from = i == t->at ? t->at + by : i == t->at + by ? t->at : i;
		int64_t wanted = t->text[i].position > last ? t->text[i].position : last + 1;
		if (t->text[from].position != wanted && set_position(s, t->text[from].id, wanted, e) != 0)
			return -1;
		last = wanted;
	}
	return 0;
}

int story_shift(struct store *s, const char *id, int by, bool *moved, struct err *e)
{
	struct texts t = { .at = -1 };
	*moved = false;
	if (store_begin(s, e) != 0)
		return -1;
	int rc = read_texts(s, id, &t, e);
	if (rc == 0 && t.at < 0)
		rc = record_unknown(&story_type, id, e);
	if (rc == 0 && t.at + by >= 0 && t.at + by < t.count) {
		*moved = true;
		rc = place(s, &t, by, e);
	}
	free(t.text);
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}
