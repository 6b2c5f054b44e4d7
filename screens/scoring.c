#include "screens/scoring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "records/application.h"
#include "records/score.h"
#include "records/score_round.h"
#include "screens/call_act.h"
#include "screens/parts/form.h"
#include "screens/parts/line.h"
#include "screens/parts/prompt.h"

struct scoring {
	struct screen screen;
	struct store *store;
	char application[RECORD_ID_SIZE], call[RECORD_ID_SIZE];
	struct buf name, about, texts;		/* who; organisation and municipality; motivation and experience */
	struct score_lines lines;
	struct field *field;			/* one a criterion, as the form wants them */
	char (*title)[256];			/* their labels, and behind these their names */
	struct form form;
	int draft;
};

/* --- what stands in it --- */

static void put_field(struct scoring *g, int i)
{
	const struct score_line *l = &g->lines.line[i];
	struct buf kept = BUF_INIT;

	/* The most points before the title: a long one is cut at its end. */
	snprintf(g->title[2 * i], sizeof g->title[0], "%lld · %s", (long long)l->maximum, l->title);
	snprintf(g->title[2 * i + 1], sizeof g->title[0], "%s", l->criterion);
	g->field[i] = (struct field){ .name = g->title[2 * i + 1], .label = g->title[2 * i], .kind = FIELD_TEXT, .max = 2000 };
	if (l->points >= 0)
		buf_addi(&kept, l->points);
	if (l->remark[0] != '\0')
		buf_addf(&kept, " %s", l->remark);
	for (size_t k = 0; k < kept.len; k++)
		if (kept.data[k] == '\n' || kept.data[k] == '\t')
			kept.data[k] = ' ';
	form_add(&g->form, &g->field[i], kept.data, false);
	buf_release(&kept);
}

static void add_text(struct scoring *g, const struct record *r, const char *field)
{
	const char *text = record_get(r, field);

	if (text[0] != '\0')
		buf_addf(&g->texts, "%s%s: %s", g->texts.len > 0 ? "\n" : "", _(r->type->fields[record_field(r->type, field)].label), text);
}

static void add_about(struct scoring *g, const struct record *r, const char *field)
{
	size_t start = g->about.len;
	struct buf text = BUF_INIT;

	field_show(g->store, &r->type->fields[record_field(r->type, field)], record_get(r, field), &text);
	if (text.len > 0)
		buf_addf(&g->about, "%s%s", start > 0 ? " · " : "", text.data);
	buf_release(&text);
}

/* The application in place of the one before. */
static int load(struct scoring *g, const char *application, struct err *e)
{
	struct record r;

	if (record_load(g->store, &r, &application_type, application, e) != 0)
		return -1;
	snprintf(g->application, sizeof g->application, "%s", application);
	snprintf(g->call, sizeof g->call, "%s", record_get(&r, "call"));
	record_name(g->store, &application_type, application, &g->name);
	add_about(g, &r, "organisation");
	add_about(g, &r, "municipality");
	add_text(g, &r, "motivation");
	add_text(g, &r, "experience");
	record_release(&r);
	if (score_lines(g->store, application, &g->lines, e) != 0)
		return -1;
	g->field = mem_zero((size_t)g->lines.count + 1, sizeof *g->field);
	g->title = mem_zero(2 * (size_t)g->lines.count + 2, sizeof *g->title);
	form_init(&g->form, g->store);
	for (int i = 0; i < g->lines.count; i++)
		put_field(g, i);
	return 0;
}

static void unload(struct scoring *g)
{
	form_release(&g->form);
	score_lines_release(&g->lines);
	free(g->field);
	free(g->title);
	g->field = NULL;
	g->title = NULL;
	buf_reset(&g->name);
	buf_reset(&g->about);
	buf_reset(&g->texts);
}

/* --- typed lines --- */

/* "8 хорошо знает НКО" → points and the remark behind them. */
static void split(const char *typed, struct buf *points, const char **remark)
{
	size_t n;

	typed += strspn(typed, " ");
	n = strspn(typed, "0123456789");
	buf_add(points, typed, n);
	*remark = typed + n + strspn(typed + n, " ");
	if (typed[n] != ' ' && typed[n] != '\0')
		*remark = typed + n;
}

/* True when the line can be saved; otherwise the form says beside it what is wrong. */
static bool line_is_good(struct scoring *g, int i)
{
	const char *remark, *typed = form_value(&g->form, i);
	struct buf points = BUF_INIT, problem = BUF_INIT;

	split(typed, &points, &remark);
	if (points.len == 0 && remark[0] != '\0')
		buf_adds(&problem, _("the points come first, a remark behind them"));
	else if (points.len > 6 || strtol(points.data, NULL, 10) > g->lines.line[i].maximum)
		buf_addf(&problem, _("there are %lld points at most"), (long long)g->lines.line[i].maximum);
	if (problem.len > 0)
		form_blame(&g->form, i, problem.data);
	bool good = problem.len == 0;
	buf_release(&points);
	buf_release(&problem);
	return good;
}

/* What a remark lost when it was shown in one line it has again when nobody changed it. */
static int save_line(struct scoring *g, int i, struct err *e)
{
	const char *remark, *typed = form_value(&g->form, i);
	struct buf points = BUF_INIT;
	int rc;

	if (strcmp(typed, g->form.field[i].start) == 0)
		return 0;
	split(typed, &points, &remark);
	rc = score_give(g->store, g->application, g->lines.line[i].criterion, points.data, remark, NULL, e);
	buf_release(&points);
	return rc;
}

static int save_lines(struct scoring *g, struct err *e)
{
	if (store_begin(g->store, e) != 0)
		return -1;
	for (int i = 0; i < g->form.count; i++)
		if (save_line(g, i, e) != 0) {
			store_rollback(g->store);
			return -1;
		}
	return store_commit(g->store, e);
}

/* --- the screen --- */

static void drop_draft(struct scoring *g)
{
	struct err e = ERR_INIT;

	if (g->draft > 0 && draft_drop(g->store, g->draft, &e) != 0)
		loop_problem(g->screen.loop, &e);
	g->draft = 0;
}

/* To the next application that lacks scores; closes behind the last. */
static unsigned go_on(struct scoring *g)
{
	struct score_progress n = { 0 };
	char next[RECORD_ID_SIZE] = "";
	struct err e = ERR_INIT;
	int rc = score_progress(g->store, g->call, &n, &e);

	if (rc == 0)
		rc = score_next(g->store, g->call, g->application, next, &e);
	if (rc == 0 && next[0] == '\0') {
		loop_message(g->screen.loop, _("saved; all %lld applications are scored by you"), (long long)n.all);
		return DID_SAVE | DID_CLOSE;
	}
	if (rc == 0) {
		unload(g);
		rc = load(g, next, &e);
	}
	if (rc != 0) {
		loop_problem(g->screen.loop, &e);
		return DID_SAVE | DID_CLOSE;
	}
	/* TRANSLATORS: how many applications this judge has scored, of all */
	loop_message(g->screen.loop, _("saved; scored by you: %lld of %lld"), (long long)n.done, (long long)n.all);
	return DID_SAVE;
}

static unsigned save(struct scoring *g)
{
	struct err e = ERR_INIT;

	for (int i = 0; i < g->form.count; i++)
		if (!line_is_good(g, i))
			return DID_CHANGE;
	if (save_lines(g, &e) != 0) {
		loop_problem(g->screen.loop, &e);
		return DID_CHANGE;
	}
	drop_draft(g);
	loop_saved(g->screen.loop, &application_type, g->application);
	return go_on(g);
}

static unsigned leave_answer(void *context, enum prompt_reply reply)
{
	struct scoring *g = context;

	if (reply == PROMPT_YES) {
		drop_draft(g);
		loop_close(&g->screen);
	}
	return DID_CHANGE;
}

static unsigned leave(struct scoring *g)
{
	if (!form_changed(&g->form)) {
		drop_draft(g);
		return DID_CLOSE;
	}
	loop_push(g->screen.loop, prompt_ask(_("Leave without saving what you typed?"), leave_answer, g));
	return DID_CHANGE;
}

static uint64_t where(const struct screen *s)
{
	return form_where(&((const struct scoring *)s)->form);
}

static unsigned act(struct screen *s, enum action action)
{
	struct scoring *g = (struct scoring *)s;
	unsigned did;

	if ((action == ACTION_ENTER_FIELD || action == ACTION_NEXT_FIELD) && !line_is_good(g, g->form.at))
		return DID_CHANGE;
	did = form_act(&g->form, action);
	if ((did & FORM_SAVE) != 0)
		return save(g);
	if ((did & FORM_LEAVE) != 0)
		return leave(g);
	return did;
}

static unsigned text(struct screen *s, uint32_t character)
{
	return form_text(&((struct scoring *)s)->form, character);
}

static void title(struct screen *s, struct title *t)
{
	struct scoring *g = (struct scoring *)s;

	/* TRANSLATORS: the title of the screen where a judge gives points; the applicant's name follows */
	buf_addf(&t->place, "%s · %s", _("Your scores"), g->name.data);
}

/* What the criterion means: its whole title, its weight and its note. */
static void describe(const struct scoring *g, struct buf *out)
{
	const struct score_line *l = &g->lines.line[g->form.at];

	/* TRANSLATORS: of the criterion whose title follows */
	buf_addf(out, _("Up to %lld points, weight %lld: %s"), (long long)l->maximum, (long long)l->weight, l->title);
	if (l->note[0] != '\0')
		buf_addf(out, ". %s", l->note);
}

static void draw(struct screen *s, struct canvas *c, int top, int bottom)
{
	struct scoring *g = (struct scoring *)s;
	struct buf words = BUF_INIT;
	bool roomy = bottom - top > 12;
	int fields = g->form.count + 1, rows;

	describe(g, &words);
	canvas_fit(c, top++, 1, c->width - 2, ROLE_TITLE, g->name.data);
	if (g->about.len > 0 && roomy)
		canvas_fit(c, top++, 1, c->width - 2, ROLE_MUTED, g->about.data);
	rows = line_text_rows(words.data, c->width - 2, roomy ? 4 : 2);
	line_text_draw(c, top, 1, c->width - 2, rows, ROLE_MUTED, words.data);
	top += rows + roomy;
	form_draw(&g->form, c, top, roomy && top + fields + 1 < bottom ? top + fields + 1 : bottom);
	top += fields + 1;
	if (roomy && g->texts.len > 0 && top < bottom) {
		rows = line_text_rows(g->texts.data, c->width - 2, bottom - top);
		line_text_draw(c, top, 1, c->width - 2, rows, ROLE_TEXT, g->texts.data);
	}
	buf_release(&words);
}

static void keep(struct screen *s)
{
	struct scoring *g = (struct scoring *)s;
	struct draft d;
	struct err e = ERR_INIT;

	if (!g->form.touched || !form_changed(&g->form))
		return;
	draft_init(&d);
	snprintf(d.type, sizeof d.type, "%s", score_type.name);
	memcpy(d.record, g->application, sizeof d.record);
	d.place = g->draft;
	d.ms = clock_wall_ms();
	form_write(&g->form, &d.fields);
	if (draft_keep(g->store, &d, &e) == 0) {
		g->draft = d.place;
		g->form.touched = false;
	} else {
		loop_problem(g->screen.loop, &e);
	}
	draft_release(&d);
}

static void release(struct screen *s)
{
	struct scoring *g = (struct scoring *)s;

	unload(g);
	buf_release(&g->name);
	buf_release(&g->about);
	buf_release(&g->texts);
}

static const struct screen_class scoring_class = {
	.name = "scoring", .where = where, .act = act, .text = text, .title = title, .draw = draw, .keep = keep, .release = release,
};

static struct scoring *make(struct store *s, const char *application, struct err *e)
{
	struct scoring *g = mem_zero(1, sizeof *g);

	g->screen.class = &scoring_class;
	g->store = s;
	buf_init(&g->name);
	buf_init(&g->about);
	buf_init(&g->texts);
	if (load(g, application, e) == 0 && (g->form.count > 0 || err_set(e, ERR_REFUSED, _("the call has no criteria yet")) == 0))
		return g;
	release(&g->screen);
	free(g);
	return NULL;
}

/* The call of an application; whether this person may judge it now. */
static int check(struct store *s, const char *application, char call[RECORD_ID_SIZE], struct err *e)
{
	struct record r;
	int rc;

	if (record_load(s, &r, &application_type, application, e) != 0)
		return -1;
	snprintf(call, RECORD_ID_SIZE, "%s", record_get(&r, "call"));
	rc = strcmp(record_get(&r, "state"), "withdrawn") == 0 ? err_set(e, ERR_REFUSED, _("this application was withdrawn; it is not judged")) : 0;
	record_release(&r);
	return rc == 0 ? score_may_give(s, call, e) : -1;
}

unsigned scoring_begin(struct loop *l, const char *call, const char *application)
{
	char id[RECORD_ID_SIZE], its_call[RECORD_ID_SIZE] = "";
	struct scoring *g = NULL;
	struct err e = ERR_INIT;
	int rc;

	snprintf(id, sizeof id, "%s", application);
	if (id[0] != '\0')
		rc = check(l->store, id, its_call, &e);
	else if ((rc = score_may_give(l->store, call, &e)) == 0)
		rc = score_next(l->store, call, "", id, &e);
	if (rc == 0 && id[0] == '\0') {
		loop_message(l, _("you have scored every application; s on one of them changes its scores"));
		return DID_CHANGE;
	}
	if (rc == 0)
		g = make(l->store, id, &e);
	if (g != NULL)
		loop_push(l, &g->screen);
	else if (call_act_open(l, call[0] != '\0' ? call : its_call))
		loop_problem(l, &e);
	return DID_CHANGE;
}

int scoring_restore(struct loop *l, const struct draft *d, struct err *e)
{
	char call[RECORD_ID_SIZE];
	struct scoring *g;

	if (check(l->store, d->record, call, e) != 0 || (g = make(l->store, d->record, e)) == NULL)
		return -1;
	g->draft = d->place;
	loop_push(l, &g->screen);
	return form_read(&g->form, d->fields.data, d->fields.len, e);
}
