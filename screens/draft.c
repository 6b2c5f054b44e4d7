#include "screens/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

#define SETTING "draft"

void draft_init(struct draft *d)
{
	memset(d, 0, sizeof *d);
	buf_init(&d->fields);
}

void draft_release(struct draft *d)
{
	buf_release(&d->fields);
}

int draft_keep(struct store *s, const struct draft *d, struct err *e)
{
	struct buf out = BUF_INIT;
	int status;

	buf_addc(&out, '{');
	json_key(&out, "type");
	json_strings(&out, d->type);
	json_key(&out, "record");
	json_strings(&out, d->record);
	json_key(&out, "seminar");
	json_strings(&out, d->seminar);
	json_key(&out, "ms");
	json_int(&out, d->ms);
	json_key(&out, "fields");
	buf_add(&out, d->fields.data, d->fields.len);
	buf_addc(&out, '}');
	status = store_set_setting(s, SETTING, out.data, e);
	buf_release(&out);
	return status;
}

static int copy(struct json_span span, char *to, size_t size)
{
	struct buf text = BUF_INIT;
	int status = -1;

	if (span.p != NULL && json_span_string(span, &text) == 0 && text.len < size) {
		memcpy(to, text.data, text.len + 1);
		status = 0;
	}
	buf_release(&text);
	return status;
}

int draft_find(struct store *s, struct draft *d)
{
	static const char *const keys[] = { "type", "record", "seminar", "ms", "fields", NULL };
	struct json_span value[5];
	struct json j;
	char *kept = store_setting(s, SETTING);
	int found = 0;

	if (kept == NULL)
		return 0;
	json_open(&j, kept, strlen(kept));
	if (json_object(&j, keys, value, true) == 0 && value[4].p != NULL && value[3].p != NULL && json_span_int(value[3], &d->ms) == 0 &&
	    copy(value[0], d->type, sizeof d->type) == 0 && copy(value[1], d->record, sizeof d->record) == 0 &&
	    copy(value[2], d->seminar, sizeof d->seminar) == 0) {
		buf_reset(&d->fields);
		buf_add(&d->fields, value[4].p, value[4].len);
		found = 1;
	}
	json_close(&j);
	free(kept);
	return found;
}

int draft_drop(struct store *s, struct err *e)
{
	char *kept = store_setting(s, SETTING);
	int status = 0;

	if (kept != NULL)
		status = store_set_setting(s, SETTING, NULL, e);
	free(kept);
	return status;
}
