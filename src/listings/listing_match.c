/* Which rows of a roll match the words, and where a row is. A letter that is typed after others narrows what matched before; else every word is
 * looked for in all texts at once, which are one run of memory. */
#define _GNU_SOURCE 1
#include "listings/listing_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* From so many letters on a word finds choices, by the beginning of their labels: a name that begins as «активист» does must not find them all. */
enum { LABEL_LETTERS = 4 };
/* Of more rows than this part of all it is quicker to look through all the texts at once. */
enum { FEWER = 2 };

static bool finds_labels(const char *word)
{
	return text_length(word, strlen(word)) >= LABEL_LETTERS;
}

/* The one begins with the other, and finds no labels that the other did not. */
static bool extends(const char *word, const char *old)
{
	return strncmp(word, old, strlen(old)) == 0 && finds_labels(word) == finds_labels(old);
}

/* True when what matches `f` matched `old` as well. */
static bool narrows(const struct filter *f, const struct filter *old)
{
	for (int i = 0; i < old->count; i++) {
		int k = 0;
		while (k < f->count && !extends(f->word[k], old->word[i]))
			k++;
		if (k == f->count)
			return false;
	}
	return old->count > 0;
}

static bool word_begins(const char *text, const char *word)
{
	for (const char *p = text; p; p = strchr(p, ' ')) {
		p += *p == ' ';
		if (strncmp(p, word, strlen(word)) == 0)
			return true;
	}
	return false;
}

static bool name_has(const struct listing_name *n, const char *word)
{
	if (!n->folded)
		return false;
	return n->reference->choices ? finds_labels(word) && word_begins(n->folded, word) : strstr(n->folded, word) != NULL;
}

/* Of each name a bit for each word that finds it. */
static unsigned char *name_hits(const struct listing_names *n, const struct filter *f)
{
	unsigned char *hits = mem_zero(n->count ? n->count : 1, 1);
	_Static_assert(FILTER_WORDS <= 8, "a byte has room for every word");
	for (uint32_t i = 1; i < n->count; i++)
		for (int k = 0; k < f->count; k++)
			hits[i] |= (unsigned char)(name_has(&n->name[i], f->word[k]) << k);
	return hits;
}

static unsigned char reference_hits(const struct listing_roll *r, int references, const unsigned char *hits, uint32_t row)
{
	unsigned char found = 0;
	for (int i = 0; i < references; i++)
		found |= hits[r->reference[row * (uint32_t)references + (uint32_t)i]];
	return found;
}

/* Sets the bit in every row whose text has the word. */
static void look_through(const struct listing_roll *r, const char *word, unsigned char bit, unsigned char *found)
{
	size_t len = strlen(word);
	const char *p = r->texts.data, *end = p + r->texts.len;
	for (uint32_t row = 0; row < r->count && (p = memmem(p, (size_t)(end - p), word, len)) != NULL; row++) {
		size_t at = (size_t)(p - r->texts.data);
		while (row + 1 < r->count && r->text[row + 1] <= at)
			row++;
		found[row] |= bit;
		p = row + 1 < r->count ? r->texts.data + r->text[row + 1] : end;
	}
}

static void match_all(struct listing_roll *r, int references, const struct filter *f, const unsigned char *hits)
{
	unsigned char *found = mem_zero(r->count ? r->count : 1, 1), all = (unsigned char)((1 << f->count) - 1);
	for (uint32_t row = 0; row < r->count; row++)
		found[row] = reference_hits(r, references, hits, row);
	for (int k = 0; k < f->count; k++)
		look_through(r, f->word[k], (unsigned char)(1 << k), found);
	if (r->match == r->order)
		r->match = mem_alloc((r->count ? r->count : 1) * sizeof *r->match);
	r->matches = 0;
	for (uint32_t i = 0; i < r->count; i++)
		if (found[r->order[i]] == all)
			r->match[r->matches++] = r->order[i];
	free(found);
}

static bool row_matches(const struct listing_roll *r, int references, const struct filter *f, const unsigned char *hits, uint32_t row)
{
	unsigned char found = reference_hits(r, references, hits, row);
	for (int k = 0; k < f->count; k++)
		if (!(found & 1 << k) && !strstr(r->texts.data + r->text[row], f->word[k]))
			return false;
	return true;
}

static void match_fewer(struct listing_roll *r, int references, const struct filter *f, const unsigned char *hits)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < r->matches; i++)
		if (row_matches(r, references, f, hits, r->match[i]))
			r->match[n++] = r->match[i];
	r->matches = n;
}

static void match_everything(struct listing_roll *r)
{
	if (r->match != r->order)
		free(r->match);
	r->match = r->order;
	r->matches = r->count;
}

void listing_roll_match(struct listing_view *v)
{
	struct listing_roll *r = v->roll;
	struct filter f;
	filter_init(&f, v->words);
	if (f.count == 0) {
		match_everything(r);
	} else {
		unsigned char *hits = name_hits(&v->names, &f);
		if (r->matches <= r->count / FEWER && narrows(&f, &r->words))
			match_fewer(r, v->listing->references, &f, hits);
		else
			match_all(r, v->listing->references, &f, hits);
		free(hits);
	}
	filter_release(&r->words);
	r->words = f;
}

/* --- places --- */

int64_t listing_roll_place(const struct listing_roll *r, const char *id)
{
	uint32_t row = 0;
	while (row < r->count && strcmp(listing_roll_id(r, row), id) != 0)
		row++;
	for (uint32_t i = 0; row < r->count && i < r->matches; i++)
		if (r->match[i] == row)
			return i;
	return -1;
}

/* A date stands twice at the beginning of the text, as kept and as shown, and what follows is the text that there would be without it. */
static bool begins(const char *text, const char *letters, bool date)
{
	size_t len = strlen(letters);
	for (int skipped = 0; strncmp(text, letters, len) != 0; skipped++) {
		const char *blank = date && skipped < 2 ? strchr(text, ' ') : NULL;
		if (!blank)
			return false;
		text = blank + 1;
	}
	return true;
}

int64_t listing_roll_find(struct listing_view *v, const char *folded)
{
	const struct listing *l = v->listing;
	const struct listing_roll *r = v->roll;
	const struct listing_column *c = &l->column[v->column];
	for (uint32_t i = 0; i < r->matches; i++) {
		uint32_t row = r->match[i];
		const char *text = r->texts.data + r->text[row];
		if (c->reference) {
			uint32_t number = r->reference[row * (uint32_t)l->references + (uint32_t)(c->reference - l->reference)];
			text = listing_names_get(&v->names, v->store, number)->folded;
		}
		if (begins(text, folded, c->date))
			return i;
	}
	return -1;
}
