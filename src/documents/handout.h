/* handout: a paper for one person, a letter of thanks or a certificate: a text of records/template.h filled with who it is for, set on a page of its own. */
#ifndef DOCUMENTS_HANDOUT_H
#define DOCUMENTS_HANDOUT_H

#include "documents/typeset.h"
#include "records/template.h"

struct handout {
	struct template_text text;
	struct template_values values;
};

/* The text of a kind that was in force on a day (ISO), the values of the programme, and of the person: {person} and {name}, {greeting}, {organisation},
 * {municipality}, {role}; {date} is that day. On failure nothing need be released. */
int handout_begin(struct store *s, const char *kind, const char *person, const char *day, struct handout *h, struct err *e);
void handout_release(struct handout *h);
const char *handout_value(const struct handout *h, const char *name);		/* "" */

/* Who gives it, the title in letters of `size`, its number and date, all centred; so many millimetres above the title and below it all. */
void handout_head(struct typeset *t, const struct handout *h, double size, double above, double below);
/* The body. Where each paragraph is plain, or as a whole **bold** or *italic*, it is set with `align` and `size`, one that is a line alone centred, a
 * bold one larger; with anything else in it as CommonMark. */
void handout_body(struct typeset *t, const struct handout *h, enum typeset_align align, double size);
/* Post and name of who signs, and below it town and year. */
void handout_signature(struct typeset *t, const struct handout *h);

/* «ЖС-000123 Галимова Айгуль Рифовна.pdf»: without what a file's name cannot have. */
void handout_file_name(const char *number, const char *name, struct buf *out);

#endif
