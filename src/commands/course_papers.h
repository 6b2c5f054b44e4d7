/* course_papers: the register and the certificates of a course from the command line; the course is the first word. */
#ifndef COMMANDS_COURSE_PAPERS_H
#define COMMANDS_COURSE_PAPERS_H

#include "commands/command.h"

int course_print_register(struct invocation *call, struct err *e);
int course_print_certificates(struct invocation *call, struct err *e);

#endif
