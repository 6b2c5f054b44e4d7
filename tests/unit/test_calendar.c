/* The calendar against a strict reader of RFC 5545, with texts made to break it. */
#include "tests/unit/records.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "documents/calendar.h"
#include "records/consultation.h"

static struct store *s;
static char me[RECORD_ID_SIZE];

static void begin(void)
{
	struct err e = ERR_INIT;
	clock_set(1581667200000);		/* 14 February 2020, 08:00 UTC */
	s = new_store();
	REQUIRE(s != NULL);
	make(s, &person_type, me, "name", "Хасанова Гузель", NULL);
	REQUIRE_OK(store_set_setting(s, "person", me, &e));
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

/* Lines end with CR LF and have 75 octets at most, each is UTF-8 by itself; unfolded into out, ended by LF. */
static void unfold(const struct buf *file, struct buf *out)
{
	const char *p = file->data, *stop = p + file->len;
	while (p < stop) {
		const char *nl = strstr(p, "\r\n");
		REQUIRE(nl != NULL);
		CHECK(nl - p <= 75 && nl > p);
		CHECK(memchr(p, '\n', (size_t)(nl - p)) == NULL && memchr(p, '\r', (size_t)(nl - p)) == NULL);
		CHECK(text_utf8_valid(p, (size_t)(nl - p)));
		if (*p == ' ')
			buf_cut(out, out->len - 1);
		buf_add(out, p + (*p == ' '), (size_t)(nl - p) - (*p == ' '));
		buf_addc(out, '\n');
		p = nl + 2;
	}
}

/* NAME *(;PARAM=value) : value; of a TEXT the value's escapes are whole. */
static void check_line(const char *line)
{
	size_t name = strspn(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
	const char *value = strchr(line, ':');
	CHECK(name > 0 && (line[name] == ':' || line[name] == ';') && value != NULL);
	if (value == NULL || strncmp(line, "DT", 2) == 0 || strncmp(line, "BEGIN", 5) == 0 || strncmp(line, "END", 3) == 0)
		return;
	for (const char *p = value + 1; *p; p++) {
		CHECK((unsigned char)*p >= 0x20 && *p != ';' && *p != ',');
		if (*p == '\\')
			CHECK(*++p != '\0' && strchr("\\;,nN", *p) != NULL);
	}
}

struct seen { int events; bool uid, stamp, start, in; };

static void check_property(struct seen *n, const char *line)
{
	check_line(line);
	if (strcmp(line, "BEGIN:VEVENT") == 0) {
		CHECK(!n->in);
		*n = (struct seen){ .events = n->events + 1, .in = true };
	} else if (strcmp(line, "END:VEVENT") == 0) {
		CHECK(n->in && n->uid && n->stamp && n->start);
		n->in = false;
	}
	n->uid = n->uid || strncmp(line, "UID:", 4) == 0;
	n->start = n->start || (strncmp(line, "DTSTART;VALUE=DATE:", 19) == 0 && strlen(line) == 27 && strspn(line + 19, "0123456789") == 8);
	n->stamp = n->stamp || (strncmp(line, "DTSTAMP:", 8) == 0 && strlen(line) == 24 && line[16] == 'T' && line[23] == 'Z');
}

/* Reads it strictly; the number of events, the unfolded lines in out. */
static int read_calendar(bool all, struct consent_gate *gate, struct buf *out)
{
	struct buf file = BUF_INIT;
	struct err e = ERR_INIT;
	struct seen n = { 0 };
	char *save = NULL;
	if (calendar_make(s, all, gate, &file, &e) != 0)
		test_note("%s", e.text);
	buf_reset(out);
	unfold(&file, out);
	char *copy = mem_dup(out->data);
	for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		check_property(&n, line);
	CHECK(strncmp(out->data, "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:", 35) == 0);
	CHECK(out->len > 14 && strcmp(out->data + out->len - 14, "END:VCALENDAR\n") == 0);
	CHECK(!n.in);
	free(copy);
	buf_release(&file);
	return n.events;
}

static void test_seminars(void)
{
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
	struct consent_gate gate;
	struct buf out = BUF_INIT;
	begin();
	make(s, &person_type, other, "name", "Валеева Зиля", NULL);
	make(s, &seminar_type, id, "title", "Устав; печать, счёт\\налог", "date", "2020-02-20", "place", "библиотека", "municipality", "80618000", "lead", me, NULL);
	make(s, &seminar_type, id, "title", "Вчера", "date", "2020-02-13", "lead", me, NULL);
	make(s, &seminar_type, id, "title", "Отменён", "date", "2020-02-21", "status", "cancelled", "lead", me, NULL);
	make(s, &seminar_type, id, "title", "Чужой", "date", "2020-02-14", "lead", other, NULL);
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	CHECK_INT(read_calendar(false, &gate, &out), 1);
	CHECK(strstr(out.data, "SUMMARY:Устав\\; печать\\, счёт\\\\налог\n") != NULL);
	CHECK(strstr(out.data, "DTSTART;VALUE=DATE:20200220\n") != NULL);
	CHECK(strstr(out.data, "LOCATION:Бураевский район\\, библиотека\n") != NULL);
	CHECK(strstr(out.data, "DTSTAMP:20200214T080000Z\n") != NULL);
	CHECK(strstr(out.data, "Хасанова") == NULL);		/* has not consented */
	CHECK_INT(read_calendar(true, &gate, &out), 2);
	CHECK_INT(gate.count, 2);
	consent_gate_close(&gate);
	buf_release(&out);
	end();
}

static void test_steps(void)
{
	char id[RECORD_ID_SIZE], mentee[RECORD_ID_SIZE], mentor[RECORD_ID_SIZE], consent[RECORD_ID_SIZE];
	struct consent_gate gate;
	struct buf out = BUF_INIT;
	begin();
	make(s, &person_type, mentee, "name", "Валеева Зиля", NULL);
	make(s, &consultation_type, id, "mentee", mentee, "next_step", "Собрать подписи", "next_date", "2020-02-14", "topic", "Устав", NULL);
	make(s, &consultation_type, id, "mentee", mentee, "next_step", "Сделано", "next_date", "2020-02-14", "next_done", "2020-02-14", NULL);
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	CHECK_INT(read_calendar(false, &gate, &out), 1);
	CHECK(strstr(out.data, "Валеева") == NULL && strstr(out.data, "подписи") == NULL);
	CHECK(strstr(out.data, "Устав") == NULL);		/* what they spoke of */
	CHECK_INT(gate.count, 1);
	consent_gate_close(&gate);
	/* Of two others both must have consented: a step is about them both. */
	make(s, &person_type, mentor, "name", "Согласнова Ада", NULL);
	make(s, &consent_type, consent, "person", mentor, NULL);
	make(s, &consultation_type, id, "mentor", mentor, "mentee", mentee, "next_step", "Тайный шаг", "next_date", "2020-02-14", "topic", "Тайна", NULL);
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	CHECK_INT(read_calendar(true, &gate, &out), 2);
	CHECK(strstr(out.data, "Тайн") == NULL && strstr(out.data, "Согласнова") == NULL);
	CHECK_INT(gate.count, 1);
	consent_gate_close(&gate);
	make(s, &consent_type, consent, "person", mentee, NULL);
	consent_gate_open(&gate, s, CONSENT_PARTICIPATION);
	CHECK_INT(read_calendar(false, &gate, &out), 1);
	CHECK(strstr(out.data, "SUMMARY:Собрать подписи — Валеева Зиля\n") != NULL);
	CHECK_INT(gate.count, 0);
	consent_gate_close(&gate);
	buf_release(&out);
	end();
}

/* Texts of any length and letters: what was folded is whole again. */
static void test_folding(void)
{
	static const char *const pieces[] = { "a", "я", "ҡ", "€", "𝔖", " ", "\\", ";", ",", "\n", ":", "\"" };
	struct buf text = BUF_INIT, line = BUF_INIT, out = BUF_INIT, want = BUF_INIT;
	for (int round = 0; round < 500; round++) {
		int n = (int)(test_random() % 200);
		buf_reset(&text);
		buf_reset(&line);
		buf_reset(&out);
		buf_reset(&want);
		buf_adds(&want, "SUMMARY:");
		for (int i = 0; i < n; i++) {
			const char *p = pieces[test_random() % (sizeof pieces / sizeof *pieces)];
			buf_adds(&text, p);
			buf_adds(&want, *p == '\n' ? "\\n" : *p == '\\' ? "\\\\" : *p == ';' ? "\\;" : *p == ',' ? "\\," : p);
		}
		buf_addc(&want, '\n');
		calendar_line(&line, "SUMMARY", text.data);
		unfold(&line, &out);
		CHECK_STR(out.data, want.data);
	}
	buf_release(&text);
	buf_release(&line);
	buf_release(&out);
	buf_release(&want);
}

static const struct test tests_of_this[] = { TEST(test_seminars), TEST(test_steps), TEST(test_folding), TEST_END };

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
