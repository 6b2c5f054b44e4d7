/* coverage_view: the map of tiles as it stands on a screen: what is shown, where the marker is, and in which form it has room. */
#ifndef SCREENS_COVERAGE_VIEW_H
#define SCREENS_COVERAGE_VIEW_H

#include "figures/coverage.h"
#include "screens/terminal/canvas.h"

struct coverage_view {
	struct coverage map;
	struct coverage_months months;
	enum coverage_figure figure;
	int at;				/* the tile with the marker, an index; -1 while there is none */
	int *order;			/* tiles for the list, those with most first */
	bool list;			/* as it was drawn last: rows, where a map has no room */
	int first;			/* list: the first row that is seen */
	int y, x, tall, wide, rows;	/* where the map, or the list, begins, the size of a tile, and how many lines there are */
};

enum coverage_way { COVERAGE_UP, COVERAGE_DOWN, COVERAGE_LEFT, COVERAGE_RIGHT };

/* Takes over what was read; the marker stays on its municipality, or stands on `code` at first. */
void coverage_view_take(struct coverage_view *v, struct coverage *map, struct coverage_months *months, const char *code);
void coverage_view_release(struct coverage_view *v);

void coverage_view_figure(struct coverage_view *v, int step);		/* the next one, or the one before */
/* To the nearest tile that way; in a list one row. */
void coverage_view_move(struct coverage_view *v, enum coverage_way way);
void coverage_view_go(struct coverage_view *v, int rows);		/* so many places of the list, in the map as well */
/* The tile at this place of the picture gets the marker; false: there is none. */
bool coverage_view_point(struct coverage_view *v, int y, int x);

const struct coverage_tile *coverage_view_tile(const struct coverage_view *v);	/* NULL: none */

/* coverage_draw.c */
void coverage_draw(struct coverage_view *v, struct canvas *c, int top, int bottom);

#endif
