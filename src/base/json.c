/* The walk: brackets, commas, keys, numbers. Strings are in json_string.c, objects with known keys in
 * json_object.c. */
#include "base/json.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json_inner.h"

#define DEPTH_MAX 32

int json_wrong(struct json *j, const char *problem)
{
	if (!j->failed) {
		j->failed = true;
		j->problem = problem;
	}
	return -1;
}

static enum json_type fail(struct json *j, const char *problem)
{
	json_wrong(j, problem);
	return JSON_END;
}

void json_open(struct json *j, const char *text, size_t len)
{
	j->start = j->p = text;
	j->end = text + len;
	j->depth = 0;
	j->object = 0;
	j->fresh = true;
	j->ready = false;
	j->failed = false;
	j->problem = NULL;
	buf_init(&j->scratch);
}

void json_close(struct json *j)
{
	buf_release(&j->scratch);
}

int json_error(const struct json *j, enum err_code code, struct err *e)
{
	return err_set(e, code, _("byte %zu: %s"), (size_t)(j->p - j->start),
		j->problem != NULL ? _(j->problem) : "");
}

static void skip_blanks(struct json *j)
{
	while (j->p < j->end && (*j->p == ' ' || *j->p == '\n' || *j->p == '\r' || *j->p == '\t'))
		j->p++;
}

static bool in_object(const struct json *j)
{
	return j->depth > 0 && (j->object >> (j->depth - 1) & 1) != 0;
}

static char closing(const struct json *j)
{
	return in_object(j) ? '}' : ']';
}

static void value_done(struct json *j)
{
	j->fresh = j->ready = false;
}

/* Takes the comma before a value or key that is not the first. */
static bool take_comma(struct json *j)
{
	if (j->fresh)
		return true;
	if (j->p == j->end || *j->p != ',')
		return false;
	j->p++;
	skip_blanks(j);
	return true;
}

static enum json_type value_type(struct json *j)
{
	if (j->p == j->end)
		return fail(j, JSON_TEXT_ENDS);
	switch (*j->p) {
	case '"': return JSON_STRING;
	case '[': return JSON_ARRAY;
	case '{': return JSON_OBJECT;
	case 'n': return JSON_NULL;
	case 't': return JSON_TRUE;
	case 'f': return JSON_FALSE;
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9': return JSON_INT;
	default: return fail(j, N_("a value is missing here"));
	}
}

enum json_type json_peek(struct json *j)
{
	if (j->failed)
		return JSON_END;
	skip_blanks(j);
	if (j->ready)
		return value_type(j);
	if (j->depth == 0 && !j->fresh)
		return j->p == j->end ? JSON_END : fail(j, N_("something follows the value"));
	if (j->depth > 0) {
		if (j->p == j->end)
			return fail(j, JSON_TEXT_ENDS);
		if (*j->p == closing(j))
			return JSON_END;
		if (in_object(j))
			return fail(j, N_("a value is read before its key"));
		if (!take_comma(j))
			return fail(j, N_("a comma is missing here"));
	}
	j->ready = true;
	return value_type(j);
}

/* Moves to the next value and demands its type. */
static bool expect(struct json *j, enum json_type what, const char *problem)
{
	enum json_type found = json_peek(j);

	if (!j->failed && found != what)
		fail(j, problem);
	return !j->failed;
}

int json_enter(struct json *j, enum json_type what)
{
	bool object = what == JSON_OBJECT;

	if (!expect(j, what, object ? N_("an object was expected") : N_("an array was expected")))
		return -1;
	if (j->depth == DEPTH_MAX)
		return json_wrong(j, N_("brackets are nested too deep"));
	j->p++;
	j->object = object ? j->object | UINT32_C(1) << j->depth : j->object & ~(UINT32_C(1) << j->depth);
	j->depth++;
	j->fresh = true;
	j->ready = false;
	return 0;
}

int json_leave(struct json *j)
{
	if (j->failed)
		return -1;
	bug_if(j->depth == 0);
	skip_blanks(j);
	if (j->p == j->end)
		return json_wrong(j, JSON_TEXT_ENDS);
	if (j->ready || *j->p != closing(j))
		return json_wrong(j, N_("a closing bracket was expected"));
	j->p++;
	j->depth--;
	value_done(j);
	return 0;
}

int json_finish(struct json *j)
{
	if (j->failed)
		return -1;
	skip_blanks(j);
	if (j->fresh || j->depth > 0)
		return json_wrong(j, JSON_TEXT_ENDS);
	if (j->p != j->end)
		return json_wrong(j, N_("something follows the value"));
	return 0;
}

int json_read_int(struct json *j, int64_t *v)
{
	uint64_t number = 0, most = INT64_MAX;
	const char *p;
	bool negative;

	if (!expect(j, JSON_INT, N_("a whole number was expected")))
		return -1;
	p = j->p;
	negative = *p == '-';
	if (negative) {
		p++;
		most++;
	}
	if (p == j->end || *p < '0' || *p > '9' || (*p == '0' && j->end - p > 1 && p[1] >= '0' && p[1] <= '9'))
		return json_wrong(j, N_("a number is written wrongly"));
	for (; p < j->end && *p >= '0' && *p <= '9'; p++) {
		unsigned digit = (unsigned)(*p - '0');

		if (number > (most - digit) / 10)
			return json_wrong(j, N_("a number is too large"));
		number = number * 10 + digit;
	}
	if (p < j->end && (*p == '.' || *p == 'e' || *p == 'E'))
		return json_wrong(j, N_("a number is not whole"));
	*v = negative ? (int64_t)(0 - number) : (int64_t)number;
	j->p = p;
	value_done(j);
	return 0;
}

int json_read_string(struct json *j, const char **s, size_t *len)
{
	if (!expect(j, JSON_STRING, N_("a string was expected")) || json_quoted(j, s, len) != 0)
		return -1;
	value_done(j);
	return 0;
}

int json_read_key(struct json *j, const char **s, size_t *len)
{
	if (j->failed)
		return -1;
	if (!in_object(j) || j->ready)
		return json_wrong(j, N_("a value was expected, not a key"));
	skip_blanks(j);
	if (j->p < j->end && *j->p == '}')
		return 1;
	if (!take_comma(j))
		return json_wrong(j, j->p == j->end ? JSON_TEXT_ENDS : N_("a comma is missing here"));
	if (j->p == j->end || *j->p != '"')
		return json_wrong(j, j->p == j->end ? JSON_TEXT_ENDS : N_("a key was expected"));
	if (json_quoted(j, s, len) != 0)
		return -1;
	skip_blanks(j);
	if (j->p == j->end || *j->p != ':')
		return json_wrong(j, j->p == j->end ? JSON_TEXT_ENDS : N_("a colon is missing after a key"));
	j->p++;
	j->fresh = false;
	j->ready = true;
	return 0;
}

static int skip_word(struct json *j, const char *word, size_t len)
{
	if ((size_t)(j->end - j->p) < len || memcmp(j->p, word, len) != 0)
		return json_wrong(j, N_("a value is missing here"));
	j->p += len;
	value_done(j);
	return 0;
}

/* Skips a value that is no bracket, opens one that is, or closes the bracket that ends here. */
static int skip_step(struct json *j)
{
	const char *s;
	size_t len;
	int64_t number;

	if (in_object(j) && !j->ready) {
		int key = json_read_key(j, &s, &len);

		if (key != 0)
			return key == 1 ? json_leave(j) : -1;
	}
	switch (json_peek(j)) {
	case JSON_NULL: return skip_word(j, "null", 4);
	case JSON_TRUE: return skip_word(j, "true", 4);
	case JSON_FALSE: return skip_word(j, "false", 5);
	case JSON_INT: return json_read_int(j, &number);
	case JSON_STRING: return json_read_string(j, &s, &len);
	case JSON_ARRAY: return json_enter(j, JSON_ARRAY);
	case JSON_OBJECT: return json_enter(j, JSON_OBJECT);
	case JSON_END: break;
	}
	return j->failed ? -1 : json_leave(j);
}

int json_skip(struct json *j, const char **raw, size_t *len)
{
	int depth = j->depth;
	const char *from;

	if (json_peek(j) == JSON_END)
		return json_wrong(j, N_("a value is missing here"));
	from = j->p;
	do {
		if (skip_step(j) != 0)
			return -1;
	} while (j->depth > depth);
	if (raw != NULL) {
		*raw = from;
		*len = (size_t)(j->p - from);
	}
	return 0;
}
