/* What a register shows above its rows: the search, what narrows the rows besides, how they are sorted, how many are marked. */
#include "screens/parts/register_private.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

#define APART 3		/* columns between two of them */
#define SEARCH_LEAST 18	/* what is left for the search, with its word; where nothing narrows the rows besides, more */
#define SEARCH_USUAL 26

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

static int wide(const struct buf *b)
{
	return text_width(b->data, b->len);
}

/* «этап: обучение пройдено   муниципалитет: Бураевский», without the labels where there is no room for them. */
static void tell_facets(const struct register_screen *r, bool labels, struct buf *out)
{
	for (int i = 0; i < r->class->facets_count; i++) {
		if (r->facet[i].value == NULL)
			continue;
		if (out->len > 0)
			buf_adds(out, labels ? "   " : " · ");
		if (labels)
			buf_addf(out, "%s: ", listing_facet_label(r->class->listing, r->class->facets[i]));
		buf_adds(out, r->facet[i].label);
	}
}

static void tell_order(const struct register_screen *r, const struct canvas *c, struct buf *out)
{
	const struct register_column *column = register_column_of(r, r->order);

	if (column != NULL)
		buf_addf(out, "%s %s", _(column->by), r->descending ? c->glyphs->down : c->glyphs->up);
}

/* «этап: все   муниципалитет: все», as many from the first on as fit. */
static void tell_idle(const struct register_screen *r, int room, struct buf *out)
{
	for (int i = 0; i < r->class->facets_count; i++) {
		size_t before = out->len;

		if (r->facet[i].value != NULL)
			continue;
		buf_addf(out, "%s%s: %s", before > 0 ? "   " : "", listing_facet_label(r->class->listing, r->class->facets[i]), _("all"));
		if (wide(out) > room) {
			buf_cut(out, before);
			return;
		}
	}
}

/* Puts a text to the left of `end`, if it has room there after `from`. Returns the new end. */
static int put(struct canvas *c, int y, int from, int end, enum role role, const struct buf *text)
{
	if (text->len == 0 || end - wide(text) < from)
		return end;
	return canvas_right(c, y, from, end - from, role, text->data) - APART;
}

/* From the right: marks or the order, then what narrows, then, while there is room, the quick filters that narrow nothing. What narrows has precedence. */
static int draw_state(const struct register_screen *r, struct canvas *c, int y)
{
	int end = c->width - 1, from = most(SEARCH_LEAST, c->width / 4 + 6), usual = most(SEARCH_USUAL, from);
	struct buf facets = BUF_INIT, right = BUF_INIT, idle = BUF_INIT;
	int needed;

	tell_facets(r, true, &facets);
	if (r->list.marks_count > 0)
		buf_addf(&right, _("marked: %zu"), r->list.marks_count);
	else
		tell_order(r, c, &right);
	needed = facets.len > 0 ? wide(&facets) + APART : 0;
	if (r->list.marks_count > 0 || end - wide(&right) - needed >= from)
		end = put(c, y, 0, end, ROLE_MUTED, &right);
	if (facets.len > 0 && wide(&facets) > end - from) {
		buf_reset(&facets);
		tell_facets(r, false, &facets);
	}
	if (facets.len > 0)
		end = canvas_right(c, y, from, end - from, ROLE_TEXT, facets.data) - APART;
	tell_idle(r, end - usual, &idle);
	end = put(c, y, usual, end, ROLE_MUTED, &idle);
	buf_release(&facets);
	buf_release(&right);
	buf_release(&idle);
	return end + APART - 1;
}

/* What stands in place of rows. */
static void tell_nothing(const struct register_screen *r, struct buf *out)
{
	if (!register_narrowed(r))
		buf_adds(out, _(register_this_part(r)->none));
	else if (r->elsewhere > 0)
		r->class->elsewhere(r->elsewhere, out);
	else if (register_faceted(r))
		buf_adds(out, _("Nothing is found with this quick filter. Esc takes it back."));
	else
		buf_adds(out, _(register_this_part(r)->facet >= 0 && r->class->nowhere != NULL ? r->class->nowhere : r->class->not_found));
}

void register_draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct register_screen *r = (struct register_screen *)s;
	struct buf words = BUF_INIT;
	int right = draw_state(r, c, top);

	list_draw_search(&r->list, c, top, least(right, most(SEARCH_USUAL, c->width / 2)));
	if (r->list.count == 0)
		tell_nothing(r, &words);
	list_draw(&r->list, s->loop, c, top + 1, bottom, words.data);
	buf_release(&words);
}
