#include "screens/parts/completion.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "listings/listing.h"
#include "records/municipality.h"
#include "records/person.h"
#include "records/record.h"
#include "screens/parts/match.h"
#include "schema/schema.h"

static void forget(struct suggestion *item)
{
	free(item->value);
	free(item->text);
	free(item->hint);
}

void completion_clear(struct completion *c)
{
	for (int i = 0; i < c->count; i++)
		forget(&c->item[i]);
	c->count = c->at = 0;
	c->moved = false;
}

static bool is_offer(const struct suggestion *item)
{
	return strcmp(item->value, COMPLETION_CREATE) == 0;
}

void completion_move(struct completion *c, int by)
{
	int to = (c->at + by + c->count) % c->count;

	if (by < 0 || c->moved || !is_offer(&c->item[to]))
		c->at = to;
	c->moved = true;
}

static void suggest(struct completion *c, const char *value, const char *text, const char *hint)
{
	if (c->count > COMPLETION_MOST)
		return;
	c->item[c->count++] = (struct suggestion){ mem_dup(value), mem_dup(text), mem_dup(hint) };
}

/* Where the folded words occur in a name: 0 they are its beginning, 1 elsewhere, -1 nowhere. */
static int occurs(const char *name, const char *folded)
{
	struct buf b = BUF_INIT;
	const char *found;
	int place;

	text_fold(name, strlen(name), &b);
	found = strstr(b.data, folded);
	place = found == NULL ? -1 : found == b.data ? 0 : 1;
	buf_release(&b);
	return place;
}

struct search {
	struct completion *c;
	const char *folded;
	int rank;		/* the pass: see rank_of() */
};

static bool is_folded(const char *name, const char *folded)
{
	struct buf b = BUF_INIT;
	bool same;

	text_fold(name, strlen(name), &b);
	same = strcmp(b.data, folded) == 0;
	buf_release(&b);
	return same;
}

/* The city before the district of its name: 0 the whole name (with or without its word «город»), 1 its beginning, 2 anywhere; -1 nowhere. */
static int rank_of(const char *name, const char *folded)
{
	static const char word[] = "город ";
	const char *city = strstr(name, word);
	const char *bare = city != NULL ? city + sizeof word - 1 : name;

	if (is_folded(name, folded) || is_folded(bare, folded))
		return 0;
	if (occurs(name, folded) == 0 || occurs(bare, folded) == 0)
		return 1;
	return occurs(name, folded) > 0 ? 2 : -1;
}

static int each_municipality(void *context, const char *code, const char *name, struct err *e)
{
	struct search *search = context;

	(void)e;
	if (search->c->count < COMPLETION_MOST && rank_of(name, search->folded) == search->rank)
		suggest(search->c, code, name, "");
	return 0;
}

/* Before there is a store: those that a new one begins with. */
static void known_municipalities(struct search *search, struct err *e)
{
	for (const struct schema_municipality *m = schema_municipalities; m->code != NULL; m++)
		each_municipality(search, m->code, m->name, e);
}

static int municipalities(struct completion *c, struct store *s, const char *folded, struct err *e)
{
	struct search search = { c, folded, 0 };

	for (; search.rank <= 2; search.rank++)
		if (s == NULL)
			known_municipalities(&search, e);
		else if (municipality_each(s, each_municipality, &search, e) != 0)
			return -1;
	return 0;
}

/* --- people and organisations: names that begin so, by index; then, where there is room, whoever is found by any word --- */

/* Views live as long as the form: the first search that the index does not answer alone reads a roll, the next letters have it. */
static struct listing_view *view(struct completion *c, struct store *s, struct listing_view **own, const struct listing *l)
{
	uint64_t version = store_version(s);

	if (c->version != version) {
		if (c->people != NULL)
			listing_stale(c->people);
		if (c->organisations != NULL)
			listing_stale(c->organisations);
		c->version = version;
	}
	if (*own == NULL)
		*own = listing_open(s, l);
	return *own;
}

static bool among(char (*ids)[RECORD_ID_SIZE], int count, const char *id)
{
	for (int i = 0; i < count; i++)
		if (strcmp(ids[i], id) == 0)
			return true;
	return false;
}

static int find_ids(struct listing_view *v, const char *typed, char (*ids)[RECORD_ID_SIZE], int *count, struct err *e)
{
	char more[COMPLETION_MOST][RECORD_ID_SIZE];
	int found = 0;

	if (listing_begins(v, typed, COMPLETION_MOST, ids, count, e) != 0)
		return -1;
	if (*count < COMPLETION_MOST && listing_best(v, typed, COMPLETION_MOST, more, &found, e) != 0)
		return -1;
	for (int i = 0; i < found && *count < COMPLETION_MOST; i++)
		if (!among(ids, *count, more[i]))
			memcpy(ids[(*count)++], more[i], RECORD_ID_SIZE);
	return 0;
}

static int people(struct completion *c, struct store *s, const char *typed, struct err *e)
{
	char ids[COMPLETION_MOST][RECORD_ID_SIZE];
	struct person_rows rows;
	int count;

	if (find_ids(view(c, s, &c->people, &people_listing), typed, ids, &count, e) != 0)
		return -1;
	if (person_rows_of(s, (const char (*)[RECORD_ID_SIZE])ids, count, &rows, e) != 0)
		return -1;
	for (int i = 0; i < rows.count; i++) {
		const struct person_row *p = &rows.row[i];

		suggest(c, p->id, p->name, p->organisation[0] != '\0' ? p->organisation : p->municipality);
	}
	person_rows_release(&rows);
	return 0;
}

static int organisations(struct completion *c, struct store *s, const char *typed, struct err *e)
{
	char ids[COMPLETION_MOST][RECORD_ID_SIZE];
	int count;

	if (find_ids(view(c, s, &c->organisations, &organisations_listing), typed, ids, &count, e) != 0)
		return -1;
	for (int i = 0; i < count; i++) {
		struct buf name = BUF_INIT;

		record_name(s, &organisation_type, ids[i], &name);
		suggest(c, ids[i], name.data, "");
		buf_release(&name);
	}
	return 0;
}

void completion_release(struct completion *c)
{
	completion_clear(c);
	listing_close(c->people);
	listing_close(c->organisations);
	c->people = c->organisations = NULL;
}

/* Records of a type that is not large: the best of all, in the type's order where they fit equally well. */
struct best {
	struct completion *c;
	struct match match;
	enum match_rank rank[COMPLETION_MOST];
};

static int each_record(void *context, const struct record *r, struct err *e)
{
	struct best *best = context;
	struct completion *c = best->c;
	const char *name = record_get(r, record_field(r->type, "name") >= 0 ? "name" : "title");
	enum match_rank rank = match_rank(&best->match, name, "");
	int at = c->count;

	(void)e;
	while (at > 0 && best->rank[at - 1] > rank)
		at--;
	if (at == COMPLETION_MOST)
		return 0;
	if (c->count == COMPLETION_MOST)
		forget(&c->item[--c->count]);
	memmove(c->item + at + 1, c->item + at, (size_t)(c->count - at) * sizeof *c->item);
	memmove(best->rank + at + 1, best->rank + at, (size_t)(c->count - at) * sizeof *best->rank);
	c->item[at] = (struct suggestion){ mem_dup(r->id), mem_dup(name), mem_dup("") };
	best->rank[at] = rank;
	c->count++;
	return 0;
}

static int records(struct completion *c, struct store *s, const struct record_type *t, const char *typed, struct err *e)
{
	struct best best = { .c = c };
	int status;

	match_init(&best.match, typed);
	status = record_each(s, t, typed, each_record, &best, e);
	match_release(&best.match);
	return status;
}

/* What differs in quotation marks or capitals alone is known. */
static void offer_new(struct completion *c, const char *typed, const char *folded)
{
	struct buf clean = BUF_INIT;
	bool known = false;

	text_clean(typed, strlen(typed), false, &clean);
	for (int i = 0; i < c->count; i++)
		known = known || is_folded(c->item[i].text, folded);
	if (!known && clean.len > 0)
		suggest(c, COMPLETION_CREATE, clean.data, _("new: enter it"));
	buf_release(&clean);
}

int completion_find(struct completion *c, struct store *s, const struct field *f, const char *typed, struct err *e)
{
	struct buf folded = BUF_INIT;
	int status = 0;

	completion_clear(c);
	if (s == NULL && f->kind != FIELD_MUNICIPALITY)
		return 0;
	text_fold(typed, strlen(typed), &folded);
	if (folded.len == 0)
		;
	else if (f->kind == FIELD_MUNICIPALITY)
		status = municipalities(c, s, folded.data, e);
	else if (f->kind == FIELD_REFERENCE && strcmp(f->references, "person") == 0)
		status = people(c, s, typed, e);
	else if (f->kind == FIELD_REFERENCE && strcmp(f->references, "organisation") == 0) {
		status = organisations(c, s, typed, e);
		if (status == 0)
			offer_new(c, typed, folded.data);
	} else if (f->kind == FIELD_REFERENCE)
		status = records(c, s, record_type_find(f->references), typed, e);
	buf_release(&folded);
	return status;
}
