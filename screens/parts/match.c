#include "screens/parts/match.h"

#include <string.h>

#include "base/text.h"

#define COUNTRY "+7"

/* The digits alone, when nothing but a telephone number, or a piece of one, is typed. */
static void take_digits(const char *typed, struct buf *out)
{
	for (const char *p = typed; *p != '\0'; p++) {
		if (*p >= '0' && *p <= '9') {
			buf_addc(out, *p);
		} else if (strchr("+-(). ", *p) == NULL) {
			buf_reset(out);
			return;
		}
	}
}

void match_init(struct match *m, const char *typed)
{
	*m = (struct match){ .folded = BUF_INIT, .digits = BUF_INIT };
	filter_init(&m->words, typed);
	text_fold(typed, strlen(typed), &m->folded);
	take_digits(typed, &m->digits);
}

void match_release(struct match *m)
{
	filter_release(&m->words);
	buf_release(&m->folded);
	buf_release(&m->digits);
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool begins_a_word(const char *folded, const char *word)
{
	for (const char *p = folded; p != NULL; p = strchr(p, ' ')) {
		p += strspn(p, " ");
		if (begins(p, word))
			return true;
	}
	return false;
}

/* «Каримов б» too means a Каримов. */
static enum match_rank rank_name(const struct match *m, const char *folded)
{
	if (begins(folded, m->folded.data)) {
		char after = folded[m->folded.len];

		return m->folded.len > 0 && (after == ' ' || after == '\0') ? MATCH_WHOLE : MATCH_BEGINNING;
	}
	for (int i = 0; i < m->words.count; i++)
		if (!begins_a_word(folded, m->words.word[i]))
			return MATCH_INSIDE;
	return m->words.count > 0 && begins(folded, m->words.word[0]) ? MATCH_BEGINNING : MATCH_WORD;
}

/* +7 917 000-00-01: with 917, 7917 or 8917 it begins; 000, 00 and 01 are its groups. */
static enum match_rank rank_phone(const char *digits, const char *phone)
{
	static const size_t groups[] = { 3, 6, 8 };
	const char *own = phone + strlen(COUNTRY);

	if (!begins(phone, COUNTRY))
		return phone[0] == '+' && begins(phone + 1, digits) ? MATCH_BEGINNING : MATCH_INSIDE;
	if (strcmp(own, digits) == 0 || (strlen(digits) == strlen(own) + 1 && strcmp(own, digits + 1) == 0))
		return MATCH_WHOLE;
	if (begins(own, digits) || ((digits[0] == '7' || digits[0] == '8') && begins(own, digits + 1)))
		return MATCH_BEGINNING;
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
		if (strlen(own) > groups[i] && begins(own + groups[i], digits))
			return MATCH_WORD;
	return MATCH_INSIDE;
}

enum match_rank match_rank(const struct match *m, const char *name, const char *phone)
{
	struct buf folded = BUF_INIT;
	enum match_rank rank;

	if (m->digits.len > 0 && phone[0] != '\0')
		return rank_phone(m->digits.data, phone);
	text_fold(name, strlen(name), &folded);
	rank = rank_name(m, folded.data);
	buf_release(&folded);
	return rank;
}
