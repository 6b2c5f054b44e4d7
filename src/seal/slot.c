#include "seal/slot.h"

#include <string.h>

#include "base/i18n.h"
#include "crypto/kdf.h"
#include "crypto/seal.h"
#include "crypto/secret.h"

#define AT_PASSES 4
#define AT_MEMORY 8
#define AT_SALT 16
#define AT_COMMITMENT 32
#define AT_WRAPPED 64
#define AT_EXTRA 96

#define BOUND 32			/* bytes of a slot that are associated data: kind, cost, salt */
#define AD_SIZE (sizeof ad_domain + BOUND + STORE_ID_SIZE)

#define KEY_CONTEXT "lnslot  "		/* crypto_kdf's eight characters */
#define KEY_WRAP 1
#define KEY_COMMITMENT 2

static const char ad_domain[16] = "livenet slot 1\n";
static const char key_file_info[] = "livenet key file 1";

/* What a secret gives: in guarded memory, and gone with slot_keys_free. */
struct slot_keys {
	unsigned char root[KDF_KEY_SIZE];
	unsigned char wrap[KDF_KEY_SIZE];
	unsigned char commitment[KDF_KEY_SIZE];
};

static void put32(unsigned char *out, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		out[i] = (unsigned char)(n >> (8 * i));
}

static uint32_t get32(const unsigned char *in)
{
	return (uint32_t)in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
}

enum slot_kind slot_kind(const unsigned char *slot)
{
	return (enum slot_kind)slot[0];
}

struct kdf_cost slot_cost(const unsigned char *slot)
{
	return (struct kdf_cost){ get32(slot + AT_PASSES), get32(slot + AT_MEMORY) };
}

const unsigned char *slot_salt(const unsigned char *slot)
{
	return slot + AT_SALT;
}

static void associated(const unsigned char *slot, const unsigned char *store_id, unsigned char *ad)
{
	memcpy(ad, ad_domain, sizeof ad_domain);
	memcpy(ad + sizeof ad_domain, slot, BOUND);
	memcpy(ad + sizeof ad_domain + BOUND, store_id, STORE_ID_SIZE);
}

/* The keys of a secret under what the slot says of kind, cost and salt; NULL with *e filled. */
static struct slot_keys *derive(const unsigned char *slot, const void *secret, size_t len, struct err *e)
{
	struct kdf_cost cost = slot_cost(slot);
	struct slot_keys *k;

	if (slot_kind(slot) != SLOT_KEY_FILE && kdf_cost_check(cost) != 0) {
		err_set(e, ERR_DAMAGED, _("a key slot of the store is damaged: its cost is out of bounds"));
		return NULL;
	}
	k = secret_new(sizeof *k);
	if (slot_kind(slot) == SLOT_KEY_FILE) {
		kdf_hkdf_sha256(secret, len, slot + AT_SALT, KDF_SALT_SIZE, key_file_info, sizeof key_file_info - 1, k->root);
	} else if (kdf_passphrase(secret, len, slot + AT_SALT, cost, k->root, e) != 0) {
		secret_free(k);
		return NULL;
	}
	kdf_subkey(k->root, KEY_WRAP, KEY_CONTEXT, k->wrap);
	kdf_subkey(k->root, KEY_COMMITMENT, KEY_CONTEXT, k->commitment);
	return k;
}

int slot_fill(unsigned char slot[HEADER_SLOT_SIZE], enum slot_kind kind, const unsigned char store_id[STORE_ID_SIZE], const void *secret,
    size_t len, const unsigned char data_key[VFS_KEY_SIZE], struct err *e)
{
	unsigned char fresh[HEADER_SLOT_SIZE] = { (unsigned char)kind }, ad[AD_SIZE];
	struct slot_keys *k;

	if (kind != SLOT_KEY_FILE) {
		struct kdf_cost cost = kind == SLOT_RECOVERY ? kdf_cost_least() : kdf_cost_default();

		put32(fresh + AT_PASSES, cost.passes);
		put32(fresh + AT_MEMORY, cost.memory_kib);
	}
	crypto_random(fresh + AT_SALT, KDF_SALT_SIZE);
	k = derive(fresh, secret, len, e);
	if (k == NULL)
		return -1;
	memcpy(fresh + AT_COMMITMENT, k->commitment, KDF_KEY_SIZE);
	associated(fresh, store_id, ad);
	seal(k->wrap, ad, sizeof ad, data_key, VFS_KEY_SIZE, fresh + AT_WRAPPED, fresh + AT_EXTRA);
	secret_free(k);
	memcpy(slot, fresh, HEADER_SLOT_SIZE);
	return 0;
}

enum slot_result slot_open(const unsigned char slot[HEADER_SLOT_SIZE], const unsigned char store_id[STORE_ID_SIZE], const void *secret,
    size_t len, unsigned char data_key[VFS_KEY_SIZE], struct err *e)
{
	struct slot_keys *k = derive(slot, secret, len, e);
	enum slot_result result = SLOT_OPENED;
	unsigned char ad[AD_SIZE];

	if (k == NULL)
		return SLOT_FAILED;
	associated(slot, store_id, ad);
	if (!secret_equal(k->commitment, slot + AT_COMMITMENT, KDF_KEY_SIZE)) {
		result = SLOT_OTHER_KEY;
	} else if (seal_open(k->wrap, ad, sizeof ad, slot + AT_WRAPPED, VFS_KEY_SIZE, slot + AT_EXTRA, data_key) != 0) {
		err_set(e, ERR_DAMAGED, _("a key slot of the store is damaged or was tampered with"));
		result = SLOT_FAILED;
	}
	secret_free(k);
	return result;
}
