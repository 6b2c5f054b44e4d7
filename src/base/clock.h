/* clock: wall time, and the hybrid logical clock that orders edits (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * A stamp is 64 bits: 48 of milliseconds since 1970, 16 of a counter. Wall time decides nothing but where a stamp starts; two
 * stamps of one device are never equal, and a later edit of one device always has the greater stamp, even when its wall clock went
 * back. Who persists the last stamp is the journal. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_wall_ms(void);		/* Unix time; what clock_set() said in tests */
void clock_set(int64_t ms);		/* tests: freezes wall time; 0 thaws it */
int64_t clock_cpu_us(void);		/* CPU time of this process, for the bench */
int64_t clock_monotonic_ms(void);

/* The stamp after `last` at wall time `ms`. */
uint64_t clock_next(uint64_t last, int64_t ms);

static inline int64_t clock_ms(uint64_t stamp) { return (int64_t)(stamp >> 16); }

#endif
