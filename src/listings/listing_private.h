/* listing_private: what a listing is made of, and the parts of a view. Included by listing*.c and the nouns' *_listing.c alone.
 *
 * A noun's listing is data: pieces of SQL over `r`, its table, put together and never with a value in them. Every piece may name the parameters
 * below. */
#ifndef LISTINGS_LISTING_PRIVATE_H
#define LISTINGS_LISTING_PRIVATE_H

#include "listings/listing.h"

#define LISTING_ME		"?1"	/* this device's person, "" */
#define LISTING_TODAY		"?2"
#define LISTING_PROGRAMME	"?3"
#define LISTING_TAG		"?4"	/* of this device */
#define LISTING_ID		"?5"
#define LISTING_KEY		"?6"
#define LISTING_FACET(n)	"?1" #n	/* ?10, ?11, … the value of each facet */
enum { LISTING_FIRST_FACET = 10, LISTING_FACETS_MAX = 8, LISTING_COLUMNS_MAX = 8, LISTING_REFERENCES_MAX = 4 };

/* What a row refers to: a cell shows its name, an order goes by it, and a word finds the row by it. A choice is kept as its code, stands in the
 * order of its list, and is found by the beginning of its label. */
struct listing_reference {
	const char *sql;			/* the id or code, over the listing's `from` */
	const struct record_type *type;		/* NULL: a municipality or a choice */
	const struct choice *choices;		/* with neither: a municipality */
};

/* One of reference and key; the first column's key is that of the index. */
struct listing_column {
	const struct listing_reference *reference;
	const char *key;	/* SQL: a text whose bytes are in order; NULL and "" stand last, whichever the direction */
	const char *join;	/* SQL: what `key` needs besides `from`, or NULL */
	const char *text;	/* SQL: what a jump by letters compares, folded; NULL: the beginning of the listing's `text` */
	bool date;		/* jumped to as 2020-02-14 and as 14.02.2020 */
};

struct listing_facet {
	const char *label;		/* N_() */
	const char *condition;		/* SQL */
	const struct choice *values;	/* NULL: the municipalities */
};

struct listing {
	const char *table;		/* as the tally has it */
	bool descending;		/* how the list begins, and the order of equal rows */
	/* Reading by index in the order of the first column; NULL where there is always a roll. Nothing here but `from` and the next two names the
	 * key: the index has all that a walk needs, but who names a generated column makes SQLite read the row of every entry. */
	const char *index;		/* "person r INDEXED BY person_sort" */
	const char *from_key;		/* the entries from LISTING_KEY and LISTING_ID on, included */
	const char *to_key;		/* the entries up to them, included */
	const char *key;		/* of the first column */
	const char *within;		/* what else is true of every entry that counts, and begins the index; NULL: nothing */
	/* Few entries that do not count, and how many visible rows they are; NULL: there are none. */
	const char *left_out, *left_out_count;
	const char *letters;		/* what begins with the folded letters when the first column does; NULL: no jump by index */
	/* The roll. */
	const char *from, *visible, *text;
	/* LISTING_ID → every column as kept, then the key. Or, of few rows whose numbers are counted for all at once: the same and the id, of each. */
	const char *row, *every_row;
	const struct listing_column *column;
	int columns;
	const struct listing_reference *reference;
	int references;
	const struct listing_facet *facet;
	int facets;
};

#define LISTING_COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
/* Who reads every row must not go through an index, which would open a sealed page for each. SQLite prefers one in which it finds the mark and
 * not the rest, so the mark is looked at together with what stands in the row alone. */
#define LISTING_VISIBLE "coalesce(r.deleted, r.find) = 0"

#define LISTING_NUMBER(number) "printf('%09d', coalesce(" number ", 0))"
#define LISTING_MADE_HERE "(r.id > " LISTING_TAG " || '-' AND r.id < " LISTING_TAG " || '.')"
#define LISTING_DATE_TEXT(column) "coalesce(" column " || ' ' || strftime('%d.%m.%Y', " column "), " column ", '')"

#define LISTING_IN_PROGRAMME "r.programme = " LISTING_PROGRAMME		/* `within` of an index that begins with the programme */
#define LISTING_VISIBLE_IN_PROGRAMME LISTING_VISIBLE " AND +r.programme = " LISTING_PROGRAMME

extern const struct choice listing_yes[];

/* --- names of what is referred to (listing_names.c): each gets a small number, 0 is nothing, and is looked up once --- */

struct listing_name {
	const struct listing_reference *reference;
	char *id, *shown;		/* shown: NULL until it is asked for */
	char *folded, *key;		/* with it */
};

struct listing_names {
	struct listing_name *name;
	uint32_t count, room;
	uint32_t *slot, slots;		/* numbers by hash */
};

uint32_t listing_names_number(struct listing_names *n, const struct listing_reference *r, const char *id);
const struct listing_name *listing_names_get(struct listing_names *n, struct store *s, uint32_t number);
void listing_names_release(struct listing_names *n);

/* --- rows in order (listing_sort.c) --- */

struct listing_item { uint64_t part; const char *key; uint32_t row; };	/* part: work space */
void listing_sort(struct listing_item *item, uint32_t count);		/* by key; equal ones stay as they are */

/* --- the roll (listing_roll.c, listing_match.c) --- */

/* Rows are numbered as they were read. Their texts stand one after the other, so that a word is looked for in all of them at once. */
struct listing_roll {
	uint32_t count, room;
	struct buf ids, texts;		/* each with its NUL */
	size_t *text;			/* of each row, into texts */
	uint32_t *id;			/* of each row, into ids */
	uint32_t *reference;		/* of each row as many as the listing has: numbers of names */
	uint32_t *order;		/* rows in order */
	struct filter words;		/* those that match[] answers */
	uint32_t *match, matches;	/* rows in order that match; `order` itself where there are no words */
};

void listing_roll_sql(const struct listing_view *v, struct buf *sql);
int listing_roll_read(struct listing_view *v, struct err *e);
void listing_roll_free(struct listing_roll *r);
void listing_roll_match(struct listing_view *v);		/* the view's words */
static inline const char *listing_roll_id(const struct listing_roll *r, uint32_t row) { return r->ids.data + r->id[row]; }
int64_t listing_roll_place(const struct listing_roll *r, const char *id);
int64_t listing_roll_find(struct listing_view *v, const char *folded);

/* --- reading by index (listing_walk.c): places count entries of the index from its beginning --- */

enum { RUNG = 64 };
/* The ids of every 64th entry as far as somebody walked: from a rung on, no walk is longer. */
struct listing_walk {
	char (*rung)[RECORD_ID_SIZE];
	uint32_t rungs, room;
	char found[RECORD_ID_SIZE];	/* the last one whose place was asked for: who goes to a record asks twice */
	int64_t found_at;
	bool known, whole;		/* whole: there is no row without a key, so that the index has the listing's order */
};

void listing_walk_forget(struct listing_walk *w);
int listing_walk_count(struct listing_view *v, int64_t *count, struct err *e);	/* all entries */
int listing_walk_whole(struct listing_view *v, bool *whole, struct err *e);
/* Ids of the entries first … first + count - 1, all of which there are. */
int listing_walk_ids(struct listing_view *v, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e);
int listing_walk_place(struct listing_view *v, const char *id, int64_t *place, struct err *e);
/* Ids of the first rows that begin with the folded letters, or going down of the last (listing_letters.c). */
int listing_letters(struct listing_view *v, const char *folded, bool down, int most, char (*ids)[RECORD_ID_SIZE], int *count, struct err *e);

/* --- the view (listing.c) --- */

struct listing_row {
	char id[RECORD_ID_SIZE];
	char *text;					/* all the texts: NUL after each */
	const char *cell[LISTING_COLUMNS_MAX], *key;
};

struct listing_view {
	struct store *store;
	const struct listing *listing;
	int column;
	bool descending;
	char *facet[LISTING_FACETS_MAX];
	char *words;
	/* What is known of the store; `ready` says of the parameters. */
	bool ready, counted;
	char me[RECORD_ID_SIZE], programme[RECORD_ID_SIZE], today[16];
	int64_t count;
	struct listing_names names;
	struct listing_roll *roll;			/* NULL: none is read */
	struct listing_walk walk;
	struct listing_row *every;			/* where the listing has every_row: all of them */
	int everything;
	/* The window. */
	struct listing_row *row;
	int rows;
	int64_t first;
};

void listing_window_release(struct listing_view *v);			/* listing_window.c */
void listing_every_release(struct listing_view *v);
int listing_ready(struct listing_view *v, struct err *e);		/* the parameters are there */
void listing_bind(struct listing_view *v, sqlite3_stmt *st);		/* ?1 … ?4 and the facets */
sqlite3_stmt *listing_prepare_sql(struct listing_view *v, const char *sql, struct err *e);	/* bound; the caller finalises */

#endif
