/* screen: one thing that fills the terminal (or lies over another): a list, a card, a question.
 *
 * A screen is a constant table of functions and a private struct that begins with a `struct screen`. Handlers change their own state and
 * the store, and say what changed with flags; they never paint. The loop reloads, closes and draws.
 *
 * Life: *_open allocates and returns it, loop_push puts it on top; it lives until its `release`, after which the loop frees its memory. */
#ifndef SCREENS_PARTS_SCREEN_H
#define SCREENS_PARTS_SCREEN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "screens/terminal/canvas.h"
#include "screens/terminal/keymap.h"

struct loop;
struct record_type;
struct screen;

/* What a handler says. */
enum {
	DID_NOTHING = 0,
	DID_CHANGE = 1 << 0,	/* the picture may differ */
	DID_SAVE = 1 << 1,	/* the store may differ: reload */
	DID_CLOSE = 1 << 2,	/* this screen is done */
	DID_MARKER = 1 << 3	/* the picture differs by its marker and cursor alone */
};

/* What stands in the title line, filled by the screen and drawn by the loop. */
struct title {
	struct buf place, counts;
	bool whole;		/* the place takes the whole line; the screen shows what is unsent itself */
};

struct screen_class {
	const char *name;
	bool overlay;					/* the one below is drawn first */

	uint64_t (*where)(const struct screen *s);	/* set of IN_… now */
	unsigned (*has)(const struct screen *s);	/* set of HAS_… now; NULL: none */
	unsigned (*act)(struct screen *s, enum action action);
	unsigned (*text)(struct screen *s, uint32_t character);	/* a character where letters are text; NULL: never */
	/* A click where not rows but tiles stand: the marker goes there. DID_NOTHING: there is none. NULL: rows, see pointer.h. */
	unsigned (*point)(struct screen *s, int y, int x);
	int (*reload)(struct screen *s, struct err *e);	/* read anew what the store gives; NULL: nothing to read */
	void (*saved)(struct screen *s, const struct record_type *type, const char *id);	/* a record was saved above it (loop_saved); NULL: no matter */
	/* The picture is painted and no key waits: what can be read beforehand, without a change to the picture; NULL: nothing. */
	void (*idle)(struct screen *s);
	void (*title)(struct screen *s, struct title *t);	/* NULL for overlays */
	void (*draw)(struct screen *s, struct canvas *c, int top, int bottom);	/* rows top … bottom - 1 are its own */
	void (*marker)(struct screen *s, struct canvas *c);	/* after DID_MARKER, onto the picture as it stands; NULL: all is drawn anew */
	void (*keep)(struct screen *s);			/* what is typed becomes a draft; NULL: nothing worth keeping */
	void (*release)(struct screen *s);		/* what the private struct owns */
};

struct screen {
	const struct screen_class *class;
	struct loop *loop;
	struct screen *below;
	bool closing;		/* released as soon as the handler has returned (loop_close) */
	bool stale;		/* reloaded before it is drawn */
};

#endif
