/* book_private: a book between what was read (book.c) and how it is set (book_pages.c). */
#ifndef DOCUMENTS_BOOK_PRIVATE_H
#define DOCUMENTS_BOOK_PRIVATE_H

#include "documents/book.h"

struct book_text {
	struct record record;		/* of story_type */
	struct buf author, from;	/* full name; organisation and municipality */
};

struct book {
	struct store *s;
	bool draft;
	struct book_text *text;		/* in the book's order */
	int count;
	char (*stranger)[RECORD_ID_SIZE];	/* authors without a consent, each once */
	int strangers;
	struct book_account *account;
};

int book_typeset(struct book *b, enum typeset_format format, struct buf *out, struct err *e);

#endif
