#include "screens/canvas_curses.h"

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

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "screens/keymap.h"

/* curses has one screen, and so has this file: that is what its state is. */
static struct {
	bool open;
	bool begun;			/* initscr() was called: it cannot be called twice */
	WINDOW *keys;			/* a pad to read keys from: getch() on the screen would refresh it */
	struct canvas shown;
	const struct look *looks;
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

static void open_colours(void)
{
	terminal.looks = theme_looks(false);
	if (theme_no_color() || !has_colors() || start_color() != OK)
		return;
	use_default_colors();
	for (short colour = 0; colour < 8; colour++)
		init_pair((short)(colour + 1), colour, -1);
	terminal.looks = theme_looks(true);
}

/* curses begins once in a process; what comes after endwin() goes on with the same screen, from an empty picture. */
static int begin(struct err *e)
{
	if (terminal.begun) {
		clear();
		refresh();
		return 0;
	}
	if (check(e) != 0)
		return -1;
	if (initscr() == NULL)
		return err_set(e, ERR_USAGE, _("the terminal could not be opened"));
	terminal.begun = true;
	/* Before the first picture: ncurses rewrites what it cleared while it knew no colours. */
	open_colours();
	/* ncurses 6.4 flushes at every cursor movement until it has once ended and begun again. */
	endwin();
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
	canvas_init(&terminal.shown, LINES, COLS, terminal_look());
	terminal.open = true;
	mem_on_exhaustion(terminal_close);
	return 0;
}

void terminal_close(void)
{
	if (!terminal.open)
		return;
	terminal.open = false;
	mem_on_exhaustion(NULL);
	move(LINES - 1, 0);
	clrtoeol();
	refresh();
	delwin(terminal.keys);
	endwin();
	close_signals();
	canvas_release(&terminal.shown);
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
		if (byte == 'c')
			check_size();
		else
			terminal.leave = true;
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
	return KEY_NONE;
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
		if (key != KEY_NONE)
			terminal.ahead[terminal.ahead_count++] = key;
	}
	return terminal.hung;
}

static attr_t attributes(const struct look *look)
{
	attr_t a = A_NORMAL;

	if ((look->attributes & THEME_BOLD) != 0)
		a |= A_BOLD;
	if ((look->attributes & THEME_REVERSE) != 0)
		a |= A_REVERSE;
	if ((look->attributes & THEME_UNDERLINE) != 0)
		a |= A_UNDERLINE;
	if ((look->attributes & THEME_DIM) != 0)
		a |= A_DIM;
	return a;
}

static void put(const struct cell *cell)
{
	const struct look *look = &terminal.looks[cell->role];
	wchar_t letters[CANVAS_MARKS + 2];
	int count = 0;
	cchar_t out;

	letters[count++] = (wchar_t)cell->cp;
	for (int i = 0; i < CANVAS_MARKS && cell->mark[i] != 0; i++)
		letters[count++] = (wchar_t)cell->mark[i];
	letters[count] = L'\0';
	if (setcchar(&out, letters, attributes(look), (short)(look->colour + 1), NULL) == OK)
		add_wch(&out);
}

void terminal_paint(const struct canvas *c, bool whole)
{
	if (whole || c->height != terminal.shown.height || c->width != terminal.shown.width) {
		canvas_resize(&terminal.shown, c->height, c->width);
		erase();
		if (whole)
			clearok(stdscr, TRUE);
	}
	for (int y = 0; y < c->height; y++) {
		int from = 0, to;

		for (; canvas_difference(&terminal.shown, c, y, &from, &to); from = to) {
			move(y, from);
			for (int x = from; x < to; x++)
				if (c->cell[y * c->width + x].cp != 0)
					put(&c->cell[y * c->width + x]);
		}
	}
	memcpy(terminal.shown.cell, c->cell, (size_t)c->height * (size_t)c->width * sizeof *c->cell);
	move(c->cursor_y, c->cursor_x);
	refresh();
}
