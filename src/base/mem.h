/* mem: allocation that does not fail. What a person typed is in the store before anybody is told so, and every change is one
 * transaction; so running out of memory ends the program with a word instead of being carried through every caller. Sizes
 * that come from outside are checked against a limit before they get here. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* All of these end the program through the handler when there is no memory or a product overflows. Free with free(). */
void *mem_alloc(size_t size);
void *mem_zero(size_t count, size_t size);			/* count × size bytes of zeros */
void *mem_resize(void *old, size_t count, size_t size);		/* realloc to count × size */
char *mem_dup(const char *text);				/* NULL stays NULL */
char *mem_dupn(const void *data, size_t len);			/* copies len bytes and adds a NUL */

/* Called before the program ends for want of memory (the terminal is restored there). May be NULL. */
void mem_on_exhaustion(void (*handler)(void));

#endif
