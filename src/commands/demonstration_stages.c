#include "commands/demonstration_stages.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "records/call.h"
#include "records/consent.h"
#include "records/course.h"
#include "records/decision.h"
#include "records/question.h"
#include "records/score.h"

#define FIELDS(...) (const char *const[]){ __VA_ARGS__, NULL }

enum { APPLICANTS = 12, PLACES = 10, CRITERIA = 3, DAYS = 5, IN_DIRECTORY = 8 };

/* --- the selection --- */

static int add_criteria(struct store *s, const char *call, char id[CRITERIA][RECORD_ID_SIZE], struct err *e)
{
	static const struct { const char *title, *weight; } what[CRITERIA] = { { "Опыт работы в НКО", "3" }, { "Мотивация", "2" },
		{ "Связи в муниципалитете", "1" } };

	for (int i = 0; i < CRITERIA; i++)
		if (example_save(s, record_type_find("criterion"), id[i], FIELDS("title", what[i].title, "weight", what[i].weight, "maximum", "10",
			    "call", call), e) != 0)
			return -1;
	return 0;
}

/* One application with the coordinator's points by each criterion. */
static int add_application(struct store *s, struct example_random *random, const char *call, const char *person,
    char (*criterion)[RECORD_ID_SIZE], struct err *e)
{
	static const char *const motivation[] = { "Хочу, чтобы в районе было к кому прийти с вопросом об НКО.",
		"В районе много инициатив и мало тех, кто умеет их оформить.", "Нас когда-то научили соседи, теперь наша очередь.", NULL };
	static const char *const experience[] = { "Пять лет веду организацию, три поддержанных проекта.", "Два проекта ТОС, отчёты сданы в срок.",
		"Волонтёрский отряд, первая заявка в прошлом году.", NULL };
	char id[RECORD_ID_SIZE], points[8];

	if (example_save(s, record_type_find("application"), id, FIELDS("call", call, "person", person, "date", "2019-12-10", "motivation",
		    example_choice(random, motivation), "experience", example_choice(random, experience)), e) != 0)
		return -1;
	for (int i = 0; i < CRITERIA; i++) {
		snprintf(points, sizeof points, "%u", 4 + example_number(random, 7));
		if (score_give(s, id, criterion[i], points, NULL, NULL, e) != 0)
			return -1;
	}
	return 0;
}

static int add_selection(struct store *s, struct example_random *random, const struct example_people *p, struct err *e)
{
	char call[RECORD_ID_SIZE], criterion[CRITERIA][RECORD_ID_SIZE], places[8];
	struct decision_counts counts;

	snprintf(places, sizeof places, "%d", PLACES);
	if (example_save(s, &call_type, call, FIELDS("title", "Местные консультанты, первая волна", "role", "consultant", "places", places,
		    "since", "2019-11-20", "deadline", "2019-12-20"), e) != 0 || add_criteria(s, call, criterion, e) != 0)
		return -1;
	for (int i = 0; i < APPLICANTS; i++)
		if (add_application(s, random, call, p->consultant[i * 4], criterion, e) != 0)
			return -1;
	return call_close(s, call, e) != 0 ? -1 : decision_propose(s, call, true, NULL, NULL, &counts, e);
}

/* --- the course --- */

static int add_group(struct store *s, const char *course, const char *title, const char *since, const struct example_people *p, int from, int to,
    struct err *e)
{
	char group[RECORD_ID_SIZE], until[DATE_SIZE], day[DATE_SIZE], document[32];
	const char *who[128];
	struct buf told = BUF_INIT;
	int count = 0, added, rc;

	for (int i = from; i < to; i++)
		who[count++] = p->consultant[i];
	date_from_days(date_to_days(since) + DAYS - 1, until);
	rc = example_save(s, record_type_find("group"), group, FIELDS("course", course, "title", title, "since", since, "until", until,
		    "place", "Уфа, учебный центр", "municipality", "80701000"), e);
	if (rc == 0)
		rc = course_enrol(s, course, who, count, group, &added, e);
	for (int i = 0; i < DAYS && rc == 0; i++) {
		date_from_days(date_to_days(since) + i, day);
		rc = course_hours(s, course, who, count, day, i < 2 ? 15 : 14, &told, e);
	}
	for (int i = 0; i < count && rc == 0; i++) {
		snprintf(document, sizeof document, "ПК-%04d", 120 + from + i);
		rc = course_complete(s, course, who[i], document, until, "", e);
	}
	buf_release(&told);
	return rc;
}

static int add_training(struct store *s, const struct example_people *p, struct err *e)
{
	char course[RECORD_ID_SIZE];
	int half = p->consultants / 2;

	if (example_save(s, &course_type, course, FIELDS("title", "Консультирование НКО в муниципалитете", "hours", "72", "provider",
		    "Учебный центр ГСЗН", "document_kind", "удостоверение о повышении квалификации"), e) != 0)
		return -1;
	return add_group(s, course, "Февраль", "2020-02-03", p, 0, half, e) != 0 ? -1 : add_group(s, course, "Март", "2020-03-16", p, half,
	    p->consultants, e);
}

/* --- the collection and the exchange --- */

static int add_stories(struct store *s, const struct example_people *p, struct err *e)
{
	static const struct { const char *kind, *state, *section, *title, *body; } texts[] = {
		{ "story", "accepted", "Личные истории", "Как мы открыли НКО в деревне",
		    "Сначала нас было **трое**: библиотекарь, учительница и тракторист.\n\n## С чего начали\n\n- собрались в библиотеке;\n- написали, "
		    "чего не хватает людям;\n- позвонили наставнику.\n\nЧерез полгода у нас был устав, а через год — первый грант." },
		{ "practice", "accepted", "Практики", "Консультационный день в библиотеке",
		    "Раз в месяц консультант принимает всех, у кого есть вопрос об НКО.\n\n1. День один и тот же, чтобы запомнили.\n2. Объявление — в "
		    "районной газете и на двери.\n3. После — короткая запись: кто, с чем, какой следующий шаг." },
		{ "advice", "accepted", "Советы", "Отчёт начинается в первый день",
		    "Складывайте **листы регистрации** и фотографии в одну папку сразу после семинара. В июне вы скажете себе спасибо." },
		{ "achievement", "edited", "", "Первый грант района", "Из двенадцати заявок нашего района поддержаны четыре." },
		{ "story", "submitted", "", "Соседи научили", "Мы ездили на семинар к соседям, а теперь ездят к нам." },
	};
	char id[RECORD_ID_SIZE];
	const char *authors[sizeof texts / sizeof *texts];

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		authors[i] = p->consultant[i * 7 + 1];
		if (example_save(s, record_type_find("story"), id, FIELDS("author", authors[i], "kind", texts[i].kind, "title", texts[i].title,
			    "body", texts[i].body, "state", texts[i].state, "section", texts[i].section), e) != 0)
			return -1;
	}
	/* The last one has not signed yet. */
	return consent_sign(s, authors, sizeof texts / sizeof *texts - 1, "publication", "2020-05-20", e);
}

static int add_directory(struct store *s, struct example_random *random, const struct example_people *p, struct err *e)
{
	static const char *const topics[] = { "устав и регистрация, отчётность в Минюст", "заявки на гранты, бюджет проекта", "ТОС и инициативное бюджетирование",
		"волонтёры и команда", "социальные сети, районная газета", NULL };
	const char *who[IN_DIRECTORY];
	char id[RECORD_ID_SIZE];

	for (int i = 0; i < IN_DIRECTORY; i++) {
		who[i] = i % 2 == 0 ? p->expert[i / 2] : p->consultant[i];
		if (example_save(s, record_type_find("directory"), id, FIELDS("person", who[i], "topics", example_choice(random, topics)), e) != 0)
			return -1;
	}
	return consent_sign(s, who, IN_DIRECTORY, "directory", "2020-03-02", e);
}

static int add_questions(struct store *s, const struct example_people *p, struct err *e)
{
	char id[RECORD_ID_SIZE];

	if (example_save(s, record_type_find("question"), id, FIELDS("topic", "Адрес организации", "expert", p->expert[0], "author", p->own, "date",
		    "2020-04-02", "body", "Можно ли зарегистрировать НКО по домашнему адресу?", "answer",
		    "Можно, с согласия собственника: приложите его письмо.", "answered", "2020-04-03", "answered_by", p->expert[0]), e) != 0)
		return -1;
	return example_save(s, record_type_find("question"), id, FIELDS("topic", "Отчёт ТОС", "expert", p->expert[0], "author", p->own, "date",
	    "2020-05-18", "body", "ТОС без юридического лица: кто подписывает отчёт?"), e);
}

int example_stages(struct store *s, struct example_random *random, const struct example_people *p, struct err *e)
{
	if (add_selection(s, random, p, e) != 0 || add_training(s, p, e) != 0 || add_stories(s, p, e) != 0 || add_directory(s, random, p, e) != 0)
		return -1;
	return add_questions(s, p, e);
}
