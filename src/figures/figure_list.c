/* The figures in words. */
#include <string.h>

#include "base/i18n.h"
#include "figures/figure.h"

#define WHO (FIGURE_BY_ROLE | FIGURE_BY_STAGE)
#define SEMINAR (FIGURE_BY_SEMINAR_KIND | FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD)
#define ROLE(code, title_) { .name = code, .kind = "people", .role = code, .title = title_, .computed = N_("people who have this role in the programme, once each"), \
	.type = "person", .section = FIGURES_OF_PEOPLE, .heeds = FIGURE_BY_STAGE | FIGURE_BY_MUNICIPALITY, .once = true }
#define FIGURE(name_, section_, type_, heeds_, once_, title_, computed_) \
	{ .name = name_, .kind = name_, .title = title_, .computed = computed_, .type = type_, .section = section_, .heeds = heeds_, .once = once_ }

const struct figure figure_list[] = {
	/* TRANSLATORS: headings of a report, each before a number of people */
	ROLE("coordinator", N_("Coordinators")),
	ROLE("expert", N_("Regional experts")),
	ROLE("consultant", N_("Local consultants")),
	ROLE("activist", N_("Participants")),
	ROLE("official", N_("Officials of administrations")),
	{ .name = "people_with_role", .kind = "people", .title = N_("People with a role in the programme"), .computed = N_("people who have any role in the programme, once each"),
	    .type = "person", .section = FIGURES_OF_PEOPLE, .heeds = WHO | FIGURE_BY_MUNICIPALITY, .once = true },

	{ .name = "seminars_held", .kind = "seminars", .title = N_("Seminars held"), .computed = N_("marked as held, or somebody was marked present"),
	    .type = "seminar", .section = FIGURES_OF_SEMINARS, .heeds = SEMINAR },
	FIGURE("seminars_planned", FIGURES_OF_SEMINARS, "seminar", SEMINAR, false, N_("Seminars planned"), N_("neither held nor cancelled")),
	FIGURE("seminars_cancelled", FIGURES_OF_SEMINARS, "seminar", SEMINAR, false, N_("Seminars cancelled"), N_("marked as cancelled, and nobody was marked present")),
	FIGURE("reached", FIGURES_OF_SEMINARS, "person", WHO | SEMINAR, true, N_("People reached"), N_("people marked present, once each over all seminars")),
	FIGURE("visits", FIGURES_OF_SEMINARS, "attendance", WHO | SEMINAR, false, N_("Visits"), N_("every mark “present” at every seminar")),
	FIGURE("unnamed", FIGURES_OF_SEMINARS, "seminar", SEMINAR, false, N_("Came without being listed"),
	    N_("the sum of what the seminars say that were not cancelled; not part of people or visits")),

	FIGURE("municipalities_with_consultant", FIGURES_OF_COVERAGE, "municipality", FIGURE_BY_STAGE, true, N_("Municipalities with a consultant"),
	    N_("municipalities of people whose role is consultant, once each")),
	FIGURE("municipalities_with_seminar", FIGURES_OF_COVERAGE, "municipality", FIGURE_BY_SEMINAR_KIND | FIGURE_BY_PERIOD, true, N_("Municipalities with a seminar"),
	    N_("municipalities of the seminars held, once each")),
	FIGURE("municipalities_reached", FIGURES_OF_COVERAGE, "municipality", WHO | FIGURE_BY_SEMINAR_KIND | FIGURE_BY_PERIOD, true, N_("Municipalities that participants come from"),
	    N_("municipalities on the cards of the people reached, once each")),

	FIGURE("mentors", FIGURES_OF_MENTORING, "person", FIGURE_BY_PERIOD, true, N_("Mentors"), N_("people who mentor somebody in the programme, once each")),
	FIGURE("mentees", FIGURES_OF_MENTORING, "person", FIGURE_BY_PERIOD, true, N_("Mentees"), N_("people who have a mentor in the programme, once each")),
	FIGURE("consultations", FIGURES_OF_MENTORING, "consultation", FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD, false, N_("Consultations"),
	    N_("every consultation that was written down in the programme")),
	{ .name = "consultation_minutes", .kind = "consultation_minutes", .title = N_("Hours of consultations"), .unit = FIGURE_MINUTES,
	    .computed = N_("the sum of how long the consultations took; those without a time count nothing"), .type = "consultation",
	    .section = FIGURES_OF_MENTORING, .heeds = FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD },

	FIGURE("applications", FIGURES_OF_TRAINING, "application", FIGURE_BY_ROLE | FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD, false, N_("Applications"),
	    N_("applications to the calls of the programme")),
	FIGURE("selected", FIGURES_OF_TRAINING, "application", FIGURE_BY_ROLE | FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD, false, N_("Applicants selected"),
	    N_("applications that were decided with “selected”")),
	FIGURE("courses", FIGURES_OF_TRAINING, "course", 0, false, N_("Courses"), N_("courses of the programme")),
	FIGURE("enrolled", FIGURES_OF_TRAINING, "enrolment", WHO | FIGURE_BY_MUNICIPALITY, false, N_("Enrolments"), N_("enrolments in the courses, completed or not")),
	FIGURE("trained", FIGURES_OF_TRAINING, "enrolment", WHO | FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD, false, N_("Courses completed"),
	    N_("enrolments that were completed; who completed two courses stands here twice")),
	FIGURE("trained_people", FIGURES_OF_TRAINING, "person", WHO | FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD, true, N_("People trained"),
	    N_("people who completed a course, once each")),
	{ .name = "study_hours", .kind = "study_hours", .title = N_("Hours of training"), .unit = FIGURE_HOURS, .computed = N_("the sum of the hours that the people attended, day by day"),
	    .type = "study_day", .section = FIGURES_OF_TRAINING, .heeds = WHO | FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD },
	FIGURE("certificates", FIGURES_OF_TRAINING, "certificate", WHO | FIGURE_BY_MUNICIPALITY | FIGURE_BY_PERIOD, false, N_("Certificates of participation"),
	    N_("certificates of the fund that were given out")),

	FIGURE("stories", FIGURES_OF_EXCHANGE, "story", FIGURE_BY_MUNICIPALITY, false, N_("Texts of the collection"), N_("stories and practices that were accepted")),
	FIGURE("story_authors", FIGURES_OF_EXCHANGE, "person", FIGURE_BY_MUNICIPALITY, true, N_("Authors of the collection"), N_("authors of the accepted texts, once each")),
	FIGURE("directory", FIGURES_OF_EXCHANGE, "person", WHO | FIGURE_BY_MUNICIPALITY, true, N_("People in the directory"),
	    N_("people who have an entry and consented to it, once each")),
	FIGURE("questions", FIGURES_OF_EXCHANGE, "question", FIGURE_BY_PERIOD, false, N_("Questions to experts"), N_("questions that were asked in the programme")),
	FIGURE("answers", FIGURES_OF_EXCHANGE, "question", FIGURE_BY_PERIOD, false, N_("Questions answered"), N_("questions that have an answer")),
	FIGURE("letters", FIGURES_OF_EXCHANGE, "award", FIGURE_BY_PERIOD, false, N_("Letters of thanks"), N_("letters of thanks that were given out")),

	FIGURE("leads", FIGURES_OF_PASSING_ON, "person", WHO | SEMINAR, true, N_("People who led a seminar"), N_("leads of the seminars held, alone or with others, once each")),
	FIGURE("passed_on", FIGURES_OF_PASSING_ON, "person", WHO | SEMINAR, true, N_("Leads who first came as participants"),
	    N_("leads of a seminar held who had been marked present at a seminar on an earlier day, once each")),
	FIGURE("mentees_who_mentor", FIGURES_OF_PASSING_ON, "person", FIGURE_BY_PERIOD, true, N_("Mentees who became mentors"),
	    N_("people who have a mentor in the programme and mentor somebody in it, once each")),
	{ .name = NULL }
};

#define KIND(name, title) { name, title, NULL }

const struct choice figure_kinds[] = {
	/* TRANSLATORS: what an indicator counts */
	KIND("people", N_("people with a role")), KIND("reached", N_("people reached")), KIND("visits", N_("visits")), KIND("unnamed", N_("came without being listed")),
	KIND("seminars", N_("seminars held")), KIND("seminars_planned", N_("seminars planned")), KIND("seminars_cancelled", N_("seminars cancelled")),
	KIND("municipalities_with_consultant", N_("municipalities with a consultant")), KIND("municipalities_with_seminar", N_("municipalities with a seminar")),
	KIND("municipalities_reached", N_("municipalities that participants come from")),
	KIND("mentors", N_("mentors")), KIND("mentees", N_("mentees")), KIND("consultations", N_("consultations")), KIND("consultation_minutes", N_("minutes of consultations")),
	KIND("applications", N_("applications")), KIND("selected", N_("applicants selected")), KIND("courses", N_("courses")), KIND("enrolled", N_("enrolments")),
	KIND("trained", N_("courses completed")), KIND("trained_people", N_("people trained")), KIND("study_hours", N_("hours of training")),
	KIND("certificates", N_("certificates of participation")), KIND("stories", N_("texts of the collection")), KIND("story_authors", N_("authors of the collection")),
	KIND("directory", N_("people in the directory")), KIND("questions", N_("questions to experts")), KIND("answers", N_("questions answered")),
	KIND("letters", N_("letters of thanks")), KIND("leads", N_("people who led a seminar")), KIND("passed_on", N_("leads who first came as participants")),
	KIND("mentees_who_mentor", N_("mentees who became mentors")),
	{ NULL, NULL, NULL }
};

const char *figure_section_title(enum figure_section section)
{
	static const char *const titles[FIGURE_SECTIONS] = {
		[FIGURES_OF_PEOPLE] = N_("People by role"), [FIGURES_OF_SEMINARS] = N_("Seminars and who came"), [FIGURES_OF_COVERAGE] = N_("Municipalities"),
		[FIGURES_OF_MENTORING] = N_("Mentoring and consultations"), [FIGURES_OF_TRAINING] = N_("Selection and training"),
		/* TRANSLATORS: the collection of stories, questions to experts, letters of thanks */
		[FIGURES_OF_EXCHANGE] = N_("Collection, exchange, thanks"),
		/* TRANSLATORS: what participants and mentees learned goes on to others */
		[FIGURES_OF_PASSING_ON] = N_("Passing it on"),
	};
	return _(titles[section]);
}

const struct figure *figure_find(const char *name)
{
	for (const struct figure *f = figure_list; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

const struct figure *figure_of_kind(const char *kind)
{
	for (const struct figure *f = figure_list; f->name; f++)
		if (!f->role && strcmp(f->kind, kind) == 0)
			return f;
	return NULL;
}

void figure_show(const struct figure *f, int64_t value, struct buf *out)
{
	enum { HOUR = 60 };
	switch (f->unit) {
	case FIGURE_NUMBER:
		buf_addi(out, value);
		break;
	case FIGURE_MINUTES:
		/* TRANSLATORS: hours and minutes: «12 ч 05 мин» */
		buf_addf(out, _("%lld h %02lld min"), (long long)(value / HOUR), (long long)(value % HOUR));
		break;
	case FIGURE_HOURS:
		/* TRANSLATORS: hours: «72 ч» */
		buf_addf(out, _("%lld h"), (long long)value);
		break;
	}
}
