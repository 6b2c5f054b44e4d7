#include "screens/criterion_page.h"

#include "base/i18n.h"
#include "records/criterion.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"

static int fill(struct page *p, struct err *e)
{
	struct record r;
	const char *id;

	page_record(p, &id);
	if (record_load(page_store(p), &r, &criterion_type, id, e) != 0)
		return -1;
	page_title(p, record_get(&r, "title"));
	page_fields(p, &r, "weight", "programme");
	if (record_get(&r, "call")[0] == '\0')
		page_note(p, _("It counts for every call of the programme."));
	record_release(&r);
	return page_changes(p, e);
}

static const struct page_class criterion_class = {
	.name = "criterion", .where = IN_MAIN | IN_RECORD, .fill = fill,
};

struct screen *criterion_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &criterion_class, NULL);

	page_about(page_of(page), &criterion_type, id);
	return page;
}
