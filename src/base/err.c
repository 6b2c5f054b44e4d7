#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes back the beginning of a character whose end did not fit. */
static void cut_at_border(char *text, size_t len)
{
	size_t lead = len, needs;
	unsigned char c;

	while (lead > 0 && len - lead < 3 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
		lead--;
	if (lead == 0)
		return;
	c = (unsigned char)text[lead - 1];
	needs = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
	if (len - (lead - 1) < needs)
		text[lead - 1] = '\0';
}

/* Joins first, glue and second into e->text. The parts may not lie in e->text. */
static void put_text(struct err *e, const char *first, const char *glue, const char *second)
{
	int len = snprintf(e->text, sizeof e->text, "%s%s%s", first, glue, second);

	if (len >= (int)sizeof e->text)
		cut_at_border(e->text, sizeof e->text - 1);
}

/* One byte more than fits in an err, so that put_text sees that something was cut. */
struct words { char text[sizeof ((struct err *)0)->text + 1]; };

/* Formatted aside, because the arguments may point into the text that is about to be replaced. */
static void format(struct words *w, const char *fmt, va_list args)
{
	if (vsnprintf(w->text, sizeof w->text, fmt, args) < 0)
		w->text[0] = '\0';
}

int err_set(struct err *e, enum err_code code, const char *fmt, ...)
{
	struct words w;
	va_list args;

	if (e == NULL)
		return -1;
	va_start(args, fmt);
	format(&w, fmt, args);
	va_end(args);
	e->code = code;
	put_text(e, w.text, "", "");
	return -1;
}

int err_sys(struct err *e, enum err_code code, const char *fmt, ...)
{
	int saved = errno;
	struct words w;
	char reason[256];
	va_list args;

	if (e == NULL)
		return -1;
	va_start(args, fmt);
	format(&w, fmt, args);
	va_end(args);
	if (strerror_r(saved, reason, sizeof reason) != 0)
		snprintf(reason, sizeof reason, "errno %d", saved);
	e->code = code;
	put_text(e, w.text, ": ", reason);
	errno = saved;
	return -1;
}

int err_prefix(struct err *e, const char *fmt, ...)
{
	struct words w;
	char old[sizeof e->text];
	va_list args;

	if (e == NULL)
		return -1;
	va_start(args, fmt);
	format(&w, fmt, args);
	va_end(args);
	memcpy(old, e->text, sizeof old);
	put_text(e, w.text, ": ", old);
	return -1;
}

void err_clear(struct err *e)
{
	if (e == NULL)
		return;
	e->code = ERR_NONE;
	e->text[0] = '\0';
}

void err_bug(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: bug: %s\n", file, line, what);
	abort();
}
