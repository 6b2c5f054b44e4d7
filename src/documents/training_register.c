/* The register of a course, group by group. */
#include "documents/training.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/typeset.h"
#include "records/course.h"

enum { DAYS_MOST = 12, OTHER_COLUMNS = 6, COLUMNS = DAYS_MOST + OTHER_COLUMNS };

struct day { char date[DATE_SIZE]; int person, hours; };	/* person: its place among the people */

struct sheet {
	struct store *s;
	struct typeset *t;
	struct course_people people;
	struct course_groups groups;
	struct day *day;
	int days;
};

static int add_day(void *context, const char *date, const char *person, int hours, struct err *e)
{
	struct sheet *x = context;
	const struct course_person *p = course_people_find(&x->people, person);

	(void)e;
	if (p == NULL || !date_valid(date))
		return 0;
	x->day = mem_resize(x->day, (size_t)x->days + 1, sizeof(*x->day));
	x->day[x->days].person = (int)(p - x->people.row);
	x->day[x->days].hours = hours;
	snprintf(x->day[x->days++].date, DATE_SIZE, "%s", date);
	return 0;
}

/* A group that was removed is none. */
static bool is_in(const struct sheet *x, const struct course_person *p, const char *group)
{
	if (group[0] != '\0')
		return strcmp(p->group, group) == 0;
	for (int i = 0; i < x->groups.count; i++)
		if (strcmp(p->group, x->groups.row[i].id) == 0)
			return false;
	return true;
}

/* The dates on which anybody of the group was there; they come in order. -1: more than there is room for. */
static int dates_of(const struct sheet *x, const char *group, char (*dates)[DATE_SIZE])
{
	int count = 0;

	for (int i = 0; i < x->days; i++) {
		if (!is_in(x, &x->people.row[x->day[i].person], group) || (count > 0 && strcmp(dates[count - 1], x->day[i].date) == 0))
			continue;
		if (count == DAYS_MOST)
			return -1;
		memcpy(dates[count++], x->day[i].date, DATE_SIZE);
	}
	return count;
}

static int hours_on(const struct sheet *x, int person, const char *date)
{
	for (int i = 0; i < x->days; i++)
		if (x->day[i].person == person && strcmp(x->day[i].date, date) == 0)
			return x->day[i].hours;
	return 0;
}

static void begin_table(const struct sheet *x, char (*dates)[DATE_SIZE], int days)
{
	struct typeset_column column[COLUMNS];
	char title[DAYS_MOST][8];
	struct typeset_table table = { .columns = column, .row_millimetres = 8 };
	int n = 0;

	column[n++] = (struct typeset_column){ "№", 3, TYPESET_NUMBER };
	column[n++] = (struct typeset_column){ _("Full name"), 20, TYPESET_TEXT };
	column[n++] = (struct typeset_column){ _("Organisation"), 20, TYPESET_TEXT };
	for (int i = 0; i < days; i++) {
		snprintf(title[i], sizeof(title[i]), "%.2s.%.2s", dates[i] + 8, dates[i] + 5);
		column[n++] = (struct typeset_column){ title[i], 4, TYPESET_NUMBER };
	}
	column[n++] = (struct typeset_column){ _("Hours"), 5, TYPESET_NUMBER };
	/* TRANSLATORS: a column of a register: number and date of the document that the provider of a course gave */
	column[n++] = (struct typeset_column){ _("Document"), 16, TYPESET_TEXT };
	column[n++] = (struct typeset_column){ _("Signature"), 12, TYPESET_TEXT };
	table.count = n;
	typeset_table(x->t, &table);
}

static void document_words(const struct course_person *p, struct buf *out)
{
	char day[DATE_SIZE];

	date_show(p->document_date, day);
	if (p->document[0] != '\0' && day[0] != '\0')
		/* TRANSLATORS: number and date of a document */
		buf_addf(out, _("No. %s of %s"), p->document, day);
	else if (p->document[0] != '\0')
		buf_adds(out, p->document);
	else if (p->state == ENROLMENT_LEFT)
		buf_adds(out, _("left the course"));
}

static void add_row(const struct sheet *x, int person, int number, char (*dates)[DATE_SIZE], int days)
{
	const struct course_person *p = &x->people.row[person];
	char text[DAYS_MOST + 2][24] = { "" };
	const char *cells[COLUMNS];
	struct buf document = BUF_INIT;
	int n = 0;

	snprintf(text[0], sizeof(text[0]), "%d", number);
	snprintf(text[1], sizeof(text[1]), "%lld", (long long)p->hours);
	cells[n++] = text[0];
	cells[n++] = p->name;
	cells[n++] = p->organisation;
	for (int i = 0; i < days; i++) {
		int hours = hours_on(x, person, dates[i]);

		if (hours > 0)
			snprintf(text[i + 2], sizeof(text[i + 2]), "%d", hours);
		cells[n++] = text[i + 2];
	}
	document_words(p, &document);
	cells[n++] = text[1];
	cells[n++] = document.data;
	cells[n++] = "";
	typeset_row(x->t, cells);
	buf_release(&document);
}

static void group_heading(const struct sheet *x, const struct course_group *g)
{
	char since[DATE_SIZE], until[DATE_SIZE];
	struct buf words = BUF_INIT;

	date_show(g->since, since);
	date_show(g->until, until);
	typeset_heading(x->t, 2, g->title);
	if (since[0] != '\0' || until[0] != '\0')
		buf_addf(&words, "%s — %s", since, until);
	if (g->place[0] != '\0')
		buf_addf(&words, "%s%s", words.len > 0 ? ", " : "", g->place);
	if (g->municipality[0] != '\0')
		buf_addf(&words, "%s%s", words.len > 0 ? ", " : "", g->municipality);
	if (words.len > 0)
		typeset_text(x->t, NULL, words.data);
	buf_release(&words);
}

static int count_in(const struct sheet *x, const char *group)
{
	int count = 0;

	for (int i = 0; i < x->people.count; i++)
		count += is_in(x, &x->people.row[i], group);
	return count;
}

/* `g` NULL: who is in no group. */
static void add_group(const struct sheet *x, const struct course_group *g)
{
	const char *group = g != NULL ? g->id : "";
	char dates[DAYS_MOST][DATE_SIZE];
	int days = dates_of(x, group, dates), number = 0;

	if (count_in(x, group) == 0)
		return;
	if (g != NULL)
		group_heading(x, g);
	else if (x->groups.count > 0)
		typeset_heading(x->t, 2, _("Without a group"));
	if (days < 0)
		typeset_text(x->t, NULL, _("There are too many days for a column each: the sum of the hours is shown."));
	begin_table(x, dates, days > 0 ? days : 0);
	for (int i = 0; i < x->people.count; i++)
		if (is_in(x, &x->people.row[i], group))
			add_row(x, i, ++number, dates, days > 0 ? days : 0);
	typeset_table_end(x->t);
	typeset_space(x->t, 6);
}

static void add_head(const struct sheet *x, const struct record *course)
{
	struct buf programme = BUF_INIT;
	char counts[24];

	record_name(x->s, &programme_type, record_get(course, "programme"), &programme);
	/* TRANSLATORS: the list of those who are on a course, with hours and documents */
	typeset_heading(x->t, 1, _("Register of the participants of a course"));
	typeset_field(x->t, _("Programme"), programme.data);
	typeset_field(x->t, _("Course"), record_get(course, "title"));
	if (record_get(course, "provider")[0] != '\0')
		typeset_field(x->t, _("Provider"), record_get(course, "provider"));
	if (record_get(course, "hours")[0] != '\0')
		typeset_field(x->t, _("Hours"), record_get(course, "hours"));
	if (record_get(course, "document_kind")[0] != '\0')
		typeset_field(x->t, _("Document"), record_get(course, "document_kind"));
	snprintf(counts, sizeof(counts), "%d", x->people.enrolled + x->people.completed);
	typeset_field(x->t, _("Enrolled"), counts);
	snprintf(counts, sizeof(counts), "%d", x->people.completed);
	/* TRANSLATORS: how many people have completed a course */
	typeset_field(x->t, _("Completed"), counts);
	typeset_space(x->t, 4);
	buf_release(&programme);
}

static int set_pages(struct sheet *x, const struct record *course, struct buf *pdf, struct err *e)
{
	const struct typeset_page page = { .title = record_get(course, "title"), .foot = record_get(course, "title"), .landscape = true };

	x->t = typeset_begin(TYPESET_PDF, &page);
	add_head(x, course);
	for (int i = 0; i < x->groups.count; i++)
		add_group(x, &x->groups.row[i]);
	add_group(x, NULL);
	if (x->people.count == 0)
		typeset_text(x->t, NULL, _("Nobody is enrolled yet."));
	/* TRANSLATORS: before a line to sign on: who keeps the register */
	typeset_signature(x->t, _("Responsible"), "");
	return typeset_finish(x->t, pdf, e);
}

int training_register(struct store *s, const char *course, struct buf *pdf, struct err *e)
{
	struct sheet x = { .s = s };
	struct record r;
	int rc = -1;

	if (record_load(s, &r, &course_type, course, e) != 0)
		return -1;
	if (course_people(s, course, &x.people, e) == 0) {
		if (course_groups(s, course, &x.groups, e) == 0 && course_days(s, course, add_day, &x, e) == 0)
			rc = set_pages(&x, &r, pdf, e);
		course_groups_release(&x.groups);
	}
	course_people_release(&x.people);
	free(x.day);
	record_release(&r);
	return rc;
}
