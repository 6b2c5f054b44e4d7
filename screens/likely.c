#include "screens/likely.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "screens/cards.h"
#include "screens/parts/loop.h"
#include "screens/parts/pick.h"

enum { ROWS_MOST = 2 };

static void forget(struct likely *k)
{
	double_found_release(k->found, k->count);
	k->count = 0;
	buf_reset(&k->words);
}

void likely_init(struct likely *k)
{
	*k = (struct likely){ .asked = BUF_INIT, .words = BUF_INIT };
}

void likely_release(struct likely *k)
{
	forget(k);
	buf_release(&k->asked);
	buf_release(&k->words);
}

/* As it would be kept; "" for what is not to be read yet. An organisation that was not chosen would be looked for among all. */
static void add_value(const struct form *f, const char *name, struct buf *out)
{
	struct buf kept = BUF_INIT;
	int i = form_find(f, name);

	if (i >= 0 && (f->field[i].field->kind != FIELD_REFERENCE || f->field[i].picked != NULL) &&
	    field_parse(f->store, f->field[i].field, form_value(f, i), &kept, NULL) == 0)
		buf_adds(out, kept.data);
	buf_addc(out, '\0');
	buf_release(&kept);
}

static const char *next(const char **p)
{
	const char *value = *p;

	*p += strlen(value) + 1;
	return value;
}

/* «Галимова Айгуль Рустамовна, Бураевский, +7 917 000-00-01» */
static void describe(struct store *s, const struct double_found *found, struct buf *out)
{
	char id[1][RECORD_ID_SIZE];
	struct person_rows rows;

	buf_adds(out, found->name);
	memcpy(id[0], found->id, sizeof id[0]);
	if (person_rows_of(s, (const char (*)[RECORD_ID_SIZE])id, 1, &rows, NULL) != 0)
		return;
	if (rows.count == 1) {
		if (rows.row[0].municipality[0] != '\0')
			buf_addf(out, ", %s", rows.row[0].municipality);
		if (rows.row[0].organisation[0] != '\0')
			buf_addf(out, ", %s", rows.row[0].organisation);
	}
	person_rows_release(&rows);
}

static void tell(struct likely *k, struct store *s)
{
	struct buf who = BUF_INIT, why = BUF_INIT;

	if (k->count == 0)
		return;
	describe(s, &k->found[0], &who);
	double_why(k->found[0].why, &why);
	/* TRANSLATORS: while a new card is typed: somebody who is in the register and may be the same person, and in brackets what the two have in common */
	buf_addf(&k->words, _("! Perhaps in the register already: %s (%s)"), who.data, why.data);
	if (k->count > 1)
		buf_addf(&k->words, _(" and %d more"), k->count - 1);
	buf_release(&who);
	buf_release(&why);
}

void likely_update(struct likely *k, const struct form *f)
{
	static const char *const fields[] = { "name", "phone", "email", "organisation", "municipality" };
	struct buf now = BUF_INIT;
	struct double_card c;
	const char *p;

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		add_value(f, fields[i], &now);
	if (now.len == k->asked.len && memcmp(now.data, k->asked.data, now.len) == 0) {
		buf_release(&now);
		return;
	}
	forget(k);
	buf_release(&k->asked);
	k->asked = now;
	p = k->asked.data;
	c.name = next(&p);
	c.phone = next(&p);
	c.email = next(&p);
	c.organisation = next(&p);
	c.municipality = next(&p);
	if (double_find(f->store, "", &c, k->found, &k->count, NULL) != 0)
		k->count = 0;
	tell(k, f->store);
}

int likely_rows(const struct likely *k, int width, int rows)
{
	return k->words.len == 0 || rows < 4 ? 0 : line_text_rows(k->words.data, width - 2, rows > 8 ? ROWS_MOST : 1);
}

void likely_draw(const struct likely *k, struct canvas *c, int top, int bottom)
{
	for (int y = top; y < bottom; y++)
		canvas_fill(c, y, 0, c->width, ROLE_TEXT, ' ');
	if (bottom > top)
		line_text_draw(c, top, 1, c->width - 2, bottom - top, ROLE_WARNING, k->words.data);
}

static unsigned chosen(void *context, const char *const *values, int count)
{
	if (count > 0)
		cards_show(context, &person_type, values[0]);
	return DID_CHANGE;
}

void likely_open(const struct likely *k, struct loop *l)
{
	struct screen *pick;

	if (k->count == 1) {
		cards_show(l, &person_type, k->found[0].id);
		return;
	}
	pick = pick_open(_("Perhaps in the register already"), chosen, l);
	for (int i = 0; i < k->count; i++) {
		struct buf who = BUF_INIT, why = BUF_INIT;

		describe(l->store, &k->found[i], &who);
		double_why(k->found[i].why, &why);
		pick_add(pick, k->found[i].id, who.data, why.data);
		buf_release(&who);
		buf_release(&why);
	}
	loop_push(l, pick);
}
