/* course_work: what is done on a course, step by step: who is enrolled, the hours of a day, completion, papers. */
#ifndef SCREENS_COURSE_WORK_H
#define SCREENS_COURSE_WORK_H

#include "screens/parts/loop.h"

/* Whom: consultants and experts of the programme who are not on it; several may be taken. Then the group, where there is one. */
void course_enrol_ask(struct loop *l, const char *course);
/* To which course, these people. */
void course_enrol_people(struct loop *l, const char *const *persons, int count);

/* A day, the hours, then everybody marked whose group meets on it: who was absent is taken out. */
void course_hours_ask(struct loop *l, const char *course);

/* The day, then the number of each document, one after the other; an empty one skips the person, Esc ends. */
void course_complete_ask(struct loop *l, const char *course);

/* The register, the certificates of all who have completed it, or of one. */
void course_papers_ask(struct loop *l, const char *course);

#endif
