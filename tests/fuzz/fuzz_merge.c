/* fuzz_merge: what a bundle from a hostile device could bring, read by the dictionary and the merge: an input is the dictionary of a bundle, a line
 * feed, and lines of operations. Whatever comes, nothing crashes, and what was taken agrees with the journal's own check.
 *
 *     fuzz_merge [SEED [CASES]]       changes inputs of its own, by a seed that it prints; 5000 cases unless told
 * LLVMFuzzerTestOneInput takes one input, for libFuzzer: built with -fsanitize=fuzzer and -DFUZZER_MAIN. */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "tests/unit/replica.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct replica r;
static struct buf scratch;
static int64_t taken, refused;

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	abort();
}

static void merge_line(struct dictionary_map *map, int dev, int64_t seq, const char *line, size_t len)
{
	struct operation op = { 0 };
	enum merge_result result;
	struct err e = ERR_INIT;
	int64_t dhlc = 0;

	if (dictionary_translate(map, line, len, &op, &dhlc, &scratch, &e) == 0) {
		op.dev = dev;
		op.seq = seq;
		op.hlc = 1000 + (uint64_t)seq * 7 + (uint64_t)(dhlc & 15);
		if (merge_operation(r.j, &op, &result, &e) == 0) {
			taken++;
			return;
		}
	}
	refused++;
	if (e.code != ERR_DAMAGED)
		give_up(e.text, line);
}

/* Every line by itself, as if each stood in a bundle of its own: an operation that is refused leaves nothing. */
static void merge_lines(const char *p, const char *end)
{
	struct err e = ERR_INIT;
	const char *lf = memchr(p, '\n', (size_t)(end - p));
	size_t len = lf != NULL ? (size_t)(lf - p) : (size_t)(end - p);
	struct dictionary_map *map = dictionary_map_read(r.j, p, len, &e);
	int dev = journal_device(r.j, "bbbbbbbb", &e), other = journal_device(r.j, "cccccccc", &e);

	if (map == NULL) {
		refused++;
		return;
	}
	for (int64_t seq = 1; lf != NULL; seq++) {
		p = lf + 1;
		lf = memchr(p, '\n', (size_t)(end - p));
		sqlite3_exec(r.db, "SAVEPOINT line", NULL, NULL, NULL);
		len = (size_t)taken;
		merge_line(map, seq % 3 == 0 ? other : dev, seq, p, lf != NULL ? (size_t)(lf - p) : (size_t)(end - p));
		sqlite3_exec(r.db, len == (size_t)taken ? "ROLLBACK TO line; RELEASE line" : "RELEASE line", NULL, NULL, NULL);
	}
	dictionary_map_free(map);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = ERR_INIT;
	int64_t before = taken;

	if (r.db == NULL) {
		clock_set(1);
		buf_init(&scratch);
		if (!replica_open(&r, "aaaaaaaa"))
			give_up("open", "failed");
	}
	if (size == 0)
		return 0;
	sqlite3_exec(r.db, "BEGIN", NULL, NULL, NULL);
	merge_lines((const char *)data, (const char *)data + size);
	if (journal_before_commit(r.j, &e) != 0)		/* what was erased leaves the past at the end */
		give_up("commit", e.text);
	if (taken > before && journal_check(r.j, &e) != 0)	/* three quarters of the time: forty statements are made for each */
		give_up("check", e.text);
	sqlite3_exec(r.db, "ROLLBACK", NULL, NULL, NULL);
	journal_after_rollback(r.j);
	return 0;
}

#ifndef FUZZER_MAIN

static const char *const dictionaries[] = {
	("[[\"programme\",\"deleted\",\"title\",\"grant\"],[\"organisation\",\"deleted\",\"name\"],"
	    "[\"person\",\"deleted\",\"name\",\"phone\",\"email\",\"organisation\",\"post\",\"municipality\",\"note\"]]"),
	"[[\"person\",\"note\",\"name\",\"deleted\",\"age\",\"phone\"],[\"novel\",\"a\",\"b\"],[\"programme\",\"until\",\"title\",\"deleted\"]]",
	"[[\"seminar\",\"capacity\",\"deleted\",\"title\"],[\"attendance\",\"state\",\"person\",\"seminar\",\"deleted\"],[\"person\",\"deleted\"]]",
	("[[\"consultation\",\"deleted\",\"minutes\",\"mentor\",\"mentee\",\"topic\",\"next_done\",\"advice\"],"
	    "[\"consent\",\"person\",\"purpose\",\"withdrawn\",\"deleted\",\"note\"]]"),
};
static const char *const lines[] = {
	"[1,3,0,\"bbbbbbbb-1\",[0,\"Галимова\",\"+79170000001\",null,null,\"x\",null,\"a\\nb\\\\\\\"\\t\"]]",
	"[2,1,0,\"bbbbbbbb-1\",[\"n\",\"x\",0,7,\"1\"]]",
	"[0,1,1,\"bbbbbbbb-1\",[[2,\"y\",[]],[5,\"2\",[[1007,\"bbbbbbbb\"],[1010,\"cccccccc\"]]]]]",
	"[0,3,1,\"bbbbbbbb-1\",[[2,\"z\",[[1007,\"bbbbbbbb\"]]]]]",
	"[0,3,1,\"bbbbbbbb-1\",[[1,1,[[1007,\"bbbbbbbb\"],[1014,\"bbbbbbbb\"]]]]]",
	"[0,3,1,\"bbbbbbbb-1\",[[1,0,[]],[3,null,[[1,\"zzzzzzzz\"]]]]]",
	"[3,1,1,\"first\",[[2,\"t\",[]]]]",
	"[3,2,0,\"s/p\",[\"present\",\"p\",\"s\",0]]",
	"[3,2,1,\"s/p\",[[1,\"absent\",[[1021,\"cccccccc\"]]]]]",
	"[-1,1,0,\"bbbbbbbb-2\",[30,0,\"t\"]]",
	"[0,2,0,\"x-1\",[\"a\",[1,{\"b\":null}]]]",
	"[0,3,3,\"bbbbbbbb-1\"]",
	"[1,1,0,\"bbbbbbbb-3\",[0,45,\"p-1\",\"p-2\",\"t\",null,\"a\\nb\"]]",
	"[0,1,1,\"bbbbbbbb-3\",[[2,9223372036854775807,[]],[6,\"2020-03-01\",[[1028,\"bbbbbbbb\"]]]]]",
	"[1,2,0,\"bbbbbbbb-4\",[\"p-1\",\"participation\",null,0,null]]",
	"[0,2,1,\"bbbbbbbb-4\",[[3,\"2020-03-01\",[]],[4,1,[]]]]",
	"[0,3,7,\"bbbbbbbb-1\",{\"x\":[1,2]}]",
};
static const char *const tokens[] = {
	"[", "]", ",", "\"", "\\", "null", "0", "1", "-1", "-0", "00", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "201",
	"\\n", "\\u0041", "\xd0", "\xc2\x85", "\xe2\x80\xae", "\xf0\x9f\x98\x80", "\x1b", "\x7f", "[]", "[[1,1,[]]]", "{}", "[1007,\"bbbbbbbb\"]", "\n",
	"true", "1e9", " ", "bbbbbbbb", "/", "person", "deleted", ",null,null,null,null,null,null,null",
};

#define COUNT(list) (sizeof (list) / sizeof *(list))

static uint64_t state;

static size_t below(size_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (size_t)(state * UINT64_C(0x2545F4914F6CDD1D) >> 33) % n;
}

static void compose(struct buf *in)
{
	size_t count = 1 + below(12);

	buf_reset(in);
	buf_adds(in, dictionaries[below(COUNT(dictionaries))]);
	for (size_t i = 0; i < count; i++) {
		buf_addc(in, '\n');
		buf_adds(in, lines[below(COUNT(lines))]);
	}
}

/* Replaces up to eight bytes at some place by a token, some bytes of its own, or nothing. */
static void change(struct buf *in)
{
	struct buf out = BUF_INIT;
	size_t at = below(in->len), cut = below(3) == 0 ? below(9) : 0, from = below(in->len), len = below(40);

	if (cut > in->len - at)
		cut = in->len - at;
	if (len > in->len - from)
		len = in->len - from;
	buf_add(&out, in->data, at);
	switch (below(4)) {
	case 0: buf_adds(&out, tokens[below(COUNT(tokens))]); break;
	case 1: buf_addc(&out, (char)below(256)); break;
	case 2: buf_add(&out, in->data + from, len); break;
	default: break;
	}
	buf_add(&out, in->data + at + cut, in->len - at - cut);
	buf_release(in);
	*in = out;
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t)time(NULL);
	long cases = argc > 2 ? atol(argv[2]) : 5000;
	struct buf in = BUF_INIT;
	char *copy;

	printf("# seed %" PRIu64 "\n", seed);
	state = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
	for (long i = 0; i < cases; i++) {
		compose(&in);
		for (size_t n = below(4); n > 0 && in.len > 0; n--)
			change(&in);
		copy = malloc(in.len + 1);		/* of its own length, so that a byte too many is seen */
		copy = realloc(copy, in.len > 0 ? in.len : 1);
		memcpy(copy, in.data, in.len);
		LLVMFuzzerTestOneInput((const uint8_t *)copy, in.len);
		free(copy);
	}
	printf("# %" PRId64 " operations taken, %" PRId64 " refused\n", taken, refused);
	buf_release(&in);
	buf_release(&scratch);
	replica_close(&r);
	printf("%s 1 - hostile operations are taken or refused\n1..1\n", taken > 0 && refused > 0 ? "ok" : "not ok");
	return taken > 0 && refused > 0 ? 0 : 1;
}

#endif
