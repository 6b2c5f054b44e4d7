/* Listings against the plain definition: every order both ways, filters, windows at every place; what narrowing finds is what starting anew finds. */
#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/attendance.h"
#include "records/consultation.h"
#include "listings/listing_private.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/seminar.h"

enum { PEOPLE = 320, ORGANISATIONS = 12, SEMINARS = 40, CONSULTATIONS = 60, ROWS_MAX = 400, COLUMNS_MAX = 8 };

static struct store *s;
static char people[PEOPLE][RECORD_ID_SIZE], organisations[ORGANISATIONS][RECORD_ID_SIZE], seminars[SEMINARS][RECORD_ID_SIZE];

/* What no record would let through. */
static void change(const char *sql)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	CHECK_INT(store_exec(s, sql, &e), 0);
	REQUIRE_OK(store_commit(s, &e));
}

/* --- a region of random people --- */

static const char *pick(const char *const *list, int count)
{
	return list[test_random() % (uint64_t)count];
}
#define PICK(array) pick(array, (int)(sizeof array / sizeof *array))

static const char *const codes[] = { "80618000", "80701000", "80609000", "80649000", "80745000", "" };
static const char *const stages[] = { "candidate", "selected", "training", "trained", "working", "finished", "left", "" };
static const char *const roles[] = { "coordinator", "expert", "consultant", "activist", "official", "" };
static const char *const posts[] = { "учитель", "Библиотекарь", "әйҙәүсе", "бухгалтер", "" };

static void word(char *out, size_t size)
{
	static const char letters[] = "абвгғдҙеёзикҡлмнңоөпрсҫтуүхһшэәя";
	size_t n = 0;
	for (int k = 2 + (int)(test_random() % 3); k > 0 && n + 3 < size; k--, n += 2)
		memcpy(out + n, letters + 2 * (test_random() % ((sizeof letters - 1) / 2)), 2);
	out[n] = '\0';
}

static void make_people(void)
{
	struct err e = ERR_INIT;
	for (int i = 0; i < PEOPLE; i++) {
		char first[32], last[32], name[80], phone[24];
		word(first, sizeof first);
		word(last, sizeof last);
		snprintf(name, sizeof name, "%s %s", last, first);
		snprintf(phone, sizeof phone, "+7917%07d", (int)(test_random() % 9999999));
		make(s, &person_type, people[i], "name", i % 40 == 7 ? "Тёзка Тёзкин" : name, "phone", test_random() % 3 ? phone : "",
		    "organisation", test_random() % 3 ? organisations[test_random() % ORGANISATIONS] : "", "post", PICK(posts),
		    "municipality", PICK(codes), "stage", PICK(stages), "role", PICK(roles), NULL);
	}
	for (int i = 0; i < PEOPLE; i += 9)
		REQUIRE_OK(record_remove(s, &person_type, people[i], &e));
}

static void make_seminars(void)
{
	static const char *const states[] = { "planned", "held", "cancelled" };
	struct err e = ERR_INIT;
	for (int i = 0; i < SEMINARS; i++) {
		char title[64], date[16];
		word(title, sizeof title);
		snprintf(date, sizeof date, "2020-%02d-%02d", 1 + (int)(test_random() % 12), 1 + (int)(test_random() % 9));
		make(s, &seminar_type, seminars[i], "title", title, "date", date, "place", PICK(posts), "municipality", PICK(codes),
		    "lead", test_random() % 4 ? people[1 + test_random() % 8] : "", "status", PICK(states), NULL);
		for (int k = (int)(test_random() % 6); k > 0; k--) {
			const char *id = people[test_random() % PEOPLE];
			enum attendance_state state = test_random() % 4 ? ATTENDANCE_PRESENT : test_random() % 2 ? ATTENDANCE_ABSENT : ATTENDANCE_REGISTERED;
			(void)attendance_mark(s, seminars[i], id, state, &e);		/* some of them are removed */
		}
	}
	REQUIRE_OK(record_remove(s, &seminar_type, seminars[3], &e));
}

static void make_consultations(void)
{
	static const char *const forms[] = { "visit", "phone", "online" };
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	for (int i = 0; i < CONSULTATIONS; i++) {
		char topic[64], date[16], next[16];
		bool step = test_random() % 2;
		word(topic, sizeof topic);
		snprintf(date, sizeof date, "2020-%02d-%02d", 1 + (int)(test_random() % 5), 1 + (int)(test_random() % 9));
		snprintf(next, sizeof next, "2020-%02d-%02d", 6 + (int)(test_random() % 5), 1 + (int)(test_random() % 9));
		make(s, &consultation_type, id, "mentor", people[1 + test_random() % 8], "mentee", people[10 + test_random() % 8], "date", date,
		    "form", PICK(forms), "topic", test_random() % 5 ? topic : "", "next_step", step ? PICK(posts) : "", "next_date", step ? next : "",
		    "next_done", step && test_random() % 3 == 0 ? "2020-12-01" : "", NULL);
		if (i == 5)
			REQUIRE_OK(record_remove(s, &consultation_type, id, &e));
	}
}

static void make_region(void)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(store_begin(s, &e));
	for (int i = 0; i < ORGANISATIONS; i++) {
		char name[64], quoted[96];
		word(name, sizeof name);
		snprintf(quoted, sizeof quoted, i % 2 ? "АНО «%s»" : "%s", name);
		make(s, &organisation_type, organisations[i], "name", quoted, "municipality", i == 5 ? "80619000" : PICK(codes), NULL);
	}
	make_people();
	make_seminars();
	make_consultations();
	REQUIRE_OK(store_commit(s, &e));
}

/* --- rows as a view gives them --- */

struct rows {
	int count;
	char id[ROWS_MAX][RECORD_ID_SIZE];
	char *cell[ROWS_MAX][COLUMNS_MAX];
};

static void rows_free(struct rows *r)
{
	for (int i = 0; i < r->count; i++)
		for (int c = 0; c < COLUMNS_MAX; c++)
			free(r->cell[i][c]);
	free(r);
}

static struct rows *rows_of(struct listing_view *v, int columns)
{
	struct rows *r = mem_zero(1, sizeof *r);
	struct err e = ERR_INIT;
	int64_t count;
	if (!CHECK(listing_count(v, &count, &e) == 0 && count <= ROWS_MAX) || !CHECK(listing_window(v, 0, (int)count + 5, &e) == 0)) {
		test_note("%s", e.text);
		return r;
	}
	r->count = (int)count;
	for (int i = 0; i < r->count; i++) {
		snprintf(r->id[i], RECORD_ID_SIZE, "%s", listing_id(v, i));
		for (int c = 0; c < columns; c++)
			r->cell[i][c] = mem_dup(listing_cell(v, i, c));
	}
	CHECK_STR(listing_id(v, r->count), "");
	CHECK_STR(listing_cell(v, r->count, 0), "");
	return r;
}

static bool same_ids(const struct rows *a, const struct rows *b)
{
	bool same = a->count == b->count;
	for (int i = 0; same && i < a->count; i++)
		same = strcmp(a->id[i], b->id[i]) == 0;
	return same;
}

/* --- orders --- */

enum kind { TEXT, BYTES, NUMBER };
struct column { enum kind kind; const struct choice *choices; };
struct noun { const char *name; const struct listing *listing; int columns; bool descending; const struct column *column; };

static const struct column people_columns[] = {
	{ TEXT, NULL }, { TEXT, NULL }, { TEXT, NULL }, { TEXT, person_stages }, { TEXT, person_roles }, { BYTES, NULL }, { BYTES, NULL }, { TEXT, NULL }
};
static const struct column seminar_columns[] = {
	{ BYTES, NULL }, { TEXT, NULL }, { TEXT, NULL }, { TEXT, NULL }, { TEXT, NULL }, { TEXT, seminar_statuses }, { NUMBER, NULL }, { NUMBER, NULL }
};
static const struct column organisation_columns[] = { { TEXT, NULL }, { TEXT, NULL }, { BYTES, NULL }, { NUMBER, NULL } };
static const struct column consultation_columns[] = {
	{ BYTES, NULL }, { TEXT, NULL }, { TEXT, NULL }, { TEXT, NULL }, { TEXT, consultation_forms }, { BYTES, NULL }, { TEXT, NULL }
};
static const struct column municipality_columns[] = {
	{ TEXT, NULL }, { TEXT, municipality_kinds }, { TEXT, NULL }, { NUMBER, NULL }, { NUMBER, NULL }, { NUMBER, NULL }
};

static const struct noun nouns[] = {
	{ "people", &people_listing, PEOPLE_COLUMNS, false, people_columns },
	{ "seminars", &seminars_listing, SEMINARS_COLUMNS, true, seminar_columns },
	{ "organisations", &organisations_listing, ORGANISATIONS_COLUMNS, false, organisation_columns },
	{ "consultations", &consultations_listing, CONSULTATIONS_COLUMNS, true, consultation_columns },
	{ "municipalities", &municipalities_listing, MUNICIPALITIES_COLUMNS, false, municipality_columns },
};
enum { NOUNS = sizeof nouns / sizeof *nouns };

static int compare_text(const char *a, const char *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	text_sort_key(a, strlen(a), &x);
	text_sort_key(b, strlen(b), &y);
	int order = strcmp(x.data, y.data);
	buf_release(&x);
	buf_release(&y);
	return order;
}

static int position(const struct choice *choices, const char *code)
{
	int i = 0;
	while (choices[i].code && strcmp(choices[i].code, code) != 0)
		i++;
	return i;
}

static int compare_cells(const struct column *c, const char *a, const char *b, bool down)
{
	int order;
	if (!*a || !*b)
		return (*a == '\0') - (*b == '\0');
	if (c->choices)
		order = position(c->choices, a) - position(c->choices, b);
	else if (c->kind == NUMBER)
		order = atoi(a) - atoi(b);
	else
		order = c->kind == TEXT ? compare_text(a, b) : strcmp(a, b);
	return down ? -order : order;
}

/* The plain definition: by the column, then by the first one as the list begins, then by id. */
static int compare_rows(const struct noun *n, const struct rows *r, int a, int b, int column, bool down)
{
	int order = compare_cells(&n->column[column], r->cell[a][column], r->cell[b][column], down);
	bool base = column == 0 ? down : n->descending;
	if (order == 0)
		order = compare_cells(&n->column[0], r->cell[a][0], r->cell[b][0], base);
	if (order == 0)
		order = base ? -strcmp(r->id[a], r->id[b]) : strcmp(r->id[a], r->id[b]);
	return order;
}

/* Read without what the rows say, they are the same. */
static void check_ids(struct listing_view *v, const struct rows *r)
{
	struct err e = ERR_INIT;
	int first = r->count / 3;
	char (*ids)[RECORD_ID_SIZE] = mem_zero((size_t)r->count + 1, sizeof *ids);
	CHECK_INT(listing_ids(v, first, r->count - first, ids, &e), 0);
	for (int i = first; i < r->count; i++)
		CHECK_STR(ids[i - first], r->id[i]);
	free(ids);
}

static void check_order(const struct noun *n, struct listing_view *v, int column, bool down)
{
	listing_order(v, column, down);
	struct rows *r = rows_of(v, n->columns);
	check_ids(v, r);
	bool ordered = true;
	for (int i = 1; i < r->count; i++)
		ordered = ordered && compare_rows(n, r, i - 1, i, column, down) < 0;
	if (!CHECK(r->count > 5) || !CHECK(ordered))
		test_note("%s by column %d%s, %d rows", n->name, column, down ? ", descending" : "", r->count);
	rows_free(r);
}

static void test_orders(void)
{
	struct err e = ERR_INIT;
	for (int i = 0; i < NOUNS; i++) {
		const struct noun *n = &nouns[i];
		struct listing_view *v = listing_open(s, n->listing), *by_roll = listing_open(s, n->listing);
		struct rows *r = rows_of(v, n->columns);
		REQUIRE_OK(listing_prepare(by_roll, &e));		/* index and roll say the same */
		struct rows *other = rows_of(by_roll, n->columns);
		CHECK(same_ids(r, other));
		rows_free(other);
		rows_free(r);
		for (int c = 0; c < n->columns; c++) {
			check_order(n, v, c, false);
			check_order(n, v, c, true);
			check_order(n, by_roll, c, c % 2);
		}
		listing_close(v);
		listing_close(by_roll);
	}
}

/* Cells are what the records say. */
static void test_cells(void)
{
	struct listing_view *v = listing_open(s, &people_listing);
	struct rows *r = rows_of(v, PEOPLE_COLUMNS);
	struct err e = ERR_INIT;
	CHECK_INT(r->count, PEOPLE - (PEOPLE + 8) / 9);
	for (int i = 0; i < r->count; i += 7) {
		struct record p;
		struct buf shown = BUF_INIT;
		REQUIRE_OK(record_load(s, &p, &person_type, r->id[i], &e));
		CHECK_STR(r->cell[i][PEOPLE_NAME], record_get(&p, "name"));
		CHECK_STR(r->cell[i][PEOPLE_STAGE], record_get(&p, "stage"));
		CHECK_STR(r->cell[i][PEOPLE_ROLE], record_get(&p, "role"));
		CHECK_STR(r->cell[i][PEOPLE_PHONE], record_get(&p, "phone"));
		CHECK_STR(r->cell[i][PEOPLE_POST], record_get(&p, "post"));
		record_name(s, &organisation_type, record_get(&p, "organisation"), &shown);
		CHECK_STR(r->cell[i][PEOPLE_ORGANISATION], shown.data);
		buf_reset(&shown);
		municipality_short_name(s, record_get(&p, "municipality"), &shown);
		CHECK_STR(r->cell[i][PEOPLE_MUNICIPALITY], shown.data);
		buf_release(&shown);
		record_release(&p);
	}
	rows_free(r);
	listing_close(v);
}

static void test_counts(void)
{
	struct listing_view *v = listing_open(s, &seminars_listing), *m = listing_open(s, &municipalities_listing), *o = listing_open(s, &organisations_listing);
	struct rows *r = rows_of(v, SEMINARS_COLUMNS);
	struct err e = ERR_INIT;
	for (int i = 0; i < r->count; i++) {
		struct seminar_counts c;
		REQUIRE_OK(seminar_counts(s, r->id[i], &c, &e));
		CHECK_INT(atoi(r->cell[i][SEMINARS_CAME]), c.present);
		CHECK_INT(atoi(r->cell[i][SEMINARS_REGISTERED]), c.registered);
	}
	rows_free(r);
	r = rows_of(m, MUNICIPALITIES_COLUMNS);
	CHECK_INT(r->count, 63);
	int64_t total = 0, held = 0, consultants = 0;
	for (int i = 0; i < r->count; i++) {
		total += atoi(r->cell[i][MUNICIPALITIES_PEOPLE]);
		held += atoi(r->cell[i][MUNICIPALITIES_SEMINARS]);
		consultants += atoi(r->cell[i][MUNICIPALITIES_CONSULTANTS]);
	}
	CHECK_INT(total, query_number(s, "SELECT count(*) FROM person WHERE deleted = 0 AND municipality IS NOT NULL"));
	CHECK_INT(held, query_number(s, "SELECT count(*) FROM seminar WHERE deleted = 0 AND municipality IS NOT NULL"));
	CHECK_INT(consultants, query_number(s, "SELECT count(*) FROM participation t JOIN person p ON p.id = t.person"
	    " WHERE t.role = 'consultant' AND p.deleted = 0 AND p.municipality IS NOT NULL"));
	rows_free(r);
	r = rows_of(o, ORGANISATIONS_COLUMNS);
	total = 0;
	for (int i = 0; i < r->count; i++)
		total += atoi(r->cell[i][ORGANISATIONS_PEOPLE]);
	CHECK_INT(total, query_number(s, "SELECT count(*) FROM person WHERE deleted = 0 AND organisation IS NOT NULL"));
	rows_free(r);
	listing_close(v);
	listing_close(m);
	listing_close(o);
}

/* --- windows --- */

static void test_windows(void)
{
	struct err e = ERR_INIT;
	for (int i = 0; i < 2 * NOUNS; i++) {
		const struct noun *n = &nouns[i / 2];
		struct listing_view *v = listing_open(s, n->listing), *w = listing_open(s, n->listing);
		listing_order(v, 0, i % 2);
		listing_order(w, 0, i % 2);
		struct rows *r = rows_of(v, n->columns);
		for (int k = 0; k < 120; k++) {
			int64_t first = (int64_t)(test_random() % (uint64_t)(r->count + 3)), place;
			int size = (int)(test_random() % 30), row = (int)(test_random() % (uint64_t)r->count);
			if (k % 3 == 0)
				REQUIRE_OK(listing_place(w, r->id[row], &place, &e));
			if (k % 3 == 0 && !CHECK_INT(place, row))
				test_note("%s of %s, turn %d", r->id[row], n->name, k);
			if (k % 5 == 4)
				listing_stale(w);
			REQUIRE_OK(listing_window(w, first, size, &e));
			int there = first + size <= r->count ? size : first >= r->count ? 0 : r->count - (int)first;
			for (int at = 0; at < there; at++) {
				if (!CHECK_STR(listing_id(w, at), r->id[first + at]))
					test_note("%s %d+%d, turn %d", n->name, (int)first, at, k);
				CHECK_STR(listing_cell(w, at, 1), r->cell[first + at][1]);
			}
			CHECK_STR(listing_id(w, there), "");
		}
		rows_free(r);
		listing_close(v);
		listing_close(w);
	}
}

/* By the rungs and by an anchor too: more rows than a rung is long, asked for from afar. */
static void test_places(void)
{
	struct err e = ERR_INIT;
	int64_t place;
	for (int turn = 0; turn < 4; turn++) {
		struct listing_view *v = listing_open(s, &people_listing), *w = listing_open(s, &people_listing);
		listing_order(v, 0, turn % 2);
		listing_order(w, 0, turn % 2);
		struct rows *r = rows_of(v, 1);
		if (turn >= 2)
			REQUIRE_OK(listing_window(w, r->count / 2, 10, &e));
		for (int i = 0; i < r->count; i++) {
			int row = i * 37 % r->count;
			REQUIRE_OK(listing_place(w, r->id[row], &place, &e));
			CHECK_INT(place, row);
		}
		REQUIRE_OK(listing_place(w, people[0], &place, &e));		/* removed */
		CHECK_INT(place, -1);
		REQUIRE_OK(listing_place(w, "nobody-1", &place, &e));
		CHECK_INT(place, -1);
		rows_free(r);
		listing_close(v);
		listing_close(w);
	}
}

/* --- words --- */

static bool has(const char *text, const char *w)
{
	struct buf folded = BUF_INIT;
	text_fold(text, strlen(text), &folded);
	bool found = strstr(folded.data, w) != NULL;
	buf_release(&folded);
	return found;
}

static bool label_begins(const struct choice *choices, const char *code, const char *w)
{
	const struct choice *c = choice_find(choices, code);
	const char *second = c ? strchr(c->label, ' ') : NULL;
	return c && text_length(w, strlen(w)) >= 4 && (strncmp(c->label, w, strlen(w)) == 0 || (second && strncmp(second + 1, w, strlen(w)) == 0));
}

static bool person_has(char *const *cell, const char *w)
{
	struct buf name = BUF_INIT;
	char code[MUNICIPALITY_CODE_SIZE] = "";
	if (*cell[PEOPLE_MUNICIPALITY])
		CHECK_INT(municipality_find(s, cell[PEOPLE_MUNICIPALITY], code, NULL), 0);
	municipality_name(s, code, &name);
	bool found = has(cell[PEOPLE_NAME], w) || has(cell[PEOPLE_PHONE], w) || has(cell[PEOPLE_POST], w) || has(cell[PEOPLE_ORGANISATION], w) ||
	    has(name.data, w) || label_begins(person_stages, cell[PEOPLE_STAGE], w) || label_begins(person_roles, cell[PEOPLE_ROLE], w);
	buf_release(&name);
	return found;
}

static bool row_matches(char *const *cell, const char *typed)
{
	struct filter f;
	bool all = true;
	filter_init(&f, typed);
	for (int i = 0; i < f.count; i++)
		all = all && person_has(cell, f.word[i]);
	filter_release(&f);
	return all;
}

/* A piece of something that somebody has. */
static void random_words(const struct rows *r, char *out, size_t size)
{
	static const int from[] = { PEOPLE_NAME, PEOPLE_NAME, PEOPLE_ORGANISATION, PEOPLE_PHONE, PEOPLE_POST, PEOPLE_STAGE, PEOPLE_ROLE };
	*out = '\0';
	for (int k = 1 + (int)(test_random() % 2); k > 0; k--) {
		struct buf folded = BUF_INIT;
		const char *cell = r->cell[test_random() % (uint64_t)r->count][from[test_random() % 7]];
		text_fold(cell, strlen(cell), &folded);
		size_t skip = text_length(folded.data, folded.len) > 6 ? text_fit(folded.data, folded.len, (int)(test_random() % 3)) : 0;
		size_t take = text_fit(folded.data + skip, folded.len - skip, 1 + (int)(test_random() % 5));
		size_t have = strlen(out);
		snprintf(out + have, size - have, "%s%.*s", have ? " " : "", (int)take, folded.data + skip);
		buf_release(&folded);
	}
}

/* Centres of municipalities are found too, and not told here: those words are left out. */
static bool is_centre(const char *typed)
{
	struct filter f;
	bool found = false;
	filter_init(&f, typed);
	for (int i = 0; i < f.count; i++) {
		sqlite3_stmt *st = store_prepare(s, "SELECT 1 FROM municipality WHERE instr(find, ?1) AND NOT instr(search_fold(name), ?1)", NULL);
		store_bind_text(st, 1, f.word[i]);
		found = found || store_step(s, st, NULL) == 1;
		sqlite3_reset(st);
	}
	filter_release(&f);
	return found;
}

static void test_filter(void)
{
	struct listing_view *v = listing_open(s, &people_listing), *all = listing_open(s, &people_listing);
	struct rows *r = rows_of(all, PEOPLE_COLUMNS);
	int tried = 0, found = 0;
	for (int k = 0; k < 300; k++) {
		char typed[200];
		random_words(r, typed, sizeof typed);
		if (!*typed || is_centre(typed))
			continue;
		listing_words(v, typed);
		struct rows *got = rows_of(v, 1), *want = mem_zero(1, sizeof *want);
		for (int i = 0; i < r->count; i++)
			if (row_matches(r->cell[i], typed))
				memcpy(want->id[want->count++], r->id[i], RECORD_ID_SIZE);
		if (!CHECK(same_ids(got, want)))
			test_note("“%s”: %d, not %d", typed, got->count, want->count);
		tried++;
		found += got->count;
		rows_free(got);
		rows_free(want);
	}
	CHECK(tried > 100 && found > tried);
	rows_free(r);
	listing_close(v);
	listing_close(all);
}

/* Letter by letter, there and back, in any order of rows: the same as in a new view. */
static void test_narrowing(void)
{
	struct listing_view *v = listing_open(s, &people_listing), *all = listing_open(s, &people_listing);
	struct rows *r = rows_of(all, PEOPLE_COLUMNS);
	for (int k = 0; k < 60; k++) {
		char typed[200], part[200];
		int column = (int)(test_random() % PEOPLE_COLUMNS), letters;
		random_words(r, typed, sizeof typed);
		letters = (int)text_length(typed, strlen(typed));
		listing_order(v, column, k % 2);
		for (int n = 1; n < 2 * letters; n++) {
			size_t take = text_fit(typed, strlen(typed), n <= letters ? n : 2 * letters - n);
			snprintf(part, sizeof part, "%.*s", (int)take, typed);
			listing_words(v, part);
			struct listing_view *anew = listing_open(s, &people_listing);
			listing_order(anew, column, k % 2);
			listing_words(anew, part);
			struct rows *a = rows_of(v, 1), *b = rows_of(anew, 1);
			if (!CHECK(same_ids(a, b)))
				test_note("“%s”, column %d: %d, anew %d", part, column, a->count, b->count);
			rows_free(a);
			rows_free(b);
			listing_close(anew);
		}
	}
	listing_words(v, "  ");
	listing_order(v, 0, false);
	struct rows *again = rows_of(v, 1);
	CHECK(same_ids(again, r));
	rows_free(again);
	rows_free(r);
	listing_close(v);
	listing_close(all);
}

/* --- facets --- */

static void facet_is(const struct listing *l, int facet, const char *value, int64_t want)
{
	struct listing_view *v = listing_open(s, l);
	struct err e = ERR_INIT;
	int64_t all, count;
	REQUIRE_OK(listing_count(v, &all, &e));
	listing_facet(v, facet, value);
	REQUIRE_OK(listing_count(v, &count, &e));
	if (!CHECK_INT(count, want))
		test_note("%s: %s", listing_facet_label(l, facet), value);
	CHECK(want > 0 && want < all);
	listing_facet(v, facet, NULL);
	REQUIRE_OK(listing_count(v, &count, &e));
	CHECK_INT(count, all);
	listing_close(v);
}

static void test_facets(void)
{
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	REQUIRE_OK(store_set_setting(s, "person", people[1], &e));
	clock_set(1581667200000);		/* 14 February 2020 */
	make(s, &mentorship_type, id, "mentor", people[1], "mentee", people[2], NULL);
	make(s, &mentorship_type, id, "mentor", people[1], "mentee", people[2], NULL);
	make(s, &mentorship_type, id, "mentor", people[1], "mentee", people[3], "since", "2019-12-01", "until", "2020-06-30", NULL);
	make(s, &mentorship_type, id, "mentor", people[1], "mentee", people[4], "until", "2020-01-31", NULL);
	facet_is(&people_listing, PEOPLE_BY_MINE, "yes", 2);
	facet_is(&people_listing, PEOPLE_BY_STAGE, "trained", query_number(s, "SELECT count(*) FROM participation t JOIN person p ON p.id = t.person"
	    " WHERE t.stage = 'trained' AND p.deleted = 0"));
	facet_is(&people_listing, PEOPLE_BY_ROLE, "expert", query_number(s, "SELECT count(*) FROM participation t JOIN person p ON p.id = t.person"
	    " WHERE t.role = 'expert' AND p.deleted = 0"));
	facet_is(&people_listing, PEOPLE_BY_MUNICIPALITY, "80701000", query_number(s, "SELECT count(*) FROM person"
	    " WHERE municipality = '80701000' AND deleted = 0"));
	facet_is(&seminars_listing, SEMINARS_BY_STATUS, "held", query_number(s, "SELECT count(*) FROM seminar WHERE status = 'held' AND deleted = 0"));
	facet_is(&seminars_listing, SEMINARS_BY_MUNICIPALITY, "80701000", query_number(s, "SELECT count(*) FROM seminar"
	    " WHERE municipality = '80701000' AND deleted = 0"));
	facet_is(&consultations_listing, CONSULTATIONS_BY_DUE, "yes", query_number(s, "SELECT count(*) FROM consultation"
	    " WHERE deleted = 0 AND next_done IS NULL AND next_date IS NOT NULL"));
	facet_is(&organisations_listing, ORGANISATIONS_BY_MUNICIPALITY, "80619000", 1);
	clock_set(0);
}

/* Several facets and words at once; and what is mine among what others made. */
static void test_facets_together(void)
{
	struct listing_view *v = listing_open(s, &people_listing), *all = listing_open(s, &people_listing), *mine = listing_open(s, &seminars_listing);
	struct rows *r = rows_of(all, PEOPLE_COLUMNS);
	struct err e = ERR_INIT;
	int64_t count, place;
	listing_facet(v, PEOPLE_BY_ROLE, "expert");
	listing_facet(v, PEOPLE_BY_MUNICIPALITY, "80618000");
	listing_words(v, "а");
	struct rows *got = rows_of(v, PEOPLE_COLUMNS);
	int want = 0;
	for (int i = 0; i < r->count; i++)
		want += strcmp(r->cell[i][PEOPLE_ROLE], "expert") == 0 && strcmp(r->cell[i][PEOPLE_MUNICIPALITY], "Бураевский") == 0 &&
		    person_has(r->cell[i], "а");
	CHECK_INT(got->count, want);
	for (int i = 0; i < got->count; i++) {
		REQUIRE_OK(listing_place(v, got->id[i], &place, &e));
		CHECK_INT(place, i);
	}
	rows_free(got);
	rows_free(r);
	change("INSERT INTO seminar(id, programme, title, date) VALUES ('zzzzzzzz-1', 'first', 'Чужой', '2020-01-01')");
	REQUIRE_OK(listing_count(mine, &count, &e));
	int64_t before = count;
	listing_facet(mine, SEMINARS_BY_MINE, "yes");
	REQUIRE_OK(listing_count(mine, &count, &e));
	CHECK_INT(count, before - 1);
	change("UPDATE seminar SET deleted = 1 WHERE id = 'zzzzzzzz-1'");
	listing_close(v);
	listing_close(all);
	listing_close(mine);
}

struct values { int count; char first[64], last[64]; };

static int note_value(void *context, const char *value, const char *label, struct err *e)
{
	struct values *v = context;
	(void)value;
	(void)e;
	if (v->count++ == 0)
		snprintf(v->first, sizeof v->first, "%s", label);
	snprintf(v->last, sizeof v->last, "%s", label);
	return 0;
}

static void test_facet_values(void)
{
	struct listing_view *v = listing_open(s, &people_listing);
	struct values stage = { 0 }, municipality = { 0 }, mine = { 0 };
	struct err e = ERR_INIT;
	REQUIRE_OK(listing_facet_values(v, PEOPLE_BY_STAGE, note_value, &stage, &e));
	REQUIRE_OK(listing_facet_values(v, PEOPLE_BY_MUNICIPALITY, note_value, &municipality, &e));
	REQUIRE_OK(listing_facet_values(v, PEOPLE_BY_MINE, note_value, &mine, &e));
	CHECK_INT(stage.count, 7);
	CHECK_STR(stage.first, "candidate");
	CHECK_INT(municipality.count, 63);
	CHECK_STR(municipality.first, "Абзелиловский район");
	CHECK_STR(municipality.last, "Янаульский район");
	CHECK_INT(mine.count, 1);
	listing_close(v);
}

/* --- a store of one's own --- */

static struct store *whole;

static void begin_small(void)
{
	whole = s;
	s = new_store();
}

static void end_small(void)
{
	store_close(s);
	s = whole;
}

static void names_are(struct listing_view *v, const char *want)
{
	struct buf names = BUF_INIT;
	struct rows *r = rows_of(v, 2);
	for (int i = 0; i < r->count; i++)
		buf_addf(&names, "%s|", r->cell[i][v ? 0 : 1]);
	CHECK_STR(names.data, want);
	buf_release(&names);
	rows_free(r);
}

static void test_bashkir(void)
{
	char id[RECORD_ID_SIZE];
	int64_t place;
	struct err e = ERR_INIT;
	begin_small();
	make(s, &person_type, id, "name", "Әхмәтов Илдар", NULL);
	make(s, &person_type, id, "name", "Галимова Айгуль", "phone", "89170000001", NULL);
	make(s, &person_type, id, "name", "Ғәлиә Ҡотлобаева", NULL);
	make(s, &person_type, id, "name", "Ахметов Урал", NULL);
	make(s, &person_type, id, "name", "Дәүләтов Һәҙиә", NULL);
	struct listing_view *v = listing_open(s, &people_listing);
	names_are(v, "Ахметов Урал|Галимова Айгуль|Ғәлиә Ҡотлобаева|Дәүләтов Һәҙиә|Әхмәтов Илдар|");
	for (int roll = 0; roll < 2; roll++) {
		static const struct { const char *letters; int64_t place; } asked[] = {
			{ "г", 1 }, { "гал", 1 }, { "ғәли", 1 }, { "галия к", 2 }, { "э", -1 }, { "ахматов и", 4 }, { "ү", -1 }, { "", -1 }, { "д", 3 }, { "«", -1 },
		};
		for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
			REQUIRE_OK(listing_find(v, asked[i].letters, &place, &e));
			if (!CHECK_INT(place, asked[i].place))
				test_note("%s, %s", asked[i].letters, roll ? "roll" : "index");
		}
		REQUIRE_OK(listing_prepare(v, &e));
	}
	listing_words(v, "галия");
	names_are(v, "Ғәлиә Ҡотлобаева|");
	listing_words(v, "000-00-01");
	names_are(v, "Галимова Айгуль|");
	listing_words(v, "8 917 000-00-01");
	names_are(v, "Галимова Айгуль|");
	listing_words(v, "%");
	names_are(v, "Ахметов Урал|Галимова Айгуль|Ғәлиә Ҡотлобаева|Дәүләтов Һәҙиә|Әхмәтов Илдар|");
	listing_words(v, "' OR 1 --");
	names_are(v, "");
	listing_close(v);
	end_small();
}

/* What is not held here shows the name that travelled, is found and sorted by it. */
static void test_not_held(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], c[RECORD_ID_SIZE], own[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	begin_small();
	make(s, &organisation_type, own, "name", "Бәрәкәт", NULL);
	make(s, &person_type, a, "name", "Первый Человек", NULL);
	make(s, &person_type, b, "name", "Второй Человек", "organisation", own, NULL);
	make(s, &person_type, c, "name", "Третий Человек", NULL);
	change("INSERT INTO known_name(tbl, id, name) VALUES ('organisation', 'zzzzzzzz-1', 'АНО «Дальний Родник»')");
	change("UPDATE person SET organisation = 'zzzzzzzz-1' WHERE name = 'Первый Человек'");
	change("UPDATE person SET organisation = 'zzzzzzzz-2' WHERE name = 'Третий Человек'");
	struct listing_view *v = listing_open(s, &people_listing);
	REQUIRE_OK(listing_window(v, 0, 3, &e));
	CHECK_STR(listing_cell(v, 0, PEOPLE_ORGANISATION), "Бәрәкәт");
	CHECK_STR(listing_cell(v, 1, PEOPLE_ORGANISATION), "АНО «Дальний Родник»");
	CHECK_STR(listing_cell(v, 2, PEOPLE_ORGANISATION), "zzzzzzzz-2");	/* no name came */
	listing_words(v, "дальн родн");
	names_are(v, "Первый Человек|");
	listing_words(v, NULL);
	listing_order(v, PEOPLE_ORGANISATION, false);
	names_are(v, "Первый Человек|Второй Человек|Третий Человек|");
	REQUIRE_OK(record_remove(s, &organisation_type, own, &e));
	listing_stale(v);
	REQUIRE_OK(listing_window(v, 1, 1, &e));
	CHECK_STR(listing_cell(v, 0, PEOPLE_ORGANISATION), "Бәрәкәт");		/* removed, and still what is written there */
	listing_close(v);
	end_small();
}

static void rename_person(const char *id, const char *name)
{
	struct record r;
	struct err e = ERR_INIT;
	REQUIRE_OK(record_load(s, &r, &person_type, id, &e));
	REQUIRE_OK(record_set(s, &r, "name", name, &e));
	REQUIRE_OK(record_save(s, &r, &e));
	record_release(&r);
}

static void test_stale(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], c[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	int64_t place;
	begin_small();
	make(s, &person_type, a, "name", "Белов", NULL);
	make(s, &person_type, b, "name", "Волков", NULL);
	for (int words = 0; words < 2; words++) {
		struct listing_view *v = listing_open(s, &people_listing);
		listing_words(v, words ? "о" : NULL);
		names_are(v, "Белов|Волков|");
		rename_person(a, "Яковлев");
		names_are(v, "Белов|Волков|");		/* until it is told */
		listing_stale(v);
		names_are(v, "Волков|Яковлев|");
		REQUIRE_OK(listing_place(v, a, &place, &e));
		CHECK_INT(place, 1);
		make(s, &person_type, c, "name", "Горохов", NULL);
		listing_stale(v);
		names_are(v, "Волков|Горохов|Яковлев|");
		REQUIRE_OK(record_remove(s, &person_type, c, &e));
		rename_person(a, "Белов");
		listing_close(v);
	}
	end_small();
}

/* A name that is all punctuation has no key: the index would have it first, and it belongs last. */
static void test_without_key(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], want[RECORD_ID_SIZE + 32];
	begin_small();
	make(s, &person_type, a, "name", "Белов", NULL);
	make(s, &person_type, b, "name", "Волков", NULL);
	change("UPDATE person SET name = NULL WHERE name = 'Белов'");
	struct listing_view *v = listing_open(s, &people_listing);
	snprintf(want, sizeof want, "Волков|%s|", a);		/* who was erased stands by the id */
	names_are(v, want);
	listing_order(v, PEOPLE_NAME, true);
	names_are(v, want);
	listing_close(v);
	end_small();
}

static void test_dates(void)
{
	char id[RECORD_ID_SIZE], lead[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	int64_t place;
	begin_small();
	make(s, &person_type, lead, "name", "Хасанова Гульнара Рифовна", NULL);
	make(s, &seminar_type, id, "title", "Как открыть НКО", "date", "2020-02-14", "place", "библиотека", "municipality", "80618000", "lead", lead, NULL);
	make(s, &seminar_type, id, "title", "Отчётность", "date", "2020-03-01", "municipality", "80701000", NULL);
	struct listing_view *v = listing_open(s, &seminars_listing);
	static const struct { const char *typed, *dates; } asked[] = {
		{ "14.02.2020", "2020-02-14|" }, { "14.02", "2020-02-14|" }, { "2020-03", "2020-03-01|" }, { "бураев", "2020-02-14|" },
		{ "хасанова библ", "2020-02-14|" }, { "хасанова уфа", "" }, { "2020", "2020-03-01|2020-02-14|" }, { "plan", "2020-03-01|2020-02-14|" },
	};
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		listing_words(v, asked[i].typed);
		names_are(v, asked[i].dates);
	}
	listing_words(v, NULL);
	static const struct { const char *letters; int64_t place; } jumps[] = { { "14.02", 1 }, { "2020-02", 1 }, { "как", 1 }, { "отч", 0 }, { "нко", -1 } };
	for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++) {
		REQUIRE_OK(listing_find(v, jumps[i].letters, &place, &e));
		CHECK_INT(place, jumps[i].place);
	}
	listing_order(v, SEMINARS_MUNICIPALITY, false);
	REQUIRE_OK(listing_find(v, "бур", &place, &e));
	CHECK_INT(place, 0);
	listing_order(v, SEMINARS_PLACE, true);
	REQUIRE_OK(listing_find(v, "биб", &place, &e));
	CHECK_INT(place, 0);
	listing_close(v);
	end_small();
}

static void test_empty(void)
{
	struct err e = ERR_INIT;
	int64_t n;
	begin_small();
	for (int i = 0; i < NOUNS - 1; i++) {
		struct listing_view *v = listing_open(s, nouns[i].listing);
		REQUIRE_OK(listing_window(v, 0, 20, &e));
		CHECK_STR(listing_id(v, 0), "");
		listing_words(v, "а");
		REQUIRE_OK(listing_count(v, &n, &e));
		CHECK_INT(n, 0);
		REQUIRE_OK(listing_window(v, 5, 20, &e));
		REQUIRE_OK(listing_find(v, "а", &n, &e));
		CHECK_INT(n, -1);
		listing_close(v);
	}
	listing_close(NULL);
	end_small();
}

struct stop { int at, calls; };

static bool stop_at(void *context)
{
	struct stop *stop = context;
	return ++stop->calls == stop->at;
}

/* A roll that was interrupted while it was read, or its names were looked up, is no roll: the next one is whole. */
static void test_interrupted(void)
{
	struct store *region = s;
	s = new_store();
	for (int i = 0; i < 200; i++) {
		char name[32], place[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
		snprintf(name, sizeof name, "Родник %d", 500 - i);
		make(s, &organisation_type, place, "name", name, NULL);
		make(s, &person_type, id, "name", "Ахметов", "organisation", place, NULL);
	}
	struct listing_view *v = listing_open(s, &people_listing);
	listing_order(v, PEOPLE_ORGANISATION, false);
	struct rows *want = rows_of(v, PEOPLE_ORGANISATION + 1);
	bool stopped = true;
	for (int at = 1; stopped; at++) {
		struct listing_view *w = listing_open(s, &people_listing);
		struct stop stop = { at, 0 };
		struct err e = ERR_INIT;
		listing_order(w, PEOPLE_ORGANISATION, false);
		store_watch(s, stop_at, &stop);
		int rc = listing_prepare(w, &e);
		stopped = store_interrupted(s);
		store_watch(s, NULL, NULL);
		CHECK_INT(rc, stopped ? -1 : 0);
		struct rows *got = rows_of(w, PEOPLE_ORGANISATION + 1);
		CHECK_INT(got->count, want->count);
		for (int i = 0; i < got->count && i < want->count; i++)
			if (!CHECK_STR(got->id[i], want->id[i]) || !CHECK_STR(got->cell[i][PEOPLE_ORGANISATION], want->cell[i][PEOPLE_ORGANISATION]))
				break;
		rows_free(got);
		listing_close(w);
	}
	rows_free(want);
	listing_close(v);
	store_close(s);
	s = region;
}

static bool name_begins(const char *name, const char *folded)
{
	struct buf own = BUF_INIT;
	text_fold(name, strlen(name), &own);
	bool begins = strncmp(own.data, folded, strlen(folded)) == 0;
	buf_release(&own);
	return begins;
}

/* By letters through the index, up and down, against reading all the names. */
static void test_letters(void)
{
	struct listing_view *v = listing_open(s, &people_listing), *w = listing_open(s, &people_listing);
	struct rows *r = rows_of(v, 1);
	struct err e = ERR_INIT;
	for (int k = 0; k < 400; k++) {
		struct buf folded = BUF_INIT;
		char letters[64], ids[5][RECORD_ID_SIZE];
		int count, found = 0;
		int64_t place, first = -1, last = -1;
		const char *name = r->cell[test_random() % (uint64_t)r->count][0];
		text_fold(name, strlen(name), &folded);
		snprintf(letters, sizeof letters, "%.*s", (int)text_fit(folded.data, folded.len, 1 + (int)(test_random() % 7)), folded.data);
		if (k % 10 == 0)
			word(letters, sizeof letters);
		buf_reset(&folded);
		text_fold(letters, strlen(letters), &folded);
		REQUIRE_OK(listing_begins(w, letters, 5, ids, &count, &e));
		for (int i = 0; i < r->count; i++)
			if (name_begins(r->cell[i][0], folded.data)) {
				if (found < count)
					CHECK_STR(ids[found], r->id[i]);
				first = first < 0 ? i : first;
				last = i;
				found++;
			}
		CHECK_INT(count, found < 5 ? found : 5);
		listing_order(w, 0, false);
		REQUIRE_OK(listing_find(w, letters, &place, &e));
		if (!CHECK_INT(place, first))
			test_note("“%s”", letters);
		listing_order(w, 0, true);
		REQUIRE_OK(listing_find(w, letters, &place, &e));
		if (!CHECK_INT(place, last < 0 ? -1 : r->count - 1 - last))
			test_note("“%s”, down", letters);
		buf_release(&folded);
	}
	rows_free(r);
	listing_close(v);
	listing_close(w);
}

/* How SQLite goes about it. Who reads all rows must not go through an index of the listing's table, who walks must read the index alone. */
static void check_plan(const char *sql, const char *never, const char *what)
{
	struct buf explained = BUF_INIT;
	sqlite3_stmt *st;
	buf_addf(&explained, "EXPLAIN QUERY PLAN %s", sql);
	CHECK_INT(sqlite3_prepare_v2(store_db(s), explained.data, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(st, 3);
		if (!CHECK(strstr(line, never) == NULL))
			test_note("%s: %s", what, line);
	}
	sqlite3_finalize(st);
	buf_release(&explained);
}

static void test_plan(void)
{
	struct buf sql = BUF_INIT;
	for (int i = 0; i < NOUNS; i++)
		for (int c = 0; c < nouns[i].columns; c++) {
			struct listing_view *v = listing_open(s, nouns[i].listing);
			listing_order(v, c, false);
			buf_reset(&sql);
			listing_roll_sql(v, &sql);
			check_plan(sql.data, "SCAN r USING", nouns[i].name);
			listing_close(v);
		}
	check_plan("SELECT r.id FROM person r INDEXED BY person_sort WHERE r.deleted = 0", "USING INDEX", "walk");
	check_plan("SELECT r.id FROM person r INDEXED BY person_sort WHERE r.deleted = 0 AND (r.sort, r.deleted, r.id) <= ('a', 0, 'b') ORDER BY r.sort DESC",
	    "TEMP B-TREE", "walk back");
	check_plan("SELECT count(*) FROM person p WHERE p.organisation = ?1 AND p.deleted = 0", "USING INDEX", "people of an organisation");
	check_plan("SELECT municipality, count(*) FROM person WHERE deleted = 0 GROUP BY municipality", "USING INDEX", "people of municipalities");
	buf_release(&sql);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_orders), TEST(test_cells), TEST(test_counts), TEST(test_windows), TEST(test_places), TEST(test_filter), TEST(test_narrowing),
		TEST(test_facets), TEST(test_facets_together), TEST(test_facet_values), TEST(test_bashkir), TEST(test_not_held), TEST(test_stale),
		TEST(test_without_key), TEST(test_dates), TEST(test_empty), TEST(test_interrupted), TEST(test_letters), TEST(test_plan), TEST_END
	};
	s = new_store();
	if (s)
		make_region();
	int rc = s ? test_main(argc, argv, tests) : 1;
	store_close(s);
	return rc;
}
