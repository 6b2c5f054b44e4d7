#include "screens/programme_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/programme.h"
#include "screens/parts/prompt.h"

bool programme_acts(enum action action)
{
	return action == ACTION_PROGRAMME_USE || action == ACTION_PROGRAMME_CLOSE || action == ACTION_PROGRAMME_BEGIN;
}

static unsigned told(struct loop *l, int rc, const char *words, const char *id, struct err *e)
{
	struct buf name = BUF_INIT;

	if (rc != 0) {
		loop_problem(l, e);
		return DID_CHANGE;
	}
	record_name(l->store, &programme_type, id, &name);
	loop_message(l, "%s: %s", words, name.data);
	buf_release(&name);
	return DID_CHANGE | DID_SAVE;
}

static unsigned use(struct loop *l, const char *id)
{
	struct err e = ERR_INIT;

	return told(l, programme_use(l->store, id, &e), _("shown from now on"), id, &e);
}

/* --- closing, and opening again --- */

struct closing { struct loop *loop; bool closed; char id[RECORD_ID_SIZE]; };

static unsigned close_answer(void *context, enum prompt_reply reply)
{
	struct closing *c = context;
	struct err e = ERR_INIT;
	unsigned did = DID_CHANGE;

	if (reply == PROMPT_YES)
		did = told(c->loop, programme_set_closed(c->loop->store, c->id, !c->closed, &e), c->closed ? _("open again") : _("closed"), c->id, &e);
	free(c);
	return did;
}

static unsigned ask_to_close(struct loop *l, const char *id)
{
	struct closing *c = mem_zero(1, sizeof *c);
	struct buf name = BUF_INIT, question = BUF_INIT;
	struct err e = ERR_INIT;

	c->loop = l;
	snprintf(c->id, sizeof c->id, "%s", id);
	if (programme_closed(l->store, id, &c->closed, &e) != 0) {
		free(c);
		loop_problem(l, &e);
		return DID_CHANGE;
	}
	record_name(l->store, &programme_type, id, &name);
	buf_addf(&question, c->closed ? _("Open the programme “%s” again?") :
	    _("Close the programme “%s”? What belongs to it can then only be read; people and organisations stay as they are."), name.data);
	loop_push(l, prompt_ask(question.data, close_answer, c));
	buf_release(&name);
	buf_release(&question);
	return DID_CHANGE;
}

/* --- beginning --- */

struct beginning { struct loop *loop; char from[RECORD_ID_SIZE]; };

static int begin_named(struct beginning *b, const char *title, char id[RECORD_ID_SIZE], struct err *e)
{
	struct record r;
	int rc;

	record_init(&r, &programme_type);
	rc = record_set(b->loop->store, &r, "title", title, e);
	if (rc == 0)
		rc = programme_begin(b->loop->store, &r, b->from, e);
	snprintf(id, RECORD_ID_SIZE, "%s", r.id);
	record_release(&r);
	return rc;
}

static unsigned begin_entry(void *context, const char *typed, bool *again)
{
	struct beginning *b = context;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	unsigned did = DID_CHANGE;

	*again = false;
	if (typed != NULL && begin_named(b, typed, id, &e) != 0) {
		loop_problem(b->loop, &e);
		*again = true;
		return DID_CHANGE;
	}
	if (typed != NULL)
		did = told(b->loop, 0, _("begun, with the targets, points and texts of the one before; V shows it"), id, &e);
	free(b);
	return did;
}

static unsigned begin(struct loop *l, const char *from)
{
	struct beginning *b = mem_zero(1, sizeof *b);

	b->loop = l;
	snprintf(b->from, sizeof b->from, "%s", from);
	loop_push(l, prompt_line(_("Title of the new programme:"), "", begin_entry, b));
	return DID_CHANGE;
}

unsigned programme_act(struct loop *l, const char *id, enum action action)
{
	if (action == ACTION_PROGRAMME_BEGIN)
		return begin(l, id);
	if (id[0] == '\0')
		return DID_CHANGE;
	return action == ACTION_PROGRAMME_USE ? use(l, id) : ask_to_close(l, id);
}
