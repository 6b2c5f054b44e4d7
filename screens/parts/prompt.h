/* prompt: a question in the last two lines, over the screen that asks: yes or no, a line of text, a passphrase. The answer comes back through a
 * function, since nothing waits: the loop goes on. */
#ifndef SCREENS_PARTS_PROMPT_H
#define SCREENS_PARTS_PROMPT_H

#include "screens/parts/screen.h"

enum prompt_reply { PROMPT_NO, PROMPT_YES, PROMPT_DISMISSED };	/* dismissed: Esc, which decides nothing */

/* Gets the context that was given; returns DID_… flags. Called exactly once, also when the program leaves (dismissed);
 * the prompt closes itself. */
typedef unsigned (*prompt_answer)(void *context, enum prompt_reply reply);
/* Gets what was typed, NULL when the person left or the program leaves. With *again set (and words told to the loop) the prompt stays open and asks
 * once more; otherwise that was the last call. */
typedef unsigned (*prompt_entry)(void *context, const char *typed, bool *again);

struct screen *prompt_ask(const char *question, prompt_answer answer, void *context);
struct screen *prompt_line(const char *label, const char *initial, prompt_entry entry, void *context);
/* The name of a file, or of a folder: Tab completes it; the entry gets it as typed (path_expand). */
struct screen *prompt_path(const char *label, const char *initial, bool folder, prompt_entry entry, void *context);
struct screen *prompt_passphrase(const char *label, prompt_entry entry, void *context);

/* F3 in a prompt for a passphrase: `other` is called in place of the entry, which is done with then. */
void prompt_other_person(struct screen *prompt, unsigned (*other)(void *context));

/* «русские», «латинские»: the letters that the last typed character belongs to; "" while that is unknown. */
const char *prompt_letters(uint32_t character);

#endif
