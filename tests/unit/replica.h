/* replica: a journal on a plain SQLite connection, for the tests of the journal and the merge. Included by the test itself. */
#ifndef TESTS_UNIT_REPLICA_H
#define TESTS_UNIT_REPLICA_H

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/dictionary.h"
#include "store/functions.h"
#include "store/journal.h"
#include "store/merge.h"
#include "schema/migrate.h"
#include "tests/unit/test.h"

struct replica {
	sqlite3 *db;
	struct journal *j;
};

__attribute__((unused)) static bool replica_attach(struct replica *r, const char *tag)
{
	struct err e = ERR_INIT;

	if (journal_attach(r->db, tag, &r->j, &e) == 0 && journal_before_begin(r->j, &e) == 0)
		return true;
	test_note("attach %s: %s", tag, e.text);
	return false;
}

/* An empty store, made once and copied: a thousand replicas that each make their own tables cost more than what is tested with them. */
__attribute__((unused)) static bool replica_tables(struct replica *r, struct err *e)
{
	static unsigned char *image;
	static sqlite3_int64 size;
	unsigned char *copy;

	if (image == NULL) {
		if (migrate_run(r->db, migrations, e) != 0)
			return false;
		image = sqlite3_serialize(r->db, "main", &size, 0);
		return image != NULL;
	}
	copy = sqlite3_malloc64((sqlite3_uint64)size);
	if (copy == NULL)
		return false;
	memcpy(copy, image, (size_t)size);
	return sqlite3_deserialize(r->db, "main", copy, size, size, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) == SQLITE_OK;
}

__attribute__((unused)) static bool replica_open(struct replica *r, const char *tag)
{
	struct err e = ERR_INIT;

	*r = (struct replica){ NULL, NULL };
	if (sqlite3_open(":memory:", &r->db) != SQLITE_OK || functions_register(r->db, &e) != 0 || !replica_tables(r, &e)) {
		test_note("open %s: %s %s", tag, sqlite3_errmsg(r->db), e.text);
		return false;
	}
	return replica_attach(r, tag);
}

__attribute__((unused)) static void replica_close(struct replica *r)
{
	journal_detach(r->j);
	sqlite3_close(r->db);
}

/* Statements in a transaction of their own; rolled back when one fails. The error, or "". */
__attribute__((unused)) static const char *replica_try(struct replica *r, const char *sql)
{
	static char text[512];
	char *message = NULL;
	struct err e = ERR_INIT;

	text[0] = '\0';
	sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
	if (sqlite3_exec(r->db, sql, NULL, NULL, &message) == SQLITE_OK && journal_before_commit(r->j, &e) == 0) {
		sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
		journal_after_commit(r->j);
		return text;
	}
	snprintf(text, sizeof text, "%s%s", message != NULL ? message : "", e.text);
	sqlite3_free(message);
	sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
	journal_after_rollback(r->j);
	return text;
}

__attribute__((unused)) static bool replica_do(struct replica *r, const char *sql)
{
	const char *problem = replica_try(r, sql);

	if (*problem != '\0')
		test_note("%s: %s", sql, problem);
	return *problem == '\0';
}

/* All rows of a query as text, columns by '|', rows by line feeds. Stays until the next call. */
__attribute__((unused)) static const char *replica_rows(struct replica *r, const char *sql)
{
	static struct buf out;
	sqlite3_stmt *st = NULL;

	if (out.data == NULL)
		buf_init(&out);
	buf_reset(&out);
	if (sqlite3_prepare_v2(r->db, sql, -1, &st, NULL) != SQLITE_OK)
		return sqlite3_errmsg(r->db);
	while (sqlite3_step(st) == SQLITE_ROW) {
		if (out.len > 0)
			buf_addc(&out, '\n');
		for (int i = 0; i < sqlite3_column_count(st); i++) {
			const char *text = (const char *)sqlite3_column_text(st, i);

			if (i > 0)
				buf_addc(&out, '|');
			buf_adds(&out, text != NULL ? text : "~");
		}
	}
	sqlite3_finalize(st);
	return out.data;
}

struct carry {
	struct replica *to;
	struct dictionary_map *map;
	int dev;
	int applied;
};

/* As a bundle would carry it: a line of text, translated by the writer's dictionary. */
__attribute__((unused)) static int replica_carry(void *context, const struct operation *op, struct err *e)
{
	struct carry *c = context;
	struct buf line = BUF_INIT, scratch = BUF_INIT;
	enum merge_result result;
	struct operation in;
	int64_t dhlc;
	int rc;

	buf_addf(&line, "[0,%d,%d,\"%.*s\"", op->tbl, op->kind, (int)op->pk_len, op->pk);
	if (op->body != NULL)
		buf_addf(&line, ",%.*s", (int)op->body_len, op->body);
	buf_addc(&line, ']');
	memset(&in, 0, sizeof in);
	rc = dictionary_translate(c->map, line.data, line.len, &in, &dhlc, &scratch, e);
	in.dev = c->dev;
	in.seq = op->seq;
	in.hlc = op->hlc;
	if (rc == 0)
		rc = merge_operation(c->to->j, &in, &result, e);
	if (rc == 0)
		c->applied += result != MERGE_KNOWN;
	buf_release(&line);
	buf_release(&scratch);
	return rc;
}

/* Brings operations `first` to `last` of the device `tag` from one replica to another. The number applied, or -1. */
__attribute__((unused)) static int replica_bring(struct replica *to, struct replica *from, const char *tag, int64_t first, int64_t last)
{
	struct err e = ERR_INIT;
	struct buf dictionary = BUF_INIT;
	struct carry c = { .to = to };
	int rc = -1;

	sqlite3_exec(to->db, "BEGIN", NULL, NULL, NULL);
	dictionary_write(from->j, &dictionary);
	c.map = dictionary_map_read(to->j, dictionary.data, dictionary.len, &e);
	c.dev = journal_device(to->j, tag, &e);
	/* Without the triggers now and then, and when all is brought: to take them away and to make them again costs more than a short history. */
	if (c.map != NULL && c.dev > 0 && (last % 32 != 31 || merge_begin(to->j, &e) == 0))
		rc = journal_each(from->j, journal_device(from->j, tag, &e), first, last, replica_carry, &c, &e);
	if (rc == 0)
		rc = journal_before_commit(to->j, &e);
	sqlite3_exec(to->db, rc == 0 ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
	if (rc != 0)
		test_note("%s: %s", tag, e.text);
	dictionary_map_free(c.map);
	buf_release(&dictionary);
	return rc == 0 ? c.applied : -1;
}

#endif
