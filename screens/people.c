#include "screens/people.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "records/person.h"
#include "screens/cards.h"
#include "screens/consent.h"
#include "screens/course_work.h"
#include "screens/doubles.h"
#include "screens/invite.h"
#include "screens/mentee.h"
#include "screens/parts/register.h"
#include "screens/seminar_papers.h"
#include "screens/stage.h"
#include "screens/parts/words.h"

enum { MINE, ALL, PARTS };

static void show_stage(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(person_stages, register_cell(r, row, PEOPLE_STAGE), out);
}

static void show_role(const struct register_screen *r, int row, struct buf *out)
{
	words_choice(person_roles, register_cell(r, row, PEOPLE_ROLE), out);
}

/* Of a mentee it says something that there was no meeting yet; of everybody else it would be noise. */
static void show_last_met(const struct register_screen *r, int row, struct buf *out)
{
	const char *day = register_cell(r, row, PEOPLE_LAST_MET);

	if (day[0] != '\0' || register_shown_part(r) == MINE)
		words_day(day, register_today(r), out);
}

static void show_phone(const struct register_screen *r, int row, struct buf *out)
{
	text_phone_pretty(register_cell(r, row, PEOPLE_PHONE), out);
}

/* TRANSLATORS: what a list is sorted by; an arrow follows. Of people: by surname */
#define BY_SURNAME N_("by surname")
#define BY_ORGANISATION N_("by organisation")
#define BY_MUNICIPALITY N_("by municipality")
#define BY_STAGE N_("by stage")
#define BY_ROLE N_("by role")
#define BY_LAST_MET N_("by last meeting")
#define BY_PHONE N_("by phone")
#define BY_POST N_("by post")
/* TRANSLATORS: date of the last meeting, a narrow column */
#define LAST_MET N_("Last met")

/* Mentees are followed through the programme's stages; of everybody else the role tells more. */
static const struct register_column mine_columns[] = {
	{ PEOPLE_NAME, { N_("Full name"), 19, 36, 1, false, words_short_name }, BY_SURNAME, false, NULL },
	{ PEOPLE_ORGANISATION, { N_("Organisation"), 14, 26, 3, false, NULL }, BY_ORGANISATION, false, NULL },
	{ PEOPLE_MUNICIPALITY, { N_("Municipality"), 12, 22, 4, false, NULL }, BY_MUNICIPALITY, false, NULL },
	{ PEOPLE_STAGE, { N_("Stage"), 16, 18, 2, false, NULL }, BY_STAGE, false, show_stage },
	{ PEOPLE_ROLE, { N_("Role"), 12, 24, 7, false, NULL }, BY_ROLE, false, show_role },
	{ PEOPLE_LAST_MET, { LAST_MET, 8, 8, 5, false, NULL }, BY_LAST_MET, true, show_last_met },
	{ PEOPLE_PHONE, { N_("Phone"), 16, 16, 6, false, NULL }, BY_PHONE, false, show_phone },
	{ PEOPLE_POST, { N_("Post"), 14, 30, 8, false, NULL }, BY_POST, false, NULL },
};

static const struct register_column all_columns[] = {
	{ PEOPLE_NAME, { N_("Full name"), 19, 36, 1, false, words_short_name }, BY_SURNAME, false, NULL },
	{ PEOPLE_ORGANISATION, { N_("Organisation"), 16, 26, 3, false, NULL }, BY_ORGANISATION, false, NULL },
	{ PEOPLE_MUNICIPALITY, { N_("Municipality"), 14, 22, 4, false, NULL }, BY_MUNICIPALITY, false, NULL },
	{ PEOPLE_ROLE, { N_("Role"), 12, 24, 2, false, NULL }, BY_ROLE, false, show_role },
	{ PEOPLE_STAGE, { N_("Stage"), 16, 18, 8, false, NULL }, BY_STAGE, false, show_stage },
	{ PEOPLE_LAST_MET, { LAST_MET, 8, 8, 5, false, NULL }, BY_LAST_MET, true, show_last_met },
	{ PEOPLE_PHONE, { N_("Phone"), 16, 16, 6, false, NULL }, BY_PHONE, false, show_phone },
	{ PEOPLE_POST, { N_("Post"), 14, 30, 7, false, NULL }, BY_POST, false, NULL },
};

static const struct register_part parts[PARTS] = {
	[MINE] = { .title = N_("Mentees"), .facet = PEOPLE_BY_MINE, .value = "yes", .columns = mine_columns, .count = PEOPLE_COLUMNS,
		.none = N_("No mentees yet: Tab shows everybody, m makes somebody a mentee.") },
	[ALL] = { .title = N_("People"), .facet = -1, .columns = all_columns, .count = PEOPLE_COLUMNS,
		.none = N_("Nobody yet. Press n to enter the first person, or I to take in a list.") },
};

static const int facets[] = { PEOPLE_BY_STAGE, PEOPLE_BY_MUNICIPALITY, PEOPLE_BY_ROLE };

static int64_t count_mine(struct store *s)
{
	struct listing_view *v = listing_open(s, &people_listing);
	struct err e = ERR_INIT;
	int64_t count = 0;

	listing_facet(v, PEOPLE_BY_MINE, "yes");
	if (listing_count(v, &count, &e) != 0)
		count = 0;
	listing_close(v);
	return count;
}

/* Somebody without mentees begins with everybody. */
static int begin(struct store *s)
{
	return count_mine(s) > 0 ? MINE : ALL;
}

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld person", "%lld people", n), (long long)n);
}

static void elsewhere(int64_t n, struct buf *out)
{
	buf_addf(out, _("No mentee is found by these words; among all people: %lld (Tab)"), (long long)n);
}

static void consult(struct register_screen *r)
{
	const struct card_start start[] = { { "mentee", register_selected(r) }, { NULL, NULL } };

	cards_edit(register_loop(r), &consultation_type, "", start);
}

/* With those that are marked, or with the one at the marker. */
static void with_chosen(struct register_screen *r, void (*ask)(struct loop *l, const char *const *persons, int count))
{
	struct err e = ERR_INIT;
	int n;
	const char **ids = list_chosen(register_list(r), &n, &e);

	if (ids != NULL)
		ask(register_loop(r), ids, n);
	else
		loop_problem(register_loop(r), &e);
	free(ids);
}

static unsigned act(struct register_screen *r, enum action action)
{
	struct loop *l = register_loop(r);

	switch (action) {
	case ACTION_PART:
		if (register_shown_part(r) == MINE || count_mine(l->store) > 0)
			return DID_NOTHING;
		loop_message(l, "%s", _("you have no mentees yet: m makes the person at the marker one"));
		break;
	case ACTION_CONSULT: consult(r); break;
	case ACTION_MENTEE: mentee_change(l, register_selected(r)); break;
	case ACTION_JOIN_CARDS: doubles_ask(l, register_selected(r)); break;
	case ACTION_DOUBLES: loop_push(l, doubles_open(l->store)); break;
	case ACTION_STAGE: with_chosen(r, stage_ask); break;
	case ACTION_ENROL: with_chosen(r, course_enrol_people); break;
	case ACTION_INVITE: with_chosen(r, invite_ask); break;
	case ACTION_CONSENT: with_chosen(r, consent_ask); break;
	case ACTION_PAPER:
		if (register_selected(r)[0] != '\0')
			with_chosen(r, consent_papers_ask);
		break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static const struct register_class people = {
	.name = "people", .place = IN_PEOPLE, .listing = &people_listing, .type = &person_type, .part = parts, .parts = PARTS, .begin = begin,
	.facets = facets, .facets_count = sizeof facets / sizeof facets[0], .order = PEOPLE_NAME, .count = count,
	.not_found = N_("Nobody is found by these words."), .nowhere = N_("Nobody is found by these words, among all people neither."),
	.elsewhere = elsewhere, .act = act,
};

struct screen *people_open(struct store *s)
{
	return register_open(s, &people);
}

struct screen *people_open_in(struct store *s, const char *municipality)
{
	struct screen *screen = people_open(s);

	register_narrow(screen, PEOPLE_BY_MUNICIPALITY, municipality);
	return screen;
}
