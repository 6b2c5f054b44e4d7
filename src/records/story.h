/* story: a text of the collection: a personal story, an achievement, advice, a practice that others can take over. Its author writes and submits it; a
 * coordinator edits, accepts and puts it in order. Only accepted texts become the book, and accepted practices reach every device.
 *
 * Who is no coordinator (person_coordinates) sets neither the states edited and accepted nor section, position and note, and leaves an accepted text as it
 * is. The hub judges the same by its roster. */
#ifndef RECORDS_STORY_H
#define RECORDS_STORY_H

#include "records/record.h"

/* Three hundred pages. A character takes four bytes at most, so that a text is half of what the journal takes in one operation (store/body.h). */
#define STORY_BODY_MAX 100000

#define STORY_DRAFT "draft"
#define STORY_SUBMITTED "submitted"
#define STORY_EDITED "edited"
#define STORY_ACCEPTED "accepted"

extern const struct choice story_kinds[];	/* story achievement advice practice */
extern const struct choice story_states[];	/* draft submitted edited accepted */

/* SQL: what puts the row `r` in the book's order: sections by the least position in them, then by name; in a section by position, then by title. What has no section comes
 * last, and so does in its section what has no position. */
#define STORY_PLACE(r) "(CASE WHEN coalesce(" r ".section, '') = '' THEN NULL ELSE " \
	"printf('%09d', coalesce((SELECT min(i.position) FROM story i WHERE i.section = " r ".section AND i.programme = " r ".programme" \
	" AND i.deleted = 0), 999999999)) || sort_key(" r ".section) || ' ' || printf('%09d', coalesce(" r ".position, 999999999)) || sort_key(" r ".title) END)"
#define STORY_ORDER(r) STORY_PLACE(r) " IS NULL, " STORY_PLACE(r) ", coalesce(" r ".position, 999999999), sort_key(" r ".title), " r ".id"

/* Sets the state: STORY_SUBMITTED, STORY_ACCEPTED … */
int story_state(struct store *s, const char *id, const char *state, struct err *e);

/* One place earlier (-1) or later (1) among the texts of its section; the others keep their order. *moved false: there is none that way. */
int story_shift(struct store *s, const char *id, int by, bool *moved, struct err *e);

#endif
