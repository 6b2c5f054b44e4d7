/* fuzz_header: the header of a store and its key slots. The input is a list of changes to a header that has three slots: place (two bytes), how many, and the bytes;
 * the first byte says whether the checksum is made anew behind them, so that the readers of what it covers are reached. */
#include "crypto/hash.h"
#include "seal/header.h"
#include "seal/slot.h"
#include "tests/fuzz/fuzz.h"

#define AT_SLOTS 48
#define AT_ZEROS (AT_SLOTS + HEADER_SLOTS * HEADER_SLOT_SIZE)
#define AT_CHECKSUM (HEADER_SIZE - HASH_SIZE)

static const unsigned char secret[32] = { 1 }, data_key[VFS_KEY_SIZE] = { 2 };
static unsigned char whole[HEADER_SIZE];

static void start(void)
{
	struct header h;
	struct err e = ERR_INIT;

	kdf_cost_for_tests((struct kdf_cost){ 1, 8 });
	header_init(&h);
	h.sequence = 7;
	FUZZ_HOLDS(header_add(&h, SLOT_PASSPHRASE, "passphrase", 10, data_key, &e) == 0);
	FUZZ_HOLDS(header_add(&h, SLOT_KEY_FILE, secret, sizeof secret, data_key, &e) == 0);
	FUZZ_HOLDS(header_add(&h, SLOT_KEY_FILE, "another secret of thirty-two byte", 32, data_key, &e) == 0);
	header_encode(&h, whole);
}

static void spoil(unsigned char *bytes, struct fuzz_in *in)
{
	while (fuzz_left(in) > 0) {
		size_t at = (fuzz_byte(in) | fuzz_byte(in) << 8) % HEADER_SIZE;

		for (unsigned n = fuzz_byte(in); n > 0 && fuzz_left(in) > 0; n--, at = (at + 1) % HEADER_SIZE)
			bytes[at] = (unsigned char)fuzz_byte(in);
	}
}

/* Of what was read the same bytes are written, but for those that this version does not use. */
static void same_again(const struct header *h, const unsigned char *bytes)
{
	unsigned char again[HEADER_SIZE];
	struct header second;
	struct err e = ERR_INIT;

	header_encode(h, again);
	FUZZ_HOLDS(memcmp(again, bytes, 20) == 0 && memcmp(again + 24, bytes + 24, AT_ZEROS - 24) == 0);
	FUZZ_HOLDS(header_decode(&second, again, &e) == 0 && memcmp(h->slots, second.slots, sizeof second.slots) == 0 && h->sequence == second.sequence);
}

/* A slot that opens gives the key that was put into it, and is as it was made: nobody makes another without the secret. */
static bool unlock(const struct header *h)
{
	unsigned char key[VFS_KEY_SIZE];
	struct err e = ERR_INIT;

	if (header_unlock(h, SLOT_KEY_FILE, secret, sizeof secret, key, &e) != 0) {
		FUZZ_HOLDS(e.code == ERR_PASSPHRASE || e.code == ERR_DAMAGED);
		return false;
	}
	FUZZ_HOLDS(memcmp(key, data_key, sizeof key) == 0);
	return true;
}

/* Only where it costs little: an honest slot may ask for a second. */
static void try_passphrase(const struct header *h)
{
	unsigned char key[VFS_KEY_SIZE];
	struct err e = ERR_INIT;

	for (int i = 0; i < HEADER_SLOTS; i++) {
		struct kdf_cost cost = slot_cost(h->slots[i]);

		if (slot_kind(h->slots[i]) == SLOT_PASSPHRASE && kdf_cost_check(cost) == 0 && (uint64_t)cost.passes * cost.memory_kib > 64)
			return;
	}
	if (header_unlock(h, SLOT_PASSPHRASE, "passphrase", 10, key, &e) == 0)
		FUZZ_HOLDS(memcmp(key, data_key, sizeof key) == 0);
}

static bool take(const uint8_t *data, size_t size)
{
	struct fuzz_in in = { data, data + size };
	unsigned char bytes[HEADER_SIZE];
	bool summed = fuzz_byte(&in) % 4 != 0, good;
	struct header h;
	struct err e = ERR_INIT;

	memcpy(bytes, whole, sizeof bytes);
	spoil(bytes, &in);
	if (summed)
		hash_of(bytes, AT_CHECKSUM, bytes + AT_CHECKSUM);
	if (header_decode(&h, bytes, &e) != 0) {
		FUZZ_HOLDS(e.code == ERR_REFUSED || e.code == ERR_DAMAGED);
		return false;
	}
	FUZZ_HOLDS(summed || memcmp(bytes, whole, sizeof bytes) == 0);
	same_again(&h, bytes);
	good = unlock(&h);
	try_passphrase(&h);
	return good;
}

static void seeds(void)
{
	fuzz_seed("\1", 1);
	fuzz_seed("\0", 1);
	fuzz_seed("\0\60\0\1\3", 5);
	fuzz_seed("\1\60\1\1\0", 5);			/* a slot that is empty */
	fuzz_seed("\1\60\0\1\3", 5);			/* a passphrase's slot as a key file's */
	fuzz_seed("\1\64\0\10\377\377\377\377\377\377\377\377", 12);	/* what no computer could pay */
	fuzz_seed("\1\20\0\1\2", 5);			/* a newer version */
	fuzz_seed("\1\100\2\1\1\120\1\1\1", 9);
}

const struct fuzz_target fuzz_target = { .name = "header", .start = start, .take = take, .seeds = seeds, .cases = 2000 };
