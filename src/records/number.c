#include "records/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "records/joined.h"

enum { LEAP = 10000, NUMBER_MOST = 999999999 };

/* `papers`: every number of the series that stands on a paper, removed ones too. */
static const struct series { const char *code, *prefix, *papers; } all_series[] = {
	{ NUMBER_CERTIFICATE, "ЖС-", "certificate" },
	{ NUMBER_LETTER, "БП-", "award" },
};
enum { SERIES = sizeof all_series / sizeof *all_series };

static const struct series *find_series(const char *code)
{
	for (int i = 0; i < SERIES; i++)
		if (strcmp(all_series[i].code, code) == 0)
			return &all_series[i];
	bug("no such series of numbers");
}

/* What a hub, or whoever forged its word, can have written; the columns of a block may hold anything. */
#define SANE_BLOCK "b.deleted = 0 AND typeof(b.first) = 'integer' AND typeof(b.last) = 'integer' AND b.first BETWEEN 1 AND b.last AND b.last <= 999999999"

/* --- a device --- */

static void setting_name(char out[64], const char *what, const struct series *n)
{
	snprintf(out, 64, "%s-%s", what, n->code);
}

static int64_t last_taken(struct store *s, const char *setting)
{
	char *kept = store_setting(s, setting);
	int64_t last = kept ? strtoll(kept, NULL, 10) : 0;
	free(kept);
	return last < 0 ? 0 : last;
}

static int keep_taken(struct store *s, const char *setting, int64_t number, struct err *e)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRId64, number);
	return store_set_setting(s, setting, text, e);
}

/* *number: the one after `last` in this device's blocks; 0: there is none. */
static int next_of_blocks(struct store *s, const struct series *n, int64_t last, int64_t *number, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT min(max(b.first, ?3 + 1)) FROM number_block b WHERE b.device = ?1 AND b.series = ?2 AND b.last > ?3"
	    " AND " SANE_BLOCK, e);
	*number = 0;
	if (!st)
		return -1;
	store_bind_text(st, 1, journal_tag(store_journal(s)));
	store_bind_text(st, 2, n->code);
	sqlite3_bind_int64(st, 3, last);
	int rc = store_step(s, st, e);
	if (rc == 1)
		*number = sqlite3_column_int64(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int number_given(struct store *s, const char *number, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM certificate WHERE number = ?1 UNION ALL SELECT 1 FROM award WHERE number = ?1 LIMIT 1", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, number);
	int rc = store_step(s, st, e);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc;
}

static int take_own(struct store *s, const struct series *n, char out[NUMBER_SIZE], struct err *e)
{
	char setting[64];
	int there;
	setting_name(setting, "number-own", n);
	int64_t number = last_taken(s, setting);
	do {
		snprintf(out, NUMBER_SIZE, "%s%s-%" PRId64, n->prefix, journal_tag(store_journal(s)), ++number);
		there = number_given(s, out, e);
	} while (there == 1);
	return there < 0 ? -1 : keep_taken(s, setting, number, e);
}

int number_take(struct store *s, const char *series, char out[NUMBER_SIZE], struct err *e)
{
	const struct series *n = find_series(series);
	char setting[64];
	int64_t number;
	int there;
	bug_if(sqlite3_get_autocommit(store_db(s)));	/* outside a transaction the number and its paper could part */
	setting_name(setting, "number", n);
	number = last_taken(s, setting);
	do {
		if (next_of_blocks(s, n, number, &number, e) != 0)
			return -1;
		if (number == 0)
			return take_own(s, n, out, e);
		snprintf(out, NUMBER_SIZE, "%s%06" PRId64, n->prefix, number);
		there = number_given(s, out, e);		/* typed by hand on another paper */
	} while (there == 1);
	return there < 0 ? -1 : keep_taken(s, setting, number, e);
}

int number_left(struct store *s, const char *series, int64_t *left, struct err *e)
{
	const struct series *n = find_series(series);
	char setting[64];
	setting_name(setting, "number", n);
	sqlite3_stmt *st = store_prepare(s, "SELECT coalesce(sum(b.last - max(b.first - 1, ?3)), 0) FROM number_block b"
	    " WHERE b.device = ?1 AND b.series = ?2 AND b.last > ?3 AND " SANE_BLOCK, e);
	*left = 0;
	if (!st)
		return -1;
	store_bind_text(st, 1, journal_tag(store_journal(s)));
	store_bind_text(st, 2, n->code);
	sqlite3_bind_int64(st, 3, last_taken(s, setting));
	int rc = store_step(s, st, e);
	if (rc == 1)
		*left = sqlite3_column_int64(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

int number_begin_anew(struct store *s, int64_t epoch, struct err *e)
{
	for (int i = 0; i < SERIES; i++) {
		char setting[64];
		sqlite3_stmt *st = store_prepare(s, "SELECT max(b.last) FROM number_block b WHERE b.device = ?1 AND b.series = ?2 AND " SANE_BLOCK, e);
		if (!st)
			return -1;
		store_bind_text(st, 1, journal_tag(store_journal(s)));
		store_bind_text(st, 2, all_series[i].code);
		int rc = store_step(s, st, e);
		int64_t end = rc == 1 ? sqlite3_column_int64(st, 0) : 0;
		if (rc >= 0)
			sqlite3_reset(st);
		if (rc < 0)
			return -1;
		setting_name(setting, "number", &all_series[i]);
		if (last_taken(s, setting) < end && keep_taken(s, setting, end, e) != 0)
			return -1;
		setting_name(setting, "number-own", &all_series[i]);
		if (last_taken(s, setting) < (epoch - 1) * LEAP && keep_taken(s, setting, (epoch - 1) * LEAP, e) != 0)
			return -1;
	}
	return 0;
}

/* --- the hub --- */

/* The numbers of a series on papers, as integers. ?2 is the prefix. */
#define PAPERS(table) "(SELECT CAST(substr(number, length(?2) + 1) AS INTEGER) AS n FROM " table \
	" WHERE substr(number, 1, length(?2)) = ?2 AND length(number) BETWEEN length(?2) + 6 AND length(?2) + 9" \
	" AND substr(number, length(?2) + 1) NOT GLOB '*[^0-9]*')"

/* ?1 tag, ?3 series: how many numbers past the greatest used one the device has. It takes them upwards. */
#define UNUSED(table) "SELECT coalesce(sum(b.last - max(b.first - 1, coalesce((SELECT max(n) FROM " PAPERS(table) \
	" WHERE n BETWEEN b.first AND b.last), 0))), 0) FROM number_block b WHERE b.device = ?1 AND b.series = ?3 AND " SANE_BLOCK

/* The end of all that is known, and the id of the block that ends there ("": a paper goes further). Removed blocks count too. A paper a million numbers
 * past all blocks was typed by hand; a device that ever comes there steps over it. */
#define END(table) "WITH of_blocks AS (SELECT b.last, b.id FROM number_block b WHERE b.series = ?3 AND typeof(b.last) = 'integer'" \
	" AND b.last BETWEEN 1 AND 999999999) SELECT max(last), id FROM (SELECT last, id FROM of_blocks UNION ALL SELECT n, '' FROM " PAPERS(table) \
	" WHERE n - (SELECT coalesce(max(last), 0) FROM of_blocks) BETWEEN 1 AND 1000000)"

static const struct { const char *unused, *end; } questions[SERIES] = {
	{ UNUSED("certificate"), END("certificate") },
	{ UNUSED("award"), END("award") },
};

static sqlite3_stmt *ask(struct store *s, const char *sql, const char *tag, const struct series *n, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, sql, e);
	if (st) {
		if (tag)
			store_bind_text(st, 1, tag);
		store_bind_text(st, 2, n->prefix);
		store_bind_text(st, 3, n->code);
	}
	return st;
}

static int count_unused(struct store *s, int i, const char *tag, int64_t *unused, struct err *e)
{
	sqlite3_stmt *st = ask(s, questions[i].unused, tag, &all_series[i], e);
	int rc = st ? store_step(s, st, e) : -1;
	*unused = 0;
	if (rc == 1)
		*unused = sqlite3_column_int64(st, 0);
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

static bool made_here(struct store *s, const char *id)
{
	const char *tag = journal_tag(store_journal(s));
	size_t len = strlen(tag);
	return strncmp(id, tag, len) == 0 && id[len] == '-';
}

static int find_end(struct store *s, int i, int64_t *end, struct err *e)
{
	sqlite3_stmt *st = ask(s, questions[i].end, NULL, &all_series[i], e);
	int rc = st ? store_step(s, st, e) : -1;
	*end = 0;
	if (rc == 1) {
		*end = sqlite3_column_int64(st, 0);
		if (*end > 0 && !made_here(s, store_text(st, 1)))
			*end = (*end / LEAP + 1) * LEAP;
	}
	if (rc >= 0)
		sqlite3_reset(st);
	return rc < 0 ? -1 : 0;
}

static int add_block(struct store *s, const char *tag, const struct series *n, int64_t first, int64_t last, struct err *e)
{
	char id[RECORD_ID_SIZE];
	sqlite3_stmt *st = store_prepare(s, "INSERT INTO number_block(id, deleted, device, series, first, last) VALUES(?1, 0, ?2, ?3, ?4, ?5)", e);
	if (!st)
		return -1;
	journal_new_id(store_journal(s), id);
	store_bind_text(st, 1, id);
	store_bind_text(st, 2, tag);
	store_bind_text(st, 3, n->code);
	sqlite3_bind_int64(st, 4, first);
	sqlite3_bind_int64(st, 5, last);
	return store_run(s, st, e);
}

int number_reserve(struct store *s, const char *tag, int least, struct err *e)
{
	for (int i = 0; i < SERIES; i++) {
		int64_t unused, end;
		if (count_unused(s, i, tag, &unused, e) != 0)
			return -1;
		if (unused >= least)
			continue;
		if (find_end(s, i, &end, e) != 0)
			return -1;
		int64_t last = end + (least > NUMBER_BLOCK ? least : NUMBER_BLOCK);
		if (last > NUMBER_MOST)
			continue;		/* the device goes on with numbers of its own form; nobody's bundles wait for that */
		if (add_block(s, tag, &all_series[i], end + 1, last, e) != 0)
			return -1;
	}
	return 0;
}

int number_abandon(struct store *s, const char *tag, struct err *e)
{
	sqlite3_stmt *st = store_prepare(s, "UPDATE number_block SET deleted = 1 WHERE device = ?1 AND deleted = 0", e);
	if (!st)
		return -1;
	store_bind_text(st, 1, tag);
	return store_run(s, st, e);
}

/* --- what should not be --- */

#define TWICE(table) "SELECT t.number FROM " table " t WHERE t.number IS NOT NULL GROUP BY t.number HAVING count(DISTINCT " JOINED_PERSON("t.person") ") > 1"

int number_twice(struct store *s, number_fn each, void *context, struct err *e)
{
	int rc;
	sqlite3_stmt *st = store_prepare(s, TWICE("certificate") " UNION ALL " TWICE("award") " ORDER BY 1", e);
	if (!st)
		return -1;
	while ((rc = store_step(s, st, e)) == 1)
		if (each(context, store_text(st, 0), e) != 0) {
			rc = -1;
			break;
		}
	sqlite3_reset(st);
	return rc;
}

static int add_twice(void *context, const char *number, struct err *e)
{
	(void)e;
	buf_addf(context, _("the number %s stands on papers of several people"), number);
	buf_addc(context, '\n');
	return 0;
}

#define AGAIN(table, of) "SELECT person, group_concat(number, ', ') FROM (SELECT " JOINED_PERSON("t.person") " AS person, t.number, " of " AS what FROM " table \
	" t WHERE t.programme = ?1 AND t.deleted = 0 ORDER BY t.id) GROUP BY person, what HAVING count(*) > 1 ORDER BY person"

int number_words(struct store *s, const char *series, struct buf *out, struct err *e)
{
	bool letter = strcmp(find_series(series)->code, NUMBER_LETTER) == 0;
	char programme[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	int rc;
	sqlite3_stmt *st = programme_current(s, programme, e) != 0 ? NULL : store_prepare(s, letter ? AGAIN("award", "''") : AGAIN("certificate", "coalesce(course, '')"), e);
	if (!st)
		return -1;
	store_bind_text(st, 1, programme);
	while ((rc = store_step(s, st, e)) == 1) {
		buf_reset(&name);
		record_name(s, &person_type, store_text(st, 0), &name);
		/* TRANSLATORS: a name, the numbers of the letters, of the certificates */
		buf_addf(out, letter ? _("%s has several letters of thanks: %s; remove those that were not handed out (award remove)") :
		    _("%s has several certificates for the same: %s; remove those that were not handed out (certificate remove)"), name.data, store_text(st, 1));
		buf_addc(out, '\n');
	}
	sqlite3_reset(st);
	buf_release(&name);
	return rc == 0 ? number_twice(s, add_twice, out, e) : -1;
}
