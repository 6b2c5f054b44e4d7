#include "screens/organisation_page.h"

#include <stdio.h>

#include "base/i18n.h"
#include "records/municipality.h"
#include "records/place_links.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/parts/page_links.h"

static void person_words(const struct link *l, struct buf *text, struct buf *hint)
{
	buf_adds(text, l->name);
	buf_adds(hint, l->code);
}

static int fill(struct page *p, struct err *e)
{
	const struct page_links people = { _("People"), _("nobody yet"), organisation_people, &person_type, person_words };
	const struct page_links seminars = { _("Seminars in its municipality"), NULL, municipality_seminars, &seminar_type, page_seminar_words };
	char municipality[MUNICIPALITY_CODE_SIZE];
	struct record r;
	const char *id;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &organisation_type, id, e) != 0)
		return -1;
	page_title(p, record_get(&r, "name"));
	page_fields(p, &r, "municipality", "note");
	snprintf(municipality, sizeof municipality, "%s", record_get(&r, "municipality"));
	record_release(&r);
	if (page_links(p, &people, id, e) != 0 || (municipality[0] != '\0' && page_links(p, &seminars, municipality, e) != 0))
		return -1;
	return page_changes(p, e);
}

static const struct page_class organisation_class = {
	.name = "organisation", .where = IN_MAIN | IN_RECORD, .fill = fill,
};

struct screen *organisation_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &organisation_class, NULL);

	page_about(page_of(page), &organisation_type, id);
	return page;
}
