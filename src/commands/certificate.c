/* certificate: the register of the fund's own certificates. A new one is issued, with the next number, so that none is typed. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/certificate.h"

struct wished { const char *person, *course, *date, *hours, *title; };

static int fill(struct invocation *call, const struct wished *w, struct certificate_wish *wish, char person[RECORD_ID_SIZE], char course[RECORD_ID_SIZE],
    char day[DATE_SIZE], struct err *e)
{
	char today[DATE_SIZE], *end;

	date_today(today);
	course[0] = '\0';
	if (record_resolve(call->store, &person_type, w->person, person, e) != 0 ||
	    (w->course != NULL && record_resolve(call->store, &course_type, w->course, course, e) != 0) ||
	    (w->date != NULL && date_parse(w->date, today, day, e) != 0))
		return -1;
	*wish = (struct certificate_wish){ .person = person, .course = course, .date = w->date != NULL ? day : NULL, .title = w->title, .hours = -1 };
	if (w->hours == NULL)
		return 0;
	wish->hours = strtoll(w->hours, &end, 10);
	return w->hours[0] != '\0' && *end == '\0' && wish->hours >= 0 ? 0 : err_set(e, ERR_REFUSED, _("hours: a whole number, 0 or more"));
}

static int run_add(struct invocation *call, struct err *e)
{
	struct wished w = { NULL, NULL, NULL, NULL, NULL };
	const struct option options[] = { { "person", &w.person, NULL }, { "course", &w.course, NULL }, { "date", &w.date, NULL }, { "hours", &w.hours, NULL },
		{ "title", &w.title, NULL }, { NULL, NULL, NULL } };
	char person[RECORD_ID_SIZE], course[RECORD_ID_SIZE], day[DATE_SIZE], id[RECORD_ID_SIZE];
	struct certificate_wish wish;
	bool issued;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, 0, e) != 0)
		return -1;
	if (w.person == NULL)
		return err_set(e, ERR_USAGE, _("say whose certificate it is: --person P"));
	if (invocation_open(call, e) != 0 || fill(call, &w, &wish, person, course, day, e) != 0 ||
	    certificate_issue(call->store, &wish, id, &issued, e) != 0)
		return -1;
	if (!issued)
		command_warn(call, _("there was one already; no other number is given"));
	return print_text(e, "%s\n", id);
}

int command_certificate(struct invocation *call, struct err *e)
{
	if (call->argc == 0 || strcmp(call->argv[0], "add") != 0 || call->program->hub)
		return command_record(call, e);
	call->argv++;
	call->argc--;
	return run_add(call, e);
}
