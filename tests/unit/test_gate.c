/* The gate of exports: who has not consented stays, with everything personal; ids and counts go. */
#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "documents/csv.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/consultation.h"
#include "records/directory.h"
#include "schema/table.h"

static struct store *s;
static char yes[RECORD_ID_SIZE], no[RECORD_ID_SIZE], gone[RECORD_ID_SIZE];

static void begin(void)
{
	char id[RECORD_ID_SIZE];
	clock_set(1581667200000);
	s = new_store();
	REQUIRE(s != NULL);
	make(s, &person_type, yes, "name", "Согласнова Ада", "phone", "89170000001", "note", "=1+1", NULL);
	make(s, &person_type, no, "name", "Безответнов Яков", "phone", "89170000002", "email", "secret@example.org", "post", "тайный советник", "note", "тайна",
	    "role", "consultant", "municipality", "80618000", NULL);
	make(s, &person_type, gone, "name", "Отозванова Эра", NULL);
	make(s, &consent_type, id, "person", yes, NULL);
	make(s, &consent_type, id, "person", no, "purpose", "publication", NULL);
	make(s, &consent_type, id, "person", gone, "withdrawn", "14.02.2020", NULL);
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

static void lacks(const struct buf *out, const char *text)
{
	if (!CHECK(strstr(out->data, text) == NULL))
		test_note("has “%s”", text);
}

static void has(const struct buf *out, const char *text)
{
	if (!CHECK(strstr(out->data, text) != NULL))
		test_note("no “%s” in %.2000s", text, out->data);
}

static int lines(const struct buf *b)
{
	int n = 0;
	for (const char *p = b->data; *p; p++)
		n += *p == '\n';
	return n;
}

static void test_people(void)
{
	struct consent_gate gate;
	struct buf out = BUF_INIT, words = BUF_INIT;
	struct err e = ERR_INIT;
	begin();
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	REQUIRE_OK(export_csv(s, &person_type, &gate, &out, &e));
	has(&out, "Согласнова Ада");
	has(&out, "'=1+1");
	has(&out, no);
	has(&out, "consultant");			/* what is not personal goes */
	lacks(&out, "Безответнов");
	lacks(&out, "70000002");
	lacks(&out, "secret");
	lacks(&out, "советник");
	lacks(&out, "тайна");
	lacks(&out, "Отозванова");
	CHECK_INT(lines(&out), 4);
	CHECK_INT(gate.count, 2);
	consent_gate_words(&gate, 0, &words);
	has(&words, "Безответнов Яков");
	has(&words, "Отозванова Эра");
	has(&words, ": 2");
	buf_reset(&words);
	consent_gate_words(&gate, 1, &words);
	has(&words, "1 more");
	buf_reset(&out);
	REQUIRE_OK(export_json(s, &person_type, NULL, &gate, &out, &e));
	lacks(&out, "Безответнов");
	has(&out, "\"name\":null");
	CHECK_INT(gate.count, 2);			/* each once, however often asked */
	buf_reset(&out);
	REQUIRE_OK(export_json(s, &person_type, NULL, NULL, &out, &e));
	has(&out, "Безответнов");			/* what does not leave */
	consent_gate_close(&gate);
	buf_release(&out);
	buf_release(&words);
	end();
}

static void test_what_refers_to_people(void)
{
	struct consent_gate gate;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	char seminar[RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	begin();
	make(s, &seminar_type, seminar, "title", "Как открыть НКО", "date", "2020-02-14", "lead", no, NULL);
	REQUIRE_OK(attendance_mark(s, seminar, yes, ATTENDANCE_PRESENT, &e));
	REQUIRE_OK(attendance_mark(s, seminar, no, ATTENDANCE_PRESENT, &e));
	make(s, &consultation_type, id, "mentor", yes, "mentee", no, "advice", "про здоровье", "topic", "устав", NULL);
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	REQUIRE_OK(export_csv(s, &attendance_type, &gate, &out, &e));
	REQUIRE_OK(export_json(s, &attendance_type, NULL, &gate, &out, &e));
	REQUIRE_OK(export_json(s, &seminar_type, NULL, &gate, &out, &e));
	REQUIRE_OK(export_csv(s, &consultation_type, &gate, &out, &e));
	lacks(&out, "Безответнов");
	lacks(&out, "здоровье");
	lacks(&out, "устав");				/* a topic says of what somebody spoke */
	has(&out, "Согласнова");
	has(&out, "\"present\":2");
	CHECK_INT(gate.count, 1);
	consent_gate_close(&gate);
	buf_release(&out);
	end();
}

/* No list of any type lets a name out: every type is asked, also those that come later. */
static void test_every_type(void)
{
	struct consent_gate gate;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	begin();
	for (const struct record_type *const *t = record_types; *t; t++) {
		buf_reset(&out);
		consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
		REQUIRE_OK(export_csv(s, *t, &gate, &out, &e));
		REQUIRE_OK(export_json(s, *t, NULL, &gate, &out, &e));
		lacks(&out, "Безответнов");
		lacks(&out, "Отозванова");
		consent_gate_close(&gate);
		CHECK((*t)->count <= RECORD_FIELDS_MAX && table_find((*t)->table) != NULL);
	}
	buf_release(&out);
	end();
}

static bool names_person(const struct field *f)
{
	return f->kind == FIELD_REFERENCE && strcmp(f->references, "person") == 0;
}

static bool is_text(const struct field *f)
{
	return f->kind == FIELD_TEXT || f->kind == FIELD_LONG_TEXT || f->kind == FIELD_PHONE || f->kind == FIELD_EMAIL;
}

/* Each text of each type has a rule: a new noun without one fails here. What an erasure empties is closed. */
static void test_every_text_has_a_rule(void)
{
	for (const struct record_type *const *t = record_types; *t; t++)
		for (int i = 0; i < (*t)->count; i++) {
			const struct field *f = &(*t)->fields[i];
			const struct table *table = table_find((*t)->table);
			int column = table && !f->in_programme ? table_column(table, f->name) : -1;
			if (is_text(f) && !CHECK(consent_rule(*t, f->name) != CONSENT_UNRULED))
				test_note("no rule whether %s of %s may leave", f->name, (*t)->name);
			if (column >= 0 && (table->columns[column].flags & COLUMN_PERSONAL) && !CHECK(consent_rule(*t, f->name) == CONSENT_CLOSED))
				test_note("%s of %s is personal", f->name, (*t)->name);
		}
}

/* A record of each type about who has not consented: the texts that say something of people stay, and the name; also where one of two has consented. */
static void check_type(const struct record_type *t, bool first_agreed)
{
	struct consent_gate gate;
	struct record r;
	struct err e = ERR_INIT;
	int people = 0;
	bool about = t == &person_type, allowed;
	record_init(&r, t);
	if (about)
		snprintf(r.id, sizeof r.id, "%s", no);
	for (int i = 0; i < t->count; i++)
		if (names_person(&t->fields[i]))
			people++;
	for (int i = 0, k = 0; i < t->count; i++) {
		if (names_person(&t->fields[i]))
			record_put(&r, t->fields[i].name, first_agreed && k++ == 0 && people > 1 ? yes : no);
		else if (is_text(&t->fields[i]))
			record_put(&r, t->fields[i].name, "тайна");
	}
	about |= people > 0;
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	for (int i = 0; i < t->count; i++) {
		const struct field *f = &t->fields[i];
		REQUIRE_OK(consent_gate_field(&gate, &r, i, &allowed, &e));
		bool closed = names_person(f) ? strcmp(r.value[i], no) == 0 : is_text(f) && consent_rule(t, f->name) == CONSENT_CLOSED;
		if (!CHECK(allowed == !(about && closed)))
			test_note("%s of %s", f->name, t->name);
	}
	CHECK_INT(gate.count, about);
	consent_gate_close(&gate);
	record_release(&r);
}

static void test_every_type_about_somebody(void)
{
	begin();
	for (const struct record_type *const *t = record_types; *t; t++) {
		check_type(*t, false);
		check_type(*t, true);
	}
	end();
}

static int count_entry(void *context, const struct record *r, struct err *e)
{
	(void)e;
	buf_addf(context, "%s\n", record_get(r, "person"));
	return 0;
}

/* A withdrawal takes back what two devices wrote down of one paper; who signs anew, on that day or later, consents again. */
static void test_withdrawn_once(void)
{
	char id[RECORD_ID_SIZE];
	bool valid;
	struct consent_standing now;
	struct err e = ERR_INIT;
	begin();
	make(s, &consent_type, id, "person", no, "date", "2020-02-01", NULL);
	REQUIRE_OK(consent_valid(s, no, CONSENT_PARTICIPATION, &valid, &e));
	CHECK(valid);
	make(s, &consent_type, id, "person", no, "date", "2020-02-01", "withdrawn", "2020-02-10", NULL);
	REQUIRE_OK(consent_valid(s, no, CONSENT_PARTICIPATION, &valid, &e));
	CHECK(!valid);
	REQUIRE_OK(consent_standing(s, no, CONSENT_PARTICIPATION, &now, &e));
	CHECK(now.any && !now.valid);
	CHECK_STR(now.withdrawn, "2020-02-10");
	REQUIRE_OK(consent_valid(s, no, CONSENT_PUBLICATION, &valid, &e));
	CHECK(valid);				/* another purpose */
	REQUIRE_OK(consent_valid(s, yes, CONSENT_PARTICIPATION, &valid, &e));
	CHECK(valid);				/* another person */
	make(s, &consent_type, id, "person", no, "date", "2020-02-10", NULL);
	REQUIRE_OK(consent_standing(s, no, CONSENT_PARTICIPATION, &now, &e));
	CHECK(now.valid);
	CHECK_STR(now.date, "2020-02-10");
	end();
}

/* An entry of the directory about somebody whose card is elsewhere came with a consent; of who is here it is asked. */
static void test_directory(void)
{
	char id[RECORD_ID_SIZE];
	struct consent_gate gate;
	struct directory_left_out left_out;
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	begin();
	REQUIRE_OK(store_exec(s, "INSERT INTO known_name(tbl, id, name) VALUES('person', 'zzzzzzzz-5', 'Далёкова Вера')", &e));
	make(s, &directory_type, id, "person", "zzzzzzzz-5", "topics", "гранты", "phone", "89170000005", NULL);
	make(s, &directory_type, id, "person", no, "topics", "бухгалтерия", NULL);
	consent_gate_open(&gate, s, CONSENT_DIRECTORY);
	REQUIRE_OK(export_csv(s, &directory_type, &gate, &out, &e));
	has(&out, "Далёкова");
	has(&out, "70000005");
	has(&out, "гранты");
	lacks(&out, "Безответнов");
	lacks(&out, "70000002");
	lacks(&out, "бухгалтерия");
	CHECK_INT(gate.count, 1);
	CHECK(gate.let_out);
	consent_gate_close(&gate);
	buf_reset(&out);
	REQUIRE_OK(directory_each(s, NULL, count_entry, &out, &left_out, &e));
	CHECK_STR(out.data, "zzzzzzzz-5\n");
	CHECK_INT(left_out.count, 1);
	buf_release(&left_out.names);
	buf_release(&out);
	end();
}

static void test_many(void)
{
	struct consent_gate gate;
	struct err e = ERR_INIT;
	char id[RECORD_ID_SIZE];
	bool allowed;
	begin();
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	for (int round = 0; round < 2; round++)
		for (int i = 500; i > 0; i--) {
			snprintf(id, sizeof id, "zzzzzzzz-%d", i * 7 % 503);
			REQUIRE_OK(consent_gate_allows(&gate, id, &allowed, &e));
			CHECK(!allowed);
		}
	CHECK_INT(gate.count, 500);
	for (int i = 1; i < gate.count; i++)
		CHECK(strcmp(gate.withheld[i - 1], gate.withheld[i]) < 0);
	REQUIRE_OK(consent_gate_allows(&gate, "", &allowed, &e));
	CHECK(allowed);
	consent_gate_close(&gate);
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_people), TEST(test_what_refers_to_people), TEST(test_every_type), TEST(test_every_text_has_a_rule),
	TEST(test_every_type_about_somebody), TEST(test_withdrawn_once), TEST(test_directory), TEST(test_many), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
