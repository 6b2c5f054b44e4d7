#include "screens/award_letters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/letters.h"
#include "figures/activity.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"
#include "screens/parts/prompt.h"

struct wanted {
	struct loop *loop;
	int64_t least;
	char person[RECORD_ID_SIZE];		/* "": all with `least` points */
};

static struct wanted *wanted_new(struct loop *l, int64_t least, const char *person)
{
	struct wanted *w = mem_zero(1, sizeof *w);

	w->loop = l;
	w->least = least;
	snprintf(w->person, sizeof w->person, "%s", person);
	return w;
}

static int choose(struct store *s, const struct wanted *w, struct letters *letters, struct err *e)
{
	const char *const one[] = { w->person };

	return letters_choose(s, one, w->person[0] != '\0', w->least, letters, e);
}

/* Numbers are given only when the papers can be made. */
static int make(struct store *s, void *context, struct buf *out, struct err *e)
{
	struct letters letters;
	int rc;

	if (store_begin(s, e) != 0)
		return -1;
	rc = choose(s, context, &letters, e);
	if (rc == 0) {
		rc = letters_issue(s, &letters, e) != 0 ? -1 : letters_pdf(s, &letters, 0, letters.count, out, e);
		letters_release(&letters);
	}
	if (rc == 0)
		return store_commit(s, e);
	store_rollback(s);
	return -1;
}

/* Says first who is left out. */
static unsigned offer(struct wanted *w)
{
	const struct output o = {
		.title = _("Letters of thanks"), .file = "letters.pdf", .printable = true, .personal = true, .make = make, .context = w, .release = free,
	};
	struct loop *l = w->loop;
	struct letters letters;
	struct buf without = BUF_INIT;
	struct err e = ERR_INIT;
	unsigned did;

	if (choose(l->store, w, &letters, &e) != 0) {
		loop_problem(l, &e);
		free(w);
		return DID_CHANGE;
	}
	letters_tell_without(&letters, &without);
	did = output_offer(l, &o);
	if (without.len > 0)
		loop_message(l, "! %s", without.data);
	letters_release(&letters);
	buf_release(&without);
	return did | DID_SAVE;
}

static unsigned letter_of(struct loop *l, const char *person)
{
	return offer(wanted_new(l, 0, person));
}

static unsigned points_typed(void *context, const char *typed, bool *again)
{
	struct loop *l = context;
	char *end;
	long long least;

	if (typed == NULL)
		return DID_CHANGE;
	least = strtoll(typed, &end, 10);
	if (typed[0] == '\0' || *end != '\0' || least < 0) {
		loop_message(l, "%s", _("a number of points, 0 or more"));
		*again = true;
		return DID_CHANGE;
	}
	return offer(wanted_new(l, least, ""));
}

static unsigned person_chosen(void *context, const char *const *values, int count)
{
	return count > 0 ? letter_of(context, values[0]) : DID_CHANGE;
}

static void ask_person(struct loop *l)
{
	struct screen *pick = pick_open(_("Whose letter"), person_chosen, l);
	struct activity a;
	struct err e = ERR_INIT;

	if (activity_compute(l->store, &a, &e) == 0) {
		for (int i = 0; i < a.count; i++)
			pick_add(pick, a.row[i].person, a.row[i].name, a.row[i].letter);
		activity_release(&a);
	} else {
		loop_problem(l, &e);
	}
	loop_push(l, pick);
}

static unsigned paper_chosen(void *context, const char *const *values, int count)
{
	struct loop *l = context;

	if (count > 0 && strcmp(values[0], "all") == 0)
		loop_push(l, prompt_line(_("From how many points on:"), "1", points_typed, l));
	else if (count > 0)
		ask_person(l);
	return DID_CHANGE;
}

void award_letters_ask(struct loop *l)
{
	struct screen *pick = pick_open(_("Letters of thanks"), paper_chosen, l);

	pick_add(pick, "all", _("of all with so many points"), "");
	pick_add(pick, "one", _("of one person"), "");
	loop_push(l, pick);
}
