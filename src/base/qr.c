#include "base/qr.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DATA = 28, CHECK = 16, ALL = DATA + CHECK, ALIGNMENT = 18, MASKS = 8 };

/* --- the text as bytes --- */

struct bits { uint8_t byte[DATA]; int count; };

static void put(struct bits *b, unsigned value, int length)
{
	for (int i = length - 1; i >= 0; i--, b->count++)
		if ((value >> i & 1) != 0)
			b->byte[b->count / 8] |= (uint8_t)(0x80 >> b->count % 8);
}

static int letter(char c)
{
	static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	const char *at = c != '\0' ? strchr(set, c) : NULL;

	return at != NULL ? (int)(at - set) : -1;
}

static bool put_text(struct bits *b, const char *text)
{
	size_t len = strlen(text);

	if (len > QR_LETTERS)
		return false;
	for (size_t i = 0; i < len; i++)
		if (letter(text[i]) < 0)
			return false;
	put(b, 2, 4);			/* alphanumeric */
	put(b, (unsigned)len, 9);
	for (size_t i = 0; i + 1 < len; i += 2)
		put(b, (unsigned)(letter(text[i]) * 45 + letter(text[i + 1])), 11);
	if (len % 2 != 0)
		put(b, (unsigned)letter(text[len - 1]), 6);
	/* A terminator as far as there is room, and padding. */
	b->count += b->count + 4 < DATA * 8 ? 4 : DATA * 8 - b->count;
	b->count = (b->count + 7) / 8 * 8;
	for (int i = 0; b->count < DATA * 8; i++)
		put(b, i % 2 == 0 ? 0xec : 0x11, 8);
	return true;
}

/* In the field of 256 elements modulo x⁸ + x⁴ + x³ + x² + 1. */
static uint8_t times(uint8_t a, uint8_t b)
{
	unsigned product = 0;

	for (int i = 7; i >= 0; i--) {
		product = product << 1 ^ (product >> 7 & 1) * 0x11d;
		product ^= (b >> i & 1u) * a;
	}
	return (uint8_t)product;
}

/* Reed–Solomon: the remainder of the data by the product of (x - 2ⁱ), i below CHECK. */
static void add_check(const uint8_t data[DATA], uint8_t check[CHECK])
{
	uint8_t divisor[CHECK] = { 0 }, root = 1;

	divisor[CHECK - 1] = 1;
	for (int i = 0; i < CHECK; i++, root = times(root, 2))
		for (int j = 0; j < CHECK; j++)
			divisor[j] = times(divisor[j], root) ^ (j + 1 < CHECK ? divisor[j + 1] : 0);
	memset(check, 0, CHECK);
	for (int i = 0; i < DATA; i++) {
		uint8_t factor = data[i] ^ check[0];

		memmove(check, check + 1, CHECK - 1);
		check[CHECK - 1] = 0;
		for (int j = 0; j < CHECK; j++)
			check[j] ^= times(divisor[j], factor);
	}
}

/* --- the modules --- */

/* What is the same in every symbol of this size, and the places of the format. */
struct frame { struct qr q; bool taken[QR_SIDE][QR_SIDE]; };

static void set(struct frame *f, int y, int x, bool dark)
{
	if (y < 0 || x < 0 || y >= QR_SIDE || x >= QR_SIDE)
		return;
	f->q.dark[y][x] = dark;
	f->taken[y][x] = true;
}

/* Squares inside each other around a middle: dark where the distance is not `light` or `edge`. */
static void set_square(struct frame *f, int y, int x, int reach, int light, int edge)
{
	for (int dy = -reach; dy <= reach; dy++)
		for (int dx = -reach; dx <= reach; dx++) {
			int far = abs(dy) > abs(dx) ? abs(dy) : abs(dx);

			set(f, y + dy, x + dx, far != light && far != edge);
		}
}

/* Level M and the mask, with their own check bits, twice. */
static void set_format(struct frame *f, int mask)
{
	unsigned rest = (unsigned)mask, word;

	for (int i = 0; i < 10; i++)
		rest = rest << 1 ^ (rest >> 9) * 0x537;
	word = ((unsigned)mask << 10 | rest) ^ 0x5412;
	for (int i = 0; i < 15; i++) {
		bool dark = (word >> i & 1) != 0;

		if (i < 6)
			set(f, i, 8, dark);
		else if (i < 8)
			set(f, i + 1, 8, dark);
		else
			set(f, 8, i == 8 ? 7 : 14 - i, dark);
		if (i < 8)
			set(f, 8, QR_SIDE - 1 - i, dark);
		else
			set(f, QR_SIDE - 15 + i, 8, dark);
	}
	set(f, QR_SIDE - 8, 8, true);
}

static void set_patterns(struct frame *f)
{
	for (int i = 0; i < QR_SIDE; i++) {
		set(f, 6, i, i % 2 == 0);
		set(f, i, 6, i % 2 == 0);
	}
	set_square(f, 3, 3, 4, 2, 4);
	set_square(f, 3, QR_SIDE - 4, 4, 2, 4);
	set_square(f, QR_SIDE - 4, 3, 4, 2, 4);
	set_square(f, ALIGNMENT, ALIGNMENT, 2, 1, 3);
	set_format(f, 0);
}

/* Up and down in pairs of columns from the right, past the column of the timing pattern. */
static void set_bytes(struct frame *f, const uint8_t byte[ALL])
{
	int bit = 0;

	for (int right = QR_SIDE - 1; right >= 1; right -= 2) {
		if (right == 6)
			right = 5;
		for (int step = 0; step < QR_SIDE; step++)
			for (int side = 0; side < 2; side++) {
				int x = right - side, y = ((right + 1) & 2) == 0 ? QR_SIDE - 1 - step : step;

				if (!f->taken[y][x] && bit < ALL * 8) {
					f->q.dark[y][x] = (byte[bit / 8] >> (7 - bit % 8) & 1) != 0;
					bit++;
				}
			}
	}
}

static bool masked(int mask, int y, int x)
{
	switch (mask) {
	case 0: return (x + y) % 2 == 0;
	case 1: return y % 2 == 0;
	case 2: return x % 3 == 0;
	case 3: return (x + y) % 3 == 0;
	case 4: return (x / 3 + y / 2) % 2 == 0;
	case 5: return x * y % 2 + x * y % 3 == 0;
	case 6: return (x * y % 2 + x * y % 3) % 2 == 0;
	default: return ((x + y) % 2 + x * y % 3) % 2 == 0;
	}
}

static void set_mask(struct frame *f, int mask)
{
	for (int y = 0; y < QR_SIDE; y++)
		for (int x = 0; x < QR_SIDE; x++)
			if (!f->taken[y][x] && masked(mask, y, x))
				f->q.dark[y][x] = !f->q.dark[y][x];
	set_format(f, mask);
}

/* --- how hard a symbol is to read --- */

static bool at(const struct qr *q, bool down, int line, int i)
{
	return down ? q->dark[i][line] : q->dark[line][i];
}

/* Long runs of one colour, and what looks like a finder pattern. */
static int line_penalty(const struct qr *q, bool down, int line)
{
	static const bool finder[11] = { true, false, true, true, true, false, true, false, false, false, false };
	int penalty = 0, run = 0;

	for (int i = 0; i < QR_SIDE; i++) {
		run = i > 0 && at(q, down, line, i) == at(q, down, line, i - 1) ? run + 1 : 1;
		if (run >= 5)
			penalty += run == 5 ? 3 : 1;
	}
	for (int i = 0; i + 11 <= QR_SIDE; i++) {
		int forth = 0, back = 0;

		for (int k = 0; k < 11; k++) {
			forth += at(q, down, line, i + k) == finder[k];
			back += at(q, down, line, i + k) == finder[10 - k];
		}
		penalty += (forth == 11) * 40 + (back == 11) * 40;
	}
	return penalty;
}

static int penalty(const struct qr *q)
{
	int sum = 0, dark = 0;

	for (int i = 0; i < QR_SIDE; i++)
		sum += line_penalty(q, false, i) + line_penalty(q, true, i);
	for (int y = 0; y < QR_SIDE; y++)
		for (int x = 0; x < QR_SIDE; x++) {
			dark += q->dark[y][x];
			if (y > 0 && x > 0 && q->dark[y][x] == q->dark[y - 1][x] && q->dark[y][x] == q->dark[y][x - 1] && q->dark[y][x] == q->dark[y - 1][x - 1])
				sum += 3;
		}
	return sum + abs(dark * 100 / (QR_SIDE * QR_SIDE) - 50) / 5 * 10;
}

bool qr_encode(struct qr *q, const char *text)
{
	struct bits data = { .count = 0 };
	struct frame plain, tried;
	uint8_t byte[ALL];
	int best = -1;

	if (!put_text(&data, text))
		return false;
	memcpy(byte, data.byte, DATA);
	add_check(data.byte, byte + DATA);
	memset(&plain, 0, sizeof plain);
	set_patterns(&plain);
	set_bytes(&plain, byte);
	for (int mask = 0; mask < MASKS; mask++) {
		int worth;

		tried = plain;
		set_mask(&tried, mask);
		worth = penalty(&tried.q);
		if (best >= 0 && worth >= best)
			continue;
		best = worth;
		*q = tried.q;
	}
	return true;
}

/* --- as cells --- */

static bool is_dark(const struct qr *q, int y, int x)
{
	y -= QR_QUIET;
	x -= QR_QUIET;
	return y >= 0 && x >= 0 && y < QR_SIDE && x < QR_SIDE && q->dark[y][x];
}

void qr_row(const struct qr *q, int row, struct buf *out)
{
	static const char *const cells[] = { " ", "▄", "▀", "█" };

	for (int x = 0; x < QR_COLUMNS; x++)
		buf_adds(out, cells[is_dark(q, 2 * row, x) * 2 + is_dark(q, 2 * row + 1, x)]);
}
