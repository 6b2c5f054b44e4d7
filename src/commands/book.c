/* book: the collection as a book. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "documents/book.h"

static int find_format(const char *word, const char *path, enum typeset_format *format, struct err *e)
{
	const char *dot = path != NULL ? strrchr(path, '.') : NULL;

	if (word == NULL)
		word = dot != NULL ? dot + 1 : "";
	if (strcmp(word, "pdf") != 0 && strcmp(word, "html") != 0)
		return err_set(e, ERR_USAGE, _("the book is made as html or as pdf: --format html|pdf"));
	*format = strcmp(word, "pdf") == 0 ? TYPESET_PDF : TYPESET_HTML;
	return 0;
}

int command_book(struct invocation *call, struct err *e)
{
	const char *word = NULL;
	bool draft = false;
	struct delivery_options to = { NULL, NULL };
	const struct option options[] = { { "format", &word, NULL }, { "-o", &to.path, NULL }, { "print", &to.printer, NULL }, { "draft", NULL, &draft },
		{ NULL, NULL, NULL } };
	struct book_account account;
	struct buf out = BUF_INIT, left_out = BUF_INIT;
	enum typeset_format format;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0 ||
	    find_format(word == NULL && to.printer != NULL ? "pdf" : word, to.path, &format, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	if (to.printer != NULL && format != TYPESET_PDF)
		return err_set(e, ERR_USAGE, _("a printer takes the book as pdf"));
	book_account_init(&account);
	rc = book_make(call->store, format, draft, &out, &account, e);
	if (rc == 0)
		rc = command_deliver(call, &to, _("The book"), &out, false, e);
	if (rc == 0) {
		book_account_tell(&account, &left_out);
		command_warn(call, left_out.data);
	}
	book_account_release(&account);
	buf_release(&left_out);
	buf_release(&out);
	return rc;
}
