#include "screens/parts/words.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

/* The next word of a name and its length; *rest goes behind it. */
static const char *next_word(const char **rest, size_t *len)
{
	const char *word = *rest + strspn(*rest, " ");

	*len = strcspn(word, " ");
	*rest = word + *len;
	return word;
}

static void initial(const char *word, size_t len, struct buf *out)
{
	uint32_t cp;

	buf_add(out, word, text_next(word, len, &cp, NULL));
	buf_addc(out, '.');
}

/* The first `whole` words of the first `most`, and of the others the initials. */
static void shorten(const char *name, int whole, int most, struct buf *out)
{
	const char *word;
	size_t len;

	for (int i = 0; i < most; i++) {
		word = next_word(&name, &len);
		if (len == 0)
			return;
		if (i > 0)
			buf_addc(out, ' ');
		if (i < whole)
			buf_add(out, word, len);
		else
			initial(word, len, out);
	}
}

void words_short_name(const char *name, int width, struct buf *out)
{
	static const struct { int whole, most; } forms[] = { { 2, 3 }, { 2, 2 }, { 1, 3 } };
	size_t start = out->len;

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		buf_cut(out, start);
		shorten(name, forms[i].whole, forms[i].most, out);
		if (text_width(out->data + start, out->len - start) <= width)
			return;
	}
}

void words_initials(const char *name, struct buf *out)
{
	shorten(name, 1, 3, out);
}

void words_choice(const struct choice *choices, const char *code, struct buf *out)
{
	const struct choice *found = code[0] != '\0' ? choice_find(choices, code) : NULL;

	buf_adds(out, found != NULL ? _(found->label) : code);
}

void words_day(const char *iso, const char *today, struct buf *out)
{
	if (strlen(iso) != 10)
		buf_adds(out, "—");
	else if (strncmp(iso, today, 4) == 0)
		buf_addf(out, "%.2s.%.2s", iso + 8, iso + 5);
	else
		buf_addf(out, "%.2s.%.4s", iso + 5, iso);
}
