#include "tests/unit/records.h"

#include "base/clock.h"
#include "records/consent.h"
#include "records/template.h"

static struct store *s;

static void begin(void)
{
	clock_set(1581667200000);		/* 14 February 2020 */
	s = new_store();
	REQUIRE(s != NULL);
}

static void end(void)
{
	store_close(s);
	clock_set(0);
}

static void in_force(const char *day, const char *version, const char *title)
{
	struct template_text t;
	struct err e = ERR_INIT;
	REQUIRE_OK(template_text(s, "letter", day, &t, &e));
	CHECK_STR(t.version, version);
	if (title)
		CHECK_STR(t.title.data, title);
	template_text_release(&t);
}

static void test_own_texts(void)
{
	for (const struct choice *c = template_kinds; c->code; c++) {
		const struct template_default *own = template_default(c->code);
		REQUIRE(own != NULL);
		CHECK(*own->title && strlen(own->body) > 300);
		CHECK(strlen(own->body) < 20000);
	}
	CHECK(template_default("letters") == NULL);
	/* What the law asks a consent to have. */
	for (const struct choice *c = consent_purposes; c->code; c++) {
		char kind[64];
		snprintf(kind, sizeof kind, TEMPLATE_CONSENT "%s", c->code);
		const char *body = template_default(kind)->body;
		static const char *const must[] = { "{person}", "{organiser}", "152-ФЗ", "**Цель.**", "**Данные.**", "**Действия.**", "**Срок.**", "**Отзыв.**" };
		for (size_t i = 0; i < sizeof must / sizeof *must; i++)
			if (!CHECK(strstr(body, must[i]) != NULL))
				test_note("%s lacks %s", kind, must[i]);
	}
}

static void test_versions_in_force(void)
{
	char id[RECORD_ID_SIZE], other[RECORD_ID_SIZE];
	struct template_text t;
	struct err e = ERR_INIT;
	begin();
	in_force(NULL, "0", "Благодарственное письмо");
	make(s, &template_type, id, "kind", "letter", "title", "Первое", "body", "а", "since", "2020-02-01", NULL);
	check_field(s, &template_type, id, "version", "1");
	check_field(s, &template_type, id, "programme", "first");
	make(s, &template_type, id, "kind", "письмо", "title", "Второе", "body", "б", "since", "2020-02-10", NULL);
	check_field(s, &template_type, id, "version", "2");
	make(s, &template_type, id, "kind", "letter", "title", "Общее", "body", "в", "since", "2020-02-12", "programme", "", NULL);
	make(s, &programme_type, other, "title", "Другая", NULL);
	make(s, &template_type, id, "kind", "letter", "title", "Чужое", "body", "г", "since", "2020-02-13", "programme", other, NULL);
	in_force("2020-01-31", "0", NULL);
	in_force("2020-02-01", "1", "Первое");
	in_force("2020-02-09", "1", NULL);
	in_force(NULL, "2", "Второе");			/* of the programme's own before the common one */
	in_force("2019-01-01", "0", NULL);
	REQUIRE_OK(template_version(s, "letter", "3", &t, &e));
	CHECK_STR(t.title.data, "Общее");
	template_text_release(&t);
	CHECK_INT(template_version(s, "letter", "9", &t, &e), -1);
	template_text_release(&t);
	refused(s, &template_type, "version", "kind", "letter", "version", "2", "title", "т", "body", "т", NULL);
	refused(s, &template_type, "version", "kind", "letter", "version", "0", "title", "т", "body", "т", NULL);
	REQUIRE_OK(store_set_setting(s, "programme", other, &e));
	in_force(NULL, "4", "Чужое");
	end();
}

static int edit(const char *id, const char *field, const char *value, struct err *e)
{
	struct record r;
	if (record_load(s, &r, &template_type, id, e) != 0)
		return -1;
	int rc = record_set(s, &r, field, value, e);
	if (rc == 0)
		rc = record_save(s, &r, e);
	record_release(&r);
	return rc;
}

static void test_what_was_signed_stays(void)
{
	char text[RECORD_ID_SIZE], person[RECORD_ID_SIZE], consent[RECORD_ID_SIZE], early[RECORD_ID_SIZE];
	struct err e = ERR_INIT;
	begin();
	make(s, &person_type, person, "name", "Валеева Зиля", NULL);
	make(s, &template_type, text, "kind", "consent-publication", "title", "Согласие", "body", "Я, {person}", "since", "2020-02-01", NULL);
	REQUIRE_OK(edit(text, "body", "Я, {person}, согласна", &e));
	make(s, &consent_type, consent, "person", person, "purpose", "publication", NULL);
	make(s, &consent_type, early, "person", person, "purpose", "publication", "date", "31.01.2020", NULL);
	check_field(s, &consent_type, consent, "version", "1");
	check_field(s, &consent_type, early, "version", "0");
	CHECK_INT(edit(text, "body", "другое", &e), -1);
	CHECK(strstr(e.text, "make a new version") != NULL);
	CHECK_INT(edit(text, "version", "7", &e), -1);
	CHECK_INT(record_remove(s, &template_type, text, &e), -1);
	REQUIRE_OK(edit(text, "since", "2020-02-02", &e));
	check_field(s, &template_type, text, "body", "Я, {person}, согласна");
	REQUIRE_OK(record_remove(s, &consent_type, consent, &e));
	REQUIRE_OK(edit(text, "body", "другое", &e));
	end();
}

static void filled(bool markdown, const char *text, const char *want)
{
	const struct template_value values[] = { { "a", "1_2*" }, { "empty", "" }, { "null", NULL }, { "lines", "x\n- y" }, { NULL, NULL } };
	struct buf out = BUF_INIT;
	(markdown ? template_fill_markdown : template_fill)(text, values, &out);
	CHECK_STR(out.data, want);
	buf_release(&out);
}

static void test_filling(void)
{
	filled(false, "", "");
	filled(false, "{a}{a}", "1_2*1_2*");
	filled(false, "{b} {a", "{b} {a");
	filled(false, "{{a}}", "{1_2*}");
	filled(false, "{", "{");
	filled(false, "x\n{empty} y\nz {a} {empty}\n", "x\nz 1_2* \n");
	filled(false, "{null}", "");
	filled(false, "no names\n\n", "no names\n\n");
	filled(true, "**{a}**", "**1\\_2\\***");
	filled(true, "{lines}", "x \\- y");
}

static void test_values(void)
{
	struct template_values v = { 0 };
	struct err e = ERR_INIT;
	struct buf out = BUF_INIT;
	begin();
	REQUIRE_OK(template_values_programme(s, &v, &e));
	template_values_set(&v, "person", "А");
	template_values_set(&v, "person", "Б");
	template_fill("{person}, {programme}, {date}, {year}", v.value, &out);
	CHECK_STR(out.data, "Б, Живая сеть НКО, 14.02.2020, 2020");
	buf_release(&out);
	template_values_release(&v);
	end();
}

static const struct test tests_of_this[] = {
	TEST(test_own_texts), TEST(test_versions_in_force), TEST(test_what_was_signed_stays), TEST(test_filling), TEST(test_values), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests_of_this);
}
