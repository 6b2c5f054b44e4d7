/* application: the applications of the selection: the points that this device's person gives them, and what was decided. */
#include "commands/command.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/record_verbs.h"
#include "records/application.h"
#include "records/criterion.h"
#include "records/decision.h"
#include "records/person.h"
#include "records/score.h"

/* --- points --- */

static void line_of(const struct score_line *l, struct buf *out)
{
	text_escape_tsv(l->title, strlen(l->title), out);
	buf_addf(out, "\t%lld\t%lld\t", (long long)l->weight, (long long)l->maximum);
	if (l->points >= 0)
		buf_addi(out, l->points);
	buf_addc(out, '\t');
	text_escape_tsv(l->remark, strlen(l->remark), out);
	buf_addf(out, "\t%s\n", l->criterion);
}

static void json_of(const struct score_line *l, struct buf *out)
{
	json_key(out, "criterion");
	json_strings(out, l->title);
	json_key(out, "criterion_id");
	json_strings(out, l->criterion);
	json_key(out, "weight");
	json_int(out, l->weight);
	json_key(out, "maximum");
	json_int(out, l->maximum);
	json_key(out, "points");
	if (l->points >= 0)
		json_int(out, l->points);
	else
		json_strings(out, NULL);
	json_key(out, "remark");
	json_strings(out, l->remark);
}

/* The own ones, with what is not given yet. */
static int print_scores(struct invocation *call, const char *application, struct err *e)
{
	struct score_lines lines;
	struct buf out = BUF_INIT;
	int i, rc;

	if (score_lines(call->store, application, &lines, e) != 0)
		return -1;
	buf_adds(&out, call->json ? "[" : "criterion\tweight\tmaximum\tpoints\tremark\tid\n");
	for (i = 0; i < lines.count; i++) {
		if (!call->json) {
			line_of(&lines.line[i], &out);
			continue;
		}
		buf_adds(&out, i > 0 ? ",\n{" : "{");
		json_of(&lines.line[i], &out);
		buf_addc(&out, '}');
	}
	if (call->json)
		buf_adds(&out, "]\n");
	rc = print_buf(&out, e);
	score_lines_release(&lines);
	buf_release(&out);
	return rc;
}

static int give(struct invocation *call, const char *application, const char *criterion, const char *points, const char *remark, struct err *e)
{
	char id[RECORD_ID_SIZE];
	struct record r;
	bool named = false;
	int rc;

	if (record_load(call->store, &r, &application_type, application, e) != 0)
		return -1;
	rc = criterion_resolve(call->store, record_get(&r, "call"), criterion, id, e);
	record_release(&r);
	if (rc == 0)
		rc = score_give(call->store, application, id, points, remark, &named, e);
	if (rc == 0 && named)
		command_warn(call, _("nobody was named as a judge of this call: you are its first judge now"));
	return rc;
}

static int run_score(struct invocation *call, struct err *e)
{
	const char *criterion = NULL, *points = NULL, *remark = NULL;
	bool remove = false;
	const struct option options[] = { { "criterion", &criterion, NULL }, { "points", &points, NULL }, { "remark", &remark, NULL },
		{ "remove", NULL, &remove }, { NULL, NULL, NULL } };
	char id[RECORD_ID_SIZE];

	if (verb_begin(call, &application_type, options, 1, id, e) != 0)
		return -1;
	if (criterion == NULL && points == NULL && remark == NULL && !remove)
		return print_scores(call, id, e);
	if (criterion == NULL)
		return err_set(e, ERR_USAGE, _("say by which criterion: --criterion K; “application score A” lists them"));
	if (remove && (points != NULL || remark != NULL))
		return err_set(e, ERR_USAGE, _("--remove takes the score back and goes with nothing else"));
	if (!remove && (points == NULL || points[0] == '\0'))
		return err_set(e, ERR_USAGE, _("say how many: --points N; --remove takes the score back"));
	return give(call, id, criterion, remove ? "" : points, remove ? "" : remark, e);
}

/* --- the decision --- */

static void add_choice(struct buf *out, const struct choice *choices, const char *code)
{
	const struct choice *c = choice_find(choices, code);

	buf_adds(out, c != NULL ? _(c->label) : code[0] != '\0' ? code : _("none"));
}

/* What it did to the person's card. */
static void tell_card(struct invocation *call, const struct decision_done *done)
{
	struct buf words = BUF_INIT;

	if (strcmp(done->role, done->role_before) == 0 && strcmp(done->stage, done->stage_before) == 0) {
		if (strcmp(done->before, "selected") == 0 && strcmp(done->after, "selected") != 0)
			command_warn(call, _("role and stage stay as they are: the person has gone on since, or another selection gave them"));
		return;
	}
	record_name(call->store, &person_type, done->person, &words);
	buf_addf(&words, ": %s ", _("role"));
	add_choice(&words, person_roles, done->role_before);
	buf_adds(&words, " → ");
	add_choice(&words, person_roles, done->role);
	buf_addf(&words, ", %s ", _("stage"));
	add_choice(&words, person_stages, done->stage_before);
	buf_adds(&words, " → ");
	add_choice(&words, person_stages, done->stage);
	command_warn(call, words.data);
	buf_release(&words);
}

static int run_decide(struct invocation *call, struct err *e)
{
	const char *decision = NULL, *reason = NULL;
	bool back = false;
	const struct option options[] = { { "decision", &decision, NULL }, { "reason", &reason, NULL }, { "take-back", NULL, &back }, { NULL, NULL, NULL } };
	struct decision_done done;
	char id[RECORD_ID_SIZE];

	if (verb_begin(call, &application_type, options, 1, id, e) != 0)
		return -1;
	if (back != (decision == NULL) || (back && reason != NULL))
		return err_set(e, ERR_USAGE, _("say what: --decision selected|reserve|refused, with --reason, or --take-back alone"));
	if (decision != NULL && choice_parse(application_decisions, decision) == NULL)
		return err_set(e, ERR_REFUSED, _("the decision is selected, reserve or refused"));
	if (decision_take(call->store, id, back ? "" : choice_parse(application_decisions, decision)->code, reason, &done, e) != 0)
		return -1;
	tell_card(call, &done);
	return 0;
}

int command_application(struct invocation *call, struct err *e)
{
	if (call->argc > 0 && strcmp(call->argv[0], "score") == 0)
		return run_score(call, e);
	if (call->argc > 0 && strcmp(call->argv[0], "decide") == 0)
		return run_decide(call, e);
	return command_record(call, e);
}
