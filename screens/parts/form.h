/* form: fields to fill in, one below the other: a card, a new participant, the set-up. Fields are the records' own descriptions (records/field.h); what is
 * typed is checked as it is typed, and what is wrong stands beside the field.
 *
 * A form changes no record by itself: form_save() (form_save.c) carries it into one. It can be kept as a draft and brought back. */
#ifndef SCREENS_PARTS_FORM_H
#define SCREENS_PARTS_FORM_H

#include <stdbool.h>

#include "records/record.h"
#include "screens/parts/completion.h"
#include "screens/parts/line.h"
#include "screens/parts/screen.h"

struct form_field {
	const struct field *field;
	struct line line;
	char *start;		/* the text that it began with */
	char *picked;		/* id or code that a suggestion stands for (COMPLETION_CREATE: to be entered); NULL: as typed */
	struct buf problem;	/* what is wrong, "" when nothing is */
	struct buf reading;	/* how it will be kept when that reads differently: «14.02.2020» for "14.2" */
	bool left;		/* the person has been here and gone on: what is wrong is now said aloud */
	bool secret;
	int row;		/* of a long text: its first row that is seen */
	bool chosen;		/* as if selected whole: the next character takes its place, any other editing begins in it */
};

struct form {
	struct store *store;		/* NULL: texts only, nothing is looked up */
	struct form_field *field;
	int count, at;
	int top;			/* first visible row */
	int text_width, text_rows;	/* of the current field, as last drawn */
	bool touched;			/* since the last draft */
	bool shown;			/* secrets are shown */
	bool whole;			/* a draft keeps every field, not only those that differ from what they began with */
	uint32_t last;			/* last character typed into a secret */
	struct completion suggestions;
};

/* What form_act() tells, besides DID_… */
enum { FORM_SAVE = 1 << 8, FORM_LEAVE = 1 << 9 };

void form_init(struct form *f, struct store *s);
void form_release(struct form *f);
void form_add(struct form *f, const struct field *field, const char *kept, bool secret);	/* `kept` as the store keeps it */

unsigned form_where(const struct form *f);
unsigned form_act(struct form *f, enum action action);
unsigned form_text(struct form *f, uint32_t character);

bool form_changed(const struct form *f);
/* Checks every field; false: the cursor stands on the first that is wrong. */
bool form_check(struct form *f);
/* Says that a field is wrong for a reason found elsewhere, and goes there; -1: nowhere in particular. */
void form_blame(struct form *f, int field, const char *problem);

/* True when a refusal's text begins with this field's name; *sentence is what follows it. */
bool form_blames(const struct field *field, const char *text, const char **sentence);

int form_find(const struct form *f, const char *name);			/* index or -1 */
void form_set(struct form *f, const char *name, const char *typed);	/* as if typed */
/* What the field holds: the picked id or code, else the text. */
const char *form_value(const struct form *f, int field);

/* The language changed: choices in its words. */
void form_retell(struct form *f);

/* Rows top … bottom - 1; the last of them says what is wrong in the current field. */
void form_draw(struct form *f, struct canvas *c, int top, int bottom);

/* The changed fields into the record, and saves it; an organisation that is offered as new is entered in the same transaction. On failure the form says where. */
int form_save(struct form *f, struct record *r, struct err *e);

/* What is typed, as a JSON object, and back. Fields that there are no more are left out. */
void form_write(const struct form *f, struct buf *out);
int form_read(struct form *f, const char *json, size_t len, struct err *e);

#endif
