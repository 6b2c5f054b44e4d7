/* template: the texts that papers are made from, by kind: a consent for each purpose, the letter of thanks, the certificate, the book's title page and preface,
 * the report's preface. A coordinator's version is a record; where there is none the program's own stands in. What was signed names its version, so a version
 * that a consent names is never changed, only replaced by a later one. A version's word is used once for its kind.
 *
 * A title is plain text (template_fill), a body is CommonMark of every kind (template_fill_markdown, then typeset_markdown). Names in {brackets} are replaced:
 *
 *   every kind         {programme} {grant} {organiser} {city} {signatory} {signatory_post} {date} {year}
 *   consent-…          {person} {phone} {email} {organisation} {municipality}, and what no record holds: {address} {identity} {organiser_address} {resources}
 *                      {conditions}; what is not known is a line to write on
 *   letter             {person} {greeting} {role} {organisation} {municipality} {number} {reason} {points}; greeting: «Уважаемая Гульнара Рашитовна!»
 *   certificate        {person} {organisation} {municipality} {title} {hours} {since} {until} {number}
 *   book               {authors} {stories} {since} {until}; the body is the preface, what stands before its first line "---" belongs on the title page
 *   report             {since} {until}
 *
 * A line all of whose names stand for nothing is left out: "Объём: {hours} ч" where there are no hours. What a paper has besides its text (number, day, signature)
 * is set by whoever makes the paper. */
#ifndef RECORDS_TEMPLATE_H
#define RECORDS_TEMPLATE_H

#include "records/record.h"

extern const struct record_type template_type;		/* the subcommand is "text" */
extern const struct choice template_kinds[];
/* consent-participation consent-publication consent-directory letter certificate book report */

#define TEMPLATE_CONSENT "consent-"			/* before a purpose: the kind of its text */
#define TEMPLATE_OWN "0"				/* the version of the program's own texts */

#define TEMPLATE_VERSION_SIZE 64
struct template_text {
	char version[TEMPLATE_VERSION_SIZE];	/* "1" … of a record what its author called it; of the program's own text "0" */
	struct buf title, body;
};
void template_text_release(struct template_text *t);

/* The text of a kind that is in force on a day (ISO; NULL: today): of the current programme's versions, then of those that name no programme, the one with the
 * latest `since` that has begun; else the program's own. */
int template_text(struct store *s, const char *kind, const char *day, struct template_text *out, struct err *e);
/* The record of that text today; "" where it is the program's own. */
int template_current(struct store *s, const char *kind, char id[RECORD_ID_SIZE], struct err *e);
/* A certain version of it, as a consent names it; ERR_REFUSED where it is not known. */
int template_version(struct store *s, const char *kind, const char *version, struct template_text *out, struct err *e);

/* `text` with every {name} replaced by the value of that name, without the lines that are then empty-handed (above); what is not among them stays as it is. Ends
 * with name NULL. The other one is for CommonMark: what
 * a value holds stays text, whatever its signs. */
struct template_value { const char *name, *value; };
void template_fill(const char *text, const struct template_value *values, struct buf *out);
void template_fill_markdown(const char *text, const struct template_value *values, struct buf *out);

/* Values in one place, copied; `value` ends with name NULL, as the fillers want it. Begins as { 0 }. What is set again replaces. */
#define TEMPLATE_VALUES_MAX 32
struct template_values { struct template_value value[TEMPLATE_VALUES_MAX + 1]; int count; };
void template_values_set(struct template_values *v, const char *name, const char *value);	/* name: a literal; NULL is "" */
/* Those that every kind has, of the current programme; the date is today's, "14.02.2020". */
int template_values_programme(struct store *s, struct template_values *v, struct err *e);
void template_values_release(struct template_values *v);

/* The program's own text of a kind (template_default.c); NULL: none. */
struct template_default { const char *kind, *title, *body; };
const struct template_default *template_default(const char *kind);

#endif
