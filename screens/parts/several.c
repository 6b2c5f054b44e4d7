#include "screens/parts/several.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/record.h"
#include "screens/parts/prompt.h"
#include "screens/parts/words.h"

struct several {
	struct loop *loop;
	const struct several_work *work;
	void *context;
};

static int run(const struct several *s, struct err *e)
{
	struct store *store = s->loop->store;

	if (store_begin(store, e) != 0)
		return -1;
	if (s->work->run(s->context, e) != 0) {
		store_rollback(store);
		return -1;
	}
	return store_commit(store, e);
}

static unsigned do_it(const struct several *s)
{
	struct buf words = BUF_INIT;
	struct err e = ERR_INIT;

	if (run(s, &e) == 0) {
		s->work->tell(s->context, &words);
		loop_message(s->loop, "%s", words.data);
	} else {
		loop_problem(s->loop, &e);
	}
	buf_release(&words);
	s->work->release(s->context);
	return DID_SAVE;
}

static unsigned answer(void *context, enum prompt_reply reply)
{
	struct several *s = context;
	unsigned did = DID_CHANGE;

	if (reply == PROMPT_YES)
		did = do_it(s);
	else
		s->work->release(s->context);
	free(s);
	return did;
}

unsigned several_do(struct loop *l, int count, const char *question, const struct several_work *work, void *context)
{
	struct several s = { .loop = l, .work = work, .context = context };
	struct several *kept;

	if (count < SEVERAL_MANY)
		return do_it(&s);
	kept = mem_alloc(sizeof *kept);
	*kept = s;
	loop_push(l, prompt_ask(question, answer, kept));
	return DID_CHANGE;
}

const char **several_copy(const char *const *ids, int count)
{
	const char **copy = mem_alloc((size_t)count * (sizeof *copy + RECORD_ID_SIZE));
	char *text = (char *)(copy + count);

	for (int i = 0; i < count; i++, text += RECORD_ID_SIZE) {
		size_t len = strlen(ids[i]);

		bug_if(len >= RECORD_ID_SIZE);
		memcpy(text, ids[i], len + 1);
		copy[i] = text;
	}
	return copy;
}

void several_whom(struct loop *l, const char *const *persons, int count, struct buf *out)
{
	struct buf name = BUF_INIT;

	if (count != 1) {
		buf_addf(out, _("marked: %d"), count);
		return;
	}
	record_name(l->store, &person_type, persons[0], &name);
	words_initials(name.data, out);
	buf_release(&name);
}
