#include "crypto/seal.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/err.h"
#include "crypto/secret.h"

/* Nonces are drawn from the kernel 170 at a time: pages are sealed by the hundred thousand, and a system call for each nonce would cost a
 * tenth of the sealing. A nonce is wiped as it is handed out, so that it cannot be handed out twice. A child process must
 * not go on where its parent stands: after a fork the child's pool counts as empty. The pool belongs to its thread for the same reason. */
#define POOL_NONCES (4096 / SEAL_NONCE_SIZE)

struct pool {
	unsigned char bytes[POOL_NONCES * SEAL_NONCE_SIZE];
	size_t left;			/* nonces not handed out yet; they stand at the front */
};

static _Thread_local struct pool *pool;
static pthread_once_t fork_watched = PTHREAD_ONCE_INIT;

static void forget(void)
{
	if (pool == NULL)
		return;
	secret_wipe(pool->bytes, sizeof pool->bytes);
	pool->left = 0;
}

static void watch_forks(void)
{
	bug_if(pthread_atfork(NULL, NULL, forget) != 0);
}

static void next_nonce(unsigned char nonce[SEAL_NONCE_SIZE])
{
	unsigned char *p;

	if (pool == NULL) {
		pthread_once(&fork_watched, watch_forks);
		pool = secret_new(sizeof *pool);
	}
	if (pool->left == 0) {
		crypto_random(pool->bytes, sizeof pool->bytes);
		pool->left = POOL_NONCES;
	}
	p = pool->bytes + --pool->left * SEAL_NONCE_SIZE;
	memcpy(nonce, p, SEAL_NONCE_SIZE);
	secret_wipe(p, SEAL_NONCE_SIZE);
}

void seal(const unsigned char key[SEAL_KEY_SIZE], const void *ad, size_t ad_len, const void *in, size_t len, void *out,
    unsigned char extra[SEAL_EXTRA])
{
	_Static_assert(SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES
	    && SEAL_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
	    && SEAL_TAG_SIZE == crypto_aead_xchacha20poly1305_ietf_ABYTES, "the sizes are libsodium's");

	next_nonce(extra);
	bug_if(crypto_aead_xchacha20poly1305_ietf_encrypt_detached(out, extra + SEAL_NONCE_SIZE, NULL, in, len, ad, ad_len, NULL,
	    extra, key) != 0);
}

int seal_open(const unsigned char key[SEAL_KEY_SIZE], const void *ad, size_t ad_len, const void *in, size_t len,
    const unsigned char extra[SEAL_EXTRA], void *out)
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt_detached(out, NULL, in, len, extra + SEAL_NONCE_SIZE, ad, ad_len, extra,
	    key) == 0 ? 0 : -1;
}
