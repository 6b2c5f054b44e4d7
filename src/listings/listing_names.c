/* Names of what rows refer to, and what follows of a name: its folded form and its sorting key. */
#include "listings/listing_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "records/municipality.h"

static uint32_t hash(const struct listing_reference *r, const char *id)
{
	uint32_t h = 2166136261U ^ (uint32_t)(uintptr_t)r;
	for (const unsigned char *p = (const unsigned char *)id; *p; p++)
		h = (h ^ *p) * 16777619U;
	return h ^ h >> 15;
}

/* The slot that holds it, or the free one where it belongs. */
static uint32_t *find(struct listing_names *n, const struct listing_reference *r, const char *id)
{
	uint32_t i = hash(r, id) & (n->slots - 1);
	for (; n->slot[i]; i = (i + 1) & (n->slots - 1)) {
		const struct listing_name *name = &n->name[n->slot[i]];
		if (name->reference == r && strcmp(name->id, id) == 0)
			break;
	}
	return &n->slot[i];
}

static void grow(struct listing_names *n)
{
	n->room = n->room ? 2 * n->room : 128;
	n->name = mem_resize(n->name, n->room, sizeof *n->name);
	n->slots = 2 * n->room;
	free(n->slot);
	n->slot = mem_zero(n->slots, sizeof *n->slot);
	if (n->count == 0)
		n->name[n->count++] = (struct listing_name){ .id = mem_dup(""), .shown = mem_dup(""), .folded = mem_dup(""), .key = mem_dup("") };
	for (uint32_t i = 1; i < n->count; i++)
		*find(n, n->name[i].reference, n->name[i].id) = i;
}

uint32_t listing_names_number(struct listing_names *n, const struct listing_reference *r, const char *id)
{
	if (!*id)
		return 0;
	if (n->count >= n->room)
		grow(n);
	uint32_t *slot = find(n, r, id);
	if (!*slot) {
		*slot = n->count;
		n->name[n->count++] = (struct listing_name){ .reference = r, .id = mem_dup(id) };
	}
	return *slot;
}

/* A choice of which this program does not know stands behind the others, as its code. */
static void look_up_choice(struct listing_name *name)
{
	const struct choice *c = choice_find(name->reference->choices, name->id);
	struct buf folded = BUF_INIT;
	char place[16];
	name->shown = mem_dup(name->id);
	text_fold(c ? _(c->label) : name->id, strlen(c ? _(c->label) : name->id), &folded);
	name->folded = buf_detach(&folded);
	snprintf(place, sizeof place, "%03d", c ? (int)(c - name->reference->choices) : 999);
	name->key = mem_dup(place);
}

/* A municipality is found by its whole name and by its centre as well. */
static void add_find(struct store *s, const char *code, struct buf *folded)
{
	sqlite3_stmt *st = store_prepare(s, "SELECT find FROM municipality WHERE code = ?1", NULL);
	if (!st)
		return;
	store_bind_text(st, 1, code);
	if (store_step(s, st, NULL) == 1)
		buf_adds(folded, store_text(st, 0));
	sqlite3_reset(st);
}

static void look_up_record(struct listing_name *name, struct store *s)
{
	struct buf shown = BUF_INIT, folded = BUF_INIT, key = BUF_INIT;
	if (name->reference->type) {
		record_name(s, name->reference->type, name->id, &shown);
		text_fold(shown.data, shown.len, &folded);
	} else {
		municipality_short_name(s, name->id, &shown);
		add_find(s, name->id, &folded);
	}
	text_sort_key(shown.data, shown.len, &key);
	name->shown = buf_detach(&shown);
	name->folded = buf_detach(&folded);
	name->key = buf_detach(&key);
}

static void forget(struct listing_name *name)
{
	free(name->shown);
	free(name->folded);
	free(name->key);
	name->shown = name->folded = name->key = NULL;
}

const struct listing_name *listing_names_get(struct listing_names *n, struct store *s, uint32_t number)
{
	static const struct listing_name nothing = { NULL, (char *)"", (char *)"", (char *)"", (char *)"" };
	if (number == 0)
		return &nothing;
	struct listing_name *name = &n->name[number];
	if (!name->shown && name->reference->choices)
		look_up_choice(name);
	else if (!name->shown && store_interrupted(s))
		return &nothing;
	else if (!name->shown)
		look_up_record(name, s);
	if (store_interrupted(s) && !name->reference->choices)
		forget(name);		/* it may be no name: who interrupts the reading must not find the id in its place afterwards */
	return name->shown ? name : &nothing;
}

void listing_names_release(struct listing_names *n)
{
	for (uint32_t i = 0; i < n->count; i++) {
		free(n->name[i].id);
		free(n->name[i].shown);
		free(n->name[i].folded);
		free(n->name[i].key);
	}
	free(n->name);
	free(n->slot);
	*n = (struct listing_names){ 0 };
}
