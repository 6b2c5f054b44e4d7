#include "records/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

void paper_init(struct paper *p)
{
	*p = (struct paper){ .unnamed = PAPER_NOT_COUNTED };
}

void paper_release(struct paper *p)
{
	for (int i = 0; i < p->count; i++)
		free(p->line[i].name);
	free(p->line);
	paper_init(p);
}

int paper_find(const struct paper *p, const char *person)
{
	for (int i = 0; i < p->count; i++)
		if (*person && strcmp(p->line[i].person, person) == 0)
			return i;
	return -1;
}

static bool is_noted(const struct paper *p, const char *name)
{
	for (int i = 0; i < p->count; i++)
		if (!*p->line[i].person && text_same(p->line[i].name, name))
			return true;
	return false;
}

bool paper_add(struct paper *p, const char *person, const char *name)
{
	if (p->count >= PAPER_LINES_MAX || (*person ? paper_find(p, person) >= 0 : is_noted(p, name)))
		return false;
	p->line = mem_resize(p->line, (size_t)p->count + 1, sizeof *p->line);
	struct paper_line *line = &p->line[p->count++];
	snprintf(line->person, sizeof line->person, "%s", person);
	line->name = mem_dup(name);
	return true;
}

void paper_strike(struct paper *p, int line)
{
	free(p->line[line].name);
	p->count--;
	memmove(p->line + line, p->line + line + 1, (size_t)(p->count - line) * sizeof *p->line);
}

void paper_identify(struct paper *p, int line, const char *person)
{
	snprintf(p->line[line].person, sizeof p->line[line].person, "%s", person);
}

/* --- as text --- */

void paper_write(const struct paper *p, struct buf *out)
{
	buf_addf(out, "{\"unnamed\":%d,\"lines\":[", p->unnamed);
	for (int i = 0; i < p->count; i++) {
		const struct paper_line *line = &p->line[i];
		if (i > 0)
			buf_addc(out, ',');
		if (*line->person) {
			json_strings(out, line->person);
		} else {
			buf_addc(out, '[');
			json_strings(out, line->name);
			buf_addc(out, ']');
		}
	}
	buf_adds(out, "]}");
}

/* Whose card was removed since then is nobody's line; whom this store knows by name alone stays. */
static bool known_name(struct store *s, const char *person, struct buf *out)
{
	struct record r;
	if (record_load(s, &r, &person_type, person, NULL) != 0)
		return record_known_name(s, &person_type, person, out);
	buf_adds(out, record_get(&r, "name"));
	record_release(&r);
	return true;
}

static void add_known(struct paper *p, struct store *s, const char *text, size_t len)
{
	struct buf id = BUF_INIT, name = BUF_INIT;
	buf_add(&id, text, len);
	if (len > 0 && len < RECORD_ID_SIZE && known_name(s, id.data, &name))
		paper_add(p, id.data, name.data);
	buf_release(&id);
	buf_release(&name);
}

static void add_noted(struct paper *p, const char *text, size_t len)
{
	struct buf name = BUF_INIT;
	buf_add(&name, text, len);
	if (len > 0)
		paper_add(p, "", name.data);
	buf_release(&name);
}

static int read_line(struct json *j, struct paper *p, struct store *s)
{
	const char *text;
	size_t len;
	if (json_peek(j) == JSON_STRING) {
		if (json_read_string(j, &text, &len) != 0)
			return -1;
		add_known(p, s, text, len);
		return 0;
	}
	if (json_enter(j, JSON_ARRAY) != 0 || json_read_string(j, &text, &len) != 0)
		return -1;
	add_noted(p, text, len);
	return json_leave(j);
}

static int read_lines(struct json_span span, struct paper *p, struct store *s)
{
	struct json j;
	json_open(&j, span.p, span.len);
	int rc = json_enter(&j, JSON_ARRAY);
	while (rc == 0 && json_peek(&j) != JSON_END)
		rc = read_line(&j, p, s);
	if (rc == 0)
		rc = json_leave(&j);
	json_close(&j);
	return rc;
}

int paper_read(struct paper *p, struct store *s, const char *json, size_t len, struct err *e)
{
	static const char *const keys[] = { "unnamed", "lines", NULL };
	struct json_span value[2];
	struct json j;
	int64_t unnamed = PAPER_NOT_COUNTED;
	json_open(&j, json, len);
	int rc = json_object(&j, keys, value, true);
	if (rc == 0 && value[0].p)
		rc = json_span_int(value[0], &unnamed);
	if (rc == 0 && value[1].p)
		rc = read_lines(value[1], p, s);
	json_close(&j);
	p->unnamed = unnamed >= 0 && unnamed <= INT32_MAX ? (int)unnamed : PAPER_NOT_COUNTED;
	return rc == 0 ? 0 : err_set(e, ERR_REFUSED, _("what was typed from the paper cannot be read"));
}

/* --- the comparison --- */

void differences_release(struct differences *d)
{
	for (int i = 0; i < d->count; i++)
		free(d->row[i].name);
	free(d->row);
	*d = (struct differences){ NULL, 0 };
}

static void add(struct differences *d, enum difference_kind kind, const char *person, int line, const char *name)
{
	d->row = mem_resize(d->row, (size_t)d->count + 1, sizeof *d->row);
	struct difference *row = &d->row[d->count++];
	*row = (struct difference){ .kind = kind, .line = line, .name = mem_dup(name) };
	snprintf(row->person, sizeof row->person, "%s", person);
}

static bool is_present(const struct attendance_rows *sheet, const char *person)
{
	const struct attendance_row *row = attendance_rows_find(sheet, person);
	return row && row->state == ATTENDANCE_PRESENT;
}

void paper_compare(const struct paper *p, const struct attendance_rows *sheet, struct differences *out)
{
	*out = (struct differences){ NULL, 0 };
	for (int i = 0; i < p->count; i++) {
		const struct paper_line *line = &p->line[i];
		if (!*line->person)
			add(out, DIFFERENCE_UNKNOWN, "", i, line->name);
		else if (!is_present(sheet, line->person))
			add(out, DIFFERENCE_NOT_MARKED, line->person, i, line->name);
	}
	for (int i = 0; i < sheet->count; i++)
		if (sheet->row[i].state == ATTENDANCE_PRESENT && paper_find(p, sheet->row[i].person) < 0)
			add(out, DIFFERENCE_NOT_ON_PAPER, sheet->row[i].person, -1, sheet->row[i].name);
	if (p->unnamed != PAPER_NOT_COUNTED && p->unnamed != sheet->unnamed)
		add(out, DIFFERENCE_UNNAMED, "", -1, "");
}

bool difference_stands(const struct difference *d, const struct paper *p, const struct attendance_rows *sheet)
{
	switch (d->kind) {
	case DIFFERENCE_NOT_MARKED: return !is_present(sheet, d->person);
	case DIFFERENCE_NOT_ON_PAPER: return is_present(sheet, d->person);
	case DIFFERENCE_UNKNOWN: return !*p->line[d->line].person || !is_present(sheet, p->line[d->line].person);
	case DIFFERENCE_UNNAMED: return p->unnamed != sheet->unnamed;
	}
	return true;
}
