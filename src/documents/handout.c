#include "documents/handout.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/greeting.h"

/* --- who it is for --- */

static void set_shown(struct store *s, struct handout *h, const struct record *r, const char *field)
{
	struct buf text = BUF_INIT;

	field_show(s, &r->type->fields[record_field(r->type, field)], record_get(r, field), &text);
	template_values_set(&h->values, field, text.data);
	buf_release(&text);
}

/* Of somebody whose card is not here the name alone is known. */
static void set_person(struct store *s, struct handout *h, const char *person)
{
	static const char *const fields[] = { "organisation", "municipality", "role" };
	struct buf name = BUF_INIT, dear = BUF_INIT;
	struct record r;

	record_name(s, &person_type, person, &name);
	greeting(name.data, &dear);
	template_values_set(&h->values, "person", name.data);
	template_values_set(&h->values, "name", name.data);
	template_values_set(&h->values, "greeting", dear.data);
	if (record_load(s, &r, &person_type, person, NULL) == 0) {
		for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
			set_shown(s, h, &r, fields[i]);
		record_release(&r);
	} else {
		for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
			template_values_set(&h->values, fields[i], "");
	}
	buf_release(&name);
	buf_release(&dear);
}

static void set_day(struct handout *h, const char *day)
{
	char shown[DATE_SIZE], year[DATE_SIZE];

	date_show(day, shown);
	memcpy(year, day, 4);
	year[4] = '\0';
	template_values_set(&h->values, "date", shown);
	template_values_set(&h->values, "year", year);
}

int handout_begin(struct store *s, const char *kind, const char *person, const char *day, struct handout *h, struct err *e)
{
	memset(h, 0, sizeof(*h));
	buf_init(&h->text.title);
	buf_init(&h->text.body);
	if (template_text(s, kind, day, &h->text, e) != 0 || template_values_programme(s, &h->values, e) != 0) {
		handout_release(h);
		return -1;
	}
	if (date_valid(day))
		set_day(h, day);
	set_person(s, h, person);
	return 0;
}

void handout_release(struct handout *h)
{
	template_text_release(&h->text);
	template_values_release(&h->values);
}

const char *handout_value(const struct handout *h, const char *name)
{
	for (int i = 0; i < h->values.count; i++)
		if (strcmp(h->values.value[i].name, name) == 0)
			return h->values.value[i].value;
	return "";
}

/* --- the text --- */

enum { LINE_MOST = 70 };	/* characters: less is a line of its own */
enum emphasis { PLAIN, ITALIC, BOLD, OTHER };

static size_t count_of(const char *text, size_t len, const char *of)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += strchr(of, text[i]) != NULL;
	return n;
}

/* `text` loses the asterisks around it. What has any other sign of CommonMark in it is OTHER. */
static enum emphasis emphasis_of(const char **text, size_t *len)
{
	enum emphasis found = PLAIN;

	if (*len > 4 && strncmp(*text, "**", 2) == 0 && strncmp(*text + *len - 2, "**", 2) == 0)
		found = BOLD;
	else if (*len > 2 && **text == '*' && (*text)[*len - 1] == '*')
		found = ITALIC;
	*text += found;			/* PLAIN 0, ITALIC 1, BOLD 2 */
	*len -= 2 * (size_t)found;
	if (count_of(*text, *len, "*`[]<>") > 0 || (*len > 0 && strchr("#>-+=|", **text) != NULL))
		return OTHER;
	return found;
}

/* Calls `each` with every paragraph; false as soon as it says so. */
static bool each_paragraph(const char *body, bool (*each)(void *context, const char *text, size_t len), void *context)
{
	while (*body != '\0') {
		const char *end = strstr(body, "\n\n");
		size_t len = end != NULL ? (size_t)(end - body) : strlen(body);

		while (len > 0 && body[len - 1] == '\n')
			len--;
		if (len > 0 && !each(context, body, len))
			return false;
		if (end == NULL)
			return true;
		for (body = end; *body == '\n'; body++)
			;
	}
	return true;
}

static bool is_simple(void *context, const char *text, size_t len)
{
	(void)context;
	return emphasis_of(&text, &len) != OTHER;
}

struct setting {
	struct typeset *t;
	const struct handout *h;
	enum typeset_align align;
	double size;
};

static bool set_paragraph(void *context, const char *text, size_t len)
{
	const struct setting *s = context;
	enum emphasis how = emphasis_of(&text, &len);
	struct typeset_style style = { .align = s->align, .size = s->size, .bold = how == BOLD, .italic = how == ITALIC };
	struct buf source = BUF_INIT, filled = BUF_INIT;

	buf_add(&source, text, len);
	template_fill(source.data, s->h->values.value, &filled);
	if (text_length(filled.data, filled.len) < LINE_MOST)
		style.align = TYPESET_CENTRE;
	if (how == BOLD)
		style.size = s->size * 1.4;
	if (filled.len > 0) {
		typeset_text(s->t, &style, filled.data);
		typeset_space(s->t, 1);
	}
	buf_release(&source);
	buf_release(&filled);
	return true;
}

void handout_body(struct typeset *t, const struct handout *h, enum typeset_align align, double size)
{
	struct setting s = { .t = t, .h = h, .align = align, .size = size };
	struct buf filled = BUF_INIT;

	if (each_paragraph(h->text.body.data, is_simple, NULL)) {
		each_paragraph(h->text.body.data, set_paragraph, &s);
		return;
	}
	template_fill_markdown(h->text.body.data, h->values.value, &filled);
	typeset_markdown(t, filled.data);
	buf_release(&filled);
}

static void add_title(struct typeset *t, const struct handout *h, double size)
{
	const struct typeset_style style = { .align = TYPESET_CENTRE, .bold = true, .size = size };
	struct buf filled = BUF_INIT;

	template_fill(h->text.title.data, h->values.value, &filled);
	typeset_text(t, &style, filled.data);
	buf_release(&filled);
}

void handout_head(struct typeset *t, const struct handout *h, double size, double above, double below)
{
	const struct typeset_style small = { .align = TYPESET_CENTRE, .size = 12 };
	struct buf line = BUF_INIT;

	typeset_text(t, &small, handout_value(h, "organiser"));
	typeset_space(t, above);
	add_title(t, h, size);
	/* TRANSLATORS: number and date of a document */
	buf_addf(&line, _("No. %s of %s"), handout_value(h, "number"), handout_value(h, "date"));
	typeset_text(t, &small, line.data);
	typeset_space(t, below);
	buf_release(&line);
}

void handout_signature(struct typeset *t, const struct handout *h)
{
	const struct typeset_style centred = { .align = TYPESET_CENTRE };
	const char *post = handout_value(h, "signatory_post"), *city = handout_value(h, "city");
	struct buf where = BUF_INIT;

	typeset_signature(t, post[0] != '\0' ? post : _("Head"), handout_value(h, "signatory"));
	typeset_space(t, 2);
	buf_addf(&where, "%s%s%s", city, city[0] != '\0' ? ", " : "", handout_value(h, "year"));
	typeset_text(t, &centred, where.data);
	buf_release(&where);
}

void handout_file_name(const char *number, const char *name, struct buf *out)
{
	struct buf all = BUF_INIT;
	size_t len;

	buf_addf(&all, "%s %s", number, name);
	len = text_fit(all.data, all.len, 80);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)all.data[i];

		buf_addc(out, c < ' ' || c == 0x7f || strchr("/\\:*?\"<>|", c) != NULL ? '_' : (char)c);
	}
	buf_adds(out, ".pdf");
	buf_release(&all);
}
