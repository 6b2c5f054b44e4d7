/* journal_clock: the wall time that stamps follow, and whether it can be believed.
 *
 * A computer whose battery is empty says 2010; one whose clock was set wrong may be years ahead, and then the hub takes none of its changes. So the
 * computer's time is compared with what the journal knows: the last stamp, the hub's last bundle, and what a person said. A person's word holds until the
 * computer starts anew (base/clock.h), since then its clock says something else again, right or wrong.
 *
 * The programs guard the clock: while it is in doubt no change is captured, and the person is asked. Without the guard (tests, tools) a stamp follows
 * whatever time it is given; it grows in any case. Reading, and exchanging what is there already, never need a date. */
#ifndef STORE_JOURNAL_CLOCK_H
#define STORE_JOURNAL_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "store/journal.h"

/* The hub takes stamps that are ahead of its own time by this much, and no more. */
#define CLOCK_AHEAD_MAX_MS DATE_DAY_MS

enum clock_doubt {
	CLOCK_FINE,
	CLOCK_BACK,		/* more than a day before the last known time, or before this program was made */
	CLOCK_AHEAD,		/* more than 90 days after it: perhaps nobody worked here for so long */
	CLOCK_REFUSED		/* the hub found it more than a day ahead */
};

int64_t journal_now_ms(const struct journal *j);

/* *known: the last time that is known of (0: none). */
enum clock_doubt journal_clock_doubt(const struct journal *j, int64_t *known);
/* 0; or -1, ERR_REFUSED, in one sentence that says what the clock says and what was known before. */
int journal_clock_check(const struct journal *j, struct err *e);

/* A person says that it is `ms` now. 0: the computer's own clock is right. In a transaction. */
int journal_clock_set(struct journal *j, int64_t ms, struct err *e);
/* The time of a bundle that the hub signed; the hub's word that a stamp was ahead, until such ones were given anew. In a transaction. */
int journal_clock_heard(struct journal *j, int64_t ms, struct err *e);
int journal_clock_refused(struct journal *j, bool refused, struct err *e);

/* From now on a change is refused while the clock is in doubt; and the whole program goes by this journal's time (clock_keep). */
void journal_clock_guard(struct journal *j);

#endif
