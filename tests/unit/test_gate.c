/* The gate of exports: who has not consented stays, with everything personal; ids and counts go. */
#include "tests/unit/records.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "documents/csv.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/consultation.h"
#include "store/table.h"

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
	has(&out, "Согласнова");
	has(&out, "устав");
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
	TEST(test_people), TEST(test_what_refers_to_people), TEST(test_every_type), TEST(test_many), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
