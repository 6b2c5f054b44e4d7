/* Figures against a count in C that knows no SQL: a region of random rows, written as they might come from anywhere, with random filters and periods. */
#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/mem.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "figures/figure.h"
#include "figures/indicator.h"
#include "records/person.h"
#include "records/seminar.h"

static struct store *s;

static int pick(int n)
{
	return (int)(test_random() % (uint64_t)n);
}

/* --- random rows: each value from few, so that they meet; sometimes nothing, sometimes nonsense --- */

static const char *const programmes[] = { "first", "first", "first", "other" };
static const char *const municipalities[] = { NULL, "80601000", "80618000", "80649000", "80701000" };
static const char *const roles[] = { NULL, "coordinator", "expert", "consultant", "consultant", "activist", "official" };
static const char *const stages[] = { NULL, "candidate", "trained", "working" };
static const char *const kinds[] = { "local", "local", "information", "training", NULL };
static const char *const statuses[] = { "planned", "held", "cancelled", NULL };
static const char *const states[] = { "present", "present", "registered", "absent", NULL };
static const char *const days[] = { NULL, "2020-01-05", "2020-01-31", "2020-02-01", "2020-02-14", "2020-02-29", "2020-03-01", "2020-04-30" };
static const char *const numbers[] = { NULL, "0", "7", "45", "90", "1440", "1441", "-5", "9223372036854775807", "8" };
static const char *const decisions[] = { "selected", "reserve", "refused", NULL };
static const char *const enrolments[] = { "enrolled", "completed", "left", NULL };
static const char *const stories[] = { "draft", "accepted", "accepted", NULL };
static const char *const parts[] = { "lead", "trainer" };
static const char *const answers[] = { NULL, "ответ" };

#define ANY(list) (list)[pick((int)(sizeof(list) / sizeof *(list)))]

/* What the rows of a table hold: column by column, NULL as NULL. */
struct row { char *cell[12]; };
struct rows { struct row *row; int count; };

enum { PERSON, TAKES_PART, SEMINAR, MARK, STAFF, PAIR, TALK, CALL, APPLICATION, COURSE, ENROLMENT, DAY, CERTIFICATE, STORY, ENTRY, CONSENT, QUESTION, AWARD, LINK, TABLES };
static const struct { const char *table, *columns; } tables_of[TABLES] = {
	[PERSON] = { "person", "id, deleted, name, municipality" }, [TAKES_PART] = { "participation", "id, deleted, programme, person, role, stage" },
	[SEMINAR] = { "seminar", "id, deleted, programme, kind, date, municipality, lead, status, unnamed" },
	[MARK] = { "attendance", "id, deleted, seminar, person, state" }, [STAFF] = { "seminar_staff", "id, deleted, seminar, person, part" },
	[PAIR] = { "mentorship", "id, deleted, programme, mentor, mentee, since, until" },
	[TALK] = { "consultation", "id, deleted, programme, mentor, mentee, date, minutes, municipality" }, [CALL] = { "call", "id, deleted, programme, role" },
	[APPLICATION] = { "application", "id, deleted, programme, call, person, municipality, date, decision" }, [COURSE] = { "course", "id, deleted, programme" },
	[ENROLMENT] = { "enrolment", "id, deleted, course, person, state, completed" }, [DAY] = { "study_day", "id, deleted, course, person, date, hours" },
	[CERTIFICATE] = { "certificate", "id, deleted, programme, person, date" }, [STORY] = { "story", "id, deleted, programme, author, state" },
	[ENTRY] = { "directory_entry", "id, deleted, programme, person" }, [CONSENT] = { "consent", "id, deleted, person, purpose, withdrawn" },
	[QUESTION] = { "question", "id, deleted, programme, date, answered, answer" }, [AWARD] = { "award", "id, deleted, programme, person, date" },
	[LINK] = { "person_link", "id, deleted, person, other, verdict" },
};
static struct rows all[TABLES];

static int columns_of(int table)
{
	int n = 1;
	for (const char *p = tables_of[table].columns; *p; p++)
		n += *p == ',';
	return n;
}

/* A row of a table, kept here and written there. */
static void add(int table, ...)
{
	struct rows *t = &all[table];
	struct buf sql = BUF_INIT;
	struct err e = ERR_INIT;
	int n = columns_of(table);
	va_list cells;
	t->row = mem_resize(t->row, (size_t)t->count + 1, sizeof *t->row);
	struct row *r = &t->row[t->count++];
	memset(r, 0, sizeof *r);
	buf_addf(&sql, "INSERT INTO %s(%s) VALUES (", tables_of[table].table, tables_of[table].columns);
	va_start(cells, table);
	for (int i = 0; i < n; i++) {
		const char *cell = va_arg(cells, const char *);
		r->cell[i] = mem_dup(cell);
		/* Nothing is entered that is removed already. */
		buf_addf(&sql, "%s%s%s%s", i ? "," : "", cell ? "'" : "", i == 1 ? "0" : cell ? cell : "NULL", cell ? "'" : "");
	}
	va_end(cells);
	buf_adds(&sql, ");");
	if (strcmp(r->cell[1], "1") == 0)
		buf_addf(&sql, "UPDATE %s SET deleted = 1 WHERE id = '%s'", tables_of[table].table, r->cell[0]);
	if (store_exec(s, sql.data, &e) != 0) {
		test_note("%s: %s", sql.data, e.text);
		CHECK(!"a row");
	}
	buf_release(&sql);
}

static char names[4096][RECORD_ID_SIZE];
static int named;

static const char *id(const char *kind, int n)
{
	snprintf(names[named %= 4096], RECORD_ID_SIZE, "t3stt3st-%s%d", strcmp(kind, "p") == 0 ? "1" : strcmp(kind, "s") == 0 ? "2" : kind, n);
	return names[named++];
}

static const char *both_ids(const char *a, const char *b)
{
	char both[RECORD_ID_SIZE];		/* a or b may stand in names */

	snprintf(both, sizeof both, "%s/%s", a, b);
	memcpy(names[named %= 4096], both, sizeof both);
	return names[named++];
}

static const char *gone(void)
{
	return pick(9) == 0 ? "1" : "0";
}

enum { PEOPLE = 60, SEMINARS = 40, COURSES = 3, CALLS = 3 };

static const char *somebody(void)
{
	return id("p", pick(PEOPLE + 3));		/* some whose card is not here */
}

static void make_people(void)
{
	for (int i = 0; i < PEOPLE; i++) {
		const char *who = id("p", i);
		add(PERSON, who, gone(), "Имя", ANY(municipalities));
		for (int k = 0; k < 2; k++)
			if (pick(3))
				add(TAKES_PART, both_ids(k ? "other" : "first", who), gone(), k ? "other" : "first", who, ANY(roles), ANY(stages));
		if (pick(2))
			add(CONSENT, id("5", i), gone(), who, pick(2) ? "directory" : "participation", pick(4) ? NULL : "2020-01-01");
	}
}

static void make_seminars(void)
{
	for (int i = 0; i < SEMINARS; i++) {
		const char *which = id("s", i);
		add(SEMINAR, which, gone(), ANY(programmes), ANY(kinds), ANY(days), ANY(municipalities), pick(5) ? somebody() : NULL, ANY(statuses), ANY(numbers));
		if (i % 4 == 0)
			continue;
		for (int k = 0; k < PEOPLE + 3; k++)
			if (pick(4) == 0)
				add(MARK, both_ids(which, id("p", k)), gone(), which, id("p", k), ANY(states));
		if (pick(2)) {
			const char *who = somebody();
			add(STAFF, both_ids(which, who), gone(), which, who, ANY(parts));
		}
	}
}

static void make_day(const char *course, const char *who, const char *day)
{
	add(DAY, both_ids(both_ids(course, who), day ? day : "0"), gone(), course, who, day, ANY(numbers));
}

/* Sets of two and of more, links that were taken back, links to cards that are not here, and people who are said to be different. */
static void make_links(void)
{
	static const char *const verdicts[] = { "same", "same", "same", "different", NULL };
	for (int i = 0; i < 30; i++) {
		const char *a = somebody(), *b = somebody(), *low = strcmp(a, b) < 0 ? a : b, *high = low == a ? b : a;
		const char *which = both_ids(low, high);
		bool known = strcmp(a, b) == 0;
		for (int k = 0; k < all[LINK].count; k++)
			known = known || strcmp(all[LINK].row[k].cell[0], which) == 0;
		if (!known)
			add(LINK, which, gone(), low, high, ANY(verdicts));
	}
}

static void make_others(void)
{
	for (int i = 0; i < CALLS; i++)
		add(CALL, id("6", i), gone(), "first", ANY(roles));
	for (int i = 0; i < COURSES; i++) {
		add(COURSE, id("7", i), i == 2 ? "1" : "0", ANY(programmes));
		for (int k = 0; k < PEOPLE; k++) {
			const char *who = id("p", k);
			if (pick(2))
				add(ENROLMENT, both_ids(id("7", i), who), gone(), id("7", i), who, ANY(enrolments), ANY(days));
			if (pick(3) == 0)
				make_day(id("7", i), who, ANY(days));
		}
	}
	for (int i = 0; i < 60; i++) {
		add(PAIR, id("30", i), gone(), ANY(programmes), somebody(), somebody(), ANY(days), ANY(days));
		add(TALK, id("31", i), gone(), ANY(programmes), somebody(), somebody(), ANY(days), ANY(numbers), ANY(municipalities));
		add(APPLICATION, id("32", i), gone(), ANY(programmes), id("6", pick(CALLS)), somebody(), ANY(municipalities), ANY(days), ANY(decisions));
		add(CERTIFICATE, id("33", i), gone(), ANY(programmes), somebody(), ANY(days));
		add(STORY, id("34", i), gone(), ANY(programmes), somebody(), ANY(stories));
		add(ENTRY, id("35", i), gone(), ANY(programmes), somebody());
		add(QUESTION, id("36", i), gone(), ANY(programmes), ANY(days), ANY(days), ANY(answers));
		add(AWARD, id("37", i), gone(), ANY(programmes), somebody(), ANY(days));
	}
}

/* --- the count --- */

static bool is(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool there(const struct row *r)
{
	return is(r->cell[1], "0");
}

static const struct row *find(int table, const char *which)
{
	for (int i = 0; i < all[table].count; i++)
		if (is(all[table].row[i].cell[0], which))
			return &all[table].row[i];
	return NULL;
}

static const char *self(const char *person);

/* A person is, when the card is that all are shown under. */
static bool removed(int table, const char *which)
{
	const struct row *r = find(table, table == PERSON ? self(which) : which);
	return r && !there(r);
}

/* --- whose cards they are --- */

static const char *selves[PEOPLE + 3];

static int number_of(const char *person)
{
	return atoi(strchr(person, '-') + 2);
}

/* Each takes the smallest number of who is linked with it, until nothing changes; then the card that the set is shown under. */
static void find_selves(void)
{
	int low[PEOPLE + 3], again = 1;
	for (int i = 0; i < PEOPLE + 3; i++)
		low[i] = i;
	while (again) {
		again = 0;
		for (int i = 0; i < all[LINK].count; i++) {
			const struct row *r = &all[LINK].row[i];
			if (!there(r) || !is(r->cell[4], "same"))
				continue;
			int a = number_of(r->cell[2]), b = number_of(r->cell[3]), least = low[a] < low[b] ? low[a] : low[b];
			again |= low[a] != least || low[b] != least;
			low[a] = low[b] = least;
		}
	}
	for (int i = 0; i < PEOPLE + 3; i++) {
		const char *best = NULL;
		int best_kind = 3;
		for (int k = 0; k < PEOPLE + 3; k++) {
			const char *card = id("p", k);
			const struct row *r = find(PERSON, card);
			int kind = r && there(r) ? 0 : !r ? 1 : 2;
			if (low[k] == low[i] && (kind < best_kind || (kind == best_kind && strcmp(card, best) < 0))) {
				best = card;
				best_kind = kind;
			}
		}
		selves[i] = mem_dup(best);
	}
}

static const char *self(const char *person)
{
	return person ? selves[number_of(person)] : NULL;
}

static int rank_of(int table, const struct row *r)
{
	switch (table) {
	case MARK: return is(r->cell[4], "present") ? 0 : is(r->cell[4], "absent") ? 2 : 1;
	case APPLICATION: return r->cell[7] == NULL;
	case ENROLMENT: return !is(r->cell[4], "completed") && !r->cell[5];
	default: return 0;
	}
}

static bool same_thing(int table, const struct row *a, const struct row *b)
{
	return table == APPLICATION ? is(a->cell[3], b->cell[3]) : is(a->cell[2], b->cell[2]) && (table != DAY || is(a->cell[4], b->cell[4]));
}

/* Of what one person has twice, this is the one that counts. */
static bool is_first(int table, const struct row *r)
{
	int person = table == APPLICATION ? 4 : 3;
	for (int i = 0; i < all[table].count; i++) {
		const struct row *o = &all[table].row[i];
		if (!there(o) || is(o->cell[person], r->cell[person]) || strcmp(self(o->cell[person]), self(r->cell[person])) != 0 || !same_thing(table, o, r))
			continue;
		int by_rank = rank_of(table, o) - rank_of(table, r);
		if (by_rank < 0 || (by_rank == 0 && strcmp(o->cell[0], r->cell[0]) < 0))
			return false;
	}
	return true;
}

static bool fits(const char *asked, const char *value)
{
	return !asked || is(asked, value);
}

static bool in_period(const struct figure_query *q, const char *day)
{
	return (!q->since || (day && strcmp(day, q->since) >= 0)) && (!q->until || (day && strcmp(day, q->until) <= 0));
}

static bool takes_part(const struct figure_query *q, const char *person)
{
	if (!q->role && !q->stage)
		return true;
	for (int i = 0; person && i < all[TAKES_PART].count; i++) {
		const struct row *r = &all[TAKES_PART].row[i];
		if (is(self(r->cell[3]), self(person)) && is(r->cell[2], "first") && there(r) && fits(q->role, r->cell[4]) && fits(q->stage, r->cell[5]))
			return true;
	}
	return false;
}

static bool lives_in(const struct figure_query *q, const char *person)
{
	const struct row *r = person ? find(PERSON, self(person)) : NULL;
	return !q->municipality || (r && is(r->cell[3], q->municipality));
}

static int64_t sane(const char *text, int64_t most)
{
	int64_t n = text ? strtoll(text, NULL, 10) : 0;
	return n >= 0 && n <= most ? n : 0;
}

static bool counts(const struct row *mark)
{
	return there(mark) && is(mark->cell[4], "present") && !removed(PERSON, mark->cell[3]) && !removed(SEMINAR, mark->cell[2]) && find(SEMINAR, mark->cell[2]) &&
	    is_first(MARK, mark);
}

static bool came_to(const char *seminar)
{
	for (int i = 0; i < all[MARK].count; i++)
		if (is(all[MARK].row[i].cell[2], seminar) && counts(&all[MARK].row[i]))
			return true;
	return false;
}

static bool held(const struct row *seminar)
{
	return is(seminar->cell[7], "held") || came_to(seminar->cell[0]);
}

static bool asked(const struct figure_query *q, const struct row *seminar)
{
	return there(seminar) && is(seminar->cell[2], "first") && fits(q->seminar_kind, seminar->cell[3]) && fits(q->municipality, seminar->cell[5]) &&
	    in_period(q, seminar->cell[4]);
}

/* A set of texts. */
struct set { const char *member[4096]; int count; };

static void put(struct set *t, const char *text)
{
	for (int i = 0; i < t->count; i++)
		if (strcmp(t->member[i], text) == 0)
			return;
	t->member[t->count++] = text;
}

static int64_t count_seminars(const char *kind, const struct figure_query *q)
{
	struct set places = { .count = 0 };
	int64_t n = 0;
	for (int i = 0; i < all[SEMINAR].count; i++) {
		const struct row *r = &all[SEMINAR].row[i];
		if (!asked(q, r))
			continue;
		bool cancelled = !held(r) && is(r->cell[7], "cancelled");
		if (strcmp(kind, "seminars") == 0)
			n += held(r);
		else if (strcmp(kind, "seminars_planned") == 0)
			n += !held(r) && !cancelled;
		else if (strcmp(kind, "seminars_cancelled") == 0)
			n += cancelled;
		else if (strcmp(kind, "unnamed") == 0)
			n += cancelled ? 0 : sane(r->cell[8], 1000000);
		else if (held(r) && r->cell[5])
			put(&places, r->cell[5]);
	}
	return strcmp(kind, "municipalities_with_seminar") == 0 ? places.count : n;
}

static int64_t count_marks(const char *kind, const struct figure_query *q)
{
	struct set people = { .count = 0 }, homes = { .count = 0 };
	int64_t visits = 0;
	for (int i = 0; i < all[MARK].count; i++) {
		const struct row *r = &all[MARK].row[i], *seminar = find(SEMINAR, r->cell[2]);
		if (!counts(r) || !asked(q, seminar) || !takes_part(q, r->cell[3]))
			continue;
		const struct row *card = find(PERSON, self(r->cell[3]));
		visits++;
		put(&people, self(r->cell[3]));
		if (card && card->cell[3])
			put(&homes, card->cell[3]);
	}
	return strcmp(kind, "visits") == 0 ? visits : strcmp(kind, "reached") == 0 ? people.count : homes.count;
}

static int64_t count_roles(const char *kind, const struct figure_query *q)
{
	struct set places = { .count = 0 }, people = { .count = 0 };
	for (int i = 0; i < all[TAKES_PART].count; i++) {
		const struct row *r = &all[TAKES_PART].row[i], *card = find(PERSON, self(r->cell[3]));
		if (!there(r) || !is(r->cell[2], "first") || !r->cell[4] || removed(PERSON, r->cell[3]) || !fits(q->stage, r->cell[5]))
			continue;
		if (fits(q->role, r->cell[4]) && lives_in(q, r->cell[3]))
			put(&people, self(r->cell[3]));
		if (is(r->cell[4], "consultant") && card && card->cell[3])
			put(&places, card->cell[3]);
	}
	return strcmp(kind, "people") == 0 ? people.count : places.count;
}

static bool pair_counts(const struct figure_query *q, const struct row *r)
{
	return there(r) && is(r->cell[2], "first") && !removed(PERSON, r->cell[3]) && !removed(PERSON, r->cell[4]) && !is(self(r->cell[3]), self(r->cell[4])) &&
	    (!q->until || !r->cell[5] || strcmp(r->cell[5], q->until) <= 0) && (!q->since || !r->cell[6] || strcmp(r->cell[6], q->since) >= 0);
}

static int64_t count_pairs(const char *kind, const struct figure_query *q)
{
	struct set mentors = { .count = 0 }, mentees = { .count = 0 };
	for (int i = 0; i < all[PAIR].count; i++)
		if (pair_counts(q, &all[PAIR].row[i])) {
			put(&mentors, self(all[PAIR].row[i].cell[3]));
			put(&mentees, self(all[PAIR].row[i].cell[4]));
		}
	int both = mentors.count;
	for (int i = 0; i < mentees.count; i++)
		put(&mentors, mentees.member[i]);
	both = both + mentees.count - mentors.count;
	return strcmp(kind, "mentees") == 0 ? mentees.count : strcmp(kind, "mentees_who_mentor") == 0 ? both : both + mentors.count - mentees.count;
}

static bool came_before(const char *person, const char *day)
{
	for (int i = 0; i < all[MARK].count; i++) {
		const struct row *r = &all[MARK].row[i], *seminar = find(SEMINAR, r->cell[2]);
		if (counts(r) && is(self(r->cell[3]), self(person)) && seminar->cell[4] && day && strcmp(seminar->cell[4], day) < 0)
			return true;
	}
	return false;
}

static int64_t count_leads(const char *kind, const struct figure_query *q)
{
	struct set leads = { .count = 0 }, passed = { .count = 0 };
	for (int i = 0; i < all[SEMINAR].count; i++) {
		const struct row *r = &all[SEMINAR].row[i];
		if (!asked(q, r) || !held(r))
			continue;
		for (int k = -1; k < all[STAFF].count; k++) {
			const struct row *f = k < 0 ? NULL : &all[STAFF].row[k];
			const char *who = !f ? r->cell[6] : there(f) && is(f->cell[2], r->cell[0]) && is(f->cell[4], "lead") ? f->cell[3] : NULL;
			if (!who || removed(PERSON, who) || !takes_part(q, who))
				continue;
			put(&leads, self(who));
			if (came_before(who, r->cell[4]))
				put(&passed, self(who));
		}
	}
	return strcmp(kind, "leads") == 0 ? leads.count : passed.count;
}

static int64_t count_talks(const char *kind, const struct figure_query *q)
{
	int64_t n = 0, minutes = 0;
	for (int i = 0; i < all[TALK].count; i++) {
		const struct row *r = &all[TALK].row[i];
		if (!there(r) || !is(r->cell[2], "first") || !in_period(q, r->cell[5]) ||
		    (q->municipality && !(r->cell[7] ? is(r->cell[7], q->municipality) : lives_in(q, r->cell[4]))))
			continue;
		n++;
		minutes += sane(r->cell[6], 1440);
	}
	return strcmp(kind, "consultations") == 0 ? n : minutes;
}

static int64_t count_applications(const char *kind, const struct figure_query *q)
{
	int64_t n = 0;
	for (int i = 0; i < all[APPLICATION].count; i++) {
		const struct row *r = &all[APPLICATION].row[i];
		n += there(r) && is_first(APPLICATION, r) && is(r->cell[2], "first") && !removed(CALL, r->cell[3]) && !removed(PERSON, r->cell[4]) && fits(q->role, find(CALL, r->cell[3])->cell[3]) &&
		    fits(q->municipality, r->cell[5]) && in_period(q, r->cell[6]) && (strcmp(kind, "selected") != 0 || is(r->cell[7], "selected"));
	}
	return n;
}

static bool of_course(const struct figure_query *q, const struct row *r)
{
	const struct row *course = find(COURSE, r->cell[2]);
	return there(r) && there(course) && is(course->cell[2], "first") && !removed(PERSON, r->cell[3]) && takes_part(q, r->cell[3]) && lives_in(q, r->cell[3]);
}

static int64_t count_training(const char *kind, const struct figure_query *q)
{
	struct set people = { .count = 0 };
	int64_t enrolled = 0, trained = 0, hours = 0, courses = 0;
	for (int i = 0; i < all[COURSE].count; i++)
		courses += there(&all[COURSE].row[i]) && is(all[COURSE].row[i].cell[2], "first");
	for (int i = 0; i < all[ENROLMENT].count; i++) {
		const struct row *r = &all[ENROLMENT].row[i];
		bool completed = (is(r->cell[4], "completed") || r->cell[5]) && in_period(q, r->cell[5]);
		if (!of_course(q, r) || !is_first(ENROLMENT, r))
			continue;
		enrolled++;
		trained += completed;
		if (completed)
			put(&people, self(r->cell[3]));
	}
	for (int i = 0; i < all[DAY].count; i++)
		if (of_course(q, &all[DAY].row[i]) && is_first(DAY, &all[DAY].row[i]) && in_period(q, all[DAY].row[i].cell[4]))
			hours += sane(all[DAY].row[i].cell[5], 24);
	return strcmp(kind, "courses") == 0 ? courses : strcmp(kind, "enrolled") == 0 ? enrolled : strcmp(kind, "trained") == 0 ? trained :
	    strcmp(kind, "study_hours") == 0 ? hours : people.count;
}

static bool in_directory(const char *person)
{
	for (int i = 0; i < all[CONSENT].count; i++) {
		const struct row *r = &all[CONSENT].row[i];
		if (there(r) && is(self(r->cell[2]), self(person)) && is(r->cell[3], "directory") && !r->cell[4])
			return true;
	}
	return false;
}

static int64_t count_papers(const char *kind, const struct figure_query *q)
{
	struct set people = { .count = 0 };
	bool certificates = strcmp(kind, "certificates") == 0, letters = strcmp(kind, "letters") == 0, answered = strcmp(kind, "answers") == 0;
	int table = certificates ? CERTIFICATE : letters ? AWARD : answered || strcmp(kind, "questions") == 0 ? QUESTION : strcmp(kind, "directory") == 0 ? ENTRY : STORY;
	int64_t n = 0;
	for (int i = 0; i < all[table].count; i++) {
		const struct row *r = &all[table].row[i];
		bool counted = there(r) && is(r->cell[2], "first");
		if (table == CERTIFICATE)
			counted = counted && !removed(PERSON, r->cell[3]) && takes_part(q, r->cell[3]) && lives_in(q, r->cell[3]) && in_period(q, r->cell[4]);
		else if (table == AWARD)
			counted = counted && !removed(PERSON, r->cell[3]) && in_period(q, r->cell[4]);
		else if (table == QUESTION)
			counted = counted && in_period(q, r->cell[answered ? 4 : 3]) && (!answered || r->cell[5]);
		else if (table == ENTRY)
			counted = counted && in_directory(r->cell[3]) && !removed(PERSON, r->cell[3]) && takes_part(q, r->cell[3]) && lives_in(q, r->cell[3]);
		else
			counted = counted && is(r->cell[4], "accepted") && !removed(PERSON, r->cell[3]) && lives_in(q, r->cell[3]);
		n += counted;
		if (counted && (table == ENTRY || table == STORY))
			put(&people, self(r->cell[3]));
	}
	return table == ENTRY || strcmp(kind, "story_authors") == 0 ? people.count : n;
}

static const struct { const char *kind; int64_t (*count)(const char *, const struct figure_query *); } counters[] = {
	{ "people", count_roles }, { "municipalities_with_consultant", count_roles }, { "seminars", count_seminars }, { "seminars_planned", count_seminars },
	{ "seminars_cancelled", count_seminars }, { "unnamed", count_seminars }, { "municipalities_with_seminar", count_seminars }, { "reached", count_marks },
	{ "visits", count_marks }, { "municipalities_reached", count_marks }, { "mentors", count_pairs }, { "mentees", count_pairs },
	{ "mentees_who_mentor", count_pairs }, { "consultations", count_talks }, { "consultation_minutes", count_talks }, { "applications", count_applications },
	{ "selected", count_applications }, { "courses", count_training }, { "enrolled", count_training }, { "trained", count_training },
	{ "trained_people", count_training }, { "study_hours", count_training }, { "certificates", count_papers }, { "stories", count_papers },
	{ "story_authors", count_papers }, { "directory", count_papers }, { "questions", count_papers }, { "answers", count_papers }, { "letters", count_papers },
	{ "leads", count_leads }, { "passed_on", count_leads },
};

static int64_t recount(const struct figure *f, const struct figure_query *q)
{
	struct figure_query heeded = {
		.role = f->role ? f->role : f->heeds & FIGURE_BY_ROLE ? q->role : NULL,
		.stage = f->heeds & FIGURE_BY_STAGE ? q->stage : NULL,
		.seminar_kind = f->heeds & FIGURE_BY_SEMINAR_KIND ? q->seminar_kind : NULL,
		.municipality = f->heeds & FIGURE_BY_MUNICIPALITY ? q->municipality : NULL,
		.since = f->heeds & FIGURE_BY_PERIOD ? q->since : NULL, .until = f->heeds & FIGURE_BY_PERIOD ? q->until : NULL,
	};
	for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
		if (strcmp(counters[i].kind, f->kind) == 0)
			return counters[i].count(f->kind, &heeded);
	CHECK(!"a kind that nobody counts anew");
	return -1;
}

/* --- the lists --- */

struct listed { int64_t sum, ids; bool gated; };

static int add_line(void *context, const struct figure_line *l, struct err *e)
{
	struct listed *t = context;
	(void)e;
	CHECK(*l->id != '\0');
	CHECK(t->gated || *l->withheld == '\0');
	t->sum += l->number;
	return 0;
}

static int add_id(void *context, const char *which, int64_t number, struct err *e)
{
	struct listed *t = context;
	(void)e;
	CHECK(*which != '\0');
	t->ids += number;
	return 0;
}

static void check_figure(const struct figure *f, const struct figure_query *q)
{
	struct listed lines = { .gated = q->gated };
	struct err e = ERR_INIT;
	int64_t value, want = recount(f, q);
	REQUIRE_OK(figure_value(s, f, q, &value, &e));
	REQUIRE_OK(figure_each(s, f, q, add_line, &lines, &e));
	REQUIRE_OK(figure_each_id(s, f, q, add_id, &lines, &e));
	bool same = CHECK_INT(value, want);
	if (!(CHECK_INT(lines.sum, value) && CHECK_INT(lines.ids, value) && same))
		test_note("%s role %s kind %s municipality %s stage %s %s..%s", f->name, q->role ? q->role : "-", q->seminar_kind ? q->seminar_kind : "-",
		    q->municipality ? q->municipality : "-", q->stage ? q->stage : "-", q->since ? q->since : "", q->until ? q->until : "");
}

static void test_every_kind(void)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	make_people();
	make_seminars();
	make_others();
	make_links();
	REQUIRE_OK(store_commit(s, &e));
	REQUIRE_OK(journal_check(store_journal(s), &e));
	find_selves();
	for (int round = 0; round < 25; round++) {
		struct figure_query q = { .role = NULL };
		if (round > 0)
			q = (struct figure_query){ .role = pick(3) ? NULL : ANY(roles), .seminar_kind = pick(3) ? NULL : ANY(kinds), .stage = pick(4) ? NULL : ANY(stages),
			    .municipality = pick(3) ? NULL : ANY(municipalities), .since = ANY(days), .until = ANY(days), .gated = pick(2) };
		for (const struct figure *f = figure_list; f->name; f++)
			check_figure(f, &q);
	}
}

/* Each kind can be asked for, and each figure found. */
static void test_names(void)
{
	for (const struct figure *f = figure_list; f->name; f++) {
		CHECK(figure_find(f->name) == f);
		CHECK(choice_find(figure_kinds, f->kind) != NULL);
	}
	for (const struct choice *c = figure_kinds; c->code; c++)
		if (!CHECK(figure_of_kind(c->code) != NULL))
			test_note("%s", c->code);
	CHECK(figure_find("nonsense") == NULL && figure_of_kind("nonsense") == NULL);
}

/* --- by hand --- */

static int64_t value(struct store *in, const char *name)
{
	struct err e = ERR_INIT;
	int64_t n = -1;
	if (figure_value(in, figure_find(name), &(struct figure_query){ .role = NULL }, &n, &e) != 0)
		test_note("%s", e.text);
	return n;
}

static int dump_line(void *context, const struct figure_line *l, struct err *e)
{
	(void)e;
	buf_addf(context, "%s %s: %s = %lld\n", l->type, l->name, l->detail, (long long)l->number);
	return 0;
}

static const char *proof(struct store *in, const char *name, bool gated)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	buf_reset(&out);
	CHECK(figure_each(in, figure_find(name), &(struct figure_query){ .gated = gated }, dump_line, &out, &e) == 0);
	return out.data;
}

static void test_lines(void)
{
	struct store *t = new_store();
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], one[RECORD_ID_SIZE], two[RECORD_ID_SIZE];
	struct buf shown = BUF_INIT, want = BUF_INIT;
	struct err e = ERR_INIT;
	make(t, &person_type, a, "name", "Ахметов", "role", "consultant", "municipality", "80618000", NULL);
	make(t, &person_type, b, "name", "Валеева", NULL);
	make(t, &seminar_type, one, "title", "Раз", "date", "2020-02-14", "municipality", "80618000", "place", "библиотека", "unnamed", "100",
	    "unnamed_basis", "счёт", "lead", a, NULL);
	make(t, &seminar_type, two, "title", "Два", "date", "2020-03-14", "lead", b, NULL);
	REQUIRE_OK(attendance_mark(t, one, a, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(t, one, b, ATTENDANCE_PRESENT, &e));
	make(t, &consultation_type, two, "mentor", a, "mentee", b, "date", "2020-02-15", "topic", "устав", "minutes", "725", NULL);
	CHECK_STR(proof(t, "consultant", false), "person Ахметов: Бураевский = 1\n");
	CHECK_STR(proof(t, "seminars_held", false), "seminar Раз: 14.02.2020, Бураевский, библиотека, 2 came = 1\n");
	CHECK_STR(proof(t, "seminars_planned", false), "seminar Два: 14.03.2020 = 1\n");
	CHECK_STR(proof(t, "visits", false), "attendance Ахметов: 14.02.2020, Бураевский, Раз = 1\nattendance Валеева: 14.02.2020, Бураевский, Раз = 1\n");
	CHECK_STR(proof(t, "reached", false), "person Ахметов: Бураевский, 1 visit = 1\nperson Валеева: 1 visit = 1\n");
	CHECK_STR(proof(t, "unnamed", false), "seminar Раз: 14.02.2020, Бураевский, счёт, 100 without a name = 100\n");
	CHECK_STR(proof(t, "municipalities_with_consultant", false), "municipality Бураевский район: 1 person = 1\n");
	CHECK_STR(proof(t, "consultation_minutes", false), "consultation устав: 15.02.2020, Ахметов → Валеева, 725 min = 725\n");
	CHECK_STR(proof(t, "passed_on", false), "");		/* the second seminar is not held yet */
	REQUIRE_OK(consent_sign(t, (const char *const[]){ b }, 1, "participation", NULL, &e));
	buf_addf(&want, "person %s: Бураевский, 1 visit = 1\nperson Валеева: 1 visit = 1\n", a);
	CHECK_STR(proof(t, "reached", true), want.data);
	buf_reset(&want);
	buf_addf(&want, "consultation устав: 15.02.2020, %s → Валеева, 725 min = 1\n", a);
	CHECK_STR(proof(t, "consultations", true), want.data);
	figure_show(figure_find("consultation_minutes"), value(t, "consultation_minutes"), &shown);
	CHECK_STR(shown.data, "12 h 05 min");
	buf_release(&shown);
	buf_release(&want);
	store_close(t);
}

static int look(void *context, const struct indicator *i, struct err *e)
{
	struct buf *out = context;
	(void)e;
	buf_addf(out, "%s %lld/%lld %lld%% %d:%lld\n", i->key, (long long)i->reached, (long long)i->planned, (long long)i->percent, (int)i->how, (long long)i->forecast);
	return 0;
}

static const char *looked(struct store *t, const char *today)
{
	static struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	buf_reset(&out);
	if (!CHECK(indicator_each(t, today, look, &out, &e) == 0))
		test_note("%s", e.text);
	return out.data;
}

/* The targets of the grant, and what a coordinator makes of them. */
static void test_indicators(void)
{
	struct store *t = new_store();
	char person[RECORD_ID_SIZE], which[RECORD_ID_SIZE], found[RECORD_ID_SIZE];
	struct record r;
	struct err e = ERR_INIT;
	CHECK_STR(looked(t, "2020-03-01"), "experts 0/15 0% 0:0\nconsultants 0/50 0% 0:0\nseminars 0/50 0% 0:0\nparticipants 0/400 0% 0:0\ninformation 0/3 0% 0:0\n");
	REQUIRE_OK(record_load(t, &r, &programme_type, "first", &e));
	REQUIRE_OK(record_set(t, &r, "since", "2020-01-01", &e));
	REQUIRE_OK(record_set(t, &r, "until", "2020-04-09", &e));		/* a hundred days */
	REQUIRE_OK(record_save(t, &r, &e));
	record_release(&r);
	for (int i = 0; i < 17; i++)
		make(t, &person_type, person, "name", "Эксперт", "role", "expert", NULL);
	make(t, &seminar_type, which, "title", "Раз", "date", "2020-01-05", "status", "held", NULL);
	REQUIRE_OK(attendance_mark(t, which, person, ATTENDANCE_PRESENT, &e));
	make(t, &seminar_type, which, "title", "Два", "date", "2020-03-05", NULL);
	make(t, &seminar_type, which, "title", "Три", "date", "2020-03-05", "kind", "information", NULL);
	make(t, &indicator_type, which, "key", "january", "title", "Январь", "kind", "visits", "target", "3", "since", "2020-01-01", "until", "2020-01-31", NULL);
	/* Twenty of a hundred days have passed. */
	CHECK_STR(looked(t, "2020-01-20"), "experts 17/15 113% 2:85\nconsultants 0/50 0% 2:0\nseminars 1/50 2% 3:2\nparticipants 1/400 0% 2:5\ninformation 0/3 0% 3:1\n"
	    "january 1/3 33% 2:1\n");
	CHECK_STR(looked(t, "2019-12-31"), "experts 17/15 113% 1:0\nconsultants 0/50 0% 1:0\nseminars 1/50 2% 1:0\nparticipants 1/400 0% 1:0\ninformation 0/3 0% 1:0\n"
	    "january 1/3 33% 1:0\n");
	CHECK_STR(looked(t, "2020-04-10"), "experts 17/15 113% 4:17\nconsultants 0/50 0% 4:0\nseminars 1/50 2% 4:1\nparticipants 1/400 0% 4:1\ninformation 0/3 0% 4:0\n"
	    "january 1/3 33% 4:1\n");
	REQUIRE_OK(indicator_find(t, "january", found, &e));
	CHECK(strcmp(found, which) == 0);
	CHECK(indicator_find(t, "february", found, &e) != 0 && e.code == ERR_REFUSED);
	store_close(t);
}

static void no_such(struct store *t, const char *words, ...)
{
	char which[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	va_list pairs;
	va_start(pairs, words);
	CHECK(try_record(t, &indicator_type, which, &e, pairs) != 0);
	va_end(pairs);
	if (!CHECK(strstr(e.text, words) != NULL))
		test_note("%s", e.text);
}

static void test_indicator_rules(void)
{
	struct store *t = new_store();
	no_such(t, "already", "key", "seminars", "title", "Ещё", "kind", "seminars", NULL);
	no_such(t, "a to z", "key", "два слова", "title", "Ещё", "kind", "seminars", NULL);
	no_such(t, "cannot be narrowed", "key", "x", "title", "Ещё", "kind", "seminars", "role", "expert", NULL);
	no_such(t, "cannot be narrowed", "key", "x", "title", "Ещё", "kind", "people", "seminar_kind", "local", NULL);
	no_such(t, "the end lies", "key", "x", "title", "Ещё", "kind", "visits", "since", "2020-02-02", "until", "2020-02-01", NULL);
	no_such(t, "empty", "key", "x", "title", "Ещё", NULL);
	store_close(t);
}

/* The next programme starts with the registers and no counts; the old one is counted when it is chosen. */
static void test_programmes(void)
{
	char next[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	int64_t before = value(s, "visits"), passed;
	make(s, &programme_type, next, "title", "Следующая", NULL);
	REQUIRE_OK(store_set_setting(s, "programme", next, &e));
	for (const struct figure *f = figure_list; f->name; f++)
		if (!CHECK_INT(value(s, f->name), 0))
			test_note("%s", f->name);
	REQUIRE_OK(store_set_setting(s, "programme", NULL, &e));
	CHECK_INT(value(s, "visits"), before);
	passed = value(s, "passed_on");
	CHECK(before > 0 && passed > 0);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_every_kind), TEST(test_names), TEST(test_lines), TEST(test_indicators), TEST(test_indicator_rules), TEST(test_programmes), TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
