/* list: rows with a cursor, for every screen that shows many of something: paging, filter as you type, marks, jump by first letters.
 *
 * The list is never read whole: the class gives the number of rows and, when they become visible, a window of them. The selection is a
 * marker in the gutter with the terminal's cursor on it. What is selected stays selected when rows come or go above it. A mark is of a
 * record and not of a row: it stays when a filter hides the row. */
#ifndef SCREENS_PARTS_LIST_H
#define SCREENS_PARTS_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "screens/terminal/canvas.h"
#include "screens/parts/line.h"
#include "screens/parts/screen.h"
#include "store/journal.h"

struct list_column {
	const char *title;	/* N_(), or NULL */
	int least, most;	/* columns of the terminal */
	int rank;		/* 1 stays longest when there is little room */
	bool right;		/* aligned to the right */
	void (*shorten)(const char *text, int width, struct buf *out);	/* the longest form that has room, where the text has none; NULL: it is cut */
};

#define LIST_COLUMNS_MAX 8

struct list_class {
	const struct list_column *columns;
	int count;
	bool headless;		/* no header above the rows */
	/* Rows of the query as it stands (the filter is list->filter). */
	int (*size)(void *context, int64_t *count, struct err *e);
	/* Makes rows first … first + count - 1 the window; rows past the end are simply not there. NULL: all rows are in memory. */
	int (*load)(void *context, int64_t first, int count, struct err *e);
	/* Of the window: `row` counts from its beginning. */
	const char *(*id)(void *context, int row);
	/* The ids of rows first … first + count - 1, all of which there are; NULL: they are read by windows. */
	int (*ids)(void *context, int64_t first, int count, char (*ids)[RECORD_ID_SIZE], struct err *e);
	void (*cell)(void *context, int row, int column, struct buf *out);
	/* The role that a cell is drawn in; NULL: all are plain text. */
	enum role (*role)(void *context, int row, int column);
	/* Place of a row by its id, or of the first one that begins with letters; -1: none. NULL: places are not known. */
	int (*place)(void *context, const char *letters, const char *id, int64_t *place, struct err *e);
};

struct list_mark { char id[RECORD_ID_SIZE]; uint32_t order; };

struct list {
	const struct list_class *class;
	void *context;
	int64_t count, top, cursor;
	int height;				/* rows that are visible */
	int first_y;				/* where the first of them was drawn; -1: nowhere yet */
	int marker_y, marker_x;			/* where the marker was drawn */
	int room;				/* lines that the rows had there; less than `height` where not even one has room */
	int64_t window_first;			/* what is loaded; -1: nothing */
	int window_count;
	struct line filter, letters;
	bool filtering, jumping;		/* what is being typed */
	bool finder;				/* what is typed is the search, always; while it is empty the cursor stands on the rows */
	int sorted;				/* the column that the header shows as sorted by; -1: none */
	bool descending;
	struct list_mark *mark;			/* by id; `order` tells which was marked first */
	size_t marks_count;
	uint32_t marks_order;
	char selected[RECORD_ID_SIZE];		/* as of the last time the selected row was loaded */
};

void list_init(struct list *l, const struct list_class *class, void *context);
void list_release(struct list *l);

/* Counts anew and keeps the selected row selected where it still is. */
int list_reload(struct list *l, struct err *e);
/* The query changed: from the first row. */
int list_restart(struct list *l, struct err *e);
/* Puts the cursor on a record. */
int list_select(struct list *l, const char *id, struct err *e);

/* IN_… and HAS_… for the state that the list is in; `place` is what the screen adds while letters are commands. */
uint64_t list_where(const struct list *l, uint64_t place);
unsigned list_has(const struct list *l);

/* Does what a list does by itself; `did` is DID_MARKER where the rows stay as they are drawn. False: the action is the screen's. A failure is told to the loop. Of ACTION_BACK it takes what there is to take
 * back: first the search, then the marks. */
bool list_act(struct list *l, struct loop *loop, enum action action, unsigned *did);
unsigned list_text(struct list *l, struct loop *loop, uint32_t character);

/* So many rows are visible from now on; they are loaded. */
int list_ensure(struct list *l, int height, struct err *e);

/* The selected record's id, "" when there is none. Loads the row when it was not visible yet. */
const char *list_selected(struct list *l, struct err *e);

/* list_mark.c */
bool list_marked(const struct list *l, const char *id);
void list_unmark(struct list *l);
void list_mark(struct list *l, const char *id);
int list_toggle_mark(struct list *l, struct err *e);		/* of the selected row */
int list_mark_all(struct list *l, struct err *e);		/* every row of the query, or, where all are marked already, none of them */
/* The records that an action is about: those that are marked, in the order in which they were, else the selected one. One allocation, which the caller
 * frees; NULL when it could not be read, or there is none. */
const char **list_chosen(struct list *l, int *count, struct err *e);


/* The search, from the left edge up to the column `right`. */
void list_draw_search(struct list *l, struct canvas *c, int y, int right);
/* The header and the rows below it: lines top … bottom - 1 over the whole width, or in an area of the canvas. */
void list_draw(struct list *l, struct loop *loop, struct canvas *c, int top, int bottom, const char *empty);
struct list_area { int top, bottom, left, right; };		/* the last two exclusive */
/* After DID_MARKER: the marker moves from where it was drawn to where it is. */
void list_draw_marker(struct list *l, struct loop *loop, struct canvas *c);
void list_draw_in(struct list *l, struct loop *loop, struct canvas *c, const struct list_area *area, const char *empty);

#endif
