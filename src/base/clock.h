/* clock: wall time, and the hybrid logical clock that orders edits (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * A stamp is 64 bits: 48 of milliseconds since 1970, 16 of a counter. Wall time decides nothing but where a stamp starts; two
 * stamps of one device are never equal, and a later edit of one device always has the greater stamp, even when its wall clock went
 * back. Who persists the last stamp is the journal. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_wall_ms(void);		/* Unix time, as a person corrected it (clock_keep) */
int64_t clock_computer_ms(void);	/* Unix time as the computer has it; what clock_set() said in tests */
void clock_set(int64_t ms);		/* tests: freezes the computer's time; 0 thaws it */

/* A person's word for the time holds until the computer starts anew, whatever happens to its clock meanwhile: it is kept as the difference to the
 * time since the start, which goes on while the computer sleeps and cannot be set. */
int64_t clock_boot_ms(void);		/* since the start; where the computer's time is frozen, that */
int64_t clock_boot(void);		/* a number of this start, never 0 */
void clock_reboot(void);		/* tests: as if the computer had been started anew */
void clock_keep(int64_t base);		/* wall time is base + clock_boot_ms(); 0: the computer's. Programs say so, which have one store */

int64_t clock_cpu_us(void);		/* CPU time of this process, for the bench */
int64_t clock_monotonic_ms(void);

/* The stamp after `last` at wall time `ms`. */
uint64_t clock_next(uint64_t last, int64_t ms);

static inline int64_t clock_ms(uint64_t stamp) { return (int64_t)(stamp >> 16); }

#endif
