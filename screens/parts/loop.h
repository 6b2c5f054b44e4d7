/* loop: the stack of screens, and the way from a key to a picture: key → action → handler → flags → reload → draw. It knows no terminal:
 * run() (run.c) gives it keys and shows its canvas, the tests do the same without one. */
#ifndef SCREENS_PARTS_LOOP_H
#define SCREENS_PARTS_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "screens/parts/screen.h"
#include "store/store.h"
#include "sync/sync.h"

#define LOOP_DRAFT_MS 5000	/* what is typed is kept that often */

/* Long work that runs inside a handler: progress.h. */
struct work {
	const char *words;
	const int64_t *count;
	int64_t begun_ms, looked_ms;
};

struct loop {
	struct store *store;		/* NULL before there is one (set-up, passphrase) */
	struct screen *top;
	struct canvas canvas;
	bool demonstration;
	bool *begin_own;		/* set when the person leaves the demonstration for work of their own; NULL: not offered */
	bool mouse;			/* there is one: the help tells of it */
	bool done;			/* leave */
	bool redraw;			/* the terminal's picture may be wrong: paint all of it */
	/* What loop_draw() left on the canvas: whose, with how many strokes (0: it must be drawn anew), when; and that its marker moved since. */
	struct { const struct screen *of; uint64_t strokes; int64_t minute; bool moved; } picture;
	enum action next;		/* done as soon as the handler that runs has returned and what it closed is gone; ACTION_NONE */
	/* Actions that no screen takes: the ways between the main places. */
	unsigned (*act)(struct loop *l, enum action action);

	/* Looked at whenever the loop is: what must be asked whatever is shown. NULL: nothing. It is not called for until `watch_rest_ms` (monotonic). */
	void (*watch)(struct loop *l);
	int64_t watch_rest_ms;

	/* While long work runs: shows the canvas as it is; true when the person ends the work. NULL: nobody looks. */
	bool (*meanwhile)(struct loop *l);
	struct work work;
	bool eager;			/* tests: at every chance, whatever the time */

	struct sync_status status;	/* as of the last reload */
	uint64_t version;		/* of the store, as of the last reload */
	bool counted;			/* … and there was one: status is filled */
	int64_t kept_ms;		/* when drafts were last looked at */
	struct buf message;		/* in the place of the line at the foot, until the next key */
	bool warning;
};

void loop_init(struct loop *l, struct store *s, int height, int width, const struct glyphs *glyphs);
void loop_release(struct loop *l);		/* screens too; keeps no drafts */

void loop_push(struct loop *l, struct screen *s);		/* the loop owns it from now on */
void loop_close(struct screen *s);				/* released once the handler that runs has returned */

/* Tells every screen that a form on top of them has saved a record: a list selects it. Called by who saves, before it closes. */
void loop_saved(struct loop *l, const struct record_type *type, const char *id);
/* After a picture was painted, while no key waits. */
void loop_idle(struct loop *l);

void loop_key(struct loop *l, uint32_t key);
void loop_do(struct loop *l, enum action action);		/* as if its key had been pressed, if it is allowed here */
bool loop_point(struct loop *l, int y, int x);			/* a click on the tiles of the screen on top; false: it has none there */
bool loop_allows(const struct loop *l, enum action action);
uint64_t loop_where(const struct loop *l);			/* of the screen on top: IN_…, and HAS_… */
unsigned loop_has(const struct loop *l);
void loop_resize(struct loop *l, int height, int width);
void loop_draw(struct loop *l);					/* onto l->canvas */
void loop_draw_top(struct loop *l);				/* the screen on top alone, without title and foot */

/* Drafts of what is typed: now; and when five seconds have passed. */
void loop_keep(struct loop *l);
void loop_tick(struct loop *l);
/* Milliseconds until something changes by itself: the clock's minute, or a draft is due. */
int loop_wait(const struct loop *l);

void loop_message(struct loop *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void loop_problem(struct loop *l, const struct err *e);

/* «не отправлено: 3», «всё отправлено», or nothing before there was anything to send. Appends. */
void loop_unsent(const struct loop *l, struct buf *out);

#endif
