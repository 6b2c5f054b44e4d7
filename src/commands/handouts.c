#include "commands/handouts.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/handout.h"

int handouts_check(const struct handouts_options *o, struct err *e)
{
	int ways = (o->to.path != NULL) + (o->to.printer != NULL) + (o->separate != NULL);

	if (ways == 1)
		return 0;
	return err_set(e, ERR_USAGE, ways == 0 ? _("say where the papers go: -o FILE.pdf, --separate FOLDER or --print PRINTER") :
	    _("only one of -o, --separate and --print can be meant"));
}

bool handouts_quiet(const struct handouts_options *o)
{
	return o->to.path != NULL && strcmp(o->to.path, "-") == 0;
}

int handouts_make(struct invocation *call, const struct handouts *h, const struct handouts_options *o, struct handouts_made *made, struct err *e)
{
	int each = o->separate != NULL ? 1 : h->count, i;

	made->count = o->separate != NULL ? h->count : 1;
	made->pdf = mem_zero((size_t)made->count, sizeof(*made->pdf));
	for (i = 0; i < made->count; i++)
		buf_init(&made->pdf[i]);
	for (i = 0; i < made->count; i++)
		if (h->make(call->store, h->context, i, each, &made->pdf[i], e) != 0)
			return -1;
	return 0;
}

void handouts_release(struct handouts_made *made)
{
	for (int i = 0; i < made->count; i++)
		buf_release(&made->pdf[i]);
	free(made->pdf);
	made->pdf = NULL;
	made->count = 0;
}

static int write_one(struct invocation *call, const struct handouts *h, const char *folder, int i, const struct buf *pdf, struct err *e)
{
	struct buf number = BUF_INIT, name = BUF_INIT, file = BUF_INIT;
	struct delivery_options to = { NULL, NULL };
	char *path;
	int rc;

	h->name(call->store, h->context, i, &number, &name);
	handout_file_name(number.data, name.data, &file);
	path = fs_join(folder, file.data);
	to.path = path;
	/* That these are personal data is said once, with the first. */
	rc = i == 0 ? command_deliver(call, &to, h->title, pdf, true, e) : fs_write(path, pdf->data, pdf->len, 0600, e);
	free(path);
	buf_release(&number);
	buf_release(&name);
	buf_release(&file);
	return rc;
}

int handouts_deliver(struct invocation *call, const struct handouts *h, const struct handouts_options *o, const struct handouts_made *made, struct err *e)
{
	int i;

	if (o->separate == NULL)
		return command_deliver(call, &o->to, h->title, &made->pdf[0], true, e);
	if (fs_mkdirs(o->separate, 0700, e) != 0)
		return -1;
	for (i = 0; i < made->count; i++)
		if (write_one(call, h, o->separate, i, &made->pdf[i], e) != 0)
			return -1;
	return 0;
}
