/* deliver: where the paper that a command made goes. */
#include "commands/command.h"

#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "documents/delivery.h"
#include "records/consent.h"

static int check(const struct delivery_options *to, struct err *e)
{
	if (to->path != NULL && to->printer != NULL)
		return err_set(e, ERR_USAGE, _("-o and --print are two ways: one of them"));
	/* A document is bytes that no terminal should get. */
	if (to->path == NULL && to->printer == NULL && isatty(STDOUT_FILENO))
		return err_set(e, ERR_USAGE, _("say where the document goes: -o FILE, or --print PRINTER (- is the usual one)"));
	return 0;
}

int command_deliver(struct invocation *call, const struct delivery_options *to, const char *title, const struct buf *document, bool personal, struct err *e)
{
	if (check(to, e) != 0)
		return -1;
	if (to->printer != NULL ? delivery_print(strcmp(to->printer, "-") == 0 ? "" : to->printer, title, document, e) != 0 :
	    write_result(to->path, document, 0600, e) != 0)
		return -1;
	if (personal)
		command_warn(call, _("open personal data have left the store with this document"));
	return 0;
}

int command_let_out(struct invocation *call, const char *path, const struct buf *document, struct consent_gate *gate, struct err *e)
{
	struct buf words = BUF_INIT;

	if (write_result(path, document, 0600, e) != 0)
		return -1;
	consent_gate_words(gate, 0, &words);
	command_warn(call, words.data);
	if (gate->let_out)
		command_warn(call, _("open personal data have left the store with this document"));
	buf_release(&words);
	return 0;
}
