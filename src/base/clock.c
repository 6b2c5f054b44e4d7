#include "base/clock.h"

#include <fcntl.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#define STAMP_MS_MAX ((INT64_C(1) << 48) - 1)

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

static int64_t frozen_ms, kept_base, boot, boots;

static int64_t read_clock(clockid_t which, int64_t units_per_second)
{
	struct timespec t;

	if (clock_gettime(which, &t) != 0)
		return 0;
	return (int64_t)t.tv_sec * units_per_second + t.tv_nsec / (1000000000 / units_per_second);
}

int64_t clock_computer_ms(void)
{
	return frozen_ms != 0 ? frozen_ms : read_clock(CLOCK_REALTIME, 1000);
}

int64_t clock_wall_ms(void)
{
	return kept_base != 0 ? kept_base + clock_boot_ms() : clock_computer_ms();
}

int64_t clock_boot_ms(void)
{
	return frozen_ms != 0 ? frozen_ms : read_clock(CLOCK_BOOTTIME, 1000);
}

/* FNV-1a of the kernel's word for this start. */
static int64_t read_boot(void)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	int fd = open(BOOT_ID, O_RDONLY | O_CLOEXEC);
	char id[64];
	ssize_t n = fd >= 0 ? read(fd, id, sizeof id) : 0;

	if (fd >= 0)
		close(fd);
	for (ssize_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)id[i]) * UINT64_C(1099511628211);
	return (int64_t)(hash >> 2 | 1);
}

int64_t clock_boot(void)
{
	if (boot == 0)
		boot = read_boot();
	return boot + boots;
}

void clock_reboot(void)
{
	boots += 1;
}

void clock_keep(int64_t base)
{
	kept_base = base;
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
