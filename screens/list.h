/* list: rows with a cursor, for every screen that shows many of something: paging, filter as you type, marks, jump by first letters.
 *
 * The list is never read whole: the class gives the number of rows and, when they become visible, a window of them. The selection is a
 * marker in the gutter with the terminal's cursor on it. What is selected stays selected when rows come or go above it. */
#ifndef SCREENS_LIST_H
#define SCREENS_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "screens/canvas.h"
#include "screens/line.h"
#include "screens/screen.h"
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
	/* Rows of the query as it stands (the filter is list->filter). */
	int (*size)(void *context, int64_t *count, struct err *e);
	/* Makes rows first … first + count - 1 the window; rows past the end are simply not there. */
	int (*load)(void *context, int64_t first, int count, struct err *e);
	/* Of the window: `row` counts from its beginning. */
	const char *(*id)(void *context, int row);
	void (*cell)(void *context, int row, int column, struct buf *out);
	/* Place of a row by its id, or of the first one that begins with letters; -1: none. NULL: places are not known. */
	int (*place)(void *context, const char *letters, const char *id, int64_t *place, struct err *e);
};

struct list {
	const struct list_class *class;
	void *context;
	int64_t count, top, cursor;
	int height;				/* rows that are visible */
	int64_t window_first;			/* what is loaded; -1: nothing */
	int window_count;
	struct line filter, letters;
	bool filtering, jumping;		/* what is being typed */
	bool finder;				/* what is typed is the search, always; while it is empty the cursor stands on the rows */
	char (*marks)[RECORD_ID_SIZE];
	size_t marks_count;
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
unsigned list_where(const struct list *l, unsigned place);
unsigned list_has(const struct list *l);

/* Does what a list does by itself. False: the action is the screen's. A failure is told to the loop. */
bool list_act(struct list *l, struct loop *loop, enum action action, unsigned *did);
unsigned list_text(struct list *l, struct loop *loop, uint32_t character);

/* So many rows are visible from now on; they are loaded. */
int list_ensure(struct list *l, int height, struct err *e);

/* The selected record's id, "" when there is none. Loads the row when it was not visible yet. */
const char *list_selected(struct list *l, struct err *e);

bool list_marked(const struct list *l, const char *id);
void list_unmark(struct list *l);

/* The line with the search, and the header and rows below it. */
void list_draw_search(struct list *l, struct canvas *c, int y);
void list_draw(struct list *l, struct loop *loop, struct canvas *c, int top, int bottom, const char *empty);

#endif
