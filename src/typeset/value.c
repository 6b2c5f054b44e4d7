#include "typeset/value.h"

#include <string.h>

int value_number(struct json_span v, int64_t least, int64_t most, bool needed, int64_t *out)
{
	int64_t number;

	if (v.p == NULL)
		return needed ? -1 : 0;
	if (json_span_int(v, &number) != 0 || number < least || number > most)
		return -1;
	*out = number;
	return 0;
}

int value_text(struct script *s, struct json_span v, bool needed, const char **out)
{
	if (v.p == NULL)
		return needed ? -1 : 0;
	if (json_span_string(v, &s->scratch) != 0)
		return -1;
	*out = script_keep(s, s->scratch.data, s->scratch.len);
	return 0;
}

int value_word(struct json_span v, const char *const *names, struct buf *scratch)
{
	if (v.p == NULL || json_span_string(v, scratch) != 0)
		return -1;
	for (int i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], scratch->data) == 0)
			return i;
	return -1;
}
