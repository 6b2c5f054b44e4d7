/* Pieces in their order; what is kept together, and halves of a page. */
#include "typeset/flow.h"

#define HALF_GAP (7 * FLOW_MM)		/* between a half and the line to cut along */
#define SMALLEST 0.7			/* of halves */
#define SMALLEST_PAGE 0.5		/* of what is to be one page */
#define STEPS 20				/* of a scale: twentieths */
#define ENDLESS 1e9

/* How high pieces are on a page without an end. */
static double measure(struct flow *f, size_t from, size_t to)
{
	struct flow before = *f;
	double height;

	f->dry = true;
	f->bottom = ENDLESS;
	flow_pieces(f, from, to);
	flow_clear(f);
	height = f->y - before.y;
	before.scratch = f->scratch;
	*f = before;
	return height;
}

static size_t end_of_keep(const struct script *s, size_t i)
{
	while (s->pieces[i].kind != PIECE_KEPT)
		i++;
	return i;
}

/* From the piece after «keep»; returns where it ended. */
static size_t keep_together(struct flow *f, size_t from)
{
	size_t to = end_of_keep(f->s, from);

	if (!f->fresh && !flow_fits(f, measure(f, from, to)))
		flow_new_page(f);
	flow_pieces(f, from, to);
	return to;
}

static size_t end_of_half(const struct script *s, size_t i, size_t to)
{
	while (i < to && s->pieces[i].kind != PIECE_HALF && s->pieces[i].kind != PIECE_BREAK && s->pieces[i].kind != PIECE_FRAME && s->pieces[i].kind != PIECE_SINGLE && s->pieces[i].kind != PIECE_CONTENTS)
		i++;
	return i;
}

/* Measures at smaller and smaller letters; false where the smallest are too large still. Forms are alike: the search begins one step above what the last one
 * came to, and at the top where that is not enough. */
static bool choose_scale(struct flow *f, size_t from, size_t to, double smallest)
{
	int least = (int)(smallest * STEPS + 0.5), first = f->last_scale > 0 && f->last_scale < STEPS ? f->last_scale + 1 : STEPS, n;
	double room = f->bottom - f->y + 0.01;
	bool fits = false;

	if (first < least)
		first = least;
	for (n = first; n >= least; n--) {
		f->scale = (double)n / STEPS;
		fits = measure(f, from, to) <= room;
		if (fits && n == first && first < STEPS)
			first = n = STEPS + 1;
		else if (fits)
			break;
	}
	f->last_scale = fits ? n : least;
	f->scale = (double)f->last_scale / STEPS;
	return fits;
}

/* The upper half on a page of its own, the lower one below the line. */
static void enter_half(struct flow *f, bool lower)
{
	double middle = f->height / 2;

	if (!lower && !f->fresh)
		flow_new_page(f);
	if (lower) {
		flow_cut(f, middle);
		f->y = f->top = middle + HALF_GAP;
		f->aside_until = 0;
		f->fresh = true;
	} else {
		f->bottom = middle - HALF_GAP;
	}
}

/* A half that does not fit however small begins a page and goes over it. */
static void whole_page(struct flow *f, bool lower)
{
	f->scale = SMALLEST;
	if (lower)
		flow_new_page(f);
	else
		f->bottom = f->height - f->margin;
}

/* Returns where it ended. */
static size_t half(struct flow *f, size_t from, size_t to, bool *lower)
{
	size_t end = end_of_half(f->s, from, to);
	bool fits;

	enter_half(f, *lower);
	fits = choose_scale(f, from, end, SMALLEST);
	if (!fits)
		whole_page(f, *lower);
	flow_pieces(f, from, end);
	f->scale = 1;
	f->fresh = false;
	/* The next one stands below this where it fitted above; else it begins a page. */
	f->bottom = f->height - f->margin;
	*lower = fits && !*lower;
	return end;
}

/* What follows a frame or is to be one page; what is too long however small goes on over the page. Returns where it ended. */
static size_t single(struct flow *f, size_t from, size_t to)
{
	size_t end = end_of_half(f->s, from, to);

	choose_scale(f, from, end, SMALLEST_PAGE);
	flow_pieces(f, from, end);
	f->scale = 1;
	return end;
}

static void space(struct flow *f, const struct piece *p)
{
	f->y += (double)p->length * FLOW_UM * f->scale;
	if (f->y > f->bottom)
		flow_new_page(f);
	else if (p->length > 0)
		f->fresh = false;
}

static void piece(struct flow *f, const struct piece *p)
{
	switch (p->kind) {
	case PIECE_HEADING: flow_heading(f, p); break;
	case PIECE_TEXT: flow_text(f, p); break;
	case PIECE_FIELD: flow_field(f, p); break;
	case PIECE_MARKDOWN: flow_markdown(f, p); break;
	case PIECE_ITEM: flow_item(f, p); break;
	case PIECE_SPACE: space(f, p); break;
	case PIECE_BREAK: flow_new_page(f); break;
	case PIECE_SIGNATURE: flow_signature(f, p); break;
	case PIECE_QR: flow_qr(f, p); break;
	case PIECE_FRAME: flow_frame(f); break;
	case PIECE_CONTENTS: flow_contents(f); break;
	case PIECE_TABLE: flow_table(f, p->table); break;
	case PIECE_BARS: flow_bars(f, p); break;
	case PIECE_MAP: flow_map(f, p); break;
	case PIECE_KEEP: case PIECE_KEPT: case PIECE_HALF: case PIECE_SINGLE: case PIECE_KINDS: break;
	}
}

void flow_pieces(struct flow *f, size_t from, size_t to)
{
	bool lower = false;

	for (size_t i = from; i < to && !f->over; i++) {
		if (f->s->pieces[i].kind == PIECE_KEEP) {
			i = keep_together(f, i + 1);
		} else if (f->s->pieces[i].kind == PIECE_HALF) {
			i = half(f, i + 1, to, &lower) - 1;
		} else {
			lower = false;
			piece(f, &f->s->pieces[i]);
			if (f->s->pieces[i].kind == PIECE_FRAME || f->s->pieces[i].kind == PIECE_SINGLE)
				i = single(f, i + 1, to) - 1;
		}
	}
}
