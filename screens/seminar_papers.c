#include "screens/seminar_papers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/consent_forms.h"
#include "documents/sign_in.h"
#include "records/consent.h"
#include "screens/parts/output.h"
#include "screens/parts/pick.h"
#include "screens/parts/several.h"

enum { BLANK_FORMS = 10 };

/* A paper that was asked for: of a seminar, or of people. */
struct papers {
	struct loop *loop;
	char seminar[RECORD_ID_SIZE];
	const char **person;		/* several_copy; NULL: those of the seminar */
	int count;
	bool blank;
	char purpose[32];
};

static void papers_free(void *context)
{
	struct papers *p = context;

	free(p->person);
	free(p);
}

static struct papers *papers_new(struct loop *l, const char *seminar)
{
	struct papers *p = mem_zero(1, sizeof *p);

	p->loop = l;
	snprintf(p->seminar, sizeof p->seminar, "%s", seminar);
	snprintf(p->purpose, sizeof p->purpose, "%s", CONSENT_PARTICIPATION);
	return p;
}

/* --- making them --- */

static int make_sheet(struct store *s, void *context, struct buf *out, struct err *e)
{
	const struct papers *p = context;
	const struct sign_in how = { p->blank, -1 };

	return sign_in_make(s, p->seminar, &how, out, e);
}

/* Of a seminar those who have not signed yet. */
static int make_missing(struct store *s, const struct papers *p, struct buf *out, struct err *e)
{
	char (*id)[RECORD_ID_SIZE];
	const char **person;
	int count, had, rc;

	if (consent_forms_missing(s, p->seminar, p->purpose, &id, &count, &had, e) != 0)
		return -1;
	if (count == 0) {
		free(id);
		return err_set(e, ERR_REFUSED, _("everybody on the sheet has signed this consent"));
	}
	person = mem_zero((size_t)count, sizeof *person);
	for (int i = 0; i < count; i++)
		person[i] = id[i];
	rc = consent_forms_make(s, p->purpose, person, count, 0, out, e);
	free(person);
	free(id);
	return rc;
}

static int make_forms(struct store *s, void *context, struct buf *out, struct err *e)
{
	const struct papers *p = context;

	if (p->blank)
		return consent_forms_make(s, p->purpose, NULL, 0, BLANK_FORMS, out, e);
	if (p->person == NULL)
		return make_missing(s, p, out, e);
	return consent_forms_make(s, p->purpose, p->person, p->count, 0, out, e);
}

static unsigned offer_sheet(struct papers *p)
{
	struct buf file = BUF_INIT;
	unsigned did;

	sign_in_file(p->loop->store, p->seminar, &file);
	did = output_offer(p->loop, &(struct output){ .title = _("Sign-in sheet"), .file = file.data, .printable = true, .personal = !p->blank,
	    .make = make_sheet, .context = p, .release = papers_free });
	buf_release(&file);
	return did;
}

static unsigned offer_forms(struct papers *p)
{
	struct buf file = BUF_INIT;
	unsigned did;

	/* TRANSLATORS: the name of a file: forms of consents */
	buf_addf(&file, "%s.pdf", _("consents"));
	did = output_offer(p->loop, &(struct output){ .title = _("Consents"), .file = file.data, .printable = true, .personal = !p->blank,
	    .make = make_forms, .context = p, .release = papers_free });
	buf_release(&file);
	return did;
}

/* --- asking --- */

static unsigned nothing(struct papers *p)
{
	papers_free(p);
	return DID_CHANGE;
}

static unsigned purpose_chosen(void *context, const char *const *values, int count)
{
	struct papers *p = context;

	if (count == 0)
		return nothing(p);
	snprintf(p->purpose, sizeof p->purpose, "%s", values[0]);
	return offer_forms(p);
}

static void ask_purpose(struct papers *p, const char *title)
{
	struct screen *pick = pick_open(title, purpose_chosen, p);

	for (const struct choice *c = consent_purposes; c->code != NULL; c++) {
		pick_add(pick, c->code, _(c->label), "");
		pick_also(pick, c->label);
	}
	loop_push(p->loop, pick);
}

static unsigned paper_chosen(void *context, const char *const *values, int count)
{
	struct papers *p = context;
	const char *chosen = count > 0 ? values[0] : "";

	if (count == 0)
		return nothing(p);
	p->blank = strstr(chosen, "blank") != NULL;
	if (strncmp(chosen, "sheet", 5) == 0)
		return offer_sheet(p);
	ask_purpose(p, _("Consent to what?"));
	return DID_CHANGE;
}

void seminar_papers_ask(struct loop *l, const char *seminar)
{
	struct screen *pick = pick_open(_("Which paper?"), paper_chosen, papers_new(l, seminar));

	pick_add(pick, "sheet", _("the sign-in sheet with those who are registered"), "");
	pick_add(pick, "sheet-blank", _("the sign-in sheet, blank"), "");
	pick_add(pick, "forms", _("forms of consents for those who have not signed"), "");
	pick_add(pick, "forms-blank", _("forms of consents, blank"), "");
	loop_push(l, pick);
}

void consent_papers_ask(struct loop *l, const char *const *persons, int count)
{
	struct papers *p = papers_new(l, "");
	struct buf title = BUF_INIT;

	p->person = several_copy(persons, count);
	p->count = count;
	/* TRANSLATORS: forms to be signed; a name or «отмечено: 5» follows */
	buf_addf(&title, "%s · ", _("Forms of a consent"));
	several_whom(l, persons, count, &title);
	ask_purpose(p, title.data);
	buf_release(&title);
}
