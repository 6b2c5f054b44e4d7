#include "screens/programme_page.h"

#include <string.h>

#include "base/i18n.h"
#include "records/programme.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/programme_act.h"
#include "screens/texts.h"

/* What stands over the fields: that it is the one whose records are seen everywhere, or how to see them. */
static int show_state(struct page *p, const struct record *r, struct err *e)
{
	char current[RECORD_ID_SIZE];

	if (programme_current(page_store(p), current, e) != 0)
		return -1;
	if (strcmp(record_get(r, "state"), "closed") == 0)
		page_text(p, ROLE_WARNING, _("closed: what belongs to it can only be read; X opens it again"));
	page_text(p, ROLE_MUTED, strcmp(current, r->id) == 0 ? _("Lists, counts and reports show this programme.") :
	    _("Lists, counts and reports show another programme; V shows this one."));
	return 0;
}

static int show_amounts(struct page *p, const char *id, struct err *e)
{
	struct programme_amounts a;

	if (programme_count(page_store(p), id, &a, e) != 0)
		return -1;
	page_heading(p, _("What belongs to it"));
	page_number(p, _("Seminars"), a.seminars);
	page_number(p, _("Consultations"), a.consultations);
	page_number(p, _("People with a role"), a.people);
	page_number(p, _("Courses"), a.courses);
	page_number(p, _("Calls for applications"), a.calls);
	page_number(p, _("Texts of the collection"), a.stories);
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	struct record r;
	const char *id;
	int rc;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &programme_type, id, e) != 0)
		return -1;
	page_title(p, record_get(&r, "title"));
	rc = show_state(p, &r, e);
	if (rc == 0)
		page_fields(p, &r, "title", "signatory_post");
	record_release(&r);
	if (rc != 0 || show_amounts(p, id, e) != 0 || texts_fill(p, e) != 0)
		return -1;
	return page_changes(p, e);
}

static unsigned act(struct page *p, enum action action)
{
	const char *id;

	if (!programme_acts(action))
		return DID_NOTHING;
	page_record(p, &id);
	return programme_act(page_loop(p), id, action);
}

static const struct page_class programme_class = {
	.name = "programme", .where = IN_MAIN | IN_RECORD | IN_PROGRAMME, .fill = fill, .open = texts_open, .act = act,
};

struct screen *programme_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &programme_class, NULL);

	page_about(page_of(page), &programme_type, id);
	return page;
}
