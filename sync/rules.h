/* rules: who may write what, as one table of role, table and kind of operation. What a rule means for a given
 * operation is judged in rights.h. */
#ifndef SYNC_RULES_H
#define SYNC_RULES_H

#include <stdbool.h>

enum rule {
	RULE_NO,		/* never */
	RULE_ANY,		/* always: the hub's wish is to learn of it */
	RULE_ALL,		/* always, by the right of the role */
	RULE_HELD,		/* a record that its author held at the position, or that the same person's devices created */
	RULE_OWN,		/* the same, held by a right of the author's person: own mentorships */
	RULE_PARTS,		/* both records that the id is made of are held */
	RULE_PLACE,		/* a seminar in the author's municipality, or led or mentored by the author */
	RULE_LED,		/* a seminar led or mentored by the author, or led by a mentee */
	RULE_MENTOR,		/* a mentorship with the author as mentor of somebody whom the author holds */
	RULE_TALK,		/* a consultation of the author's with somebody whom the author holds, or by a mentor with the author; an edit: of a held one,
				 * and whom it sets as mentor or mentee is held */
	RULE_PERSON,		/* a consent of somebody whom the author holds; an edit: of a held one */
	RULE_STAFF,		/* who else led a seminar that the author holds */
	RULE_APPLY,		/* an application of the author's or of somebody whom the author holds, undecided; an edit: of an own one */
	RULE_SCORE,		/* a score of the author's, in an application of a call that the author judges and that is not closed */
	RULE_STORY,		/* a text of the author's that is not accepted; its order and what is said of it in the office are not the author's */
	RULE_ENTRY,		/* an entry in the directory of the author's or of somebody whom the author holds; an edit: of an own one */
	RULE_HOLD,		/* the answer to a question that the hub asked and nobody answered yet (hold.h) */
	RULE_ASK		/* a question of the author's without an answer; an edit: the answer by whom it asks, all else by who asked */
};

enum rule_role { ROLE_CONSULTANT, ROLE_EXPERT, ROLE_COORDINATOR, ROLE_COUNT };

/* -1 for a word that is no role of a device. */
int rule_role(const char *role);

/* RULE_NO for a table or a kind that is not in the table. kind: enum operation_kind. */
enum rule rule_for(enum rule_role role, const char *table, int kind);
/* Whether the table is one that this program judges at all. */
bool rule_knows(const char *table);

#endif
