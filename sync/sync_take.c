/* What the hub sent, as a device takes it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "sync/intake.h"
#include "sync/sync_job.h"

static void note_problem(struct sync_report *r, const char *path, const char *problem)
{
	const char *name = strrchr(path, '/');
	struct buf text = BUF_INIT;

	name = name != NULL ? name + 1 : path;
	text_escape(name, strlen(name), &text);
	buf_adds(&text, ": ");
	text_escape(problem, strlen(problem), &text);
	snprintf(r->problem, sizeof r->problem, "%s", text.data);
	buf_release(&text);
}

/* Counts what became of a file; true when it need not be kept where it is. */
static bool count(const struct sync_job *j, const struct intake *in, const char *path)
{
	struct sync_report *r = j->report;

	switch (in->outcome) {
	case INTAKE_TAKEN:
		r->bundles_read++;
		r->operations_received += in->accepted;
		r->missing = 0;
		return true;
	case INTAKE_KNOWN:
		return !j->way->keeps_known;
	case INTAKE_PARKED:
		r->bundles_parked++;
		r->missing = (int)in->missing;
		return true;
	case INTAKE_FULL:
		r->missing = (int)in->missing;
		return false;
	case INTAKE_REFUSED:
		r->bundles_refused++;
		note_problem(r, path, in->problem);
		return !in->stays;
	case INTAKE_UNREAD:
		r->bundles_unread++;
		note_problem(r, path, in->problem);
		return false;
	case INTAKE_STALE:
		r->anew = true;
		return false;
	case INTAKE_REQUEST:
		note_problem(r, path, in->problem);
		return false;
	}
	return false;
}

int sync_take(struct sync_job *j, const char *path, bool *taken, struct err *e)
{
	struct intake in = { .seen = &j->report->operations_seen };

	if (intake_file(j->s, path, &in, e) != 0)
		return -1;
	if (count(j, &in, path))
		unlink(path);
	*taken = in.outcome == INTAKE_TAKEN;
	return 0;
}

int sync_take_parked(struct sync_job *j, struct err *e)
{
	struct intake in = { .seen = &j->report->operations_seen };
	int more = intake_parked(j->s, j->hub.pub.id, &in, e);

	if (more == 1)
		count(j, &in, j->hub.pub.id);
	return more;
}
