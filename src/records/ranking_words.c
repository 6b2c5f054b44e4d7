/* A ranking as people read it. */
#include "records/ranking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

int ranking_digits(const struct ranking *r)
{
	int digits = 2;
	for (int64_t ten = 100; ten <= r->denominator && digits < 12; ten *= 10)
		digits++;
	return r->denominator == 1 ? 0 : digits;
}

static char decimal_sign(void)
{
	/* TRANSLATORS: the sign between a whole number and its decimals: a comma in Russian */
	return _(".")[0] == ',' ? ',' : '.';
}

void ranking_decimal(int64_t numerator, int64_t denominator, int digits, char sign, struct buf *out)
{
	int64_t whole = numerator / denominator, rest = numerator % denominator;
	char text[24];
	int n = 0;
	for (; n < digits; n++) {
		rest *= 10;
		text[n] = (char)('0' + rest / denominator);
		rest %= denominator;
	}
	/* Half goes up. */
	if (2 * rest >= denominator) {
		int i = n - 1;
		while (i >= 0 && text[i] == '9')
			text[i--] = '0';
		if (i >= 0)
			text[i]++;
		else
			whole++;
	}
	buf_addi(out, whole);
	if (digits > 0) {
		buf_addc(out, sign);
		buf_add(out, text, (size_t)n);
	}
}

void ranking_total(const struct ranking *r, const struct ranking_row *row, struct buf *out)
{
	if (!row->scored)
		buf_adds(out, "—");
	else
		ranking_decimal(row->total, r->denominator, ranking_digits(r), decimal_sign(), out);
}

void ranking_mean(const struct ranking_cell *cell, struct buf *out)
{
	if (cell->count == 0)
		buf_adds(out, "—");
	else
		ranking_decimal(cell->sum, cell->count, cell->sum % cell->count == 0 ? 0 : 2, decimal_sign(), out);
}

void ranking_place(const struct ranking_row *row, struct buf *out)
{
	if (row->place == 0)
		buf_adds(out, "—");
	else if (row->place == row->last)
		buf_addi(out, row->place);
	else
		buf_addf(out, "%d–%d", row->place, row->last);
}

void ranking_fraction(int64_t numerator, int64_t denominator, struct buf *out)
{
	int64_t a = numerator, b = denominator;
	while (b != 0) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	if (a == 0)
		a = 1;
	buf_addi(out, numerator / a);
	if (denominator / a != 1)
		buf_addf(out, "/%lld", (long long)(denominator / a));
}

static int by_person(const void *a, const void *b)
{
	const struct ranking_row *x = *(const struct ranking_row *const *)a, *y = *(const struct ranking_row *const *)b;
	int order = strcmp(x->person, y->person);
	return order ? order : strcmp(x->id, y->id);
}

/* Two devices entered the same application. */
static void tell_twice(const struct ranking *r, struct buf *out)
{
	const struct ranking_row **row = mem_zero((size_t)r->count + 1, sizeof(const struct ranking_row *));
	int n = 0;
	for (int i = 0; i < r->count; i++)
		if (!r->row[i].withdrawn)
			row[n++] = &r->row[i];
	if (n > 1)
		qsort(row, (size_t)n, sizeof *row, by_person);
	for (int i = 1; i < n; i++)
		if (strcmp(row[i]->person, row[i - 1]->person) == 0) {
			/* TRANSLATORS: a name, the ids of two applications, the id of the second again */
			buf_addf(out, _("%s has applied twice: %s and %s; withdraw one of them: application edit %s --state withdrawn"), row[i]->name, row[i - 1]->id,
			    row[i]->id, row[i]->id);
			buf_addc(out, '\n');
		}
	free(row);
}

/* «the whole is this, and where it is not whole, that» */
void ranking_words(const struct ranking *r, struct buf *out)
{
	if (!r->closed)
		buf_addf(out, "%s\n", _("Preliminary: the call is open, and only your own scores are seen. The ranking stands once the call is closed."));
	buf_addf(out, "%s\n", _("The sum is, over the criteria, the weight times the mean of the points that the judges gave. Equal sums share places."));
	if (r->missing > 0)
		buf_addf(out, P_("%lld score is missing; it is not counted as zero: the mean is that of the scores there are, and a criterion without any adds nothing.\n",
		    "%lld scores are missing; they are not counted as zero: the mean is that of the scores there are, and a criterion without any adds nothing.\n",
		    r->missing), (long long)r->missing);
	if (r->strangers > 0)
		buf_addf(out, P_("%lld score is left out: who gave it is no judge of this call now.\n", "%lld scores are left out: who gave them is no judge of this call now.\n",
		    r->strangers), (long long)r->strangers);
	if (r->withdrawn > 0)
		buf_addf(out, P_("%lld application was withdrawn and has no place.\n", "%lld applications were withdrawn and have no place.\n", r->withdrawn),
		    (long long)r->withdrawn);
	tell_twice(r, out);
	if (r->selected > r->places)
		buf_addf(out, _("More are selected than there are places: %d of %lld. Take decisions back, or change the places of the call.\n"), r->selected,
		    (long long)r->places);
	if (r->tied > 0)
		buf_addf(out, P_("%d application has an equal sum across the last place: people decide.\n",
		    "%d applications have equal sums across the last places: people decide which of them are selected.\n", r->tied), r->tied);
}
