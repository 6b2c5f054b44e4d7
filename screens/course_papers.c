#include "screens/course_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/training.h"
#include "records/course.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"

struct papers {
	struct loop *loop;
	char course[RECORD_ID_SIZE], person[RECORD_ID_SIZE];	/* person "": all who have completed it */
};

static struct papers *papers_new(struct loop *l, const char *course, const char *person)
{
	struct papers *t = mem_zero(1, sizeof *t);

	t->loop = l;
	snprintf(t->course, sizeof t->course, "%s", course);
	snprintf(t->person, sizeof t->person, "%s", person);
	return t;
}

static int make_register(struct store *s, void *context, struct buf *out, struct err *e)
{
	return training_register(s, ((struct papers *)context)->course, out, e);
}

/* Numbers are given only when the papers can be made. */
static int make_certificates(struct store *s, void *context, struct buf *out, struct err *e)
{
	struct papers *t = context;
	const char *const one[] = { t->person };
	char (*ids)[RECORD_ID_SIZE] = NULL;
	int found, rc = store_begin(s, e);

	if (rc != 0)
		return -1;
	rc = training_certify(s, t->course, one, t->person[0] != '\0', &ids, &found, e);
	if (rc == 0)
		rc = training_certificates(s, (const char (*)[RECORD_ID_SIZE])ids, found, out, e);
	free(ids);
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

static unsigned offer_certificates(struct loop *l, const char *course, const char *person)
{
	const struct output o = {
		.title = _("Certificates of participation"), .file = "certificates.pdf", .printable = true, .personal = true,
		.make = make_certificates, .context = papers_new(l, course, person), .release = free,
	};

	return output_offer(l, &o);
}

static unsigned person_chosen(void *context, const char *const *values, int count)
{
	struct papers *t = context;
	unsigned did = count > 0 ? offer_certificates(t->loop, t->course, values[0]) : DID_CHANGE;

	free(t);
	return did;
}

static unsigned ask_person(struct loop *l, const char *course)
{
	struct course_people all;
	struct err e = ERR_INIT;
	struct screen *pick;

	if (course_people(l->store, course, &all, &e) != 0) {
		loop_problem(l, &e);
		return DID_CHANGE;
	}
	pick = pick_open(_("Whose certificate"), person_chosen, papers_new(l, course, ""));
	for (int i = 0; i < all.count; i++)
		if (all.row[i].state != ENROLMENT_LEFT)
			pick_add(pick, all.row[i].person, all.row[i].name, all.row[i].certificate);
	loop_push(l, pick);
	course_people_release(&all);
	return DID_CHANGE;
}

static unsigned paper_chosen(void *context, const char *const *values, int count)
{
	struct papers *t = context;
	const struct output sheet = {
		.title = _("Register of the participants of a course"), .file = "course.pdf", .printable = true, .personal = true,
		.make = make_register, .release = free,
	};
	struct output o = sheet;
	unsigned did = DID_CHANGE;

	if (count > 0 && strcmp(values[0], "register") == 0) {
		o.context = papers_new(t->loop, t->course, "");
		did = output_offer(t->loop, &o);
	} else if (count > 0 && strcmp(values[0], "all") == 0) {
		did = offer_certificates(t->loop, t->course, "");
	} else if (count > 0) {
		did = ask_person(t->loop, t->course);
	}
	free(t);
	return did;
}

void course_papers_ask(struct loop *l, const char *course)
{
	struct screen *pick = pick_open(_("Which paper"), paper_chosen, papers_new(l, course, ""));
	struct course_people all;
	struct err e = ERR_INIT;
	int completed = 0, on = 0;

	if (course_people(l->store, course, &all, &e) == 0) {
		completed = all.completed;
		on = all.completed + all.enrolled;
		course_people_release(&all);
	} else {
		loop_problem(l, &e);
	}
	pick_add(pick, "register", _("register of the participants, with hours and documents"), "");
	if (completed > 0)
		pick_add(pick, "all", _("certificates of all who have completed it"), "");
	if (on > 0)
		pick_add(pick, "one", _("the certificate of one person"), "");
	loop_push(l, pick);
}
