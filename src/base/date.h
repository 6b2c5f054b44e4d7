/* date: calendar days as "YYYY-MM-DD", the form in which the store keeps them. Programme time is UTC+5, all the
 * year. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define DATE_SIZE 11		/* "2020-02-14" and its NUL */
#define DATE_MINUTE_MS INT64_C(60000)
#define DATE_HOUR_MS (60 * DATE_MINUTE_MS)
#define DATE_DAY_MS (24 * DATE_HOUR_MS)
#define DATE_PROGRAMME_MS (5 * DATE_HOUR_MS)	/* programme time is ahead of Unix time by this */
#define DATE_UTC_SIZE 21	/* "2020-02-14T09:30:00Z" and its NUL */
#define DATE_FIRST_YEAR 1900
#define DATE_LAST_YEAR 2199

bool date_valid(const char *iso);			/* a day that exists, of a year in that range */

/* Today in programme time (clock_wall_ms). */
void date_today(char out[DATE_SIZE]);

/* What a person types: 2020-02-14, 14.02.2020, 14.2.20, 14.2 (this year), today/сегодня, tomorrow/завтра,
 * yesterday/вчера, +3, -3. Returns 0 and fills out, or -1 (ERR_REFUSED) with words («31 февраля не бывает»).
 * `today` is the day that relative forms start from. */
int date_parse(const char *text, const char *today, char out[DATE_SIZE], struct err *e);

/* "14.02.2020", "14.02.2020 14:30" in programme time → milliseconds of Unix time; without a time of day it is that of `now_ms`. */
int date_moment(const char *text, int64_t now_ms, int64_t *ms, struct err *e);

/* "14.02.2020"; an empty string for an empty date. `out` holds 11 bytes. */
void date_show(const char *iso, char out[DATE_SIZE]);

/* Days since 1970-01-01. Both want a valid day: anything else is a bug of the caller. */
int64_t date_to_days(const char *iso);
void date_from_days(int64_t days, char out[DATE_SIZE]);

/* Milliseconds of Unix time → "2020-02-14T09:30:00Z", and in programme time "14.02.2020 14:30" (17 bytes). */
void date_utc(int64_t ms, char out[DATE_UTC_SIZE]);
void date_local(int64_t ms, char out[17]);
/* What date_utc wrote, back; false for anything else, to the letter. */
bool date_read_utc(const char *text, int64_t *ms);

#endif
