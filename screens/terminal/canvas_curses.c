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
#include "screens/terminal/keyboard.h"
#include "screens/terminal/keymap.h"
#include "screens/terminal/paint.h"
#include "screens/terminal/terminfo.h"

/* curses has one screen, and so has this file: that is what its state is. */
static struct {
	bool open;
	bool begun;			/* initscr() was called: it cannot be called twice */
	struct painter painter;
	struct paint_abilities can;
	struct buf out;			/* one picture, one write */
	char theme[16];
	bool no_mouse, has_mouse;
	bool dirty;			/* somebody else wrote to the terminal */
	int signals[2];			/* what a handler writes, terminal_wait() reads */
	struct sigaction old[4], stop;	/* … and what curses does when the program is stopped */
	bool leave, resized;
	bool hung;			/* the terminal itself is gone: no work is worth finishing for it */
	uint32_t ahead[64];		/* keys that were pressed while work ran */
	int ahead_count;
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

/* The shell behind a stopped program may not know what stands around a paste. */
static void on_stop(int number)
{
	static const char quiet[] = "\033[?2004l";
	int saved = errno;
	ssize_t ignored = write(STDOUT_FILENO, quiet, sizeof quiet - 1);

	(void)ignored;
	errno = saved;
	terminal.stop.sa_handler(number);
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

/* curses turns it on and off, also where the program is stopped; what it tells is read in keyboard.c. */
static void choose_mouse(void)
{
	terminal.has_mouse = keyboard_mouse(!terminal.no_mouse);
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
		keyboard_know_keys();
	} else {
		clear();
	}
	refresh();
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

/* Pasted text is told apart from typed text from now on. Curses has its own handler of stops by now; where stopping is ignored, so it stays. */
static void ask_for_pasted(void)
{
	struct sigaction action;

	keyboard_tell_pasted(true, &terminal.out);
	send(terminal.out.data, terminal.out.len);
	sigaction(SIGTSTP, NULL, &terminal.stop);
	if (terminal.out.len == 0 || terminal.stop.sa_handler == SIG_IGN || terminal.stop.sa_handler == SIG_DFL || (terminal.stop.sa_flags & SA_SIGINFO) != 0)
		return;
	action = terminal.stop;
	action.sa_handler = on_stop;
	sigaction(SIGTSTP, &action, NULL);
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
	keyboard_open();
	painter_init(&terminal.painter, &terminal.can, theme_looks(false), LINES, COLS);
	buf_init(&terminal.out);
	choose_looks();
	choose_mouse();
	ask_for_pasted();
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
	/* What the line did not take will not be read; curses would wait with its last words until it is. */
	if (terminal.leave && terminal.dirty)
		tcflush(STDOUT_FILENO, TCOFLUSH);
	/* curses believes that its cursor is at 0, 0. */
	buf_reset(&terminal.out);
	terminal.can.put(PAINT_TO, LINES - 1, 0, &terminal.out);
	terminal.can.put(PAINT_ERASE, 0, 0, &terminal.out);
	terminal.can.put(PAINT_TO, 0, 0, &terminal.out);
	keyboard_tell_pasted(false, &terminal.out);
	sigaction(SIGTSTP, &terminal.stop, NULL);
	send(terminal.out.data, terminal.out.len);
	keyboard_close();
	endwin();
	close_signals();
	painter_release(&terminal.painter);
	secret_wipe(terminal.out.data, terminal.out.cap);
	secret_wipe(terminal.ahead, sizeof terminal.ahead);
	buf_release(&terminal.out);
	terminal.leave = terminal.resized = terminal.hung = false;
	terminal.ahead_count = 0;
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
	bool held = keyboard_holds() || terminal.resized || terminal.ahead_count > 0;
	int ready = held ? 1 : poll(fd, 2, ms);

	read_signals();
	if (terminal.leave)
		return TERMINAL_LEAVE;
	if (ready < 0) {			/* a signal: SIGWINCH is told by curses as a key */
		keyboard_look();
		return TERMINAL_KEY;
	}
	if (terminal.resized) {
		terminal.resized = false;
		return TERMINAL_RESIZED;
	}
	return ready > 0 && (held || fd[0].revents != 0) ? TERMINAL_KEY : TERMINAL_TIME;
}

bool terminal_key_waits(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };

	return keyboard_holds() || terminal.ahead_count > 0 || poll(&fd, 1, 0) > 0;
}

enum pointer terminal_pointer(int *y, int *x)
{
	return keyboard_pointer(y, x);
}

static uint32_t read_key(void)
{
	uint32_t key = keyboard_read();

	terminal.resized = keyboard_resized() || terminal.resized;
	if (keyboard_ended())
		terminal.leave = terminal.hung = true;
	return key;
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
	while (!terminal.hung && terminal.ahead_count < most && (keyboard_holds() || poll(&fd, 1, 0) > 0)) {
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
	/* Somebody may have taken that from the terminal too. */
	if (whole || terminal.dirty)
		keyboard_tell_pasted(true, &terminal.out);
	painter_paint(&terminal.painter, c, whole || terminal.dirty, &terminal.out);
	terminal.dirty = !send(terminal.out.data, terminal.out.len);
}
