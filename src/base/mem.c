#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

static void (*on_exhaustion)(void);

void mem_on_exhaustion(void (*handler)(void))
{
	on_exhaustion = handler;
}

/* Nothing that allocates may stand here, and the handlers of exit() may: hence write and _exit. */
static _Noreturn void exhausted(void)
{
	const char *text = _("out of memory");

	if (on_exhaustion != NULL)
		on_exhaustion();
	if (write(STDERR_FILENO, text, strlen(text)) < 0 || write(STDERR_FILENO, "\n", 1) < 0)
		_exit(1);
	_exit(1);
}

void *mem_alloc(size_t size)
{
	void *p = malloc(size > 0 ? size : 1);

	if (p == NULL)
		exhausted();
	return p;
}

void *mem_zero(size_t count, size_t size)
{
	void *p = count > 0 && size > 0 ? calloc(count, size) : calloc(1, 1);

	if (p == NULL)
		exhausted();
	return p;
}

void *mem_resize(void *old, size_t count, size_t size)
{
	void *p;

	if (size > 0 && count > SIZE_MAX / size)
		exhausted();
	p = realloc(old, count > 0 && size > 0 ? count * size : 1);
	if (p == NULL)
		exhausted();
	return p;
}

char *mem_dup(const char *text)
{
	return text != NULL ? mem_dupn(text, strlen(text)) : NULL;
}

char *mem_dupn(const void *data, size_t len)
{
	char *p;

	if (len == SIZE_MAX)
		exhausted();
	p = mem_alloc(len + 1);
	if (len > 0)
		memcpy(p, data, len);
	p[len] = '\0';
	return p;
}
