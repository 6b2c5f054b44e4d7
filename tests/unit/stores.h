/* stores: two stores of two devices, for tests of what one sees of the other's work. What travels goes as in a bundle. */
#ifndef TESTS_UNIT_STORES_H
#define TESTS_UNIT_STORES_H

#include "tests/unit/records.h"
#include "tests/unit/replica.h"

/* Brings what `from` did itself, all of it or from a number on. The number of operations that were new. */
static inline int bring(struct store *to, struct store *from)
{
	struct replica t = { store_db(to), store_journal(to) }, f = { store_db(from), store_journal(from) };

	return replica_bring(&t, &f, journal_tag(f.j), 1, INT64_MAX);
}

/* Both have what each of them did. */
static inline void meet(struct store *one, struct store *two)
{
	CHECK(bring(one, two) >= 0);
	CHECK(bring(two, one) >= 0);
}

/* One field of a record, as a person types it. */
static inline void edit(struct store *s, const struct record_type *t, const char *id, const char *field, const char *value)
{
	struct record r;
	struct err e = ERR_INIT;

	REQUIRE_OK(record_load(s, &r, t, id, &e));
	if (record_set(s, &r, field, value, &e) != 0 || record_save(s, &r, &e) != 0) {
		test_note("%s", e.text);
		CHECK(!"the edit was refused");
	}
	record_release(&r);
}

#endif
