/* rights_private: what the files of rights.h share: what its author held (rights_held.c), what each rule means (rights_rules.c), and what an
 * operation rests on (rights_rest.c). */
#ifndef SYNC_RIGHTS_PRIVATE_H
#define SYNC_RIGHTS_PRIVATE_H

#include "sync/op_fields.h"
#include "sync/rights.h"
#include "sync/rules.h"

struct rights {
	struct store *s;
	struct journal *j;
	struct peer peer;
	enum rule_role role;
	int device;
	struct { char tag[DEVICE_TAG_SIZE]; int no; } *devices;		/* of the same person */
	int device_count;
	bool any_refused;			/* the temporary tables refused_stamp and refused_record hold something */
	bool any_held;				/* the temporary tables held_stamp and asked_record do */
	int64_t pos;				/* of the operation that is judged */
	int64_t restored;			/* up to this one by role alone (restored.h); -1 */
	struct op_fields fields;
	struct err *e;
	bool failed;				/* the store did, inside a question */
};

/* A table whose ids are made of others: their columns in order, then NULL. */
struct rights_made_of {
	const char *table, *column[4];
	bool held_by_parts;	/* who holds what the parts name may edit the record; of the last part the name is enough where `by_name` says so */
	bool by_name;
};

/* NULL: ids are tag-counter. */
const struct rights_made_of *rights_made_of(const char *table);
/* An id of the form tag-counter with this tag. */
bool rights_carries(const char *pk, size_t len, const char *tag);

/* A question to the store: whether the statement, NULL after a failure, gives a row. A failure is remembered in r->failed and looked at when the judgement is
 * done. */
bool rights_ask(struct rights *r, sqlite3_stmt *st);
/* The same of a statement whose ?1 is a record's id, and whose ?2, where it has one, is the author's person. */
bool rights_ask_of(struct rights *r, const char *sql, const char *pk, size_t len);

/* What an operation rests on (rights_rest.c). */
int rights_load_refused(struct rights *r, struct err *e);
bool rights_rests_on_refused(struct rights *r, const struct operation *op);
bool rights_record_refused(struct rights *r, int tbl, const char *pk, size_t len);

/* own: by a right of the author's person, or created by it. */
bool rights_held(struct rights *r, const char *table, const char *pk, size_t len, bool own);
/* By the feed alone. */
bool rights_entered(struct rights *r, int tbl, const char *pk, size_t len, bool own);
bool rights_named(struct rights *r, int tbl, const char *pk, size_t len);
/* Every part of such an id. */
bool rights_parts_held(struct rights *r, const struct rights_made_of *made, const char *pk, size_t len);

bool rights_is_me(const struct rights *r, const char *person);

/* NULL, or the code of a refusal. */
const char *rights_rule(struct rights *r, const struct table *t, const struct operation *op);

#endif
