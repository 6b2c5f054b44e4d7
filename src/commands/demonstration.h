/* demonstration: an example region to look around in and to learn on: a hub, a coordinator's store, a consultant's and an expert's, joined and synced
 * through a folder by the same calls that real ones use. Every store bears the setting "demonstration" and joins no real hub. */
#ifndef COMMANDS_DEMONSTRATION_H
#define COMMANDS_DEMONSTRATION_H

#include "base/err.h"
#include "records/record.h"
#include "store/store.h"

#define EXAMPLE_MUNICIPALITY "80618000"		/* Бураевский район: where the consultant works */

/* Saves one record of a type from "field", "value", … NULL; its id goes to `id`. */
int example_save(struct store *s, const struct record_type *t, char id[RECORD_ID_SIZE], const char *const *fields, struct err *e);
/* Changes fields of a record in the same way. */
int example_change(struct store *s, const struct record_type *t, const char *id, const char *const *fields, struct err *e);

/* What the coordinator of the region entered: the programme, consultants and experts, organisations, seminars of winter and spring 2020 with
 * their participants, consultations and consents, and the other stages of the programme. `expert` and `consultant` are the cards that the other two devices made of themselves. One transaction. */
int demonstration_region(struct store *s, const char *expert, const char *consultant, struct err *e);

/* What the consultant of one district entered: people, consultations, a seminar that was held and who signed there; and, apart, what no sync has carried yet: a planned one. */
int demonstration_consultant(struct store *s, const char *consultant, struct err *e);
int demonstration_unsent(struct store *s, const char *consultant, struct err *e);

#endif
