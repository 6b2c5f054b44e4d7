#include "documents/erasure_act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/i18n.h"
#include "records/erasure.h"
#include "records/person.h"

struct act {
	struct store *store;
	const char *person;
	struct record erasure, programme;
	struct erasure_state state;
	struct outline *out;
};

/* --- the head --- */

static void add_choice(struct act *a, const char *name)
{
	const struct field *f = &a->erasure.type->fields[record_field(a->erasure.type, name)];
	struct buf text = BUF_INIT;
	field_show(a->store, f, record_get(&a->erasure, name), &text);
	if (text.len > 0)
		outline_field(a->out, _(f->label), text.data);
	buf_release(&text);
}

/* The operator is who runs the programme; the address is nowhere in the store. */
static void add_operator(struct act *a)
{
	const char *organiser = record_get(&a->programme, "organiser"), *city = record_get(&a->programme, "city");
	struct buf text = BUF_INIT;
	buf_addf(&text, "%s%s%s", organiser, *organiser && *city ? ", " : "", city);
	/* TRANSLATORS: who processes personal data («Оператор»); an empty field is a line to write on */
	outline_field(a->out, _("Operator"), text.len > 0 ? text.data : "______________________________");
	/* TRANSLATORS: of the operator: its postal address, written in by hand */
	outline_field(a->out, _("Operator's address"), "______________________________");
	buf_release(&text);
}

static void add_system(struct act *a)
{
	char *hub = store_setting(a->store, "hub");
	struct buf text = BUF_INIT;
	buf_addf(&text, _("livenet, register of the programme “%s”"), record_get(&a->programme, "title"));
	if (hub && *hub)
		buf_addf(&text, _(", hub “%s”"), hub);
	/* TRANSLATORS: «Информационная система персональных данных» */
	outline_field(a->out, _("Information system of personal data"), text.data);
	free(hub);
	buf_release(&text);
}

static void add_head(struct act *a)
{
	struct buf text = BUF_INIT;
	if (!a->state.final)
		outline_warning(a->out, _("PRELIMINARY. Not every replica has confirmed the destruction yet; the list at the end says which."));
	add_operator(a);
	add_system(a);
	buf_addf(&text, _("the person with the id %s; name and contacts are destroyed with the other data, the id alone is kept"), a->person);
	/* TRANSLATORS: whose personal data were destroyed («Субъект персональных данных») */
	outline_field(a->out, _("Data subject"), text.data);
	add_choice(a, "basis");
	add_choice(a, "document");
	add_choice(a, "requested");
	add_choice(a, "date");
	/* TRANSLATORS: how personal data were destroyed («Способ уничтожения») */
	outline_field(a->out, _("Means of destruction"), _("by the means of the program: the values are removed from the records and from the journal of changes, the places in the"
	    " file where they stood are overwritten, and no replica takes them again. On paper nothing was destroyed by this act."));
	buf_release(&text);
}

/* --- tables --- */

static int add_part(void *context, const struct erasure_part *p, struct err *e)
{
	struct act *a = context;
	char number[24];
	(void)e;
	snprintf(number, sizeof number, "%lld", (long long)p->records);
	outline_row(a->out, (const char *const[]){ p->title, p->fields, number });
	return 0;
}

static int add_parts(struct act *a, struct err *e)
{
	const struct outline_column columns[] = {
		{ _("Kind of record"), TYPESET_TEXT, 14 }, { _("What was destroyed in it"), TYPESET_TEXT, 30 }, { _("Records"), TYPESET_NUMBER, 7 },
	};
	/* TRANSLATORS: a heading of an act of destruction: «Категории уничтоженных персональных данных» */
	outline_heading(a->out, 1, _("Categories of personal data that were destroyed"));
	outline_table(a->out, _("Categories"), columns, 3, false);
	if (erasure_parts(a->store, a->person, add_part, a, e) != 0)
		return -1;
	outline_note(a->out, _("The records themselves stay without these values, so that what was counted stays true: that somebody with this id took part."));
	return 0;
}

static int add_entry(void *context, const struct erasure_entry *n, struct err *e)
{
	struct act *a = context;
	struct buf device = BUF_INIT;
	char when[17], number[24];
	(void)e;
	date_local(n->ms, when);
	snprintf(number, sizeof number, "%lld", (long long)n->seq);
	buf_addf(&device, "%s%s%s", n->tag, *n->label ? ", " : "", n->label);
	outline_row(a->out, (const char *const[]){ when, n->person, device.data, number, *n->author ? n->author : n->tag });
	buf_release(&device);
	return 0;
}

static int add_log(struct act *a, struct err *e)
{
	const struct outline_column columns[] = {
		{ _("Time"), TYPESET_TEXT, 12 }, { _("Whose data"), TYPESET_TEXT, 12 }, { _("Device"), TYPESET_TEXT, 16 },
		/* TRANSLATORS: number of an operation in the journal of a device */
		{ _("Operation"), TYPESET_TEXT, 8 },
		/* TRANSLATORS: who destroyed the data */
		{ _("Who did it"), TYPESET_TEXT, 18 },
	};
	/* TRANSLATORS: «Выгрузка из журнала регистрации событий в информационной системе персональных данных» */
	outline_heading(a->out, 1, _("Extract of the log of events in the information system"));
	outline_table(a->out, _("Log"), columns, 5, false);
	return erasure_log(a->store, a->person, add_entry, a, e);
}

static int add_replica(void *context, const struct erasure_replica *r, struct err *e)
{
	struct act *a = context;
	struct buf device = BUF_INIT, state = BUF_INIT;
	char when[17];
	(void)e;
	buf_addf(&device, "%s%s%s", r->tag, *r->label && strcmp(r->label, r->tag) != 0 ? ", " : "", strcmp(r->label, r->tag) != 0 ? r->label : "");
	if (r->confirmed > 0) {
		date_local(r->confirmed, when);
		/* TRANSLATORS: of a device: it has confirmed at that time that the data are destroyed there */
		buf_addf(&state, _("confirmed %s"), when);
	} else if (r->unreachable) {
		/* TRANSLATORS: of a device that nobody can reach any more; the reason follows */
		buf_addf(&state, _("unreachable: %s"), r->unreachable);
	} else {
		/* TRANSLATORS: of a device: it has not confirmed yet that the data are destroyed there */
		buf_adds(&state, _("NOT CONFIRMED YET"));
	}
	outline_row(a->out, (const char *const[]){ device.data, r->owner, state.data });
	buf_release(&device);
	buf_release(&state);
	return 0;
}

static int add_replicas(struct act *a, struct err *e)
{
	const struct outline_column columns[] = {
		{ _("Device"), TYPESET_TEXT, 18 },
		/* TRANSLATORS: whose device it is */
		{ _("Whose"), TYPESET_TEXT, 18 },
		{ _("Destruction"), TYPESET_TEXT, 24 },
	};
	struct buf words = BUF_INIT;
	int rc = 0;
	/* TRANSLATORS: devices that keep a copy of the register */
	outline_heading(a->out, 1, _("Replicas"));
	erasure_words(&a->state, &words);
	outline_text(a->out, words.data);
	buf_release(&words);
	if (a->state.replicas > 0) {
		outline_table(a->out, _("Replicas"), columns, 3, false);
		rc = erasure_replicas(a->store, a->person, add_replica, a, e);
	}
	return rc;
}

static void add_signatures(struct act *a)
{
	char me[RECORD_ID_SIZE];
	struct buf who = BUF_INIT;
	if (*person_me(a->store, me) && !erasure_done(a->store, me))
		record_name(a->store, &person_type, me, &who);
	outline_heading(a->out, 1, _("Signatures"));
	outline_field(a->out, _("Who destroyed the data (full name, post, signature)"), "______________________________");
	/* TRANSLATORS: who printed an act of destruction */
	if (who.len > 0)
		outline_field(a->out, _("Act made by"), who.data);
	outline_note(a->out, _("To be kept for three years from the day of destruction, with the extract of the log (Roskomnadzor's order 179 of 28.10.2022)."));
	buf_release(&who);
}

/* --- the paper --- */

static int load(struct act *a, struct err *e)
{
	char programme[RECORD_ID_SIZE];
	if (erasure_state(a->store, a->person, &a->state, e) != 0)
		return -1;
	if (!a->state.here)
		return err_set(e, ERR_REFUSED, _("this person's data were not destroyed: there is no act"));
	if (!a->state.known)
		return err_set(e, ERR_REFUSED, _("this device does not hold the record of the erasure; a coordinator or the hub makes the act"));
	if (record_load(a->store, &a->erasure, &erasure_type, a->person, e) != 0)
		return -1;
	return programme_current(a->store, programme, e) == 0 && record_load(a->store, &a->programme, &programme_type, programme, e) == 0 ? 0 : -1;
}

static int write(struct act *a, enum outline_format format, struct buf *out, struct err *e)
{
	struct buf foot = BUF_INIT;
	char now[17];
	date_local(clock_wall_ms(), now);
	buf_addf(&foot, a->state.final ? _("Act of destruction %s · printed %s") : _("PRELIMINARY act of destruction %s · printed %s"), a->person, now);
	/* TRANSLATORS: «Акт об уничтожении персональных данных» */
	a->out = outline_new(_("Act of the destruction of personal data"), foot.data);
	add_head(a);
	int rc = add_parts(a, e) == 0 && add_log(a, e) == 0 && add_replicas(a, e) == 0 ? 0 : -1;
	if (rc == 0) {
		add_signatures(a);
		rc = outline_write(a->out, format, out, e);
	}
	outline_free(a->out);
	buf_release(&foot);
	return rc;
}

int erasure_act(struct store *s, const char *person, enum outline_format format, struct buf *out, struct err *e)
{
	struct act a = { .store = s, .person = person };
	if (format == OUTLINE_XLSX)
		return err_set(e, ERR_REFUSED, _("an act is made as PDF, HTML or text"));
	int rc = load(&a, e) == 0 ? write(&a, format, out, e) : -1;
	record_release(&a.erasure);
	record_release(&a.programme);
	return rc;
}

enum outline_format erasure_act_format(const char *file)
{
	const char *dot = strrchr(file, '.');
	if (dot && strcasecmp(dot, ".pdf") == 0)
		return OUTLINE_PDF;
	if (dot && strcasecmp(dot, ".xlsx") == 0)
		return OUTLINE_XLSX;
	return dot && (strcasecmp(dot, ".html") == 0 || strcasecmp(dot, ".htm") == 0) ? OUTLINE_HTML : OUTLINE_TEXT;
}

void erasure_act_file_name(const char *person, struct buf *out)
{
	/* TRANSLATORS: the beginning of a file's name: letters, digits and hyphens alone */
	buf_addf(out, "%s-%s.pdf", _("act"), person);
}
