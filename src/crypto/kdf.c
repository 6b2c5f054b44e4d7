#include "crypto/kdf.h"

#include <sodium.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/i18n.h"
#include "crypto/secret.h"

#define PASSES_MAX 16
#define MEMORY_MIN_KIB 8
#define MEMORY_MAX_KIB (1024 * 1024)
#define PLENTY_KIB (1024 * 1024)	/* from here on MODERATE's 256 MiB disturb nobody */

static const struct kdf_cost moderate = { crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE / 1024 };
static const struct kdf_cost interactive = { crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE / 1024 };

/* Set by tests alone: no option and no variable of the environment leads here, so that nobody can talk a store into a cheap slot. */
static struct kdf_cost for_tests;

int kdf_cost_check(struct kdf_cost cost)
{
	if (cost.passes < 1 || cost.passes > PASSES_MAX)
		return -1;
	if (cost.memory_kib < MEMORY_MIN_KIB || cost.memory_kib > MEMORY_MAX_KIB)
		return -1;
	return 0;
}

void kdf_cost_for_tests(struct kdf_cost cost)
{
	for_tests = cost;
}

/* What could be had without swapping. The kernel's own estimate counts the file cache, which sysconf's free pages leave out. */
static long long available_kib(void)
{
	FILE *f = fopen("/proc/meminfo", "re");
	char line[256];
	long long kib = -1;

	if (f != NULL) {
		while (kib < 0 && fgets(line, sizeof line, f) != NULL)
			if (sscanf(line, "MemAvailable: %lld kB", &kib) != 1)
				kib = -1;
		fclose(f);
	}
	if (kib < 0)
		kib = (long long)sysconf(_SC_AVPHYS_PAGES) * sysconf(_SC_PAGESIZE) / 1024;
	return kib;
}

/* Whether the address space takes that much more (ulimit -v, strict overcommit). Touches none of it. */
static int allocates(uint32_t kib)
{
	size_t size = (size_t)kib * 1024;
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return 0;
	munmap(p, size);
	return 1;
}

struct kdf_cost kdf_cost_default(void)
{
	if (for_tests.passes != 0)
		return for_tests;
	if (available_kib() >= PLENTY_KIB && allocates(moderate.memory_kib))
		return moderate;
	return interactive;
}

struct kdf_cost kdf_cost_least(void)
{
	return for_tests.passes != 0 ? for_tests : interactive;
}

int kdf_passphrase(const char *passphrase, size_t len, const unsigned char salt[KDF_SALT_SIZE], struct kdf_cost cost,
    unsigned char out[KDF_KEY_SIZE], struct err *e)
{
	_Static_assert(KDF_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES, "the salt is libsodium's");

	if (kdf_cost_check(cost) != 0)
		return err_set(e, ERR_REFUSED, _("the cost of the key derivation is out of bounds"));
	if (crypto_pwhash(out, KDF_KEY_SIZE, passphrase, len, salt, cost.passes, (size_t)cost.memory_kib * 1024,
	    crypto_pwhash_ALG_ARGON2ID13) != 0) {
		secret_wipe(out, KDF_KEY_SIZE);
		return err_set(e, ERR_REFUSED, _("there is not enough memory to derive the key (%u MiB are needed)"),
		    (unsigned)((cost.memory_kib + 1023) / 1024));
	}
	return 0;
}

void kdf_subkey(const unsigned char key[KDF_KEY_SIZE], uint64_t id, const char context[8], unsigned char out[KDF_KEY_SIZE])
{
	_Static_assert(crypto_kdf_KEYBYTES == KDF_KEY_SIZE && crypto_kdf_CONTEXTBYTES == 8, "the sizes are libsodium's");

	bug_if(crypto_kdf_derive_from_key(out, KDF_KEY_SIZE, id, context, key) != 0);
}

/* RFC 5869 with one block of output: extract, then expand once. */
void kdf_hkdf_sha256(const void *ikm, size_t ikm_len, const void *salt, size_t salt_len, const void *info, size_t info_len,
    unsigned char out[32])
{
	static const unsigned char first = 1;
	crypto_auth_hmacsha256_state state;
	unsigned char prk[32];

	crypto_auth_hmacsha256_init(&state, salt_len > 0 ? salt : &first, salt_len);	/* libsodium wants an address even then */
	crypto_auth_hmacsha256_update(&state, ikm, ikm_len);
	crypto_auth_hmacsha256_final(&state, prk);

	crypto_auth_hmacsha256_init(&state, prk, sizeof prk);
	crypto_auth_hmacsha256_update(&state, info, info_len);
	crypto_auth_hmacsha256_update(&state, &first, 1);
	crypto_auth_hmacsha256_final(&state, out);

	secret_wipe(prk, sizeof prk);
	secret_wipe(&state, sizeof state);
}
