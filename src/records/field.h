/* field: what a person may enter in one place of a record, as data: forms, subcommands, import, export and the manual come from it. */
#ifndef RECORDS_FIELD_H
#define RECORDS_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

enum field_kind {
	FIELD_TEXT,		/* one line */
	FIELD_LONG_TEXT,	/* paragraphs */
	FIELD_DATE,
	FIELD_NUMBER,		/* a whole number, 0 or more */
	FIELD_PHONE,
	FIELD_EMAIL,
	FIELD_CHOICE,		/* one of `choices` */
	FIELD_REFERENCE,	/* a record of the type named by `references`: id, shortened id or exact name */
	FIELD_MUNICIPALITY	/* OKTMO code, or a spelling of the name */
};

struct choice {
	const char *code;		/* kept and printed */
	const char *label;		/* N_(): shown */
	const char *spellings;		/* further words that people write, separated by '|', folded; or NULL */
};

struct field {
	const char *name;		/* column, --option and JSON key */
	const char *word;		/* a further word for the --option, or NULL */
	const char *label;		/* N_(): «Телефон» */
	enum field_kind kind;
	bool required;
	int max;			/* characters; 0: 200, or 20000 for long text */
	const struct choice *choices;	/* ends with code NULL */
	const char *references;		/* name of a record type */
	const char *initial;		/* value of a new record, or NULL */
	bool in_programme;		/* stands in the person's participation in the current programme, not in the record's own table */
};

/* What was typed → what is kept (appended to out; empty for nothing). -1: ERR_REFUSED, "field: what is wrong and what to do". */
int field_parse(struct store *s, const struct field *f, const char *typed, struct buf *out, struct err *e);

/* What is kept → what a person reads (choice labels, names of references and municipalities, 14.02.2020, +7 917 …). */
void field_show(struct store *s, const struct field *f, const char *value, struct buf *out);

const struct choice *choice_find(const struct choice *choices, const char *code);

/* What a person typed for a choice: the code, the label in English or in the reader's language, or one of the spellings. NULL: none. */
const struct choice *choice_parse(const struct choice *choices, const char *typed);

/* Puts the field's label before the text of *e, as every refusal of a value begins. Returns -1. */
int field_blame(const struct field *f, struct err *e);

/* The words of a filter as typed: folded, at most FILTER_WORDS (the last holds what is left over); a telephone number is one word, its punctuation
 * dropped. */
enum { FILTER_WORDS = 8 };
struct filter { char *word[FILTER_WORDS]; int count; };
void filter_init(struct filter *f, const char *typed);		/* NULL: no words */
void filter_release(struct filter *f);
bool filter_matches(const struct filter *f, const char *folded);

#endif
