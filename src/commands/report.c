/* report: the hub's figures, and how each was computed. */
#include "commands/command.h"

#include "base/i18n.h"
#include "records/indicator.h"
#include "records/person.h"

/* One figure: the key that scripts rely on, the words for people, and how it was computed. */
struct figure {
	const char *key, *title, *computed;
	int64_t value;
};

static void report_json(const struct indicators *i, const struct figure *figures, int count, struct buf *out)
{
	int n;

	buf_adds(out, "{\"people\":{");
	for (n = 0; n < INDICATOR_ROLES; n++)
		buf_addf(out, "%s\"%s\":%lld", n > 0 ? "," : "", person_roles[n].code, (long long)i->people[n]);
	buf_addc(out, '}');
	for (n = 0; n < count; n++)
		buf_addf(out, ",\"%s\":%lld", figures[n].key, (long long)figures[n].value);
	buf_adds(out, "}\n");
}

static void report_text(const struct indicators *i, const struct figure *figures, int count, struct buf *out)
{
	int n;

	buf_addf(out, "%s\n", _("People by role:"));
	for (n = 0; n < INDICATOR_ROLES; n++)
		buf_addf(out, "  %s: %lld\n", _(person_roles[n].label), (long long)i->people[n]);
	for (n = 0; n < count; n++)
		buf_addf(out, "%s: %lld\n    %s\n", _(figures[n].title), (long long)figures[n].value, _(figures[n].computed));
}

int command_hub_report(struct invocation *call, struct err *e)
{
	const struct option none[] = { { NULL, NULL, NULL } };
	struct indicators i;
	struct buf out = BUF_INIT;
	int rc;

	if (invocation_options(call, none, e) != 0 || invocation_words(call, 0, 0, e) != 0 || invocation_open(call, e) != 0 ||
	    indicators_compute(call->store, &i, e) != 0)
		return -1;

	const struct figure figures[] = {
		{ "seminars_planned", N_("Seminars planned"), N_("neither held nor cancelled"), i.seminars_planned },
		{ "seminars_held", N_("Seminars held"), N_("marked as held, or somebody was marked present"), i.seminars_held },
		{ "visits", N_("Visits"), N_("every mark “present” at every seminar"), i.visits },
		{ "reached", N_("People reached"), N_("people marked present, once each over all seminars"), i.reached },
		{ "unnamed", N_("Came without being listed"), N_("the sum of what the seminars say; not part of people or visits"),
		    i.unnamed },
		{ "municipalities_with_consultant", N_("Municipalities with a consultant"),
		    N_("municipalities of people whose role is consultant"), i.municipalities_with_consultant },
		{ "municipalities_with_seminar", N_("Municipalities with a seminar"), N_("municipalities of the seminars held"),
		    i.municipalities_with_seminar },
	};
	const int count = (int)(sizeof(figures) / sizeof(figures[0]));

	if (call->json)
		report_json(&i, figures, count, &out);
	else
		report_text(&i, figures, count, &out);
	rc = print_buf(&out, e);
	buf_release(&out);
	return rc;
}
