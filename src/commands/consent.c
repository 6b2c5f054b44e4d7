/* consent: the register of consents, the forms to be signed, and several signed at once: the papers that a seminar brings home. */
#include "commands/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "documents/consent_forms.h"
#include "records/consent.h"

/* The people as they are named on the command line. All of them or none: a misspelt name leaves the register as it was. */
static int sign_all(struct invocation *call, const char *date, struct err *e)
{
	int count = call->argc - 1, i, rc = 0;
	char (*id)[RECORD_ID_SIZE] = mem_zero((size_t)count, sizeof(*id));
	const char **person = mem_zero((size_t)count, sizeof(*person));

	for (i = 0; i < count && rc == 0; i++) {
		rc = record_resolve(call->store, &person_type, call->argv[i + 1], id[i], e);
		person[i] = id[i];
	}
	if (rc == 0)
		rc = consent_sign(call->store, person, count, call->argv[0], date, e);
	free(person);
	free(id);
	return rc;
}

static int run_sign(struct invocation *call, struct err *e)
{
	const char *date = NULL;
	const struct option options[] = { { "date", &date, NULL }, { NULL, NULL, NULL } };

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 2, -1, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	return sign_all(call, date, e);
}

/* --- forms --- */

struct forms {
	const char *purpose;
	char (*id)[RECORD_ID_SIZE];
	const char **person;
	int count, blank, had;		/* had: of a seminar's list, who has signed already */
};

/* The code of a purpose as typed: a code or a word for it. */
static int parse_purpose(const char *typed, const char **code, struct err *e)
{
	const struct choice *purpose = choice_parse(consent_purposes, typed);

	if (purpose == NULL)
		return err_set(e, ERR_REFUSED, _("there is no purpose “%s”; there are participation, publication and directory"), typed);
	*code = purpose->code;
	return 0;
}

static int parse_blank(const char *word, int *blank, struct err *e)
{
	if (word == NULL)
		return 0;
	if (*word == '\0' || strlen(word) > 4 || word[strspn(word, "0123456789")] != '\0' || atoi(word) > CONSENT_FORMS_MAX)
		return err_set(e, ERR_USAGE, _("--blank takes a number up to %d"), CONSENT_FORMS_MAX);
	*blank = atoi(word);
	return 0;
}

/* The seminar's people who have not signed, then those who are named. */
static int choose_people(struct invocation *call, const char *typed, struct forms *f, struct err *e)
{
	char seminar[RECORD_ID_SIZE];
	int i;

	if (typed != NULL && (record_resolve(call->store, &seminar_type, typed, seminar, e) != 0 ||
	    consent_forms_missing(call->store, seminar, f->purpose, &f->id, &f->count, &f->had, e) != 0))
		return -1;
	f->id = mem_resize(f->id, (size_t)(f->count + call->argc) + 1, sizeof(*f->id));
	for (i = 0; i < call->argc; i++)
		if (record_resolve(call->store, &person_type, call->argv[i], f->id[f->count++], e) != 0)
			return -1;
	f->person = mem_zero((size_t)f->count + 1, sizeof(*f->person));
	for (i = 0; i < f->count; i++)
		f->person[i] = f->id[i];
	return 0;
}

static void tell_had(struct invocation *call, const struct forms *f)
{
	struct buf words = BUF_INIT;

	if (f->had > 0)
		buf_addf(&words, P_("%d person on the list has signed already: no form", "%d people on the list have signed already: no form", f->had), f->had);
	command_warn(call, words.data);
	buf_release(&words);
}

static int run_forms(struct invocation *call, struct err *e)
{
	const char *seminar = NULL, *purpose = CONSENT_PARTICIPATION, *blank = NULL;
	struct delivery_options to = { NULL, NULL };
	const struct option options[] = { { "seminar", &seminar, NULL }, { "purpose", &purpose, NULL }, { "blank", &blank, NULL }, { "-o", &to.path, NULL },
		{ "print", &to.printer, NULL }, { NULL, NULL, NULL } };
	struct forms f = { NULL, NULL, NULL, 0, 0, 0 };
	struct buf pdf = BUF_INIT;
	int rc;

	if (invocation_options(call, options, e) != 0 || invocation_words(call, 0, -1, e) != 0 || parse_purpose(purpose, &f.purpose, e) != 0 ||
	    parse_blank(blank, &f.blank, e) != 0 || invocation_open(call, e) != 0)
		return -1;
	rc = choose_people(call, seminar, &f, e);
	if (rc == 0)
		tell_had(call, &f);
	if (rc == 0)
		rc = consent_forms_make(call->store, f.purpose, f.person, f.count, f.blank, &pdf, e);
	if (rc == 0)
		rc = command_deliver(call, &to, _("Consents"), &pdf, f.count > 0, e);
	free(f.id);
	free(f.person);
	buf_release(&pdf);
	return rc;
}

int command_consent(struct invocation *call, struct err *e)
{
	const char *verb = call->argc > 0 ? call->argv[0] : "";
	bool forms = strcmp(verb, "forms") == 0;

	if (!forms && strcmp(verb, "sign") != 0)
		return command_record(call, e);
	if (!forms && call->program->hub)
		return err_set(e, ERR_REFUSED, _("the hub keeps what the devices send; a coordinator edits it in livenet"));
	call->argv++;
	call->argc--;
	return forms ? run_forms(call, e) : run_sign(call, e);
}
