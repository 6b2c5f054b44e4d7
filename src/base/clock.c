#include "base/clock.h"

#include <time.h>

#define STAMP_MS_MAX ((INT64_C(1) << 48) - 1)

static int64_t frozen_ms;

static int64_t read_clock(clockid_t which, int64_t units_per_second)
{
	struct timespec t;

	if (clock_gettime(which, &t) != 0)
		return 0;
	return (int64_t)t.tv_sec * units_per_second + t.tv_nsec / (1000000000 / units_per_second);
}

int64_t clock_wall_ms(void)
{
	return frozen_ms != 0 ? frozen_ms : read_clock(CLOCK_REALTIME, 1000);
}

void clock_set(int64_t ms)
{
	frozen_ms = ms;
}

int64_t clock_cpu_us(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID, 1000000);
}

int64_t clock_monotonic_ms(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000);
}

/* last + 1 carries a full counter into the milliseconds, which keeps stamps growing at any rate of edits. */
uint64_t clock_next(uint64_t last, int64_t ms)
{
	uint64_t now;

	if (ms < 0)
		ms = 0;
	if (ms > STAMP_MS_MAX)
		ms = STAMP_MS_MAX;
	now = (uint64_t)ms << 16;
	if (now > last)
		return now;
	return last < UINT64_MAX ? last + 1 : last;
}
