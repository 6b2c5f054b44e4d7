#include "screens/application_decision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/application.h"
#include "records/call.h"
#include "records/decision.h"
#include "records/person.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"

struct deciding {
	struct loop *loop;
	char application[RECORD_ID_SIZE], decision[16];
};

static void tell(struct loop *l, const struct decision_done *done)
{
	struct buf words = BUF_INIT, name = BUF_INIT;

	record_name(l->store, &person_type, done->person, &name);
	words_initials(name.data, &words);
	buf_adds(&words, ": ");
	if (done->after[0] == '\0')
		buf_adds(&words, _("the decision is taken back"));
	else
		words_choice(application_decisions, done->after, &words);
	if (strcmp(done->role, done->role_before) != 0) {
		buf_addf(&words, ", %s ", _("role"));
		words_choice(person_roles, done->role, &words);
	}
	if (strcmp(done->stage, done->stage_before) != 0) {
		buf_addf(&words, ", %s ", _("stage"));
		words_choice(person_stages, done->stage, &words);
	} else if (strcmp(done->before, "selected") == 0 && strcmp(done->after, "selected") != 0) {
		buf_addf(&words, ", %s", _("role and stage stay: the person has gone on since"));
	}
	loop_message(l, "%s", words.data);
	buf_release(&words);
	buf_release(&name);
}

static bool take(struct deciding *d, const char *reason)
{
	struct decision_done done;
	struct err e = ERR_INIT;

	if (decision_take(d->loop->store, d->application, d->decision, reason, &done, &e) != 0) {
		loop_problem(d->loop, &e);
		return false;
	}
	tell(d->loop, &done);
	return true;
}

static unsigned reason_typed(void *context, const char *typed, bool *again)
{
	struct deciding *d = context;

	if (typed != NULL && !take(d, typed)) {
		*again = true;
		return DID_CHANGE;
	}
	free(d);
	return DID_SAVE;
}

static unsigned chosen(void *context, const char *const *values, int count)
{
	struct deciding *d = context;
	struct record r;
	struct err e = ERR_INIT;

	if (count == 0) {
		free(d);
		return DID_CHANGE;
	}
	snprintf(d->decision, sizeof d->decision, "%s", values[0]);
	if (d->decision[0] != '\0' && record_load(d->loop->store, &r, &application_type, d->application, &e) == 0) {
		loop_push(d->loop, prompt_line(strcmp(d->decision, "refused") == 0 ? _("Why (must be said):") : _("Why (may stay empty):"), record_get(&r, "reason"),
		    reason_typed, d));
		record_release(&r);
		return DID_CHANGE;
	}
	take(d, NULL);
	free(d);
	return DID_SAVE;
}

unsigned application_decision(struct loop *l, const char *application)
{
	struct deciding *d;
	struct screen *pick;
	struct record r;
	struct err e = ERR_INIT;

	if (call_coordinator(l->store, &e) != 0 || record_load(l->store, &r, &application_type, application, &e) != 0) {
		loop_problem(l, &e);
		return DID_CHANGE;
	}
	d = mem_zero(1, sizeof *d);
	d->loop = l;
	snprintf(d->application, sizeof d->application, "%s", application);
	pick = pick_open(_("Decision"), chosen, d);
	for (const struct choice *c = application_decisions; c->code != NULL; c++) {
		pick_add(pick, c->code, _(c->label), "");
		pick_also(pick, c->label);
	}
	if (record_get(&r, "decision")[0] != '\0') {
		pick_add(pick, "", _("take the decision back"), "");
		pick_start(pick, record_get(&r, "decision"));
	}
	record_release(&r);
	loop_push(l, pick);
	return DID_CHANGE;
}
