/* The collection: who may do what with a text, its order, and that a text of the greatest length goes all the way through the journal. */
#include "tests/unit/stores.h"

#include <stdlib.h>

#include "records/consent.h"
#include "records/person.h"
#include "records/person_links.h"
#include "records/story.h"

static struct store *s;
static char me[RECORD_ID_SIZE], other[RECORD_ID_SIZE], house[RECORD_ID_SIZE];

static bool begin(const char *role)
{
	struct err e = ERR_INIT;

	s = new_store();
	if (s == NULL)
		return false;
	belong(s);
	make(s, &organisation_type, house, "name", "АНО «Родник»", NULL);
	make(s, &person_type, me, "name", "Хасанова Гузель", "role", role, "organisation", house, NULL);
	make(s, &person_type, other, "name", "Галимова Айгуль", NULL);
	return CHECK(store_set_setting(s, "person", me, &e) == 0) && CHECK(store_set_setting(s, "role", role, &e) == 0);
}

static void end(void)
{
	struct err e = ERR_INIT;

	REQUIRE_OK(journal_check(store_journal(s), &e));
	store_close(s);
}

/* An edit as a person makes it: its words, "" where it was taken. */
static const char *try_edit(const struct record_type *t, const char *id, const char *field, const char *value)
{
	static struct err e;
	struct record r;

	e = (struct err)ERR_INIT;
	if (record_load(s, &r, t, id, &e) != 0)
		return e.text;
	if (record_set(s, &r, field, value, &e) == 0)
		record_save(s, &r, &e);
	record_release(&r);
	return e.text;
}

static bool tells(const char *text, const char *word)
{
	bool yes = strstr(text, word) != NULL;

	if (!yes)
		test_note("“%s” does not say “%s”", text, word);
	return yes;
}

static void test_entered(void)
{
	char id[RECORD_ID_SIZE];
	struct record r;
	struct err e = ERR_INIT;

	if (!begin("consultant"))
		return;
	make(s, &story_type, id, "title", "Как мы начинали", "body", "# Раз\n\nДва", NULL);
	check_field(s, &story_type, id, "author", me);
	check_field(s, &story_type, id, "organisation", house);		/* the author's */
	check_field(s, &story_type, id, "kind", "story");
	check_field(s, &story_type, id, "state", "draft");
	check_field(s, &story_type, id, "body", "# Раз\n\nДва");
	make(s, &story_type, id, "title", "Совет", "kind", "совет", NULL);
	check_field(s, &story_type, id, "kind", "advice");
	refused(s, &story_type, "text", "title", "Пусто", "state", "submitted", NULL);
	refused(s, &story_type, "title", "body", "Без заглавия", NULL);
	refused(s, &story_type, "kind", "title", "Т", "kind", "поэма", NULL);
	CHECK_INT(record_new(s, &r, &story_type, &e), 0);
	CHECK_STR(record_get(&r, "author"), me);
	record_release(&r);
	end();
}

static void test_rights(void)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	bool moved;

	if (!begin("consultant"))
		return;
	refused(s, &story_type, "coordinator", "title", "Т", "body", "т", "state", "accepted", NULL);
	refused(s, &story_type, "coordinator", "title", "Т", "section", "Раздел", NULL);
	refused(s, &story_type, "coordinator", "title", "Т", "position", "1", NULL);
	make(s, &story_type, id, "title", "Т", "body", "текст", NULL);
	CHECK_INT(story_state(s, id, STORY_SUBMITTED, &e), 0);
	CHECK_INT(story_state(s, id, STORY_DRAFT, &e), 0);		/* not handed in after all */
	CHECK_INT(story_state(s, id, STORY_ACCEPTED, &e), -1);
	CHECK_INT(e.code, ERR_REFUSED);
	CHECK(tells(try_edit(&story_type, id, "section", "Раздел"), "coordinator"));
	CHECK(tells(try_edit(&story_type, id, "note", "хорошо"), "coordinator"));
	e = (struct err)ERR_INIT;
	CHECK_INT(story_shift(s, id, 1, &moved, &e), 0);
	CHECK(!moved);

	/* The coordinator's work, as it comes with a sync. */
	CHECK_INT(store_set_setting(s, "role", "coordinator", &e), 0);
	CHECK_STR(try_edit(&story_type, id, "section", "Раздел"), "");
	CHECK_INT(story_state(s, id, STORY_ACCEPTED, &e), 0);
	CHECK_STR(try_edit(&story_type, id, "body", "поправлено"), "");
	CHECK_INT(store_set_setting(s, "role", "consultant", &e), 0);
	CHECK(tells(try_edit(&story_type, id, "body", "передумал"), "accepted"));
	CHECK(tells(try_edit(&story_type, id, "title", "передумал"), "accepted"));
	CHECK(tells(try_edit(&story_type, id, "state", "draft"), "coordinator"));
	CHECK_INT(record_remove(s, &story_type, id, &e), -1);
	check_field(s, &story_type, id, "body", "поправлено");
	CHECK_INT(store_set_setting(s, "role", "coordinator", &e), 0);
	e = (struct err)ERR_INIT;
	CHECK_INT(record_remove(s, &story_type, id, &e), 0);
	end();
}

/* Titles in the book's order. */
static const char *order(void)
{
	static struct buf out = BUF_INIT;
	struct listing_view *v = listing_open(s, &stories_listing);
	struct err e = ERR_INIT;
	int64_t count = 0;

	buf_reset(&out);
	CHECK_INT(listing_count(v, &count, &e), 0);
	CHECK_INT(listing_window(v, 0, (int)count, &e), 0);
	for (int i = 0; i < count; i++)
		buf_addf(&out, "%s%s", i > 0 ? " " : "", listing_cell(v, i, STORIES_TITLE));
	listing_close(v);
	return out.data;
}

static void text(const char *title, const char *section, const char *position, char id[RECORD_ID_SIZE])
{
	make(s, &story_type, id, "title", title, "body", "т", "section", section, "position", position, NULL);
}

static int add_title(void *context, const struct record *r, struct err *e)
{
	struct buf *out = context;

	(void)e;
	buf_addf(out, "%s%s", out->len > 0 ? " " : "", record_get(r, "title"));
	return 0;
}

static void test_order(void)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], c[RECORD_ID_SIZE], d[RECORD_ID_SIZE], none[RECORD_ID_SIZE];
	struct buf listed = BUF_INIT;
	struct err e = ERR_INIT;
	bool moved;

	if (!begin("coordinator"))
		return;
	text("без", "", "", none);
	text("А2", "Азбука", "20", a);
	text("Я1", "Яркое", "1", b);
	text("Я3", "Яркое", "3", c);
	text("Я-", "Яркое", "", d);
	CHECK_STR(order(), "Я1 Я3 Я- А2 без");		/* sections by the least position in them */
	CHECK_INT(record_each(s, &story_type, NULL, add_title, &listed, &e), 0);
	CHECK_STR(listed.data, order());		/* the subcommand lists the same */
	CHECK_INT(story_shift(s, c, -1, &moved, &e), 0);
	CHECK(moved);
	CHECK_STR(order(), "Я3 Я1 Я- А2 без");
	check_field(s, &story_type, c, "position", "1");
	check_field(s, &story_type, b, "position", "3");
	CHECK_INT(story_shift(s, c, -1, &moved, &e), 0);
	CHECK(!moved);
	CHECK_INT(story_shift(s, c, 1, &moved, &e), 0);
	CHECK_INT(story_shift(s, c, 1, &moved, &e), 0);
	CHECK_STR(order(), "Я1 Я- Я3 А2 без");		/* who had no place has one now */
	CHECK_INT(story_shift(s, c, 1, &moved, &e), 0);
	CHECK(!moved);
	/* Two of one place. */
	edit(s, &story_type, d, "position", "1");
	CHECK_STR(order(), "Я- Я1 Я3 А2 без");
	CHECK_INT(story_shift(s, b, -1, &moved, &e), 0);
	CHECK(moved);
	CHECK_STR(order(), "Я1 Я- Я3 А2 без");
	CHECK_INT(story_shift(s, "нет-1", 1, &moved, &e), -1);
	buf_release(&listed);
	end();
}

static void test_parts(void)
{
	char id[RECORD_ID_SIZE];

	if (!begin("coordinator"))
		return;
	make(s, &story_type, id, "title", "Практика", "body", "т", "kind", "practice", "state", "accepted", "author", other, NULL);
	make(s, &story_type, id, "title", "Ждёт", "body", "т", "state", "submitted", "author", other, NULL);
	make(s, &story_type, id, "title", "Своё", NULL);
	CHECK_INT(count_listed(s, &stories_listing, -1, NULL, NULL), 3);
	CHECK_INT(count_listed(s, &stories_listing, STORIES_BY_SUBMITTED, "yes", NULL), 1);
	CHECK_INT(count_listed(s, &stories_listing, STORIES_BY_PRACTICE, "yes", NULL), 1);
	CHECK_INT(count_listed(s, &stories_listing, STORIES_BY_STATE, "draft", NULL), 1);
	CHECK_INT(count_listed(s, &stories_listing, STORIES_BY_KIND, "story", NULL), 2);
	CHECK_INT(count_listed(s, &stories_listing, -1, NULL, "айгуль жд"), 1);
	CHECK_INT(count_listed(s, &stories_listing, STORIES_BY_MINE, "yes", NULL), 3);	/* made here */
	end();
}

/* The next programme begins with an empty collection. */
static void test_programmes(void)
{
	char id[RECORD_ID_SIZE], next[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin("coordinator"))
		return;
	make(s, &story_type, id, "title", "Старое", NULL);
	make(s, &programme_type, next, "title", "Следующая", NULL);
	CHECK_INT(store_set_setting(s, "programme", next, &e), 0);
	CHECK_INT(count_listed(s, &stories_listing, -1, NULL, NULL), 0);
	make(s, &story_type, id, "title", "Новое", NULL);
	check_field(s, &story_type, id, "programme", next);
	CHECK_INT(count_listed(s, &stories_listing, -1, NULL, NULL), 1);
	end();
}

/* 100,000 characters of four bytes each, inserted, edited and carried to another store; one more is refused in words. */
static void test_long(void)
{
	struct buf body = BUF_INIT;
	struct store *there;
	char id[RECORD_ID_SIZE];

	if (!begin("coordinator"))
		return;
	for (int i = 0; i < STORY_BODY_MAX; i++)
		buf_adds(&body, i % 100 == 99 ? "\n" : "\xf0\x9f\x8c\xb1");
	buf_cut(&body, body.len - 1);
	buf_adds(&body, "ж");
	make(s, &story_type, id, "title", "Большой", "body", "коротко", NULL);
	edit(s, &story_type, id, "body", body.data);
	check_field(s, &story_type, id, "body", body.data);
	make(s, &story_type, id, "title", "Сразу", "body", body.data, NULL);
	there = new_store();
	CHECK(bring(there, s) > 0);
	check_field(there, &story_type, id, "body", body.data);
	buf_adds(&body, "ж");
	refused(s, &story_type, "100000", "title", "Слишком", "body", body.data, NULL);
	store_close(there);
	buf_release(&body);
	end();
}

static const struct test tests[] = {
	TEST(test_entered), TEST(test_rights), TEST(test_order), TEST(test_parts), TEST(test_programmes), TEST(test_long), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
