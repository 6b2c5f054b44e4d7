#include "commands/call_rank.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"

static const char *const proposals[] = { [PROPOSAL_NONE] = "", [PROPOSAL_SELECTED] = "selected", [PROPOSAL_RESERVE] = "reserve", [PROPOSAL_TIE] = "tie" };

static void cell(struct buf *out, const char *text)
{
	buf_addc(out, '\t');
	text_escape_tsv(text, strlen(text), out);
}

static void member(struct buf *out, const char *key, const char *text)
{
	json_key(out, key);
	json_strings(out, text != NULL && text[0] != '\0' ? text : NULL);
}

static void number(struct buf *out, const char *key, int64_t n)
{
	json_key(out, key);
	json_int(out, n);
}

static void truth(struct buf *out, const char *key, bool is)
{
	json_key(out, key);
	buf_adds(out, is ? "true" : "false");
}

/* --- the ranking --- */

static void header(const struct ranking *r, struct buf *out)
{
	int k;

	buf_adds(out, "place\tperson\torganisation\tmunicipality");
	for (k = 0; k < r->criteria; k++)
		cell(out, r->criterion[k].title);
	buf_adds(out, "\ttotal\tmissing\tproposal\tdecision\tstate\tid\n");
}

static void line(const struct ranking *r, const struct ranking_row *row, struct buf *out)
{
	int k;

	ranking_place(row, out);
	cell(out, row->name);
	cell(out, row->organisation);
	cell(out, row->municipality);
	for (k = 0; k < r->criteria; k++) {
		buf_addc(out, '\t');
		ranking_mean(&row->cell[k], out);
	}
	buf_addc(out, '\t');
	ranking_total(r, row, out);
	buf_addf(out, "\t%lld\t%s\t%s\t%s\t%s\n", (long long)row->missing, proposals[row->proposal], row->decision,
	    row->withdrawn ? "withdrawn" : "submitted", row->id);
}

void call_rank_lines(const struct ranking *r, struct buf *out)
{
	int i;

	header(r, out);
	for (i = 0; i < r->count; i++)
		line(r, &r->row[i], out);
	buf_addc(out, '\n');
	ranking_words(r, out);
}

/* A sum or a mean: as a number, and exactly. */
static void rational(struct buf *out, const char *key, bool there, int64_t numerator, int64_t denominator, int digits)
{
	struct buf exact = BUF_INIT;

	json_key(out, key);
	if (there) {
		ranking_decimal(numerator, denominator, digits, '.', out);
		ranking_fraction(numerator, denominator, &exact);
	} else {
		buf_adds(out, "null");
	}
	member(out, "exact", exact.data);
	buf_release(&exact);
}

static void criteria_json(const struct ranking *r, const struct ranking_row *row, struct buf *out)
{
	int k;

	json_key(out, "criteria");
	buf_addc(out, '[');
	for (k = 0; k < r->criteria; k++) {
		const struct ranking_criterion *c = &r->criterion[k];

		buf_adds(out, k > 0 ? ",{" : "{");
		member(out, "id", c->id);
		member(out, "title", c->title);
		number(out, "weight", c->weight);
		number(out, "maximum", c->maximum);
		number(out, "scores", row->cell[k].count);
		rational(out, "mean", row->cell[k].count > 0, row->cell[k].sum, row->cell[k].count > 0 ? row->cell[k].count : 1,
		    row->cell[k].count > 1 ? 2 : 0);
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static void row_json(const struct ranking *r, const struct ranking_row *row, struct buf *out)
{
	buf_addc(out, '{');
	json_key(out, "place");
	if (row->place > 0)
		json_int(out, row->place);
	else
		buf_adds(out, "null");
	json_key(out, "place_last");
	if (row->place > 0)
		json_int(out, row->last);
	else
		buf_adds(out, "null");
	truth(out, "shared", row->place != row->last);
	member(out, "id", row->id);
	member(out, "person", row->name);
	member(out, "person_id", row->person);
	member(out, "organisation", row->organisation);
	member(out, "municipality", row->municipality);
	rational(out, "total", row->scored, row->total, r->denominator, ranking_digits(r));
	number(out, "missing", row->missing);
	member(out, "state", row->withdrawn ? "withdrawn" : "submitted");
	member(out, "proposal", proposals[row->proposal]);
	member(out, "decision", row->decision);
	member(out, "decided", row->decided);
	member(out, "reason", row->reason);
	truth(out, "preliminary", !r->closed);
	criteria_json(r, row, out);
	buf_addc(out, '}');
}

void call_rank_json(const struct ranking *r, struct buf *out)
{
	int i;

	buf_addc(out, '[');
	for (i = 0; i < r->count; i++) {
		if (i > 0)
			buf_adds(out, ",\n");
		row_json(r, &r->row[i], out);
	}
	buf_adds(out, "]\n");
}

/* --- judges --- */

void call_judges(const struct ranking *r, bool json, struct buf *out)
{
	int64_t all = (int64_t)r->criteria * r->submitted;
	int i;

	buf_adds(out, json ? "[" : "person\tscores\tof\tid\n");
	for (i = 0; i < r->judges; i++) {
		const struct ranking_judge *j = &r->judge[i];

		if (!json) {
			text_escape_tsv(j->name, strlen(j->name), out);
			buf_addf(out, "\t%lld\t%lld\t%s\n", (long long)j->given, (long long)all, j->id);
			continue;
		}
		buf_adds(out, i > 0 ? ",\n{" : "{");
		member(out, "person", j->name);
		member(out, "person_id", j->id);
		number(out, "scores", j->given);
		number(out, "of", all);
		buf_addc(out, '}');
	}
	if (json)
		buf_adds(out, "]\n");
}

/* --- proposals --- */

void call_proposal(const struct ranking_row *row, bool json, bool first, struct buf *out)
{
	struct buf place = BUF_INIT;

	ranking_place(row, &place);
	if (json) {
		buf_adds(out, first ? "[{" : ",\n{");
		member(out, "id", row->id);
		member(out, "person", row->name);
		member(out, "person_id", row->person);
		member(out, "place", place.data);
		member(out, "proposal", proposals[row->proposal]);
		buf_addc(out, '}');
	} else {
		buf_adds(out, first ? "place\tperson\tproposal\tid\n" : "");
		buf_adds(out, place.data);
		cell(out, row->name);
		buf_addf(out, "\t%s\t%s\n", proposals[row->proposal], row->id);
	}
	buf_release(&place);
}

void call_proposal_end(bool json, int count, struct buf *out)
{
	if (json)
		buf_adds(out, count > 0 ? "]\n" : "[]\n");
	else if (count == 0)
		buf_adds(out, "place\tperson\tproposal\tid\n");
}
