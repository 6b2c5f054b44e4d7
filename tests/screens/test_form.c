/* Every form, driven through what can be typed wrongly into each of its fields, and then rightly; and its draft. */
#include "tests/screens/drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/language.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/consultation.h"
#include "records/person.h"
#include "screens/cards.h"
#include "screens/parts/draft.h"
#include "tests/unit/records.h"

static struct region region;
static struct loop loop;

static void begin(int height, int width)
{
	region = drive_region();
	drive_open(&loop, region.store, height, width);
}

static void end(void)
{
	drive_close(&loop);
	store_close(region.store);
}

/* The row with the marker of the form: what stands in the current field and beside it. */
static void current_row(struct buf *out)
{
	loop_draw(&loop);
	for (int y = 1; y < loop.canvas.height; y++) {
		buf_reset(out);
		canvas_row(&loop.canvas, y, out);
		if (strncmp(out->data + strspn(out->data, " "), loop.canvas.glyphs->marker, strlen(loop.canvas.glyphs->marker)) == 0)
			return;
	}
	buf_reset(out);
}

static bool blamed(void)
{
	struct buf row = BUF_INIT;
	bool yes;

	current_row(&row);
	yes = strstr(row.data, " ! ") != NULL;
	buf_release(&row);
	return yes;
}

/* On to the next field and back: now it is said aloud. */
static void go_on_and_back(void)
{
	press(&loop, "Tab BackTab");
}

static void is_wrong(const struct field *f, const char *typed)
{
	press(&loop, "^U");
	type(&loop, typed);
	go_on_and_back();
	if (!CHECK(blamed()))
		test_note("%s: “%s” is not refused", f->name, typed);
}

static void is_right(const struct field *f, const char *typed)
{
	if (typed != NULL) {
		press(&loop, "^U");
		type(&loop, typed);
	}
	go_on_and_back();
	if (!CHECK(!blamed()))
		test_note("%s: “%s” is refused", f->name, typed != NULL ? typed : "what stood there");
}

static void all_wrong(const struct field *f, const char *const *typed)
{
	for (; *typed != NULL; typed++)
		is_wrong(f, *typed);
}

/* What is typed in the end, and how it is kept ("": any value). */
struct answer { char typed[400], kept[400]; };

static void a_reference(const struct field *f, struct answer *a)
{
	const struct record_type *t = record_type_find(f->references);
	const char *name = t == &organisation_type ? "АНО «Родник»" : strcmp(f->name, "mentee") == 0 || strcmp(f->name, "person") == 0 ?
	    "Ахметов Ильдар Закирович" : t == &person_type ? "Иванов Пётр Сергеевич" : "";
	struct err e = ERR_INIT;

	if (t == &programme_type) {
		struct buf b = BUF_INIT;

		CHECK_INT(programme_current(region.store, a->kept, &e), 0);
		record_name(region.store, t, a->kept, &b);
		name = b.data;
		snprintf(a->typed, sizeof a->typed, "%s", name);
		buf_release(&b);
		return;
	}
	if (*name == '\0')
		return;			/* the region has none, and it is not required */
	snprintf(a->typed, sizeof a->typed, "%s", name);
	CHECK_INT(record_resolve(region.store, t, name, a->kept, &e), 0);
}

static void drive_field(const struct field *f, struct answer *a)
{
	static const char *const dates[] = { "31.2", "14.13", "0.0", "14.2.1700", "вчерась", "+", "2020-02-31", "14/2", NULL };
	static const char *const numbers[] = { "десять", "-1", "1,5", "99999999999999999999", NULL };
	static const char *const phones[] = { "12", "телефон", "8,91701E+10", "+7917000000000000000", NULL };
	static const char *const emails[] = { "нет", "a@b", "a@@example.org", "a b@example.org", "@example.org", NULL };
	static const char *const nobody[] = { "Никого Такого Нет", "zzzzzzzz-1", NULL };
	static const char *const nowhere[] = { "Нигдейский район", "99999999", NULL };

	memset(a, 0, sizeof *a);
	if (f->required && f->kind != FIELD_CHOICE)
		is_wrong(f, "");
	switch (f->kind) {
	case FIELD_TEXT:
		snprintf(a->typed, sizeof a->typed, "Проба поля");
		snprintf(a->kept, sizeof a->kept, "Проба поля");
		break;
	case FIELD_LONG_TEXT:
		press(&loop, "^U");
		type(&loop, "первая строка, которая длиннее, чем место для неё в форме, и потому переносится по словам");
		press(&loop, "Enter");
		type(&loop, "вторая");
		CHECK(sees(&loop, "вторая"));
		go_on_and_back();
		snprintf(a->kept, sizeof a->kept, "первая строка, которая длиннее, чем место для неё в форме, и потому переносится по словам\nвторая");
		return;
	case FIELD_DATE:
		all_wrong(f, dates);
		snprintf(a->typed, sizeof a->typed, "14.2");
		snprintf(a->kept, sizeof a->kept, "2020-02-14");
		break;
	case FIELD_NUMBER:
		all_wrong(f, numbers);
		snprintf(a->typed, sizeof a->typed, "12");
		snprintf(a->kept, sizeof a->kept, "12");
		break;
	case FIELD_PHONE:
		all_wrong(f, phones);
		snprintf(a->typed, sizeof a->typed, "8 (917) 555-00-01");
		snprintf(a->kept, sizeof a->kept, "+79175550001");
		break;
	case FIELD_EMAIL:
		all_wrong(f, emails);
		snprintf(a->typed, sizeof a->typed, "Проба@Example.ORG");
		snprintf(a->kept, sizeof a->kept, "Проба@example.org");
		break;
	case FIELD_CHOICE:
		press(&loop, "^U");
		go_on_and_back();
		CHECK(blamed() == f->required);
		press(&loop, "Right");
		press(&loop, "Left");		/* around: past the first stands nothing only where that is an answer */
		go_on_and_back();
		CHECK(!blamed());
		press(&loop, "^U");
		press(&loop, "Right");
		snprintf(a->kept, sizeof a->kept, "%s", f->choices[0].code);
		is_right(f, NULL);
		return;
	case FIELD_REFERENCE:
		if (strcmp(f->references, "organisation") != 0)		/* there the offer is to enter it */
			all_wrong(f, nobody);
		a_reference(f, a);
		break;
	case FIELD_MUNICIPALITY:
		all_wrong(f, nowhere);
		snprintf(a->typed, sizeof a->typed, "бураев");
		snprintf(a->kept, sizeof a->kept, "80618000");
		break;
	}
	is_right(f, a->typed);
}

/* The record that was entered last. */
struct last { struct record *out; long counter; };

static int note_last(void *context, const struct record *r, struct err *e)
{
	struct last *last = context;
	long counter = strtol(r->id + strcspn(r->id, "-") + 1, NULL, 10);

	(void)e;
	if (counter <= last->counter)
		return 0;
	last->counter = counter;
	snprintf(last->out->id, sizeof last->out->id, "%s", r->id);
	return 0;
}

static void last_of(const struct record_type *t, struct record *out)
{
	struct last last = { out, 0 };
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	out->id[0] = '\0';
	CHECK_INT(record_each(region.store, t, NULL, note_last, &last, &e), 0);
	memcpy(id, out->id, sizeof id);
	if (!CHECK_INT(record_load(region.store, out, t, id, &e), 0))
		record_init(out, t);
}

static void drive_form(const struct record_type *t)
{
	struct answer answers[RECORD_FIELDS_MAX];
	struct record r;
	uint64_t before;

	REQUIRE(cards_edit(&loop, t, "", NULL));
	before = store_version(region.store);
	for (int i = 0; i < t->count; i++) {
		drive_field(&t->fields[i], &answers[i]);
		press(&loop, "Tab");
	}
	CHECK(store_version(region.store) == before);
	press(&loop, "^S");
	if (!CHECK(sees(&loop, "saved")))
		return;
	last_of(t, &r);
	for (int i = 0; i < t->count; i++)
		if (!CHECK_STR(r.value[i], answers[i].kept))
			test_note("%s.%s", t->name, t->fields[i].name);
	record_release(&r);
}

/* Types that stand on their own and have no rules between their fields; the others' forms are gone through where their place is tested. */
static const struct record_type *const free_types[] = {
	&programme_type, &person_type, &organisation_type, &mentorship_type, &seminar_type, &consultation_type, &consent_type, &course_type,
	&certificate_type, &award_type,
};

static void test_every_form(void)
{
	for (size_t i = 0; i < sizeof free_types / sizeof free_types[0]; i++) {
		begin(40, 110);
		test_note("%s", free_types[i]->name);
		drive_form(free_types[i]);
		end();
	}
}

/* In forty columns there is no room beside the fields: the sentence stands below them. */
static void test_narrow(void)
{
	begin(10, 40);
	REQUIRE(cards_edit(&loop, &seminar_type, "", NULL));
	type(&loop, "Проба");
	press(&loop, "Tab ^U");
	type(&loop, "31.2");
	press(&loop, "Tab BackTab");
	CHECK(sees(&loop, "! "));
	CHECK(sees(&loop, "February"));
	end();
}

static void test_dates(void)
{
	static const struct { const char *typed, *kept; } dates[] = {
		{ "14.2", "2020-02-14" }, { "14.02.2020", "2020-02-14" }, { "1.3.20", "2020-03-01" }, { "2020-04-05", "2020-04-05" }, { "сегодня", "2020-02-14" },
		{ "Завтра", "2020-02-15" }, { "вчера", "2020-02-13" }, { "+3", "2020-02-17" }, { "-14", "2020-01-31" }, { "tomorrow", "2020-02-15" }, { "29.2", "2020-02-29" },
	};

	begin(24, 80);
	for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
		struct record r;
		struct buf row = BUF_INIT;
		char shown[11];

		REQUIRE(cards_edit(&loop, &seminar_type, "", NULL));
		type(&loop, "Проба даты");
		press(&loop, "Tab");
		type(&loop, dates[i].typed);
		snprintf(shown, sizeof shown, "%.2s.%.2s.%.4s", dates[i].kept + 8, dates[i].kept + 5, dates[i].kept);
		/* How it is read stands beside it while it is typed, and in its place afterwards. */
		current_row(&row);
		if (!CHECK(strstr(row.data, shown) != NULL))
			test_note("%s: %s", dates[i].typed, row.data);
		press(&loop, "^S");
		CHECK(sees(&loop, "saved"));
		last_of(&seminar_type, &r);
		CHECK_STR(record_get(&r, "date"), dates[i].kept);
		record_release(&r);
		buf_release(&row);
	}
	end();
}

/* Rules of a whole record: the field that is to blame says so, and what was typed stands there still. */
static void test_whole_record(void)
{
	begin(40, 110);
	REQUIRE(cards_edit(&loop, &consultation_type, "", NULL));
	type(&loop, "Хасанова Гузель");
	press(&loop, "Tab ^S");					/* the mentor by default is she herself */
	CHECK(sees(&loop, "! the mentor cannot be the mentee"));
	CHECK(sees(&loop, "Хасанова Гузель Рашитовна"));
	press(&loop, "Esc y");
	REQUIRE(cards_edit(&loop, &person_type, "", NULL));
	type(&loop, "12345");
	press(&loop, "^S");
	CHECK(sees(&loop, "a name has letters"));
	CHECK(blamed());
	/* Esc asks, since something changed; «no» stays. */
	press(&loop, "Esc");
	CHECK(sees(&loop, "Leave without saving"));
	press(&loop, "n");
	CHECK(sees(&loop, "12345"));
	press(&loop, "Esc y");
	REQUIRE(cards_edit(&loop, &person_type, "", NULL));
	press(&loop, "Esc");					/* nothing was typed: nothing is asked */
	CHECK(loop.top->below == NULL || strcmp(loop.top->class->name, "ask") != 0);
	end();
}

/* A walk-in, over the sheet. */
static void test_walk_in(void)
{
	begin(24, 80);
	press(&loop, "F3");
	act_on(&loop, "first");
	for (int i = 0; i < 6 && strcmp(loop.top->class->name, "attendance") != 0; i++) {
		press(&loop, "a");
		if (strcmp(loop.top->class->name, "attendance") != 0)
			press(&loop, "Down");
	}
	press(&loop, "F2");
	REQUIRE(strcmp(loop.top->class->name, "walk-in") == 0);
	press(&loop, "^S");
	CHECK(sees(&loop, "! "));
	type(&loop, "Вошедшая Анна");
	press(&loop, "Tab");
	type(&loop, "12");
	press(&loop, "^S");
	CHECK(blamed());
	press(&loop, "^U");
	type(&loop, "89175550009");
	press(&loop, "Tab Tab Tab ^U");
	type(&loop, "Нигдейский");
	press(&loop, "^S");
	CHECK(blamed());
	press(&loop, "^U");
	type(&loop, "бураев");
	press(&loop, "^S");
	CHECK(sees(&loop, "Вошедшая"));
	CHECK(strcmp(loop.top->class->name, "attendance") == 0);
	end();
}

/* --- drafts --- */

/* A field into which words can be typed, to know them again. */
static int text_field(const struct record_type *t)
{
	for (int i = 0; i < t->count; i++)
		if (t->fields[i].kind == FIELD_TEXT || t->fields[i].kind == FIELD_LONG_TEXT)
			return i;
	return -1;
}

static void type_half(const struct record_type *t, const char *id)
{
	REQUIRE(cards_edit(&loop, t, id, NULL));
	for (int i = text_field(t); i > 0; i--)
		press(&loop, "Tab");
	press(&loop, "^U");
	type(&loop, "Наполовину");
}

static void draft_of(const struct record_type *t, const char *id)
{
	type_half(t, id);
	/* Five seconds later it is kept, without a key. */
	loop_tick(&loop);
	loop.kept_ms -= LOOP_DRAFT_MS;
	loop_tick(&loop);
	drive_close(&loop);				/* as after a kill: nothing else is kept */
	drive_open(&loop, region.store, 40, 110);
	if (!CHECK(sees(&loop, "Not saved since 14.02.2020 14:20")))
		test_note("%s", t->name);
	press(&loop, "y");
	CHECK(sees(&loop, "Наполовину"));
	type(&loop, " сделано");
	loop_keep(&loop);				/* SIGHUP, SIGTERM, a lost terminal: the loop keeps and leaves */
	drive_close(&loop);
	drive_open(&loop, region.store, 40, 110);
	press(&loop, "Esc");				/* decides nothing: it is asked again */
	drive_close(&loop);
	drive_open(&loop, region.store, 40, 110);
	press(&loop, "y");
	CHECK(sees(&loop, "Наполовину сделано"));
	loop_keep(&loop);
	drive_close(&loop);
	drive_open(&loop, region.store, 40, 110);
	press(&loop, "n");
	drive_close(&loop);
	drive_open(&loop, region.store, 40, 110);
	if (!CHECK(strcmp(loop.top->class->name, "ask") != 0))
		test_note("%s: a draft that was discarded is there", t->name);
}

static void test_drafts(void)
{
	for (size_t i = 0; i < sizeof free_types / sizeof free_types[0]; i++) {
		char id[RECORD_ID_SIZE] = "";

		begin(40, 110);
		draft_of(free_types[i], "");
		if (free_types[i] == &person_type)
			draft_of(&person_type, region.me);
		if (free_types[i] == &consultation_type) {
			make(region.store, &consultation_type, id, "mentee", "Ахметов Ильдар Закирович", "mentor", region.me, "date", "2020-02-10", NULL);
			draft_of(&consultation_type, id);
		}
		end();
	}
}

static const struct test tests[] = {
	TEST(test_every_form), TEST(test_narrow), TEST(test_dates), TEST(test_whole_record), TEST(test_walk_in), TEST(test_drafts), TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	language_choose("en");
	return test_main(argc, argv, tests);
}
