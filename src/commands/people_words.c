#include "commands/people_words.h"

#include <stdlib.h>

#include "base/mem.h"

void people_words_init(struct people_words *p)
{
	p->id = NULL;
	p->count = 0;
}

void people_words_add(struct people_words *p, const char *id)
{
	p->id = mem_resize(p->id, (size_t)p->count + 1, sizeof(*p->id));
	p->id[p->count++] = mem_dup(id);
}

int people_words_take(struct invocation *call, int first, struct people_words *p, struct err *e)
{
	char id[RECORD_ID_SIZE];
	int i;

	people_words_init(p);
	for (i = first; i < call->argc; i++) {
		if (record_resolve(call->store, &person_type, call->argv[i], id, e) != 0) {
			people_words_release(p);
			return -1;
		}
		people_words_add(p, id);
	}
	return 0;
}

void people_words_release(struct people_words *p)
{
	int i;

	for (i = 0; i < p->count; i++)
		free((char *)p->id[i]);
	free(p->id);
	people_words_init(p);
}
