#include "commands/demonstration.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "commands/demonstration_consultations.h"
#include "commands/demonstration_names.h"
#include "commands/demonstration_stages.h"
#include "records/attendance.h"
#include "records/consent.h"

/* The municipalities and where their libraries and houses of culture stand. */
static const struct place { const char *code, *centre; } places[] = {
	{ "80601000", "Аскарово" }, { "80602000", "Раевский" }, { "80603000", "Архангельское" }, { "80604000", "Аскино" },
	{ "80605000", "Толбазы" }, { "80606000", "Баймак" }, { "80607000", "Бакалы" }, { "80608000", "Старобалтачево" },
	{ "80609000", "Белебей" }, { "80610000", "Новобелокатай" }, { "80611000", "Белорецк" }, { "80612000", "Бижбуляк" },
	{ "80613000", "Бирск" }, { "80614000", "Языково" }, { "80615000", "Благовещенск" }, { "80617000", "Буздяк" },
	{ "80618000", "Бураево" }, { "80619000", "Старосубхангулово" }, { "80621000", "Красноусольский" }, { "80622000", "Давлеканово" },
	{ "80623000", "Месягутово" }, { "80624000", "Дюртюли" }, { "80625000", "Ермекеево" }, { "80626000", "Исянгулово" },
	{ "80627000", "Зилаир" }, { "80628000", "Иглино" }, { "80630000", "Верхнеяркеево" }, { "80631000", "Ишимбай" },
	{ "80633000", "Калтасы" }, { "80634000", "Караидель" }, { "80635000", "Кармаскалы" }, { "80636000", "Верхние Киги" },
	{ "80637000", "Николо-Березовка" }, { "80638000", "Мраково" }, { "80639000", "Ермолаево" }, { "80640000", "Кушнаренково" },
	{ "80641000", "Мелеуз" }, { "80642000", "Большеустьикинское" }, { "80643000", "Мишкино" }, { "80644000", "Киргиз-Мияки" },
	{ "80645000", "Красная Горка" }, { "80647000", "Малояз" }, { "80648000", "Стерлибашево" }, { "80649000", "Наумовка" },
	{ "80650000", "Верхние Татышлы" }, { "80651000", "Туймазы" }, { "80652000", "Булгаково" }, { "80653000", "Учалы" },
	{ "80654000", "Федоровка" }, { "80655000", "Акъяр" }, { "80656000", "Чекмагуш" }, { "80657000", "Чишмы" },
	{ "80658000", "Шаран" }, { "80659000", "Янаул" }, { "80701000", "Уфа" }, { "80703000", "Агидель" },
	{ "80707000", "Межгорье" }, { "80723000", "Кумертау" }, { "80727000", "Нефтекамск" }, { "80735000", "Октябрьский" },
	{ "80739000", "Салават" }, { "80743000", "Сибай" }, { "80745000", "Стерлитамак" },
};
enum {
	PLACE_COUNT = sizeof(places) / sizeof(places[0]),
	CONSULTANTS = 58, EXPERTS = 20,		/* with the two who work on devices of their own */
	OFFICIALS = 12,				/* by name at each information seminar */
	DISTRICT = 14,				/* people of the consultant's own district, every other one a mentee */
	GUESTS_MAX = 16
};

static const char *const topics[] = { "Как открыть НКО: с чего начать", "Пишем первую заявку на грант", "Команда и волонтёры: как не остаться одному",
	"Социальный проект за один вечер", "Отчётность НКО без страха", "Как рассказать о своём деле: соцсети и районная газета",
	"ТОС: права, деньги, первые шаги", "Партнёры проекта: бизнес и администрация", "Бюджет проекта и софинансирование",
	"Инициативное бюджетирование: опыт соседей", NULL };
static const char *const halls[] = { "центральная библиотека", "районный дом культуры", "сельская библиотека", "дом культуры",
	"модельная библиотека", "центр «Семья»", NULL };
static const char *const bases[] = { "подсчёт в зале", "журнал посещений библиотеки", "справка дома культуры", "фотографии зала", NULL };
static const char *const posts[] = { "руководитель", "библиотекарь", "учитель", "председатель ТОС", "методист", "волонтёр", "бухгалтер",
	"соцработник", "директор дома культуры", NULL };
static const char *const goals[] = { "провести семинар для актива района", "зарегистрировать организацию", "подать заявку на грант",
	"собрать команду проекта", NULL };

struct region {
	struct store *s;
	struct example_random random, talk;		/* the second for what is spoken about and signed */
	unsigned phone;					/* last number given out */
	char organisation[PLACE_COUNT][RECORD_ID_SIZE];
	char expert[EXPERTS][RECORD_ID_SIZE];
	char consultant[CONSULTANTS][RECORD_ID_SIZE];
	int consultant_place[CONSULTANTS];
	char last_guest[RECORD_ID_SIZE];		/* somebody who came to the seminar before: a few go to two */
};

static int place_of(const char *code)
{
	for (int i = 0; i < PLACE_COUNT; i++) {
		if (strcmp(places[i].code, code) == 0)
			return i;
	}
	return 0;
}

/* One person with a generated name. Not everybody tells a telephone or belongs to an organisation. */
static int add_person(struct region *r, int place, const char *role, const char *stage, char id[RECORD_ID_SIZE], struct err *e)
{
	struct buf name = BUF_INIT, phone = BUF_INIT;
	bool member = strcmp(role, "activist") != 0 || example_chance(&r->random, 55);
	const char *post = strcmp(role, "official") == 0 ? "главный специалист администрации" :
	    member ? example_choice(&r->random, posts) : "";
	int result;

	example_person(&r->random, &name);
	if (strcmp(role, "activist") != 0 || example_chance(&r->random, 80))
		example_phone(++r->phone, &phone);
	result = example_save(r->s, &person_type, id, (const char *const[]){ "name", name.data, "phone", phone.data,
		    "organisation", member && strcmp(role, "official") != 0 ? r->organisation[place] : "", "post", post,
		    "municipality", places[place].code, "role", role, "stage", stage, NULL }, e);
	buf_release(&name);
	buf_release(&phone);
	return result;
}

static int add_organisation(struct region *r, int place, struct err *e)
{
	struct buf name = BUF_INIT;
	int result;

	example_organisation(&r->random, places[place].centre, &name);
	result = example_save(r->s, &organisation_type, r->organisation[place],
	    (const char *const[]){ "name", name.data, "municipality", places[place].code, NULL }, e);
	buf_release(&name);
	return result;
}

/* --- seminars --- */

struct example_seminar {
	const char *title, *kind, *date, *hall, *lead, *mentor, *status;
	int place, unnamed;
};

static int add_seminar(struct region *r, const struct example_seminar *x, char id[RECORD_ID_SIZE], struct err *e)
{
	char where[160], unnamed[16] = "";

	snprintf(where, sizeof(where), "%s, %s", places[x->place].centre, x->hall);
	if (x->unnamed > 0)
		snprintf(unnamed, sizeof(unnamed), "%d", x->unnamed);
	return example_save(r->s, &seminar_type, id, (const char *const[]){ "title", x->title, "kind", x->kind, "date", x->date, "place", where,
		    "municipality", places[x->place].code, "lead", x->lead, "mentor", x->mentor, "status", x->status, "unnamed", unnamed,
		    "unnamed_basis", x->unnamed > 0 ? example_choice(&r->random, bases) : "", NULL }, e);
}

/* `count` new people of the place on the sheet of a seminar; of those at one that was held nine in ten came. The first is a mentee of `mentor`. */
static int add_guests(struct region *r, const char *seminar, int place, int count, const char *role, bool held, const char *mentor, struct err *e)
{
	char id[RECORD_ID_SIZE], mentorship[RECORD_ID_SIZE];

	for (int i = 0; i < count; i++) {
		enum attendance_state state = !held ? ATTENDANCE_REGISTERED : i > 0 && example_chance(&r->random, 9) ? ATTENDANCE_ABSENT :
		    ATTENDANCE_PRESENT;

		if (add_person(r, place, role, i == 0 && mentor != NULL ? "selected" : "", id, e) < 0 || attendance_mark(r->s, seminar, id, state, e) < 0)
			return -1;
		if (i == 0 && mentor != NULL && example_save(r->s, &mentorship_type, mentorship, (const char *const[]){ "mentor", mentor,
			    "mentee", id, "since", "2020-02-17", "goal", example_choice(&r->random, goals), NULL }, e) < 0)
			return -1;
	}
	if (held && r->last_guest[0] != '\0' && example_chance(&r->random, 40) &&
	    attendance_mark(r->s, seminar, r->last_guest, ATTENDANCE_PRESENT, e) < 0)
		return -1;
	memcpy(r->last_guest, id, RECORD_ID_SIZE);
	return 0;
}

/* The k-th consultant's seminar: from the middle of February on, two or so a week; those of the end of May are still to come. */
static int add_local_seminar(struct region *r, int k, struct err *e)
{
	char id[RECORD_ID_SIZE], date[DATE_SIZE];
	bool held = k < 54;
	struct example_seminar x = { .title = example_choice(&r->random, topics), .kind = "local", .date = date,
		.hall = example_choice(&r->random, halls), .lead = r->consultant[k], .mentor = r->expert[k % EXPERTS],
		.status = held ? "held" : "planned", .place = r->consultant_place[k],
		.unnamed = held ? 30 + (int)example_number(&r->random, 150) : 0 };

	date_from_days(date_to_days("2020-02-11") + k * 9 / 5 + (int)example_number(&r->random, 3), date);
	if (add_seminar(r, &x, id, e) < 0)
		return -1;
	return add_guests(r, id, x.place, held ? 9 + (int)example_number(&r->random, 2) : 4, "activist", held, r->consultant[k], e);
}

static int add_information_seminars(struct region *r, struct err *e)
{
	static const struct { const char *date, *code; int unnamed; } days[] = { { "2020-02-20", "80701000", 38 }, { "2020-03-12", "80613000", 26 },
		{ "2020-04-16", "80743000", 31 } };
	char id[RECORD_ID_SIZE];

	for (int i = 0; i < 3; i++) {
		struct example_seminar x = { .title = "НКО и администрация: как работать вместе", .kind = "information", .date = days[i].date,
			.hall = "зал администрации", .lead = r->expert[i + 1], .mentor = "", .status = "held", .place = place_of(days[i].code),
			.unnamed = days[i].unnamed };

		if (add_seminar(r, &x, id, e) < 0)
			return -1;
		r->last_guest[0] = '\0';
		for (int k = 0; k < OFFICIALS; k++) {
			if (add_guests(r, id, (i * OFFICIALS + k) % PLACE_COUNT, 1, "official", true, NULL, e) < 0)
				return -1;
		}
	}
	return 0;
}

/* --- people of the programme --- */

/* One in twelve holds none this year. */
static bool holds_seminar(int consultant)
{
	return consultant % 12 != 11;
}

/* Consultants in 52 municipalities, two of them in six; 11 have none yet. */
static int add_consultants(struct region *r, const char *own, struct err *e)
{
	int count = 0;

	for (int place = 0; place < PLACE_COUNT; place++) {
		int here = place % 6 == 1 ? 0 : place > 0 && place % 9 == 0 ? 2 : 1;

		for (; here > 0; here--, count++) {
			r->consultant_place[count] = place;
			if (strcmp(places[place].code, EXAMPLE_MUNICIPALITY) == 0)
				memcpy(r->consultant[count], own, RECORD_ID_SIZE);
			else if (add_person(r, place, "consultant", holds_seminar(count) ? "working" : "trained", r->consultant[count], e) < 0)
				return -1;
		}
	}
	return 0;
}

static int add_experts(struct region *r, const char *own, struct err *e)
{
	static const char *const homes[] = { "80701000", "80701000", "80745000", "80739000", "80727000", "80735000", "80609000", "80651000",
		"80743000", "80611000" };

	memcpy(r->expert[0], own, RECORD_ID_SIZE);
	for (int i = 1; i < EXPERTS; i++) {
		if (add_person(r, place_of(homes[i % 10]), "expert", "trained", r->expert[i], e) < 0)
			return -1;
	}
	return 0;
}

static int add_mentorships(struct region *r, const char *own_consultant, struct err *e)
{
	char id[RECORD_ID_SIZE];

	for (int k = 0; k < CONSULTANTS; k++) {
		const char *mentor = strcmp(r->consultant[k], own_consultant) == 0 ? r->expert[0] : r->expert[k % EXPERTS];

		if (example_save(r->s, &mentorship_type, id, (const char *const[]){ "mentor", mentor, "mentee", r->consultant[k],
			    "since", "2020-02-03", "goal", goals[0], NULL }, e) < 0 ||
		    example_consultations(r->s, &r->talk, mentor, r->consultant[k], 1 + k % 3, e) < 0)
			return -1;
		/* The expert with a device of her own has something to do. */
		if (mentor == r->expert[0] && example_due(r->s, &r->talk, mentor, r->consultant[k], k % 5 * 4 - 6, e) < 0)
			return -1;
	}
	return 0;
}

/* Experts and consultants signed when they came into the programme; who wrote a story for the book, for that too. */
static int add_consents(struct region *r, struct err *e)
{
	const char *all[EXPERTS + CONSULTANTS], *authors[EXPERTS + CONSULTANTS];
	int count = 0, writing = 0;

	for (int i = 0; i < EXPERTS; i++)
		all[count++] = r->expert[i];
	for (int k = 0; k < CONSULTANTS; k++)
		all[count++] = r->consultant[k];
	for (int i = 0; i < count; i++) {
		if (example_chance(&r->talk, 60))
			authors[writing++] = all[i];
	}
	if (consent_sign(r->s, all, count, CONSENT_PARTICIPATION, "2020-02-03", e) < 0 ||
	    consent_sign(r->s, authors, writing, "publication", "2020-05-12", e) < 0)
		return -1;
	return example_consents(r->s, &r->talk, e);
}

static int fill_region(struct region *r, const char *expert, const char *consultant, struct err *e)
{
	char programme[RECORD_ID_SIZE];

	if (programme_current(r->s, programme, e) < 0 ||
	    example_change(r->s, &programme_type, programme, (const char *const[]){ "title", "Живая сеть НКО", "grant",
		    "Грант Главы Республики Башкортостан", "since", "2019-11-01", "until", "2020-06-30", NULL }, e) < 0)
		return -1;
	for (int place = 0; place < PLACE_COUNT; place++) {
		if (add_organisation(r, place, e) < 0)
			return -1;
	}
	if (add_experts(r, expert, e) < 0 || add_consultants(r, consultant, e) < 0 || add_mentorships(r, consultant, e) < 0)
		return -1;
	for (int k = 0; k < CONSULTANTS; k++) {
		/* The device's own consultant enters hers herself. */
		if (holds_seminar(k) && strcmp(r->consultant[k], consultant) != 0 && add_local_seminar(r, k, e) < 0)
			return -1;
	}
	if (add_information_seminars(r, e) < 0 || add_consents(r, e) < 0)
		return -1;
	return example_stages(r->s, &r->talk, &(struct example_people){ .expert = r->expert, .consultant = r->consultant, .experts = EXPERTS,
		.consultants = CONSULTANTS, .own = consultant }, e);
}

int demonstration_region(struct store *s, const char *expert, const char *consultant, struct err *e)
{
	struct region r = { .s = s, .random = { 2020 }, .talk = { 2021 }, .phone = 1000 };

	if (store_begin(s, e) < 0)
		return -1;
	if (fill_region(&r, expert, consultant, e) < 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

/* --- one consultant's own work --- */

/* Of seven mentees the last is new; with three something is due, one of these is late. */
static int add_talks(struct region *r, const char *consultant, const char *mentee, int number, struct err *e)
{
	static const struct { int before; bool open; int days; } what[] = { { 2, false, 0 }, { 1, true, -5 }, { 1, false, 0 }, { 0, true, 0 },
		{ 3, false, 0 }, { 1, true, 6 }, { 0, false, 0 } };

	if (example_consultations(r->s, &r->talk, consultant, mentee, what[number].before, e) < 0)
		return -1;
	return what[number].open ? example_due(r->s, &r->talk, consultant, mentee, what[number].days, e) : 0;
}

static int fill_district(struct region *r, const char *consultant, struct err *e)
{
	static const char *const stages[] = { "selected", "working", "training", "trained", "candidate", "selected", "trained" };	/* of the mentees */
	char seminar[RECORD_ID_SIZE], id[RECORD_ID_SIZE], mentorship[RECORD_ID_SIZE];
	int place = place_of(EXAMPLE_MUNICIPALITY);
	struct example_seminar x = { .title = "Как открыть НКО", .kind = "local", .date = "2020-02-14", .hall = "библиотека", .lead = consultant,
		.mentor = "", .status = "held", .place = place, .unnamed = 64 };

	if (add_organisation(r, place, e) < 0 || add_seminar(r, &x, seminar, e) < 0)
		return -1;
	for (int i = 0; i < DISTRICT; i++) {
		if (add_person(r, place, "activist", i % 2 == 0 ? stages[i / 2] : "", id, e) < 0)
			return -1;
		if (i < 9 && attendance_mark(r->s, seminar, id, i == 6 ? ATTENDANCE_ABSENT : ATTENDANCE_PRESENT, e) < 0)
			return -1;
		if (i % 2 == 0 && example_save(r->s, &mentorship_type, mentorship, (const char *const[]){ "mentor", consultant, "mentee", id,
			    "since", "2020-02-17", "goal", example_choice(&r->random, goals), NULL }, e) < 0)
			return -1;
		if (i % 2 == 0 && add_talks(r, consultant, id, i / 2, e) < 0)
			return -1;
	}
	return example_consents(r->s, &r->talk, e);
}

int demonstration_consultant(struct store *s, const char *consultant, struct err *e)
{
	struct region r = { .s = s, .random = { 618 }, .talk = { 619 } };

	if (store_begin(s, e) < 0)
		return -1;
	if (fill_district(&r, consultant, e) < 0) {
		store_rollback(s);
		return -1;
	}
	return store_commit(s, e);
}

struct guests { char id[GUESTS_MAX][RECORD_ID_SIZE]; int count, wanted; };

static int take_activist(void *context, const struct record *person, struct err *e)
{
	struct guests *g = context;

	(void)e;
	if (g->count < g->wanted && strcmp(record_get(person, "role"), "activist") == 0 &&
	    strcmp(record_get(person, "municipality"), EXAMPLE_MUNICIPALITY) == 0)
		memcpy(g->id[g->count++], person->id, RECORD_ID_SIZE);
	return 0;
}

int demonstration_unsent(struct store *s, const char *consultant, struct err *e)
{
	struct region r = { .s = s, .random = { 1 } };
	struct guests g = { .wanted = 6 };
	struct example_seminar x = { .title = "Пишем первую заявку на грант", .kind = "local", .date = "2020-05-22", .hall = "районный дом культуры",
		.lead = consultant, .mentor = "", .status = "planned", .place = place_of(EXAMPLE_MUNICIPALITY) };
	char seminar[RECORD_ID_SIZE];

	if (record_each(s, &person_type, NULL, take_activist, &g, e) < 0 || add_seminar(&r, &x, seminar, e) < 0)
		return -1;
	for (int i = 0; i < g.count; i++) {
		if (attendance_mark(s, seminar, g.id[i], ATTENDANCE_REGISTERED, e) < 0)
			return -1;
	}
	return 0;
}
