/* consent: a person's consent to the use of personal data, a document of its own for each purpose. It is valid until it is withdrawn (or its record
 * removed), or another one to the same purpose is on a later day; who withdraws is to be erased. It names the version of the text that was in force on its day (template.h), so that what was signed can be read again. */
#ifndef RECORDS_CONSENT_H
#define RECORDS_CONSENT_H

#include "records/joined.h"
#include "records/record.h"

#define CONSENT_PARTICIPATION "participation"	/* the purpose that a seminar's sheet asks for */
#define CONSENT_PUBLICATION "publication"	/* a story or a photograph: the book */
#define CONSENT_DIRECTORY "directory"

extern const struct choice consent_purposes[];	/* participation publication directory */
extern const struct choice consent_forms[];	/* paper electronic */

/* SQL: whether the person of the expression has a valid consent for the purpose. A withdrawal takes back all that was signed for the purpose before its day: two devices may
 * have written down one paper each. Of joined cards one on any is the person's (joined.h). Ranges of an
 * index. */
#define CONSENT_VALID(c) c ".deleted = 0 AND coalesce(" c ".withdrawn, '') = '' AND NOT EXISTS (SELECT 1 FROM consent gone WHERE gone.person = " c ".person" \
	" AND gone.purpose = " c ".purpose AND gone.deleted = 0 AND gone.withdrawn > " c ".date)" \
	" AND NOT EXISTS (SELECT 1 " JOINED_OTHERS(c ".person", "consent") " AND jo.person = jn.id AND jo.purpose = " c ".purpose AND jo.deleted = 0 AND jo.withdrawn > " c ".date)"
#define CONSENT_EXISTS(person_, purpose_) "(EXISTS (SELECT 1 FROM consent WHERE consent.person = " person_ \
	" AND consent.purpose = " purpose_ " AND " CONSENT_VALID("consent") ")" \
	" OR EXISTS (SELECT 1 FROM joined js CROSS JOIN joined jt ON jt.shown = js.shown AND jt.id <> js.id CROSS JOIN consent ON consent.person = jt.id" \
	" WHERE js.id = " person_ " AND consent.purpose = " purpose_ " AND " CONSENT_VALID("consent") "))"

/* Writes down for each of these people (ids) that a paper was signed on a day (as typed; NULL or "": today), in one transaction: all of them or none. Who has a
 * valid consent for the purpose keeps it. `purpose`: a code or a word for one. */
int consent_sign(struct store *s, const char *const *persons, int count, const char *purpose, const char *date, struct err *e);

int consent_valid(struct store *s, const char *person, const char *purpose, bool *valid, struct err *e);

/* How a person stands to a purpose: the valid consent, else the one that was withdrawn last. */
struct consent_standing { bool any, valid; char date[16], withdrawn[16], form[32], version[64]; };
int consent_standing(struct store *s, const char *person, const char *purpose, struct consent_standing *out, struct err *e);

/* --- the gate: whose personal data may leave in an export, a letter, the directory or the book --- */

/* One paper or file that is being made. Of who has no valid consent for the purpose everything personal stays here; the id and the counts go. Whoever makes it asks
 * the gate for each person and says at the end whom it kept back. Of somebody whose card is not held here the consent is not known, so the name stays too;
 * but an entry of the directory came with one. */
struct consent_gate {
	struct store *store;
	const char *purpose;			/* a literal */
	char (*withheld)[RECORD_ID_SIZE];	/* each once, sorted */
	int count, room;
	char last[RECORD_ID_SIZE];		/* the answer given last: rows about one person follow each other */
	bool last_allowed;
	bool let_out;				/* somebody's personal data did leave */
};
void consent_gate_open(struct consent_gate *g, struct store *s, const char *purpose);
void consent_gate_close(struct consent_gate *g);

/* Whether this person (id; "" is nobody, and allowed) may leave; who may not is remembered. */
int consent_gate_allows(struct consent_gate *g, const char *person, bool *allowed, struct err *e);

/* «Без согласия (участие), поэтому без личных данных: 2 — Ахметов И. З., Валеева З. М.», at most `most` names (0: all) and how many more; nothing where nobody was
 * kept back. Without a full stop. */
void consent_gate_words(const struct consent_gate *g, int most, struct buf *out);

/* Whether a field of a record may leave. A text that says something of people (consent_rule) needs the consent of the person itself, else of everybody whom the
 * record refers to. A reference to a person is asked about by that person alone: its name goes or stays. */
int consent_gate_field(struct consent_gate *g, const struct record *r, int field, bool *allowed, struct err *e);

/* Of each text (also telephones and e-mails) of each type of record there is a rule; one without stays like a closed one. */
enum consent_rule { CONSENT_UNRULED, CONSENT_OPEN, CONSENT_CLOSED };
enum consent_rule consent_rule(const struct record_type *t, const char *field);

#endif
