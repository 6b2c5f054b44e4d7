/* question_page: a question with its answer. */
#ifndef SCREENS_QUESTION_PAGE_H
#define SCREENS_QUESTION_PAGE_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *question_page_open(struct store *s, const char *id);

/* The form of the answer. */
unsigned question_answer_ask(struct loop *l, const char *id);

#endif
