/* stores: the stores on this computer by person. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "store/stores.h"

static void add_entry(struct buf *out, const struct stores *s, int i, bool json)
{
	char *path = stores_path(s, i);

	if (json) {
		buf_adds(out, i > 0 ? ",\n{\"person\":" : "{\"person\":");
		json_strings(out, s->entry[i].name);
		buf_adds(out, ",\"store\":");
		json_strings(out, path);
		buf_addc(out, '}');
	} else {
		text_escape_tsv(s->entry[i].name, strlen(s->entry[i].name), out);
		buf_addc(out, '\t');
		text_escape_tsv(path, strlen(path), out);
		buf_addc(out, '\n');
	}
	free(path);
}

int command_stores(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	char *folder;
	struct stores s;
	struct buf out = BUF_INIT;
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	folder = fs_dirname(call->store_path);
	stores_read(&s, folder);
	buf_adds(&out, call->json ? "[" : "person\tstore\n");
	for (int i = 0; i < s.count; i++)
		add_entry(&out, &s, i, call->json);
	if (call->json)
		buf_adds(&out, "]\n");
	rc = print_buf(&out, e);
	buf_release(&out);
	stores_release(&s);
	free(folder);
	return rc;
}
