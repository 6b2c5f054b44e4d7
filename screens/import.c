#include "screens/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fsutil.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "screens/import_preview.h"
#include "screens/parts/path.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"

#define FOLDER "last_import"		/* setting: where the last list lay */

/* --- which file --- */

struct question {
	struct store *store;
	struct screen *prompt;
	enum import_kind kind;
	char about[RECORD_ID_SIZE];
};

static void remember_folder(struct store *s, const char *path)
{
	char *folder = fs_dirname(path);
	struct buf kept = BUF_INIT;

	path_shorten(folder, &kept);
	buf_addc(&kept, '/');
	store_set_setting(s, FOLDER, kept.data, NULL);	/* a courtesy */
	buf_release(&kept);
	free(folder);
}

static unsigned file_typed(void *context, const char *typed, bool *again)
{
	struct question *q = context;
	struct loop *l = q->prompt->loop;
	struct buf path = BUF_INIT;
	struct preview *p;
	struct err e = ERR_INIT;

	if (typed == NULL) {
		free(q);
		return DID_CHANGE;
	}
	path_expand(typed, &path);
	p = import_preview_open(l, q->kind, path.data, q->about, &e);
	if (p != NULL) {
		remember_folder(q->store, path.data);
		loop_push(l, &p->screen);
		import_settle_people(p, true);
		free(q);
	} else {
		loop_problem(l, &e);
		*again = true;
	}
	buf_release(&path);
	return DID_CHANGE;
}

void import_ask_file(struct loop *l, enum import_kind kind, const char *about)
{
	static const char *const labels[IMPORT_KINDS] = {
		[IMPORT_PEOPLE] = N_("List of people (CSV or vCard):"), [IMPORT_SEMINARS] = N_("List of seminars (CSV):"),
		/* TRANSLATORS: a file that says who came to seminars */
		[IMPORT_ATTENDANCE] = N_("List of who came (CSV):"), [IMPORT_APPLICATIONS] = N_("List of applications (CSV):"),
	};
	struct question *q = mem_zero(1, sizeof *q);
	char *folder = store_setting(l->store, FOLDER);

	q->store = l->store;
	q->kind = kind;
	snprintf(q->about, sizeof q->about, "%s", about);
	q->prompt = prompt_path(_(labels[kind]), folder != NULL ? folder : "~/", false, file_typed, q);
	free(folder);
	loop_push(l, q->prompt);
}

/* --- what kind of list --- */

static unsigned kind_chosen(void *context, const char *const *values, int count)
{
	if (count > 0)
		import_ask_file(context, (enum import_kind)atoi(values[0]), "");
	return DID_CHANGE;
}

static void ask_kind(struct loop *l, unsigned kinds)
{
	static const char *const texts[IMPORT_KINDS] = {
		[IMPORT_PEOPLE] = N_("people, or contacts of a telephone"), [IMPORT_SEMINARS] = N_("seminars"),
		[IMPORT_ATTENDANCE] = N_("who came to seminars"), [IMPORT_APPLICATIONS] = N_("applications"),
	};
	struct screen *pick = pick_open(_("What the list holds"), kind_chosen, l);
	char value[16];

	for (int k = 0; k < IMPORT_KINDS; k++) {
		if ((kinds >> k & 1) == 0)
			continue;
		snprintf(value, sizeof value, "%d", k);
		pick_add(pick, value, _(texts[k]), "");
		pick_also(pick, import_kind_names[k]);
	}
	loop_push(l, pick);
}

void import_begin(struct loop *l)
{
	uint64_t where = loop_where(l);

	if ((where & IN_PEOPLE) != 0)
		import_ask_file(l, IMPORT_PEOPLE, "");
	else if ((where & IN_CALLS) != 0)
		import_ask_file(l, IMPORT_APPLICATIONS, "");
	else if ((where & IN_SEMINARS) != 0)
		ask_kind(l, 1u << IMPORT_SEMINARS | 1u << IMPORT_ATTENDANCE);
	else
		ask_kind(l, (1u << IMPORT_KINDS) - 1);
}
