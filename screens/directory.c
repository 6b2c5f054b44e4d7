#include "screens/directory.h"

#include "base/i18n.h"
#include "base/text.h"
#include "records/directory.h"
#include "screens/directory_page.h"
#include "screens/parts/register.h"

static void show_contacts(const struct register_screen *r, int row, struct buf *out)
{
	const char *phone = register_cell(r, row, DIRECTORY_PHONE), *email = register_cell(r, row, DIRECTORY_EMAIL);

	if (register_cell(r, row, DIRECTORY_SEEN)[0] == '\0') {
		/* TRANSLATORS: of an entry in the directory, in place of the contacts: others do not see it, a narrow column */
		buf_adds(out, _("! no consent"));
		return;
	}
	if (phone[0] != '\0')
		text_phone_pretty(phone, out);
	if (email[0] != '\0')
		buf_addf(out, "%s%s", out->len > 0 ? ", " : "", email);
}

static const struct register_column columns[] = {
	{ DIRECTORY_PERSON, { N_("Full name"), 18, 34, 1, false, NULL }, N_("by name"), false, NULL },
	{ DIRECTORY_TOPICS, { N_("Topics"), 16, 50, 2, false, NULL }, N_("by topics"), false, NULL },
	{ DIRECTORY_MUNICIPALITY, { N_("Municipality"), 14, 24, 4, false, NULL }, N_("by municipality"), false, NULL },
	/* TRANSLATORS: telephone and e-mail */
	{ DIRECTORY_PHONE, { N_("Contacts"), 16, 44, 3, false, NULL }, N_("by telephone"), false, show_contacts },
};

enum { COLUMNS = sizeof columns / sizeof columns[0] };

static const struct register_part parts[] = {
	{ .title = N_("The directory"), .facet = DIRECTORY_BY_OPEN, .value = "yes", .columns = columns, .count = COLUMNS,
		.none = N_("Nobody stands in the directory yet. Press n to enter somebody; others see an entry once its person has consented.") },
	/* TRANSLATORS: of the directory: also entries that others do not see, for want of a consent */
	{ .title = N_("The directory, with those who have not consented"), .facet = -1, .columns = columns, .count = COLUMNS,
		.none = N_("Nobody stands in the directory yet. Press n to enter somebody.") },
};

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld entry", "%lld entries", n), (long long)n);
}

static void elsewhere(int64_t n, struct buf *out)
{
	buf_addf(out, _("Nobody of these is found by these words; among all entries: %lld (Tab)"), (long long)n);
}

static unsigned act(struct register_screen *r, enum action action)
{
	const char *id = action == ACTION_ASK ? register_selected(r) : "";

	if (action != ACTION_ASK)
		return DID_NOTHING;
	return id[0] != '\0' ? directory_ask(register_loop(r), id) : DID_CHANGE;
}

static const int facets[] = { DIRECTORY_BY_MUNICIPALITY, DIRECTORY_BY_ROLE };

static const struct register_class directory = {
	.name = "directory", .place = IN_DIRECTORY, .listing = &directory_listing, .type = &directory_type, .part = parts, .parts = 2,
	.facets = facets, .facets_count = 2, .order = DIRECTORY_PERSON, .count = count,
	.not_found = N_("Nobody is found by these words."),
	.elsewhere = elsewhere, .act = act,
};

struct screen *directory_screen_open(struct store *s)
{
	return register_open(s, &directory);
}
