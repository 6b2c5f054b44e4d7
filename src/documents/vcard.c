#include "documents/vcard.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum {
	FILE_MAX = 64 << 20, CARDS_MAX = 100000, LINE_MAX_BYTES = 1 << 20, CELL_MAX = 64 << 10
};

enum { FULL_NAME, SURNAME, GIVEN, MIDDLE, PHONE, EMAIL, ORGANISATION, POST, NOTE, CELLS };
/* Titles that the header of a list of people may have. */
static const char *const titles[CELLS] = { "Full name", "Surname", "First name", "Middle name", "Phone", "Email", "Organization", "Job title", "Note" };

struct card { struct buf cell[CELLS]; int line; };

struct reader {
	const char *p, *end;
	int line;			/* of p */
	const char *charset;		/* NULL: to be found, line by line */
	bool other_charset;		/* something was not UTF-8 */
	struct csv_table *out;
	int room;
	struct card card;
	int depth;			/* BEGINs that no END closed */
};

/* --- lines --- */

/* One physical line without its end; false at the end of the file. */
static bool physical(struct reader *r, const char **text, size_t *len)
{
	if (r->p >= r->end)
		return false;
	const char *lf = memchr(r->p, '\n', (size_t)(r->end - r->p)), *cr = memchr(r->p, '\r', (size_t)((lf ? lf : r->end) - r->p));
	const char *stop = lf ? lf : r->end, *next = lf ? lf + 1 : r->end;
	if (cr && cr + 1 != lf) {		/* an old Mac's */
		stop = cr;
		next = cr + 1;
	} else if (cr) {
		stop = cr;
	}
	*text = r->p;
	*len = (size_t)(stop - r->p);
	r->p = next;
	r->line++;
	return true;
}

static bool has(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= len; i++)
		if (strncasecmp(text + i, word, n) == 0)
			return true;
	return false;
}

/* Whether the value of a 2.1 line goes on in the next one: quoted-printable with a "=" at its end. */
static bool soft_break(const struct buf *line)
{
	const char *colon = memchr(line->data, ':', line->len);
	return colon && line->len > 0 && line->data[line->len - 1] == '=' && has(line->data, (size_t)(colon - line->data), "QUOTED-PRINTABLE");
}

/* One line, unfolded; *begins is where. What is too long is read past and given as nothing. */
static bool logical(struct reader *r, struct buf *out, int *begins)
{
	const char *text;
	size_t len;
	bool whole = true;
	buf_reset(out);
	if (!physical(r, &text, &len))
		return false;
	*begins = r->line;
	buf_add(out, text, len < LINE_MAX_BYTES ? len : 0);
	whole = len < LINE_MAX_BYTES;
	for (;;) {
		bool soft = soft_break(out), folded = r->p < r->end && (*r->p == ' ' || *r->p == '\t');
		if (!(soft || folded) || !physical(r, &text, &len))
			break;
		if (soft)
			buf_cut(out, out->len - 1);
		whole &= out->len + len < LINE_MAX_BYTES;
		if (!whole)
			buf_reset(out);
		else
			buf_add(out, text + (folded && !soft), len - (folded && !soft));
	}
	return true;
}

/* --- values --- */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void quoted_printable(const char *text, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		int high = text[i] == '=' && i + 2 < len ? hex(text[i + 1]) : -1, low = high >= 0 ? hex(text[i + 2]) : -1;
		if (low < 0) {
			buf_addc(out, text[i]);
			continue;
		}
		buf_addc(out, (char)(high << 4 | low));
		i += 2;
	}
}

/* Bytes → UTF-8: by the line's own charset, the one that was asked for, or what the bytes are. */
static void to_utf8(struct reader *r, const char *params, size_t params_len, struct buf *value)
{
	bool cp1251 = has(params, params_len, "WINDOWS-1251") || has(params, params_len, "CP1251");
	bool asked = r->charset && strcmp(r->charset, "windows-1251") == 0 && !has(params, params_len, "CHARSET=UTF-8");
	if (!cp1251 && !asked && text_utf8_valid(value->data, value->len))
		return;
	struct buf decoded = BUF_INIT;
	if (text_from_cp1251(value->data, value->len, &decoded, NULL) == 0) {
		r->other_charset = true;
		buf_reset(value);
		buf_add(value, decoded.data, decoded.len);
	}
	buf_release(&decoded);
	/* What is neither stays out: a name with a hole is no name. */
	if (!text_utf8_valid(value->data, value->len))
		buf_reset(value);
}

/* One component up to an unescaped `;`, with its escapes undone; returns what follows, NULL at the end. */
static const char *component(const char *p, const char *end, bool cut, struct buf *out)
{
	for (; p < end; p++) {
		if (*p == ';' && cut)
			return p + 1;
		if (*p == '\\' && p + 1 < end) {
			p++;
			buf_addc(out, *p == 'n' || *p == 'N' ? '\n' : *p);
		} else if (*p != '\0') {
			buf_addc(out, *p);
		}
	}
	return NULL;
}

/* Appends with `between` before it, cleaned, as far as there is room. */
static void put(struct card *card, int cell, const char *between, const struct buf *text)
{
	struct buf *to = &card->cell[cell], clean = BUF_INIT;
	text_clean(text->data, text->len, true, &clean);
	if (clean.len > 0 && to->len + clean.len + strlen(between) < CELL_MAX) {
		if (to->len)
			buf_adds(to, between);
		buf_add(to, clean.data, clean.len);
	}
	buf_release(&clean);
}

/* --- properties --- */

static void take_name(struct card *card, const struct buf *value)
{
	static const int cells[] = { SURNAME, GIVEN, MIDDLE };
	const char *p = value->data, *end = value->data + value->len;
	for (int i = 0; p && i < 3; i++) {
		struct buf part = BUF_INIT;
		p = component(p, end, true, &part);
		if (card->cell[cells[i]].len == 0)
			put(card, cells[i], " ", &part);
		buf_release(&part);
	}
}

/* The organisation, and its department in the note. */
static void take_organisation(struct card *card, const struct buf *value)
{
	const char *p = value->data, *end = value->data + value->len;
	bool first = card->cell[ORGANISATION].len == 0;
	for (int i = 0; p; i++) {
		struct buf part = BUF_INIT;
		p = component(p, end, true, &part);
		put(card, first && i == 0 ? ORGANISATION : NOTE, "\n", &part);
		buf_release(&part);
	}
}

static void take_address(struct card *card, const struct buf *value)
{
	const char *p = value->data, *end = value->data + value->len;
	struct buf all = BUF_INIT;
	while (p) {
		struct buf part = BUF_INIT;
		p = component(p, end, true, &part);
		if (part.len > 0)
			buf_addf(&all, "%s%s", all.len ? ", " : "", part.data);
		buf_release(&part);
	}
	put(card, NOTE, "\n", &all);
	buf_release(&all);
}

static void take_text(struct card *card, int cell, const char *between, const struct buf *value)
{
	struct buf text = BUF_INIT;
	component(value->data, value->data + value->len, false, &text);
	put(card, cell, between, &text);
	buf_release(&text);
}

/* 4.0 writes telephones as URIs: "tel:+7-917-000-00-01;ext=5". */
static void take_phone(struct card *card, const struct buf *value)
{
	struct buf text = BUF_INIT, plain = BUF_INIT;
	component(value->data, value->data + value->len, false, &text);
	const char *number = strncasecmp(text.data, "tel:", 4) == 0 ? text.data + 4 : text.data;
	buf_add(&plain, number, number == text.data ? text.len : strcspn(number, ";"));
	put(card, PHONE, "\n", &plain);
	buf_release(&text);
	buf_release(&plain);
}

static bool is(const char *name, size_t len, const char *want)
{
	return strlen(want) == len && strncasecmp(name, want, len) == 0;
}

static void take_property(struct card *card, const char *name, size_t len, const struct buf *value)
{
	if (is(name, len, "N"))
		take_name(card, value);
	else if (is(name, len, "FN") && card->cell[FULL_NAME].len == 0)
		take_text(card, FULL_NAME, " ", value);
	else if (is(name, len, "TEL"))
		take_phone(card, value);
	else if (is(name, len, "EMAIL"))
		take_text(card, EMAIL, "\n", value);
	else if (is(name, len, "ORG"))
		take_organisation(card, value);
	else if (is(name, len, "TITLE"))
		take_text(card, POST, ", ", value);
	else if (is(name, len, "NOTE"))
		take_text(card, NOTE, "\n", value);
	else if (is(name, len, "ADR"))
		take_address(card, value);
}

/* "item1.TEL;TYPE=CELL;CHARSET=…:value": quotation marks may hold a colon. */
static const char *find_colon(const struct buf *line)
{
	bool quoted = false;
	for (size_t i = 0; i < line->len; i++) {
		quoted ^= line->data[i] == '"';
		if (line->data[i] == ':' && !quoted)
			return line->data + i;
	}
	return memchr(line->data, ':', line->len);
}

/* --- cards --- */

static void put_row(struct csv_table *t, int *room, char **cell, int line)
{
	if (t->count == *room) {
		*room = *room ? 2 * *room : 64;
		t->row = mem_resize(t->row, (size_t)*room, sizeof *t->row);
	}
	t->row[t->count++] = (struct csv_row){ .cell = cell, .count = CELLS, .line = line };
}

/* The name in parts goes before the one in a piece, whose order nobody knows. */
static void end_card(struct reader *r)
{
	char **cell = mem_zero(CELLS, sizeof *cell);
	bool parts = r->card.cell[SURNAME].len > 0 && r->card.cell[GIVEN].len > 0;
	for (int i = 0; i < CELLS; i++) {
		bool left_out = parts ? i == FULL_NAME : r->card.cell[FULL_NAME].len > 0 && i >= SURNAME && i <= MIDDLE;
		cell[i] = csv_cell(left_out ? "" : r->card.cell[i].data, left_out ? 0 : r->card.cell[i].len);
		buf_reset(&r->card.cell[i]);
	}
	put_row(r->out, &r->room, cell, r->card.line);
}

static int take_line(struct reader *r, struct buf *line, int begins, struct err *e)
{
	const char *colon = find_colon(line);
	if (!colon)
		return 0;
	size_t name_len = strcspn(line->data, ";:"), head = (size_t)(colon - line->data);
	const char *name = line->data, *dot = memchr(name, '.', name_len < head ? name_len : head);
	if (dot) {
		name_len -= (size_t)(dot + 1 - name);
		name = dot + 1;
	}
	struct buf value = BUF_INIT;
	if (has(line->data, head, "QUOTED-PRINTABLE"))
		quoted_printable(colon + 1, line->len - head - 1, &value);
	else
		buf_add(&value, colon + 1, line->len - head - 1);
	int rc = 0;
	if (is(name, name_len, "BEGIN") && has(value.data, value.len, "VCARD")) {
		if (r->depth++ == 0)
			r->card.line = begins;
	} else if (is(name, name_len, "END") && r->depth > 0 && has(value.data, value.len, "VCARD")) {
		if (--r->depth == 0) {
			if (r->out->count > CARDS_MAX)
				rc = err_set(e, ERR_REFUSED, _("the file has more than %d contacts; cut it into parts"), CARDS_MAX);
			else
				end_card(r);
		}
	} else if (r->depth == 1) {
		to_utf8(r, line->data, head, &value);
		take_property(&r->card, name, name_len, &value);
	}
	buf_release(&value);
	return rc;
}

static void put_titles(struct reader *r)
{
	char **cell = mem_zero(CELLS, sizeof *cell);
	for (int i = 0; i < CELLS; i++)
		cell[i] = csv_cell(titles[i], strlen(titles[i]));
	put_row(r->out, &r->room, cell, 1);
}

static size_t skip_mark(const char *data, size_t len)
{
	size_t i = len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	while (i < len && strchr(" \t\r\n", data[i]) && data[i])
		i++;
	return i;
}

bool vcard_is(const char *data, size_t len)
{
	static const char begin[] = "BEGIN:VCARD";
	size_t i = skip_mark(data, len);
	return len - i >= sizeof begin - 1 && strncasecmp(data + i, begin, sizeof begin - 1) == 0;
}

int vcard_read(const char *data, size_t len, const char *charset, struct csv_table *out, struct err *e)
{
	size_t mark = len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	struct reader r = { .p = data + mark, .end = data + len, .charset = charset, .out = out };
	struct buf line = BUF_INIT;
	int begins = 1, rc = 0;
	*out = (struct csv_table){ 0 };
	if (len > FILE_MAX)
		return err_set(e, ERR_REFUSED, _("the file is larger than %d MiB; cut it into parts"), FILE_MAX >> 20);
	if (charset && strcmp(charset, "utf-8") != 0 && strcmp(charset, "windows-1251") != 0)
		return err_set(e, ERR_REFUSED, _("the charset is utf-8 or windows-1251"));
	for (int i = 0; i < CELLS; i++)
		buf_init(&r.card.cell[i]);
	put_titles(&r);
	while (rc == 0 && logical(&r, &line, &begins))
		rc = take_line(&r, &line, begins, e);
	if (rc == 0 && r.depth > 0)
		rc = err_set(e, ERR_REFUSED, _("the contact that begins in line %d has no end: the file is cut off"), r.card.line);
	for (int i = 0; i < CELLS; i++)
		buf_release(&r.card.cell[i]);
	buf_release(&line);
	out->charset = r.other_charset ? "windows-1251" : "utf-8";
	if (rc != 0)
		csv_release(out);
	return rc;
}
