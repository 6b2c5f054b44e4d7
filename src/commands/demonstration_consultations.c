/* What was spoken about and signed in the demonstration region. */
#include "commands/demonstration_consultations.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "records/consent.h"
#include "records/seminar.h"

static const struct talk { const char *topic, *advice, *next_step; } talks[] = {
	{ "Регистрация организации", "Сначала договориться о цели, потом писать устав; типовой устав некоммерческой организации подойдёт почти всем.",
	    "Собрать учредителей и подписать протокол" },
	{ "Первая заявка на грант", "Начать с того, кому и чем станет лучше; бюджет считать от дел, а не от суммы.\n\nПрочитать две заявки победителей прошлого "
	    "года.", "Прислать черновик заявки" },
	{ "Семинар для актива района", "Позвать тех, кто уже что-то делает, и дать каждому сказать.", "Назначить день и позвать библиотеку" },
	{ "Команда и волонтёры", "Просить о конкретном деле на час, а не о помощи вообще.", "Составить список дел для волонтёров" },
	{ "Отчёт по гранту", "Копить подтверждения сразу, по неделям: листы регистрации, фотографии, счета.", "Сдать отчёт за квартал" },
	{ "Разговор с администрацией", "Прийти с предложением на одной странице и с тем, что сделает сама организация.", "Записаться на приём к главе" },
	{ "Сайт и соцсети", "Одной страницы в сети хватит, если на ней каждую неделю что-то новое.", "Завести страницу и написать о семинаре" },
};
enum { TALKS = sizeof(talks) / sizeof(talks[0]) };
static const char *const forms[] = { "visit", "phone", "phone", "online", NULL };

static int add_consultation(struct store *s, struct example_random *random, const char *mentor, const char *mentee, int64_t day, int64_t next,
    bool done, struct err *e)
{
	const struct talk *t = &talks[example_number(random, TALKS)];
	char id[RECORD_ID_SIZE], date[DATE_SIZE], next_date[DATE_SIZE], next_done[DATE_SIZE] = "", minutes[16];

	date_from_days(day, date);
	date_from_days(next, next_date);
	if (done)
		date_from_days(next - example_number(random, 3), next_done);
	snprintf(minutes, sizeof(minutes), "%u", 20 + 10 * example_number(random, 8));
	return example_save(s, &consultation_type, id, (const char *const[]){ "mentor", mentor, "mentee", mentee, "date", date, "form",
		    example_choice(random, forms), "minutes", minutes, "topic", t->topic, "advice", t->advice, "next_step", t->next_step,
		    "next_date", next_date, "next_done", next_done, NULL }, e);
}

int example_consultations(struct store *s, struct example_random *random, const char *mentor, const char *mentee, int count, struct err *e)
{
	int64_t day = date_to_days("2020-02-06") + example_number(random, 12);

	for (int i = 0; i < count; i++) {
		int64_t next = day + 7 + example_number(random, 8);

		/* Of the last ones some were never done. */
		if (add_consultation(s, random, mentor, mentee, day, next, i + 1 < count || example_chance(random, 80), e) < 0)
			return -1;
		day = next + 5 + example_number(random, 10);
	}
	return 0;
}

int example_due(struct store *s, struct example_random *random, const char *mentor, const char *mentee, int days, struct err *e)
{
	char today[DATE_SIZE];
	int64_t now;

	date_today(today);
	now = date_to_days(today);
	return add_consultation(s, random, mentor, mentee, now - 12, now + days, false, e);
}

/* --- consents --- */

struct signing {
	struct store *s;
	struct example_random *random;
	char seminar[RECORD_ID_SIZE], date[DATE_SIZE];		/* of the sheet that is walked through */
};

static int seminar_date(struct signing *g, const char *seminar, struct err *e)
{
	struct record r;

	if (strcmp(g->seminar, seminar) == 0)
		return 0;
	if (record_load(g->s, &r, &seminar_type, seminar, e) < 0)
		return -1;
	snprintf(g->seminar, sizeof(g->seminar), "%s", seminar);
	snprintf(g->date, sizeof(g->date), "%s", record_get(&r, "date"));
	record_release(&r);
	return 0;
}

static int sign_perhaps(void *context, const struct record *mark, struct err *e)
{
	struct signing *g = context;
	const char *person = record_get(mark, "person");

	if (strcmp(record_get(mark, "state"), "present") != 0 || !example_chance(g->random, 85))
		return 0;
	if (seminar_date(g, record_get(mark, "seminar"), e) < 0)
		return -1;
	return consent_sign(g->s, &person, 1, CONSENT_PARTICIPATION, g->date, e);
}

int example_consents(struct store *s, struct example_random *random, struct err *e)
{
	struct signing g = { .s = s, .random = random };

	return record_each(s, &attendance_type, NULL, sign_perhaps, &g, e);
}
