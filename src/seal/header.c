#include "seal/header.h"

#include <string.h>

#include "base/i18n.h"
#include "crypto/hash.h"
#include "crypto/secret.h"
#include "seal/slot.h"

#define COPY_A 0
#define COPY_B 4096

#define AT_VERSION 16
#define AT_SEQUENCE 24
#define AT_STORE_ID 32
#define AT_SLOTS 48
#define AT_CHECKSUM (HEADER_SIZE - HASH_SIZE)
#define VERSION 1

static const unsigned char magic[16] = "livenet store 1\n";

static void put_number(unsigned char *out, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		out[i] = (unsigned char)(n >> (8 * i));
}

static uint64_t get_number(const unsigned char *in, int bytes)
{
	uint64_t n = 0;

	for (int i = bytes; i-- > 0; )
		n = n << 8 | in[i];
	return n;
}

void header_init(struct header *h)
{
	memset(h, 0, sizeof *h);
	crypto_random(h->store_id, sizeof h->store_id);
}

void header_encode(const struct header *h, unsigned char out[HEADER_SIZE])
{
	memset(out, 0, HEADER_SIZE);
	memcpy(out, magic, sizeof magic);
	put_number(out + AT_VERSION, VERSION, 4);
	put_number(out + AT_SEQUENCE, h->sequence, 8);
	memcpy(out + AT_STORE_ID, h->store_id, STORE_ID_SIZE);
	memcpy(out + AT_SLOTS, h->slots, sizeof h->slots);
	hash_of(out, AT_CHECKSUM, out + AT_CHECKSUM);
}

int header_decode(struct header *h, const unsigned char in[HEADER_SIZE], struct err *e)
{
	unsigned char sum[HASH_SIZE];

	if (memcmp(in, magic, sizeof magic) != 0)
		return err_set(e, ERR_REFUSED, _("this is not a store of livenet"));
	hash_of(in, AT_CHECKSUM, sum);
	if (memcmp(sum, in + AT_CHECKSUM, HASH_SIZE) != 0)
		return err_set(e, ERR_DAMAGED, _("the header is damaged"));
	if (get_number(in + AT_VERSION, 4) != VERSION)
		return err_set(e, ERR_REFUSED, _("the store was written by a newer livenet: install the newer one"));
	memset(h, 0, sizeof *h);
	h->sequence = get_number(in + AT_SEQUENCE, 8);
	memcpy(h->store_id, in + AT_STORE_ID, STORE_ID_SIZE);
	memcpy(h->slots, in + AT_SLOTS, sizeof h->slots);
	return 0;
}

static int write_copy(const struct header *h, struct vfs *v, int64_t offset, struct err *e)
{
	unsigned char copy[HEADER_SIZE];

	header_encode(h, copy);
	if (vfs_raw_write(v, offset, copy, sizeof copy, e) != 0)
		return -1;
	return vfs_raw_sync(v, e);
}

/* One copy of the two is whole: decides nothing when both are not. A store of a newer version says so rather than "damaged". */
static int neither(struct vfs *v, const struct err *a, const struct err *b, struct err *e)
{
	if (a->code == ERR_DAMAGED || b->code == ERR_DAMAGED)
		return err_set(e, ERR_DAMAGED, _("%s is damaged: neither copy of its header is whole"), vfs_path(v));
	return err_set(e, ERR_REFUSED, "%s: %s", vfs_path(v), a->text);
}

int header_read(struct header *h, struct vfs *v, bool mend, struct err *e)
{
	unsigned char bytes[2 * HEADER_SIZE];
	struct header a, b;
	struct err ea = ERR_INIT, eb = ERR_INIT;
	bool good_a, good_b;

	if (vfs_raw_read(v, COPY_A, bytes, sizeof bytes, e) != 0)
		return -1;
	good_a = header_decode(&a, bytes + COPY_A, &ea) == 0;
	good_b = header_decode(&b, bytes + COPY_B, &eb) == 0;
	if (!good_a && !good_b)
		return neither(v, &ea, &eb, e);
	if (good_a && good_b && a.sequence == b.sequence && memcmp(bytes, bytes + COPY_B, HEADER_SIZE) != 0)
		return err_set(e, ERR_DAMAGED, _("%s is damaged or was tampered with: the copies of its header contradict each other"),
		    vfs_path(v));
	if (vfs_raw_size(v) < VFS_DATABASE + VFS_PAGE)
		return err_set(e, ERR_DAMAGED, _("%s is damaged: it ends before the database begins"), vfs_path(v));

	*h = good_a && (!good_b || a.sequence >= b.sequence) ? a : b;
	h->torn = !good_a || !good_b;
	if (!mend)
		return 0;
	if (!good_a || a.sequence < h->sequence)
		return write_copy(h, v, COPY_A, e);
	if (!good_b || b.sequence < h->sequence)
		return write_copy(h, v, COPY_B, e);
	return 0;
}

int header_write(struct header *h, struct vfs *v, struct err *e)
{
	h->sequence++;
	if (write_copy(h, v, COPY_A, e) != 0)
		return -1;
	return write_copy(h, v, COPY_B, e);
}

bool header_has(const struct header *h, enum slot_kind kind)
{
	for (int i = 0; i < HEADER_SLOTS; i++)
		if (slot_kind(h->slots[i]) == kind)
			return true;
	return false;
}

void header_clear(struct header *h, enum slot_kind kind)
{
	for (int i = 0; i < HEADER_SLOTS; i++)
		if (slot_kind(h->slots[i]) == kind)
			header_clear_one(h, i);
}

void header_clear_one(struct header *h, int slot)
{
	memset(h->slots[slot], 0, HEADER_SLOT_SIZE);
}

int header_add(struct header *h, enum slot_kind kind, const void *secret, size_t len, const unsigned char data_key[VFS_KEY_SIZE],
    struct err *e)
{
	for (int i = 0; i < HEADER_SLOTS; i++)
		if (slot_kind(h->slots[i]) == SLOT_EMPTY)
			return slot_fill(h->slots[i], kind, h->store_id, secret, len, data_key, e);
	return err_set(e, ERR_REFUSED, _("the store has no room for another key"));
}

int header_unlock(const struct header *h, enum slot_kind kind, const void *secret, size_t len, unsigned char data_key[VFS_KEY_SIZE],
    struct err *e)
{
	for (int i = 0; i < HEADER_SLOTS; i++) {
		if (slot_kind(h->slots[i]) != kind)
			continue;
		switch (slot_open(h->slots[i], h->store_id, secret, len, data_key, e)) {
		case SLOT_OPENED:
			return 0;
		case SLOT_FAILED:
			return -1;
		case SLOT_OTHER_KEY:
			break;
		}
	}
	if (kind == SLOT_KEY_FILE)
		return err_set(e, ERR_PASSPHRASE, _("the key file does not belong to this store"));
	return err_set(e, ERR_PASSPHRASE, kind == SLOT_RECOVERY ? _("wrong recovery code") : _("wrong passphrase"));
}
