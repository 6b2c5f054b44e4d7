/* make_programme: the programme with its real figures: 20 experts, 58 consultants, 50 local and 3 information seminars over the 63 municipalities between
 * November 2019 and June 2020, over 400 people by name and 5,000 in all; and around them what must not be counted: what was removed, cancelled, planned,
 * or belongs to another programme.
 *
 * usage: make_programme FOLDER [VISITS]	FOLDER/store.ldb with FOLDER/store.key; FOLDER/plain.db: the same rows, readable by the program sqlite3;
 *					on standard output what was put in, as JSON. VISITS: so many more people by name at the local seminars.
 *
 * It keeps its own books in arrays while it enters records as a person would, and counts from these books alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/demonstration.h"
#include "commands/demonstration_names.h"
#include "crypto/secret.h"
#include "records/application.h"
#include "records/attendance.h"
#include "records/call.h"
#include "records/consent.h"
#include "records/course.h"
#include "records/decision.h"
#include "records/question.h"
#include "schema/schema.h"
#include "tests/programme/plain_copy.h"

enum {
	EXPERTS = 20, CONSULTANTS = 58, LOCAL = 50, INFORMATION = 3,
	PER_SEMINAR = 10, OFFICIALS = 8,
	IN_ALL = 5000,			/* by name and without a name together, as a newspaper would say */
	MUNICIPALITIES = 63, PEOPLE_MAX = 20000, SEMINARS_MAX = 100, MARKS_MAX = 20000, TALKS_MAX = 400
};

struct somebody { char id[RECORD_ID_SIZE]; const char *role; int place; bool removed; };
struct meeting { char id[RECORD_ID_SIZE]; const char *kind, *status; char date[DATE_SIZE]; int place, lead, mentor, unnamed; bool removed, other_programme; };
struct mark { int meeting, person; bool present, removed; };
struct talk { int minutes; bool removed, other_programme; };
struct pair { int mentor, mentee; };

static struct books {
	struct somebody person[PEOPLE_MAX];
	struct meeting meeting[SEMINARS_MAX];
	struct mark mark[MARKS_MAX];
	struct talk talk[TALKS_MAX];
	struct pair pair[PEOPLE_MAX];
	int people, meetings, marks, talks, pairs;
	int applications, selected, courses, enrolled, trained, study_hours, stories, directory, questions, answers;
} books;

static struct store *store;
static struct example_random dice = { 2019 };
static struct err e = ERR_INIT;
static unsigned telephones = 1;
static char other_programme[RECORD_ID_SIZE];

static void must(bool ok)
{
	if (ok)
		return;
	fprintf(stderr, "make_programme: %s\n", e.text);
	exit(1);
}

#define SAVE(type, id, ...) must(example_save(store, &(type), (id), (const char *const[]){ __VA_ARGS__, NULL }, &e) == 0)

static const char *code(int place)
{
	return schema_municipalities[place].code;
}

/* --- what a person enters --- */

static int add_person(const char *role, int place)
{
	struct buf name = BUF_INIT, phone = BUF_INIT;
	struct somebody *p = &books.person[books.people];

	example_person(&dice, &name);
	example_phone(telephones++ % 10000, &phone);
	*p = (struct somebody){ .role = role, .place = place };
	SAVE(person_type, p->id, "name", name.data, "phone", phone.data, "municipality", code(place), "role", role);
	buf_release(&name);
	buf_release(&phone);
	return books.people++;
}

static int add_meeting(const char *kind, const char *date, int place, int lead, int mentor, const char *status, int unnamed)
{
	struct meeting *m = &books.meeting[books.meetings];
	char number[16], title[64];

	*m = (struct meeting){ .kind = kind, .status = status, .place = place, .lead = lead, .mentor = mentor, .unnamed = unnamed };
	snprintf(m->date, sizeof m->date, "%s", date);
	snprintf(number, sizeof number, "%d", unnamed);
	snprintf(title, sizeof title, "Семинар %d", books.meetings + 1);
	SAVE(seminar_type, m->id, "title", title, "kind", kind, "date", date, "place", "библиотека", "municipality", code(place),
	    "lead", books.person[lead].id, "mentor", mentor < 0 ? "" : books.person[mentor].id, "status", status, "unnamed", number,
	    "unnamed_basis", unnamed > 0 ? "подсчёт в зале" : "");
	return books.meetings++;
}

static void add_mark(int meeting, int person, enum attendance_state state)
{
	must(attendance_mark(store, books.meeting[meeting].id, books.person[person].id, state, &e) == 0);
	books.mark[books.marks++] = (struct mark){ .meeting = meeting, .person = person, .present = state == ATTENDANCE_PRESENT };
}

static void add_talk(int mentor, int mentee, const char *date, int minutes)
{
	char id[RECORD_ID_SIZE], number[16];

	snprintf(number, sizeof number, "%d", minutes);
	SAVE(consultation_type, id, "mentor", books.person[mentor].id, "mentee", books.person[mentee].id, "date", date, "minutes", number);
	books.talk[books.talks++] = (struct talk){ .minutes = minutes };
}

static void add_pair(int mentor, int mentee)
{
	char id[RECORD_ID_SIZE];

	SAVE(mentorship_type, id, "mentor", books.person[mentor].id, "mentee", books.person[mentee].id, "since", "2020-02-03");
	books.pair[books.pairs++] = (struct pair){ mentor, mentee };
}

/* --- the programme --- */

static const char *day(const char *from, int days)
{
	static char out[DATE_SIZE];

	date_from_days(date_to_days(from) + days, out);
	return out;
}

/* People 0 … 19 are the experts, 20 … 77 the consultants. */
static void add_staff(void)
{
	for (int i = 0; i < EXPERTS; i++)
		add_person("expert", i * 3 % MUNICIPALITIES);
	for (int i = 0; i < CONSULTANTS; i++)
		add_person("consultant", i * 5 % MUNICIPALITIES);
	for (int i = 0; i < CONSULTANTS; i++) {
		add_pair(i % EXPERTS, EXPERTS + i);
		for (int k = 0; k < 1 + i % 3; k++)
			add_talk(i % EXPERTS, EXPERTS + i, day("2019-12-02", i + 30 * k), 20 + 5 * (i % 9));
	}
}

/* The k-th local seminar: ten people of the district, one of them the lead's mentee; every fifth is visited by somebody of the one before, every
 * fourth by a consultant who will lead a later one. */
static void add_local(int k, int more)
{
	int lead = EXPERTS + k, place = books.person[lead].place, first = books.people, m;

	m = add_meeting("local", day("2019-11-11", k * 4), place, lead, k % EXPERTS, "held", 0);
	for (int i = 0; i < PER_SEMINAR + more; i++)
		add_mark(m, add_person("activist", place), i == 7 ? ATTENDANCE_ABSENT : i == 9 && k % 3 == 0 ? ATTENDANCE_REGISTERED : ATTENDANCE_PRESENT);
	add_pair(lead, first);
	if (k % 5 == 4)
		add_mark(m, first - 5 - more, ATTENDANCE_PRESENT);
	if (k % 4 == 1)
		add_mark(m, EXPERTS + k + 5, ATTENDANCE_PRESENT);
}

static void add_information(int i)
{
	static const char *const days[] = { "2019-12-12", "2020-02-20", "2020-04-16" };
	int m = add_meeting("information", days[i], 54 + i * 3, i, -1, "held", 0);

	for (int k = 0; k < OFFICIALS; k++)
		add_mark(m, add_person("official", (i * 17 + k * 2) % MUNICIPALITIES), ATTENDANCE_PRESENT);
}

/* So that 5,000 came in all: what is missing came without being listed, spread over the seminars. */
static int reached_by_name(void);
static void add_unnamed(void)
{
	int missing = IN_ALL - reached_by_name(), meetings = books.meetings;

	for (int i = 0; i < meetings && missing > 0; i++) {
		int share = missing / (meetings - i);
		char number[16];

		snprintf(number, sizeof number, "%d", share);
		must(example_change(store, &seminar_type, books.meeting[i].id,
		    (const char *const[]){ "unnamed", number, "unnamed_basis", "подсчёт в зале", NULL }, &e) == 0);
		books.meeting[i].unnamed = share;
		missing -= share;
	}
}

/* --- the other stages --- */

/* Everybody who is a consultant now applied and was selected, and some who were not. */
static void add_selection(void)
{
	char call[RECORD_ID_SIZE], id[RECORD_ID_SIZE];

	SAVE(call_type, call, "title", "Местные консультанты", "role", "consultant", "places", "58", "deadline", "2019-11-10");
	for (int i = 0; i < CONSULTANTS + 12; i++) {
		int who = i < CONSULTANTS ? EXPERTS + i : EXPERTS + CONSULTANTS + i * 3;

		SAVE(*record_type_find("application"), id, "call", call, "person", books.person[who].id, "date", "2019-11-05");
		books.applications++;
	}
	must(call_close(store, call, &e) == 0);
	for (int i = 0; i < CONSULTANTS; i++) {
		struct decision_done done;

		must(application_of(store, call, books.person[EXPERTS + i].id, id, &e) == 0);
		must(decision_take(store, id, "selected", "", &done, &e) == 0);
		books.selected++;
	}
}

/* Two groups: all are enrolled, every one attends 70 hours in five days, three do not complete. */
static void add_training(void)
{
	char course[RECORD_ID_SIZE];
	const char *who[CONSULTANTS];
	struct buf told = BUF_INIT;
	int added;

	SAVE(course_type, course, "title", "Консультирование НКО", "hours", "72", "provider", "Учебный центр ГСЗН");
	books.courses++;
	for (int i = 0; i < CONSULTANTS; i++)
		who[i] = books.person[EXPERTS + i].id;
	must(course_enrol(store, course, who, CONSULTANTS, "", &added, &e) == 0);
	books.enrolled = added;
	for (int d = 0; d < 5; d++) {
		must(course_hours(store, course, who, CONSULTANTS, day("2020-02-03", d), 14, &told, &e) == 0);
		books.study_hours += 14 * CONSULTANTS;
	}
	for (int i = 3; i < CONSULTANTS; i++, books.trained++) {
		char number[16];

		snprintf(number, sizeof number, "ПК-%d", i);
		must(course_complete(store, course, who[i], number, "2020-02-07", "", &e) == 0);
	}
	buf_release(&told);
}

static void add_collection(void)
{
	char id[RECORD_ID_SIZE];

	for (int i = 0; i < 14; i++) {
		const char *state = i % 7 == 6 ? "submitted" : "accepted";

		SAVE(*record_type_find("story"), id, "author", books.person[i * 3].id, "kind", i % 2 ? "practice" : "story", "title", "Наш опыт", "body",
		    "Как это было.", "state", state);
		books.stories += strcmp(state, "accepted") == 0;
	}
	for (int i = 0; i < 9; i++) {
		SAVE(*record_type_find("directory"), id, "person", books.person[i].id, "topics", "устав");
		if (i % 3 != 2)
			must(consent_sign(store, (const char *const[]){ books.person[i].id }, 1, "directory", "2020-03-02", &e) == 0);
		books.directory += i % 3 != 2;
	}
	for (int i = 0; i < 8; i++) {
		SAVE(question_type, id, "topic", "Отчёт", "expert", books.person[i].id, "author", books.person[EXPERTS + i].id, "body", "Кто подписывает?",
		    "answer", i % 4 ? "Председатель." : "");
		books.questions++;
		books.answers += i % 4 != 0;
	}
}

/* --- what must not be counted --- */

static void add_what_does_not_count(void)
{
	int planned = add_meeting("local", "2020-06-27", 7, EXPERTS + 51, -1, "planned", 0);
	int cancelled = add_meeting("local", "2020-03-28", 8, EXPERTS + 52, -1, "cancelled", 0);
	int gone = add_meeting("local", "2020-03-01", 9, EXPERTS + 53, 3, "held", 17);
	int nobody = add_person("activist", 9), struck = add_person("activist", 10), twice = add_person("activist", 11);

	add_mark(planned, nobody, ATTENDANCE_REGISTERED);
	add_mark(cancelled, struck, ATTENDANCE_REGISTERED);
	add_mark(gone, twice, ATTENDANCE_PRESENT);
	add_mark(0, struck, ATTENDANCE_PRESENT);
	must(attendance_remove(store, books.meeting[0].id, books.person[struck].id, &e) == 0);
	books.mark[books.marks - 1].removed = true;
	/* Somebody who came three times and whose card was removed later. */
	int left = add_person("activist", 12);
	for (int i = 1; i < 4; i++)
		add_mark(i, left, ATTENDANCE_PRESENT);
	must(record_remove(store, &person_type, books.person[left].id, &e) == 0);
	books.person[left].removed = true;
	must(record_remove(store, &seminar_type, books.meeting[gone].id, &e) == 0);
	books.meeting[gone].removed = true;
}

/* Entered before this programme began to count. */
static void add_another_programme(void)
{
	char first[RECORD_ID_SIZE], id[RECORD_ID_SIZE];

	must(programme_current(store, first, &e) == 0);
	SAVE(programme_type, other_programme, "title", "Школа актива", "since", "2019-01-01", "until", "2019-10-31");
	must(store_set_setting(store, "programme", other_programme, &e) == 0);
	int lead = add_person("consultant", 20), guest = add_person("activist", 20);
	int m = add_meeting("local", "2019-09-14", 20, lead, -1, "held", 40);
	books.meeting[m].other_programme = true;
	add_mark(m, guest, ATTENDANCE_PRESENT);
	SAVE(consultation_type, id, "mentor", books.person[lead].id, "mentee", books.person[guest].id, "date", "2019-09-20", "minutes", "45");
	books.person[lead].role = books.person[guest].role = "";		/* of that programme, not of this one */
	must(store_set_setting(store, "programme", first, &e) == 0);
}

/* --- the books are counted, person by person and mark by mark --- */

static bool held(const struct meeting *m)
{
	if (m->removed || m->other_programme)
		return false;
	if (strcmp(m->status, "held") == 0)
		return true;
	for (int i = 0; i < books.marks; i++)
		if (&books.meeting[books.mark[i].meeting] == m && books.mark[i].present && !books.mark[i].removed && !books.person[books.mark[i].person].removed)
			return true;
	return false;
}

static bool came(const struct mark *k)
{
	return k->present && !k->removed && !books.person[k->person].removed && !books.meeting[k->meeting].removed &&
	    !books.meeting[k->meeting].other_programme;
}

/* People present at seminars of a kind (NULL: any) in a municipality (-1: any), once each; and their visits. */
static int count_people(const char *kind, int place, int *visits)
{
	bool seen[PEOPLE_MAX] = { false };
	int people = 0;

	*visits = 0;
	for (int i = 0; i < books.marks; i++) {
		const struct mark *k = &books.mark[i];
		const struct meeting *m = &books.meeting[k->meeting];

		if (!came(k) || (kind != NULL && strcmp(m->kind, kind) != 0) || (place >= 0 && m->place != place))
			continue;
		++*visits;
		people += !seen[k->person];
		seen[k->person] = true;
	}
	return people;
}

static int reached_by_name(void)
{
	int visits;

	return count_people(NULL, -1, &visits);
}

static int count_role(const char *role)
{
	int count = 0;

	for (int i = 0; i < books.people; i++)
		count += !books.person[i].removed && strcmp(books.person[i].role, role) == 0;
	return count;
}

static int count_held(const char *kind, int place)
{
	int count = 0;

	for (int i = 0; i < books.meetings; i++)
		count += held(&books.meeting[i]) && (kind == NULL || strcmp(books.meeting[i].kind, kind) == 0) &&
		    (place < 0 || books.meeting[i].place == place);
	return count;
}

static int count_unnamed(int place)
{
	int count = 0;

	for (int i = 0; i < books.meetings; i++)
		count += !books.meeting[i].removed && !books.meeting[i].other_programme && (place < 0 || books.meeting[i].place == place) ?
		    books.meeting[i].unnamed : 0;
	return count;
}

/* Leads of a seminar that was held who were present at an earlier one. */
static int count_passed_on(void)
{
	int count = 0;

	for (int p = 0; p < books.people; p++) {
		bool passed = false;

		for (int m = 0; m < books.meetings && !passed; m++)
			for (int i = 0; i < books.marks && !passed && held(&books.meeting[m]) && books.meeting[m].lead == p; i++)
				passed = books.mark[i].person == p && came(&books.mark[i]) &&
				    strcmp(books.meeting[books.mark[i].meeting].date, books.meeting[m].date) < 0;
		count += passed;
	}
	return count;
}

static int count_mentees_who_mentor(void)
{
	int count = 0;

	for (int p = 0; p < books.people; p++) {
		bool mentee = false, mentor = false;

		for (int i = 0; i < books.pairs; i++) {
			mentee = mentee || books.pair[i].mentee == p;
			mentor = mentor || books.pair[i].mentor == p;
		}
		count += mentee && mentor && !books.person[p].removed;
	}
	return count;
}

static void print_municipalities(void)
{
	printf(",\"municipalities\":{");
	for (int i = 0; i < MUNICIPALITIES; i++) {
		int visits, consultants = 0, reached = count_people(NULL, i, &visits);

		for (int p = 0; p < books.people; p++)
			consultants += books.person[p].place == i && strcmp(books.person[p].role, "consultant") == 0;
		printf("%s\"%s\":[%d,%d,%d,%d,%d]", i > 0 ? "," : "", code(i), consultants, count_held(NULL, i), reached, visits, count_unnamed(i));
	}
	printf("}");
}

static void print_books(void)
{
	int visits, local_visits, minutes = 0, with_consultant = 0, with_seminar = 0, planned = 0, reached = count_people(NULL, -1, &visits);
	int local = count_people("local", -1, &local_visits);

	for (int i = 0; i < books.talks; i++)
		minutes += books.talk[i].minutes;
	for (int i = 0; i < books.meetings; i++)
		planned += !books.meeting[i].removed && !books.meeting[i].other_programme && strcmp(books.meeting[i].status, "planned") == 0;
	for (int place = 0; place < MUNICIPALITIES; place++) {
		bool consultant = false;

		for (int p = 0; p < books.people; p++)
			consultant = consultant || (books.person[p].place == place && strcmp(books.person[p].role, "consultant") == 0);
		with_consultant += consultant;
		with_seminar += count_held(NULL, place) > 0;
	}
	printf("{\"experts\":%d,\"consultants\":%d,\"activists\":%d,\"officials\":%d", count_role("expert"), count_role("consultant"),
	    count_role("activist"), count_role("official"));
	printf(",\"seminars_held\":%d,\"seminars_local\":%d,\"seminars_information\":%d,\"seminars_planned\":%d", count_held(NULL, -1),
	    count_held("local", -1), count_held("information", -1), planned);
	printf(",\"reached\":%d,\"reached_local\":%d,\"visits\":%d,\"visits_local\":%d,\"unnamed\":%d", reached, local, visits, local_visits, count_unnamed(-1));
	printf(",\"municipalities_with_consultant\":%d,\"municipalities_with_seminar\":%d", with_consultant, with_seminar);
	printf(",\"consultations\":%d,\"consultation_minutes\":%d", books.talks, minutes);
	printf(",\"passed_on\":%d,\"mentees_who_mentor\":%d", count_passed_on(), count_mentees_who_mentor());
	printf(",\"applications\":%d,\"selected\":%d,\"courses\":%d,\"enrolled\":%d,\"trained\":%d,\"study_hours\":%d,\"stories\":%d", books.applications,
	    books.selected, books.courses, books.enrolled, books.trained, books.study_hours, books.stories);
	printf(",\"directory\":%d,\"questions\":%d,\"answers\":%d", books.directory, books.questions, books.answers);
	print_municipalities();
	printf("}\n");
}

static void fill(int more)
{
	char first[RECORD_ID_SIZE];

	must(programme_current(store, first, &e) == 0);
	must(example_change(store, &programme_type, first, (const char *const[]){ "grant", "Грант Главы Республики Башкортостан",
	    "since", "2019-11-01", "until", "2020-06-30", NULL }, &e) == 0);
	add_staff();
	for (int k = 0; k < LOCAL; k++)
		add_local(k, more / LOCAL);
	for (int i = 0; i < INFORMATION; i++)
		add_information(i);
	add_unnamed();
	add_selection();
	add_training();
	add_collection();
	add_what_does_not_count();
	add_another_programme();
}

int main(int argc, char **argv)
{
	char path[4096], key[4096], plain[4096];

	if (argc < 2 || argc > 3 || snprintf(path, sizeof path, "%s/store.ldb", argv[1]) >= (int)sizeof path)
		return 2;
	snprintf(key, sizeof key, "%s/store.key", argv[1]);
	snprintf(plain, sizeof plain, "%s/plain.db", argv[1]);
	must(crypto_start(&e) == 0);
	must(init_store(path, &(struct store_key){ .key_file = key }, "Координатор Программы", "80701000", "coordinator", &store, &e) == 0);
	must(store_begin(store, &e) == 0);
	fill(argc == 3 ? atoi(argv[2]) : 0);
	must(store_commit(store, &e) == 0);
	must(plain_copy(store, plain, &e) == 0);
	print_books();
	store_close(store);
	return 0;
}
