#include "screens/terminal/terminfo.h"

#include <curses.h>
#include <string.h>
#include <term.h>

/* terminfo has one current terminal, and tputs() gives its bytes to a function that knows nothing but them: that is what the state is. */
static struct {
	bool ansi[PAINT_CODES];		/* the terminal takes what nearly all take: no need to ask terminfo for each */
	struct buf *to;			/* where add_byte() goes */
} written;

static const char *capability(enum paint_code code)
{
	switch (code) {
	case PAINT_TO: return cursor_address;
	case PAINT_RIGHT: return parm_right_cursor;
	case PAINT_LEFT: return parm_left_cursor;
	case PAINT_COLUMN: return column_address;
	case PAINT_ERASE: return clr_eol;
	case PAINT_REGION: return change_scroll_region;
	case PAINT_UP: return scroll_forward;
	case PAINT_DOWN: return scroll_reverse;
	case PAINT_CLEAR: return clear_screen;
	case PAINT_PLAIN: return exit_attribute_mode;
	case PAINT_BOLD: return enter_bold_mode;
	case PAINT_REVERSE: return enter_reverse_mode;
	case PAINT_UNDERLINE: return enter_underline_mode;
	case PAINT_DIM: return enter_dim_mode;
	case PAINT_COLOUR: return set_a_foreground;
	case PAINT_PAPER: return set_a_background;
	case PAINT_CODES: break;
	}
	return NULL;
}

/* The function that tputs() calls. */
static int add_byte(int byte)
{
	buf_addc(written.to, (char)byte);
	return byte;
}

/* Through terminfo, with its padding for old terminals. */
static void put_slowly(const char *string, int a, int b, struct buf *out)
{
	written.to = out;
	if (string != NULL)
		tputs(tparm(string, (long)a, (long)b, 0L, 0L, 0L, 0L, 0L, 0L, 0L), 1, add_byte);
}

static void add_number(struct buf *out, int number, char end)
{
	buf_addi(out, number);
	buf_addc(out, end);
}

/* What begins and cannot be ended would go on for ever. */
static bool is_endless(enum paint_code code)
{
	return code > PAINT_PLAIN && code <= PAINT_PAPER && exit_attribute_mode == NULL;
}

static void put_code(enum paint_code code, int a, int b, struct buf *out)
{
	if (is_endless(code))
		return;
	if (code == PAINT_REGION && b < 0)
		b = LINES - 1;
	if (code == PAINT_UP || code == PAINT_DOWN) {
		const char *several = code == PAINT_UP ? parm_index : parm_rindex;

		if (several != NULL && a > 3)
			put_slowly(several, a, 0, out);
		else
			while (a-- > 0)
				put_slowly(capability(code), 0, 0, out);
		return;
	}
	if (!written.ansi[code]) {
		put_slowly(capability(code), a, b, out);
		return;
	}
	buf_add(out, "\033[", 2);
	switch (code) {
	case PAINT_TO:
		add_number(out, a + 1, ';');
		add_number(out, b + 1, 'H');
		break;
	case PAINT_RIGHT: add_number(out, a, 'C'); break;
	case PAINT_LEFT: add_number(out, a, 'D'); break;
	case PAINT_COLUMN: add_number(out, a + 1, 'G'); break;
	case PAINT_COLOUR: add_number(out, 30 + a, 'm'); break;
	default: buf_addc(out, code == PAINT_ERASE ? 'K' : 'm'); break;
	}
}

static bool is(enum paint_code code, long a, long b, const char *want)
{
	const char *string = capability(code);

	return string != NULL && strcmp(tparm(string, a, b, 0L, 0L, 0L, 0L, 0L, 0L, 0L), want) == 0;
}

void terminfo_abilities(struct paint_abilities *can)
{
	memset(can, 0, sizeof *can);
	can->put = put_code;
	for (int code = 0; code < PAINT_CODES; code++)
		can->has[code] = capability((enum paint_code)code) != NULL;
	can->has[PAINT_COLOUR] = can->has[PAINT_COLOUR] && max_colors >= 8;
	can->line_feed = cursor_down != NULL && strcmp(cursor_down, "\n") == 0 && carriage_return != NULL && strcmp(carriage_return, "\r") == 0;
	can->wraps_late = !auto_right_margin || eat_newline_glitch;
	written.ansi[PAINT_TO] = is(PAINT_TO, 4, 11, "\033[5;12H");
	written.ansi[PAINT_RIGHT] = is(PAINT_RIGHT, 12, 0, "\033[12C");
	written.ansi[PAINT_LEFT] = is(PAINT_LEFT, 12, 0, "\033[12D");
	written.ansi[PAINT_COLUMN] = is(PAINT_COLUMN, 11, 0, "\033[12G");
	written.ansi[PAINT_ERASE] = is(PAINT_ERASE, 0, 0, "\033[K");
	written.ansi[PAINT_COLOUR] = is(PAINT_COLOUR, 3, 0, "\033[33m");
	/* Besides it ends a character set that is never begun here. */
	written.ansi[PAINT_PLAIN] = is(PAINT_PLAIN, 0, 0, "\033(B\033[m") || is(PAINT_PLAIN, 0, 0, "\033[m\017") || is(PAINT_PLAIN, 0, 0, "\033[m");
}
