/* The rows that somebody who types a name means: by the rows' own texts alone, the best of them first. For a finder, where a word that stands in the name
 * of a municipality must not bring everybody from there. */
#define _GNU_SOURCE 1
#include "listings/listing_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* How well a text fits, from the best: it begins with the first word, and every word begins one of its own; every word does; they occur. */
enum { BEGINS, WORDS, OCCURS, RANKS, NO_MATCH = 0 };

struct best {
	const struct listing_roll *roll;
	struct filter words;
	unsigned char *rank;		/* of each row: rank + 1, or NO_MATCH */
};

/* A telephone is looked for behind its country too. */
static bool begins_word(const char *text, const char *at)
{
	return at == text || at[-1] == ' ' || (at - text >= 2 && at[-1] == '7' && at[-2] == '+');
}

/* RANKS: the word is not there. */
static int rank_word(const char *text, const char *word)
{
	const char *at = strstr(text, word);
	if (!at)
		return RANKS;
	while (at && !begins_word(text, at))
		at = strstr(at + 1, word);
	return !at ? OCCURS : at == text ? BEGINS : WORDS;
}

static int rank_text(const struct filter *f, const char *text)
{
	int worst = BEGINS;
	for (int i = 0; i < f->count && worst < RANKS; i++) {
		int rank = rank_word(text, f->word[i]);
		if (rank == BEGINS || (rank == WORDS && i > 0))
			continue;
		if (rank > worst)
			worst = rank;
	}
	return worst;
}

/* The longest word is in the fewest texts: it is looked for in all of them at once, which are one run of memory; the others in those that have it. */
static const char *rarest(const struct filter *f)
{
	const char *word = f->word[0];
	for (int i = 1; i < f->count; i++)
		if (strlen(f->word[i]) > strlen(word))
			word = f->word[i];
	return word;
}

static void rank_rows(struct best *b)
{
	const struct listing_roll *r = b->roll;
	const char *word = rarest(&b->words), *p = r->texts.data, *end = p + r->texts.len;
	size_t len = strlen(word);
	for (uint32_t row = 0; row < r->count && (p = memmem(p, (size_t)(end - p), word, len)) != NULL; row++) {
		size_t at = (size_t)(p - r->texts.data);
		while (row + 1 < r->count && r->text[row + 1] <= at)
			row++;
		int rank = rank_text(&b->words, r->texts.data + r->text[row]);
		b->rank[row] = rank < RANKS ? (unsigned char)(rank + 1) : NO_MATCH;
		p = row + 1 < r->count ? r->texts.data + r->text[row + 1] : end;
	}
}

static int take(const struct best *b, int most, char (*ids)[RECORD_ID_SIZE])
{
	uint32_t *row[RANKS];
	int found[RANKS] = { 0 }, count = 0;
	for (int k = 0; k < RANKS; k++)
		row[k] = mem_zero((size_t)most, sizeof *row[k]);
	for (uint32_t i = 0; i < b->roll->count && found[BEGINS] < most; i++) {
		uint32_t each = b->roll->order[i];
		int rank = b->rank[each] - 1;
		if (rank >= 0 && found[rank] < most)
			row[rank][found[rank]++] = each;
	}
	for (int k = 0; k < RANKS; k++) {
		for (int i = 0; i < found[k] && count < most; i++)
			snprintf(ids[count++], RECORD_ID_SIZE, "%s", listing_roll_id(b->roll, row[k][i]));
		free(row[k]);
	}
	return count;
}

int listing_best(struct listing_view *v, const char *typed, int most, char (*ids)[RECORD_ID_SIZE], int *count, struct err *e)
{
	struct best b;
	*count = 0;
	if (listing_prepare(v, e) != 0)
		return -1;
	b.roll = v->roll;
	filter_init(&b.words, typed);
	if (b.words.count > 0 && b.roll->count > 0 && most > 0) {
		b.rank = mem_zero(b.roll->count, 1);
		rank_rows(&b);
		*count = take(&b, most, ids);
		free(b.rank);
	}
	filter_release(&b.words);
	return 0;
}
