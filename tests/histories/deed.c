#include "tests/histories/deed.h"

#include <stdio.h>
#include <string.h>

#include "records/deletion_hold.h"
#include "records/person_link.h"
#include "records/record.h"
#include "tests/histories/chance.h"
#include "tests/histories/world.h"

#define WORDS(...) chance_word((const char *const[]){ __VA_ARGS__, NULL })

/* What decides for everybody whether anything may be changed, and what has deeds of its own, is left alone. */
static const struct record_type *some_type(void)
{
	const struct record_type *t = NULL;
	int count = 0;

	while (record_types[count] != NULL)
		count++;
	if (!chance_in(4))
		return record_type_find(WORDS("person", "person", "person", "seminar", "seminar", "attendance", "attendance", "organisation", "consultation", "consent",
		    "mentorship", "story", "question"));
	while (t == NULL || t == &programme_type || t == &deletion_hold_type || t == &person_link_type || t == &erasure_type)
		t = record_types[chance_below(count)];
	return t;
}

static bool some_record(struct store *s, const struct record_type *t, char id[RECORD_ID_SIZE])
{
	char first[128];

	/* The first one is edited by everybody. */
	snprintf(first, sizeof first, "id = (SELECT min(id) FROM \"%s\" WHERE deleted = 0)", t->table);
	return world_any(s, t->table, chance_in(3) ? first : chance_in(9) ? "1" : "deleted = 0", id);
}

static const char *some_choice(const struct choice *choices)
{
	int count = 0;

	while (choices[count].code != NULL)
		count++;
	return choices[chance_below(count)].code;
}

/* As typed. */
static void type_value(struct store *s, const struct field *f, char typed[64])
{
	const struct record_type *to = f->kind == FIELD_REFERENCE ? record_type_find(f->references) : NULL;
	char id[RECORD_ID_SIZE] = "";

	if (to != NULL && some_record(s, to, id))
		snprintf(typed, 64, "%s", id);
	else if (to != NULL || (!f->required && chance_in(10)))
		typed[0] = '\0';
	else if (f->kind == FIELD_DATE)
		snprintf(typed, 64, "%02d.%02d.2020", 1 + chance_below(28), 1 + chance_below(3));
	else if (f->kind == FIELD_NUMBER)
		snprintf(typed, 64, "%d", chance_below(12));
	else if (f->kind == FIELD_PHONE)
		snprintf(typed, 64, "%s 917 000-00-%02d", WORDS("+7", "8"), chance_below(20));
	else if (f->kind == FIELD_EMAIL)
		snprintf(typed, 64, "%s%d@example.org", WORDS("a", "A"), chance_below(9));
	else if (f->kind == FIELD_CHOICE)
		snprintf(typed, 64, "%s", some_choice(f->choices));
	else if (f->kind == FIELD_MUNICIPALITY)
		snprintf(typed, 64, "%s", WORDS(BURAEVO, BELEBEY));
	else
		snprintf(typed, 64, "в%d", chance_in(7) ? 0 : chance_below(1000000000));
}

static int set_one(struct store *s, struct record *r, int field, struct err *e)
{
	char typed[64];

	type_value(s, &r->type->fields[field], typed);
	return record_set(s, r, r->type->fields[field].name, typed, e);
}

/* What must be said is said; the rest as it comes. */
static int make(struct store *s, const struct record_type *t, struct err *e)
{
	struct record r;
	int result = record_new(s, &r, t, e);

	if (result != 0)
		return -1;
	for (int i = 0; i < t->count && result == 0; i++)
		if ((t->fields[i].required && *r.value[i] == '\0') || chance_in(3))
			result = set_one(s, &r, i, e);
	result = result == 0 ? record_save(s, &r, e) : -1;
	record_release(&r);
	return result;
}

static int change(struct store *s, const struct record_type *t, const char *id, struct err *e)
{
	struct record r;
	int result = record_load(s, &r, t, id, e);

	if (result != 0)
		return -1;
	for (int i = 1 + chance_below(3); i > 0 && result == 0; i--)
		result = set_one(s, &r, chance_below(t->count), e);
	result = result == 0 ? record_save(s, &r, e) : -1;
	record_release(&r);
	return result;
}

int deed_edit(struct store *s, struct err *e)
{
	const struct record_type *t = some_type();
	char id[RECORD_ID_SIZE];
	int what = chance_below(10);

	if (what < 4)
		return make(s, t, e);
	if (!some_record(s, t, id))
		return 0;
	return what == 4 ? record_remove(s, t, id, e) : change(s, t, id, e);
}

int deed_link(struct store *s, struct err *e)
{
	char a[RECORD_ID_SIZE], b[RECORD_ID_SIZE], pair[RECORD_ID_SIZE];
	bool still;

	if (!some_record(s, &person_type, a) || !world_any(s, "person", "deleted = 0", b))
		return 0;
	switch (chance_below(4)) {
	case 0:
		/* A pair that there is. */
		if (!world_any(s, "person_link", "deleted = 0", pair) || strchr(pair, '/') == NULL)
			return 0;
		snprintf(b, sizeof b, "%s", strchr(pair, '/') + 1);
		*strchr(pair, '/') = '\0';
		return person_part(s, pair, b, &still, e);
	case 1:
		return person_distinct(s, a, b, e);
	default:
		return person_join(s, a, b, e);
	}
}

int deed_erase(struct store *s, struct err *e)
{
	char id[RECORD_ID_SIZE];
	struct record r;
	int result;

	if (!world_any(s, "person", "1", id) || record_new(s, &r, &erasure_type, e) != 0)
		return -1;
	result = record_set(s, &r, "person", id, e) == 0 ? record_save(s, &r, e) : -1;
	record_release(&r);
	return result;
}

int deed_decide(struct store *s, struct err *e)
{
	char id[RECORD_ID_SIZE];

	return world_any(s, "deletion_hold", "1", id) ? deletion_hold_decide(s, id, chance_in(2), e) : 0;
}
