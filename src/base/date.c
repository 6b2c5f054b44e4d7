#include "base/date.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

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
	return d.year >= DATE_FIRST_YEAR && d.year <= DATE_LAST_YEAR && d.month >= 1 && d.month <= 12
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
	const int64_t first = to_days((struct day){ DATE_FIRST_YEAR, 1, 1 }) * DATE_DAY_MS;
	const int64_t last = (to_days((struct day){ DATE_LAST_YEAR, 12, 31 }) + 1) * DATE_DAY_MS - 1;
	struct moment m;
	int64_t days, rest;

	ms = ms < first ? first : ms > last ? last : ms;
	days = ms / DATE_DAY_MS - (ms % DATE_DAY_MS < 0);
	rest = (ms - days * DATE_DAY_MS) / 1000;
	m.day = from_days(days);
	m.hour = (int)(rest / 3600);
	m.minute = (int)(rest / 60 % 60);
	m.second = (int)(rest % 60);
	return m;
}

static int64_t to_programme(int64_t ms)
{
	return ms > INT64_MAX - DATE_PROGRAMME_MS ? ms : ms + DATE_PROGRAMME_MS;
}

void date_today(char out[DATE_SIZE])
{
	write_iso(split(to_programme(clock_wall_ms())).day, out);
}

void date_utc(int64_t ms, char out[DATE_UTC_SIZE])
{
	struct moment m = split(ms);
	char text[96];

	snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.day.year, m.day.month, m.day.day,
		m.hour, m.minute, m.second);
	memcpy(out, text, DATE_UTC_SIZE);
}

bool date_read_utc(const char *text, int64_t *ms)
{
	char day[DATE_SIZE];
	int hour, minute, second;

	if (strlen(text) != DATE_UTC_SIZE - 1)
		return false;
	memcpy(day, text, DATE_SIZE - 1);
	day[DATE_SIZE - 1] = '\0';
	if (!date_valid(day) || text[10] != 'T' || !digits(text + 11, 2, &hour) || text[13] != ':' || !digits(text + 14, 2, &minute) ||
	    text[16] != ':' || !digits(text + 17, 2, &second) || text[19] != 'Z' || hour > 23 || minute > 59 || second > 59)
		return false;
	*ms = date_to_days(day) * DATE_DAY_MS + ((hour * 60 + minute) * 60 + second) * INT64_C(1000);
	return true;
}

void date_local(int64_t ms, char out[17])
{
	struct moment m = split(to_programme(ms));
	char text[96];

	snprintf(text, sizeof text, "%02d.%02d.%04d %02d:%02d", m.day.day, m.day.month, m.day.year, m.hour,
		m.minute);
	memcpy(out, text, 17);
}
