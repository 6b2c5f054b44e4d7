#include "records/field.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/municipality.h"
#include "records/record.h"

enum { LINE_MAX_CHARS = 200, LONG_MAX_CHARS = 20000, NUMBER_MAX = 1000000, CHARACTER_BYTES = 4 };

const struct choice *choice_find(const struct choice *choices, const char *code)
{
	for (const struct choice *c = choices; c->code; c++)
		if (strcmp(c->code, code) == 0)
			return c;
	return NULL;
}

static bool folds_to(const char *text, size_t len, const char *folded)
{
	struct buf b = BUF_INIT;
	text_fold(text, len, &b);
	bool same = strcmp(b.data, folded) == 0;
	buf_release(&b);
	return same;
}

static bool among_spellings(const char *spellings, const char *folded)
{
	for (const char *p = spellings; p && *p; ) {
		size_t n = strcspn(p, "|");
		if (folds_to(p, n, folded))
			return true;
		p += n + (p[n] == '|');
	}
	return false;
}

const struct choice *choice_parse(const struct choice *choices, const char *typed)
{
	struct buf clean = BUF_INIT, folded = BUF_INIT;
	text_clean(typed, strlen(typed), false, &clean);
	text_fold(clean.data, clean.len, &folded);
	const struct choice *c = choices;
	for (; c->code; c++) {
		const char *label = _(c->label);
		if (strcmp(c->code, folded.data) == 0 || folds_to(c->label, strlen(c->label), folded.data) ||
		    folds_to(label, strlen(label), folded.data) || among_spellings(c->spellings, folded.data))
			break;
	}
	buf_release(&clean);
	buf_release(&folded);
	return c->code ? c : NULL;
}

int field_blame(const struct field *f, struct err *e)
{
	/* "Municipality" begins a sentence here and so becomes "municipality"; «ФИО» stays as it is. */
	const char *label = _(f->label);
	size_t len = strlen(label);
	uint32_t first, second = 0;
	size_t n = text_next(label, len, &first, NULL);
	if (n < len)
		text_next(label + n, len - n, &second, NULL);
	struct buf b = BUF_INIT;
	if (text_char_lower(second) == second)
		text_put(&b, text_char_lower(first));
	else
		text_put(&b, first);
	buf_add(&b, label + n, len - n);
	err_prefix(e, "%s", b.data);
	buf_release(&b);
	return -1;
}

static int parse_number(const char *text, struct buf *out, struct err *e)
{
	long long n = 0;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || n > NUMBER_MAX)
			return err_set(e, ERR_REFUSED, _("“%s” is not a whole number from 0 to %d"), text, NUMBER_MAX);
		n = n * 10 + (*p - '0');
	}
	if (n > NUMBER_MAX)
		return err_set(e, ERR_REFUSED, _("“%s” is not a whole number from 0 to %d"), text, NUMBER_MAX);
	buf_addi(out, n);
	return 0;
}

static int parse_choice(const struct field *f, const char *text, struct buf *out, struct err *e)
{
	const struct choice *c = choice_parse(f->choices, text);
	if (c) {
		buf_adds(out, c->code);
		return 0;
	}
	struct buf known = BUF_INIT;
	for (c = f->choices; c->code; c++) {
		const char *label = _(c->label);
		buf_addf(&known, "%s%s", c == f->choices ? "" : ", ", label);
		if (strcmp(label, c->code) != 0)
			buf_addf(&known, " (%s)", c->code);
	}
	err_set(e, ERR_REFUSED, _("“%s” is not one of: %s"), text, known.data);
	buf_release(&known);
	return -1;
}

static int parse_reference(struct store *s, const struct field *f, const char *text, struct buf *out, struct err *e)
{
	char id[RECORD_ID_SIZE];
	const struct record_type *t = record_type_find(f->references);
	bug_if(!t);
	if (record_resolve(s, t, text, id, e) != 0)
		return -1;
	buf_adds(out, id);
	return 0;
}

static int parse_date(const char *text, struct buf *out, struct err *e)
{
	char today[DATE_SIZE], day[DATE_SIZE];
	date_today(today);
	if (date_parse(text, today, day, e) != 0)
		return -1;
	buf_adds(out, day);
	return 0;
}

static int parse_municipality(struct store *s, const char *text, struct buf *out, struct err *e)
{
	char code[MUNICIPALITY_CODE_SIZE];
	if (municipality_find(s, text, code, e) != 0)
		return -1;
	buf_adds(out, code);
	return 0;
}

static int parse_clean(struct store *s, const struct field *f, const char *text, size_t len, struct buf *out, struct err *e)
{
	switch (f->kind) {
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:	buf_add(out, text, len); return 0;
	case FIELD_DATE:	return parse_date(text, out, e);
	case FIELD_NUMBER:	return parse_number(text, out, e);
	case FIELD_PHONE:	return text_phone(text, len, out, e);
	case FIELD_EMAIL:	return text_email(text, len, out, e);
	case FIELD_CHOICE:	return parse_choice(f, text, out, e);
	case FIELD_REFERENCE:	return parse_reference(s, f, text, out, e);
	case FIELD_MUNICIPALITY: return parse_municipality(s, text, out, e);
	}
	bug("kind of field");
}

static int check_length(const struct field *f, const char *text, size_t len, struct err *e)
{
	size_t max = f->max ? (size_t)f->max : f->kind == FIELD_LONG_TEXT ? LONG_MAX_CHARS : LINE_MAX_CHARS;
	if (len > max * CHARACTER_BYTES || text_length(text, len) > max)
		return err_set(e, ERR_REFUSED, _("the text is longer than %zu characters"), max);
	return 0;
}

int field_parse(struct store *s, const struct field *f, const char *typed, struct buf *out, struct err *e)
{
	bool lines = f->kind == FIELD_LONG_TEXT;
	size_t len = strlen(typed), start = out->len;
	struct buf clean = BUF_INIT;
	int rc = text_check(typed, len, lines, e);
	if (rc == 0) {
		text_clean(typed, len, lines, &clean);
		rc = check_length(f, clean.data, clean.len, e);
	}
	if (rc == 0 && clean.len == 0 && f->required)
		rc = err_set(e, ERR_REFUSED, _("this must not be empty"));
	if (rc == 0 && clean.len > 0)
		rc = parse_clean(s, f, clean.data, clean.len, out, e);
	buf_release(&clean);
	if (rc == 0)
		return 0;
	buf_cut(out, start);
	return field_blame(f, e);
}

void field_show(struct store *s, const struct field *f, const char *value, struct buf *out)
{
	if (!*value)
		return;
	switch (f->kind) {
	case FIELD_DATE: {
		char day[DATE_SIZE];
		date_show(value, day);
		buf_adds(out, day);
		break;
	}
	case FIELD_PHONE:
		text_phone_pretty(value, out);
		break;
	case FIELD_CHOICE: {
		const struct choice *c = choice_find(f->choices, value);
		buf_adds(out, c ? _(c->label) : value);
		break;
	}
	case FIELD_REFERENCE:
		record_name(s, record_type_find(f->references), value, out);
		break;
	case FIELD_MUNICIPALITY:
		municipality_name(s, value, out);
		break;
	case FIELD_TEXT: case FIELD_LONG_TEXT: case FIELD_NUMBER: case FIELD_EMAIL:
		buf_adds(out, value);
		break;
	}
}

/* --- filters --- */

static bool filter_phone(struct filter *f, const char *typed)
{
	size_t digits = 0;
	for (const char *p = typed; *p; p++) {
		if (*p >= '0' && *p <= '9')
			digits++;
		else if (!strchr("+-() .", *p))
			return false;
	}
	struct buf phone = BUF_INIT;
	if (digits < 10 || text_phone(typed, strlen(typed), &phone, NULL) != 0) {
		buf_release(&phone);
		return false;
	}
	f->word[f->count++] = buf_detach(&phone);
	return true;
}

/* Part of a number: "000-00" and "8917" as they stand in +79170000001. A date (2020-02-14) is left as it is. */
static void squeeze_digits(char *word)
{
	enum { YEAR = 4 };
	size_t len = strlen(word);
	bool date = len > YEAR && strcspn(word, "-") == YEAR;
	if (len < 3 || date || strspn(word, "0123456789-") != len)
		return;
	char *to = word;
	for (const char *p = word + (len > 3 && *word == '8'); *p; p++)
		if (*p != '-')
			*to++ = *p;
	*to = '\0';
}

void filter_init(struct filter *f, const char *typed)
{
	*f = (struct filter){ 0 };
	if (!typed || filter_phone(f, typed))
		return;
	struct buf folded = BUF_INIT;
	text_fold(typed, strlen(typed), &folded);
	while (folded.len && folded.data[folded.len - 1] == ' ')
		buf_cut(&folded, folded.len - 1);
	for (char *p = folded.data; *(p += strspn(p, " ")); ) {
		size_t n = f->count < FILTER_WORDS - 1 ? strcspn(p, " ") : strlen(p);
		char *word = f->word[f->count++] = mem_dupn(p, n);
		squeeze_digits(word);
		p += n;
	}
	buf_release(&folded);
}

void filter_release(struct filter *f)
{
	for (int i = 0; i < f->count; i++)
		free(f->word[i]);
	f->count = 0;
}

bool filter_matches(const struct filter *f, const char *folded)
{
	for (int i = 0; i < f->count; i++)
		if (!strstr(folded, f->word[i]))
			return false;
	return true;
}
