#include "screens/person_page.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "records/application.h"
#include "records/attendance.h"
#include "records/consent.h"
#include "records/consultation.h"
#include "records/course.h"
#include "records/erasure.h"
#include "records/label.h"
#include "records/person.h"
#include "records/person_link.h"
#include "records/person_links.h"
#include "records/template.h"
#include "records/story.h"
#include "screens/cards.h"
#include "screens/consent.h"
#include "screens/course_work.h"
#include "screens/erasure_act.h"
#include "screens/doubles.h"
#include "screens/invite.h"
#include "screens/mentee.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/parts/page_links.h"
#include "screens/seminar_papers.h"
#include "screens/stage.h"
#include "screens/parts/words.h"

static const char *id_of(const struct page *p)
{
	const char *id;

	page_record(p, &id);
	return id;
}

/* --- consents --- */

/* What follows from it is a coordinator's to do, by a key that nobody else knows of. */
static void show_withdrawn(struct page *p, const struct choice *purpose, const char *day, struct buf *words)
{
	const char *keys = keymap_keys(ACTION_ERASE_PERSON), *key = NULL;
	size_t len;

	buf_addf(words, _("! withdrawn on %s"), day);
	if (strcmp(purpose->code, CONSENT_PARTICIPATION) == 0 && erasure_may(page_store(p), id_of(p), NULL) == 0)
		key = keymap_next(&keys, &len);
	if (key != NULL)
		/* TRANSLATORS: behind «отозвано 20.11.2026», a key: «X — уничтожить данные» */
		buf_addf(words, _(" · %.*s destroys the data"), (int)len, key);
}

static void show_consent(struct page *p, const struct choice *purpose, const struct consent_standing *now)
{
	struct buf words = BUF_INIT, day = BUF_INIT, form = BUF_INIT;

	page_date(now->valid ? now->date : now->withdrawn, &day);
	words_choice(consent_forms, now->form, &form);
	if (now->valid)
		/* TRANSLATORS: a consent: valid since a date, and whether on paper or electronic */
		buf_addf(&words, _("valid since %s, %s"), day.data, form.data);
	else if (now->any)
		show_withdrawn(p, purpose, day.data, &words);
	else
		buf_adds(&words, _("! not signed"));
	if (now->valid && now->version[0] != '\0' && strcmp(now->version, TEMPLATE_OWN) != 0)
		/* TRANSLATORS: which wording of the consent was signed */
		buf_addf(&words, _(", version %s"), now->version);
	page_field_as(p, _(purpose->label), now->valid ? ROLE_TEXT : ROLE_WARNING, words.data);
	buf_release(&words);
	buf_release(&day);
	buf_release(&form);
}

static int fill_consents(struct page *p, struct err *e)
{
	page_heading(p, _("Consents"));
	for (const struct choice *purpose = consent_purposes; purpose->code != NULL; purpose++) {
		struct consent_standing now;

		if (consent_standing(page_store(p), id_of(p), purpose->code, &now, e) != 0)
			return -1;
		/* Who is in no directory need not be asked for it. */
		if (now.any || strcmp(purpose->code, CONSENT_DIRECTORY) != 0)
			show_consent(p, purpose, &now);
	}
	return 0;
}

/* --- what leads to other cards --- */

static void mentorship_words(const struct link *l, struct buf *text, struct buf *hint)
{
	struct buf since = BUF_INIT, until = BUF_INIT;

	buf_adds(text, l->name);
	page_date(l->date, &since);
	page_date(l->code, &until);
	if (until.len > 0)
		buf_addf(hint, _("ended %s"), until.data);
	else if (since.len > 0)
		buf_addf(hint, _("since %s"), since.data);
	buf_release(&since);
	buf_release(&until);
}

static void consultation_words(const struct link *l, struct buf *text, struct buf *hint)
{
	page_date(l->date, text);
	buf_addf(text, "  %s", l->name[0] != '\0' ? l->name : _("without a topic"));
	words_choice(consultation_forms, l->code, hint);
	buf_adds(hint, ", ");
	words_initials(l->other, hint);
}

static void seminar_words(const struct link *l, struct buf *text, struct buf *hint)
{
	page_date(l->date, text);
	buf_addf(text, "%s%s", text->len > 0 ? "  " : "", l->name);
	words_choice(attendance_states, l->code, hint);
}

static void course_words(const struct link *l, struct buf *text, struct buf *hint)
{
	buf_adds(text, l->name);
	words_choice(enrolment_states, l->code, hint);
	if (l->date[0] != '\0') {
		buf_addc(hint, ' ');
		page_date(l->date, hint);
	}
	if (l->other[0] != '\0')
		buf_addf(hint, ", %s", l->other);
}

static void story_words(const struct link *l, struct buf *text, struct buf *hint)
{
	buf_adds(text, l->name);
	words_choice(story_kinds, l->other, hint);
	buf_adds(hint, ", ");
	words_choice(story_states, l->code, hint);
}

static void question_words(const struct link *l, struct buf *text, struct buf *hint)
{
	page_date(l->date, text);
	buf_addf(text, "  %s", l->name);
	words_initials(l->other, hint);
	if (l->code[0] == '\0')
		/* TRANSLATORS: of a question, behind a name: it has no answer yet */
		buf_addf(hint, "%s%s", hint->len > 0 ? ", " : "", _("unanswered"));
}

static void directory_words(const struct link *l, struct buf *text, struct buf *hint)
{
	buf_adds(text, l->name);
	if (l->code[0] == '\0')
		buf_adds(hint, _("! no consent"));
}

static void application_words(const struct link *l, struct buf *text, struct buf *hint)
{
	page_date(l->date, text);
	buf_addf(text, "  %s", l->name);
	if (l->code[0] != '\0')
		words_choice(application_decisions, l->code, hint);
	else
		words_choice(application_states, l->other, hint);
}

static int fill_links(struct page *p, struct err *e)
{
	const struct page_links lists[] = {
		{ _("Mentors"), NULL, person_mentors, &person_type, mentorship_words },
		{ _("Mentees"), NULL, person_mentees, &person_type, mentorship_words },
		{ _("Consultations"), _("none yet: c enters one"), person_consultations, &consultation_type, consultation_words },
		/* TRANSLATORS: seminars that this person leads */
		{ _("Holds seminars"), NULL, person_led, &seminar_type, page_seminar_words },
		/* TRANSLATORS: seminars on whose sheet this person stands */
		{ _("On the sheets of seminars"), _("on no sheet yet"), person_seminars, &seminar_type, seminar_words },
		{ _("Applications"), NULL, person_applications, &application_type, application_words },
		/* TRANSLATORS: courses that this person is on */
		{ _("Training"), NULL, person_courses, &course_type, course_words },
		{ _("Texts of the collection"), NULL, person_stories, &story_type, story_words },
		/* TRANSLATORS: questions to experts that this person asked; those that this person was asked */
		{ _("Asked"), NULL, person_asked, &question_type, question_words },
		{ _("Was asked"), NULL, person_questions, &question_type, question_words },
		{ _("In the directory"), NULL, person_directory, &directory_type, directory_words },
	};

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (page_links(p, &lists[i], id_of(p), e) != 0)
			return -1;
	return 0;
}

/* Certificates and letters that were given: they lead nowhere, the paper says no more. */
static int add_paper(void *context, const struct link *l, struct err *e)
{
	struct page *p = context;
	struct buf text = BUF_INIT, hint = BUF_INIT;

	(void)e;
	buf_addf(&text, "%s  %s", l->code, strcmp(l->name, "letter") == 0 ? _("letter of thanks") : l->other);
	page_date(l->date, &hint);
	page_line(p, text.data, hint.data);
	buf_release(&text);
	buf_release(&hint);
	return 0;
}

static int count_paper(void *context, const struct link *l, struct err *e)
{
	(void)context;
	(void)l;
	(void)e;
	return 0;
}

static int fill_papers(struct page *p, struct err *e)
{
	int64_t total;

	if (person_papers(page_store(p), id_of(p), 0, count_paper, NULL, &total, e) != 0)
		return -1;
	if (total == 0)
		return 0;
	/* TRANSLATORS: certificates and letters of thanks that the fund gave to this person */
	page_heading(p, _("Certificates and letters"));
	return person_papers(page_store(p), id_of(p), PAGE_LINKS_MOST, add_paper, p, &total, e);
}

/* --- other cards of the same person --- */

struct cards { struct page *page; int count; };

static int add_card(void *context, const char *id, const char *name, struct err *e)
{
	struct cards *t = context;
	struct buf words = BUF_INIT;

	(void)e;
	if (t->count++ == 0)
		page_heading(t->page, _("Other cards of this person"));
	if (name[0] == '\0')
		record_name(page_store(t->page), &person_type, id, &words);	/* erased: that says so, with the id */
	page_choice(t->page, words.len > 0 ? words.data : name, words.len > 0 ? NULL : id, id);
	buf_release(&words);
	return 0;
}

/* A card that is not the one that the person is shown under says so first. */
static int fill_shown(struct page *p, struct err *e)
{
	char shown[RECORD_ID_SIZE];

	if (joined_shown(page_store(p), id_of(p), shown, e) != 0)
		return -1;
	if (strcmp(shown, id_of(p)) != 0)
		page_text(p, ROLE_WARNING, _("This card is joined with another one, under which the person is listed and counted once."));
	return 0;
}

static int fill_cards(struct page *p, struct err *e)
{
	struct cards t = { p, 0 };

	return joined_each(page_store(p), id_of(p), add_card, &t, e);
}

static unsigned open_card(struct page *p, const char *key)
{
	loop_push(page_loop(p), pair_open(page_store(p), id_of(p), key));
	return DID_CHANGE;
}

/* --- the page --- */

/* Who was erased has no name any more. */
static void set_title(struct page *p, const struct record *r)
{
	struct buf name = BUF_INIT;

	record_name(page_store(p), &person_type, r->id, &name);
	page_title(p, name.data);
	buf_release(&name);
}

static int fill(struct page *p, struct err *e)
{
	struct record r;
	int rc;

	if (record_load(page_store(p), &r, &person_type, id_of(p), e) != 0)
		return -1;
	set_title(p, &r);
	rc = fill_shown(p, e);
	if (rc == 0)
		rc = erasure_fill(p, id_of(p), e);
	page_fields(p, &r, "phone", "note");
	record_release(&r);
	if (rc != 0 || fill_cards(p, e) != 0 || fill_consents(p, e) != 0 || fill_links(p, e) != 0 || fill_papers(p, e) != 0)
		return -1;
	return page_changes(p, e);
}

static unsigned act(struct page *p, enum action action)
{
	const struct card_start start[] = { { "mentee", id_of(p) }, { NULL, NULL } };
	const char *const one[] = { id_of(p) };

	switch (action) {
	case ACTION_CONSULT: cards_edit(page_loop(p), &consultation_type, "", start); break;
	case ACTION_MENTEE: mentee_change(page_loop(p), id_of(p)); break;
	case ACTION_ERASE_PERSON: return erasure_ask(page_loop(p), id_of(p));
	case ACTION_JOIN_CARDS: doubles_ask(page_loop(p), id_of(p)); break;
	case ACTION_STAGE: stage_ask(page_loop(p), one, 1); break;
	case ACTION_INVITE: invite_ask(page_loop(p), one, 1); break;
	case ACTION_ENROL: course_enrol_people(page_loop(p), one, 1); break;
	case ACTION_CONSENT: consent_ask(page_loop(p), one, 1); break;
	case ACTION_PAPER:
		if (erasure_done(page_store(p), id_of(p)))
			return erasure_paper(page_loop(p), id_of(p));
		consent_papers_ask(page_loop(p), one, 1);
		break;
	default: return DID_NOTHING;
	}
	return DID_CHANGE;
}

static const struct page_class person_class = {
	.name = "person", .where = IN_MAIN | IN_RECORD | IN_PERSON, .fill = fill, .open = open_card, .act = act,
};

struct screen *person_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &person_class, NULL);

	page_about(page_of(page), &person_type, id);
	return page;
}
