/* records: what the tests of records and documents begin with: a new store in the test's folder, and records made as a person makes them. */
#ifndef TESTS_UNIT_RECORDS_H
#define TESTS_UNIT_RECORDS_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "crypto/secret.h"
#include "listings/listing.h"
#include "records/record.h"
#include "store/store.h"
#include "tests/unit/test.h"

/* NULL after a failed check. A key file costs no key derivation. */
static inline struct store *new_store(void)
{
	static int number;
	char path[4096], key_file[4096];
	struct store *s = NULL;
	struct err e = ERR_INIT;
	do
		snprintf(path, sizeof path, "%s/%d.ldb", test_folder(), ++number);
	while (access(path, F_OK) == 0);		/* another file of the same program counts by itself */
	snprintf(key_file, sizeof key_file, "%s/%d.key", test_folder(), number);
	struct store_key key = { .key_file = key_file };
	if (crypto_start(&e) == 0 && store_create(path, &key, &s, &e) == 0)
		return s;
	test_note("%s", e.text);
	CHECK(!"store_create");
	return NULL;
}

/* The store belongs to a hub: without one its person coordinates, whatever the role. */
static inline void belong(struct store *s)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_exec(s, "INSERT OR IGNORE INTO peer(id, tag, label, minisign, recipient, state)"
	    " VALUES('hub', 'hub', 'Уфа', '', '', 'active')", &e));
}

/* Pairs of field and typed value, then NULL. 0, or -1 with *e. */
static inline int try_record(struct store *s, const struct record_type *t, char id[RECORD_ID_SIZE], struct err *e, va_list pairs)
{
	struct record r;
	const char *field;
	int rc = 0;
	record_init(&r, t);
	while (rc == 0 && (field = va_arg(pairs, const char *)) != NULL)
		rc = record_set(s, &r, field, va_arg(pairs, const char *), e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	snprintf(id, RECORD_ID_SIZE, "%s", r.id);
	record_release(&r);
	return rc;
}

/* Must succeed. */
static inline void make(struct store *s, const struct record_type *t, char id[RECORD_ID_SIZE], ...)
{
	struct err e = ERR_INIT;
	va_list pairs;
	va_start(pairs, id);
	if (try_record(s, t, id, &e, pairs) != 0) {
		test_note("%s", e.text);
		CHECK(!"the record was refused");
	}
	va_end(pairs);
}

/* Must be refused with a text that contains `word`; nothing may be written. */
static inline void refused(struct store *s, const struct record_type *t, const char *word, ...)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	va_list pairs;
	uint64_t before = store_version(s);
	va_start(pairs, word);
	int rc = try_record(s, t, id, &e, pairs);
	va_end(pairs);
	CHECK_INT(rc, -1);
	CHECK_INT(e.code, ERR_REFUSED);
	if (!CHECK(strstr(e.text, word) != NULL))
		test_note("“%s” does not name “%s”", e.text, word);
	CHECK(before == store_version(s));
}

/* One field of a record in the store. */
static inline void check_field(struct store *s, const struct record_type *t, const char *id, const char *field, const char *want)
{
	struct record r;
	struct err e = ERR_INIT;
	REQUIRE_OK(record_load(s, &r, t, id, &e));
	if (!CHECK_STR(record_get(&r, field), want))
		test_note("field %s of %s", field, id);
	record_release(&r);
}

static inline int64_t query_number(struct store *s, const char *sql)
{
	sqlite3_stmt *st;
	int64_t n = -1;
	if (sqlite3_prepare_v2(store_db(s), sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* How many rows a list has: with a facet (-1: none), with words (NULL: none). */
static inline int64_t count_listed(struct store *s, const struct listing *l, int facet, const char *value, const char *words)
{
	struct listing_view *v = listing_open(s, l);
	struct err e = ERR_INIT;
	int64_t count = -1;
	if (facet >= 0)
		listing_facet(v, facet, value);
	listing_words(v, words);
	if (!CHECK(listing_count(v, &count, &e) == 0))
		test_note("%s", e.text);
	listing_close(v);
	return count;
}

#endif
