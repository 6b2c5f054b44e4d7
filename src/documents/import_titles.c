/* What people write above the columns of their lists. In lower case, with blanks for full stops and hyphens. A title that goes on behind one of these
 * («Телефон участника») is meant too; the longest that fits decides («Фамилия, имя, отчество» is not «Фамилия»). */
#include "documents/import_column.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"

enum {
	P = 1 << IMPORT_PEOPLE, S = 1 << IMPORT_SEMINARS, A = 1 << IMPORT_ATTENDANCE, Q = 1 << IMPORT_APPLICATIONS,
	NAMED = P | A | Q, ALL = P | S | A | Q
};

const char *const import_kind_names[IMPORT_KINDS] = {
	[IMPORT_PEOPLE] = "people", [IMPORT_SEMINARS] = "seminars", [IMPORT_ATTENDANCE] = "attendance", [IMPORT_APPLICATIONS] = "applications"
};

const struct import_column_info import_columns[COLUMN_KINDS] = {
	[COLUMN_UNKNOWN] = { "", "", 0, true, "" },
	[COLUMN_SKIPPED] = { "skip", N_("left out"), ALL, true, "n|no|nn|п п|пп|номер|номер п п|номер строки|id|ид|подпись|signature" },
	[COLUMN_NAME] = { "name", N_("Full name"), NAMED, false,
	    "фио|ф и о|фамилия имя|фамилия и имя|фамилия имя отчество|фамилия и о|полное имя|участник|участники|слушатель"
	    "|наставляемый|наставляемые|заявитель|кандидат|name|full name|applicant|participant" },
	[COLUMN_SURNAME] = { "surname", N_("Surname"), NAMED, false, "фамилия|surname|last name|family name" },
	[COLUMN_GIVEN] = { "given", N_("Given name"), NAMED, false, "имя|first name|given name" },
	[COLUMN_PATRONYMIC] = { "patronymic", N_("Patronymic"), NAMED, false, "отчество|patronymic|middle name" },
	[COLUMN_PHONE] = { "phone", N_("Phone"), NAMED, true,
	    "телефон|телефоны|тел|номер телефона|номер тел|контактный телефон|контактные телефоны|контактный номер|контакты"
	    "|контакт|телефона|сотовый|сотовый телефон|сот телефон|сот тел|мобильный|мобильный телефон|моб телефон|моб тел|моб|рабочий телефон"
	    "|номер сотового|номер мобильного|phone|phone number|telephone|mobile|mobile phone|cell|cell phone|tel|contact" },
	[COLUMN_EMAIL] = { "email", N_("Email"), NAMED, true,
	    "email|e mail|mail|эл почта|электронная почта|почта|эл адрес|электронный адрес|адрес эл почты|адрес электронной почты"
	    "|имейл|емейл|мейл|элпочта|электр почта|е mail|еmail" },
	[COLUMN_ORGANISATION] = { "organisation", N_("Organisation"), NAMED, false,
	    "организация|орг|наименование организации|название организации|полное наименование организации|место работы"
	    "|место работы учебы|организации|нко|тос|наименование нко|название нко|учреждение|организация нко"
	    "|organisation|organization|company|employer|ngo|npo" },
	[COLUMN_POST] = { "post", N_("Post"), NAMED, false, "должность|занимаемая должность|post|position|job title|job" },
	[COLUMN_MUNICIPALITY] = { "municipality", N_("Municipality"), ALL, true,
	    "муниципалитет|муниципальное образование|наименование муниципального образования|муниципальный район"
	    "|муниципалитета|муниципального района|муниц образование|мо|мр|мр го|го|городской округ|район"
	    "|район город|город|район или город|город район|город или район|район городской округ|территория|municipality|district" },
	[COLUMN_ROLE] = { "role", N_("Role"), P | A, false, "роль|role|категория участника|статус участника" },
	[COLUMN_STAGE] = { "stage", N_("Stage"), P, false, "этап|стадия|stage" },
	[COLUMN_NOTE] = { "note", N_("Note"), P | A, true,
	    "примечание|примечания|прим|комментарий|комментарии|заметка|заметки|дополнительно|доп информация|note|notes|comment|comments|remarks" },
	/* TRANSLATORS: a column of a list: the id of the person who is meant */
	[COLUMN_PERSON] = { "person", N_("Person's id"), NAMED, false, "id|ид|код|id участника|код участника|id человека|person|person id" },
	[COLUMN_SEMINAR] = { "seminar", N_("Seminar"), S | A, false,
	    "семинар|название семинара|тема семинара|тема|мероприятие|название мероприятия|id семинара|код семинара|seminar|seminar id|event" },
	[COLUMN_STATE] = { "state", N_("Mark"), A, false,
	    "отметка|явка|присутствие|посещение|присутствовал|присутствовала|пришел|был|статус|участие|mark|state|status|attended|present" },
	[COLUMN_CALL] = { "call", N_("Call for applications"), Q, false, "конкурс|отбор|конкурсный отбор|название конкурса|call" },
	[COLUMN_MOTIVATION] = { "motivation", N_("Motivation"), Q, false,
	    "мотивация|мотивационное письмо|почему хотите участвовать|почему вы хотите участвовать|зачем|motivation" },
	[COLUMN_EXPERIENCE] = { "experience", N_("Experience"), Q, false,
	    "опыт|опыт работы|опыт работы в нко|опыт консультирования|стаж|experience" },
	[COLUMN_TITLE] = { "title", N_("Title"), S, false,
	    "название|наименование|тема|тема семинара|название семинара|наименование семинара|семинар|мероприятие|название мероприятия"
	    "|наименование мероприятия|тема мероприятия|title|topic|seminar" },
	[COLUMN_DATE] = { "date", N_("Date"), S | A | Q, false,
	    "дата|дата проведения|дата семинара|дата мероприятия|когда|дата подачи|дата заявки|дата подачи заявки|дата проведения семинара"
	    "|фактическая дата|отметка времени|date|when|timestamp" },
	[COLUMN_PLACE] = { "place", N_("Place"), S, false, "место|место проведения|адрес|площадка|где|адрес проведения|place|venue|where" },
	[COLUMN_SEMINAR_KIND] = { "kind", N_("Kind"), S, false, "вид|вид семинара|тип|тип семинара|вид мероприятия|тип мероприятия|kind|type" },
	[COLUMN_LEAD] = { "lead", N_("Lead"), S, false,
	    "ведущий|ведущие|ведет|кто ведет|консультант|местный консультант|спикер|тренер|преподаватель|ведущий семинара|lead|leader|trainer" },
	[COLUMN_MENTOR] = { "mentor", N_("Mentor"), S, false, "наставник|эксперт|региональный эксперт|эксперт наставник|mentor|expert" },
	[COLUMN_CAPACITY] = { "capacity", N_("Capacity"), S, false, "мест|число мест|количество мест|вместимость|capacity|places" },
	[COLUMN_STATUS] = { "status", N_("Status"), S, false, "статус|состояние|status" },
	[COLUMN_UNNAMED] = { "unnamed", N_("Unnamed"), S, false,
	    "без имени|без записи|без списка|не записано|количество без имени|жителей|охват жителей|охвачено жителей|охват|unnamed" },
	[COLUMN_BASIS] = { "unnamed_basis", N_("Unnamed: basis"), S, false,
	    "основание|на чем основано|источник числа|как посчитано|без имени основание|unnamed basis|basis" },
	[COLUMN_SUMMARY] = { "summary", N_("Summary"), S, false, "итоги|итог|описание|краткое описание|содержание|summary" },
	[COLUMN_SERIES] = { "series", N_("Series"), S, false, "серия|цикл|series" },
	[COLUMN_PLANNED_DATE] = { "planned_date", N_("Planned date"), S, false, "плановая дата|дата по плану|дата план|планируемая дата|planned date" },
	[COLUMN_PLANNED_PLACE] = { "planned_place", N_("Planned place"), S, false, "плановое место|место по плану|место план|planned place" },
	[COLUMN_PLANNED_NUMBER] = { "planned_number", N_("Planned number"), S, false,
	    "по плану|план участников|плановое количество|плановое число участников|planned number" },
	[COLUMN_MATERIALS] = { "materials", N_("Materials"), S, false, "материалы|раздаточные материалы|ссылка на материалы|materials" },
	[COLUMN_PRESS] = { "press", N_("In the press"), S, false, "сми|публикации|публикация|публикации в сми|ссылка на публикацию|ссылки|press" },
	[COLUMN_SHEET_NUMBER] = { "sheet_number", N_("Signed sheet: number"), S, false, "номер листа|лист регистрации|номер листа регистрации|sheet number" },
	[COLUMN_SHEET_PLACE] = { "sheet_place", N_("Signed sheet: kept"), S, false, "где лист|где хранится лист|хранение листа|sheet place" },
};

enum import_column import_column_by_name(enum import_kind kind, const char *name)
{
	for (int c = COLUMN_SKIPPED; c < COLUMN_KINDS; c++)
		if (*name && strcmp(import_columns[c].name, name) == 0 && import_column_in((enum import_column)c, kind))
			return (enum import_column)c;
	return COLUMN_UNKNOWN;
}

/* How much of the title one of the words covers: its length, or 0. */
static size_t match(const char *words, const char *title)
{
	struct buf word = BUF_INIT;
	size_t best = 0;
	for (const char *p = words; *p; ) {
		size_t n = strcspn(p, "|");
		buf_reset(&word);
		text_fold(p, n, &word);
		bool fits = strncmp(word.data, title, word.len) == 0 && (title[word.len] == '\0' || title[word.len] == ' ');
		if (fits && word.len > best)
			best = word.len;
		p += n + (p[n] == '|');
	}
	buf_release(&word);
	return best;
}

static void plain_title(const char *title, struct buf *out)
{
	struct buf russian = BUF_INIT;
	text_one_script(title, strlen(title), &russian);
	for (size_t i = 0; i < russian.len; i++)
		if (strchr(".-_", russian.data[i]))
			russian.data[i] = ' ';
	text_fold(russian.data, russian.len, out);
	buf_release(&russian);
}

/* Of equal ones the later: in a list of seminars «Семинар» is the title, and «ID» of people the person. */
static enum import_column find_plain(enum import_kind kind, const char *plain)
{
	enum import_column found = COLUMN_UNKNOWN;
	size_t best = 0;
	for (int c = COLUMN_SKIPPED; c < COLUMN_KINDS; c++) {
		size_t n = import_column_in((enum import_column)c, kind) ? match(import_columns[c].titles, plain) : 0;
		if (n > 0 && n >= best) {
			best = n;
			found = (enum import_column)c;
		}
	}
	return found;
}

/* «1. ФИО», «Ваш телефон», «Полное наименование организации»: behind a word that says nothing of its own, or NULL. */
static const char *behind_filling(const char *plain)
{
	static const char *const fillings[] = { "ваш", "ваша", "ваше", "ваши", "укажите", "личный", "контактный", "конт", "полное", "наименование", "название" };
	size_t n = strcspn(plain, " ");
	bool filling = strspn(plain, "0123456789") == n;
	for (size_t i = 0; i < sizeof fillings / sizeof *fillings; i++)
		filling |= strlen(fillings[i]) == n && memcmp(plain, fillings[i], n) == 0;
	return filling && plain[n] == ' ' ? plain + n + 1 : NULL;
}

enum import_column import_column_find(enum import_kind kind, const char *title)
{
	struct buf plain = BUF_INIT;
	enum import_column found = COLUMN_UNKNOWN;
	plain_title(title, &plain);
	if (*title && plain.len == 0)
		found = COLUMN_SKIPPED;		/* «№» */
	for (const char *p = plain.data; found == COLUMN_UNKNOWN && p; p = behind_filling(p))
		found = find_plain(kind, p);
	buf_release(&plain);
	return found;
}
