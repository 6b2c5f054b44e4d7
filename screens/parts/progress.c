#include "screens/parts/progress.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#define QUIET_MS 150		/* what is over by then paints nothing */
#define LOOK_MS 100		/* ten looks at the keys, and ten paints, a second */

/* In the line at the foot of the picture that stands: nothing may be read from the store now. */
static void draw(struct loop *l, int64_t now)
{
	const struct work *w = &l->work;
	struct canvas *c = &l->canvas;
	struct buf text = BUF_INIT;
	/* TRANSLATORS: at the foot while long work runs: the key that ends it */
	const char *stop = _("Esc — stop");
	int y = c->height - 1, end;

	buf_adds(&text, w->words);
	if (w->count != NULL && *w->count > 0)
		buf_addf(&text, ": %lld", (long long)*w->count);
	/* TRANSLATORS: seconds that work has taken so far */
	buf_addf(&text, _(" · %lld s"), (long long)(now - w->begun_ms) / 1000);
	canvas_fill(c, y, 0, c->width, ROLE_TEXT, ' ');
	end = canvas_right(c, y, 0, c->width - 1, ROLE_KEY, stop);
	canvas_fit(c, y, 1, end - 3, ROLE_TEXT, text.data);
	canvas_cursor(c, y, 0);
	buf_release(&text);
}

static bool watch(void *context)
{
	struct loop *l = context;
	int64_t now = clock_monotonic_ms();

	if (!l->eager && (now - l->work.begun_ms < QUIET_MS || now - l->work.looked_ms < LOOK_MS))
		return false;
	l->work.looked_ms = now;
	draw(l, now);
	return l->meanwhile != NULL && l->meanwhile(l);
}

void progress_begin(struct loop *l, const char *words, const int64_t *count)
{
	bug_if(l->work.words != NULL);
	l->work = (struct work){ .words = words, .count = count, .begun_ms = clock_monotonic_ms() };
	store_watch(l->store, watch, l);
}

bool progress_end(struct loop *l)
{
	bool stopped = store_interrupted(l->store);

	store_watch(l->store, NULL, NULL);
	l->work.words = NULL;
	return stopped;
}

void progress_show(struct loop *l, const char *words)
{
	struct canvas *c = &l->canvas;

	canvas_fill(c, c->height - 1, 0, c->width, ROLE_TEXT, ' ');
	canvas_fit(c, c->height - 1, 1, c->width - 2, ROLE_TEXT, words);
	canvas_cursor(c, c->height - 1, 0);
	if (l->meanwhile != NULL)
		l->meanwhile(l);
}
