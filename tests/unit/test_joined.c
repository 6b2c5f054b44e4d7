/* Cards that are joined: the sets, what they are shown under, what is counted and listed once; and that two devices and a hub agree. */
#include "tests/unit/region.h"

#include "base/mem.h"
#include "figures/activity.h"
#include "figures/coverage.h"
#include "figures/figure.h"
#include "records/consent.h"
#include "records/course.h"
#include "records/person_link.h"
#include "records/person_links.h"
#include "records/seminar.h"
#include "store/erase.h"

static struct store *s;
static char card[8][RECORD_ID_SIZE];

static void begin(int cards)
{
	s = new_store();
	REQUIRE(s != NULL);
	for (int i = 0; i < cards; i++)
		make(s, &person_type, card[i], "name", "Галимова Айгуль Рустамовна", "municipality", BURAEVO, NULL);
}

static void end(void)
{
	region_sound(s);
	store_close(s);
}

static void join(int a, int b)
{
	struct err e = ERR_INIT;
	if (!CHECK_INT(person_join(s, card[a], card[b], &e), 0))
		test_note("%s", e.text);
}

static void part(int a, int b, bool still_want)
{
	struct err e = ERR_INIT;
	bool still = !still_want;
	if (!CHECK_INT(person_part(s, card[a], card[b], &still, &e), 0))
		test_note("%s", e.text);
	CHECK(still == still_want);
}

static void shown(int a, int want)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	REQUIRE_OK(joined_shown(s, card[a], id, &e));
	CHECK_STR(id, card[want]);
}

static void test_sets(void)
{
	struct err e = ERR_INIT;
	bool still;
	begin(6);
	shown(0, 0);
	join(2, 1);
	shown(2, 1);
	shown(1, 1);
	join(3, 4);
	shown(4, 3);
	join(2, 4);			/* two sets become one */
	for (int i = 1; i <= 4; i++)
		shown(i, 1);
	CHECK_INT(person_join(s, card[1], card[3], &e), -1);
	CHECK_INT(person_join(s, card[1], card[1], &e), -1);
	CHECK_INT(person_part(s, card[1], card[3], &still, &e), -1);		/* through others */
	CHECK_INT(person_part(s, card[0], card[3], &still, &e), -1);		/* not at all */
	join(0, 2);
	shown(4, 0);
	/* The shown card is the smallest of those that are there. */
	REQUIRE_OK(record_remove(s, &person_type, card[0], &e));
	shown(0, 1);
	shown(3, 1);
	region_sound(s);
	REQUIRE_OK(record_remove(s, &person_type, card[1], &e));
	shown(4, 2);
	part(2, 4, false);
	shown(4, 3);
	shown(1, 2);
	region_sound(s);
	/* Different is a verdict of its own, and takes a link back. */
	REQUIRE_OK(person_distinct(s, card[3], card[4], &e));
	shown(4, 4);
	join(4, 3);
	shown(4, 3);
	CHECK_INT(person_join(s, card[5], card[0], &e), -1);			/* it was removed */
	end();
}

static void test_ring(void)
{
	struct err e = ERR_INIT;
	begin(3);
	join(0, 1);
	join(1, 2);
	/* From elsewhere a third link may come that closes the ring. */
	char id[RECORD_ID_SIZE];
	make(s, &person_link_type, id, "person", card[2], "other", card[0], "verdict", "same", NULL);
	part(0, 1, true);
	shown(1, 0);
	part(1, 2, false);
	shown(1, 1);
	shown(2, 0);
	CHECK_INT(person_distinct(s, card[1], card[1], &e), -1);
	end();
}

/* Nothing is joined with the card of somebody who was erased. */
static void test_erased(void)
{
	struct err e = ERR_INIT;
	begin(2);
	REQUIRE_OK(store_begin(s, &e));
	REQUIRE_OK(journal_erase(store_journal(s), "person", card[1], &e));
	REQUIRE_OK(store_commit(s, &e));
	CHECK_INT(person_join(s, card[0], card[1], &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK_INT(person_distinct(s, card[0], card[1], &e), -1);
	shown(1, 1);
	end();
}

/* --- counts --- */

static int64_t value(const char *figure)
{
	const struct figure_query q = { .role = NULL };
	struct err e = ERR_INIT;
	int64_t n = -1;
	if (figure_value(s, figure_find(figure), &q, &n, &e) != 0)
		test_note("%s: %s", figure, e.text);
	return n;
}

static int64_t listed(const struct listing *l, int facet, const char *of, const char *words)
{
	struct listing_view *v = listing_open(s, l);
	struct err e = ERR_INIT;
	int64_t n = -1;
	if (facet >= 0)
		listing_facet(v, facet, of);
	listing_words(v, words);
	CHECK_INT(listing_count(v, &n, &e), 0);
	if (facet < 0 && words == NULL) {
		/* By index and by the roll there are as many. */
		int64_t by_roll = 0;
		listing_order(v, PEOPLE_PHONE, false);
		CHECK_INT(listing_count(v, &by_roll, &e), 0);
		CHECK_INT(by_roll, n);
	}
	listing_close(v);
	return n;
}

static int count_line(void *context, const struct link *l, struct err *e)
{
	(void)l;
	(void)e;
	++*(int *)context;
	return 0;
}

static int links_of(link_list *list, const char *id)
{
	struct err e = ERR_INIT;
	int64_t total = 0;
	int n = 0;
	CHECK_INT(list(s, id, 100, count_line, &n, &total, &e), 0);
	CHECK_INT(total, n);
	return n;
}

/* Everything that counts people, as one line, to be compared. */
static void counts(struct buf *out, const char *seminar, const char *course)
{
	struct seminar_counts n;
	struct attendance_rows rows;
	struct course_people people;
	struct activity a;
	struct coverage c;
	struct err e = ERR_INIT;
	buf_reset(out);
	for (const struct figure *f = figure_list; f->name; f++)
		if (value(f->name) != 0)
			buf_addf(out, "%s %lld, ", f->name, (long long)value(f->name));
	REQUIRE_OK(seminar_counts(s, seminar, &n, &e));
	REQUIRE_OK(attendance_rows(s, seminar, &rows, &e));
	REQUIRE_OK(course_people(s, course, &people, &e));
	REQUIRE_OK(activity_compute(s, &a, &e));
	buf_addf(out, "sheet %d %d, rows %d, course %d, ranked %d, listed %lld, found %lld", n.registered, n.present, rows.count, people.count, a.count,
	    (long long)listed(&people_listing, -1, NULL, NULL), (long long)listed(&people_listing, -1, NULL, "галимова"));
	REQUIRE_OK(coverage_read(s, NULL, NULL, &c, &e));
	for (int i = 0; i < c.count; i++)
		for (int f = 0; f < COVERAGE_FIGURES; f++)
			if (c.tile[i].value[f] > 0)
				buf_addf(out, ", %s %lld", coverage_measures[f].name, (long long)c.tile[i].value[f]);
	attendance_rows_release(&rows);
	course_people_release(&people);
	activity_release(&a);
	coverage_release(&c);
}

static void test_counts(void)
{
	struct buf before = BUF_INIT, now = BUF_INIT;
	char seminar[RECORD_ID_SIZE], other[RECORD_ID_SIZE], course[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	begin(4);
	change(s, &person_type, card[0], "role", "consultant");
	change(s, &person_type, card[1], "role", "consultant");
	make(s, &seminar_type, seminar, "title", "Семинар", "date", "2020-02-01", "municipality", BURAEVO, "lead", card[2], "status", "held", NULL);
	make(s, &seminar_type, other, "title", "Другой", "date", "2020-02-02", "municipality", BURAEVO, "lead", card[0], "status", "held", NULL);
	mark(s, seminar, card[0], ATTENDANCE_REGISTERED);
	mark(s, seminar, card[1], ATTENDANCE_PRESENT);
	mark(s, seminar, card[3], ATTENDANCE_PRESENT);
	mark(s, other, card[1], ATTENDANCE_PRESENT);
	make(s, &mentorship_type, id, "mentor", card[2], "mentee", card[0], NULL);
	make(s, &mentorship_type, id, "mentor", card[2], "mentee", card[1], NULL);
	make(s, &course_type, course, "title", "Курс", "hours", "72", NULL);
	for (int i = 0; i < 2; i++)
		make(s, &enrolment_type, id, "course", course, "person", card[i], NULL);
	make(s, &consent_type, id, "person", card[1], "date", "2020-01-01", NULL);
	counts(&before, seminar, course);
	CHECK_INT(value("reached"), 2);
	CHECK_INT(value("visits"), 3);
	join(1, 0);
	counts(&now, seminar, course);
	CHECK_INT(value("consultant"), 1);
	CHECK_INT(value("reached"), 2);
	CHECK_INT(value("visits"), 3);
	CHECK_INT(value("mentees"), 1);
	CHECK_INT(value("enrolled"), 1);
	CHECK_INT(value("passed_on"), 1);		/* she led on the second what she came to on the first */
	CHECK(strstr(now.data, "sheet 2 2, rows 2, course 1, ranked 1, listed 3, found 3") != NULL);
	/* The sheet names the shown card, and one mark of the person. */
	struct attendance_rows rows;
	REQUIRE_OK(attendance_rows(s, seminar, &rows, &e));
	const struct attendance_row *row = attendance_rows_find(&rows, card[0]);
	CHECK(row && row->state == ATTENDANCE_PRESENT && row->consent && strstr(row->id, card[1]) != NULL);
	attendance_rows_release(&rows);
	/* What belongs to any card stands on each. */
	CHECK_INT(links_of(person_seminars, card[0]), 2);
	CHECK_INT(links_of(person_seminars, card[1]), 2);
	CHECK_INT(links_of(person_mentors, card[0]), 1);
	CHECK_INT(links_of(person_mentees, card[2]), 1);
	CHECK_INT(links_of(person_courses, card[0]), 2);
	/* A name finds the shown card; the other one has its id. */
	REQUIRE(record_lookup(s, &person_type, "Галимова Айгуль Рустамовна", id, &e) < 0);	/* still several */
	join(2, 3);
	join(0, 2);
	REQUIRE_OK(record_resolve(s, &person_type, "галимова айгуль рустамовна", id, &e));
	CHECK_STR(id, card[0]);
	REQUIRE_OK(record_resolve(s, &person_type, card[3], id, &e));
	CHECK_STR(id, card[3]);
	CHECK_INT(value("reached"), 1);
	CHECK_INT(value("visits"), 2);
	CHECK_INT(value("mentors"), 0);			/* herself */
	CHECK_INT(listed(&people_listing, PEOPLE_BY_MUNICIPALITY, BURAEVO, NULL), 1);
	/* A card that goes leaves its marks to the person. */
	REQUIRE_OK(record_remove(s, &person_type, card[1], &e));
	CHECK_INT(value("visits"), 2);
	change(s, &person_type, card[2], "note", "x");
	/* Marked by any card, it is the person that is marked. */
	mark(s, seminar, card[0], ATTENDANCE_ABSENT);
	CHECK_INT(value("visits"), 1);
	mark(s, seminar, card[2], ATTENDANCE_PRESENT);
	CHECK_INT(value("visits"), 2);
	CHECK_INT(region_count(s, "SELECT count(*) FROM attendance"), 4);
	REQUIRE_OK(attendance_remove(s, seminar, card[2], &e));
	CHECK_INT(value("visits"), 1);
	end();
	buf_release(&before);
	buf_release(&now);
}

/* Whatever is joined and parted again: every count is as before. */
static void test_parting_restores(void)
{
	struct buf before = BUF_INIT, now = BUF_INIT;
	char seminar[3][RECORD_ID_SIZE], course[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	begin(8);
	make(s, &course_type, course, "title", "Курс", NULL);
	for (int i = 0; i < 3; i++)
		make(s, &seminar_type, seminar[i], "title", "Семинар", "date", "2020-02-01", "municipality", BURAEVO, "lead", card[i], NULL);
	for (int i = 0; i < 8; i++) {
		change(s, &person_type, card[i], "role", i % 2 ? "consultant" : "expert");
		for (int k = 0; k < 3; k++)
			if (test_random() % 2)
				mark(s, seminar[k], card[i], (enum attendance_state)(test_random() % 3));
		if (test_random() % 2)
			make(s, &enrolment_type, id, "course", course, "person", card[i], NULL);
	}
	counts(&before, seminar[0], course);
	for (int round = 0; round < 10; round++) {
		int pairs[6][2], n = 0;
		for (int k = 0; k < 6; k++) {
			int a = (int)(test_random() % 8), b = (int)(test_random() % 8);
			if (a != b && person_join(s, card[a], card[b], &e) == 0) {
				pairs[n][0] = a;
				pairs[n++][1] = b;
			}
		}
		region_sound(s);
		for (int k = 0; k < n; k++)
			part(pairs[k][0], pairs[k][1], false);
		counts(&now, seminar[0], course);
		CHECK_STR(now.data, before.data);
	}
	end();
	buf_release(&before);
	buf_release(&now);
}

static void test_fill(void)
{
	struct buf labels = BUF_INIT;
	struct err e = ERR_INIT;
	begin(2);
	change(s, &person_type, card[1], "phone", "89170000001");
	change(s, &person_type, card[1], "municipality", BELEBEY);
	join(0, 1);
	REQUIRE_OK(joined_lacking(s, card[0], &labels, false, &e));
	CHECK_STR(labels.data, "Phone");
	check_field(s, &person_type, card[0], "phone", "");
	buf_reset(&labels);
	REQUIRE_OK(joined_lacking(s, card[0], &labels, true, &e));
	check_field(s, &person_type, card[0], "phone", "+79170000001");
	check_field(s, &person_type, card[0], "municipality", BURAEVO);
	end();
	buf_release(&labels);
}

/* A consent that was withdrawn on one card is withdrawn by the person. */
static void test_consents(void)
{
	char first[RECORD_ID_SIZE], second[RECORD_ID_SIZE];
	struct consent_standing now;
	struct err e = ERR_INIT;
	bool valid;
	begin(2);
	make(s, &consent_type, first, "person", card[0], "date", "2020-01-01", NULL);
	make(s, &consent_type, second, "person", card[1], "date", "2020-01-02", "withdrawn", "2020-02-01", NULL);
	REQUIRE_OK(consent_valid(s, card[0], CONSENT_PARTICIPATION, &valid, &e));
	CHECK(valid);
	join(0, 1);
	REQUIRE_OK(consent_valid(s, card[0], CONSENT_PARTICIPATION, &valid, &e));
	CHECK(!valid);
	REQUIRE_OK(consent_standing(s, card[1], CONSENT_PARTICIPATION, &now, &e));
	CHECK(now.any && !now.valid);
	make(s, &consent_type, first, "person", card[1], "date", "2020-03-01", NULL);
	REQUIRE_OK(consent_valid(s, card[0], CONSENT_PARTICIPATION, &valid, &e));
	CHECK(valid);
	part(0, 1, false);
	REQUIRE_OK(consent_valid(s, card[0], CONSENT_PARTICIPATION, &valid, &e));
	CHECK(valid);
	end();
}

/* --- two devices and a hub --- */

static const char *set_of(struct store *at)
{
	return region_value(at, "SELECT group_concat(id || '=' || shown, ' ') FROM (SELECT id, shown FROM joined ORDER BY id)");
}

static void test_devices(void)
{
	struct err e = ERR_INIT;
	bool still;
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], far[RECORD_ID_SIZE];
	struct store *devices[3];
	REQUIRE(region_open());
	struct store *office = devices[0] = region_member("Хасанова Гульнара", BURAEVO, "coordinator");
	struct store *field = devices[1] = region_member("Ахметов Ильдар", BURAEVO, "consultant"), *away = devices[2] = region_member("Валеева Зиля", BELEBEY, "consultant");
	REQUIRE(office && field && away);
	make(field, &person_type, a, "name", "Галимова Айгуль", "municipality", BURAEVO, NULL);
	make(field, &person_type, b, "name", "Ғәлимова Айгөл", "municipality", BURAEVO, NULL);
	make(away, &person_type, far, "name", "Галимова А. Р.", "municipality", BELEBEY, NULL);
	region_exchange(devices, 3);
	CHECK(region_holds(office, "person", far) && !region_holds(field, "person", far));
	/* Both join the same pair, from either end. */
	REQUIRE_OK(person_join(office, a, b, &e));
	REQUIRE_OK(person_join(field, b, a, &e));
	region_exchange(devices, 3);
	region_exchange(devices, 3);
	CHECK_STR(set_of(field), set_of(office));
	CHECK_STR(set_of(region_hub), set_of(office));
	CHECK_INT(region_count(region_hub, "SELECT count(*) FROM person_link"), 1);
	CHECK_INT(region_count(office, "SELECT count(*) FROM joined"), 2);
	/* A coordinator joins over the borders of two devices: the whole set travels to both. */
	REQUIRE_OK(person_join(office, a, far, &e));
	region_exchange(devices, 3);
	region_exchange(devices, 3);
	for (int i = 0; i < 3; i++) {
		CHECK(region_holds(devices[i], "person", a) && region_holds(devices[i], "person", b) && region_holds(devices[i], "person", far));
		CHECK_STR(set_of(devices[i]), set_of(region_hub));
	}
	CHECK_INT(region_count(away, "SELECT count(*) FROM joined"), 3);
	/* One parts what the other still thinks joined; both agree, and what came for the set's sake goes again. */
	REQUIRE_OK(person_part(office, a, far, &still, &e));
	REQUIRE_OK(person_part(field, a, b, &still, &e));
	region_exchange(devices, 3);
	region_exchange(devices, 3);
	for (int i = 0; i < 3; i++) {
		CHECK_INT(region_count(devices[i], "SELECT count(*) FROM joined"), 0);
		region_sound(devices[i]);
	}
	CHECK(!region_holds(away, "person", a) && !region_holds(field, "person", far));
	/* Joined again by the one, said to be different by the other: a conflict of the verdict that both see alike. */
	REQUIRE_OK(person_join(office, a, b, &e));
	REQUIRE_OK(person_distinct(field, a, b, &e));
	region_exchange(devices, 3);
	region_exchange(devices, 3);
	CHECK_STR(set_of(field), set_of(office));
	CHECK_STR(set_of(region_hub), set_of(office));
	CHECK_INT(journal_conflicts(store_journal(field)), journal_conflicts(store_journal(office)));
	region_sound(region_hub);
	for (int i = 0; i < 3; i++) {
		region_sound(devices[i]);
		store_close(devices[i]);
	}
	region_close();
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_sets), TEST(test_ring), TEST(test_erased), TEST(test_counts), TEST(test_parting_restores), TEST(test_fill), TEST(test_consents), TEST(test_devices), TEST_END
	};
	return test_main(argc, argv, tests);
}
