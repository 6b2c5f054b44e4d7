#include "base/clock.h"

#include "tests/unit/test.h"

static void wall_time_freezes(void)
{
	int64_t before = clock_wall_ms();

	CHECK(before > INT64_C(1577836800000));		/* 2020 */
	clock_set(1581670800000);
	CHECK_INT(clock_wall_ms(), 1581670800000);
	clock_set(0);
	CHECK(clock_wall_ms() >= before);
	CHECK(clock_monotonic_ms() <= clock_monotonic_ms());
	CHECK(clock_cpu_us() <= clock_cpu_us());
}

static void a_stamp_starts_at_wall_time(void)
{
	uint64_t s = clock_next(0, 1581670800000);

	CHECK_INT(clock_ms(s), 1581670800000);
	CHECK_INT(s & 0xFFFF, 0);
	CHECK(clock_next(s, 1581670800000) == s + 1);
	CHECK(clock_next(s + 5, 1581670800001) == (uint64_t)1581670800001 << 16);
}

static void wall_time_may_go_back(void)
{
	uint64_t s = clock_next(0, 2000000);

	CHECK(clock_next(s, 1000000) == s + 1);
	CHECK(clock_next(s, -5) == s + 1);
	CHECK(clock_next(0, -5) == 1);
}

static void a_full_counter_carries(void)
{
	uint64_t s = UINT64_C(1000) << 16 | 0xFFFF;

	CHECK_INT(clock_ms(clock_next(s, 1000)), 1001);
	CHECK(clock_next(s, 1000) > s);
}

static void wild_wall_times(void)
{
	CHECK_INT(clock_ms(clock_next(0, INT64_MAX)), (INT64_C(1) << 48) - 1);
	CHECK(clock_next(UINT64_MAX, 5) == UINT64_MAX);
}

static void always_grows(void)
{
	uint64_t last = 0;
	int64_t ms = 1581670800000;

	for (int i = 0; i < 100000; i++) {
		uint64_t s;

		ms += (int64_t)(test_random() % 7) - 3;
		s = clock_next(last, ms);
		if (s <= last || clock_ms(s) < ms) {
			CHECK(!"each stamp is greater than the last and not behind wall time");
			return;
		}
		last = s;
	}
}

static const struct test tests[] = {
	TEST(wall_time_freezes), TEST(a_stamp_starts_at_wall_time), TEST(wall_time_may_go_back),
	TEST(a_full_counter_carries),
	TEST(wild_wall_times), TEST(always_grows), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
