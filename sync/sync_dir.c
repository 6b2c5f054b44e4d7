/* A folder as the way to the hub, at the device's end (transport_dir.h). */
#include <stdlib.h>
#include <unistd.h>

#include "base/fsutil.h"
#include "base/mem.h"
#include "sync/intake.h"
#include "sync/outbox.h"
#include "sync/sync_job.h"
#include "sync/transport_dir.h"

struct dir {
	struct transport t;
	char *box;			/* our folder in the inbox, once it was made and cleared */
};

static int open_dir(struct sync_job *j, struct err *e)
{
	struct dir *d = j->line = mem_zero(1, sizeof *d);

	return transport_open(&d->t, j->via, j->hub.pub.id, e);
}

static void close_dir(struct sync_job *j)
{
	struct dir *d = j->line;

	if (d != NULL)
		free(d->box);
	free(d);
}

static char *arrived(struct sync_job *j, struct err *e)
{
	struct dir *d = j->line;

	return transport_path(&d->t, "outbox", store_identity(j->s)->pub.id, e);
}

/* Our own bundles that have their receipt need not lie there any more. */
static int remove_receipted(void *context, const char *path, struct err *e)
{
	struct sync_job *j = context;
	struct metadata m;
	int done = intake_claims(path, &m) ? outbox_is_done(j->s, &j->hub, &m, e) : 0;

	if (done == 1)
		unlink(path);
	return done < 0 ? -1 : 0;
}

static int make_box(struct sync_job *j, struct dir *d, struct err *e)
{
	d->box = transport_make(&d->t, "inbox", store_identity(j->s)->pub.id, e);
	if (d->box == NULL)
		return -1;
	transport_tidy(d->box);
	return transport_each(d->box, remove_receipted, j, e);
}

static enum sync_state carry(struct sync_job *j, struct err *e)
{
	struct dir *d = j->line;
	struct outbox_bundle b;
	struct buf file = BUF_INIT;
	int64_t size = 0;
	bool written = false;
	int found;

	j->report->stage = SYNC_SENDING;
	if (d->box == NULL)
		return make_box(j, d, e) == 0 ? SYNC_MORE : SYNC_FAILED;
	found = outbox_next(j->s, &j->hub, j->sent, &b, &size, &file, e);
	if (found == 1 && transport_put(&d->t, d->box, b.seq, file.data, file.len, &written, e) != 0)
		found = -1;
	buf_release(&file);
	if (found <= 0)
		return found == 0 ? SYNC_DONE : SYNC_FAILED;
	j->sent = b.seq;
	j->report->bundles_written += written;
	j->report->bytes_out += size;
	return SYNC_MORE;
}

/* The request lies in the folder itself, where the hub looks for it. */
static enum sync_state request(struct sync_job *j, struct err *e)
{
	struct buf file = BUF_INIT, name = BUF_INIT;
	char *path;
	int result;

	buf_addf(&name, "%s.join", store_identity(j->s)->pub.tag);
	path = fs_join(j->via, name.data);
	result = sync_join_anew(j->s, &file, e);
	if (result == 0)
		result = fs_write(path, file.data, file.len, 0644, e);
	free(path);
	buf_release(&name);
	buf_release(&file);
	return result == 0 ? SYNC_DONE : SYNC_FAILED;
}

const struct sync_way sync_dir = {
	.open = open_dir, .arrived = arrived, .carry = carry, .request = request, .close = close_dir, .keeps_known = true,
};
