#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <inttypes.h>
#include <sodium.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fsutil.h"
#include "crypto/secret.h"
#include "tests/unit/test.h"

#define NOW INT64_C(1583000000000)		/* a day in 2020 */
#define INPUT_MAX (1 << 20)
#define WORD_LEAST 6			/* bytes of a value that is put back as its word: a shorter one may stand there by chance */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

_Noreturn void fuzz_broken(const char *file, int line, const char *what)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

/* --- randomness: splitmix64 (Steele, Lea, Flood, 2014) --- */

static uint64_t chance_state;

static uint64_t chance(void)
{
	uint64_t z;

	chance_state += UINT64_C(0x9E3779B97F4A7C15);
	z = chance_state;
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static const char *chance_name(void)
{
	return "fuzz";
}

static uint32_t chance_number(void)
{
	return (uint32_t)chance();
}

static void chance_fill(void *data, size_t len)
{
	unsigned char *p = data;

	for (size_t i = 0; i < len; i++)
		p[i] = (unsigned char)(chance() >> 24);
}

struct identity *fuzz_identity(unsigned char number)
{
	uint64_t before = chance_state;
	struct identity *id;

	chance_state = UINT64_C(0x1D) << 32 | number;
	id = identity_new();
	chance_state = before;
	FUZZ_HOLDS(id != NULL);
	return id;
}

/* --- words --- */

#define WORDS 128
static struct buf words[WORDS];		/* an empty one is none */

void fuzz_word_bytes(char letter, const void *value, size_t len)
{
	struct buf *word = &words[(unsigned char)letter % WORDS];

	buf_release(word);
	buf_init(word);
	buf_add(word, value, len);
}

void fuzz_word(char letter, const char *value)
{
	fuzz_word_bytes(letter, value, strlen(value));
}

void fuzz_expand(const void *data, size_t size, struct buf *out)
{
	const char *p = data, *end = p + size, *mark;

	while (p < end && (mark = memchr(p, '$', (size_t)(end - p))) != NULL && mark + 1 < end) {
		const struct buf *word = (unsigned char)mark[1] < WORDS && words[(unsigned char)mark[1]].len > 0 ? &words[(unsigned char)mark[1]] : NULL;

		buf_add(out, p, (size_t)(mark - p) + (word == NULL));
		if (word != NULL)
			buf_add(out, word->data, word->len);
		p = mark + (word == NULL ? 1 : 2);
	}
	buf_add(out, p, (size_t)(end - p));
}

/* The longest value that stands here. */
static int word_at(const char *p, size_t len)
{
	int best = -1;

	for (int i = 0; i < WORDS; i++)
		if (words[i].len >= WORD_LEAST && words[i].len <= len && memcmp(p, words[i].data, words[i].len) == 0 &&
		    (best < 0 || words[i].len > words[best].len))
			best = i;
	return best;
}

void fuzz_seed_words(const char *text, size_t size)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < size;) {
		int word = word_at(text + i, size - i);

		if (word >= 0)
			buf_addf(&out, "$%c", word);
		else
			buf_addc(&out, text[i]);
		i += word >= 0 ? words[word].len : 1;
	}
	fuzz_seed(out.data, out.len);
	buf_release(&out);
}

unsigned fuzz_byte(struct fuzz_in *in)
{
	return in->p < in->end ? *in->p++ : 0;
}

size_t fuzz_left(const struct fuzz_in *in)
{
	return (size_t)(in->end - in->p);
}

/* --- one input --- */

static int64_t taken, refused;

static void start(void)
{
	static randombytes_implementation implementation = { .implementation_name = chance_name, .random = chance_number, .buf = chance_fill };
	static bool started;
	struct err e = ERR_INIT;

	if (started)
		return;
	started = true;
	randombytes_set_implementation(&implementation);
	clock_set(NOW);
	chance_state = 1;
	FUZZ_HOLDS(crypto_start(&e) == 0);
	if (fuzz_target.start != NULL)
		fuzz_target.start();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	start();
	chance_state = 2;
	if (fuzz_target.take(data, size))
		taken++;
	else
		refused++;
	return 0;
}

#ifdef FUZZER_MAIN

void fuzz_seed(const void *data, size_t size)
{
	(void)data;
	(void)size;
}

#else

/* --- the program of ./check --- */

struct inputs { struct buf *list; size_t count; };
static struct inputs inputs;
static size_t own;			/* from here on they are the target's own */

void fuzz_seed(const void *data, size_t size)
{
	if (inputs.count % 64 == 0)
		FUZZ_HOLDS((inputs.list = realloc(inputs.list, (inputs.count + 64) * sizeof *inputs.list)) != NULL);
	buf_init(&inputs.list[inputs.count]);
	buf_add(&inputs.list[inputs.count++], data, size);
}

static bool add_file(const char *path)
{
	struct buf b = BUF_INIT;
	struct err e = ERR_INIT;
	bool good = fs_read(path, INPUT_MAX, false, &b, &e) == 0;

	if (good)
		fuzz_seed(b.data, b.len);
	else
		test_note("%s", e.text);
	buf_release(&b);
	return good;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* The inputs that are kept, in the order of their names. */
static bool add_corpus(void)
{
	const char *top = getenv("TEST_SOURCE_DIR");
	struct dirent **entries;
	char folder[4096], path[4400];
	int count;
	bool good = true;

	snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", top != NULL ? top : ".", fuzz_target.name);
	count = scandir(folder, &entries, NULL, by_name);
	if (count < 0) {
		test_note("%s cannot be read", folder);
		return false;
	}
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.')
			good = add_file(path) && good;
		free(entries[i]);
	}
	free(entries);
	return good;
}

/* In memory of its own length, so that a byte too many is seen. */
static void run(const struct buf *b)
{
	uint8_t *copy = malloc(b->len > 0 ? b->len : 1);

	FUZZ_HOLDS(copy != NULL);
	memcpy(copy, b->data, b->len);
	LLVMFuzzerTestOneInput(copy, b->len);
	free(copy);
}

static size_t below(size_t n)
{
	return n > 0 ? (size_t)(test_random() % n) : 0;
}

/* A byte changed, some taken out, some of any other input put in. */
static void change(struct buf *b)
{
	const struct buf *other = &inputs.list[below(inputs.count)];
	size_t at = below(b->len + 1), from = below(other->len), n;
	struct buf out = BUF_INIT;

	buf_add(&out, b->data, at);
	switch (below(5)) {
	case 0:
		buf_addc(&out, (char)below(256));
		n = at < b->len;
		break;
	case 1:
		if (at < b->len)
			buf_addc(&out, (char)(b->data[at] ^ 1 << below(8)));
		n = at < b->len;
		break;
	case 2:
		n = below(below(4) == 0 ? b->len - at + 1 : (b->len - at < 8 ? b->len - at : 8) + 1);
		break;
	case 3:
		buf_add(&out, other->data + from, below(below(4) == 0 ? other->len - from : (other->len - from < 60 ? other->len - from : 60)));
		n = 0;
		break;
	default:
		n = below((b->len - at < 60 ? b->len - at : 60) + 1);
		buf_add(&out, b->data + at, n);
		n = 0;
		break;
	}
	buf_add(&out, b->data + at + n, b->len - at - n);
	buf_release(b);
	*b = out;
}

static void run_changed(long cases)
{
	for (long i = 0; i < cases; i++) {
		struct buf b = BUF_INIT;
		/* Mostly of whole ones: those that are kept are small and broken, as a rule. */
		size_t from = below(4) > 0 ? own : 0;
		const struct buf *whole = &inputs.list[from + below(inputs.count - from)];

		buf_add(&b, whole->data, whole->len);
		for (size_t n = 1 + below(4); n > 0; n--)
			change(&b);
		run(&b);
		buf_release(&b);
	}
}

static int write_corpus(const char *folder)
{
	struct err e = ERR_INIT;
	char path[4400];

	for (size_t i = 0; i < inputs.count; i++) {
		snprintf(path, sizeof path, "%s/own-%02zu", folder, i);
		if (fs_write(path, inputs.list[i].data, inputs.list[i].len, 0644, &e) != 0) {
			fprintf(stderr, "%s\n", e.text);
			return 1;
		}
	}
	return 0;
}

static void tell(int number, const char *what, bool good)
{
	printf("%s %d - %s: %s; %" PRId64 " taken, %" PRId64 " refused\n", good ? "ok" : "not ok", number, fuzz_target.name, what, taken, refused);
	fflush(stdout);
	taken = refused = 0;
}

static bool replay(int argc, char **argv)
{
	const char *cases = getenv("FUZZ_CASES");
	bool good;

	if (argc > 1) {
		good = true;
		for (int i = 1; i < argc; i++)
			good = add_file(argv[i]) && good;
	} else {
		good = add_corpus();
		own = inputs.count;
		fuzz_target.seeds();
	}
	for (size_t i = 0; i < inputs.count; i++)
		run(&inputs.list[i]);
	tell(1, "inputs that are kept", good && (argc > 1 || (taken > 0 && refused > 0)));
	if (argc > 1)
		return good;
	run_changed(cases != NULL ? strtol(cases, NULL, 10) : fuzz_target.cases);
	tell(2, "changes of them", refused > 0);
	return good;
}

int main(int argc, char **argv)
{
	int result = 0;

	start();
	if (argc == 3 && strcmp(argv[1], "--write-corpus") == 0) {
		fuzz_target.seeds();
		result = write_corpus(argv[2]);
	} else {
		result = replay(argc, argv) ? 0 : 1;
		printf("1..%d\n", argc > 1 ? 1 : 2);
	}
	for (size_t i = 0; i < inputs.count; i++)
		buf_release(&inputs.list[i]);
	free(inputs.list);
	for (int i = 0; i < WORDS; i++)
		buf_release(&words[i]);
	return result;
}

#endif
