/* table: what the journal must know of a replicated table. The DDL stands in schema.c; the triggers are generated from this.
 *
 * Every replicated table has `id TEXT PRIMARY KEY` (record ids `tag-counter`; attendance `seminar/person`, participation
 * `programme/person`), the columns listed here, and a `deleted` mark (0 or 1) as the first of them. Columns that are derived
 * (generated) are not listed. A column is never renamed or removed; new ones are appended. */
#ifndef SCHEMA_TABLE_H
#define SCHEMA_TABLE_H

enum column_kind {
	COLUMN_TEXT,		/* one line */
	COLUMN_LONG_TEXT,	/* LF and TAB allowed */
	COLUMN_INTEGER,
	COLUMN_REFERENCE	/* the id of a record of `references` */
};

enum column_flag {
	COLUMN_PERSONAL = 1,	/* emptied by an erasure */
	COLUMN_LATER_WINS = 2,	/* two heads are not a conflict: the later is shown, the history kept */
	COLUMN_PART = 4		/* a reference: the record is a part of the one that it names, and is erased with it */
};

struct column {
	const char *name;
	enum column_kind kind;
	unsigned flags;
	const char *references;		/* name of a table, or NULL */
};

#define TABLE_COLUMNS_MAX 31

struct table {
	const char *name;
	const struct column *columns;	/* columns[0] is "deleted" */
	int count;
};

/* All replicated tables, NULL-terminated (schema.c): programme, organisation, person, participation, mentorship, seminar, attendance,
 * consultation, consent, and those of the programme's stages. */
extern const struct table *const tables[];

/* By name; NULL when there is none. */
const struct table *table_find(const char *name);
/* Index of a column in t->columns, or -1. */
int table_column(const struct table *t, const char *name);

#endif
