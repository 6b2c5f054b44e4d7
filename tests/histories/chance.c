#include "tests/histories/chance.h"

#include <sodium.h>
#include <stddef.h>
#include <string.h>

/* Two streams: how much the library takes does not change what is done. */
static uint64_t steps, library;

/* splitmix64 (Steele, Lea, Flood, 2014) */
static uint64_t next(uint64_t *state)
{
	uint64_t z;

	*state += UINT64_C(0x9E3779B97F4A7C15);
	z = *state;
	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static const char *name(void)
{
	return "chance";
}

static uint32_t number(void)
{
	return (uint32_t)next(&library);
}

static void fill(void *data, size_t len)
{
	unsigned char *p = data;

	for (uint64_t z = 0; len > 0; len--, z >>= 8) {
		if (z == 0)
			z = next(&library);
		*p++ = (unsigned char)z;
	}
}

void chance_install(void)
{
	static randombytes_implementation chance = { .implementation_name = name, .random = number, .buf = fill };

	randombytes_set_implementation(&chance);
}

void chance_seed(uint64_t seed)
{
	steps = seed;
	library = ~seed;
}

int chance_below(int n)
{
	return (int)(next(&steps) % (uint64_t)n);
}

bool chance_in(int n)
{
	return chance_below(n) == 0;
}

const char *chance_word(const char *const *words)
{
	int count = 0;

	while (words[count] != NULL)
		count++;
	return words[chance_below(count)];
}
