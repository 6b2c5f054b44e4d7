#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2199
#define DAY_MS INT64_C(86400000)
#define PROGRAMME_OFFSET_MS (5 * INT64_C(3600000))
#define MOST_DAYS_AWAY 36500		/* what +N and -N may span */

struct day { int year, month, day; };

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

static bool exists(struct day d)
{
	return d.year >= FIRST_YEAR && d.year <= LAST_YEAR && d.month >= 1 && d.month <= 12
		&& d.day >= 1 && d.day <= month_days(d.year, d.month);
}

/* Days since 1970-01-01 of the proleptic Gregorian calendar, by eras of 400 years that begin on 1 March. */
static int64_t to_days(struct day d)
{
	int64_t y = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct day from_days(int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int month = (int)((5 * of_year + 2) / 153);
	struct day d;

	d.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	d.month = month < 10 ? month + 3 : month - 9;
	d.year = (int)(y + era * 400 + (d.month <= 2));
	return d;
}

/* Reads exactly `count` digits. */
static bool digits(const char *s, int count, int *number)
{
	*number = 0;
	for (; count > 0; count--, s++) {
		if (*s < '0' || *s > '9')
			return false;
		*number = *number * 10 + (*s - '0');
	}
	return true;
}

static bool read_iso(const char *s, struct day *d)
{
	return digits(s, 4, &d->year) && s[4] == '-' && digits(s + 5, 2, &d->month) && s[7] == '-'
		&& digits(s + 8, 2, &d->day) && s[10] == '\0';
}

static void write_iso(struct day d, char out[DATE_SIZE])
{
	char text[48];

	bug_if(!exists(d));
	snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
	memcpy(out, text, DATE_SIZE);
}

bool date_valid(const char *iso)
{
	struct day d;

	return iso != NULL && read_iso(iso, &d) && exists(d);
}

int64_t date_to_days(const char *iso)
{
	struct day d = { 0, 0, 0 };

	bug_if(!read_iso(iso, &d) || !exists(d));
	return to_days(d);
}

void date_from_days(int64_t days, char out[DATE_SIZE])
{
	write_iso(from_days(days), out);
}

void date_show(const char *iso, char out[DATE_SIZE])
{
	char text[48];
	struct day d;

	out[0] = '\0';
	if (iso == NULL || !read_iso(iso, &d) || !exists(d))
		return;
	snprintf(text, sizeof text, "%02d.%02d.%04d", d.day, d.month, d.year);
	memcpy(out, text, DATE_SIZE);
}

/* A moment, kept within the years that a date can have, so that a wild clock cannot overflow a field. */
struct moment { struct day day; int hour, minute, second; };

static struct moment split(int64_t ms)
{
	const int64_t first = to_days((struct day){ FIRST_YEAR, 1, 1 }) * DAY_MS;
	const int64_t last = (to_days((struct day){ LAST_YEAR, 12, 31 }) + 1) * DAY_MS - 1;
	struct moment m;
	int64_t days, rest;

	ms = ms < first ? first : ms > last ? last : ms;
	days = ms / DAY_MS - (ms % DAY_MS < 0);
	rest = (ms - days * DAY_MS) / 1000;
	m.day = from_days(days);
	m.hour = (int)(rest / 3600);
	m.minute = (int)(rest / 60 % 60);
	m.second = (int)(rest % 60);
	return m;
}

static int64_t to_programme(int64_t ms)
{
	return ms > INT64_MAX - PROGRAMME_OFFSET_MS ? ms : ms + PROGRAMME_OFFSET_MS;
}

void date_today(char out[DATE_SIZE])
{
	write_iso(split(to_programme(clock_wall_ms())).day, out);
}

void date_utc(int64_t ms, char out[21])
{
	struct moment m = split(ms);
	char text[96];

	snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.day.year, m.day.month, m.day.day,
		m.hour, m.minute, m.second);
	memcpy(out, text, 21);
}

void date_local(int64_t ms, char out[17])
{
	struct moment m = split(to_programme(ms));
	char text[96];

	snprintf(text, sizeof text, "%02d.%02d.%04d %02d:%02d", m.day.day, m.day.month, m.day.year, m.hour, m.minute);
	memcpy(out, text, 17);
}

/* One sentence a month: in Russian a month after a number has a case of its own. */
static const char *const no_such_day[] = {
	N_("there is no %d January"), N_("there is no %d February"), N_("there is no %d March"),
	N_("there is no %d April"), N_("there is no %d May"), N_("there is no %d June"),
	N_("there is no %d July"), N_("there is no %d August"), N_("there is no %d September"),
	N_("there is no %d October"), N_("there is no %d November"), N_("there is no %d December"),
};

/* Why a day that was written well does not exist. */
static int check(struct day d, struct err *e)
{
	if (d.month < 1 || d.month > 12)
		return err_set(e, ERR_REFUSED, _("there is no month %d"), d.month);
	if (d.year < FIRST_YEAR || d.year > LAST_YEAR)
		return err_set(e, ERR_REFUSED, _("the year %d is out of range: from %d to %d"), d.year, FIRST_YEAR, LAST_YEAR);
	if (d.month == 2 && d.day == 29 && !leap(d.year))
		return err_set(e, ERR_REFUSED, _("there is no 29 February in %d"), d.year);
	if (!exists(d))
		return err_set(e, ERR_REFUSED, _(no_such_day[d.month - 1]), d.day);
	return 0;
}

static int not_a_date(const char *text, struct err *e)
{
	struct buf shown = BUF_INIT;

	text_escape(text, strnlen(text, 40), &shown);
	err_set(e, ERR_REFUSED, _("\"%s\" is not a date; write it like 14.02.2020"), shown.data);
	buf_release(&shown);
	return -1;
}

/* Reads 1 to `most` digits and moves on; returns how many there were. */
static int take_digits(const char **s, int most, int *number)
{
	int n = 0;

	for (*number = 0; n < most && isdigit((unsigned char)**s); n++, (*s)++)
		*number = *number * 10 + (**s - '0');
	return n;
}

/* 14.02.2020, 14.2.20, 14.2 and 14.2. */
static bool read_dotted(const char *s, int this_year, struct day *d)
{
	int n;

	if (take_digits(&s, 2, &d->day) == 0 || *s++ != '.' || take_digits(&s, 2, &d->month) == 0)
		return false;
	d->year = this_year;
	if (*s == '.')
		s++;
	else if (*s != '\0')
		return false;
	if (*s == '\0')
		return true;
	n = take_digits(&s, 4, &d->year);
	if (n == 2)
		d->year += d->year < 70 ? 2000 : 1900;
	return (n == 2 || n == 4) && *s == '\0';
}

static bool read_offset(const char *s, int *days)
{
	bool back = *s == '-';
	int n;

	if (*s != '+' && *s != '-')
		return false;
	s++;
	n = take_digits(&s, 6, days);
	if (back)
		*days = -*days;
	return n > 0 && *s == '\0';
}

static bool read_word(const char *s, int *days)
{
	static const struct { const char *word; int days; } words[] = {
		{ "today", 0 }, { "сегодня", 0 }, { "tomorrow", 1 }, { "завтра", 1 }, { "yesterday", -1 }, { "вчера", -1 },
	};
	struct buf low = BUF_INIT;
	bool found = false;

	text_lower(s, strlen(s), &low);
	for (size_t i = 0; i < sizeof words / sizeof *words && !found; i++) {
		found = strcmp(low.data, words[i].word) == 0;
		*days = words[i].days;
	}
	buf_release(&low);
	return found;
}

static int shift(const char *today, int days, char out[DATE_SIZE], struct err *e)
{
	struct day d;

	if (days > MOST_DAYS_AWAY || days < -MOST_DAYS_AWAY)
		return err_set(e, ERR_REFUSED, _("%d days is too far: at most %d"), days, MOST_DAYS_AWAY);
	d = from_days(date_to_days(today) + days);
	if (check(d, e) != 0)
		return -1;
	write_iso(d, out);
	return 0;
}

int date_parse(const char *text, const char *today, char out[DATE_SIZE], struct err *e)
{
	struct day d, now = { 0, 0, 0 };
	char s[64];
	size_t len;
	int days;

	while (*text == ' ' || *text == '\t')
		text++;
	len = strlen(text);
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t' || text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	if (len == 0)
		return err_set(e, ERR_REFUSED, _("the date is missing"));
	if (len >= sizeof s)
		return not_a_date(text, e);
	memcpy(s, text, len);
	s[len] = '\0';
	bug_if(!read_iso(today, &now));
	if (read_offset(s, &days) || read_word(s, &days))
		return shift(today, days, out, e);
	if (!read_iso(s, &d) && !read_dotted(s, now.year, &d))
		return not_a_date(s, e);
	if (check(d, e) != 0)
		return -1;
	write_iso(d, out);
	return 0;
}
