/* Telephone numbers and e-mail addresses, as people type them and as they are kept. */
#include "base/text.h"

#include <string.h>

#include "base/i18n.h"

#define DIGITS_MOST 15			/* E.164 */
#define DIGITS_LEAST 7
#define EMAIL_MOST 254			/* RFC 5321 */

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* What people put between the digits of a telephone. */
static bool is_phone_filling(uint32_t cp)
{
	return text_char_blank(cp) || cp == '-' || cp == '.' || cp == '(' || cp == ')'
		|| (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212;
}

/* Without the blanks on both sides. */
static void trim(const char **s, size_t *len)
{
	uint32_t cp;
	size_t n, end = 0;

	for (; *len > 0; *s += n, *len -= n) {
		n = text_next(*s, *len, &cp, NULL);
		if (!text_char_blank(cp))
			break;
	}
	for (size_t i = 0; i < *len;) {
		i += text_next(*s + i, *len - i, &cp, NULL);
		if (!text_char_blank(cp))
			end = i;
	}
	*len = end;
}

static size_t count_digits(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && is_digit((unsigned char)s[n]))
		n++;
	return n;
}

/* 8,91701E+10, as a spreadsheet shows a number that is too wide for its cell; the E may be Cyrillic after a
 * conversion. */
static bool is_spreadsheet_number(const char *s, size_t len)
{
	size_t n = count_digits(s, len);

	if (n == 0 || len > 40)
		return false;
	if (n < len && (s[n] == ',' || s[n] == '.'))
		n += 1 + count_digits(s + n + 1, len - n - 1);
	if (n < len && (s[n] == 'E' || s[n] == 'e'))
		n++;
	else if (len - n >= 2 && (memcmp(s + n, "Е", 2) == 0 || memcmp(s + n, "е", 2) == 0))
		n += 2;
	else
		return false;
	if (n < len && (s[n] == '+' || s[n] == '-'))
		n++;
	return n < len && n + count_digits(s + n, len - n) == len;
}

/* A spreadsheet's 89170000001.0 or 89170000001,00 without its fraction of zeros. */
static size_t without_fraction(const char *s, size_t len)
{
	size_t n = count_digits(s, len), zeros = n + 1;

	if (n < 10 || n + 1 >= len || (s[n] != '.' && s[n] != ','))
		return len;
	while (zeros < len && s[zeros] == '0')
		zeros++;
	return zeros == len && len - n <= 3 ? n : len;
}

static int refuse_phone_char(const char *s, size_t len, uint32_t cp, struct err *e)
{
	struct buf shown = BUF_INIT;

	if (cp == ',' || cp == ';' || cp == '/')
		return err_set(e, ERR_REFUSED, _("more than one telephone; only one can be kept here"));
	if (cp == '+')
		return err_set(e, ERR_REFUSED, _("a telephone has its + at the beginning only"));
	text_escape(s, len, &shown);
	err_set(e, ERR_REFUSED, _("a telephone is made of digits, and \"%s\" is none"), shown.data);
	buf_release(&shown);
	return -1;
}

struct digits { char text[DIGITS_MOST + 1]; size_t count; bool plus; };

static int take_digits(const char *s, size_t len, struct digits *d, struct err *e)
{
	uint32_t cp;
	size_t n;

	*d = (struct digits){ .count = 0 };
	for (size_t i = 0; i < len; i += n) {
		n = text_next(s + i, len - i, &cp, NULL);
		if (cp == '+' && d->count == 0 && !d->plus) {
			d->plus = true;
		} else if (is_digit(cp)) {
			if (d->count < DIGITS_MOST)
				d->text[d->count] = (char)cp;
			d->count++;
		} else if (!is_phone_filling(cp)) {
			return refuse_phone_char(s + i, n, cp, e);
		}
	}
	return 0;
}

/* +8 917 …: people put a plus before the eight. No country has numbers that begin with 83 or 89. */
static bool is_plus_before_eight(const struct digits *d)
{
	return d->count == 11 && d->text[0] == '8' && (d->text[1] == '3' || d->text[1] == '9');
}

static int wrong_count(size_t count, struct err *e)
{
	return err_set(e, ERR_REFUSED, P_("a telephone of %zu digit; with the area code it has 10, or 11 with the 8 or +7 before them",
		"a telephone of %zu digits; with the area code it has 10, or 11 with the 8 or +7 before them",
		count), count);
}

int text_phone(const char *s, size_t len, struct buf *out, struct err *e)
{
	struct digits d;

	trim(&s, &len);
	if (is_spreadsheet_number(s, len))
		return err_set(e, ERR_REFUSED, _("the spreadsheet shortened the telephone to \"%.*s\"; there, give the column the format "
			"Number without decimals (or Text) and save the list again"), (int)len, s);
	len = without_fraction(s, len);
	if (take_digits(s, len, &d, e) != 0)
		return -1;
	if (d.count == 0)
		return err_set(e, ERR_REFUSED, _("the telephone has no digits"));
	if (d.plus && is_plus_before_eight(&d))
		d.plus = false;
	if (d.plus && d.text[0] != '7') {
		if (d.count < DIGITS_LEAST || d.count > DIGITS_MOST)
			return err_set(e, ERR_REFUSED,
				P_("a telephone of %zu digit; from another country it has 7 to 15",
				"a telephone of %zu digits; from another country it has 7 to 15", d.count),
				d.count);
		buf_addc(out, '+');
		buf_add(out, d.text, d.count);
		return 0;
	}
	if (d.count == 10 && d.text[0] == '8' && d.text[1] == '9')		/* no area code begins with 89 */
		return err_set(e, ERR_REFUSED, _("a telephone that begins with 89 has 11 digits, and here are 10: one is missing"));
	if (!(d.count == 11 && (d.text[0] == '7' || d.text[0] == '8')) && !(d.count == 10 && !d.plus))
		return wrong_count(d.count, e);
	buf_add(out, "+7", 2);
	buf_add(out, d.text + (d.count - 10), 10);
	return 0;
}

void text_phone_pretty(const char *phone, struct buf *out)
{
	size_t len = strlen(phone);

	if (len != 12 || phone[0] != '+' || phone[1] != '7' || count_digits(phone + 2, 10) != 10) {
		buf_add(out, phone, len);
		return;
	}
	buf_addf(out, "+7 %.3s %.3s-%.2s-%.2s", phone + 2, phone + 5, phone + 8, phone + 10);
}

/* Characters that no address has unless it is a list, a name with an address, or a slip of the keyboard. */
static bool belongs_in_email(uint32_t cp, bool valid)
{
	return valid && !text_char_blank(cp) && !text_char_unsafe(cp)
		&& (cp >= 0x80 || strchr(",;:<>()[]\\\"", (int)cp) == NULL);
}

static bool domain_is_sound(const char *domain, size_t len)
{
	bool dot = false;

	if (len == 0 || domain[0] == '.' || domain[len - 1] == '.' || domain[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (domain[i] == '.' && domain[i - 1] == '.')
			return false;
		dot = dot || domain[i] == '.';
	}
	return dot;
}

static int refuse_email(const char *s, size_t len, struct err *e)
{
	struct buf shown = BUF_INIT;

	text_escape(s, len < 80 ? len : 80, &shown);
	err_set(e, ERR_REFUSED, _("\"%s\" is not an e-mail address; it looks like name@example.ru"), shown.data);
	buf_release(&shown);
	return -1;
}

int text_email(const char *s, size_t len, struct buf *out, struct err *e)
{
	size_t at = 0, count = 0, n;
	uint32_t cp;
	bool valid;

	trim(&s, &len);
	if (len > EMAIL_MOST)
		return err_set(e, ERR_REFUSED, _("an e-mail address has at most %d bytes"), EMAIL_MOST);
	for (size_t i = 0; i < len; i += n) {
		n = text_next(s + i, len - i, &cp, &valid);
		if (!belongs_in_email(cp, valid))
			return refuse_email(s, len, e);
		if (cp == '@') {
			at = i;
			count++;
		}
	}
	if (count != 1 || at == 0 || !domain_is_sound(s + at + 1, len - at - 1))
		return refuse_email(s, len, e);
	buf_add(out, s, at + 1);
	text_lower(s + at + 1, len - at - 1, out);
	return 0;
}
