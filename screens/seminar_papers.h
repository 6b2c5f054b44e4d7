/* seminar_papers: the papers of a seminar and of people: the sign-in sheet, with who is registered or blank, and forms of consents to be signed; then where they go
 * (output.h). */
#ifndef SCREENS_SEMINAR_PAPERS_H
#define SCREENS_SEMINAR_PAPERS_H

#include "screens/parts/loop.h"

void seminar_papers_ask(struct loop *l, const char *seminar);

/* Forms of a consent for these people: for which purpose. */
void consent_papers_ask(struct loop *l, const char *const *persons, int count);

#endif
