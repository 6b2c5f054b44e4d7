/* The fund's own certificates: whose they are, and the pages. */
#include "documents/training.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/handout.h"
#include "records/certificate.h"
#include "records/course.h"

/* --- whose --- */

static int not_on_course(struct store *s, const char *person, struct err *e)
{
	struct buf name = BUF_INIT;

	record_name(s, &person_type, person, &name);
	err_set(e, ERR_REFUSED, _("%s is not on this course: there is nothing to certify"), name.data);
	buf_release(&name);
	return -1;
}

static bool is_asked(const char *const *persons, int count, const char *person)
{
	for (int i = 0; i < count; i++)
		if (strcmp(persons[i], person) == 0)
			return true;
	return false;
}

static int check_asked(struct store *s, const struct course_people *all, const char *const *persons, int count, struct err *e)
{
	for (int i = 0; i < count; i++) {
		const struct course_person *p = course_people_find(all, persons[i]);

		if (p == NULL || p->state == ENROLMENT_LEFT)
			return not_on_course(s, persons[i], e);
	}
	return 0;
}

static int certify(struct store *s, const char *course, const struct course_people *all, const char *const *persons, int count,
    char (*ids)[RECORD_ID_SIZE], int *found, struct err *e)
{
	for (int i = 0; i < all->count; i++) {
		const struct course_person *p = &all->row[i];
		struct certificate_wish w = { .person = p->person, .course = course, .hours = -1 };

		if (count > 0 ? !is_asked(persons, count, p->person) : p->state != ENROLMENT_COMPLETED)
			continue;
		if (certificate_issue(s, &w, ids[(*found)++], NULL, e) != 0)
			return -1;
	}
	if (*found > 0)
		return 0;
	return err_set(e, ERR_REFUSED, _("nobody has completed this course yet; name the people who get a certificate all the same"));
}

int training_certify(struct store *s, const char *course, const char *const *persons, int count, char (**ids)[RECORD_ID_SIZE], int *found, struct err *e)
{
	struct course_people all;
	int rc;

	*ids = NULL;
	*found = 0;
	if (course_people(s, course, &all, e) != 0)
		return -1;
	*ids = mem_zero((size_t)all.count + 1, sizeof(**ids));
	rc = store_begin(s, e);
	if (rc == 0) {
		rc = check_asked(s, &all, persons, count, e) != 0 || certify(s, course, &all, persons, count, *ids, found, e) != 0 ? -1 : 0;
		if (rc == 0)
			rc = store_commit(s, e);
		else
			store_rollback(s);
	}
	course_people_release(&all);
	if (rc != 0) {
		free(*ids);
		*ids = NULL;
		*found = 0;
	}
	return rc;
}

/* --- the pages --- */

/* When the person's group met. */
static void set_dates(struct store *s, struct handout *h, const struct record *certificate)
{
	char since[DATE_SIZE] = "", until[DATE_SIZE] = "", id[2 * RECORD_ID_SIZE];
	struct record enrolment, group;

	snprintf(id, sizeof(id), "%s/%s", record_get(certificate, "course"), record_get(certificate, "person"));
	if (record_load(s, &enrolment, &enrolment_type, id, NULL) == 0) {
		if (record_load(s, &group, &group_type, record_get(&enrolment, "course_group"), NULL) == 0) {
			date_show(record_get(&group, "since"), since);
			date_show(record_get(&group, "until"), until);
			record_release(&group);
		}
		record_release(&enrolment);
	}
	template_values_set(&h->values, "since", since);
	template_values_set(&h->values, "until", until);
}

static void set_values(struct store *s, struct handout *h, const struct record *r)
{
	struct buf course = BUF_INIT;

	record_name(s, &course_type, record_get(r, "course"), &course);
	template_values_set(&h->values, "number", record_get(r, "number"));
	template_values_set(&h->values, "title", record_get(r, "title"));
	template_values_set(&h->values, "course", course.data);
	template_values_set(&h->values, "hours", record_get(r, "hours"));
	set_dates(s, h, r);
	buf_release(&course);
}

static void set_page(struct typeset *t, const struct handout *h)
{
	typeset_frame(t);
	typeset_space(t, 5);
	handout_head(t, h, 28, 5, 7);
	handout_body(t, h, TYPESET_CENTRE, 13);
	typeset_space(t, 8);
	handout_signature(t, h);
}

static int add_page(struct store *s, struct typeset *t, const char *id, struct err *e)
{
	struct handout h;
	struct record r;
	int rc;

	if (record_load(s, &r, &certificate_type, id, e) != 0)
		return -1;
	rc = handout_begin(s, "certificate", record_get(&r, "person"), record_get(&r, "date"), &h, e);
	if (rc == 0) {
		set_values(s, &h, &r);
		set_page(t, &h);
		handout_release(&h);
	}
	record_release(&r);
	return rc;
}

int training_certificates(struct store *s, const char (*ids)[RECORD_ID_SIZE], int count, struct buf *pdf, struct err *e)
{
	const struct typeset_page page = { .title = _("Certificates of participation"), .landscape = true, .plain = true };
	struct typeset *t = typeset_begin(TYPESET_PDF, &page);

	for (int i = 0; i < count; i++) {
		if (i > 0)
			typeset_break(t);
		if (add_page(s, t, ids[i], e) != 0) {
			typeset_abandon(t);
			return -1;
		}
	}
	return typeset_finish(t, pdf, e);
}
