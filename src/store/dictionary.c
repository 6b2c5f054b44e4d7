#include "store/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "store/journal_private.h"

bool dictionary_name_valid(const char *name, size_t len)
{
	if (len < 1 || len > 63 || name[0] < 'a' || name[0] > 'z')
		return false;
	for (size_t i = 1; i < len; i++)
		if (!((name[i] >= 'a' && name[i] <= 'z') || (name[i] >= '0' && name[i] <= '9') || name[i] == '_'))
			return false;
	return true;
}

static int place_in_tables(const char *name)
{
	for (int i = 0; tables[i] != NULL; i++)
		if (strcmp(tables[i]->name, name) == 0)
			return i;
	return -1;
}

static struct kind *new_kind(struct journal *j, const char *name)
{
	struct kind *k = mem_zero(1, sizeof *k);
	int place = place_in_tables(name);

	k->name = mem_dup(name);
	bug_if(place >= KNOWN_TABLES_MAX);
	k->place = place;
	k->known = place >= 0 ? tables[place] : NULL;
	j->kinds[j->kind_count++] = k;
	k->number = j->kind_count;
	return k;
}

static void new_column(struct kind *k, const char *name)
{
	int place = k->known != NULL ? table_column(k->known, name) : -1;

	k->columns[k->count] = mem_dup(name);
	k->places[k->count++] = (signed char)place;
	if (place >= 0)
		k->numbers[place] = k->count;
}

static void free_kind(struct kind *k)
{
	sqlite3_finalize(k->insert);
	sqlite3_finalize(k->select);
	sqlite3_finalize(k->remove);
	sqlite3_finalize(k->set_origin);
	for (int i = 0; i < TABLE_COLUMNS_MAX; i++)
		sqlite3_finalize(k->set[i]);
	for (int i = 0; i < k->count; i++)
		free(k->columns[i]);
	free(k->name);
	free(k);
}

void dictionary_release(struct journal *j)
{
	for (int i = 0; i < j->kind_count; i++)
		free_kind(j->kinds[i]);
	j->kind_count = 0;
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("the store's dictionary is damaged"));
}

static int load_tables(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	int rc, n = 0;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(st, 1);

		if (sqlite3_column_int(st, 0) != ++n || n > TABLES_MAX || name == NULL || !dictionary_name_valid(name, strlen(name)))
			return damaged(e);
		new_kind(j, name);
	}
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

static int load_columns(struct journal *j, sqlite3_stmt *st, struct err *e)
{
	int rc;

	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));
		const char *name = (const char *)sqlite3_column_text(st, 2);

		if (k == NULL || sqlite3_column_int(st, 1) != k->count + 1 || k->count == BODY_COLUMNS_MAX || name == NULL ||
		    !dictionary_name_valid(name, strlen(name)))
			return damaged(e);
		new_column(k, name);
	}
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

static int load(struct journal *j, const char *sql, int (*rows)(struct journal *, sqlite3_stmt *, struct err *), struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, sql, -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	rc = rows(j, st, e);
	sqlite3_finalize(st);
	return rc;
}

int dictionary_load(struct journal *j, struct err *e)
{
	dictionary_release(j);
	if (load(j, "SELECT no, name FROM dict_table ORDER BY no", load_tables, e) != 0 ||
	    load(j, "SELECT tbl, no, name FROM dict_column ORDER BY tbl, no", load_columns, e) != 0)
		return -1;
	j->names_read = j->now.names;
	return 0;
}

static int find_kind(const struct journal *j, const char *name)
{
	for (int i = 0; i < j->kind_count; i++)
		if (strcmp(j->kinds[i]->name, name) == 0)
			return i + 1;
	return 0;
}

static int find_column(const struct kind *k, const char *name)
{
	for (int i = 0; i < k->count; i++)
		if (strcmp(k->columns[i], name) == 0)
			return i + 1;
	return 0;
}

int dictionary_add_table(struct journal *j, const char *name, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_TABLE_ADD, e);

	if (j->kind_count == TABLES_MAX)
		return err_set(e, ERR_DAMAGED, _("there are more than %d tables in the dictionary"), TABLES_MAX);
	if (st == NULL || journal_join(j, e) != 0)
		return -1;
	sqlite3_bind_int(st, 1, j->kind_count + 1);
	sqlite3_bind_text(st, 2, name, -1, SQLITE_STATIC);
	sqlite3_bind_int(st, 3, place_in_tables(name) >= 0);
	if (journal_run(j, st, e) != 0)
		return -1;
	new_kind(j, name);
	j->names_read = j->now.names = ++j->version;
	return j->kind_count;
}

int dictionary_add_column(struct journal *j, struct kind *k, const char *name, struct err *e)
{
	sqlite3_stmt *st = journal_sql(j, SQL_COLUMN_ADD, e);

	if (k->count == BODY_COLUMNS_MAX)
		return err_set(e, ERR_DAMAGED, _("there are more than %d columns of %s in the dictionary"), BODY_COLUMNS_MAX, k->name);
	if (st == NULL || journal_join(j, e) != 0)
		return -1;
	sqlite3_bind_int(st, 1, k->number);
	sqlite3_bind_int(st, 2, k->count + 1);
	sqlite3_bind_text(st, 3, name, -1, SQLITE_STATIC);
	sqlite3_bind_int(st, 4, k->known != NULL && table_column(k->known, name) >= 0);
	if (journal_run(j, st, e) != 0)
		return -1;
	new_column(k, name);
	j->names_read = j->now.names = ++j->version;
	return k->count;
}

/* Numbers what this program knows and the dictionary does not have. */
static int add_known(struct journal *j, struct err *e)
{
	for (int i = 0; tables[i] != NULL; i++) {
		int tbl = find_kind(j, tables[i]->name);

		if (tbl == 0)
			tbl = dictionary_add_table(j, tables[i]->name, e);
		if (tbl < 0)
			return -1;
		for (int place = 0; place < tables[i]->count; place++)
			if (find_column(j->kinds[tbl - 1], tables[i]->columns[place].name) == 0 &&
			    dictionary_add_column(j, j->kinds[tbl - 1], tables[i]->columns[place].name, e) < 0)
				return -1;
	}
	return 0;
}

/* Numbers of tables where the dictionary has a name that came in a bundle and that this program has learned since. */
static int list_learned(struct journal *j, struct buf *list, struct err *e)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(j->db, "SELECT no, 0 FROM dict_table WHERE known = 0 UNION ALL SELECT tbl, no FROM dict_column"
	    " WHERE known = 0", -1, &st, NULL) != SQLITE_OK)
		return journal_fail(j, e);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		struct kind *k = dictionary_kind(j, sqlite3_column_int(st, 0));
		int col = sqlite3_column_int(st, 1);

		if (k != NULL && k->known != NULL && (col == 0 || (col <= k->count && k->places[col - 1] >= 0)))
			buf_addf(list, "%s%d", list->len > 0 ? "," : "", k->number);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : journal_fail(j, e);
}

static int mark_known(struct journal *j, struct err *e)
{
	struct buf sql = BUF_INIT;
	int rc = 0;

	for (int i = 0; i < j->kind_count && rc == 0; i++) {
		struct kind *k = j->kinds[i];

		if (k->known == NULL)
			continue;
		buf_reset(&sql);
		buf_addf(&sql, "UPDATE dict_table SET known = 1 WHERE no = %d;", k->number);
		for (int c = 0; c < k->count; c++)
			if (k->places[c] >= 0)
				buf_addf(&sql, "UPDATE dict_column SET known = 1 WHERE tbl = %d AND no = %d;", k->number, c + 1);
		rc = journal_exec(j, sql.data, e);
	}
	buf_release(&sql);
	return rc;
}

int dictionary_learn(struct journal *j, struct err *e)
{
	struct buf list = BUF_INIT;
	int rc = -1;

	if (list_learned(j, &list, e) == 0 && add_known(j, e) == 0) {
		rc = 0;
		if (list.len > 0 && (mark_known(j, e) != 0 || journal_replay_tables(j, list.data, e) != 0))
			rc = -1;
	}
	buf_release(&list);
	return rc;
}

/* A rollback may have taken names away that a bundle brought. */
static void fresh(struct journal *j)
{
	if (j->names_read != j->now.names)
		dictionary_load(j, NULL);
}

struct kind *dictionary_kind(const struct journal *j, int tbl)
{
	return tbl >= 1 && tbl <= j->kind_count ? j->kinds[tbl - 1] : NULL;
}

int dictionary_table(struct journal *j, const char *name)
{
	fresh(j);
	return find_kind(j, name);
}

int dictionary_column(struct journal *j, int tbl, const char *name)
{
	struct kind *k;

	fresh(j);
	k = dictionary_kind(j, tbl);
	return k != NULL ? find_column(k, name) : 0;
}

const char *dictionary_table_name(struct journal *j, int tbl)
{
	struct kind *k = dictionary_kind(j, tbl);

	return k != NULL ? k->name : NULL;
}

const char *dictionary_column_name(struct journal *j, int tbl, int col)
{
	struct kind *k = dictionary_kind(j, tbl);

	return k != NULL && col >= 1 && col <= k->count ? k->columns[col - 1] : NULL;
}

const struct table *dictionary_known(struct journal *j, int tbl)
{
	struct kind *k = dictionary_kind(j, tbl);

	return k != NULL ? k->known : NULL;
}

void dictionary_write(struct journal *j, struct buf *out)
{
	fresh(j);
	buf_addc(out, '[');
	for (int i = 0; i < j->kind_count; i++) {
		struct kind *k = j->kinds[i];

		buf_adds(out, i > 0 ? ",[" : "[");
		json_strings(out, k->name);
		for (int c = 0; c < k->count; c++) {
			buf_addc(out, ',');
			json_strings(out, k->columns[c]);
		}
		buf_addc(out, ']');
	}
	buf_addc(out, ']');
}
