#include "screens/application_page.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "records/application.h"
#include "records/ranking.h"
#include "records/score.h"
#include "screens/application_decision.h"
#include "screens/parts/page.h"
#include "screens/parts/page_changes.h"
#include "screens/scoring.h"

static const char *id_of(const struct page *p)
{
	const char *id;

	page_record(p, &id);
	return id;
}

/* Its place, of a closed call. */
static int show_place(struct page *p, const char *call, struct err *e)
{
	struct ranking r;
	struct buf words = BUF_INIT;

	if (ranking_read(page_store(p), call, &r, e) != 0)
		return -1;
	for (int i = 0; i < r.count && r.closed; i++) {
		if (strcmp(r.row[i].id, id_of(p)) != 0 || r.row[i].place == 0)
			continue;
		ranking_place(&r.row[i], &words);
		page_field(p, _("Place"), words.data);
		buf_reset(&words);
		ranking_total(&r, &r.row[i], &words);
		page_field(p, _("Sum"), words.data);
	}
	buf_release(&words);
	ranking_release(&r);
	return 0;
}

static int show_score(void *context, const struct link *l, struct err *e)
{
	struct page *p = context;
	struct buf words = BUF_INIT;

	(void)e;
	/* TRANSLATORS: points of so many, and the judge who gave them */
	buf_addf(&words, _("%s points, %s"), l->code, l->other);
	page_field(p, l->name, words.data);
	if (l->date[0] != '\0')
		page_note(p, l->date);
	buf_release(&words);
	return 0;
}

/* Those of this device's person, and once the call is closed those of all judges. */
static int show_scores(struct page *p, struct err *e)
{
	int64_t total;

	page_heading(p, _("Scores"));
	if (application_scores(page_store(p), id_of(p), APPLICATION_SCORES_MOST, show_score, p, &total, e) != 0)
		return -1;
	if (total == 0)
		page_none(p, _("none that you may see: s enters your own"));
	return 0;
}

static int fill(struct page *p, struct err *e)
{
	char call[RECORD_ID_SIZE];
	struct buf name = BUF_INIT;
	struct record r;

	if (record_load(page_store(p), &r, &application_type, id_of(p), e) != 0)
		return -1;
	record_name(page_store(p), &application_type, id_of(p), &name);
	page_title(p, name.data);
	buf_release(&name);
	page_fields(p, &r, "call", "date");
	page_fields(p, &r, "state", "reason");
	snprintf(call, sizeof call, "%s", record_get(&r, "call"));
	if (show_place(p, call, e) != 0 || show_scores(p, e) != 0) {
		record_release(&r);
		return -1;
	}
	if (record_get(&r, "motivation")[0] != '\0' || record_get(&r, "experience")[0] != '\0')
		/* TRANSLATORS: the texts of an application */
		page_heading(p, _("What the applicant writes"));
	page_fields(p, &r, "motivation", "experience");
	record_release(&r);
	return page_changes(p, e);
}

static unsigned act(struct page *p, enum action action)
{
	switch (action) {
	case ACTION_SCORE: return scoring_begin(page_loop(p), "", id_of(p));
	case ACTION_DECIDE: return application_decision(page_loop(p), id_of(p));
	default: return DID_NOTHING;
	}
}

static const struct page_class application_class = {
	.name = "application", .where = IN_MAIN | IN_RECORD | IN_APPLICATION, .fill = fill, .act = act,
};

struct screen *application_page_open(struct store *s, const char *id)
{
	struct screen *page = page_open(s, &application_class, NULL);

	page_about(page_of(page), &application_type, id);
	return page;
}
