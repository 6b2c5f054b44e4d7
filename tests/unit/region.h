/* region: what the tests of the sync begin with: a hub, devices and a folder between them, in one process. */
#ifndef TESTS_UNIT_REGION_H
#define TESTS_UNIT_REGION_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "records/attendance.h"
#include "records/person.h"
#include "store/journal.h"
#include "schema/table.h"
#include "sync/chain.h"
#include "sync/hub.h"
#include "sync/peer.h"
#include "sync/sync.h"
#include "tests/unit/records.h"
#include "tests/unit/test_files.h"

#define BURAEVO "80618000"		/* Бураевский район */
#define BELEBEY "80609000"		/* Белебеевский район */

static struct store *region_hub;
static char region_dir[4096];
static char region_notes[8192];

static inline int region_note_failure(struct err *e)
{
	test_note("%s", e->text);
	return -1;
}

static inline bool region_open(void)
{
	static int number;
	struct err e = ERR_INIT;

	region_hub = new_store();
	snprintf(region_dir, sizeof region_dir, "%s/stick%d", test_folder(), ++number);
	return region_hub != NULL && fs_mkdirs(region_dir, 0700, &e) == 0 && hub_init(region_hub, "Уфа",
	    &e) == 0;
}

static inline void region_close(void)
{
	store_close(region_hub);
	region_hub = NULL;
}

/* A new device with its person's card, as `init` makes it. */
static inline struct store *region_device(const char *name, const char *municipality, const char *role)
{
	struct store *s = new_store();
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (s == NULL)
		return NULL;
	make(s, &person_type, id, "name", name, "municipality", municipality, "role", role, NULL);
	if (store_set_setting(s, "person", id, &e) != 0 || store_set_setting(s, "name", name, &e) != 0 ||
	    store_set_setting(s, "municipality", municipality, &e) != 0)
		test_note("%s", e.text);
	return s;
}

static inline int region_enrol(struct store *s, const char *role, const char *municipality, struct err *e)
{
	struct buf card = BUF_INIT, join = BUF_INIT, welcome = BUF_INIT;
	struct hub_approval how = { .fingerprint = store_identity(s)->pub.fingerprint, .role = role,
	    .municipality = municipality };
	int result = hub_card(region_hub, &card, e);

	if (result == 0)
		result = sync_join(s, card.data, card.len, store_identity(region_hub)->pub.fingerprint, &join,
		    e);
	if (result == 0)
		result = hub_approve(region_hub, join.data, join.len, &how, &welcome, e);
	if (result == 0)
		result = sync_welcome(s, welcome.data, welcome.len, e);
	buf_release(&card);
	buf_release(&join);
	buf_release(&welcome);
	return result == 0 ? 0 : region_note_failure(e);
}

/* A device that belongs to the hub, or NULL. */
static inline struct store *region_member(const char *name, const char *municipality, const char *role)
{
	struct store *s = region_device(name, municipality, role);
	struct err e = ERR_INIT;

	if (s != NULL && region_enrol(s, role, municipality, &e) != 0) {
		store_close(s);
		return NULL;
	}
	return s;
}

static inline struct sync_report region_sync(struct store *s)
{
	struct sync_report report;
	struct err e = ERR_INIT;

	if (!CHECK_INT(sync_run(s, region_dir, &report, &e), 0))
		test_note("%s", e.text);
	if (report.bundles_refused > 0)
		test_note("refused: %s", report.problem);
	return report;
}

static inline void region_take_note(void *context, const char *line)
{
	size_t used = strlen(region_notes);

	(void)context;
	snprintf(region_notes + used, sizeof region_notes - used, "%s\n", line);
}

static inline struct hub_collected region_collect(void)
{
	struct hub_collected out;
	struct err e = ERR_INIT;

	*region_notes = '\0';
	if (!CHECK_INT(hub_collect(region_hub, region_dir, &out, region_take_note, NULL, &e), 0))
		test_note("%s", e.text);
	return out;
}

/* Everybody to the hub, the hub, everybody from the hub. */
static inline void region_exchange(struct store *const *devices, int count)
{
	for (int i = 0; i < count; i++)
		region_sync(devices[i]);
	if (region_collect().bundles_refused > 0)
		test_note("%s", region_notes);
	for (int i = 0; i < count; i++)
		region_sync(devices[i]);
}

/* One value by a query without parameters; the string lives until the fourth call after. */
static inline const char *region_value(struct store *s, const char *sql)
{
	static char values[4][4096];
	static int next;
	char *value = values[next++ % 4];
	struct err e = ERR_INIT;
	sqlite3_stmt *st = store_prepare_once(s, sql, &e);

	snprintf(value, sizeof values[0], "%s", st != NULL && store_step(s, st, &e) == 1 ? store_text(st,
	    0) : "?");
	sqlite3_finalize(st);
	return value;
}

static inline int region_count(struct store *s, const char *sql)
{
	return atoi(region_value(s, sql));
}

static inline bool region_holds(struct store *s, const char *table, const char *id)
{
	char sql[256];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\" WHERE id = '%s'", table, id);
	return region_count(s, sql) == 1;
}

/* All rows of the replicated tables, as text. */
static inline void region_dump(struct store *s, struct buf *out)
{
	struct err e = ERR_INIT;

	for (int i = 0; tables[i] != NULL; i++) {
		struct buf sql = BUF_INIT;
		sqlite3_stmt *st;

		buf_adds(&sql, "SELECT id");
		for (int c = 0; c < tables[i]->count; c++)
			buf_addf(&sql, ", \"%s\"", tables[i]->columns[c].name);
		buf_addf(&sql, " FROM \"%s\" ORDER BY id", tables[i]->name);
		st = store_prepare_once(s, sql.data, &e);
		while (st != NULL && store_step(s, st, &e) == 1) {
			buf_adds(out, tables[i]->name);
			for (int c = 0; c < sqlite3_column_count(st); c++)
				buf_addf(out, "|%s", store_text(st, c));
			buf_addc(out, '\n');
		}
		sqlite3_finalize(st);
		buf_release(&sql);
	}
}

static inline int region_by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The lines of a text, sorted; the text is cut up. The caller frees. */
static inline char **region_lines(struct buf *text, size_t *count)
{
	char **lines = malloc((text->len + 1) * sizeof *lines);

	*count = 0;
	for (char *line = strtok(text->data, "\n"); line != NULL; line = strtok(NULL, "\n"))
		lines[(*count)++] = line;
	qsort(lines, *count, sizeof *lines, region_by_text);
	return lines;
}

/* Every row of `part` is the same in `whole`. */
static inline bool region_within(struct store *part, struct store *whole)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	size_t parts, wholes;
	char **one, **other;
	bool within = true;

	region_dump(part, &a);
	region_dump(whole, &b);
	one = region_lines(&a, &parts);
	other = region_lines(&b, &wholes);
	for (size_t i = 0; i < parts; i++)
		if (bsearch(&one[i], other, wholes, sizeof *other, region_by_text) == NULL) {
			test_note("only in one: %s", one[i]);
			within = false;
		}
	free(one);
	free(other);
	buf_release(&a);
	buf_release(&b);
	return within;
}

static inline bool region_same(struct store *a, struct store *b)
{
	bool there = region_within(a, b), back = region_within(b, a);

	return there && back;
}

static inline void region_sound(struct store *s)
{
	struct chain_report chains;
	struct err e = ERR_INIT;

	if (!CHECK_INT(journal_check(store_journal(s), &e), 0) || !CHECK_INT(chain_check(s, &chains, &e), 0))
		test_note("%s", e.text);
}

/* The path of a file of the exchange; four may be in use at a time. */
static inline const char *region_file(const char *box, struct store *device, int number)
{
	static char paths[4][4300];
	static int next;
	char *p = paths[next++ % 4];

	snprintf(p, sizeof paths[0], "%s/%s/%s/%s/%08d.bundle", region_dir, store_identity(region_hub)->pub.id,
	    box,
	    store_identity(device)->pub.id, number);
	return p;
}

static inline void change(struct store *s, const struct record_type *t, const char *id, const char *field,
    const char *value)
{
	struct record r;
	struct err e = ERR_INIT;

	if (CHECK_INT(record_load(s, &r, t, id, &e), 0)) {
		if (!CHECK_INT(record_set(s, &r, field, value, &e), 0) || !CHECK_INT(record_save(s, &r, &e), 0))
			test_note("%s", e.text);
	} else {
		test_note("%s", e.text);
	}
	record_release(&r);
}

static inline void mark(struct store *s, const char *seminar, const char *person, enum attendance_state state)
{
	struct err e = ERR_INIT;

	if (!CHECK_INT(attendance_mark(s, seminar, person, state, &e), 0))
		test_note("%s", e.text);
}

#endif
