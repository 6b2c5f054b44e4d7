/* The figures in words. */
#include <string.h>

#include "base/i18n.h"
#include "records/indicator.h"

#define ROLE(code, place, title_) { .name = code, .title = title_, .computed = N_("people who have this role in the programme, once each"), \
	.offset = offsetof(struct indicators, people) + (place) * sizeof(int64_t) }
#define FIGURE(member, title_, computed_) { .name = #member, .title = title_, .computed = computed_, .offset = offsetof(struct indicators, member) }

const struct indicator indicator_list[] = {
	/* TRANSLATORS: headings of a report, each before a number of people */
	ROLE("coordinator", 0, N_("Coordinators")),
	ROLE("expert", 1, N_("Regional experts")),
	ROLE("consultant", 2, N_("Local consultants")),
	ROLE("activist", 3, N_("Participants")),
	ROLE("official", 4, N_("Officials of administrations")),
	FIGURE(seminars_planned, N_("Seminars planned"), N_("neither held nor cancelled")),
	FIGURE(seminars_held, N_("Seminars held"), N_("marked as held, or somebody was marked present")),
	FIGURE(visits, N_("Visits"), N_("every mark “present” at every seminar")),
	FIGURE(reached, N_("People reached"), N_("people marked present, once each over all seminars")),
	FIGURE(unnamed, N_("Came without being listed"), N_("the sum of what the seminars say; not part of people or visits")),
	FIGURE(municipalities_with_consultant, N_("Municipalities with a consultant"), N_("municipalities of people whose role is consultant")),
	FIGURE(municipalities_with_seminar, N_("Municipalities with a seminar"), N_("municipalities of the seminars held")),
	FIGURE(consultations, N_("Consultations"), N_("every consultation that was written down in the programme")),
	{ .name = "consultation_minutes", .title = N_("Hours of consultations"), .minutes = true,
	    .computed = N_("the sum of how long the consultations took; those without a time count nothing"),
	    .offset = offsetof(struct indicators, consultation_minutes) },
	{ NULL, NULL, NULL, false, 0 }
};

const struct indicator *indicator_find(const char *name)
{
	for (const struct indicator *i = indicator_list; i->name; i++)
		if (strcmp(i->name, name) == 0)
			return i;
	return NULL;
}

int64_t indicator_value(const struct indicators *i, const struct indicator *which)
{
	int64_t value;
	memcpy(&value, (const char *)i + which->offset, sizeof value);
	return value;
}

void indicator_show(const struct indicators *i, const struct indicator *which, struct buf *out)
{
	enum { HOUR = 60 };
	int64_t value = indicator_value(i, which);
	if (!which->minutes)
		buf_addi(out, value);
	else
		/* TRANSLATORS: hours and minutes: «12 ч 05 мин» */
		buf_addf(out, _("%lld h %02lld min"), (long long)(value / HOUR), (long long)(value % HOUR));
}
