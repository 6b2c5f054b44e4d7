#include "screens/consultation_page.h"

#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/consultation.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"

/* The next step: done, or due since when. */
static void show_step(struct page *p, const struct record *r)
{
	const char *date = record_get(r, "next_date");
	char today[DATE_SIZE];

	date_today(today);
	if (record_get(r, "next_step")[0] != '\0' && record_get(r, "next_done")[0] == '\0' && date[0] != '\0' && strcmp(date, today) < 0)
		page_text(p, ROLE_WARNING, _("! the next step is overdue: e enters when it was done, or another date"));
}

static int fill(struct page *p, struct err *e)
{
	struct buf name = BUF_INIT;
	struct record r;
	const char *id;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &consultation_type, id, e) != 0)
		return -1;
	record_name(page_store(p), &consultation_type, id, &name);
	page_title(p, name.data);
	buf_release(&name);
	page_fields(p, &r, r.type->fields[0].name, "next_done");
	show_step(p, &r);
	page_fields(p, &r, "mentor", "programme");
	record_release(&r);
	return page_changes(p, e);
}

static const struct page_class consultation_class = {
	.name = "consultation", .where = IN_MAIN | IN_RECORD, .fill = fill,
};

struct screen *consultation_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &consultation_class, NULL);

	page_about(page_of(page), &consultation_type, id);
	return page;
}
