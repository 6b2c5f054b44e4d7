#include "screens/screens.h"

#include "base/i18n.h"
#include "screens/clock.h"
#include "screens/terminal/canvas_curses.h"
#include "screens/exchange_join.h"
#include "screens/places.h"
#include "screens/parts/run.h"
#include "screens/settings.h"
#include "screens/setup.h"
#include "screens/unlock.h"

/* `faults`: what is wrong in the person's own files, where there is room to tell of it; else NULL. */
static int begin(struct loop *l, struct store *s, struct buf *faults, struct err *e)
{
	int height, width;

	settings_apply(faults);
	if (terminal_open(e) != 0)
		return -1;
	terminal_size(&height, &width);
	loop_init(l, s, height, width, terminal_look());
	l->mouse = terminal_mouse();
	return 0;
}

static void end(struct loop *l)
{
	terminal_close();
	loop_release(l);
}

int screens_run(struct store *s, const struct screens_options *o, struct err *e)
{
	struct buf faults = BUF_INIT;
	struct loop l;

	if (begin(&l, s, &faults, e) != 0) {
		buf_release(&faults);
		return -1;
	}
	l.demonstration = o->demonstration;
	l.begin_own = o->begin_own;
	places_begin(&l);
	if (o->join) {
		places_go(&l, ACTION_SYNC);
		exchange_join(&l);
	}
	settings_tell(&l, &faults);
	buf_release(&faults);
	l.watch = clock_watch;
	clock_watch(&l);
	run(&l);
	end(&l);
	return 0;
}

int screens_unlock(const struct screens_unlock *o, bool *other, struct err *e)
{
	struct unlock_end end_with = { .opened = false };
	struct loop l;

	if (begin(&l, NULL, NULL, e) != 0)
		return -1;
	loop_push(&l, unlock_open(o, &end_with));
	unlock_begin(l.top);
	run(&l);
	end(&l);
	*other = end_with.other;
	if (end_with.opened || end_with.other)
		return 0;
	if (end_with.why.code != ERR_NONE) {
		*e = end_with.why;
		return -1;
	}
	return err_set(e, ERR_PASSPHRASE, _("no passphrase was given"));
}

int screens_setup(struct screens_setup *o, struct err *e)
{
	bool created = false;
	struct loop l;

	if (begin(&l, NULL, NULL, e) != 0)
		return -1;
	loop_push(&l, setup_open(o, &created));
	run(&l);
	end(&l);
	return created ? 0 : err_set(e, ERR_REFUSED, _("nothing was set up"));
}
