/* Rows by their keys: eight bytes of the keys at a time as numbers, by radix; what is alike for longer than names are is merged. Stable, because
 * the order of equal rows is that in which they came. */
#include "listings/listing_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PART = 8, FEW = 48, RADIX_DEPTH = 4 * PART };

static void merge(struct listing_item *a, struct listing_item *space, uint32_t count, size_t depth)
{
	uint32_t half = count / 2, left = 0, right = half, n = 0;
	if (count < 2)
		return;
	merge(a, space, half, depth);
	merge(a + half, space, count - half, depth);
	while (left < half && right < count)
		space[n++] = strcmp(a[left].key + depth, a[right].key + depth) <= 0 ? a[left++] : a[right++];
	memcpy(space + n, a + left, (half - left) * sizeof *a);
	memcpy(a, space, (n + half - left) * sizeof *a);
}

/* The next bytes of a key as a number; behind its end there are zeros. */
static uint64_t part_of(const char *key)
{
	uint64_t part = 0;
	for (int i = 0; i < PART; i++) {
		part = part << 8 | (unsigned char)*key;
		key += *key != '\0';
	}
	return part;
}

static void radix(struct listing_item *a, struct listing_item *space, uint32_t count)
{
	uint32_t numbers[PART][256] = { { 0 } };
	struct listing_item *from = a, *to = space;
	for (uint32_t i = 0; i < count; i++)
		for (int b = 0; b < PART; b++)
			numbers[b][a[i].part >> 8 * b & 0xff]++;
	for (int b = 0; b < PART; b++) {
		uint32_t *n = numbers[b], place = 0;
		if (n[from[0].part >> 8 * b & 0xff] == count)
			continue;
		for (int k = 0; k < 256; k++) {
			uint32_t here = n[k];
			n[k] = place;
			place += here;
		}
		for (uint32_t i = 0; i < count; i++)
			to[n[from[i].part >> 8 * b & 0xff]++] = from[i];
		struct listing_item *swap = from;
		from = to;
		to = swap;
	}
	if (from != a)
		memcpy(a, from, count * sizeof *a);
}

static void sort(struct listing_item *a, struct listing_item *space, uint32_t count, size_t depth)
{
	if (count < FEW || depth >= RADIX_DEPTH) {
		merge(a, space, count, depth);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		a[i].part = part_of(a[i].key + depth);
	radix(a, space, count);
	for (uint32_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && a[end].part == a[i].part; end++)
			;
		if (end - i > 1 && (a[i].part & 0xff))		/* none of them ends here */
			sort(a + i, space, end - i, depth + PART);
	}
}

void listing_sort(struct listing_item *item, uint32_t count)
{
	struct listing_item *space = mem_alloc((count ? count : 1) * sizeof *space);
	sort(item, space, count, 0);
	free(space);
}
