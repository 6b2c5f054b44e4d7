#include "screens/terminal/keyboard.h"

#include <curses.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/secret.h"

#define DOUBLE_CLICK_MS 400
#define SEQUENCE_MS 100
#define PASTE_MS 3000		/* so long silent, and it was no paste, or its end got lost */
#define CODE_SGR KEY_F(61)		/* the beginnings of what the mouse tells, and of a paste: function keys that no keyboard has */
#define CODE_BYTES KEY_F(62)
#define CODE_PASTE KEY_F(60)
#define CODE_PASTED KEY_F(59)

static struct {
	WINDOW *keys;			/* a pad to read keys from: getch() on the screen would refresh it */
	struct { int y, x; enum pointer kind; } pointer;
	int64_t click_ms;		/* of the last click, at pointer.y and pointer.x */
	bool resized, ended;
	bool more;			/* curses may hold keys that poll() does not see */
	char partial[4];		/* bytes of a character that is not complete yet */
	size_t partial_len;
	/* Of a paste: ends of lines that wait for a character behind them, and that character. */
	struct { bool on, cr; int64_t ms; unsigned returns; uint32_t held; } paste;
} keyboard;

/* --- what is known --- */

static void take_key(const char *sequence, int code)
{
	if (key_defined(sequence) == 0)
		define_key(sequence, code);
}

/* Keys as some terminals send them whatever mode they were asked for, or whatever TERM says they are. */
void keyboard_know_keys(void)
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

bool keyboard_mouse(bool wanted)
{
	bool has = mousemask(wanted ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL) != 0;

	define_key("\033[<", CODE_SGR);
	define_key("\033[M", CODE_BYTES);
	return has;
}

void keyboard_tell_pasted(bool on, struct buf *out)
{
	/* What the cursor's sequences say of the terminal's kind: others would print it. */
	if (cursor_address != NULL && strncmp(cursor_address, "\033[", 2) == 0)
		buf_adds(out, on ? "\033[?2004h" : "\033[?2004l");
}

void keyboard_open(void)
{
	keyboard.keys = newpad(1, 1);
	keypad(keyboard.keys, TRUE);
	nodelay(keyboard.keys, TRUE);
	define_key("\033[200~", CODE_PASTE);
	define_key("\033[201~", CODE_PASTED);
}

void keyboard_close(void)
{
	delwin(keyboard.keys);
	secret_wipe(&keyboard, sizeof keyboard);
}

/* --- the mouse --- */

/* The next byte of a sequence that has begun: it comes at once, or after a breath of the line. */
static int next_byte(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };
	int byte = wgetch(keyboard.keys);

	return byte == ERR && poll(&fd, 1, SEQUENCE_MS) > 0 ? wgetch(keyboard.keys) : byte;
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
	again = number[1] - 1 == keyboard.pointer.x && number[2] - 1 == keyboard.pointer.y && now - keyboard.click_ms < DOUBLE_CLICK_MS;
	keyboard.pointer.x = number[1] - 1;
	keyboard.pointer.y = number[2] - 1;
	if ((number[0] & WHEEL) != 0 && (number[0] & BUTTON) < 2)
		keyboard.pointer.kind = (number[0] & BUTTON) == 0 ? POINTER_WHEEL_UP : POINTER_WHEEL_DOWN;
	else if ((number[0] & (WHEEL | BUTTON)) == 0)
		keyboard.pointer.kind = again ? POINTER_DOUBLE : POINTER_CLICK;
	else
		return false;
	/* A third click begins anew; the wheel is no click. */
	keyboard.click_ms = keyboard.pointer.kind == POINTER_CLICK ? now : 0;
	return true;
}

enum pointer keyboard_pointer(int *y, int *x)
{
	*y = keyboard.pointer.y;
	*x = keyboard.pointer.x;
	return keyboard.pointer.kind;
}

/* --- keys --- */

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
		keyboard.resized = true;
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
	if (byte < 0x80 && keyboard.partial_len == 0)
		return (uint32_t)byte;
	if (keyboard.partial_len == 0 && (byte < 0xc2 || byte > 0xf4))
		return KEY_NONE;
	keyboard.partial[keyboard.partial_len++] = (char)byte;
	if (text_next(keyboard.partial, keyboard.partial_len, &cp, &valid) == keyboard.partial_len && valid) {
		keyboard.partial_len = 0;
		return cp;
	}
	if ((byte & 0xc0) != 0x80 && keyboard.partial_len > 1) {
		keyboard.partial_len = 0;
		return character(byte);
	}
	if (keyboard.partial_len == sizeof keyboard.partial)
		keyboard.partial_len = 0;
	return KEY_NONE;
}

/* --- what is pasted --- */

static void begin_paste(bool on)
{
	keyboard.paste.on = on;
	keyboard.paste.cr = false;
	keyboard.paste.returns = 0;
	keyboard.paste.ms = clock_monotonic_ms();
}

/* Ends of lines that wait, then the character behind them. */
static uint32_t release_held(void)
{
	uint32_t key = KEY_PASTED | keyboard.paste.held;

	if (keyboard.paste.returns > 0) {
		keyboard.paste.returns--;
		return KEY_PASTED | KEY_RETURN;
	}
	keyboard.paste.held = KEY_NONE;
	return key;
}

/* Another system ends its lines with two characters. */
static uint32_t pasted(int byte)
{
	bool second = byte == '\n' && keyboard.paste.cr;
	uint32_t key;

	keyboard.paste.cr = byte == '\r';
	if (byte == '\r' || byte == '\n') {
		keyboard.partial_len = 0;
		keyboard.paste.returns += !second;
		return KEY_NONE;
	}
	key = character(byte);
	if (key == KEY_TABULATOR)
		key = ' ';
	if (!key_is_character(key))
		return KEY_NONE;
	keyboard.paste.held = key;
	return release_held();
}

/* A key that nobody can paste: its end got lost, or the person wants out. */
static bool ends_paste(int code)
{
	return code == KEY_ESCAPE || (code >= KEY_MIN && code != KEY_RESIZE && code != CODE_SGR && code != CODE_BYTES);
}

uint32_t keyboard_read(void)
{
	struct pollfd fd = { STDIN_FILENO, POLLIN, 0 };
	int code;

	if (keyboard.paste.held != KEY_NONE)
		return release_held();
	code = wgetch(keyboard.keys);
	if (code == ERR) {
		/* Nothing to read where poll() says that something can be: the input is at its end. */
		if (!keyboard.more && poll(&fd, 1, 0) > 0)
			keyboard.ended = true;
		keyboard.more = false;
		return KEY_NONE;
	}
	keyboard.more = true;		/* until curses says that it has no more */
	if (code == CODE_PASTE || code == CODE_PASTED) {
		begin_paste(code == CODE_PASTE);
		return KEY_NONE;
	}
	if (keyboard.paste.on && (ends_paste(code) || clock_monotonic_ms() - keyboard.paste.ms > PASTE_MS))
		begin_paste(false);
	keyboard.paste.ms = clock_monotonic_ms();
	if (code >= KEY_MIN)
		return named_key(code);
	return keyboard.paste.on ? pasted(code) : character(code);
}

bool keyboard_holds(void)
{
	return keyboard.more || keyboard.paste.held != KEY_NONE;
}

void keyboard_look(void)
{
	keyboard.more = true;
}

bool keyboard_resized(void)
{
	bool resized = keyboard.resized;

	keyboard.resized = false;
	return resized;
}

bool keyboard_ended(void)
{
	return keyboard.ended;
}
