#include "typeset/cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#define DIGITS_MAX 15
#define WORKBOOK_FIRST "1900-03-01"	/* is day 61; before it workbooks disagree: some hold that 1900 was a leap year */
#define WORKBOOK_FIRST_DAY 61

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

/* No exponents, blanks, signs of plus or leading zeros: "+7917…" and "007" are names of things. */
bool cell_number(const char *text, double *number)
{
	const char *p = text + (*text == '-');
	size_t whole = digits(p), part = 0;

	if (whole == 0 || (whole > 1 && *p == '0'))
		return false;
	p += whole;
	if (*p == '.') {
		part = digits(++p);
		if (part == 0)
			return false;
		p += part;
	}
	if (*p != '\0' || whole + part > DIGITS_MAX)
		return false;
	/* The locale's point may be a comma: whole and fraction are read apart. */
	*number = strtoll(text + (*text == '-'), NULL, 10) + (part > 0 ? strtoll(p - part, NULL, 10) / pow(10, part) : 0);
	if (*text == '-')
		*number = -*number;
	return true;
}

bool cell_date(const char *text, double *serial)
{
	if (strlen(text) != DATE_SIZE - 1 || !date_valid(text))
		return false;
	*serial = (double)(date_to_days(text) - date_to_days(WORKBOOK_FIRST) + WORKBOOK_FIRST_DAY);
	return *serial >= WORKBOOK_FIRST_DAY;
}

static bool comma(const struct script *s)
{
	return strncmp(s->language, "en", 2) != 0;
}

static const char *with_comma(const struct script *s, const char *text, struct buf *scratch)
{
	char *point;

	buf_adds(scratch, text);
	if (comma(s) && (point = strchr(scratch->data, '.')) != NULL)
		*point = ',';
	return scratch->data;
}

const char *cell_shown(const struct script *s, enum cell_kind kind, const char *text, struct buf *scratch)
{
	char day[DATE_SIZE];
	double number;

	buf_reset(scratch);
	if (kind == CELL_DATE && strlen(text) == DATE_SIZE - 1 && date_valid(text)) {
		date_show(text, day);
		buf_adds(scratch, day);
		return scratch->data;
	}
	if ((kind != CELL_NUMBER && kind != CELL_PERCENT) || !cell_number(text, &number) || (kind == CELL_NUMBER && strchr(text, '.') == NULL))
		return text;
	with_comma(s, text, scratch);
	if (kind == CELL_PERCENT)
		buf_adds(scratch, comma(s) ? "\u00A0%" : "%");
	return scratch->data;
}

void cell_put_number(const struct script *s, double number, struct buf *out)
{
	long long hundredths = llround(fabs(number) * 100);

	if (number < 0 && hundredths > 0)
		buf_addc(out, '-');
	buf_addi(out, hundredths / 100);
	if (hundredths % 100 == 0)
		return;
	buf_addc(out, comma(s) ? ',' : '.');
	buf_addc(out, (char)('0' + hundredths % 100 / 10));
	if (hundredths % 10 != 0)
		buf_addc(out, (char)('0' + hundredths % 10));
}
