/* link: a record that belongs to another, as a line of its card: a person's mentors, the seminars it came to. Every list is one query in the order in
 * which it is read; all of it is counted, the first `most` are told. */
#ifndef RECORDS_LINK_H
#define RECORDS_LINK_H

#include "records/record.h"

struct link {
	const char *id;			/* of the record that the line leads to */
	const char *name;		/* a person's name (as it travelled, where the card is not held here), a title, a topic */
	const char *date;		/* ISO, or "" */
	const char *code;		/* a state, a form, a role: each list says which */
	const char *other;		/* what else each list tells */
	const char *programme;		/* the title of the programme that it belongs to, where that is not the current one; else "" */
};

/* The strings live for the call; 0 goes on, -1 stops. */
typedef int (*link_fn)(void *context, const struct link *l, struct err *e);

/* The common form of the lists below: those of `id`. *total: how many there are. */
typedef int link_list(struct store *s, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e);

/* For the files that tell links: `sql` gives the columns in this order, of which the last may be left out; ?1 is the id. A literal, see store_prepare. */
int link_each(struct store *s, const char *sql, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e);
/* The same; ?2 is the current programme. */
int link_each_in_programme(struct store *s, const char *sql, const char *id, int most, link_fn each, void *context, int64_t *total, struct err *e);

/* The last column, of a record whose programme is `column`; ?2 is the current one. */
#define LINK_ELSEWHERE(column) "(SELECT title FROM programme WHERE id = nullif(" column ", ?2))"

/* The name of a person, organisation … in `column`, of which the row is `alias` where it is held here. */
#define LINK_NAME(type, alias, column) \
	"coalesce(" alias ".name, (SELECT name FROM known_name WHERE tbl = '" type "' AND id = " column "), " column ")"

#endif
