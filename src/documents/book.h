/* book: the collection as one book: a title page and a preface out of the text "book" (records/template.h), the contents, the sections in their order with
 * their texts, and who wrote them. As PDF or as one HTML page, by livenet-document (typeset.h).
 *
 * Only accepted texts stand in it, and only those whose author has a valid consent to publication: of the others nothing leaves the store. */
#ifndef DOCUMENTS_BOOK_H
#define DOCUMENTS_BOOK_H

#include "documents/typeset.h"
#include "records/record.h"

/* What was put in and what was left out, and by whom. */
struct book_account {
	int texts, authors;
	int left_out;			/* texts without the consent … */
	struct buf names;		/* … and their authors, each once, separated by commas */
	bool draft;
};
void book_account_init(struct book_account *a);
void book_account_release(struct book_account *a);
/* «не вошли, без согласия на публикацию: 2 текста (…)»; nothing where all went in. Appends, without a line feed. */
void book_account_tell(const struct book_account *a, struct buf *out);

/* `draft`: submitted and edited texts too, each with its state, to be read before the book is made. ERR_REFUSED where there is no text to put in. */
int book_make(struct store *s, enum typeset_format format, bool draft, struct buf *out, struct book_account *account, struct err *e);
/* The same account without making it. */
int book_survey(struct store *s, bool draft, struct book_account *account, struct err *e);

#endif
