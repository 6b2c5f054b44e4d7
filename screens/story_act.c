#include "screens/story_act.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/consent.h"
#include "records/story.h"
#include "screens/card.h"

bool story_acts(enum action action)
{
	return action == ACTION_SUBMIT || action == ACTION_ACCEPT_TEXT || action == ACTION_PLACE || action == ACTION_EARLIER || action == ACTION_LATER;
}

/* The book leaves a text out whose author has not consented; who accepts it learns that now. */
static void tell_accepted(struct loop *l, const char *id)
{
	struct err e = ERR_INIT;
	struct record r;
	struct buf name = BUF_INIT;
	bool valid = true;

	if (record_load(l->store, &r, &story_type, id, &e) != 0 || consent_valid(l->store, record_get(&r, "author"), CONSENT_PUBLICATION, &valid, &e) != 0) {
		loop_problem(l, &e);
	} else if (valid) {
		loop_message(l, _("accepted"));
	} else {
		record_name(l->store, &person_type, record_get(&r, "author"), &name);
		loop_message(l, _("accepted; the book leaves it out until %s has consented to publication"), name.data);
	}
	record_release(&r);
	buf_release(&name);
}

static unsigned set_state(struct loop *l, const char *id, const char *state)
{
	struct err e = ERR_INIT;

	if (story_state(l->store, id, state, &e) != 0) {
		loop_problem(l, &e);
		return DID_CHANGE;
	}
	if (strcmp(state, STORY_ACCEPTED) == 0)
		tell_accepted(l, id);
	else
		loop_message(l, _("submitted: a coordinator receives it with the next exchange"));
	return DID_SAVE;
}

static unsigned shift(struct loop *l, const char *id, int by)
{
	struct err e = ERR_INIT;
	bool moved;

	if (story_shift(l->store, id, by, &moved, &e) != 0)
		loop_problem(l, &e);
	else if (!moved)
		loop_message(l, by < 0 ? _("it is the first of its section") : _("it is the last of its section"));
	else
		loop_saved(l, &story_type, id);
	return DID_SAVE;
}

static unsigned place(struct loop *l, const char *id)
{
	static const char *const fields[] = { "section", "position", "note", NULL };
	struct err e = ERR_INIT;
	struct screen *card = card_open_part(l->store, &story_type, id, fields, &e);

	if (card != NULL)
		loop_push(l, card);
	else
		loop_problem(l, &e);
	return DID_CHANGE;
}

unsigned story_act(struct loop *l, const char *wanted, enum action action)
{
	char id[RECORD_ID_SIZE];

	snprintf(id, sizeof id, "%s", wanted);		/* the row that it stands in is read anew meanwhile */
	switch (action) {
	case ACTION_SUBMIT: return set_state(l, id, STORY_SUBMITTED);
	case ACTION_ACCEPT_TEXT: return set_state(l, id, STORY_ACCEPTED);
	case ACTION_PLACE: return place(l, id);
	case ACTION_EARLIER: return shift(l, id, -1);
	case ACTION_LATER: return shift(l, id, 1);
	default: return DID_NOTHING;
	}
}
