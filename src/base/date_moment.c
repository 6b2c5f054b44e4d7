/* A moment as a person types it: a day, and perhaps a time of day. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

/* "14:30", "9.05"; minutes of the day, or -1. */
static int read_time(const char *text)
{
	int hour, minute, used = 0;

	if (sscanf(text, "%2d%*1[:.]%2d%n", &hour, &minute, &used) != 2 || text[used] != '\0' || hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return -1;
	return hour * 60 + minute;
}

int date_moment(const char *text, int64_t now_ms, int64_t *ms, struct err *e)
{
	int64_t local = now_ms + DATE_PROGRAMME_MS, days = local / DATE_DAY_MS - (local % DATE_DAY_MS < 0), of_day = local - days * DATE_DAY_MS;
	char day[64], today[DATE_SIZE], iso[DATE_SIZE];
	const char *time = strrchr(text, ' ');
	size_t len = time != NULL && time > text && time[1] != '\0' ? (size_t)(time - text) : strlen(text);
	int minutes = -1;

	if (len < strlen(text) && (minutes = read_time(time + 1)) < 0)
		len = strlen(text);
	if (len >= sizeof day)
		return err_set(e, ERR_REFUSED, _("“%s” is not a day"), text);
	memcpy(day, text, len);
	day[len] = '\0';
	date_from_days(days, today);
	if (date_parse(day, today, iso, e) != 0)
		return -1;
	if (minutes >= 0)
		of_day = minutes * DATE_MINUTE_MS;
	*ms = date_to_days(iso) * DATE_DAY_MS + of_day - DATE_PROGRAMME_MS;
	return 0;
}
