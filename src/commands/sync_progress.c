#include "commands/sync_progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/i18n.h"

#define EVERY_MS 200
#define PATIENT_MS 1000			/* what is over sooner paints nothing */
#define MUCH (1 << 20)			/* bytes that are told before they are sent, terminal or not */

void sync_progress_begin(struct sync_progress *p)
{
	memset(p, 0, sizeof *p);
	p->terminal = isatty(STDERR_FILENO) != 0;
	p->began = clock_monotonic_ms();
}

static const char *words(const struct sync_report *r)
{
	switch (r->stage) {
	case SYNC_READING:
		return _("reading what came");
	case SYNC_MAKING:
		return _("gathering what is to be sent");
	case SYNC_CONNECTING:
		return _("calling the hub");
	case SYNC_SENDING:
		return _("sending");
	case SYNC_HUB_BUSY:
		return _("the hub is busy; waiting");
	case SYNC_HUB_WORKS:
		return _("the hub takes what was sent");
	case SYNC_RECEIVING:
		return _("receiving");
	case SYNC_ENDING:
		return _("tidying up");
	}
	return "";
}

static void add_mib(struct buf *out, int64_t bytes)
{
	buf_addf(out, "%.1f", (double)bytes / (1 << 20));
}

/* "sending: 1,2 of 4,0 MiB, about 40 s" */
static void describe(const struct sync_progress *p, const struct sync_report *r, struct buf *out)
{
	bool down = r->stage == SYNC_RECEIVING;
	int64_t done = down ? r->bytes_in : r->bytes_out, all = down ? r->bytes_in_total : r->bytes_out_total;
	int64_t spent = clock_monotonic_ms() - p->began;

	buf_adds(out, words(r));
	if ((r->stage != SYNC_SENDING && !down) || all <= 0)
		return;
	buf_adds(out, ": ");
	add_mib(out, done);
	buf_adds(out, _(" of "));
	add_mib(out, all);
	buf_adds(out, _(" MiB"));
	if (done > 65536 && done < all)
		/* TRANSLATORS: behind "1,2 of 4,0 MiB": seconds that are left */
		buf_addf(out, _(", about %lld s"), (long long)((double)spent / 1000.0 * (double)(all - done) / (double)done + 0.5));
}

static void clear(struct sync_progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}

static void tell_cost(struct sync_progress *p, const struct sync_report *r)
{
	struct buf line = BUF_INIT;

	if (p->told_cost || r->bytes_out_total <= MUCH || r->bytes_out > 0)
		return;
	p->told_cost = true;
	clear(p);
	add_mib(&line, r->bytes_out_total);
	fprintf(stderr, _("livenet: %s MiB are to be sent\n"), line.data);
	buf_release(&line);
}

void sync_progress_tell(void *context, const struct sync_report *r)
{
	struct sync_progress *p = context;
	int64_t now = clock_monotonic_ms();
	struct buf line = BUF_INIT;

	tell_cost(p, r);
	if (!p->terminal || now - p->began < PATIENT_MS || now - p->painted < EVERY_MS)
		return;
	/* While ssh may ask for a passphrase, the line is its own. */
	if (r->stage == SYNC_CONNECTING) {
		clear(p);
		return;
	}
	p->painted = now;
	describe(p, r, &line);
	fprintf(stderr, "\r\033[K%s", line.data);
	fflush(stderr);
	p->shown = true;
	buf_release(&line);
}

void sync_progress_end(struct sync_progress *p)
{
	clear(p);
	fflush(stderr);
}
