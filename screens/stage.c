#include "screens/stage.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/person.h"
#include "screens/parts/pick.h"
#include "screens/parts/several.h"
#include "screens/parts/words.h"

struct stage {
	struct loop *loop;
	const char **person;
	int count;
	char code[32];
};

static void stage_free(void *context)
{
	struct stage *t = context;

	free(t->person);
	free(t);
}

static int set_one(struct stage *t, const char *person, struct err *e)
{
	struct record r;
	int status;

	if (record_load(t->loop->store, &r, &person_type, person, e) != 0)
		return -1;
	status = record_set(t->loop->store, &r, "stage", t->code, e);
	if (status == 0)
		status = record_save(t->loop->store, &r, e);
	record_release(&r);
	return status;
}

static int set_all(void *context, struct err *e)
{
	struct stage *t = context;

	for (int i = 0; i < t->count; i++)
		if (set_one(t, t->person[i], e) != 0)
			return -1;
	return 0;
}

/* «обучение пройдено» */
static void name_stage(const struct stage *t, struct buf *out)
{
	if (t->code[0] == '\0')
		buf_adds(out, _("none"));
	else
		words_choice(person_stages, t->code, out);
}

static void tell(const void *context, struct buf *out)
{
	const struct stage *t = context;
	struct buf stage = BUF_INIT;

	name_stage(t, &stage);
	several_whom(t->loop, t->person, t->count, out);
	/* TRANSLATORS: stands behind a name or «отмечено: 5»: the stage that was set */
	buf_addf(out, _(", stage: %s"), stage.data);
	buf_release(&stage);
}

static const struct several_work work = { .run = set_all, .tell = tell, .release = stage_free };

static unsigned chosen(void *context, const char *const *values, int count)
{
	struct stage *t = context;
	struct loop *l = t->loop;
	struct buf question = BUF_INIT, stage = BUF_INIT;
	unsigned did;

	if (count == 0) {
		stage_free(t);
		return DID_CHANGE;
	}
	snprintf(t->code, sizeof t->code, "%s", values[0]);
	name_stage(t, &stage);
	buf_addf(&question, P_("Set the stage of %d person: %s?", "Set the stage of %d people: %s?", t->count), t->count, stage.data);
	did = several_do(l, t->count, question.data, &work, t);
	buf_release(&question);
	buf_release(&stage);
	return did;
}

/* The stage that stands there now, of one person. */
static void start_there(const struct stage *t, struct screen *pick)
{
	struct err e = ERR_INIT;
	struct record r;

	if (t->count != 1 || record_load(t->loop->store, &r, &person_type, t->person[0], &e) != 0)
		return;
	pick_start(pick, record_get(&r, "stage"));
	record_release(&r);
}

void stage_ask(struct loop *l, const char *const *persons, int count)
{
	struct stage *t = mem_zero(1, sizeof *t);
	struct buf title = BUF_INIT;
	struct screen *pick;

	t->loop = l;
	t->person = several_copy(persons, count);
	t->count = count;
	buf_addf(&title, "%s · ", _("Stage"));
	several_whom(l, persons, count, &title);
	pick = pick_open(title.data, chosen, t);
	for (const struct choice *c = person_stages; c->code != NULL; c++) {
		pick_add(pick, c->code, _(c->label), "");
		pick_also(pick, c->label);
	}
	/* TRANSLATORS: no stage */
	pick_add(pick, "", _("none"), "");
	start_there(t, pick);
	loop_push(l, pick);
	buf_release(&title);
}
