#include "store/body.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

struct reader {
	const char *p, *end;
	struct body *body;
};

void body_init(struct body *b)
{
	b->value_count = b->change_count = b->seen_count = 0;
	buf_init(&b->decoded);
}

void body_release(struct body *b)
{
	buf_release(&b->decoded);
}

static int wrong(struct err *e)
{
	return err_set(e, ERR_DAMAGED, _("an operation of the journal is not well-formed"));
}

static bool take(struct reader *r, char c)
{
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

/* Canonical decimals: no leading zero, no "-0". */
static bool take_integer(struct reader *r, int64_t *out)
{
	bool negative = take(r, '-');
	const char *start = r->p;
	uint64_t n = 0, limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;

	for (; r->p < r->end && *r->p >= '0' && *r->p <= '9'; r->p++) {
		unsigned digit = (unsigned)(*r->p - '0');

		if (n > (limit - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	if (r->p == start || (*start == '0' && (r->p - start > 1 || negative)))
		return false;
	*out = negative ? (int64_t)(0 - n) : (int64_t)n;
	return true;
}

/* Length of the character of several bytes at p when it may stand in a text as it is, else 0. */
static size_t plain_character(const char *p, const char *end)
{
	uint32_t cp;
	bool valid;
	size_t n = text_next(p, (size_t)(end - p), &cp, &valid);

	return valid && cp >= 0xa0 ? n : 0;
}

/* Length of what stands at p before a quote, a backslash, or a character that may not stand there. Most texts are letters of one byte or two. */
static size_t plain_run(const char *start, const char *end)
{
	const char *p = start;

	while (p < end) {
		unsigned char c = (unsigned char)*p;
		size_t n;

		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\')
			n = 1;
		else if (c >= 0xc3 && c <= 0xdf && end - p > 1 && ((unsigned char)p[1] & 0xc0) == 0x80)
			n = 2;
		else if (c < 0x80 || (n = plain_character(p, end)) == 0)
			break;
		p += n;
	}
	return (size_t)(p - start);
}

static bool take_escape(struct reader *r, char *out)
{
	if (++r->p == r->end)
		return false;
	switch (*r->p++) {
	case '"': *out = '"'; return true;
	case '\\': *out = '\\'; return true;
	case 'n': *out = '\n'; return true;
	case 't': *out = '\t'; return true;
	default: return false;
	}
}

/* From the first escape on the text is copied. `decoded` has room for the whole body, so that it does not move. */
static bool take_escaped_text(struct reader *r, const char *start, struct value *v)
{
	struct buf *d = &r->body->decoded;
	size_t at = d->len;

	buf_add(d, start, (size_t)(r->p - start));
	while (r->p < r->end && *r->p == '\\') {
		size_t n;
		char c;

		if (!take_escape(r, &c))
			return false;
		v->lines = v->lines || c == '\n' || c == '\t';
		buf_addc(d, c);
		n = plain_run(r->p, r->end);
		buf_add(d, r->p, n);
		r->p += n;
	}
	v->text = d->data + at;
	v->len = d->len - at;
	return take(r, '"');
}

static bool take_text(struct reader *r, struct value *v)
{
	const char *start = ++r->p;

	v->type = VALUE_TEXT;
	v->lines = false;
	r->p += plain_run(r->p, r->end);
	if (r->p < r->end && *r->p == '\\') {
		if (!take_escaped_text(r, start, v))
			return false;
	} else {
		v->text = start;
		v->len = (size_t)(r->p - start);
		if (!take(r, '"'))
			return false;
	}
	return v->len > 0 && v->len <= BODY_TEXT_MAX;
}

static bool take_value(struct reader *r, struct value *v)
{
	if (r->p == r->end)
		return false;
	if (*r->p == '"')
		return take_text(r, v);
	if (*r->p == 'n') {
		if (r->end - r->p < 4 || memcmp(r->p, "null", 4) != 0)
			return false;
		r->p += 4;
		v->type = VALUE_NULL;
		return true;
	}
	v->type = VALUE_INTEGER;
	return take_integer(r, &v->number);
}

static void begin(struct reader *r, struct body *b, const char *text, size_t len)
{
	*r = (struct reader){ text, text + len, b };
	b->value_count = b->change_count = b->seen_count = 0;
	buf_reset(&b->decoded);
	if (len > 0 && len <= BODY_MAX && memchr(text, '\\', len) != NULL)
		buf_reserve(&b->decoded, len);
}

int body_read_insert(struct body *b, const char *text, size_t len, struct err *e)
{
	struct reader r;

	begin(&r, b, text, len);
	if (len > BODY_MAX || !take(&r, '['))
		return wrong(e);
	while (b->value_count < BODY_COLUMNS_MAX && r.p < r.end && *r.p != ']') {
		int n = b->value_count;

		if (n > 0 && !take(&r, ','))
			return wrong(e);
		b->raw[n].p = r.p;
		if (!take_value(&r, &b->values[n]))
			return wrong(e);
		b->raw[n].len = (size_t)(r.p - b->raw[n].p);
		b->value_count++;
	}
	return take(&r, ']') && r.p == r.end ? 0 : wrong(e);
}

/* [hlc,"tag"] */
static bool take_stamp(struct reader *r)
{
	struct body *b = r->body;
	int64_t hlc;

	if (b->seen_count == BODY_SEEN_MAX || !take(r, '[') || !take_integer(r, &hlc) || hlc <= 0 || !take(r, ',') || !take(r, '"') ||
	    r->end - r->p < TAG_LENGTH || !body_tag_valid(r->p, TAG_LENGTH))
		return false;
	b->seen[b->seen_count] = (struct stamp){ (uint64_t)hlc, 0 };
	b->tags[b->seen_count++] = r->p;
	r->p += TAG_LENGTH;
	return take(r, '"') && take(r, ']');
}

/* [column,value,[stamp,…]] */
static bool take_change(struct reader *r)
{
	struct body *b = r->body;
	struct change *c = &b->changes[b->change_count];
	int64_t col;

	if (!take(r, '[') || !take_integer(r, &col) || col < 1 || col > BODY_COLUMNS_MAX || !take(r, ','))
		return false;
	b->raw[b->change_count].p = r->p;
	c->col = (int)col;
	c->seen = b->seen + b->seen_count;
	c->seen_count = -b->seen_count;
	if (!take_value(r, &c->value) || !take(r, ',') || !take(r, '['))
		return false;
	while (!take(r, ']')) {
		if (c->seen_count + b->seen_count > 0 && !take(r, ','))
			return false;
		if (!take_stamp(r))
			return false;
	}
	c->seen_count += b->seen_count;
	b->raw[b->change_count].len = (size_t)(r->p - b->raw[b->change_count].p);
	b->change_count++;
	return take(r, ']');
}

int body_read_update(struct body *b, const char *text, size_t len, struct err *e)
{
	bool used[BODY_COLUMNS_MAX + 1] = { false };
	struct reader r;

	begin(&r, b, text, len);
	if (len > BODY_MAX || !take(&r, '['))
		return wrong(e);
	do {
		if (b->change_count == BODY_COLUMNS_MAX || !take_change(&r))
			return wrong(e);
		if (used[b->changes[b->change_count - 1].col])
			return wrong(e);
		used[b->changes[b->change_count - 1].col] = true;
	} while (take(&r, ','));
	return take(&r, ']') && r.p == r.end ? 0 : wrong(e);
}

static const char *add_text(struct buf *out, const char *s, size_t len, bool multiline)
{
	const char *end = s + len;
	size_t n;

	buf_addc(out, '"');
	for (;;) {
		n = plain_run(s, end);
		buf_add(out, s, n);
		s += n;
		if (s == end)
			break;
		if (*s != '"' && *s != '\\' && !(multiline && (*s == '\n' || *s == '\t')))
			return (unsigned char)*s < 0x80 || text_utf8_valid(s, (size_t)(end - s))
			    ? _("a text holds a control character") : _("a text is not valid UTF-8");
		buf_addc(out, '\\');
		buf_addc(out, *s == '\n' ? 'n' : *s == '\t' ? 't' : *s);
		s++;
	}
	buf_addc(out, '"');
	return NULL;
}

const char *body_add_value(struct buf *out, const struct value *v, bool multiline)
{
	if (v->type == VALUE_INTEGER)
		buf_addi(out, v->number);
	else if (v->type == VALUE_NULL || v->len == 0)
		buf_add(out, "null", 4);
	else if (v->len > BODY_TEXT_MAX)
		return _("a text is longer than 400,000 bytes");
	else
		return add_text(out, v->text, v->len, multiline);
	return NULL;
}

static bool is_empty(const struct value *v)
{
	return v->type == VALUE_NULL || (v->type == VALUE_TEXT && v->len == 0);
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (is_empty(a) || is_empty(b))
		return is_empty(a) && is_empty(b);
	if (a->type != b->type)
		return false;
	return a->type == VALUE_INTEGER ? a->number == b->number : a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

char *value_text(const struct value *v)
{
	struct buf out = BUF_INIT;

	if (is_empty(v))
		return NULL;
	if (v->type == VALUE_INTEGER)
		buf_addi(&out, v->number);
	else
		buf_add(&out, v->text, v->len);
	return buf_detach(&out);
}

bool body_tag_valid(const char *tag, size_t len)
{
	if (len != TAG_LENGTH)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!((tag[i] >= '0' && tag[i] <= '9') || (tag[i] >= 'a' && tag[i] <= 'z')))
			return false;
	return true;
}

bool body_id_valid(const char *id, size_t len)
{
	if (len < 1 || len > 63)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!((id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'z') || id[i] == '-' || id[i] == '/'))
			return false;
	return true;
}
