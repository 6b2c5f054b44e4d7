/* Objects with known keys, and spans of raw JSON read as values. */
#include "base/json.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json_inner.h"

/* The unknown keys of one object, decoded, so that one that comes twice is noticed. */
struct others {
	struct buf bytes;
	size_t end[JSON_OTHERS_MAX], count;
};

static bool others_add(struct others *o, const char *key, size_t len)
{
	size_t from = 0;

	if (o->count == JSON_OTHERS_MAX)
		return false;
	for (size_t i = 0; i < o->count; from = o->end[i++])
		if (o->end[i] - from == len && memcmp(o->bytes.data + from, key, len) == 0)
			return false;
	buf_add(&o->bytes, key, len);
	o->end[o->count++] = o->bytes.len;
	return true;
}

static size_t find(const char *const *keys, const char *key, size_t len)
{
	size_t i = 0;

	while (keys[i] != NULL && (strlen(keys[i]) != len || memcmp(keys[i], key, len) != 0))
		i++;
	return i;
}

static int read_members(struct json *j, const char *const *keys, struct json_span *values, struct others *others)
{
	const char *key;
	size_t len, i;
	int result;

	while ((result = json_read_key(j, &key, &len)) == 0) {
		struct json_span ignored;

		i = find(keys, key, len);
		if (keys[i] == NULL && others == NULL)
			return json_wrong(j, N_("an object holds an unknown key"));
		if (keys[i] != NULL ? values[i].p != NULL : !others_add(others, key, len))
			return json_wrong(j, N_("an object holds a key twice, or too many"));
		if (keys[i] == NULL)
			result = json_skip(j, &ignored.p, &ignored.len);
		else
			result = json_skip(j, &values[i].p, &values[i].len);
		if (result != 0)
			return -1;
	}
	return result < 0 ? -1 : json_leave(j);
}

int json_object(struct json *j, const char *const *keys, struct json_span *values, bool others)
{
	struct others rest = { .bytes = BUF_INIT, .count = 0 };
	int result;

	for (size_t i = 0; keys[i] != NULL; i++)
		values[i] = (struct json_span){ NULL, 0 };
	if (json_enter(j, JSON_OBJECT) != 0)
		return -1;
	result = read_members(j, keys, values, others ? &rest : NULL);
	buf_release(&rest.bytes);
	return result;
}

int json_span_int(struct json_span s, int64_t *v)
{
	struct json j;

	if (s.p == NULL)
		return -1;
	json_open(&j, s.p, s.len);
	return json_read_int(&j, v) == 0 && json_finish(&j) == 0 ? 0 : -1;
}

int json_span_string(struct json_span s, struct buf *out)
{
	const char *text;
	size_t len;
	struct json j;
	int result;

	buf_reset(out);
	if (s.p == NULL)
		return -1;
	json_open(&j, s.p, s.len);
	result = json_read_string(&j, &text, &len);
	if (result == 0)
		result = json_finish(&j);
	if (result == 0)
		buf_add(out, text, len);
	json_close(&j);
	return result;
}
