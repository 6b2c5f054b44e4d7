#include "screens/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qr.h"
#include "base/text.h"

struct scan {
	struct screen screen;
	char *text;
	bool coded;
	struct qr qr;
};

static uint64_t where(const struct screen *s)
{
	(void)s;
	return IN_HELP;
}

static unsigned act(struct screen *s, enum action action)
{
	(void)s;
	return action == ACTION_CLOSE ? DID_CLOSE : DID_NOTHING;
}

static void title(struct screen *s, struct title *t)
{
	(void)s;
	buf_adds(&t->place, _("Fingerprint"));
}

static int middle(const struct canvas *c, const char *text)
{
	int width = text_width(text, strlen(text));

	return width < c->width ? (c->width - width) / 2 : 0;
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	const struct scan *x = (const struct scan *)s;
	bool fits = x->coded && c->width >= QR_COLUMNS && bottom - top > QR_ROWS;
	const char *note = fits ? "" : _("The window is too small for the QR code.");
	int y = top;

	for (int row = 0; fits && row < QR_ROWS; row++, y++) {
		struct buf cells = BUF_INIT;

		qr_row(&x->qr, row, &cells);
		canvas_text(c, y, (c->width - QR_COLUMNS) / 2, QR_COLUMNS, ROLE_SCAN, cells.data);
		buf_release(&cells);
	}
	if (y + 1 < bottom)
		y++;
	canvas_fit(c, y, middle(c, x->text), c->width, ROLE_STRONG, x->text);
	canvas_cursor(c, y, middle(c, x->text));
	if (!fits && y + 2 < bottom)
		canvas_fit(c, y + 2, middle(c, note), c->width, ROLE_MUTED, note);
}

static void release(struct screen *s)
{
	free(((struct scan *)s)->text);
}

static const struct screen_class scan_class = {
	.name = "scan", .where = where, .act = act, .title = title, .draw = draw, .release = release,
};

struct screen *scan_open(const char *text)
{
	struct scan *x = mem_zero(1, sizeof *x);

	x->screen.class = &scan_class;
	x->text = mem_dup(text);
	x->coded = qr_encode(&x->qr, text);
	return &x->screen;
}
