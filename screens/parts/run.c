#include "screens/parts/run.h"

#include "screens/parts/pointer.h"
#include "screens/terminal/canvas_curses.h"

#define REST_MOST 4096

static void resize(struct loop *l)
{
	int height, width;

	terminal_size(&height, &width);
	loop_resize(l, height, width);
}

static void paint(struct loop *l)
{
	loop_draw(l);
	terminal_paint(&l->canvas, l->redraw);
	l->redraw = false;
}

static void point(struct loop *l)
{
	int y, x;
	enum pointer kind = terminal_pointer(&y, &x);

	loop_mouse(l, y, x, kind);
}

/* Long work goes on below. */
static bool meanwhile(struct loop *l)
{
	terminal_paint(&l->canvas, false);
	return terminal_interrupt();
}

/* What was typed before the line dropped and nobody had read yet belongs to the text that is being typed; commands do not count any more. */
static void take_rest(struct loop *l)
{
	for (int i = 0; i < REST_MOST && (loop_where(l) & IN_FORM) != 0 && terminal_key_waits(); i++) {
		uint32_t key = terminal_key();

		/* Part of a character, or of a sequence. */
		if (key == KEY_NONE)
			continue;
		if (!key_is_character(key) && (key & KEY_PASTED) == 0 && key != KEY_TABULATOR && key != KEY_ERASE)
			return;
		loop_key(l, key);
	}
}

void run(struct loop *l)
{
	l->meanwhile = meanwhile;
	while (!l->done) {
		if (!terminal_key_waits())
			paint(l);
		if (!terminal_key_waits())
			loop_idle(l);
		switch (terminal_wait(loop_wait(l))) {
		case TERMINAL_KEY: {
			uint32_t key = terminal_key();

			if (key == KEY_POINTER)
				point(l);
			else if (key != KEY_NONE)
				loop_key(l, key);
			break;
		}
		case TERMINAL_RESIZED: resize(l); break;
		case TERMINAL_TIME: break;
		case TERMINAL_LEAVE:
			take_rest(l);
			loop_keep(l);
			return;
		}
		loop_tick(l);
	}
}
