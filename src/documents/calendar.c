#include "documents/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"
#include "records/consultation.h"
#include "records/joined.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/seminar.h"

enum { FOLD = 75 };

struct calendar {
	struct store *s;
	struct consent_gate *gate;
	struct buf *out;
	char today[DATE_SIZE], me[RECORD_ID_SIZE], stamp[21];
};

/* --- lines --- */

/* A line feed and a blank are the fold; a blank at the beginning of what goes on counts among its octets. */
static void fold(struct buf *out, const struct buf *line)
{
	size_t room = FOLD, at = 0;

	while (at < line->len) {
		size_t n = line->len - at < room ? line->len - at : room;

		while (at + n < line->len && n > 1 && ((unsigned char)line->data[at + n] & 0xC0) == 0x80)
			n--;
		buf_adds(out, at > 0 ? "\r\n " : "");
		buf_add(out, line->data + at, n);
		at += n;
		room = FOLD - 1;
	}
	buf_adds(out, "\r\n");
}

static void raw_line(struct buf *out, const char *name, const char *value)
{
	struct buf line = BUF_INIT;

	buf_addf(&line, "%s:%s", name, value);
	fold(out, &line);
	buf_release(&line);
}

/* A property of the type TEXT has no controls, and four signs are written with a backslash. */
void calendar_line(struct buf *out, const char *name, const char *text)
{
	struct buf value = BUF_INIT;

	for (const char *p = text; *p != '\0'; p++)
		switch (*p) {
		case '\n': buf_adds(&value, "\\n"); break;
		case '\\': case ';': case ',':
			buf_addc(&value, '\\');
			buf_addc(&value, *p);
			break;
		default:
			if ((unsigned char)*p >= 0x20 && *p != 0x7f)
				buf_addc(&value, *p);
		}
	raw_line(out, name, value.data);
	buf_release(&value);
}

/* "2020-02-14" → 20200214 */
static void day_line(struct buf *out, const char *name, const char *iso)
{
	char day[16];

	snprintf(day, sizeof day, "%.4s%.2s%.2s", iso, iso + 5, iso + 8);
	raw_line(out, name, day);
}

/* "2020-02-14T09:30:00Z" → 20200214T093000Z */
static void set_stamp(struct calendar *c)
{
	char utc[21], *to = c->stamp;

	date_utc(clock_wall_ms(), utc);
	for (const char *p = utc; *p != '\0'; p++)
		if (*p != '-' && *p != ':')
			*to++ = *p;
	*to = '\0';
}

/* Without an end it is that one day. */
static void begin_event(struct calendar *c, const char *id, const char *date)
{
	struct buf uid = BUF_INIT;

	raw_line(c->out, "BEGIN", "VEVENT");
	buf_addf(&uid, "%s@livenet", id);
	calendar_line(c->out, "UID", uid.data);
	raw_line(c->out, "DTSTAMP", c->stamp);
	day_line(c->out, "DTSTART;VALUE=DATE", date);
	raw_line(c->out, "TRANSP", "TRANSPARENT");
	buf_release(&uid);
}

/* --- seminars --- */

static int add_seminar(struct calendar *c, sqlite3_stmt *st, struct err *e)
{
	struct buf words = BUF_INIT, name = BUF_INIT;
	const char *lead = store_text(st, 5);
	bool allowed;

	if (consent_gate_allows(c->gate, lead, &allowed, e) != 0)
		return -1;
	begin_event(c, store_text(st, 0), store_text(st, 1));
	calendar_line(c->out, "SUMMARY", store_text(st, 2));
	municipality_name(c->s, store_text(st, 4), &words);
	if (words.len > 0 && store_text(st, 3)[0] != '\0')
		buf_adds(&words, ", ");
	buf_adds(&words, store_text(st, 3));
	if (words.len > 0)
		calendar_line(c->out, "LOCATION", words.data);
	if (allowed && lead[0] != '\0') {
		buf_reset(&words);
		record_name(c->s, &person_type, lead, &name);
		/* TRANSLATORS: in a calendar: who leads the seminar */
		buf_addf(&words, _("lead: %s"), name.data);
		calendar_line(c->out, "DESCRIPTION", words.data);
	}
	calendar_line(c->out, "CATEGORIES", _("seminar"));
	raw_line(c->out, "END", "VEVENT");
	buf_release(&words);
	buf_release(&name);
	return 0;
}

#define SEMINARS "SELECT id, date, title, place, municipality, lead FROM seminar s" \
	" WHERE s.deleted = 0 AND s.status = 'planned' AND s.date >= ?1"

static int add_seminars(struct calendar *c, bool all, struct err *e)
{
	sqlite3_stmt *st = store_prepare_once(c->s, all ? SEMINARS " ORDER BY s.date, s.id" : SEMINARS " AND (s.lead IN " JOINED_IDS("?2") " OR s.mentor IN " JOINED_IDS("?2")
	    " OR EXISTS (SELECT 1 FROM seminar_staff t WHERE t.id > s.id || '/' AND t.id < s.id || '0' AND t.person IN " JOINED_IDS("?2") " AND t.deleted = 0)) ORDER BY s.date, s.id", e);
	int rc;

	if (st == NULL)
		return -1;
	store_bind_text(st, 1, c->today);
	if (!all)
		store_bind_text(st, 2, c->me);
	while ((rc = store_step(c->s, st, e)) == 1)
		/* Of what came from elsewhere the date is not known to be one. */
		if (date_valid(store_text(st, 1)) && add_seminar(c, st, e) != 0) {
			rc = -1;
			break;
		}
	sqlite3_finalize(st);
	return rc;
}

/* --- next steps --- */

/* A step is about the two of them. Whose calendar it is need not consent to it. */
static int both_allow(struct calendar *c, const struct consultation_due *d, bool *allowed, struct err *e)
{
	const char *const two[] = { d->mentor_id, d->mentee_id };
	bool one;

	*allowed = true;
	for (int i = 0; i < 2; i++) {
		if (strcmp(two[i], c->me) == 0)
			continue;
		if (consent_gate_allows(c->gate, two[i], &one, e) != 0)
			return -1;
		*allowed = *allowed && one;
	}
	return 0;
}

static int add_step(void *context, const struct consultation_due *d, struct err *e)
{
	struct calendar *c = context;
	bool mentor = strcmp(d->mentor_id, c->me) == 0, allowed;
	const char *other = mentor ? d->mentee : d->mentor;
	struct buf words = BUF_INIT;

	if (!date_valid(d->date))
		return 0;
	if (both_allow(c, d, &allowed, e) != 0)
		return -1;
	begin_event(c, d->id, d->date);
	buf_adds(&words, d->step[0] != '\0' && allowed ? d->step : _("next step of a consultation"));
	if (allowed && other[0] != '\0')
		buf_addf(&words, " — %s", other);
	calendar_line(c->out, "SUMMARY", words.data);
	if (d->topic[0] != '\0' && allowed)
		calendar_line(c->out, "DESCRIPTION", d->topic);
	calendar_line(c->out, "CATEGORIES", _("next step"));
	raw_line(c->out, "END", "VEVENT");
	buf_release(&words);
	return 0;
}

int calendar_make(struct store *s, bool all, struct consent_gate *gate, struct buf *out, struct err *e)
{
	struct calendar c = { .s = s, .gate = gate, .out = out };

	person_me(s, c.me);
	date_today(c.today);
	set_stamp(&c);
	raw_line(out, "BEGIN", "VCALENDAR");
	raw_line(out, "VERSION", "2.0");
	raw_line(out, "PRODID", "-//livenet//livenet//RU");
	raw_line(out, "CALSCALE", "GREGORIAN");
	if (add_seminars(&c, all, e) != 0 || consultation_due(s, all ? NULL : c.me, "9999-12-31", add_step, &c, e) != 0)
		return -1;
	raw_line(out, "END", "VCALENDAR");
	return 0;
}
