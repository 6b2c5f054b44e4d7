/* body: the JSON of an operation, read and written. Strict: no blanks, and every value has one spelling, so that equal bodies are equal texts.
 *
 *     insert   [value,…]                                  by column number 1, 2 …; nulls at the end may be left out
 *     update   [[column,value,[[hlc,"tag"],…]],…]         every column once, each with the heads that its author saw
 *     value    null | integer | "text"                    escapes only \" \\ \n \t; UTF-8 without other controls; an empty text is null
 *
 * Limits: 200 columns, 400,000 bytes a text, 1000 stamps seen. Values point into the text that was read, or into the body's own memory; both must
 * live as long as they are used. */
#ifndef STORE_BODY_H
#define STORE_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define BODY_COLUMNS_MAX 200
#define BODY_TEXT_MAX 400000	/* 100,000 characters of four bytes: the longest text that a record takes (records/story.h) */
#define BODY_SEEN_MAX 1000
#define BODY_MAX 1000000
#define TAG_LENGTH 8

enum value_type { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT };

struct value {
	enum value_type type;
	bool lines;			/* text with LF or TAB in it */
	int64_t number;
	const char *text;
	size_t len;
};

/* A stamp names one operation of one device. dev is a number of table `device`; 0 with hlc 0 is the insert of a built-in record. */
struct stamp {
	uint64_t hlc;
	int dev;
};

struct change {
	int col;
	struct value value;
	const struct stamp *seen;
	int seen_count;
};

struct body {
	struct value values[BODY_COLUMNS_MAX];		/* of an insert */
	int value_count;
	struct change changes[BODY_COLUMNS_MAX];	/* of an update */
	int change_count;
	struct stamp seen[BODY_SEEN_MAX];		/* all of the changes', one after the other */
	const char *tags[BODY_SEEN_MAX];		/* their tags in the text, TAG_LENGTH bytes each */
	int seen_count;
	/* Where each value (of an update: everything after the column and its comma, up to the bracket) stands in the text. */
	struct { const char *p; size_t len; } raw[BODY_COLUMNS_MAX];
	struct buf decoded;				/* texts that had escapes */
};

void body_init(struct body *b);
void body_release(struct body *b);

/* -1: ERR_DAMAGED, the text is not such a body. The stamps seen have their tags, not yet their dev. */
int body_read_insert(struct body *b, const char *text, size_t len, struct err *e);
int body_read_update(struct body *b, const char *text, size_t len, struct err *e);

/* Appends a value. NULL, or what is wrong with it (text for people): not UTF-8, a control character, too long. An empty text is null. */
const char *body_add_value(struct buf *out, const struct value *v, bool multiline);

/* Equal as the journal understands it: an empty text is null. */
bool value_equal(const struct value *a, const struct value *b);
/* For people to read: the text, or the integer in decimals; NULL for null and for an empty text. The caller frees. */
char *value_text(const struct value *v);

/* Eight characters 0-9 a-z. */
bool body_tag_valid(const char *tag, size_t len);
/* 1 to 63 characters 0-9 a-z - and /. */
bool body_id_valid(const char *id, size_t len);

#endif
