/* demonstration_stages: the other stages of the programme in the demonstration region: the selection with its scores and decisions, the course in two groups, the
 * texts of the collection, the directory and a question. */
#ifndef COMMANDS_DEMONSTRATION_STAGES_H
#define COMMANDS_DEMONSTRATION_STAGES_H

#include "commands/demonstration.h"
#include "commands/demonstration_names.h"

/* Of these people, whose ids are given; expert[0] is the one with a device of her own, as is `own` of the consultants. In the transaction that is open. */
struct example_people { const char (*expert)[RECORD_ID_SIZE], (*consultant)[RECORD_ID_SIZE]; int experts, consultants; const char *own; };
int example_stages(struct store *s, struct example_random *random, const struct example_people *p, struct err *e);

#endif
