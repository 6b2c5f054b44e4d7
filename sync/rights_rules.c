/* What the rules of rules.h mean for an operation: NULL, or the code of a refusal. */
#include "sync/rights_private.h"

#include <string.h>

#include "records/joined.h"
#include "store/dictionary.h"

/* A value that the operation brings: an insert names every column, most of them empty. */
static bool brings(const struct rights *r, bool insert, const char *column)
{
	return insert ? *op_field(&r->fields, column) != '\0' : op_sets(&r->fields, column);
}

static bool brings_any(const struct rights *r, bool insert, const char *const *columns)
{
	for (; *columns != NULL; columns++)
		if (brings(r, insert, *columns))
			return true;
	return false;
}

#define COLUMNS(...) (const char *const[]){ __VA_ARGS__, NULL }

static bool holds_person(struct rights *r, const char *column)
{
	const char *id = op_field(&r->fields, column);

	return rights_is_me(r, id) || (*id != '\0' && rights_held(r, "person", id, strlen(id), false));
}

/* --- seminars, mentorships, talks, consents --- */

/* A seminar that is inserted: led or mentored by the author, or led by a mentee of the author's. */
static bool led(struct rights *r)
{
	const char *lead = op_field(&r->fields, "lead");

	return rights_is_me(r, lead) || rights_is_me(r, op_field(&r->fields, "mentor")) ||
	    (r->role == ROLE_EXPERT && *lead != '\0' && rights_entered(r, dictionary_table(r->j, "person"), lead, strlen(lead),
	    true));
}

/* The device's municipality, what it became part of, or what became part of it. */
static bool is_own_place(struct rights *r, const char *place)
{
	sqlite3_stmt *st;

	if (strcmp(place, r->peer.municipality) == 0)
		return true;
	st = store_prepare(r->s, "SELECT 1 FROM municipality WHERE (code = ?1 AND successor = ?2) OR (code = ?2 AND successor = ?1)", r->e);
	if (st != NULL) {
		store_bind_text(st, 1, place);
		store_bind_text(st, 2, r->peer.municipality);
	}
	return rights_ask(r, st);
}

static bool in_place(struct rights *r)
{
	const char *place = op_field(&r->fields, "municipality");

	return (*place != '\0' && is_own_place(r, place)) || led(r);
}

static const char *judge_mentorship(struct rights *r, bool insert)
{
	if ((insert || op_sets(&r->fields, "mentor")) && !rights_is_me(r, op_field(&r->fields, "mentor")))
		return "role";
	if ((insert || op_sets(&r->fields, "mentee")) && !holds_person(r, "mentee"))
		return "scope";
	return NULL;
}

/* A contact with an administration has no mentee. */
static bool without_mentee(struct rights *r, const struct operation *op)
{
	if (*op_field(&r->fields, "mentee") != '\0')
		return false;
	if (strcmp(op_field(&r->fields, "kind"), "administration") == 0)
		return true;
	return op->kind == OPERATION_UPDATE && !op_sets(&r->fields, "kind") &&
	    rights_ask_of(r, "SELECT 1 FROM consultation WHERE id = ?1 AND kind = 'administration'", op->pk, op->pk_len);
}

static const char *judge_talk(struct rights *r, const struct operation *op, bool insert)
{
	bool mine = rights_is_me(r, op_field(&r->fields, "mentor"));

	if (insert && !mine && !rights_is_me(r, op_field(&r->fields, "mentee")))
		return "role";
	/* Who comes to a mentor knows of that person by name at least, which judge_references() sees to. */
	if ((insert ? mine : op_sets(&r->fields, "mentee")) && !holds_person(r, "mentee") && !without_mentee(r, op))
		return "scope";
	return insert || !op_sets(&r->fields, "mentor") || holds_person(r, "mentor") ? NULL : "scope";
}

static const char *judge_consent(struct rights *r, bool insert)
{
	return (!insert && !op_sets(&r->fields, "person")) || holds_person(r, "person") ? NULL : "scope";
}

/* Who stands beside the lead is named, which judge_references() sees to. */
static bool holds_seminar(struct rights *r)
{
	const char *seminar = op_field(&r->fields, "seminar");

	return *seminar != '\0' && rights_held(r, "seminar", seminar, strlen(seminar), false);
}

/* --- selection --- */

static const char *judge_application(struct rights *r, bool insert)
{
	if (brings_any(r, insert, COLUMNS("decision", "decided", "reason")))
		return "role";
	return (!insert && !op_sets(&r->fields, "person")) || holds_person(r, "person") ? NULL : "scope";
}

/* The id says which application and whose score: application/criterion/judge. */
static const char *judge_score(struct rights *r, const struct operation *op)
{
	const char *slash = memchr(op->pk, '/', op->pk_len);
	size_t me = strlen(r->peer.person), len = slash != NULL ? (size_t)(slash - op->pk) : 0;

	if (slash == NULL)
		return "form";
	if (me == 0 || op->pk_len <= me || op->pk[op->pk_len - me - 1] != '/' ||
	    memcmp(op->pk + op->pk_len - me, r->peer.person, me) != 0)
		return "role";
	if (!rights_ask_of(r, "SELECT 1 FROM application a JOIN judge j ON j.call = a.call AND j.person = ?2 AND j.deleted = 0"
	    " WHERE a.id = ?1 AND a.deleted = 0", op->pk, len))
		return "scope";
	return rights_ask_of(r, "SELECT 1 FROM application a JOIN call c ON c.id = a.call WHERE a.id = ?1 AND c.state = 'closed'", op->pk, len)
	    ? "closed" : NULL;
}

/* --- the collection, the directory, questions --- */

static const char *judge_story(struct rights *r, const struct operation *op, bool insert)
{
	const char *state = op_field(&r->fields, "state");

	if ((insert || op_sets(&r->fields, "author")) && !rights_is_me(r, op_field(&r->fields, "author")))
		return "role";
	if (brings_any(r, insert, COLUMNS("section", "position", "note")) ||
	    (brings(r, insert, "state") && strcmp(state, "draft") != 0 && strcmp(state, "submitted") != 0))
		return "role";
	return !insert && rights_ask_of(r, "SELECT 1 FROM story WHERE id = ?1 AND state = 'accepted'", op->pk, op->pk_len) ? "closed" : NULL;
}

static const char *judge_answer(struct rights *r, const struct operation *op)
{
	const char *by = op_field(&r->fields, "answered_by");

	if (*by != '\0' && !rights_is_me(r, by))
		return "role";
	return rights_ask_of(r, "SELECT 1 FROM question WHERE id = ?1 AND expert = ?2", op->pk, op->pk_len) ? NULL : "role";
}

static const char *judge_question(struct rights *r, const struct operation *op, bool insert)
{
	static const char *const answer[] = { "answer", "answered", "answered_by", NULL };
	static const char *const asked[] = { "deleted", "programme", "author", "expert", "topic", "body", "date", NULL };

	if ((insert || op_sets(&r->fields, "author")) && !rights_is_me(r, op_field(&r->fields, "author")))
		return "role";
	if (insert)
		return brings_any(r, true, answer) ? "role" : *op_field(&r->fields, "expert") == '\0' ? "scope" : NULL;
	if (brings_any(r, false, asked) && !rights_ask_of(r, "SELECT 1 FROM question WHERE id = ?1 AND author = ?2", op->pk, op->pk_len))
		return "role";
	return brings_any(r, false, answer) ? judge_answer(r, op) : NULL;
}

/* --- cards of one person --- */

/* The author may link the two, and the id says which, the smaller first. An edit that may bring a link back is judged like a new one. */
static const char *judge_link(struct rights *r, const struct operation *op)
{
	char parts[2][RECORD_ID_SIZE] = { "", "" };
	const char *slash = memchr(op->pk, '/', op->pk_len);
	size_t len = slash != NULL ? (size_t)(slash - op->pk) : 0;
	sqlite3_stmt *st;

	if (len == 0 || op->pk_len >= RECORD_ID_SIZE)
		return "form";
	memcpy(parts[0], op->pk, len);
	memcpy(parts[1], slash + 1, op->pk_len - len - 1);
	if (op->kind == OPERATION_INSERT && strcmp(parts[0], parts[1]) >= 0)
		return "form";
	if (strcmp(op_field(&r->fields, "deleted"), "1") == 0 || (op_sets(&r->fields, "verdict") && strcmp(op_field(&r->fields, "verdict"), "same") != 0))
		return NULL;
	st = store_prepare(r->s, "SELECT 1 FROM (" JOINED_COUNT_OF_BOTH ") WHERE n > ?3", r->e);
	if (st != NULL) {
		store_bind_text(st, 1, parts[0]);
		store_bind_text(st, 2, parts[1]);
		sqlite3_bind_int(st, 3, JOINED_MOST);
	}
	return rights_ask(r, st) ? "joined" : NULL;
}

/* --- many deletions --- */

/* The answer and its day, once: the hub acts on it. */
static const char *judge_hold(struct rights *r, const struct operation *op)
{
	static const char *const answer[] = { "decision", "decided", NULL };
	const char *decision = op_field(&r->fields, "decision");

	for (int i = 0; i < r->fields.table->count; i++)
		if (r->fields.set[i] && strcmp(r->fields.table->columns[i].name, answer[0]) != 0 && strcmp(r->fields.table->columns[i].name, answer[1]) != 0)
			return "role";
	if (!op_sets(&r->fields, "decision") || (strcmp(decision, "yes") != 0 && strcmp(decision, "no") != 0))
		return "form";
	return rights_ask_of(r, "SELECT 1 FROM deletion_hold WHERE id = ?1 AND decision IS NULL", op->pk, op->pk_len) ? NULL : "closed";
}

/* --- all of them --- */

/* For the rules that ask for more than that the record is the author's. */
static const char *judge_held(struct rights *r, const struct table *t, const struct operation *op, bool own)
{
	return op->kind == OPERATION_INSERT || rights_held(r, t->name, op->pk, op->pk_len, own) ? NULL : "scope";
}

const char *rights_rule(struct rights *r, const struct table *t, const struct operation *op)
{
	enum rule rule = rule_for(r->role, t->name, op->kind);
	bool insert = op->kind == OPERATION_INSERT;
	const struct rights_made_of *made = rights_made_of(t->name);
	const char *reason;
	bool own = rule == RULE_OWN || rule == RULE_APPLY || rule == RULE_STORY || rule == RULE_ENTRY;

	if (rule == RULE_NO)
		return "role";
	if (strcmp(t->name, "person_link") == 0 && (reason = judge_link(r, op)) != NULL)
		return reason;
	if (rule == RULE_ANY || rule == RULE_ALL)
		return NULL;
	if (rule != RULE_SCORE && judge_held(r, t, op, own) != NULL)
		return "scope";
	switch (rule) {
	case RULE_PARTS:
		return made != NULL && rights_parts_held(r, made, op->pk, op->pk_len) ? NULL : "scope";
	case RULE_STAFF:
		return holds_seminar(r) ? NULL : "scope";
	case RULE_PLACE:
		return in_place(r) ? NULL : "scope";
	case RULE_LED:
		return led(r) ? NULL : "scope";
	case RULE_OWN:
	case RULE_MENTOR:
		return judge_mentorship(r, insert);
	case RULE_TALK:
		return judge_talk(r, op, insert);
	case RULE_PERSON:
	case RULE_ENTRY:
		return judge_consent(r, insert);
	case RULE_APPLY:
		return judge_application(r, insert);
	case RULE_SCORE:
		return judge_score(r, op);
	case RULE_STORY:
		return judge_story(r, op, insert);
	case RULE_ASK:
		return judge_question(r, op, insert);
	case RULE_HOLD:
		return judge_hold(r, op);
	case RULE_HELD:
	case RULE_ANY:
	case RULE_ALL:
	case RULE_NO:
		break;
	}
	return NULL;
}
