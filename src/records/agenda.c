/* What is due. The query of a kind reads an index only and gives ids and dates; what a line says is read of those that are shown. */
#include "records/agenda_private.h"

#include <stdio.h>

#include "base/date.h"
#include "records/consent.h"
#include "records/erasure.h"
#include "records/joined.h"
#include "records/person.h"
#include "records/programme.h"

/* ?1 the person, ?2 and ?3 the first and the last day, ?4 the programme; the + keeps its index out of it. UNION: who leads and mentors has it once. */
#define STEPS_OF(whose) \
	"SELECT id, next_date FROM consultation WHERE " whose " IN " JOINED_IDS("?1") " AND next_date BETWEEN ?2 AND ?3 AND next_done IS NULL AND deleted = 0 AND +programme = ?4"
#define SEMINARS_OF(whose, which) \
	"SELECT id, date FROM seminar WHERE " whose " IN " JOINED_IDS("?1") " AND date BETWEEN ?2 AND ?3 AND deleted = 0 AND +programme = ?4" which
/* Who leads it with others, by the index on its people, not by the one on dates. */
#define SEMINARS_LED_TOO(which) \
	"SELECT s.id, s.date FROM seminar_staff t JOIN seminar s ON s.id = t.seminar WHERE t.person IN " JOINED_IDS("?1") " AND t.part = 'lead' AND t.deleted = 0" \
	" AND +s.date BETWEEN ?2 AND ?3 AND s.deleted = 0 AND +s.programme = ?4" which
#define SEMINARS(which) "WITH mine(id, date) AS (" SEMINARS_OF("lead", which) " UNION " SEMINARS_OF("mentor", which) \
	" UNION " SEMINARS_LED_TOO(which) ")"
#define PRESENT(at) "a.id > " at " || '/' AND a.id < " at " || '0' AND a.deleted = 0 AND a.state = 'present'"

#define TEXT_OF(number) #number
#define DAYS(number) TEXT_OF(number)

static const char steps_sql[] = STEPS_OF("mentor") " UNION " STEPS_OF("mentee") " ORDER BY 2 DESC, 1";

static const char questions_sql[] =
	"SELECT id, date FROM question WHERE expert IN " JOINED_IDS("?1") " AND answered IS NULL AND date >= ?2 AND ?3 IS NOT NULL AND deleted = 0 AND +programme = ?4 ORDER BY 2, 1";

static const char coming_sql[] = SEMINARS(" AND status = 'planned'") " SELECT id, date FROM mine ORDER BY 2, 1";

static const char unmarked_sql[] = SEMINARS(" AND status = 'planned'")
	" SELECT id, date FROM mine m WHERE NOT EXISTS (SELECT 1 FROM attendance a WHERE " PRESENT("m.id") ")"
	" ORDER BY 2 DESC, 1";

/* People whose card is not held here have their consents elsewhere; of who was erased nobody asks one. */
static const char consents_sql[] = SEMINARS("")
	", counted AS MATERIALIZED (SELECT id, date, (SELECT count(*) FROM attendance a JOIN person p ON p.id = " JOINED_PERSON("a.person") " WHERE " PRESENT("m.id")
	" AND p.deleted = 0 AND p.name IS NOT NULL AND " JOINED_FIRST_MARK("a") " AND NOT " CONSENT_EXISTS("a.person", "'" CONSENT_PARTICIPATION "'") ") AS n FROM mine m)"
	" SELECT id, date, n FROM counted WHERE n > 0 ORDER BY 2 DESC, 1";

/* From the first withdrawal that no later consent came after. Who was removed from the register is still to be erased. */
static const char erasures_sql[] =
	"SELECT " JOINED_PERSON("w.person") " AS who, date(min(w.withdrawn), '+" DAYS(ERASURE_DAYS) " days') FROM consent w"
	" WHERE w.withdrawn BETWEEN ?2 AND ?3 AND w.purpose = '" CONSENT_PARTICIPATION "' AND w.deleted = 0 AND ?1 IS NOT NULL AND ?4 IS NOT NULL"
	" AND NOT EXISTS (SELECT 1 FROM consent l WHERE l.person = w.person AND l.purpose = w.purpose AND l.deleted = 0 AND l.date > w.withdrawn)"
	" AND EXISTS (SELECT 1 FROM person p WHERE p.id = w.person) AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.id = w.person)"
	" AND NOT " CONSENT_EXISTS("w.person", "'" CONSENT_PARTICIPATION "'") " GROUP BY who ORDER BY 2, 1";

static const struct kind {
	const char *sql;
	const struct record_type *type;
	bool from_today, to_today;	/* the first day is today; the last day is today */
	bool today_too;			/* of what lies back: today is included */
	int days;			/* ahead or back; 0: however far */
} kinds[AGENDA_KINDS] = {
	[AGENDA_ERASURE] = { .sql = erasures_sql, .type = &person_type, .to_today = true, .today_too = true },
	[AGENDA_STEP] = { .sql = steps_sql, .type = &consultation_type, .to_today = true, .today_too = true },
	[AGENDA_QUESTION] = { .sql = questions_sql, .type = &question_type, .to_today = true, .today_too = true },
	[AGENDA_SEMINAR] = { .sql = coming_sql, .type = &seminar_type, .from_today = true, .days = AGENDA_DAYS_AHEAD },
	[AGENDA_UNMARKED] = { .sql = unmarked_sql, .type = &seminar_type, .to_today = true },
	[AGENDA_CONSENTS] = { .sql = consents_sql, .type = &seminar_type, .to_today = true, .today_too = true, .days = AGENDA_DAYS_BACK },
};

struct agenda {
	struct store *s;
	char me[RECORD_ID_SIZE], programme[RECORD_ID_SIZE], first[DATE_SIZE], last[DATE_SIZE];
	struct buf text;
	int most;
	agenda_fn each;
	void *context;
};

static void set_days(struct agenda *a, const struct kind *k)
{
	char today[DATE_SIZE];
	date_today(today);
	int64_t now = date_to_days(today);
	date_from_days(k->from_today ? now : k->days > 0 ? now - k->days : date_to_days("1900-01-01"), a->first);
	date_from_days(k->from_today ? now + k->days : k->today_too ? now : now - 1, a->last);
}

static const char step_sql[] = "SELECT coalesce(next_step, topic, ''), CASE WHEN mentor IN " JOINED_IDS("?2") " THEN mentee ELSE mentor END FROM consultation WHERE id = ?1";
static const char question_sql[] = "SELECT topic, CASE WHEN expert IN " JOINED_IDS("?2") " THEN author ELSE expert END FROM question WHERE id = ?1";

/* The step, else the topic, and with whom. */
static int talk_text(struct agenda *a, const char *sql, const char *id, struct err *e)
{
	char other[RECORD_ID_SIZE] = "";
	sqlite3_stmt *st = store_prepare(a->s, sql, e);
	if (!st)
		return -1;
	store_bind_text(st, 1, id);
	store_bind_text(st, 2, a->me);
	int rc = store_step(a->s, st, e);
	if (rc == 1) {
		buf_adds(&a->text, store_text(st, 0));
		snprintf(other, sizeof other, "%s", store_text(st, 1));
		sqlite3_reset(st);
	}
	if (rc == 1 && *other) {
		buf_adds(&a->text, a->text.len > 0 ? " — " : "");
		record_name(a->s, &person_type, other, &a->text);
	}
	return rc < 0 ? -1 : 0;
}

static int show(struct agenda *a, struct agenda_item *item, struct err *e)
{
	bool talk = item->kind == AGENDA_STEP || item->type == &question_type;
	buf_reset(&a->text);
	if (!talk)
		record_name(a->s, item->type, item->id, &a->text);
	else if (talk_text(a, item->kind == AGENDA_STEP ? step_sql : question_sql, item->id, e) != 0)
		return -1;
	item->text = a->text.data;
	return a->each ? a->each(a->context, item, e) : 0;
}

static int show_row(struct agenda *a, enum agenda_kind kind, sqlite3_stmt *st, struct err *e)
{
	struct agenda_item item = { .kind = kind, .type = kinds[kind].type, .id = store_text(st, 0), .date = store_text(st, 1),
		.number = sqlite3_column_count(st) > 2 ? sqlite3_column_int64(st, 2) : 0 };
	return show(a, &item, e);
}

static int show_answer(void *context, const char *id, const char *date, struct err *e)
{
	struct agenda *a = context;
	return show(a, &(struct agenda_item){ .kind = AGENDA_ANSWER, .type = &question_type, .id = id, .date = date }, e);
}

static int one_kind(struct agenda *a, enum agenda_kind kind, int64_t *total, struct err *e)
{
	sqlite3_stmt *st = store_prepare(a->s, kinds[kind].sql, e);
	int rc;
	if (!st)
		return -1;
	set_days(a, &kinds[kind]);
	store_bind_text(st, 1, a->me);
	store_bind_text(st, 2, a->first);
	store_bind_text(st, 3, a->last);
	store_bind_text(st, 4, a->programme);
	while ((rc = store_step(a->s, st, e)) == 1)
		if (++*total <= a->most && show_row(a, kind, st, e) != 0)
			break;
	if (rc >= 0)
		sqlite3_reset(st);
	return rc == 0 ? 0 : -1;
}

/* In a closed programme nothing is due but what the law wants, and that is a coordinator's. */
static bool is_due(struct store *s, enum agenda_kind kind, bool closed)
{
	return kind == AGENDA_ERASURE ? person_coordinates(s) : !closed;
}

int agenda_each(struct store *s, int most, agenda_fn each, void *context, int64_t totals[AGENDA_KINDS], struct err *e)
{
	struct agenda a = { .s = s, .text = BUF_INIT, .most = most, .each = each, .context = context };
	bool closed = false;
	person_me(s, a.me);
	int rc = programme_current(s, a.programme, e) != 0 || programme_closed(s, a.programme, &closed, e) != 0 ? -1 : 0;
	for (int kind = 0; kind < AGENDA_KINDS; kind++)
		totals[kind] = 0;
	for (int kind = 0; kind < AGENDA_KINDS && *a.me && rc == 0; kind++)
		rc = kind == AGENDA_ANSWER ? agenda_answers(s, a.me, most, show_answer, &a, &totals[kind], e)
		    : !is_due(s, kind, closed) ? 0 : one_kind(&a, kind, &totals[kind], e);
	buf_release(&a.text);
	return rc;
}
