#include "screens/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/book.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"

struct wanted {
	struct loop *loop;
	enum typeset_format format;
	bool draft;
};

static int make(struct store *s, void *context, struct buf *out, struct err *e)
{
	const struct wanted *w = context;
	struct book_account account;
	int rc;

	book_account_init(&account);
	rc = book_make(s, w->format, w->draft, out, &account, e);
	book_account_release(&account);
	return rc;
}

static unsigned offer(const struct wanted *wanted)
{
	struct wanted *w = mem_zero(1, sizeof *w);
	struct output o = { .title = _("The book"), .make = make, .release = free, .context = w };

	*w = *wanted;
	o.file = w->format == TYPESET_HTML ? "book.html" : w->draft ? "book-draft.pdf" : "book.pdf";
	o.printable = w->format == TYPESET_PDF;
	return output_offer(w->loop, &o);
}

static unsigned answered(void *context, enum prompt_reply reply)
{
	struct wanted *w = context;
	unsigned did = reply == PROMPT_YES ? offer(w) : DID_CHANGE;

	free(w);
	return did;
}

/* Who would be left out is said before the book is made. */
static unsigned ask_about_left_out(const struct wanted *wanted, const struct book_account *account)
{
	struct wanted *w = mem_zero(1, sizeof *w);
	struct buf question = BUF_INIT;

	*w = *wanted;
	book_account_tell(account, &question);
	buf_adds(&question, ". ");
	buf_adds(&question, _("Make the book without them?"));
	loop_push(w->loop, prompt_ask(question.data, answered, w));
	buf_release(&question);
	return DID_CHANGE;
}

static unsigned chosen(void *context, const char *const *values, int count)
{
	struct wanted w = { .loop = context };
	struct book_account account;
	struct err e = ERR_INIT;
	unsigned did = DID_CHANGE;

	if (count == 0)
		return DID_CHANGE;
	w.format = strcmp(values[0], "html") == 0 ? TYPESET_HTML : TYPESET_PDF;
	w.draft = strcmp(values[0], "draft") == 0;
	book_account_init(&account);
	if (book_survey(w.loop->store, w.draft, &account, &e) != 0)
		loop_problem(w.loop, &e);
	else
		did = account.left_out > 0 ? ask_about_left_out(&w, &account) : offer(&w);
	book_account_release(&account);
	return did;
}

unsigned book_ask(struct loop *l)
{
	struct screen *pick;

	if (!typeset_available()) {
		loop_message(l, _("the book cannot be made here: the program livenet-document is not installed"));
		return DID_CHANGE;
	}
	pick = pick_open(_("The book"), chosen, l);
	pick_add(pick, "pdf", _("The book as PDF, to be printed"), "PDF");
	pick_add(pick, "html", _("The book as one page for a browser"), "HTML");
	pick_add(pick, "draft", _("A draft with the texts that are not accepted yet"), "PDF");
	loop_push(l, pick);
	return DID_CHANGE;
}
