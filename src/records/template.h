/* template: the texts that papers are made from, by kind: a consent for each purpose, the letter of thanks, the certificate, the book's title page. A
 * coordinator's version is a record; where there is none the program's own stands in. What was signed names its version, so versions are never changed, only
 * replaced by later ones.
 *
 * In a body, {name} is replaced (template_fill); CommonMark is meant where a kind says so. */
#ifndef RECORDS_TEMPLATE_H
#define RECORDS_TEMPLATE_H

#include "records/record.h"

extern const struct record_type template_type;		/* the subcommand is "text" */
extern const struct choice template_kinds[];
/* consent-participation consent-publication consent-directory letter certificate book report */

#define TEMPLATE_VERSION_SIZE 64
struct template_text {
	char version[TEMPLATE_VERSION_SIZE];	/* "1" … of a record what its author called it; of the program's own text "0" */
	struct buf title, body;
};
void template_text_release(struct template_text *t);

/* The text of a kind that is in force on a day (ISO; NULL: today): of the current programme's versions, then of those that name no programme, the one with the
 * latest `since` that has begun; else the program's own. */
int template_text(struct store *s, const char *kind, const char *day, struct template_text *out, struct err *e);
/* A certain version of it, as a consent names it; ERR_REFUSED where it is not known. */
int template_version(struct store *s, const char *kind, const char *version, struct template_text *out, struct err *e);

/* `text` with every {name} replaced by the value of that name; what is not among them stays as it is. Ends with name NULL. */
struct template_value { const char *name, *value; };
void template_fill(const char *text, const struct template_value *values, struct buf *out);

/* The program's own text of a kind (template_default.c); NULL: none. */
struct template_default { const char *kind, *title, *body; };
const struct template_default *template_default(const char *kind);

#endif
