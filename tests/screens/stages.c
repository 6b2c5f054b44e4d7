#include "tests/screens/stages.h"

#include "records/application.h"
#include "records/call.h"
#include "records/consent.h"
#include "records/course.h"
#include "records/decision.h"
#include "records/judge.h"
#include "records/question.h"
#include "records/score.h"
#include "tests/unit/records.h"

enum { APPLICANTS = 3 };

static void add_selection(struct store *s, const char *const *person, const char *me)
{
	static const char *const points[APPLICANTS][2] = { { "9", "7" }, { "6", "8" }, { "6", "8" } };
	char call[RECORD_ID_SIZE], criterion[2][RECORD_ID_SIZE], id[RECORD_ID_SIZE];
	bool named;
	struct err e = ERR_INIT;

	make(s, &call_type, call, "title", "Местные консультанты", "role", "consultant", "places", "2", "deadline", "2020-02-20", NULL);
	make(s, record_type_find("criterion"), criterion[0], "title", "Опыт работы в НКО", "weight", "3", "maximum", "10", "call", call, NULL);
	make(s, record_type_find("criterion"), criterion[1], "title", "Мотивация", "weight", "2", "maximum", "10", "call", call, NULL);
	for (int i = 0; i < APPLICANTS; i++) {
		make(s, record_type_find("application"), id, "call", call, "person", person[i], "date", "2020-02-10", "motivation",
		    "Хочу, чтобы в районе было к кому прийти с вопросом об НКО.", "experience", "Пять лет веду кружок, два проекта ТОС.", NULL);
		for (int k = 0; k < 2; k++)
			REQUIRE_OK(score_give(s, id, criterion[k], points[i][k], NULL, NULL, &e));
	}
	REQUIRE_OK(call_close(s, call, &e));
	make(s, &call_type, call, "title", "Эксперты-наставники", "role", "expert", "places", "15", "deadline", "2020-03-01", NULL);
	make(s, record_type_find("criterion"), criterion[0], "title", "Опыт наставничества", "weight", "2", "maximum", "10", "call", call, NULL);
	make(s, record_type_find("criterion"), criterion[1], "title", "Время для поездок", "maximum", "5", "call", call, NULL);
	make(s, record_type_find("application"), id, "call", call, "person", person[0], "date", "2020-02-12", NULL);
	REQUIRE_OK(judge_name(s, call, me, &named, &e));
}

static void add_training(struct store *s, const char *const *person)
{
	char course[RECORD_ID_SIZE], group[RECORD_ID_SIZE];
	struct buf told = BUF_INIT;
	struct err e = ERR_INIT;
	int added;

	make(s, &course_type, course, "title", "Консультирование НКО в муниципалитете", "hours", "72", "provider", "Учебный центр ГСЗН", "document_kind",
	    "удостоверение", NULL);
	make(s, record_type_find("group"), group, "course", course, "title", "Февраль", "since", "2020-02-03", "until", "2020-02-07", "place", "Уфа", NULL);
	REQUIRE_OK(course_enrol(s, course, person, APPLICANTS, group, &added, &e));
	REQUIRE_OK(course_hours(s, course, person, APPLICANTS, "2020-02-03", 15, &told, &e));
	REQUIRE_OK(course_complete(s, course, person[0], "ПК-0120", "2020-02-07", "", &e));
	buf_release(&told);
}

static void add_exchange(struct store *s, const char *const *person, const char *me)
{
	char id[RECORD_ID_SIZE];
	struct err e = ERR_INIT;

	make(s, record_type_find("story"), id, "author", person[0], "kind", "practice", "title", "Консультационный день в библиотеке", "section", "Практики",
	    "body", "Раз в месяц консультант принимает всех, у кого есть вопрос.\n\n## Как это устроено\n\n- день **один и тот же**;\n- объявление на двери;\n"
	    "- короткая запись после.", "state", "accepted", NULL);
	make(s, record_type_find("story"), id, "author", person[1], "kind", "story", "title", "Соседи научили", "body", "Мы ездили к соседям.", "state",
	    "submitted", NULL);
	make(s, record_type_find("directory"), id, "person", person[0], "topics", "устав и регистрация, отчётность", NULL);
	make(s, record_type_find("directory"), id, "person", person[1], "topics", "гранты", NULL);
	REQUIRE_OK(consent_sign(s, person, 1, "directory", "2020-02-10", &e));
	make(s, &question_type, id, "topic", "Адрес организации", "expert", person[0], "author", me, "date", "2020-02-11", "body",
	    "Можно ли зарегистрировать НКО по домашнему адресу?", "answer", "Можно, с согласия собственника.", "answered", "2020-02-12", "answered_by",
	    person[0], NULL);
	make(s, &question_type, id, "topic", "Отчёт ТОС", "expert", me, "author", person[1], "date", "2020-02-13", "body", "Кто подписывает отчёт?", NULL);
}

void stages_add(struct store *s, const char *me)
{
	static const char *const names[APPLICANTS] = { "Галимова Айгуль Рифовна", "Ахметов Ильдар Закирович", "Ғәлиева Сәлимә Ғәбит ҡыҙы" };
	char id[APPLICANTS][RECORD_ID_SIZE], coordinator[RECORD_ID_SIZE];
	const char *person[APPLICANTS];
	struct err e = ERR_INIT;

	for (int i = 0; i < APPLICANTS; i++) {
		REQUIRE_OK(record_resolve(s, &person_type, names[i], id[i], &e));
		person[i] = id[i];
	}
	make(s, &person_type, coordinator, "name", "Яхина Фания Маратовна", "role", "coordinator", NULL);
	REQUIRE_OK(store_set_setting(s, "person", coordinator, &e));
	REQUIRE_OK(store_set_setting(s, "role", "coordinator", &e));
	add_selection(s, person, me);
	add_training(s, person);
	add_exchange(s, person, me);
	REQUIRE_OK(store_set_setting(s, "person", me, &e));
	REQUIRE_OK(store_set_setting(s, "role", "consultant", &e));
}
