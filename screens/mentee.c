#include "screens/mentee.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/person.h"
#include "screens/parts/prompt.h"

/* The mentorships between the two people that last today: as a rule one, but two devices may have made one each. */
struct mentee {
	struct loop *loop;
	char me[RECORD_ID_SIZE], person[RECORD_ID_SIZE], today[DATE_SIZE];
	char (*id)[RECORD_ID_SIZE];
	size_t count;
};

static void mentee_free(struct mentee *m)
{
	free(m->id);
	free(m);
}

static int add_lasting(void *context, const struct record *r, struct err *e)
{
	struct mentee *m = context;
	const char *until = record_get(r, "until");

	(void)e;
	if (strcmp(record_get(r, "mentor"), m->me) != 0 || strcmp(record_get(r, "mentee"), m->person) != 0)
		return 0;
	if (until[0] != '\0' && strcmp(until, m->today) <= 0)
		return 0;
	m->id = mem_resize(m->id, m->count + 1, sizeof *m->id);
	memcpy(m->id[m->count++], r->id, RECORD_ID_SIZE);
	return 0;
}

static int begin(struct mentee *m, struct err *e)
{
	struct record r;
	int status;

	if (record_new(m->loop->store, &r, &mentorship_type, e) != 0)
		return -1;
	status = record_set(m->loop->store, &r, "mentor", m->me, e);
	if (status == 0)
		status = record_set(m->loop->store, &r, "mentee", m->person, e);
	if (status == 0)
		status = record_set(m->loop->store, &r, "since", m->today, e);
	if (status == 0)
		status = record_save(m->loop->store, &r, e);
	record_release(&r);
	return status;
}

static int end_one(struct mentee *m, const char *id, struct err *e)
{
	struct record r;
	int status;

	if (record_load(m->loop->store, &r, &mentorship_type, id, e) != 0)
		return -1;
	status = record_set(m->loop->store, &r, "until", m->today, e);
	if (status == 0)
		status = record_save(m->loop->store, &r, e);
	record_release(&r);
	return status;
}

static int end_all(struct mentee *m, struct err *e)
{
	if (store_begin(m->loop->store, e) != 0)
		return -1;
	for (size_t i = 0; i < m->count; i++) {
		if (end_one(m, m->id[i], e) != 0) {
			store_rollback(m->loop->store);
			return -1;
		}
	}
	return store_commit(m->loop->store, e);
}

/* `words` with the person's name in it. */
static void name_in(const struct mentee *m, const char *words, struct buf *out)
{
	struct buf name = BUF_INIT;

	record_name(m->loop->store, &person_type, m->person, &name);
	buf_addf(out, words, name.data);
	buf_release(&name);
}

static void tell(const struct mentee *m, const char *words)
{
	struct buf text = BUF_INIT;

	name_in(m, words, &text);
	loop_message(m->loop, "%s", text.data);
	buf_release(&text);
}

static unsigned answer(void *context, enum prompt_reply reply)
{
	struct mentee *m = context;
	struct err e = ERR_INIT;
	bool yes = reply == PROMPT_YES;

	if (yes && end_all(m, &e) == 0)
		tell(m, _("%s: the mentorship has ended"));
	else if (yes)
		loop_problem(m->loop, &e);
	mentee_free(m);
	return yes ? DID_SAVE : DID_CHANGE;
}

static void ask(struct mentee *m)
{
	struct buf question = BUF_INIT;

	name_in(m, _("End your mentorship of “%s” today?"), &question);
	loop_push(m->loop, prompt_ask(question.data, answer, m));
	buf_release(&question);
}

void mentee_change(struct loop *loop, const char *person)
{
	struct mentee *m = mem_zero(1, sizeof *m);
	struct err e = ERR_INIT;
	int status;

	m->loop = loop;
	snprintf(m->person, sizeof m->person, "%s", person);
	date_today(m->today);
	person_me(loop->store, m->me);
	status = m->me[0] != '\0' ? record_each(loop->store, &mentorship_type, NULL, add_lasting, m, &e) :
	    err_set(&e, ERR_REFUSED, _("the store does not know whose it is: nobody can be a mentor here"));
	if (status == 0 && m->count > 0) {
		ask(m);
		return;
	}
	if (status == 0 && (status = begin(m, &e)) == 0)
		tell(m, _("%s: a mentee of yours since today"));
	if (status != 0)
		loop_problem(loop, &e);
	mentee_free(m);
}
