#include "screens/removal.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/person.h"
#include "records/seminar.h"
#include "screens/parts/prompt.h"
#include "screens/undo_page.h"

struct removal {
	struct loop *loop;
	struct list *list;
	const struct record_type *type;
	const char **id;
	int count;
};

static int remove_all(struct removal *r, struct err *e)
{
	if (store_begin(r->loop->store, e) != 0)
		return -1;
	for (int i = 0; i < r->count; i++) {
		if (record_remove(r->loop->store, r->type, r->id[i], e) != 0) {
			store_rollback(r->loop->store);
			return -1;
		}
	}
	return store_commit(r->loop->store, e);
}

static unsigned answer(void *context, enum prompt_reply reply)
{
	struct removal *r = context;
	struct err e = ERR_INIT;
	bool yes = reply == PROMPT_YES;

	if (yes && remove_all(r, &e) == 0) {
		list_unmark(r->list);
		loop_message(r->loop, _("removed: %d"), r->count);
		undo_tell_key(r->loop);
	} else if (yes) {
		loop_problem(r->loop, &e);
	}
	free(r->id);
	free(r);
	return yes ? DID_SAVE : DID_CHANGE;
}

/* What is known of one record by others: people on a seminar's sheet, seminars on whose sheet a person stands. */
static int add_ties(struct removal *r, const char *id, int64_t *listed, int64_t *came, struct err *e)
{
	struct seminar_counts people;
	struct person_visits visits;

	if (r->type == &seminar_type) {
		if (seminar_counts(r->loop->store, id, &people, e) != 0)
			return -1;
		*listed += people.registered;
		*came += people.present;
	} else if (r->type == &person_type) {
		if (person_visits(r->loop->store, id, &visits, e) != 0)
			return -1;
		*listed += visits.sheets;
		*came += visits.came;
	}
	return 0;
}

/* What goes with the records. */
static void tell_ties(struct removal *r, struct buf *question)
{
	struct err e = ERR_INIT;
	int64_t listed = 0, came = 0;

	for (int i = 0; i < r->count; i++) {
		if (add_ties(r, r->id[i], &listed, &came, &e) != 0) {
			loop_problem(r->loop, &e);
			return;
		}
	}
	if (listed == 0)
		return;
	if (r->type == &seminar_type)
		buf_addf(question, _(" On the sheet: %lld, came: %lld; they leave the figures."), (long long)listed, (long long)came);
	else
		buf_addf(question, _(" Seminars: on the sheet of %lld, came to %lld; these marks leave the sheets and the figures."),
		    (long long)listed, (long long)came);
}

void removal_ask(struct loop *loop, struct list *list, const struct record_type *type)
{
	struct removal *r = mem_zero(1, sizeof *r);
	struct buf question = BUF_INIT, name = BUF_INIT;
	struct err e = ERR_INIT;

	r->loop = loop;
	r->list = list;
	r->type = type;
	r->id = list_chosen(list, &r->count, &e);
	if (r->id == NULL) {
		loop_problem(loop, &e);
		free(r);
		return;
	}
	if (list->marks_count > 0) {
		buf_addf(&question, _("Remove the marked ones (%d)?"), r->count);
	} else {
		record_name(loop->store, type, r->id[0], &name);
		buf_addf(&question, _("Remove “%s”?"), name.data);
	}
	tell_ties(r, &question);
	loop_push(loop, prompt_ask(question.data, answer, r));
	buf_release(&question);
	buf_release(&name);
}
