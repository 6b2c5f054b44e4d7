#include "base/buf.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test.h"

static void empty_reads_as_a_string(void)
{
	struct buf b = BUF_INIT;
	char *p;

	CHECK_STR(b.data, "");
	buf_reset(&b);
	buf_cut(&b, 0);
	buf_drop(&b, 0);
	buf_add(&b, NULL, 0);
	buf_adds(&b, "");
	CHECK_INT(b.cap, 0);
	p = buf_detach(&b);
	CHECK_STR(p, "");
	free(p);
	buf_release(&b);
	buf_release(&b);
	CHECK_STR(buf_empty, "");
}

static void adding(void)
{
	struct buf b = BUF_INIT;

	buf_adds(&b, "ab");
	buf_addc(&b, 'c');
	buf_add(&b, "\0d", 2);
	CHECK_MEM(b.data, b.len + 1, "abc\0d", 6);
	buf_reset(&b);
	CHECK_STR(b.data, "");
	CHECK(b.cap > 0);
	buf_addf(&b, "%s-%d", "k3x9q2mv", 12);
	CHECK_STR(b.data, "k3x9q2mv-12");
	buf_cut(&b, 8);
	CHECK_STR(b.data, "k3x9q2mv");
	buf_drop(&b, 3);
	CHECK_STR(b.data, "9q2mv");
	buf_drop(&b, 5);
	CHECK_STR(b.data, "");
	buf_release(&b);
	CHECK_INT(b.cap, 0);
}

static void formatted_at_every_length(void)
{
	char text[400];
	struct buf b = BUF_INIT;

	for (size_t n = 0; n < sizeof text; n++) {
		memset(text, 'x', n);
		text[n] = '\0';
		buf_release(&b);
		buf_addf(&b, "%s", text);
		CHECK_INT(b.len, n);
		CHECK_STR(b.data, text);
		buf_addf(&b, "%s", text);
		CHECK_INT(b.len, 2 * n);
		CHECK(b.data[b.len] == '\0');
	}
	buf_release(&b);
}

static void numbers(void)
{
	static const long long some[] = { 0, 1, -1, 9, 10, -10, 99, 100, 12345, LLONG_MAX, LLONG_MIN,
		LLONG_MIN + 1 };
	struct buf b = BUF_INIT;
	char want[32];

	for (size_t i = 0; i < sizeof some / sizeof *some + 2000; i++) {
		long long n = i < sizeof some / sizeof *some ? some[i] : (long long)(test_random() >> (test_random() % 64));

		if (i % 2 == 1 && n != LLONG_MIN)
			n = -n;
		buf_reset(&b);
		buf_addi(&b, n);
		snprintf(want, sizeof want, "%lld", n);
		CHECK_STR(b.data, want);
	}
	buf_release(&b);
}

static void reserved_room_is_written_into(void)
{
	struct buf b = BUF_INIT;
	const char *data;

	buf_reserve(&b, 1000);
	data = b.data;
	memset(b.data, 'y', 1000);
	buf_grown(&b, 1000);
	CHECK_INT(b.len, 1000);
	CHECK(b.data == data && b.data[1000] == '\0');
	buf_release(&b);
	buf_grown(&b, 0);
	CHECK_STR(b.data, "");
}

static void detached_is_the_callers(void)
{
	struct buf b = BUF_INIT;
	char *p;

	buf_adds(&b, "mine");
	p = buf_detach(&b);
	buf_adds(&b, "yours");
	CHECK_STR(p, "mine");
	CHECK_STR(b.data, "yours");
	free(p);
	buf_release(&b);
}

/* A random walk of all operations beside a plain array. */
static void random_walk(void)
{
	char model[20000], piece[300];
	size_t len = 0;
	struct buf b = BUF_INIT;

	for (int step = 0; step < 20000; step++) {
		size_t n = test_random() % sizeof piece;

		switch (test_random() % 5) {
		case 0: case 1:
			for (size_t i = 0; i < n; i++)
				piece[i] = (char)test_random();
			if (len + n <= sizeof model) {
				memcpy(model + len, piece, n);
				len += n;
				buf_add(&b, piece, n);
			}
			break;
		case 2:
			if (len < sizeof model) {
				model[len++] = (char)n;
				buf_addc(&b, (char)n);
			}
			break;
		case 3:
			n = n < len ? n : len;
			memmove(model, model + n, len - n);
			len -= n;
			buf_drop(&b, n);
			break;
		default:
			len -= n < len ? n : len;
			buf_cut(&b, len);
		}
		if (b.len != len || memcmp(b.data, model, len) != 0 || b.data[len] != '\0') {
			CHECK(!"the buffer holds what the model holds");
			break;
		}
	}
	buf_release(&b);
}

static const struct test tests[] = {
	TEST(empty_reads_as_a_string), TEST(adding), TEST(formatted_at_every_length), TEST(numbers),
	TEST(reserved_room_is_written_into), TEST(detached_is_the_callers), TEST(random_walk), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
