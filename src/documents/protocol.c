#include "documents/protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "documents/typeset.h"
#include "records/application.h"
#include "records/call.h"
#include "records/ranking.h"

struct protocol {
	struct typeset *t;
	struct ranking ranking;
	struct record programme;
};

/* --- the head --- */

static const char *of_programme(const struct protocol *p, const char *field)
{
	return record_field(p->programme.type, field) >= 0 ? record_get(&p->programme, field) : "";
}

static void field(const struct protocol *p, const char *label, const char *text)
{
	if (text[0] != '\0')
		typeset_field(p->t, label, text);
}

static void field_date(const struct protocol *p, const char *label, const char *iso)
{
	char day[DATE_SIZE];

	date_show(iso, day);
	field(p, label, day);
}

static void field_number(const struct protocol *p, const char *label, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	typeset_field(p->t, label, text);
}

static void write_head(const struct protocol *p)
{
	const struct typeset_style centre = { .align = TYPESET_CENTRE };
	const struct typeset_style title = { .align = TYPESET_CENTRE, .bold = true, .size = 14 };
	const struct ranking *r = &p->ranking;
	const struct choice *role = choice_find(call_roles, r->role);
	char day[DATE_SIZE];
	struct buf place = BUF_INIT;

	if (of_programme(p, "organiser")[0] != '\0')
		typeset_text(p->t, &centre, of_programme(p, "organiser"));
	/* TRANSLATORS: the title of an official paper: «ПРОТОКОЛ подведения итогов конкурсного отбора» */
	typeset_text(p->t, &title, _("PROTOCOL\nof the results of the competitive selection"));
	typeset_text(p->t, &title, r->title);
	date_show(r->closed_on, day);
	buf_addf(&place, "%s%s%s", of_programme(p, "city"), of_programme(p, "city")[0] != '\0' && day[0] != '\0' ? ", " : "", day);
	typeset_text(p->t, &centre, place.data);
	typeset_space(p->t, 3);
	field(p, _("Programme"), of_programme(p, "title"));
	field(p, _("Grant"), of_programme(p, "grant"));
	/* TRANSLATORS: in a protocol: what the selected become */
	field(p, _("Selection of"), role != NULL ? _(role->label) : r->role);
	field_number(p, _("Places"), r->places);
	field_date(p, _("Applications from"), r->since);
	field_date(p, _("Deadline"), r->deadline);
	field_date(p, _("Closed on"), r->closed_on);
	field_number(p, _("Applications"), r->submitted);
	if (r->withdrawn > 0)
		field_number(p, _("Withdrawn"), r->withdrawn);
	buf_release(&place);
}

/* --- judges and criteria --- */

static void write_judges(const struct protocol *p)
{
	const struct ranking *r = &p->ranking;

	typeset_heading(p->t, 2, _("Judges"));
	if (r->judges == 0)
		typeset_text(p->t, NULL, _("No judges were named."));
	for (int i = 0; i < r->judges; i++)
		typeset_list_item(p->t, r->judge[i].name);
}

static void write_criteria(const struct protocol *p)
{
	const struct typeset_column columns[] = {
		{ "№", 2, TYPESET_TEXT }, { _("Criterion"), 20, TYPESET_TEXT }, { _("Weight"), 4, TYPESET_NUMBER }, { _("Points at most"), 5, TYPESET_NUMBER },
	};
	const struct typeset_table table = { .columns = columns, .count = sizeof(columns) / sizeof(columns[0]) };
	const struct ranking *r = &p->ranking;

	typeset_heading(p->t, 2, _("Criteria"));
	typeset_table(p->t, &table);
	for (int k = 0; k < r->criteria; k++) {
		char number[16], weight[24], maximum[24];
		const char *const cells[] = { number, r->criterion[k].title, weight, maximum };

		/* TRANSLATORS: the short name of a criterion, at the head of a narrow column: К1 */
		snprintf(number, sizeof(number), _("C%d"), k + 1);
		snprintf(weight, sizeof(weight), "%lld", (long long)r->criterion[k].weight);
		snprintf(maximum, sizeof(maximum), "%lld", (long long)r->criterion[k].maximum);
		typeset_row(p->t, cells);
	}
	typeset_table_end(p->t);
}

/* --- the ranking --- */

static void decision_words(const struct ranking_row *row, struct buf *out)
{
	const struct choice *c = choice_find(application_decisions, row->decision);

	if (row->withdrawn)
		buf_adds(out, _("withdrawn"));
	else if (c != NULL)
		buf_adds(out, _(c->label));
	else
		buf_adds(out, _("not decided"));
	if (row->reason[0] != '\0')
		buf_addf(out, ": %s", row->reason);
}

static void where_from(const struct ranking_row *row, struct buf *out)
{
	buf_addf(out, "%s%s%s", row->organisation, row->organisation[0] != '\0' && row->municipality[0] != '\0' ? ", " : "", row->municipality);
}

enum { BEFORE = 3, AFTER = 2 };		/* columns around the criteria */

static void write_row(const struct protocol *p, const struct ranking_row *row, struct buf *cell)
{
	const struct ranking *r = &p->ranking;
	int count = BEFORE + r->criteria + AFTER, n = BEFORE;
	const char **text = mem_zero((size_t)count, sizeof(*text));

	for (int i = 0; i < count; i++)
		buf_reset(&cell[i]);
	ranking_place(row, &cell[0]);
	buf_adds(&cell[1], row->name);
	where_from(row, &cell[2]);
	for (int k = 0; k < r->criteria; k++)
		ranking_mean(&row->cell[k], &cell[n++]);
	ranking_total(r, row, &cell[n]);
	if (row->scored && row->missing > 0)
		buf_adds(&cell[n], " *");
	decision_words(row, &cell[n + 1]);
	for (int i = 0; i < count; i++)
		text[i] = cell[i].data;
	typeset_row(p->t, text);
	free(text);
}

static void write_ranking(const struct protocol *p)
{
	const struct ranking *r = &p->ranking;
	int count = BEFORE + r->criteria + AFTER, n = 0;
	struct typeset_column *column = mem_zero((size_t)count, sizeof(*column));
	char (*title)[16] = mem_zero((size_t)r->criteria + 1, sizeof(*title));
	struct buf *cell = mem_zero((size_t)count, sizeof(*cell));
	struct typeset_table table = { .columns = column, .count = count };

	column[n++] = (struct typeset_column){ _("Place"), 6, TYPESET_TEXT };
	column[n++] = (struct typeset_column){ _("Applicant"), 18, TYPESET_TEXT };
	column[n++] = (struct typeset_column){ _("Organisation, municipality"), 20, TYPESET_TEXT };
	for (int k = 0; k < r->criteria; k++) {
		snprintf(title[k], sizeof(title[k]), _("C%d"), k + 1);
		column[n++] = (struct typeset_column){ title[k], 4, TYPESET_TEXT };
	}
	column[n++] = (struct typeset_column){ _("Sum"), 6, TYPESET_TEXT };
	column[n++] = (struct typeset_column){ _("Decision"), 14, TYPESET_TEXT };
	for (int i = 0; i < count; i++)
		buf_init(&cell[i]);
	typeset_heading(p->t, 2, _("Ranking and decisions"));
	typeset_table(p->t, &table);
	for (int i = 0; i < r->count; i++)
		write_row(p, &r->row[i], cell);
	typeset_table_end(p->t);
	for (int i = 0; i < count; i++)
		buf_release(&cell[i]);
	free(cell);
	free(title);
	free(column);
}

/* --- the end --- */

static int64_t decided(const struct ranking *r, const char *decision)
{
	int64_t n = 0;

	for (int i = 0; i < r->count; i++)
		n += !r->row[i].withdrawn && strcmp(r->row[i].decision, decision) == 0;
	return n;
}

static void write_end(const struct protocol *p)
{
	struct buf words = BUF_INIT;

	ranking_words(&p->ranking, &words);
	if (p->ranking.missing > 0)
		buf_addf(&words, "%s\n", _("* A sum without all scores."));
	while (words.len > 0 && words.data[words.len - 1] == '\n')
		buf_cut(&words, words.len - 1);
	typeset_space(p->t, 2);
	typeset_text(p->t, &(struct typeset_style){ .size = 9 }, words.data);
	typeset_space(p->t, 2);
	typeset_keep(p->t);
	/* TRANSLATORS: how many applicants were selected, are in reserve, were refused, have no decision yet */
	field_number(p, _("Selected"), decided(&p->ranking, "selected"));
	field_number(p, _("In reserve"), decided(&p->ranking, "reserve"));
	field_number(p, _("Refused"), decided(&p->ranking, "refused"));
	if (decided(&p->ranking, "") > 0)
		field_number(p, _("Not decided"), decided(&p->ranking, ""));
	typeset_space(p->t, 6);
	for (int i = 0; i < p->ranking.judges; i++)
		typeset_signature(p->t, _("Judge"), p->ranking.judge[i].name);
	if (of_programme(p, "signatory")[0] != '\0')
		typeset_signature(p->t, of_programme(p, "signatory_post"), of_programme(p, "signatory"));
	typeset_kept(p->t);
	buf_release(&words);
}

static int make(struct store *s, struct protocol *p, struct buf *out, struct err *e)
{
	struct record call;
	struct buf foot = BUF_INIT;

	if (record_load(s, &call, &call_type, p->ranking.call, e) != 0)
		return -1;
	if (record_load(s, &p->programme, &programme_type, record_get(&call, "programme"), e) != 0) {
		record_release(&call);
		return -1;
	}
	record_release(&call);
	buf_addf(&foot, "%s · %s", _("Protocol of the selection"), p->ranking.title);
	p->t = typeset_begin(TYPESET_PDF, &(struct typeset_page){ .title = foot.data, .author = of_programme(p, "organiser"), .foot = foot.data,
		.landscape = p->ranking.criteria > 3 });
	write_head(p);
	write_judges(p);
	write_criteria(p);
	write_ranking(p);
	write_end(p);
	record_release(&p->programme);
	buf_release(&foot);
	return typeset_finish(p->t, out, e);
}

int protocol_make(struct store *s, const char *call, struct buf *out, struct err *e)
{
	struct protocol p = { .t = NULL };
	int rc;

	if (ranking_read(s, call, &p.ranking, e) != 0)
		return -1;
	if (!p.ranking.closed)
		rc = err_set(e, ERR_REFUSED, _("the judges are still at work: a coordinator closes the call first: call close %s"), call);
	else
		rc = make(s, &p, out, e);
	ranking_release(&p.ranking);
	return rc;
}

void protocol_file_name(struct store *s, const char *call, struct buf *out)
{
	struct record r;

	buf_adds(out, "protocol");
	if (record_load(s, &r, &call_type, call, NULL) == 0) {
		if (date_valid(record_get(&r, "closed")))
			buf_addf(out, "-%s", record_get(&r, "closed"));
		record_release(&r);
	}
	buf_adds(out, ".pdf");
}
