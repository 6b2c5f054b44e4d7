/* score: the points that one judge gives one application by one criterion, with a remark. Its id is made of the three, so that what was entered on two of a
 * judge's devices is one score.
 *
 * SECRECY. Until a call is closed each judge sees only the own scores, whatever the store holds (a coordinator's holds all). The rule is SCORE_VISIBLE, and all
 * that reads what a score says goes by it: the type's own statements (so lists, exports, cards and --json), the ranking, the history, the conflicts.
 * That a score is there is no secret: how far each judge has come is shown. */
#ifndef RECORDS_SCORE_H
#define RECORDS_SCORE_H

#include "records/link.h"

/* SQL: the score, a row `alias` of its table, may be seen by this device's person. */
#define SCORE_VISIBLE(alias) \
	"(" alias ".judge = (SELECT value FROM setting WHERE key = 'person') OR EXISTS (SELECT 1 FROM application visible_a" \
	" JOIN call visible_c ON visible_c.id = visible_a.call WHERE visible_a.id = " alias ".application AND visible_c.state = 'closed'))"

/* The same for one score by its id. What is not known is not visible. */
bool score_visible(struct store *s, const char *id);

/* Points as typed, "" for none yet, and a remark (NULL: as it is) of this device's person for one application: entered, changed, or, where both are empty, removed.
 * The only way in which screens and commands give points. In a call that has no judges yet a coordinator becomes the first (*named, may be NULL). */
int score_give(struct store *s, const char *application, const char *criterion, const char *points, const char *remark, bool *named, struct err *e);

/* The scores of an application that may be seen, by criterion and judge. name: the criterion; code: the points; other: the judge; date: not a day here but the
 * remark. */
#define APPLICATION_SCORES_MOST 500
link_list application_scores;

/* The own scores of an application, a line for each criterion of its call, in their order. */
struct score_line {
	char criterion[RECORD_ID_SIZE];
	char *title, *note, *remark;
	int64_t weight, maximum;
	int64_t points;			/* -1: none yet */
};
struct score_lines { struct score_line *line; int count; };
int score_lines(struct store *s, const char *application, struct score_lines *out, struct err *e);
void score_lines_release(struct score_lines *lines);

#endif
