#include "screens/exchange_join.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "screens/parts/path.h"
#include "screens/parts/prompt.h"

#define SMALL_FILE_MAX (1 << 20)	/* cards, requests and welcomes are a few KiB */

struct join {
	struct loop *loop;
	struct buf card, request;
	char *folder;			/* where the card lay: the request goes there too */
};

static void forget(struct join *j)
{
	buf_release(&j->card);
	buf_release(&j->request);
	free(j->folder);
	free(j);
}

static int read_small(const char *typed, struct buf *out, char **folder, struct err *e)
{
	struct buf path = BUF_INIT;
	int status;

	path_expand(typed, &path);
	buf_reset(out);
	status = fs_read(path.data, SMALL_FILE_MAX, false, out, e);
	if (status == 0 && folder != NULL) {
		free(*folder);
		*folder = fs_dirname(path.data);
	}
	buf_release(&path);
	return status;
}

/* --- 3: where the request is written --- */

/* Another file of that name is not written over; a request is: it is the same one as long as it is not answered. */
static bool may_write(const char *path, const struct buf *request)
{
	const size_t head = 18;		/* "untrusted comment:" */
	struct buf there = BUF_INIT;
	bool may = !fs_exists(path);

	if (!may && fs_read(path, SMALL_FILE_MAX, false, &there, NULL) == 0)
		may = there.len >= head && request->len >= head && memcmp(there.data, request->data, head) == 0;
	buf_release(&there);
	return may;
}

static int write_request(const char *path, const struct buf *request, struct err *e)
{
	if (fs_is_dir(path))
		return err_set(e, ERR_REFUSED, _("%s is a folder: add a name for the file"), path);
	if (!may_write(path, request))
		return err_set(e, ERR_REFUSED, _("%s: another file has this name; choose another one"), path);
	return fs_write(path, request->data, request->len, 0644, e);
}

static unsigned place_typed(void *context, const char *typed, bool *again)
{
	struct join *j = context;
	struct loop *l = j->loop;
	struct buf path = BUF_INIT;
	struct sync_status status;
	struct err e = ERR_INIT;

	if (typed == NULL) {
		forget(j);
		return DID_SAVE;
	}
	path_expand(typed, &path);
	if (write_request(path.data, &j->request, &e) != 0 || sync_status(l->store, &status, &e) != 0) {
		loop_problem(l, &e);
		*again = true;
	} else {
		loop_message(l, _("the request is in %s; send it to the hub, and tell it this device's fingerprint by telephone: %s"), path.data,
		    status.fingerprint);
		forget(j);
	}
	buf_release(&path);
	return DID_SAVE;
}

static void ask_place(struct join *j)
{
	struct buf path = BUF_INIT, shown = BUF_INIT;
	char *name = store_setting(j->loop->store, "name");
	size_t surname = name != NULL ? strcspn(name, " /.") : 0;

	buf_addf(&path, "%s/", j->folder);
	if (surname > 0)
		buf_add(&path, name, surname);
	else
		buf_adds(&path, "livenet");
	buf_adds(&path, ".join");
	path_shorten(path.data, &shown);
	loop_push(j->loop, prompt_path(_("Write the request to:"), shown.data, false, place_typed, j));
	buf_release(&path);
	buf_release(&shown);
	free(name);
}

/* --- 2: the fingerprint --- */

static unsigned fingerprint_typed(void *context, const char *typed, bool *again)
{
	struct join *j = context;
	struct err e = ERR_INIT;

	if (typed == NULL) {
		forget(j);
		return DID_CHANGE;
	}
	buf_reset(&j->request);
	if (sync_join(j->loop->store, j->card.data, j->card.len, typed, &j->request, &e) != 0) {
		loop_problem(j->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	ask_place(j);
	return DID_SAVE;
}

/* --- 1: the card --- */

static unsigned card_typed(void *context, const char *typed, bool *again)
{
	struct join *j = context;
	struct err e = ERR_INIT;

	if (typed == NULL) {
		forget(j);
		return DID_CHANGE;
	}
	if (read_small(typed, &j->card, &j->folder, &e) != 0) {
		loop_problem(j->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	loop_push(j->loop, prompt_line(_("The hub's fingerprint, as you hear it:"), "", fingerprint_typed, j));
	return DID_CHANGE;
}

void exchange_join(struct loop *l)
{
	struct join *j = mem_zero(1, sizeof *j);

	j->loop = l;
	buf_init(&j->card);
	buf_init(&j->request);
	loop_push(l, prompt_path(_("The hub's card (a file):"), "~/", false, card_typed, j));
}

/* --- the welcome --- */

static unsigned welcome_typed(void *context, const char *typed, bool *again)
{
	struct loop *l = context;
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return DID_CHANGE;
	if (read_small(typed, &file, NULL, &e) != 0 || sync_welcome(l->store, file.data, file.len, &e) != 0) {
		loop_problem(l, &e);
		*again = true;
	} else {
		loop_message(l, _("the hub has welcomed this device: the first exchange can begin"));
	}
	buf_release(&file);
	return DID_SAVE;
}

void exchange_welcome(struct loop *l)
{
	loop_push(l, prompt_path(_("The hub's welcome (a file):"), "~/", false, welcome_typed, l));
}
