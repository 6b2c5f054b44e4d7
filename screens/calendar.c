#include "screens/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/calendar.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"

struct calendar_paper { struct loop *loop; bool all; };

static int make(struct store *s, void *context, struct buf *out, struct err *e)
{
	const struct calendar_paper *p = context;
	struct consent_gate gate;
	struct buf words = BUF_INIT;
	int rc;

	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	rc = calendar_make(s, p->all, &gate, out, e);
	if (rc == 0)
		consent_gate_words(&gate, 3, &words);
	if (words.len > 0)
		loop_message(p->loop, "%s", words.data);
	consent_gate_close(&gate);
	buf_release(&words);
	return rc;
}

static unsigned chosen(void *context, const char *const *values, int count)
{
	struct calendar_paper *p = context;
	struct buf file = BUF_INIT;
	unsigned did;

	if (count == 0) {
		free(p);
		return DID_CHANGE;
	}
	p->all = strcmp(values[0], "all") == 0;
	/* TRANSLATORS: the name of a file */
	buf_addf(&file, "%s.ics", _("calendar"));
	did = output_offer(p->loop, &(struct output){ .title = _("Calendar"), .file = file.data, .personal = true, .make = make, .context = p, .release = free });
	buf_release(&file);
	return did;
}

void calendar_ask(struct loop *l)
{
	struct calendar_paper *p = mem_zero(1, sizeof *p);
	struct screen *pick = pick_open(_("A calendar of planned seminars and next steps"), chosen, p);

	p->loop = l;
	/* TRANSLATORS: whose plans the calendar has */
	pick_add(pick, "mine", _("my own"), "");
	pick_add(pick, "all", _("everybody's"), "");
	loop_push(l, pick);
}
