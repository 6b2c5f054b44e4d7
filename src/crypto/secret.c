#include "crypto/secret.h"

#include <errno.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/i18n.h"
#include "base/mem.h"

/* sodium_malloc puts the end of the memory against a guard page, so that its start is aligned only as far as the size is. */
#define ALIGNMENT ((size_t)64)

int crypto_start(struct err *e)
{
	const struct rlimit none = { 0, 0 };

	if (sodium_init() < 0)
		return err_set(e, ERR_REFUSED, _("the cryptographic library cannot start"));
	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_sys(e, ERR_REFUSED, _("core dumps cannot be switched off"));
	return 0;
}

/* Goes the way of every other allocation that fails, so that the terminal is restored and one message is said. */
static void *exhausted(void)
{
	return mem_alloc(SIZE_MAX);
}

void *secret_new(size_t size)
{
	void *p;

	if (size > SIZE_MAX - ALIGNMENT)
		return exhausted();
	p = sodium_malloc((size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
	if (p == NULL)
		return exhausted();
	sodium_memzero(p, size);
	return p;
}

void secret_free(void *p)
{
	int saved = errno;

	sodium_free(p);
	errno = saved;
}

void secret_wipe(void *p, size_t len)
{
	sodium_memzero(p, len);
}

bool secret_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

void crypto_random(void *p, size_t len)
{
	randombytes_buf(p, len);
}
