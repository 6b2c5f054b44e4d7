#include "sync/enrol_line.h"

#include <string.h>

#include "base/text.h"
#include "store/body.h"
#include "sync/bundle_head.h"

bool enrol_line_read(const char *text, size_t len, const char *const *keys, struct json_span *values)
{
	struct json j;
	bool good;

	if (len < 3 || text[0] != '{' || text[len - 2] != '}' || memchr(text, '\n', len) != text + len - 1 || memchr(text, '\r', len) != NULL)
		return false;
	json_open(&j, text, len);
	good = json_object(&j, keys, values, false) == 0 && json_finish(&j) == 0;
	json_close(&j);
	return good;
}

bool enrol_text(struct json_span v, char *out, size_t size)
{
	struct buf text = BUF_INIT;
	bool good = v.p != NULL && json_span_string(v, &text) == 0 && text.len < size && text_check(text.data, text.len, false, NULL) == 0;

	if (good)
		memcpy(out, text.data, text.len + 1);
	buf_release(&text);
	return good;
}

bool enrol_id(struct json_span v, char *out, size_t size)
{
	return enrol_text(v, out, size) && (*out == '\0' || body_id_valid(out, strlen(out)));
}

bool enrol_number(struct json_span v, int64_t *number)
{
	return v.p != NULL && json_span_int(v, number) == 0 && *number >= 1 && *number < NUMBER_END;
}
