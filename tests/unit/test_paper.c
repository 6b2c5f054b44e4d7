#include "tests/unit/records.h"

#include "base/mem.h"
#include "records/paper.h"
#include "records/person.h"
#include "records/seminar.h"

enum { PEOPLE = 4 };

static struct store *s;
static char seminar[RECORD_ID_SIZE], person[PEOPLE][RECORD_ID_SIZE];
static const char *const names[PEOPLE] = { "Ахметов Ильдар", "Валеева Зиля", "Галимова Айгуль", "Ғәлиева Сәлимә" };

static void begin(void)
{
	make(s, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", "unnamed", "3", "unnamed_basis", "подсчёт", NULL);
	for (int i = 0; i < PEOPLE; i++)
		make(s, &person_type, person[i], "name", names[i], NULL);
}

static void mark(int i, enum attendance_state state)
{
	struct err e = ERR_INIT;
	REQUIRE_OK(attendance_mark(s, seminar, person[i], state, &e));
}

/* "unmarked Ахметов; extra …": the kinds in words. */
static void differences_are(const struct paper *p, const char *want)
{
	static const char *const kinds[] = { "unmarked", "extra", "unknown", "number" };
	struct attendance_rows sheet;
	struct differences d;
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	REQUIRE_OK(attendance_rows(s, seminar, &sheet, &e));
	paper_compare(p, &sheet, &d);
	for (int i = 0; i < d.count; i++) {
		buf_addf(&b, "%s%s%s%.*s", i ? "; " : "", kinds[d.row[i].kind], *d.row[i].name ? " " : "", (int)strcspn(d.row[i].name, " "), d.row[i].name);
		CHECK(difference_stands(&d.row[i], p, &sheet));
	}
	CHECK_STR(b.data, want);
	buf_release(&b);
	differences_release(&d);
	attendance_rows_release(&sheet);
}

static void test_lines(void)
{
	struct paper p;
	begin();
	paper_init(&p);
	CHECK(paper_add(&p, person[0], names[0]));
	CHECK(!paper_add(&p, person[0], names[0]));
	CHECK(paper_add(&p, "", "Щукин Пётр"));
	CHECK(!paper_add(&p, "", "щукин  петр"));		/* the same name for a reader */
	CHECK(paper_add(&p, person[2], names[2]));
	CHECK_INT(paper_find(&p, person[2]), 2);
	CHECK_INT(paper_find(&p, ""), -1);
	paper_strike(&p, 0);
	CHECK_INT(paper_find(&p, person[2]), 1);
	CHECK_INT(paper_find(&p, person[0]), -1);
	for (int i = 0; i < PAPER_LINES_MAX + 5; i++) {
		char name[32];
		snprintf(name, sizeof name, "Некто %d", i);
		paper_add(&p, "", name);
	}
	CHECK_INT(p.count, PAPER_LINES_MAX);
	paper_release(&p);
}

static void test_compare(void)
{
	struct paper p;
	begin();
	paper_init(&p);
	differences_are(&p, "");
	mark(0, ATTENDANCE_PRESENT);
	mark(1, ATTENDANCE_REGISTERED);
	mark(2, ATTENDANCE_ABSENT);
	differences_are(&p, "extra Ахметов");
	paper_add(&p, person[3], names[3]);			/* on no sheet yet */
	paper_add(&p, "", "Щукин Пётр");
	paper_add(&p, person[2], names[2]);
	paper_add(&p, person[1], names[1]);
	differences_are(&p, "unmarked Ғәлиева; unknown Щукин; unmarked Галимова; unmarked Валеева; extra Ахметов");
	p.unnamed = 3;
	differences_are(&p, "unmarked Ғәлиева; unknown Щукин; unmarked Галимова; unmarked Валеева; extra Ахметов");
	p.unnamed = 0;
	paper_add(&p, person[0], names[0]);
	mark(1, ATTENDANCE_PRESENT);
	mark(2, ATTENDANCE_PRESENT);
	mark(3, ATTENDANCE_PRESENT);
	differences_are(&p, "unknown Щукин; number");
	paper_release(&p);
}

/* What was settled stands no more, whoever settled it. */
static void test_settled(void)
{
	struct paper p;
	struct attendance_rows sheet;
	struct differences d;
	struct err e = ERR_INIT;
	begin();
	paper_init(&p);
	p.unnamed = 5;
	mark(0, ATTENDANCE_PRESENT);
	paper_add(&p, person[1], names[1]);
	paper_add(&p, "", "Щукин Пётр");
	REQUIRE_OK(attendance_rows(s, seminar, &sheet, &e));
	paper_compare(&p, &sheet, &d);
	attendance_rows_release(&sheet);
	REQUIRE(d.count == 4);
	mark(0, ATTENDANCE_REGISTERED);
	mark(1, ATTENDANCE_PRESENT);
	mark(2, ATTENDANCE_PRESENT);
	paper_identify(&p, 1, person[2]);
	p.unnamed = 3;
	REQUIRE_OK(attendance_rows(s, seminar, &sheet, &e));
	for (int i = 0; i < d.count; i++)
		CHECK(!difference_stands(&d.row[i], &p, &sheet));
	attendance_rows_release(&sheet);
	differences_release(&d);
	paper_release(&p);
}

static void test_as_text(void)
{
	struct paper p, q;
	struct buf text = BUF_INIT, again = BUF_INIT;
	struct err e = ERR_INIT;
	begin();
	paper_init(&p);
	paper_init(&q);
	p.unnamed = 12;
	paper_add(&p, person[0], names[0]);
	paper_add(&p, "", "Щукин \"Пётр\"");
	paper_write(&p, &text);
	CHECK(strstr(text.data, names[0]) == NULL);		/* the card has it */
	REQUIRE_OK(paper_read(&q, s, text.data, text.len, &e));
	paper_write(&q, &again);
	CHECK_STR(again.data, text.data);
	CHECK_STR(q.line[0].name, names[0]);
	paper_release(&q);
	for (size_t n = 0; n < text.len; n++) {			/* a piece of it is refused, with what was understood */
		CHECK_INT(paper_read(&q, s, text.data, n, &e), -1);
		paper_release(&q);
	}
	static const char strange[] = "{\"more\":1,\"lines\":[\"nobody-1\",[\"\"],\"\"],\"unnamed\":-7}";
	REQUIRE_OK(paper_read(&q, s, strange, strlen(strange), &e));
	CHECK_INT(q.count, 0);
	CHECK_INT(q.unnamed, PAPER_NOT_COUNTED);
	paper_release(&q);
	paper_release(&p);
	buf_release(&text);
	buf_release(&again);
}

int main(int argc, char **argv)
{
	static const struct test tests[] = {
		TEST(test_lines), TEST(test_compare), TEST(test_settled), TEST(test_as_text), TEST_END
	};
	if (!(s = new_store()))
		return 1;
	int rc = test_main(argc, argv, tests);
	store_close(s);
	return rc;
}
