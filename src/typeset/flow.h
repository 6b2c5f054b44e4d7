/* flow: the pages of a PDF, filled from top to bottom. Everything that stands on paper goes through here: it asks for room, gets a new page where there is none,
 * and is drawn, or in a run that only measures (`dry`) just takes its room. The two runs of a document take the same steps, so that what the first one
 * learned (how many pages, on which one a heading stands) holds for the second.
 *
 * Points throughout, from the upper left corner. Letters and the spaces between paragraphs are multiplied by `scale`: halves that are too long are set smaller.
 * Copying the struct and putting it back undoes a measurement. */
#ifndef TYPESET_FLOW_H
#define TYPESET_FLOW_H

#include <pango/pangocairo.h>

#include "typeset/script.h"

#define FLOW_MM (72 / 25.4)
#define FLOW_UM (72 / 25400.0)
#define FLOW_MARGIN (20 * FLOW_MM)	/* unless the document says another */
#define FLOW_TEXT_SIZE 11.0
#define FLOW_TABLE_SIZE 9.0

enum flow_face { FACE_TEXT, FACE_TABLE, FACE_CODE, FACES };
struct flow_font { enum flow_face face; double size; bool bold, italic; };

struct flow {
	const struct script *s;
	cairo_t *cr;
	PangoLayout *layout;		/* for what is set at once: whoever sets it uses it up before calling on */
	PangoFontDescription *faces[FACES];
	double width, height;		/* of the page */
	double margin;			/* on all sides */
	double left, right, top, bottom, y;
	double scale;
	int last_scale;			/* that a half or a page came to, 0 for none yet: flow_pieces.c */
	double aside_until, aside_width;	/* something stands at the right down to there: text goes beside it */
	bool dry;
	bool fresh;			/* nothing stands on this page or in this half yet */
	int page, pages;		/* from 1; how many in all, 0 while that is unknown */
	size_t heading;			/* how many came before */
	int *heading_page;		/* by the number of the heading */
	int outline[4];			/* the last heading of each level among the bookmarks; 0 is their root */
	bool over;			/* more pages than may be: everything ends */
	bool titled;			/* a book: its first page has no foot */
	GHashTable *cells;		/* of tables, that were set: flow_table.c */
	struct buf scratch;
};

/* --- pages: flow.c --- */
void flow_pages(struct flow *f, int pages, bool dry);	/* begins a run */
void flow_new_page(struct flow *f);
void flow_last_page(struct flow *f);
/* True when `height` fits between here and the bottom. */
bool flow_fits(const struct flow *f, double height);
/* A new page unless that fits, or the page is fresh. */
void flow_need(struct flow *f, double height);
/* Room before something: nothing at the top of a page. */
void flow_space(struct flow *f, double points);
/* The right end of text at y: less where something stands aside. */
double flow_right(const struct flow *f);
/* Below what stands aside. */
void flow_clear(struct flow *f);

/* --- lines of text: flow.c --- */
void flow_font(struct flow *f, PangoLayout *layout, const struct flow_font *font);
/* Sets text in f->layout with a width; < 0: one line however long. */
void flow_set(struct flow *f, const struct flow_font *font, const char *text, double width, enum script_align align);
double flow_layout_width(PangoLayout *layout);
double flow_layout_height(PangoLayout *layout);
/* Lays down what f->layout holds, with its left edge at x; its lines go over pages, never one alone where there are more. */
void flow_lay(struct flow *f, double x);
/* Draws a layout at a place, whole. */
void flow_put(struct flow *f, PangoLayout *layout, double x, double y);
void flow_rule(struct flow *f, double x, double y, double to, double thick);

/* --- pieces --- */
void flow_heading(struct flow *f, const struct piece *p);	/* flow_text.c */
void flow_text(struct flow *f, const struct piece *p);
void flow_field(struct flow *f, const struct piece *p);
void flow_item(struct flow *f, const struct piece *p);
void flow_signature(struct flow *f, const struct piece *p);
void flow_contents(struct flow *f);				/* flow_contents.c */
void flow_markdown(struct flow *f, const struct piece *p);	/* flow_markdown.c */
void flow_table(struct flow *f, const struct table *t);		/* flow_table.c */
void flow_cells_init(struct flow *f);
void flow_cells_release(struct flow *f);
void flow_bars(struct flow *f, const struct piece *p);		/* flow_bars.c */
void flow_map(struct flow *f, const struct piece *p);		/* flow_map.c */
void flow_qr(struct flow *f, const struct piece *p);		/* flow_ornament.c */
void flow_frame(struct flow *f);
void flow_cut(struct flow *f, double y);			/* the line to cut along */
/* Pieces from … before to, with what is kept together and halves: flow_pieces.c. */
void flow_pieces(struct flow *f, size_t from, size_t to);

#endif
