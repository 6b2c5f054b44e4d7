/* A date as a person types it. */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"

#define MOST_DAYS_AWAY 36500		/* what +N and -N may span */

/* What was read, whether or not there is such a day: the year has at most four digits, month and day two. */
struct day { int year, month, day; };

/* False when there is no such day. */
static bool to_iso(struct day d, char out[DATE_SIZE])
{
	char text[48];

	snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
	if (!date_valid(text))
		return false;
	memcpy(out, text, DATE_SIZE);
	return true;
}

/* One sentence a month: in Russian a month after a number has a case of its own. */
static const char *const no_such_day[] = {
	N_("there is no %d January"), N_("there is no %d February"), N_("there is no %d March"),
	N_("there is no %d April"), N_("there is no %d May"), N_("there is no %d June"),
	N_("there is no %d July"), N_("there is no %d August"), N_("there is no %d September"),
	N_("there is no %d October"), N_("there is no %d November"), N_("there is no %d December"),
};

/* Why a day that was written well does not exist. */
static int no_such(struct day d, struct err *e)
{
	if (d.month < 1 || d.month > 12)
		return err_set(e, ERR_REFUSED, _("there is no month %d"), d.month);
	if (d.year < DATE_FIRST_YEAR || d.year > DATE_LAST_YEAR)
		return err_set(e, ERR_REFUSED, _("the year %d is out of range: from %d to %d"), d.year,
			DATE_FIRST_YEAR, DATE_LAST_YEAR);
	if (d.month == 2 && d.day == 29)
		return err_set(e, ERR_REFUSED, _("there is no 29 February in %d"), d.year);
	return err_set(e, ERR_REFUSED, _(no_such_day[d.month - 1]), d.day);
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

	for (*number = 0; n < most && **s >= '0' && **s <= '9'; n++, (*s)++)
		*number = *number * 10 + (**s - '0');
	return n;
}

static bool read_iso(const char *s, struct day *d)
{
	return take_digits(&s, 4, &d->year) == 4 && *s++ == '-' && take_digits(&s, 2, &d->month) == 2
		&& *s++ == '-'
		&& take_digits(&s, 2, &d->day) == 2 && *s == '\0';
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
		{ "today", 0 }, { "сегодня", 0 }, { "tomorrow", 1 }, { "завтра", 1 }, { "yesterday", -1 },
		{ "вчера", -1 },
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
	int64_t day = date_to_days(today) + days;

	if (days > MOST_DAYS_AWAY || days < -MOST_DAYS_AWAY)
		return err_set(e, ERR_REFUSED, _("%d days is too far: at most %d"), days, MOST_DAYS_AWAY);
	if (day < date_to_days("1900-01-01") || day > date_to_days("2199-12-31"))
		return err_set(e, ERR_REFUSED, _("that day is out of range: from %d to %d"), DATE_FIRST_YEAR,
			DATE_LAST_YEAR);
	date_from_days(day, out);
	return 0;
}

/* Copies text without the blanks around it; false when it is longer than any date. */
static bool trimmed(const char *text, char *s, size_t size)
{
	static const char blanks[] = " \t\r\n";
	size_t len;

	text += strspn(text, blanks);
	len = strlen(text);
	while (len > 0 && strchr(blanks, text[len - 1]) != NULL)
		len--;
	if (len >= size)
		return false;
	memcpy(s, text, len);
	s[len] = '\0';
	return true;
}

int date_parse(const char *text, const char *today, char out[DATE_SIZE], struct err *e)
{
	struct day d, now;
	char s[64];
	int days;

	bug_if(!date_valid(today) || !read_iso(today, &now));
	if (!trimmed(text, s, sizeof s))
		return not_a_date(text, e);
	if (*s == '\0')
		return err_set(e, ERR_REFUSED, _("the date is missing"));
	if (read_offset(s, &days) || read_word(s, &days))
		return shift(today, days, out, e);
	if (!read_iso(s, &d) && !read_dotted(s, now.year, &d))
		return not_a_date(s, e);
	return to_iso(d, out) ? 0 : no_such(d, e);
}
