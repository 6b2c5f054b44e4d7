#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "records/attendance.h"
#include "figures/coverage.h"
#include "records/person.h"
#include "records/seminar.h"
#include "schema/schema.h"

static struct store *s;

static int place_of(const char *name_begins)
{
	for (int i = 0; schema_municipalities[i].code; i++)
		if (strstr(schema_municipalities[i].name, name_begins))
			for (int k = 0; coverage_grid[k].code; k++)
				if (strcmp(coverage_grid[k].code, schema_municipalities[i].code) == 0)
					return k;
	return -1;
}

static void test_grid(void)
{
	int known = 0, count = 0;
	for (int i = 0; schema_municipalities[i].code; i++) {
		int found = 0;
		for (int k = 0; coverage_grid[k].code; k++)
			found += strcmp(coverage_grid[k].code, schema_municipalities[i].code) == 0;
		if (!CHECK_INT(found, 1))
			test_note("%s", schema_municipalities[i].name);
		known++;
	}
	for (int k = 0; coverage_grid[k].code; k++, count++) {
		const struct coverage_place *p = &coverage_grid[k];
		CHECK_INT((int64_t)text_length(p->letters, strlen(p->letters)), 2);
		CHECK(p->row >= 0 && p->row < 13 && p->column >= 0 && p->column < 12);
		for (int j = 0; j < k; j++) {
			CHECK(p->row != coverage_grid[j].row || p->column != coverage_grid[j].column);
			if (!CHECK(strcmp(p->letters, coverage_grid[j].letters) != 0))
				test_note("%s", p->letters);
		}
	}
	CHECK_INT(known, 63);
	CHECK_INT(count, 63);
}

/* What borders on what, taken from a map of the republic: a step aside, corners included. */
static void test_neighbours(void)
{
	static const char *const pairs[][2] = {
		{ "Краснокамский", "Нефтекамск" }, { "Краснокамский", "Агидель" }, { "Краснокамский", "Калтасинский" }, { "Калтасинский", "Янаульский" },
		{ "Янаульский", "Татышлинский" }, { "Янаульский", "Бураевский" }, { "Бураевский", "Бирский" }, { "Бураевский", "Балтачевский" },
		{ "Балтачевский", "Аскинский" }, { "Аскинский", "Караидельский" }, { "Мишкинский", "Бирский" }, { "Караидельский", "Дуванский" },
		{ "Дуванский", "Мечетлинский" }, { "Мечетлинский", "Белокатайский" }, { "Кигинский", "Белокатайский" }, { "Кигинский", "Салаватский" },
		{ "Дуванский", "Салаватский" }, { "Илишевский", "Дюртюлинский" }, { "Илишевский", "Бакалинский" }, { "Чекмагушевский", "Дюртюлинский" },
		{ "Бакалинский", "Шаранский" }, { "Шаранский", "Туймазинский" }, { "Туймазинский", "город Октябрьский" }, { "Туймазинский", "Белебеевский" },
		{ "Буздякский", "Благоварский" }, { "Кушнаренковский", "Уфимский" }, { "Благовещенский", "Нуримановский" }, { "Нуримановский", "Иглинский" },
		{ "Уфимский", "город Уфа" }, { "Уфимский", "Чишминский" }, { "Кармаскалинский", "Уфа" }, { "Архангельский", "Иглинский" },
		{ "Архангельский", "Гафурийский" }, { "Белебеевский", "Ермекеевский" }, { "Бижбулякский", "Миякинский" }, { "Альшеевский", "Давлекановский" },
		{ "Аургазинский", "Стерлитамакский" }, { "Стерлитамакский", "город Стерлитамак" }, { "Ишимбайский", "город Салават" },
		{ "Мелеузовский", "город Салават" }, { "Мелеузовский", "Федоровский" }, { "Мелеузовский", "Кугарчинский" }, { "Федоровский", "Стерлибашевский" },
		{ "Миякинский", "Стерлибашевский" }, { "Федоровский", "Куюргазинский" }, { "Куюргазинский", "Кумертау" }, { "Кугарчинский", "Зианчуринский" },
		{ "Зианчуринский", "Зилаирский" }, { "Кугарчинский", "Бурзянский" }, { "Ишимбайский", "Белорецкий" }, { "Межгорье", "Белорецкий" },
		{ "Белорецкий", "Учалинский" }, { "Белорецкий", "Абзелиловский" }, { "Учалинский", "Абзелиловский" }, { "Абзелиловский", "Баймакский" },
		{ "Баймакский", "Сибай" }, { "Баймакский", "Хайбуллинский" }, { "Баймакский", "Зилаирский" }, { "Зилаирский", "Хайбуллинский" },
		{ "Бурзянский", "Баймакский" }, { "Бурзянский", "Абзелиловский" }
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		int a = place_of(pairs[i][0]), b = place_of(pairs[i][1]);
		bool beside = CHECK(a >= 0 && b >= 0) && abs(coverage_grid[a].row - coverage_grid[b].row) <= 1 &&
		    abs(coverage_grid[a].column - coverage_grid[b].column) <= 1;
		if (!CHECK(beside))
			test_note("%s, %s", pairs[i][0], pairs[i][1]);
	}
	/* North is above, west is left. */
	CHECK(coverage_grid[place_of("Янаульский")].row < coverage_grid[place_of("город Уфа")].row);
	CHECK(coverage_grid[place_of("город Уфа")].row < coverage_grid[place_of("Зианчуринский")].row);
	CHECK(coverage_grid[place_of("Туймазинский")].column < coverage_grid[place_of("город Уфа")].column);
	CHECK(coverage_grid[place_of("город Уфа")].column < coverage_grid[place_of("Учалинский")].column);
}

static int64_t total(const struct coverage *c, enum coverage_figure f)
{
	int64_t n = 0;
	for (int i = 0; i < c->count; i++)
		n += c->tile[i].value[f];
	return n;
}

static void test_empty(void)
{
	struct store *fresh = new_store();
	struct coverage c;
	struct coverage_months m;
	struct err e = ERR_INIT;
	REQUIRE_OK(coverage_read(fresh, NULL, NULL, &c, &e));
	CHECK_INT(c.count, 63);
	CHECK_INT(c.rows, 11);
	CHECK_INT(c.columns, 9);
	for (int f = 0; f < COVERAGE_FIGURES; f++) {
		CHECK_INT(total(&c, (enum coverage_figure)f), 0);
		CHECK_INT(coverage_empty(&c, (enum coverage_figure)f), 63);
		CHECK_INT(coverage_shade(&c, (enum coverage_figure)f, 0), 0);
		CHECK_INT(coverage_figure_find(coverage_measures[f].name), f);
	}
	CHECK_INT(coverage_figure_find("nonsense"), -1);
	for (int i = 1; i < c.count; i++)
		CHECK(c.tile[i - 1].row < c.tile[i].row || (c.tile[i - 1].row == c.tile[i].row && c.tile[i - 1].column < c.tile[i].column));
	CHECK(coverage_at(&c, 5, 4) == coverage_of(&c, "80701000"));
	CHECK_STR(coverage_at(&c, 5, 4)->short_name, "г. Уфа");
	CHECK(coverage_at(&c, 0, 0) == NULL && coverage_of(&c, "1") == NULL);
	REQUIRE_OK(coverage_months_read(fresh, NULL, NULL, NULL, &m, &e));
	coverage_months_release(&m);
	coverage_release(&c);
	store_close(fresh);
}

/* --- a random region, counted anew without SQL --- */

enum { PEOPLE = 120, SEMINARS = 60, MARKS = 900, CONSULTATIONS = 80, ORGANISATIONS = 70, PLACES = 9 };

/* The last two: one that is merged into the one before it, and none. */
static const char *const places[PLACES] = { "80601000", "80618000", "80649000", "80701000", "80739000", "80745000", "80655000", "80627000", "" };
enum { MERGED = 7, HEIR = 6, NOWHERE = 8 };

struct region {
	char person[PEOPLE][RECORD_ID_SIZE], seminar[SEMINARS][RECORD_ID_SIZE];
	int role[PEOPLE], home[PEOPLE], where[SEMINARS], status[SEMINARS], unnamed[SEMINARS], month[SEMINARS];
	bool gone[PEOPLE], dropped[SEMINARS], present[SEMINARS][PEOPLE];
	int64_t want[COVERAGE_FIGURES][PLACES], by_month[COVERAGE_FIGURES][13];
};

static int pick(int n)
{
	return (int)(test_random() % (uint64_t)n);
}

static int seat(int place)
{
	return place == MERGED ? HEIR : place;
}

static void make_people(struct region *g)
{
	char name[64];
	for (int i = 0; i < PEOPLE; i++) {
		g->role[i] = pick(3);
		g->home[i] = pick(PLACES);
		snprintf(name, sizeof name, "Человек %d", i);
		make(s, &person_type, g->person[i], "name", name, "role", person_roles[g->role[i]].code, "municipality", places[g->home[i]], NULL);
	}
}

static void make_seminars(struct region *g)
{
	char title[32], unnamed[16], date[32];
	for (int i = 0; i < SEMINARS; i++) {
		g->where[i] = pick(PLACES);
		g->status[i] = pick(3);
		g->month[i] = 1 + pick(6);
		g->unnamed[i] = pick(3) == 0 ? pick(200) : 0;
		snprintf(title, sizeof title, "Семинар %d", i);
		snprintf(unnamed, sizeof unnamed, "%d", g->unnamed[i]);
		snprintf(date, sizeof date, "2020-%02u-15", (unsigned)g->month[i] % 100);
		make(s, &seminar_type, g->seminar[i], "title", title, "date", date, "municipality", places[g->where[i]],
		    "status", seminar_statuses[g->status[i]].code, "unnamed", unnamed, "unnamed_basis", "счёт", NULL);
	}
}

static void make_marks(struct region *g)
{
	struct err e = ERR_INIT;
	for (int i = 0; i < MARKS; i++) {
		int where = pick(SEMINARS), who = pick(PEOPLE), state = pick(3);
		if (where % 4 == 0)
			continue;
		REQUIRE_OK(attendance_mark(s, g->seminar[where], g->person[who], (enum attendance_state)state, &e));
		g->present[where][who] = state == ATTENDANCE_PRESENT;
	}
	for (int i = 0; i < PEOPLE; i += 11) {
		REQUIRE_OK(record_remove(s, &person_type, g->person[i], &e));
		g->gone[i] = true;
	}
	for (int i = 1; i < SEMINARS; i += 9) {
		REQUIRE_OK(record_remove(s, &seminar_type, g->seminar[i], &e));
		g->dropped[i] = true;
	}
}

static void make_rest(struct region *g)
{
	char id[RECORD_ID_SIZE], name[32], date[32];
	for (int i = 0; i < CONSULTATIONS; i++) {
		int mentor = pick(PEOPLE), mentee = (mentor + 1) % PEOPLE, month = 1 + pick(6);
		if (mentee % 11 == 0 || mentor % 11 == 0)
			continue;			/* they will be removed */
		snprintf(date, sizeof date, "2020-%02u-20", (unsigned)month % 100);
		make(s, &consultation_type, id, "mentor", g->person[mentor], "mentee", g->person[mentee], "date", date, "topic", "устав", NULL);
		g->want[COVERAGE_CONSULTATIONS][seat(g->home[mentee])]++;
		g->by_month[COVERAGE_CONSULTATIONS][month]++;
	}
	for (int i = 0; i < ORGANISATIONS; i++) {
		int place = pick(PLACES);
		snprintf(name, sizeof name, "Организация %u", (unsigned)i % 1000);
		make(s, &organisation_type, id, "name", name, "municipality", places[place], NULL);
		g->want[COVERAGE_ORGANISATIONS][seat(place)]++;
	}
}

static bool came(const struct region *g, int seminar, int person)
{
	return g->present[seminar][person] && !g->gone[person] && !g->dropped[seminar];
}

static void count_reached(struct region *g)
{
	for (int k = 0; k < PEOPLE; k++) {
		bool at[PLACES] = { false }, in[13] = { false };
		for (int i = 0; i < SEMINARS; i++) {
			if (!came(g, i, k))
				continue;
			g->want[COVERAGE_VISITS][seat(g->where[i])]++;
			g->by_month[COVERAGE_VISITS][g->month[i]]++;
			at[seat(g->where[i])] = in[g->month[i]] = true;
		}
		for (int p = 0; p < PLACES; p++)
			g->want[COVERAGE_REACHED][p] += at[p];
		for (int m = 1; m <= 12; m++)
			g->by_month[COVERAGE_REACHED][m] += in[m];
	}
}

static void count_seminars(struct region *g)
{
	for (int i = 0; i < SEMINARS; i++) {
		bool held = g->status[i] == 1;
		for (int k = 0; k < PEOPLE; k++)
			held |= came(g, i, k);
		if (g->dropped[i])
			continue;
		g->want[COVERAGE_SEMINARS][seat(g->where[i])] += held;
		g->by_month[COVERAGE_SEMINARS][g->month[i]] += held;
		if (held || g->status[i] != 2) {
			g->want[COVERAGE_UNNAMED][seat(g->where[i])] += g->unnamed[i];
			g->by_month[COVERAGE_UNNAMED][g->month[i]] += g->unnamed[i];
		}
	}
	for (int k = 0; k < PEOPLE; k++)
		if (!g->gone[k] && g->role[k] > 0)
			g->want[g->role[k] == 1 ? COVERAGE_EXPERTS : COVERAGE_CONSULTANTS][seat(g->home[k])]++;
}

static struct region region;

static void check_values(const struct coverage *c)
{
	for (int f = 0; f < COVERAGE_FIGURES; f++) {
		int64_t elsewhere = region.want[f][NOWHERE], sum = 0;
		for (int p = 0; p < NOWHERE; p++) {
			const struct coverage_tile *t = coverage_of(c, places[p]);
			CHECK((t == NULL) == (p == MERGED));
			if (t && !CHECK_INT(t->value[f], region.want[f][p]))
				test_note("%s of %s", coverage_measures[f].name, t->name);
			sum += region.want[f][p];
		}
		CHECK_INT(c->elsewhere[f], elsewhere);
		CHECK_INT(total(c, (enum coverage_figure)f), sum);
		CHECK(sum > 0);
	}
}

static void check_months(void)
{
	struct coverage_months m;
	struct err e = ERR_INIT;
	REQUIRE_OK(coverage_months_read(s, NULL, NULL, NULL, &m, &e));
	int found = 0;
	for (int i = 0; i < m.count; i++) {
		int month = strncmp(m.month[i].month, "2020-", 5) == 0 ? atoi(m.month[i].month + 5) : 0;
		found += month >= 1 && month <= 6;
		CHECK(i == 0 || strcmp(m.month[i - 1].month, m.month[i].month) < 0);
		for (int f = 0; f < COVERAGE_FIGURES; f++)
			if (!CHECK_INT(m.month[i].value[f], month ? region.by_month[f][month] : 0))
				test_note("%s in %s", coverage_measures[f].name, m.month[i].month);
	}
	CHECK_INT(found, 6);
	coverage_months_release(&m);
}

static void test_random_region(void)
{
	struct coverage c;
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	make_people(&region);
	make_seminars(&region);
	make_rest(&region);
	make_marks(&region);
	REQUIRE_OK(store_exec(s, "UPDATE municipality SET successor = '80655000' WHERE code = '80627000'", &e));
	REQUIRE_OK(store_commit(s, &e));
	count_reached(&region);
	count_seminars(&region);
	REQUIRE_OK(coverage_read(s, NULL, NULL, &c, &e));
	CHECK_INT(c.count, 62);
	check_values(&c);
	check_months();
	coverage_release(&c);
}

/* Months add up to the period, where what is counted is not people. */
static void test_period(void)
{
	struct coverage c, whole;
	struct coverage_months m;
	struct err e = ERR_INIT;
	REQUIRE_OK(coverage_read(s, NULL, "", &whole, &e));
	REQUIRE_OK(coverage_read(s, "2020-02-01", "2020-03-31", &c, &e));
	CHECK_INT(total(&c, COVERAGE_VISITS) + c.elsewhere[COVERAGE_VISITS], region.by_month[COVERAGE_VISITS][2] + region.by_month[COVERAGE_VISITS][3]);
	CHECK_INT(total(&c, COVERAGE_SEMINARS) + c.elsewhere[COVERAGE_SEMINARS], region.by_month[COVERAGE_SEMINARS][2] + region.by_month[COVERAGE_SEMINARS][3]);
	CHECK_INT(total(&c, COVERAGE_CONSULTANTS), total(&whole, COVERAGE_CONSULTANTS));
	REQUIRE_OK(coverage_months_read(s, "80701000", NULL, NULL, &m, &e));
	int64_t visits = 0;
	for (int i = 0; i < m.count; i++)
		visits += m.month[i].value[COVERAGE_VISITS];
	CHECK_INT(visits, coverage_of(&whole, "80701000")->value[COVERAGE_VISITS]);
	coverage_months_release(&m);
	coverage_release(&c);
	coverage_release(&whole);
}

/* A day of another time among the marks: the programme's months stay. */
static void test_wrong_date(void)
{
	struct coverage_months m;
	struct err e = ERR_INIT;
	char far[RECORD_ID_SIZE];
	make(s, &seminar_type, far, "title", "Опечатка", "date", "2036-02-01", "municipality", "80701000", "status", "held", NULL);
	REQUIRE_OK(coverage_months_read(s, NULL, NULL, NULL, &m, &e));
	int64_t seminars = 0, expected = 1;
	for (int month = 1; month <= 6; month++)
		expected += region.by_month[COVERAGE_SEMINARS][month];
	for (int i = 0; i < m.count; i++) {
		seminars += m.month[i].value[COVERAGE_SEMINARS];
		CHECK(i == 0 || strcmp(m.month[i - 1].month, m.month[i].month) < 0);
	}
	CHECK_INT(seminars, expected);
	CHECK(m.count >= 2 && m.count <= COVERAGE_MONTHS_MAX);
	if (m.count > 0)
		CHECK_STR(m.month[m.count - 1].month, "2036-02");
	coverage_months_release(&m);
	REQUIRE_OK(record_remove(s, &seminar_type, far, &e));
}

static void test_shades(void)
{
	struct coverage c;
	struct err e = ERR_INIT;
	REQUIRE_OK(coverage_read(s, NULL, NULL, &c, &e));
	for (int f = 0; f < COVERAGE_FIGURES; f++) {
		int64_t most = 0;
		for (int i = 0; i < c.count; i++) {
			int64_t value = c.tile[i].value[f];
			int shade = coverage_shade(&c, (enum coverage_figure)f, value);
			CHECK((shade == 0) == (value == 0) && shade < COVERAGE_SHADES);
			most = value > most ? value : most;
			for (int k = 0; k < i; k++)
				CHECK(c.tile[k].value[f] > value || coverage_shade(&c, (enum coverage_figure)f, c.tile[k].value[f]) <= shade);
		}
		CHECK_INT(coverage_shade(&c, (enum coverage_figure)f, most), COVERAGE_SHADES - 1);
	}
	coverage_release(&c);
}

static void expect_tile(const struct coverage *c, const char *code, const char *letters, int row, int column)
{
	const struct coverage_tile *t = coverage_of(c, code);
	REQUIRE(t != NULL);
	CHECK_STR(t->letters, letters);
	CHECK_INT(t->row, row);
	CHECK_INT(t->column, column);
}

/* What the hub says of places and letters stands before the program's own; nothing falls onto anything. */
static void test_territory(void)
{
	struct store *other = new_store();
	struct coverage c;
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(other, &e));
	REQUIRE_OK(store_exec(other,
	    "INSERT INTO territory(id, deleted, kind, name, centre, letters, grid_row, grid_column) VALUES"
	    " ('80701000', 0, 'city_okrug', 'город Уфа', 'г Уфа', 'УЯ', 1, 1),"		/* moved */
	    " ('80618000', 0, 'district', 'Бураевский район', 'с Бураево', 'БЧ', 6, 5),"	/* on Ufa's old place, with Baltachevo's letters */
	    " ('80652000', 0, 'district', 'Уфимский район', 'г Уфа', NULL, 7, 1),"		/* onto Yermekeevo */
	    " ('80999000', 0, 'district', 'Новый район', 'с Новое', NULL, NULL, NULL),"
	    " ('80998000', 0, 'district', 'Нулевой район', 'с Ноль', 'слишком длинно', 999, -3)", &e));
	REQUIRE_OK(store_commit(other, &e));
	REQUIRE_OK(coverage_read(other, NULL, NULL, &c, &e));
	CHECK_INT(c.count, 65);
	expect_tile(&c, "80701000", "УЯ", 0, 0);
	expect_tile(&c, "80618000", "БЧ", 5, 4);
	expect_tile(&c, "80652000", "УР", 6, 0);
	CHECK(strcmp(coverage_of(&c, "80608000")->letters, "БЧ") != 0 && *coverage_of(&c, "80608000")->letters);
	CHECK_INT(coverage_of(&c, "80625000")->row, 11);			/* whose place was taken stands below */
	CHECK_INT(coverage_of(&c, "80999000")->row, 11);
	CHECK_INT(c.rows, 12);
	for (int i = 0; i < c.count; i++)
		for (int k = 0; k < i; k++) {
			CHECK(c.tile[i].row != c.tile[k].row || c.tile[i].column != c.tile[k].column);
			CHECK(strcmp(c.tile[i].letters, c.tile[k].letters) != 0);
		}
	coverage_release(&c);
	store_close(other);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_grid), TEST(test_neighbours), TEST(test_empty), TEST(test_random_region), TEST(test_period), TEST(test_wrong_date), TEST(test_shades), TEST(test_territory),
		TEST_END
	};
	s = new_store();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
