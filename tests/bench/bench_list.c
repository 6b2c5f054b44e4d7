/* bench_list: what lists cost in a sealed store: the first window, a deep one, places, the roll, a letter.
 * usage: bench_list FILE KEYFILE    a store that bench_region made. CPU time: the median of an odd number of turns, each with a view of its own. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/secret.h"
#include "listings/listing.h"
#include "records/person.h"
#include "store/store.h"

enum { TURNS = 7, ROWS = 20, STEPS_MAX = 32 };

static struct err e = ERR_INIT;
static struct store *s;

static void must(int rc)
{
	if (rc == 0)
		return;
	fprintf(stderr, "bench_list: %s\n", e.text);
	exit(1);
}

/* --- what is measured; each line is a step, in the order in which a person does it --- */

static struct { const char *name; double ms[TURNS]; } steps[STEPS_MAX];
static int step, turn;
static int64_t since;

static void begin(void)
{
	since = clock_cpu_us();
}

static void end(const char *name)
{
	steps[step].name = name;
	steps[step++].ms[turn] = (double)(clock_cpu_us() - since) / 1000;
	begin();
}

static int64_t count_of(struct listing_view *v)
{
	int64_t n;
	must(listing_count(v, &n, &e));
	return n;
}

static void type(struct listing_view *v, const char *words, const char *name)
{
	begin();
	listing_words(v, words);
	count_of(v);
	must(listing_window(v, 0, ROWS, &e));
	end(name);
}

static void plain(struct listing_view *v)
{
	char deep[RECORD_ID_SIZE];
	int64_t n, place;
	begin();
	n = count_of(v);
	must(listing_window(v, 0, ROWS, &e));
	end("first window");
	must(listing_window(v, ROWS, ROWS, &e));
	end("a page further");
	must(listing_window(v, n - ROWS, ROWS, &e));
	end("the end");
	must(listing_window(v, n - 5 * ROWS, ROWS, &e));
	end("four pages before the end");
	must(listing_window(v, n / 2, ROWS, &e));
	end("the middle, from afar");
	snprintf(deep, sizeof deep, "%s", listing_id(v, 5));
	must(listing_window(v, n / 2 + ROWS, ROWS, &e));
	end("a page further there");
	must(listing_place(v, deep, &place, &e));
	end("place of a row, near");
	must(listing_window(v, 0, ROWS, &e));
	begin();
	must(listing_place(v, deep, &place, &e));
	end("place of a row, from afar");
	must(listing_find(v, "гал", &place, &e));
	end("jump by letters");
	listing_stale(v);
	must(listing_place(v, deep, &place, &e));
	must(listing_window(v, place, ROWS, &e));
	end("after a change: place and window");
}

static void filtered(struct listing_view *v)
{
	begin();
	must(listing_prepare(v, &e));
	end("the roll");
	type(v, "г", "letter: г");
	type(v, "га", "letter: га");
	type(v, "гал", "letter: гал");
	type(v, "гали", "letter: гали");
	type(v, "гал", "one taken back");
	type(v, "гал 9170", "two words");
	type(v, "родник", "what organisations have");
	type(v, NULL, "no words");
}

static void ordered(struct listing_view *v)
{
	static const struct { int column; const char *name; } orders[] = {
		{ PEOPLE_ORGANISATION, "by organisation" }, { PEOPLE_STAGE, "by stage" }, { PEOPLE_LAST_MET, "by last met" }
	};
	for (int i = 0; i < 3; i++) {
		begin();
		listing_order(v, orders[i].column, false);
		count_of(v);
		must(listing_window(v, 0, ROWS, &e));
		end(orders[i].name);
	}
	begin();
	listing_order(v, PEOPLE_NAME, true);
	must(listing_window(v, 0, ROWS, &e));
	end("by name, descending");
}

static void others(void)
{
	static const struct { const struct listing *l; const char *name; } lists[] = {
		{ &seminars_listing, "seminars" }, { &organisations_listing, "organisations" }, { &municipalities_listing, "municipalities" }
	};
	for (int i = 0; i < 3; i++) {
		begin();
		struct listing_view *v = listing_open(s, lists[i].l);
		count_of(v);
		must(listing_window(v, 0, ROWS, &e));
		end(lists[i].name);
		listing_close(v);
	}
}

static void round_of(void)
{
	struct listing_view *v = listing_open(s, &people_listing), *by = listing_open(s, &people_listing);
	step = 0;
	plain(v);
	filtered(v);
	listing_close(v);
	ordered(by);
	listing_close(by);
	others();
}

static double roll_mib(void)
{
	struct listing_view *v = listing_open(s, &people_listing);
	size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
	must(listing_prepare(v, &e));
	double mib = (double)(mallinfo2().uordblks + mallinfo2().hblkhd - before) / 1048576;
	listing_close(v);
	return mib;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	struct store_key key = { NULL, argc == 3 ? argv[2] : NULL };
	if (argc != 3) {
		fprintf(stderr, "usage: bench_list FILE KEYFILE\n");
		return 2;
	}
	must(crypto_start(&e));
	must(store_open(argv[1], &key, &s, &e));
	struct listing_view *v = listing_open(s, &people_listing);
	printf("%lld people; the roll has %.1f MiB\n", (long long)count_of(v), roll_mib());
	listing_close(v);
	for (turn = 0; turn < TURNS; turn++)
		round_of();
	for (int i = 0; i < step; i++) {
		qsort(steps[i].ms, TURNS, sizeof *steps[i].ms, compare);
		printf("%-34s %8.2f ms\n", steps[i].name, steps[i].ms[TURNS / 2]);
	}
	store_close(s);
	return 0;
}
