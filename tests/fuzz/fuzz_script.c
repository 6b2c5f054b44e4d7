/* fuzz_script: what livenet-document may be given: whole lines, spoilt lines, kinds in any order. Nothing crashes; what is taken becomes a file of each format,
 * what is not has words.
 *
 *     fuzz_script [SEED [CASES]]       changes inputs of its own, by a seed that it prints; 6000 cases unless told
 * LLVMFuzzerTestOneInput takes one input, for libFuzzer: built with -fsanitize=fuzzer and -DFUZZER_MAIN. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "typeset/book.h"
#include "typeset/pdf.h"
#include "typeset/script.h"
#include "typeset/workbook.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Under AddressSanitizer: fontconfig and Pango keep what they read until the end. */
const char *__lsan_default_suppressions(void), *__lsan_default_options(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\nleak:libpango\nleak:libglib\nleak:libcairo\n";
}

const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

static int64_t taken, refused;

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	abort();
}

static int read_script(struct script *s, const char *p, const char *end, struct err *e)
{
	size_t number = 0;
	const char *lf;

	for (; (lf = memchr(p, '\n', (size_t)(end - p))) != NULL; p = lf + 1)
		if (script_line(s, p, (size_t)(lf - p), ++number, e) != 0)
			return -1;
	return script_end(s, e);
}

/* PDF and XLSX take milliseconds: not every time. */
static void make(const struct script *s)
{
	struct buf out = BUF_INIT;
	struct err e = ERR_INIT;
	int rc = book_write(s, &out, &e);

	if (rc == 0 && taken % 4 == 0) {
		buf_reset(&out);
		rc = pdf_write(s, &out, &e);
	}
	if (rc == 0 && taken % 16 == 0) {
		buf_reset(&out);
		rc = workbook_write(s, &out, &e);
	}
	if (rc == 0 ? out.len == 0 : e.text[0] == '\0')
		give_up("make", "neither a file nor words");
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = ERR_INIT;
	struct script s;

	script_init(&s);
	if (read_script(&s, (const char *)data, (const char *)data + size, &e) == 0) {
		taken++;
		make(&s);
	} else {
		refused++;
		if (e.code != ERR_REFUSED || e.text[0] == '\0')
			give_up("read", "no words");
	}
	script_release(&s);
	return 0;
}

#ifndef FUZZER_MAIN

static const char *const lines[] = {
	"{\"kind\":\"heading\",\"level\":1,\"text\":\"Глава\"}", "{\"kind\":\"heading\",\"level\":3,\"text\":\"\"}", "{\"kind\":\"text\",\"text\":\"Ғәлиә\\nб\\tв\",\"align\":\"justify\",\"bold\":1}",
	"{\"kind\":\"text\",\"text\":\"x\",\"size\":144000,\"align\":\"right\"}", "{\"kind\":\"field\",\"label\":\"Дата:\",\"text\":\"\"}", "{\"kind\":\"item\",\"text\":\"пункт\"}",
	"{\"kind\":\"markdown\",\"text\":\"# a\\n\\n1. b\\n   - c\\n> > d\\n\\n<b>e</b> ![f](g) [h](javascript:i)\\n\\n---\\n\\n```\\nj\\n```\\n<div>\\nk\\n\"}",
	"{\"kind\":\"space\",\"um\":50000}", "{\"kind\":\"break\"}", "{\"kind\":\"keep\"}", "{\"kind\":\"kept\"}", "{\"kind\":\"signature\",\"post\":\"П\",\"name\":\"\"}",
	"{\"kind\":\"qr\",\"text\":\"k3x9q2mv-12\",\"um\":20000}", "{\"kind\":\"half\"}", "{\"kind\":\"single\"}", "{\"kind\":\"frame\"}", "{\"kind\":\"contents\"}",
	("{\"kind\":\"table\",\"name\":\"Т\",\"columns\":[[\"а\",1000,\"text\"],[\"б\",0,\"number\"]],\"row\":9000,\"size\":8000}\n[\"1\",\"2.5\"]\n[null,\"\"]\n"
	"{\"kind\":\"total\",\"cells\":[\"\",\"2.5\"],\"sum\":[0,1]}\n{\"kind\":\"table-end\"}"),
	"{\"kind\":\"table\",\"columns\":[[\"д\",1000,\"date\"],[\"п\",1000,\"percent\"],[\"в\",1,\"text\"]]}\n[\"2020-02-14\",\"87\",\"=1\"]\n[\"2020-02-30\",\"-0.5\",\"долгое слово\"]\n{\"kind\":\"table-end\"}",
	"{\"kind\":\"bars\",\"title\":\"м\",\"bars\":[[\"а\",1000],[\"б\",-5],[\"очень длинная подпись столбика\",9000000000000]]}", "{\"kind\":\"bars\",\"title\":\"\",\"bars\":[]}",
	"{\"kind\":\"map\",\"title\":\"к\",\"tiles\":[[0,0,\"УФ\",\"Уфа\",0,0],[99,99,\"СТ\",\"\",1000,-7]]}", "{\"kind\":\"map\",\"title\":\"\",\"tiles\":[]}",
};
static const char *const tokens[] = {
	"{", "}", "[", "]", ",", ":", "\"", "\\", "null", "0", "1", "-1", "1000000", "1000001", "9223372036854775807", "\\n", "\\u0000", "\xd0", "\xe2\x80\xae", "\xf0\x9f\x98\x80", "\n",
	"\"kind\"", "\"text\"", "\"table\"", "\"half\"", "\"keep\"", "[\"a\",\"b\"]\n", "{\"kind\":\"end\"}\n", "{\"kind\":\"table-end\"}\n", "1e9", "true", "َ", "​",
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
	size_t count = below(12);

	buf_addf(in, "{\"document\":\"pdf\",\"version\":1,\"title\":\"т\",\"author\":\"а\",\"language\":\"%s\",\"landscape\":%d,\"plain\":%d,\"margin\":%d}\n", below(2) == 0 ? "ru" : "en", (int)below(2), (int)below(2),
	    below(2) == 0 ? 14000 : 50000);
	while (count-- > 0)
		buf_addf(in, "%s\n", lines[below(COUNT(lines))]);
	buf_adds(in, "{\"kind\":\"end\"}\n");
}

/* The text may stand in the input itself. */
static void insert(struct buf *in, size_t at, const char *text)
{
	struct buf all = BUF_INIT;

	buf_add(&all, in->data, at);
	buf_adds(&all, text);
	buf_adds(&all, in->data + at);
	buf_release(in);
	*in = all;
}

static void spoil(struct buf *in)
{
	size_t at = below(in->len);

	switch (below(4)) {
	case 0: insert(in, at, tokens[below(COUNT(tokens))]); break;
	case 1: buf_cut(in, at); break;
	case 2: in->data[at] = (char)(1 + below(255)); break;
	default: insert(in, at, in->data + below(in->len)); break;
	}
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t)time(NULL);
	long cases = argc > 2 ? strtol(argv[2], NULL, 10) : 6000;

	printf("# seed %" PRIu64 "\n", seed);
	fflush(stdout);
	state = seed * 2 + 1;
	for (long i = 0; i < cases; i++) {
		struct buf in = BUF_INIT;

		compose(&in);
		for (size_t n = below(3); n > 0 && in.len > 0; n--)
			spoil(&in);
		LLVMFuzzerTestOneInput((const uint8_t *)in.data, in.len);
		buf_release(&in);
	}
	printf("# taken %" PRId64 ", refused %" PRId64 "\n%s 1 - fuzz_script\n1..1\n", taken, refused, taken > 0 && refused > 0 ? "ok" : "not ok");
	return taken > 0 && refused > 0 ? 0 : 1;
}

#endif
