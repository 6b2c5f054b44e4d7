#include "screens/terminal/canvas_curses.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "screens/terminal/keymap.h"
#include "screens/terminal/paint.h"
#include "screens/terminal/terminfo.h"

#define DOUBLE_CLICK_MS 400
#define SEQUENCE_MS 100
#define CODE_SGR KEY_F(61)		/* the beginnings of what the mouse tells: function keys that no keyboard has */
#define CODE_BYTES KEY_F(62)

/* curses has one screen, and so has this file: that is what its state is. */
static struct {
	bool open;
	bool begun;			/* initscr() was called: it cannot be called twice */
	WINDOW *keys;			/* a pad to read keys from: getch() on the screen would refresh it */
	struct painter painter;
	struct paint_abilities can;
	struct buf out;			/* one picture, one write */
	char theme[16];
	bool no_mouse, has_mouse;
	struct { int y, x; enum pointer kind; } pointer;
	int64_t click_ms;		/* of the last click, at pointer.y and pointer.x */
	bool dirty;			/* somebody else wrote to the terminal */
	int signals[2];			/* what a handler writes, terminal_wait() reads */
	struct sigaction old[4];
	bool leave, resized;
	bool hung;			/* the terminal itself is gone: no work is worth finishing for it */
	uint32_t ahead[64];		/* keys that were pressed while work ran */
	int ahead_count;
	bool more;			/* curses may hold keys that poll() does not see */
	char partial[4];		/* bytes of a character that is not complete yet */
	size_t partial_len;
} terminal;

static const int watched[4] = { SIGHUP, SIGTERM, SIGINT, SIGCONT };

static void on_signal(int number)
{
	int saved = errno;
	char byte = number == SIGCONT ? 'c' : number == SIGHUP ? 'h' : 'l';
	ssize_t ignored = write(terminal.signals[1], &byte, 1);

	(void)ignored;
	errno = saved;
}

static int open_signals(struct err *e)
{
	struct sigaction action;

	if (pipe(terminal.signals) != 0)
		return err_sys(e, ERR_REFUSED, _("no pipe for signals"));
	for (int i = 0; i < 2; i++) {
		fcntl(terminal.signals[i], F_SETFD, FD_CLOEXEC);
		fcntl(terminal.signals[i], F_SETFL, O_NONBLOCK);
	}
	memset(&action, 0, sizeof action);
	action.sa_handler = on_signal;
	sigemptyset(&action.sa_mask);
	for (int i = 0; i < 4; i++)
		sigaction(watched[i], &action, &terminal.old[i]);
	return 0;
}

static void close_signals(void)
{
	for (int i = 0; i < 4; i++)
		sigaction(watched[i], &terminal.old[i], NULL);
	close(terminal.signals[0]);
	close(terminal.signals[1]);
}

/* All that can be refused, before curses writes or exits. */
static int check(struct err *e)
{
	const char *term = getenv("TERM"), *charset = nl_langinfo(CODESET);
	bool known;
	int status = 0;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(e, ERR_USAGE, _("there is no terminal here: the screens need one, the subcommands do not (livenet --help)"));
	if (strcmp(charset, "UTF-8") != 0)
		return err_set(e, ERR_USAGE, _("the locale's character set is %s, which cannot show every name: set LANG=ru_RU.UTF-8 or LANG=C.UTF-8"), charset);
	if (term == NULL || term[0] == '\0' || strcmp(term, "dumb") == 0)
		return err_set(e, ERR_USAGE, _("the terminal says that it can only print lines (TERM=%s): set TERM to its kind, for example TERM=xterm"),
		    term != NULL ? term : "");
	known = setupterm(term, STDOUT_FILENO, &status) == OK && cursor_address != NULL;
	if (cur_term != NULL)
		del_curterm(cur_term);		/* initscr() reads it into another */
	if (!known)
		return err_set(e, ERR_USAGE, _("the terminal's kind is not known here (TERM=%s): set TERM to one that is, for example TERM=xterm"), term);
	return 0;
}

/* ^S saves and ^C goes back: the terminal must not take them for itself. ^Z stays. */
static void take_keys(void)
{
	struct termios t;

	if (tcgetattr(STDIN_FILENO, &t) == 0) {
		t.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
		t.c_cc[VINTR] = _POSIX_VDISABLE;
		t.c_cc[VQUIT] = _POSIX_VDISABLE;
		t.c_cc[VLNEXT] = _POSIX_VDISABLE;
		tcsetattr(STDIN_FILENO, TCSADRAIN, &t);
		def_prog_mode();
	}
}

/* --- how it looks, and what it sends --- */

static void choose_looks(void)
{
	terminal.painter.looks = theme_chosen(terminal.theme, terminal.can.has[PAINT_COLOUR]);
}

/* curses turns it on and off, also where the program is stopped; what it tells is read here. Where the terminal has no mouse nothing is sent. */
static void choose_mouse(void)
{
	terminal.has_mouse = mousemask(terminal.no_mouse ? 0 : BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL) != 0;
	define_key("\033[<", CODE_SGR);
	define_key("\033[M", CODE_BYTES);
}

void terminal_prefer(const char *theme, bool mouse)
{
	snprintf(terminal.theme, sizeof terminal.theme, "%s", theme);
	terminal.no_mouse = !mouse;
	if (!terminal.open)
		return;
	choose_looks();
	choose_mouse();
	terminal.dirty = true;
}

bool terminal_mouse(void)
{
	return terminal.has_mouse;
}

static void take_key(const char *sequence, int code)
{
	if (key_defined(sequence) == 0)
		define_key(sequence, code);
}

/* Keys as some terminals send them whatever mode they were asked for, or whatever TERM says they are. */
static void take_other_keys(void)
{
	static const struct { const char *sequence; int code; } keys[] = {
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT }, { "\033OA", KEY_UP }, { "\033OB", KEY_DOWN },
		{ "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT }, { "\033[H", KEY_HOME }, { "\033[F", KEY_END }, { "\033OH", KEY_HOME }, { "\033OF", KEY_END },
		{ "\033[1~", KEY_HOME }, { "\033[4~", KEY_END }, { "\033[7~", KEY_HOME }, { "\033[8~", KEY_END }, { "\033[5~", KEY_PPAGE },
		{ "\033[6~", KEY_NPAGE }, { "\033[2~", KEY_IC }, { "\033[3~", KEY_DC }, { "\033[Z", KEY_BTAB },
	};
	static const int numbers[] = { 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24 };
	char sequence[16];

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		take_key(keys[i].sequence, keys[i].code);
	for (int i = 0; i < 12; i++) {
		snprintf(sequence, sizeof sequence, "\033[%d~", numbers[i]);
		take_key(sequence, KEY_F(i + 1));
		snprintf(sequence, sizeof sequence, "\033O%c", 'P' + i);
		if (i < 4)
			take_key(sequence, KEY_F(i + 1));
		snprintf(sequence, sizeof sequence, "\033[[%c", 'A' + i);
		if (i < 5)
			take_key(sequence, KEY_F(i + 1));
	}
}

/* curses begins once in a process; what comes after endwin() goes on with the same screen. Its own picture stays empty: it is asked for modes and keys, the
 * painter writes. */
static int begin(struct err *e)
{
	if (!terminal.begun) {
		if (check(e) != 0)
			return -1;
		if (initscr() == NULL)
			return err_set(e, ERR_USAGE, _("the terminal could not be opened"));
		terminal.begun = true;
		terminfo_abilities(&terminal.can);
		take_other_keys();
	} else {
		clear();
	}
	refresh();
	return 0;
}

int terminal_open(struct err *e)
{
	if (open_signals(e) != 0)
		return -1;
	if (begin(e) != 0) {
		close_signals();
		return -1;
	}
	cbreak();
	noecho();
	nonl();
	take_keys();
	set_escdelay(50);
	terminal.keys = newpad(1, 1);
	keypad(terminal.keys, TRUE);
	nodelay(terminal.keys, TRUE);
	painter_init(&terminal.painter, &terminal.can, theme_looks(false), LINES, COLS);
	buf_init(&terminal.out);
	choose_looks();
	choose_mouse();
	terminal.open = true;
	mem_on_exhaustion(terminal_close);
	return 0;
}

static void read_signals(void);

/* Over a line that stands still a write may wait for hours: a signal to leave ends that, so that what was typed is kept. False: the terminal shows but a
 * part of it. */
static bool send(const char *p, size_t len)
{
	while (len > 0) {
		struct pollfd fd[2] = { { STDOUT_FILENO, POLLOUT, 0 }, { terminal.signals[0], POLLIN, 0 } };
		ssize_t n = write(STDOUT_FILENO, p, len);

		if (n >= 0) {
			p += n;
			len -= (size_t)n;
			continue;
		}
		if (errno == EAGAIN)
			poll(fd, 2, -1);
		else if (errno != EINTR)
			return false;
		read_signals();
		if (terminal.leave)
			return false;
	}
	return true;
}

void terminal_close(void)
{
	if (!terminal.open)
		return;
	terminal.open = false;
	mem_on_exhaustion(NULL);
	/* What the line did not take will not be read; curses would wait with its last words until it is. */
	if (terminal.leave && terminal.dirty)
		tcflush(STDOUT_FILENO, TCOFLUSH);
	/* curses believes that its cursor is at 0, 0. */
	buf_reset(&terminal.out);
	terminal.can.put(PAINT_TO, LINES - 1, 0, &terminal.out);
	terminal.can.put(PAINT_ERASE, 0, 0, &terminal.out);
	terminal.can.put(PAINT_TO, 0, 0, &terminal.out);
	send(terminal.out.data, terminal.out.len);
	delwin(terminal.keys);
	endwin();
	close_signals();
	painter_release(&terminal.painter);
	secret_wipe(terminal.out.data, terminal.out.cap);
	secret_wipe(terminal.ahead, sizeof terminal.ahead);
	buf_release(&terminal.out);
	terminal.leave = terminal.resized = terminal.more = terminal.hung = false;
	terminal.ahead_count = 0;
	terminal.partial_len = 0;
}

void terminal_size(int *height, int *width)
{
	*height = LINES;
	*width = COLS;
}

const struct glyphs *terminal_look(void)
{
	return theme_glyphs(getenv("TERM"));
}

/* After fg the terminal may have another size, which nobody told a stopped program. */
static void check_size(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 && (size.ws_row != LINES || size.ws_col != COLS)) {
		resizeterm(size.ws_row, size.ws_col);
		terminal.resized = true;
	}
}

static void read_signals(void)
{
	char byte;

	while (read(terminal.signals[0], &byte, 1) == 1) {
		if (byte == 'c') {
			terminal.dirty = true;
			check_size();
		} else {
			terminal.leave = true;
		}
		terminal.hung = terminal.hung || byte == 'h';
	}
}

enum terminal_event terminal_wait(int ms)
{
	struct pollfd fd[2] = { { STDIN_FILENO, POLLIN, 0 }, { terminal.signals[0], POLLIN, 0 } };
	int ready = terminal.more || terminal.resized || terminal.ahead_count > 0 ? 1 : poll(fd, 2, ms);

	read_signals();
	if (terminal.leave)
		return TERMINAL_LEAVE;
	if (ready < 0) {			/* a signal: SIGWINCH is told by curses as a key */
		terminal.more = true;
		return TERMINAL_KEY;
	}
	if (terminal.resized) {
		terminal.resized = false;
		return TERMINAL_RESIZED;
	}
	return ready > 0 && (terminal.more || terminal.ahead_count > 0 || fd[0].revents != 0) ? TERMINAL_KEY : TERMINAL_TIME;
}

bool terminal_key_waits(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };

	return terminal.more || terminal.ahead_count > 0 || poll(&fd, 1, 0) > 0;
}

/* The next byte of a sequence that has begun: it comes at once, or after a breath of the line. */
static int next_byte(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };
	int byte = wgetch(terminal.keys);

	return byte == ERR && poll(&fd, 1, SEQUENCE_MS) > 0 ? wgetch(terminal.keys) : byte;
}

/* Of "\033[<button;x;yM": 'm' at its end is a button that goes up. */
static bool read_sgr(int number[3])
{
	int byte = 0;

	for (int i = 0; i < 3; i++)
		for (number[i] = 0; (byte = next_byte()) >= '0' && byte <= '9';)
			if (number[i] < 10000)
				number[i] = 10 * number[i] + byte - '0';
	return byte == 'M';
}

/* Of "\033[M" and three bytes, as older terminals tell it. */
static bool read_bytes(int number[3])
{
	for (int i = 0; i < 3; i++)
		if ((number[i] = next_byte() - ' ') < 0)
			return false;
	return (number[0] & 3) != 3;
}

/* curses makes one click of what goes down and up, and loses what comes in a burst over a slow line: so it is read here. */
static bool read_pointer(int code)
{
	enum { WHEEL = 64, MOVED = 32, BUTTON = 3 };
	int64_t now = clock_monotonic_ms();
	bool again;
	int number[3];

	if (!(code == CODE_SGR ? read_sgr(number) : read_bytes(number)) || (number[0] & MOVED) != 0)
		return false;
	again = number[1] - 1 == terminal.pointer.x && number[2] - 1 == terminal.pointer.y && now - terminal.click_ms < DOUBLE_CLICK_MS;
	terminal.pointer.x = number[1] - 1;
	terminal.pointer.y = number[2] - 1;
	if ((number[0] & WHEEL) != 0 && (number[0] & BUTTON) < 2)
		terminal.pointer.kind = (number[0] & BUTTON) == 0 ? POINTER_WHEEL_UP : POINTER_WHEEL_DOWN;
	else if ((number[0] & (WHEEL | BUTTON)) == 0)
		terminal.pointer.kind = again ? POINTER_DOUBLE : POINTER_CLICK;
	else
		return false;
	/* A third click begins anew; the wheel is no click. */
	terminal.click_ms = terminal.pointer.kind == POINTER_CLICK ? now : 0;
	return true;
}

enum pointer terminal_pointer(int *y, int *x)
{
	*y = terminal.pointer.y;
	*x = terminal.pointer.x;
	return terminal.pointer.kind;
}

static uint32_t named_key(int code)
{
	static const struct { int code; uint32_t key; } keys[] = {
		{ KEY_UP, KEY_ARROW_UP }, { KEY_DOWN, KEY_ARROW_DOWN }, { KEY_LEFT, KEY_ARROW_LEFT }, { KEY_RIGHT, KEY_ARROW_RIGHT },
		{ KEY_PPAGE, KEY_PAGE_UP }, { KEY_NPAGE, KEY_PAGE_DOWN }, { KEY_HOME, KEY_TO_HOME }, { KEY_END, KEY_TO_END },
		{ KEY_FIND, KEY_TO_HOME }, { KEY_SELECT, KEY_TO_END }, { KEY_IC, KEY_INSERT }, { KEY_DC, KEY_DELETE },
		{ KEY_BACKSPACE, KEY_ERASE }, { KEY_BTAB, KEY_BACK_TAB }, { KEY_ENTER, KEY_RETURN },
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i].code == code)
			return keys[i].key;
	if (code > KEY_F0 && code <= KEY_F(12))
		return (uint32_t)(KEY_FUNCTION + (code - KEY_F0));
	if (code == KEY_RESIZE)
		terminal.resized = true;
	return (code == CODE_SGR || code == CODE_BYTES) && read_pointer(code) ? KEY_POINTER : KEY_NONE;
}

/* Bytes become characters; what is no UTF-8 is dropped. */
static uint32_t character(int byte)
{
	bool valid;
	uint32_t cp;

	if (byte == 0x7f || byte == 0x08)
		return KEY_ERASE;
	if (byte == '\n')
		return KEY_RETURN;
	if (byte < 0x80 && terminal.partial_len == 0)
		return (uint32_t)byte;
	if (terminal.partial_len == 0 && (byte < 0xc2 || byte > 0xf4))
		return KEY_NONE;
	terminal.partial[terminal.partial_len++] = (char)byte;
	if (text_next(terminal.partial, terminal.partial_len, &cp, &valid) == terminal.partial_len && valid) {
		terminal.partial_len = 0;
		return cp;
	}
	if ((byte & 0xc0) != 0x80 && terminal.partial_len > 1) {
		terminal.partial_len = 0;
		return character(byte);
	}
	if (terminal.partial_len == sizeof terminal.partial)
		terminal.partial_len = 0;
	return KEY_NONE;
}

static uint32_t read_key(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };
	int code = wgetch(terminal.keys);

	if (code == ERR) {
		/* Nothing to read where poll() says that something can be: the input is at its end. */
		if (!terminal.more && poll(&fd, 1, 0) > 0)
			terminal.leave = terminal.hung = true;
		terminal.more = false;
		return KEY_NONE;
	}
	terminal.more = true;		/* until curses says that it has no more */
	return code >= KEY_MIN ? named_key(code) : character(code);
}

uint32_t terminal_key(void)
{
	uint32_t key;

	if (terminal.ahead_count == 0)
		return read_key();
	key = terminal.ahead[0];
	memmove(terminal.ahead, terminal.ahead + 1, (size_t)--terminal.ahead_count * sizeof terminal.ahead[0]);
	return key;
}

bool terminal_interrupt(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };
	const int most = sizeof terminal.ahead / sizeof terminal.ahead[0];

	read_signals();
	while (!terminal.hung && terminal.ahead_count < most && (terminal.more || poll(&fd, 1, 0) > 0)) {
		uint32_t key = read_key();

		if (key == KEY_ESCAPE || key == ('C' & 0x1f)) {
			terminal.ahead_count = 0;	/* typed blindly, for what does not come now */
			return true;
		}
		if (key != KEY_NONE && key != KEY_POINTER)
			terminal.ahead[terminal.ahead_count++] = key;
	}
	return terminal.hung;
}

void terminal_paint(const struct canvas *c, bool whole)
{
	buf_reset(&terminal.out);
	painter_paint(&terminal.painter, c, whole || terminal.dirty, &terminal.out);
	terminal.dirty = !send(terminal.out.data, terminal.out.len);
}
