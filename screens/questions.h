/* questions: questions to experts as a register: mine, to me, unanswered, all. */
#ifndef SCREENS_QUESTIONS_H
#define SCREENS_QUESTIONS_H

#include "screens/parts/screen.h"
#include "store/store.h"

struct screen *questions_open(struct store *s);

#endif
