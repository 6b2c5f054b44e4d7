/* The collection, the directory and questions on the screen: lists and their parts, a text to be read and to be written, an answer, and the first screen. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/agenda.h"
#include "records/consent.h"
#include "records/directory.h"
#include "records/question.h"
#include "records/story.h"
#include "screens/cards.h"
#include "screens/parts/draft.h"
#include "screens/parts/form.h"
#include "tests/screens/drive.h"
#include "tests/unit/stores.h"

static char salima[RECORD_ID_SIZE], aigul[RECORD_ID_SIZE];

static bool begin(struct region *r, struct loop *l, int height, int width, const char *role)
{
	struct err e = ERR_INIT;

	*r = drive_region();
	if (!CHECK(r->store != NULL))
		return false;
	CHECK_INT(record_resolve(r->store, &person_type, "Ғәлиева Сәлимә Ғәбит ҡыҙы", salima, &e), 0);
	CHECK_INT(record_resolve(r->store, &person_type, "Галимова Айгуль Рифовна", aigul, &e), 0);
	CHECK_INT(store_set_setting(r->store, "role", role, &e), 0);
	belong(r->store);
	drive_open(l, r->store, height, width);
	return true;
}

static void end(struct region *r, struct loop *l)
{
	drive_close(l);
	store_close(r->store);
}

/* As a terminal pastes: keys that nobody waits for are not painted one by one. */
static void paste(struct loop *l, const char *text)
{
	for (size_t left = strlen(text), step; left > 0; text += step, left -= step) {
		uint32_t cp;

		step = text_next(text, left, &cp, NULL);
		loop_key(l, cp == '\n' ? KEY_RETURN : cp);
	}
	drive_draw(l);
}

static int64_t number_of(struct store *s, const char *sql)
{
	return query_number(s, sql);
}

/* Written, submitted, accepted, put in order, read. */
static void collection(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 24, 80, "coordinator"))
		return;
	press(&l, "3");
	CHECK((l.top->class->where(l.top) & IN_STORIES) != 0);
	press(&l, "n");
	type(&l, "Как мы начинали");
	press(&l, "Tab Tab Tab Tab");
	paste(&l, "# Начало\n\nБыло **нас** трое.\n\n- первое\n- второе");
	press(&l, "^S");
	CHECK_INT(number_of(r.store, "SELECT count(*) FROM story WHERE state = 'draft' AND body LIKE '# Начало%'"), 1);
	CHECK(sees(&l, "Как мы начинали"));
	press(&l, "s");
	CHECK_INT(number_of(r.store, "SELECT count(*) FROM story WHERE state = 'submitted'"), 1);
	press(&l, "a");
	CHECK_INT(number_of(r.store, "SELECT count(*) FROM story WHERE state = 'accepted'"), 1);
	CHECK(sees(&l, "Хасанова"));			/* accepted without a consent: the message names her */
	press(&l, "Enter");
	CHECK(sees(&l, "Было нас трое."));
	CHECK(sees(&l, "• первое"));
	CHECK(!sees(&l, "**"));
	CHECK(sees(&l, "!"));				/* no consent to publication */
	press(&l, "m");
	type(&l, "Истории");
	press(&l, "Tab");
	type(&l, "2");
	press(&l, "^S Esc");
	CHECK_INT(number_of(r.store, "SELECT position FROM story"), 2);
	make(r.store, &story_type, id, "title", "Второй", "body", "т", "section", "Истории", "position", "3", NULL);
	press(&l, "F2 3");
	CHECK(sees(&l, "Второй"));
	press(&l, "Home +");
	CHECK_INT(number_of(r.store, "SELECT position FROM story WHERE title = 'Второй'"), 2);
	CHECK_INT(number_of(r.store, "SELECT position FROM story WHERE title <> 'Второй'"), 3);
	press(&l, "-");					/* the marker went with the text */
	CHECK_INT(number_of(r.store, "SELECT position FROM story WHERE title = 'Второй'"), 3);
	press(&l, "Tab");
	CHECK(sees(&l, "0"));				/* no practice is accepted yet */
	end(&r, &l);
}

/* Who is no coordinator is refused with words, and what was typed stays. */
static void author(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	if (!begin(&r, &l, 24, 80, "coordinator"))
		return;
	make(r.store, &story_type, id, "title", "Принятый", "body", "текст", "state", "accepted", "author", r.me, NULL);
	CHECK_INT(store_set_setting(r.store, "role", "consultant", &e), 0);
	press(&l, "3");
	CHECK(sees(&l, "Принятый"));
	press(&l, "a");
	CHECK(cards_show(&l, &story_type, id));
	press(&l, "e Tab Tab Tab Tab");
	paste(&l, " и ещё");
	press(&l, "^S");
	CHECK((l.top->class->where(l.top) & IN_FORM) != 0);
	CHECK(sees(&l, "текст и ещё"));
	CHECK(sees(&l, "!"));
	check_field(r.store, &story_type, id, "body", "текст");
	end(&r, &l);
}

static void directory(void)
{
	struct region r;
	struct loop l;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 24, 80, "consultant"))
		return;
	make(r.store, &directory_type, id, "person", salima, "topics", "Уставы и гранты", NULL);
	press(&l, "4");
	CHECK(!sees(&l, "Уставы"));
	press(&l, "Tab");
	CHECK(sees(&l, "Уставы"));
	CHECK_INT(consent_sign(r.store, (const char *const []){ salima }, 1, DIRECTORY_PURPOSE, NULL, &e), 0);
	press(&l, "F2 4");
	CHECK(sees(&l, "Уставы"));
	CHECK(sees(&l, "+7 917 000-00-04"));
	press(&l, "Enter a");
	type(&l, "Где взять образец?");
	press(&l, "Tab");
	press(&l, "Tab");				/* whom: she stands there already */
	paste(&l, "Образец устава\nдля ТОС");
	press(&l, "^S");
	CHECK_INT(number_of(r.store, "SELECT count(*) FROM question WHERE topic = 'Где взять образец?' AND body LIKE '%ТОС'"), 1);
	CHECK(cards_show(&l, &person_type, salima));
	press(&l, "End");
	CHECK(sees(&l, "Где взять образец?") || sees(&l, "14.02.2020"));
	end(&r, &l);
}

/* The first screen tells of a question with its age; r answers it there and then. */
static void questions(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 24, 80, "consultant"))
		return;
	make(r.store, &question_type, id, "author", salima, "expert", r.me, "topic", "Устав ТОС", "body", "С чего начать?", "date", "2020-02-04", NULL);
	make(r.store, &question_type, id, "author", r.me, "expert", aigul, "topic", "Моё", "body", "?", NULL);
	press(&l, "0");
	CHECK(sees(&l, "Устав ТОС"));
	CHECK(sees(&l, "10"));				/* days */
	press(&l, "5");
	CHECK(sees(&l, "Устав ТОС"));			/* begins with what is to be answered */
	CHECK(!sees(&l, "Моё"));
	press(&l, "Enter");
	CHECK(sees(&l, "С чего начать?"));
	press(&l, "r");
	paste(&l, "С протокола собрания.\nПотом устав.");
	press(&l, "^S");
	CHECK(sees(&l, "Потом устав."));
	CHECK_INT(number_of(r.store, "SELECT count(*) FROM question WHERE answered = '2020-02-14' AND answered_by IS NOT NULL"), 1);
	press(&l, "0");
	CHECK(!sees(&l, "Устав ТОС"));
	press(&l, "5 Enter r");				/* my own question is not mine to answer */
	paste(&l, "сама");
	press(&l, "^S");
	CHECK((l.top->class->where(l.top) & IN_FORM) != 0);
	end(&r, &l);
}

/* The first screen says where the other places are, below what is due, also in a small window. */
static void places(void)
{
	static const int sizes[][2] = { { 24, 80 }, { 10, 40 } };

	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct region r;
		struct loop l;

		if (!begin(&r, &l, sizes[i][0], sizes[i][1], "consultant"))
			return;
		press(&l, "0 End");
		for (int k = 0; k < 30; k++)
			press(&l, "PageDown");
		CHECK(sees(&l, "3\xc2\xa0"));
		CHECK(sees(&l, "9\xc2\xa0"));
		end(&r, &l);
	}
}

/* Three pages are written as in an editor: what is shown follows the cursor, Home and End are the row's, then the text's; a draft keeps all of it. */
static void writing(void)
{
	struct region r;
	struct loop l;
	struct draft d;
	struct buf pages = BUF_INIT;
	clock_t before;
	int y;

	if (!begin(&r, &l, 24, 80, "consultant"))
		return;
	for (int i = 1; pages.len < 40000; i++)
		buf_addf(&pages, "Строка %d: здесь рассказано, как начиналась организация и что из этого вышло.%s", i, i % 5 == 0 ? "\n" : " ");
	press(&l, "3 n");
	type(&l, "Три страницы");
	press(&l, "Tab Tab Tab Tab");
	before = clock();
	paste(&l, pages.data);
	printf("# %zu bytes typed in %ld ms\n", pages.len, (long)((clock() - before) * 1000 / CLOCKS_PER_SEC));
	y = l.canvas.cursor_y;
	CHECK(y > 15);					/* the text has the room of the form */
	press(&l, "Up Up Up");
	drive_draw(&l);
	CHECK_INT(l.canvas.cursor_y, y - 3);		/* the cursor moves, not the rows */
	press(&l, "Home");
	CHECK(l.canvas.cursor_x >= 0);
	press(&l, "Home");
	CHECK(sees(&l, "Строка 1:"));
	press(&l, "PageDown PageDown");
	CHECK(!sees(&l, "Строка 1:"));
	press(&l, "End End");
	CHECK(!sees(&l, "Строка 1:"));
	loop_keep(&l);
	draft_init(&d);
	CHECK_INT(draft_find(r.store, &d), 1);
	CHECK(d.fields.len > pages.len);
	draft_release(&d);
	press(&l, "^S");
	CHECK_INT(number_of(r.store, "SELECT length(body) > 20000 FROM story"), 1);
	buf_release(&pages);
	end(&r, &l);
}

/* What does not fit is said, not swallowed. */
static void full(void)
{
	struct region r;
	struct loop l;

	if (!begin(&r, &l, 24, 80, "consultant"))
		return;
	press(&l, "4 n Tab");
	for (int i = 0; i < 20; i++)
		paste(&l, "Сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков!!!!");
	press(&l, "Down");
	end(&r, &l);
	if (!begin(&r, &l, 24, 80, "consultant"))
		return;
	press(&l, "4 n Tab");
	for (int i = 0; i < 21; i++)
		paste(&l, "Сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков сто знаков!!!!");
	CHECK(sees(&l, "2000"));
	end(&r, &l);
}

/* Of Markdown only what is known is changed; everything else, and what is hostile, stands as it is, made harmless. */
static void markdown(void)
{
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 50, 100, "consultant"))
		return;
	make(r.store, &story_type, id, "title", "М", "body",
	    "Заголовок\n===\n\nПервая строка\nи вторая.\n\n1. раз\n2. два\n\n* три\n  * четыре\n\n> слова\n\n*курсив* и __жирно__, 2 * 2 * 2, snake_case_name, `код`\n\n"
	    "[ссылка](https://example.org/a) <script>alert(1)</script> **не закрыто\n\n---\n\n```\nкак есть **тут**\n```\n\\*звёзды\\*", NULL);
	CHECK(cards_show(&l, &story_type, id));
	CHECK(sees(&l, "Первая строка и вторая."));
	CHECK(!sees(&l, "==="));
	CHECK(sees(&l, "1. раз"));
	CHECK(sees(&l, "• три"));
	CHECK(sees(&l, "  • четыре"));
	CHECK(sees(&l, "курсив и жирно, 2 * 2 * 2, snake_case_name, код"));
	CHECK(sees(&l, "ссылка (https://example.org/a) <script>alert(1)</script> **не закрыто"));
	CHECK(sees(&l, "* * *"));
	CHECK(sees(&l, "как есть **тут**"));
	CHECK(sees(&l, "*звёзды*"));
	end(&r, &l);
}

/* Random bytes of Markdown's signs: no crash, and every picture as one drawn anew. */
static void any_markdown(void)
{
	static const char *const pieces[] = { "*", "**", "_", "`", "[", "](", ")", "!", "\n", "\n\n", "- ", "1. ", "# ", "> ", "```", "===", "---", "слово", " ", "\\", "\t", "ә" };
	struct region r;
	struct loop l;
	char id[RECORD_ID_SIZE];

	if (!begin(&r, &l, 24, 40, "consultant"))
		return;
	make(r.store, &story_type, id, "title", "М", NULL);
	for (int round = 0; round < 60; round++) {
		struct buf body = BUF_INIT;

		for (int i = 0; i < 60; i++)
			buf_adds(&body, pieces[test_random() % (sizeof pieces / sizeof pieces[0])]);
		edit(r.store, &story_type, id, "body", body.data);
		CHECK(cards_show(&l, &story_type, id));
		drive_draw(&l);
		press(&l, "PageDown Esc");
		buf_release(&body);
	}
	end(&r, &l);
}

/* On a narrow screen the help goes on below: what an action does is told to its last word. */
static void help_is_whole(void)
{
	struct region r;
	struct loop l;
	struct buf help = BUF_INIT;

	if (!begin(&r, &l, 10, 40, "coordinator"))
		return;
	press(&l, "3");
	uint64_t here = l.top->class->where(l.top);
	press(&l, "F1");
	for (int page = 0; page < 60; page++) {
		picture(&l, &help);
		press(&l, "PageDown");
	}
	for (int i = 1; i < ACTIONS; i++) {
		const char *last = strrchr(_(actions[i].help), ' ');
		if (last && action_exists((enum action)i, here) && !CHECK(strstr(help.data, last + 1) != NULL))
			test_note("%s: %s", actions[i].name, _(actions[i].help));
	}
	buf_release(&help);
	end(&r, &l);
}

static const struct test tests[] = {
	TEST(collection), TEST(author), TEST(directory), TEST(questions), TEST(places), TEST(writing), TEST(full), TEST(markdown), TEST(any_markdown), TEST(help_is_whole), TEST_END
};

int main(int argc, char **argv)
{
	if (!drive_start())
		return 1;
	return test_main(argc, argv, tests);
}
