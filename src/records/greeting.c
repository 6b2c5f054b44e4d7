#include "records/greeting.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum gender { UNSURE, WOMAN, MAN };

/* Folded: ҡыҙы is кызы, улы is улы. */
static const struct { const char *end; enum gender gender; bool word; } ends[] = {
	{ "вна", WOMAN, false }, { "чна", WOMAN, false }, { "кызы", WOMAN, true }, { "кизи", WOMAN, true }, { "гызы", WOMAN, true },
	{ "вич", MAN, false }, { "ич", MAN, false }, { "улы", MAN, true }, { "углы", MAN, true }, { "оглы", MAN, true }, { "огли", MAN, true },
};

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);
	return len >= n && strcmp(text + len - n, end) == 0;
}

/* `patronymic`: what stands behind the first name, folded. */
static enum gender gender_of(const char *patronymic)
{
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *word = strrchr(patronymic, ' ');
		bool whole = strcmp(word ? word + 1 : patronymic, ends[i].end) == 0;
		if (ends[i].word ? word && whole : ends_with(patronymic, ends[i].end) && !whole)
			return ends[i].gender;
	}
	/* «Рашиткызы», «Рәшитулы» in one word. */
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends[i].word && ends_with(patronymic, ends[i].end) && strlen(patronymic) > strlen(ends[i].end) + 2)
			return ends[i].gender;
	return UNSURE;
}

/* Of who has no patronymic the surname tells, where it is one of those that have two forms; «Грин» may be either. */
static enum gender by_surname(const char *surname)
{
	static const char *const women[] = { "ова", "ева", "ина", "ына", "ская", "цкая" }, *const men[] = { "ов", "ев", "ский", "цкий" };

	for (size_t i = 0; i < sizeof women / sizeof *women; i++)
		if (ends_with(surname, women[i]))
			return WOMAN;
	for (size_t i = 0; i < sizeof men / sizeof *men; i++)
		if (ends_with(surname, men[i]))
			return MAN;
	return UNSURE;
}

static const char *const dear[] = { "Уважаемый(ая)", "Уважаемая", "Уважаемый" };

void greeting(const char *name, struct buf *out)
{
	struct buf clean = BUF_INIT, folded = BUF_INIT;
	text_clean(name, strlen(name), false, &clean);
	const char *first = strchr(clean.data, ' '), *patronymic = first ? strchr(first + 1, ' ') : NULL;
	if (patronymic)
		text_fold(patronymic + 1, strlen(patronymic + 1), &folded);
	enum gender gender = gender_of(folded.data);
	/* A third word that is no patronymic may be anything, a double surname with a blank: then the name as it is. */
	if (gender != UNSURE) {
		buf_addf(out, "%s %s!", dear[gender], first + 1);
	} else {
		if (first && !patronymic)
			text_fold(clean.data, (size_t)(first - clean.data), &folded);
		buf_addf(out, "%s %s!", dear[by_surname(folded.data)], clean.data);
	}
	buf_release(&clean);
	buf_release(&folded);
}
