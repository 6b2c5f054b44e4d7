/* The words of the exchange over a line: one spelling each, limits, and anything else refused. */
#include <stdio.h>
#include <string.h>

#include "sync/wire.h"
#include "tests/unit/test.h"

#define ID "0123456789abcdef0123456789abcdef"
#define HASH ID ID

static const char *const good[] = {
	"livenet-exchange 1 " ID " " ID, "have 0 0 " HASH, "have 7 123456789012345678 " HASH, "part " HASH " 1", "send 1 " HASH " 67109888", "inline", "ask",
	"data 1 0 5", "end", "livenet-hub 1", "want 3 4096", "go", "busy 12", "work 3", "result 3 taken -", "result 4 refused because of that", "offer 0 0",
	"bundle 9 " HASH " 100 50", "done", "error busy -", "error failed some  words ",
};

static void test_good(void)
{
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct wire_line l;
		struct buf again = BUF_INIT;

		if (!CHECK_INT(wire_read(&l, good[i], strlen(good[i])), 0))
			test_note("%s", good[i]);
		wire_write(&l, &again);
		buf_cut(&again, again.len - 1);
		if (!CHECK(strcmp(again.data, good[i]) == 0))
			test_note("%s became %s", good[i], again.data);
		buf_release(&again);
	}
}

static void test_bad(void)
{
	static const char *const bad[] = {
		"", " ", "livenet-exchange 2 " ID " " ID, "livenet-exchange 1 " ID, "livenet-exchange 1 " ID " " ID " ", "livenet-exchange  1 " ID " " ID,
		"livenet-exchange 1 " ID "0 " ID, "LIVENET-HUB 1", "livenet-hub 10", "have 0 0", "have -1 0 " HASH, "have 00 0 " HASH, "have 0 01 " HASH,
		"have +1 0 " HASH, "have 0x1 0 " HASH, "have 1 1 " ID, "have 1 1 " HASH "\r", "part " HASH " 1234567890123456789", "part " HASH " ", "send  1 " HASH " 1",
		"send 1 " HASH " 1 ", "data 1 0", "data 1 0 5 6", "end ", "end of it", "go\t", "busy", "busy 1e3", "result 3 Taken -", "result 3 taken", "result 3 taken ",
		"error busy", "error averyverylongword -", "error busy \x1b[2J", "error busy \xd0\xb0", "bundle 9 ABCDEF" ID " 100 50", "nonsense", "want 3",
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct wire_line l;

		if (!CHECK_INT(wire_read(&l, bad[i], strlen(bad[i])), -1))
			test_note("%s", bad[i]);
	}
}

/* Whatever is read is what would be written: there is no second spelling. */
static void test_mutations(void)
{
	int taken = 0;

	for (int n = 0; n < 40000; n++) {
		char line[WIRE_LINE_MAX];
		const char *from = good[test_random() % (sizeof good / sizeof good[0])];
		size_t len = strlen(from);
		struct wire_line l;
		struct buf again = BUF_INIT;

		memcpy(line, from, len);
		for (unsigned int k = test_random() % 3; k <= 2; k++)
			line[test_random() % len] = (char)(test_random() % 4 == 0 ? test_random() % 256 : 0x20 + test_random() % 0x5f);
		if (test_random() % 4 == 0)
			len -= test_random() % len;
		if (wire_read(&l, line, len) == 0) {
			wire_write(&l, &again);
			if (!CHECK(again.len == len + 1 && memcmp(again.data, line, len) == 0))
				test_note("%.*s", (int)len, line);
			taken++;
		}
		buf_release(&again);
	}
	CHECK(taken > 100);
	test_note("%d of 40000 were words", taken);
}

/* In whatever pieces it comes. */
static void test_stream(void)
{
	static const char stream[] = "livenet-hub 1\nbundle 1 " HASH " 5 0\na\nb\ncdone\n";

	for (size_t step = 1; step < sizeof stream; step++) {
		struct wire w = { BUF_INIT, 0 };
		struct wire_line l;
		struct buf raw = BUF_INIT;
		size_t at = 0, words = 0;
		const char *data;

		while (words < 3) {
			bool in_raw = words == 2 && raw.len < 5;
			size_t n = in_raw ? wire_raw(&w, 5 - raw.len, &data) : 0;
			int found = in_raw ? 0 : wire_next(&w, &l);

			CHECK(found >= 0);
			words += found == 1;
			buf_add(&raw, n > 0 ? data : "", n);
			if (n > 0 || found == 1)
				continue;
			if (!CHECK(at < sizeof stream - 1))
				break;
			n = sizeof stream - 1 - at < step ? sizeof stream - 1 - at : step;
			buf_add(&w.held, stream + at, n);
			at += n;
		}
		CHECK_STR(raw.data, "a\nb\nc");
		CHECK_INT(l.kind, WIRE_DONE);
		CHECK_INT(wire_left(&w), 0);
		buf_release(&raw);
		wire_release(&w);
	}
}

/* A line without an end is given up at its limit, not gathered. */
static void test_endless(void)
{
	struct wire w = { BUF_INIT, 0 };
	struct wire_line l;

	for (int i = 0; i <= WIRE_LINE_MAX; i++) {
		CHECK_INT(wire_next(&w, &l), 0);
		buf_addc(&w.held, 'a');
	}
	CHECK_INT(wire_next(&w, &l), -1);
	wire_release(&w);
}

/* What another machine said never carries an escape. */
static void test_text(void)
{
	struct wire_line l = { .kind = WIRE_ERROR, .word = "failed" };
	struct buf out = BUF_INIT;

	strcpy(l.text, "a\x1b[31mb\nc\xd0\xb0");
	wire_write(&l, &out);
	CHECK_STR(out.data, "error failed a?[31mb?c??\n");
	buf_release(&out);
}

static const struct test tests[] = {
	TEST(test_good), TEST(test_bad), TEST(test_mutations), TEST(test_stream), TEST(test_endless), TEST(test_text), TEST_END
};

int main(int argc, char **argv)
{
	return test_main(argc, argv, tests);
}
