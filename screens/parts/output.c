#include "screens/parts/output.h"

#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/delivery.h"
#include "screens/parts/path.h"
#include "screens/parts/pick.h"
#include "screens/parts/progress.h"
#include "screens/parts/prompt.h"

/* The ways, as the pick's values: a letter, and the name of the printer or the folder of the stick. */
enum { PRINTER = 'p', STICK = 's', FILE_OF_YOURS = 'f' };

struct offer {
	struct loop *loop;
	struct output o;
	char *title, *file;
	char *way;			/* once it is chosen */
};

static unsigned done(struct offer *f)
{
	if (f->o.release != NULL)
		f->o.release(f->o.context);
	free(f->title);
	free(f->file);
	free(f->way);
	free(f);
	return DID_CHANGE;
}

/* Esc interrupts what is read from the store; the pages themselves take less than a second. */
static int make(struct offer *f, struct buf *out, struct err *e)
{
	int rc;

	progress_begin(f->loop, _("the document is being made"), NULL);
	rc = f->o.make(f->loop->store, f->o.context, out, e);
	progress_end(f->loop);
	return rc;
}

/* --- to a printer --- */

static unsigned print(struct offer *f)
{
	struct buf document = BUF_INIT;
	struct err e = ERR_INIT;
	int rc = make(f, &document, &e);

	if (rc == 0) {
		progress_show(f->loop, _("the printer is given the document"));
		rc = delivery_print(f->way + 1, f->title, &document, &e);
	}
	if (rc == 0)
		loop_message(f->loop, _("printed: %s"), f->way[1] != '\0' ? f->way + 1 : f->title);
	else
		loop_problem(f->loop, &e);
	buf_release(&document);
	return done(f);
}

/* --- to a file --- */

/* The whole path: who typed only a name finds the file again. */
static void tell_where(struct loop *l, const char *path)
{
	char *whole = realpath(path, NULL);

	loop_message(l, _("written: %s"), whole != NULL ? whole : path);
	free(whole);
}

/* What is there already is found out before the work is done. */
static int write_file(struct offer *f, const char *path, struct err *e)
{
	struct buf document = BUF_INIT;
	int rc = fs_exists(path) ? err_set(e, ERR_REFUSED, _("%s is there already: give another name"), path) : make(f, &document, e);

	if (rc == 0)
		rc = fs_write_new(path, document.data, document.len, 0600, e);
	buf_release(&document);
	return rc;
}

static unsigned path_typed(void *context, const char *typed, bool *again)
{
	struct offer *f = context;
	struct buf path = BUF_INIT;
	struct err e = ERR_INIT;

	if (typed == NULL)
		return done(f);
	path_expand(typed, &path);
	*again = path.len == 0 || write_file(f, path.data, &e) != 0;
	if (!*again)
		tell_where(f->loop, path.data);
	else if (path.len > 0)
		loop_problem(f->loop, &e);
	buf_release(&path);
	return *again ? DID_CHANGE : done(f);
}

static unsigned ask_path(struct offer *f)
{
	struct buf path = BUF_INIT;

	if (f->way[0] == STICK) {
		path_shorten(f->way + 1, &path);
		buf_addc(&path, '/');
	}
	buf_adds(&path, f->file);
	loop_push(f->loop, prompt_path(_("File:"), path.data, false, path_typed, f));
	buf_release(&path);
	return DID_CHANGE;
}

/* --- the way --- */

static unsigned go(struct offer *f)
{
	return f->way[0] == PRINTER ? print(f) : ask_path(f);
}

static unsigned allowed(void *context, enum prompt_reply reply)
{
	return reply == PROMPT_YES ? go(context) : done(context);
}

static unsigned take_way(struct offer *f, const char *way)
{
	f->way = mem_dup(way);
	if (!f->o.personal)
		return go(f);
	loop_push(f->loop, prompt_ask(_("Open personal data leave the store with this document. Go on?"), allowed, f));
	return DID_CHANGE;
}

static unsigned way_chosen(void *context, const char *const *values, int count)
{
	return count > 0 ? take_way(context, values[0]) : done(context);
}

static void add_way(struct screen *pick, char kind, const char *name, const char *words, const char *hint)
{
	struct buf value = BUF_INIT;

	buf_addc(&value, kind);
	buf_adds(&value, name);
	pick_add(pick, value.data, words, hint);
	buf_release(&value);
}

static void add_printers(struct screen *pick, char **names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buf words = BUF_INIT;

		buf_addf(&words, _("printer %s"), names[i]);
		/* TRANSLATORS: the printer that is used unless another one is named */
		add_way(pick, PRINTER, names[i], words.data, i == 0 ? _("the usual one") : "");
		buf_release(&words);
	}
}

static void add_sticks(struct screen *pick, char **folders, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *name = strrchr(folders[i], '/');
		struct buf words = BUF_INIT;

		buf_addf(&words, _("stick %s"), name != NULL ? name + 1 : folders[i]);
		add_way(pick, STICK, folders[i], words.data, folders[i]);
		buf_release(&words);
	}
}

/* Where there is neither a printer nor a stick, a file is the way. */
static unsigned choose(struct offer *f, char **printers, size_t printer_count, char **sticks, size_t stick_count)
{
	const char file[] = { FILE_OF_YOURS, '\0' };
	struct screen *pick;

	if (printer_count + stick_count == 0)
		return take_way(f, file);
	pick = pick_open(f->title, way_chosen, f);
	add_printers(pick, printers, printer_count);
	add_sticks(pick, sticks, stick_count);
	add_way(pick, FILE_OF_YOURS, "", _("a file"), f->file);
	loop_push(f->loop, pick);
	return DID_CHANGE;
}

unsigned output_offer(struct loop *l, const struct output *o)
{
	struct offer *f = mem_zero(1, sizeof *f);
	char **printers = NULL, **sticks = NULL;
	size_t printer_count = 0, stick_count = 0;
	unsigned did;

	*f = (struct offer){ .loop = l, .o = *o, .title = mem_dup(o->title), .file = mem_dup(o->file) };
	if (o->printable)
		delivery_printers(&printers, &printer_count, NULL);
	delivery_sticks(&sticks, &stick_count, NULL);
	did = choose(f, printers, printer_count, sticks, stick_count);
	fs_list_free(printers, printer_count);
	fs_list_free(sticks, stick_count);
	return did;
}
