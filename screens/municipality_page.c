#include "screens/municipality_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "records/consultation.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/place_links.h"
#include "screens/parts/loop.h"
#include "screens/parts/page.h"
#include "screens/parts/page_links.h"
#include "screens/people.h"
#include "screens/parts/words.h"

#define PEOPLE "people"

static void staff_words(const struct link *l, struct buf *text, struct buf *hint)
{
	buf_adds(text, l->name);
	words_choice(person_roles, l->code, hint);
}

static void contact_words(const struct link *l, struct buf *text, struct buf *hint)
{
	page_date(l->date, text);
	buf_addf(text, "  %s", l->name[0] != '\0' ? l->name : _("without a topic"));
	words_choice(consultation_forms, l->code, hint);
	if (l->other[0] != '\0')
		buf_adds(hint, ", ");
	words_initials(l->other, hint);
}

static int fill(struct page *p, struct err *e)
{
	const struct page_links lists[] = {
		{ _("Who works here"), _("nobody yet"), municipality_staff, &person_type, staff_words },
		{ _("Seminars"), _("none yet"), municipality_seminars, &seminar_type, page_seminar_words },
		{ _("Contacts with the administration"), NULL, municipality_contacts, &consultation_type, contact_words },
	};
	const char *code = page_context(p);
	struct municipality_facts facts;
	struct buf words = BUF_INIT;

	if (municipality_facts(page_store(p), code, &facts, e) != 0)
		return -1;
	municipality_name(page_store(p), code, &words);
	page_title(p, words.data);
	/* TRANSLATORS: the two kinds of municipality: «муниципальный район», «городской округ» */
	page_field(p, _("Kind"), strcmp(facts.kind, "city_okrug") == 0 ? _("city okrug") : _("municipal district"));
	page_field(p, _("Centre"), facts.centre);
	page_field(p, _("OKTMO code"), code);
	buf_reset(&words);
	if (facts.successor[0] != '\0') {
		municipality_name(page_store(p), facts.successor, &words);
		page_field(p, _("Successor"), words.data);
		buf_reset(&words);
	}
	buf_addf(&words, P_("%lld person", "%lld people", facts.people), (long long)facts.people);
	page_choice(p, words.data, _("all of them in a list"), PEOPLE);
	buf_release(&words);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (page_links(p, &lists[i], code, e) != 0)
			return -1;
	return 0;
}

static unsigned open_people(struct page *p, const char *key)
{
	(void)key;
	loop_push(page_loop(p), people_open_in(page_store(p), page_context(p)));
	return DID_CHANGE;
}

static void release(struct page *p)
{
	free(page_context(p));
}

static const struct page_class municipality_class = {
	.name = "municipality", .where = IN_MAIN, .fill = fill, .open = open_people, .release = release,
};

struct screen *municipality_page_open(struct store *s, const char *code)
{
	return page_open(s, &municipality_class, mem_dup(code));
}
