/* Who has not exchanged since when, as the first page of a report says it. */
#include <string.h>

#include "base/mem.h"
#include "sync/hub.h"
#include "sync/sync.h"

/* Devices that are at work: who was suspended, retired or revoked sends no more. */
static int add_device(void *context, const struct hub_device *d, struct err *e)
{
	struct report_standing *out = context;

	(void)e;
	if (strcmp(d->state, "approved") != 0 && strcmp(d->state, "active") != 0)
		return 0;
	out->device = mem_resize(out->device, (size_t)out->devices + 1, sizeof *out->device);
	out->device[out->devices++] = (struct report_device){ .name = mem_dup(d->label), .tag = mem_dup(d->tag), .person = mem_dup(d->person),
	    .role = mem_dup(d->role), .municipality = mem_dup(d->municipality), .heard_ms = d->last_heard_ms };
	return 0;
}

int sync_standing(struct store *s, struct report_standing *out, struct err *e)
{
	struct sync_status status;

	*out = (struct report_standing){ .region = hub_is(s) };
	if (out->region) {
		out->hub = store_setting(s, "hub");
		return hub_roster_each(s, add_device, out, e);
	}
	if (sync_status(s, &status, e) != 0)
		return -1;
	if (status.joined)
		out->hub = mem_dup(status.hub_name);
	out->unsent = status.unsent;
	out->last_sync_ms = status.last_sync_ms;
	return 0;
}
