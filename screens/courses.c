#include "screens/courses.h"

#include "base/i18n.h"
#include "records/record.h"
#include "screens/parts/register.h"

static const struct register_column columns[] = {
	{ COURSES_TITLE, { N_("Title"), 20, 60, 1, false, NULL }, N_("by title"), false, NULL },
	/* TRANSLATORS: who gives a course: a university, a training centre */
	{ COURSES_PROVIDER, { N_("Provider"), 14, 40, 3, false, NULL }, N_("by provider"), false, NULL },
	{ COURSES_HOURS, { N_("Hours"), 6, 6, 4, true, NULL }, N_("by hours"), true, NULL },
	/* TRANSLATORS: how many people are on a course, a narrow column */
	{ COURSES_ENROLLED, { N_("Enrolled"), 9, 9, 2, true, NULL }, N_("by how many are enrolled"), true, NULL },
	/* TRANSLATORS: how many people have completed a course, a narrow column */
	{ COURSES_COMPLETED, { N_("Completed"), 9, 9, 2, true, NULL }, N_("by how many have completed it"), true, NULL },
};

static const struct register_part parts[] = {
	{ .title = N_("Training"), .facet = -1, .columns = columns, .count = sizeof columns / sizeof columns[0],
		.none = N_("No courses yet. Press n to enter the first one.") },
};

static void count(int64_t n, struct buf *out)
{
	buf_addf(out, P_("%lld course", "%lld courses", n), (long long)n);
}

static const struct register_class courses = {
	.name = "courses", .place = IN_COURSES, .listing = &courses_listing, .type = &course_type, .part = parts, .parts = 1,
	.order = COURSES_TITLE, .count = count,
	.not_found = N_("No course is found by these words."),
};

struct screen *courses_open(struct store *s)
{
	return register_open(s, &courses);
}
